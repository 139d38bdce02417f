"""A frozen index answers as the built one does, and a spoilt file costs only time."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answers.frozen import freeze, thaw
from bot.knowledge.calendar import CollectionCalendar
from bot.pantry import engine_for
from tests.real import voices
from tests.small import engine, knowledge


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file that an engine left behind in an empty folder, to be copied."""
    folder = tmp_path_factory.mktemp("built")
    engine_for(knowledge(), voices(), folder)
    (file,) = folder.glob("*.bin")
    return file


@pytest.fixture
def kept(built: Path, tmp_path: Path) -> Path:
    """Return such a file in a folder of this test's own."""
    return Path(shutil.copy(built, tmp_path))


def test_a_thawed_index_is_the_frozen_one() -> None:
    """Nothing is lost on the way to bytes and back."""
    index = engine().index
    assert thaw(freeze(index)) == index


def test_the_second_engine_is_read_from_the_file_of_the_first(kept: Path, tmp_path: Path) -> None:
    """One file a content version is kept; it gives the same index."""
    before = kept.stat().st_ino
    assert engine_for(knowledge(), voices(), tmp_path).index == engine().index
    assert list(tmp_path.glob("*.bin")) == [kept]
    assert kept.stat().st_ino == before


def test_days_and_towns_need_no_index_of_their_own(kept: Path, tmp_path: Path) -> None:
    """Content that differs in collection days only shares the file; any other difference gets its own."""
    known = knowledge()
    days = replace(known, version="other", towns=(), calendar=CollectionCalendar((), (), ()))
    assert engine_for(days, voices(), tmp_path).index == engine().index
    assert list(tmp_path.glob("*.bin")) == [kept]
    engine_for(replace(known, lexicon="other", names=known.names[:100]), voices(), tmp_path)
    assert len(list(tmp_path.glob("*.bin"))) == 2


def test_a_few_files_stay(tmp_path: Path) -> None:
    """The newest indexes stay, the one just built among them; older ones make room."""
    for number in range(5):
        old = tmp_path / f"index-{number}.bin"
        old.touch()
        os.utime(old, (number, number))
    engine_for(knowledge(), voices(), tmp_path)
    names = {one.name for one in tmp_path.glob("*.bin")}
    assert {"index-4.bin", "index-3.bin"} < names
    assert len(names) == 3


def test_what_is_in_use_stays(kept: Path, tmp_path: Path) -> None:
    """An index that is read again counts as new, however long ago it was built."""
    os.utime(kept, (1, 1))
    for number in range(5):
        (tmp_path / f"index-{number}.bin").touch()
        os.utime(tmp_path / f"index-{number}.bin", (number + 2, number + 2))
    engine_for(knowledge(), voices(), tmp_path)
    engine_for(replace(knowledge(), lexicon="other"), voices(), tmp_path)
    assert kept.exists()


def test_a_spoilt_file_is_built_anew(kept: Path, tmp_path: Path) -> None:
    """Half a file is no reason not to start."""
    kept.write_bytes(kept.read_bytes()[:1000])
    assert engine_for(knowledge(), voices(), tmp_path).index == engine().index


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    """Where nothing can be kept the engine is built at each start."""
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert engine_for(knowledge(), voices(), blocked).index == engine().index
