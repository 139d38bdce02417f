"""`.venv` is built when it is stale, and only then."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import bootstrap


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a project whose .venv was broken and has been built, from a lock that asks for nothing."""
    root = tmp_path_factory.mktemp("project")
    (root / "requirements.txt").write_text("")
    (root / ".venv/bin").mkdir(parents=True)
    (root / ".venv/bin/python").symlink_to(root / "gone")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bootstrap, "ROOT", root)
        patch.setattr(bootstrap, "VENV", root / ".venv")
        patch.setattr(bootstrap, "PYTHON", root / ".venv/bin/python")
        bootstrap.main(["requirements.txt"])
        yield root


def lock(root: Path, name: str, text: str) -> str:
    """Write a lock file and return its name."""
    (root / name).write_text(text)
    return name


def test_a_broken_environment_was_built_anew(built: Path) -> None:
    """An environment without a working interpreter is thrown away."""
    assert subprocess.run([built / ".venv/bin/python", "-c", ""]).returncode == 0


def test_an_environment_that_is_up_to_date_is_left_alone(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second run does nothing and says nothing."""
    bootstrap.main(["requirements.txt"])
    assert capsys.readouterr().out == ""


def test_a_changed_lock_goes_into_the_same_environment(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A lock with another content is installed once more, without building everything again."""
    name = lock(built, "changing.txt", "")
    bootstrap.main([name])
    lock(built, name, "# other packages\n")
    capsys.readouterr()
    bootstrap.main([name])
    assert "Installing the packages of changing.txt" in capsys.readouterr().out
    bootstrap.main([name])
    assert capsys.readouterr().out == ""


def test_packages_without_hashes_are_refused(built: Path) -> None:
    """A lock without hashes installs nothing, leaves no stamp, and the last word is a sentence."""
    with pytest.raises(SystemExit, match="could not be installed"):
        bootstrap.main([lock(built, "bare.txt", "six==1.17.0\n")])
    assert not (built / ".venv/bare.txt.stamp").exists()


def test_without_venv_it_names_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a Python without venv the one thing to install is named."""
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / ".venv/bin/python")
    monkeypatch.setattr(bootstrap, "find_spec", lambda name: None if name == "ensurepip" else object())
    with pytest.raises(SystemExit, match="python3-venv"):
        bootstrap.main([lock(tmp_path, "requirements.txt", "")])
    assert not (tmp_path / ".venv").exists()
