"""Specifications: what stands behind a field's name (`decimal >= 0`, `unique`, `between 1 and 5`) becomes a `Spec`.

`SPEC_RULES` is the whole grammar: each rule looks at the tokens from one place on and says how many it used.
"""

from collections.abc import Sequence
from dataclasses import replace

from codebegen.understanding.embedded.bounds import behind_rule, bound_rule, length_rule, range_rule
from codebegen.understanding.embedded.comparisons import cap_rule, comparison_rule, lettered_rule, or_more_rule
from codebegen.understanding.embedded.lexicon import words
from codebegen.understanding.embedded.spec_model import TYPE_PHRASES, TYPE_WORDS, Spec, SpecRule, lows_at
from codebegen.understanding.embedded.spec_unique import alone_rule, scoped_rule
from codebegen.understanding.embedded.text import Token, Tokens
from codebegen.understanding.embedded.values import read_values


def _phrase_rule(phrases: dict[str, dict[str, object]]) -> SpecRule:
    """A rule for fixed phrases, the longest first."""
    table: dict[str, list[tuple[tuple[str, ...], dict[str, object]]]] = {}
    for text, change in sorted(phrases.items(), key=lambda row: -len(row[0].split())):
        table.setdefault(text.split()[0], []).append((tuple(text.split()), change))

    def rule(tokens: Sequence[Token], at: int, spec: Spec) -> tuple[int, Spec] | None:
        for lows, change in table.get(tokens[at].low, ()):
            if lows_at(tokens, at, len(lows)) == lows:
                return len(lows), replace(spec, **change)  # type: ignore[arg-type]
        return None

    return rule


_FLAGS = _phrase_rule(
    {
        **{
            key: {"optional": True}
            for key in (
                "optional",
                "optionally",
                "nullable",
                "not required",
                "may be empty",
                "can be empty",
                "may be null",
                "can be null",
                "or null",
                "if any",
                "can be missing",
                "may be missing",
                "null",
                "not mandatory",
                "or empty",
                "if known",
                "if available",
                "where known",
                "when known",
                "or none",
            )
        },
        **{
            key: {"required": True}
            for key in (
                "required",
                "mandatory",
                "not null",
                "obligatory",
                "not empty",
                "non-null",
                "must be set",
                "must be given",
                "notnull",
            )
        },
        **{
            key: {"unique": True}
            for key in (
                "unique",
                "must be unique",
                "should be unique",
                "is unique",
                "can not repeat",
                "cannot repeat",
                "no duplicates",
                "can't repeat",
                "must not repeat",
                "not repeated",
                "distinct",
            )
        },
        **{
            key: {"immutable": True}
            for key in (
                "immutable",
                "cannot be changed",
                "can not be changed",
                "never changes",
                "read-only",
                "readonly",
            )
        },
        **{key: {"write_only": True} for key in ("write-only", "hashed", "encrypted", "stored hashed")},
        **{
            key: {"skip": True}
            for key in ("primary key", "pk", "auto increment", "autoincrement", "auto-increment", "auto", "serial")
        },
        **{key: {"min": "0", "exclusive_min": True} for key in ("positive",)},
        **{
            key: {"min": "0"}
            for key in (
                "can never go below zero",
                "never below zero",
                "cannot go below zero",
                "can not go below zero",
                "must not go below zero",
                "never goes below zero",
                "may not go below zero",
                "never negative",
                "can never be negative",
                "may not be negative",
            )
        },
        "?": {"asked": True},
        **{
            key: {"min": "0"}
            for key in (
                "non-negative",
                "not negative",
                "nonnegative",
                "can't be negative",
                "cannot be negative",
                "must not be negative",
                "isn't negative",
                "is not negative",
                "is never negative",
            )
        },
        **{
            key: {"type": "boolean"}
            for key in ("yes / no", "yes or no", "true / false", "true or false", "y / n", "or not")
        },
    }
)


def _type(tokens: Sequence[Token], at: int, spec: Spec) -> tuple[int, Spec] | None:
    """`string(120)`, `decimal(10,2)`, `list of strings`, `whole number`."""
    low = tokens[at].low
    if spec.type is None and (two := TYPE_PHRASES.get(lows_at(tokens, at, 2))) is not None:
        return 2, replace(spec, type=two)
    if low == "year" and len(tokens) == 1:
        return 1, replace(spec, type="integer")
    if low in ("time", "times") and at and tokens[at - 1].tag in ("#", "D", "Q"):
        return None  # `cannot be given two times`
    if at and tokens[at - 1].low in ("the", "this", "our"):
        return None  # `only once in the list`
    kind = TYPE_WORDS.get(low) or (TYPE_WORDS.get(low[:-1]) if low.endswith("s") else None)
    if kind is None or spec.type is not None:
        return None
    if kind == "list":
        inner = (
            TYPE_WORDS.get(tokens[at + 2].low.removesuffix("s"))
            if lows_at(tokens, at + 1, 1) == ("of",) and at + 2 < len(tokens)
            else None
        )
        return (3 if inner else 1), replace(spec, type="list", item_type=inner or "string")
    used, changed = 1, replace(spec, type=kind)
    if at + 1 < len(tokens) and tokens[at + 1].kind == "group":
        return 2, _sized(changed, tokens[at + 1].inside)
    if at + 1 < len(tokens) and tokens[at + 1].kind == "number" and lows_at(tokens, at + 2, 1) in ((), (",",)):
        # `text 80`
        return 2, _sized(changed, tuple(tokens[at + 1 : at + 2]))
    return used, changed


def _sized(spec: Spec, inside: Tokens) -> Spec:
    """What stands in the brackets of a type: a length, a precision, the values of an enum."""
    if spec.type == "enum" and (listed := read_values(inside, strong=True)) is not None:
        return read_spec(listed[2], replace(spec, values=listed[0], moves=listed[1]))
    if spec.type == "enum" or any(token.kind != "number" and token.text != "," for token in inside):
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
        if lows_at(tokens, at, len(lead)) != lead:
            continue
        begin = at + len(lead)
        while begin < len(tokens) and tokens[begin].low in (":", "=", "to", "is", "of", "value"):
            begin += 1
        taken = _value_tokens(tokens, begin)
        return (begin - at + len(taken), replace(spec, default=_raw(taken))) if taken else None
    for behind in _BY_DEFAULT:
        if lows_at(tokens, at + 1, len(behind)) == behind and tokens[at].kind in ("word", "number"):
            return 1 + len(behind), replace(spec, default=tokens[at].low)
    return None


_BY_DEFAULT = (
    ("by", "default"),
    *(("unless", said, "otherwise") for said in ("told", "stated", "said", "set", "specified", "given", "noted")),
)


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
    begin += 1 if lows_at(tokens, begin, 1) in (("a",), ("full",), ("whole",)) else 0
    if (
        begin < len(tokens)
        and tokens[begin].low in words.UNITS
        and (begin > at or tokens[begin].low not in ("m", "s", "h", "g"))
    ):
        step = 2 if lows_at(tokens, begin + 1, 1) and tokens[begin + 1].text in ("2", "²") else 1
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
    (("foreign", "key", "to"), "one"),
    (("fk", "to"), "one"),
    (("fk",), "one"),
    (("foreign", "key"), "one"),
    (("reference", "to"), "one"),
    (("references",), "one"),
    (("ref", "to"), "one"),
    (("ref",), "one"),
    (("relation", "to"), "one"),
    (("belongs", "to"), "one"),
    (("many-to-many", "with"), "many"),
    (("many-to-many", "to"), "many"),
    (("many", "to", "many", "with"), "many"),
    (("m2m", "with"), "many"),
    (("m2m", "to"), "many"),
    (("many-to-many",), "many"),
    (("many", "to", "many"), "many"),
    (("m2m",), "many"),
    (("many-to-one", "to"), "one"),
    (("many-to-one", "with"), "one"),
    (("many-to-one",), "one"),
    (("one-to-one", "with"), "single"),
    (("one-to-one", "to"), "single"),
    (("one-to-one",), "single"),
    (("one-to-many", "with"), "children"),
    (("one-to-many", "to"), "children"),
    (("one-to-many",), "children"),
    (("link", "to"), "one"),
    (("links", "to"), "one"),
    (("points", "to"), "one"),
    (("->",), "one"),
    (("→",), "one"),
    (("list", "of"), "many"),
    (("id", "of"), "one"),
)


_NAMING = (frozenset(("N", "J", "VG", "VP", "V")), frozenset(("N", "J", "VG", "VP")))


def _link(tokens: Sequence[Token], at: int, spec: Spec) -> tuple[int, Spec] | None:
    """`-> Product`, `FK to Patient`, `many-to-many with Treatment`."""
    for lead, link in _LINK_LEADS:
        if lead[0] != tokens[at].low or lows_at(tokens, at, len(lead)) != lead:
            continue
        begin = at + len(lead)
        while begin < len(tokens) and tokens[begin].tag in ("D", "Q", "#"):
            begin += 1
        if lead == ("list", "of") and begin < len(tokens) and tokens[begin].low.removesuffix("s") in TYPE_WORDS:
            return None
        taken: list[Token] = []
        # "FK to Garage": what is pointed to is a thing, though its name be a verb too.
        while begin < len(tokens) and len(taken) < 3 and tokens[begin].tag in _NAMING[bool(taken)]:
            taken.append(tokens[begin])
            begin += 1
        return begin - at, replace(spec, link=link, target=tuple(taken))
    return None


def _computed(tokens: Sequence[Token], at: int, spec: Spec) -> tuple[int, Spec] | None:
    """`computed from items`, `sum of its lines`."""
    if tokens[at].low in ("computed", "calculated", "derived", "=") or lows_at(tokens, at, 2) in (
        ("sum", "of"),
        ("auto", "calculated"),
        ("average", "of"),
    ):
        return len(tokens) - at, replace(spec, computed=tuple(tokens[at:]))
    return None


def _check(tokens: Sequence[Token], at: int, spec: Spec) -> tuple[int, Spec] | None:
    """`check (max_kw between 3 and 400)`: a bound behind the name of the column."""
    if tokens[at].low != "check" or at + 1 >= len(tokens) or tokens[at + 1].kind != "group":
        return None
    inside = tokens[at + 1].inside
    bounded = read_spec(inside[1:], spec)
    return (2, bounded) if len(inside) > 1 and bounded.unknown == spec.unknown else None


SPEC_RULES: tuple[SpecRule, ...] = (
    _check,
    _link,
    scoped_rule,
    alone_rule,
    or_more_rule,
    behind_rule,
    range_rule,
    bound_rule,
    comparison_rule,
    cap_rule,
    lettered_rule,
    length_rule,
    _default,
    _FLAGS,
    _type,
    _computed,
    _unit,
)


NOTHING = Spec()


def read_spec(tokens: Sequence[Token], spec: Spec = NOTHING) -> Spec:
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
