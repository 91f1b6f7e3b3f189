"""Blueprint expressions as Python: SQL conditions over a model, and plain conditions over one loaded row.

Both spell only names that come from `naming`, and literals. Comparisons with a value that is not there hold: nothing is
known to be wrong.
"""

from collections.abc import Callable
from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.expressions import (
    All,
    AnyOf,
    Arithmetic,
    Caller,
    Compare,
    Expression,
    FieldRef,
    IsNull,
    Not,
    Now,
    Value,
    references,
)
from codebegen.blueprint.fields import Field
from codebegen.blueprint.lookup import follow
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.compiler.literals import python
from codebegen.compiler.views.enums import enums_of


@dataclass(frozen=True, slots=True)
class Renderer:
    """Spells expressions about rows of `entity`; `field` spells one field path, `not_null` guards comparisons."""

    blueprint: Blueprint
    entity: Entity
    field: Callable[[str], str]
    join_all: str
    join_any: str
    negate: str
    is_null: str
    guard: bool

    def render(self, expression: Expression) -> str:
        """The Python spelling of an expression."""
        match expression:
            case Value(value=value):
                return python(value)
            case FieldRef(path=path):
                return self.field(path)
            case Now(minutes=minutes):
                return f"utcnow() + timedelta(minutes={minutes})" if minutes else "utcnow()"
            case Caller():
                return "actor.id"
            case Compare():
                return self._compare(expression)
            case Arithmetic(operator=operator, left=left, right=right):
                return f"({self.render(left)} {operator} {self.render(right)})"
            case _:
                return self._logic(expression)

    def _logic(self, expression: All | AnyOf | Not | IsNull) -> str:
        match expression:
            case All(of=parts):
                return self._joined(self.join_all, parts)
            case AnyOf(of=parts):
                return self._joined(self.join_any, parts)
            case Not(of=part):
                return self.negate.format(self.render(part))
            case IsNull(of=field):
                return self.is_null.format(self.field(field.path))

    def _joined(self, template: str, parts: tuple[Expression, ...]) -> str:
        separator = template if template.startswith(" ") else ", "
        inner = separator.join(self.render(part) for part in parts)
        return f"({inner})" if template.startswith(" ") else template.format(inner)

    def _compare(self, compare: Compare) -> str:
        left, right = self._side(compare.left, compare.right), self._side(compare.right, compare.left)
        text = f"{left} {compare.operator} {right}"
        if not self.guard:
            return text
        nullable = [p for p in dict.fromkeys(references(compare)) if self._may_be_null(p)]
        return " or ".join([*(f"{self.field(path)} is None" for path in nullable), text])

    def _side(self, side: Expression, other: Expression) -> str:
        """One side of a comparison; a constant takes the type of the field that it is compared with."""
        field = self._field_of(other)
        if isinstance(side, Value) and field is not None:
            return self._typed(side.value, other, field)
        if isinstance(side, Now) and field is not None and field.type == "date":
            return f"({self.render(side)}).date()"
        return self.render(side)

    def _typed(self, value: object, other: Expression, field: Field) -> str:
        if field.type == "enum" and isinstance(other, FieldRef):
            target = follow(self.blueprint, self.entity, other.path)
            assert target is not None  # noqa: S101 - checked blueprints have no broken paths
            return "models." + enums_of(self.blueprint, target.entity)[field.name].member(str(value))
        if field.type in ("decimal", "money"):
            return f'Decimal("{value}")'
        if field.type in ("date", "datetime", "time") and isinstance(value, str):
            return f"dt.{field.type}.fromisoformat({python(value)})"
        return python(value)

    def _field_of(self, side: Expression) -> Field | None:
        if not isinstance(side, FieldRef):
            return None
        target = follow(self.blueprint, self.entity, side.path)
        return target.field if target else None

    def _may_be_null(self, path: str) -> bool:
        target = follow(self.blueprint, self.entity, path)
        if target is None:
            return False
        optional = any(not relation.required for relation in target.relations)
        return optional or (target.field is not None and target.field.nullable)


def sql(blueprint: Blueprint, entity: Entity) -> Renderer:
    """Spells conditions for `where`: null is left to SQL."""
    return Renderer(
        blueprint,
        entity,
        field=lambda path: sql_path(blueprint, entity, path),
        join_all="sa.and_({})",
        join_any="sa.or_({})",
        negate="sa.not_({})",
        is_null="{}.is_(None)",
        guard=False,
    )


def over_row(blueprint: Blueprint, entity: Entity, row: str) -> Renderer:
    """Spells conditions over a loaded row; rows behind relations are variables of their own."""
    return Renderer(
        blueprint,
        entity,
        field=lambda path: row_path(row, path),
        join_all=" and ",
        join_any=" or ",
        negate="not ({})",
        is_null="{} is None",
        guard=True,
    )


def row_path(row: str, path: str) -> str:
    """`ends_at` → `row.ends_at`; `event.starts_at` → `its_event.starts_at`."""
    *relations, last = path.split(".")
    holder = "its_" + "_".join(relations) if relations else row
    return f"{holder}.{naming.attribute(last)}"


def sql_path(blueprint: Blueprint, entity: Entity, path: str) -> str:
    """A column, or a scalar subquery over keys: the field at the end of `path`."""
    first, _, rest = path.partition(".")
    model = model_of(entity)
    relation = entity.relations_by_name.get(first)
    if relation is None:
        return f"{model}.{naming.attribute(first)}"
    if not rest:
        return f"{model}.{naming.attribute(relation.key)}"
    target = blueprint.entities_by_name[relation.target]
    inner = sql_path(blueprint, target, rest)
    other = model_of(target)
    return f"sa.select({inner}).where({other}.id == {model}.{naming.attribute(relation.key)}).scalar_subquery()"


def owned_by(blueprint: Blueprint, entity: Entity, path: str) -> str:
    """The condition that the account at the end of `path` is the caller."""
    first, _, rest = path.partition(".")
    relation = entity.relations_by_name[first]
    key = f"{model_of(entity)}.{naming.attribute(relation.key)}"
    if not rest:
        return f"{key} == actor.id"
    target = blueprint.entities_by_name[relation.target]
    return f"{key}.in_(sa.select({model_of(target)}.id).where({owned_by(blueprint, target, rest)}))"


def model_of(entity: Entity) -> str:
    """How generated modules spell the model of an entity."""
    return f"models.{naming.class_name(entity.name)}"
