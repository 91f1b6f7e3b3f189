"""Types: the words that formats use for the types of columns, and what a column's name adds to them."""

import re
from dataclasses import replace
from typing import Any

from codebegen import naming
from codebegen.blueprint import FieldType
from codebegen.blueprint.fields import LARGEST
from codebegen.understanding.formats.schema import Column

_LONGEST_TEXT = 100_000
_MOST_PLACES = 10

WORDS: dict[str, FieldType] = {
    **dict.fromkeys(
        "string varchar char character nvarchar nchar bpchar varchar2 nvarchar2 citext str name".split(), "string"
    ),
    **dict.fromkeys("inet cidr macaddr macaddr8 xml bit varbit objectid cuid ulid nanoid".split(), "string"),
    **dict.fromkeys("text tinytext mediumtext longtext clob ntext textblob markdown".split(), "text"),
    **dict.fromkeys(
        "int integer int2 int4 int8 smallint mediumint tinyint bigint long short byte number".split(), "integer"
    ),
    **dict.fromkeys(
        "serial bigserial smallserial serial4 serial8 year utinyint usmallint uint umediumint ubigint".split(),
        "integer",
    ),
    **dict.fromkeys("decimal numeric dec fixed bigdecimal udecimal".split(), "decimal"),
    **dict.fromkeys("float double real float4 float8 double_precision udouble".split(), "float"),
    **dict.fromkeys("money smallmoney currency".split(), "money"),
    **dict.fromkeys("bool boolean".split(), "boolean"),
    **dict.fromkeys("date localdate".split(), "date"),
    **dict.fromkeys(
        "datetime datetime2 smalldatetime timestamp timestamptz timestampltz timestampntz datetimeoffset instant "
        "zoneddatetime localdatetime date_time timestamp_with_time_zone timestamp_without_time_zone".split(),
        "datetime",
    ),
    **dict.fromkeys("time timetz localtime".split(), "time"),
    **dict.fromkeys("interval duration".split(), "duration"),
    **dict.fromkeys("uuid guid uniqueidentifier".split(), "uuid"),
    **dict.fromkeys("json jsonb hstore object variant map".split(), "json"),
    **dict.fromkeys("point geometry geography polygon linestring geo".split(), "geo"),
    **dict.fromkeys(
        "blob bytea binary varbinary longblob mediumblob tinyblob image_blob bytes anyblob file".split(), "file"
    ),
    **dict.fromkeys("imageblob image".split(), "image"),
    "email": "email",
    "url": "url",
    "uri": "url",
    "phone": "phone",
    "slug": "slug",
    "password": "password",
}

_BIG = frozenset("bigint int8 bigserial serial8 long ubigint".split())
_GENERATED = frozenset("serial bigserial smallserial serial4 serial8".split())
_UNSIGNED = frozenset("utinyint usmallint uint umediumint ubigint udecimal udouble".split())


def typed(word: str, sizes: tuple[int, ...] = ()) -> dict[str, Any] | None:
    """What a type's word and the numbers in its brackets say about a column; None for a word that is no type."""
    low = re.sub(r"\W+", "_", word.strip().lower())
    kind = WORDS.get(low)
    if kind is None:
        return None
    found: dict[str, Any] = {"type": kind}
    if kind == "string" and sizes and 1 <= sizes[0] <= _LONGEST_TEXT:
        found["max_length"] = sizes[0]
    if kind in ("decimal", "money") and len(sizes) == 2:
        found["scale"] = min(sizes[1], _MOST_PLACES)
    if low == "tinyint" and sizes == (1,):
        found["type"] = "boolean"
    if low in _BIG:
        found["max"] = LARGEST
    if low in _UNSIGNED:
        found["min"] = 0
    if low in _GENERATED:
        found["generated"] = True
    if kind == "duration":
        found["unit"] = "seconds"
    return found


_NAMED: tuple[tuple[re.Pattern[str], FieldType], ...] = (
    (re.compile(r"(.*_)?e?mail(_address)?"), "email"),
    (re.compile(r"(.*_)?(url|uri|website|homepage)"), "url"),
    (re.compile(r"(.*_)?(phone|mobile|telephone|fax)(_number)?"), "phone"),
    (re.compile(r"(.*_)?slug"), "slug"),
    (re.compile(r"password"), "password"),
)
_TEXTS = ("string", "text")


def refined(column: Column) -> Column:
    """A text whose name says which kind of text it is: `email`, `website_url`, `phone`."""
    if column.type not in _TEXTS or column.values or column.pattern:
        return column
    name = naming.snake(column.name)
    kind = next((kind for pattern, kind in _NAMED if pattern.fullmatch(name)), None)
    return replace(column, type=kind) if kind else column
