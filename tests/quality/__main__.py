"""`python -m tests.quality`: the figures of the answers beside their baselines, and what went wrong."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from tests.quality.figures import table
from tests.quality.measure import failures, measure, run_all
from tests.quality.questions import HERE

LAST = HERE / "last.json"
TABLES = ("total", "language", "sentences", "style", "subject", "detail", "danger", "noise", "baselines")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of tables.")
@click.option("--record", is_flag=True, help="Keep these figures in last.json to compare later runs with.")
@click.option("--no-noise", is_flag=True, help="Leave out the distorted names (most of the time).")
@click.option("--show", default=60, show_default=True, help="How many wrong cases to list.")
@click.option("--sealed", is_flag=True, help="Also list failures of the sealed half: it is spent then.")
def main(as_json: bool, record: bool, no_noise: bool, show: int, sealed: bool) -> None:
    """Ask every test question, print the figures, and exit with 1 if a danger question got a wrong answer."""
    whole = run_all()
    figures = measure(whole, noise=not no_noise)
    bad = failures(whole, sealed)
    if as_json:
        click.echo(json.dumps({**figures, "failures": bad}, ensure_ascii=False, indent=1))
    else:
        _print(figures, bad, show)
    if record:
        LAST.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if figures["danger wrong"]:
        click.echo(f"{figures['danger wrong']} danger questions got another category's answer.", err=True)
        sys.exit(1)


def _print(figures: dict[str, Any], bad: list[dict[str, str]], show: int) -> None:
    for name in TABLES:
        if figures[name]:
            click.echo(table(name, figures[name]) + "\n")
    outside = figures["outside"]
    click.echo(
        f"out of scope: {outside['answered']} of {outside['n']} answered, {outside['asked back']} asked back"
    )
    click.echo(f"danger questions answered wrongly: {figures['danger wrong']}")
    click.echo(
        f"answer time: p50 {figures['milliseconds']['p50']} ms, p99 {figures['milliseconds']['p99']} ms\n"
    )
    for one in bad[:show]:
        click.echo(f"{one['kind']:<8}{one['id']} {one['language']} {one['question']}")
        click.echo(f"        expected {one['expect']}; got {one['got']}")
    _compare(figures)


def _compare(figures: dict[str, Any]) -> None:
    """Print every share that differs from the recorded run."""
    if not LAST.exists():
        return
    before = json.loads(LAST.read_text(encoding="utf-8"))
    click.echo("\nsince the recorded run:")
    for name in TABLES:
        for row, now in figures[name].items():
            old = before.get(name, {}).get(row)
            if old and (old["right"], old["wrong"]) != (now["right"], now["wrong"]):
                click.echo(
                    f"  {name} / {row}: right {old['right']} -> {now['right']} %,"
                    f" wrong {old['wrong']} -> {now['wrong']} %"
                )


if __name__ == "__main__":
    main()
