"""What a list is narrowed by, as it stands in the address; what cannot be meant counts as not asked."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from backend.pages.shell import AnyRequest
from content import narrowing, reading
from content.narrowing import NAMES
from content.rows import Filters

YEARS = frozenset(map(str, range(1900, 2200)))
LENGTH = 200
"""How much of a value is looked at, in characters."""


def chosen(given: Mapping[str, str]) -> dict[str, str]:
    """The filters that an address asks for."""
    found = {name: value for name in NAMES if (value := said(given, name))}
    if "year" in found and found["year"] not in YEARS:
        del found["year"]
    if found.get("state", reading.STATES[0]) not in reading.STATES:
        del found["state"]
    return found


def passed_over(given: Mapping[str, str]) -> bool:
    """Whether an address asks for a filter that cannot be meant."""
    return {name for name in NAMES if said(given, name)} != set(chosen(given))


def filters(chosen: Mapping[str, str]) -> Filters:
    """The filters as the library takes them; ``words`` may be among them."""
    kept = {name: value for name, value in chosen.items() if name != "year"}
    return Filters(**kept, year=int(chosen["year"]) if "year" in chosen else None)


async def by_names_of_now(request: AnyRequest) -> str | None:
    """The same address with the names that its topic and issuer have now; None when it names none by a former one."""
    given = request.query_params
    asked = Filters(topic=said(given, "topic"), issuer=said(given, "issuer"))
    now = await narrowing.current(asked)
    if now == asked:
        return None
    pairs = parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)
    named = {"topic": now.topic, "issuer": now.issuer}
    return f"{request.scope['path']}?{urlencode([(name, named.get(name, value)) for name, value in pairs])}"


def said(given: Mapping[str, str], name: str) -> str:
    """What an address says under a name, "" for nothing."""
    return (given.get(name) or "").strip()[:LENGTH]
