"""Text as the matcher sees it: one spelling for kana, width, long vowels, Han variants and English forms.

A text becomes *units*: one per kana or Han character, one per Latin word (stemmed) or number. The same
folding is applied to the names in `content/` and to what people type, so both meet in the middle.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

import jaconv
import regex
import snowballstemmer
from opencc import OpenCC

Units = tuple[str, ...]

SEPARATOR: Final = "、"
"""The unit that stands for any comma, dot or stroke between several things."""

SEPARATORS: Final = frozenset("、,・/&+")

_PIECE = regex.compile(
    r"[\p{Latin}]+(?:['’][\p{Latin}]+)?|\p{Nd}+|[\p{Hiragana}\p{Katakana}\p{Han}々〆]|ー|[、,・/&+]"
)
_HAN = regex.compile(r"\p{Han}")
_LATIN = regex.compile(r"\p{Latin}")
_KATAKANA = regex.compile(r"\p{Katakana}")
_ROMAJI = regex.compile(r"[a-z'\-]+")
_AFTER_MONTH = r"(?<=\b(?i:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\. )\d"
_SENTENCE_END = regex.compile(rf"[\r\n\u2028\u2029。．!！?？；;]+|(?<=[a-z)])\. (?!{_AFTER_MONTH})")
_READING = regex.compile(r"(?<=[\p{Han}々])\([\p{Hiragana}]+\)")
"""A reading behind its kanji, as easy Japanese has it: 新聞(しんぶん)."""

_SURROGATE = regex.compile("[\ud800-\udfff]")
_UNPRINTABLE = frozenset({"Cc", "Cf", "Co", "Cn"})
_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}

_PARTICLES = frozenset("のともをへ")
"""Behind another script these are words of their own, and a vowel after them begins the next word."""

_LONG_VOWEL = {
    **dict.fromkeys("おこそとのほもよろごぞどぼぽょを", "う"),
    **dict.fromkeys("うくすつぬふむゆるぐずづぶぷゅ", "う"),
    **dict.fromkeys("えけせてねへめれげぜでべぺ", "い"),
}
_LONG_O = "おこそとほよろ"
"""Behind these お only lengthens (とお, こおり); behind の or も the polite お of the next word begins."""

_NOT_STEMMED = frozenset(
    {"clothes", "glasses", "cans", "ups", "pumps", "shorts", "tights", "briefs", "trunks", "skies"}
)
"""Plurals that are other words than their singulars: clothes are not cloth, "cans" is not "can I"."""

_STEMMER = snowballstemmer.stemmer("english")
_TO_TRADITIONAL = OpenCC("jp2t")
_TO_SIMPLIFIED = OpenCC("t2s")

_LOAN_SOUNDS = (
    ("でぃ", "di"), ("てぃ", "ti"), ("しぇ", "she"), ("ちぇ", "che"), ("じぇ", "je"), ("ふぁ", "fa"),
    ("ふぃ", "fi"), ("ふぇ", "fe"), ("ふぉ", "fo"), ("うぃ", "wi"), ("うぇ", "we"), ("うぉ", "wo"),
    ("とぅ", "tu"), ("どぅ", "du"), ("ぢゃ", "ja"), ("ぢゅ", "ju"), ("ぢょ", "jo"), ("ぢ", "ji"),
    ("づ", "zu"), ("ー", ""),
)  # fmt: skip
"""Sounds of loan words that a kana converter spells as two syllables."""

_ROMAJI_SPELLINGS = (
    ("wo", "o"), ("wi", "i"), ("we", "e"), ("shi", "si"), ("chi", "ti"), ("tsu", "tu"), ("fu", "hu"),
    ("ji", "zi"), ("sh", "sy"), ("ch", "ty"), ("j", "zy"), ("mb", "nb"), ("mp", "np"), ("mm", "nm"),
    ("cti", "tti"), ("cty", "tty"), ("tc", "tt"), ("ou", "o"), ("oo", "o"), ("uu", "u"), ("ei", "e"),
    ("ee", "e"), ("aa", "a"), ("ii", "i"), ("-", ""), ("'", ""),
)  # fmt: skip
"""Every system of romanisation is folded onto one; longest and most specific first."""

_ROMAJI_PARTICLES = {"wa": "は", "o": "を", "wo": "を", "e": "へ"}

_DOUBLED = (("aa", "a"), ("uu", "u"), ("ee", "e"), ("oo", "o"), ("ii", "i"))

_SILENT_H = regex.compile(r"oh(?![aiueoy])")


@lru_cache(maxsize=8192)
def fold_han(char: str) -> str:
    """Return the one form under which a Han character is compared: 電, 电 and 電 meet; 缶 and 罐 meet."""
    return str(_TO_SIMPLIFIED.convert(_TO_TRADITIONAL.convert(char)))[:1] or char


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return the English stem of one lower-case Latin word: batteries -> batteri, pans -> pan."""
    word = word.replace("’", "'").removesuffix("'s")
    if word in _NOT_STEMMED:
        return word
    return str(_STEMMER.stemWord(_without_accents(word)))


def _without_accents(word: str) -> str:
    if word.isascii():
        return word
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


def clean(text: str) -> str:
    """Return text in compatibility form, lower case, in hiragana, without control characters or marks."""
    return _plain(text).translate(_HIRAGANA)


def _plain(text: str) -> str:
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = unicodedata.normalize("NFKC", text).lower()
    if "(" in text:
        text = _READING.sub("", text)
    if not text.isprintable():
        text = "".join(" " if unicodedata.category(char) in _UNPRINTABLE else char for char in text)
    return text


def without_readings(text: str) -> str:
    """Return text in compatibility form, without the readings behind its kanji."""
    return str(_READING.sub("", unicodedata.normalize("NFKC", text)))


class _Evening(dict[int, str]):
    """Each character in its one form, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(_HIRAGANA.get(code, code))
        small = char.lower()
        self[code] = fold_han(char) if _HAN.match(char) else small if len(small) == 1 else char
        return self[code]


_EVENING = _Evening()


def evened(text: str) -> str:
    """Return text in small letters, hiragana and one form of each Han character, character by character."""
    return text.translate(_EVENING)


def units(text: str) -> Units:
    """Return the units of a text, e.g. 「PETボトルを」 -> ('pet', 'ぼ', 'と', 'る', 'を').

    Spaces, most punctuation and emoji vanish, commas become SEPARATOR, and long vowels are
    written one way (ー, おう and おお alike).
    """
    return marked(text).units


class Marked(NamedTuple):
    """The units of a text, each as it was typed; which begin after a gap, which also in another script."""

    units: Units
    typed: Units
    gaps: frozenset[int]
    breaks: frozenset[int]


def marked(text: str) -> Marked:
    """Return the units of a text, and how they stand in it."""
    found: list[str] = []
    typed: list[str] = []
    gaps: set[int] = set()
    breaks: set[int] = set()
    last, end, script, particle = "", 0, "", False
    for match in _PIECE.finditer(_plain(text)):
        piece = match[0].translate(_HIRAGANA)
        joined, before = match.start() == end, script
        end = match.end()
        if piece == "ー" or (joined and not particle and _lengthens(last, piece)):
            continue
        script = _script(match[0])
        if not joined:
            gaps.add(len(found))
        if not joined or script != before:
            breaks.add(len(found))
        particle = joined and match[0] in _PARTICLES and before in ("katakana", "han", "latin")
        found.append(_unit(piece))
        typed.append(piece if _LATIN.match(piece) else found[-1])
        last = piece
    return Marked(tuple(found), tuple(typed), frozenset(gaps), frozenset(breaks))


HIRAGANA: Final = "hiragana"


@lru_cache(maxsize=8192)
def _script(piece: str) -> str:
    if is_kana(piece):
        return HIRAGANA
    if _KATAKANA.match(piece):
        return "katakana"
    if _HAN.match(piece):
        return "han"
    return "latin" if _LATIN.match(piece) else "other"


@lru_cache(maxsize=32768)
def _unit(piece: str) -> str:
    if piece in SEPARATORS:
        return SEPARATOR
    if _HAN.match(piece):
        return fold_han(piece)
    return stem(piece) if _LATIN.match(piece) else piece


def _lengthens(previous: str, vowel: str) -> bool:
    return vowel in "うおい" and (
        _LONG_VOWEL.get(previous) == vowel or (vowel == "お" and previous != "" and previous in _LONG_O)
    )


def sentences(text: str, limit: int) -> list[str]:
    """Return at most `limit` remarks of a message: split at line ends and full stops, blanks left out."""
    parts = _SENTENCE_END.split(text)
    return [part.strip() for part in parts if part.strip()][:limit]


def is_kana(unit: str) -> bool:
    """Return True for a single hiragana unit (katakana was folded before)."""
    return len(unit) == 1 and "\u3041" <= unit <= "\u3096"


def is_katakana(text: str) -> bool:
    """Return True for a text as typed that holds katakana."""
    return _KATAKANA.search(text) is not None


def is_han(unit: str) -> bool:
    """Return True for a single Han character."""
    return len(unit) == 1 and _HAN.match(unit) is not None


def is_word(unit: str) -> bool:
    """Return True for a Latin word or a number."""
    return not is_kana(unit) and not is_han(unit)


def romaji(reading: str) -> str:
    """Return the folded romanisation of a hiragana reading: ふらいぱん -> huraipan."""
    kana = clean(reading).replace(" ", "")
    for sound, letters in _LOAN_SOUNDS:
        kana = kana.replace(sound, letters)
    return fold_romaji(str(jaconv.kana2alphabet(kana)))


def kana_of(text: str) -> str:
    """Return romanised Japanese in hiragana: `makura wa gomi desu ka` -> 「まくら は ごみ です か」."""
    return " ".join(_ROMAJI_PARTICLES.get(word) or _kana(word) for word in clean(text).split())


def _kana(word: str) -> str:
    for doubled, vowel in _DOUBLED:
        word = word.replace(doubled, vowel) if len(word) > len(doubled) else word
    return str(jaconv.alphabet2kana(word))


def fold_romaji(text: str) -> str:
    """Return romanised Japanese in one spelling, or '' when the text is not plain Latin letters.

    Takes unfolded text only: folding twice would shorten vowels twice.
    """
    text = _SILENT_H.sub("o", _without_accents(text.strip().lower()).replace(" ", ""))
    if not _ROMAJI.fullmatch(text):
        return ""
    for variant, ours in _ROMAJI_SPELLINGS:
        text = text.replace(variant, ours)
    return text
