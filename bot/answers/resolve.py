"""What was found in a remark becomes an answer: told directly, asked back, or honestly not known."""

from __future__ import annotations

from dataclasses import replace

from bot.answers import collection, garbage, guides, pages, paths
from bot.answers.categories import category_answer
from bot.answers.choices import MOST_CHOICES, choice, choices_answer
from bot.answers.daycard import PAGE
from bot.answers.found import GUIDING, LIKELY, SURE, SURE_GUIDE, UNPROVEN, Found, risky
from bot.answers.index import Index
from bot.answers.meant import Meant, meant
from bot.answers.model import Answer, Card, Status, Tone
from bot.answers.reader import Reader, quick_buttons
from bot.answers.reading import Reading
from bot.answers.vocabulary import Entry, Means

MOST_ANSWERS = 10
"""More things than this in one message are too many to read."""

CLEAR_LEAD = 0.04
"""By how much the best guide must be ahead of the next to be told without asking back."""

FAR_LEAD = 0.1
"""By how much a guide that covers little of what was said must be ahead of the next."""

TOLD_DESPITE_TALK = 0.85
"""How likely a thing must be to be told where words of other subjects stand beside it."""

FAR_OFF = 8
"""Unexplained text of this weight, with no word of throwing away, is talk about something else."""

_PREFIX = {
    Means.ITEM: "garbage", Means.CATEGORY: "category", Means.SERVICE: "service", Means.PATH: "path",
    Means.GUIDE: "guide",
}  # fmt: skip
_LITHIUM = frozenset({"lithium-fire", "swollen-battery"})


def answer_id(entry: Entry) -> str:
    """Return the public id of what an index entry stands for."""
    return f"{_PREFIX[entry.means]}:{entry.id}"


def resolve(reader: Reader, index: Index, reading: Reading) -> Answer:
    """Return the answer of the zone a remark falls into (docs/adr/0006-zones.md)."""
    sure = [one for one in reading.found if one.score >= SURE]
    if reading.swollen:
        sure = [_swollen(reader, one) for one in sure]
    weighed = meant(reader.knowledge, index, reading, reader.day)
    if weighed and not _taken_for(reader, reading):
        return _weighed(reader, reading, weighed)
    doubtful = [one for one in reading.found if one.score < SURE and risky(one.entries, index)]
    beside = "chatter" in reading.guards and not reading.discard and not all(map(_is_page, sure))
    if sure and (doubtful or beside):
        ids = [answer_id(entry) for one in doubtful + sure for entry in one.entries]
        return choices_answer(reader, ids, UNPROVEN)
    if sure:
        return _direct(reader, index, sure, reading)
    likely = sorted([*reading.found, *reading.near], key=lambda one: -one.score)
    if reading.swollen and not reading.found:
        likely = [*_damaged_battery(reader), *likely]
    likely = [*_taken_for(reader, reading), *(one for one in likely if one.score >= LIKELY)]
    return _likely(reader, reading, likely + _alike(reading, bool(likely)))


def _is_page(one: Found) -> bool:
    """True for a page on garbage: what it is asked for with may be the talk (the fee of bulky waste)."""
    return all(entry.means is Means.SERVICE for entry in one.entries)


def _weighed(reader: Reader, reading: Reading, weighed: Meant) -> Answer:
    """Return the answer about the thing that is most likely meant, or the question which one it is."""
    beside = "chatter" in reading.guards and not reading.discard and weighed.odds < TOLD_DESPITE_TALK
    ids = [f"garbage:{name}" for name in weighed.told or weighed.asked]
    if not ids:
        return _not_known(reader, reading)
    if not weighed.told or beside:
        return choices_answer(reader, ids[:MOST_CHOICES], weighed.odds)
    told = next((one for one in reading.found if one.entries[0].id in weighed.told), None)
    remarked = garbage.Remarked(reading.cases, told.into if told else ())
    if len(weighed.told) > 1:
        answer = garbage.one_of(reader, weighed.told, weighed.odds)
    else:
        answer = garbage.item_answer(reader, weighed.told[0], weighed.odds, remarked)
    answers = [answer, *(garbage.item_answer(reader, one, weighed.odds) for one in weighed.beside)]
    if reading.leftover and told and not weighed.beside:  # a description lists nothing
        answers.append(pages.leftover_answer(reader))
    return together(reader, answers)


def _taken_for(reader: Reader, reading: Reading) -> list[Found]:
    """Return what an unknown thing with a battery inside is taken for: whatever it is, not harmless."""
    cases = [case for one in reader.knowledge.conditions.values() for case in one.cases]
    things = [case.thing for case in cases if case.id in reading.cases and case.thing]
    return [Found((Entry(Means.ITEM, thing, "ja"),), UNPROVEN, "said of it") for thing in things]


def _alike(reading: Reading, asking: bool) -> list[Found]:
    """Return things made of the remark's words: beside others all of them, alone only the likely."""
    return [one for one in reading.resembling if asking or LIKELY <= one.score < SURE]


def about(reader: Reader, entry: Entry, found: Found) -> Answer:
    """Return the answer about one thing, category or page that was found in a remark."""
    score = found.score
    match entry.means:
        case Means.ITEM:
            remarked = garbage.Remarked(found.cases, found.into)
            return garbage.item_answer(reader, entry.id, score, remarked)
        case Means.CATEGORY:
            return _category(reader, entry.id, score)
        case Means.PATH:
            return paths.path_answer(reader, paths.start(reader.knowledge, entry.id), score)
        case Means.GUIDE:
            return guides.guide_answer(reader, entry.id, score)
        case _ if entry.id == PAGE:
            return collection.schedule_answer(reader, None)
        case _:
            return pages.service_answer(reader, entry.id, score)


def about_procedures(reader: Reader, reading: Reading, guard: str) -> Answer:
    """Return the guide that a question about another subject means, choices, or where to ask."""
    named = [one for one in reading.found if one.entries[0].means in GUIDING]
    plain = reading.plain_guide
    if (
        not named
        and not reading.guides
        and reading.rest == 0
        and (guard == "my-number" or "procedures" in reading.intents)
    ):
        return guides.topic_answer(reader, guard)
    if named and named[0].score >= SURE and reading.rest == 0 and _agrees(named[0], reading):
        return about(reader, named[0].entries[0], named[0])
    likely = sorted([*named, *reading.guides], key=lambda one: -one.score)
    if plain:
        likely = [one for one in likely if one not in named or _agrees(one, reading)]
    if not likely:
        return pages.elsewhere_answer(reader, guard)
    ids = list(dict.fromkeys(answer_id(entry) for one in likely for entry in one.entries))
    behind = next((one.score for one in likely if answer_id(one.entries[0]) != ids[0]), 0.0)
    if _is_clear(likely[0], likely[0].score - behind):
        return about(reader, likely[0].entries[0], likely[0])
    return choices_answer(reader, ids[:4], likely[0].score)


def _is_clear(best: Found, lead: float) -> bool:
    """True for a sure guide; in a long remark much else is said, but then no other guide comes near."""
    if best.by_concepts and lead >= FAR_LEAD:
        return True
    return best.score >= (SURE_GUIDE if best.by_concepts else SURE) and lead >= CLEAR_LEAD


def _agrees(named: Found, reading: Reading) -> bool:
    """True when the concepts of a remark do not plainly ask for another guide than the one it names."""
    plain = reading.plain_guide
    if plain is None or any(entry.means is Means.PATH for entry in named.entries):
        return True
    own = {entry.id for entry in named.entries}
    mine = max((one.score for one in reading.guides if one.entries[0].id in own), default=0.0)
    return plain.score - mine < CLEAR_LEAD


def together(reader: Reader, answers: list[Answer]) -> Answer:
    """Return several answers as one. The best part names status and category; warnings are read first."""
    if len(answers) == 1:
        return answers[0]
    order = {Status.SAFETY: 0, Status.ANSWERED: 1, Status.CHOICES: 2, Status.UNKNOWN: 3}
    useful = [one for one in answers if one.status in order] or answers[:1]
    useful.sort(key=lambda one: not _warns(one))
    best = min(useful, key=lambda one: (not _warns(one), order.get(one.status, 4)))
    cards: list[Card] = []
    for one in useful:
        cards.extend(card for card in one.cards if card not in cards)
    return replace(
        best,
        covers=tuple(name for one in useful for name in one.covers or (one.answer_id,) if name),
        categories=tuple(dict.fromkeys(name for one in (best, *useful) for name in one.categories)),
        facts=tuple(dict.fromkeys(fact for one in useful for fact in one.facts)),
        choices=next((one.choices for one in useful if one.choices), ()),
        cards=tuple(cards[:MOST_ANSWERS]),
        quick=quick_buttons(reader, best.answer_id if len(useful) == 1 else None),
    )


def _direct(reader: Reader, index: Index, sure: list[Found], reading: Reading) -> Answer:
    """Answer each thing; beside a dangerous one only those that stand in a list with it."""
    says_more = reading.rest > 0 and reading.resembling and not reading.cases
    if len(sure) == 1 and sure[0].entries[0].id in index.broad and says_more:
        return _which(reader, index, sure[0], reading.resembling)
    risky = [one for one in sure if any(entry.id in index.dangerous for entry in one.entries)]
    if risky:
        sure = risky + [one for one in sure if one.listed and one not in risky]
    answers = []
    for one in sure[:MOST_ANSWERS]:
        entries = _for_reader(one.entries, reader.language)
        if len(entries) == 1:
            answers.append(about(reader, entries[0], one))
        else:
            answers.append(_which_of(reader, list(map(answer_id, entries)), one.score))
    if reading.leftover:
        answers.append(pages.leftover_answer(reader))
    return together(reader, answers)


def _which(reader: Reader, index: Index, broad: Found, resembling: tuple[Found, ...]) -> Answer:
    """Ask which thing a broad word means: first those whose names hold the other words of the remark."""
    things = [answer_id(one.entries[0]) for one in resembling if one.entries[0].id not in index.broad][:3]
    variants = [f"garbage:{one}" for one in index.variants[broad.entries[0].id]]
    return _which_of(reader, things + variants, broad.score)


def _which_of(reader: Reader, ids: list[str], score: float) -> Answer:
    """Ask which answer is meant, unless all are things that are put out in the same way."""
    things = [one.removeprefix("garbage:") for one in dict.fromkeys(ids) if one.startswith("garbage:")]
    if len(things) < len(set(ids)):
        return choices_answer(reader, ids, score)
    return garbage.one_of(reader, things, score)


def _likely(reader: Reader, reading: Reading, likely: list[Found]) -> Answer:
    ids = list(dict.fromkeys(answer_id(entry) for one in likely for entry in (*one.entries, *one.others)))
    if likely and likely[0].score >= SURE and _stands_alone(reader, likely):
        return about(reader, likely[0].entries[0], likely[0])
    if ids:
        ask = _which_of if likely[0] in reading.found else choices_answer
        return ask(reader, ids[:MOST_CHOICES], likely[0].score)
    return _not_known(reader, reading)


def _not_known(reader: Reader, reading: Reading) -> Answer:
    if not reading.discard and reading.rest > FAR_OFF:
        return pages.elsewhere_answer(reader, "chatter")
    return pages.unknown_answer(reader)


def _stands_alone(reader: Reader, likely: list[Found]) -> bool:
    """True when nothing else as likely leads to another category."""
    close = [one for one in likely if likely[0].score - one.score < 0.1]
    ids = {answer_id(entry) for one in close for entry in one.entries}
    categories = {choice(reader, one).category for one in ids}
    return len(ids) == 1 or (len(categories) == 1 and None not in categories)


def _category(reader: Reader, category: str, score: float) -> Answer:
    """A category, or the page that tells how to apply for it."""
    if reader.knowledge.categories[category].kind == "application":
        for page in reader.knowledge.services.values():
            if page.category == category:
                return pages.service_answer(reader, page.id, score)
    return category_answer(reader, category, score)


def _swollen(reader: Reader, found: Found) -> Found:
    """A swollen battery, or a thing with one in it, is the damaged battery."""
    if not any(_has_lithium(reader, entry) for entry in found.entries):
        return found
    return next(iter(_damaged_battery(reader)), found)


def _damaged_battery(reader: Reader) -> list[Found]:
    damaged = [one.id for one in reader.knowledge.items.values() if one.kind == "damaged-battery"]
    return [Found((Entry(Means.ITEM, one, "ja"),), 0.9, "swollen") for one in damaged]


def _has_lithium(reader: Reader, entry: Entry) -> bool:
    items = reader.knowledge.items
    if entry.means is not Means.ITEM:
        return False
    return any(_LITHIUM & set(items[one].hazards) for one in (entry.id, *items[entry.id].variants))


def _for_reader(entries: tuple[Entry, ...], language: str) -> tuple[Entry, ...]:
    """Of things that share a spelling across languages, take the reader's own; else all, each once."""
    kin = ("ja", "ja-simple") if language.startswith("ja") else (language,)
    own = tuple(entry for entry in entries if entry.language in kin)
    return tuple({entry.id: entry for entry in own or entries}.values())


def _warns(answer: Answer) -> bool:
    return any(card.tone is Tone.DANGER for card in answer.cards)
