"""The device that asks: where its push messages go, for as long as its member is signed in there."""

from datetime import datetime
from typing import Annotated, Final

from litestar import delete, put
from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example
from litestar.params import JSONBody, PathParameter
from msgspec import Meta, Struct, structs

from backend.accounts import notifying
from backend.api.answers import AnyRequest, at, encoded, sent, told
from backend.api.parameters import PLAIN
from backend.door.answering import Answer, answer
from backend.door.visit import reader_of, visit_of
from base.errors import ConflictError, InvalidError, NotFoundError
from notifications import channels
from notifications.channels import encrypting

SIGNED_IN: Final[list[dict[str, list[str]]]] = [{"session": []}]

ADDRESS: Final = "https://updates.push.services.mozilla.com/wpush/v2/gAAAAAB"
NO_NAME = "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM"

Channel = Annotated[
    str,
    PathParameter(
        description="webpush for a browser, fcm for an installed shell. There is one device for each in a session, "
        "so that nobody can name another's; 404 where the handbook does not send that way.",
        examples=[Example(value="webpush")],
    ),
]


class DeviceKeys(Struct, frozen=True):
    """What messages are closed with for one browser (Web Push); empty for others."""

    p256dh: Annotated[
        str, Meta(max_length=200, pattern=PLAIN, description="The browser's public key.", examples=[NO_NAME])
    ] = ""
    auth: Annotated[
        str, Meta(max_length=200, pattern=PLAIN, description="Its secret.", examples=["BTBZMqHH6r4Tts7J_aSIgg"])
    ] = ""


class DeviceBody(Struct, frozen=True):
    """Where messages for this device go."""

    address: Annotated[
        str,
        Meta(
            min_length=1, max_length=1024, pattern=PLAIN, examples=[ADDRESS],
            description="The subscription's endpoint, or the installation id. Only services known to the handbook.",
        ),
    ]  # fmt: skip
    keys: Annotated[DeviceKeys, Meta(description="Of the subscription.")] = DeviceKeys()
    agreed: Annotated[
        bool,
        Meta(
            description="True when the member has just asked for it. False when the phone itself renews its address: "
            "409 once the member took their consent back.",
            examples=[True],
        ),
    ] = False


class Device(Struct, frozen=True):
    """A way by which the reader is told on this device."""

    channel: Annotated[str, Meta(description="webpush or fcm.", examples=["webpush"])]
    since: Annotated[datetime, Meta(description="Since when (UTC).", examples=["2026-03-12T02:00:00Z"])]


class DeviceList(Struct, frozen=True):
    """How the reader is told on this device, and what a browser needs for it."""

    items: Annotated[tuple[Device, ...], Meta(description="One for each channel; none when nothing is told here.")]
    webpush_key: Annotated[
        str | None,
        Meta(description="Public key to subscribe with; null where the handbook has none.", examples=[NO_NAME]),
    ]


@at("/api/devices", tag="devices", summary="This device", problems=(401,), security=SIGNED_IN)
async def devices(request: AnyRequest) -> Answer[DeviceList]:
    """How the reader is told of what is new on the device that asks. Of other devices nothing is said."""
    found = await notifying.here(reader_of(request))
    items = tuple(Device(channel, since) for channel, since in found.items())
    return await answer(request, encoded(DeviceList(items, notifying.push_key())))


@put(
    "/api/devices/{channel:str}",
    summary="Be told on this device",
    tags=["devices"],
    security=SIGNED_IN,
    status_code=200,
    response_description="It was told here before; the address is this one now.",
    responses={
        201: ResponseSpec(Device, description="It is told here now.", generate_examples=False),
        **told(401, 404, 409, 413, 422, 429),
    },
)
async def register(request: AnyRequest, channel: Channel, data: JSONBody[DeviceBody]) -> Answer[Device]:
    """Send the reader's messages to this address until they sign out here; the same again changes nothing.

    An address belongs to whoever is signed in there: it is taken over from a member who was before. Messages speak the
    language of the `language` cookie.
    """
    reader = reader_of(request)
    if channel not in channels.configured():
        raise NotFoundError
    keys = {name: value for name, value in structs.asdict(data.keys).items() if value}
    if channel == "webpush" and not encrypting.are_keys(keys):
        raise InvalidError.of("keys", "api-device-keys")
    if not channels.admits(channel, data.address, keys):
        raise InvalidError.of("address", "api-device-address")
    before = await notifying.here(reader)
    await notifying.register(
        reader, channel=channel, address=data.address, keys=keys, language=visit_of(request).language,
        agreed=data.agreed,
    )  # fmt: skip
    since = (await notifying.here(reader)).get(channel)
    if since is None:  # another session has taken the address over, or this one has ended
        raise ConflictError
    return sent(Device(channel, since), is_new=channel not in before)


@delete(
    "/api/devices/{channel:str}",
    summary="Be told on this device no more",
    tags=["devices"],
    security=SIGNED_IN,
    status_code=204,
    response_description="Nothing is told here.",
    responses=told(401),
)
async def end(request: AnyRequest, channel: Channel) -> None:
    """Send nothing to this device by that channel any more; where nothing was sent, nothing changes."""
    await notifying.end(reader_of(request), channel=channel)
