"""Pages that are the same for everybody: privacy, and the list of saved documents, which the phone fills in."""

from backend.accounts import notifying
from backend.pages.answer import Page
from backend.pages.shell import AnyRequest, guest_page, page, page_at


@page_at("/privacy")
async def privacy(request: AnyRequest) -> Page:
    """What is kept about members, in plain words."""
    return await page(request, "privacy.html")


@page_at("/offline")
async def offline(request: AnyRequest) -> Page:
    """The list of saved documents, filled in by the phone; nothing on it depends on who reads."""
    return await guest_page(request, "offline.html", push_ready=notifying.is_ready())
