"""Build `.venv` from hash-locked lists of packages; do nothing when it is up to date.

Usage: python tools/bootstrap.py requirements.txt [...]
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
INTERPRETER = f"{sys.version} {sys.base_prefix}"


def main(names: list[str]) -> None:
    """Install each named lock file that this `.venv` does not have yet."""
    for name in names:
        lock = ROOT / name
        stamp = VENV / f"{name}.stamp"
        wanted = hashlib.sha256(INTERPRETER.encode() + lock.read_bytes()).hexdigest()
        if not (stamp.is_file() and stamp.read_text() == wanted):
            install(lock)
            stamp.write_text(wanted)  # last: a build that was broken off has no stamp


def install(lock: Path) -> None:
    """Make the environment if there is none of this interpreter, and put the locked packages in."""
    if not same_interpreter():
        if find_spec("venv") is None or find_spec("ensurepip") is None:
            version = f"{sys.version_info.major}.{sys.version_info.minor}"
            sys.exit(
                f"This Python {version} cannot make virtual environments: install the package python3-venv "
                f"(Debian, Ubuntu: sudo apt-get install python3-venv), then run make again."
            )
        say(f"Building .venv with Python {sys.version.split()[0]}.")
        shutil.rmtree(VENV, ignore_errors=True)
        call([sys.executable, "-m", "venv", str(VENV)], "The environment .venv could not be made.")
    say(f"Installing the packages of {lock.name}; the first time this takes about a minute.")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    call(
        [*pip, "--require-hashes", "--no-deps", "-r", str(lock)],
        "The packages could not be installed. Is the network reachable? Running make again goes on.",
    )


def same_interpreter() -> bool:
    """Tell whether `.venv` works and was made with the Python that runs this."""
    ask = "import sys; print(sys.version, sys.base_prefix)"
    try:
        answer = subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return False
    return answer.stdout.strip() == INTERPRETER


def call(command: list[str], problem: str) -> None:
    """Run a command; when it fails, leave with one sentence after what the command itself said."""
    if subprocess.run(command, check=False).returncode:  # noqa: S603
        sys.exit(problem)


def say(text: str) -> None:
    """Tell what is going on."""
    print(text, flush=True)  # noqa: T201  # it talks to whoever ran make


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit("Stopped; the next make word goes on from here.")
