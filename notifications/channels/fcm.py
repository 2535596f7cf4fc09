"""Firebase Cloud Messaging: to installed shells, and to browsers registered with it, one by one.

firebase-admin's sender is bent in two places. It would send again by itself after 500 and 503, without waiting for as
long as Retry-After says: pauses are ours to keep, for all workers at once. And it would fetch its access token
inside the event loop, which stands still meanwhile: the token is fetched beforehand, in a thread.
"""

import asyncio
import json
import ssl
import time
from collections.abc import MutableMapping, Sequence
from datetime import UTC, timedelta
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import firebase_admin
import httpx
from firebase_admin import _http_client, credentials, exceptions, messaging
from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError, TransportError
from google.auth.transport.requests import Request

from base import logs
from base.settings import settings
from notifications.channels import admitting, judging, tagging
from notifications.channels.channel import Message, Outcome, Verdict

HOST = "fcm.googleapis.com/v1"
"""Whom a pause is kept towards; Web Push to the same machines counts for itself."""

BEHIND = "fcm.googleapis.com/v1/apns"
"""Whom FCM passes messages on to with a key that it was given for that: what it says of that key, it says of no other
message. Nothing is addressed here, so nothing else stands still for it.
"""

PATIENCE_S = 10
AT_ONCE = 100
"""Messages on their way at a time: as many as one HTTP/2 connection carries."""

QUOTA_PAUSE_S = 60.0
"""How long to wait after 429 without a Retry-After, as Firebase's guide asks for."""

TOKEN_SPARE_S = 300
LONGEST_TTL_S = 28 * 24 * 3600
_PASSING = (
    exceptions.ResourceExhaustedError, exceptions.UnavailableError, exceptions.InternalError,
    exceptions.DeadlineExceededError, exceptions.UnknownError, exceptions.AbortedError, exceptions.CancelledError,
)  # fmt: skip

log = logs.get(__name__)


class Fcm:
    """FCM as one service account; opens its connections with the first message."""

    name = "fcm"

    def __init__(self, account: Path) -> None:
        self._token = _Token(credentials.Certificate(str(account)).get_credential())
        project = json.loads(account.read_bytes())["project_id"]
        options = {"projectId": project, "httpTimeout": PATIENCE_S}
        self._app = firebase_admin.initialize_app(self._token, options, name=f"fcm-{id(self)}")
        self._client = _patient_client(self._app, self._token)
        self._free = asyncio.Semaphore(AT_ONCE)

    def admits(self, address: str) -> bool:
        """FCM's own host is the only one spoken to, whatever the address."""
        return admitting.is_registration(address)

    def host(self, address: str) -> str:
        """FCM is one host for all."""
        return HOST

    async def send(self, messages: Sequence[Message]) -> list[Outcome]:
        """Send all side by side, each by itself, so that one that breaks takes no other with it; see Channel."""
        try:
            await self._token.fetch()
        except (GoogleAuthError, OSError, ValueError) as error:
            log.warning("fcm.token", error=type(error).__name__)
            verdict: Verdict = "later" if _may_pass(error) else "denied"
            return [Outcome(verdict, "no-access-token", host=HOST) for _ in messages]
        return list(await asyncio.gather(*map(self._send, messages)))

    async def close(self) -> None:
        """Give back connections. firebase-admin closes them by a loop of its own, hence the thread."""
        await self._client.aclose()
        await asyncio.to_thread(firebase_admin.delete_app, self._app)

    async def _send(self, message: Message) -> Outcome:
        if not self.admits(message.address):
            return Outcome("refused", "host-not-allowed", host=HOST)
        async with self._free:
            try:
                done = await messaging.send_each_async([framed(message)], app=self._app)
            except exceptions.UnknownError:  # the connection broke in a way that nobody foresaw
                return Outcome("later", "dropped", host=HOST)
            except (ValueError, KeyError, TypeError):
                return Outcome("refused", "not-sendable", host=HOST)
        error = done.responses[0].exception
        if isinstance(error, exceptions.UnauthenticatedError):
            self._token.drop()
        return judged(error)


def framed(message: Message) -> messaging.Message:
    """A message as FCM takes it: the payload's words as data, its tag wherever a platform collapses by one.

    Not on Android: FCM keeps messages of four collapse keys for a phone that is off, and of a hundred without one.
    The shell itself shows what bears the same tag once.
    """
    words, ttl = _words(message.body), min(max(message.ttl_s, 0), LONGEST_TTL_S)
    urgency = tagging.urgency(message.urgency)
    made = messaging.Message(
        data=words,
        android=messaging.AndroidConfig(priority=urgency, ttl=timedelta(seconds=ttl)),
        webpush=messaging.WebpushConfig(
            headers={"TTL": str(ttl), "Urgency": urgency, "Topic": tagging.topic(message.tag)}
        ),
        apns=messaging.APNSConfig(
            headers={
                "apns-collapse-id": message.tag[:64],
                "apns-expiration": str(int(time.time()) + ttl if ttl else 0),
                "apns-priority": "10" if urgency == "high" else "5",
                "apns-push-type": "alert",
            },
            payload=messaging.APNSPayload(
                messaging.Aps(alert=messaging.ApsAlert(title=words.get("title", "")), mutable_content=True)
            ),
        ),
    )
    kind = "fid" if admitting.INSTALLATION.fullmatch(message.address) else "token"
    setattr(made, kind, message.address)  # given to the constructor, a token warns that its days are numbered
    return made


def judged(error: exceptions.FirebaseError | None) -> Outcome:
    """What FCM's answer means for this one device."""
    if error is None:
        return Outcome("accepted", host=HOST)
    answer = error.http_response
    reason = _reason(error, answer)
    if isinstance(error, messaging.UnregisteredError):
        return Outcome("gone", "unregistered", host=HOST)
    if isinstance(error, exceptions.InvalidArgumentError) and _blames_the_address(answer):
        return Outcome("gone", "invalid-address", host=HOST)
    if isinstance(error, exceptions.UnauthenticatedError | exceptions.PermissionDeniedError):
        return Outcome("denied", reason, host=BEHIND if isinstance(error, messaging.ThirdPartyAuthError) else HOST)
    if isinstance(error, _PASSING):
        pause = judging.retry_after(answer.headers.get("Retry-After")) if answer is not None else None
        if pause is None and isinstance(error, exceptions.ResourceExhaustedError):
            pause = QUOTA_PAUSE_S
        return Outcome("later", reason, pause, HOST)
    return Outcome("refused", reason, host=HOST)


def _reason(error: exceptions.FirebaseError, answer: Any) -> str:
    if answer is not None and answer.status_code == judging.TOO_MANY:
        return judging.named(judging.TOO_MANY)
    if answer is not None:
        return f"{judging.named(answer.status_code)} {type(error).__name__.removesuffix('Error')}"[:31]
    if isinstance(error, exceptions.DeadlineExceededError):
        return "timeout"
    return "unreachable" if isinstance(error, exceptions.UnavailableError) else "dropped"


def _may_pass(error: Exception) -> bool:
    """Whether no token was to be had for the way to it, rather than for the account."""
    return isinstance(error, TransportError | OSError) or bool(getattr(error, "retryable", False))


def _blames_the_address(answer: Any) -> bool:
    """Whether a 400 is about the token itself, which then never was one, or is no longer."""
    try:
        details = answer.json()["error"]["details"]
        fields = [field["field"] for detail in details for field in detail.get("fieldViolations", ())]
    except (AttributeError, ValueError, KeyError, TypeError):
        return False
    return any(field in ("message.token", "message.fid") for field in fields)


@lru_cache(64)
def _words(body: bytes) -> dict[str, str]:
    """The payload's notification as FCM's data takes it: words only. The same for all devices of a notice."""
    told = json.loads(body)["notification"]
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in told.items()}


def _patient_client(app: firebase_admin.App, credential: "_Token") -> Any:
    """Put a client in the sender's place that sends nothing twice by itself."""
    once = _http_client.HttpxRetry(max_retries=0)
    client = _http_client.HttpxAsyncClient(
        credential=credential.get_credential(), retry_config=once, timeout=PATIENCE_S
    )
    if proxy := settings().push_proxy:
        lent = _http_client.GoogleAuthCredentialFlow(credential.get_credential())
        client._async_client = httpx.AsyncClient(http2=True, headers=client._headers, auth=lent, proxy=proxy)
    messaging._get_messaging_service(app)._async_client = client
    return client


def _asking() -> Request:
    """What access tokens are asked for with: through our proxy, and no other that the environment may name."""
    request = Request()
    request.session.trust_env, request.session.verify = False, ssl.get_default_verify_paths().cafile or True
    request.session.proxies = {"https": settings().push_proxy} if settings().push_proxy else {}
    return request


class _Token(credentials.Base):  # type: ignore[misc]
    """The access token: fetched and renewed in a thread, and only lent to firebase-admin."""

    def __init__(self, account: Any) -> None:
        self._account = account
        self._until = 0.0
        self._lent = _Lent()  # type: ignore[no-untyped-call]
        self._fetching = asyncio.Lock()

    def get_credential(self) -> Credentials:
        """What firebase-admin signs its requests with."""
        return self._lent

    async def fetch(self) -> None:
        """Make sure there is a token for the next minutes. GoogleAuthError, OSError when there is none to be had."""
        if self._is_fresh():
            return
        async with self._fetching:
            if not self._is_fresh():
                await asyncio.to_thread(self._account.refresh, partial(_asking(), timeout=PATIENCE_S))
                self._lent.token = self._account.token
                self._until = self._account.expiry.replace(tzinfo=UTC).timestamp()

    def drop(self) -> None:
        """Fetch another before the next message: FCM did not take this one."""
        self._until = 0.0

    def _is_fresh(self) -> bool:
        return self._until - TOKEN_SPARE_S > time.time()


class _Lent(Credentials):
    """A token that somebody else looks after."""

    def before_request(self, request: Any, method: str, url: str, headers: MutableMapping[str, str]) -> None:
        """Only name it."""
        headers["authorization"] = f"Bearer {self.token}"

    def refresh(self, request: Any) -> None:
        """Not here."""
