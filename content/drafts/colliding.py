"""What is here already: a document of the same number, or one that says the same."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any
from uuid import UUID

from base import clock, database
from content import audiences, duplicates, identifying, issuers, naming, vocabulary
from content.collation import title_key
from content.drafts.model import RULES, Draft, Requirement
from content.sameness import Wording


async def same_number(draft: Draft, scopes: frozenset[str]) -> AsyncIterator[Requirement]:
    """The same document, or one of the same number: in this term that cannot be, in another it is said.

    Of one number and one day, a committee's and its standing committee's are told as perhaps the same.
    """
    head = draft.facts.head
    if not (head.number and head.type and head.issuer):
        return
    issuer = await issuers.current(head.issuer)
    identity = draft.identity(issuer)
    if draft.known and identity != await _identity_of(draft.document):
        yield Requirement("require-same-document", True, "facts", field="number")
    for row in await _numbered_alike(draft, issuer):
        seen = audiences.may_read(scopes, await audiences.windows(row["id"]))
        if row["issuer_key"] == title_key(issuer):
            yield _of_its_issuer(row, draft, identity, seen=seen)
        elif seen and identifying.are_of_one_house(issuer, row["issuer"]):
            values = {**_named(row), "issuer": row["issuer"]}
            yield Requirement("require-number-house", False, "facts", RULES["number"], "issuer", values)


async def _numbered_alike(draft: Draft, issuer: str) -> list[dict[str, Any]]:
    """Documents of its type and number: those of its issuer, and those of other bodies of the same day."""
    head, key = draft.facts.head, title_key(issuer)
    return await database.fetch(
        "SELECT id, identity, slug, type, number, issued, issuer, issuer_key FROM document WHERE running_key = {} "
        "AND letters_key = {} AND type = {} AND (issuer_key = {} OR issued = {}) AND id <> {} "
        "AND published_at IS NOT NULL ORDER BY CASE WHEN issuer_key = {} THEN 0 ELSE 1 END, issued_key DESC LIMIT 50",
        naming.running_key(head.number), naming.letters_key(head.number), head.type, key, head.issued, draft.document,
        key,
    )  # fmt: skip


def _of_its_issuer(row: dict[str, Any], draft: Draft, identity: str, *, seen: bool) -> Requirement:
    same_term = _term(row["issued"]) == _term(draft.facts.head.issued)
    same = "require-number-same" if row["identity"] == identity else "require-number-free"
    key = same if same_term else "require-number-term"
    return Requirement(
        key if seen else "require-number-elsewhere", same_term, "facts", RULES["number"], "number",
        _named(row) if seen else {},
    )  # fmt: skip


def _named(row: dict[str, Any]) -> dict[str, str | int]:
    issued = f"{row['issued']:%d/%m/%Y}" if row["issued"] else "none"
    return {"number": row["number"], "issued": issued, "slug": row["slug"]}


async def same_words(draft: Draft, scopes: frozenset[str]) -> AsyncIterator[Requirement]:
    """A document that says the same; of a later text, that it says nothing new or is for others than before."""
    if draft.known:
        if await _says_the_same(draft):
            yield Requirement("require-change", False, "text")
        if draft.facts.audience and await _is_for_others(draft):
            yield Requirement("require-audience-kept", False, "audience")
        return
    [row] = await database.fetch(
        "SELECT text_digest, whole_digest, words, first_mark, second_mark, third_mark FROM edition WHERE id = {}",
        draft.edition,
    )
    marks = (row["first_mark"], row["second_mark"], row["third_mark"])
    wording = Wording(row["text_digest"], row["whole_digest"], row["words"], () if None in marks else marks)
    told = await duplicates.same_text(wording, scopes)
    if told:
        yield Requirement(told.key, False, "text", values=told.values)


async def _is_for_others(draft: Draft) -> bool:
    """Whether a later text is for others than its document is now: chosen so, or corrected since it was begun."""
    now = clock.now()
    current = {window.scope for window in await audiences.windows(draft.document) if window.open_at(now)}
    return bool(current) and current != set(draft.facts.audience)


async def _says_the_same(draft: Draft) -> bool:
    """Whether a later text has the very words of the one that it is to follow."""
    rows = await database.fetch(
        "SELECT whole_digest FROM edition WHERE document = {} AND state = 'published' ORDER BY ordinal DESC LIMIT 1",
        draft.document,
    )
    [mine] = await database.fetch("SELECT whole_digest FROM edition WHERE id = {}", draft.edition)
    return bool(rows) and rows[0]["whole_digest"] == mine["whole_digest"]


async def _identity_of(document: UUID) -> str:
    [row] = await database.fetch("SELECT identity FROM document WHERE id = {}", document)
    return str(row["identity"])


def _term(issued: date | None) -> str:
    term = vocabulary.term_on(issued) if issued else None
    return term.name if term else ""
