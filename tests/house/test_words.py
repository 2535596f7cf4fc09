"""What is said to people: in both languages, and under names that exist."""

import re

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk, Message, Pattern, VariableReference
from fluent.syntax.visitor import Visitor

from tests.house import tree

LOCALES = tree.ROOT / "pwa" / "locale"
AREAS = sorted(path.name for path in (LOCALES / "vi").glob("*.ftl"))
KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
SAID = re.compile(r"""\bsay\(\s*["']([a-z0-9-]+)["']""")


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: VariableReference) -> None:
        self.names.add(node.id.name)


def _messages(language: str, area: str) -> dict[str, Message]:
    body = FluentParser().parse((LOCALES / language / area).read_text(encoding="utf-8")).body
    assert [entry.content for entry in body if isinstance(entry, Junk)] == []
    return {entry.id.name: entry for entry in body if isinstance(entry, Message)}


def _variables(message: Message) -> set[str]:
    visitor = _Variables()
    visitor.visit(message)
    return visitor.names


def _all() -> dict[str, Message]:
    return {key: message for area in AREAS for key, message in _messages("vi", area).items()}


def test_both_languages_have_the_same_areas():
    assert sorted(path.name for path in (LOCALES / "en").glob("*.ftl")) == AREAS


@pytest.mark.parametrize("area", AREAS)
def test_both_languages_say_the_same_things(area):
    vietnamese, english = _messages("vi", area), _messages("en", area)
    assert set(vietnamese) == set(english)
    assert {key: _variables(vietnamese[key]) for key in vietnamese} == {
        key: _variables(english[key]) for key in vietnamese
    }


@pytest.mark.parametrize("area", AREAS)
def test_keys_are_kebab_case_and_nothing_is_left_empty(area):
    for language in ("vi", "en"):
        for key, message in _messages(language, area).items():
            assert KEY.fullmatch(key), key
            assert isinstance(message.value, Pattern) or message.attributes, f"{language} {key} says nothing"


def test_a_key_is_said_in_one_area_only():
    keys = [key for area in AREAS for key in _messages("vi", area)]
    assert sorted({key for key in keys if keys.count(key) > 1}) == []


def test_every_key_that_is_said_exists():
    known = _all()
    missing = {
        f"{name}: {key}"
        for name, text in tree.texts()
        if name.startswith(("pwa/templates/", *(f"{room}/" for room in tree.ROOMS))) and not name.endswith(".md")
        for key in SAID.findall(text)
        if not _is_said(key, known)
    }
    assert sorted(missing) == []


def _is_said(key: str, known: dict[str, Message]) -> bool:
    """A key that ends with a dash is the beginning of several, completed where it is said."""
    return any(one.startswith(key) for one in known) if key.endswith("-") else key in known
