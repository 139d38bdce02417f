"""Help for whoever writes a notice: what differs between its languages, what readers stumble over."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.broadcasts.figures import Figure, Kind, differing, figures
from bot.knowledge.importers.proposal import Remark, remark

ORIGINAL: Final = "ja"
"""The language that the others are compared with."""

MOST_CHARACTERS: Final = 5000
"""LINE's limit of a text message, in UTF-16 code units."""

LONG_SENTENCE: Final = 40
"""Characters, without readings and links, from which a sentence in easy Japanese is hard to follow."""

_TESTING = re.compile(r"テスト|てすと|試験(?:配信|放送|です)|\btest(?:ing)?\b|测试|測試", re.IGNORECASE)
_TODAY = re.compile(
    r"今日|本日|きょう|明日|あす|あした|\btoday\b|\btomorrow\b|\btonight\b|今天|明天|今晚", re.IGNORECASE
)
_SENTENCE = re.compile(r"[^。！？\n]+")
_UNREAD = re.compile(r"（[ぁ-ゖァ-ヺー・ ]+）|https?://\S+")
"""What does not make a sentence longer for its reader: readings and links."""
_BARE_KANJI = re.compile(r"[一-龠々]+(?![一-龠々]*(?:[ぁ-ゖ]{0,3})?（)")
_KANJI_NUMBERS = frozenset("一二三四五六七八九十百千万円年月日時分回人")


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to look at. What `blocks` has to be mended, or explained where it says so by its `id`."""

    id: str
    language: str
    blocks: bool
    remark: Remark
    explainable: bool = False


def hints(
    texts: Mapping[str, str], day: date | None = None, live: bool = True, explained: Collection[str] = ()
) -> tuple[Hint, ...]:
    """Return what to look at in a notice. `texts` holds what is written so far, by language tag.

    `day` is when it goes out, `live` whether to residents; differences in `explained` no longer block.
    """
    found = [
        *_differences(texts),
        *(hint for tag, text in texts.items() for hint in _alone(tag, text, day, live)),
    ]
    return tuple(_seen(hint, explained) for hint in found)


def line_length(text: str) -> int:
    """Return how long LINE finds a text: UTF-16 code units, so that most emoji count two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _seen(hint: Hint, explained: Collection[str]) -> Hint:
    if not hint.explainable or hint.id not in explained:
        return hint
    return Hint(hint.id, hint.language, False, hint.remark, True)


def _differences(texts: Mapping[str, str]) -> Iterator[Hint]:
    """Every fact of the Japanese stands in each language, and none of them adds one."""
    original = texts.get(ORIGINAL)
    if not original:
        return
    for tag, text in texts.items():
        if tag == ORIGINAL or not text:
            continue
        missing, added = differing(original, text)
        for one in missing:
            words = remark("The Japanese says {figure}; this text does not.", figure=one.written)
            yield _difference("missing", tag, one, words)
        for one in added:
            words = remark("This text says {figure}; the Japanese does not.", figure=one.written)
            yield _difference("added", tag, one, words)


def _difference(what: str, tag: str, one: Figure, words: Remark) -> Hint:
    return Hint(f"{what}:{tag}:{one.kind}:{one.value}", tag, True, words, explainable=True)


def _alone(tag: str, text: str, day: date | None, live: bool) -> Iterator[Hint]:
    """What one text shows by itself."""
    length = line_length(text)
    if length > MOST_CHARACTERS:
        words = remark("{n} characters; LINE takes {most}.", n=length, most=MOST_CHARACTERS)
        yield Hint(f"long:{tag}", tag, True, words)
    if live and (found := _TESTING.search(text)):
        yield Hint(f"test:{tag}", tag, True, remark("“{word}” in a notice to residents.", word=found[0]))
    if day and (found := _TODAY.search(_UNREAD.sub("", text))):
        words = remark("“{word}”: it is read on {day}. Name the date.", word=found[0], day=day.isoformat())
        yield Hint(f"today:{tag}", tag, False, words)
    yield from _weekdays(tag, text, day)
    if tag == "ja-simple":
        yield from _easy(text)


def _weekdays(tag: str, text: str, day: date | None) -> Iterator[Hint]:
    """A weekday that is not the date's own makes half of the readers come on the wrong day."""
    for one in figures(text):
        if one.kind is not Kind.DATE or one.weekday is None or day is None:
            continue
        meant = _coming(one.value, day)
        if meant is None:
            words = remark("{date} does not exist.", date=one.written)
            yield Hint(f"date:{tag}:{one.value}", tag, True, words)
        elif meant.weekday() != one.weekday:
            words = remark("{date} is another weekday in {year}.", date=one.written, year=meant.year)
            yield Hint(f"weekday:{tag}:{one.value}", tag, True, words, explainable=True)


def _coming(value: str, day: date) -> date | None:
    """Return the date that `MM-DD` means in a notice of a day: within half a year before or after it."""
    month, number = int(value[:2]), int(value[3:])
    near = []
    for year in (day.year - 1, day.year, day.year + 1):
        try:
            near.append(date(year, month, number))
        except ValueError:
            continue
    return min(near, key=lambda one: abs((one - day).days), default=None)


def _easy(text: str) -> Iterator[Hint]:
    """Hints, never more, for easy Japanese: one short thing a sentence, a reading behind each kanji word."""
    for number, sentence in enumerate(_SENTENCE.findall(text), start=1):
        plain = _UNREAD.sub("", sentence).strip()
        if len(plain) > LONG_SENTENCE:
            words = remark(
                "Sentence {number} is long ({n} characters): one thing at a time.",
                number=number,
                n=len(plain),
            )
            yield Hint(f"sentence:ja-simple:{number}", "ja-simple", False, words)
    bare = [word for word in _BARE_KANJI.findall(text) if not _KANJI_NUMBERS.issuperset(word)]
    if bare:
        words = remark("No reading behind: {words}", words="、".join(dict.fromkeys(bare[:5])))
        yield Hint("reading:ja-simple", "ja-simple", False, words)
