"""OpenAPI: the schemas of a document and its paths enter, a schema leaves; what is no CRUD is left over."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from codebegen import naming
from codebegen.understanding.formats.openapi_fields import Properties, column, plain_object, target_of
from codebegen.understanding.formats.schema import Column, FormatError, Key, Leftover, Schema, Table
from codebegen.understanding.formats.tree import Node, read_tree

_METHODS = ("get", "post", "put", "patch", "delete")
_FRONT = re.compile(r"^(New|Create|Update|Patch|Insert|Partial|Upsert|Public|Base)(?=[A-Z])")
_BACK = re.compile(
    r"(?<=[a-z0-9])(Create|Update|Patch|New|Input|Output|In|Out|InDB|Request|Response|Dto|DTO|Body|Payload|Base|Read|Write|Public|"
    r"Detail|Details|Summary|Model|Schema|Resource|List|Page|Collection|Array)$"
)
_NO_THINGS = re.compile(
    r"(.*Error|Error.*|.*Problem.*|Problem.*|Token.*|.*Token|Login.*|.*Credentials|Pagination.*|Paging.*|Paginat.*|Meta|Metadata|Links?|"
    r"PageInfo|Api(Response|Error)|Message|Health.*|Status|ValidationError.*|HTTPValidation.*|Success.*|Refresh.*|.*Filter|.*Query)"
)
_AUTH = frozenset(
    "login logout register signup signin token refresh auth session password forgot reset verify me".split()
)
_HINT = "put schemas of objects under components.schemas"


@dataclass
class _Reader:
    root: Node
    schemas: dict[str, Node]
    properties: Properties
    things: dict[str, str] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    leftovers: list[Leftover] = field(default_factory=list)
    inner: dict[str, tuple[str, Node]] = field(default_factory=dict)
    back: list[tuple[str, Key]] = field(default_factory=list)


def read_openapi(text: str) -> Schema:
    """The schema of a document in JSON or YAML; raises `FormatError`."""
    root = read_tree(text)
    if root.kind != "map" or not (root.get("openapi") or root.get("swagger")):
        raise FormatError("this is no OpenAPI document: `openapi` is missing", 0, 'begin with `openapi: "3.1.0"`')
    told = root.get("components", "schemas") or root.get("definitions")
    schemas = dict(told.items()) if told is not None else {}
    reader = _Reader(root, schemas, Properties(schemas))
    _find_things(reader)
    _find_bodies(reader)
    for name, schema in list(reader.things.items()):
        reader.tables[name] = _table(reader, name, reader.schemas[schema])
    while reader.inner:
        name, (_, node) = next(iter(reader.inner.items()))
        del reader.inner[name]
        reader.tables.setdefault(name, _table(reader, name, node))
    for name, key in reader.back:
        table = reader.tables[name]
        if all(known.target != key.target for known in table.keys):
            reader.tables[name] = replace(table, keys=(*table.keys, key))
    if not reader.tables:
        raise FormatError("no schema of an object is in it", 0, _HINT)
    reader.leftovers += _operations(reader)
    accounts = (
        "securitySchemes" in (root.get("components") or root).names or root.get("securityDefinitions") is not None
    )
    return Schema(
        "openapi",
        tuple(reader.tables.values()),
        tuple(reader.leftovers),
        title=root.text("info", "title"),
        accounts=accounts,
    )


def _find_things(reader: _Reader) -> None:
    """Schemas of things that are kept, the fullest form of each: `Pet` rather than `NewPet` and `PetList`."""
    forms: dict[str, list[str]] = {}
    for name, node in reader.schemas.items():
        if reader.properties.of(node) is None:
            continue
        base = _BACK.sub("", _FRONT.sub("", name)) or name
        if _NO_THINGS.fullmatch(name) or _is_page(reader, name, node):
            reason = "errors, pages and tokens have one form in every project"
            reader.leftovers.append(Leftover(node.span, f"{name}: {reason}", loss=False))
            continue
        forms.setdefault(base, []).append(name)
    for base, names in forms.items():
        exact = base if base in names else max(names, key=lambda n: len(reader.properties.of(reader.schemas[n]) or ()))
        reader.things[base] = exact


def _is_page(reader: _Reader, name: str, node: Node) -> bool:
    """A list of things with numbers around it."""
    found = reader.properties.of(node) or {}
    lists = [n for n in found.values() if n.text("type") == "array"]
    others = [k for k, n in found.items() if n.text("type") != "array"]
    numbers = {
        "total",
        "count",
        "limit",
        "offset",
        "page",
        "pages",
        "size",
        "next",
        "previous",
        "cursor",
        "has_more",
        "meta",
    }
    return (
        len(lists) == 1
        and bool(re.search(r"(List|Page|Paginated|Collection|Response|Result)", name))
        and all(naming.snake(key).split("_")[0] in numbers or naming.snake(key) in numbers for key in others)
    )


def _find_bodies(reader: _Reader) -> None:
    """Objects that only a request says, under the name of its path."""
    known = {naming.singular(naming.snake(name)) for name in reader.things}
    for path, method, operation in _calls(reader.root):
        last = _nouns(path)[-1:] or [""]
        thing = naming.singular(last[0])
        body = _body(operation)
        if (
            method != "post"
            or not thing
            or thing in known
            or thing in _AUTH
            or body is None
            or plain_object(body) is None
        ):
            continue
        name = naming.pascal(thing)
        reader.schemas[name] = body
        reader.things[name] = name
        known.add(thing)


def _body(operation: Node) -> Node | None:
    content = operation.get("requestBody", "content")
    if content is not None:
        return next((node.get("schema") for _, node in content.items()), None)
    parameters = operation.get("parameters")
    bodies = [p for p in (parameters.nodes if parameters else ()) if p.text("in") == "body"]
    return bodies[0].get("schema") if bodies else None


def _table(reader: _Reader, name: str, node: Node) -> Table:
    found = reader.properties.of(node) or {}
    required = reader.properties.required(node)
    columns: list[Column] = []
    keys: list[Key] = []
    for key, value in found.items():
        relation = _relation(reader, name, key, value, required=key in required)
        if relation is not None:
            keys += [relation] if relation is not _HELD else []
            continue
        made = column(key, value, reader.schemas, required=key in required, leftovers=reader.leftovers)
        columns.append(made)
        target = _pointed(reader, name, key, value)
        if target is not None:
            keys.append(Key(target, made.span, (key,), required=made.required))
    return Table(name, node.span, tuple(columns), tuple(keys), description=node.text("description"))


_HELD = Key("", (0, 0))
"""Says that the other side holds a relation."""


def _relation(reader: _Reader, owner: str, key: str, value: Node, *, required: bool) -> Key | None:
    """The key of a property that is another thing, or a list of such."""
    many = value.text("type") == "array"
    inner = value.get("items") if many else value
    if inner is None:
        return None
    target = _thing(reader, target_of(inner))
    if target is None:
        if plain_object(inner) is None:
            return None
        target = naming.pascal(naming.singular(naming.snake(key)) if many else naming.snake(key))
        target = (
            f"{owner}{target}"
            if target in reader.tables or target in reader.things or target in ("Item", "Line")
            else target
        )
        reader.inner.setdefault(target, (owner, inner))
        contained = True
    else:
        contained = naming.snake(target).startswith(f"{naming.snake(owner)}_")
    if not many:
        return Key(target, value.span, name=key, required=required and not value.flag("readOnly"))
    if contained:
        back = Key(owner, value.span, name=owner, required=True, on_delete="cascade")
        reader.back.append((target, back))
        return _HELD
    others = reader.properties.of(reader.schemas[reader.things[target]]) or {}
    if any(_thing(reader, target_of(n)) == owner or _pointed(reader, target, k, n) == owner for k, n in others.items()):
        return _HELD
    pair = [
        n for n in others.values() if n.text("type") == "array" and _thing(reader, target_of(n.get("items"))) == owner
    ]
    if pair and any(
        k.target == owner and k.kind == "many_to_many" for k in reader.tables.get(target, Table("", (0, 0))).keys
    ):
        return _HELD
    return Key(target, value.span, name=key, kind="many_to_many")


def _thing(reader: _Reader, reference: str) -> str | None:
    """The thing that a schema's name stands for."""
    base = _BACK.sub("", _FRONT.sub("", reference)) or reference
    return base if base in reader.things else None


def _pointed(reader: _Reader, owner: str, key: str, value: Node) -> str | None:
    """The thing that `categoryId` points to."""
    name = naming.snake(key)
    if not name.endswith("_id") or value.text("type") not in ("integer", "string", "number"):
        return None
    stem = name.removesuffix("_id")
    known = {naming.snake(thing): thing for thing in reader.things}
    people = next((known[word] for word in ("user", "account") if word in known), None)
    if stem in ("owner", "author", "creator", "assignee", "reviewer", "sender", "recipient", "created_by") and people:
        return known.get(stem, people)
    if stem == "parent":
        return owner
    return known.get(stem) or known.get(stem.split("_")[-1])


def _calls(root: Node) -> Iterator[tuple[str, str, Node]]:
    paths = root.get("paths")
    for path, methods in paths.items() if paths is not None else ():
        for method, operation in methods.items():
            if method in _METHODS and operation.kind == "map":
                yield path, method, operation


def _nouns(path: str) -> list[str]:
    return [naming.snake(part) for part in path.split("/") if part and not part.startswith(("{", ":"))]


def _operations(reader: _Reader) -> Iterator[Leftover]:
    """Operations that are neither the usual ones on a collection nor those of accounts."""
    known = {naming.singular(naming.snake(name)) for name in reader.tables}
    for path, method, operation in _calls(reader.root):
        nouns = _nouns(path)
        last = naming.singular(nouns[-1]) if nouns else ""
        if last in known or not nouns or set(nouns) & _AUTH or last in ("health", "openapi"):
            continue
        words = operation.text("summary") or operation.text("operationId")
        reason = f"{method.upper()} {path}{f' ({words})' if words else ''} is no create, list, read, update or delete"
        yield Leftover(operation.span, reason, "say in a sentence who may do what, and what it changes")
