"""Which list parameters go to which attributes."""

from collections.abc import Collection
from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.model import Entity
from codebegen.compiler.views.schemas import SchemasView

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ListingView:
    """Parameter names with the attributes that they sort by, are equal to, or bound."""

    sort: Pairs
    search: tuple[str, ...]
    equal: Pairs
    minimum: Pairs
    maximum: Pairs


def listing_of(entity: Entity, schemas: SchemasView) -> ListingView:
    """The list parameters of one entity."""
    stored = entity.fields_by_name
    names = [member.alias or member.attribute for member in schemas.query]
    bounds = [name for name in names if name.endswith(("_min", "_max")) and name not in stored]

    def bound(end: str) -> Pairs:
        return tuple((n, naming.attribute(_field(n.removesuffix(end), stored))) for n in bounds if n.endswith(end))

    return ListingView(
        sort=tuple((name, naming.attribute(name)) for name in schemas.sort),
        search=tuple(naming.attribute(f.name) for f in entity.fields if _is_searched(entity, f.name)),
        equal=tuple((name, naming.attribute(_field(name, stored))) for name in names if name not in bounds),
        minimum=bound("_min"),
        maximum=bound("_max"),
    )


def _is_searched(entity: Entity, name: str) -> bool:
    field = entity.fields_by_name[name]
    return name in entity.search if entity.search else field.is_searchable


def _field(name: str, stored: Collection[str]) -> str:
    """The field behind a parameter: `q_is` is the field `q`."""
    return name.removesuffix("_is") if name.endswith("_is") and name not in stored else name
