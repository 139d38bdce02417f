"""What people do in the console to change the contents, for tests."""

from __future__ import annotations

from werkzeug.test import TestResponse

from bot.answers.model import Question, Status
from tests.component.offices import Browser, Office, said
from tests.component.waiting import until
from tests.real import NOON

ASKED = "パドルボードはどう捨てる"


def ask(city: Office, text: str, language: str = "ja") -> str | None:
    """Return the id of what is answered now, as a process that looks for changes answers."""
    city.desk.services.content.poll()
    answer = city.desk.services.content.current.answer(Question(text=text, language=language, now=NOON))
    return answer.answer_id if answer.status is Status.ANSWERED else None


def checked(browser: Browser, response: TestResponse) -> TestResponse:
    """Return the page of a change once it has been checked."""
    assert response.status_code == 303, said(response)
    path = response.headers["Location"].partition("/console/")[2]

    def done() -> TestResponse | None:
        page = browser.get(path)
        return None if "確認中" in said(page) else page

    return until(done, "the check")


def wait_for(browser: Browser, path: str, **fields: str) -> TestResponse:
    """Send a form and return the page of the change that came of it, checked."""
    return checked(browser, browser.post(path, **fields))


WORD = {
    "target": "garbage:umbrella", "form": "パドルボード", "language": "ja",
    "question": ASKED, "question_language": "ja",
}  # fmt: skip
