"""What is wrong with a text is said with its line; no text crashes a reader, or takes much more than its length."""

import time
from contextlib import suppress
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from codebegen.cli.arguments import FORMATS
from codebegen.understanding import Context, understand
from codebegen.understanding.formats import cut
from codebegen.understanding.formats.readers import READERS, TITLES
from codebegen.understanding.formats.schema import Format, FormatError

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "errors.yaml").read_text())
TEXTS = [path.read_text() for path in (Path(__file__).parent / "cases").iterdir() if path.suffix != ".expected"]
_PIECES = (
    "CREATE TABLE a ( ) ; , id INTEGER PRIMARY KEY NOT NULL DEFAULT 0 CHECK > 1 REFERENCES b ( id ) ' \" ` -- \n "
    "entity A { } String required enum relationship OneToMany to @ ( 1 ) /* */ // Table Ref : a.b > < - [ ] pk note "
    "model Int ? @id @relation fields references @@unique erDiagram ||--o{ A B : has { string name PK } openapi : "
    '"3.0.0" components schemas type object properties $ref allOf {"a": [{"b": 1}]} null true 1.5 é \\ $$ %%'
).split(" ")


def test_the_command_line_knows_every_format() -> None:
    assert get_args(Format) == FORMATS == tuple(READERS) == tuple(TITLES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['format']}-{case['says'][:30]}")
def test_a_fault_has_a_place(case: dict[str, Any]) -> None:
    understood = understand(case["text"], Context(format=case["format"]))
    assert understood.blueprint is None
    (problem,) = understood.diagnostics
    assert problem.code == f"bad-{case['format']}"
    assert problem.place == f"prompt:{case['at']}"
    assert case["says"] in problem.message
    assert problem.hint


def test_a_fenced_block_must_be_right_and_bare_words_are_prose() -> None:
    fenced = understand("Posts have a title.\n```prisma\nmodel A {\n  x Y\n}\n```\n")
    assert [(d.severity, d.place) for d in fenced.diagnostics] == [("error", "prompt:4:5")]
    bare = understand(
        "A shop: products have a name and a price; customers order products; an order has a date and a total.\n"
        "We thought of this for the team, long ago, before we knew what a shop needs:\nmodel A {\n  x Y\n}\n"
    )
    assert bare.blueprint is not None
    assert [(d.severity, d.place) for d in bare.diagnostics] == [("warning", "prompt:4:5")]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(READERS)), st.lists(st.sampled_from(_PIECES), max_size=40).map(" ".join))
def test_no_mixture_crashes_a_reader(kind: Format, text: str) -> None:
    _survived(kind, text)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(READERS)), st.text(max_size=200))
def test_no_text_crashes_a_reader(kind: Format, text: str) -> None:
    _survived(kind, text)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(TEXTS), st.integers(0, 3000), st.integers(0, 40), st.sampled_from(_PIECES))
def test_no_damage_crashes_the_whole(text: str, at: int, gone: int, put: str) -> None:
    damaged = text[:at] + put + text[at + gone :]
    understood = understand(damaged)
    assert understood.blueprint is not None or understood.diagnostics


def _survived(kind: Format, text: str) -> None:
    with suppress(FormatError):
        READERS[kind](text)
    for problem in cut(text).diagnostics:
        assert problem.place.startswith("prompt:")


@pytest.mark.parametrize(
    ("kind", "piece"),
    [
        ("sql", "CREATE TABLE t{n} (id INTEGER PRIMARY KEY, name TEXT CHECK (name <> ''));\n"),
        ("sql", "((((("),
        ("sql", "CREATE TABLE "),
        ("jdl", "entity E{n} {{ name String required }}\n"),
        ("jdl", "/* "),
        ("dbml", "Table t{n} {{\n  id integer [pk]\n  name varchar\n}}\n"),
        ("dbml", "Table t ["),
        ("prisma", "model M{n} {{\n  id Int @id\n  name String\n}}\n"),
        ("prisma", "model A { x Y @a("),
        ("mermaid", "erDiagram\n A{n} ||--o{{ B{n} : has\n"),
        ("openapi", "openapi: 3.0.0\n- - - "),
        ("json", '{{"a{n}": [{{"b": 1}}]}}'),
        ("json", "[["),
        ("sql", "```sql\n"),
        ("sql", "$$ $body$ /* '"),
    ],
)
def test_time_is_about_the_length(kind: Format, piece: str) -> None:
    def seconds(count: int) -> float:
        text = "".join(piece.replace("{n}", str(n)).replace("{{", "{").replace("}}", "}") for n in range(count))
        start = time.process_time()
        _survived(kind, text)
        return time.process_time() - start

    seconds(5)
    assert seconds(1000) < 40 * seconds(100) + 1
