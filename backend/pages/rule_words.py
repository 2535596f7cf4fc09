"""The published rules in words, as decisions and reports cite them."""

from backend.discussion import conduct
from base.catalogue import say


def named(code: str, language: str) -> str:
    """A rule by its code and name; "" for no rule."""
    rule = conduct.rule(code)
    return say("rules-named", language, code=code, name=say(f"rules-{rule.name}", language)) if rule else ""


def options(language: str) -> list[tuple[str, str]]:
    """All of them to choose from, after nothing."""
    told = [(rule.code, named(rule.code, language)) for rule in conduct.RULES]
    return [("", say("moderation-reason-none", language)), *told]
