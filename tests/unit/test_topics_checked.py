"""Topics stand on buttons: one that would be cut off, or that cannot be told apart, is refused."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from bot.knowledge import checks
from bot.knowledge.topics import Topic
from bot.language.tags import TAGS
from tests.real import knowledge


def test_a_topic_has_a_short_name_and_an_id_of_its_own() -> None:
    """Both problems are named with the topic and the language."""
    fine = Topic(id="news", name=dict.fromkeys(TAGS, "News"))
    long = Topic(id="news", name={**fine.name, "en": "A" * 21})
    city = knowledge().city.model_copy(update={"topics": [fine, long]})
    read: Any = SimpleNamespace(one={"city.yaml": city})
    told = [str(problem) for problem in checks._topics(read)]
    assert sum("stands there twice" in one for one in told) == 2
    assert [one for one in told if "topic in en is longer than 20" in one]
