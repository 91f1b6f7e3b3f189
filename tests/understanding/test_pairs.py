"""Before and after, as data: what one piece of a list, and one or two sentences, become."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from codebegen.blueprint import Blueprint
from codebegen.blueprint.passes import complete
from codebegen.understanding import understand

PAIRS = Path(__file__).parent / "pairs"


def _cases(name: str) -> list[Any]:
    cases: list[Any] = yaml.safe_load((PAIRS / f"{name}.yaml").read_text())
    return [pytest.param(case, id=case["text"][:50]) for case in cases]


def _blueprint(text: str) -> Blueprint:
    blueprint = understand(text).blueprint
    assert blueprint is not None, text
    return blueprint


@pytest.mark.parametrize("case", _cases("items"))
def test_an_item_becomes_a_field(case: dict[str, Any]) -> None:
    blueprint = _blueprint(f"Entities:\n- Thing\n  - label: string\n  - {case['text']}\n")
    fields = blueprint.entities_by_name["Thing"].fields_by_name
    field = fields[case["gives"]["name"]]
    for key, value in case["gives"].items():
        got = getattr(field, key)
        assert (list(got) if isinstance(got, tuple) else got) == value, (key, field)


def _has(blueprint: Blueprint, wanted: str) -> bool:
    match = re.fullmatch(r"(\w+)(?:\.(\w+))?(?: (<>|>|-) (\w+))?", wanted)
    assert match is not None, wanted
    entity, name, sign, target = match.groups()
    if entity not in blueprint.entities_by_name:
        return False
    if sign is None and name is None:
        return True
    if sign is None:
        return name in blueprint.entities_by_name[entity].fields_by_name
    kind = {">": "many_to_one", "-": "one_to_one", "<>": "many_to_many"}[sign]
    sides = [(entity, target), (target, entity)] if sign == "<>" else [(entity, target)]
    return any(
        relation.kind == kind and relation.target == there and name in (None, relation.name)
        for here, there in sides
        for relation in blueprint.entities_by_name[here].relations
    )


@pytest.mark.parametrize("case", [*_cases("clauses"), *_cases("relations"), *_cases("layout")])
def test_sentences_become_relations(case: dict[str, Any]) -> None:
    blueprint = _blueprint(case["text"])
    missing = [wanted for wanted in case["has"] if not _has(blueprint, wanted)]
    assert not missing
    if "unique" in case:
        name, *parts = case["unique"]
        assert parts in [list(one.fields) for one in blueprint.entities_by_name[name].unique_together]


@pytest.mark.parametrize("case", _cases("states"))
def test_a_workflow_becomes_a_state_machine(case: dict[str, Any]) -> None:
    entity = _blueprint(case["text"]).entities_by_name[case["entity"]]
    machine = entity.state_machines[0]
    moves = {(move.name, source, move.to) for move in machine.transitions for source in move.from_}
    assert {tuple(move) for move in case["moves"]} <= moves
    assert machine.initial == case["initial"]


@pytest.mark.parametrize("case", _cases("unique"))
def test_what_may_not_occur_again_is_unique_together(case: dict[str, Any]) -> None:
    entities = _blueprint(case["text"]).entities_by_name
    for name, wanted in case["unique"].items():
        assert sorted(wanted) in [sorted(unique.fields) for unique in entities[name].unique_together]


@pytest.mark.parametrize("case", _cases("stamps"))
def test_moves_note_when_they_were_made(case: dict[str, Any]) -> None:
    orders = "Orders have a number. An order starts as pending, can be paid, then shipped."
    order = complete(_blueprint(f"{orders} {case['text']}")).entities_by_name["Order"]
    moves = [move for machine in order.state_machines for move in machine.transitions]
    types = {field.name: field.type for field in order.fields}
    found = [[move.name, effect.field, types[effect.field]] for move in moves for effect in move.effects]
    assert found == case["writes"]
