"""What members are told of news: that an item is there, once; whoever cannot read it any more is told nothing more."""

from collections.abc import Iterable
from uuid import UUID

from content import topics
from content.following import names_of_topic
from notifications import outbox


async def owe(id: UUID, audience: Iterable[str], *, topic: str, by: str) -> None:
    """That an item was published; however often it is, it is told of once."""
    await outbox.owe(
        key=f"news.publish:{id}", kind="news.publish", about=about(id), audience=audience, by=by,
        matters=await matters(topic),
    )  # fmt: skip


async def matters(topic: str) -> frozenset[str]:
    """By what members may follow an item of this topic."""
    return frozenset(await names_of_topic(await topics.current(topic)) if topic else ())


async def readdress(id: UUID, audience: Iterable[str]) -> None:
    """That it is for these readers now."""
    await outbox.readdress(about(id), audience)


async def cancel(id: UUID) -> None:
    """That readers do not have it any more."""
    await outbox.cancel(about(id))


def about(id: UUID) -> str:
    """What a notice of the item is about."""
    return f"news:{id}"
