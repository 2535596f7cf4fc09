"""Drafts of the sample handbook: one being written, one that waits for its approver, one of a later text."""

import uuid
from dataclasses import dataclass
from pathlib import Path

import msgspec

from backend import sample_digests
from content.drafts import deciding, keeping, starting, writing
from content.drafts.model import Draft

FOLDER = Path(__file__).parent.parent / "content" / "sample" / "drafts"
NAMESPACE = uuid.UUID("c9a5c7d4-1c0e-5d0f-8a44-2f6a0b9d7e11")


@dataclass(frozen=True, slots=True)
class Sample:
    """A draft by its file; ``audience`` and ``topic`` are stated, and it is handed in, when there is an audience."""

    file: str
    topic: str = ""
    audience: tuple[str, ...] = ()

    @property
    def id(self) -> uuid.UUID:
        """The same at each load."""
        return uuid.uuid5(NAMESPACE, self.file)


SAMPLES = (
    Sample("13-hd-tu-2026.md"),
    Sample("46-kh-tu-2026.md", topic="xay-dung-dang", audience=("members",)),
    Sample("88-qd-tu-2026-sua.md"),
)


async def begin(*, by: uuid.UUID, unit: int, scopes: frozenset[str]) -> None:
    """Begin what has not been begun; an editor's hand writes it for their unit."""
    for sample in SAMPLES:
        data = (FOLDER / sample.file).read_bytes()
        await starting.from_file(sample.id, data, sample.file, unit=unit, by=str(by), scopes=scopes)
        draft = await keeping.draft_of(sample.id)
        if sample.audience and draft.state == "draft":
            await _hand_in(draft, sample, str(by), scopes)


async def _hand_in(draft: Draft, sample: Sample, by: str, scopes: frozenset[str]) -> None:
    facts = msgspec.structs.replace(draft.facts, topic=sample.topic, audience=sample.audience)
    await writing.state_facts(draft.edition, facts, seen=writing.mark_of(draft.facts), by=by)
    await sample_digests.beside(draft.edition, sample.file, by=by)
    await deciding.confirm_unclassified(draft.edition, by=by)
    version = (await keeping.draft_of(draft.edition)).version
    await deciding.submit(draft.edition, seen=version, by=by, scopes=scopes)
