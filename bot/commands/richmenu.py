"""`python -m bot richmenu`: brings the menus below the chat to LINE, and says what is there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import click

from bot.clock import Clock
from bot.knowledge.loader import load
from bot.knowledge.model import ContentRefused
from bot.language.speech import load_voices
from bot.line.calls import Refused
from bot.line.menus import MenuApi
from bot.richmenus.deploying import Deployment, design
from bot.richmenus.describing import ALIASES, is_ours
from bot.richmenus.drawing import draw
from bot.richmenus.fonts import CannotDraw
from bot.richmenus.linking import Linking
from bot.settings import Settings, load_settings
from bot.store import menu_links
from bot.store.database import Database, StoreError
from bot.store.identity import OtherChannel
from bot.store.moments import micros
from bot.wiring import LOCALES, NotReady, build_calls, open_database


@click.group("richmenu")
def command() -> None:
    """The menu of tiles below the chat: one for each language, from content/richmenu.yaml.

    \b
    Examples:
      python -m bot richmenu deploy --dry-run
      python -m bot richmenu deploy
      python -m bot richmenu list --json
    """


@command.command()
@click.option("--dry-run", is_flag=True, help="Change nothing; say what would be done.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a step.")
def deploy(dry_run: bool, as_json: bool) -> None:
    """Draw the menus and bring them to LINE; what is there already is left as it is.

    Run it after each change of content/richmenu.yaml. A run that was cut off is simply run again. Readers
    see the old menu until the new one is there.

    \b
    Example:
      python -m bot richmenu deploy --dry-run
    """
    with _surroundings() as (settings, database):
        port = MenuApi(build_calls(settings))
        linking = Linking(database, port, lambda: micros(Clock().now()))
        designs = design(load(settings.content_dir).tiles, load_voices(LOCALES), draw)
        steps = Deployment(port, designs, linking.renew, dry_run).run()
    for step in steps:
        click.echo(json.dumps({"step": step.what, "on": step.on}) if as_json else f"{step.what} {step.on}")
    if not steps and not as_json:
        click.echo("The menus are as they should be; nothing was changed.")


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a menu.")
def list_menus(as_json: bool) -> None:
    """List the menus at LINE: which are shown, and to how many people of another language than Japanese.

    \b
    Example:
      python -m bot richmenu list --json
    """
    with _surroundings() as (settings, database):
        port = MenuApi(build_calls(settings))
        menus, default = port.menus(), port.default()
        shown = {menu: ALIASES[alias] for alias, menu in port.aliases().items() if alias in ALIASES}
        people = database.read(menu_links.counted)
    for menu in menus:
        tag = shown.get(menu.id)
        facts = {
            "id": menu.id,
            "name": menu.name,
            "ours": is_ours(menu.name),
            "language": tag,
            "default": menu.id == default,
            "people": people.get(tag, 0) if tag else 0,
        }
        click.echo(json.dumps(facts, ensure_ascii=False) if as_json else _line(facts))
    if not menus and not as_json:
        click.echo("LINE has no menu made by this interface: run `python -m bot richmenu deploy`.")


@contextmanager
def _surroundings() -> Iterator[tuple[Settings, Database]]:
    """Open the database of the settings; every failure is one sentence."""
    settings = load_settings()
    try:
        database = open_database(settings, "richmenu")
    except (NotReady, OtherChannel) as problem:
        raise click.ClickException(str(problem)) from None
    try:
        yield settings, database
    except CannotDraw as problem:
        raise click.ClickException(str(problem)) from None
    except ContentRefused as refused:
        raise click.ClickException(f"the content cannot be used:\n{refused}") from None
    except Refused as refused:
        raise click.ClickException(f"{refused} Run it again: what was done stays done.") from None
    except StoreError as error:
        raise click.ClickException(f"The database did not do it ({error}).") from None
    finally:
        database.close()


def _line(facts: dict[str, object]) -> str:
    if not facts["ours"]:
        return f"{facts['id']}  (not ours)  {facts['name']}"
    shown = "for everybody" if facts["default"] else f"shown to {facts['people']}"
    return f"{facts['id']}  {facts['language'] or 'not shown':<9}  {shown}  {facts['name']}"
