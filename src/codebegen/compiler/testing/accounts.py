"""The view of the tests of accounts."""

from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.behaviour import ToggleAction
from codebegen.blueprint.fields import Field
from codebegen.blueprint.model import Entity
from codebegen.compiler.testing import edges
from codebegen.compiler.testing.laws import written_fields
from codebegen.compiler.testing.lists import PARAMETERS
from codebegen.compiler.testing.making import Planner
from codebegen.compiler.testing.rights import allowed
from codebegen.compiler.testing.values import plain, spell, unique

HIDDEN = ("password",)


@dataclass(frozen=True, slots=True)
class ValueView:
    """A name and the Python that fills it."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class MarkView:
    """A mark of accounts: two who may set it, all those who may not, and its count if there is one."""

    test: str
    segment: str
    count: str | None
    first: str
    second: str
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccountView:
    """What accounts hold besides e-mail address and password, and the role that they begin with."""

    role: str
    required: tuple[ValueView, ...]
    unique: tuple[str, ...]
    hidden: tuple[str, ...]
    changes: str
    filtered: tuple[str, ...]
    refused: tuple[tuple[str, str, str], ...]
    wrong: str
    marks: tuple[MarkView, ...]


def account_view(planner: Planner) -> AccountView | None:
    """The view, where there are accounts."""
    user = next((entity for entity in planner.blueprint.entities if entity.kind == "user"), None)
    if user is None or not planner.blueprint.has_accounts:
        return None
    fields = written_fields(user)
    values = {field.name: unique(field) if field.unique else plain(field)[0] for field in fields}
    changed = [field for field in fields if not field.immutable and not field.write_only]
    before = {field.name: values[field.name] if field.required else field.default for field in fields}
    changes = {field.name: unique(field) if field.unique else plain(field)[-1] for field in changed}
    return AccountView(
        role=planner.blueprint.default_role,
        required=tuple(ValueView(field.name, spell(values[field.name])) for field in fields if field.required),
        unique=tuple(field.name for field in fields if field.unique and field.required),
        hidden=(*HIDDEN, *(field.name for field in fields if field.write_only)),
        changes=spell(changes),
        filtered=tuple(f.name for f in changed if _is_filter(f) and changes[f.name] != before[f.name]),
        refused=tuple((f.name, case, spell(value)) for f in fields for case, value in edges.refused(f)),
        wrong=spell({field.name: edges.refused(field)[-1][1] for field in changed}),
        marks=tuple(_mark(planner, user, action) for action in user.actions if action.kind == "toggle"),
    )


def _mark(planner: Planner, user: Entity, action: ToggleAction) -> MarkView:
    """The administrator and somebody else who may mark; two accounts of one role where no other role may."""
    rights = {p.attribute: allowed(user, f"action:{action.name}", p, frozenset(), {}) for p in planner.accounts}
    able = [name for name, right in rights.items() if right]
    return MarkView(
        test=f"{naming.snake(action.name)}_is_once_for_each",
        segment=action.name,
        count=f"{action.name}_count" if action.counted else None,
        first="admin",
        second=able[0] if able else "admin",
        refused=tuple(name for name, right in rights.items() if right is False),
    )


def _is_filter(field: Field) -> bool:
    """Whether lists are filtered by the very name of a field."""
    return field.is_filterable and field.name not in PARAMETERS
