"""CSV, as clients of the application write and read it: by the standard library alone."""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from tests.kit.callers import NOTHING, PREFIX, Body, Caller, Item

Row = dict[str, str]
COMPUTED = re.compile(r"[=+@\t\r]|-(?!\d+(\.\d+)?$)")


def rows_of(text: str) -> list[Row]:
    """Return the rows of a file, by the names of its columns."""
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def cell(value: object) -> str:
    """Return what a cell holds of a value of JSON; a text that a spreadsheet would compute has a quote before it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if COMPUTED.match(value) else value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def file_of(bodies: Sequence[Body], delimiter: str = ",") -> str:
    """Return a file with a row for each body."""
    text = io.StringIO(newline="")
    columns = list(dict.fromkeys(name for body in bodies for name in body))
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(columns)
    writer.writerows([cell(body.get(name)) for name in columns] for body in bodies)
    return text.getvalue()


async def exported(caller: Caller, path: str, /, **query: object) -> list[Row]:
    """Return the rows of an export that must succeed."""
    response = await caller.get(f"{path}.csv", **query)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert response.headers["content-disposition"].startswith("attachment; filename=")
    return rows_of(response.text)


async def sent(
    caller: Caller, path: str, file: str | bytes, *, dry_run: bool = False, headers: Mapping[str, str] = NOTHING
) -> httpx.Response:
    """Import a file."""
    return await caller.client.post(
        f"{PREFIX}{path}.csv",
        content=file,
        params={"dry_run": "true"} if dry_run else {},
        headers={"Content-Type": "text/csv", **caller.headers, **headers},
    )


async def imported(caller: Caller, path: str, bodies: Sequence[Body]) -> list[Any]:
    """Import bodies, which must succeed, and return the ids of the new rows."""
    response = await sent(caller, path, file_of(bodies))
    assert response.status_code == 200, response.text
    answer: Item = response.json()
    assert answer == {"dry_run": False, "rows": len(bodies), "ids": answer["ids"]}
    return list(answer["ids"])


def lines_of(response: httpx.Response) -> list[int]:
    """Return the lines of a file that a 422 complains about."""
    assert response.status_code == 422, response.text
    return [error["loc"][1] for error in response.json()["errors"]]
