"""Fields of every type, with constraints and defaults that fit it."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from codebegen.blueprint import Field, stated
from codebegen.blueprint.fields import FieldType
from tests.compiler.drawing_names import NASTY, VALUES, prose

TYPES: tuple[FieldType, ...] = (
    "string", "text", "integer", "decimal", "float", "boolean", "date", "datetime", "time", "duration", "uuid",
    "email", "url", "phone", "slug", "money", "geo", "json", "enum", "list", "file", "image", "password",
)  # fmt: skip
PATTERNS = [r"^[a-z]+$", r"^\d{3}-\d{4}$", r"^\S+$", r'^"quoted"\\$', r"^(?P<part>a|b)+$", r"[\u4e00-\u9fff]*"]


@st.composite
def fields(draw: Any, name: str) -> Field:
    """A field of any type, with constraints and a default that fit it."""
    kind = draw(st.sampled_from(TYPES))
    values: dict[str, Any] = draw(_constraints(kind))
    required = draw(st.booleans())
    if kind in ("json", "geo", "list", "password"):
        values["unique"] = False
    return Field(
        name=name,
        type=kind,
        required=required,
        immutable=draw(st.booleans()),
        write_only=draw(st.sampled_from([False, False, False, True])),
        read_only=draw(st.sampled_from([False, False, False, not required])),
        description=draw(prose()),
        provenance=draw(st.sampled_from([stated("it"), stated("it"), Field(name="x").provenance])),
        **values,
    )


@st.composite
def _constraints(draw: Any, kind: FieldType) -> dict[str, Any]:
    values: dict[str, Any] = {"unique": draw(st.sampled_from([False, False, True]))}
    match kind:
        case "enum":
            values["values"] = tuple(draw(st.lists(st.sampled_from(VALUES), min_size=1, max_size=6, unique=True)))
            values["default"] = draw(st.sampled_from([None, values["values"][0]]))
            values["unique"] = False
        case "string" | "text" | "slug":
            values |= draw(_lengths())
            values["pattern"] = draw(st.sampled_from([None, None, *PATTERNS])) if kind == "string" else None
            if kind != "slug" and values["pattern"] is None and values["min_length"] is None:
                texts = ["", "x", *(t for t in NASTY if len(t) <= (values["max_length"] or 255) and "\0" not in t)]
                values["default"] = draw(st.sampled_from([None, *texts]))
        case "integer" | "duration" | "decimal" | "money" | "float":
            values |= draw(_numbers(kind))
        case "date" | "datetime" | "time":
            values |= draw(_moments(kind))
        case "boolean":
            values["default"] = draw(st.sampled_from([None, True, False]))
            values["unique"] = False
        case "list":
            values["item_type"] = draw(
                st.sampled_from(["string", "integer", "decimal", "date", "email", "uuid", "url"])
            )
            values |= {"min": draw(st.sampled_from([None, 0, 1])), "max": draw(st.sampled_from([None, 1, 5, 1000]))}
        case _:
            pass
    return values


@st.composite
def _lengths(draw: Any) -> dict[str, Any]:
    low = draw(st.none() | st.integers(0, 20))
    high = draw(st.none() | st.integers(max(low or 1, 1), 9000))
    return {"min_length": low, "max_length": high}


@st.composite
def _numbers(draw: Any, kind: FieldType) -> dict[str, Any]:
    values: dict[str, Any] = {"unit": "minutes"} if kind == "duration" else {}
    if kind in ("decimal", "money"):
        values["scale"] = draw(st.sampled_from([0, 1, 2, 4, 6]))
    whole = kind in ("integer", "duration")
    places = {"scale": 2, **values}["scale"] or 0
    numbers = st.integers(-5000, 5000) if whole else st.decimals(-5000, 5000, places=min(places, 2)).map(float)
    low = draw(st.none() | numbers)
    high = draw(st.none() | numbers.filter(lambda n: low is None or n > low + 3))
    values |= {"min": low, "max": high}
    if kind in ("decimal", "money") and draw(st.booleans()):
        values |= {key: str(Decimal(str(values[key]))) for key in ("min", "max") if values[key] is not None}
    values |= {"exclusive_min": low is not None and draw(st.booleans())}
    values |= {"exclusive_max": high is not None and draw(st.booleans())}
    inside = (low or 0) + 1 if low is not None else ((high or 0) - 1 if high is not None else 0)
    values["default"] = draw(st.sampled_from([None, int(inside) if whole else round(inside, 2)]))
    return values


@st.composite
def _moments(draw: Any, kind: FieldType) -> dict[str, Any]:
    first: Any = {
        "date": date(2020, 1, 31),
        "datetime": draw(
            st.sampled_from(
                [datetime.fromisoformat("2020-01-31T12:00:00"), datetime.fromisoformat("2020-01-31T12:00:00Z")]
            )
        ),
        "time": time(8, 30),
    }[kind]
    last = time(20, 0) if isinstance(first, time) else first + timedelta(days=4000)
    low, high = (draw(st.sampled_from([None, edge.isoformat()])) for edge in (first, last))
    now = {"date": "today", "datetime": "now", "time": "now"}[kind]
    return {
        "min": low,
        "max": high,
        "exclusive_min": low is not None and draw(st.booleans()),
        "default": draw(st.sampled_from([None, now, first.isoformat()])),
    }
