"""Collections in memory: documents by their ids, and the unique indexes that they have to keep."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bson import ObjectId

from codebegen.verify.drivers.mongodb_match import matches
from codebegen.verify.drivers.mongodb_update import seed, updated
from codebegen.verify.drivers.mongodb_values import Bson, Document, at, order


class DuplicateError(Exception):
    """A document would have the same key as another in a unique index; the text names the index."""


@dataclass
class Collection:
    """One collection; a change is whole, or is none."""

    documents: dict[Bson, Document] = field(default_factory=dict)
    indexes: dict[str, Document] = field(default_factory=lambda: {"_id_": {"v": 2, "key": {"_id": 1}, "name": "_id_"}})

    def find(self, query: Mapping[str, Bson]) -> Iterator[Document]:
        """Documents that meet a query, in the order in which they came."""
        wanted = query.get("_id")
        if wanted is not None and not isinstance(wanted, Mapping):
            found = self.documents.get(order(wanted))
            yield from [found] if found is not None and matches(found, query) else []
        else:
            yield from [document for document in self.documents.values() if matches(document, query)]

    def insert(self, document: Document) -> Document:
        """Add a document; one without an id gets one."""
        made = {"_id": ObjectId(), **document}
        if order(made["_id"]) in self.documents:
            raise DuplicateError("_id_")
        self._keep_unique(made)
        self.documents[order(made["_id"])] = made
        return made

    def change(self, document: Document, update: Mapping[str, Bson]) -> Document:
        """Put what an update makes of a document in its place."""
        made = updated(document, update)
        self._keep_unique(made)
        self.documents[order(made["_id"])] = made
        return made

    def upsert(self, query: Mapping[str, Bson], update: Mapping[str, Bson]) -> Document:
        """Insert what an update makes of its query."""
        return self.insert(updated(seed(query), update, inserting=True))

    def remove(self, document: Document) -> None:
        """Take a document away."""
        del self.documents[order(document["_id"])]

    def add_index(self, index: Document) -> None:
        """Declare an index; what is there already has to keep it."""
        name = index["name"]
        if name in self.indexes and self.indexes[name] != index:
            raise DuplicateError(f"{name}, which is declared differently")
        self.indexes[name] = index
        for document in self.documents.values():
            self._keep_unique(document)

    def _keep_unique(self, document: Document) -> None:
        for index in self.indexes.values():
            scope = index.get("partialFilterExpression", {})
            if not index.get("unique") or not matches(document, scope):
                continue
            key = _key(document, index)
            own = order(document["_id"])
            for name, other in self.documents.items():
                if name != own and _key(other, index) == key and matches(other, scope):
                    raise DuplicateError(index["name"])


def _key(document: Document, index: Document) -> list[Bson]:
    return [order(at(document, path)) for path in index["key"]]
