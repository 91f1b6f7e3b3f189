"""The view of one factory: how tests make a body and a row."""

import keyword
from dataclasses import dataclass

from codebegen.compiler.testing.conditions import Row
from codebegen.compiler.testing.making import Plan, Reference, Requirement
from codebegen.compiler.testing.rations import Ration
from codebegen.compiler.testing.rights import ADMIN
from codebegen.compiler.testing.timing import slots
from codebegen.compiler.testing.values import spell


@dataclass(frozen=True, slots=True)
class ReadableView:
    """How a row is made that more people may read."""

    given: str
    moves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactoryView:
    """`values` and `references` are names with the Python that fills them; `imports` other factories' functions."""

    module: str
    var: str
    article: str
    path: str
    profile: bool
    profile_key: str | None
    owned: bool
    slotted: bool
    single: bool
    body_needs_owner: bool
    needs_people: bool
    maker: str
    sender: str
    body_call: str
    values: tuple[tuple[str, str], ...]
    references: tuple[tuple[str, str], ...]
    person: str | None
    imports: tuple[tuple[str, str], ...]
    requirements: tuple[str, ...]
    ration: Ration | None
    readable: ReadableView | None
    editor: str


def factory_view(plan: Plan) -> FactoryView:
    """The factory of one entity."""
    sender = "owner" if plan.sender == "owner" and plan.owned else f"people.{plan.sender_name}"
    person = plan.person
    references = [(r.key.name, _reference(plan, r)) for r in plan.references]
    imports = [(r.plan.module, _function(r)) for r in plan.references if r.plan is not None]
    call = None
    if person is not None and plan.owned:
        profile = plan.profiles[person.target.name]
        call = profile.make_call("owner")
        imports.append((profile.module, f"make_{profile.var}"))
        if plan.sender != "owner":
            references.append((person.name, f'({call})["id"]'))
            call = None
    imports += [(r.plan.module, f"make_{r.plan.var}") for r in plan.requirements]
    readable = plan.readable
    return FactoryView(
        module=plan.module,
        var=plan.var,
        article=plan.article,
        path=plan.entity.path,
        profile=_is_profile(plan),
        profile_key=next((key.name for key in plan.keys if key.source == "account"), None),
        owned=plan.owned,
        slotted=bool(slots(plan.entity)),
        single=plan.single,
        body_needs_owner=plan.body_needs_owner,
        needs_people=plan.needs_people,
        maker=plan.maker.attribute,
        sender=sender,
        body_call=_body_call(plan),
        values=tuple((name, spell(value)) for name, value in plan.body.items()),
        references=tuple(references),
        person=call,
        requirements=tuple(_requirement(plan, requirement) for requirement in plan.requirements),
        ration=plan.ration,
        imports=tuple(sorted({*imports} - {(plan.module, f"make_{plan.var}")})),
        readable=ReadableView(_given(plan), readable.moves) if readable else None,
        editor=plan.editor,
    )


def _is_profile(plan: Plan) -> bool:
    return plan.entity.kind == "profile" and plan.maker.role is not None


def _body_call(plan: Plan) -> str:
    """The body of a row with what is given; somebody without an account is made as the one of `maker` is."""
    call = plan.body_call(f"owner or people.{plan.maker.attribute}" if _is_profile(plan) else "owner")
    return f"{call.removesuffix(')')}{'' if call.endswith('()') else ', '}**given)"


def _given(plan: Plan) -> str:
    given = plan.readable.given if plan.readable else {}
    return f", {arguments(given)}" if given else ""


def arguments(given: Row) -> str:
    """Keyword arguments; names that are keywords of Python go through a mapping."""
    if all(name.isidentifier() and not keyword.iskeyword(name) for name in given):
        return ", ".join(f"{name}={spell(value)}" for name, value in given.items())
    return f"**{spell(dict(given))}"


def _function(reference: Reference) -> str:
    assert reference.plan is not None  # noqa: S101 - accounts are not made, so they are never asked for
    if reference.plan.is_tenant:
        return f"home_{reference.plan.var}"
    return f"make_{'readable_' if reference.readable else ''}{reference.plan.var}"


def _reference(plan: Plan, reference: Reference) -> str:
    """The Python that fills a key."""
    if plan.is_membership and reference.plan is None:
        return "(await register(people.anonymous.client))[0].id"
    if reference.plan is None:
        return "owner.id" if reference.for_owner else f"people.{ADMIN.attribute}.id"
    parts = ["people", *(["owner"] if reference.for_owner else [])]
    parts += [arguments(reference.given)] if reference.given and not reference.readable else []
    return f'(await {_function(reference)}({", ".join(parts)}))["id"]'


def _requirement(plan: Plan, requirement: Requirement) -> str:
    """The Python that makes what is required."""
    given = ", ".join(f'{theirs}=body["{mine}"]' for theirs, mine in requirement.given)
    caller = "owner" if plan.sender == "owner" else f"people.{plan.sender}"
    return requirement.plan.make_call(caller, given)
