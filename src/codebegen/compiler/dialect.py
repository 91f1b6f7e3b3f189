"""How the code of a template spells conditions on rows: in SQL, or as filters of documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from codebegen import naming
from codebegen.blueprint.expressions import CompareOperator, Expression
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.compiler import filters
from codebegen.compiler.expressions import model_of, owned_by, sql, sql_path


class Dialect(Protocol):
    """Conditions on the rows of an entity; every method gives Python text, and `path` goes through relations."""

    @property
    def never(self) -> str:
        """Met by no row."""
        ...

    @property
    def always(self) -> str:
        """Met by every row."""
        ...

    def is_empty(self, entity: Entity, name: str) -> str:
        """A field or key has no value."""
        ...

    def is_filled(self, entity: Entity, name: str) -> str:
        """A field or key has a value."""
        ...

    def all_of(self, parts: Sequence[str]) -> str:
        """Every one of some conditions."""
        ...

    def any_of(self, parts: Sequence[str]) -> str:
        """One of some conditions."""
        ...

    def caller_is(self, role: str) -> str:
        """The caller has a role; the row plays no part."""
        ...

    def holds(self, blueprint: Blueprint, entity: Entity, condition: Expression) -> str:
        """A condition of the blueprint."""
        ...

    def is_caller(self, entity: Entity) -> str:
        """The row is the caller's account."""
        ...

    def owned_by(self, blueprint: Blueprint, entity: Entity, path: str) -> str:
        """The account at the end of a path is the caller."""
        ...

    def same(self, blueprint: Blueprint, entity: Entity, path: str, value: str) -> str:
        """What lies at the end of a path is a value."""
        ...

    def compared(self, entity: Entity, name: str, operator: CompareOperator, value: str) -> str:
        """A field or key compares with a value."""
        ...

    def inside(self, blueprint: Blueprint, entity: Entity, path: str, rows: str) -> str:
        """The row at the end of a path is one of `rows`."""
        ...

    def hidden_with(self, entity: Entity, key: str, target: Entity, present: Sequence[str]) -> str:
        """What a key points to is there, which `present` says of it."""
        ...

    def is_there(self, entity: Entity) -> str:
        """The row was not deleted."""
        ...

    def value_of(self, blueprint: Blueprint, entity: Entity, key: str, path: str) -> str:
        """What lies at the end of a path from the row of an entity with the id `key`, to compare with by `same`."""
        ...


@dataclass(frozen=True, slots=True)
class SqlDialect:
    """Conditions of SQLAlchemy."""

    never: str = "sa.false()"
    always: str = "sa.true()"

    def is_empty(self, entity: Entity, name: str) -> str:
        """`IS NULL`."""
        return f"{model_of(entity)}.{naming.attribute(name)}.is_(None)"

    def is_filled(self, entity: Entity, name: str) -> str:
        """`IS NOT NULL`."""
        return f"{model_of(entity)}.{naming.attribute(name)}.is_not(None)"

    def all_of(self, parts: Sequence[str]) -> str:
        """`sa.and_(…)`."""
        return parts[0] if len(parts) == 1 else f"sa.and_({', '.join(parts)})"

    def any_of(self, parts: Sequence[str]) -> str:
        """`sa.or_(…)`."""
        return parts[0] if len(parts) == 1 else f"sa.or_({', '.join(parts)})"

    def caller_is(self, role: str) -> str:
        """A literal."""
        return f"sa.literal(actor.role is {role})"

    def holds(self, blueprint: Blueprint, entity: Entity, condition: Expression) -> str:
        """A condition over columns."""
        return sql(blueprint, entity).render(condition)

    def is_caller(self, entity: Entity) -> str:
        """By the id."""
        return f"{model_of(entity)}.id == actor.id"

    def owned_by(self, blueprint: Blueprint, entity: Entity, path: str) -> str:
        """Through subqueries of keys."""
        return owned_by(blueprint, entity, path)

    def same(self, blueprint: Blueprint, entity: Entity, path: str, value: str) -> str:
        """A column, or a scalar subquery."""
        return f"{sql_path(blueprint, entity, path)} == {value}"

    def compared(self, entity: Entity, name: str, operator: CompareOperator, value: str) -> str:
        """A column."""
        return f"{model_of(entity)}.{naming.attribute(name)} {operator} {value}"

    def inside(self, blueprint: Blueprint, entity: Entity, path: str, rows: str) -> str:
        """Through subqueries of keys."""
        first, _, rest = path.partition(".")
        if not first:
            return f"{model_of(entity)}.id.in_({rows})"
        relation = entity.relations_by_name[first]
        key = f"{model_of(entity)}.{naming.attribute(relation.key)}"
        if not rest:
            return f"{key}.in_({rows})"
        target = blueprint.entities_by_name[relation.target]
        return f"{key}.in_(sa.select({model_of(target)}.id).where({self.inside(blueprint, target, rest, rows)}))"

    def hidden_with(self, entity: Entity, key: str, target: Entity, present: Sequence[str]) -> str:
        """The key is among those of rows that are there."""
        column = f"{model_of(entity)}.{naming.attribute(key)}"
        return f"{column}.in_(sa.select({model_of(target)}.id).where({', '.join(present)}))"

    def is_there(self, entity: Entity) -> str:
        """By the time of its deletion."""
        return f"{model_of(entity)}.deleted_at.is_(None)"

    def value_of(self, blueprint: Blueprint, entity: Entity, key: str, path: str) -> str:
        """A scalar subquery of its own."""
        found = sql_path(blueprint, entity, path)
        return f"sa.select({found}).where({model_of(entity)}.id == {key}).correlate(None).scalar_subquery()"


@dataclass(frozen=True, slots=True)
class DocumentDialect:
    """Filters of a MongoDB; `Among` looks up what a key may point to."""

    never: str = "NOTHING"
    always: str = "EVERYTHING"

    def is_empty(self, entity: Entity, name: str) -> str:  # noqa: ARG002 - an attribute is called the same everywhere
        """Null, or not there."""
        return filters.compared(name, "==", "None")

    def is_filled(self, entity: Entity, name: str) -> str:  # noqa: ARG002 - an attribute is called the same everywhere
        """There, and not null."""
        return filters.compared(name, "!=", "None")

    def all_of(self, parts: Sequence[str]) -> str:
        """`{"$and": […]}`."""
        return filters.all_of(parts)

    def any_of(self, parts: Sequence[str]) -> str:
        """`{"$or": […]}`."""
        return filters.any_of(parts)

    def caller_is(self, role: str) -> str:
        """Everything or nothing."""
        return f"(EVERYTHING if actor.role is {role} else NOTHING)"

    def holds(self, blueprint: Blueprint, entity: Entity, condition: Expression) -> str:
        """A filter over attributes."""
        return filters.filtered(blueprint, entity, condition)

    def is_caller(self, entity: Entity) -> str:  # noqa: ARG002 - every document has its id under the same name
        """By the id."""
        return '{"_id": actor.id}'

    def owned_by(self, blueprint: Blueprint, entity: Entity, path: str) -> str:
        """Through lookups of ids."""
        return filters.at(blueprint, entity, path, "actor.id")

    def same(self, blueprint: Blueprint, entity: Entity, path: str, value: str) -> str:
        """Through lookups of ids."""
        return filters.at(blueprint, entity, path, value)

    def compared(self, entity: Entity, name: str, operator: CompareOperator, value: str) -> str:  # noqa: ARG002
        """An attribute."""
        return filters.compared(name, operator, value)

    def inside(self, blueprint: Blueprint, entity: Entity, path: str, rows: str) -> str:
        """Through lookups of ids."""
        return filters.at(blueprint, entity, path or "id", f'{{"$in": {rows}}}')

    def hidden_with(self, entity: Entity, key: str, target: Entity, present: Sequence[str]) -> str:  # noqa: ARG002
        """The key is not among those of documents that are gone, which are fewer."""
        gone = f'{{"$nor": [{filters.all_of(present)}]}}'
        return f'{{"{naming.attribute(key)}": {{"$nin": Among({model_of(target)}, {gone})}}}}'

    def is_there(self, entity: Entity) -> str:  # noqa: ARG002
        """By the time of its deletion."""
        return '{"deleted_at": None}'

    def value_of(self, blueprint: Blueprint, entity: Entity, key: str, path: str) -> str:
        """A lookup, one for each step."""
        first, _, rest = path.partition(".")
        relation = entity.relations_by_name[first]
        found = filters.among(model_of(entity), f'{{"_id": {key}}}', naming.attribute(relation.key))
        target = blueprint.entities_by_name[relation.target]
        return self.value_of(blueprint, target, found, rest) if rest else found


_SQL, _DOCUMENTS = SqlDialect(), DocumentDialect()


def dialect_of(blueprint: Blueprint) -> Dialect:
    """How the template for a blueprint's stack spells conditions."""
    return _DOCUMENTS if blueprint.stack == "fastapi_mongo" else _SQL
