"""run.py tells what is wrong in a sentence."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import run
from tests import services
from tests.house import tree


def _project(folder: Path) -> Path:
    shutil.copy(tree.ROOT / "run.py", folder)
    shutil.copytree(tree.ROOT / "requirements", folder / "requirements")
    return folder


def _say(folder: Path, *arguments: str, python: str = sys.executable, **options) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [python, folder / "run.py", *arguments], capture_output=True, text=True, check=False, timeout=60, **options
    )
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture
def built(tmp_path, monkeypatch) -> Path:
    """A folder that looks like a finished environment."""
    monkeypatch.setattr(run, "ROOT", str(_project(tmp_path)))
    monkeypatch.setattr(run, "ENVIRONMENT", str(tmp_path / ".venv"))
    monkeypatch.setattr(run, "PYTHON", str(tmp_path / ".venv" / "bin" / "python"))
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    (tmp_path / ".venv" / ".installed-run").write_text(run.digest("run"))
    return tmp_path


def test_a_finished_environment_is_not_built_again(built):
    assert run.built(["run"])
    assert not run.built(["run", "test"])


def test_changed_requirements_are_installed(built):
    with (built / "requirements" / "run.txt").open("a") as file:
        file.write("# more\n")
    assert not run.built(["run"])


def test_an_interrupted_environment_is_built_again(built):
    (built / ".venv" / run.UNFINISHED).touch()
    assert not run.built(["run"])


def test_an_environment_whose_python_went_away_is_built_again(built):
    (built / ".venv" / "bin" / "python").unlink()
    (built / ".venv" / "bin" / "python").symlink_to(built / "gone")
    assert not run.built(["run"])


def test_an_unknown_verb_is_told(tmp_path):
    done = _say(_project(tmp_path), "fly")
    assert done.returncode == 1
    assert done.stderr == "run.py: there is no verb 'fly'; `python3 run.py --help` lists them.\n"


def test_a_folder_that_cannot_be_written_is_told():
    with services.folder() as folder:
        _project(folder)
        folder.chmod(stat.S_IRUSR | stat.S_IXUSR | stat.S_IROTH | stat.S_IXOTH)
        user = {"user": "nobody", "group": "nogroup"} if os.geteuid() == 0 else {}
        python = shutil.which("python3", path="/usr/local/bin:/usr/bin:/bin") or sys.executable
        done = _say(folder, "serve", python=python, **user)
        folder.chmod(0o700)
    assert done.returncode == 1
    assert "read-only" in done.stderr or "needs Python 3.11" in done.stderr


def test_a_python_without_venv_and_pip_is_told_what_to_install(tmp_path):
    without = tmp_path / "without"
    for name in ("venv", "pip", "ensurepip"):
        (without / name).mkdir(parents=True)
        (without / name / "__init__.py").touch()
        (without / name / "__main__.py").write_text("raise SystemExit('No module named')")
    done = _say(_project(tmp_path), "serve", env={"PATH": "/nowhere", "PYTHONPATH": str(without)})
    assert done.returncode == 1
    assert "apt install python3-venv" in done.stderr


def test_an_old_python_is_told_which_one_is_needed(monkeypatch):
    monkeypatch.setattr(run, "OLDEST", (99, 0))
    monkeypatch.setattr(run, "FAMILIAR", ())
    with pytest.raises(run.Problem, match=r"needs Python 3.11 or newer; found 3\.\d+"):
        run.need_new_enough_python()
