"""`python -m tests.quality.curve`: what other thresholds for a direct answer would do to all questions."""

from __future__ import annotations

import click

from bot.answers import engine, found, resolve, understand
from bot.answers.model import Status
from tests.quality.questions import Result, questions, run

STEPS = (0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
_USERS = (found, resolve, engine, understand)
"""The modules that compare with the threshold."""


@click.command()
def main() -> None:
    """Ask every question once for each threshold and print the shares, in scope and out of scope."""
    click.echo("direct from   answered   right   top-3   wrong   wrong of answered   out of scope answered")
    usual = found.SURE
    try:
        for step in STEPS:
            for module in _USERS:
                module.SURE = step  # type: ignore[attr-defined]
            click.echo(_row(step, [run(case) for case in questions()]))
    finally:
        for module in _USERS:
            module.SURE = usual  # type: ignore[attr-defined]


def _row(step: float, results: list[Result]) -> str:
    inside = [one for one in results if one.case.subject not in {"out", "unlisted"}]
    outside = [one for one in results if one.case.subject == "out"]
    told = sum(one.answer.status is Status.ANSWERED for one in inside)
    right, top3 = sum(one.outcome.right for one in inside), sum(one.outcome.top3 for one in inside)
    wrong = sum(one.outcome.wrong for one in inside)
    elsewhere = sum(one.answer.status is Status.ANSWERED for one in outside)
    shares = [100 * count / len(inside) for count in (told, right, top3, wrong)]
    cells = [f"{share:>6.1f} %" for share in (*shares, 100 * wrong / max(told, 1))]
    return f"{step:>11.2f}   " + "  ".join(cells) + f"   {100 * elsewhere / max(len(outside), 1):>6.1f} %"


if __name__ == "__main__":
    main()
