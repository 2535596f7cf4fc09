"""What documents are to each other: one amends, replaces, guides or cites another; by number, found when it is here."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from base import database, journal

CHANGING = ("amends", "supplements", "replaces", "abolishes")
"""Relations that change what another document says; only its issuer or a higher body may."""

STATED = (*CHANGING, "guides", "implements")
"""Relations that somebody states."""

KINDS = (*STATED, "cites")
"""All of them; what is cited is read from the text."""

ENDING = ("replaces", "abolishes")
"""Relations after which the other document is no longer in force."""


async def declare(document: UUID, named: Mapping[str, Iterable[str]]) -> None:
    """Note what a document says it does to others: numbers by kind of relation. Repeating it changes nothing.

    Whether its issuer may do so (only the issuer itself or a higher body may) is for the importer to know.
    """
    for kind, numbers in named.items():
        for number in dict.fromkeys(numbers):
            await database.execute(
                "INSERT INTO relation (document, kind, other_number) VALUES ({}, {}, {}) ON CONFLICT DO NOTHING",
                document, kind, number,
            )  # fmt: skip


async def cite(document: UUID, numbers: Iterable[str]) -> None:
    """Note which documents a text cites, in place of those that an earlier text of it cited.

    What something else is said of is not also said to be cited.
    """
    await database.execute("DELETE FROM relation WHERE document = {} AND kind = 'cites'", document)
    rows = await database.fetch("SELECT other_number FROM relation WHERE document = {}", document)
    stated = {row["other_number"] for row in rows}
    await declare(document, {"cites": [number for number in numbers if number not in stated]})


async def resolve(document: UUID, number: str) -> None:
    """Find the documents that this one names, and become known to those that name it by its number."""
    rows = await database.fetch(
        "SELECT id, document, other_number FROM relation WHERE other IS NULL AND (document = {} OR other_number = {})",
        document,
        number,
    )
    for row in rows:
        other = await _named(row["other_number"], by=row["document"])
        if other is not None:
            await database.execute("UPDATE relation SET other = {} WHERE id = {}", other, row["id"])


async def ended_by(document: UUID) -> date | None:
    """The last day on which a document is in force when another replaces or abolishes it; None when none does."""
    rows = await database.fetch(
        "SELECT o.effective_from FROM relation r JOIN document o ON o.id = r.document "
        "WHERE r.other = {} AND r.kind IN ('replaces', 'abolishes') AND o.shown AND o.effective_from IS NOT NULL",
        document,
    )
    begins = min((row["effective_from"] for row in rows), default=None)
    return date.fromordinal(begins.toordinal() - 1) if begins else None


async def settle_others(document: UUID, settle: Callable[[UUID], Awaitable[None]]) -> None:
    """Settle again the documents that this one does something to, and note for phones that they changed.

    Also when only its audience did: who may not read this one is not told of it above the others.
    """
    rows = await database.fetch(
        "SELECT DISTINCT other FROM relation WHERE document = {} AND other IS NOT NULL "
        "AND kind IN ('amends', 'supplements', 'replaces', 'abolishes')",
        document,
    )
    for row in rows:
        await settle(row["other"])
        await journal.record(
            act="document.affected", subject=f"document:{row['other']}", by="system", detail={"document": str(document)}
        )


async def _named(number: str, *, by: UUID) -> UUID | None:
    """The document of that number which ``by`` means: its own issuer's latest, else the only one there is.

    Numbers begin anew with each term and each issuer has its own: where several fit, none is better than the wrong one.
    """
    rows: list[dict[str, Any]] = await database.fetch(
        "SELECT d.id, d.issuer_key = mine.issuer_key AS own FROM document d, document mine "
        "WHERE mine.id = {} AND d.number = {} AND d.id <> mine.id AND d.issued_key <= mine.issued_key "
        "ORDER BY d.issued_key DESC LIMIT 50",
        by,
        number,
    )
    own = [row["id"] for row in rows if row["own"]]
    if own:
        return own[0]  # type: ignore[no-any-return]
    return rows[0]["id"] if len(rows) == 1 else None
