"""Blueprint expressions as Python: SQL conditions over a model, and plain conditions over one loaded row.

Both spell only names that come from `naming`, and literals. Comparisons with a value that is not there hold: nothing is
known to be wrong.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from codebegen import naming
from codebegen.blueprint.expressions import (
    All,
    AnyOf,
    Arithmetic,
    Caller,
    Compare,
    CompareOperator,
    Expression,
    FieldRef,
    IsNull,
    Not,
    Now,
    Value,
    references,
)
from codebegen.blueprint.fields import Field
from codebegen.blueprint.lookup import ROW_FIELDS, Target, follow
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.compiler.foregone import Values, without_foregone
from codebegen.compiler.literals import decimal, python
from codebegen.compiler.moments import moment
from codebegen.compiler.views.enums import enums_of

MIRRORED: dict[CompareOperator, CompareOperator] = {
    "==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<=",
}  # fmt: skip
OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


@dataclass(frozen=True, slots=True)
class Spelling:
    """How conditions are joined and negated; `guarded` ones let a comparison with nothing hold."""

    join_all: tuple[str, str, str]
    join_any: tuple[str, str, str]
    negate: str
    is_null: str
    is_set: str
    is_it: str
    is_not_it: str
    guarded: bool


_SQL = Spelling(
    ("sa.and_(", ", ", ")"), ("sa.or_(", ", ", ")"), "sa.not_({})", "{}.is_(None)", "{}.is_not(None)",
    "{}.is_({})", "{}.is_not({})", guarded=False,
)  # fmt: skip
_ROW = Spelling(
    ("(", " and ", ")"), ("(", " or ", ")"), "not ({})", "{} is None", "{} is not None",
    "{} is {}", "{} is not {}", guarded=True,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Renderer:
    """Spells expressions about rows of `entity`; `field` spells one field path."""

    blueprint: Blueprint
    entity: Entity
    field: Callable[[str], str]
    spelling: Spelling
    far: bool = False
    """Whether a module spells it that knows no enumerations of others, and long before it is asked."""

    def render(self, expression: Expression) -> str:
        """The Python spelling of an expression."""
        match expression := simple(expression):
            case Value(value=value):
                return python(value)
            case FieldRef(path=path):
                return self.field(path)
            case Now(minutes=minutes) if self.far:
                return f'sa.bindparam("now", {_later("utcnow", minutes)}, type_=UtcDateTime, unique=True)'
            case Now(minutes=minutes):
                return f"utcnow() + timedelta(minutes={minutes})" if minutes else "utcnow()"
            case Caller():
                return "actor.id"
            case Compare():
                return self._compare(expression)
            case Arithmetic():
                return self._arithmetic(expression, exact=self._is_exact(expression))
            case _:
                return self._logic(expression)

    def test(self, condition: Expression) -> str:
        """A condition as `if` asks it, without parentheses around the whole."""
        if self.spelling.guarded:
            condition = without_foregone(condition, self._domain)
        text = self.render(condition)
        return text[1:-1] if isinstance(simple(condition), All | AnyOf) and text.startswith("(") else text

    def assigned(self, value: Expression, field: Field) -> str:
        """A value as a field takes it."""
        if isinstance(value, Now) and field.type == "date":
            return f"({self.render(value)}).date()"
        if isinstance(value, Value) and value.value is not None:
            return self._typed(value.value, self.entity, field)
        return self.render(value)

    def _logic(self, expression: All | AnyOf | Not | IsNull) -> str:
        match expression:
            case All(of=parts):
                return self._joined(self.spelling.join_all, parts)
            case AnyOf(of=parts):
                return self._joined(self.spelling.join_any, parts)
            case Not(of=IsNull(of=field)):
                return self.spelling.is_set.format(self.field(field.path))
            case Not(of=Compare() as compare) if not self._guards(compare):
                return self._compare(compare.model_copy(update={"operator": OPPOSITE[compare.operator]}))
            case Not(of=part):
                return self.spelling.negate.format(self.test(part))
            case IsNull(of=field):
                return self.spelling.is_null.format(self.field(field.path))

    def _joined(self, join: tuple[str, str, str], parts: tuple[Expression, ...]) -> str:
        start, separator, end = join
        return start + separator.join(self._part(part) for part in parts) + end

    def _part(self, part: Expression) -> str:
        """One of several conditions; what `or` joins inside of it stays together."""
        part = simple(part)
        text = self.render(part)
        return f"({text})" if isinstance(part, Compare) and self._guards(part) else text

    def _compare(self, compare: Compare) -> str:
        if not references(compare.left):  # what varies stands first
            compare = Compare(operator=MIRRORED[compare.operator], left=compare.right, right=compare.left)
        text = self._truth(compare)
        if text is None:
            left, right = self.side(compare.left, compare.right), self.side(compare.right, compare.left)
            text = f"{left} {compare.operator} {right}"
        return " or ".join([*self._guards(compare), text])

    def _truth(self, compare: Compare) -> str | None:
        """A comparison with true or false, None where it is about something else."""
        right = compare.right
        if not isinstance(right, Value) or not isinstance(right.value, bool):
            return None
        form = self.spelling.is_it if compare.operator == "==" else self.spelling.is_not_it
        return form.format(self.render(compare.left), right.value)

    def _guards(self, compare: Compare) -> list[str]:
        """Conditions under which nothing can be said: a value is not there, or would be divided by zero."""
        if not self.spelling.guarded:
            return []
        nullable = [path for path in dict.fromkeys(references(compare)) if self._may_be_null(path)]
        divisors = [*_divisors(compare.left), *_divisors(compare.right)]
        return [f"{self.field(path)} is None" for path in nullable] + [f"{self.render(d)} == 0" for d in divisors]

    def _arithmetic(self, expression: Arithmetic, *, exact: bool) -> str:
        left, right = (self._operand(side, exact=exact) for side in (expression.left, expression.right))
        return f"({left} {expression.operator} {right})"

    def _operand(self, side: Expression, *, exact: bool) -> str:
        match side:
            case Arithmetic():
                return self._arithmetic(side, exact=exact)
            case Value(value=value):
                return _number(value, exact=exact)
            case _:
                return self.render(side)

    def _is_exact(self, expression: Expression) -> bool:
        """Whether a decimal takes part, so that every number has to be one."""
        targets = (self._target(path) for path in references(expression))
        return any(t is not None and t.field is not None and t.field.type in ("decimal", "money") for t in targets)

    def side(self, side: Expression, other: Expression) -> str:
        """One side of a comparison; a constant takes the type of the field that it is compared with."""
        if isinstance(side, Value) and isinstance(other, Arithmetic):
            return _number(side.value, exact=self._is_exact(other))
        target = self._target(other.path) if isinstance(other, FieldRef) else None
        if target is None or target.field is None:
            return self.render(side)
        if isinstance(side, Value):
            return self._typed(side.value, target.entity, target.field)
        if isinstance(side, Now) and target.field.type == "date":
            if self.far:
                return f'sa.bindparam("today", {_later("types.today", side.minutes)}, type_=sa.Date, unique=True)'
            return f"({self.render(side)}).date()"
        return self.render(side)

    def _typed(self, value: object, entity: Entity, field: Field) -> str:
        if field.type == "enum" and self.far:
            return python(str(value))
        if field.type == "enum":
            return "models." + enums_of(self.blueprint, entity)[field.name].member(str(value))
        if field.type in ("decimal", "money", "integer", "duration", "float"):
            return _number(value, exact=field.type in ("decimal", "money"))
        if field.type in ("date", "datetime", "time") and isinstance(value, str):
            return moment(field.type, value)
        return python(value)

    def _domain(self, path: str) -> Values | None:
        """The values of an enum field, and None where it may have none."""
        target = self._target(path)
        if target is None or target.field is None or target.field.type != "enum":
            return None
        return frozenset([*target.field.values, *([None] if self._may_be_null(path) else [])])

    def _target(self, path: str) -> Target | None:
        return follow(self.blueprint, self.entity, path)

    def _may_be_null(self, path: str) -> bool:
        target = self._target(path)
        if target is None:
            return False
        optional = any(not relation.required for relation in target.relations)
        made_later = path in ROW_FIELDS  # a new row has none before it is stored
        return optional or made_later or (target.field is not None and target.field.nullable)


def simple(expression: Expression) -> Expression:
    """Without what says nothing: one of one, not not."""
    match expression:
        case All(of=(part,)) | AnyOf(of=(part,)) | Not(of=Not(of=part)):
            return simple(part)
        case Not(of=part) if simple(part) is not part:
            return simple(Not(of=simple(part)))
        case _:
            return expression


def _later(moment: str, minutes: int) -> str:
    """What is called when a statement runs."""
    return f"callable_={moment}" if not minutes else f"callable_=lambda: {moment}() + timedelta(minutes={minutes})"


def _number(value: object, *, exact: bool) -> str:
    """A number of a blueprint, which may be written as text."""
    number = Decimal(str(value))
    if exact:
        return decimal(number)
    return str(int(number)) if number == number.to_integral_value() else repr(float(number))


def _divisors(expression: Expression) -> list[Expression]:
    """What is divided by, unless it is a number."""
    if not isinstance(expression, Arithmetic):
        return []
    inner = [*_divisors(expression.left), *_divisors(expression.right)]
    return [*inner, expression.right] if expression.operator == "/" and references(expression.right) else inner


def sql(blueprint: Blueprint, entity: Entity) -> Renderer:
    """Spells conditions for `where`: null is left to SQL."""
    return Renderer(blueprint, entity, lambda path: sql_path(blueprint, entity, path), _SQL)


def over_columns(blueprint: Blueprint, entity: Entity, column: Callable[[str], str]) -> Renderer:
    """Spells conditions over columns of a table that is known by name only; the moment is that of the statement."""
    return Renderer(blueprint, entity, column, _SQL, far=True)


def over_row(blueprint: Blueprint, entity: Entity, row: str) -> Renderer:
    """Spells conditions over a loaded row; rows behind relations are variables of their own."""
    return Renderer(blueprint, entity, lambda path: row_path(blueprint, entity, row, path), _ROW)


def row_path(blueprint: Blueprint, entity: Entity, row: str, path: str) -> str:
    """`ends_at` → `row.ends_at`; `event.starts_at` → `its_event.starts_at`; a path to a row is its key."""
    *relations, last = path.split(".")
    holder = "its_" + "_".join(relations) if relations else row
    target = follow(blueprint, entity, path)
    ends_in_row = target is not None and target.field is None
    return f"{holder}.{naming.attribute(f'{last}_id' if ends_in_row else last)}"


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
