"""The files of this project, as the checks on its shape see them."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("bot", "jobs", "emulator")
CODE = (*PACKAGES, "tests", "tools", "bench")


def tracked_files() -> list[Path]:
    """Return every file that belongs to the project: what git knows or would take, else all but the built."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split("\0")
        found = [ROOT / name for name in listed if name]
    except (OSError, subprocess.CalledProcessError):  # an unpacked archive has no git
        built = {".venv", "var", "__pycache__"}
        found = [
            path
            for path in ROOT.rglob("*")
            if not any(p in built or p.endswith("_cache") for p in path.parts)
        ]
    return sorted(path for path in found if path.is_file())


def python_files(*packages: str) -> list[Path]:
    """Return the Python files below these top-level folders, migrations left out: they are history."""
    return [
        path
        for path in tracked_files()
        if path.suffix == ".py"
        and path.relative_to(ROOT).parts[0] in (packages or CODE)
        and "versions" not in path.parts
    ]


def name_of(path: Path) -> str:
    """Return the path as people write it: from the root, with slashes."""
    return path.relative_to(ROOT).as_posix()
