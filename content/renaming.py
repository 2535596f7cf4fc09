"""An issuer gets another name, or turns out to be another issuer that is here: its documents are filed anew.

What their heads say stays as it was printed.
"""

import unicodedata
from datetime import date
from typing import Any
from uuid import UUID

from msgspec import Struct

from base import clock, database, journal, revisions
from base.errors import ConflictError, InvalidError, NotFoundError
from content import filing, issuers, naming
from content.collation import title_key
from content.merging import tidy_reason

NAME_CHARS = 200
"""Most characters of an issuer's name."""

Row = dict[str, Any]


class Pair(Struct, frozen=True):
    """Two documents that would come to be one: the same type, number and date, and then the same issuer."""

    type: str
    number: str
    issued: date | None
    slug: str
    other_slug: str


class SameDocumentsError(ConflictError):
    """Documents of both names have the same type, number and date: one of each pair must be withdrawn first."""

    key = "issuer-same-documents"

    def __init__(self, pairs: tuple[Pair, ...]) -> None:
        super().__init__(count=len(pairs))
        self.pairs = pairs


class GoneError(ConflictError):
    """The issuer was renamed or merged otherwise meanwhile."""

    key = "issuer-gone"


async def rename(id: UUID, name: str, *, reason: str, by: str) -> UUID:
    """Give an issuer another name, because it is called otherwise now or was misspelt; the id under that name.

    The name that it has already, or was given already, changes nothing. Raises InvalidError for a name that is
    missing, too long or another issuer's, GoneError, SameDocumentsError.
    """
    name, reason = _tidy(name), tidy_reason(reason)
    async with database.transaction():
        await filing.hold_alone()
        was = await _living(id, name)
        if was is not None and was != name:
            await _check_free(name, was)
            await _refile(was, name, reason, by, act="issuer.rename")
    return issuers.id_of(name)


async def merge(id: UUID, *, into: UUID, reason: str, by: str) -> None:
    """Say that one name is but a spelling of another issuer: its documents become that one's. Merged so, it stays so.

    Raises InvalidError without a reason or another issuer, GoneError, SameDocumentsError.
    """
    reason = tidy_reason(reason)
    if into == id:
        raise InvalidError.of("into", "issuer-target-missing")
    async with database.transaction():
        await filing.hold_alone()
        name = await _name_of(into)
        was = await _living(id, name)
        if was is None:
            return
        if name is None:
            raise GoneError("issuer-target-gone")
        await _refile(was, name, reason, by, act="issuer.merge")


async def check(id: UUID, name: str) -> str:
    """What ``rename`` will ask of a name, before anybody is shown what it would change; the name as it is kept."""
    name = _tidy(name)
    was = await _living(id, name)
    if was is not None and was != name:
        await _check_free(name, was)
    return name


async def pairs(id: UUID, name: str) -> tuple[Pair, ...]:
    """The documents of an issuer that would be the same as others if it were called so."""
    was = await _name_of(id)
    return _pairs(await _twins(await _documents(was), name)) if was else ()


def _tidy(name: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", name).replace("\0", " ").split())
    if not name:
        raise InvalidError.of("name", "issuer-name-missing")
    if len(name) > NAME_CHARS:
        raise InvalidError.of("name", "issuer-name-long", most=NAME_CHARS)
    return name


async def _living(id: UUID, wanted: str | None) -> str | None:
    """The name of an issuer that is filed under it; None when it goes by the ``wanted`` one already."""
    rows = await database.fetch("SELECT issuer FROM former_issuer WHERE id = {}", id)
    if rows and rows[0]["issuer"] == wanted:
        return None
    if rows:
        raise GoneError
    name = await _name_of(id)
    if name is None:
        raise NotFoundError
    return name


async def _name_of(id: UUID) -> str | None:
    """The name under which documents are filed by this id."""
    rows = await database.fetch(
        "SELECT DISTINCT issuer FROM document WHERE published_at IS NOT NULL AND issuer <> '' ORDER BY issuer"
    )
    return next((row["issuer"] for row in rows if issuers.id_of(row["issuer"]) == id), None)


async def _check_free(name: str, was: str) -> None:
    if await _name_of(issuers.id_of(name)) is not None:
        raise InvalidError.of("name", "issuer-name-taken")
    rows = await database.fetch("SELECT issuer FROM former_issuer WHERE name = {}", name)
    if rows and rows[0]["issuer"] != was:
        raise InvalidError.of("name", "issuer-name-former", name=rows[0]["issuer"])


async def _refile(was: str, now: str, reason: str, by: str, *, act: str) -> None:
    documents = await _documents(was, hold=True)
    twins = await _twins(documents, now)
    if same := _pairs(twins):
        raise SameDocumentsError(same)
    aside = {(other if document["shown"] else document)["id"] for document, other in twins}
    for _, other in twins:
        if other["id"] in aside:
            await database.execute(
                "UPDATE document SET identity = {} WHERE id = {}", _aside(other["identity"], other), other["id"]
            )
    for document in documents:
        identity = _identity(document, now)
        await database.execute(
            "UPDATE document SET issuer = {}, issuer_key = {}, identity = {} WHERE id = {}",
            now, title_key(now), _aside(identity, document) if document["id"] in aside else identity, document["id"],
        )  # fmt: skip
        await journal.record(
            act="document.issuer", subject=f"document:{document['id']}", by=by, detail={"issuer": issuers.id_of(now)}
        )
    await _lead_on(was, now, reason, by)
    detail = {"into": issuers.id_of(now), "documents": len(documents)}
    await journal.record(act=act, subject=f"issuer:{issuers.id_of(was)}", by=by, detail=detail)
    await revisions.touch("content")


async def _lead_on(was: str, now: str, reason: str, by: str) -> None:
    """Let the old name, and every name that led to it, lead to the new one, which itself leads nowhere."""
    await database.execute("DELETE FROM former_issuer WHERE name = {}", now)
    await database.execute("UPDATE former_issuer SET issuer = {} WHERE issuer = {}", now, was)
    await database.execute(
        "INSERT INTO former_issuer (id, name, name_key, issuer, reason, by, at) VALUES ({}, {}, {}, {}, {}, {}, {})",
        issuers.id_of(was), was, naming.slug(was), now, reason, by, clock.now(),
    )  # fmt: skip


async def _documents(issuer: str, *, hold: bool = False) -> list[Row]:
    tail = " FOR UPDATE" if hold and database.is_postgres() else ""
    return await database.fetch(
        f"SELECT id, identity, slug, type, number, issued, shown FROM document WHERE issuer = {{}} ORDER BY id{tail}",
        issuer,
    )


async def _twins(documents: list[Row], name: str) -> list[tuple[Row, Row]]:
    """The documents that would be the same as others under that name, each with the other."""
    mine = {_identity(document, name): document for document in documents}
    among, values = database.among("identity", sorted(mine))
    rows = await database.fetch(f"SELECT id, identity, slug, shown FROM document WHERE {among} ORDER BY slug", values)
    own = {document["id"] for document in documents}
    return [(mine[row["identity"]], row) for row in rows if row["id"] not in own]


def _pairs(twins: list[tuple[Row, Row]]) -> tuple[Pair, ...]:
    """Those of which readers have both; of the rest the one that was withdrawn steps aside."""
    return tuple(
        Pair(each["type"], each["number"], each["issued"], each["slug"], other["slug"])
        for each, other in twins
        if each["shown"] and other["shown"]
    )


def _aside(identity: str, document: Row) -> str:
    """The identity of a withdrawn document that gives way: no paper is ever found to be the same as this one."""
    return f"{identity}|{document['id']}"


def _identity(document: Row, issuer: str) -> str:
    """What a document is under another issuer's name; one that gave way once stays aside."""
    facts = {name: document[name] for name in ("type", "number", "issued")}
    made = naming.identity(issuer=issuer, **facts)
    return _aside(made, document) if document["identity"].endswith(_aside("", document)) else made
