"""Every setting is told where it is defined and where it is looked for."""

import re

from base import settings
from tests.house import tree

OPERATING = tree.ROOT / "docs" / "operating.md"
NAME = re.compile(r"\bSOTAY_[A-Z_]+\b")


def _names() -> set[str]:
    return {settings.PREFIX + field.upper() for field in settings.Settings.model_fields}


def test_every_setting_says_what_it_takes_where_it_is_defined():
    silent = [name for name, field in settings.Settings.model_fields.items() if not field.description]
    assert silent == []


def test_every_setting_is_in_the_operating_guide_and_no_other():
    told = set(NAME.findall(OPERATING.read_text(encoding="utf-8")))
    assert _names() - told == set(), "not in docs/operating.md"
    assert {name for name in told - _names() if not name.startswith("SOTAY_TEST_")} == set(), "no such setting"


def test_code_asks_for_no_setting_that_does_not_exist():
    asked = {
        name
        for path in tree.modules()
        for name in NAME.findall(path.read_text(encoding="utf-8"))
        if not name.endswith("_")
    }
    assert asked - _names() == set()
