"""Moves that change other rows: what their steps may say, and what stands in the way is told with its place."""

import pytest

from codebegen.blueprint import Blueprint, Transition, check, complete
from codebegen.blueprint.expressions import Compare, FieldRef, Value
from codebegen.blueprint.passes.edit import changed
from codebegen.blueprint.plan import plan
from codebegen.blueprint.rules import CheckRule
from codebegen.blueprint.steps import AdjustStep, CreateStep, ForEachStep, MoveStep, SetStep, Step
from codebegen.compiler.support import feasible, unkept
from codebegen.documentation import words
from tests.compiler.market import CANCEL, DELIVER, MARKET

EMPTY = SetStep(field="discontinued", value=Value(value=True), relation="sample")
"""Its key may lead nowhere."""


def with_steps(name: str, move: Transition, *steps: Step, blueprint: Blueprint = MARKET) -> Blueprint:
    """The market where a move of an entity has these steps."""
    entities = []
    for entity in blueprint.entities:
        machines = tuple(
            changed(m, transitions=tuple(changed(t, steps=steps) if t.name == move.name else t for t in m.transitions))
            for m in entity.state_machines
        )
        entities.append(changed(entity, state_machines=machines) if entity.name == name else entity)
    return complete(changed(blueprint, entities=tuple(entities)))


def delivering(*steps: Step) -> Blueprint:
    return with_steps("Parcel", DELIVER, *steps)


def refusing_rule(name: str, condition: Compare) -> Blueprint:
    rule = CheckRule(name="kept", condition=condition)
    entities = (changed(e, rules=(rule,)) if e.name == name else e for e in MARKET.entities)
    return complete(changed(MARKET, entities=tuple(entities)))


def test_the_market_has_moves_that_change_other_rows() -> None:
    assert check(MARKET) == ()
    order = next(entity for entity in plan(MARKET)["entities"] if entity["name"] == "Order")
    moves = {move["name"]: move for move in order["state_machines"][0]["transitions"]}
    assert "steps" not in moves["pay"]
    assert [step["entity"] for step in moves["cancel"]["steps"]] == ["OrderItem", "Parcel"]


@pytest.mark.parametrize(
    "found",
    [
        delivering(CreateStep(entity="Remark")),
        delivering(SetStep(field="number", value=Value(value="x"))),
        delivering(MoveStep(transition="stop")),
        delivering(MoveStep(transition="pay", relation="nowhere")),
        delivering(MoveStep(transition="cancel", relation="order")),
        delivering(SetStep(field="status", value=Value(value="paid"), relation="order")),
        delivering(ForEachStep(entity="OrderItem", relation="order")),
        delivering(AdjustStep(relation="nowhere", field="stock", amount=Value(value=1))),
        with_steps("Order", CANCEL, ForEachStep(entity="Parcel", relation="order", steps=(EMPTY,))),
    ],
)  # fmt: skip
def test_what_can_not_be_done_is_told(found: Blueprint) -> None:
    problems = check(found)
    assert {problem.code for problem in problems} == {"unknown-step"}
    assert all(".state_machines." in problem.place for problem in problems)


def test_what_a_rule_asks_for_is_not_written_by_the_way() -> None:
    rule = Compare(operator="==", left=FieldRef(path="discontinued"), right=Value(value=False))
    (problem,) = check(refusing_rule("Product", rule))
    assert problem.place == "entities.Parcel.state_machines.state.deliver"
    assert "the rule kept asks for Product.discontinued" in problem.message


def test_rows_that_count_by_themselves_have_no_other_count() -> None:
    tally = MARKET.entities_by_name["Transfer"].tallies[1]
    credit = changed(tally, relation="wallet")
    entities = (changed(e, tallies=(credit,)) if e.name == "Refund" else e for e in MARKET.entities)
    problems = check(complete(changed(MARKET, entities=tuple(entities))))
    assert {problem.place for problem in problems} == {
        "entities.Refund.state_machines.state.grant",
        "entities.Refund.state_machines.state.withdraw",
    }


def test_documents_have_moves_without_steps_and_say_so() -> None:
    blueprint = changed(MARKET, stack="fastapi_mongo")
    places = {one.place: one.message for one in unkept(blueprint)}
    assert places["entities.Refund.state_machines.state.grant"] == "grant changes no other rows"
    moves = feasible(blueprint).entities_by_name["Refund"].state_machines[0].transitions
    assert not any(move.steps for move in moves)


def test_steps_in_words() -> None:
    assert [words.step(step) for step in (*CANCEL.steps, *DELIVER.steps)] == [
        "for each OrderItem: adds `quantity` to `product.stock`",
        "for each Parcel: makes the move `stop`",
        "makes the move `order.close`",
        "sets `sample.discontinued` to True",
    ]
