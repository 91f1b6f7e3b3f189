"""Dates and times of a blueprint, as generated code spells them."""

import datetime as dt

from codebegen.compiler.literals import python


def moment(kind: str, value: object) -> str:
    """`dt.date.fromisoformat("2024-01-31")`; a point in time without a zone is one in UTC."""
    text = str(value)
    if kind == "datetime":
        point = dt.datetime.fromisoformat(text)
        text = (point if point.tzinfo else point.replace(tzinfo=dt.UTC)).isoformat()
    return f"dt.{kind}.fromisoformat({python(text)})"
