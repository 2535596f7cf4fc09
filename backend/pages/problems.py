"""Errors as pages: what happened, what is safe, what to do. The last resort needs neither database nor templates."""

from litestar import Response

from backend.door.visit import visit_of
from backend.errors import headers_of, rule_of, status_of
from backend.pages import links, typed
from backend.pages.answer import unkept
from backend.pages.shell import AnyRequest, personal
from base import database, errors, logs
from base.catalogue import say

log = logs.get(__name__)

PLAIN = frozenset({
    errors.NotFoundError.key,
    errors.SignInRequiredError.key,
    errors.ForbiddenError.key,
    errors.GoneError.key,
    errors.UnavailableError.key,
    "error-unforeseen",
    "error-too-large",
    "error-too-many-requests",
})  # fmt: skip
"""Rules for which the error page has fuller words of its own."""

LAST_RESORT = """<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sổ tay</title>
</head>
<body>
<main>
<h1>Sổ tay tạm thời chưa phục vụ được</h1>
<p>Những gì đồng chí đã lưu vẫn còn nguyên. Mời đồng chí thử lại sau ít phút.</p>
<p><a href="/">Về trang chủ</a></p>
<p lang="en">The handbook cannot serve you at the moment. Whatever you saved is safe.
Please try again in a few minutes.</p>
</main>
</body>
</html>
"""


def answer(request: AnyRequest, error: Exception) -> Response[bytes]:
    """The page that tells ``error``."""
    if database.is_lost(error):
        error = errors.UnavailableError()
    status, rule = status_of(error), rule_of(error)
    if status >= 500:
        log.error("pages.trouble", path=request.scope["path"], error=type(error).__name__, exc_info=error)
    headers = headers_of(error)
    try:
        words = None if rule.key in PLAIN else say(rule.key, visit_of(request).language, **rule.values)
        told = {"status": status, "words": words, "retry_after": headers.get("Retry-After"), "trace": None}
        before = links.shown_before(request.scope, request.headers.get("referer", ""))
        return personal(request, "error.html", status, headers, error=told, typed=typed.words(request), path=before)
    except Exception as worse:  # whatever breaks the drawing of the page that tells of it
        log.exception("pages.last_resort", error=type(worse).__name__)
        return unkept(LAST_RESORT, status=max(status, 500), headers=headers)
