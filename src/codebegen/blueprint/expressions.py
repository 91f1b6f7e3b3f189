"""Expressions: a small closed tree, never Python text.

`Value` a constant, `FieldRef` a field here or behind relations, `Now`, `Caller` the id of the acting account,
`Compare`, `Arithmetic`, `All`, `AnyOf`, `Not`, `IsNull`.
"""

from typing import Annotated, Literal

from pydantic import Field as PydanticField

from codebegen.blueprint.node import Path, Tagged

CompareOperator = Literal["==", "!=", "<", "<=", ">", ">="]
ArithmeticOperator = Literal["+", "-", "*", "/"]


class Value(Tagged):
    """A constant; dates and times are ISO 8601 strings, decimals are strings."""

    kind: Literal["value"] = "value"
    value: str | int | float | bool | None


class FieldRef(Tagged):
    """A field of this row, or of the row that relations lead to: `ends_at`, `event.starts_at`."""

    kind: Literal["field"] = "field"
    path: Path


class Now(Tagged):
    """The current moment, moved by `minutes`; compared with a date it is today."""

    kind: Literal["now"] = "now"
    minutes: int = 0


class Caller(Tagged):
    """The id of the acting account."""

    kind: Literal["caller"] = "caller"


class Compare(Tagged):
    """`left operator right`; a comparison with null on either side holds (nothing is known to be wrong)."""

    kind: Literal["compare"] = "compare"
    operator: CompareOperator
    left: "Expression"
    right: "Expression"


class Arithmetic(Tagged):
    """`left operator right` on numbers."""

    kind: Literal["arithmetic"] = "arithmetic"
    operator: ArithmeticOperator
    left: "Expression"
    right: "Expression"


class All(Tagged):
    """Every one of `of` holds."""

    kind: Literal["all"] = "all"
    of: tuple["Expression", ...]


class AnyOf(Tagged):
    """At least one of `of` holds."""

    kind: Literal["any"] = "any"
    of: tuple["Expression", ...]


class Not(Tagged):
    """`of` does not hold."""

    kind: Literal["not"] = "not"
    of: "Expression"


class IsNull(Tagged):
    """The field has no value."""

    kind: Literal["is_null"] = "is_null"
    of: FieldRef


Expression = Annotated[
    Value | FieldRef | Now | Caller | Compare | Arithmetic | All | AnyOf | Not | IsNull,
    PydanticField(discriminator="kind"),
]

for _model in (Compare, Arithmetic, All, AnyOf, Not):
    _model.model_rebuild()


def mentions_caller(expression: Expression) -> bool:
    """Whether the acting account plays a part."""
    match expression:
        case Caller():
            return True
        case Compare(left=left, right=right) | Arithmetic(left=left, right=right):
            return mentions_caller(left) or mentions_caller(right)
        case All(of=parts) | AnyOf(of=parts):
            return any(map(mentions_caller, parts))
        case Not(of=part):
            return mentions_caller(part)
        case Value() | Now() | FieldRef() | IsNull():
            return False


def references(expression: Expression) -> tuple[str, ...]:
    """Every field path in the tree, in reading order."""
    match expression:
        case FieldRef(path=path):
            return (path,)
        case IsNull(of=field):
            return (field.path,)
        case Compare(left=left, right=right) | Arithmetic(left=left, right=right):
            return references(left) + references(right)
        case All(of=parts) | AnyOf(of=parts):
            return tuple(path for part in parts for path in references(part))
        case Not(of=part):
            return references(part)
        case Value() | Now() | Caller():
            return ()
