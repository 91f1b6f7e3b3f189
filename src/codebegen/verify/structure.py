"""Compares an OpenAPI document with what the blueprint promised. Pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from codebegen.verify.expected import ExpectedApi, ExpectedEntity, ExpectedOperation
from codebegen.verify.report import Finding

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
Operation = Mapping[str, Any]
Operations = dict[tuple[str, str], Operation]


def compare(expected: ExpectedApi, document: Mapping[str, Any]) -> Iterator[Finding]:
    """Everything in which the document falls short of the promise, or goes beyond it."""
    operations = operations_of(document)
    for promise in expected.operations:
        yield from check_operation(promise, operations, document)
    yield from check_surplus(expected, operations)
    for entity in expected.entities:
        yield from check_entity(entity, operations, document)


def operations_of(document: Mapping[str, Any]) -> Operations:
    """By method and path; names of path parameters do not matter."""
    return {
        (method.upper(), anonymous(path)): operation
        for path, item in document.get("paths", {}).items()
        for method, operation in item.items()
        if method.upper() in METHODS
    }


def anonymous(path: str) -> str:
    """`/posts/{post_id}` → `/posts/{}`."""
    return re.sub(r"\{[^}]*\}", "{}", path)


def check_operation(
    promise: ExpectedOperation, operations: Operations, document: Mapping[str, Any]
) -> Iterator[Finding]:
    """It is there, and says that it needs a login if it does."""
    place = f"{promise.method} {promise.path}"
    operation = operations.get((promise.method, anonymous(promise.path)))
    if operation is None:
        yield Finding("is promised by the blueprint and missing", place)
        return
    security = operation.get("security", document.get("security", []))
    if promise.access == "protected" and not (security and all(security)):
        yield Finding("is protected by the blueprint, and declares no security", place)


def check_surplus(expected: ExpectedApi, operations: Operations) -> Iterator[Finding]:
    """What nobody promised: a hand-written addition is told; a `PUT` beside a `PATCH` breaks the contract."""
    promised = {(item.method, anonymous(item.path)) for item in expected.operations}
    for method, path in operations:
        if (method, path) in promised:
            continue
        if method == "PUT" and ("PATCH", path) in promised:
            yield Finding("must not be there: items are changed by PATCH", f"{method} {path}")
        else:
            yield Finding("is offered, and the blueprint does not ask for it", f"{method} {path}", severity="warning")


def check_entity(entity: ExpectedEntity, operations: Operations, document: Mapping[str, Any]) -> Iterator[Finding]:
    """An item shows every promised field, and `POST` takes every writable one."""
    collection = anonymous(entity.collection)
    shown = answer_schema(operations, collection)
    if shown is not None:
        present = properties(shown, document)
        for field in entity.readable:
            if field not in present:
                yield Finding(f"{entity.name}.{field} is not shown", f"GET {entity.collection}/{{id}}")
    create = operations.get(("POST", collection))
    if create is not None and entity.writable:
        taken = properties(content_schema(create.get("requestBody", {})), document)
        for field in entity.writable:
            if field not in taken:
                yield Finding(f"{entity.name}.{field} can't be written", f"POST {entity.collection}")


def answer_schema(operations: Operations, collection: str) -> Mapping[str, Any] | None:
    """The schema of one item, from whichever operation returns it."""
    for key, status in ((("GET", collection + "/{}"), "200"), (("POST", collection), "201")):
        operation = operations.get(key)
        if operation is not None:
            return content_schema(operation.get("responses", {}).get(status, {}))
    return None


def content_schema(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema of a JSON request or answer."""
    for kind, content in body.get("content", {}).items():
        if "json" in kind:
            schema: Mapping[str, Any] = content.get("schema", {})
            return schema
    return {}


def properties(schema: object, document: Mapping[str, Any], depth: int = 0) -> set[str]:
    """Names of the properties, through references and unions."""
    if not isinstance(schema, Mapping) or depth > 8:
        return set()
    names = set(schema.get("properties", {}))
    if "$ref" in schema:
        names |= properties(resolved(schema["$ref"], document), document, depth + 1)
    for union in ("allOf", "anyOf", "oneOf"):
        for part in schema.get(union, []):
            names |= properties(part, document, depth + 1)
    return names


def resolved(reference: str, document: Mapping[str, Any]) -> object:
    """What a local reference points to; nothing for any other."""
    node: object = document
    for part in reference.removeprefix("#/").split("/"):
        node = node.get(part, {}) if isinstance(node, Mapping) else {}
    return node
