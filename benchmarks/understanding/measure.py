"""Reads gold files, runs the engine in this process, scores."""

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

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
    """How many misses the report owns up to: what names them stands in residue or in a rule kept in words."""
    report = shape.get("report") or {}
    told = [item["text"].lower() for item in report.get("residue") or ()]
    told += [
        rule["text"].lower() for entity in shape.get("entities") or () for rule in entity["rules"] if "text" in rule
    ]
    tally = Tally()
    for label in missed:
        shown = not shape or any(all(w in text for w in words) for words in _known_by(label) for text in told)
        tally.add(Tally(hit=shown, missed=not shown))
    return tally


def _known_by(label: str) -> list[list[str]]:
    """Words that together tell what is missed: `field Loan.due_date` by `due`, or by `date`; a row by all its words."""
    kind, _, reference = label.partition(" ")
    reference, _, rest = reference.partition(" " if kind in ("transition", "enum") else ":")
    if kind in ("entity", "relation"):
        names = re.split(r"\W+(?:or\W+)?", re.sub(r"\.\w+", "", reference))
        return [words for name in names if (words := _words(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)))]
    _, _, fields = reference.replace("(", ".").partition(".")
    single = [[word] for word in _words(fields or reference)]
    together = [_words(rest)] if rest and kind in ("transition", "enum") else []
    return [*single, *(words for words in together if words)]


def _words(names: str) -> list[str]:
    parts = re.split(r"[^a-z0-9]+", names.lower().replace("_", " "))
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
