"""How long the engine takes for a question, beside comparing the question with every name."""

from __future__ import annotations

import csv
import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import psutil  # type: ignore[import-untyped]
from rapidfuzz import fuzz, process

from bench.content import trim
from bench.numbers import quantile
from bench.servers import ROOT
from bench.table import Row
from bot.answers.engine import Engine
from bot.answers.model import Question
from bot.answers.normalise import clean
from bot.knowledge.loader import load
from bot.language.speech import load_voices

QUESTIONS: Final = ROOT / "tests" / "quality" / "questions"
PASSES: Final = 3
NOON: Final = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Asia/Tokyo"))
P99_MS: Final = 3.0


def rows(scratch: Path) -> tuple[list[Row], dict[str, Any]]:
    """Measure with the real and the trimmed content, each in a process of its own: (rows, raw values)."""
    found, raw = [], {}
    big = trim(load(ROOT / "content"), ROOT / "content", scratch / "content-trimmed")
    for folder in (ROOT / "content", big):
        child = subprocess.run(
            [sys.executable, "-m", "bench.answers", str(folder)], cwd=ROOT, stdout=subprocess.PIPE, check=True
        )
        one = json.loads(child.stdout)
        name = f"answers, {one['things']:,} things, {one['names']:,} names"
        raw[name] = one
        found += _rows(name, one["ours"], one["baseline"], P99_MS)
    return found, raw


def _rows(name: str, ours: dict[str, float], baseline: dict[str, float], limit: float) -> list[Row]:
    return [
        Row(f"{name}: p50 CPU", "ms", ours["cpu_p50"], baseline["cpu_p50"]),
        Row(f"{name}: p99 CPU", "ms", ours["cpu_p99"], baseline["cpu_p99"], at_most=limit),
        Row(f"{name}: p99 wall", "ms", ours["wall_p99"], baseline["wall_p99"]),
        Row(f"{name}: index built", "s", ours["built"], baseline["built"]),
        Row(f"{name}: memory of the index", "MB", ours["memory"], baseline["memory"]),
    ]


def measure(folder: Path) -> dict[str, Any]:
    """Return the figures of one content folder; times in ms (`built` in s), memory in MB."""
    knowledge, voices = load(folder), load_voices(ROOT / "locales")
    asked = _questions()
    baseline, forms = _built(lambda: list(dict.fromkeys(clean(name.form) for name in knowledge.names)))
    ours, engine = _built(lambda: Engine(knowledge, voices))

    def nearest(question: Question) -> object:
        return process.extract(clean(question.text), forms, scorer=fuzz.ratio, limit=5)

    one_pass(asked, engine.answer)  # caches fill once in a process's life
    for turn in range(PASSES):
        _add(ours, one_pass(asked, engine.answer))
        if turn < 2:  # the baseline is slow and steady
            _add(baseline, one_pass(asked, nearest))
    for side in (ours, baseline):
        for clock in ("cpu", "wall"):
            times = side.pop(clock)
            side |= {f"{clock}_p50": quantile(times, 0.5), f"{clock}_p99": quantile(times, 0.99)}
    sizes = {"things": len(knowledge.items), "names": len(knowledge.names), "questions": len(asked)}
    return {**sizes, "ours": ours, "baseline": baseline}


def one_pass(asked: list[Question], answer: Callable[[Question], object]) -> dict[str, list[float]]:
    """Ask every question once; return CPU and wall time of each in ms."""
    cpu, wall = [], []
    for question in asked:
        wall_begin, cpu_begin = time.perf_counter(), time.thread_time()
        answer(question)
        cpu.append((time.thread_time() - cpu_begin) * 1000)
        wall.append((time.perf_counter() - wall_begin) * 1000)
    return {"cpu": cpu, "wall": wall}


def _built(build: Callable[[], Any]) -> tuple[dict[str, Any], Any]:
    """Build something; return its CPU seconds and the memory it added in MB, and the thing itself."""
    gc.collect()
    before, begin = psutil.Process().memory_info().rss, time.thread_time()
    thing = build()
    seconds = time.thread_time() - begin
    gc.collect()
    return {"built": seconds, "memory": max(0, psutil.Process().memory_info().rss - before) / 1e6}, thing


def _add(side: dict[str, Any], times: dict[str, list[float]]) -> None:
    for clock, values in times.items():
        side.setdefault(clock, []).extend(values)


def _questions() -> list[Question]:
    asked = []
    for name in sorted(QUESTIONS.glob("*.csv")):
        with name.open(encoding="utf-8", newline="") as file:
            asked += [Question(row["question"], row["language"], NOON) for row in csv.DictReader(file)]
    return asked


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
