"""Nouns with their signs and whose data gold says they are enter, a multinomial regression's weights leave."""

import random
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.logistic import SEED, Descent, usual
from benchmarks.understanding.names import ref_parts, same
from codebegen.understanding.embedded.data_signs import Weighed, chances, weigh
from codebegen.understanding.embedded.data_survey import open_nouns, survey_data
from codebegen.understanding.embedded.draft import Draft
from codebegen.understanding.embedded.engine import draft_of
from codebegen.understanding.embedded.item import item_name

_RARE = 5
_ROUNDS = 8
_RELATION = re.compile(r"[<>]| - ")
Told = list[tuple[frozenset[str], str]]
"""Owners, and the names of what they have."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is weighed of a noun, and the entities that gold says have it."""

    weighed: Weighed
    true: frozenset[str]


def descriptions(folders: Sequence[Path]) -> list[list[Case]]:
    """The cases of each description; those that leave most to the reader say nothing of their words."""
    golds = (yaml.safe_load(path.read_text("utf-8")) for folder in folders for path in sorted(folder.glob("*.yaml")))
    return [list(_cases(gold)) for gold in golds if not gold.get("thin")]


def _cases(gold: Mapping[str, Any]) -> Iterator[Case]:
    told, reading, bench = draft_of(gold["prompt"])
    wanted = _told(gold, bench.draft, gold.get("fields") or ())
    arguable = _told(gold, bench.draft, [t for t in gold.get("tolerate") or () if "." in t and not _RELATION.search(t)])
    for sentence in survey_data(told, reading, bench.names):
        for noun in open_nouns(sentence, bench.draft):
            names = (noun.phrase.key, item_name(noun.phrase)[0])
            true = _owners(wanted, names)
            if true or not _owners(arguable, names):
                yield Case(weigh(noun, sentence, bench.draft), true)


def _told(gold: Mapping[str, Any], draft: Draft, references: Collection[str]) -> Told:
    """Whose and what each reference speaks of, as far as its owner is there."""
    synonyms = [names for names in gold["entities"] for key in draft.entities if same(names, key)]
    out = []
    for reference in references:
        owners, names = ref_parts(reference)
        whole = {owners, *(known for known in synonyms if set(known.split("|")) & set(owners.split("|")))}
        out.append((frozenset(key for key in draft.entities if any(same(one, key) for one in whole)), names))
    return out


def _owners(told: Told, names: Sequence[str]) -> frozenset[str]:
    return frozenset(o for owners, known in told for o in owners if any(same(known, name, o) for name in names))


def learned(cases: Sequence[Case]) -> dict[str, float]:
    """The weight of each sign."""
    kept = _frequent(cases)
    order = random.Random(SEED)  # noqa: S311 - the same every time
    descent = Descent(rate=0.05)
    for _ in range(_ROUNDS):
        order.shuffle(kept)
        for case in kept:
            descent.step(_errors(case, chances(descent.weights, case.weighed)).items())
    return dict(descent.weights)


def _errors(case: Case, likely: Mapping[str, float]) -> dict[str, float]:
    """How far each sign is off; where several may have it, the likely one of these is right."""
    right = sum(likely[key] for key in case.true) if case.true else 0.0
    errors = {key: each - (each / right if key in case.true and right else 0.0) for key, each in likely.items()}
    whole = sum(errors.values())
    out = {f"noun {sign}": whole for sign in case.weighed.noun}
    for key, signs in case.weighed.owners.items():
        for sign in signs:
            out[f"of {sign}"] = out.get(f"of {sign}", 0.0) + errors[key]
    return out


def _frequent(cases: Sequence[Case]) -> list[Case]:
    nouns = usual((case.weighed.noun for case in cases), _RARE)
    owners = usual(({s for signs in case.weighed.owners.values() for s in signs} for case in cases), _RARE)
    return [Case(_with(case.weighed, nouns, owners), case.true) for case in cases]


def _with(weighed: Weighed, nouns: Collection[str], owners: Collection[str]) -> Weighed:
    known = {key: tuple(dict.fromkeys(s for s in signs if s in owners)) for key, signs in weighed.owners.items()}
    return Weighed(tuple(sign for sign in weighed.noun if sign in nouns), known)
