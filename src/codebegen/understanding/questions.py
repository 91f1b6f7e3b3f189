"""Questions: doubts that change the backend and that a person can settle with a word.

They are found in a complete blueprint, where it shows what had to be assumed, the weightiest first. An answer changes
the blueprint as it was understood, before the passes, so that everything which follows from it is decided anew.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from codebegen import naming
from codebegen.blueprint import (
    Blueprint,
    Conflict,
    Entity,
    Feature,
    Field,
    Grant,
    Permission,
    Question,
    StateMachine,
    Transition,
    inferred,
)
from codebegen.blueprint.model import BUILT_IN_ROLES
from codebegen.blueprint.passes.edit import changed, each_entity
from codebegen.diagnostics import Diagnostic, error
from codebegen.understanding.embedded.scene import says_no_accounts
from codebegen.understanding.embedded.state_lists import STATE_FIELDS
from codebegen.understanding.embedded.states import move_name

YES, NO = "yes", "no"
_ADMINISTRATORS, _ANYBODY = "administrators", "anybody with an account"
_FREELY, _STEPS = "freely", "step by step"
_ACCESS = re.compile(r"\b(?:log ?in|log ?ins|sign ?in|sign ?up|auth\w*|accounts?|passwords?|public\w*|anonym\w*)\b")
_ANSWERED = "answered by you"

Change = Callable[[Blueprint], Blueprint]


@dataclass(frozen=True)
class Doubt:
    """A question with what each answer other than the chosen one changes."""

    question: Question
    changes: Mapping[str, Change]


def ask(blueprint: Blueprint) -> tuple[Question, ...]:
    """The open questions of a complete blueprint."""
    return tuple(doubt.question for doubt in doubts(blueprint))


def answer(
    understood: Blueprint, whole: Blueprint, answers: Mapping[str, str]
) -> tuple[Blueprint, tuple[Diagnostic, ...]]:
    """`understood` with the answers to the questions that `whole`, its completion, leaves open."""
    known = {doubt.question.id: doubt for doubt in doubts(whole)}
    wrong: list[Diagnostic] = []
    for name, option in answers.items():
        if name not in known:
            listed = ", ".join(known) or "there is none"
            wrong.append(error("unknown-question", name, "no such question is open", f"open questions: {listed}"))
        elif option not in known[name].question.options:
            listed = "; ".join(known[name].question.options)
            wrong.append(error("unknown-answer", name, f"`{option}` is no answer to it", f"one of: {listed}"))
        else:
            understood = known[name].changes.get(option, _unchanged)(understood)
    return understood, tuple(wrong)


def contradictions(understood: Blueprint, whole: Blueprint) -> tuple[Conflict, ...]:
    """What the text rules out and yet needs: no login, and rights that only people who log in can have."""
    told = any(conflict.chosen == "auth" for conflict in understood.report.conflicts)
    if told or not whole.has_accounts or not says_no_accounts(understood.prompt):
        return ()
    why = next((feature.provenance.reason for feature in whole.features if feature.key == "auth"), "")
    message = f"The text rules out logging in, and needs it: {why or 'it speaks of rights'}."
    return (Conflict(message=message, chosen="auth"),)


def _unchanged(blueprint: Blueprint) -> Blueprint:
    return blueprint


def doubts(blueprint: Blueprint) -> tuple[Doubt, ...]:
    """All of them, the weightiest first."""
    return tuple(doubt for find in (_login, _reading, _writing, _moves) for doubt in find(blueprint))


def _login(blueprint: Blueprint) -> Iterable[Doubt]:
    """Whether there are accounts, where the text does not touch on it."""
    if blueprint.has_accounts or _ACCESS.search(blueprint.prompt.lower()):
        return
    question = Question(id="login", text="Do people log in?", options=(NO, YES), chosen=NO)
    yield Doubt(question, {YES: _with_accounts})


def _with_accounts(blueprint: Blueprint) -> Blueprint:
    return changed(blueprint, features=(*blueprint.features, Feature(key="auth", provenance=inferred(_ANSWERED))))


def _reading(blueprint: Blueprint) -> Iterable[Doubt]:
    """Whether anyone may read, where it was assumed that only accounts may."""
    names = [
        entity.name
        for entity in _stated(blueprint)
        if (right := entity.permission("list")) is not None
        and right.origin == "inferred"
        and [grant.kind for grant in right.allow] == ["authenticated"]
    ]
    if not blueprint.has_accounts or not names:
        return
    text = f"May people see {_listed(names)} without logging in?"
    question = Question(id="public_reading", text=text, options=(NO, YES), chosen=NO)
    yield Doubt(question, {YES: lambda given: _permit(given, names, ("list", "read"), Grant(kind="public"))})


def _writing(blueprint: Blueprint) -> Iterable[Doubt]:
    """Who creates what no stated role was named for."""
    roles = [role.name for role in blueprint.roles if role.name not in BUILT_IN_ROLES]
    for entity in _stated(blueprint):
        right = entity.permission("create")
        if right is None or right.allow or right.origin != "inferred":
            continue
        operations = ("create", "update", "delete")
        grants = {role: Grant(kind="role", role=role) for role in roles} | {_ANYBODY: Grant(kind="authenticated")}
        changes = {option: _permitting(entity.name, operations, grant) for option, grant in grants.items()}
        yield Doubt(
            Question(
                id=f"write_{entity.plural}",
                text=f"Who may add and change {_plural(entity.name)}?",
                options=(_ADMINISTRATORS, *changes),
                chosen=_ADMINISTRATORS,
            ),
            changes,
        )


def _permitting(name: str, operations: Sequence[str], grant: Grant) -> Change:
    return lambda blueprint: _permit(blueprint, [name], operations, grant)


def _permit(blueprint: Blueprint, names: Sequence[str], operations: Sequence[str], grant: Grant) -> Blueprint:
    def with_right(entity: Entity) -> Entity:
        if entity.name not in names:
            return entity
        kept = tuple(right for right in entity.permissions if right.operation not in operations)
        added = tuple(Permission(operation=op, allow=(grant,), provenance=inferred(_ANSWERED)) for op in operations)
        return changed(entity, permissions=(*kept, *added))

    return each_entity(blueprint, with_right)


def _moves(blueprint: Blueprint) -> Iterable[Doubt]:
    """Whether a list of states that no move is told for is an order."""
    for entity in _stated(blueprint):
        held = {machine.field for machine in entity.state_machines}
        for field in entity.fields:
            if field.type == "enum" and field.name in STATE_FIELDS and field.name not in held and len(field.values) > 1:
                order = " → ".join(field.values)
                text = f"May the {field.name} of {_singular(entity.name)} change freely, or {order} only?"
                options = (_FREELY, _STEPS)
                yield Doubt(
                    Question(
                        id=f"{naming.snake(entity.name)}_{field.name}", text=text, options=options, chosen=_FREELY
                    ),
                    {_STEPS: _stepping(entity.name, field)},
                )


def _stepping(name: str, field: Field) -> Change:
    """A machine that goes through the values in their order."""
    provenance = inferred(_ANSWERED)
    transitions = tuple(
        Transition.model_construct(name=move_name("", there), from_=(here,), to=there, provenance=provenance)
        for here, there in pairwise(field.values)
    )
    machine = StateMachine(field=field.name, initial=field.values[0], transitions=transitions, provenance=provenance)

    def with_machine(entity: Entity) -> Entity:
        return entity if entity.name != name else changed(entity, state_machines=(*entity.state_machines, machine))

    return lambda blueprint: each_entity(blueprint, with_machine)


def _stated(blueprint: Blueprint) -> list[Entity]:
    return [e for e in blueprint.entities if e.origin == "stated" and e.kind not in ("user", "profile")]


def _singular(name: str) -> str:
    return naming.title(name).lower()


def _plural(name: str) -> str:
    return naming.title(naming.plural(naming.snake(name))).lower()


def _listed(names: Sequence[str]) -> str:
    words = [_plural(name) for name in names]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
