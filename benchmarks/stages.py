"""Stage times: of descriptions, and of blueprints that grow."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from codebegen.blueprint import Blueprint, Entity, Feature, Field, Relation, dump
from codebegen.bootstrap import ports
from codebegen.pipeline import Request, Work, make

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "tests/corpus/shared"
SIZES = (5, 20, 80)


@dataclass(frozen=True, slots=True)
class Times:
    """One run: what it was, how large its blueprint and its project are, seconds by stage."""

    name: str
    entities: int
    files: int
    seconds: dict[str, float]
    gates: dict[str, float]
    proven: bool | None

    def __str__(self) -> str:
        stages = "  ".join(f"{name} {seconds:.3f}" for name, seconds in self.seconds.items())
        state = {True: "proven", False: "NOT PROVEN", None: "not verified"}[self.proven]
        total = sum(self.seconds.values())
        return f"{self.name:<22} {self.entities:3d} entities {self.files:4d} files  {total:6.2f} s  {stages}  {state}"


def descriptions(*, verify: bool) -> Iterator[Times]:
    """Every description of the corpus."""
    for path in sorted(CORPUS.glob("*.yaml")):
        prompt = yaml.safe_load(path.read_text(encoding="utf-8"))["prompt"]
        yield _time(path.stem, Request(prompt=prompt, verify=verify))


def growth(*, verify: bool) -> Iterator[Times]:
    """The same kind of backend with ever more entities; the first run warms caches and is not told."""
    _time("warm-up", Request(blueprint=dump(synthetic(2)), verify=False))
    for size in SIZES:
        yield _time(f"synthetic-{size}", Request(blueprint=dump(synthetic(size)), verify=verify))


def synthetic(size: int) -> Blueprint:
    """`size` entities of six fields, each but the first pointing to the one before it."""
    return Blueprint(
        name=f"synthetic_{size}",
        features=(Feature(key="auth"),),
        entities=tuple(_entity(number) for number in range(size)),
    )


def _entity(number: int) -> Entity:
    before = (Relation(name="parent", kind="many_to_one", target=f"Thing{_letters(number - 1)}"),) if number else ()
    return Entity(
        name=f"Thing{_letters(number)}",
        fields=(
            Field(name="title", max_length=120),
            Field(name="code", unique=True, max_length=40),
            Field(name="body", type="text", required=False),
            Field(name="amount", type="decimal", min=0),
            Field(name="state", type="enum", values=("draft", "open", "closed"), default="draft"),
            Field(name="due_date", type="date", required=False),
        ),
        relations=before,
    )


def _letters(number: int) -> str:
    return chr(ord("A") + number // 26) + chr(ord("a") + number % 26)


def _time(name: str, request: Request) -> Times:
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        request = Request(
            prompt=request.prompt,
            blueprint=request.blueprint,
            verify=request.verify,
            target=Path(folder) / "project",
        )
        return _times(name, make(request, ports()))


def _times(name: str, work: Work) -> Times:
    if work.blueprint is None or work.path is None:
        raise RuntimeError(f"{name}: " + "\n".join(map(str, work.diagnostics)))
    return Times(
        name,
        len(work.blueprint.entities),
        len(work.tree),
        {str(stage): seconds for stage, seconds in work.seconds.items()},
        {gate.name: gate.seconds for gate in work.report.gates} if work.report else {},
        work.proven if work.report else None,
    )
