"""A small party with every role in several units, and papers for every kind of audience.

What each person may read is worked out here from first principles, on codes and sets, without the house's own code.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from backend.accounts import units
from backend.accounts.scopes import scopes_of
from backend.accounts.units import NewUnit
from backend.discussion import comments
from backend.discussion.about import About
from backend.discussion.feedback import handling, sending
from backend.discussion.feedback import publishing as answering
from backend.discussion.feedback.publishing import Wording
from backend.discussion.feedback.sending import Draft
from backend.meetings import choosing, keeping, setting
from backend.meetings.model import Plan
from base import clock, database
from content import publishing
from content.newsroom import issuing
from tests import builders
from tests.backend.api.papers import TEXT, drawn, issue, report

ROLES = ("editor", "approver", "moderator", "feedback_handler", "unit_admin", "secretary", "auditor")
MERGED_ON = date(2025, 7, 1)
TAKEN_BACK = "61-QĐ/TU"
"""The paper whose one edition is withdrawn; all others have a second one."""

ANSWERED = "2-QĐ/TU"
"""The paper about which an answer is published."""

SAID = "Một ý kiến để thử ai đọc được."
"""What somebody said of some of the papers."""

EARLIER = TEXT.replace("các chi bộ", "mọi chi bộ")
LATER = clock.today() + timedelta(days=30)
STATES = {None: "in-force", LATER: "not-yet"}


@dataclass
class Person:
    """A reader: ``unit`` None is a visitor; ``roles`` are (role, code of the unit); asleep roles are none."""

    name: str
    unit: str | None
    roles: set[tuple[str, str]] = field(default_factory=set)
    id: UUID | None = None
    asleep: bool = False


@dataclass(frozen=True)
class Paper:
    """A document: its audience by codes of units, and what is counted of it."""

    number: str
    audience: frozenset[str]
    type: str = "Quy định"
    year: int = 2026
    topic: str = "to-chuc"
    offline: bool = True
    effective_from: date | None = None


HOMES = {"dm-bx.reader": "DM-BX", "bt-3.moderator": "BT-3", "sn-1.reader": "SN-1"}
"""Who wrote what is held, and where they belonged when they did."""


class World:
    """Units as codes: who stands below whom, who continues whom; people, papers and news."""

    def __init__(self) -> None:
        self.parent = {
            "VP": "VL", "BT": "VL", "BT-3": "BT", "DM": "VL", "DM-BX": "DM", "DM-NT": "DM", "KL": "VL", "KL-1": "KL",
            "SN": "VL", "SN-1": "SN",
        }  # fmt: skip
        self.continues: dict[str, set[str]] = {}
        self.ids: dict[str, int] = {}
        self.people: dict[str, Person] = {}
        self.papers: dict[str, Paper] = {}
        self.slugs: dict[str, str] = {}
        self.news: dict[str, frozenset[str]] = {}
        self.meetings: dict[str, str] = {}
        self.held: dict[str, tuple[str, str]] = {}
        self.asked: dict[str, tuple[str, str, str]] = {}
        self.spoken_on = frozenset({"1-QĐ/TU", "2-QĐ/TU", "5-QĐ/TU", "17-QĐ/TU"})

    # First principles

    def now(self, code: str) -> str:
        """What a unit has become."""
        return next((self.now(new) for new, olds in self.continues.items() if code in olds), code)

    def with_former(self, code: str) -> set[str]:
        """A unit as it is now, with all that it continues."""
        code = self.now(code)
        return {code, *(old for olds in [self.continues.get(code, set())] for old in olds)}

    def above(self, code: str) -> list[str]:
        """A unit and all above it, as they are now."""
        path = [self.now(code)]
        while path[-1] in self.parent:
            path.append(self.now(self.parent[path[-1]]))
        return path

    def may_read(self, person: Person, audience: frozenset[str]) -> bool:
        """Whether one of the scopes of ``audience`` means this person."""
        return any(self._means(scope, person) for scope in audience)

    def _means(self, scope: str, person: Person) -> bool:
        kind, _, rest = scope.partition(":")
        if kind == "public" or person.unit is None:
            return kind == "public"
        if kind == "members":
            return True
        if kind == "member":
            return rest == person.name
        if kind == "role":
            role, _, unit = rest.partition("@")
            return any(held == role and unit in self.with_former(at) | {at} for held, at in person.roles)
        own = self.above(person.unit)
        return any(rest in self.with_former(code) for code in (own if kind == "org" else own[:1]))

    def readable(self, person: Person) -> set[str]:
        """Numbers of the papers that this person may read."""
        return {number for number, paper in self.papers.items() if self.may_read(person, paper.audience)}

    def readable_news(self, person: Person) -> set[str]:
        """Titles of the news that this person may read."""
        return {title for title, audience in self.news.items() if self.may_read(person, audience)}

    def readable_meetings(self, person: Person) -> set[str]:
        """Ids of the meetings that this person is told of."""
        return {id for id, unit in self.meetings.items() if self.may_read(person, frozenset({f"org:{unit}"}))}

    def prepares(self, person: Person, unit: str) -> bool:
        """Whether this person is secretary of the unit or of one above it."""
        return any(role == "secretary" and self.now(at) in self.above(unit) for role, at in person.roles)

    def looks_on(self, person: Person, id: str, *roles: str) -> bool:
        """Whether one of the roles shows this person a held comment: for its author's unit, on what they may read."""
        author, number = self.held[id]
        home = HOMES[author]
        reaching = any(role in roles and self.now(at) in self.above(home) for role, at in person.roles)
        return reaching and self.may_read(person, self.papers[number].audience)

    def decides(self, person: Person, id: str) -> bool:
        """Whether this person may decide on a held comment."""
        return person.name != self.held[id][0] and self.looks_on(person, id, "moderator")

    def desk_of(self, id: str) -> str:
        """The nearest unit above its author where somebody may decide."""
        for code in self.above(HOMES[self.held[id][0]]):
            seated = [each for each in self.people.values() if ("moderator", code) in self._held_now(each)]
            if any(self.decides(each, id) for each in seated):
                return code
        return "VL"

    def answers_for(self, person: Person, id: str, role: str) -> bool:
        """Whether the role shows this person a case of feedback: for the unit where it is."""
        author, unit, _ = self.asked[id]
        return person.name != author and any(
            held == role and self.now(at) in self.above(unit) for held, at in person.roles
        )

    def _held_now(self, person: Person) -> set[tuple[str, str]]:
        return {(role, self.now(at)) for role, at in person.roles}

    def at_desk(self, person: Person, unit: str) -> bool:
        """Whether this person works at the news desk of the unit, or looks on there."""
        desk = {"editor", "approver", "auditor"}
        return any(role in desk and self.now(at) in self.above(unit) for role, at in person.roles)

    def member(self, name: str) -> UUID:
        """The id of somebody who is a member."""
        found = self.people[name].id
        assert found is not None
        return found

    # Making it so

    def stored(self, scope: str) -> str:
        """A scope with the ids that units and members have."""
        head, mark, code = scope.rpartition("@" if "@" in scope else ":")
        if head == "member":
            return f"member:{self.people[code].id}"
        return f"{head}{mark}{self.ids[code]}" if mark else scope

    def scopes(self, audience: frozenset[str]) -> set[str]:
        """An audience with the ids that units and members have."""
        return {self.stored(scope) for scope in audience}

    async def build(self, folder: Path) -> None:
        """Found the units, merge two of them, admit the people, issue the papers."""
        self.ids["VL"] = await builders.unit("VL", kind="province")
        for code, parent in self.parent.items():
            kind = "cell" if "-" in code else "commune"
            self.ids[code] = await builders.unit(code, parent=self.ids[parent], kind=kind)
        await self._admit()
        await self.merge(["KL", "SN"], "SL", on=MERGED_ON)
        for at, (number, paper) in enumerate(self._written().items()):
            self.papers[number] = paper
            for text in (TEXT,) if number == TAKEN_BACK else (EARLIER, TEXT):
                self.slugs[number] = await issue(
                    folder, number, audience=self.scopes(paper.audience), type=paper.type, topic=paper.topic,
                    issued=date(paper.year, 1, 1 + at), offline=paper.offline, effective_from=paper.effective_from,
                    text=text,
                )  # fmt: skip
        await self._report()
        await self._meet()
        await self._speak()
        await self._ask()
        await self._take_back()
        await self._wait()

    async def merge(self, olds: list[str], new: str, *, on: date) -> None:
        """Merge units of the province on a day that is past."""
        into = NewUnit(code=new, name=f"Đơn vị {new}", kind="commune", parent=self.ids["VL"])
        self.ids[new] = await units.merge([self.ids[old] for old in olds], into, on=on, by="cli")
        self.continues[new] = set(olds)
        self.parent[new] = "VL"

    async def _admit(self) -> None:
        self.people["visitor"] = Person("visitor", None)
        for home, held_for in (("VP", "VL"), ("BT-3", "BT"), ("DM-BX", "DM"), ("KL-1", "KL")):
            for role in (None, *ROLES):
                roles = {(role, held_for)} if role else set()
                self._expect(Person(f"{home}.{role or 'reader'}".lower(), home, roles))
        self._expect(Person("dm-nt.reader", "DM-NT"))
        self._expect(Person("dm.secretary", "DM"))
        self._expect(Person("sn-1.reader", "SN-1"))
        self._expect(Person("vp.two-roles", "VP", {("editor", "BT"), ("approver", "VL")}))
        self._expect(Person("vp.asleep", "VP", {("editor", "VL")}, asleep=True))
        for person in self.people.values():
            if person.unit is not None:
                login = person.name.replace("_", "-").replace(".", "-")
                person.id = await builders.member(login, unit=self.ids[person.unit], name="Nguyễn Văn Thử")
                for role, unit in person.roles:
                    await builders.role(person.id, role, self.ids[unit])
                person.roles = set() if person.asleep else person.roles

    def _expect(self, person: Person) -> None:
        self.people[person.name] = person

    def _written(self) -> dict[str, Paper]:
        audiences = [
            {"public"}, {"members"}, {"org:VL"}, {"org:BT"}, {"org:DM"}, {"at:VP"}, {"at:DM"}, {"org:KL"}, {"at:SL"},
            {"org:SN"}, {"at:KL-1"}, {"role:editor@VL"}, {"role:approver@BT"}, {"role:unit_admin@DM"},
            {"role:moderator@KL"}, {"role:auditor@SL"}, {"role:feedback_handler@VL"}, {"member:dm-bx.reader"},
            {"org:DM-BX", "role:auditor@VL"}, {"at:BT-3", "member:visitor-to-be"}, {"public", "org:DM"},
        ]  # fmt: skip
        self.people["visitor-to-be"] = Person("visitor-to-be", None, id=UUID(int=7))
        papers = [
            Paper(
                f"{at}-{'NQ' if at % 3 == 0 else 'QĐ'}/TU", frozenset(audience),
                type="Nghị quyết" if at % 3 == 0 else "Quy định", year=2024 + at % 2 * 2,
                topic=("to-chuc", "kiem-tra")[at % 2],
            )
            for at, audience in enumerate(audiences, 1)
        ]  # fmt: skip
        papers += [
            Paper("51-QĐ/TU", frozenset({"members"}), offline=False),
            Paper("52-QĐ/TU", frozenset({"public"}), effective_from=LATER),
            Paper("53-QĐ/TU", frozenset({"org:DM"}), effective_from=LATER, offline=False),
            Paper(TAKEN_BACK, frozenset({"public"})),
            Paper("62-QĐ/TU", frozenset({"members"})),
        ]
        return {paper.number: paper for paper in papers}

    async def _meet(self) -> None:
        """A meeting of each of these units, for which a paper is read that all members may read at first."""
        for unit in ("VL", "DM", "DM-BX", "SL", "KL-1"):
            plan = Plan(f"Họp {unit}", clock.now() + timedelta(days=3), "Hội trường", ("Bàn việc",))
            made = await keeping.save(uuid4(), plan, unit=self.ids[unit], version=0, by="cli")
            await choosing.choose(
                uuid4(), made.id, self.slugs["2-QĐ/TU"], ["dieu-1"], item="", scopes=frozenset({"members"}), by="cli"
            )  # fmt: skip
            await setting.set_list(made.id, version=made.version, by="cli")
            self.meetings[str(made.id)] = unit

    async def _speak(self) -> None:
        """A comment on each of a few papers for different readers."""
        for number in sorted(self.spoken_on):
            speaker = next(
                person
                for person in self.people.values()
                if person.id and person.unit and number in self.readable(person)
            )
            assert speaker.id is not None
            about, scopes = About(document=self.slugs[number]), await scopes_of(speaker.id)
            await comments.write(uuid4(), about=about, words=SAID, named=False, by=speaker.id, scopes=scopes)

    async def _wait(self) -> None:
        """Comments that screening holds: for everybody's moderators, of a moderator, and on a paper for few."""
        for author, number in (("dm-bx.reader", "2-QĐ/TU"), ("bt-3.moderator", "2-QĐ/TU"), ("sn-1.reader", "10-QĐ/TU")):
            id, by = uuid4(), self.member(author)
            about, scopes = About(document=self.slugs[number]), await scopes_of(by)
            words = f"Gọi 0912 345 678 cho {author} nhé."
            await comments.write(id, about=about, words=words, named=False, by=by, scopes=scopes)
            self.held[str(id)] = author, number

    async def _ask(self) -> None:
        """A case at each of two units, one of them merged; one is answered and published, about a paper for members."""
        for author, unit in (("dm-bx.reader", "DM"), ("kl-1.reader", "KL")):
            id, by = uuid4(), self.member(author)
            draft = Draft("question", "document", SAID, document=self.slugs[ANSWERED], consent=True)
            case = (await sending.send(id, draft, by=by, scopes=await scopes_of(by))).case
            self.asked[str(id)] = author, unit, case.code
            if unit == "DM":
                handler = self.member("dm-bx.feedback_handler")
                await handling.answer(uuid4(), id, SAID, version=1, by=handler)
                wording, reach = Wording("Một câu trả lời", SAID, SAID), [self.ids["DM"]]
                await answering.publish(uuid4(), id, wording, reach=reach, version=2, by=handler)

    async def _report(self) -> None:
        for number, paper in self.papers.items():
            title = f"Tin về {number}"
            await report(
                title, audience=self.scopes(paper.audience), unit=self.ids["DM"], topic=paper.topic, cover=drawn(title)
            )
            self.news[title] = paper.audience
        for state, facts in (("nháp", {"draft": True}), ("hẹn", {"at": clock.now() + timedelta(days=1)}), ("gỡ", {})):
            title = f"Tin còn {state}"
            await report(title, audience={"public"}, unit=self.ids["DM"], cover=drawn(title), **facts)
        withdrawn = (await database.fetch("SELECT id FROM news WHERE title = 'Tin còn gỡ'"))[0]
        await issuing.withdraw(withdrawn["id"], reason="thử gỡ", by="cli")

    async def _take_back(self) -> None:
        """One paper is withdrawn, one is addressed to nobody any more."""
        edition = "SELECT e.id, d.id AS document FROM edition e JOIN document d ON d.id = e.document WHERE d.slug = {}"
        withdrawn = (await database.fetch(edition, self.slugs[TAKEN_BACK]))[0]
        await publishing.withdraw(withdrawn["id"], by="cli", reason="thử thu hồi")
        await self.address("62-QĐ/TU", frozenset())
        self.papers[TAKEN_BACK] = Paper(TAKEN_BACK, frozenset())

    async def address(self, number: str, audience: frozenset[str]) -> None:
        """Address a paper to others from now on."""
        row = (await database.fetch("SELECT id FROM document WHERE slug = {}", self.slugs[number]))[0]
        await publishing.set_audience(row["id"], self.scopes(audience), by="cli", reason="thử")
        before = self.papers[number]
        facts = {name: getattr(before, name) for name in ("type", "year", "topic", "offline", "effective_from")}
        self.papers[number] = Paper(number, audience, **facts)
