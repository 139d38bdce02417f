"""`make texts`: what it finds in the code, and what it does to a catalog."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import texts


@pytest.fixture
def house(tmp_path: Path) -> Path:
    room = tmp_path / "bot" / "answers"
    room.mkdir(parents=True)
    (tmp_path / "jobs").mkdir()
    (room / "one.py").write_text('speech.say("Hello {name}", name=1)\nspeech.say_n("A day", "{n} days", 2)\n')
    (tmp_path / "bot" / "templates").mkdir()
    (tmp_path / "bot" / "templates" / "page.html").write_text('<p>{{ say("On a page") }}</p>')
    rooms = tmp_path / "bot" / "knowledge" / "importers"
    rooms.mkdir(parents=True)
    (rooms / "rows.py").write_text(
        'remark("No column {name}.", name=1)\nremark_n("{n} row", "{n} rows", 2)\n'
    )
    screens = tmp_path / "bot" / "console" / "templates" / "console"
    screens.mkdir(parents=True)
    (screens / "page.html").write_text('<p>{{ remark("On a screen") }}</p>')
    (tmp_path / "bot" / "supervisor.py").write_text('crew.say("web", "not for readers")\n')
    return tmp_path


def catalog(house: Path, tag: str) -> Path:
    return house / "locales" / tag / "LC_MESSAGES" / "messages.po"


def test_new_sentences_stand_in_every_catalog_and_english_speaks_for_itself(house: Path) -> None:
    """The first run leaves every other language to be translated and says so."""
    assert texts.main([], house) == 1
    assert 'msgid "Hello {name}"\nmsgstr ""' in catalog(house, "ja").read_text()
    english = catalog(house, "en").read_text()
    assert 'msgstr "Hello {name}"' in english
    assert 'msgstr[1] "{n} days"' in english
    assert 'msgstr "On a page"' in english
    assert "not for readers" not in english
    assert "column" not in english


def test_staff_have_a_catalog_of_their_own(house: Path) -> None:
    """What clerks read stands in Japanese and English only, apart from what readers read."""
    texts.main([], house)
    staff = sorted(path.relative_to(house / "locales").as_posix() for path in house.rglob("staff.po*"))
    assert staff == ["en/LC_MESSAGES/staff.po", "ja/LC_MESSAGES/staff.po", "staff.pot"]
    english = (house / "locales" / staff[0]).read_text()
    assert 'msgstr "No column {name}."' in english
    assert 'msgstr[1] "{n} rows"' in english
    assert 'msgstr "On a screen"' in english
    assert "Hello" not in english
    assert 'msgid "No column {name}."\nmsgstr ""' in (house / "locales" / staff[1]).read_text()


def test_files_are_the_same_after_a_second_run(house: Path) -> None:
    """Without a change in the code there is no change in a catalog."""
    texts.main([], house)
    before = {path: path.read_bytes() for path in house.rglob("messages.po*")}
    texts.main([], house)
    assert {path: path.read_bytes() for path in house.rglob("messages.po*")} == before
    assert len(before) == 6


def test_the_check_names_a_stale_file_and_writes_nothing(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sentence that no catalog has makes the check fail."""
    assert texts.main(["--check"], house) == 1
    assert "locales/messages.pot is stale" in capsys.readouterr().err
    assert not list(house.rglob("*.po"))


def test_a_sentence_that_comes_back_brings_its_translation(house: Path) -> None:
    """What a translator wrote is not lost when a sentence leaves the code for a while."""
    texts.main([], house)
    path, code = catalog(house, "ja"), house / "bot" / "answers" / "one.py"
    path.write_text(
        path.read_text().replace('"Hello {name}"\nmsgstr ""', '"Hello {name}"\nmsgstr "やあ {name}"')
    )
    source = code.read_text()
    code.write_text("")
    texts.main([], house)
    assert '#~ msgid "Hello {name}"' in path.read_text()
    code.write_text(source)
    texts.main([], house)
    assert '\nmsgid "Hello {name}"\nmsgstr "やあ {name}"' in path.read_text()


def test_a_sentence_that_is_not_written_out_is_named(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No catalog could know a sentence that is put together at run time."""
    (house / "jobs" / "two.py").write_text("speech.say(sentence)\n")
    assert texts.main([], house) == 1
    code = "remark(sentence)\nx = f\"{remark('A row.')}\"\n"
    (house / "bot" / "knowledge" / "importers" / "two.py").write_text(code)
    (house / "bot" / "console" / "templates" / "console" / "two.html").write_text("{{ remark(sentence) }}")
    assert texts.main([], house) == 1
    told = capsys.readouterr().err
    assert "jobs/two.py:1: the msgid must be written out here" in told
    assert "bot/knowledge/importers/two.py:1: the msgid must be written out here" in told
    assert "bot/knowledge/importers/two.py:2: the msgid must be written out here" in told
    assert "bot/console/templates/console/two.html:1: the msgid must be written out here" in told
