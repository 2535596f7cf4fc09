"""Scopes as files name them, with codes of units, turned into scopes as they are stored, with ids of units."""

import re
from collections.abc import Awaitable, Callable, Iterable

from base.errors import InvalidError

Resolve = Callable[[str], Awaitable[int | None]]
"""Gives the id of the unit that has a code, or None."""

_PLAIN = ("public", "members")
_UNIT = re.compile(r"(org|at):([\w.-]+)")
_ROLE = re.compile(r"(role:[a-z_]+@)([\w.-]+)")
_MEMBER = re.compile(r"member:[0-9a-f-]{36}")


class UnknownScopeError(InvalidError):
    """An audience that is no scope, or names a unit that does not exist."""

    key = "content-import-unknown-audience"


async def resolved(named: Iterable[str], resolve: Resolve | None) -> frozenset[str]:
    """The scopes of ``named``; raises UnknownScopeError."""
    return frozenset([await _scope(name.strip(), resolve) for name in named])


async def unit(code: str, resolve: Resolve | None) -> int:
    """The id of the unit with this code, or that has it as its id; raises UnknownScopeError."""
    if code.isdecimal():
        return int(code)
    found = await resolve(code) if resolve else None
    if found is None:
        raise UnknownScopeError(scope=code)
    return found


async def _scope(name: str, resolve: Resolve | None) -> str:
    if name in _PLAIN or _MEMBER.fullmatch(name):
        return name
    if match := _UNIT.fullmatch(name):
        return f"{match[1]}:{await unit(match[2], resolve)}"
    if match := _ROLE.fullmatch(name):
        return f"{match[1]}{await unit(match[2], resolve)}"
    raise UnknownScopeError(scope=name)
