"""SQL of ours with ``{}`` for values: Piccolo works out once, not at each call, how an engine wants it written."""

from functools import lru_cache
from typing import Any

from piccolo.querystring import QueryString

SHAPES = 4096
"""So many statements are remembered; those that name sets or limits in their text are many."""


class Query(QueryString):
    """A statement whose places are filled by plain values: never by columns or by other statements."""

    def process_args(self, args: Any) -> tuple[list[Any], list[Any]]:
        """As they are."""
        return list(args), []

    def compile_string(self, engine_type: str = "postgres") -> tuple[str, list[Any]]:
        """The text for the engine, and what fills its places."""
        return _written(self.template, len(self.args), engine_type), list(self.args)


@lru_cache(SHAPES)
def _written(template: str, places: int, engine_type: str) -> str:
    text, _ = QueryString(template, *[None] * places).compile_string(engine_type=engine_type)
    return text
