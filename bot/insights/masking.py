"""Takes out of a question what could lead to a person, before anything of it is kept."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 60
"""Characters of the longest question that is kept."""

_HAN = "\u4e00-\u9fff々"
_KATA = "ァ-ヶー"
_SURNAMES: Final = (
    "佐藤 鈴木 高橋 田中 渡辺 渡邊 伊藤 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 "
    "井上 木村 斎藤 齋藤 斉藤 清水 山崎 池田 橋本 阿部 石川 山下 中島 石井 小川 前田 "
    "岡田 長谷川 藤田 後藤 近藤 村上 遠藤 青木 坂本 福田 太田 西村 藤井 金子 岡本 藤原 "
    "三浦 中野 中川 原田 松田 竹内 小野 田村 中山 和田 石田 森田 上田 柴田 酒井 工藤 "
    "横山 宮崎 宮本 内田 高木 安藤 島田 谷口 大野 丸山 今井 高田 藤本 武田 村田 上野 "
    "杉山 増田 平野 大塚 千葉 久保 松井 岩崎 野口 松尾 菊地 野村 新井 佐野 杉本 古川 "
    "大西 市川 浜田 桜井 木下 三好 板東 坂東 久米 川田 西岡 矢野 陳 黄 趙 呉 劉 楊 陈 "
    "张 刘 赵 吴 杨 欧阳 歐陽"
).replace(" ", "|")
"""Frequent family names. Those that are everyday words too, such as 林, are left to the words around them."""

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@、。，,:;()<>「」]+@[^\s@、。，,:;()<>「」]+")
_HOME = re.compile(
    rf"[{_HAN}{_KATA}ぁ-ん]{{0,16}}?[{_HAN}{_KATA}]{{0,16}}[0-9一二三四五六七八九十]{{1,4}}\s*"
    r"(?:丁目|番地|番(?=\d)|号室|号棟|號樓|号楼)[\d\-−ー–‐の番地号室一二三四五六七八九十丁目]*"
    rf"|[{_HAN}{_KATA}]{{2,16}}\s*\d{{1,4}}[-−ー–‐]\d{{1,4}}(?:[-−ー–‐]\d{{1,5}})?"
    rf"|[{_HAN}{_KATA}]{{0,8}}(?:マンション|アパート|ハイツ|コーポ|メゾン|ハイム|荘)[^\s、。\d]{{0,10}}\d{{2,4}}(?:号室?)?"
    r"|[\u4e00-\u9fff]{1,12}(?:路|街|巷|弄)\s*\d+\s*[号號弄]?(?:\s*\d+\s*[楼樓室])?"
    r"|\b\d{1,5}(?:-\d{1,4}){0,3}\s+(?:[A-Za-z][\w.'-]*\s+){0,3}?"
    r"(?:street|st|road|rd|avenue|ave|lane|drive|boulevard|blvd|court|[a-z]+-(?:cho|machi|chome))\b\.?"
    r"|\b[A-Za-z]+-?(?:cho|machi|chome)\b[\s,]*\d[\d-]*"
    r"|\b(?:apt|apartment|room|unit)\.?\s*#?\d+\b",
    re.IGNORECASE,
)
# Five digits or more, however they are grouped: telephones, cards, My Number, post codes, dates of birth.
_DIGITS = re.compile(r"\+?\d(?:[\s\-‐-―ー−./()]{0,3}\d){4,}|[〇零一二三四五六七八九]{5,}")
_NAME = re.compile(
    # After 「名前は」 or "my name is" everything up to a mark or the end of the sentence is a name.
    r"(?P<cue>(?:名前|氏名|なまえ|姓名|名字)(?:は|:|が|是|叫|\s)\s*|(?i:\bmy name(?:'s| is)\s+|\bcall me\s+)"
    r"|我叫|我姓|敝姓|我的名字是)"
    r"[^\s、。,.!?\[]+?(?:\s+[A-Za-z][\w'’-]*){0,2}(?=です|と|だ|である|[\s、。,.!?\[]|$)"
    rf"|(?P<me>私は|わたしは|僕は|ぼくは|俺は|わたくしは|我是|本人)[{_HAN}{_KATA}ぁ-んA-Za-z·・]"
    rf"[{_HAN}{_KATA}ぁ-んA-Za-z·・ ]{{0,11}}?(?=です|と|だ|[、。,.!?]|$)"
    rf"|(?P<said>(?:(?<=[は\s、。])|^))[^\s、。は]{{1,12}}?(?=と申し|と言い|といい|ともうし|という者)"
    rf"|[{_HAN}]{{1,4}}(?:さん|(?<![仕模同多異各一神客皆奥貴有])様|さま|氏|君|くん|ちゃん|先生|女士|小姐|太太|老师|老師)"
    rf"|[{_KATA}ぁ-ん]{{2,8}}(?<!たく)(?<!みな)(?:さん|様|さま|くん|ちゃん)"
    rf"|(?<![{_HAN}])(?:{_SURNAMES})(?:\s?(?![県市区町村駅川橋山城駐])[{_HAN}]{{1,3}}|\s[ぁ-んァ-ヶ]{{2,6}})"
    r"(?=です|と|が|は|の|を|に|も|的|[、。,.?!\s\[]|$)"
)
_WESTERN = re.compile(
    r"\b(?P<cue>(?:[Ii] am|[Ii]'m|[Tt]his is)\s+|(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.?\s+)"
    r"[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+){0,3}"
)
_SPACE = re.compile(r"\s+")
_MARKS: Final = ((_ADDRESS, "[link]"), (_MAIL, "[mail]"), (_HOME, "[address]"), (_DIGITS, "[number]"))


def mask(question: str) -> str:
    """Return the question on one line without addresses of any kind, long numbers and people's names.

    Full-width digits and signs count as what they stand for. A name is known by the words around it, by how
    people are addressed, or by a frequent family name before a given one; a rare name alone is not.
    """
    folded = _SPACE.sub(" ", unicodedata.normalize("NFKC", question))
    for pattern, mark in _MARKS:
        folded = pattern.sub(mark, folded)
    for pattern in (_NAME, _WESTERN):
        folded = pattern.sub(_named, folded)
    return _SPACE.sub(" ", folded).strip()


def _named(found: re.Match[str]) -> str:
    """Return the mark of a name behind the words that told of it."""
    groups = found.groupdict()
    return f"{groups.get('cue') or groups.get('me') or ''}[name]"
