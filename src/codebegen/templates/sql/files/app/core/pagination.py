"""Lists: paging, sorting, filters and search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import orm

from app.core import types

MAX_LIMIT = 100
MAX_SORT_TERMS = 5
Column = orm.InstrumentedAttribute[Any]
Condition = sa.ColumnElement[bool]
Conditions = tuple[Condition, ...]
Shown = dict[str, Any]
"""What is shown of a row: its values by the names of its attributes."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows, and how many there are on all pages."""

    items: Sequence[Shown]
    total: int
    limit: int
    offset: int


class ListQuery(BaseModel):
    """Query parameters of every list."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT)] = 20
    offset: Annotated[int, Field(ge=0, le=types.INTEGER_MAX)] = 0
    sort: str = "id"
    q: types.QueryText | None = None


def sort_pattern(*names: str) -> str:
    """Return the pattern of a ``sort`` parameter: some of the names, each with or without ``-``."""
    one = f"-?({'|'.join(names)})"
    return f"^{one}(,{one}){{0,{MAX_SORT_TERMS - 1}}}$"


@dataclass(frozen=True, slots=True)
class Listing:
    """How the parameters of one list apply to its columns."""

    sort: Mapping[str, Column]
    search: Sequence[Column] = ()
    equal: Mapping[str, Column] = field(default_factory=dict)
    minimum: Mapping[str, Column] = field(default_factory=dict)
    maximum: Mapping[str, Column] = field(default_factory=dict)

    def where(self, query: ListQuery) -> Conditions:
        """Return the conditions that a query asks for."""
        values = query.model_dump(by_alias=True, exclude_unset=True)
        conditions: list[Condition] = []
        for name, value in values.items():
            if name in self.equal:
                conditions.append(self.equal[name] == value)
            elif name in self.minimum:
                conditions.append(self.minimum[name] >= value)
            elif name in self.maximum:
                conditions.append(self.maximum[name] <= value)
        if query.q:
            conditions.append(
                sa.or_(sa.false(), *(column.icontains(query.q, autoescape=True) for column in self.search))
            )
        return tuple(conditions)

    def order_by(self, sort: str) -> list[sa.ColumnElement[Any]]:
        """Return an order by some columns, made definite by the id."""
        order = [self._direction(term) for term in sort.split(",")]
        return [*order, self.sort["id"].asc()]

    def _direction(self, term: str) -> sa.ColumnElement[Any]:
        """Return a column, downwards where its name begins with ``-``."""
        column = self.sort[term.removeprefix("-")]
        return column.desc() if term.startswith("-") else column.asc()
