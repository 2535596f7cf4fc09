"""Examples and descriptions of the API's answers, put together from those of single fields."""

import inspect
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from msgspec import Struct

from backend.api import (
    change_shapes,
    citation_shapes,
    comment_shapes,
    devices,
    digest_shapes,
    document_shapes,
    feedback_shapes,
    follows,
    health,
    library,
    meetings,
    moderation_shapes,
    news,
    notices,
    people,
    problems,
    search_shapes,
    topics,
    unit_shapes,
)
from backend.errors import KEYS
from base.catalogue import say

SHAPES: tuple[ModuleType, ...] = (
    change_shapes, citation_shapes, comment_shapes, devices, digest_shapes, document_shapes, feedback_shapes, follows,
    health, library, meetings, moderation_shapes, news, notices, people, problems, search_shapes, topics, unit_shapes,
)  # fmt: skip
"""Where the structs are defined that answers consist of; each struct's docstring describes its schema."""

FORMATS = {
    "uuid": "0190a1c2-7b3e-7d4f-8a5b-6c7d8e9f0a1b",
    "date": "2026-03-12",
    "date-time": "2026-03-12T02:00:00Z",
    "application/octet-stream": "%PDF-1.7 …",
}
RULES = {
    401: "error-sign-in-required", 403: "error-unknown-host", 409: "error-conflict", 410: "draft-original-lost",
    422: "error-invalid", 503: "error-unavailable",
}  # fmt: skip
"""Which rule stands as the example of a status; the framework's own refusals are in backend.errors."""

Schema = dict[str, Any]


def completed(described: Schema) -> Schema:
    """The framework's description with docstrings of schemas, and an example of each schema and answer."""
    schemas = described["components"]["schemas"]
    for name, schema in schemas.items():
        schema["description"] = inspect.getdoc(_structs()[name])
    for schema in schemas.values():
        schema["examples"] = [example(schema, schemas)]
    for operation in _operations(described):
        for status, answer in operation["responses"].items():
            _complete(int(status), answer, schemas)
    return described


def example(schema: Schema, schemas: Mapping[str, Schema]) -> Any:
    """A value that fits ``schema``: its own example, or one put together from its fields'."""
    if schema.get("examples"):
        return schema["examples"][0]
    if "$ref" in schema:
        return example(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    if "properties" in schema:
        return {name: example(field, schemas) for name, field in schema["properties"].items()}
    for choices in ("oneOf", "anyOf", "allOf"):
        if choices in schema:
            return example(schema[choices][0], schemas)
    if schema.get("type") == "array":
        return [example(schema["items"], schemas)]
    return schema["enum"][0] if "enum" in schema else FORMATS[schema.get("format") or schema["contentMediaType"]]


def _complete(status: int, answer: Schema, schemas: Mapping[str, Schema]) -> None:
    for header in answer.get("headers", {}).values():
        header["schema"] = {"type": "string"}
    for content in answer.get("content", {}).values():
        own = content.get("examples")
        shown = next(iter(own.values()))["value"] if own else example(content["schema"], schemas)
        if status >= 400 and "title" in shown:
            shown = _problem(status, shown)
        content["examples"] = {"example": {"value": shown}}


def _problem(status: int, shown: Schema) -> Schema:
    key = KEYS.get(status) or RULES[status]
    detail = say(key, "vi")
    shown = {**shown, "type": f"/problems/{key}", "title": detail, "status": status, "detail": detail}
    return shown if status == 422 else {name: value for name, value in shown.items() if name != "errors"}


def _operations(described: Schema) -> Iterator[Schema]:
    for path in described["paths"].values():
        yield from path.values()


def _structs() -> dict[str, type[Struct]]:
    return {
        name: shape
        for module in SHAPES
        for name, shape in vars(module).items()
        if isinstance(shape, type) and issubclass(shape, Struct)
    }
