"""The search is judged fairly: identical texts are one answer, and odd files are told."""

import gzip
import json

import pytest

from base.errors import InvalidError
from content.search.evaluating import evaluate

TEXTS = [
    {"id": "a", "title": "Trồng rừng", "text": "Mỗi thôn trồng mười nghìn cây quế."},
    {"id": "b", "title": "Nuôi cá", "text": "Nuôi cá lồng trên hồ thủy điện."},
    {"id": "c", "title": None, "text": "Dạy chữ cho người lớn tuổi."},
    *({"id": f"same-{n}", "title": "Họp", "text": "Họp thôn mỗi quý một lần."} for n in range(12)),
]
QUERIES = [
    {"query": "trồng cây quế ở thôn", "query_no_diacritics": "trong cay que o thon", "relevant_ids": ["a"]},
    {"query": "họp mỗi quý", "query_no_diacritics": "hop moi quy", "relevant_ids": ["same-11"]},
    {"query": "lớp dạy chữ", "query_no_diacritics": "lop day chu", "relevant_ids": ["c"]},
    {"query": "nuôi cá", "query_no_diacritics": "nuoi ca", "relevant_ids": ["không có"]},
]


@pytest.fixture
def files(tmp_path):
    """A corpus, packed, and queries."""
    corpus, queries = tmp_path / "corpus.jsonl.gz", tmp_path / "queries.jsonl"
    corpus.write_bytes(gzip.compress("\n".join(json.dumps(text) for text in TEXTS).encode()))
    queries.write_text("\n".join(json.dumps(query) for query in QUERIES) + "\n\n")
    return corpus, queries


@pytest.mark.parametrize("field", ["query", "query_no_diacritics"])
def test_answers_are_counted_and_identical_texts_are_one(files, field):
    scores = evaluate(*files, field=field)
    assert (scores.hit_1, scores.hit_10, scores.mrr_10, scores.queries) == (0.75, 0.75, 0.75, 4)
    assert 0 < scores.p50_ms <= scores.p95_ms


@pytest.mark.parametrize("content", ["", "\n\n", "{}", "[1]", "chữ", '{"id": 1, "text": "x"}', '{"id": "a"}'])
def test_a_corpus_that_is_none_is_told(files, content):
    files[0].write_text(content)
    with pytest.raises(InvalidError):
        evaluate(*files)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b'{"query": "x"}', b'{"query": 1, "relevant_ids": []}', b"\x1f\x8bxx", b"\xff"]
)
def test_queries_that_are_none_are_told(files, content):
    files[1].write_bytes(content)
    with pytest.raises(InvalidError):
        evaluate(*files)


def test_an_unknown_field_and_an_unknown_engine_are_told(files):
    with pytest.raises(InvalidError):
        evaluate(*files, field="answer")
    with pytest.raises(InvalidError):
        evaluate(*files, engine="grep")


@pytest.mark.slow
def test_real_questions_about_the_law_are_answered(shared, tmp_path):
    """Far below what it reaches, far above what a plain index does without accents (0.18 in the first ten)."""
    articles = (shared / "data/search/law_articles.jsonl").read_text("utf-8").splitlines()[:1500]
    ids = {json.loads(line)["id"] for line in articles}
    lines = (shared / "data/search/law_queries.jsonl").read_text("utf-8").splitlines()
    asked = [line for line in lines if set(json.loads(line)["relevant_ids"]) & ids][:60]
    (tmp_path / "corpus.jsonl").write_text("\n".join(articles), "utf-8")
    (tmp_path / "queries.jsonl").write_text("\n".join(asked), "utf-8")
    scores = evaluate(tmp_path / "corpus.jsonl", tmp_path / "queries.jsonl", field="query_no_diacritics")
    assert scores.hit_10 > 0.85
