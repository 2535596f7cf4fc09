"""What an editor may begin a digest with: the digest of the edition before, or the headings; both are to be looked at.

Nothing is invented: every word was written by somebody, in this text or above an earlier one.
"""

from uuid import UUID

from base import database
from content import fragments, markup
from content.comparing.carrying import carry
from content.digests import showing
from content.digests.model import MOST_CHARS, MOST_POINTS, Line
from content.digests.placing import Names


async def carried(edition: UUID) -> list[Line]:
    """The points of the newest earlier edition that has a digest.

    Each rests on the part that goes on its own, or on "" where nothing does.
    """
    earlier = await database.fetch(
        "SELECT o.id FROM edition o JOIN edition e ON e.document = o.document AND e.id <> o.id WHERE e.id = {} "
        "AND o.state IN ('published', 'superseded') AND (e.ordinal < 0 OR o.ordinal < e.ordinal) "
        "ORDER BY o.ordinal DESC",
        edition,
    )
    digests = await showing.shown([row["id"] for row in earlier])
    source = next((row["id"] for row in earlier if row["id"] in digests), None)
    if source is None:
        return []
    anchors = (await fragments.pieces_of(source)).anchors
    names = Names(await fragments.pieces_of(edition))
    found = [await carry(anchors[point.path], source=source, target=edition) for point in digests[source].points]
    return [
        Line(point.words, names.name(part.path) if part else "")
        for point, part in zip(digests[source].points, found, strict=True)
    ]


async def headings(edition: UUID) -> list[Line]:
    """The headings of the largest parts, to be written out in words; empty where parts bear none."""
    text, names = await fragments.text_of(edition), Names(await fragments.pieces_of(edition))
    tops = [line for line in text.contents if line.level == 1 and line.heading]
    return [Line(_sentence(markup.plain(line.heading)), names.name(line.path)) for line in tops[:MOST_POINTS]]


def _sentence(heading: str) -> str:
    """Capitals with marks collide and are hard to read: a heading in capitals becomes a sentence."""
    words = heading.capitalize() if heading.isupper() else heading
    return words[:MOST_CHARS]
