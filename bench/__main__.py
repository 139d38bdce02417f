"""`python -m bench`: measure, print every figure beside its baseline, say which targets are reached."""

from __future__ import annotations

import json
import os
import platform
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click

from bench import answers, delivery, during, intake, reminders, replies, start
from bench.table import Row, table

LAST: Final = Path(__file__).with_name("last.json")
PARTS: Final[dict[str, Callable[[Path], tuple[list[Row], dict[str, Any]]]]] = {
    "answers": answers.rows,
    "start": start.rows,
    "intake": intake.rows,
    "replies": replies.rows,
    "reminders": reminders.rows,
    "delivery": delivery.rows,
    "during": during.rows,
}


@click.command(epilog="Example: python -m bench --only answers,start")
@click.option("--only", default=",".join(PARTS), show_default=True, help="Parts to run, with commas between.")
@click.option("--record", is_flag=True, help="Keep the figures and those of each round in bench/last.json.")
def main(only: str, record: bool) -> None:
    """Measure the bot beside simpler bots that the same run starts; a missed target changes no exit code."""
    wanted = [name.strip() for name in only.split(",") if name.strip()]
    if unknown := sorted(set(wanted) - set(PARTS)):
        raise click.BadParameter(f"{', '.join(unknown)}: the parts are {', '.join(PARTS)}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # whatever was started is stopped on the way out
    rows: list[Row] = []
    raw: dict[str, Any] = {}
    begin = time.perf_counter()
    click.echo(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}: trust ratios within one run only.")
    with tempfile.TemporaryDirectory(prefix="awamado-bench-") as scratch:
        for name in wanted:
            click.echo(f"measuring {name} …")
            try:
                found, raw[name] = PARTS[name](Path(scratch))
            except (RuntimeError, TimeoutError) as failure:  # a server that does not start or stops answering
                raise click.ClickException(f"{name} could not be measured: {failure}") from None
            rows += found
    click.echo(f"\n{table(rows)}\n\n{time.perf_counter() - begin:.0f} s")
    missed = [row.figure for row in rows if row.reached is False]
    click.echo(f"targets missed: {'; '.join(missed) or 'none'}")
    if record:
        _record(rows, raw)


def _record(rows: list[Row], raw: dict[str, Any]) -> None:
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "load": os.getloadavg()[0]}
    kept = {"machine": machine, "figures": {row.figure: row.as_json() for row in rows}, "raw": raw}
    LAST.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    click.echo("kept in bench/last.json")


if __name__ == "__main__":
    main(prog_name="python -m bench")
