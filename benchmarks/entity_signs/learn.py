"""Every noun of the descriptions with gold: its signs, what the rules say, and whether gold has rows of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from benchmarks.logistic import Case
from benchmarks.understanding.names import same
from codebegen.understanding.embedded.discourse import read
from codebegen.understanding.embedded.engine import without_chat
from codebegen.understanding.embedded.entity_signs import signs
from codebegen.understanding.embedded.names import USER, by_rules, candidates
from codebegen.understanding.embedded.noun_survey import survey


def descriptions(folders: Sequence[Path]) -> list[list[Case]]:
    """The cases of each description; those that leave most to the reader say nothing of their words."""
    golds = (yaml.safe_load(path.read_text("utf-8")) for folder in folders for path in sorted(folder.glob("*.yaml")))
    return [list(_cases(gold)) for gold in golds if not gold.get("thin")]


def _cases(gold: Mapping[str, Any]) -> Iterator[Case]:
    told = without_chat(gold["prompt"])
    spoken = survey(told)
    weighed = candidates(read(told).facts, spoken)
    tolerated = [name for name in gold.get("tolerate") or () if not re.search(r"[.<>]| - ", name)]
    for key, found in weighed.found.items():
        if key == USER or found.phrase is None:
            continue
        wanted = any(same(name, key) for name in gold["entities"])
        if wanted or not any(same(name, key) for name in tolerated):
            known = tuple(signs(key, spoken, found))
            yield Case(known, wanted, by_rules(key, weighed), key)
