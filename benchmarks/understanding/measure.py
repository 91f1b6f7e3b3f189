"""Reads gold files, runs the engine in this process, adds up."""

import time
from pathlib import Path

import yaml

from benchmarks.understanding.scorer import Score, Scorer, Tally
from codebegen.blueprint import complete, plan
from codebegen.understanding import understand


def f1(tally: Tally) -> float:
    """The harmonic mean of precision and recall; 1 where there was nothing to find and nothing was."""
    seen = 2 * tally.hit + tally.missed + tally.wrong
    return 2 * tally.hit / seen if seen else 1.0


def measure(path: Path) -> tuple[Score, float]:
    """The score of one gold file, and the seconds that the engine took."""
    gold = yaml.safe_load(path.read_text("utf-8"))
    start = time.perf_counter()
    blueprint = understand(gold["prompt"]).blueprint
    whole = complete(blueprint) if blueprint is not None else None
    took = time.perf_counter() - start
    return Scorer(gold, plan(whole) if whole is not None else {}).run(), took


def total(scores: list[Score]) -> Score:
    """The figures of many files together."""
    result = Score()
    for score in scores:
        for name in ("entity", "field", "relation", "type", "rest"):
            getattr(result, name).add(getattr(score, name))
    return result
