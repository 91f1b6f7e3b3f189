"""What lists are asked: two rows that differ in every field, and which of them each query shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from codebegen.blueprint.fields import MOMENT_TYPES, NUMBER_TYPES, Field
from codebegen.blueprint.model import Entity
from codebegen.compiler.testing.conditions import Row, comparable, same
from codebegen.compiler.testing.laws import lawful, shown_fields, written_fields
from codebegen.compiler.testing.making import Plan
from codebegen.compiler.testing.values import Code, Relative, Value, fits, plain

PARAMETERS = frozenset({"limit", "offset", "sort", "q"})
_SEARCHED = frozenset({"string", "text", "slug"})
BOTH = ("first", "second")
SCRIPTS = "ÄRGER, ÉTÉ, ЖУК"
"""A text whose case databases tell apart only if they know more than English."""


@dataclass(frozen=True, slots=True)
class ListView:
    """`first` and `second` are what the two rows are given; each query goes with the rows that it shows, in order."""

    first: Row
    second: Row
    filters: tuple[tuple[str, tuple[str, ...]], ...]
    sorts: tuple[tuple[str, tuple[str, ...]], ...]
    searches: tuple[tuple[str, tuple[str, ...]], ...]
    any_script: Row


def list_view(plan: Plan) -> ListView:
    """The queries of one list."""
    first, second = _two_rows(plan)
    rows: dict[str, Row] = {"first": {**plan.facts, **first}, "second": {**plan.facts, **second}}
    filters: list[tuple[str, tuple[str, ...]]] = []
    sorts: list[tuple[str, tuple[str, ...]]] = []
    for field in shown_fields(plan.entity):
        filters += _filters(plan.entity, field, rows)
        sorts += _sorts(field, rows)
    searches = tuple(_searches(plan.entity, rows))
    return ListView(first, second, tuple(filters), tuple(sorts), searches, _any_script(plan))


def _two_rows(plan: Plan) -> tuple[Row, Row]:
    """A high and a low value for every field that lists know, as far as the rules let them be together.

    The high ones come first, so that no order is that of the ids.
    """
    fields = [f for f in written_fields(plan.entity) if _listed(f) and len(plain(f)) > 1]
    rising = {f.name: plain(f) for f in fields}
    return _together(plan, {name: (*low[1:], low[0]) for name, low in rising.items()}), _together(plan, rising)


def _together(plan: Plan, wanted: Mapping[str, tuple[Value, ...]]) -> Row:
    """The first of the wanted values, or the first that can be with the others, with what the rules ask for besides."""
    best = {name: values[0] for name, values in wanted.items()}
    whole = lawful(plan.entity, plan.facts, best)
    if whole is not None:
        return whole
    found: Row = {name: value for name, value in best.items() if name not in plan.ruled}
    for name in [name for name in wanted if name in plan.ruled]:
        tries = (lawful(plan.entity, plan.facts, {**found, name: value}) for value in wanted[name])
        found = next((row for row in tries if row is not None), found)
    return found


def _listed(field: Field) -> bool:
    return field.is_filterable or field.is_sortable or field.is_searchable


def _known(value: Value) -> bool:
    return value is not None and not isinstance(value, Code | Relative | list | dict)


def _filters(entity: Entity, field: Field, rows: dict[str, Row]) -> list[tuple[str, tuple[str, ...]]]:
    values = {name: row.get(field.name) for name, row in rows.items()}
    if not field.is_filterable or not all(_known(value) for value in values.values()):
        return []
    stored = {f.name for f in shown_fields(entity)}
    parameter = f"{field.name}_is" if field.name in PARAMETERS else field.name
    wanted = values["first"]
    found: list[tuple[str, tuple[str, ...]]] = []
    if parameter == field.name or parameter not in stored:
        found.append((_query(parameter, wanted), tuple(n for n in BOTH if same(values[n], wanted))))
    if field.type == "enum" and found:
        unused = [v for v in field.values if v not in values.values()]
        found += [(_query(parameter, value), ()) for value in unused[:1]]
    if field.type in NUMBER_TYPES | MOMENT_TYPES:
        typed: dict[str, Any] = {name: comparable(entity, field.name, value) for name, value in values.items()}
        low, high = sorted(BOTH, key=lambda name: typed[name])
        bounds = {
            f"{field.name}_min": (values[high], tuple(n for n in BOTH if typed[n] >= typed[high])),
            f"{field.name}_max": (values[low], tuple(n for n in BOTH if typed[n] <= typed[low])),
        }
        found += [(_query(name, value), shown) for name, (value, shown) in bounds.items() if name not in stored]
    return found


def _sorts(field: Field, rows: dict[str, Row]) -> list[tuple[str, tuple[str, ...]]]:
    values = {name: row.get(field.name) for name, row in rows.items()}
    differ = not same(values["first"], values["second"])
    if not field.is_sortable or not differ or not all(_known(value) for value in values.values()):
        return []
    ascending = _in_order(field, values)
    return [(_query("sort", field.name), ascending), (_query("sort", f"-{field.name}"), ascending[::-1])]


def _in_order(field: Field, values: dict[str, Value]) -> tuple[str, ...]:
    samples = list(plain(field))
    if all(value in samples for value in values.values()):
        return tuple(sorted(BOTH, key=lambda name: samples.index(values[name])))
    return tuple(sorted(BOTH, key=lambda name: str(values[name])))


def _searches(entity: Entity, rows: dict[str, Row]) -> list[tuple[str, tuple[str, ...]]]:
    names = [f.name for f in shown_fields(entity) if _is_searched(entity, f)]
    found: list[tuple[str, tuple[str, ...]]] = []
    for name in names:
        text = rows["first"].get(name)
        if not isinstance(text, str) or not text:
            continue
        shown = tuple(n for n in BOTH if _contains(rows[n], names, text))
        alone = not _contains(rows["first"], [other for other in names if other != name], text)
        if alone and shown == ("first",):
            found.append((_query("q", text.swapcase()), shown))
    return found


def _any_script(plan: Plan) -> Row:
    """A text in other scripts for a field that takes any; nothing where there is none."""
    fields = [f for f in written_fields(plan.entity) if _is_searched(plan.entity, f) and f.name not in plan.ruled]
    free = (f for f in fields if f.type in ("string", "text") and f.pattern is None and fits(f, SCRIPTS))
    return {field.name: SCRIPTS for field in list(free)[:1]}


def _is_searched(entity: Entity, field: Field) -> bool:
    if entity.search:
        return field.name in entity.search
    return field.is_searchable and field.type in _SEARCHED


def _contains(row: Row, names: list[str], text: str) -> bool:
    return any(text.casefold() in str(row.get(name) or "").casefold() for name in names)


def _query(name: str, value: Value) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return urlencode({name: text}, safe="@/:,-")
