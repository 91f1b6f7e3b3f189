"""Specifications: what stands behind a field's name (`decimal >= 0`, `unique`, `between 1 and 5`) becomes a `Spec`.

`SPEC_RULES` is the whole grammar: each rule looks at the tokens from one place on and says how many it used.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from codebegen.blueprint import FieldType
from codebegen.understanding.embedded.lexicon import words
from codebegen.understanding.embedded.phrases import number_of
from codebegen.understanding.embedded.text import Token, Tokens


@dataclass(frozen=True)
class Spec:
    """Everything that was said about one field besides its name."""

    type: FieldType | None = None
    item_type: FieldType | None = None
    optional: bool = False
    required: bool = False
    unique: bool = False
    unique_scope: Tokens = ()
    min: str | None = None
    max: str | None = None
    exclusive_min: bool = False
    exclusive_max: bool = False
    min_length: int | None = None
    max_length: int | None = None
    default: str | None = None
    values: tuple[str, ...] = ()
    moves: tuple[tuple[str, str], ...] = ()
    target: Tokens = ()
    link: str = ""
    computed: Tokens = ()
    unit: str | None = None
    scale: int | None = None
    immutable: bool = False
    write_only: bool = False
    skip: bool = False
    parts: tuple[str, ...] = ()
    unknown: Tokens = ()


TYPE_WORDS: dict[str, FieldType] = {
    **dict.fromkeys(("string", "str", "varchar", "char", "nvarchar"), "string"),
    **dict.fromkeys(("text", "longtext", "markdown", "html", "clob"), "text"),
    **dict.fromkeys(("int", "integer", "bigint", "smallint", "long"), "integer"),
    **dict.fromkeys(("decimal", "numeric", "number", "money", "currency"), "decimal"),
    **dict.fromkeys(("float", "double", "real"), "float"),
    **dict.fromkeys(("bool", "boolean", "flag", "checkbox"), "boolean"),
    "date": "date",
    **dict.fromkeys(("datetime", "timestamp", "timestamptz", "date-time"), "datetime"),
    "time": "time",
    **dict.fromkeys(("duration", "interval"), "duration"),
    "uuid": "uuid", "email": "email", "url": "url", "uri": "url", "phone": "phone", "slug": "slug",
    **dict.fromkeys(("json", "jsonb", "dict"), "json"),
    **dict.fromkeys(("list", "array"), "list"),
    **dict.fromkeys(("file", "blob", "binary"), "file"),
    "image": "image", "password": "password", "enum": "enum", "geo": "geo", "point": "geo",
}  # fmt: skip

_Rule = Callable[[Sequence[Token], int, Spec], "tuple[int, Spec] | None"]


def _low(tokens: Sequence[Token], at: int, count: int) -> tuple[str, ...]:
    return tuple(token.low for token in tokens[at : at + count])


def _phrase_rule(phrases: dict[str, dict[str, object]]) -> _Rule:
    """A rule for fixed phrases, the longest first."""
    table = sorted(((tuple(text.split()), change) for text, change in phrases.items()), key=lambda row: -len(row[0]))

    def rule(tokens: Sequence[Token], at: int, spec: Spec) -> tuple[int, Spec] | None:
        for lows, change in table:
            if _low(tokens, at, len(lows)) == lows:
                return len(lows), replace(spec, **change)  # type: ignore[arg-type]
        return None

    return rule


_FLAGS = _phrase_rule(
    {
        **dict.fromkeys(
            ("optional", "optionally", "nullable", "not required", "may be empty", "can be empty", "may be null", "can be null",
             "or null", "if any", "can be missing", "may be missing", "null", "not mandatory", "or empty", "if known", "if available",
             "where known", "when known", "or none"),
            {"optional": True},
        ),
        **dict.fromkeys(("required", "mandatory", "not null", "obligatory", "not empty", "non-null", "must be set", "must be given", "notnull"), {"required": True}),
        **dict.fromkeys(
            ("unique", "must be unique", "should be unique", "is unique", "can not repeat", "cannot repeat", "no duplicates", "can't repeat",
             "must not repeat", "not repeated", "distinct"),
            {"unique": True},
        ),
        **dict.fromkeys(("immutable", "cannot be changed", "can not be changed", "never changes", "read-only", "readonly"), {"immutable": True}),
        **dict.fromkeys(("write-only", "hashed", "encrypted", "stored hashed"), {"write_only": True}),
        **dict.fromkeys(("primary key", "pk", "auto increment", "autoincrement", "auto-increment", "auto", "serial"), {"skip": True}),
        **dict.fromkeys(("positive",), {"min": "0", "exclusive_min": True}),
        **dict.fromkeys(("can never go below zero", "never below zero", "cannot go below zero", "can not go below zero", "must not go below zero", "never goes below zero", "may not go below zero", "never negative", "can never be negative", "may not be negative"), {"min": "0"}),
        **dict.fromkeys(("?",), {"type": "boolean"}),
        **dict.fromkeys(("non-negative", "not negative", "nonnegative", "can't be negative", "cannot be negative", "must not be negative"), {"min": "0"}),
        **dict.fromkeys(("yes / no", "yes or no", "true / false", "true or false", "y / n", "or not"), {"type": "boolean"}),
    }
)  # fmt: skip


def _type(tokens: Sequence[Token], at: int, spec: Spec) -> tuple[int, Spec] | None:
    """`string(120)`, `decimal(10,2)`, `list of strings`."""
    low = tokens[at].low
    kind = TYPE_WORDS.get(low) or (TYPE_WORDS.get(low[:-1]) if low.endswith("s") else None)
    if kind is None or spec.type is not None:
        return None
    if kind == "list":
        inner = (
            TYPE_WORDS.get(tokens[at + 2].low.removesuffix("s"))
            if _low(tokens, at + 1, 1) == ("of",) and at + 2 < len(tokens)
            else None
        )
        return (3 if inner else 1), replace(spec, type="list", item_type=inner or "string")
    used, changed = 1, replace(spec, type=kind)
    if at + 1 < len(tokens) and tokens[at + 1].kind == "group":
        return 2, _sized(changed, tokens[at + 1].inside)
    return used, changed


def _sized(spec: Spec, inside: Tokens) -> Spec:
    """What stands in the brackets of a type: a length, a precision, the values of an enum."""
    if spec.type == "enum" or any(token.kind == "word" for token in inside):
        return replace(read_spec(inside, spec), type=spec.type)
    numbers = [part for token in inside if token.kind == "number" for part in token.text.split(",")]
    if (
        spec.type in ("string", "text", "email", "url", "slug", "phone", "password")
        and numbers
        and numbers[-1].isdigit()
    ):
        return replace(spec, max_length=int(numbers[-1]))
    if spec.type == "decimal" and len(numbers) == 2 and numbers[1].isdigit():
        return replace(spec, scale=int(numbers[1]))
    return spec


_LENGTH_WORDS = frozenset("char chars character characters letter letters symbols digits digit long signs".split())
_LOWER = (("minimum", "of"), ("at", "least"), ("minimum",), ("min",), ("no", "less", "than"), (">=",), ("≥",), ("starting", "at"), ("not", "less", "than"), ("from",))  # fmt: skip
_UPPER = (("maximum", "of"), ("at", "most"), ("up", "to"), ("no", "more", "than"), ("not", "more", "than"), ("maximum",), ("max",), ("<=",), ("≤",), ("of", "up", "to"), ("limited", "to"))  # fmt: skip
_OVER = ((">",), ("more", "than"), ("greater", "than"), ("above",), ("bigger", "than"), ("must", "be", "greater", "than"), ("must", "be", "above"))  # fmt: skip
_UNDER = (("<",), ("less", "than"), ("below",), ("smaller", "than"), ("lower", "than"))


def _number_text(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """A number at `at`, with its sign; what follows the number."""
    sign = ""
    if at < len(tokens) and tokens[at].text in ("-", "–"):
        sign, at = "-", at + 1
    if at >= len(tokens):
        return None
    if tokens[at].kind == "number":
        text = tokens[at].text
        text = (
            text.replace(",", "") if text.count(",") and len(text.rpartition(",")[2]) == 3 else text.replace(",", ".")
        )
        return (sign + text, at + 1) if text.count(".") <= 1 else None
    number = number_of(tokens[at])
    return None if number is None else (f"{sign}{number}", at + 1)


def _after_number(tokens: Sequence[Token], end: int) -> tuple[int, bool, str | None]:
    """Swallows `characters` or a unit behind a number: new end, whether it is a length, the unit."""
    if end < len(tokens) and tokens[end].low in _LENGTH_WORDS:
        step = 2 if _low(tokens, end + 1, 1) == ("long",) else 1
        return end + step, True, None
    if end < len(tokens) and tokens[end].low in words.UNITS and tokens[end].low not in ("m", "s", "h", "min"):
        return end + 1, False, words.UNITS[tokens[end].low]
    return end, False, None


def _bounded(spec: Spec, low: str | None, high: str | None, is_length: bool, unit: str | None) -> Spec:
    if is_length or spec.type in ("string", "text", "password", "slug"):
        whole = lambda text: int(text) if text and text.isdigit() else None  # noqa: E731
        return replace(
            spec, min_length=whole(low) if low else spec.min_length, max_length=whole(high) if high else spec.max_length
        )
    return replace(spec, min=low or spec.min, max=high or spec.max, unit=unit or spec.unit)


def _range(tokens: Sequence[Token], at: int, spec: Spec) -> tuple[int, Spec] | None:
    """`1-5`, `0..10`, `between 10 and 240`, `from 1 to 5`, `from 1 until 5`."""
    begin = at + 1 if tokens[at].low in ("between", "from", "in", "range") else at
    if _low(tokens, begin, 2) == ("the", "range"):
        begin += 2
    first = _number_text(tokens, begin)
    if (
        first is None
        or first[1] >= len(tokens)
        or tokens[first[1]].low not in ("-", "–", "—", "..", "...", "…", "to", "and", "until", "till")
    ):
        return None
    if tokens[first[1]].low == "and" and tokens[at].low != "between":
        return None
    second = _number_text(tokens, first[1] + 1)
    if second is None:
        return None
    end, is_length, unit = _after_number(tokens, second[1])
    return end - at, _bounded(spec, first[0], second[0], is_length, unit)


def _bound(tokens: Sequence[Token], at: int, spec: Spec) -> tuple[int, Spec] | None:
    for leads, side, exclusive in (
        (_LOWER, "low", False),
        (_UPPER, "high", False),
        (_OVER, "low", True),
        (_UNDER, "high", True),
    ):
        for lead in leads:
            if _low(tokens, at, len(lead)) != lead:
                continue
            begin = at + len(lead)
            begin += 1 if _low(tokens, begin, 1) in (("length",), (":",), ("=",)) else 0
            number = _number_text(tokens, begin)
            if number is None:
                continue
            end, is_length, unit = _after_number(tokens, number[1])
            is_length = is_length or _low(tokens, at + len(lead), 1) == ("length",)
            low, high = (number[0], None) if side == "low" else (None, number[0])
            out = _bounded(spec, low, high, is_length, unit)
            if exclusive and not is_length:
                out = replace(
                    out,
                    exclusive_min=side == "low" or spec.exclusive_min,
                    exclusive_max=side == "high" or spec.exclusive_max,
                )
            return end - at, out
    return None


def _length(tokens: Sequence[Token], at: int, spec: Spec) -> tuple[int, Spec] | None:
    """`120 characters`, `length 10`."""
    begin = at + 1 if tokens[at].low in ("length", "len") else at
    number = _number_text(tokens, begin) if begin < len(tokens) and tokens[begin].kind == "number" else None
    if number is None:
        return None
    end, is_length, _ = _after_number(tokens, number[1])
    if not (is_length or begin > at) or not number[0].isdigit():
        return None
    return end - at, replace(spec, max_length=int(number[0]))


def _default(tokens: Sequence[Token], at: int, spec: Spec) -> tuple[int, Spec] | None:
    """`default 10`, `defaults to draft`, `default: now`, `draft by default`."""
    for lead in (
        ("by", "default"),
        ("defaults", "to"),
        ("default", "to"),
        ("default", "is"),
        ("default", "value"),
        ("defaulting", "to"),
        ("initially",),
        ("default",),
    ):
        if _low(tokens, at, len(lead)) != lead:
            continue
        begin = at + len(lead)
        while begin < len(tokens) and tokens[begin].low in (":", "=", "to", "is", "of", "value"):
            begin += 1
        taken = _value_tokens(tokens, begin)
        return (begin - at + len(taken), replace(spec, default=_raw(taken))) if taken else None
    if len(tokens) > at + 2 and _low(tokens, at + 1, 2) == ("by", "default") and tokens[at].kind in ("word", "number"):
        return 3, replace(spec, default=tokens[at].low)
    return None


def _value_tokens(tokens: Sequence[Token], at: int) -> Tokens:
    """One value: up to the next sign or conjunction, three words at most."""
    out: list[Token] = []
    for token in tokens[at : at + 3]:
        if token.kind not in ("word", "number") or token.low in (
            "and",
            "or",
            "optional",
            "required",
            "unique",
            "max",
            "min",
        ):
            break
        out.append(token)
    return tuple(out)


def _raw(tokens: Sequence[Token]) -> str:
    return " ".join(token.text for token in tokens)


def _unit(tokens: Sequence[Token], at: int, spec: Spec) -> tuple[int, Spec] | None:
    """`in kilograms`, `hours`, `%`."""
    begin = at + 1 if tokens[at].low in ("in", "as") else at
    begin += 1 if _low(tokens, begin, 1) in (("a",), ("full",), ("whole",)) else 0
    if (
        begin < len(tokens)
        and tokens[begin].low in words.UNITS
        and (begin > at or tokens[begin].low not in ("m", "s", "h", "g"))
    ):
        step = 2 if _low(tokens, begin + 1, 1) and tokens[begin + 1].text in ("2", "²") else 1
        unit = words.UNITS[tokens[begin].low] + ("2" if step == 2 else "")
        return begin - at + step, replace(spec, unit=unit)
    if (
        begin > at
        and begin + 1 < len(tokens)
        and tokens[begin].low in ("square", "cubic")
        and tokens[begin + 1].low in words.UNITS
    ):
        return begin - at + 2, replace(
            spec, unit=words.UNITS[tokens[begin + 1].low] + ("2" if tokens[begin].low == "square" else "3")
        )
    return None


_LINK_LEADS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("foreign", "key", "to"), "one"), (("fk", "to"), "one"), (("fk",), "one"), (("foreign", "key"), "one"), (("reference", "to"), "one"),
    (("references",), "one"), (("ref", "to"), "one"), (("ref",), "one"), (("relation", "to"), "one"), (("belongs", "to"), "one"),
    (("many-to-many", "with"), "many"), (("many-to-many", "to"), "many"), (("many", "to", "many", "with"), "many"), (("m2m", "with"), "many"),
    (("m2m", "to"), "many"), (("many-to-many",), "many"), (("many", "to", "many"), "many"), (("m2m",), "many"), (("many-to-one", "to"), "one"),
    (("many-to-one", "with"), "one"), (("many-to-one",), "one"), (("one-to-one", "with"), "single"), (("one-to-one", "to"), "single"),
    (("one-to-one",), "single"), (("one-to-many", "with"), "children"), (("one-to-many", "to"), "children"), (("one-to-many",), "children"),
    (("link", "to"), "one"), (("links", "to"), "one"), (("points", "to"), "one"), (("->",), "one"), (("→",), "one"), (("list", "of"), "many"), (("id", "of"), "one"),
)  # fmt: skip


def _link(tokens: Sequence[Token], at: int, spec: Spec) -> tuple[int, Spec] | None:
    """`-> Product`, `FK to Patient`, `many-to-many with Treatment`."""
    for lead, link in _LINK_LEADS:
        if _low(tokens, at, len(lead)) != lead:
            continue
        begin = at + len(lead)
        while begin < len(tokens) and tokens[begin].tag in ("D", "Q", "#"):
            begin += 1
        if lead == ("list", "of") and begin < len(tokens) and tokens[begin].low.removesuffix("s") in TYPE_WORDS:
            return None
        taken: list[Token] = []
        while begin < len(tokens) and tokens[begin].tag in ("N", "J", "VG", "VP") and len(taken) < 3:
            taken.append(tokens[begin])
            begin += 1
        return begin - at, replace(spec, link=link, target=tuple(taken))
    return None


def _computed(tokens: Sequence[Token], at: int, spec: Spec) -> tuple[int, Spec] | None:
    """`computed from items`, `sum of its lines`."""
    if tokens[at].low in ("computed", "calculated", "derived", "=") or _low(tokens, at, 2) in (
        ("sum", "of"),
        ("auto", "calculated"),
        ("average", "of"),
    ):
        return len(tokens) - at, replace(spec, computed=tuple(tokens[at:]))
    return None


SPEC_RULES: tuple[_Rule, ...] = (_link, _range, _bound, _length, _default, _FLAGS, _type, _computed, _unit)


def read_spec(tokens: Sequence[Token], spec: Spec = Spec()) -> Spec:
    """All rules over all tokens; what no rule takes is kept as `unknown`."""
    unknown: list[Token] = []
    at = 0
    while at < len(tokens):
        if tokens[at].kind == "group":
            spec = read_spec(tokens[at].inside, spec)
            at += 1
            continue
        hit = next((found for rule in SPEC_RULES if (found := rule(tokens, at, spec)) is not None), None)
        if hit is None:
            unknown.append(tokens[at])
            at += 1
        else:
            at, spec = at + hit[0], hit[1]
    return replace(spec, unknown=spec.unknown + tuple(unknown))
