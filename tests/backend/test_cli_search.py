"""``sotay search``, ``search evaluate`` and ``reindex``: answers, sentences, exit codes."""

import json

import pytest
from typer.testing import CliRunner

from backend.cli import terminal
from backend.cli.commands import app
from content.search import finding, folders
from tests.content.builders import date, head

pytestmark = pytest.mark.alike

TEXT = "I- VIỆC\n\n1. Trồng quế ở {place}.\n"


@pytest.fixture
def sotay(database_url, settings, monkeypatch, tmp_path):
    """The command line on a handbook with a public document and one for members, indexed."""
    monkeypatch.setenv("SOTAY_LANGUAGE", "en")
    for console in (terminal.out, terminal.err):
        monkeypatch.setattr(console, "width", 200)

    def call(*words: object) -> tuple[int, str]:
        result = CliRunner().invoke(app, [str(word) for word in words])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.output

    for number, audience, place in (("05-NQ/TU", "public", "Đồng Mây"), ("06-NQ/TU", "members", "Nà Lành")):
        file = tmp_path / f"{audience}.md"
        file.write_text(head(number, "Nghị quyết", date(2026, 3, 12), "về rừng") + TEXT.format(place=place), "utf-8")
        assert call("import", file, "--audience", audience)[0] == 0
    assert call("reindex") == (0, "Indexed 2 documents.\n")
    yield call
    finding.close()


def rows(said: str) -> list[str]:
    return [row["document"]["number"] for row in json.loads(said)["rows"]]


def test_words_need_no_quotes_and_no_accents(sotay):
    code, said = sotay("search", "trong", "que", "--json")
    assert (code, rows(said)) == (0, ["05-NQ/TU"])
    code, said = sotay("search", "--limit", "1", "trồng quế")
    assert code == 0
    assert "05-NQ/TU" in said
    assert "1 document found." in said


def test_a_visitor_finds_what_is_public_and_a_member_more(sotay, tmp_path):
    units = {
        "code": "T",
        "name": "T",
        "name_en": "T",
        "kind": "province",
        "parent": None,
        "valid_from": "2000-01-01",
        "valid_to": None,
    }
    (tmp_path / "units.json").write_text(json.dumps({"units": [units], "successions": []}))
    assert sotay("units", "import", tmp_path / "units.json")[0] == 0
    assert sotay("member", "create", "mai", "--name", "Hà Thị Mai", "--unit", "T")[0] == 0
    assert rows(sotay("search", "trồng quế", "--json")[1]) == ["05-NQ/TU"]
    assert sorted(rows(sotay("search", "trồng quế", "--as", "mai", "--json")[1])) == ["05-NQ/TU", "06-NQ/TU"]
    code, said = sotay("search", "trồng quế", "--as", "ai-do")
    assert (code, "Traceback" in said) == (1, False)


def test_nothing_found_is_said(sotay):
    code, said = sotay("search", "xyzzy")
    assert (code, "No document found." in said) == (0, True)


def test_without_an_index_it_is_said_what_is_missing(sotay):
    (folders.root() / folders.CURRENT).unlink()
    code, said = sotay("search", "quế")
    assert (code, "being built" in said) == (1, True)


def test_a_second_build_at_the_same_time_is_refused_in_a_sentence(sotay):
    with folders.alone("building"):
        code, said = sotay("reindex")
    assert (code, "already" in said) == (1, True)


def test_evaluating_prints_the_six_figures(sotay, tmp_path):
    (tmp_path / "corpus.jsonl").write_text('{"id": "a", "title": "Rừng", "text": "Trồng rừng."}\n', "utf-8")
    (tmp_path / "queries.jsonl").write_text('{"query": "trồng rừng", "relevant_ids": ["a"]}\n', "utf-8")
    files = ("--corpus", tmp_path / "corpus.jsonl", "--queries", tmp_path / "queries.jsonl")
    code, said = sotay("search", "evaluate", *files, "--json")
    assert code == 0
    assert list(json.loads(said)) == ["hit@1", "hit@10", "mrr@10", "p50_ms", "p95_ms", "queries"]
    assert json.loads(said)["hit@1"] == 1.0
    assert sotay("search", "evaluate", *files)[0] == 0


@pytest.mark.parametrize("wrong", ["corpus", "queries", "field", "engine", "empty"])
def test_wrong_files_fields_and_empty_sets_are_misuses_told_in_a_sentence(sotay, tmp_path, wrong):
    (tmp_path / "corpus.jsonl").write_text('{"id": "a", "text": "Trồng rừng."}\n', "utf-8")
    (tmp_path / "queries.jsonl").write_text(
        "" if wrong == "empty" else '{"query": "rừng", "relevant_ids": ["a"]}\n', "utf-8"
    )
    options = {"corpus": tmp_path / "corpus.jsonl", "queries": tmp_path / "queries.jsonl"}
    options |= {wrong: "nothing-like-it"} if wrong != "empty" else {}
    code, said = sotay(
        "search", "evaluate", *(word for name, value in options.items() for word in (f"--{name}", value))
    )
    assert code == 2
    assert said.strip()
    assert "Traceback" not in said
