"""Questions: what is open is asked, and an answer changes the blueprint."""

import pytest

from codebegen.blueprint import Blueprint, check, complete
from codebegen.understanding import understand
from codebegen.understanding.questions import answer, ask


def understood(prompt: str) -> Blueprint:
    blueprint = understand(prompt).blueprint
    assert blueprint is not None
    return blueprint


def answered(prompt: str, **answers: str) -> Blueprint:
    first = understood(prompt)
    blueprint, wrong = answer(first, complete(first), answers)
    assert not wrong
    whole = complete(blueprint)
    assert check(whole) == ()
    return whole


def test_login_is_asked_only_where_nothing_speaks_of_it() -> None:
    assert [q.id for q in ask(complete(understood("A garden has plants. A plant has a name.")))] == ["login"]
    assert not ask(complete(understood("A garden has plants. A plant has a name. No login is needed.")))


def test_login() -> None:
    assert not answered("A garden has plants. A plant has a name.", login="no").has_accounts
    assert answered("A garden has plants. A plant has a name.", login="yes").has_accounts


def test_states_step_by_step() -> None:
    plant = answered(
        "A garden has plants. A plant has a name and a stage (seed, sprout, bloom).", plant_stage="step by step"
    )
    machine = plant.entities_by_name["Plant"].state_machines[0]
    assert [(move.from_, move.to) for move in machine.transitions] == [(("seed",), "sprout"), (("sprout",), "bloom")]


def test_public_reading() -> None:
    prompt = "Users write stories. A story has a title and a body."
    right = answered(prompt, public_reading="yes").entities_by_name["Story"].permission("list")
    assert right is not None
    assert [grant.kind for grant in right.allow] == ["public"]


def test_who_writes_what_no_role_was_named_for() -> None:
    prompt = "Roles: keeper, guide. Keepers manage animals. An animal has a name. A ticket has a price."
    assert "write_tickets" in [question.id for question in ask(complete(understood(prompt)))]
    right = answered(prompt, write_tickets="guide").entities_by_name["Ticket"].permission("create")
    assert right is not None
    assert [grant.role for grant in right.allow] == ["guide"]


@pytest.mark.parametrize(
    ("name", "option", "code"), [("nothing", "yes", "unknown-question"), ("login", "maybe", "unknown-answer")]
)
def test_a_wrong_answer_is_a_diagnostic(name: str, option: str, code: str) -> None:
    first = understood("A garden has plants. A plant has a name.")
    unchanged, wrong = answer(first, complete(first), {name: option})
    assert unchanged == first
    assert [diagnostic.code for diagnostic in wrong] == [code]
