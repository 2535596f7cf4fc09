"""Digests of the sample handbook: two that readers have, one that waits for its approver, one beside a draft."""

from pathlib import Path
from uuid import UUID

import msgspec

from base import database
from content.digests import deciding, keeping, writing
from content.digests.model import Line

FOLDER = Path(__file__).parent.parent / "content" / "sample" / "digests"
SUFFIX = ".json"


class Written(msgspec.Struct):
    """A point as the sample file writes it."""

    words: str
    part: str


class Sample(msgspec.Struct):
    """A digest as the sample file writes it, which is called as that of the text; ``state``: how far it is brought."""

    state: str
    points: tuple[Written, ...]

    @property
    def lines(self) -> list[Line]:
        """The points as they are typed."""
        return [Line(point.words, point.part) for point in self.points]


async def write(*, by: UUID, approver: UUID, unit: int) -> None:
    """Write what has not been written above the issued texts, and bring it as far as it is to be."""
    for file in sorted(FOLDER.glob(f"*{SUFFIX}")):
        rows = await database.fetch(
            "SELECT id FROM edition WHERE source = {} AND state = 'published'", f"{file.stem}.md"
        )
        for row in rows:
            await _bring(row["id"], _read(file), by=str(by), approver=str(approver), unit=unit)


async def beside(draft: UUID, source: str, *, by: str) -> None:
    """Write the digest of a draft that was begun from a file of the sample, if it has one."""
    file = FOLDER / Path(source).with_suffix(SUFFIX)
    if file.is_file():
        await writing.write(draft, _read(file).lines, seen=0, by=by)


async def _bring(edition: UUID, sample: Sample, *, by: str, approver: str, unit: int) -> None:
    digest = await keeping.digest_of(edition)
    if not digest.version:
        await writing.write(edition, sample.lines, seen=0, by=by, unit=unit)
    if digest.state == "draft":
        await deciding.submit(edition, seen=1, by=by)
    if sample.state == "approved" and digest.state in ("draft", "submitted"):
        await deciding.approve(edition, seen=1, by=approver)


def _read(file: Path) -> Sample:
    return msgspec.json.decode(file.read_bytes(), type=Sample)
