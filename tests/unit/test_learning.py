"""What taps tell, how questions are grouped, and single changes of the content's texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.guessing import about, core, guesses
from bot.answers.taps import LONGEST, Tap, decode
from bot.insights.asking import groups
from bot.insights.masking import mask
from bot.insights.signals import Kind, Signal
from bot.knowledge.expected import FILE, Expectation, with_rows
from bot.knowledge.files import content_files
from bot.knowledge.importers.yaml_lines import add, put
from bot.publishing.editing.edits import DropExpect, Reviewed
from bot.publishing.editing.proposing import propose
from bot.publishing.gate import astray, reworded
from bot.store.signals import Row
from tests.real import CONTENT, NOON, engine, knowledge
from tests.unit.talker import Talker

TODAY = date(2026, 11, 24)
NAMES = {
    "ja": ("佐藤花子", "山田 太郎", "高橋一郎", "田中美咲", "渡辺健"),
    "en": ("John Smith", "Maria Lopez", "Anna Lee"),
    "zh": ("王小明", "陈伟", "林佳慧"),
}
SAID = {
    "ja": ("私は{}です。{}", "{}と申します {}", "名前は{}。{}", "{}さんの{}", "{}様 {}"),
    "en": ("My name is {}, {}", "I am {} and {}", "Mr. {}: {}", "this is {}. {}"),
    "zh": ("我叫{}，{}", "我的名字是{}。{}", "{}先生 {}"),
}
THINGS = {"ja": "フライパンは何ごみ", "en": "where does a frying pan go", "zh": "平底锅怎么扔"}
digits = st.text("0123456789", min_size=10, max_size=16)
grouping = st.sampled_from(("", "-", " ", "−", ".", "ー"))
homes = st.sampled_from(
    (
        "徳島市幸町2丁目5番地",
        "川内町3-12-4",
        "コーポ幸203",
        "12 Oak Street",
        "人民路12号",
        "かもめマンション105号室",
    )
)
mails = st.from_regex(r"[a-z]{2,8}(\.[a-z]{2,5})?@[a-z]{3,8}\.(jp|com)", fullmatch=True)


@given(st.data())
def test_nothing_personal_is_left_of_a_question(data: st.DataObject) -> None:
    """However a name, a number, an address or a mail address is said, none of it is kept."""
    language = data.draw(st.sampled_from(sorted(NAMES)))
    name = data.draw(st.sampled_from(NAMES[language]))
    number, sign = data.draw(digits), data.draw(grouping)
    grouped = sign.join((number[:3], number[3:7], number[7:]))
    home, mail = data.draw(homes), data.draw(mails)
    said = data.draw(st.sampled_from(SAID[language])).format(name, THINGS[language])
    kept = mask(f"{said} {home} {grouped} {mail}")
    for secret in (name, grouped, home, mail, number[:7]):
        assert secret not in kept
    assert mask(kept) == kept


@pytest.mark.parametrize(
    "question",
    [
        "たくさんの木の板",
        "お客様用の椅子",
        "仕様書の紙",
        "単3電池 4本",
        "山口県の森林公園",
        "Nintendo Switch",
        "3人掛けソファ",
    ],
)
def test_everyday_words_are_kept(question: str) -> None:
    """What only looks like a name or a number is what staff have to read."""
    assert mask(question) == question


def test_choices_and_votes_tell_which_question_they_were_about() -> None:
    """The buttons carry the masked question; typing, and answering a question of ours, tells nothing."""
    talker = Talker().says("びん 山田太郎です")
    carried = {tap.asked for tap in talker.buttons if tap.do in ("answer", "none")}
    assert carried == {"びん [name]です"}
    assert talker.turn.learnt == ()
    choice = next(tap for tap in talker.buttons if tap.do == "answer")
    talker.does("postback", postback=choice.encode())
    assert talker.turn.learnt == (Signal(Kind.CHOSEN, "ja", "びん [name]です", choice.on),)


def test_a_vote_tells_what_was_asked() -> None:
    """Only that it did not help is of use; the question comes along with it."""
    talker = Talker().says("フライパン")
    no = next(tap for tap in talker.buttons if tap.do == "helpful" and tap.value == "no")
    talker.does("postback", postback=no.encode())
    assert talker.turn.learnt == (Signal(Kind.NOT_HELPFUL, "ja", "フライパン", "garbage:frying-pan"),)
    talker.says("瓶").does("postback", postback=Tap("none", asked="瓶").encode())
    assert talker.turn.learnt == (Signal(Kind.NONE_OF_THESE, "ja", "瓶"),)


@given(st.text(max_size=60).filter(lambda text: text.isprintable()), st.text("abc:-/", max_size=90))
def test_a_button_never_outgrows_what_line_carries(asked: str, on: str) -> None:
    """A question that does not fit is left out; one that fits arrives as it was."""
    data = Tap("answer", on, asked=asked).encode()
    assert len(data) <= LONGEST
    tap = decode(data)
    assert tap is not None
    assert (tap.on, tap.asked) in ((on, asked), (on, ""))


def test_questions_about_the_same_stand_together() -> None:
    """Ways of asking do not part them, languages do; the most frequent comes first."""
    rows = [
        Row("unanswered", "ja", "ずんだ餅機はどう捨てる", "", 2, TODAY),
        Row("unanswered", "ja", "ずんだ餅機", "", 3, TODAY),
        Row("unanswered", "en", "zunda mochi machine", "", 9, TODAY),
        Row("not-helpful", "ja", "フライパンは何ごみ", "garbage:frying-pan", 1, TODAY),
    ]
    found = groups(rows, engine(), NOON)
    assert [(one.language, one.n, one.answered) for one in found] == [
        ("en", 9, False),
        ("ja", 5, False),
        ("ja", 1, False),
    ]
    assert found[1].question == "ずんだ餅機"
    assert found[2].likely[0][0] == "garbage:frying-pan"


def test_what_a_question_is_about() -> None:
    """The words around it are left out, as it was written; what it may mean is guessed below any answer."""
    index = engine().index
    assert about(index, "ずんだ餅機はどうやって捨てるの") == "ずんだ餅機"
    assert about(index, "パドルボードはどう捨てる") == "パドルボード"
    assert core(index, "ズンダ餅機") == core(index, "ずんだ餅機を捨てたい")
    assert guesses(index, "inflatable boat")[0][0] == "garbage:rubber-boat"


def test_a_question_gone_astray_is_named() -> None:
    """Whatever changed, a question that must lead somewhere and does not is told with both ends."""
    rows = (
        Expectation(question="フライパン", language="ja", answer="garbage:frying-pan", added_on=TODAY),
        Expectation(question="傘", language="ja", answer="garbage:frying-pan", added_on=TODAY),
    )
    bot = type(engine())(replace(knowledge(), expected=rows), engine()._voices, engine().index)
    [told] = astray(bot, NOON)
    assert "傘" in str(told)
    assert "フライパン" in str(told)


def test_a_question_expects_one_answer() -> None:
    """The newest word counts; others stay as they are."""
    one = Expectation(question="傘", language="ja", answer="garbage:umbrella", added_on=TODAY)
    text = with_rows(with_rows("", [one]), [one.model_copy(update={"answer": "garbage:sofa"})])
    assert text == "question,language,answer,added_on\n傘,ja,garbage:sofa,2026-11-24\n"


YAML = """# top
- id: one
  short: {ja: "あ", en: a}
  said:
    ja: ["い", 'う'] # flow
    en:
      - b
  how:
    ja:
      - え
      - お
# between
- id: two
  said:
    ja: []
"""


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        (put(YAML, "one", ("short", "ja"), 'か"き'), '  short: {ja: "か\\"き", en: a}'),
        (put(YAML, "one", ("how", "ja"), ["く", "け"]), '      - "け"'),
        (add(YAML, "one", ("said", "ja"), "こ"), '    ja: ["い", \'う\', "こ"] # flow'),
        (add(YAML, "one", ("said", "en"), "c"), '      - "c"'),
        (add(YAML, "one", ("said", "zh-Hans"), "瓶"), '    zh-Hans: ["瓶"]'),
        (add(YAML, "two", ("said", "ja"), "さ"), '    ja: ["さ"]'),
    ],
)
def test_one_value_changes_and_nothing_else(changed: str, line: str) -> None:
    """Comments, order and quotes of every other line stay."""
    assert line in changed.splitlines()
    before, after = YAML.splitlines(), changed.splitlines()
    assert len([one for one in before if one not in after]) <= 2
    assert "# between" in after


def test_what_is_not_there_cannot_be_changed() -> None:
    """An entry or key that nobody has is an error, not a new one."""
    for entry, keys in (("three", ("said", "ja")), ("one", ("title", "ja"))):
        with pytest.raises(KeyError):
            put(YAML, entry, keys, "x")


def test_a_question_need_not_be_tried_for_ever() -> None:
    """Its row goes, the others stay."""
    kept = Expectation(question="傘", language="ja", answer="garbage:umbrella", added_on=TODAY)
    text = with_rows("", [kept, kept.model_copy(update={"question": "ソファ", "answer": "garbage:sofa"})])
    asked = DropExpect(question="ソファ", language="ja", target="garbage:sofa")
    proposal = propose(asked, engine(), {FILE: text}, TODAY)
    assert proposal.files == {FILE: with_rows("", [kept])}


def test_texts_on_dangers_need_a_second_person() -> None:
    """A prohibition, an emergency, or the steps for something dangerous read differently: each is named."""
    known = knowledge()
    hazard = next(one for one in known.hazards.values() if one.danger)
    other = {**known.hazards, hazard.id: hazard.model_copy(update={"forbid": {**hazard.forbid, "en": "x"}})}
    assert [one.item for one in reworded(known, replace(known, hazards=other), TODAY)] == [hazard.id]
    first = known.safety[0].model_copy(update={"call": "118"})
    assert [
        one.item for one in reworded(known, replace(known, safety=(first, *known.safety[1:])), TODAY)
    ] == [first.id]
    note = known.notes["kitchen-waste"]
    plain = {**known.notes, note.id: note.model_copy(update={"how": {**note.how, "en": ["x"]}})}
    assert list(reworded(known, replace(known, notes=plain), TODAY)) == []
    assert list(reworded(known, known, TODAY)) == []


@pytest.mark.parametrize(("kind", "name"), [("guide", "city-hall"), ("hazard", "swollen-battery")])
def test_what_was_looked_at_again_is_due_later(kind: str, name: str) -> None:
    """Only its dates change; who looks near the end of the fiscal year has a whole year more."""
    texts = {path.relative_to(CONTENT).as_posix(): path.read_text("utf-8") for path in content_files(CONTENT)}
    proposal = propose(Reviewed(kind=kind, id=name), engine(), texts, date(2027, 3, 1))
    [(file, text)] = proposal.files.items()
    changed = set(text.splitlines()) - set(texts[file].splitlines())
    assert 1 <= len(changed) <= 2
    assert all("2027-03-01" in line or "2028-03-31" in line for line in changed)
