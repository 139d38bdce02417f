"""All known names, as people distort them: kana, width, romaji, one slip of the finger."""

from __future__ import annotations

import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.answers.model import Answer, Status
from bot.knowledge.schema import Name
from tests.quality.judge import behind_id, exactly
from tests.real import ask, knowledge

SEED = 20261122
FEWEST_FOR_A_SLIP = {"en": 5, "ja": 4, "ja-simple": 4, "zh-Hans": 3, "zh-Hant": 3}
"""A slip in a shorter word makes another word, which nobody could read right."""

_ROWS = {
    "あ": "a i u e o", "か": "ka ki ku ke ko", "さ": "sa shi su se so", "た": "ta chi tsu te to",
    "な": "na ni nu ne no", "は": "ha hi fu he ho", "ま": "ma mi mu me mo", "ら": "ra ri ru re ro",
    "が": "ga gi gu ge go", "ざ": "za ji zu ze zo", "だ": "da ji zu de do", "ば": "ba bi bu be bo",
    "ぱ": "pa pi pu pe po",
}  # fmt: skip
_COLUMNS = {
    "あ": "あいうえお", "か": "かきくけこ", "さ": "さしすせそ", "た": "たちつてと", "な": "なにぬねの",
    "は": "はひふへほ", "ま": "まみむめも", "ら": "らりるれろ", "が": "がぎぐげご", "ざ": "ざじずぜぞ",
    "だ": "だぢづでど", "ば": "ばびぶべぼ", "ぱ": "ぱぴぷぺぽ",
}  # fmt: skip
_HEPBURN = {
    kana: latin for row in _ROWS for kana, latin in zip(_COLUMNS[row], _ROWS[row].split(), strict=True)
} | {"や": "ya", "ゆ": "yu", "よ": "yo", "わ": "wa", "を": "o", "ん": "n", "ゔ": "vu"}
_SMALL = {"ゃ": "a", "ゅ": "u", "ょ": "o", "ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o"}
_HALF = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF66, 0xFF9E)}


@dataclass(frozen=True, slots=True)
class Noisy:
    """One distorted name. `meant` are all things that the undistorted form stands for."""

    row: str
    language: str
    clean: str
    text: str
    meant: frozenset[str]


def noisy_names() -> Iterator[Noisy]:
    """Yield every known name undistorted and distorted in each way that applies to it."""
    yield from _written()
    yield from _spoken()


def _written() -> Iterator[Noisy]:
    chance = random.Random(SEED)
    shown = _owners(lambda name: name.form)
    owners = _owners(lambda name: plain(name.form))
    for form, language in sorted({(name.form, name.language) for name in knowledge().names}):
        if plain(form) != form:
            yield Noisy("copied from a card", language, form, form, shown[form])
    for form, language in sorted({(plain(name.form), name.language) for name in knowledge().names}):
        yield Noisy("as written", language, form, form, owners[form])
        if _halved(form) != form:
            yield Noisy("half-width", language, form, _halved(form), owners[form])
        slipped = _slip(form, language, chance)
        if slipped and slipped not in owners:
            yield Noisy("one typo", language, form, slipped, owners[form])


def _spoken() -> Iterator[Noisy]:
    heard = _owners(lambda name: name.reading or (name.form if _is_kana(_hiragana(name.form)) else ""))
    for reading in sorted(heard):
        hiragana = _hiragana(reading)
        if not _is_kana(hiragana):
            continue
        yield Noisy("hiragana", "ja", reading, hiragana, heard[reading])
        yield Noisy("katakana", "ja", reading, _katakana(hiragana), heard[reading])
        if len(hiragana) > 2:
            yield Noisy("romaji", "ja", reading, romanised(hiragana), heard[reading])


def found(noisy: Noisy) -> tuple[bool, bool, bool]:
    """Ask for a name and return (right, right counting three choices, another category's answer).

    Right is the thing itself: told, asked what decides, or said to be unconfirmed.
    """
    answer = ask(noisy.text, noisy.language)
    items = knowledge().items
    wanted = set(noisy.meant) | {variant for item in noisy.meant for variant in items[item].variants}
    groups = {item.id for item in items.values() if set(item.variants) & noisy.meant}
    direct = answer.status is Status.ANSWERED
    named = _offered(answer)
    asks_back = answer.status is Status.CHOICES and bool(wanted & set(named))
    open_word = len(wanted) > 1 or bool(groups)
    right = any(exactly(item, answer) for item in wanted) or (asks_back and open_word)
    top3 = right or bool(wanted & set(named[:3]))
    own = {one.category for item in wanted for one in behind_id(f"garbage:{item}")}
    return right, top3, direct and answer.category not in own


def romanised(hiragana: str) -> str:
    """Return a reading as people type it in Latin letters (Hepburn, long vowels kept, ー dropped)."""
    out = ""
    for char in hiragana:
        if char in "ゃゅょ" and out.endswith("i"):
            stem = out[:-1]
            out = stem + ("" if stem.endswith(("sh", "ch", "j")) else "y") + _SMALL[char]
        elif char in _SMALL:
            out = out[:-1] + _SMALL[char]
        elif char == "っ":
            out += "っ"
        elif char in _HEPBURN:
            out += _HEPBURN[char]
    return _doubled(out)


def _doubled(text: str) -> str:
    head, *rest = text.split("っ")
    for part in rest:
        head += ("t" if part.startswith("ch") else part[:1]) + part
    return head


def _offered(answer: Answer) -> list[str]:
    return [choice.answer_id.removeprefix("garbage:").partition("/")[0] for choice in answer.choices]


def plain(form: str) -> str:
    """Return a name as people would type it: without the readings and explanations in brackets."""
    return re.sub(r"[（(][^（()）]*[)）]", "", form).strip()


def _owners(form_of: Callable[[Name], str]) -> dict[str, frozenset[str]]:
    owners: dict[str, set[str]] = defaultdict(set)
    for name in knowledge().names:
        if form_of(name):
            owners[form_of(name)].add(name.item)
    return {form: frozenset(items) for form, items in owners.items()}


def _slip(form: str, language: str, chance: random.Random) -> str | None:
    if len(form) < FEWEST_FOR_A_SLIP[language]:
        return None
    at = chance.randrange(len(form) - 1)
    other = chance.choice(_like(form[at]))
    kind = chance.randrange(4)
    slips = (
        form[:at] + form[at + 1 :],
        form[:at] + form[at + 1] + form[at] + form[at + 2 :],
        form[:at] + other + form[at + 1 :],
        form[:at] + other + form[at:],
    )
    return slips[kind] if slips[kind] != form else None


def _like(char: str) -> str:
    hiragana = "".join(_COLUMNS.values())
    if char in hiragana:
        return hiragana
    if "ァ" <= char <= "ヺ":
        return _katakana(hiragana)
    if unicodedata.name(char, "").startswith("CJK"):
        return "物品用大小水火木金土日月人口手电電机機器具类類纸紙"
    return "abcdefghijklmnopqrstuvwxyz"


def _halved(text: str) -> str:
    out = ""
    for char in text:
        parts = unicodedata.normalize("NFD", char) if "ァ" <= char <= "ー" else char
        out += "".join({"\u3099": "ﾞ", "\u309a": "ﾟ"}.get(part, _HALF.get(part, part)) for part in parts)
    return out


def _hiragana(text: str) -> str:
    return "".join(chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char for char in text)


def _katakana(text: str) -> str:
    return "".join(chr(ord(char) + 0x60) if "ぁ" <= char <= "ゖ" else char for char in text)


def _is_kana(text: str) -> bool:
    return len(text) > 1 and all("ぁ" <= char <= "ゖ" or char == "ー" for char in text)
