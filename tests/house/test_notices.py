"""What may be told has one home: every kind of notice that the tree owes is in it, and none that nobody owes."""

import ast
import re
from collections.abc import Iterator

from notifications import kinds
from tests.house import tree

KIND = re.compile(r"[a-z]+\.[a-z]+")
OWING = re.compile(r"_?owe(_\w+)?")


def _calls(module: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if OWING.fullmatch(name):
                yield node


def _owed() -> set[str]:
    """Kinds as they are written; where one is put together ("meeting.{verb}"), of each verb that its module names."""
    found = set()
    for path in tree.modules():
        text = path.read_text(encoding="utf-8")
        if "owe" not in text or "notifications" in path.parts:
            continue
        calls = list(_calls(ast.parse(text)))
        given = [value for call in calls for value in (*call.args, *(word.value for word in call.keywords))]
        words = [value.value for value in given if isinstance(value, ast.Constant) and isinstance(value.value, str)]
        begun = {
            value.values[0].value  # type: ignore[attr-defined]
            for call in calls
            for value in (word.value for word in call.keywords if word.arg == "kind")
            if isinstance(value, ast.JoinedStr)
        }
        found |= {word for word in words if KIND.fullmatch(word)}
        found |= {f"{begin}{word}" for begin in begun for word in words if KIND.fullmatch(f"{begin}{word}")}
    return found


def test_every_kind_that_is_owed_is_known_and_no_other():
    meetings = {f"meeting.{urgency}" for urgency in ("normal", "high")}  # words of the same calls that are no verbs
    assert _owed() - meetings == set(kinds.KINDS) - {kinds.DIGEST}
