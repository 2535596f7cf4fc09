"""Web Push: to browsers, over whichever service their maker runs (RFC 8030)."""

import asyncio
import ssl
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field

import aiohttp
from yarl import URL

from base import logs
from base.settings import settings
from notifications.channels import admitting, encrypting, judging, resolving, tagging
from notifications.channels.admitting import Place
from notifications.channels.channel import Message, Outcome
from notifications.channels.signing import Signatures

PATIENCE_S = 10
"""How long a service may take over one message before it counts as "later"."""

AT_ONCE = 200
"""Messages on their way to one host at a time, each over a connection of its own that is used again.

At a tenth of a second there and back that is 2,000 a second, more than a process can close."""

TIRED_AFTER = 8
"""So many unanswered in a row, and a host is let alone for REST_S: what is meant for it is "later" without trying."""

REST_S = 30.0
LONGEST_TTL_S = 28 * 24 * 3600
"""Google's service takes no longer one."""

ANSWER_BYTES = 2048
HOSTS_KNOWN = 500
APPLE = ".push.apple.com"

log = logs.get(__name__)


@dataclass(slots=True)
class _Lane:
    """The way to one host: how many at once, and since when it has not answered."""

    free: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    unanswered: int = 0
    rests_until: float = 0.0


class WebPush:
    """Web Push with our key; opens its connections with the first message."""

    name = "webpush"

    def __init__(self, signatures: Signatures) -> None:
        self._signatures = signatures
        self._session: aiohttp.ClientSession | None = None
        self._lanes: OrderedDict[str, _Lane] = OrderedDict()

    def admits(self, address: str) -> bool:
        """Whether it is an address of a push service that is known."""
        return _place(address) is not None

    def host(self, address: str) -> str:
        """The push service's host; nothing of an address that is not admitted."""
        place = _place(address)
        return place.host if place else ""

    async def send(self, messages: Sequence[Message]) -> list[Outcome]:
        """Send all side by side; see Channel."""
        return list(await asyncio.gather(*map(self._send, messages)))

    async def close(self) -> None:
        """Give back connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _send(self, message: Message) -> Outcome:
        place = _place(message.address)
        if place is None:
            return Outcome("refused", "host-not-allowed")
        if len(message.body) > encrypting.LONGEST_BODY:
            return Outcome("refused", "too-large", host=place.host)
        lane = self._lane(place.host)
        async with lane.free:
            if lane.rests_until > _now():
                return Outcome("later", "unanswered", host=place.host)
            try:
                outcome = await self._post(message, place)
            except encrypting.UnusableKeysError:
                return Outcome("refused", "unusable-keys", host=place.host)
            except (aiohttp.ClientError, OSError, ValueError) as error:  # TimeoutError is an OSError
                _tire(lane, place.host)
                return Outcome("later", _kind(error), host=place.host)
            lane.unanswered = 0
            return outcome

    async def _post(self, message: Message, place: Place) -> Outcome:
        origin = f"https://{place.host}" + (f":{place.port}" if place.port != admitting.HTTPS_PORT else "")
        body = encrypting.close(message.body, message.keys)
        headers = {
            "Authorization": self._signatures.head(origin),
            "Content-Encoding": "aes128gcm",
            "Content-Type": content_type(place.host),
            "TTL": str(min(max(message.ttl_s, 0), LONGEST_TTL_S)),
            "Topic": tagging.topic(message.tag),
            "Urgency": tagging.urgency(message.urgency),
        }
        url = URL(message.address, encoded=True)
        proxy = None if place.named else settings().push_proxy or None
        posting = self._opened().post(url, data=body, headers=headers, allow_redirects=False, proxy=proxy)
        async with posting as answer:
            said = await answer.content.read(ANSWER_BYTES)
            return judging.outcome(answer.status, headers=answer.headers, host=place.host, said=said)

    def _lane(self, host: str) -> _Lane:
        lane = self._lanes.setdefault(host, _Lane())
        self._lanes.move_to_end(host)
        if len(self._lanes) > HOSTS_KNOWN:
            self._lanes.popitem(last=False)
        return lane

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=0, limit_per_host=AT_ONCE, resolver=resolving.Resolver(), ttl_dns_cache=300,
                    ssl=ssl.create_default_context(), keepalive_timeout=60,
                ),
                timeout=aiohttp.ClientTimeout(total=PATIENCE_S, sock_connect=PATIENCE_S / 2),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
            )  # fmt: skip
        return self._session


def content_type(host: str) -> str:
    """Apple shows what bears this type even when no script of ours runs; to the others it is bytes."""
    return "application/notification+json" if host.endswith(APPLE) else "application/octet-stream"


def _place(address: str) -> Place | None:
    return admitting.place(address, settings().push_hosts)


def _tire(lane: _Lane, host: str) -> None:
    lane.unanswered += 1
    if lane.unanswered >= TIRED_AFTER:
        lane.unanswered, lane.rests_until = 0, _now() + REST_S
        log.warning("push.unanswered", host=host, rest_s=REST_S)


def _kind(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, aiohttp.ClientHttpProxyError | aiohttp.ClientProxyConnectionError):
        return "proxy"
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError):
        return "certificate"
    return "unreachable" if isinstance(error, aiohttp.ClientConnectorError) else "dropped"


def _now() -> float:
    return asyncio.get_running_loop().time()
