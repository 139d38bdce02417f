"""The board of subscribers and the figures that staff enter."""

from __future__ import annotations

import io
from datetime import timedelta

from bot.console.access.roles import Role
from bot.store import audit, insights
from bot.store.insights import Told
from tests.component.offices import Browser, Office, said, token_in


def told_until_yesterday(office: Office) -> None:
    """Let LINE have told 140 days, ten new friends a week."""
    today = office.desk.services.clock.today()

    def keep(connection: insights.Connection) -> None:
        for n in range(1, 141):
            told = Told(today - timedelta(days=n), "ready", 1600 - n, 1500 - n, 100, 0)
            insights.keep_day(connection, told)

    office.database.write(keep)


def send_table(browser: Browser, text: str) -> object:
    token = token_in(browser.get("subscribers/figures/"))
    return browser.client.post(
        "/console/subscribers/figures/table",
        data={"csrf_token": token, "file": (io.BytesIO(text.encode()), "figures.csv")},
        **browser.base,
    )


def test_the_board_says_so_when_nothing_is_known(one_office: Office) -> None:
    """On the first day there are no figures, and no page that breaks for it."""
    page = one_office.member("sato", Role.VIEWER).get("subscribers/")
    assert page.status_code == 200
    assert "LINEの統計は、まだ届いていません" in said(page)


def test_the_board_shows_friends_and_never_followers(office: Office) -> None:
    """1,599 ever added the account and 100 of them block it: 1,499 friends, and 401 missing."""
    told_until_yesterday(office)
    page = office.member("sato", Role.VIEWER).get("subscribers/?span=all")
    text = said(page)
    assert "現在 1,499" in text
    assert "目標まで 401" in text
    assert "1,599" not in text
    assert "数字を入力" not in text


def test_figures_are_entered_counted_and_recorded(office: Office) -> None:
    """A table goes in as a whole, stands in sum and CSV, and can be taken back; each is in the record."""
    told_until_yesterday(office)
    writer = office.member("sato")
    day = office.desk.services.clock.today() - timedelta(days=3)
    send_table(writer, f"x,{day},300\nlibrary-cards,{day},12.5\n")
    text = said(writer.get("subscribers/"))
    assert "現在 1,799" in text
    assert "12.5 %" in text
    csv = writer.get("subscribers/figures.csv").text
    last = csv.strip().splitlines()[-1].split(",")
    assert (last[1], last[3], last[7]) == ("1799", "estimate", "300")
    writer.post("subscribers/figures/remove", "subscribers/figures/", series="x", day=str(day))
    assert "現在 1,499" in said(writer.get("subscribers/"))
    deeds = office.database.read(lambda connection: audit.look(connection, "sato"))
    assert [one.action for one in deeds[:2]] == ["figure-removed", "figures-entered"]


def test_a_bad_table_changes_nothing(one_office: Office) -> None:
    """A negative number among good ones is named with its row, and nothing is kept."""
    writer = one_office.member("sato")
    day = one_office.desk.services.clock.today()
    page = send_table(writer, f"x,{day},300\nfacebook,{day},-3\n")
    assert page.status_code == 422  # type: ignore[attr-defined]
    assert "'-3'は負の数です" in said(page)  # type: ignore[arg-type]
    assert one_office.database.read(insights.entered) == []


def test_a_viewer_enters_nothing(one_office: Office) -> None:
    """Who only looks has no form, and a made-up one is refused."""
    viewer = one_office.member("sato", Role.VIEWER)
    assert viewer.get("subscribers/figures/").status_code == 403
    token = token_in(viewer.get("account/"))
    sent = viewer.send("subscribers/figures/", {"csrf_token": token, "series": "x"})
    assert sent.status_code == 403
