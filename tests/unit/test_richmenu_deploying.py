"""Bringing menus to LINE: once is enough, and cut off anywhere it goes on."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.richmenus.deploying import Deployment, Step
from tests.unit.menus import FakeMenus, Killed, designs


def deploy(line: FakeMenus, mark: str, dry: bool = False) -> list[Step]:
    """Deploy, and show everybody the new menu who saw an old one."""

    def relink(menus: Mapping[str, str]) -> int:
        older = [person for person, menu in line.seen.items() if menu not in menus.values()]
        for person in older:
            line.link(menus["en"], [person])
        return len(older)

    return Deployment(line, designs(mark), relink, dry).run()


def with_old_menus() -> FakeMenus:
    """Return a LINE with last year's menus, one reader of English, and a menu of somebody else."""
    line = FakeMenus()
    deploy(line, "old")
    foreign = line.create({"name": "made by hand"})
    line.upload(foreign, b"by hand")
    line.link(line.names["awamado-en"], ["U1"])
    line.names["awamado-xx"] = line.names["awamado-ja"]
    line.changes.clear()
    return line


def test_everybody_sees_the_new_menus() -> None:
    """A menu, a picture and an alias a language, Japanese for all, readers moved, the old ones gone."""
    line = with_old_menus()
    deploy(line, "new")
    names, pictures, aliases, default, seen = line.state()
    assert names == ["awamado-en-new", "awamado-ja-new", "awamado-zh-Hans-new", "made by hand"]
    assert pictures["awamado-en-new"] == b"en new"  # type: ignore[index]
    assert aliases == {f"awamado-{tag.lower()}": f"awamado-{tag}-new" for tag in ("ja", "en", "zh-Hans")}
    assert (default, seen) == ("awamado-ja-new", {"U1": "awamado-en-new"})


def test_nobody_is_without_a_menu_meanwhile() -> None:
    """Old menus are deleted after the new ones are shown to everybody."""
    line = with_old_menus()
    deploy(line, "new")
    assert line.changes.index("delete") > max(
        len(line.changes) - 1 - line.changes[::-1].index(what) for what in ("point", "default", "link")
    )


def test_a_second_deployment_changes_nothing() -> None:
    """Whatever is as it should be is left alone, and the run says so."""
    line = with_old_menus()
    deploy(line, "new")
    line.changes.clear()
    assert deploy(line, "new") == []
    assert line.changes == []


@pytest.mark.parametrize("done", [False, True], ids=["before the call", "after the call"])
def test_a_run_that_was_cut_off_is_simply_run_again(done: bool) -> None:
    """Killed before or after any call that changes something, a second run leads to the same end."""
    whole = with_old_menus()
    deploy(whole, "new")
    for calls in range(len(whole.changes)):
        line = with_old_menus()
        line.calls_left, line.done = calls, done
        with pytest.raises(Killed):
            deploy(line, "new")
        line.calls_left = 1_000
        deploy(line, "new")
        assert line.state() == whole.state(), calls


def test_a_dry_run_tells_what_would_be_done_and_does_nothing() -> None:
    """It names the same steps that a real run takes, but for the readers."""
    line = with_old_menus()
    told = deploy(line, "new", dry=True)
    assert line.changes == []
    assert told == [step for step in deploy(line, "new") if step.what != "people"]
