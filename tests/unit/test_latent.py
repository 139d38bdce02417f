"""What a text is about, in directions learned from all that is said: near also without a common word."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from bot.answers import latent
from bot.answers.normalise import units
from bot.answers.relevance import measured
from tests.real import engine

HOUSE = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """Return the tool that learns the table."""
    found = importlib.util.spec_from_file_location("latent_tool", HOUSE / "tools/latent.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.fixture
def small(tool: ModuleType) -> latent.Latent:
    """Return where four things point, by words learned from what is said of them alone."""
    said = [
        ("pan", "heavy iron thing to fry eggs"),
        ("pan", "you fry meat in it"),
        ("wok", "round iron thing to stir meat"),
        ("wok", "stir vegetables, iron"),
        ("scarf", "long wool for a cold neck"),
        ("scarf", "warm wool to wear"),
        ("mitten", "wool to wear, warm hands"),
        ("mitten", "cold hands, warm wool"),
    ]
    relevance = measured((name, units(phrase)) for name, phrase in said)
    return latent.directed(tool.learn(relevance, 2, 1), relevance)


THINGS = ("pan", "wok", "scarf", "mitten")


@pytest.mark.parametrize(
    ("text", "nearer", "further"),
    [("eggs", "wok", "mitten"), ("vegetables", "pan", "scarf"), ("neck", "mitten", "wok")],
)
def test_words_of_like_things_are_near(small: latent.Latent, text: str, nearer: str, further: str) -> None:
    """Nobody says eggs of a wok, but what is said of pans is said of woks as well."""
    found = latent.near([units(text)], small, THINGS)
    assert found[nearer] > 0.8
    assert found[further] < 0.5


def test_what_is_not_known_is_near_nothing(small: latent.Latent) -> None:
    """Neither unknown words nor unknown things point anywhere."""
    assert latent.near([units("zeppelin")], small, THINGS) == {}
    assert latent.near([()], small, THINGS) == {}
    assert latent.near([units("eggs")], small, ["kettle"]) == {}


def test_a_direction_has_no_length() -> None:
    """How large the numbers are does not matter; of nothing there is none."""
    assert latent.direction([3.0, 4.0]) == latent.direction([0.3, 0.4])
    assert latent.direction([0.0, 0.0]) == bytes(2)


def test_learned_words_come_back_as_they_were_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table that is read is the one that was written; no word is hurt by commas or quotes in it."""
    words = {name: latent.Word(0.5, latent.direction([1.0, -2.0])) for name in ('"', "鍋,", "pan")}
    monkeypatch.setattr(latent, "FILE", tmp_path / "latent.csv")
    latent.write(words)
    assert latent.learned() == words


def test_nearly_all_things_point_somewhere() -> None:
    """Learned words are those that people say of the things of today's content."""
    index = engine().index
    assert len(set(index.relevance.ids) & index.latent.things.keys()) > 0.99 * len(index.relevance.ids)
