"""All text shown to people, in Vietnamese and English, from Fluent files in pwa/locale."""

from functools import cache
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.resolver import TextElement

from base import logs

LANGUAGES = ("vi", "en")
LOCALES = {"vi": "vi-VN", "en": "en-GB"}
FOLDER = Path(__file__).parent.parent / "pwa" / "locale"

LONGEST = 1_000
"""Characters that Fluent puts into a text in one piece; of what is longer it would print a mark for a fault instead."""

log = logs.get(__name__)
strict: list[bool] = []
"""Holds True in tests: a key that is missing is then an error instead of being shown as it is."""


class MissingTextError(KeyError):
    """No text by that key in the catalogue, or it needs values that were not given."""


def say(key: str, language: str, **values: Any) -> str:
    """The text ``key`` in ``language``, filled with ``values``; Vietnamese where the language has none.

    Of values longer than LONGEST only the beginning is shown.
    """
    plain = _plain(language).get(key)
    if plain is not None:
        return plain
    bundle = _bundle(language)
    pattern = bundle.get_message(key).value if bundle.has_message(key) else None
    if pattern is None:
        return _missing(key, language)
    text, problems = bundle.format_pattern(pattern, {name: _cut(value) for name, value in values.items()})
    if problems and strict:
        raise MissingTextError(f"{key}: {problems}")
    return str(text)


def keys(language: str) -> frozenset[str]:
    """Every key of one language."""
    return frozenset(_bundle(language)._messages)


def _cut(value: Any) -> Any:
    if not isinstance(value, str) or len(value) <= LONGEST:
        return value
    return f"{value[: LONGEST - 1]}…"


def _missing(key: str, language: str) -> str:
    if strict:
        raise MissingTextError(f"{key} ({language})")
    log.warning("catalogue.missing", key=key, language=language)
    return key


@cache
def _bundle(language: str) -> FluentBundle:
    bundle = FluentBundle([LOCALES[language]], use_isolating=False)
    for file in sorted((FOLDER / language).glob("*.ftl")):
        bundle.add_resource(FluentResource(file.read_text("utf-8")))
    return bundle


@cache
def _plain(language: str) -> dict[str, str]:
    """Texts without values, formatted once: most of a page's words."""
    bundle = _bundle(language)
    patterns: dict[str, Any] = {key: bundle.get_message(key).value for key in bundle._messages}
    return {key: pattern.value for key, pattern in patterns.items() if isinstance(pattern, TextElement)}
