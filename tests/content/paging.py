"""PDF written by hand, without fonts: each letter is half as wide as it is high and says itself what it is."""

import zlib
from collections.abc import Iterable

MAP = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def "
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange "
    + b"100 beginbfrange "
    + b" ".join(f"<{n:02X}00> <{n:02X}FF> <{n:02X}00>".encode() for n in range(100))
    + b" endbfrange endcmap end end"
)
WIDTH, HEIGHT = 595, 842
LEFT, RIGHT = 85, 555
FONTS = {4: "Times", 5: "Times-Bold", 6: ".VnTime", 7: "VNI-Times", 9: "Serif-Regular"}


def t(x: float, y: float, text: str, *, size: float = 12, bold: bool = False, font: str = "", turn: int = 0) -> str:
    """Words that begin at a place; ``turn`` in degrees: 0 or 90."""
    name = font or ("B" if bold else "A")
    matrix = "0 1 -1 0" if turn == 90 else "1 0 0 1"
    return f"BT /{name} {size} Tf {matrix} {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET"


def wide(text: str, size: float = 12) -> float:
    """How wide words are."""
    return len(text) * size / 2


def centred(y: float, text: str, *, bold: bool = False, middle: float = (LEFT + RIGHT) / 2, size: float = 12) -> str:
    """Words in the middle."""
    return t(middle - wide(text, size) / 2, y, text, bold=bold, size=size)


def flowing(
    y: float, text: str, *, indent: float = 30, left: float = LEFT, right: float = RIGHT
) -> tuple[list[str], float]:
    """A paragraph broken into lines as a word processor breaks it, and where the next may begin."""
    made, line, start = [], "", left + indent
    for word in text.split():
        if line and start + wide(f"{line} {word}") > right:
            made.append(t(start, y, line))
            line, start, y = word, left, y - 16
        else:
            line = f"{line} {word}".strip()
    return [*made, t(start, y, line)], y - 22


def grid(across: Iterable[float], down: Iterable[float]) -> str:
    """The rules of a table."""
    xs, ys = list(across), list(down)
    made = [f"{xs[0]} {y} m {xs[-1]} {y} l S" for y in ys] + [f"{x} {ys[0]} m {x} {ys[-1]} l S" for x in xs]
    return "\n".join(made)


def pdf(*pages: Iterable[str], catalog: str = "", page: str = "", objects: Iterable[str] = (), more: str = "") -> bytes:
    """A file of pages, each of drawings; ``catalog`` and ``page`` go into those objects, ``more`` into the trailer.

    ``objects`` are numbered from 20, pages from 100.
    """
    kids = " ".join(f"{100 + 2 * n} 0 R" for n in range(len(pages)))
    held: dict[int, bytes] = {
        1: f"<</Type/Catalog/Pages 2 0 R {catalog}>>".encode(),
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        3: stream(MAP),
        **{
            n: _font(name)
            for n, name in ((4, "Times"), (5, "Times-Bold"), (6, ".VnTime"), (7, "VNI-Times"), (9, "Serif-Regular"))
        },
        **{20 + n: each.encode() for n, each in enumerate(objects)},
    }
    fonts = "/A 4 0 R/B 5 0 R/T 6 0 R/V 7 0 R/H 9 0 R"
    for n, drawings in enumerate(pages):
        held[100 + 2 * n] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Contents {101 + 2 * n} 0 R"
            f"/Resources<</Font<<{fonts}>>/XObject<</I 8 0 R>>>> {page}>>"
        ).encode()
        held[101 + 2 * n] = stream("\n".join(drawings).encode())
    held[8] = stream(bytes(1), "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray")
    return written(held, more)


def stream(data: bytes, about: str = "") -> bytes:
    """A packed stream."""
    packed = zlib.compress(data)
    return f"<</Length {len(packed)}/Filter/FlateDecode {about}>>stream\n".encode() + packed + b"\nendstream"


def written(held: dict[int, bytes], more: str = "") -> bytes:
    """Objects as a file."""
    made, places = b"%PDF-1.7\n", {}
    for n, each in sorted(held.items()):
        places[n] = len(made)
        made += f"{n} 0 obj\n".encode() + each + b"\nendobj\n"
    table = "".join(f"{n} 1\n{place:010} 00000 n \n" for n, place in places.items())
    end = f"xref\n0 1\n0000000000 65535 f \n{table}trailer\n<</Size {max(held) + 1}/Root 1 0 R {more}>>\n"
    return made + end.encode() + f"startxref\n{len(made)}\n%%EOF\n".encode()


def _font(name: str) -> bytes:
    inner = f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/DW 500"
    inner += "/CIDSystemInfo<</Registry(A)/Ordering(I)/Supplement 0>>"
    inner += f"/FontDescriptor<</Type/FontDescriptor/FontName/{name}/Flags 4/StemV 144/Ascent 800/Descent -200>>>>"
    return (
        f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/ToUnicode 3 0 R/DescendantFonts[{inner}]>>"
    ).encode()
