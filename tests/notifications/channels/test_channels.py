"""Which channels there are, where they may go, and the key they sign with."""

import json
import stat
import time
from email.utils import formatdate
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from base.settings import SettingsError, load
from notifications import channels
from notifications.channels import admitting, console, judging, resolving, signing, tagging
from notifications.channels.channel import Outcome
from tests.notifications.channels import phone
from tests.notifications.channels.conftest import TAG, message

EVERYONES = {"public_url": "https://sotay.example.vn", "push_subject": "mailto:van-phong@example.vn"}
KEY = phone.b64(b"k" * 32)


@pytest.fixture(autouse=True)
async def _closed():
    yield
    await channels.close()


# Where messages may go


ADMITTED = [
    "https://fcm.googleapis.com/fcm/send/dGhpcyBpcyBhbiBpZA:APA91b",
    "https://updates.push.services.mozilla.com/wpush/v2/gAAAAA",
    "https://eu.autopush.push.services.mozilla.com/wpush/v2/gAAAAA",
    "https://web.push.apple.com/QGuQyavXutnMH",
    "https://wns2-par02p.notify.windows.com/w/?token=BQYAAA%2b%3d",
    "https://web.push.apple.com:443/Q",
]
NOT_ADMITTED = [
    "", "https://", "https://web.push.apple.com", "http://web.push.apple.com/Q", "HTTPS://web.push.apple.com/Q",
    "https://example.com/fcm.googleapis.com/", "https://fcm.googleapis.com.example.com/a", "https://xfcm.googleapis.com/a",
    "https://push.apple.com/a", "https://evilpush.apple.com/a", "https://.push.apple.com/a",
    "https://fcm.googleapis.com:8443/a", "https://fcm.googleapis.com:0/a", "https://fcm.googleapis.com:/a",
    "https://me@fcm.googleapis.com/a", "https://fcm.googleapis.com@127.0.0.1/a", "https://fcm.googleapis.com\\@127.0.0.1/a",
    "https://127.0.0.1/a", "https://[::1]/a", "https://localhost/a", "https://2130706433/a", "https://169.254.169.254/a",
    "https://fcm.googleapis.com/a#b", "https://fcm.googleapis.com/a b", "https://fcm.googleapis.com/a\r\nX: y",
    "https://fcm.googleapis.com/ă", "https://FCM.googleapis.com/a", "https://fcm.googleapis.com%2e.example.com/a",
    "//fcm.googleapis.com/a", " https://fcm.googleapis.com/a", "https://fcm.googleapis.com/" + "a" * 1024,
]  # fmt: skip


def test_only_known_push_services_are_sent_to(setting):
    assert [one for one in ADMITTED if admitting.place(one, "") is None] == []
    assert [one for one in NOT_ADMITTED if admitting.place(one, "") is not None] == []


def test_an_office_may_name_hosts_of_its_own(setting):
    extra = "push.noi-bo.vn:8443, *.tinh.vn"
    for address in ("https://push.noi-bo.vn:8443/a", "https://a.tinh.vn/b", "https://a.b.tinh.vn/b"):
        assert admitting.place(address, extra) is not None
    for address in ("https://push.noi-bo.vn/a", "https://tinh.vn/b", "https://a.tinh.vn:8443/b", "https://xtinh.vn/a"):
        assert admitting.place(address, extra) is None


async def test_a_known_name_that_leads_into_a_private_network_is_not_connected_to(setting):
    resolver = resolving.Resolver()
    with pytest.raises(OSError, match="private"):
        await resolver.resolve("localhost", 443)
    setting(push_hosts="localhost")
    assert await resolver.resolve("localhost", 443)


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1",
                "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1"],
)  # fmt: skip
def test_addresses_that_are_not_of_the_internet_are_known(address):
    assert not admitting.is_public(address)
    assert admitting.is_public("142.250.1.95")
    assert admitting.is_public("2404:6800:4003::5f")


def test_registrations_of_fcm_are_known_by_their_looks():
    assert admitting.is_registration("dGhpcyBpcyBhbiBpZDEyMz")
    assert admitting.is_registration("dGhpcyBpcyBhbiBpZDEyMz:APA91bH" + "x" * 120)
    for wrong in ("", "a", "a b" * 20, "https://fcm.googleapis.com/v1/" + "a" * 40, "x" * 1025, "ă" * 40):
        assert not admitting.is_registration(wrong)


# What an answer means, what a tag becomes


def test_a_pause_is_read_in_both_forms_and_within_reason():
    assert judging.retry_after("120") == 120
    assert judging.retry_after(formatdate(time.time() + 90, usegmt=True)) == pytest.approx(90, abs=5)
    assert judging.retry_after(formatdate(0, usegmt=True)) == 0
    assert judging.retry_after("999999999") == judging.LONGEST_PAUSE_S
    for wrong in (None, "", "soon", "-5", "1e9", "1.5", "٣", "9" * 40, "Mon, 99 Foo"):
        assert judging.retry_after(wrong) is None


def test_only_a_plain_word_of_what_a_service_says_is_kept():
    def said(body: bytes) -> Outcome:
        return judging.outcome(403, headers={}, host="web.push.apple.com", said=body)

    assert said(b'{"reason": "BadJwtToken"}').reason == "http-403 BadJwtToken"
    for body in (b"", b"{", b"[]", b"1", b'{"reason": 1}', b'{"reason": "<b>x</b>"}', b"[" * 2000, b"\xff"):
        assert said(body).reason == "http-403"
    assert len("refused-" + said(b'{"reason": "' + b"A" * 60 + b'"}').reason) <= 40


def test_a_topic_is_at_most_32_url_safe_characters_and_one_for_each_tag():
    assert tagging.topic(TAG) == TAG.replace("-", "")
    odd = [tagging.topic(tag) for tag in ("", "đ", "a" * 33, "a b", "a" * 34)]
    assert {len(one) for one in odd} == {32}
    assert len(set(odd)) == len(odd)
    assert all(one.replace("-", "").replace("_", "").isalnum() and one.isascii() for one in odd)


# The key


def test_the_key_is_made_once_for_its_owner_alone_and_never_written_over(setting, tmp_path):
    assert channels.public_key() is None
    assert signing.make()
    file = tmp_path / "keys" / "push.pem"
    kept, public = file.read_bytes(), channels.public_key()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not signing.make()
    assert (file.read_bytes(), channels.public_key()) == (kept, public)
    assert len(phone.unb64(public or "")) == 65
    setting(push_key=KEY)
    assert channels.public_key() not in (None, public), "the setting goes before the file"
    assert KEY not in repr(setting(push_key=KEY))


@pytest.mark.parametrize(
    "content", [b"", b"nonsense", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
)
def test_a_file_that_holds_no_key_is_told_and_not_replaced(setting, tmp_path, content):
    (tmp_path / "keys").mkdir()
    file = tmp_path / "keys" / "push.pem"
    file.write_bytes(content)
    with pytest.raises(signing.UnusableKeyError):
        channels.public_key()
    assert not signing.make()
    assert file.read_bytes() == content


# Which there are


def test_what_is_configured_follows_settings_and_key(setting):
    assert channels.configured() == ("console",)
    setting(push_key=KEY)
    assert channels.configured() == ("console",), "services want to know whom to write to"
    setting(push_key=KEY, push_subject="https://sotay.example.vn")
    assert channels.configured() == ("webpush", "console")
    setting(**EVERYONES)
    assert channels.configured() == (), "a handbook that others can reach never only pretends to send"
    setting(public_url="https://sotay.example.vn", push_key=KEY)
    assert channels.configured() == ("webpush",)
    assert signing.subject() == "https://sotay.example.vn"


async def test_channels_are_opened_once(setting):
    setting(push_key=KEY, **EVERYONES)
    assert list(channels.opened()) == ["webpush"]
    assert channels.opened()["webpush"] is channels.opened()["webpush"]


def test_a_device_registers_only_where_it_can_be_reached(setting):
    keys = phone.Phone().keys
    assert not channels.admits("webpush", ADMITTED[0], keys), "not configured"
    setting(push_key=KEY, **EVERYONES)
    assert channels.admits("webpush", ADMITTED[0], keys)
    assert not channels.admits("webpush", ADMITTED[0], {"p256dh": "x", "auth": "y"})
    assert not channels.admits("webpush", NOT_ADMITTED[3], keys)
    assert not channels.admits("console", "a", {})
    assert not channels.admits("smoke", "a", {})


async def test_the_console_tells_by_which_device_without_its_address(setting, capsys):
    assert await console.Console().send([message("device-of-mai")]) == [Outcome("accepted", host="console")]
    said = capsys.readouterr().out
    assert TAG in said
    assert tagging.mark("device-of-mai") in said
    assert "device-of-mai" not in said


WRONG = {
    "push_subject": ["van-phong@example.vn", "mailto:a@localhost", "https://localhost", "https://10.0.0.1", "x"],
    "push_key": ["short", "A" * 43, phone.b64(b"\xff" * 32), "s3cret" * 8],
    "push_hosts": ["https://push.vn", "push.vn/a", "Push.vn", "a b", "*", "push.vn:0", "push.vn:99999"],
    "fcm_credentials": ["absent.json", ".", "empty.json", "other.json", "broken.json", "elliptic.json", "deep.json"],
}


def _accounts(folder: Path) -> None:
    """Files that look like a service account, each less than the next."""
    told = dict.fromkeys(("client_email", "project_id", "token_uri"), "x") | {"type": "service_account"}
    ours = ec.generate_private_key(ec.SECP256R1())
    pem = ours.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    (folder / "elliptic.json").write_text(json.dumps({**told, "private_key": pem}), encoding="utf-8")
    (folder / "broken.json").write_text(json.dumps({**told, "private_key": "nonsense"}), encoding="utf-8")
    (folder / "other.json").write_text('{"type": "authorized_user"}', encoding="utf-8")
    (folder / "deep.json").write_text("[" * 100_000, encoding="utf-8")
    (folder / "empty.json").touch()


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_wrong_setting_is_named_with_what_it_takes_and_no_secret_is_told(setting, tmp_path, name, value):
    _accounts(tmp_path)
    with pytest.raises(SettingsError) as refused:
        load(**{name: value})
    ((setting_name, got, takes),) = refused.value.problems
    assert setting_name == f"SOTAY_{name.upper()}"
    assert got == ("…" if name == "push_key" else value)
    assert takes
