"""How often a sign-in may be tried: by login, with a growing wait; by address only far above what a province does."""

from base import limits

LOGIN_STEPS = ((5, 15 * 60), (10, 60 * 60), (20, 24 * 60 * 60))
"""Tries by login and seconds of their window: whoever keeps on failing waits longer each time."""

ADDRESS_LIMIT = 600
"""Tries a minute from one address; whole provinces sit behind one."""


async def count(*, login: str | None = None, address: str = "", what: str = "sign-in") -> None:
    """Count one try of ``what`` before it is made, whether or not the login exists; raises TooManyError."""
    if address:
        await limits.hit(f"{what}:address:{address}", limit=ADDRESS_LIMIT, window_s=60)
    if login is not None:
        for limit, window_s in LOGIN_STEPS:
            await limits.hit(_key(login, window_s), limit=limit, window_s=window_s)


async def succeeded(login: str) -> None:
    """Start anew for a login after a success."""
    for _, window_s in LOGIN_STEPS:
        await limits.forget(_key(login, window_s), window_s=window_s)


def _key(login: str, window_s: int) -> str:
    return f"sign-in:{window_s}:{login}"
