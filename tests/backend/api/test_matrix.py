"""Every role in several units at every address: each reader is given what is addressed to them, and told of no more."""

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from backend.accounts import members, roles
from base import clock, database, journal
from tests.backend.api.world import ANSWERED, SAID, STATES, TAKEN_BACK, Person, World
from tests.indexes import followed, indexed


class Phone:
    """A reader with their client and the library that their phone holds."""

    def __init__(self, person: Person, client: httpx.AsyncClient) -> None:
        self.person = person
        self.client = client
        self.library: dict[str, str] = {}
        self.cursor = ""

    async def get(self, address: str, **asked: object) -> httpx.Response:
        return await self.client.get(address, params={name: str(value) for name, value in asked.items()})

    async def all_pages(self, address: str, key: str, **asked: object) -> list[str]:
        """What a list gives, following ``next`` to its end."""
        seen: list[str] = []
        page = (await self.get(address, **asked)).json()
        while True:
            seen += [item[key] for item in page["items"]]
            if page["next"] is None:
                return seen
            page = (await self.client.get(page["next"])).json()

    async def sync(self) -> None:
        while True:
            batch = (await self.get("/api/library", since=self.cursor, limit=4)).json()
            if batch["reset"]:
                self.library.clear()
            for gone in batch["gone"]:
                self.library.pop(gone, None)
            self.library |= {item["id"]: item["number"] for item in batch["items"]}
            self.cursor = batch["cursor"]
            if not batch["more"]:
                return


@pytest.fixture
async def world(opened, tmp_path):
    made = World()
    await made.build(tmp_path)
    await indexed()
    return made


@pytest.fixture
async def phones(opened, world):
    found = {}
    for name, person in world.people.items():
        method = "password" if person.asleep else "passkey"
        client = await opened(person.id if person.unit else None, method=method)
        found[name] = Phone(person, client)
    return found


async def test_every_reader_is_given_what_is_addressed_to_them_and_no_more(world, phones):
    tags = await all_tags(world, phones)
    for phone in phones.values():
        await check_lists(world, phone)
        await check_search(world, phone)
        await check_suggestions(world, phone)
        await check_counts(world, phone)
        await check_documents(world, phone, tags)
        await check_citations(world, phone)
        await check_news(world, phone)
        await check_meetings(world, phone)
        await check_comments(world, phone)
        await check_moderation(world, phone)
        await check_waiting(world, phone)
        await check_feedback(world, phone)
        await check_people(world, phone)
        await check_notices(world, phone)
        await check_library(world, phone)


async def test_what_changes_counts_for_every_reader_at_once(world, phones):
    """Audience, merger, role, move, disabling: the next answer follows, and the phone lets go of what was lost."""
    chosen = {
        name: phones[name]
        for name in (
            "visitor", "vp.reader", "vp.editor", "vp.approver", "bt-3.reader", "bt-3.approver", "dm-bx.reader",
            "dm.secretary", "dm-bx.unit_admin", "kl-1.reader", "dm-nt.reader", "dm-bx.auditor",
        )
    }  # fmt: skip
    for phone in chosen.values():
        await check_lists(world, phone)
        await check_search(world, phone)
        await check_library(world, phone)
    await change(world)
    for phone in chosen.values():
        await check_nothing_lost_is_found(world, phone)
    await followed()
    tags = await all_tags(world, chosen)
    for phone in chosen.values():
        await check_lists(world, phone)
        await check_search(world, phone)
        await check_suggestions(world, phone)
        await check_counts(world, phone)
        await check_documents(world, phone, tags)
        await check_citations(world, phone)
        await check_meetings(world, phone)
        await check_comments(world, phone)
        await check_moderation(world, phone)
        await check_waiting(world, phone)
        await check_feedback(world, phone)
        await check_people(world, phone)
        await check_notices(world, phone)
        await check_library(world, phone)


async def change(world: World) -> None:
    await world.address("2-QĐ/TU", frozenset({"org:BT"}))
    await world.address("62-QĐ/TU", frozenset({"role:editor@VL", "at:DM-NT"}))
    await world.merge(["BT", "DM"], "DB", on=clock.today() - timedelta(days=1))
    editor = world.people["vp.editor"]
    grant = (await database.fetch("SELECT id FROM role_grant WHERE member = {}", editor.id))[0]["id"]
    await roles.withdraw(grant, by="cli")
    editor.roles.clear()
    await members.move(world.member("vp.reader"), unit=world.ids["DM-NT"], by="cli")
    world.people["vp.reader"].unit = "DM-NT"
    await members.disable(world.member("dm-bx.auditor"), by="cli")
    world.people["dm-bx.auditor"].unit = None
    world.people["dm-bx.auditor"].roles.clear()
    await journal.seal_pending()


async def all_tags(world: World, phones: dict[str, Phone]) -> dict[str, str]:
    """An ETag of every document that anybody may read: knowing one must not open it for others."""
    tags: dict[str, set[str]] = {}
    for phone in phones.values():
        for number in world.readable(phone.person):
            answer = await phone.client.head(f"/api/documents/{world.slugs[number]}")
            tags.setdefault(number, set()).add(answer.headers["etag"])
    return {number: ", ".join(sorted(found)) for number, found in tags.items()}


async def check_lists(world: World, phone: Phone) -> None:
    who, expected = phone.person.name, world.readable(phone.person)
    assert sorted(await phone.all_pages("/api/documents", "number", limit=3)) == sorted(expected), who
    assert sorted(await phone.all_pages("/api/documents", "number", sort="title", limit=7)) == sorted(expected), who
    for name, value in (("type", "Nghị quyết"), ("year", 2026), ("topic", "kiem-tra")):
        wanted = {number for number in expected if getattr(world.papers[number], name) == value}
        assert set(await phone.all_pages("/api/documents", "number", **{name: value})) == wanted, (who, name)
    found = await phone.all_pages("/api/documents", "number", words="viec thu", limit=100)
    assert sorted(found) == sorted(expected), who


async def check_search(world: World, phone: Phone) -> None:
    """What is found, page by page and narrowed; that it is counted is looked at with the list's counts."""
    who, expected = phone.person.name, world.readable(phone.person)
    assert sorted(await found_by(phone, q="việc thử", limit=7)) == sorted(expected), who
    wanted = {number for number in expected if world.papers[number].type == "Nghị quyết"}
    assert set(await found_by(phone, q="viec thu", type="Nghị quyết", limit=100)) == wanted, who
    page = (await phone.get("/api/search", q="việc thử", limit=1)).json()
    assert page["total"] == len(expected), who
    if phone.person.unit is None or phone.person.roles:  # the others are like these
        for number in world.papers:
            found = (await phone.get("/api/search", q=number, limit=100)).text
            assert (f'"{number}"' in found) == (number in expected), (who, number)


async def check_nothing_lost_is_found(world: World, phone: Phone) -> None:
    """Before the worker came by, what somebody was given may be missing, but nothing that they lost is told of."""
    expected = world.readable(phone.person)
    found = (await phone.get("/api/search", q="việc thử", limit=100)).json()
    assert {item["document"]["number"] for item in found["items"]} <= expected, phone.person.name
    assert found["total"] == sum(row["count"] for row in found["counts"]["types"]) <= len(expected)


async def check_suggestions(world: World, phone: Phone) -> None:
    expected = world.readable(phone.person)
    for number, slug in world.slugs.items():
        offered = (await phone.get("/api/search/suggest", q=number)).json()["items"]
        told = (phone.person.name, number)
        assert (f"/documents/{slug}" in [each["url"] for each in offered]) == (number in expected), told
        assert {each["number"] for each in offered} <= {*expected, ""}, told


async def found_by(phone: Phone, **asked: object) -> list[str]:
    """The numbers of all that a search finds, following ``next`` to its end."""
    address, seen = "/api/search", list[str]()
    page = (await phone.get(address, **asked)).json()
    while True:
        seen += [item["document"]["number"] for item in page["items"]]
        if page["next"] is None:
            return seen
        page = (await phone.client.get(page["next"])).json()


async def check_counts(world: World, phone: Phone) -> None:
    papers = [world.papers[number] for number in world.readable(phone.person)]
    counts = (await phone.get("/api/documents", counts="true", limit=1)).json()["counts"]
    assert (await phone.get("/api/search", q="việc thử", limit=1)).json()["counts"] == counts, phone.person.name
    assert counts["total"] == len(papers), phone.person.name
    expected = {
        "types": Counter(paper.type for paper in papers),
        "years": Counter(str(paper.year) for paper in papers),
        "topics": Counter(paper.topic for paper in papers),
        "states": Counter(STATES[paper.effective_from] for paper in papers),
    }
    for facet, wanted in expected.items():
        assert {row["value"]: row["count"] for row in counts[facet]} == wanted, (phone.person.name, facet)
    assert sum(row["count"] for row in counts["issuers"]) == len(papers)
    narrowed = (await phone.get("/api/documents", counts="true", type="Quy định", limit=1)).json()["counts"]
    assert narrowed["total"] == expected["types"]["Quy định"], phone.person.name
    assert {row["value"]: row["count"] for row in narrowed["types"]} == expected["types"]


async def check_documents(world: World, phone: Phone, tags: dict[str, str]) -> None:
    readable = world.readable(phone.person)
    for number, slug in world.slugs.items():
        may, told = number in readable, (phone.person.name, number)
        address = f"/api/documents/{slug}"
        answers = [
            await phone.get(address),
            await phone.get(address, edition=1),
            await phone.get(f"{address}/parts/dieu-1.khoan-2"),
            await phone.client.head(f"{address}/parts/dieu-2?edition=1"),
            await phone.get(f"/api/documents/{slug}/changes"),
            await phone.get(f"/api/documents/{slug}/changes", **{"from": 1, "to": 2}),
            await phone.get(f"/documents/{slug}/editions/2/changes"),
            await phone.get(f"/documents/{slug}"),
        ]
        assert {answer.status_code for answer in answers} == {200 if may else 404}, told
        known = await phone.client.get(address, headers={"If-None-Match": tags.get(number, "*")})
        assert known.status_code == (304 if may else 404), told
        if not may:
            assert not any(number in answer.text for answer in [*answers[:3], *answers[4:6], known]), told


async def check_citations(world: World, phone: Phone) -> None:
    readable = world.readable(phone.person)
    for number, slug in world.slugs.items():
        asked = {"text": f"khoản 2 Điều 1 {number}"}
        found = (await phone.get("/api/citations/resolve", **asked)).json()
        beside = (await phone.get("/api/citations/resolve", text="khoản 2 Điều 1", near=f"{slug}@1")).json()
        told = (phone.person.name, number)
        assert (slug in [hit["document"]["slug"] for hit in found["hits"]]) == (number in readable), told
        assert {hit["document"]["number"] for hit in found["hits"]} <= set(readable), told
        assert beside["outcome"] == ("one" if number in readable else "nothing"), told


async def check_news(world: World, phone: Phone) -> None:
    expected = world.readable_news(phone.person)
    listed = await phone.all_pages("/api/news", "title", limit=5)
    assert sorted(listed) == sorted(expected), phone.person.name
    slugs = {row["title"]: row["slug"] for row in await database.fetch("SELECT title, slug FROM news")}
    for title, slug in slugs.items():
        answer = await phone.client.get(f"/api/news/{slug}", headers={"If-None-Match": "*"})
        assert answer.status_code == (304 if title in expected else 404), (phone.person.name, title)
        page = await phone.get(f"/news/{slug}")
        assert page.status_code == (200 if title in expected else 404), (phone.person.name, title)
    covers = {row["title"]: row["cover"] for row in await database.fetch("SELECT title, cover FROM manuscript")}
    for title, cover in covers.items():
        may = title in expected or world.at_desk(phone.person, "DM")
        for form in ("8.avif", "8.webp"):
            answer = await phone.client.get(f"/pictures/{cover}/{form}", headers={"If-None-Match": "*"})
            assert answer.status_code == (304 if may else 404), (phone.person.name, title)


async def check_meetings(world: World, phone: Phone) -> None:
    """Told of to the unit and those below it; prepared by its secretaries; a part is named to whoever may read it."""
    who, expected, readable = phone.person, world.readable_meetings(phone.person), world.readable(phone.person)
    answer = await phone.get("/api/meetings")
    assert answer.status_code == (200 if who.unit else 401), who.name
    if who.unit:
        items = answer.json()["items"]
        assert {item["id"] for item in items} == expected, who.name
        named = {part["label"].rpartition(" ")[2] for item in items for part in item["parts"]}
        assert named == ({"2-QĐ/TU"} & readable if items else set()), who.name
    for id, unit in world.meetings.items():
        if unit not in ("DM", "SL"):  # the others are like these
            continue
        page, desk = await phone.get(f"/meetings/{id}"), await phone.get(f"/desk/meetings/{id}")
        assert page.status_code == ((200 if id in expected else 404) if who.unit else 401), (who.name, unit)
        assert ("2-QĐ/TU" in page.text) == (id in expected and "2-QĐ/TU" in readable), (who.name, unit)
        assert (desk.status_code == 200) == world.prepares(who, unit), (who.name, unit)


async def check_comments(world: World, phone: Phone) -> None:
    """Read by members who may read what they are about; written by the same; to everybody else it is not there."""
    who, readable, spoken = phone.person, world.readable(phone.person), 0
    for number in (*sorted(world.spoken_on), TAKEN_BACK):
        slug = world.slugs[number]
        expected = (200 if number in readable else 404) if who.unit else 401
        for path in (f"/api/documents/{slug}/comments", f"/api/documents/{slug}/comments/counts"):
            answer = await phone.get(path)
            assert answer.status_code == expected, (who.name, number)
            assert (SAID in answer.text) == (expected == 200 and number in world.spoken_on and "counts" not in path)
        page = await phone.get(f"/documents/{slug}/comments")
        assert page.status_code == (200 if number in readable else 404), (who.name, number)
        assert (SAID in page.text) == (expected == 200 and number in world.spoken_on), (who.name, number)
        if expected != 200 or not spoken:  # one that is taken tells of the others, and more would be too many
            body = {"document": slug, "words": f"Ý kiến của {who.name}"}
            written = await phone.client.put(f"/api/comments/{uuid4()}", json=body)
            assert written.status_code == (201 if expected == 200 else expected), (who.name, number)
            taken_back = await phone.client.delete(written.request.url)
            assert taken_back.status_code == (200 if expected == 200 else 404 if who.unit else 401)
            spoken += expected == 200
    for row in await database.fetch("SELECT title, slug FROM news ORDER BY title LIMIT 6"):
        may = row["title"] in world.readable_news(who)
        answer = await phone.get(f"/api/news/{row['slug']}/comments")
        page = await phone.get(f"/news/{row['slug']}/comments")
        assert answer.status_code == ((200 if may else 404) if who.unit else 401), (who.name, row["title"])
        assert page.status_code == (200 if may else 404), (who.name, row["title"])


async def check_moderation(world: World, phone: Phone) -> None:
    """Of a held comment its moderators know and who audits them, on what they may read; it waits for the nearest."""
    who = phone.person
    works = {role for role, _ in who.roles} & {"moderator", "auditor"}
    moderated = {world.now(at) for role, at in who.roles if role == "moderator"}
    for of in ("mine", "all"):
        answer = await phone.get("/api/moderation/queue", of=of)
        assert answer.status_code == (200 if works else 403 if who.unit else 401), who.name
        if works:
            told = {item["comment"] for item in answer.json()["items"]}
            seen = {id for id in world.held if world.decides(who, id) or (not moderated and auditing(world, who, id))}
            mine = {id for id in seen if not moderated or world.desk_of(id) in moderated}
            assert told == (mine if of == "mine" else seen), (who.name, of)
    for id in world.held:
        may = world.decides(who, id)
        sees = may or auditing(world, who, id)
        page = await phone.get(f"/desk/moderation/{id}")
        assert page.status_code == (401 if not who.unit else 200 if sees else 404 if works else 403), (who.name, id)
        body = {"revision": 9, "verdict": "hide", "reason": "Q2"}  # nobody has seen that revision
        answer = await phone.client.put(f"/api/comments/{id}/decisions/{uuid4()}", json=body)
        expected = 401 if not who.unit else 409 if may else 403 if sees else 404
        assert answer.status_code == expected, (who.name, id)


async def check_waiting(world: World, phone: Phone) -> None:
    """What waits is told in numbers to those alone who have to do it."""
    who = phone.person
    moderated = {world.now(at) for role, at in who.roles if role == "moderator"}
    answers = any(role == "feedback_handler" for role, _ in who.roles)
    answer = await phone.get("/api/moderation/counts")
    assert answer.status_code == (401 if not who.unit else 200 if moderated or answers else 403), who.name
    if moderated or answers:
        held = sum(world.decides(who, id) and world.desk_of(id) in moderated for id in world.held)
        waits = [id for id, (_, unit, _) in world.asked.items() if unit != "DM"]  # there it is answered
        open = sum(world.answers_for(who, id, "feedback_handler") for id in waits)
        told = answer.json()
        assert (told["moderation"] and told["moderation"]["waiting"]) == (held if moderated else None), who.name
        assert (told["feedback"] and told["feedback"]["open"]) == (open if answers else None), who.name


async def check_feedback(world: World, phone: Phone) -> None:
    """A case is told to its author; who answers for its unit handles it, who audits there looks, nobody else knows."""
    who = phone.person
    works = {role for role, _ in who.roles} & {"feedback_handler", "auditor"}
    inbox = await phone.get("/desk/feedback", group="all")
    assert inbox.status_code == (200 if works else 403 if who.unit else 401), who.name
    for id, (author, _, code) in world.asked.items():
        handles = world.answers_for(who, id, "feedback_handler")
        sees = handles or (not {"feedback_handler"} & works and world.answers_for(who, id, "auditor"))
        assert (id in inbox.text) == sees, (who.name, id)
        page = await phone.get(f"/desk/feedback/{id}")
        assert page.status_code == (401 if not who.unit else 200 if sees else 404 if works else 403), (who.name, id)
        own = await phone.get(f"/api/feedback/mine/{code}")
        assert own.status_code == (401 if not who.unit else 200 if who.name == author else 404), (who.name, id)
        body = {"verb": "note", "version": 99, "words": "Ghi chú"}  # nobody has seen that version
        answer = await phone.client.put(f"/api/feedback/{id}/steps/{uuid4()}", json=body)
        mine = who.name == author and who.unit
        expected = 401 if not who.unit else 422 if mine else 409 if handles else 403 if sees else 404
        assert answer.status_code == expected, (who.name, id)
    told = (await phone.get("/api/answers")).json()["items"]
    assert bool(told) == world.may_read(who, world.papers[ANSWERED].audience), who.name


def auditing(world: World, who: Person, id: str) -> bool:
    return world.looks_on(who, id, "auditor")


async def check_people(world: World, phone: Phone) -> None:
    person = phone.person
    units = (await phone.get("/api/units")).json()["items"]
    path = world.above(person.unit)[::-1] if person.unit else []
    assert [unit["code"] for unit in units] == path, person.name
    former = {unit["code"]: {old["code"] for old in unit["continues"]} for unit in units}
    assert former == {code: world.with_former(code) - {code} for code in path}, person.name
    me = await phone.get("/api/me")
    assert me.status_code == (200 if person.unit else 401), person.name
    device = await phone.get("/api/devices")
    assert device.status_code == me.status_code, person.name
    if person.unit:
        assert device.json()["items"] == [], "of others' devices nothing is said"
        told = me.json()
        assert (told["id"], told["unit"]["code"]) == (str(person.id), path[-1])
        held = {(role["role"], role["unit"]["code"]) for role in told["roles"]}
        assert held == {(role, world.now(unit)) for role, unit in person.roles}, person.name
        assert told["roles_asleep"] is person.asleep
    assert (await phone.get("/api/topics")).status_code == 200


async def check_notices(world: World, phone: Phone) -> None:
    """An inbox tells of the news and meetings that its reader may read now, and of no more."""
    who = phone.person
    answer = await phone.get("/api/notices", limit=100)
    assert answer.status_code == (200 if who.unit else 401), who.name
    if who.unit:
        told = [
            (item["kind"], item["title"] if "news" in item["kind"] else item["href"]) for item in answer.json()["items"]
        ]
        assert {title for kind, title in told if kind == "news.publish"} == world.readable_news(who), who.name
        meetings = {href.removeprefix("/meetings/") for kind, href in told if kind == "meeting.set"}
        assert meetings == world.readable_meetings(who), who.name


async def check_library(world: World, phone: Phone) -> None:
    await phone.sync()
    wanted = {number for number in world.readable(phone.person) if world.papers[number].offline}
    assert sorted(phone.library.values()) == sorted(wanted), phone.person.name
