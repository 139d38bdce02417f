"""`python -m bot deliveries`: what is being sent, and the brake for whoever runs the service."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Final, NoReturn, TypeVar

import click

from bot.clock import JST, Clock
from bot.delivery import staff
from bot.lifecycle import ORDER_STEPS, Batch, Order
from bot.settings import load_settings
from bot.store import batches, orders
from bot.store.database import Connection, Database, StoreError
from bot.store.identity import OtherChannel
from bot.store.moments import micros, moment
from bot.store.orders import SendOrder
from bot.wiring import NotReady, open_database

T = TypeVar("T")

SENTENCES: Final = {
    "unknown": "There is no send order with this number.",
    "status": "This cannot be done to an order that is {status}.",
    "expired": "The time of this order has passed; nothing of it may leave any more.",
    "stopping": "This order is being stopped.",
    "changed": "Somebody changed this order just now; look at it again.",
    "note_missing": "Say with --note how this was found out.",
    "batch": "This batch is not unsure; `deliveries show` lists those that are.",
}
AS_JSON = click.option("--json", "as_json", is_flag=True, help="For programs.")
NOTE = click.option("--note", default="", help="Why; it is kept in the audit.")


@click.group("deliveries")
def command() -> None:
    """Look at send orders, stop one, let a held one go on.

    "Accepted" means that LINE took the message; whether a phone showed it, LINE does not say.

    \b
    Examples:
      python -m bot deliveries list
      python -m bot deliveries stop 17 --note "wrong date"
    """


@command.command("list")
@click.option("--open", "only_open", is_flag=True, help="Only those that are not over.")
@AS_JSON
def list_(only_open: bool, as_json: bool) -> None:
    """List send orders, the latest due first.

    \b
    Example:
      python -m bot deliveries list --open
    """
    wanted = [status for status in Order if not only_open or ORDER_STEPS[status]]
    found = _store(lambda connection: orders.listed(connection, wanted))
    for order in found:
        click.echo(json.dumps(_facts(order)) if as_json else _line(order))
    if not found and not as_json:
        click.echo("There are no send orders.")


@command.command()
@click.argument("number", type=int)
@AS_JSON
def show(number: int, as_json: bool) -> None:
    """Show one send order: counts, what went wrong, who did what to it.

    \b
    Example:
      python -m bot deliveries show 17
    """

    def find(connection: Connection) -> tuple[SendOrder, list[Any], list[Any]]:
        order = orders.load(connection, number)
        if order is None:
            raise staff.NotPossible("unknown")
        troubled = batches.lines(connection, number, [Batch.REFUSED, Batch.UNSURE])
        return order, troubled, orders.history(connection, number)

    order, troubled, history = _store(find)
    if as_json:
        told = [
            dict(zip(("at", "what", "by", "note"), (_iso(at), *rest), strict=True)) for at, *rest in history
        ]
        click.echo(json.dumps({**_facts(order), "troubled": [asdict(b) for b in troubled], "audit": told}))
        return
    click.echo(_line(order))
    for batch in troubled:
        click.echo(f"  batch {batch.n}: {batch.state}, {batch.count} people, {batch.variant}, {batch.note}")
        click.echo(f"    status {batch.status_code}, LINE request id {batch.request_id or 'none'}")
    for at, what, by, note in history:
        click.echo(f"  {_spoken(at)} {what} by {by}{f': {note}' if note else ''}")


@command.command()
@click.argument("number", type=int)
@NOTE
def stop(number: int, note: str) -> None:
    """Let nothing more of a send order leave; what LINE has accepted cannot be called back.

    \b
    Example:
      python -m bot deliveries stop 17 --note "wrong date"
    """
    ended = _store(lambda c: staff.stop(c, number, _me(), _now(), note), write=True)
    click.echo(
        "Cancelled; nothing was sent." if ended else "Stopping: nothing leaves any more within a second."
    )


@command.command()
@click.argument("number", type=int)
@NOTE
def resume(number: int, note: str) -> None:
    """Let a held send order go on, after its reason is gone.

    \b
    Example:
      python -m bot deliveries resume 17 --note "new channel token"
    """
    status = _store(lambda c: staff.resume(c, number, _me(), _now(), note), write=True)
    click.echo(f"Resumed; it is {status} now.")


@command.command()
@click.argument("number", type=int)
@click.argument("batch", type=int)
@click.option("--arrived/--not-arrived", required=True, help="What was found out.")
@click.option("--note", default="", help="How it was found out; needed, and kept in the audit.")
def mark(number: int, batch: int, arrived: bool, note: str) -> None:
    """Say of an unsure batch whether it arrived. This sends nothing.

    \b
    Example:
      python -m bot deliveries mark 17 3 --arrived --note "seen on the city's own phone"
    """
    _store(lambda c: staff.mark(c, number, batch, arrived, _me(), _now(), note), write=True)
    click.echo("Marked.")


def _store(work: Callable[[Connection], T], write: bool = False) -> T:
    """Do something with the database of these settings; every failure is one sentence."""
    database: Database | None = None
    try:
        database = open_database(load_settings(), "deliveries")
        return (database.write if write else database.read)(work)
    except staff.NotPossible as refused:
        status = str(refused.status).replace("_", " ") if refused.status else ""
        _fail(SENTENCES[refused.reason].format(status=status))
    except StoreError as error:
        _fail(f"The database did not do it ({error}); nothing was changed.")
    except (NotReady, OtherChannel) as problem:
        _fail(str(problem))
    finally:
        if database:
            database.close()


def _fail(sentence: str) -> NoReturn:
    raise click.ClickException(sentence)


def _facts(order: SendOrder) -> dict[str, Any]:
    """Return an order as programs read it: moments in ISO 8601."""
    moments = ("due_at", "not_after", "hold_until", "planned_at", "created_at", "changed_at")
    facts = asdict(order)
    return {
        name: _iso(value) if name in moments and value is not None else value for name, value in facts.items()
    }


def _line(order: SendOrder) -> str:
    counts = ", ".join(
        f"{people} {name}"
        for name in ("accepted", "refused", "unsure", "cancelled")
        if (people := getattr(order, name))
    )
    people = f"{order.recipients} people" if order.planned_at else "not planned yet"
    parts = [
        f"{order.id:>5} {order.status:<12} {_spoken(order.due_at)} {order.key}",
        people,
        counts,
        order.note,
    ]
    return " · ".join(part for part in parts if part)


def _spoken(at: int) -> str:
    return f"{moment(at).astimezone(JST):%Y-%m-%d %H:%M:%S}"


def _iso(at: int) -> str:
    return moment(at).isoformat()


def _now() -> int:
    return micros(Clock().now())


def _me() -> str:
    """Return who types here, for the audit."""
    try:
        return f"command line ({getpass.getuser()})"
    except OSError:
        return "command line"
