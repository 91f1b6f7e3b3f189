"""How a MongoDB keeps what a blueprint says: what is embedded or referred to, and why; and what was not proven."""

from collections.abc import Iterator

from codebegen.blueprint import Blueprint

_PROOF = (
    "The tests were run on a stand-in that speaks the protocol of a MongoDB and keeps documents in memory, not on a "
    "real one: the use of indexes, expiry (TTL) and several servers were not tried"
)


def keeping(blueprint: Blueprint) -> list[str]:
    """One line for each choice, nothing for SQL."""
    return [*_choices(blueprint), *_limits(), _PROOF + "."] if blueprint.stack == "fastapi_mongo" else []


def _choices(blueprint: Blueprint) -> Iterator[str]:
    for entity in blueprint.entities:
        for relation in entity.relations:
            place = f"{entity.name}.{relation.name}"
            if relation.kind == "many_to_many":
                yield f"{place}: a list of ids in the document, since it is bounded (100) and read with it"
            else:
                yield f"{place}: the id of a document of its own, since both have a collection, a version and rights"
        for action in entity.actions:
            if action.kind == "toggle":
                yield f"{entity.name}.{action.name}: a document for each mark, since there is no limit to them"
        for field in entity.fields:
            if field.type in ("list", "json", "geo"):
                yield f"{entity.name}.{field.name}: embedded, since it is a part of one document"


def _limits() -> Iterator[str]:
    yield (
        "No replica set is needed: what is unique is kept by indexes, a change is stored only if the document is still "
        "in the version that was read, and whoever counts documents holds a lock (a document in `locks`) meanwhile"
    )
    yield (
        "Without transactions, two things are not atomic: a document that is deleted while another one that refers to "
        "it is being created may leave a reference to nothing, and a deletion that is interrupted leaves the document "
        "itself to be deleted again, with some of its parts gone"
    )
