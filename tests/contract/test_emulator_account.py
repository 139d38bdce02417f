"""What the practice LINE tells: profiles, followers, figures, the account, the waiting animation."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from linebot.v3.insight import ApiClient as InsightClient
from linebot.v3.insight import Configuration as InsightConfiguration
from linebot.v3.insight import Insight
from linebot.v3.messaging import ApiException, MessagingApi, PushMessageRequest, ShowLoadingAnimationRequest
from linebot.v3.messaging import TestWebhookEndpointRequest as WebhookTestRequest

from tests.contract.listening_bot import ListeningBot
from tests.contract.sdk import HELLO, later
from tests.emulator_process import Practice


@pytest.mark.parametrize("seconds", [7, 0, 65])
def test_loading_runs_in_steps_of_five(emulator: Practice, line: MessagingApi, seconds: int) -> None:
    """5 to 60 seconds in steps of five are taken, others refused."""
    user = emulator.person()
    body = {"chatId": user, "loadingSeconds": seconds}
    assert emulator.line("POST", "/v2/bot/chat/loading/start", body)[0] == 400
    assert emulator.line("POST", "/v2/bot/chat/loading/start", {**body, "loadingSeconds": 60})[0] == 202


def test_loading_shows_until_a_message_comes(
    emulator: Practice, line: MessagingApi, bot: ListeningBot
) -> None:
    """The animation shows on the phone, and ends with a message or with its time."""
    user = emulator.person()

    def loading() -> bool:
        shown: bool = emulator.get(f"/emulator/people/{user}/timeline")["loading"]
        return shown

    line.show_loading_animation(ShowLoadingAnimationRequest(chatId=user, loadingSeconds=20))
    assert loading()
    line.push_message(PushMessageRequest(to=user, messages=HELLO))
    assert not loading()
    line.show_loading_animation(ShowLoadingAnimationRequest(chatId=user))
    later(emulator, 20)
    assert not loading()


def test_the_profile_tells_the_language_only_with_consent(emulator: Practice, line: MessagingApi) -> None:
    """With consent the language is there, without it is absent."""
    told = line.get_profile(emulator.person(name="Ann", language="zh-TW"))
    assert (told.display_name, told.language) == ("Ann", "zh-TW")
    assert line.get_profile(emulator.person(language="en", consented=False)).language is None


def test_no_profile_of_strangers_and_blockers(
    emulator: Practice, line: MessagingApi, bot: ListeningBot
) -> None:
    """Who is no friend and never wrote, who blocks, and who does not exist is 404."""
    blocker = emulator.person()
    emulator.event(blocker, type="unfollow")
    for user in (blocker, emulator.person(following=False), "U" + "9" * 32):
        with pytest.raises(ApiException) as refused:
            line.get_profile(user)
        assert refused.value.status == 404


def test_followers_come_in_pages_to_verified_accounts(emulator: Practice, line: MessagingApi) -> None:
    """The pages hold every consenting friend once; an unverified account gets 403."""
    emulator.post("/emulator/people/bulk", {"count": 250, "languages": ["ja", "en"]})
    emulator.person(consented=False)
    seen: list[str] = []
    start = None
    while True:
        page = line.get_followers(limit=100, start=start)
        seen += page.user_ids
        start = page.next
        if start is None:
            break
    assert (len(seen), len(set(seen))) == (250, 250)
    emulator.put("/emulator/account", {"verified": False})
    with pytest.raises(ApiException) as refused:
        line.get_followers()
    assert refused.value.status == 403


def test_insight_comes_a_day_late_and_never_falls(emulator: Practice, bot: ListeningBot) -> None:
    """Today is unready; yesterday counts first-time adds, which stay, and blocks, which can be lifted."""
    insight = Insight(
        InsightClient(InsightConfiguration(host=emulator.base_url, access_token=emulator.token))
    )
    emulator.put("/emulator/clock", {"now": "2026-11-24T12:00:00+09:00"})
    day, users = date(2026, 11, 24), [emulator.person() for _ in range(3)]

    def figures(when: date) -> tuple[str, int | None, int | None]:
        told = insight.get_number_of_followers(var_date=f"{when:%Y%m%d}")
        return told.status, told.followers, told.blocks

    emulator.event(users[0], type="unfollow")
    assert figures(day) == ("unready", None, None)
    later(emulator, 24 * 3600)
    assert figures(day) == ("ready", 3, 1)
    emulator.event(users[0], type="follow")
    later(emulator, 24 * 3600)
    assert figures(day + timedelta(days=1)) == ("ready", 3, 0)
    assert figures(day) == ("ready", 3, 1)
    assert figures(date(2016, 10, 31)) == ("out_of_service", None, None)


def test_the_webhook_address_can_be_read_set_and_tested(line: MessagingApi, bot: ListeningBot) -> None:
    """The SDK reads and sets the endpoint; the test sends an empty webhook and tells the status."""
    assert line.get_webhook_endpoint().endpoint == bot.url
    bot.statuses = [200, 503]
    told = [line.test_webhook_endpoint(WebhookTestRequest()) for _ in range(2)]
    assert [(answer.success, answer.status_code) for answer in told] == [(True, 200), (False, 503)]
    assert [heard.events for heard in bot.heard] == [[], []]


def test_the_account_tells_its_name(emulator: Practice, line: MessagingApi) -> None:
    """bot/info shows what the account was set to."""
    emulator.put("/emulator/account", {"name": "市の窓口", "basic_id": "@city"})
    told = line.get_bot_info()
    assert (told.display_name, told.basic_id, told.chat_mode) == ("市の窓口", "@city", "bot")


def test_every_answer_has_a_request_id_of_its_own(emulator: Practice) -> None:
    """x-line-request-id is on successes and refusals and in the ledger."""
    calls = [("GET", "/v2/bot/info", None), ("POST", "/v2/bot/message/push", {})]
    ids = [emulator.line(*call)[2]["x-line-request-id"] for call in calls]
    kept = [emulator.ledger(kind)[0]["request_id"] for kind in ("info", "push")]
    assert ids == kept
    assert len(set(ids)) == 2
