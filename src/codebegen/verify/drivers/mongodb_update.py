"""What an update makes of a document."""

from collections.abc import Callable, Mapping
from copy import deepcopy

from bson import Decimal128

from codebegen.verify.drivers.mongodb_match import matches
from codebegen.verify.drivers.mongodb_values import MISSING, Bson, Document, UnsupportedError, at, drop, order, put


def is_replacement(update: Mapping[str, Bson]) -> bool:
    """Whether an update is the new document itself."""
    return not any(name.startswith("$") for name in update)


def updated(document: Document, update: Mapping[str, Bson], *, inserting: bool = False) -> Document:
    """The document after an update; the given one stays as it is."""
    if is_replacement(update):
        return {"_id": document["_id"], **deepcopy(dict(update))} if "_id" in document else deepcopy(dict(update))
    made = deepcopy(document)
    for name, changes in update.items():
        if name == "$setOnInsert" and not inserting:
            continue
        apply = _OPERATORS.get("$set" if name == "$setOnInsert" else name)
        if apply is None:
            raise UnsupportedError(f"the update operator {name}")
        for path, value in changes.items():
            apply(made, path, deepcopy(value))
    return made


def seed(query: Mapping[str, Bson]) -> Document:
    """What an upsert takes over from its query: the values that it asks for."""
    made: Document = {}
    for name, value in query.items():
        if not name.startswith("$") and not isinstance(value, Mapping):
            put(made, name, deepcopy(value))
    return made


def _increase(document: Document, path: str, amount: Bson) -> None:
    before = at(document, path)
    if isinstance(before, Decimal128) or isinstance(amount, Decimal128):
        put(document, path, Decimal128(order(0 if before is MISSING else before)[1] + order(amount)[1]))
    else:
        put(document, path, amount if before is MISSING else before + amount)


def _add_to_set(document: Document, path: str, value: Bson) -> None:
    kept = at(document, path)
    kept = [] if kept is MISSING else kept
    for item in value["$each"] if isinstance(value, Mapping) and "$each" in value else [value]:
        if all(order(item) != order(one) for one in kept):
            kept.append(item)
    put(document, path, kept)


def _pull(document: Document, path: str, condition: Bson) -> None:
    kept = at(document, path)
    if kept is not MISSING:
        put(document, path, [item for item in kept if not matches({"item": item}, {"item": condition})])


def _unset(document: Document, path: str, _value: Bson) -> None:
    drop(document, path)


_OPERATORS: dict[str, Callable[[Document, str, Bson], None]] = {
    "$set": put,
    "$unset": _unset,
    "$inc": _increase,
    "$addToSet": _add_to_set,
    "$pull": _pull,
}
