"""Push services on loopback, over TLS: one for browsers, and FCM over HTTP/2. An address says what becomes of it."""

import asyncio
import contextlib
import functools
import json
import ssl
import time
from base64 import b64encode
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import formatdate
from pathlib import Path
from typing import Any, cast

import jwt
import trustme
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import DataReceived, RequestReceived, StreamEnded

from base import clock

PAUSE_S = 120
GOOGLE = "https://oauth2.googleapis.com/token"
"""Whom an account addresses itself to, wherever its file says that tokens are fetched."""


BEHIND_A_PROXY = ("web.push.apple.com", "fcm.googleapis.com")
"""Names that only the proxy of the tests can resolve: to the service beside it."""


def certified(authority: trustme.CA) -> ssl.SSLContext:
    """TLS as a service on loopback speaks it."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1", "localhost", *BEHIND_A_PROXY).configure_cert(context)
    return context


# Web Push


@dataclass
class PushService:
    """What came in; ``origin`` is where."""

    port: int = 0
    received: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    asked: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    """When each path was asked, by the handbook's own clock."""
    connections: set[int] = field(default_factory=set)
    stalled: asyncio.Event = field(default_factory=asyncio.Event)
    pause_s: int = PAUSE_S
    key: str = ""
    """The public half of the only key that is taken; any, while it is empty."""

    @property
    def origin(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    def address(self, how: str, name: object = 1, host: str = "127.0.0.1") -> str:
        """An address to which ``how`` happens: a status, or one of the words below; "first-…" once, and then 201."""
        return f"https://{host}:{self.port}/push/{how}/{name}"

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.received.append((request.path, dict(request.headers), await request.read()))
        assert request.transport is not None
        self.connections.add(id(request.transport))
        self.asked[request.path].append(clock.now())
        how = request.match_info["how"]
        if how.startswith("first-"):
            how = how.removeprefix("first-") if len(self.asked[request.path]) == 1 else "201"
        if how == "dropped":
            request.transport.abort()
        if how == "stalled":
            self.stalled.set()
            await asyncio.Event().wait()
        if how == "redirected":
            raise web.HTTPTemporaryRedirect(self.address("201", "elsewhere"))
        if how == "unauthorized" or not request.headers["Authorization"].endswith(f"k={self.key}" if self.key else ""):
            return web.json_response({"reason": "BadJwtToken"}, status=403)
        status, _, pause = how.partition("-")
        later = formatdate(time.time() + self.pause_s, usegmt=True)
        pauses = {"seconds": str(self.pause_s), "date": later, "nonsense": "soon"}
        headers = {"Retry-After": pauses[pause]} if pause else {}
        return web.Response(status=int(status) if status.isdigit() else 500, headers=headers, body=b"x" * 100)


@contextlib.asynccontextmanager
async def push_service(authority: trustme.CA) -> AsyncIterator[PushService]:
    service = PushService()
    app = web.Application()
    app.router.add_post("/push/{how}/{name}", service.answer)
    async with _listening(app, certified(authority)) as service.port:
        yield service


@contextlib.asynccontextmanager
async def _listening(app: web.Application, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    runner = web.AppRunner(app, shutdown_timeout=0.01)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls)
    await site.start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


# FCM


ANSWERS: dict[str, tuple[int, dict[str, str], dict[str, Any]]] = {
    "accepted": (200, {}, {"name": "projects/so-tay/messages/1"}),
    "unregistered": (404, {}, {"status": "NOT_FOUND", "details": [{"errorCode": "UNREGISTERED"}]}),
    "misspelt": (
        400, {}, {"status": "INVALID_ARGUMENT", "details": [{"fieldViolations": [{"field": "message.token"}]}]}
    ),
    "invalid": (400, {}, {"status": "INVALID_ARGUMENT"}),
    "mismatched": (403, {}, {"status": "PERMISSION_DENIED", "details": [{"errorCode": "SENDER_ID_MISMATCH"}]}),
    "quota": (429, {"retry-after": str(PAUSE_S)}, {"details": [{"errorCode": "QUOTA_EXCEEDED"}]}),
    "quota-date": (429, {"retry-after": "date"}, {"details": [{"errorCode": "QUOTA_EXCEEDED"}]}),
    "quota-plain": (429, {}, {"details": [{"errorCode": "QUOTA_EXCEEDED"}]}),
    "unavailable": (503, {"retry-after": str(PAUSE_S)}, {"status": "UNAVAILABLE"}),
    "internal": (500, {}, {"status": "INTERNAL"}),
    "unauthenticated": (401, {}, {"status": "UNAUTHENTICATED"}),
    "thirdparty": (401, {}, {"status": "UNAUTHENTICATED", "details": [{"errorCode": "THIRD_PARTY_AUTH_ERROR"}]}),
}  # fmt: skip
SILENT = ("dropped", "stalled")
FCM_ERROR = "type.googleapis.com/google.firebase.fcm.v1.FcmError"


@functools.cache
def _account_key() -> rsa.RSAPrivateKey:
    """Made once: it takes a tenth of a second or three."""
    return rsa.generate_private_key(65537, 2048)


@dataclass
class FcmService:
    """What came in, and how often an access token was asked for."""

    port: int = 0
    token_port: int = 0
    received: list[dict[str, Any]] = field(default_factory=list)
    connections: int = 0
    tokens: int = 0
    is_closed: bool = False
    key: rsa.RSAPrivateKey = field(default_factory=_account_key)

    @property
    def url(self) -> str:
        """What takes the place of FCM's own address inside firebase-admin."""
        return f"https://127.0.0.1:{self.port}/v1/projects/{{0}}/messages:send"

    def account(self, folder: Path) -> Path:
        """A file as Firebase's console gives it, of an account that this service knows."""
        pem = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        told = {
            "type": "service_account", "project_id": "so-tay", "private_key_id": "1", "private_key": pem,
            "client_email": "so-tay@example.vn", "token_uri": f"http://127.0.0.1:{self.token_port}/token",
        }  # fmt: skip
        file = folder / "account.json"
        file.write_text(json.dumps(told), encoding="utf-8")
        return file

    async def token(self, request: web.Request) -> web.Response:
        form = await request.post()
        jwt.decode(str(form["assertion"]), self.key.public_key(), algorithms=["RS256"], audience=GOOGLE)
        self.tokens += 1
        if self.is_closed:
            return web.json_response({"error": "invalid_grant"}, status=400)
        return web.json_response({"access_token": f"token-{self.tokens}", "expires_in": 3600, "token_type": "Bearer"})

    def answer(self, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        """Status, heads and body; status 0 to drop the connection, 1 to say nothing."""
        message = json.loads(body)["message"]
        self.received.append({**message, "authorization": headers["authorization"], "path": headers[":path"]})
        how = (message.get("token") or "accepted").partition(":")[0]
        if how in SILENT:
            return SILENT.index(how), {}, b""
        status, heads, told = ANSWERS[how]
        if heads.get("retry-after") == "date":
            heads = {"retry-after": formatdate(time.time() + PAUSE_S, usegmt=True)}
        details = [{"@type": FCM_ERROR, **detail} for detail in told.get("details", ())]
        said = told if status == 200 else {"error": {"code": status, "message": how, **told, "details": details}}
        return status, heads, json.dumps(said).encode()


class _Http2(asyncio.Protocol):
    def __init__(self, service: FcmService) -> None:
        self._service = service
        self._streams: dict[int, tuple[dict[str, str], bytearray]] = {}

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._service.connections += 1
        self._h2 = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
        self._h2.initiate_connection()
        self._transport.write(self._h2.data_to_send())

    def data_received(self, data: bytes) -> None:
        for event in self._h2.receive_data(data):
            if isinstance(event, RequestReceived):
                self._streams[event.stream_id] = ({str(name): str(value) for name, value in event.headers}, bytearray())
            elif isinstance(event, DataReceived):
                self._streams[event.stream_id][1].extend(event.data)
                self._h2.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
            elif isinstance(event, StreamEnded):
                self._answer(event.stream_id)
        self._transport.write(self._h2.data_to_send())

    def _answer(self, stream: int) -> None:
        headers, body = self._streams.pop(stream)
        status, heads, said = self._service.answer(headers, bytes(body))
        if status < len(SILENT):
            if SILENT[status] == "dropped":
                self._transport.abort()
            return
        self._h2.send_headers(stream, [(":status", str(status)), ("content-type", "application/json"), *heads.items()])
        self._h2.send_data(stream, said, end_stream=True)


@contextlib.asynccontextmanager
async def fcm_service(authority: trustme.CA) -> AsyncIterator[FcmService]:
    service = FcmService()
    tls = certified(authority)
    tls.set_alpn_protocols(["h2"])
    server = await asyncio.get_running_loop().create_server(lambda: _Http2(service), "127.0.0.1", 0, ssl=tls)
    service.port = server.sockets[0].getsockname()[1]
    app = web.Application()
    app.router.add_post("/token", service.token)
    async with server, _listening(app) as service.token_port:
        yield service


# Between us and them


@dataclass
class Proxy:
    """A proxy that lets through whoever knows its password, to one service whatever is asked for."""

    service_port: int
    port: int = 0
    password: str = ""
    asked: list[str] = field(default_factory=list)

    async def tunnel(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.asked.append(head.split(" ")[1])
        known = b64encode(f"so-tay:{self.password}".encode()).decode()
        if self.password and f"Basic {known}" not in head:
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            writer.close()
            return
        service = await asyncio.open_connection("127.0.0.1", self.service_port)
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(_pass(reader, service[1]), _pass(service[0], writer))


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()


@contextlib.asynccontextmanager
async def proxy(service_port: int) -> AsyncIterator[Proxy]:
    made = Proxy(service_port)
    server = await asyncio.start_server(made.tunnel, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    async with server:
        yield made
