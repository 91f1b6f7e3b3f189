"""Reads gold files, runs the engine in this process, scores."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.understanding.names import ref_parts
from benchmarks.understanding.scorer import Score, Scorer, Tally
from codebegen.blueprint import complete, plan
from codebegen.understanding import understand

UNREAD = frozenset({"sealed", "first_sight"})
"""Parts of the corpus whose errors nobody reads who builds the engine."""


@dataclass(frozen=True)
class Measured:
    """One description: precision over what is `stated` and over `everything`, misses that the report shows, seconds."""

    name: str
    style: str
    stated: Score
    everything: Score
    shown: Tally
    seconds: float


def f1(tally: Tally) -> float:
    """The harmonic mean of precision and recall; 1 where there was nothing to find and nothing was."""
    seen = 2 * tally.hit + tally.missed + tally.wrong
    return 2 * tally.hit / seen if seen else 1.0


def measure(path: Path) -> Measured:
    """The scores of one gold file."""
    gold = yaml.safe_load(path.read_text("utf-8"))
    start = time.perf_counter()
    blueprint = understand(gold["prompt"]).blueprint
    whole = complete(blueprint) if blueprint is not None else None
    took = time.perf_counter() - start
    shape = plan(whole) if whole is not None else {}
    score = Scorer(gold, shape).run()
    everything = Scorer(gold, shape, everything=True).run()
    return Measured(path.stem, str(gold.get("style", "-")), score, everything, _shown(score.missed, shape), took)


def _shown(missed: Iterable[str], shape: dict[str, Any]) -> Tally:
    """How many misses the report owns up to: a word of the missed name stands in residue or in a rule kept in words."""
    report = shape.get("report") or {}
    told = [item["text"] for item in report.get("residue") or ()]
    told += [rule["text"] for entity in shape.get("entities") or () for rule in entity["rules"] if "text" in rule]
    admitted = " ".join(told).lower()
    tally = Tally()
    for label in missed:
        shown = not shape or any(word in admitted for word in _words(label))
        tally.add(Tally(hit=shown, missed=not shown))
    return tally


def _words(label: str) -> list[str]:
    """The words by which a missed element would be known: `field Loan.due_date` by `due` and `date`."""
    _, _, reference = label.partition(" ")
    names = ref_parts(reference.split(" ")[0].split(":")[0])[1] if "." in reference else reference
    parts = names.replace("|", " ").replace("_", " ").replace(">", " ").lower().split()
    return [part.rstrip("s") for part in parts if len(part) > 2]


def total(scores: Iterable[Score]) -> Score:
    """The figures of many files together."""
    result = Score()
    for score in scores:
        for name in ("entity", "field", "relation", "type", "rest"):
            getattr(result, name).add(getattr(score, name))
        for kind, tally in score.by_kind.items():
            result.by_kind.setdefault(kind, Tally()).add(tally)
    return result
