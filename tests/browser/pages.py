"""Every page of the handbook, in one list: what is photographed, and what accessibility is measured on.

Add a line when you add a page.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shown:
    """A page as someone sees it; ``person`` None is a visitor who is not signed in."""

    name: str
    path: str
    person: str | None = None
    status: int = 200
    full: bool = True  # photographed whole, not only its first screen


PAGES = (
    Shown("home", "/", "mai"),
    Shown("home-visitor", "/"),
    Shown("documents", "/documents", "mai"),
    Shown("news", "/news", "mai"),
    Shown("search", "/search", "mai"),
    Shown("search-nothing", "/search?q=zzzz", "mai"),
    Shown("account", "/account", "mai"),
    Shown("sign-in", "/account/sign-in"),
    Shown("activate", "/account/activate"),
    Shown("privacy", "/privacy"),
    Shown("offline", "/offline"),
    Shown("not-found", "/documents/khong-co", "mai", status=404),
    Shown("roster", "/desk/roster", "quang"),
)
