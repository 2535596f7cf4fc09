"""What a draft may not do: change a document of a body that stands above its own."""

from collections.abc import AsyncIterator

from msgspec import Struct

from base import database
from content import audiences, issuers
from content.collation import title_key
from content.drafts.model import Claim, Draft
from content.relations import CHANGING
from content.vocabulary import precedences


class Overstep(Struct, frozen=True):
    """A relation with a document of a higher body, where that is, and the rule it breaks."""

    claim: Claim
    issuer: str
    slug: str
    rule: str


async def oversteps(draft: Draft, scopes: frozenset[str]) -> AsyncIterator[Overstep]:
    """The confirmed relations that only a higher body may state; of documents that these scopes may read.

    Nothing is said where it is not clear which document is meant, or which body stands higher.
    """
    for claim in draft.facts.relations:
        if claim.kind not in CHANGING:
            continue
        other = await _meant(draft, claim.number, scopes)
        if other and (rule := precedences.above(draft.facts.head.issuer, other[0])):
            yield Overstep(claim, *other, rule)


async def _meant(draft: Draft, number: str, scopes: frozenset[str]) -> tuple[str, str] | None:
    """Issuer and address of the one document of that number that may be meant; None when its own issuer has one."""
    readable, values = audiences.readable(scopes)
    rows = await database.fetch(
        f"SELECT d.issuer, d.issuer_key, d.slug FROM document d WHERE d.number = {{}} AND d.shown AND d.id <> {{}} "
        f"AND {readable} LIMIT 20",
        number, draft.document, *values,
    )  # fmt: skip
    own = title_key(await issuers.current(draft.facts.head.issuer))
    if len(rows) != 1 or rows[0]["issuer_key"] == own:
        return None
    return rows[0]["issuer"], rows[0]["slug"]
