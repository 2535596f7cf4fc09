"""Prints the path of a fresh sign-in link for a sample person: `python -m tests.entrances mai`.

A process of its own, because the handbook it asks runs on another database than the test's.
"""

import asyncio
import sys

from backend.accounts import codes, roster
from base import database
from base.settings import settings


async def main(login: str) -> str:
    """The path that opens a session for this login, once."""
    await database.connect(settings().database)
    try:
        return f"/account/enter/{await codes.issue_link(await roster.by_login(login))}"
    finally:
        await database.close()


if __name__ == "__main__":
    print(asyncio.run(main(sys.argv[1])))
