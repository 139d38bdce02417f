"""Changes written to the files of a content folder: whole, kept, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.clock import Clock
from bot.publishing.disk import DiskPlace
from bot.publishing.history import Change, EditedSince, LaterChange, NothingToUndo, Overtaken, to_undo

BEFORE = {"desks.yaml": "old desks\n", "garbage/names.csv": "old names\n"}
AFTER = {"desks.yaml": "new desks\n", "garbage/names.csv": None, "faq.csv": "question\nごみ\n"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "city" / "content"
    for path, text in BEFORE.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def change(files: dict[str, str | None], kind: str = "faq") -> Change:
    return Change(kind, "a change", "ann", None, files)


def texts(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def place(folder: Path) -> DiskPlace:
    return DiskPlace(folder, Clock())


def test_a_change_is_written_and_can_be_undone(folder: Path) -> None:
    """All files of a change are written; undoing brings back every one, and who did both is on record."""
    assert place(folder).publish(change(AFTER)) == 1
    assert texts(folder) == {"desks.yaml": "new desks\n", "faq.csv": "question\nごみ\n"}
    now = place(folder)
    [revision] = now.history()
    assert (revision.author, revision.paths, revision.active) == ("ann", frozenset(AFTER), True)
    now.undo(revision, "bob")
    assert texts(folder) == BEFORE
    [revision] = place(folder).history()
    assert (revision.undone_by, revision.active) == ("bob", False)


def test_looking_writes_nothing(folder: Path) -> None:
    """Opening the folder and reading its history leaves no trace beside it."""
    assert place(folder).history() == []
    assert [path.name for path in folder.parent.iterdir()] == ["content"]


def test_files_edited_meanwhile_are_not_written_over(folder: Path) -> None:
    """A change made from texts that no longer stand is refused, and so is undoing over an edit by hand."""
    old = place(folder)
    (folder / "desks.yaml").write_text("edited\n", encoding="utf-8")
    with pytest.raises(Overtaken):
        old.publish(change(AFTER))
    place(folder).publish(change({"faq.csv": "imported\n"}))
    (folder / "faq.csv").write_text("edited\n", encoding="utf-8")
    now = place(folder)
    with pytest.raises(EditedSince):
        now.undo(now.history()[0], "bob")
    assert (folder / "faq.csv").read_text(encoding="utf-8") == "edited\n"


@pytest.mark.parametrize("moved", [0, 1, 2])
def test_a_change_cut_short_is_taken_back(folder: Path, monkeypatch: pytest.MonkeyPatch, moved: int) -> None:
    """When the process dies between two files, the next look finds all of them as they were before."""
    dying = place(folder)
    with monkeypatch.context() as patch:
        _die_after(patch, moved, folder)
        with pytest.raises(KeyboardInterrupt):
            dying.publish(change({**BEFORE, "desks.yaml": "new\n", "faq.csv": "new\n"}))
    assert place(folder).history() == []
    assert texts(folder) == BEFORE
    assert place(folder).publish(change(AFTER)) == 1


@pytest.mark.parametrize("moved", [0, 1])
def test_an_undoing_cut_short_is_finished(folder: Path, monkeypatch: pytest.MonkeyPatch, moved: int) -> None:
    """When the process dies while it brings back the former texts, the next look brings back the rest."""
    place(folder).publish(change(AFTER))
    dying = place(folder)
    with monkeypatch.context() as patch:
        _die_after(patch, moved, folder)
        with pytest.raises(KeyboardInterrupt):
            dying.undo(dying.history()[0], "bob")
    [revision] = place(folder).history()
    assert revision.undone_by == "bob"
    assert texts(folder) == BEFORE


def _die_after(patch: pytest.MonkeyPatch, moved: int, folder: Path) -> None:
    """Let only so many files of the folder be moved into place."""
    real, left = Path.replace, [moved]

    def replace(self: Path, target: Path) -> Path:
        if folder in self.parents:
            left[0] -= 1
            if left[0] < 0:
                raise KeyboardInterrupt
        return real(self, target)

    patch.setattr(Path, "replace", replace)


def test_the_latest_of_a_kind_is_undone_unless_a_later_one_rests_on_it(folder: Path) -> None:
    """Without a number it is the latest in force; one whose files were written again later is refused."""
    for kind, path in (("faq", "faq.csv"), ("towns", "towns.csv"), ("faq", "faq.csv")):
        place(folder).publish(change({path: kind}, kind))
    now = place(folder)
    assert to_undo(now.history()).number == 3
    assert to_undo(now.history(), kind="towns").number == 2
    with pytest.raises(LaterChange, match=r"revision 3 touches faq.csv after revision 1"):
        to_undo(now.history(), number=1)
    now.undo(to_undo(now.history()), "bob")
    assert to_undo(place(folder).history(), kind="faq").number == 1
    with pytest.raises(NothingToUndo):
        to_undo(place(folder).history(), number=3)
