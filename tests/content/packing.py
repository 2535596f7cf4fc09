"""Files of Word written by hand, as Word writes them: paragraphs, tables, lists and notes."""

import io
import zipfile
from xml.sax.saxutils import escape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{WORD}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
KINDS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def r(text: str, look: str = "") -> str:
    """A run; ``look`` is the inside of its properties."""
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*runs: str, about: str = "") -> str:
    """A paragraph of runs; a run that is no markup is plain words. ``about`` is the inside of its properties."""
    inner = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p>{f'<w:pPr>{about}</w:pPr>' if about else ''}{inner}</w:p>"


def bold(text: str) -> str:
    """A bold run."""
    return r(text, "<w:b/>")


def listed(*runs: str, list: int = 1, level: int = 0, about: str = "") -> str:
    """A paragraph of a list."""
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>'
    return p(*runs, about=about + place)


def cell(*blocks: str, about: str = "") -> str:
    """A cell; a block that is no markup is a paragraph."""
    inner = "".join(block if block.startswith("<") else p(block) for block in blocks) or p()
    return f"<w:tc><w:tcPr>{about}</w:tcPr>{inner}</w:tc>"


def table(*rows: str | tuple[str, ...], borders: bool = False) -> str:
    """A table of rows, each of cells; a cell that is no markup holds one paragraph."""
    lines = "".join(f'<w:{side} w:val="single"/>' for side in ("top", "insideH", "insideV")) if borders else ""
    made = "".join(row if isinstance(row, str) else tr(*row) for row in rows)
    return f"<w:tbl><w:tblPr><w:tblBorders>{lines}</w:tblBorders></w:tblPr><w:tblGrid/>{made}</w:tbl>"


def tr(*cells: str, about: str = "") -> str:
    """A row of a table."""
    inner = "".join(each if each.startswith("<w:tc") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{about}</w:trPr>{inner}</w:tr>"


def field(told: str, *runs: str) -> str:
    """A field with its result."""
    parts = [f'<w:r><w:fldChar w:fldCharType="{at}"/></w:r>' for at in ("begin", "separate", "end")]
    return f"{parts[0]}<w:r><w:instrText>{told}</w:instrText></w:r>{parts[1]}{''.join(runs)}{parts[2]}"


def lvl(at: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*patterns: str, more: str = "") -> str:
    """The part that describes lists: pattern n is that of list n, counted from 1."""
    made = "".join(
        f'<w:abstractNum w:abstractNumId="{n}">{pattern}</w:abstractNum>' for n, pattern in enumerate(patterns)
    )
    named = "".join(f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(len(patterns)))
    return f"<w:numbering {SPACES}>{made}{named}{more}</w:numbering>"


def notes(kind: str, *texts: str) -> str:
    """The part that holds footnotes or endnotes, numbered from 1, after Word's own two."""
    own = "".join(
        f'<w:{kind} w:type="{each}" w:id="{at}">{p("—")}</w:{kind}>'
        for at, each in ((-1, "separator"), (0, "continuationSeparator"))
    )
    made = "".join(
        f'<w:{kind} w:id="{n}">{p(f"<w:r><w:{kind}Ref/></w:r>", text)}</w:{kind}>' for n, text in enumerate(texts, 1)
    )
    return f"<w:{kind}s {SPACES}>{own}{made}</w:{kind}s>"


def styles(*made: str, defaults: str = "") -> str:
    """The part that holds styles."""
    plain = f"<w:docDefaults><w:rPrDefault><w:rPr>{defaults}</w:rPr></w:rPrDefault></w:docDefaults>"
    return f"<w:styles {SPACES}>{plain}{''.join(made)}</w:styles>"


def style(name: str, inner: str, *, on: str = "", kind: str = "paragraph", title: str = "") -> str:
    """A style that may rest ``on`` another."""
    based = f'<w:basedOn w:val="{on}"/>' if on else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{title or name}"/>{based}{inner}</w:style>'


def document(*blocks: str, before: str = "") -> str:
    """The part that holds the text."""
    return f"{before}<w:document {SPACES}><w:body>{''.join(blocks)}<w:sectPr/></w:body></w:document>"


def docx(*blocks: str, **parts: str | bytes) -> bytes:
    """A file of Word with these blocks; ``parts`` are further ones beside the document, such as ``numbering``."""
    named = {f"word/{name}.xml": part for name, part in parts.items()}
    return packed({"word/document.xml": document(*blocks), **named})


def packed(parts: dict[str, str | bytes], *, kinds: str = KINDS) -> bytes:
    """A packed file with these parts and the two that every file of Word has."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in {"[Content_Types].xml": kinds, "_rels/.rels": RELATIONS, **parts}.items():
            file.writestr(name, part)
    return made.getvalue()


def paper(*blocks: str, number: str = "12-QĐ/TU", type: str = "QUY ĐỊNH", title: str = "về sinh hoạt chi bộ") -> str:
    """The blocks of a party document between its head and its end, both laid out by tables without borders."""
    head = table(
        (
            cell("TỈNH ỦY VÂN LAM", "*", f"Số {number}"),
            cell(p(bold("ĐẢNG CỘNG SẢN VIỆT NAM")), "Bến Trầm, ngày 04 tháng 5 năm 2026"),
        )
    )
    end = table(
        (
            cell("Nơi nhận:", "- Các chi bộ;", "- Lưu Văn phòng."),
            cell(p(bold("T/M TỈNH ỦY")), p(bold("BÍ THƯ")), "(đã ký)", p(bold("Nông Quốc Hiệp"))),
        )
    )
    return "".join([head, p(bold(type)), p(title), *blocks, end])
