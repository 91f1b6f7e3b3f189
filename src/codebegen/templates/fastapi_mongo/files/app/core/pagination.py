"""Lists: paging, sorting, filters and search."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from app.core import types
from app.core.filters import NOTHING, Conditions, Filter

MAX_LIMIT = 100
MAX_SORT_TERMS = 5
Shown = dict[str, Any]
"""What is shown of a document: its values by the names of its attributes."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of documents, and how many there are on all pages."""

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
    """How the parameters of one list apply to its attributes; ``derived`` are known only once they are computed."""

    sort: Mapping[str, str]
    search: Sequence[str] = ()
    equal: Mapping[str, str] = field(default_factory=dict)
    minimum: Mapping[str, str] = field(default_factory=dict)
    maximum: Mapping[str, str] = field(default_factory=dict)
    derived: Collection[str] = ()

    def where(self, query: ListQuery) -> Conditions:
        """Return the conditions that a query asks for."""
        conditions: list[Filter] = []
        for name, value in query.model_dump(by_alias=True, exclude_unset=True).items():
            if name in self.equal:
                conditions.append({self.equal[name]: value})
            elif name in self.minimum:
                conditions.append({self.minimum[name]: {"$gte": value}})
            elif name in self.maximum:
                conditions.append({self.maximum[name]: {"$lte": value}})
        if query.q:
            words = {"$regex": re.escape(query.q), "$options": "i"}
            conditions.append({"$or": [{name: words} for name in self.search]} if self.search else NOTHING)
        return tuple(conditions)

    def order_by(self, sort: str) -> dict[str, int]:
        """Return an order by some attributes, made definite by the id."""
        order: dict[str, int] = {}
        for term in sort.split(","):
            order.setdefault(self.sort[term.removeprefix("-")], -1 if term.startswith("-") else 1)
        return {**order, "_id": order.get("_id", 1)}

    def is_derived(self, sort: str) -> bool:
        """Tell whether an order needs what has to be computed first."""
        return any(term.removeprefix("-") in self.derived for term in sort.split(","))
