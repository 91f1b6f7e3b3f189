"""The commands that drivers send, carried out on collections in memory.

Each takes a command as a document and returns the answer; what is not here is refused as a MongoDB refuses a command
that it does not know.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import count

from bson import Int64

from codebegen.verify.drivers.mongodb_pipeline import aggregated, ordered, projected
from codebegen.verify.drivers.mongodb_store import Collection, DuplicateError
from codebegen.verify.drivers.mongodb_update import is_replacement
from codebegen.verify.drivers.mongodb_values import MISSING, Bson, Document, UnsupportedError, at, order

WIRE_VERSION = 21
FIRST_BATCH = 101
DUPLICATE, UNKNOWN_COMMAND, UNSUPPORTED = 11000, 59, 238
Databases = defaultdict[str, defaultdict[str, Collection]]


class Engine:
    """Databases in memory, and the cursors that are open on them."""

    def __init__(self) -> None:
        self.databases: Databases = defaultdict(lambda: defaultdict(Collection))
        self._cursors: dict[int, list[Document]] = {}
        self._ids = count(1)

    def run(self, command: Document) -> Document:
        """Carry out a command; its first key is its name."""
        name = next(iter(command))
        act = _COMMANDS.get(name)
        if act is None:
            return _refusal(UNKNOWN_COMMAND, f"no such command: '{name}'")
        try:
            return {"ok": 1.0, **act(self, command)}
        except UnsupportedError as missing:
            return _refusal(UNSUPPORTED, f"the stand-in does not know {missing}")
        except DuplicateError as taken:
            return _refusal(DUPLICATE, f"E11000 duplicate key error index: {taken}")

    def collection(self, command: Document) -> Collection:
        """The collection that a command is about."""
        return self.databases[command["$db"]][command[next(iter(command))]]

    def cursor(self, command: Document, rows: Iterable[Document], size: int | None = None) -> Document:
        """The first answer about many documents."""
        first, rest = _split(list(rows), size or FIRST_BATCH)
        number = next(self._ids) if rest else 0
        if rest:
            self._cursors[number] = rest
        namespace = f"{command['$db']}.{command[next(iter(command))]}"
        return {"cursor": {"firstBatch": first, "id": Int64(number), "ns": namespace}}

    def more(self, command: Document) -> Document:
        """The next answer."""
        number = int(command["getMore"])
        batch, rest = _split(self._cursors.pop(number, []), command.get("batchSize") or len(self._cursors) + 10_000)
        if rest:
            self._cursors[number] = rest
        namespace = f"{command['$db']}.{command['collection']}"
        return {"cursor": {"nextBatch": batch, "id": Int64(number if rest else 0), "ns": namespace}}

    def forget(self, command: Document) -> Document:
        """Close cursors."""
        for number in command["cursors"]:
            self._cursors.pop(int(number), None)
        return {"cursorsKilled": command["cursors"]}


def _split(rows: list[Document], size: int) -> tuple[list[Document], list[Document]]:
    return rows[:size], rows[size:]


def _refusal(code: int, message: str) -> Document:
    return {"ok": 0.0, "code": code, "errmsg": message}


def hello(*_: object) -> Document:
    """What the server is: one by itself, without transactions."""
    return {
        "helloOk": True,
        "isWritablePrimary": True,
        "ismaster": True,
        "localTime": dt.datetime.now(dt.UTC),
        "maxBsonObjectSize": 16 << 20,
        "maxMessageSizeBytes": 48_000_000,
        "maxWriteBatchSize": 100_000,
        "logicalSessionTimeoutMinutes": 30,
        "minWireVersion": 0,
        "maxWireVersion": WIRE_VERSION,
        "readOnly": False,
        "ok": 1.0,
    }


def _nothing(_engine: Engine, _command: Document) -> Document:
    return {}


def _build(_engine: Engine, _command: Document) -> Document:
    return {"version": "7.0.0", "versionArray": [7, 0, 0, 0]}


def _insert(engine: Engine, command: Document) -> Document:
    collection, done, errors = engine.collection(command), 0, []
    for position, document in enumerate(command["documents"]):
        try:
            collection.insert(document)
        except DuplicateError as taken:
            errors.append(_write_error(position, taken))
            if command.get("ordered", True):
                break
        else:
            done += 1
    return {"n": done, **({"writeErrors": errors} if errors else {})}


def _write_error(position: int, taken: DuplicateError) -> Document:
    return {"index": position, "code": DUPLICATE, "errmsg": f"E11000 duplicate key error index: {taken}"}


def _update(engine: Engine, command: Document) -> Document:
    answer: Document = {"n": 0, "nModified": 0}
    for position, statement in enumerate(command["updates"]):
        try:
            _one_update(engine.collection(command), position, statement, answer)
        except DuplicateError as taken:
            return {**answer, "writeErrors": [_write_error(position, taken)]}
    return answer


def _one_update(collection: Collection, position: int, statement: Document, answer: Document) -> None:
    if isinstance(statement["u"], list):
        raise UnsupportedError("updates that are pipelines")
    found = list(collection.find(statement["q"]))
    for document in found if statement.get("multi") else found[:1]:
        answer["n"] += 1
        answer["nModified"] += collection.change(document, statement["u"]) != document
    if not found and statement.get("upsert"):
        made = collection.upsert(statement["q"], statement["u"])
        answer["n"] += 1
        answer.setdefault("upserted", []).append({"index": position, "_id": made["_id"]})


def _delete(engine: Engine, command: Document) -> Document:
    collection, number = engine.collection(command), 0
    for statement in command["deletes"]:
        found = list(collection.find(statement["q"]))
        for document in found[: statement["limit"] or None]:
            collection.remove(document)
            number += 1
    return {"n": number}


def _find(engine: Engine, command: Document) -> Document:
    rows = ordered(list(engine.collection(command).find(command.get("filter", {}))), command.get("sort", {}))
    rows = rows[command.get("skip", 0) :]
    rows = rows[: abs(command.get("limit", 0)) or None]
    fields = command.get("projection")
    if fields:
        rows = [projected(dict(row), fields) for row in rows]
    return engine.cursor(command, rows, command.get("batchSize"))


def _find_and_modify(engine: Engine, command: Document) -> Document:
    collection = engine.collection(command)
    found = ordered(list(collection.find(command.get("query", {}))), command.get("sort", {}))
    before = found[0] if found else None
    after: Document | None = None
    if command.get("remove"):
        if before is not None:
            collection.remove(before)
    elif before is not None:
        after = collection.change(before, command["update"])
    elif command.get("upsert"):
        if is_replacement(command["update"]):
            raise UnsupportedError("upserts that replace")
        after = collection.upsert(command["query"], command["update"])
    return {"value": after if command.get("new") else before, "lastErrorObject": {"n": int(bool(before or after))}}


def _aggregate(engine: Engine, command: Document) -> Document:
    database = engine.databases[command["$db"]]

    def all_of(name: str) -> Iterable[Document]:
        return database[name].documents.values()

    pipeline = command["pipeline"]
    rows: Iterable[Document] = all_of(command["aggregate"])
    if pipeline and "$match" in pipeline[0]:
        rows, pipeline = engine.collection(command).find(pipeline[0]["$match"]), pipeline[1:]
    return engine.cursor(command, aggregated(rows, pipeline, all_of), command.get("cursor", {}).get("batchSize"))


def _distinct(engine: Engine, command: Document) -> Document:
    values: dict[Bson, Bson] = {}
    for document in engine.collection(command).find(command.get("query", {})):
        value = at(document, command["key"])
        for item in value if isinstance(value, list) else [value]:
            if item is not MISSING:
                values[order(item)] = item
    return {"values": list(values.values())}


def _create_indexes(engine: Engine, command: Document) -> Document:
    collection = engine.collection(command)
    before = len(collection.indexes)
    for index in command["indexes"]:
        collection.add_index({"v": 2, **index})
    return {"numIndexesBefore": before, "numIndexesAfter": len(collection.indexes)}


def _list_indexes(engine: Engine, command: Document) -> Document:
    return engine.cursor(command, engine.collection(command).indexes.values())


def _list_collections(engine: Engine, command: Document) -> Document:
    rows = [{"name": name, "type": "collection", "options": {}} for name in engine.databases[command["$db"]]]
    namespace = f"{command['$db']}.$cmd.listCollections"
    return {"cursor": {"firstBatch": rows, "id": Int64(0), "ns": namespace}}


def _drop(engine: Engine, command: Document) -> Document:
    engine.databases[command["$db"]].pop(command["drop"], None)
    return {}


def _drop_database(engine: Engine, command: Document) -> Document:
    engine.databases.pop(command["$db"], None)
    return {"dropped": command["$db"]}


_COMMANDS: dict[str, Callable[[Engine, Document], Document]] = {
    "hello": hello,
    "isMaster": hello,
    "ismaster": hello,
    "ping": _nothing,
    "endSessions": _nothing,
    "buildInfo": _build,
    "buildinfo": _build,
    "insert": _insert,
    "update": _update,
    "delete": _delete,
    "find": _find,
    "findAndModify": _find_and_modify,
    "aggregate": _aggregate,
    "distinct": _distinct,
    "getMore": Engine.more,
    "killCursors": Engine.forget,
    "createIndexes": _create_indexes,
    "listIndexes": _list_indexes,
    "listCollections": _list_collections,
    "drop": _drop,
    "dropDatabase": _drop_database,
}
