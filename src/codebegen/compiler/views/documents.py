"""Documents of a MongoDB: what is kept of each entity, its indexes, and what is shown besides what is kept."""

from collections.abc import Iterator
from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.behaviour import Computed
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.relations import Relation
from codebegen.compiler.expressions import model_of
from codebegen.compiler.literals import identifier, python
from codebegen.compiler.views.behaviour import ToggleView, toggles_of
from codebegen.compiler.views.enums import enums_of
from codebegen.compiler.views.ids import ids_of
from codebegen.compiler.views.links import LinkTableView
from codebegen.compiler.views.references import many_of
from codebegen.compiler.views.tables import ColumnView, TableView, table_name

# The kind of value, as an index names it, of what may be missing; values are numbers or texts unless they are here.
_KINDS = {"bool": "bool", "dt.datetime": "date", "UUID": "binData", "PydanticObjectId": "objectId"}
_NUMBERS = frozenset({"int", "float", "Decimal"})
_ACCOUNT_INDEX = 'IndexModel([("email", 1)], name="uq_users_email", unique=True)'
_FACTORIES = ("types.utcnow", "types.today", "types.time_of_day")


@dataclass(frozen=True, slots=True)
class AttributeView:
    """One attribute of a document: `price: Decimal = Decimal(0)`."""

    name: str
    annotation: str
    default: str | None

    @property
    def declaration(self) -> str:
        """The line of a class body."""
        if self.default in _FACTORIES:
            return f"{self.name}: {self.annotation} = Field(default_factory={self.default})"
        if self.default == "[]":
            return f"{self.name}: {self.annotation} = Field(default_factory=list)"
        return f"{self.name}: {self.annotation}" + (f" = {self.default}" if self.default is not None else "")


@dataclass(frozen=True, slots=True)
class ReferenceRuleView:
    """What becomes of documents that hold a key, or a set of keys, of one that is deleted."""

    source: str
    key: str
    target: str
    rule: str


@dataclass(frozen=True, slots=True)
class MarkView:
    """The document that notes one toggle of one account: `PostLikes`, with the keys of both."""

    cls: str
    name: str
    words: str
    left: str
    left_type: str
    right: str
    right_type: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One collection. `stages` add what a document shows of others, of which `derived` is known only then."""

    attributes: tuple[AttributeView, ...]
    indexes: tuple[str, ...]
    stages: tuple[str, ...]
    derived: tuple[str, ...]
    marks: dict[str, MarkView]
    exports: tuple[str, ...]

    @property
    def has_unique(self) -> bool:
        """Whether an index keeps something unique."""
        return any("unique=True" in index for index in self.indexes)


def is_total(computed: Computed) -> bool:
    """Whether it is a total over all documents that point here, which an aggregation can add."""
    return computed.function != "expression" and computed.condition is None and computed.expression is None


def document_of(blueprint: Blueprint, entity: Entity, table: TableView) -> DocumentView:
    """The documents of one entity."""
    sets = many_of(blueprint, entity)
    attributes = [_attribute(column) for column in table.columns]
    attributes += [AttributeView(many.key, f"list[{many.target.ids.python}]", "[]") for many in sets]
    toggles = [toggle for toggle in toggles_of(blueprint, entity) if toggle.counted]
    marks = {toggle.name: _mark(blueprint, entity, toggle) for toggle in toggles_of(blueprint, entity)}
    totals = [computed for computed in entity.computed if is_total(computed)]
    stages = [_set_stage(many.attribute, many.key, many.target.table) for many in sets]
    for toggle in toggles:
        stages += _count_stages(toggle.count, toggle.link)
    for computed in totals:
        stages += _total_stages(blueprint, computed)
    account = ("Role",) if entity.kind == "user" else ()
    enums = (enum.name for enum in enums_of(blueprint, entity).values())
    return DocumentView(
        attributes=tuple(attributes),
        indexes=(
            *([_ACCOUNT_INDEX] if account else []),
            *_indexes(entity, table),
            *(f'IndexModel([("{many.key}", 1)])' for many in sets),
        ),
        stages=tuple(stages),
        derived=(*(toggle.count for toggle in toggles), *(naming.attribute(computed.name) for computed in totals)),
        marks=marks,
        exports=(*account, *enums, naming.class_name(entity.name), *(mark.cls for mark in marks.values())),
    )


def _mark(blueprint: Blueprint, entity: Entity, toggle: ToggleView) -> MarkView:
    account = blueprint.entities_by_name["User"]
    return MarkView(
        cls=toggle_class(toggle.link),
        name=toggle.link.name,
        words=toggle.words,
        left=toggle.link.left,
        left_type=ids_of(entity).python,
        right=toggle.link.right,
        right_type=ids_of(account).python,
    )


def reference_rules(blueprint: Blueprint) -> tuple[ReferenceRuleView, ...]:
    """Every key of every document, with what the contract says of those that point to what is deleted."""
    return tuple(rule for entity in blueprint.entities for rule in _rules_of(blueprint, entity))


def _rules_of(blueprint: Blueprint, entity: Entity) -> Iterator[ReferenceRuleView]:
    source = model_of(entity)
    sets = {many.name: many.key for many in many_of(blueprint, entity)}
    for relation in entity.relations:
        target = model_of(blueprint.entities_by_name[relation.target])
        if relation.kind == "many_to_many":
            yield ReferenceRuleView(source, sets[relation.name], target, "PULL")
        else:
            yield ReferenceRuleView(source, naming.attribute(relation.key), target, _rule(relation))
    for toggle in toggles_of(blueprint, entity):
        yield ReferenceRuleView(f"models.{toggle_class(toggle.link)}", toggle.link.left, source, "CASCADE")


def _rule(relation: Relation) -> str:
    return (relation.on_delete or "restrict").upper()


def toggle_class(link: LinkTableView) -> str:
    """The document that notes one toggle of one account: `PostLikes`."""
    return naming.pascal(link.name)


def _attribute(column: ColumnView) -> AttributeView:
    default = column.default if column.default is not None else ("None" if column.nullable else None)
    return AttributeView(column.attribute, column.annotation, default)


def _indexes(entity: Entity, table: TableView) -> Iterator[str]:
    columns = {column.name: column for column in table.columns}
    alone = {field.name for field in entity.fields if field.unique and field.name in columns}
    alone |= {relation.key for relation in entity.relations if relation.unique and relation.key in columns}
    for names in [*((name,) for name in columns if name in alone), *table.unique_together]:
        yield _unique(table, [columns[name] for name in names])
    for column in table.columns:
        if column.index and column.name not in alone:
            yield f"IndexModel([({python(column.attribute)}, 1)])"


def _unique(table: TableView, columns: list[ColumnView]) -> str:
    """An index that knows only what is there, and among the living where documents are hidden."""
    keys = ", ".join(f"({python(column.attribute)}, 1)" for column in columns)
    scope = [f'{python(column.attribute)}: {{"$type": "{_kind(column)}"}}' for column in columns if column.nullable]
    scope += ['"deleted_at": None'] if table.soft_delete else []
    partial = f", partialFilterExpression={{{', '.join(scope)}}}" if scope else ""
    name = python(identifier(f"uq_{table.name}_{'_'.join(column.name for column in columns)}"))
    return f"IndexModel([{keys}], name={name}, unique=True{partial})"


def _kind(column: ColumnView) -> str:
    return "number" if column.python in _NUMBERS else _KINDS.get(column.python, "string")


def _set_stage(attribute: str, key: str, collection: str) -> str:
    return f"set_of({python(key)}, {python(collection)}, {python(attribute)})"


def _count_stages(count: str, link: LinkTableView) -> list[str]:
    return [f'*total_of({python(count)}, {python(link.name)}, {python(link.left)}, {{"$sum": 1}})']


def _total_stages(blueprint: Blueprint, computed: Computed) -> list[str]:
    source = blueprint.entities_by_name[computed.entity or ""]
    key = naming.attribute(source.relations_by_name[computed.relation or ""].key)
    operator = {"average": "avg", "count": "sum"}.get(computed.function, computed.function)
    value = python(f"${naming.attribute(computed.field)}") if computed.field else "1"
    name = python(naming.attribute(computed.name))
    ending = ", living=True" if source.soft_delete else ""
    return [f'*total_of({name}, {python(table_name(source))}, {python(key)}, {{"${operator}": {value}}}{ending})']
