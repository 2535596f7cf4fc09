"""What the API says of digests: the short points above a document."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from backend.accounts.forest import Forest
from backend.api.unit_shapes import UnitName
from content.digest_rows import DigestRow


class Point(Struct, frozen=True):
    """One point, and the part of the text that says so."""

    words: Annotated[
        str, Meta(description="One sentence or two, plain text.", examples=["Chi bộ họp ít nhất mỗi tháng một lần."])
    ]
    path: Annotated[str, Meta(description="Path of the part it rests on.", examples=["dieu-4.khoan-2"])]
    label: Annotated[str, Meta(description="How that part is called.", examples=["Khoản 2 Điều 4"])]


class Digest(Struct, frozen=True):
    """What the editors say in short; it does not replace the text."""

    points: Annotated[tuple[Point, ...], Meta(description="In the order they are to be read.")]
    unit: Annotated[UnitName | None, Meta(description="In whose name it was approved.")]
    approved_on: Annotated[date, Meta(description="The day of approval, in Vietnam.", examples=["2026-03-14"])]


def told(digest: DigestRow | None, tree: Forest) -> Digest | None:
    """The digest with its unit by the name under which that approved it."""
    if digest is None:
        return None
    unit = tree[digest.unit] if digest.unit is not None and digest.unit in tree else None
    return Digest(
        points=tuple(Point(point.words, point.path, point.label) for point in digest.points),
        unit=UnitName(unit.code, unit.name, unit.name_en) if unit else None,
        approved_on=digest.approved_on,
    )
