"""``sotay push``: the key of Web Push, and a test of what reaches a member's phones."""

from typing import Annotated

import typer

from backend.accounts import roster
from backend.cli.terminal import FAILED, fail, out, run, sentences, show_json, t, table
from base.settings import settings
from notifications import channels, trying
from notifications.channels import signing
from notifications.trying import Tried

app = typer.Typer(no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help=t("json-help"))]

WHY = {
    **dict.fromkeys(("http-401 Una", "http-401 Third", "http-403 Sender", "http-403 Perm"), "account"),
    "http-400 Vapid": "key", "http-401": "key", "http-403": "key", "http-400": "fault", "http-413": "fault",
    "too-large": "fault", "certificate": "between", "proxy": "proxy", "http-3": "between",
    "no-access-token": "account", "no-channel": "channel", "host-not-allowed": "address", "unusable-keys": "address",
    "standstill": "pause", "429": "pause", "http-5": "pause", "timeout": "way", "unanswered": "way", "dropped": "way",
    "unreachable": "way",
}  # fmt: skip
"""What to say of a reason, by how it begins; the first that fits."""


@app.command(help=t("push-keys-help"))
def keys(as_json: Json = False) -> None:
    """Make the key unless there is one; prints its public half, and never the other."""
    with sentences():
        named = bool(settings().push_key.get_secret_value())
        made = False if named else signing.make()
        public = channels.public_key()
    if as_json:
        show_json({"public_key": public, "made": made, "file": None if named else str(signing.file())})
        return
    how = "set" if named else "made" if made else "there"
    out.print(t(f"push-key-{how}", file=str(signing.file())), highlight=False, soft_wrap=True)
    out.print(t("push-key-public", public=public), highlight=False, soft_wrap=True)


@app.command("test", help=t("push-test-help"))
def try_member(login: Annotated[str, typer.Argument(help=t("login-help"))], as_json: Json = False) -> None:
    """Send a test to each of a member's devices; exit code 1 unless every service took it."""

    async def act() -> list[Tried]:
        member = await roster.by_login(login)
        if not channels.configured():
            fail(t("push-nothing-configured"))
        try:
            return await trying.try_member(member)
        finally:
            await channels.close()

    tried = run(act)
    if as_json:
        show_json([{"device": one.device, "channel": one.channel, **one.outcome._asdict()} for one in tried])
    elif tried:
        _show(tried)
    else:
        fail(t("push-no-devices", login=login))
    raise typer.Exit(0 if tried and all(one.outcome.verdict == "accepted" for one in tried) else FAILED)


def _show(tried: list[Tried]) -> None:
    shown = table("device", "channel", "service", "outcome", "note")
    for one in tried:
        verdict, reason, _, host = one.outcome
        shown.add_row(str(one.device), one.channel, host or "–", t(f"push-{verdict}"), _note(reason))
    out.print(shown)


def _note(reason: str) -> str:
    found = next((why for begin, why in WHY.items() if reason.startswith(begin)), "")
    return f"{reason}: {t(f'push-why-{found}')}" if found else reason
