"""The command line tells what it did, refuses with a sentence, and ends with a code that says which."""

import json
import runpy
import socket
import sys
from urllib.parse import urlsplit

import pytest
from typer.testing import CliRunner

from backend.cli import terminal
from backend.cli.commands import app
from base import settings as base_settings

SAMPLE_UNITS = {
    "units": [
        {"code": "T", "name": "Tỉnh", "name_en": "Province", "kind": "province", "parent": None,
         "valid_from": "2000-01-01", "valid_to": None},
        {"code": "X", "name": "Xã", "name_en": "Commune", "kind": "commune", "parent": "T",
         "valid_from": "2000-01-01", "valid_to": None},
    ],
    "successions": [],
}  # fmt: skip
RESOLUTION = """TỈNH ỦY VÂN LAM

*

Số 07-NQ/TU

ĐẢNG CỘNG SẢN VIỆT NAM

Bến Trầm, ngày 12 tháng 3 năm 2026

NGHỊ QUYẾT

về chuyển đổi số ở xã

I- QUAN ĐIỂM

1. Chuyển đổi số phục vụ Nhân dân.

2. Lấy chi bộ làm nơi bắt đầu.
"""


@pytest.fixture
def sotay(database_url, settings, monkeypatch):
    """The command line on an empty database; call it with words, get (exit code, output)."""
    monkeypatch.setenv("SOTAY_DATABASE_URL", database_url)
    monkeypatch.setenv("SOTAY_LANGUAGE", "en")
    for console in (terminal.out, terminal.err):
        monkeypatch.setattr(console, "width", 200)

    def call(*words: object) -> tuple[int, str]:
        result = CliRunner().invoke(app, [str(word) for word in words])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.output

    return call


@pytest.fixture
def with_units(sotay, tmp_path):
    """The same with a province and a commune."""
    file = tmp_path / "units.json"
    file.write_text(json.dumps(SAMPLE_UNITS), encoding="utf-8")
    assert sotay("units", "import", file)[0] == 0
    return sotay


def test_help_names_every_command(sotay):
    code, said = sotay("--help")
    assert code == 0
    for command in ("serve", "work", "migrate", "sample", "import", "units", "members", "member", "doctor", "audit"):
        assert command in said


def test_an_unknown_command_is_a_misuse(sotay):
    assert sotay("publish")[0] == 2


def test_migrating_again_changes_nothing(sotay):
    assert sotay("migrate") == (0, "The database is up to date.\n")


def test_an_interruption_while_it_is_still_loading_ends_it_quietly(monkeypatch):
    class Interrupting:
        def find_spec(self, name, *_):
            if name == "backend.cli.commands":
                raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, "backend.cli.commands")
    monkeypatch.setattr(sys, "meta_path", [Interrupting(), *sys.meta_path])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("backend.cli", run_name="__main__")
    assert ended.value.code == 130


@pytest.mark.parametrize(
    ("name", "value", "takes"),
    [
        ("SOTAY_PORT", "ninety", "1 to 65535"),
        ("SOTAY_PORT", "70000", "1 to 65535"),
        ("SOTAY_DATABASE_URL", "mysql:", "postgresql://"),
        ("SOTAY_REDIS_URL", "http:", "redis://"),
        ("SOTAY_PUBLIC_URL", "sotay", "https://"),
        ("SOTAY_TRUSTED_PROXIES", "10.0.0.1, proxy", "reverse proxies"),
        ("SOTAY_LOG_LEVEL", "loud", "warning"),
        ("SOTAY_SESSION_DAYS", "0", "1 to 365"),
        ("SOTAY_PROCESSES", "0", "1 to 64"),
    ],
)
def test_a_wrong_setting_is_named_with_what_it_got_and_takes(sotay, monkeypatch, name, value, takes):
    monkeypatch.setenv(name, value)
    code, said = sotay("migrate")
    assert code == 2
    assert name in said
    assert value in said
    assert takes in said


@pytest.mark.alike
@pytest.mark.parametrize("command", ["migrate", "doctor"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SOTAY_DATABASE_URL", "mysql://sotay:hunter2@127.0.0.1/none"),
        ("SOTAY_DATABASE_URL", "postgresql:/sotay:hunter2@127.0.0.1/none"),
        ("SOTAY_DATABASE_URL", "sotay:hunter2@127.0.0.1/none"),
        ("SOTAY_DATABASE_URL", "host=127.0.0.1 password=hunter2"),
        ("SOTAY_DATABASE_URL", "postgresql://sotay:hunter2#@127.0.0.1/none"),
        ("SOTAY_DATABASE_URL", "postgresql://sotay:hunter2/@127.0.0.1/none"),
        ("SOTAY_DATABASE_URL", "postgresql://sotay:hunter2?hunter2@127.0.0.1/none"),
        ("SOTAY_DATABASE_URL", "postgresql://sotay:1?hunter2@127.0.0.1/none"),
        ("SOTAY_DATABASE_URL", "postgresql://sotay:[hunter2@127.0.0.1/none"),
        ("SOTAY_DATABASE_URL", "postgresql://sotay:hunter2@127.0.0.1:99999/none"),
        ("SOTAY_REDIS_URL", "http://:hunter2@127.0.0.1"),
        ("SOTAY_REDIS_URL", "redis://:hunter2#@127.0.0.1"),
    ],
)
def test_a_mistyped_address_is_named_without_the_password(sotay, monkeypatch, command, name, value):
    monkeypatch.setenv(name, value)
    code, said = sotay(command)
    assert code == 2
    assert name in said
    assert "hunter2" not in said


def test_settings_shown_whole_keep_the_passwords():
    chosen = base_settings.load(database_url="postgresql://sotay:hunter2@h/n", redis_url="redis://:hunter2@h")
    assert "hunter2" not in f"{chosen!r} {chosen}"


def test_a_password_that_is_not_let_in_is_a_sentence_without_it(sotay, postgres_url, monkeypatch):
    """Whatever the server finds wrong: here it has no such role."""
    address = urlsplit(postgres_url)
    host = address.netloc.rpartition("@")[2]
    monkeypatch.setenv("SOTAY_DATABASE_URL", f"postgresql://nobody-here:hunter2@{host}{address.path}?{address.query}")
    for command in ("migrate", "doctor"):
        code, said = sotay(command)
        assert code == 1
        assert "nobody-here" in said
        assert "hunter2" not in said


def test_serving_others_without_https_is_refused(sotay, monkeypatch):
    monkeypatch.setenv("SOTAY_HOST", "0.0.0.0")
    code, said = sotay("serve")
    assert code == 2
    assert "SOTAY_PUBLIC_URL" in said


def test_a_taken_port_is_a_sentence(sotay, monkeypatch):

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setenv("SOTAY_PORT", str(port))
        code, said = sotay("serve")
    assert code == 1
    assert f"Port {port} is taken" in said


def test_a_document_is_imported_once_and_reported(sotay, tmp_path):
    file, report = tmp_path / "07.md", tmp_path / "report.json"
    file.write_text(RESOLUTION, encoding="utf-8")
    assert sotay("import", file, "--report", report)[0] == 0
    [row] = json.loads(report.read_text("utf-8"))
    assert (row["outcome"], row["number"], row["type"], row["issued"]) == (
        "new",
        "07-NQ/TU",
        "Nghị quyết",
        "2026-03-12",
    )
    assert {"path", "issuer", "title", "signer", "chuong", "muc", "dieu", "khoan", "diem", "warnings"} <= set(row)
    assert (row["place"], row["recipients"], row["capacity"]) == ("Bến Trầm", [], "")
    assert row["sources"] == {"number": "head", "type": "head", "issuer": "head", "issued": "head", "place": "head",
                              "title": "head"}  # fmt: skip
    code, said = sotay("import", file, "--json")
    assert code == 0
    assert json.loads(said)[0]["outcome"] == "unchanged"


def test_a_text_that_is_here_under_another_number_is_told_and_taken_only_on_demand(sotay, tmp_path):
    file = tmp_path / "07.md"
    file.write_text(RESOLUTION + "\n".join(f"{n}. Mỗi chi bộ họp hằng tháng, lần {n}." for n in range(2, 12)), "utf-8")
    assert sotay("import", file)[0] == 0
    other = tmp_path / "08.md"
    other.write_text(file.read_text("utf-8").replace("07-NQ", "08-NQ"), "utf-8")
    code, said = sotay("import", other, "--json")
    [row] = json.loads(said)
    assert (code, row["outcome"], row["number"], row["slug"]) == (1, "same-text", "08-NQ/TU", "")
    assert "07-NQ/TU" in row["warnings"][0]
    assert "trùng nguyên văn" in sotay("import", other)[1] or "same text" in sotay("import", other)[1]
    assert sotay("import", other, "--even-if-same")[0] == 0
    assert json.loads(sotay("import", other, "--json")[1])[0]["outcome"] == "unchanged"


def test_one_bad_file_does_not_stop_the_rest_and_is_told_by_the_exit_code(sotay, tmp_path):
    (tmp_path / "a.md").write_text(RESOLUTION, encoding="utf-8")
    (tmp_path / "b.md").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "c.md").write_text(RESOLUTION.replace("07-NQ", "08-NQ").replace("ở xã", "ở phường"), encoding="utf-8")
    code, said = sotay("import", tmp_path, "--json")
    assert code == 1
    assert [row["outcome"] for row in json.loads(said)] == ["new", "refused", "new"]


def test_a_file_that_is_not_there_is_a_misuse(sotay, tmp_path):
    code, said = sotay("import", tmp_path / "none.md")
    assert code == 2
    assert "none.md" in said


def test_brackets_are_text(sotay, tmp_path):
    assert "[/none].md" in sotay("import", tmp_path / "[/none].md")[1]
    (tmp_path / "[b].md").write_text(RESOLUTION, encoding="utf-8")
    assert "[b].md" in sotay("import", tmp_path)[1]


@pytest.mark.parametrize("audience", ["everyone", "org:NONE", "org:", "role:editor"])
def test_an_audience_that_does_not_exist_is_refused(with_units, tmp_path, audience):
    file = tmp_path / "07.md"
    file.write_text(RESOLUTION, encoding="utf-8")
    code, said = with_units("import", file, "--audience", audience)
    assert code == 1
    assert audience in said


def test_documents_may_be_addressed_to_a_unit_by_its_code(with_units, tmp_path):
    file = tmp_path / "07.md"
    file.write_text(RESOLUTION, encoding="utf-8")
    assert with_units("import", file, "--audience", "org:X,at:T", "--unit", "X")[0] == 0


def test_units_that_were_imported_before_change_nothing(with_units, tmp_path):
    code, said = with_units("units", "import", tmp_path / "units.json", "--json")
    assert code == 0
    assert (json.loads(said)["created"], json.loads(said)["unchanged"]) == (0, 2)


def test_a_file_of_units_that_is_not_one_is_refused(sotay, tmp_path):
    file = tmp_path / "units.json"
    file.write_text("{]", encoding="utf-8")
    assert sotay("units", "import", file)[0] == 1


def test_a_roster_is_tried_out_before_it_is_taken_in(with_units, tmp_path):
    file = tmp_path / "roster.csv"
    file.write_text("login,name,unit\nmai,Hà Thị Mai,X\n,Không Tên,X\n", encoding="utf-8")
    code, said = with_units("members", "import", file, "--dry-run", "--json")
    assert code == 1
    assert [row["outcome"] for row in json.loads(said)["rows"]] == ["new", "wrong"]
    assert with_units("member", "disable", "mai")[0] == 1


def test_a_roster_renames_only_with_the_option_for_it(with_units, tmp_path):
    file = tmp_path / "roster.csv"
    file.write_text("login,name,unit\nmai,Hà Thị Mai,X\n", encoding="utf-8")
    assert with_units("members", "import", file)[0] == 0
    file.write_text("login,name,unit\nmai,Hà Thị Mây,X\n", encoding="utf-8")
    code, said = with_units("members", "import", file, "--dry-run")
    assert (code, "Renamed: Hà Thị Mai → Hà Thị Mây; renamed only with --rename" in said) == (0, True)
    code, said = with_units("members", "import", file)
    assert (code, "skipped" in said, "not asked for" in said) == (1, True, True)
    code, said = with_units("members", "import", file, "--rename")
    assert (code, "Renamed: Hà Thị Mai → Hà Thị Mây" in said) == (0, True)
    code, said = with_units("members", "import", file, "--json")
    assert json.loads(said)["rows"][0]["outcome"] == "unchanged"


def test_a_member_is_created_given_a_role_and_a_code_and_disabled(with_units):
    assert with_units("member", "create", "quang", "--name", "Vi Văn Quang", "--unit", "X")[0] == 0
    assert with_units("member", "role", "quang", "unit_admin", "--unit", "X")[0] == 0
    assert with_units("member", "role", "quang", "unit_admin", "--unit", "X")[0] == 0
    assert with_units("member", "code", "quang")[0] == 1
    code, said = with_units("member", "code", "quang", "--identity-checked", "--json")
    assert code == 0
    assert len(json.loads(said)["code"]) == len("XXXX-XXXX-XXXX")
    assert with_units("member", "role", "quang", "unit_admin", "--unit", "X", "--withdraw")[0] == 0
    assert with_units("member", "disable", "quang")[0] == 0


@pytest.mark.parametrize(
    "words",
    [
        ("member", "create", "a b", "--name", "Mai", "--unit", "X"),
        ("member", "create", "mai", "--name", "", "--unit", "X"),
        ("member", "create", "mai", "--name", "Mai", "--unit", "NONE"),
        ("member", "role", "nobody", "editor", "--unit", "X"),
        ("member", "code", "nobody", "--identity-checked"),
        ("member", "disable", "nobody"),
    ],
)
def test_what_does_not_exist_or_is_not_well_formed_is_refused(with_units, words):
    code, said = with_units(*words)
    assert code == 1
    assert said.strip()


@pytest.mark.parametrize("words", [("member", "code", "\udcff", "--identity-checked"), ("member", "disable", "\udcff")])
def test_what_is_not_utf8_is_a_misuse(with_units, words):
    code, said = with_units(*words)
    assert (code, "UTF-8" in said) == (2, True)


def test_an_unknown_role_is_refused(with_units):
    with_units("member", "create", "mai", "--name", "Mai", "--unit", "X")
    assert with_units("member", "role", "mai", "king", "--unit", "X")[0] == 1


def test_an_untouched_journal_is_verified(with_units):
    code, said = with_units("audit", "verify", "--json")
    assert code == 0
    assert json.loads(said)["finding"] is None


def test_the_doctor_says_that_the_worker_is_missing(sotay):
    code, said = sotay("doctor", "--json")
    findings = {finding["what"]: finding["fine"] for finding in json.loads(said)}
    assert code == 1
    assert findings["Worker"] is False
    assert findings["Database"] is True
    assert findings["Disk"] is True


def test_the_doctor_survives_a_database_that_is_gone(sotay, monkeypatch):
    monkeypatch.setenv("SOTAY_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    code, said = sotay("doctor")
    assert code == 1
    assert "SOTAY_DATABASE_URL" in said


def test_words_are_vietnamese_unless_told_otherwise(sotay, monkeypatch):
    monkeypatch.delenv("SOTAY_LANGUAGE")
    assert "mới nhất" in sotay("migrate")[1]


@pytest.mark.parametrize("url", ["postgresql://nobody@127.0.0.1:1/none", "sqlite:////proc/none/sotay.sqlite3"])
def test_a_database_that_cannot_be_reached_is_a_sentence(sotay, monkeypatch, url):
    monkeypatch.setenv("SOTAY_DATABASE_URL", url)
    code, said = sotay("migrate")
    assert code == 1
    assert said.strip()
