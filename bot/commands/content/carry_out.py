"""A change from the command line: tried, told, passed by the gate, confirmed, written."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

import click

from bot.answers.engine import Engine
from bot.commands.content.report import as_object, print_rows, print_trial
from bot.commands.content.surroundings import LOCALES, Order, Where, city_now, watched
from bot.knowledge.importers.proposal import Proposal, Remark, remark
from bot.knowledge.model import ContentRefused, Knowledge
from bot.language.speech import load_voices
from bot.pantry import engine_for
from bot.publishing.gate import Concern, SecondPersonNeeded, admit
from bot.publishing.history import Change, Overtaken
from bot.publishing.previews import Preview, previews
from bot.publishing.trial import Propose, Trial, tried
from bot.publishing.weighing import Weighed, weigh

SUMMARY = 400
"""Longest summary of a change, in characters."""


class NotWithoutSecondPerson(click.ClickException):
    """A change that needs somebody else's word."""

    exit_code = 3


def carry_out(order: Order, content: Where, kind: str, propose: Propose, leave_out: bool = False) -> None:
    """Show what a change does and, unless this is a dry run, make it. Every refusal is one sentence.

    With `leave_out` rejected rows do not refuse the others.
    """
    tell = order.tell
    trial = _tried(order, content, propose, leave_out)
    if trial.after is None:
        _show(order, trial, [], [])
        raise click.ClickException(tell(_refusal(trial)))
    if not trial.changes:
        _show(order, trial, [], [])
        return
    found, shown = _weighed(trial, trial.after, order)
    _show(order, trial, found.concerns, shown)
    _refuse_astray(order, found.astray)
    _admit(order, found.concerns)
    if order.dry_run:
        return
    _confirm(order)
    summary, files = _summary(order, trial.proposal), trial.proposal.files
    try:
        number = content.place.publish(Change(kind, summary, order.author, order.confirmed_by, files))
    except Overtaken:
        again = remark("Somebody else changed the content meanwhile: nothing was changed, start again.")
        raise click.ClickException(tell(again)) from None
    except OSError as error:
        raise click.ClickException(tell(_not_written(error))) from None
    click.echo(tell(_done(order, number)), err=order.as_json)


def _tried(order: Order, content: Where, propose: Propose, leave_out: bool) -> Trial:
    try:
        return tried(content.folder, content.place.overlay(), propose, leave_out)
    except ContentRefused as refused:
        broken = remark("The content in force is not in order:\n{problems}", problems=str(refused))
        raise click.ClickException(order.tell(broken)) from None


def _weighed(trial: Trial, after: Knowledge, order: Order) -> tuple[Weighed, list[Preview]]:
    """Return what stands against a change, and what people would read."""
    voices, now = load_voices(LOCALES), city_now(trial.before)
    same_names = after.lexicon == trial.before.lexicon
    new = engine_for(after, voices) if same_names or not order.dry_run else Engine(after, voices)
    watch = watched(order.tell(remark("Dangerous things")))
    found = weigh(trial.before, after, lambda: engine_for(trial.before, voices), new, now, watch)
    return found, list(previews(new, voices["ja"], trial.proposal.previews, now))


def _refuse_astray(order: Order, astray: Sequence[Remark]) -> None:
    if astray:
        told = "\n".join(order.tell(one) for one in astray)
        refused = remark(
            "Nothing was changed, because questions would lead elsewhere:\n{problems}", problems=told
        )
        raise click.ClickException(order.tell(refused))


def _show(order: Order, trial: Trial, concerns: Sequence[Concern], shown: Sequence[Preview]) -> None:
    if order.as_json:
        click.echo(json.dumps(as_object(trial, concerns, shown, order.tell), ensure_ascii=False, indent=1))
        return
    print_rows(trial.proposal, order.tell, every=order.dry_run)
    print_trial(trial, concerns, shown, order.tell)


def _admit(order: Order, concerns: Sequence[Concern]) -> None:
    try:
        admit(concerns, order.author, order.confirmed_by)
    except SecondPersonNeeded:
        needed = remark("This needs a second person: --confirmed-by NAME, not {author}.", author=order.author)
        raise NotWithoutSecondPerson(order.tell(needed)) from None


def _confirm(order: Order) -> None:
    if order.yes:
        return
    if not sys.stdin.isatty():
        raise click.ClickException(
            order.tell(remark("Nobody is there to be asked: add --yes, or --dry-run."))
        )
    where = remark("Put this live?") if order.live else remark("Write this to the files?")
    click.confirm(order.tell(where), abort=True, err=True)


def _refusal(trial: Trial) -> Remark:
    if trial.problems:
        problems = "\n".join(str(problem) for problem in trial.problems)
        return remark(
            "Nothing was changed, because the content would not be in order:\n{problems}", problems=problems
        )
    return remark("Nothing was changed, because rows were rejected.")


def _not_written(error: OSError) -> Remark:
    return remark(
        "Nothing was changed, because a file cannot be written: {problem}", problem=error.strerror or ""
    )


def _summary(order: Order, proposal: Proposal) -> str:
    return " ".join(order.tell(effect) for effect in proposal.effects)[:SUMMARY]


def _done(order: Order, number: int) -> Remark:
    if order.live:
        return remark("Revision {number} is in force; every process follows within seconds.", number=number)
    return remark("Change {number} is written; `content undo` takes it back.", number=number)
