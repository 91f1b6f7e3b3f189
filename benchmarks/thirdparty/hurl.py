"""Runs files of the Hurl format: requests, the expected status, captures and asserts over JSON.

Only what suites for JSON APIs use is known; anything else is an error, never passed over.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

REQUEST = re.compile(r"^(GET|POST|PUT|PATCH|DELETE) (\S+)$")
STATUS = re.compile(r"^HTTP (\d{3})$")
HEADER = re.compile(r"^([\w-]+): (.*)$")
CAPTURE = re.compile(r'^(\w+): jsonpath "([^"]+)"$')
ASSERT = re.compile(r'^jsonpath "([^"]+)" (.+)$')
STEP = re.compile(r"\.(\w+)|\[(\d+)\]")
ABSENT = object()
KINDS: dict[str, Callable[[Any], bool]] = {
    "isString": lambda value: isinstance(value, str),
    "isList": lambda value: isinstance(value, list),
    "isInteger": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "isBoolean": lambda value: isinstance(value, bool),
    "exists": lambda value: value is not ABSENT,
    "isEmpty": lambda value: value in ("", [], {}),
}


@dataclass
class Entry:
    """One request of a file, and what is expected of its answer."""

    line: int
    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    status: int = 0
    captures: list[tuple[str, str]] = field(default_factory=list)
    asserts: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Result:
    """What came of one entry: the status, and asserts that do not hold; `blocked` by a value that never came."""

    entry: Entry
    status: int
    wrong: tuple[str, ...]
    blocked: bool = False


Send = Callable[[str, str, dict[str, str], Any], tuple[int, Any]]


def parse(text: str) -> list[Entry]:
    """The entries of a file."""
    entries: list[Entry] = []
    part = ""
    for number, line in enumerate(text.splitlines(), 1):
        if request := REQUEST.match(line):
            entries.append(Entry(number, request[1], request[2]))
            part = "headers"
        elif line.startswith("#") or not line.strip():
            continue
        elif status := STATUS.match(line):
            entries[-1].status = int(status[1])
            part = "answer"
        elif line in ("[Captures]", "[Asserts]"):
            part = line
        else:
            _take(entries[-1], part, line)
    return entries


def _take(entry: Entry, part: str, line: str) -> None:
    """One line inside an entry."""
    if part == "headers" and (header := HEADER.match(line)):
        entry.headers[header[1]] = header[2]
    elif part in ("headers", "answer") and not entry.status:
        entry.body += line + "\n"
    elif part == "[Captures]" and (capture := CAPTURE.match(line)):
        entry.captures.append((capture[1], capture[2]))
    elif part == "[Asserts]" and (claim := ASSERT.match(line)):
        entry.asserts.append((claim[1], claim[2]))
    else:
        raise ValueError(f"not understood: {line}")


def run(entries: list[Entry], send: Send, values: dict[str, Any]) -> Iterator[Result]:
    """Every entry in turn; what one captures the next may use."""
    known = dict(values)
    for entry in entries:
        needed = re.findall(r"\{\{(\w+)\}\}", f"{entry.url}{entry.headers}{entry.body}")
        if any(name not in known for name in needed):
            yield Result(entry, 0, (), blocked=True)
            continue
        body = json.loads(filled(entry.body, known)) if entry.body else None
        headers = {name: filled(value, known) for name, value in entry.headers.items()}
        status, answer = send(entry.method, filled(entry.url, known), headers, body)
        for name, path in entry.captures:
            if (value := find(answer, path)) is not ABSENT:
                known[name] = value
        claims = [(path, filled(claim, known)) for path, claim in entry.asserts]
        wrong = [f"{path} {claim}" for path, claim in claims if not holds(find(answer, path), claim)]
        yield Result(entry, status, tuple(wrong))


def filled(text: str, known: dict[str, Any]) -> str:
    """Placeholders replaced."""
    return re.sub(r"\{\{(\w+)\}\}", lambda match: str(known.get(match[1], match[0])), text)


def find(document: Any, path: str) -> Any:  # noqa: ANN401 - whatever JSON can say
    """What a JSONPath of members and positions leads to."""
    for name, position in STEP.findall(path.removeprefix("$")):
        try:
            document = document[name] if name else document[int(position)]
        except (LookupError, TypeError):
            return ABSENT
    return document


def literal(text: str) -> Any:  # noqa: ANN401 - whatever JSON can say
    """What an assert compares with: JSON, or the bare text of a captured value."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def holds(value: Any, claim: str) -> bool:  # noqa: ANN401 - whatever JSON can say
    """Whether an assert is true."""
    negated = claim.startswith("not ")
    word, _, rest = claim.removeprefix("not ").partition(" ")
    if word in KINDS:
        return KINDS[word](value) is not negated
    if value is ABSENT or negated:
        return False
    if word == "count":
        return isinstance(value, list) and holds(len(value), rest)
    wanted = literal(rest)
    known: dict[str, Callable[[], bool]] = {
        "==": lambda: bool(value == wanted),
        "!=": lambda: bool(value != wanted),
        ">=": lambda: bool(value >= wanted),
        "contains": lambda: wanted in value,
        "matches": lambda: re.search(wanted, value) is not None,
    }
    return known[word]()
