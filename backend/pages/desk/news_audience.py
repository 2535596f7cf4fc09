"""Whom an item is for, as its form asks: three plain answers, and what stands there already."""

from content.newsroom.model import Sheet

EVERYONE, MEMBERS, UNIT, AS_IT_IS = "public", "members", "unit", "as-it-is"
CHOICES = (EVERYONE, MEMBERS, UNIT)


def scopes_of(choice: str, unit: int | None, now: tuple[str, ...]) -> tuple[str, ...]:
    """The scopes that a choice means for an item of this unit, which is addressed to ``now``; none for no choice."""
    meant = {EVERYONE: ("public",), MEMBERS: ("members",), UNIT: (f"org:{unit}",) if unit else (), AS_IT_IS: now}
    return meant.get(choice, ())


def choice_of(sheet: Sheet) -> str:
    """The choice that means what an item is addressed to; "" for nobody yet."""
    if not sheet.audience:
        return ""
    return next((each for each in CHOICES if scopes_of(each, sheet.unit, ()) == sheet.audience), AS_IT_IS)
