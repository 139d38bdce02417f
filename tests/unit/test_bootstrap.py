"""`.venv` is built when it is stale, and only then."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tools import bootstrap


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty project with a lock that asks for nothing, as the bootstrap sees it."""
    (tmp_path / "requirements.txt").write_text("")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / ".venv/bin/python")
    return tmp_path


def build(capsys: pytest.CaptureFixture[str]) -> str:
    bootstrap.main(["requirements.txt"])
    return capsys.readouterr().out


def test_it_builds_once_and_again_for_a_new_lock(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first run builds and says so, the second is silent, a changed lock is installed into the same .venv."""
    assert "Building .venv" in build(capsys)
    assert subprocess.run([project / ".venv/bin/python", "-c", ""]).returncode == 0
    assert build(capsys) == ""
    (project / "requirements.txt").write_text("# another lock\n")
    said = build(capsys)
    assert "Installing" in said
    assert "Building" not in said


def test_a_broken_off_build_is_done_again(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An environment without a working interpreter is thrown away."""
    (project / ".venv/bin").mkdir(parents=True)
    (project / ".venv/bin/python").symlink_to(project / "gone")
    assert "Building .venv" in build(capsys)


def test_without_venv_it_names_the_package(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a Python without venv the one thing to install is named."""
    monkeypatch.setattr(bootstrap, "find_spec", lambda name: None if name == "ensurepip" else object())
    with pytest.raises(SystemExit, match="python3-venv"):
        bootstrap.main(["requirements.txt"])
    assert not (project / ".venv").exists()


def test_packages_without_hashes_are_refused(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A lock without hashes installs nothing, leaves no stamp, and says what to do."""
    (project / "requirements.txt").write_text("six==1.17.0\n")
    with pytest.raises(SystemExit, match="could not be installed"):
        bootstrap.main(["requirements.txt"])
    assert not list(project.glob(".venv/*.stamp"))
