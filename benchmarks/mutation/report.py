"""What a run found: by operator and by project, and who survived."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from benchmarks.mutation.trial import Trial


def text(trials: Sequence[Trial], seed: int) -> Iterator[str]:
    """The report for people."""
    counted = [trial for trial in trials if trial.counts]
    yield from _table("operator", counted, lambda trial: trial.mutant.defect.kind)
    yield ""
    yield from _table("project", counted, lambda trial: trial.mutant.project)
    survivors = [trial for trial in counted if not trial.dead]
    if survivors:
        yield "\nSurvivors"
    for trial in survivors:
        yield f"  {trial.mutant.project}: {trial.mutant.defect}"
        yield from (f"    {line}" for line in trial.diff)
    left_out = len(trials) - len(counted)
    yield f"\nseed {seed}: {_share(counted)} killed; {left_out} that can't be imported are not counted"


def data(trials: Sequence[Trial], seed: int) -> dict[str, Any]:
    """The report for programs."""
    counted = [trial for trial in trials if trial.counts]
    return {
        "seed": seed,
        "mutants": len(counted),
        "killed": sum(trial.dead for trial in counted),
        "stillborn": len(trials) - len(counted),
        "trials": [_trial(trial) for trial in trials],
    }


def line(trial: Trial) -> str:
    """One trial, as it happens: which test has found it, or what nobody has found."""
    shown = f"  {trial.test}" if trial.dead else "".join(f"\n    {changed}" for changed in trial.diff)
    return f"{trial.fate:9} {trial.seconds:5.1f} s  {trial.mutant.project}: {trial.mutant.defect}{shown}"


def _trial(trial: Trial) -> dict[str, Any]:
    return {
        "project": trial.mutant.project,
        "operator": trial.mutant.defect.kind,
        "place": trial.mutant.defect.place,
        "fate": trial.fate,
        "seconds": round(trial.seconds, 2),
        "diff": trial.diff,
        "test": trial.test,
    }


def _table(title: str, trials: Sequence[Trial], key: Callable[[Trial], str]) -> Iterator[str]:
    yield f"{title:24} killed"
    for name in sorted(set(map(key, trials))):
        yield f"{name:24} {_share([trial for trial in trials if key(trial) == name])}"


def _share(trials: Sequence[Trial]) -> str:
    killed = sum(trial.dead for trial in trials)
    return f"{killed:3} of {len(trials):3}  {100 * killed / max(1, len(trials)):5.1f} %"
