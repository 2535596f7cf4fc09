"""The sample handbook's topics, documents and news, put in as any others are."""

from datetime import date, datetime
from pathlib import Path
from uuid import UUID, uuid5

import msgspec

from base import clock
from content import importing, matter, news, scopes
from content.extracting import load
from content.newsroom import keeping
from content.outcomes import ImportRow
from content.rows import TopicRow
from content.scopes import Resolve
from content.topics import set_topics

FOLDER = Path(__file__).parent / "sample"
NAMESPACE = UUID("0b0f2a51-9a0e-5f43-8f9b-6a3d2a2c7d64")
"""Ids of news items are made from their files under this."""


async def load_sample(*, by: str, resolve: Resolve) -> list[ImportRow]:
    """Put the sample in; what is there already stays as it is. ``resolve`` knows the sample's units."""
    await set_topics(msgspec.json.decode((FOLDER / "topics.json").read_bytes(), type=list[TopicRow]))
    rows = await importing.import_files([FOLDER / "documents"], by=by, resolve=resolve)
    await import_news(FOLDER / "news", by=by, resolve=resolve)
    return rows


async def import_news(folder: Path, *, by: str, resolve: Resolve | None = None) -> int:
    """Put in the news items (.md with front matter) of a folder that are not here yet; how many were new."""
    count = 0
    for file in importing.found([folder]):
        data, digest = load(file)
        if not await news.is_known(digest) and not await keeping.is_begun(id_of(digest)):
            await news.write(await _writing(file, data.decode("utf-8"), digest, resolve), by=by)
            count += 1
    return count


def id_of(digest: str) -> UUID:
    """The id of the news item that is made from the file with this digest."""
    return uuid5(NAMESPACE, digest)


async def _writing(file: Path, source: str, digest: str, resolve: Resolve | None) -> news.Writing:
    facts = dict(matter.fields(source))
    first = {name: values[0] for name, values in facts.items() if values}
    cover, owner = first.get("cover", ""), first.get("unit") or first.get("owner", "")
    return news.Writing(
        title=first.get("title", ""),
        standfirst=first.get("standfirst", ""),
        body=matter.body(source).strip(),
        audience=await scopes.resolved(facts.get("audience", ("public",)), resolve),
        published_at=_moment(first.get("published_at") or first.get("published") or first.get("date", "")),
        unit=await scopes.unit(owner, resolve) if owner else None,
        topic=first.get("topic", ""),
        cover=_picture(file, cover).read_bytes() if cover else None,
        cover_alt=first.get("cover_alt") or first.get("alt", ""),
        slug=first.get("slug", ""),
        source_digest=digest,
        id=id_of(digest),
        draft=first.get("state") == "draft",
        pinned="pinned_until" in first,
        pinned_until=date.fromisoformat(first["pinned_until"]) if "pinned_until" in first else None,
    )


def _picture(file: Path, name: str) -> Path:
    """The cover, named from the news item's own folder or from that of the pictures beside it."""
    beside = file.parent / name
    return beside if beside.is_file() else file.parent.parent / "pictures" / Path(name).name


def _moment(text: str) -> datetime | None:
    """A date or time as written, on a Vietnamese clock unless it says otherwise; a bare date means that morning."""
    if not text:
        return None
    moment = datetime.fromisoformat(text if len(text) > 10 else f"{text}T08:00")
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.VIETNAM)
