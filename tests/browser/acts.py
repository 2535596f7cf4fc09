"""Acts on the handbook under test, in a process of their own: `python -m tests.browser.acts withdraw SLUG`."""

import asyncio
import sys
import tempfile
from pathlib import Path
from uuid import uuid4

from backend import sample
from backend.accounts import members, roster
from backend.accounts.authority import CLI
from backend.accounts.scopes import scopes_of
from backend.discussion import comments
from backend.discussion.about import About
from base import clock, database, revisions
from base.settings import settings
from content import publishing, slugs
from notifications import devices, outbox, sending
from tests.backend.api import papers


async def issue(number: str, *audience: str) -> str:
    """Issue a small document; prints its slug."""
    with tempfile.TemporaryDirectory() as folder:
        return await papers.issue(Path(folder), number, audience=set(audience))


async def pushed(slug: str) -> str:
    """Owe members a notice of a document; prints what phones are sent of it, with ORIGIN for where the handbook is."""
    (document,) = await database.fetch("SELECT id FROM document WHERE slug = {}", slug)
    about, kind = f"document:{document['id']}", "document.publish"
    async with database.transaction():
        await outbox.owe(key=f"test:{slug}", kind=kind, about=about, audience=["members"])
    (notice,) = await database.fetch("SELECT id FROM notice WHERE about = {}", about)
    return sending.payload(notice["id"], kind, "vi", "ORIGIN").decode()


async def withdraw(slug: str) -> str:
    """Take a document out of everybody's hands."""
    rows = await database.fetch(
        "SELECT e.id FROM edition e JOIN document d ON d.id = e.document WHERE d.slug = {} AND e.state = 'published'",
        slug,
    )
    await publishing.withdraw(rows[0]["id"], by="cli", reason="test")
    return ""


async def address(slug: str, *audience: str) -> str:
    """Address a document to these scopes only."""
    rows = await database.fetch("SELECT id FROM document WHERE slug = {}", slug)
    await publishing.set_audience(rows[0]["id"], audience, by="cli", reason="test")
    return ""


async def told(*logins: str) -> str:
    """At which addresses these members are told, one line each."""
    members = [await roster.by_login(login) for login in logins]
    among, values = database.among("member", members)
    rows = await database.fetch(f"SELECT address FROM device WHERE {among} ORDER BY address", values)
    return "\n".join(row["address"] for row in rows)


async def untell(login: str) -> str:
    """Take a member's devices away, as when a push service said that they are dead."""
    await devices.end_of_member(await roster.by_login(login))
    return ""


async def hasten() -> str:
    """Let what waits to be sent come due now, as if the pauses were over; until each chunk has come to its end."""
    await database.execute("DELETE FROM standstill")
    for table in ("chunk", "retry"):
        await database.execute(f"UPDATE {table} SET due_at = {{}}", clock.now())
    async with asyncio.timeout(30):
        while await database.fetch("SELECT id FROM chunk LIMIT 1"):
            await asyncio.sleep(0.05)
    return ""


async def rename(slug: str, now: str) -> str:
    """Give a document another address."""
    rows = await database.fetch("SELECT id FROM document WHERE slug = {}", slug)
    return await slugs.change(rows[0]["id"], now, seen=slug, by="cli")


async def move(login: str, unit: str) -> str:
    """Move a member to the unit with this code."""
    place = await sample.unit_of(unit)
    assert place is not None
    await members.move(await roster.by_login(login), unit=place, by=CLI)
    return ""


async def say(login: str, slug: str, words: str) -> str:
    """Have a member comment on a document."""
    member = await roster.by_login(login)
    about, scopes = About(document=slug), await scopes_of(member)
    await comments.write(uuid4(), about=about, words=words, named=False, by=member, scopes=scopes)
    return ""


async def disable(login: str) -> str:
    """Shut a member out."""
    await members.disable(await roster.by_login(login), by=CLI)
    return ""


async def enable(login: str) -> str:
    """Let a member in again."""
    await members.enable(await roster.by_login(login), by=CLI)
    return ""


async def _sealed() -> None:
    """Wait until the worker has given the act its place: before that no phone hears of it."""
    async with asyncio.timeout(30):
        while await database.fetch("SELECT id FROM journal WHERE number IS NULL LIMIT 1"):
            await asyncio.sleep(0.05)


async def main(act: str, *values: str) -> str:
    """Do the act named on the command line."""
    await database.connect(settings().database)
    await revisions.watch()
    known = (issue, pushed, withdraw, address, told, hasten, rename, move, say, disable, enable, untell)
    acts = {each.__name__: each for each in known}
    try:
        said = str(await acts[act](*values))
        await _sealed()
        return said
    finally:
        await revisions.unwatch()
        await database.close()


if __name__ == "__main__":
    print(asyncio.run(main(*sys.argv[1:])))
