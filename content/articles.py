"""The Markdown of news as safe HTML: text, headings, lists, links, tables; no HTML of the writer's, no script."""

from functools import cache

import nh3
from markdown_it import MarkdownIt

TAGS = {
    "p", "h2", "h3", "strong", "em", "br", "hr", "ul", "ol", "li", "blockquote", "a",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
SCHEMES = {"https", "http", "mailto", "tel"}


def to_html(markdown: str) -> str:
    """Render a body; pictures are left out (an item has one, its cover), headings begin below the title's."""
    made = _markdown().render(markdown)
    made = made.replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    return nh3.clean(
        made,
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}, "th": set(), "td": set()},
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
    ).strip()


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": False}).enable("table").disable("image")
