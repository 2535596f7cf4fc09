"""What the tree may hold: nothing of one machine, and documents that tell the truth."""

import ast
import re
from pathlib import Path

import pytest

from tests.house import tree

HOSTS = ("py" + "pi.org", "pythonhosted.org", "npmjs" + ".org", "npmjs" + ".com", "yarnpkg.com", "deb.debian.org")
PINNED = ("requirements/run.txt", "requirements/test.txt", "requirements/tools.txt")
MACHINE = re.compile(r"(?<![\w.@])/(?:home|root|Users|work|farm|opt)/[\w.-]+")
LINK = re.compile(r"\]\(([^)\s]+)\)")
INLINE = re.compile(r"""<[a-z][^>]*?\s(style|on[a-z]+)\s*=|<style[\s>]|<script(?![^>]*\bsrc=)""")
DOCUMENTS = sorted(p for p in tree.files() if p.suffix == ".md" and (p.parent == tree.ROOT or "docs" in p.parts))


def test_pinned_lists_carry_hashes_and_no_addresses():
    for name in PINNED:
        text = (tree.ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text, name
        assert text.count("==") <= text.count("--hash=sha256:"), name
    assert '"resolved"' not in (tree.ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_no_registry_is_named():
    named = [
        f"{name}: {host}"
        for name, text in tree.texts()
        for host in HOSTS
        if host in text and not name.startswith("tests/house/")
    ]
    assert named == []


def test_no_path_of_one_machine_is_written_down():
    # Prose and code only: real documents under tests may quote anything.
    kinds = (".py", ".md", ".toml", ".js", ".json", ".html", ".css", ".ftl", ".in", "")
    found = [
        f"{name}: {path}"
        for name, text in tree.texts()
        if Path(name).suffix in kinds and not name.startswith("tests/house/")
        for path in MACHINE.findall(text)
    ]
    assert found == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(tree.ROOT).as_posix())
def test_a_link_in_a_document_leads_somewhere(document):
    text = document.read_text(encoding="utf-8")
    inside = [link.partition("#")[0] for link in LINK.findall(text) if ":" not in link]
    assert [link for link in inside if not (document.parent / link).exists()] == []


def test_templates_need_no_inline_script_or_style():
    found = [
        f"{name}: {match[0]}"
        for name, text in tree.texts()
        if name.startswith("pwa/templates/") and name.endswith(".html")
        for match in INLINE.finditer(text)
        if 'type="application/ld+json"' not in match[0]
    ]
    assert found == []


def test_run_py_can_be_read_by_an_old_python():
    ast.parse((tree.ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def test_make_has_a_target_for_each_verb_of_run_py():
    makefile = (tree.ROOT / "Makefile").read_text(encoding="utf-8")
    verbs = re.findall(r"run\.py (\w+)$", makefile, re.MULTILINE)
    assert verbs == ["serve", "test", "check", "bench", "screens", "lock", "clean"]
