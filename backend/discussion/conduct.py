"""The published rules that members' words are held to; each has a code, by which every decision cites it."""

from msgspec import Struct


class Conduct(Struct, frozen=True):
    """A published rule: ``code`` as it is printed and kept, ``name`` by which its words are in the catalogue."""

    code: str
    name: str


RULES = (
    Conduct("Q1", "respect"),
    Conduct("Q2", "privacy"),
    Conduct("Q3", "secrets"),
    Conduct("Q4", "links"),
    Conduct("Q5", "pace"),
    Conduct("Q6", "subject"),
    Conduct("Q7", "truth"),
    Conduct("Q8", "principles"),
    Conduct("Q9", "petitions"),
)
"""In their printed order. A code is never given to another rule: decisions of years ago still cite it."""

_BY_CODE = {rule.code: rule for rule in RULES}


def rule(code: str) -> Conduct | None:
    """The rule with that code, if there is one."""
    return _BY_CODE.get(code)
