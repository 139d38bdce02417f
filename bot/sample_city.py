"""The made-up city みほん市 for practice: this city's content under a calendar that is made up as a whole."""

from __future__ import annotations

import hashlib
import shutil
from datetime import date
from pathlib import Path
from typing import Final

from bot.knowledge.files import content_files
from bot.knowledge.importers.kinds import propose
from bot.knowledge.importers.options import Options
from bot.knowledge.loader import load

NAME: Final = "みほん市（架空の市）"
_STEPS: Final = (
    ("towns", "towns.csv", None),
    ("calendar", "calendar-2026.csv", 2026),
    ("calendar", "calendar-2027.xlsx", 2027),
)
_IN_CITY_YAML: Final = (
    ("id: tokushima", "id: mihon"),
    ('ja: "徳島市"', f'ja: "{NAME}"'),
    (
        'ja-simple: "徳島市（とくしまし）"',
        'ja-simple: "みほん市（し）（本当（ほんとう）には ない 市（し））"',
    ),
    ('en: "Tokushima City"', 'en: "Mihon City (made up)"'),
    ('zh-Hans: "德岛市"', 'zh-Hans: "样本市（虚构）"'),
    ('zh-Hant: "德島市"', 'zh-Hant: "樣本市（虛構）"'),
    ("enabled: false", "enabled: true"),
)
"""What the made-up city decides otherwise: its name, and that people are reminded."""


def make(content: Path, samples: Path, below: Path) -> Path:
    """Return the folder of the made-up city's content below `below`, made anew when its sources changed.

    Its calendar goes through the same importers as a city's own. Raises ValueError when they refuse it.
    """
    folder = below / f"sample-city-{_fingerprint(content, samples)}"
    if folder.exists():
        return folder
    half = below / "sample-city-half"
    shutil.rmtree(half, ignore_errors=True)
    shutil.copytree(content, half)
    _rename(half / "city.yaml")
    for kind, file, year in _STEPS:
        _take_over(half, kind, samples / file, year)
    half.rename(folder)
    return folder


def _rename(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    for before, after in _IN_CITY_YAML:
        if before not in text:
            raise ValueError(f"{file.name} does not hold {before!r}: the made-up city stands on this content")
        text = text.replace(before, after, 1)
    file.write_text(text, encoding="utf-8")


def _take_over(folder: Path, kind: str, file: Path, year: int | None) -> None:
    texts = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in content_files(folder)
    }
    options = Options(today=date(2026, 4, 1), year=year, holidays="collected", source_date="2026-03")
    proposal = propose(kind, {file.name: file.read_bytes()}, load(folder), texts, options)
    if proposal.rejected:
        raise ValueError(f"{file.name}: {proposal.rejected[0].place} is refused")
    for path, text in proposal.files.items():
        (folder / path).write_text(text, encoding="utf-8")


def _fingerprint(content: Path, samples: Path) -> str:
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for path in [*content_files(content), *(samples / file for _, file, _ in _STEPS)]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
