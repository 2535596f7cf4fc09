"""What is required of a draft before it is issued: one list, each line with the rule it comes from."""

import re
from collections.abc import AsyncIterator, Iterator
from datetime import date
from typing import Any

from base import clock, database
from content import citing, fragments, naming, originals, vocabulary
from content.digests import checking
from content.digests import keeping as digests
from content.drafts import colliding, overstepping, proposing
from content.drafts.model import RULES, Draft, Requirement
from content.structure import lines, markings
from content.structure.numbering import body_code, type_code
from content.vocabulary import competences

FEWEST_WORDS = 5
"""A text of fewer words is none."""

_PICTURE_WITHOUT_WORDS = re.compile(r"!\[\s*\]\(")


async def requirements(draft: Draft, *, scopes: frozenset[str]) -> tuple[Requirement, ...]:
    """All that the draft does not meet now, what stops its issue first.

    Documents that whoever asks may not read (``scopes``) are not named; that their number is taken is said.
    """
    found = [*_of_facts(draft), *_of_dates(draft)]
    for rule in (colliding.same_number, colliding.same_words, _citations, _relations, _text, _digest, _beside):
        found += [each async for each in rule(draft, scopes)]
    return tuple(sorted(found, key=lambda each: not each.blocking))


def blocking(found: tuple[Requirement, ...]) -> tuple[Requirement, ...]:
    """Those that stop the issue."""
    return tuple(each for each in found if each.blocking)


def _of_facts(draft: Draft) -> Iterator[Requirement]:
    head = draft.facts.head
    for field in ("number", "type", "issuer", "issued", "title"):
        if not getattr(head, field):
            yield Requirement(f"require-{field}", True, "facts", field=field)
    known = {each.name: each for each in vocabulary.types()}
    if head.type and head.type not in known:
        yield Requirement("require-type-known", True, "facts", RULES["number"], "type", {"type": head.type})
    elif head.type and head.number:
        yield from _of_number(draft, known[head.type])
    if head.type and (rule := competences.forbidding(head.issuer, head.type)):
        values: dict[str, str | int] = {"issuer": head.issuer, "type": head.type.lower()}
        yield Requirement("require-competence", True, "facts", rule, "type", values)
    if not draft.facts.topic:
        yield Requirement("require-topic", False, "facts", field="topic")
    if not draft.facts.audience:
        yield Requirement("require-audience", True, "audience", RULES["audience"])


def _of_number(draft: Draft, type: vocabulary.Type) -> Iterator[Requirement]:
    head = draft.facts.head
    code = type_code(head.number)
    if not naming.running_key(head.number):
        yield Requirement("require-number-running", True, "facts", RULES["number"], "number", {"number": head.number})
    elif type.codes and code and code not in type.codes:
        values: dict[str, str | int] = {"code": code, "type": head.type.lower(), "codes": ", ".join(type.codes)}
        yield Requirement("require-number-type", True, "facts", RULES["number"], "number", values)
    issuer = next((each for each in vocabulary.issuers() if each.name == head.issuer and each.codes), None)
    body = body_code(head.number)
    if issuer and body and body not in issuer.codes:
        values = {"code": body, "issuer": head.issuer}
        yield Requirement("require-number-issuer", False, "facts", RULES["number"], "number", values)
    if type.side == "state" and competences.is_party(head.issuer):
        values = {"issuer": head.issuer, "type": head.type.lower()}
        yield Requirement("require-competence", True, "facts", RULES["number"], "type", values)


def _of_dates(draft: Draft) -> Iterator[Requirement]:
    facts, issued = draft.facts, draft.facts.head.issued
    issues_on = clock.local(draft.publish_at).date() if draft.publish_at else clock.today()
    if issued and issued > issues_on:
        yield Requirement("require-issued-past", True, "facts", field="issued", values=_day(issued))
    if facts.effective_from is None:
        yield Requirement("require-effective-from", True, "facts", field="effective_from")
    elif issued and facts.effective_from < issued:
        yield Requirement("require-effective-after", False, "facts", field="effective_from", values=_day(issued))
    if facts.effective_until and facts.effective_from and facts.effective_until < facts.effective_from:
        values = _day(facts.effective_from)
        yield Requirement("require-effective-until", True, "facts", field="effective_until", values=values)


async def _citations(draft: Draft, scopes: frozenset[str]) -> AsyncIterator[Requirement]:
    """Every document that is cited is here, or somebody has looked and said that it need not be."""
    text = await fragments.text_of(draft.edition)
    for each in await citing.cited(text.html, scopes=scopes):
        if not each.here and each.number not in draft.facts.looked_at:
            yield Requirement("require-cited", True, "relations", field=each.path, values={"number": each.words})


async def _relations(draft: Draft, scopes: frozenset[str]) -> AsyncIterator[Requirement]:
    """What it is said to do to others: all of it looked at, and nothing that only a higher body may do."""
    open = proposing.undecided(draft.facts, (await fragments.pieces_of(draft.edition)).parts)
    if open:
        yield Requirement("require-relations", False, "relations", values={"count": len(open)})
    async for each in overstepping.oversteps(draft, scopes):
        values: dict[str, str | int] = {
            "number": each.claim.number, "issuer": draft.facts.head.issuer, "other": each.issuer, "slug": each.slug,
        }  # fmt: skip
        yield Requirement("require-relation-competence", True, "relations", each.rule, each.claim.path, values)


async def _text(draft: Draft, scopes: frozenset[str]) -> AsyncIterator[Requirement]:
    """The text itself: there is one, it bears no marking, its pictures are told in words, its doubts looked at."""
    parts = (await fragments.pieces_of(draft.edition)).parts
    text = "".join(part.text for part in parts)
    if len(text.split()) < FEWEST_WORDS:
        yield Requirement("require-text", True, "text")
    head = lines.split("".join(part.text for part in parts if part.kind == "head"))
    if marking := markings.secrecy(head):
        yield Requirement("content-import-secret", True, "text", RULES["secrecy"], values={"marking": marking})
    if _PICTURE_WITHOUT_WORDS.search(text):
        yield Requirement("require-alt", True, "text")
    if draft.doubts:
        yield Requirement("require-doubts", False, "text", values={"count": len(draft.doubts)})


async def _digest(draft: Draft, scopes: frozenset[str]) -> AsyncIterator[Requirement]:
    """Every point of its digest rests on a part that is still there, and says what that part says now."""
    digest = await digests.digest_of(draft.edition)
    if digest.points:
        for flaw in checking.flaws(digest.points, await fragments.pieces_of(draft.edition)):
            yield Requirement(flaw.key, flaw.blocking, "digest", values=flaw.values)


async def _beside(draft: Draft, scopes: frozenset[str]) -> AsyncIterator[Requirement]:
    """What stands beside the text: who answers for its not being classified, the original, open remarks."""
    if not draft.unclassified_by:
        yield Requirement("require-unclassified", True, "check", RULES["secrecy"])
    if not await originals.originals(draft.edition):
        yield Requirement("require-original", False, "text")
    [row] = await database.fetch(
        "SELECT count(*) AS open FROM remark WHERE edition = {} AND settled_at IS NULL", draft.edition
    )
    if row["open"]:
        yield Requirement("require-remarks", False, "text", values={"count": row["open"]})


def _day(day: date) -> dict[str, Any]:
    return {"on": f"{day:%d/%m/%Y}"}
