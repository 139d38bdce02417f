"""Which language a text is in, when it is plain to see, and which one its reader gets."""

from __future__ import annotations

from typing import Final

import regex

from bot.language.tags import from_platform

LACKING: Final = "other"
"""A sentence in a language we do not speak: its reader gets easy Japanese and English."""

_CHINESE_WORDS = frozenset("的吗嗎怎么麼扔丢丟哪们們這这什是我你您了請请嘅咗唔")
_ENGLISH_WORDS = frozenset(
    "a an the how do does i my what where when which is are can could to of in it this that you "
    "throw put away trash garbage rubbish should dispose".split()
)
_LACKING_WORDS = frozenset(
    "bagaimana saya cara buang sampah dimana apa untuk yang paano itapon ang saan basura po "
    "como donde onde tirar jogar lixo basurero quiero wie kann ich comment jeter".split()
)
_LACKING_SCRIPT = regex.compile(
    r"[\p{Hangul}\p{Thai}\p{Cyrillic}\p{Arabic}\p{Devanagari}\p{Myanmar}\p{Khmer}\p{Lao}\p{Bengali}"
    r"\p{Sinhala}\p{Tamil}ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]"
)
_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}ｦ-ﾟ]")
_HIRAGANA = regex.compile(r"\p{Hiragana}")
_HAN = regex.compile(r"\p{Han}")
_EASY = r"[\p{Hiragana}\p{Katakana}ー\p{Latin}\p{N}、]+"
_SPACED_KANA = regex.compile(rf"{_EASY}(?:[ \u3000]+{_EASY})+[。？?！!]?")
_WORD = regex.compile(r"[\p{Latin}']+")


def of_sentence(text: str) -> str | None:
    """Return the language of an unmistakable sentence, LACKING for one we do not speak, or None.

    A single word decides nothing; kanji alone decide nothing. Kana phrases with spaces between them
    are how easy Japanese is written.
    """
    if _LACKING_SCRIPT.search(text):
        return LACKING
    if len(_HIRAGANA.findall(text)) >= 3:
        return "ja-simple" if _SPACED_KANA.fullmatch(text.strip()) else "ja"
    han = _HAN.findall(text)
    if len(han) >= 3 and not _KANA.search(text) and _CHINESE_WORDS & set(han):
        return _chinese_script(han)
    return _latin_sentence(text) if not han else None


def _latin_sentence(text: str) -> str | None:
    words = [word.lower() for word in _WORD.findall(text)]
    if len(words) >= 2 and len(_LACKING_WORDS & set(words)) >= 2:
        return LACKING
    if len(words) >= 3 and _ENGLISH_WORDS & set(words):
        return "en"
    return None


def _chinese_script(han: list[str]) -> str:
    """Return the script by which more characters are written; a draw counts as Simplified."""
    simplified = sum(not _encodable(char, "big5") for char in han)
    traditional = sum(not _encodable(char, "gb2312") for char in han)
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def of_word(text: str, spoken_in: frozenset[str]) -> str | None:
    """Return the one language a word or short text can be in, or None when several remain.

    `spoken_in` are the languages in whose lists the word stands: 平底鍋 is no Japanese word although each
    of its characters is used in Japan.
    """
    possible = _possible_scripts(text)
    if spoken_in:
        known = {"ja" if tag == "ja-simple" else tag for tag in spoken_in}
        possible = possible & known or (known if len(known) == 1 else possible)
    return next(iter(possible)) if len(possible) == 1 else None


def _possible_scripts(text: str) -> set[str]:
    if _KANA.search(text):
        return {"ja"}
    han = _HAN.findall(text)
    if not han:
        return {"en"} if _WORD.search(text) else set()
    encodings = {"ja": "cp932", "zh-Hans": "gb2312", "zh-Hant": "big5"}
    return {tag for tag, encoding in encodings.items() if all(_encodable(char, encoding) for char in han)}


def _encodable(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def reply_language(
    stored: str | None, sentence: str | None, hint: str | None, profile: str | None, word: str | None
) -> str:
    """Return the tag a reply is written in: what was chosen, else what is plain, else what is likely.

    Order: stored choice, unmistakable sentence, what an earlier sentence or the platform's profile said,
    the script of a word, Japanese. May return LACKING.
    """
    if stored:
        return stored
    if sentence:
        return sentence
    if hint:
        return hint
    if profile:
        return from_platform(profile) or LACKING
    return word or "ja"
