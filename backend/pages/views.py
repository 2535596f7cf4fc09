"""Names that rows do not carry: of topics and of units."""

from backend.accounts import units
from backend.accounts.forest import Unit
from backend.accounts.sessions import Reader
from base.catalogue import say
from content import topics


async def topic_names(language: str) -> dict[str, str]:
    """What each topic is called."""
    return {row.code: row.en if language == "en" else row.vi for row in await topics.topics()}


async def unit_name(unit: int | None, language: str) -> str:
    """What a unit is called; nothing for one that is not known."""
    tree = await units.forest()
    if unit is None or unit not in tree:
        return ""
    return name_of(tree[unit], language)


def name_of(unit: Unit, language: str) -> str:
    """What a unit is called, where one has it at hand."""
    return (unit.name_en or unit.name) if language == "en" else unit.name


async def role_lines(reader: Reader, language: str) -> list[dict[str, str]]:
    """The roles that are awake in the reader's session, each with its unit, in words."""
    return [
        {"words": role_words(grant.role, language), "unit": await unit_name(grant.unit, language)}
        for grant in reader.roles
    ]


def role_words(role: str, language: str) -> str:
    """What a role is called."""
    return say(f"account-role-{role.replace('_', '-')}", language)
