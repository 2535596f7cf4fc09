"""The shortcut: an answer given again without its handler, to whoever may read the same, and to nobody else."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from backend.accounts import members
from backend.accounts.authority import CLI
from base import clock, database, revisions
from content import publishing, reading
from tests import builders
from tests.backend.api import papers
from tests.backend.pages.conftest import Opener
from tests.people import People


@pytest.fixture
async def path(everyone: People, tmp_path: Path) -> str:
    """A document for members."""
    return "/documents/" + await papers.issue(tmp_path, "2-QĐ/TU", audience={"members"}, title="về việc giữ rừng")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """How often a handler opened a document."""
    count, opened = SimpleNamespace(times=0), reading.edition_in_force

    async def counted(*args: object, **named: object) -> object:
        count.times += 1
        return await opened(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "edition_in_force", counted)
    return count


async def _known(opened: Opener, everyone: People, path: str):
    """Mai, to whom the document was given so often that it comes by the shortcut."""
    mai = await opened(everyone.mai)
    for _ in range(2):
        assert (await mai.get(path)).status_code == 200
    return mai


@pytest.mark.parametrize("prefix", ["", "/api"])
async def test_an_answer_is_given_again_without_its_handler(
    opened: Opener, everyone: People, path: str, asked: SimpleNamespace, prefix: str
) -> None:
    mai = await _known(opened, everyone, prefix + path)
    times = asked.times
    again = await mai.get(prefix + path)
    assert (again.status_code, asked.times) == (200, times)
    assert "giữ rừng" in again.text and again.headers["sotay-library-owner"] != "visitor"
    same = await mai.get(prefix + path, headers={"if-none-match": again.headers["etag"]})
    assert (same.status_code, same.content, asked.times) == (304, b"", times)


async def test_others_with_the_same_scopes_get_it_under_their_own_name(
    opened: Opener, everyone: People, path: str, asked: SimpleNamespace
) -> None:
    mai = await _known(opened, everyone, path)
    times = asked.times
    hung = await opened(await builders.member("hung", unit=everyone.cell))
    owners = [(await one.get(path)).headers["sotay-library-owner"] for one in (mai, hung)]
    assert asked.times == times and owners[0] != owners[1]


async def test_it_is_not_given_to_a_visitor_or_in_another_manner(opened: Opener, everyone: People, path: str) -> None:
    await _known(opened, everyone, path)
    assert (await (await opened()).get(path)).status_code == 404
    english = await (await opened(everyone.mai, language="en", theme="dark")).get(path)
    assert 'lang="en"' in english.text and 'data-theme="dark"' in english.text


async def test_whoever_was_disabled_does_not_get_it(opened: Opener, everyone: People, path: str) -> None:
    mai = await _known(opened, everyone, path)
    await members.disable(everyone.mai, by=CLI)
    assert (await mai.get(path)).status_code == 404


async def test_a_narrowed_audience_holds_for_it_at_once(opened: Opener, everyone: People, path: str) -> None:
    mai = await _known(opened, everyone, path)
    rows = await database.fetch("SELECT id FROM document")
    await publishing.set_audience(rows[0]["id"], {f"org:{everyone.ward}"}, by="cli", reason="Chỉ gửi phường")
    assert (await mai.get(path)).status_code == 404


async def test_an_audience_that_ends_by_itself_ends_for_it(opened: Opener, everyone: People, path: str) -> None:
    ends = clock.now() + timedelta(minutes=5)
    await database.execute("UPDATE audience SET to_at = {}", ends)
    mai = await _known(opened, everyone, path)
    clock.stop(ends)
    try:
        assert (await mai.get(path)).status_code == 404
    finally:
        clock.stop(None)


async def test_a_new_day_is_drawn_anew(opened: Opener, everyone: People, path: str, asked: SimpleNamespace) -> None:
    mai = await _known(opened, everyone, path)
    times = asked.times
    clock.stop(clock.now() + timedelta(days=1))
    try:
        assert (await mai.get(path)).status_code == 200
    finally:
        clock.stop(None)
    assert asked.times == times + 1


async def test_what_was_not_found_is_asked_for_each_time(
    opened: Opener, everyone: People, path: str, asked: SimpleNamespace
) -> None:
    guest = await opened()
    await _known(opened, everyone, path)
    times = asked.times
    assert {(await guest.get(path)).status_code for _ in range(3)} == {404}
    assert asked.times == times + 3


async def test_without_a_database_the_app_itself_tells(
    opened: Opener, everyone: People, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mai = await _known(opened, everyone, path)

    def gone() -> object:
        raise OSError

    monkeypatch.setattr(revisions, "state", gone)
    assert (await mai.get(path)).status_code == 503
    guest = await opened()
    assert (await guest.get("/static/nothing")).status_code == 404  # a visitor is still told by the app
