"""A wrong key or a closed account costs nobody their notice; a subscription made with another key costs one device."""

import uuid
from collections import Counter

import pytest

from base import database as floor
from notifications import channels, counting, devices, standing, trusting, trying
from notifications.channels import fcm as firebase
from notifications.channels import signing
from notifications.channels.webpush import WebPush
from notifications.sending import Post
from tests.notifications import post
from tests.notifications.channels.phone import Phone, b64

SUBJECT = "mailto:van-phong@example.vn"
RIGHT, WRONG = b64(b"r" * 32), b64(b"w" * 32)
PHONE = Phone()


@pytest.fixture
async def keyed(noon, service, setting):
    """A function that gives the post office as it is once it has restarted with that key."""
    open_here: list[WebPush] = []

    def start(key: str) -> Post:
        setting(push_hosts=f"127.0.0.1:{service.port}, localhost:{service.port}", push_key=key, push_subject=SUBJECT)
        found = signing.key()
        assert found is not None
        open_here.append(WebPush(signing.Signatures(found, SUBJECT)))
        return Post({"webpush": open_here[-1]}, post.expand, "https://sotay.example.vn", channels.credentials())

    start(RIGHT)
    service.key = channels.public_key() or ""
    trusting.forget()
    yield start
    for channel in open_here:
        await channel.close()
    await channels.close()


async def registered(count: int, address, *, channel="webpush", unit=1, member=None) -> list[uuid.UUID]:
    members = [member or uuid.uuid4() for _ in range(count)]
    for n, who in enumerate(members):
        await devices.register(
            member=who, unit=unit, session=uuid.uuid4().bytes, channel=channel, address=address(n), keys=PHONE.keys,
            language="vi",
        )  # fmt: skip
    return members


async def told(notice: uuid.UUID) -> tuple[int, dict[str, int], int]:
    done = await counting.progress(notice, post.expand)
    return done.accepted, done.failed, done.waiting


async def test_with_a_wrong_key_nobody_is_given_up_and_once_it_is_right_all_are_told_once(keyed, service):
    wrong = keyed(WRONG)
    await registered(130, lambda n: service.address("201", n))
    notice = await post.owe("org:1")
    asked = []
    for pause_s in (0, 29, 1, 59, 1):
        post.later(seconds=pause_s)
        await post.turn(wrong)
        asked.append(len(service.received))
    assert asked == [50, 50, 100, 100, 150], "left alone, longer each time"
    assert await told(notice) == (0, {}, 130)
    (denial,) = await trusting.denials(wrong.credentials)
    assert (denial.host, denial.is_ours, denial.said) == ("127.0.0.1", True, "http-403 BadJwtToken")
    service.received.clear()
    right = keyed(RIGHT)
    assert await trusting.denials(right.credentials) == (), "the key that is right was never denied"
    await trusting.wake()
    await post.turn(right)
    assert sorted(Counter(path for path, _, _ in service.received).values()) == [1] * 130
    assert await told(notice) == (130, {}, 0)
    assert await post.left() == (0, 0)


@pytest.mark.alike
async def test_what_was_not_put_right_in_time_is_counted_by_what_it_was(keyed, service):
    wrong = keyed(WRONG)
    await registered(130, lambda n: service.address("201", n))
    notice = await post.owe("org:1")
    await post.turn(wrong)
    post.later(hours=73)
    await post.turn(wrong)
    assert await told(notice) == (0, {"gave-up-denied": 130}, 0)
    assert await post.left() == (0, 0)


@pytest.mark.alike
async def test_a_test_that_is_taken_lets_all_that_waited_go_on_at_once(keyed, service):
    office, key = keyed(RIGHT), service.key
    members = await registered(60, lambda n: service.address("201", n))
    service.key = "another"  # the clock is off, or the subject is none: it is the same key all the while
    notice = await post.owe("org:1")
    for _ in range(6):
        await post.turn(office)
        post.later(minutes=10)
        assert not await trusting.wake_believed()
    await post.turn(office)
    assert {one.outcome.verdict for one in await trying.try_member(members[0])} == {"denied"}
    service.key = key
    assert {one.outcome.verdict for one in await trying.try_member(members[0])} == {"accepted"}
    assert await trusting.denials(office.credentials) == ()
    await post.turn(office)
    assert await told(notice) == (60, {}, 0)


@pytest.mark.alike
async def test_a_service_that_takes_others_denies_one_device_alone(keyed, service):
    office = keyed(RIGHT)
    await registered(30, lambda n: service.address("unauthorized" if n % 3 == 0 else "201", n))
    notice = await post.owe("org:1")
    await post.turn(office)
    assert await told(notice) == (20, {"refused-http-403 BadJwtToken": 10}, 0)
    assert await trusting.denials(office.credentials) == ()
    assert len(await floor.fetch("SELECT id FROM device")) == 30, "its phone may make a new one"


@pytest.mark.alike
async def test_one_member_with_many_old_devices_keeps_nobody_waiting(keyed, service):
    office = keyed(RIGHT)
    (yen,) = await registered(1, lambda n: service.address("unauthorized", n))
    for n in range(1, 10):
        await registered(1, lambda _, n=n: service.address("unauthorized", n), member=yen)
    await registered(1, lambda _: service.address("201", "mai"), unit=2)
    notice = await post.owe(f"member:{yen}", kind="comment.reply")
    await post.turn(office)
    assert await told(notice) == (0, {}, 10)
    assert not await standing.standstills()
    trusting.forget()  # as another process would see it that sends to her
    answer = await post.owe("org:2")
    await post.turn(office)
    assert await told(answer) == (1, {}, 0)
    trusting.forget()
    assert await trusting.wake_believed()
    post.later(seconds=61)
    await post.turn(office)
    assert await told(notice) == (0, {"refused-http-403 BadJwtToken": 10}, 0)
    assert not await standing.standstills()


@pytest.mark.alike
async def test_phones_with_an_old_key_are_known_until_they_subscribe_anew(keyed, service):
    office = keyed(RIGHT)
    (yen,) = await registered(1, lambda n: service.address("unauthorized", n))
    await registered(8, lambda n: service.address("unauthorized", 1 + n))
    await registered(1, lambda _: service.address("201", "mai"))
    await post.owe("org:1")
    await post.turn(office)
    for _ in range(2):  # of these alone, with nobody beside them whom the service takes
        trusting.forget()
        await floor.execute("DELETE FROM device WHERE address = {}", service.address("201", "mai"))
        post.later(minutes=10)
        notice = await post.owe("org:1")
        await post.turn(office)
        assert await told(notice) == (0, {"refused-http-403 BadJwtToken": 9}, 0)
        assert await standing.standstills() == {} and await trusting.denials(office.credentials) == ()
    (row,) = await floor.fetch("SELECT session FROM device WHERE member = {}", yen)
    await devices.register(
        member=yen, unit=1, session=row["session"], channel="webpush", address=service.address("201", "yen"),
        keys=PHONE.keys, language="vi",
    )  # fmt: skip
    assert [row["denied_by"] for row in await floor.fetch("SELECT denied_by FROM device WHERE member = {}", yen)] == [
        ""
    ]


@pytest.mark.alike
async def test_few_whom_a_service_does_not_take_wait_by_themselves_until_it_is_known_why(keyed, service):
    office = keyed(RIGHT)
    old, older = await registered(2, lambda n: service.address("unauthorized", n))
    notice = await post.owe("org:1")
    await post.turn(office)
    assert await told(notice) == (0, {}, 2)
    (denial,) = await trusting.denials(office.credentials)
    assert (denial.members, denial.is_ours) == (2, False)
    await floor.execute("UPDATE device SET address = {} WHERE member = {}", service.address("201", "new"), old)
    post.later(minutes=1)
    await post.turn(office)
    assert await told(notice) == (1, {"refused-http-403 BadJwtToken": 1}, 0), "the one subscribed anew meanwhile"
    another = await post.owe(f"member:{older}", kind="comment.reply")
    await post.turn(office)
    assert await told(another) == (0, {"refused-http-403 BadJwtToken": 1}, 0), "known by now for what it is"


@pytest.mark.alike
async def test_whom_it_does_not_take_is_known_once_another_was_taken_after_that(keyed, service):
    office = keyed(RIGHT)
    (old,) = await registered(1, lambda n: service.address("unauthorized", n))
    await registered(1, lambda _: service.address("201", "mai"), unit=2)
    notice = await post.owe(f"member:{old}", kind="comment.reply")
    await post.turn(office)
    assert (await told(notice))[2] == 1
    post.later(seconds=25)
    await post.owe("org:2")
    await post.turn(office)
    post.later(seconds=15)
    await post.turn(office)
    assert await told(notice) == (0, {"refused-http-403 BadJwtToken": 1}, 0)


@pytest.fixture
async def google(noon, fcm, tmp_path, monkeypatch):
    monkeypatch.setattr("firebase_admin.messaging._MessagingService.FCM_URL", fcm.url)
    trusting.forget()
    channel = firebase.Fcm(fcm.account(tmp_path))
    yield Post({"fcm": channel}, post.expand, "https://sotay.example.vn", {"fcm": "account"})
    await channel.close()


def token(how: str):
    return lambda n: f"{how}:{'x' * 40}{n}"


@pytest.mark.alike
@pytest.mark.parametrize("how", ["closed", "mismatched"])
async def test_a_closed_account_costs_nobody_their_notice(google, fcm, monkeypatch, how):
    await registered(60, token("accepted" if how == "closed" else how), channel="fcm")
    notice = await post.owe("org:1")
    fcm.is_closed = how == "closed"
    for _ in range(4):
        await post.turn(google)
        assert await told(notice) == (0, {}, 60)
        post.later(minutes=10)
    (denial,) = await trusting.denials(google.credentials)
    assert (denial.is_ours, denial.said) == (True, "no-access-token" if fcm.is_closed else "http-403 SenderIdMismatch")
    fcm.is_closed = False
    await floor.execute("UPDATE device SET address = replace(address, 'mismatched', 'accepted')")
    await post.turn(google)
    assert await told(notice) == (60, {}, 0)


@pytest.mark.alike
async def test_a_key_that_firebase_uses_towards_apple_keeps_nobody_else_from_it(google, fcm):
    await registered(40, token("thirdparty"), channel="fcm")
    await registered(20, token("accepted:0"), channel="fcm")
    notice = await post.owe("org:1")
    await post.turn(google)
    assert await told(notice) == (20, {}, 40)
    (denial,) = await trusting.denials(google.credentials)
    assert denial.host == firebase.BEHIND
    await floor.execute("UPDATE device SET address = replace(address, 'thirdparty', 'accepted')")
    post.later(minutes=2)
    await post.turn(google)
    assert await told(notice) == (60, {}, 0)
