"""Notices: what they wait for can happen, and whom they tell is an account."""

from collections.abc import Iterator

from codebegen.blueprint.lookup import follow
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.notices import SELF, Notice
from codebegen.diagnostics import Diagnostic, error


def check_notices(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Every notice of every entity; names are unique among all of them."""
    names: set[str] = set()
    for entity in blueprint.entities:
        for notice in entity.notices:
            place = f"entities.{entity.name}.notices.{notice.name}"
            if notice.name in names:
                yield error("duplicate-name", place, "two notices have this name", "rename one")
            names.add(notice.name)
            if not _can_happen(entity, notice):
                hint = "name an enum with one of its values, a boolean with true or false, or the key that is assigned"
                yield error("unknown-event", place, f"{entity.name} can't become that", hint)
            yield from _recipient(blueprint, entity, notice, place)


def _can_happen(entity: Entity, notice: Notice) -> bool:
    if (notice.hours is None) == (notice.event == "due"):
        return False
    if notice.event == "assigned":
        relation = entity.relations_by_name.get(notice.field or "")
        return relation is not None and relation.kind != "many_to_many"
    if notice.event == "due":
        moment = entity.fields_by_name.get(notice.field or "")
        return moment is not None and moment.type in ("date", "datetime") and notice.hours is not None
    if notice.event != "becomes":
        return notice.field is None and notice.value is None
    field = entity.fields_by_name.get(notice.field or "")
    if field is None:
        return False
    return notice.value in field.values if field.type == "enum" else isinstance(notice.value, bool)


def _recipient(blueprint: Blueprint, entity: Entity, notice: Notice, place: str) -> Iterator[Diagnostic]:
    if (notice.to is None) == (notice.role is None):
        yield error("unclear-recipient", place, "a notice has either `to` or a `role`", "keep one of them")
    elif notice.role is not None and notice.role not in blueprint.role_names:
        yield error("unknown-role", place, f"there is no role {notice.role}", "name one of the roles")
    elif notice.to is not None and not _leads_to_account(blueprint, entity, notice.to):
        hint = "name keys that lead to an account: `customer.user`"
        yield error("unknown-recipient", place, f"{notice.to} leads to no account", hint)


def _leads_to_account(blueprint: Blueprint, entity: Entity, path: str) -> bool:
    if path == SELF:
        return entity.kind == "user"
    end = follow(blueprint, entity, path)
    return end is not None and end.field is None and end.entity.kind == "user"
