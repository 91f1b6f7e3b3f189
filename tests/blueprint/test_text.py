"""`codebegen.yaml` and JSON: what is written is read again, and every mistake has a place."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codebegen.blueprint import Blueprint, Entity, Field, complete, dump, load
from codebegen.blueprint.text import json_schema
from codebegen.diagnostics import Diagnostic
from tests.compiler.drawing_names import NASTY
from tests.compiler.strategies import blueprints, drawing

SCHEMA = Path(__file__).parents[2] / "docs/blueprint.schema.json"


QUICK = drawing(40)


@QUICK
@given(blueprints())
def test_any_blueprint_survives_yaml_and_json(blueprint: Blueprint) -> None:
    for one in (blueprint, complete(blueprint)):
        assert load(dump(one)) == one
        assert load(one.model_dump_json(exclude_defaults=True)) == one
        assert dump(one) == dump(Blueprint.model_validate_json(one.model_dump_json(exclude_defaults=True)))


@given(st.sampled_from(NASTY) | st.text())
def test_any_text_survives(text: str) -> None:
    blueprint = Blueprint(name="x", description=text, prompt=text)
    assert load(dump(blueprint)) == blueprint


def test_only_what_differs_is_written_and_the_kind_of_each_node() -> None:
    text = dump(Blueprint(name="blog", entities=(Entity(name="Post", fields=(Field(name="title"),)),)))
    lines = ["version: 1", "name: blog", "entities:", "  - name: Post", "    fields:", "      - name: title"]
    assert text.splitlines()[1:] == lines


def test_dates_need_no_quotes() -> None:
    text = "version: 1\nname: x\nentities:\n  - name: A\n    fields:\n      - {name: d, type: date, min: 2024-01-31}\n"
    found = load(text)
    assert isinstance(found, Blueprint)
    assert found.entities[0].fields[0].min == "2024-01-31"


@pytest.mark.parametrize(
    ("text", "code", "place", "hint"),
    [
        ("a: [", "blueprint-syntax", "codebegen.yaml:", "indentation"),
        ("- 1", "blueprint-shape", "$", ""),
        ("", "blueprint-shape", "$", ""),
        ("entities: []", "blueprint-shape", "$.name", "add the key"),
        ("name: x\ncolour: red", "blueprint-shape", "$.colour", "remove the key"),
        ("name: x\nentities: [{name: post}]", "blueprint-shape", "$.entities[0].name", "PascalCase"),
        ("name: x\ndomain: cooking", "blueprint-shape", "$.domain", "listed values"),
        ("name: x\nversion: 2", "blueprint-shape", "$.version", "listed values"),
        ("name: x\nentities: [{name: P, fields: [{name: Ä}]}]", "blueprint-shape", "$.entities[0].fields[0].name", ""),
        ("name: x\nname: y\n\x00", "blueprint-syntax", "codebegen.yaml", ""),
        ("!!python/object/apply:os.system [ls]", "blueprint-syntax", "codebegen.yaml:1:1", ""),
    ],
)
def test_a_mistake_has_a_place_and_a_hint(text: str, code: str, place: str, hint: str) -> None:
    found = load(text)
    assert isinstance(found, tuple)
    assert isinstance(found[0], Diagnostic)
    assert (found[0].code, found[0].severity) == (code, "error")
    assert found[0].place.startswith(place)
    assert hint in found[0].hint


@given(st.text(max_size=200) | st.recursive(st.text(max_size=5), st.lists).map(json.dumps))
def test_whatever_the_text_the_answer_is_a_blueprint_or_diagnostics(text: str) -> None:
    found = load(text)
    assert isinstance(found, Blueprint) or (found and all(isinstance(one, Diagnostic) for one in found))


def test_the_exported_schema_is_current() -> None:
    command = "python -c 'from codebegen.blueprint.text import json_schema; print(json_schema(), end=\"\")'"
    assert SCHEMA.read_text(encoding="utf-8") == json_schema(), f"run `{command} > docs/blueprint.schema.json`"
