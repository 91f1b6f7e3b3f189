"""What the id of an entity is: a number that the database counts, an ObjectId, or a random UUID."""

from dataclasses import dataclass

from codebegen.blueprint.model import Blueprint, Entity


@dataclass(frozen=True, slots=True)
class IdView:
    """One kind of id in every spelling: in Python, in bodies and sets of them, in queries, paths and tables.

    `unknown` is what generated tests call an id that nothing has, `order` what they sort by where it matters which
    row was made first.
    """

    python: str
    body: str
    many: str
    query: str
    path: str
    column: str
    arguments: str
    unknown: str
    order: str


_NUMBER = IdView(
    python="int",
    body="types.Id",
    many="types.Ids",
    query="types.QueryId",
    path="PathId",
    column="sa.Integer()",
    arguments="primary_key=True, sort_order=-1",
    unknown="UNKNOWN",
    order="id",
)
_UUID = IdView(
    python="UUID",
    body="types.Uuid",
    many="types.Uuids",
    query="types.Uuid",
    path="types.Uuid",
    column="sa.Uuid()",
    arguments="primary_key=True, default=uuid4, sort_order=-1",
    unknown="UNKNOWN_UUID",
    order="created_at",
)
_OBJECT = IdView(
    python="PydanticObjectId",
    body="types.Id",
    many="types.Ids",
    query="types.Id",
    path="types.Id",
    column="",
    arguments="",
    unknown="UNKNOWN",
    order="id",
)
_ALL = {"integer": _NUMBER, "uuid": _UUID, "object": _OBJECT}


def ids_of(entity: Entity) -> IdView:
    """The ids of one entity."""
    return _ALL[entity.id_type]


def common_ids(blueprint: Blueprint) -> IdView | None:
    """The ids of all entities, None where they differ."""
    kinds = {ids_of(entity) for entity in blueprint.entities}
    return kinds.pop() if len(kinds) == 1 else (_NUMBER if not kinds else None)
