"""What the API says about the changes between two editions."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from backend.api.document_shapes import Crumb, DocumentSummary, EditionLine, Heading, Label, Path

Words = Annotated[int, Meta(ge=0, description="Number of words; signs are not counted.", examples=[24])]
Parts = Annotated[int, Meta(ge=0, description="Number of parts.", examples=[4])]


class Run(Struct, frozen=True):
    """Words that were kept, taken out or put in. Kept and added ones in a row are the text as it reads now."""

    kind: Annotated[Literal["kept", "removed", "added"], Meta(description="What became of them.", examples=["added"])]
    text: Annotated[str, Meta(description="The words, with the blank or line break before.", examples=[" 03 ngày"])]


class Place(Struct, frozen=True):
    """Where a part stands in one edition."""

    path: Path
    label: Label
    heading: Heading
    name: Annotated[str, Meta(description="How it is quoted within the document.", examples=["khoản 2 Điều 5"])]


class Change(Struct, frozen=True):
    """What became of one part."""

    kind: Annotated[
        Literal["unchanged", "changed", "added", "removed", "moved", "renumbered"],
        Meta(
            description="changed: its words (or signs); moved, renumbered: only its place or its number.",
            examples=["changed"],
        ),
    ]
    shift: Annotated[
        Literal["", "moved", "renumbered"],
        Meta(description='What became of its place, also of a changed part; "" when it stayed.', examples=[""]),
    ]
    part: Annotated[str, Meta(description="Kind of part: dieu, khoan, diem, section, item, …", examples=["khoan"])]
    old: Annotated[Place | None, Meta(description="In the earlier edition; null when it was added.")]
    new: Annotated[Place | None, Meta(description="In the later edition; null when it was removed.")]
    crumbs: Annotated[
        tuple[Crumb, ...], Meta(description="Parts it is nested in, outermost first; none when it is unchanged.")
    ]
    runs: Annotated[tuple[Run, ...], Meta(description="Its words; none when it is unchanged.")]


class ChangeCounts(Struct, frozen=True):
    """How many parts there are of each kind; each part is counted once."""

    unchanged: Parts
    changed: Parts
    added: Parts
    removed: Parts
    moved: Parts
    renumbered: Parts


class Changes(Struct, frozen=True):
    """One edition of a document compared with an earlier one. How large the change is was counted, not declared."""

    document: DocumentSummary
    older: EditionLine
    newer: EditionLine
    note: Annotated[
        str, Meta(description='What the editor said of the later edition; "" for nothing.', examples=["Đính chính"])
    ]
    counts: ChangeCounts
    words_added: Words
    words_removed: Words
    words: Annotated[int, Meta(ge=0, description="Words of the longer of the two.", examples=[1722])]
    percent: Annotated[
        int,
        Meta(ge=0, le=100, description="Words added and removed, of the words of the longer text.", examples=[6]),
    ]
    changes: Annotated[
        tuple[Change, ...],
        Meta(description="Each part of both editions once, as the later one reads; removed parts where they stood."),
    ]
