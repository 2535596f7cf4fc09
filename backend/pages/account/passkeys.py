"""Passkeys: the list, and what the page's script exchanges with the phone and with us."""

import uuid
from functools import partial
from typing import Any, TypeVar

import msgspec
from litestar import Response, post
from litestar.params import FromPath

from backend.accounts import authority, passkeys
from backend.accounts.authority import PASSKEY_ROLES
from backend.door.visit import reader_of
from backend.pages import forms, links
from backend.pages.account import entry
from backend.pages.answer import Page
from backend.pages.shell import AnyRequest, form_at, page_at, personal, see_other
from base.errors import InvalidError, RuleError

PASSKEYS = "account/passkeys.html"
DONE = ("passkey-added", "passkey-renamed", "passkey-removed")


class Asked(msgspec.Struct):
    """What a script asks options for; ``login`` when one was typed."""

    login: str = ""


class Answered(msgspec.Struct):
    """What the phone answered to the challenge of that id."""

    challenge: uuid.UUID
    answer: dict[str, Any]
    name: str = ""
    next: str = ""


Kind = TypeVar("Kind", Asked, Answered)


script_at = partial(post, status_code=200, include_in_schema=False, exception_handlers={Exception: entry.trouble})
"""A handler for the page's script: JSON in, JSON out, errors too."""


@page_at("/account/passkeys")
async def shown(request: AnyRequest) -> Page:
    """The reader's passkeys."""
    return forms.fresh(request, PASSKEYS, DONE, **await _list(request))


@page_at("/account/welcome")
async def welcome(request: AnyRequest) -> Page:
    """After a code: a passkey first, a password second."""
    reader_of(request)
    return personal(request, "account/welcome.html", next=links.inside(request.query_params.get("next")))


@form_at("/account/passkeys/{id:str}/name")
async def rename(request: AnyRequest, id: FromPath[str]) -> Page | Response[bytes]:
    """Call a passkey otherwise."""
    reader, typed = reader_of(request), await forms.read(request, "name")
    try:
        await passkeys.rename(reader, forms.path_id(id), typed["name"])
    except RuleError as error:
        return forms.again(request, PASSKEYS, error, {**typed, "renamed": id}, **await _list(request))
    return see_other("/account/passkeys?done=passkey-renamed")


@form_at("/account/passkeys/{id:str}/removal")
async def remove(request: AnyRequest, id: FromPath[str]) -> Page | Response[bytes]:
    """Take a passkey away; the last means of signing in stays."""
    reader = reader_of(request)
    try:
        await passkeys.remove(reader, forms.path_id(id))
    except RuleError as error:
        return forms.again(request, PASSKEYS, error, {}, **await _list(request))
    return see_other("/account/passkeys?done=passkey-removed")


@script_at("/account/passkeys/options")
async def options_to_add(request: AnyRequest) -> Response[bytes]:
    """What the phone needs to make a key."""
    challenge, options = await passkeys.begin_registration(reader_of(request))
    return entry.told({"challenge": challenge, "options": options})


@script_at("/account/passkeys")
async def add(request: AnyRequest) -> Response[bytes]:
    """Keep the key that the phone made. The session gets a new secret."""
    said = await _said(request, Answered)
    agent = entry.traces(request)["user_agent"]
    opened = await passkeys.register(reader_of(request), said.challenge, said.answer, name=said.name, user_agent=agent)
    return entry.told({"next": links.inside(said.next, "/account/passkeys?done=passkey-added")}, opened=opened)


@script_at("/account/sign-in/options")
async def options_to_sign_in(request: AnyRequest) -> Response[bytes]:
    """What the phone needs to show a key; the same for every login, known or not."""
    said = await _said(request, Asked)
    address = entry.traces(request)["address"]
    challenge, options = await passkeys.begin_sign_in(said.login or None, address=address)
    return entry.told({"challenge": challenge, "options": options})


@script_at("/account/sign-in/passkey")
async def sign_in(request: AnyRequest) -> Response[bytes]:
    """Sign in with the key that the phone showed."""
    said = await _said(request, Answered)
    opened = await passkeys.sign_in(said.challenge, said.answer, **entry.traces(request))
    await entry.leave(request)
    return entry.told({"next": links.inside(said.next)}, opened=opened)


async def _list(request: AnyRequest) -> dict[str, Any]:
    reader = reader_of(request)
    held = await authority.grants(reader.member_id)
    needed = any(grant.role in PASSKEY_ROLES for grant in held)
    return {"passkeys": await passkeys.passkeys_of(reader.member_id), "needed": needed}


async def _said(request: AnyRequest, kind: type[Kind]) -> Kind:
    try:
        return msgspec.json.decode(await request.body() or b"{}", type=kind)
    except msgspec.MsgspecError:
        raise InvalidError from None
