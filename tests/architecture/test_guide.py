"""The handbook for PR staff calls every button and heading what the screen calls it."""

from __future__ import annotations

import re
from pathlib import Path

import yaml
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent.parent
GUIDE = (ROOT / "docs" / "broadcast-guide.ja.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"「([^」]+)」", GUIDE)))


def _on_screen() -> str:
    """Return everything that the screens, the chat and the templates may show in Japanese."""
    shown: list[str] = []
    for domain in ("staff", "messages"):
        path = ROOT / "locales" / "ja" / "LC_MESSAGES" / f"{domain}.po"
        with path.open("rb") as file:
            for message in read_po(file, locale="ja"):
                shown += [message.string] if isinstance(message.string, str) else message.string
    shown.append((ROOT / "content" / "notices.yaml").read_text(encoding="utf-8"))
    city = yaml.safe_load((ROOT / "content" / "city.yaml").read_text(encoding="utf-8"))
    return "\n".join(shown).replace("{city}", city["name"]["ja"])


def test_what_the_guide_names_stands_on_the_screen() -> None:
    """A reader finds the words of the guide where it says."""
    shown = _on_screen()
    assert [words for words in NAMED if words not in shown] == []
