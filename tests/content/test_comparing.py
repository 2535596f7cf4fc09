"""What changed between two editions: each part once and in its place, each word, and how much it all is."""

import secrets
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base import database
from base.errors import NotFoundError
from content import comparing, editions, publishing
from content.comparing import Change, Comparison, compare, difference
from content.comparing.words import Words, words_of
from content.fragments import Pieces
from content.structure import Part, carry_anchors, parse
from tests.content.builders import front_matter, put, regulation

PUBLIC = frozenset({"public"})
MEMBER = frozenset({"public", "org:5"})

FIRST = """Chương I

QUY ĐỊNH CHUNG

Điều 1. Sinh hoạt

1. Chi bộ họp mỗi tháng một lần vào ngày đầu tháng.

2. Bí thư chuẩn bị nội dung và báo cho đảng viên biết trước ba ngày.

Điều 2. Biên bản

1. Thư ký ghi đủ ý kiến phát biểu của từng người dự họp;

2. Biên bản được đọc lại trước khi kết thúc buổi họp.

Điều 3. Hiệu lực

Quy định này có hiệu lực từ ngày ký.
"""


def laid_out(source: str) -> Pieces:
    parts = parse(source).parts
    return Pieces(parts, {part.path: f"a{part.position}" for part in parts})


def followed(old: Pieces, source: str) -> Pieces:
    """The next edition, with anchors carried as they are when it is stored."""
    parts = parse(source).parts
    carried = carry_anchors([(part, old.anchors[part.path]) for part in old.parts], parts)
    return Pieces(
        parts, {part.path: anchor or secrets.token_hex(8) for part, anchor in zip(parts, carried, strict=True)}
    )


def compared(old: str, new: str) -> Comparison:
    before = laid_out(old)
    return compare(before, followed(before, new))


def told(comparison: Comparison) -> list[tuple[str, str, str]]:
    """What changed, as kind, old path and new path."""
    return [
        (change.kind, change.old.path if change.old else "", change.new.path if change.new else "")
        for change in comparison.changes
        if change.kind != "unchanged"
    ]


def only(comparison: Comparison) -> Change:
    [change] = [change for change in comparison.changes if change.kind != "unchanged"]
    return change


def marked(change: Change) -> str:
    """The text with [what was taken out] and {what was put in}."""
    signs = {"kept": "{}", "removed": "[{}]", "added": "{{{}}}"}
    return "".join(signs[run.kind].format(run.text) for run in change.runs)


# Parts


def test_equal_texts_have_nothing_changed():
    found = compared(FIRST, FIRST)
    assert {change.kind for change in found.changes} == {"unchanged"}
    assert (found.percent, found.words_added, found.words_removed) == (0, 0, 0)


def test_a_reworded_clause_shows_the_words_that_went_and_came():
    found = compared(FIRST, FIRST.replace("trước ba ngày", "trước năm ngày"))
    assert told(found) == [("changed", "dieu-1.khoan-2", "dieu-1.khoan-2")]
    assert marked(only(found)) == "Bí thư chuẩn bị nội dung và báo cho đảng viên biết trước[ ba]{ năm} ngày."
    assert only(found).old.name == "khoản 2 Điều 1"
    assert [crumb.label for crumb in only(found).crumbs] == ["Chương I", "Điều 1."]


def test_an_inserted_article_renumbers_the_next_and_its_clauses_go_along():
    new = FIRST.replace("Điều 2. Biên bản", "Điều 2. Giờ giấc\n\n1. Đến đúng giờ.\n\nĐiều 3. Biên bản")
    found = compared(FIRST, new.replace("Điều 3. Hiệu lực", "Điều 4. Hiệu lực"))
    assert told(found) == [
        ("added", "", "dieu-2"), ("added", "", "dieu-2.khoan-1"), ("renumbered", "dieu-2", "dieu-3"),
        ("renumbered", "dieu-3", "dieu-4"),
    ]  # fmt: skip
    along = next(change for change in found.changes if change.new.path == "dieu-3.khoan-1")
    assert (along.kind, along.shift, along.old.name, along.new.name) == (
        "unchanged", "", "khoản 1 Điều 2", "khoản 1 Điều 3",
    )  # fmt: skip


def test_a_part_is_renumbered_and_changed_at_once():
    new = FIRST.replace("1. Chi bộ", "1. Mọi đảng viên đều dự họp.\n\n2. Chi bộ").replace("2. Bí thư", "3. Bí thư")
    found = compared(FIRST, new.replace("vào ngày đầu tháng", "vào ngày cuối tháng"))
    assert told(found) == [
        ("added", "", "dieu-1.khoan-1"), ("changed", "dieu-1.khoan-1", "dieu-1.khoan-2"),
        ("renumbered", "dieu-1.khoan-2", "dieu-1.khoan-3"),
    ]  # fmt: skip
    assert found.changes[3].shift == "renumbered"


def test_what_was_removed_stands_where_it_stood():
    gone = FIRST[FIRST.index("Điều 2.") : FIRST.index("Điều 3.")]
    found = compared(FIRST, FIRST.replace(gone, "").replace("Điều 3.", "Điều 2."))
    order = [(change.kind, (change.new or change.old).path) for change in found.changes]
    assert order[-5:] == [
        ("removed", "dieu-2"), ("removed", "dieu-2.khoan-1"), ("removed", "dieu-2.khoan-2"),
        ("renumbered", "dieu-2"), ("unchanged", "dieu-2.p1"),
    ]  # fmt: skip


def test_a_clause_removed_from_a_part_that_moved_is_told_of_within_it():
    first, rest = FIRST.split("Điều 2. Biên bản")
    second, third = rest.split("Điều 3.")
    swapped = first.replace("Điều 1. Sinh hoạt", "Điều 1. Biên bản" + second + "Điều 2. Sinh hoạt") + "Điều 3." + third
    found = compared(FIRST, swapped.replace("2. Biên bản được đọc lại trước khi kết thúc buổi họp.\n\n", ""))
    order = [(change.kind, (change.new or change.old).path) for change in found.changes]
    at = order.index(("removed", "dieu-2.khoan-2"))
    assert order[at - 1] == ("unchanged", "dieu-1.khoan-1")


def test_of_two_articles_that_changed_places_one_has_moved_and_its_clauses_go_along():
    first, rest = FIRST.split("Điều 2. Biên bản")
    second, third = rest.split("Điều 3.")
    swapped = first.replace("Điều 1. Sinh hoạt", "Điều 1. Biên bản" + second + "Điều 2. Sinh hoạt") + "Điều 3." + third
    found = compared(FIRST, swapped)
    assert Counter(change.shift for change in found.changes) == {"": 7, "moved": 1, "renumbered": 1}
    assert found.percent == 0


def test_a_clause_that_went_to_another_article_is_found_there_though_reworded():
    moved = "2. Bí thư chuẩn bị nội dung và báo cho đảng viên biết trước ba ngày.\n\n"
    new = FIRST.replace(moved, "").replace(
        "buổi họp.\n\nĐiều 3",
        "buổi họp.\n\n3. Bí thư chuẩn bị nội dung và báo cho đảng viên biết trước năm ngày.\n\nĐiều 3",
    )
    found = compared(FIRST, new)
    assert told(found) == [("changed", "dieu-1.khoan-2", "dieu-2.khoan-3")]
    assert only(found).shift == "moved"
    assert "[ ba]{ năm}" in marked(only(found))


def test_a_part_that_became_a_wholly_other_one_is_removed_and_added():
    other = FIRST.replace("Bí thư chuẩn bị nội dung và báo cho đảng viên biết trước ba ngày.", "Kinh phí do tỉnh cấp.")
    assert told(compared(FIRST, other)) == [("removed", "dieu-1.khoan-2", ""), ("added", "", "dieu-1.khoan-2")]


def test_a_changed_heading_is_a_change_of_its_article_alone():
    found = compared(FIRST, FIRST.replace("Điều 3. Hiệu lực", "Điều 3. Hiệu lực thi hành"))
    assert told(found) == [("changed", "dieu-3", "dieu-3")]
    assert marked(only(found)) == "Hiệu lực{ thi hành}"


def test_what_belongs_to_the_file_only_is_left_out():
    found = compared(front_matter(source="một") + FIRST, front_matter(source="hai") + FIRST)
    assert told(found) == []
    assert "tep" not in {change.new.path for change in found.changes}


# Words


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a) Nội dung thứ nhất.", "a) Nội dung thứ nhất;"),
        ("Có **hiệu lực** từ ngày ký[^1].", "Có hiệu lực từ *ngày ký*[^2]."),
        ("Xã Hoà Bình, thuỷ lợi", "Xã Hòa Bình,  thủy lợi"),
        ("Thay cụm từ “tổ đảng” – nhóm", 'Thay cụm từ "tổ đảng" - nhóm'),
        ("Một đoạn\nnữa", "Một đoạn nữa"),
        ("| Số | Tên |\n|---|---|\n| 1 | Mai |", "| **Số** | Tên |\n|:--|--:|\n| 1 | Mai |"),
    ],
    ids=["last-sign", "emphasis-and-notes", "spelling", "signs", "lines", "table-dress"],
)  # fmt: skip
def test_print_alone_changes_nothing(old, new):
    assert told(compared_bodies(old, new)) == []


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Đọc, ghi chép và hỏi", "Đọc ghi chép và hỏi", "Đọc[,] ghi chép và hỏi"),
        ("Phục vụ nhân dân", "Phục vụ Nhân dân", "Phục vụ[ nhân]{ Nhân} dân"),
        ("Theo 12-QĐ/TU; họp", "Theo 12-QĐ/TW; họp", "Theo[ 12-QĐ/TU]{ 12-QĐ/TW}; họp"),
        ("Mức 1.250 đồng", "Mức 1.500 đồng", "Mức[ 1.250]{ 1.500} đồng"),
        ("Họ tên: ........ Ký", "Họ tên: …… Ngày", "Họ tên: ……[ Ký]{ Ngày}"),
        ("| Số | Tên |\n|---|---|\n| 1 | Mai |", "| Số | Tên |\n|---|---|\n| 2 | Mai |", "Số | Tên[\n1]{\n2} | Mai"),
        (
            "<table><tr><th>Số</th><td>Mai &amp; Lan</td></tr></table>",
            "<table><tr><th>Số</th><td>Mai &amp; Minh</td></tr></table>",
            "Số | Mai &[ Lan]{ Minh}",
        ),
        ("Một hai ba", "Ba bốn năm sáu bảy", "[Một hai ba]{ Ba bốn năm sáu bảy}"),
        ("a một b hai c ba d", "x một y hai z ba t", "[a]{ x} một[ b]{ y} hai[ c]{ z} ba[ d]{ t}"),
        ("bốn từ cũ kỹ và rất nhiều từ khác", "câu mới hẳn hoi và hoàn toàn không giống",
         "[bốn từ cũ kỹ và rất nhiều từ khác]{ câu mới hẳn hoi và hoàn toàn không giống}"),
    ],
)  # fmt: skip
def test_words_and_signs_are_told_apart(old, new, shown):
    assert marked(only(compared_bodies(old, new))) == shown


def compared_bodies(old: str, new: str) -> Comparison:
    return compare(
        *(Pieces((Part(0, "p1", None, "paragraph", "", "", body, body),), {"p1": "a"}) for body in (old, new))
    )


def test_the_size_is_the_share_of_words_added_and_removed_of_the_longer_text():
    found = compared_bodies("một hai ba bốn năm, sáu bảy tám chín mười", "một hai ba bốn năm; sáu bảy tám chín không")
    assert (found.words, found.words_added, found.words_removed, found.percent) == (10, 1, 1, 20)
    assert compared_bodies("một", "hai").percent == 100
    assert compared_bodies("một hai", "").words_removed == 2


def test_of_equal_parts_each_is_matched_once():
    same = [f"Như trên, do chi bộ quyết định {'thêm' if at == 7 else ''}".strip() for at in range(60)]
    before, after = (laid_out("Điều 1. Việc\n\n" + "\n\n".join(lines)) for lines in (same, same[:7] + same[8:]))
    after = Pieces(after.parts, {path: f"b{anchor}" for path, anchor in after.anchors.items()})
    assert compare(before, after).counts.removed == 1


# Of any two texts

tokens = st.lists(st.sampled_from([*"abcde", ".", ";"]), max_size=40)


@given(tokens, tokens, st.sampled_from([1, 2, 256]), st.sampled_from([0, 9, 10**9]))
@settings(max_examples=300)
def test_putting_in_and_taking_out_what_differs_makes_the_new_words_of_the_old(old, new, step, cells):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(difference, "STEP", step)
        patch.setattr(difference, "CELLS", cells)
        made, here = list[str](), 0
        for begin, end, there, after in difference.difference(old, new):
            made += [*old[here:begin], *new[there:after]]
            here = end
        assert [*made, *old[here:]] == new


@given(tokens, tokens, st.sampled_from([1, 3, 256]))
def test_no_more_words_can_be_kept_than_are(old, new, step):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(difference, "STEP", step)
        pairs = difference._kept(old, new)
    assert [old[here] for here, _ in pairs] == [new[there] for _, there in pairs]
    assert pairs == sorted(set(pairs))
    assert len({here for here, _ in pairs}) == len({there for _, there in pairs}) == len(pairs)
    assert len(pairs) == longest(old, new)


def longest(old: list[str], new: list[str]) -> int:
    """How many words two rows have in common in order, by the book."""
    row = [0] * (len(new) + 1)
    for word in old:
        before, row = row, [0]
        for at, other in enumerate(new):
            row.append(before[at] + 1 if word == other else max(before[at + 1], row[at]))
    return row[-1]


KINDS = st.sampled_from(["dieu", "khoan", "paragraph", "table", "matter"])
BODIES = st.lists(
    st.sampled_from(["chi bộ họp", "biên bản,", "**ghi** đủ", "| số | tên |", "và", "ý kiến của đảng viên", "\n"]),
    max_size=6,
).map(" ".join)


@st.composite
def any_pieces(draw):
    parts, anchors = list[Part](), dict[str, str]()
    free = draw(st.permutations(range(12)))
    for at in range(draw(st.integers(0, 10))):
        parent = draw(st.sampled_from([None, *(part.path for part in parts)]))
        path = f"{parent or 'r'}.{draw(st.integers(0, 2))}.{at}"
        body, heading = draw(BODIES), draw(st.sampled_from(["", "Hiệu lực"]))
        parts.append(Part(at, path, parent, draw(KINDS), draw(st.sampled_from(["", "1", "2"])), heading, body, body))
        anchors[path] = f"a{free[at]}"
    return Pieces(tuple(parts), anchors)


@given(any_pieces(), any_pieces())
@settings(max_examples=200, deadline=None)
def test_every_part_of_both_occurs_once_and_the_words_of_each_are_whole(old, new):
    found = compare(old, new)
    shown = {"old": visible(old), "new": visible(new)}
    assert [change.new.path for change in found.changes if change.new] == [part.path for part in shown["new"]]
    assert sorted(change.old.path for change in found.changes if change.old) == sorted(p.path for p in shown["old"])
    assert sum(getattr(found.counts, name) for name in found.counts.__struct_fields__) == len(found.changes)
    assert 0 <= found.percent <= 100
    by_path = {(side, part.path): words_of(part) for side, parts in shown.items() for part in parts}
    added = removed = 0
    for change in found.changes:
        if change.kind == "unchanged":
            continue
        if change.new:
            assert keys(change, "added") == by_path["new", change.new.path].keys
        if change.old:
            before, taken = by_path["old", change.old.path], keys(change, "removed")
            assert taken == before.keys or (change.kind in ("moved", "renumbered") and before.said() == tuple(taken))
        added += counted(change, "added")
        removed += counted(change, "removed")
    assert (added, removed) == (found.words_added, found.words_removed)


def visible(pieces: Pieces) -> list[Part]:
    return [part for part in pieces.parts if part.kind != "matter"]


def keys(change: Change, kind: str) -> list[str]:
    """What the kept words and those of a kind are compared by, put together again."""
    return Words("".join(run.text for run in change.runs if run.kind in ("kept", kind)).split("\n")).keys


def counted(change: Change, kind: str) -> int:
    return sum(Words(run.text.split("\n")).count() for run in change.runs if run.kind == kind)


# For readers


@pytest.fixture
async def slug(handbook: str) -> str:
    """A document of three editions: a number changes in the second and goes out in the third."""
    row = await put(regulation())
    await put(regulation().replace("1. ", "1. Từ nay, ", 1))
    await put(regulation().replace("1. ", "1. Từ nay trở đi, ", 1))
    assert row.slug
    return row.slug


async def test_an_edition_is_compared_with_the_one_issued_before_it_or_with_one_named(slug):
    found = await comparing.changes(slug, 3, scopes=PUBLIC)
    assert (found.since.ordinal, found.reading.edition.ordinal) == (2, 3)
    assert (found.comparison.words_added, found.comparison.counts.changed, found.note) == (2, 1, "")
    earlier = await comparing.changes(slug, 3, scopes=PUBLIC, since=1)
    assert (earlier.since.ordinal, earlier.comparison.words_added) == (1, 4)
    assert earlier.etag != found.etag


async def test_what_the_editor_said_of_the_edition_stands_beside(slug):
    await database.execute("UPDATE edition SET note = {} WHERE ordinal = 3", "Đính chính")
    assert (await comparing.changes(slug, 3, scopes=PUBLIC)).note == "Đính chính"


async def test_only_those_who_may_read_both_are_told(handbook):
    row = await put(regulation(), audience=["org:5"])
    await put(regulation().replace("1. ", "1. Từ nay, ", 1), audience=["org:5"])
    with pytest.raises(NotFoundError):
        await comparing.changes(row.slug, 2, scopes=PUBLIC)
    assert (await comparing.changes(row.slug, 2, scopes=MEMBER)).comparison.counts.changed == 1


async def test_what_was_never_issued_or_was_taken_back_is_compared_with_nothing(slug):
    [second] = await database.fetch("SELECT id FROM edition WHERE ordinal = 2")
    await publishing.withdraw(second["id"], by="cli", reason="nhầm tệp")
    for ordinal, since in ((2, None), (3, 2), (1, None), (4, None), (3, 9), (0, None)):
        with pytest.raises(NotFoundError):
            await comparing.changes(slug, ordinal, scopes=PUBLIC, since=since)
    assert (await comparing.changes(slug, 3, scopes=PUBLIC)).since.ordinal == 1


@pytest.mark.parametrize("since", [2, 3])
async def test_only_an_earlier_edition_can_be_compared_with(slug, since):
    with pytest.raises(NotFoundError):
        await comparing.changes(slug, 2, scopes=PUBLIC, since=since)


async def test_changes_opened_again_ask_the_database_nothing(slug, monkeypatch):
    first = await comparing.changes(slug, 2, scopes=PUBLIC)

    async def refused(*_):
        raise AssertionError("a query was made")

    monkeypatch.setattr(database, "fetch", refused)
    assert await comparing.changes(slug, 2, scopes=PUBLIC) == first


async def test_an_anchor_is_carried_to_the_part_that_goes_on_and_to_none_that_was_removed(handbook):
    article = "**Điều 9.** Việc thêm\n\n1. Chi bộ họp mỗi tháng một lần vào ngày đầu tháng.\n\n"
    first = regulation().replace("T/M TỈNH ỦY", f"{article}**Điều 10.** Hiệu lực từ ngày ký ban hành\n\nT/M TỈNH ỦY")
    moved = first.replace(article, "").replace("**Điều 1.**", f"{article.replace('Điều 9', 'Điều 0')}**Điều 1.**", 1)
    await put(first)
    await put(moved.replace("a) ", "c) ", 1).replace("**Điều 10.** Hiệu lực từ ngày ký ban hành\n\n", ""))
    ids = {row["ordinal"]: row["id"] for row in await database.fetch("SELECT ordinal, id FROM edition")}
    rows = await database.fetch("SELECT path, anchor FROM part WHERE edition = {}", ids[1])
    anchors = {row["path"]: row["anchor"] for row in rows}

    async def carried(path: str) -> str | None:
        part = await editions.carry(anchors[path], source=ids[1], target=ids[2])
        return part.path if part else None

    assert await carried("dieu-1.khoan-1") == "dieu-1.khoan-1"
    assert await carried("dieu-9.khoan-1") == "dieu-0.khoan-1"
    assert await carried("dieu-9") == "dieu-0"
    assert await carried("dieu-10") is None
    assert await editions.carry("no-such-anchor", source=ids[1], target=ids[2]) is None
