"""The rules that members' words are held to, for everybody to read."""

from typing import Any

from backend.discussion import conduct
from backend.pages.alike import page_alike
from backend.pages.answer import Page
from backend.pages.shell import AnyRequest, page_at


@page_at("/rules")
async def rules(request: AnyRequest) -> Page:
    """The published rules, each with its code."""

    async def context() -> dict[str, Any]:
        return {"rules": conduct.RULES}

    return await page_alike(request, "rules.html", context)
