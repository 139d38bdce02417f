"""`python -m bot staff`: accounts of the console, for the first admin and for when nobody can sign in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import click

from bot.clock import Clock
from bot.console.access import accounts
from bot.console.access.accounts import Deed, LastAdmin, NoAccount
from bot.console.access.names import LONGEST, NameRefused
from bot.console.access.roles import Role
from bot.settings import load_settings
from bot.store import audit, staff
from bot.store.database import Database, StoreError
from bot.store.identity import OtherChannel
from bot.store.moments import micros, moment
from bot.store.staff import Account, NameTaken
from bot.wiring import NotReady, open_database


@click.group("staff")
def command() -> None:
    """Add, list, disable and reset accounts of the staff console.

    Each deed is recorded there. A broadcast can never be approved from here.

    \b
    Examples:
      python -m bot staff add "森 花子" --role admin
      python -m bot staff list
    """


@command.command()
@click.argument("name")
@click.option(
    "--role", type=click.Choice([role.value for role in Role]), required=True, help="What they may do."
)
def add(name: str, role: str) -> None:
    """Add an account and print its one-time password, once.

    \b
    Example:
      python -m bot staff add "森 花子" --role admin
    """
    with _database() as database:
        try:
            password = accounts.add(database, _deed(), name, Role(role))
        except NameRefused:
            raise click.ClickException(
                f"NAME must be 1 to {LONGEST} letters or digits, with spaces or . - _ between."
            ) from None
        except NameTaken:
            raise click.ClickException(
                "There is an account of that name already: see `staff list`."
            ) from None
    _print_once(password)


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_accounts(as_json: bool) -> None:
    """List every account with role, state and last sign-in.

    \b
    Example:
      python -m bot staff list --json
    """
    with _database() as database:
        known = database.read(staff.everyone)
    for account in known:
        click.echo(json.dumps(_record(account), ensure_ascii=False) if as_json else _line(account))
    if not known and not as_json:
        click.echo("There is no account yet: `python -m bot staff add NAME --role admin` makes the first.")


@command.command()
@click.argument("name")
def disable(name: str) -> None:
    """Shut an account and end its sessions. What it did stays in the record.

    \b
    Example:
      python -m bot staff disable "森 花子"
    """
    with _database() as database, _known(name):
        account = database.read(lambda connection: accounts.named(connection, name))
        accounts.disable(database, _deed(), account.id)
    click.echo(f"{account.name} is disabled.")


@command.command()
@click.argument("name")
def reset(name: str) -> None:
    """Print a new one-time password; a disabled account may be used again.

    The former password, authenticator, recovery codes, sessions and LINE link are gone.

    \b
    Example:
      python -m bot staff reset "森 花子"
    """
    with _database() as database, _known(name):
        account = database.read(lambda connection: accounts.named(connection, name))
        password = accounts.reset(database, _deed(), account.id)
    _print_once(password)


@contextmanager
def _database() -> Iterator[Database]:
    """Open the database of the settings; what stands in the way is said in one sentence."""
    try:
        database = open_database(load_settings(), "staff")
    except (NotReady, OtherChannel) as problem:
        raise click.ClickException(str(problem)) from None
    try:
        yield database
    except StoreError as error:
        raise click.ClickException(f"The database did not do it ({error}).") from None
    finally:
        database.close()


@contextmanager
def _known(name: str) -> Iterator[None]:
    try:
        yield
    except NoAccount:
        raise click.ClickException(f"No account is called {name!r}: see `staff list`.") from None
    except LastAdmin:
        raise click.ClickException(f"{name} is the only admin left: make another one first.") from None


def _deed() -> Deed:
    now = micros(Clock().now())
    return Deed(audit.CLI, now, now)


def _print_once(password: str) -> None:
    click.echo(password)
    click.echo(f"Shown only now, good for {accounts.ONE_TIME_DAYS} days: hand it over in person.", err=True)


def _state(account: Account) -> str:
    if not account.active:
        return "disabled"
    return "waiting" if accounts.waiting(account) else "active"


def _record(account: Account) -> dict[str, str | None]:
    seen = moment(account.signed_in_at).isoformat(timespec="seconds") if account.signed_in_at else None
    return {"name": account.name, "role": account.role, "state": _state(account), "signed_in_at": seen}


def _line(account: Account) -> str:
    told = _record(account)
    return (
        f"{told['role']:<9} {told['state']:<9} {told['signed_in_at'] or 'never signed in':<26} {told['name']}"
    )
