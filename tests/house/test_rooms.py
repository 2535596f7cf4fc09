"""The rooms, their order and what may be used where."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import tree

VENDOR_HOMES = {
    "piccolo": ("base", "piccolo_conf"),
    "aiosqlite": ("base",),
    "asyncpg": ("base",),
    "sqlite3": ("base",),
    "pydantic_settings": ("base.settings",),
    "structlog": ("base.logs",),
    "fluent": ("base.catalogue",),
    "redis": ("base.redis",),
    "pebble": ("base.confined",),
    "markdown_it": ("content",),
    "nh3": ("content",),
    "PIL": ("content",),
    "lxml": ("content.files.word",),
    "selectolax": ("content.files",),
    "pypdfium2": ("content.files.pdf",),
    "pypdf": ("content.files.pdf",),
    "whoosh": ("content.search",),
    "webauthn": ("backend.accounts",),
    "argon2": ("backend.accounts",),
    "openpyxl": ("backend.accounts",),
    "segno": ("backend.pages",),
    "litestar": ("backend",),
    "jinja2": ("backend",),
    "msgspec": ("backend", "content"),
    "uvicorn": ("backend.serving",),
    "typer": ("backend.cli",),
    "rich": ("backend.cli",),
    "aiohttp": ("notifications.channels.webpush", "notifications.channels.resolving"),
    "yarl": ("notifications.channels.webpush",),
    "cryptography": ("notifications.channels.encrypting", "notifications.channels.signing", "base.setting_kinds"),
    "jwt": ("notifications.channels.signing",),
    "google": ("notifications.channels.fcm",),
    "firebase_admin": ("notifications.channels.fcm",),
}
"""Each library's one home; what is not its home does not know that it exists."""

TABLES = ("piccolo.table", "piccolo.columns", "piccolo.conf.apps")
"""What every room says its tables with."""


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def _within(name: str, homes: tuple[str, ...]) -> bool:
    return any(name == home or name.startswith(home + ".") for home in homes)


def test_a_vendor_library_is_used_in_its_home_only():
    strays = [
        f"{tree.dotted(path)} imports {used}; its home is {' or '.join(VENDOR_HOMES[vendor])}"
        for path in tree.modules()
        for used in _imports(path)
        if (vendor := used.partition(".")[0]) in VENDOR_HOMES
        and not _within(tree.dotted(path), VENDOR_HOMES[vendor])
        and not _within(used, TABLES)
    ]
    assert strays == []


@pytest.fixture(scope="module")
def linter() -> dict[str, object]:
    project = tomllib.loads((tree.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    rules: dict[str, object] = project["tool"]["importlinter"]
    return rules


def test_every_room_stands_in_the_one_order(linter):
    order = next(contract for contract in linter["contracts"] if contract["id"] == "order")
    named = {word.strip("() ") for layer in order["layers"] for word in layer.replace("|", ":").split(":")}
    rooms = {name for path in tree.modules() for name in (_room(tree.dotted(path)),) if name}
    assert rooms - named == set(), "add them to the order in pyproject.toml"


def test_every_package_is_watched_by_the_import_linter(linter):
    there = {room for room in tree.ROOMS if (tree.ROOT / room / "__init__.py").exists()}
    assert set(linter["root_packages"]) == there


def _room(module: str) -> str | None:
    """backend's rooms and modules stand in the order by themselves, the other packages as a whole."""
    parts = module.split(".")
    if parts[0] != "backend":
        return parts[0]
    return ".".join(parts[:2]) if len(parts) > 1 and parts[1] != "piccolo_app" else None


def test_the_phone_holds_no_python():
    assert [str(path) for path in tree.files() if path.suffix == ".py" and path.is_relative_to(tree.ROOT / "pwa")] == []


def test_no_module_outgrows_one_thought():
    long = {
        path.relative_to(tree.ROOT).as_posix(): lines
        for path in tree.modules()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 250
    }
    assert long == {}


def test_no_function_outgrows_one_intention():
    long = [
        f"{tree.dotted(path)}.{node.name} has {lines} lines"
        for path in tree.modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (lines := _length(node)) > 25
    ]
    assert long == []


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function's body, its docstring not counted."""
    body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_no_module_calls_itself_by_an_empty_name():
    empty = ("utils", "helpers", "helper", "manager", "common", "misc")
    assert [tree.dotted(path) for path in tree.modules() if path.stem in empty] == []
