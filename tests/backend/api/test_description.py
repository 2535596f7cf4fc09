"""The API describes itself: nothing without words, nothing without an example."""

import msgspec
import pytest

from backend.api import openapi, routes


@pytest.fixture(scope="module")
def described():
    return openapi.describe(routes.DESCRIBED)


COMMENT = "/api/comments/{id}"
FILES = "/api/feedback/{id}/files/{file}"
FILE = "application/octet-stream"
COUNTS, EVENTS = "/api/moderation/counts", "/api/moderation/events"
WRITTEN = {
    COMMENT: {"put", "delete"},
    f"{COMMENT}/reports/{{report}}": {"put"},
    f"{COMMENT}/appeals/{{appeal}}": {"put"},
    f"{COMMENT}/appeals/{{appeal}}/answer": {"put"},
    f"{COMMENT}/decisions/{{decision}}": {"put"},
    "/api/feedback/{id}": {"put"},
    FILES: {"put", "get", "delete"},
    "/api/devices/{channel}": {"put", "delete"},
    "/api/follows": {"get", "put"},
    "/api/feedback/{id}/steps/{step}": {"put"},
    "/api/feedback/{id}/publications/{step}": {"put"},
}
"""The addresses by which something is written, and how."""


def operations(described):
    """Every operation, by its path; written ones by their method, too."""
    return {
        f"{method} {path}" if path in WRITTEN else path: operation
        for path, item in described["paths"].items()
        for method, operation in item.items()
    }


def test_every_address_is_described_and_few_are_written(described):
    assert set(described["paths"]) == {
        "/api/documents", "/api/documents/{slug}", "/api/documents/{slug}/parts/{path}",
        "/api/documents/{slug}/changes", "/api/news",
        "/api/news/{slug}", "/api/topics", "/api/units", "/api/me", "/api/devices", "/api/notices",
        "/api/library", "/api/meetings",
        "/api/health", "/api/ready",
        "/api/citations/resolve", "/api/search", "/api/search/suggest",
        *WRITTEN, "/api/moderation/queue", COUNTS, EVENTS, "/api/feedback/mine",
        "/api/feedback/mine/{code}", "/api/answers",
        "/api/comments/mine", "/api/documents/{slug}/comments", "/api/documents/{slug}/comments/counts",
        "/api/news/{slug}/comments",
    }  # fmt: skip
    for path, item in described["paths"].items():
        assert set(item) == WRITTEN.get(path, {"get"}), path
    known = {tag["name"] for tag in described["tags"]}
    for path, operation in operations(described).items():
        assert operation["summary"] and operation["description"], path
        assert set(operation["tags"]) <= known, path


def test_every_parameter_is_described_with_an_example(described):
    for path, operation in operations(described).items():
        for parameter in operation.get("parameters", ()):
            assert parameter["description"] and parameter["examples"], (path, parameter["name"])


def test_every_schema_and_field_is_described_and_has_an_example(described):
    for name, schema in described["components"]["schemas"].items():
        assert schema["description"] and schema["examples"], name
        for field, told in schema["properties"].items():
            said = told.get("description") or "$ref" in told or "$ref" in str(told.get("items", told.get("oneOf")))
            assert said, (name, field)


def test_every_answer_has_an_example_and_every_problem_its_media_type(described):
    for path, operation in operations(described).items():
        for status, answer in operation["responses"].items():
            assert answer["description"], (path, status)
            for media_type, content in answer.get("content", {}).items():
                assert content["examples"]["example"]["value"], (path, status)
                ready = path == "/api/ready" and status == "503"
                taken = {f"get {FILES}": FILE, EVENTS: "text/event-stream"}.get(path, "application/json")
                assert media_type == (taken if status in ("200", "201") or ready else "application/problem+json")


def test_lists_and_reads_say_what_they_answer_besides_200(described):
    every = {"200", "304", "400", "403", "405", "503"}
    also = {
        "/api/documents": {"422"}, "/api/documents/{slug}": {"308", "404", "422"}, "/api/news": {"422"},
        "/api/documents/{slug}/parts/{path}": {"308", "404", "422"}, "/api/news/{slug}": {"404"}, "/api/me": {"401"},
        "/api/library": {"422"}, "/api/citations/resolve": {"422"}, "/api/topics": set(), "/api/units": set(),
        "/api/search": {"422"}, "/api/search/suggest": {"422"}, "/api/documents/{slug}/changes": {"308", "404", "422"},
    }  # fmt: skip
    for path, more in also.items():
        assert set(operations(described)[path]["responses"]) == every | more, path


async def test_the_description_is_served(opened):
    answer = await (await opened()).get(openapi.PATH)
    assert answer.headers["content-type"] == openapi.MEDIA_TYPE
    assert msgspec.json.decode(answer.content)["openapi"].startswith("3.1")
