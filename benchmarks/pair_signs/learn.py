"""Pairs of entities with their signs and what gold says of them enter, a multinomial regression's weights leave."""

import random
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from benchmarks.logistic import ROUNDS, SEED, Descent, usual
from benchmarks.understanding.names import same
from codebegen import naming
from codebegen.understanding.embedded.engine import draft_of
from codebegen.understanding.embedded.names import USER
from codebegen.understanding.embedded.pair_signs import KINDS, chances, signs
from codebegen.understanding.embedded.pair_survey import survey_pairs

_RARE = 4
_PARTS = re.compile(r"(.+?)\s+(<>|>|-)\s+(.+)")


@dataclass(frozen=True, slots=True)
class Pair:
    """The signs of a first entity with a second and the other way round, what rules found, and what gold has."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    rule: str
    true: str
    name: str


def descriptions(folders: Sequence[Path]) -> list[list[Pair]]:
    """The pairs of each description; those that leave most to the reader say nothing of their words."""
    golds = (yaml.safe_load(path.read_text("utf-8")) for folder in folders for path in sorted(folder.glob("*.yaml")))
    return [list(_pairs(gold)) for gold in golds if not gold.get("thin")]


def _pairs(gold: Mapping[str, Any]) -> Iterator[Pair]:
    told, reading, bench = draft_of(gold["prompt"])
    survey = survey_pairs(told, reading, bench)
    keys = [key for key in bench.draft.entities if key != USER]
    known = [key for key in keys if any(same(name, key) for name in gold["entities"])]
    ends = _ends(gold["entities"], known)
    true = _told(gold.get("relations") or (), ends)
    arguable = _told([text for text in gold.get("tolerate") or () if _PARTS.match(text)], ends)
    for one, other in combinations(known, 2):
        found = true.get((one, other), "none")
        if found == "none" and (one, other) in arguable:
            continue
        there, back = signs(survey, bench.draft, one, other), signs(survey, bench.draft, other, one)
        rule = next(sign.removeprefix("known=") for sign in there if sign.startswith("known="))
        yield Pair(there, back, rule, found, f"{one} {other}")


def _ends(entities: Sequence[str], known: Sequence[str]) -> dict[str, str]:
    """The draft's key for each name that gold has: of several names of one thing, all lead to what is there."""
    ends: dict[str, str] = {}
    for names in entities:
        found = next((key for key in known if same(names, key)), None)
        ends.update((naming.snake(name), found) for name in names.split("|") if found is not None)
    return ends


def _told(relations: Sequence[str], ends: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """What gold says of each ordered pair; of alternatives, the first that both ends are there for."""
    out: dict[tuple[str, str], str] = {}
    for text in relations:
        for alternative in text.split(" or "):
            parts = _PARTS.match(alternative)
            source, sign, target = parts.groups() if parts else ("", "", "")
            one, other = (_end(names, ends) for names in (source.partition(".")[0], target))
            if one is None or other is None or one == other or (one, other) in out:
                continue
            out[one, other] = "both" if sign == "<>" else "key"
            out[other, one] = "both" if sign == "<>" else "key back"
            break
    return out


def _end(names: str, ends: Mapping[str, str]) -> str | None:
    return next((found for name in names.split("|") if (found := ends.get(naming.snake(name)))), None)


def learned(pairs: Sequence[Pair]) -> dict[str, float]:
    """The weight of each sign for each kind."""
    common = usual(({*pair.one, *pair.other} for pair in pairs), _RARE)
    kept = [(_common(pair.one, common), _common(pair.other, common), KINDS.index(pair.true)) for pair in pairs]
    order = random.Random(SEED)  # noqa: S311 - the same every time
    descent = Descent(rate=0.06)
    for _ in range(ROUNDS):
        order.shuffle(kept)
        for one, other, true in kept:
            off = [likely - (at == true) for at, likely in enumerate(chances(descent.weights, one, other))]
            errors: defaultdict[str, float] = defaultdict(float)
            for there, key in ((one, off[1]), (other, off[2])):
                for sign in there:
                    errors[f"key {sign}"] += key
                    errors[f"both {sign}"] += off[3]
            descent.step(errors.items())
    return dict(descent.weights)


def _common(signs: Sequence[str], common: Collection[str]) -> tuple[str, ...]:
    return tuple(sign for sign in signs if sign in common)
