"""The history of an entity's states, as its table and its endpoint need it."""

from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.histories import SEGMENT, history_name
from codebegen.blueprint.model import Entity
from codebegen.compiler.views.tables import table_name


@dataclass(frozen=True, slots=True)
class HistoryView:
    """`cls` OrderHistory, `table` orders_history, `key` order_id; `fields` are attributes with their names."""

    cls: str
    table: str
    key: str
    fields: tuple[tuple[str, str], ...]
    words: str
    segment: str


def history_of(entity: Entity) -> HistoryView | None:
    """The view of an entity's history, if it has one."""
    if not entity.histories:
        return None
    names = [history.field for history in entity.histories]
    return HistoryView(
        cls=naming.class_name(history_name(entity)),
        table=f"{table_name(entity)[:55]}_history",
        key=f"{naming.snake(entity.name)}_id",
        fields=tuple((naming.attribute(name), name) for name in names),
        words=" and ".join(" ".join(naming.words(name)) for name in names),
        segment=SEGMENT,
    )
