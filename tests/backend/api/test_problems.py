"""What the API says when something is wrong: problem+json, in the reader's language, each field named."""

import pytest
from asyncpg import InternalClientError
from litestar.exceptions import ValidationException

from backend.api.wrong_fields import SENTENCES, invalid
from base.catalogue import LANGUAGES, say
from content import reading
from tests import people

pytestmark = pytest.mark.alike

WRONG = {
    "/api/documents?limit=0": ("limit", "api-number-too-small", {"limit": 1}),
    "/api/documents?limit=101": ("limit", "api-number-too-large", {"limit": 100}),
    "/api/documents?limit=many": ("limit", "api-number-expected", {}),
    "/api/documents?limit=": ("limit", "api-number-expected", {}),
    "/api/documents?year=99999": ("year", "api-number-too-large", {"limit": 9999}),
    "/api/documents?counts=perhaps": ("counts", "api-yes-or-no-expected", {}),
    "/api/documents?sort=oldest": ("sort", "api-not-a-choice", {}),
    "/api/documents?state=over": ("state", "api-not-a-choice", {}),
    "/api/documents?words=%00": ("words", "api-text-odd", {}),
    "/api/documents?type=" + "x" * 61: ("type", "api-text-too-long", {"limit": 60}),
    "/api/documents?cursor=made-up": ("cursor", "content-cursor-unknown", {}),
    "/api/documents/any?edition=0": ("edition", "api-number-too-small", {"limit": 1}),
    "/api/documents/any/parts/dieu-1?edition=x": ("edition", "api-number-expected", {}),
    "/api/news?limit=101": ("limit", "api-number-too-large", {"limit": 100}),
    "/api/news?cursor=made-up": ("cursor", "content-cursor-unknown", {}),
    "/api/library?limit=201": ("limit", "api-number-too-large", {"limit": 200}),
    "/api/library?since=%01": ("since", "api-text-odd", {}),
    "/api/search": ("q", "api-field-missing", {}),
    "/api/search?q=": ("q", "api-field-missing", {}),
    "/api/search?q=57%00": ("q", "api-text-odd", {}),
    "/api/search?q=" + "x" * 301: ("q", "api-text-too-long", {"limit": 300}),
    "/api/search?q=57&offset=-1": ("offset", "api-number-too-small", {"limit": 0}),
    "/api/search?q=57&offset=1001": ("offset", "api-number-too-large", {"limit": 1000}),
    "/api/search?q=57&offset=x": ("offset", "api-number-expected", {}),
    "/api/search?q=57&limit=101": ("limit", "api-number-too-large", {"limit": 100}),
    "/api/search?q=57&state=over": ("state", "api-not-a-choice", {}),
    "/api/search?q=57&year=x": ("year", "api-number-expected", {}),
    "/api/search?q=57&issuer=%1f": ("issuer", "api-text-odd", {}),
    "/api/search/suggest": ("q", "api-field-missing", {}),
    "/api/search/suggest?q=%07": ("q", "api-text-odd", {}),
    "/api/search/suggest?q=57&limit=21": ("limit", "api-number-too-large", {"limit": 20}),
    "/api/citations/resolve": ("text", "api-field-missing", {}),
    "/api/citations/resolve?text=": ("text", "api-field-missing", {}),
    "/api/citations/resolve?text=57%00": ("text", "api-text-odd", {}),
    "/api/citations/resolve?text=57&near=x": ("near", "api-text-odd", {}),
    "/api/citations/resolve?text=" + "x" * 401: ("text", "api-text-too-long", {"limit": 400}),
}
READS = (
    "/api/documents", "/api/documents/any", "/api/documents/any/parts/dieu-1", "/api/news", "/api/news/any",
    "/api/topics", "/api/units", "/api/me", "/api/library", "/api/health", "/api/ready", "/api/openapi.json",
    "/api/search?q=57", "/api/search/suggest?q=57",
)  # fmt: skip


async def test_a_wrong_parameter_is_named_with_its_reason_in_the_readers_language(opened):
    for language in LANGUAGES:
        client = await opened(language=language)
        for address, (field, key, values) in WRONG.items():
            answer = await client.get(address)
            assert answer.status_code == 422, address
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.headers["content-language"] == language
            problem = answer.json()
            assert problem["errors"] == [{"field": field, "detail": say(key, language, **values)}], address
            assert problem["status"] == 422 and problem["title"] and problem["detail"]


async def test_every_wrong_parameter_is_named_at_once(opened):
    client = await opened()
    problem = (await client.get("/api/documents?limit=0&year=x&sort=y&state=z")).json()
    assert {error["field"] for error in problem["errors"]} == {"limit", "year", "sort", "state"}


async def test_a_database_that_does_not_answer_is_no_fault_of_the_request(opened, monkeypatch):
    async def lost(**_):
        raise InternalClientError("cannot switch to state 12")

    monkeypatch.setattr(reading, "documents", lost)
    answer = await (await opened()).get("/api/documents?limit=7")
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/error-unavailable")


def test_what_the_framework_may_say_tomorrow_still_becomes_a_sentence():
    rule = invalid(ValidationException(extra=[{"message": "Something else", "key": "limit"}]))
    assert [(field.field, field.key) for field in rule.fields] == [("limit", "api-field-wrong")]
    assert invalid(ValidationException()).fields == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_can_be_said(language):
    for _, key in [*SENTENCES, (None, "api-field-wrong")]:
        assert say(key, language, limit=1000) != key
        assert "1.000" not in say(key, language, limit=1000), "a limit is typed as it is, without separators"


async def test_parameters_that_nobody_knows_are_ignored(opened):
    client = await opened()
    assert (await client.get("/api/documents?colour=red&limit=5")).status_code == 200


async def test_a_visitor_is_asked_to_sign_in_before_being_told_who_they_are(opened):
    answer = await (await opened(language="en")).get("/api/me")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Session")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["detail"] == say("error-sign-in-required", "en")


async def test_a_session_that_is_over_reads_as_a_visitor(opened):
    client = await opened(session="made-up")
    assert (await client.get("/api/me")).status_code == 401
    assert (await client.get("/api/documents")).status_code == 200


async def test_a_method_that_is_not_taken_says_which_are(opened):
    client = await opened()
    for address in READS:
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            answer = await client.request(method, address)
            assert answer.status_code == 405, (method, address)
            assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
            assert answer.json()["type"] == "/problems/error-method"
        options = await client.options(address)
        assert (options.status_code, options.headers["allow"]) == (204, "GET, HEAD, OPTIONS")


async def test_an_address_that_is_not_there_is_a_problem_too(opened):
    client = await opened()
    for address in ("/api/nothing", "/api/", "/api/documents/a/b/c", "/api/documents//parts/x", "/api/%00"):
        answer = await client.get(address)
        assert answer.status_code == 404, address
        assert answer.json()["type"] == "/problems/error-not-found"


async def test_another_host_is_refused(opened):
    client = await opened()
    for host in ("evil.example", "localhost.evil.example", "localhost:8000@evil.example", "localhost:evil.example", ""):
        answer = await client.get("/api/documents", headers={"Host": host})
        assert answer.status_code == 403 and answer.json()["type"] == "/problems/error-unknown-host", host


async def test_a_host_is_the_same_in_capitals_and_at_any_port(opened):
    client = await opened()
    for host in ("LOCALHOST", "localhost:8000", "127.0.0.1:8000", "[::1]", "[::1]:8000"):
        assert (await client.get("/api/documents", headers={"Host": host})).status_code == 200, host


async def test_whoever_looks_after_servers_may_ask_by_address_and_with_any_cookie(opened, monkeypatch):
    client = await opened((await people.everyone()).mai)

    async def gone(_: object) -> None:
        raise ConnectionError

    monkeypatch.setattr("backend.accounts.sessions.reader", gone)
    answer = await client.get("/api/health", headers={"Host": "10.0.0.7:8000"})
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert answer.headers["cache-control"] == "no-store"
    ready = await client.get("/api/ready", headers={"Host": "10.0.0.7:8000"})
    assert (ready.status_code, ready.json()["worker"]) == (503, "dead")


async def test_a_server_without_its_database_is_not_ready(opened, monkeypatch):
    async def gone(*_: object) -> None:
        raise ConnectionError

    client = await opened()
    monkeypatch.setattr("base.database.fetch", gone)
    answer = await client.get("/api/ready")
    assert answer.status_code == 503
    assert answer.json() == {"status": "failing", "database": "dead", "worker": "unknown"}


async def test_a_read_is_answered_304_to_whoever_has_it_and_head_has_no_body(opened):
    client = await opened((await people.everyone()).mai)
    for address in ("/api/documents", "/api/news", "/api/topics", "/api/units", "/api/me", "/api/openapi.json",
                    "/api/documents?limit=3&counts=true", "/api/library"):  # fmt: skip
        first = await client.get(address, headers={"Accept-Encoding": "identity"})
        assert first.status_code == 200, address
        assert first.headers["cache-control"] == "private, no-cache"
        assert first.headers["vary"] == "Accept-Encoding, Cookie"
        held = await client.get(address, headers={"If-None-Match": first.headers["etag"]})
        assert (held.status_code, held.content) == (304, b""), address
        assert held.headers["etag"] == first.headers["etag"]
        head = await client.head(address, headers={"Accept-Encoding": "identity"})
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == first.headers["content-length"] == str(len(first.content))
        assert head.headers["etag"] == first.headers["etag"]
        other = await client.get(address, headers={"If-None-Match": '"something-else"'})
        assert other.status_code == 200


async def test_a_server_that_cannot_find_out_who_reads_says_so(opened, monkeypatch):
    client = await opened((await people.everyone()).mai)

    async def gone(_: object) -> None:
        raise ConnectionError

    monkeypatch.setattr("backend.accounts.sessions.reader", gone)
    answer = await client.get("/api/documents")
    assert answer.status_code == 503
    assert answer.json()["type"] == "/problems/error-unavailable"
