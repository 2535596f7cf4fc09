"""Signing in with a password, with a code from the unit's administrator, or with a sample link; and signing out."""

from litestar import Response
from litestar.params import FromPath

from backend.accounts import codes, passwords
from backend.door import cookies
from backend.door.visit import visit_of
from backend.pages import forms, links
from backend.pages.account import entry
from backend.pages.answer import Page
from backend.pages.shell import AnyRequest, form_at, page_at, personal, see_other
from base.errors import RuleError

SIGN_IN = "account/sign_in.html"
ACTIVATE = "account/activate.html"


@page_at("/account/sign-in")
async def sign_in(request: AnyRequest) -> Page | Response[bytes]:
    """The passkey first, the password second. Who is signed in already is sent on."""
    onward = links.inside(request.query_params.get("next"))
    if visit_of(request).reader:
        return see_other(onward)
    return forms.fresh(request, SIGN_IN, next=onward)


@form_at("/account/sign-in")
async def with_password(request: AnyRequest) -> Page | Response[bytes]:
    """Sign in with login and password; what is wrong is told in the same words whether or not the login exists."""
    typed = await forms.read(request, "login", "password", "next")
    onward = links.inside(typed["next"])
    try:
        opened = await passwords.sign_in(typed["login"], typed["password"], **entry.traces(request))
    except RuleError as error:
        return forms.again(request, SIGN_IN, error, {"login": typed["login"]}, next=onward)
    return await entry.welcome(request, opened, onward)


@page_at("/account/activate")
async def activate(request: AnyRequest) -> Page:
    """Where a code is typed; a slip's QR brings it along after ``#``, which never reaches the server."""
    return forms.fresh(request, ACTIVATE)


@form_at("/account/activate")
async def with_code(request: AnyRequest) -> Page | Response[bytes]:
    """Sign in with a code, then offer a passkey."""
    typed = await forms.read(request, "code")
    try:
        opened = await codes.redeem(typed["code"], **entry.traces(request))
    except RuleError as error:
        return forms.again(request, ACTIVATE, error, typed)
    return await entry.welcome(request, opened, "/account/welcome")


@page_at("/account/enter/{token:str}")
async def enter(request: AnyRequest, token: FromPath[str]) -> Page:
    """A sample link: looking at it uses nothing up, the button does."""
    return personal(request, "account/enter.html", note=None, errors={})


@form_at("/account/enter/{token:str}")
async def with_link(request: AnyRequest, token: FromPath[str]) -> Page | Response[bytes]:
    """Sign in with a sample link, once."""
    try:
        opened = await codes.follow_link(token, **entry.traces(request))
    except RuleError as error:
        return forms.again(request, "account/enter.html", error, {})
    return await entry.welcome(request, opened, "/")


@form_at("/account/sign-out")
async def sign_out(request: AnyRequest) -> Response[bytes]:
    """End this device's session; the browser also forgets the pages it holds."""
    await entry.leave(request)
    answer = see_other("/", cookies=[cookies.no_session()])
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer
