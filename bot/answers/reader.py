"""Whom an answer is for: the knowledge in force, the voice, the day, and how sources are named to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote, urlsplit

from bot.answers.dayspan import Span
from bot.answers.model import Badge, Button, Section
from bot.answers.notice import Notice
from bot.answers.taps import Tap
from bot.knowledge.fields import Source
from bot.knowledge.model import Knowledge
from bot.knowledge.schema import Category, Desk, Hours
from bot.language.speech import Speech

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader at one moment. `now` is local time (the city's).

    `area` is an area that exists; `moved_on` tells that the one they chose no longer does. `asked` are the
    days that a question is about, if it names any. `address` is where our own pages are, if anywhere.
    `notices` are those that the city sent lately.
    """

    knowledge: Knowledge
    speech: Speech
    now: datetime
    visitor: bool = False
    unknowns: int = 0
    area: str | None = None
    moved_on: bool = False
    in_group: bool = False
    asked: Span | None = None
    address: str | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def day(self) -> date:
        """The local day, by which rules are in force or not."""
        return self.now.date()

    @property
    def language(self) -> str:
        """The tag of the reply's language."""
        return self.speech.tag

    def text(self, texts: Mapping[str, str]) -> str:
        """Return the reader's version of a text of the content."""
        return texts[self.speech.tag]

    def lines(self, texts: Mapping[str, list[str]] | None) -> tuple[str, ...]:
        """Return the reader's version of a list of sentences; nothing for None."""
        return tuple(texts[self.speech.tag]) if texts else ()


def grade(reader: Reader, evidence: str, sources: list[Source]) -> str:
    """Return in plain words how far an answer can be relied on: whose word it is, and of which month."""
    say = reader.speech.say
    hosts = reader.knowledge.city.link_hosts
    pages = [source for source in sources if urlsplit(source.url).hostname in hosts]
    if evidence in ("city-page", "city-item-list"):
        month = max((page.date for page in pages or sources if page.date), default="")
        if not month:
            return say("City's page (no date)")
        words = reader.speech.month(month)
        return (
            say("City's page ({month})", month=words)
            if pages
            else say("City's announcement ({month})", month=words)
        )
    match evidence:
        case "city-calendar":
            return say("The city's collection calendar")
        case "national-rule":
            return say("National rule")
        case "inferred":
            return say("Worked out from the city's rule")
        case "third-party":
            return say("Not confirmed by the city")
        case _:
            return say("Not confirmed yet")


def badge(reader: Reader, category: Category) -> Badge:
    """Return a category as its coloured band, the Japanese sign beside a foreign or easy name."""
    name = reader.text(category.name) if reader.language != "ja" else category.sign
    sign = "" if reader.language == "ja" else category.sign
    return Badge(category.emoji, name, sign, category.colour)


def source_link(reader: Reader, sources: list[Source]) -> Button | None:
    """Return the button to the first page that readers may be sent to, if there is one."""
    hosts = reader.knowledge.city.link_hosts
    for source in sources:
        if urlsplit(source.url).hostname in hosts:
            return Button(reader.speech.say("Open the city's page"), uri=_secure(source.url))
    return None


def _secure(url: str) -> str:
    return "https://" + url.removeprefix("http://") if url.startswith("http://") else url


def call_button(reader: Reader, desk: Desk, primary: bool = False) -> Button:
    """Return the button that dials a desk."""
    return Button(
        reader.speech.say("Call {phone}", phone=desk.phone), uri=f"tel:{desk.phone}", primary=primary
    )


def map_button(reader: Reader, desk: Desk) -> Button | None:
    """Return the button that shows a desk on a map, where a source confirms its address."""
    if not desk.address:
        return None
    url = reader.knowledge.city.map_url.format(address=quote(desk.address))
    return Button(reader.speech.say("Map"), uri=url)


def desk_section(reader: Reader, desk: Desk) -> Section:
    """Return where to ask: the desk's name (with its Japanese sign), telephone, place and hours."""
    say = reader.speech.say
    name = reader.text(desk.name)
    lines = [name if desk.sign in name else f"{name}（{desk.sign}）", desk.phone]
    if desk.place:
        lines.append(reader.text(desk.place))
    lines.append(opening(reader, desk.hours))
    return Section("desk", say("Ask here"), tuple(lines))


def opening(reader: Reader, hours: list[Hours] | None) -> str:
    """Return whether a desk is open now, or that its hours are not confirmed."""
    say = reader.speech.say
    if not hours:
        return say("Opening hours are not confirmed")
    today, minute = _WEEKDAYS[reader.now.weekday()], f"{reader.now:%H:%M}"
    for span in hours:
        if today in span.days and span.opens <= minute < span.closes:
            return say("Open now, until {time}", time=reader.speech.time(span.closes))
    return say("Closed now")


def quick_buttons(reader: Reader, answer_id: str | None = None) -> tuple[Button, ...]:
    """Return the replies offered below an answer: another thing, my days, language, and whether it helped."""
    say = reader.speech.say
    about_things = not (answer_id or "").startswith(("guide:", "path:"))
    again = Button(say("Another thing"), Tap("garbage")) if about_things else Button(say("Menu"), Tap("menu"))
    days = Button(say("My collection day"), Tap("when"))
    buttons = [again, *([days] if about_things else []), Button(say("Language"), Tap("language"))]
    if answer_id:
        buttons.append(Button(say("Yes, helpful"), Tap("helpful", answer_id, "yes")))
        buttons.append(Button(say("Not helpful"), Tap("helpful", answer_id, "no")))
    return tuple(buttons)


def show_button(reader: Reader, answer_id: str) -> tuple[Button, ...]:
    """Return the button that shows the same answer in Japanese; a Japanese reader needs none."""
    if reader.language == "ja":
        return ()
    return (Button(reader.speech.say("Show in Japanese"), Tap("show", answer_id)),)


def desk_buttons(reader: Reader, desk: Desk, link: Button | None, answer_id: str) -> tuple[Button, ...]:
    """Return what can be done at a desk: call it, show the page in Japanese, find it, read on."""
    place = map_button(reader, desk)
    extra = [button for button in (place, link) if button]
    return (call_button(reader, desk, primary=True), *show_button(reader, answer_id), *extra)
