"""What the files of this project must and must not hold."""

from __future__ import annotations

import json
import re
import tomllib

import pytest

from tests.architecture.tree import ROOT, name_of, tracked_files

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = {"requirements.txt": ("postgres",), "requirements-dev.txt": ("postgres", "dev")}
"""Lock file -> extras of pyproject.toml that it holds beside the plain dependencies."""

WORDS = ("run", "test", "setup", "lint", "check", "quality", "bench", "texts", "content")
MACHINE = re.compile(r"(?<![\w.<])/(?:root|home/\w+|Users/\w+|work/\w+|mnt/\w+)/")
REGISTRY = re.compile(r"https?://[\w.-]*(?:pypi|pythonhosted|artifactory|nexus|registry|jfrog)[\w.-]*", re.I)


def canonical(requirement: str) -> str:
    """Return the bare, normalised project name of a requirement."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", requirement)[0]).lower()


def locked(name: str) -> dict[str, str]:
    """Return project -> pinned version (the last one where the Python version decides)."""
    return dict(re.findall(r"^([a-z0-9._-]+)==([^\s;]+)", (ROOT / name).read_text(), re.MULTILINE))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_every_dependency(name: str) -> None:
    """Each dependency that pyproject.toml names is pinned in the lock."""
    extras = PROJECT["optional-dependencies"]
    wanted = [*PROJECT["dependencies"], *(part for extra in LOCKS[name] for part in extras[extra])]
    assert {canonical(part) for part in wanted} <= {canonical(part) for part in locked(name)}


def test_the_two_locks_agree() -> None:
    """Tests run with the very packages that production runs with."""
    runtime, development = locked("requirements.txt"), locked("requirements-dev.txt")
    assert {part: development.get(part) for part in runtime} == runtime


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_is_hashed_and_names_no_address(name: str) -> None:
    """Every pin carries hashes; nothing in a lock says where packages come from."""
    text = (ROOT / name).read_text()
    assert "://" not in text
    pins = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)
    assert [pin.splitlines()[0] for pin in pins if "==" in pin and "--hash=sha256:" not in pin] == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    """No path of somebody's machine and no package registry's address is in the tree."""
    found = []
    for path in tracked_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if MACHINE.search(text) or REGISTRY.search(text):
            found.append(name_of(path))
    assert found == []


def test_a_machine_path_or_registry_is_noticed() -> None:
    """The patterns see what they are for, and leave an example path of a server alone."""
    slash = "/"
    for path in (f"{slash}root{slash}x", f'"{slash}home{slash}ann{slash}x"'):
        assert MACHINE.search(path)
    assert REGISTRY.search("https:" + "//files.python" + "hosted.org/packages")
    assert not MACHINE.search("/srv/awamado/var")
    assert not REGISTRY.search("https://api.line.me")


def test_every_make_word_exists_and_is_phony() -> None:
    """The words of the Makefile are those that the docs promise."""
    text = (ROOT / "Makefile").read_text()
    defined = set(re.findall(r"^([a-z]+):", text, re.MULTILINE))
    phony = set(re.findall(r"^\.PHONY: (.*)$", text, re.MULTILINE)[0].split())
    assert set(WORDS) <= defined
    assert defined == phony


def test_the_docs_name_only_make_words_that_exist() -> None:
    """Each `make word` in a page is a word of the Makefile."""
    defined = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    pages = [path for path in tracked_files() if path.suffix == ".md"]
    told = {
        word for page in pages for word in re.findall(r"`make ([a-z]+)`", page.read_text(encoding="utf-8"))
    }
    assert told <= defined


def test_links_between_pages_lead_somewhere() -> None:
    """A relative link in a page points at a file or folder that exists."""
    broken = []
    for page in (path for path in tracked_files() if path.suffix == ".md"):
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text(encoding="utf-8")):
            if not (page.parent / target).exists():
                broken.append((name_of(page), target))
    assert broken == []


def test_json_files_are_json() -> None:
    """Every .json file can be read."""
    for path in tracked_files():
        if path.suffix == ".json":
            json.loads(path.read_text(encoding="utf-8"))


def test_what_the_makefile_and_the_procfile_run_exists() -> None:
    """Each module and script that a make word or a process starts is there."""
    text = (ROOT / "Makefile").read_text() + (ROOT / "Procfile").read_text()
    modules = set(re.findall(r"(?:\$\(PY\)|python) -m ([\w.]+)", text)) - {"pytest", "ruff", "mypy"}
    scripts = set(re.findall(r"\b((?:tools|bench)/\w+\.py|\S+\.conf\.py)\b", text))
    assert modules
    assert scripts
    assert [name for name in modules if not (ROOT / name.replace(".", "/") / "__main__.py").is_file()] == []
    assert [name for name in scripts if not (ROOT / name).is_file()] == []


def test_the_command_that_continuous_integration_runs_is_executable() -> None:
    """.ci/run can be started as it is, stops at the first failure, and lets nothing be skipped."""
    file = ROOT / ".ci" / "run"
    text = file.read_text()
    assert file.stat().st_mode & 0o111
    assert text.startswith("#!/usr/bin/env bash\n")
    for needed in ("set -euo pipefail", "export CI=true", "make check"):
        assert needed in text
