"""The Markdown of news as safe HTML: text, headings, lists, links, tables, our own pictures; no HTML of a writer's."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from msgspec import Struct

from content.rows import Cover

TAGS = {
    "p", "h2", "h3", "strong", "em", "br", "hr", "ul", "ol", "li", "blockquote", "a",
    "table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "picture", "source", "img",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href"}, "ol": {"start"}, "th": set[str](), "td": set[str](), "source": {"type", "srcset", "sizes"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding"},
}  # fmt: skip
SCHEMES = {"https", "http", "mailto", "tel"}
PLACE = "/pictures/"
"""Where pictures are served: ``![words](/pictures/ID)`` in a body."""

SIZES = "(min-width: 64em) 43rem, 100vw"
"""How wide a picture in a body is drawn."""

_OURS = re.compile(re.escape(PLACE) + r"([0-9a-f]{64})")
_BREAKS = ("softbreak", "hardbreak")


class Flaw(Struct, frozen=True):
    """A picture in a body that cannot be taken: a sentence of the catalogue, and the line, counted from 1."""

    line: int
    key: str


def to_html(markdown: str, pictures: Mapping[str, Cover] | None = None) -> str:
    """Render a body with those of ``pictures`` (by id) that it names; headings begin below the title's."""
    made = _markdown().render(markdown, {"pictures": pictures or {}})
    made = made.replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    return nh3.clean(
        made, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer"
    ).strip()  # fmt: skip


def flaws(markdown: str, pictures: Mapping[str, Cover]) -> tuple[Flaw, ...]:
    """What is wrong with the pictures of a body: no words for those who cannot see, or not one of ``pictures``."""
    found = []
    for line, image in _images(markdown):
        if _id_of(image) not in pictures:
            found.append(Flaw(line, "newsroom-picture-foreign"))
        elif not _words(image.children or ()).strip():
            found.append(Flaw(line, "newsroom-picture-alt-missing"))
    return tuple(found)


def named(markdown: str) -> frozenset[str]:
    """Ids of the pictures that a body names, whether there are such or not."""
    return frozenset(id for _, image in _images(markdown) if (id := _id_of(image)))


def _images(markdown: str) -> Iterator[tuple[int, Token]]:
    for block in _markdown().parse(markdown):
        line = block.map[0] + 1 if block.map else 1
        for token in block.children or ():
            line += token.type in _BREAKS
            if token.type == "image":
                yield line, token


def _id_of(image: Token) -> str:
    found = _OURS.fullmatch(str(image.attrGet("src") or ""))
    return found[1] if found else ""


def _words(tokens: Sequence[Token]) -> str:
    return "".join(token.content + _words(token.children or ()) * (token.type == "image") for token in tokens)


@cache
def _markdown() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "breaks": False}).enable("table")
    made.validateLink = lambda url: True  # type: ignore[method-assign] # an odd picture is to be told of; nh3 has the last word
    made.core.ruler.push("figures", _frame)
    made.add_render_rule("image", _drawn)
    return made


def _frame(state: StateCore) -> None:
    """A picture that is a paragraph by itself is a figure, which may have a caption."""
    for before, token, after in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        inside = token.children or []
        alone = len(inside) == 1 and inside[0].type == "image" and _id_of(inside[0]) in state.env.get("pictures", {})
        if alone and before.type == "paragraph_open" and not before.hidden:
            before.tag = after.tag = "figure"
            inside[0].meta["figure"] = True


def _drawn(_: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    image = tokens[at]
    known: Cover | None = env["pictures"].get(_id_of(image))
    if known is None:
        return ""
    alt, caption = escapeHtml(_words(image.children or ()).strip()), escapeHtml(str(image.attrGet("title") or ""))
    drawn = (
        f'<picture><source type="image/avif" srcset="{_widths(known, "avif")}" sizes="{SIZES}">'
        f'<img src="{known.url(known.widths[0], "webp")}" srcset="{_widths(known, "webp")}" sizes="{SIZES}" '
        f'alt="{alt}" width="{known.width}" height="{known.height}" loading="lazy" decoding="async"></picture>'
    )
    return f"{drawn}<figcaption>{caption}</figcaption>" if caption and image.meta.get("figure") else drawn


def _widths(picture: Cover, kind: str) -> str:
    return ", ".join(f"{picture.url(width, kind)} {width}w" for width in picture.widths)
