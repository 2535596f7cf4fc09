"""``sotay member``: one person at a time, for the first administrators and for emergencies."""

import uuid
from typing import Annotated

import typer

from backend import sample
from backend.accounts import codes, members, roles, roster
from backend.accounts.authority import CLI, ROLES
from backend.cli.terminal import out, run, show_json, t
from base import clock
from base.errors import InvalidError

app = typer.Typer(no_args_is_help=True)

Login = Annotated[str, typer.Argument(help=t("login-help"))]
UnitCode = Annotated[str, typer.Option(help=t("unit-code-help"))]
Json = Annotated[bool, typer.Option("--json", help=t("json-help"))]


@app.command(help=t("member-create-help"))
def create(
    login: Login,
    name: Annotated[str, typer.Option(help=t("name-help"))],
    unit: UnitCode,
    card: Annotated[str, typer.Option(help=t("card-help"))] = "",
    as_json: Json = False,
) -> None:
    """Take a member in; prints their id."""
    made = uuid.uuid4()

    async def act() -> None:
        await members.add(id=made, name=name, login=login, unit=await _unit(unit), by=CLI, card_number=card or None)

    run(act)
    if as_json:
        show_json({"id": str(made), "login": login})
    else:
        out.print(t("member-created", login=login))


@app.command(help=t("member-code-help"))
def code(
    login: Login,
    identity_checked: Annotated[bool, typer.Option("--identity-checked", help=t("identity-checked-help"))] = False,
    phone_lost: Annotated[bool, typer.Option("--phone-lost", help=t("phone-lost-help"))] = False,
    as_json: Json = False,
) -> None:
    """Issue an activation code; ends the code before it and every session."""

    async def act() -> codes.Issued:
        member = await roster.by_login(login)
        asked = uuid.uuid4()
        return await codes.issue(member, id=asked, by=CLI, identity_checked=identity_checked, phone_lost=phone_lost)

    issued = run(act)
    if as_json:
        show_json({"login": login, "code": issued.text, "expires_at": issued.expires_at})
    else:
        until = clock.local(issued.expires_at).strftime("%d/%m/%Y %H:%M")
        out.print(t("code-issued", login=login, code=issued.text, until=until), highlight=False)


@app.command(help=t("member-disable-help"))
def disable(login: Login) -> None:
    """Shut a member out; their sessions end with the next request."""

    async def act() -> None:
        await members.disable(await roster.by_login(login), by=CLI)

    run(act)
    out.print(t("member-disabled", login=login))


@app.command(help=t("member-role-help"))
def role(
    login: Login,
    name: Annotated[str, typer.Argument(help=t("role-name-help", roles=", ".join(ROLES)))],
    unit: UnitCode,
    withdraw: Annotated[bool, typer.Option("--withdraw", help=t("role-withdraw-help"))] = False,
) -> None:
    """Give a member a role for a unit and all below it, or take it away; the same again changes nothing."""
    run(lambda: _withdraw(login, name, unit) if withdraw else _grant(login, name, unit))
    out.print(t("role-withdrawn" if withdraw else "role-granted", login=login, role=name, unit=unit))


async def _grant(login: str, name: str, code: str) -> None:
    member, unit = await roster.by_login(login), await _unit(code)
    if not await _held(member, name, unit):
        await roles.grant(uuid.uuid4(), member=member, role=name, unit=unit, by=CLI)


async def _withdraw(login: str, name: str, code: str) -> None:
    member, unit = await roster.by_login(login), await _unit(code)
    for held in await _held(member, name, unit):
        await roles.withdraw(held.grant.id, by=CLI)


async def _held(member: uuid.UUID, name: str, unit: int) -> list[roles.Held]:
    held = await roles.holders(by=CLI, member=member)
    return [one for one in held if (one.grant.role, one.grant.unit) == (name, unit)]


async def _unit(code: str) -> int:
    found = await sample.unit_of(code)
    if found is None:
        raise InvalidError.of("unit", "cli-no-such-unit", unit=code)
    return found
