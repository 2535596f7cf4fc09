"""What can be followed: a document, a topic, an issuer, each by the name that stands now and by all that led to it."""

from typing import Literal
from uuid import UUID

from msgspec import Struct

from base.errors import NotFoundError
from content import issuers, reading, shelf, topics
from content.mentioning import Mentioned, mentioned
from notifications import choosing

Noun = Literal["document", "topic", "issuer"]

LONGEST = 200
"""So many characters of a name are kept; no issuer's is longer."""


class Followed(Struct, frozen=True):
    """One thing that can be followed; ``what`` is how it is kept, ``name`` a slug, a topic's code, an issuer's name.

    ``called`` and ``title`` are a document's; "" for what its name says.
    """

    noun: Noun
    name: str
    what: str
    called: str = ""
    title: str = ""


class All(Struct, frozen=True):
    """What a member follows: what they may know of, and ``lost``, as it is kept: withdrawn, or not for them by now."""

    known: tuple[Followed, ...]
    lost: tuple[str, ...]


async def find(noun: Noun, name: str, *, scopes: frozenset[str]) -> Followed:
    """What is meant, of what these scopes may know of; raises NotFoundError (MovedError for a document's old slug)."""
    if "\0" in name or len(name) > LONGEST:
        raise NotFoundError
    if noun == "document":
        document = (await shelf.take(name, scopes=scopes)).document
        called = f"{document.type} {document.number}".strip()
        return _document(Mentioned(document.id, document.slug, called, document.title))
    name = await topics.current(name) if noun == "topic" else await issuers.renamed(name)
    known = await _topics() if noun == "topic" else await _issuers(scopes)
    if name not in known or len(f"{noun}:{name}") > LONGEST:
        raise NotFoundError
    return Followed(noun, name, f"{noun}:{name}")


async def follow(one: Followed, *, by: UUID) -> None:
    """Follow it; again changes nothing."""
    if not await follows(one, by=by):
        await choosing.follow(by, one.what)


async def unfollow(one: Followed, *, by: UUID) -> None:
    """Follow it no more, by whatever name that was."""
    for what in await _names(one):
        await choosing.unfollow(by, what)


async def follows(one: Followed, *, by: UUID) -> bool:
    """Whether the member follows it, by this name or a former one."""
    return not (await _names(one)).isdisjoint(await choosing.followed(by))


async def followed(member: UUID, *, scopes: frozenset[str]) -> tuple[Followed, ...]:
    """What a member follows, the latest first, as far as they may still know of it; each once."""
    return (await all_followed(member, scopes=scopes)).known


async def all_followed(member: UUID, *, scopes: frozenset[str]) -> All:
    """The same, and what they may know of no more."""
    kept = await _kept(member, scopes)
    known: dict[str, Followed] = {}
    for one in kept.values():
        if one:
            known.setdefault(one.what, one)
    return All(tuple(known.values()), tuple(what for what, one in kept.items() if one is None))


async def forget_lost(member: UUID, *, scopes: frozenset[str]) -> None:
    """Follow nothing any more that they may know of no more."""
    for what in (await all_followed(member, scopes=scopes)).lost:
        await choosing.unfollow(member, what)


async def names_of_topic(code: str) -> set[str]:
    """By what a topic may be followed: its code, and those of the topics that were merged into it."""
    return {f"topic:{code}", *(f"topic:{each.code}" for each in await topics.former() if each.topic == code)}


async def names_of_issuer(name: str) -> set[str]:
    """By what an issuer may be followed: its name, and those that it had before."""
    return {f"issuer:{name}", *(f"issuer:{each.name}" for each in await issuers.former(name))}


async def _names(one: Followed) -> set[str]:
    if one.noun == "document":
        return {one.what}
    return await (names_of_topic if one.noun == "topic" else names_of_issuer)(one.name)


async def _topics() -> set[str]:
    return {row.code for row in await topics.topics()}


async def _issuers(scopes: frozenset[str]) -> set[str]:
    """Issuers of what the scopes may read: of others nobody learns that they wrote anything."""
    return {line.value for line in (await reading.facets(scopes=scopes)).issuers}


async def _kept(member: UUID, scopes: frozenset[str]) -> dict[str, Followed | None]:
    """All that a member follows as it is kept, the latest first; None for what they may not know of."""
    documents = await _documents(member, scopes)
    found: dict[str, Followed | None] = {}
    for what in await choosing.followed(member):
        noun, _, name = what.partition(":")
        if noun == "document":
            found[what] = documents.get(what)
            continue
        try:
            found[what] = await find("topic" if noun == "topic" else "issuer", name, scopes=scopes)
        except NotFoundError:
            found[what] = None
    return found


async def _documents(member: UUID, scopes: frozenset[str]) -> dict[str, Followed]:
    ids = [UUID(what.partition(":")[2]) for what in await choosing.followed(member) if what.startswith("document:")]
    return {f"document:{each.id}": _document(each) for each in (await mentioned(ids, scopes=scopes)).values()}


def _document(each: Mentioned) -> Followed:
    return Followed("document", each.slug, f"document:{each.id}", each.called, each.title)
