"""Which list parameters go to which columns."""

from collections.abc import Collection
from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.model import Entity
from codebegen.compiler.views.names import names_of
from codebegen.compiler.views.schemas import SchemasView

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ListingView:
    """Parameter names with the columns that they sort by, are equal to, or bound."""

    sort: Pairs
    search: tuple[str, ...]
    equal: Pairs
    minimum: Pairs
    maximum: Pairs


def listing_of(entity: Entity, schemas: SchemasView) -> ListingView:
    """The list parameters of one entity."""
    cls = names_of(entity).cls
    stored = entity.fields_by_name

    def column(name: str) -> str:
        return f"models.{cls}.{naming.attribute(name)}"

    names = [member.alias or member.attribute for member in schemas.query]
    bounds = [name for name in names if name.endswith(("_min", "_max")) and name not in stored]
    return ListingView(
        sort=tuple((name, column(name)) for name in schemas.sort),
        search=tuple(column(f.name) for f in entity.fields if _is_searched(entity, f.name)),
        equal=tuple((name, column(_field(name, stored))) for name in names if name not in bounds),
        minimum=tuple((n, column(_field(n.removesuffix("_min"), stored))) for n in bounds if n.endswith("_min")),
        maximum=tuple((n, column(_field(n.removesuffix("_max"), stored))) for n in bounds if n.endswith("_max")),
    )


def _is_searched(entity: Entity, name: str) -> bool:
    field = entity.fields_by_name[name]
    return name in entity.search if entity.search else field.is_searchable


def _field(name: str, stored: Collection[str]) -> str:
    """The field behind a parameter: `q_is` is the field `q`."""
    return name.removesuffix("_is") if name.endswith("_is") and name not in stored else name
