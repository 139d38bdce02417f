"""All figures of one run, as plain data."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from bot.answers.model import Status
from tests.quality import baselines
from tests.quality.figures import Figures, by, count, percentile
from tests.quality.noise import found, noisy_names
from tests.quality.questions import Result, danger_names, dangers, questions, run
from tests.real import ask, knowledge

OUTSIDE = "out"
TOLD = 400
"""At most this many wrong cases are listed."""


@dataclass(frozen=True, slots=True, repr=False)
class Run:
    """Every question file answered once."""

    asked: list[Result]
    risky: list[Result]

    @property
    def inside(self) -> list[Result]:
        """The questions that we ought to be able to answer."""
        return [one for one in self.asked if one.case.subject not in {OUTSIDE, "unlisted"}]

    def about(self, subject: str) -> list[Result]:
        """The questions with a subject."""
        return [one for one in [*self.asked, *self.risky] if one.case.subject == subject]


def run_all() -> Run:
    """Ask every question of both files, after a warm-up."""
    ask("はじめ")
    return Run([run(case) for case in questions()], [run(case) for case in [*dangers(), *danger_names()]])


def measure(whole: Run, noise: bool = True) -> dict[str, Any]:
    """Return all figures; `noise` also asks for every distorted name, which takes most of the time."""
    seconds = [one.seconds for one in [*whole.asked, *whole.risky]]
    outside = whole.about(OUTSIDE)
    new, listed = _overlap(whole.inside)
    return {
        "total": rows(
            {
                "in scope": count(whole.inside),
                "… open half": count(one for one in whole.inside if not one.case.sealed),
                "… sealed half": count(one for one in whole.inside if one.case.sealed),
                "… not word for word in content": count(new),
                "… word for word in content": count(listed),
                "unlisted things": count(whole.about("unlisted")),
                "out of scope": count(outside),
                "danger": count(whole.about("danger")),
                "danger, known names": count(whole.about("name")),
                "accidents": count(whole.about("accident")),
            }
        ),
        "language": rows(by(whole.inside, lambda one: one.case.language)),
        "sentences": rows(by(_sentences(whole.inside), lambda one: one.case.language)),
        "style": rows(by(whole.inside, lambda one: one.case.style)),
        "subject": rows(by(whole.asked, lambda one: one.case.subject)),
        "detail": rows(by(whole.asked, _detail)),
        "outside": {
            "n": len(outside),
            "answered": sum(one.answer.status is Status.ANSWERED for one in outside),
            "asked back": sum(one.answer.status is Status.CHOICES for one in outside),
        },
        "danger": rows(by(whole.risky, lambda one: f"{one.case.subject} {one.case.language}")),
        "danger wrong": sum(one.outcome.wrong for one in whole.risky),
        "noise": noise_rows() if noise else {},
        "baselines": baseline_rows(whole),
        "milliseconds": {
            "p50": round(1000 * percentile(seconds, 0.5), 3),
            "p99": round(1000 * percentile(seconds, 0.99), 3),
        },
    }


def rows(groups: dict[str, Figures]) -> dict[str, dict[str, float | int]]:
    """Return groups of figures as plain data, empty ones left out."""
    return {name: one.as_row() for name, one in groups.items() if one.n}


def noise_rows() -> dict[str, dict[str, float | int]]:
    """Return the figures over all known names, for each way of distorting them and each language."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for noisy in noisy_names():
        hits = (True, *found(noisy))
        for row in (noisy.row, f"{noisy.row} {noisy.language}"):
            counts[row] = [one + hit for one, hit in zip(counts[row], hits, strict=True)]
    return rows({row: Figures(*counts[row]) for row in sorted(counts)})


def baseline_rows(whole: Run) -> dict[str, dict[str, float | int]]:
    """Return this engine and the simpler ways on the same questions about single things."""
    cases = baselines.comparable([one.case for one in whole.asked])
    ids = {case.id for case in cases}
    groups = {"this engine": count([one for one in whole.asked if one.case.id in ids])}
    for name, finder in baselines.FINDERS.items():
        first, third = baselines.share(finder, cases)
        answered = sum(bool(finder(case.question)) for case in cases)
        groups[name] = Figures(len(cases), first, third, answered - first)
    return rows(groups)


def failures(whole: Run, sealed: bool = False) -> list[dict[str, str]]:
    """Return what went wrong, the worst first: danger, wrong direct answers, then what was not found."""
    asked = [one for one in [*whole.risky, *whole.asked] if sealed or not one.case.sealed]
    bad = [one for one in asked if not one.outcome.right]
    bad.sort(key=lambda one: (not one.outcome.wrong, one.case.style != "danger", one.outcome.top3))
    return [
        {
            "id": one.case.id,
            "language": one.case.language,
            "style": one.case.style,
            "question": one.case.question,
            "expect": one.case.expect,
            "got": got(one),
            "kind": "wrong" if one.outcome.wrong else "offered" if one.outcome.top3 else "missed",
        }
        for one in bad[:TOLD]
    ]


def got(result: Result) -> str:
    """Return an answer in one line: how it ended and what it is about."""
    answer = result.answer
    about = ", ".join(choice.answer_id for choice in answer.choices) or answer.answer_id or ""
    return f"{answer.status} {about} {answer.category or ''}".strip()


def _overlap(results: list[Result]) -> tuple[list[Result], list[Result]]:
    """Split results into those with new wordings and those whose question stands word for word in content."""
    known = baselines.accepted(knowledge())
    listed = {one.case.id for one in results if baselines.plain(one.case.question) in known}
    return (
        [one for one in results if one.case.id not in listed],
        [one for one in results if one.case.id in listed],
    )


def _sentences(results: list[Result]) -> list[Result]:
    return [one for one in results if one.case.style in {"sentence", "polite-long", "ja-simple"}]


def _detail(one: Result) -> str:
    return f"{one.case.language} {one.case.style} {one.case.subject}"
