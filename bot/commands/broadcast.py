"""`python -m bot broadcast`: draft, hand in, look at and stop broadcasts from scripts; never approve."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self, TypeVar

import click
import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from bot.broadcasts import drafts, quota, review, starting, stopping, times
from bot.broadcasts.model import Audience, Broadcast, Kind, Variant
from bot.broadcasts.office import Office, Officer
from bot.broadcasts.refused import Refused
from bot.clock import JST
from bot.knowledge.model import ContentRefused
from bot.settings import load_settings
from bot.store import orders
from bot.store.audit import CLI
from bot.store.database import StoreError
from bot.store.identity import OtherChannel
from bot.store.moments import moment
from bot.wiring import NotReady, build_office, build_services, close

T = TypeVar("T")

SCRIPT = Officer(CLI, "writer")
"""Who acts here: somebody who may write, and can never approve."""

_COMPUTED = ("audience", "due_at", "valid_until")
"""Fields of a draft that a file spells another way."""

AS_JSON = click.option("--json", "as_json", is_flag=True, help="For programs.")


class Text(BaseModel):
    """What a file says in one language: a text alone, or a text with a link."""

    model_config = ConfigDict(extra="forbid")

    text: str
    link: str = ""
    link_label: str = ""


class Draft(BaseModel):
    """A file that begins a draft: texts, or a template with the values of its blanks.

    Moments are local: `2026-12-01 10:00`. What the file leaves out is as the template has it.
    """

    model_config = ConfigDict(extra="forbid")

    title: str = ""
    template: str | None = None
    values: dict[str, str | dict[str, Any]] = {}
    kind: Kind = Kind.INFORMATION
    topic: str | None = None
    texts: dict[str, str | Text] = {}
    fallback: dict[str, str] = {}
    languages: list[str] | None = None
    areas: list[str] | None = None
    unknown_language: bool = True
    due: str | None = None
    valid_until: str | None = None
    hold_minutes: int | None = None
    quiet_ok: bool = False
    public: bool = True

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if bool(self.texts) == bool(self.template):
            raise ValueError("needs either texts, or a template with its values")
        if self.template and "kind" in self.model_fields_set:
            raise ValueError("a template has its own kind: leave `kind` out")
        return self


@click.group("broadcast")
def command() -> None:
    """Draft a broadcast from a file, hand it in, see how it stands, stop it.

    The rules are those of the console, and so is the record. Approving takes a person who signed in there.

    \b
    Examples:
      python -m bot broadcast draft notice.yaml --json
      python -m bot broadcast submit 12
    """


@command.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@AS_JSON
def draft(file: Path, as_json: bool) -> None:
    """Begin a draft from a YAML or JSON file: title and texts by language, or a template and its values.

    \b
    Example:
      python -m bot broadcast draft notice.yaml
    """
    given = _read(file)

    def work(office: Office) -> Broadcast:
        fields = {**_fields(office, given), "title": given.title}
        if given.template is None:
            return drafts.create(office, SCRIPT, kind=given.kind, **fields)
        said = {name: fields[name] for name in fields if name in {*given.model_fields_set, *_COMPUTED}}
        return starting.begin(office, SCRIPT, given.template, given.values, **said)

    _tell(_office(work), as_json)


@command.command()
@click.argument("number", type=int)
@AS_JSON
def submit(number: int, as_json: bool) -> None:
    """Hand a draft in for approval; what stands in its way is listed.

    \b
    Example:
      python -m bot broadcast submit 12
    """

    def work(office: Office) -> Broadcast:
        return review.submit(office, SCRIPT, number, drafts.load(office, number).version)

    _tell(_office(work), as_json)


@command.command()
@click.argument("number", type=int)
@AS_JSON
def status(number: int, as_json: bool) -> None:
    """Show how a broadcast stands: whom it is for, what it costs, what LINE accepted.

    \b
    Example:
      python -m bot broadcast status 12 --json
    """

    def work(office: Office) -> tuple[Broadcast, dict[str, Any]]:
        about = drafts.load(office, number)
        return about, _counts(office, about)

    about, counts = _office(work)
    _tell(about, as_json, counts)


@command.command()
@click.argument("number", type=int)
@click.option("--note", default="", help="Why; it is kept in the record.")
@AS_JSON
def stop(number: int, note: str, as_json: bool) -> None:
    """Let nothing more of a broadcast leave; what LINE has accepted cannot be called back.

    \b
    Example:
      python -m bot broadcast stop 12 --note "wrong date"
    """
    _tell(_office(lambda office: stopping.stop(office, SCRIPT, number, note)), as_json)


def _read(file: Path) -> Draft:
    """Return what a file says; every problem is one sentence with its place."""
    try:
        return Draft.model_validate(yaml.safe_load(file.read_text(encoding="utf-8-sig")))
    except (yaml.YAMLError, UnicodeDecodeError):
        raise click.ClickException(f"{file} is no YAML or JSON in UTF-8.") from None
    except ValidationError as error:
        places = [(".".join(map(str, one["loc"])) or "the file", one["msg"]) for one in error.errors()]
        told = (f"{where}: {why.removeprefix('Value error, ')}" for where, why in places)
        raise click.ClickException("; ".join(told)) from None


def _fields(office: Office, given: Draft) -> dict[str, Any]:
    whole = {tag: Text(text=one) if isinstance(one, str) else one for tag, one in given.texts.items()}
    languages, areas = (None if one is None else tuple(one) for one in (given.languages, given.areas))
    fields: dict[str, Any] = {
        "variants": {
            tag: Variant(tag, one.text, link=one.link, link_label=one.link_label)
            for tag, one in whole.items()
        },
        "audience": Audience(languages, areas, given.unknown_language),
        "topic": given.topic,
        "fallback": given.fallback,
        "quiet_ok": given.quiet_ok,
        "public": given.public,
    }
    for name, text in (("due_at", given.due), ("valid_until", given.valid_until)):
        if text is not None:
            fields[name] = times.read(office, text)
    if given.hold_minutes is not None:
        fields["hold_minutes"] = given.hold_minutes
    return fields


def _counts(office: Office, about: Broadcast) -> dict[str, Any]:
    order_id = about.order_id
    order = office.database.read(lambda c: orders.load(c, order_id)) if order_id else None
    if order:
        names = ("recipients", "accepted", "refused", "unsure", "cancelled", "note")
        return {"order": order.id, **{name: getattr(order, name) for name in names}}
    needed = quota.cost(office, about)
    return {"recipients": needed.recipients, "left": needed.left, "enough": needed.enough}


def _tell(about: Broadcast, as_json: bool, more: dict[str, Any] | None = None) -> None:
    due = None if about.due_at is None else moment(about.due_at).astimezone(JST).isoformat(timespec="minutes")
    facts = {
        "id": about.id, "title": about.title, "status": about.status.value, "kind": about.kind.value,
        "due": due, "languages": sorted(about.texts()), "check": about.check.value, **(more or {}),
    }  # fmt: skip
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    click.echo(f"{about.id:>5} {about.status:<12} {due or 'when approved':<22} {about.title}")
    for name, value in (more or {}).items():
        click.echo(f"  {name}: {value}")


def _office(work: Callable[[Office], T]) -> T:
    """Do something with the office of the settings; every failure is said in a sentence."""
    try:
        services = build_services(load_settings(), "broadcast")
    except (NotReady, OtherChannel, ContentRefused) as problem:
        raise click.ClickException(str(problem)) from None
    try:
        return work(build_office(services))
    except Refused as why:
        lines = [str(why.remark), *(f"  {hint.language}: {hint.remark}" for hint in why.hints)]
        raise click.ClickException("\n".join(lines)) from None
    except StoreError as error:
        raise click.ClickException(f"The database did not do it ({error}); nothing was changed.") from None
    finally:
        close(services)
