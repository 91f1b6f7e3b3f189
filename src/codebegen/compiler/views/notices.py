"""Notices, spelled for the templates: what is waited for, how it is said, and which accounts are told."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from codebegen import naming
from codebegen.blueprint.lookup import follow
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.notices import SELF, Notice
from codebegen.blueprint.relations import Relation
from codebegen.compiler.literals import shortened
from codebegen.compiler.views.enums import enums_of
from codebegen.compiler.views.names import EntityNames, names_of

_SAID = {
    "created": "was created",
    "updated": "was changed",
    "deleted": "was deleted",
    "assigned": "is assigned to you",
}


@dataclass(frozen=True, slots=True)
class NoticeView:
    """One notice: `event` happens, to the `attribute` and with the `value` that `happening` names.

    `says` comes after what the row is called. Accounts are found from the attribute `key` of the row, which is the id
    of an `anchor`, over `joins`; those of a `role` without. The account in `maker` made the row, and is not told of it.
    `way` are the keys from the row to the account, with what each points to: tests go it step by step.
    """

    name: str
    event: str
    attribute: str
    value: str
    happening: str
    says: str
    email: bool
    role: str | None
    key: str | None
    anchor: str | None
    joins: tuple[tuple[str, str], ...]
    maker: str | None
    way: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ToldView:
    """An entity that somebody is told about; `display` is the attribute that its rows are called by."""

    names: EntityNames
    is_account: bool
    title: str
    display: str | None
    notices: tuple[NoticeView, ...]


@dataclass(frozen=True, slots=True)
class ReminderView:
    """A notice that is due so many `hours` before the date or moment of rows that meet all that is `still_open`.

    `over` are values with which a row does not, for tests.
    """

    notice: NoticeView
    names: EntityNames
    hours: int
    is_date: bool
    still_open: tuple[str, ...]
    over: str


def notices_of(blueprint: Blueprint) -> tuple[ToldView, ...]:
    """Every entity with notices."""
    return tuple(
        ToldView(
            names=names_of(entity),
            is_account=entity.kind == "user",
            title="Your account" if entity.kind == "user" else naming.title(entity.name).capitalize(),
            display=_display(entity),
            notices=tuple(_view(blueprint, entity, notice) for notice in entity.notices),
        )
        for entity in blueprint.entities
        if entity.notices
    )


def reminders_of(blueprint: Blueprint) -> tuple[ReminderView, ...]:
    """Every notice that is due at some time."""
    return tuple(
        ReminderView(
            notice=_view(blueprint, entity, notice),
            names=names_of(entity),
            hours=notice.hours or 0,
            is_date=entity.fields_by_name[notice.field or ""].type == "date",
            still_open=tuple(condition for condition, _ in _still_open(blueprint, entity)),
            over=next((over for _, over in _still_open(blueprint, entity)), ""),
        )
        for entity in blueprint.entities
        for notice in entity.notices
        if notice.event == "due"
    )


def _still_open(blueprint: Blueprint, entity: Entity) -> Iterator[tuple[str, str]]:
    """Conditions that a row meets as long as something is to be done: it is there, in a state that is not the last.

    In SQL, or as entries of one filter of documents.

    With each a value with which it does not.
    """
    model = f"models.{names_of(entity).cls}"
    documents = blueprint.stack == "fastapi_mongo"
    if entity.soft_delete:
        yield '"deleted_at": None' if documents else f"{model}.deleted_at.is_(None)", '"deleted_at": utcnow()'
    for machine in entity.state_machines:
        attribute, enum = naming.attribute(machine.field), enums_of(blueprint, entity)[machine.field]
        left = {state for move in machine.transitions for state in move.from_}
        last = dict.fromkeys(move.to for move in machine.transitions if move.to not in left)
        members = [f"models.{enum.member(state)}" for state in last]
        over = ", ".join(members)
        open_yet = f'"{attribute}": {{"$nin": [{over}]}}' if documents else f"{model}.{attribute}.not_in(({over},))"
        if members:
            yield open_yet, f'"{attribute}": {members[0]}'


def _display(entity: Entity) -> str | None:
    field = entity.fields_by_name.get(entity.display_field or "")
    return naming.attribute(field.name) if field is not None and entity.kind != "user" else None


def _view(blueprint: Blueprint, entity: Entity, notice: Notice) -> NoticeView:
    walked = _walked(blueprint, entity, notice)
    attribute, value = _awaited(blueprint, entity, notice)
    arguments = ", ".join([*([f'"{attribute}"'] if attribute else []), *([f"value={value}"] if value else [])])
    return NoticeView(
        name=notice.name,
        event=notice.event,
        attribute=attribute,
        value=value,
        happening=f"{notice.event.capitalize()}({arguments})" if notice.event != "due" else "Due()",
        says=_says(notice),
        email=notice.email,
        role=naming.snake(notice.role).upper() if notice.role else None,
        key=_attribute(walked[0]) if walked else ("id" if notice.to else None),
        anchor=f"{_model(blueprint, walked[0])}.id" if walked else ("models.User.id" if notice.to else None),
        joins=tuple(_joins(blueprint, walked)),
        maker=_maker(entity, notice),
        way=tuple((_attribute(relation), _model(blueprint, relation)) for relation in walked),
    )


def _awaited(blueprint: Blueprint, entity: Entity, notice: Notice) -> tuple[str, str]:
    """The attribute that a notice watches and the value that it waits for, as Python, where it has them."""
    field, value = notice.field or "", notice.value
    if notice.event == "assigned":
        return _attribute(entity.relations_by_name[field]), ""
    if notice.event == "due":
        return naming.attribute(field), ""
    if notice.event != "becomes":
        return "", ""
    code = f"models.{enums_of(blueprint, entity)[field].member(value)}" if isinstance(value, str) else str(value)
    return naming.attribute(field), code


def _says(notice: Notice) -> str:
    if notice.event == "due":
        return shortened(f"– {' '.join(naming.words(notice.field or ''))}", 80)
    if notice.event != "becomes":
        return _SAID[notice.event]
    if isinstance(notice.value, str):
        return shortened(f"is {' '.join(naming.words(notice.value))}", 80)
    words = " ".join(word for word in naming.words(notice.field or "") if word not in ("is", "has"))
    return shortened(f"is {words}" if notice.value else f"is not {words} any more", 80)


def _walked(blueprint: Blueprint, entity: Entity, notice: Notice) -> tuple[Relation, ...]:
    """The keys from a row to the account that is told; none where it is the account, or has a role."""
    if notice.to is None or notice.to == SELF:
        return ()
    end = follow(blueprint, entity, notice.to)
    if end is None:
        raise ValueError(notice.to)  # the checks have seen to it
    return end.relations


def _joins(blueprint: Blueprint, walked: tuple[Relation, ...]) -> Iterator[tuple[str, str]]:
    """(model, condition) for each step back from the account."""
    for before, relation in reversed(list(pairwise(walked))):
        model = _model(blueprint, before)
        yield model, f"{model}.{_attribute(relation)} == {_model(blueprint, relation)}.id"


def _model(blueprint: Blueprint, relation: Relation) -> str:
    return f"models.{names_of(blueprint.entities_by_name[relation.target]).cls}"


def _maker(entity: Entity, notice: Notice) -> str | None:
    """The key to the account that made a row, which tells others of it."""
    owner = entity.relations_by_name.get(entity.owner or "")
    others = owner is not None and owner.target == "User" and notice.to != owner.name
    return _attribute(owner) if owner is not None and others and notice.event == "created" else None


def _attribute(relation: Relation) -> str:
    return naming.attribute(relation.key)
