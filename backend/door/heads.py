"""HEAD at every address that answers GET: the same headers, no body; handlers need only know GET."""

from litestar.types import ASGIApp, Message, Receive, Scope, Send


def with_heads(app: ASGIApp) -> ASGIApp:
    """Wrap ``app``, so that HEAD is asked as GET, and ``Allow`` says that HEAD is taken wherever GET is."""

    async def answered(scope: Scope, receive: Receive, send: Send) -> None:
        method = scope.get("method", "GET")
        if method == "GET":
            await app(scope, receive, send)
        elif method == "HEAD":
            await app({**scope, "method": "GET"}, receive, _bodiless(send))  # type: ignore[arg-type]
        else:
            await app(scope, receive, _allowing_head(send))

    return answered


def _bodiless(send: Send) -> Send:
    """``send`` without the body, not even of a stream: it ends where that would begin."""
    ended = False

    async def sent(message: Message) -> None:
        nonlocal ended
        if message["type"] == "http.response.body":
            if ended:
                return
            ended = True
            message = {**message, "body": b"", "more_body": False}  # a new one: kept answers send theirs many times
        await send(message)

    return sent


def _allowing_head(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [_with_head(name, value) for name, value in message["headers"]]}
        await send(message)

    return sent


def _with_head(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    methods = [method.strip() for method in value.split(b",")] if name.lower() == b"allow" else []
    if b"GET" not in methods or b"HEAD" in methods:
        return name, value
    return name, b", ".join(sorted([*methods, b"HEAD"]))
