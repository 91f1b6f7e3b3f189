"""Which mutants are run: drawn by a seed, spread over operators, projects and files."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benchmarks.mutation import behaviour_places, known_places, syntax
from benchmarks.mutation.surgery import Defect, Files


@dataclass(frozen=True, slots=True)
class Mutant:
    """A defect in one project."""

    project: str
    defect: Defect


def mutants(projects: Mapping[str, Files], seed: int, operators: tuple[str, ...] = ()) -> Iterator[Mutant]:
    """All mutants, those to be run first in front: operators take turns, and each goes where it has been least.

    What projects have in common has many copies; a mutant of it comes once.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    places = _places(projects, operators)
    kinds = sorted(places)
    chance.shuffle(kinds)
    used: Counter[str] = Counter()
    seen: set[tuple[str, ...]] = set()
    while kinds:
        for kind in tuple(kinds):
            found = _next(places[kind], used, seen, chance)
            if found is None:
                kinds.remove(kind)
            else:
                yield found


def twins(projects: Mapping[str, Files], mutant: Mutant) -> Iterator[Mutant]:
    """The same mutant in the other projects that have the same code."""
    changes = mutant.defect.changes
    for name, files in projects.items():
        if name != mutant.project and all(files.get(path) == projects[mutant.project][path] for path in changes):
            yield Mutant(name, mutant.defect)


def _next(
    waiting: list[Mutant], used: Counter[str], seen: set[tuple[str, ...]], chance: random.Random
) -> Mutant | None:
    """Take a mutant from the project and the file with the fewest so far."""
    while waiting:
        least = min(_use(mutant, used) for mutant in waiting)
        mutant = chance.choice([one for one in waiting if _use(one, used) == least])
        waiting.remove(mutant)
        content = tuple(text for pair in sorted(mutant.defect.changes.items()) for text in pair)
        if content not in seen:
            seen.add(content)
            used.update((mutant.project, _file(mutant)))
            return mutant
    return None


def _use(mutant: Mutant, used: Counter[str]) -> tuple[int, int]:
    return used[mutant.project], used[_file(mutant)]


def _file(mutant: Mutant) -> str:
    """The file; what all projects have in common is one file."""
    path = next(iter(mutant.defect.changes))
    return path if path.startswith("app/core/") else f"{mutant.project}/{path}"


def _places(projects: Mapping[str, Files], operators: tuple[str, ...]) -> dict[str, list[Mutant]]:
    """Every mutant there is, by operator."""
    found: dict[str, list[Mutant]] = {}
    for project, files in projects.items():
        for room in (known_places, behaviour_places, syntax):
            for kind, defects in room.defects(files).items():
                if not operators or kind in operators:
                    found.setdefault(kind, []).extend(Mutant(project, defect) for defect in defects)
    return found
