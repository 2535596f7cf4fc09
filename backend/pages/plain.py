"""Pages that are the same for everybody: privacy, and the shells for saved documents when the network is gone."""

from backend.pages.answer import Page
from backend.pages.shell import AnyRequest, guest_page, page, page_at


@page_at("/privacy")
async def privacy(request: AnyRequest) -> Page:
    """What is kept about members, in plain words."""
    return await page(request, "privacy.html")


@page_at("/offline")
async def offline(request: AnyRequest) -> Page:
    """The list of saved documents, filled in by the phone; nothing on it depends on who reads."""
    return await guest_page(request, "offline.html")


@page_at("/offline/document")
async def offline_document(request: AnyRequest) -> Page:
    """The frame into which the phone puts a saved document."""
    return await guest_page(request, "offline_document.html")
