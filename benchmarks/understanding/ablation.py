"""What each pass of the engine is worth: the figures without it, beside those with all of them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from benchmarks.understanding.measure import f1, measure, total
from codebegen.understanding.embedded import assemble, discourse, engine, enrich, outline_sentences, outline_state
from codebegen.understanding.embedded.lifecycle import Lifecycles


@dataclass(frozen=True)
class Pass:
    """A part of the engine by name, and a way to do without it for a while."""

    name: str
    without: Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True)
class Figures:
    """F1 of entities, fields and relations and the share of the rest, each in per cent."""

    entity: float
    field: float
    relation: float
    rest: float


def figures(paths: Sequence[Path]) -> Figures:
    """The figures of the engine as it is now."""
    whole = total(measure(path).stated for path in paths)
    rest = whole.rest.hit / max(1, whole.rest.hit + whole.rest.missed)
    return Figures(100 * f1(whole.entity), 100 * f1(whole.field), 100 * f1(whole.relation), 100 * rest)


def passes() -> Iterator[Pass]:
    """Everything that can be left out without breaking the rest."""
    for module, attribute in ((discourse, "FRAME_READERS"), (discourse, "BEHAVIOUR_READERS"), (enrich, "STEPS")):
        for part in getattr(module, attribute):
            yield Pass(part.__name__, _tuple_without(module, attribute, part))
    yield Pass("spelling", lambda: patch.object(outline_state, "correct", lambda _text: lambda tokens: tokens))
    yield Pass("group_states", lambda: patch.object(outline_state, "group_states", lambda tokens: tokens))
    yield Pass("chatter", lambda: patch.object(outline_sentences, "chatter", lambda _text: ""))
    yield Pass("lifecycle", lambda: patch.object(Lifecycles, "read", lambda *_: iter(())))
    yield Pass("phrase_rules", lambda: patch.object(discourse, "read_phrase_rules", lambda *_: iter(())))
    yield Pass("conditions", lambda: patch.object(discourse, "read_conditions", lambda *_: iter(())))
    yield Pass("members", lambda: patch.object(engine, "read_members", lambda *_: iter(())))
    yield Pass("associations", lambda: patch.object(engine, "associate", lambda *_: []))
    yield Pass("deeds", lambda: patch.object(engine, "rows_of_deeds", lambda *_: []))
    yield Pass("leftover rules", lambda: patch.object(assemble, "keep_rules", lambda _text, _told, given, *_: given))


def _tuple_without(module: object, attribute: str, part: object) -> Callable[[], AbstractContextManager[object]]:
    @contextmanager
    def without() -> Iterator[None]:
        kept = tuple(each for each in getattr(module, attribute) if each is not part)
        with ExitStack() as stack:
            stack.enter_context(patch.object(module, attribute, kept))
            yield

    return without


def ablate(paths: Sequence[Path]) -> None:
    """A line for each pass, the one that is worth most first."""
    whole = figures(paths)
    rows: list[tuple[float, str]] = []
    for part in passes():
        with part.without():
            left = figures(paths)
        loss = [getattr(whole, name) - getattr(left, name) for name in ("entity", "field", "relation", "rest")]
        rows.append((sum(loss), f"{part.name:24}" + "".join(f"{value:9.1f}" for value in loss)))
    print(f"{'without':24}{'entity':>9}{'field':>9}{'relation':>9}{'rest':>9}   points lost of")
    print(f"{'':24}{whole.entity:9.1f}{whole.field:9.1f}{whole.relation:9.1f}{whole.rest:9.1f}")
    for _, line in sorted(rows, key=lambda row: -row[0]):
        print(line)
