"""The readers: one a format, each from text to `Schema`, and the words and endings by which formats are asked for."""

from collections.abc import Callable

from codebegen.understanding.formats.dbml import read_dbml
from codebegen.understanding.formats.jdl import read_jdl
from codebegen.understanding.formats.mermaid import read_mermaid
from codebegen.understanding.formats.openapi import read_openapi
from codebegen.understanding.formats.prisma import read_prisma
from codebegen.understanding.formats.samples import read_samples
from codebegen.understanding.formats.schema import Format, Schema


def _read_sql(text: str) -> Schema:
    from codebegen.understanding.formats.sql import read_sql  # noqa: PLC0415 - sqlglot is loaded where there is SQL

    return read_sql(text)


READERS: dict[Format, Callable[[str], Schema]] = {
    "jdl": read_jdl,
    "dbml": read_dbml,
    "prisma": read_prisma,
    "mermaid": read_mermaid,
    "sql": _read_sql,
    "openapi": read_openapi,
    "json": read_samples,
}

TITLES: dict[Format, str] = {
    "jdl": "JHipster JDL",
    "dbml": "DBML",
    "prisma": "Prisma",
    "mermaid": "Mermaid ER",
    "sql": "SQL",
    "openapi": "OpenAPI",
    "json": "JSON samples",
}
