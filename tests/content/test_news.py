"""News."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from base import clock, database, revisions
from base.errors import InvalidError, NotFoundError
from content import covers, headlines, news, pictures, samples
from content.news import Writing
from content.newsroom import issuing
from content.topics import topics

PUBLIC = frozenset({"public"})
pytestmark = pytest.mark.usefixtures("handbook")


def picture(size=(2000, 1000), format="JPEG", **options) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", size, (200, 40, 30)).save(data, format=format, **options)
    return data.getvalue()


def _file(kept: str, width: int, kind: str) -> Path:
    file = pictures.path(kept, width, kind)
    assert file
    return file


def writing(title="Bản Xanh mở điểm đọc", **facts) -> Writing:
    return Writing(
        **{"title": title, "standfirst": "Một đoạn dẫn.", "body": "Thân **bài**.", "audience": PUBLIC} | facts
    )


async def test_an_item_is_listed_and_read_by_those_it_is_for():
    await news.write(writing(audience=frozenset({"org:5"}), topic="xay-dung-dang", unit=3), by="cli")
    await news.write(writing("Tin cho mọi người"), by="cli")
    assert [row.title for row in (await news.latest(scopes=PUBLIC)).rows] == ["Tin cho mọi người"]
    both = await news.latest(scopes=frozenset({"public", "org:5"}), topic="xay-dung-dang")
    assert [(row.slug, row.unit) for row in both.rows] == [("ban-xanh-mo-diem-doc", 3)]
    assert (
        await news.article("ban-xanh-mo-diem-doc", scopes=frozenset({"org:5"}))
    ).html == "<p>Thân <strong>bài</strong>.</p>"
    for slug in ("ban-xanh-mo-diem-doc", "khong-co"):
        with pytest.raises(NotFoundError):
            await news.article(slug, scopes=PUBLIC)


async def test_the_newest_come_first_over_pages():
    now = clock.now()
    for day in range(7):
        await news.write(writing(f"Tin {day}", published_at=now - timedelta(days=day)), by="cli")
    await news.write(writing("Tin mai sau", published_at=now + timedelta(days=1)), by="cli")
    titles, cursor = [], None
    while True:
        page = await news.latest(scopes=PUBLIC, cursor=cursor, limit=3)
        titles += [row.title for row in page.rows]
        cursor = page.next
        if cursor is None:
            break
    assert titles == [f"Tin {day}" for day in range(7)]
    with pytest.raises(InvalidError):
        await news.latest(scopes=PUBLIC, cursor="x")


async def test_a_cover_needs_words_for_those_who_cannot_see_it():
    with pytest.raises(InvalidError) as caught:
        await news.write(writing(cover=picture()), by="cli")
    assert caught.value.fields[0].field == "cover_alt"


@pytest.mark.parametrize("field", ["title", "standfirst", "body"])
async def test_an_item_lacks_nothing(field):
    with pytest.raises(InvalidError):
        await news.write(writing(**{field: " "}), by="cli")


async def test_a_cover_is_kept_in_three_widths_and_two_kinds():
    await news.write(writing(cover=picture(), cover_alt="Một khoảng đỏ"), by="cli")
    cover = (await news.latest(scopes=PUBLIC)).rows[0].cover
    assert cover
    assert (cover.width, cover.height, cover.widths) == (2000, 1000, (480, 960, 1600))
    assert cover.url(480, "avif") == f"/pictures/{cover.id}/480.avif"
    for width in cover.widths:
        for kind in ("avif", "webp"):
            with Image.open(_file(cover.id, width, kind)) as kept:
                assert (kept.format, kept.size) == (kind.upper(), (width, width // 2))


async def test_a_small_picture_is_not_made_larger():
    await news.write(writing(cover=picture((300, 200)), cover_alt="Nhỏ"), by="cli")
    cover = (await news.latest(scopes=PUBLIC)).rows[0].cover
    assert cover
    assert cover.widths == (300,)


async def test_a_picture_stands_upright_and_tells_nothing_of_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112] = 6  # taken with the camera on its side
    exif.get_ifd(0x8825)[2] = (21.0, 1.0, 0.0)
    kept = await pictures.keep(picture((600, 300), exif=exif))
    for kind in ("avif", "webp"):
        with Image.open(_file(kept, 300, kind)) as made:
            assert made.size == (300, 600)
            assert not made.getexif()
            assert not {"exif", "icc_profile", "xmp"} & set(made.info)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x",
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b"%PDF-1.7",
        picture()[:500],
        picture(format="TIFF"),
        b"GIF89a",
    ],
)
async def test_what_is_no_picture_is_refused(data):
    with pytest.raises(pictures.PictureError):
        await pictures.keep(data)


async def test_a_picture_that_would_swell_is_refused():
    data = io.BytesIO()
    Image.new("1", (9000, 9000)).save(data, format="PNG")
    with pytest.raises(pictures.PictureError) as caught:
        await pictures.keep(data.getvalue())
    assert caught.value.key == "content-picture-too-large"


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 64, "A" * 64, "", "x/y"])
async def test_no_name_leads_out_of_the_folder_of_pictures(name):
    assert pictures.path(name, 480, "webp") is None
    assert pictures.path("a" * 64, 480, "../webp") is None


async def test_the_sample_is_put_in_once():
    codes: dict[str, int] = {}

    async def unit(code: str) -> int:
        return codes.setdefault(code, len(codes) + 1)

    rows = await samples.load_sample(by="cli", resolve=unit)
    assert {row.outcome for row in rows} <= {"new", "edition"}, [row for row in rows if row.error]
    assert len(rows) >= 15
    count = await database.fetch("SELECT count(*) AS n FROM news")
    assert count[0]["n"] >= 12
    again = await samples.load_sample(by="cli", resolve=unit)
    assert {row.outcome for row in again} <= {"unchanged", "older"}
    assert await database.fetch("SELECT count(*) AS n FROM news") == count
    assert (await topics())[0].vi == "Xây dựng Đảng"
    shown = await news.latest(scopes=frozenset({"public", "members"}))
    assert all(row.cover and row.cover.alt for row in shown.rows)
    assert shown.rows[0].published_at <= datetime.now(UTC)


async def test_a_picture_is_seen_by_whoever_may_read_one_of_the_news_that_have_it():
    facts = {"cover": picture((300, 200)), "cover_alt": "Một khoảng đỏ"}
    await news.write(writing("Tin của xã", audience=frozenset({"org:5"}), **facts), by="cli")
    shown = (await database.fetch("SELECT id FROM picture"))[0]["id"]
    assert await covers.may_see(shown, scopes=frozenset({"public", "org:5"}))
    assert not await covers.may_see(shown, scopes=PUBLIC)
    assert not await covers.may_see("0" * 64, scopes=PUBLIC)
    await news.write(writing("Tin của phường", audience=frozenset({"org:6"}), **facts), by="cli")
    assert await covers.may_see(shown, scopes=frozenset({"org:6"}))
    assert await covers.may_see(shown, scopes=frozenset({"org:5"}))
    assert not await covers.may_see(shown, scopes=PUBLIC)


async def test_a_picture_comes_and_goes_with_the_time_of_its_news(in_june):
    facts = {"cover": picture((300, 200)), "cover_alt": "Một khoảng đỏ"}
    await news.write(writing(published_at=in_june + timedelta(hours=1), **facts), by="cli")
    shown = (await database.fetch("SELECT id FROM picture"))[0]["id"]
    assert not await covers.may_see(shown, scopes=PUBLIC)
    clock.stop(in_june + timedelta(hours=1))
    await issuing.publish_due()
    assert await covers.may_see(shown, scopes=PUBLIC)
    await database.execute("UPDATE news_audience SET to_at = {}", in_june + timedelta(hours=3))
    async with database.transaction():
        await revisions.touch("content")
    assert await covers.may_see(shown, scopes=PUBLIC)
    clock.stop(in_june + timedelta(hours=3))
    assert not await covers.may_see(shown, scopes=PUBLIC)


async def test_pictures_that_were_asked_for_cost_no_query(monkeypatch):
    await news.write(writing(cover=picture((300, 200)), cover_alt="Một khoảng đỏ"), by="cli")
    shown = (await database.fetch("SELECT id FROM picture"))[0]["id"]
    for _ in range(100):  # PostgreSQL is heard from once the process listens
        await covers.may_see(shown, scopes=PUBLIC)
        await covers.may_see("0" * 64, scopes=PUBLIC)
    monkeypatch.setattr(database, "fetch", None)
    assert await covers.may_see(shown, scopes=PUBLIC)
    assert not await covers.may_see("0" * 64, scopes=PUBLIC)


async def test_news_are_found_by_beginnings_of_words_of_their_titles(in_june):
    for day in range(headlines.LIMIT + 2):
        await news.write(writing(f"Đường rừng {day}", published_at=in_june - timedelta(days=day)), by="cli")
    await news.write(writing("Đường làng", audience=frozenset({"org:5"})), by="cli")
    await news.write(writing("Rừng ngày mai", published_at=in_june + timedelta(hours=1)), by="cli")
    found = await headlines.find("duong RUNG", scopes=PUBLIC)
    assert [row.title for row in found.rows] == [f"Đường rừng {day}" for day in range(headlines.LIMIT)]
    assert found.total == headlines.LIMIT + 2
    assert [row.title for row in (await headlines.find("lang", scopes=frozenset({"org:5"}))).rows] == ["Đường làng"]
    for words in ("lang", "ngay mai", "ong", "đường phố", "", "  ", "%"):
        assert await headlines.find(words, scopes=PUBLIC) == headlines.Found((), 0), words
    clock.stop(in_june + timedelta(hours=1))
    await issuing.publish_due()
    assert (await headlines.find("ngay mai", scopes=PUBLIC)).total == 1
