"""Bounds: `1-5`, `at most 40 characters`, `> 0`, `between 10 and 240`."""

from collections.abc import Sequence
from dataclasses import replace

from codebegen.understanding.embedded.lexicon import words
from codebegen.understanding.embedded.phrases import number_of
from codebegen.understanding.embedded.spec_model import Spec, lows_at
from codebegen.understanding.embedded.text import Token

_LOWER = (
    ("minimum", "of"),
    ("at", "least"),
    ("minimum",),
    ("min",),
    ("no", "less", "than"),
    (">=",),
    ("≥",),
    ("starting", "at"),
    ("not", "less", "than"),
    ("never", "less", "than"),
    ("no", "fewer", "than"),
    ("never", "under"),
    ("never", "below"),
    ("not", "under"),
    ("not", "below"),
    ("not", "before"),
    ("not", "earlier", "than"),
    ("from",),
)


_UPPER = (
    ("maximum", "of"),
    ("at", "most"),
    ("up", "to"),
    ("no", "more", "than"),
    ("not", "more", "than"),
    ("no", "longer", "than"),
    ("maximum",),
    ("max",),
    ("<=",),
    ("≤",),
    ("not", "longer", "than"),
    ("never", "longer", "than"),
    ("never", "more", "than"),
    ("never", "over"),
    ("never", "above"),
    ("not", "over"),
    ("not", "above"),
    ("or", "over"),
    ("not", "exceed"),
    ("not", "exceeding"),
    ("never", "exceed"),
    ("of", "up", "to"),
    ("limited", "to"),
)


_EXACT = (("exactly",), ("precisely",))


_OVER = (
    (">",),
    ("more", "than"),
    ("greater", "than"),
    ("above",),
    ("bigger", "than"),
    ("must", "be", "greater", "than"),
    ("must", "be", "above"),
)


_UNDER = (("<",), ("less", "than"), ("below",), ("smaller", "than"), ("lower", "than"))


def number_text(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """A number at `at`, with its sign; what follows the number."""
    sign = ""
    if at < len(tokens) and tokens[at].text in ("-", "–", "−"):
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


_CASES = frozenset("capital upper lower uppercase lowercase".split())


def after_number(tokens: Sequence[Token], end: int) -> tuple[int, bool, str | None]:
    """Swallows `characters` or a unit behind a number: new end, whether it is a length, the unit."""
    if lows_at(tokens, end, 1) == ("-",) and end + 1 < len(tokens) and tokens[end + 1].low in words.LENGTH_WORDS:
        return end + 2, True, None  # `2-letter`
    plain = end + 1 < len(tokens) and (tokens[end].tag == "J" or tokens[end].low in _CASES)
    if plain and tokens[end + 1].low in words.LENGTH_WORDS:
        end += 1  # `10 capital letters`
    if end < len(tokens) and tokens[end].low in words.LENGTH_WORDS:
        step = 2 if lows_at(tokens, end + 1, 1) == ("long",) else 1
        step = 3 if lows_at(tokens, end + 1, 2) == ("in", "length") else step
        return end + step, True, None
    if end < len(tokens) and tokens[end].low in words.UNITS and tokens[end].low not in ("m", "s", "h", "min"):
        return end + 1, False, words.UNITS[tokens[end].low]
    return end, False, None


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None


def bounded(spec: Spec, low: str | None, high: str | None, is_length: bool, unit: str | None) -> Spec:
    """A specification with these bounds; of a text, or where it is told in characters, of its length."""
    if is_length or spec.type in ("string", "text", "password", "slug"):
        return replace(spec, min_length=_whole(low) or spec.min_length, max_length=_whole(high) or spec.max_length)
    return replace(spec, min=low or spec.min, max=high or spec.max, unit=unit or spec.unit)


def range_rule(tokens: Sequence[Token], at: int, spec: Spec) -> tuple[int, Spec] | None:
    """`1-5`, `0..10`, `between 10 and 240`, `from 1 to 5`, `from 1 until 5`."""
    begin = at + 1 if tokens[at].low in ("between", "from", "in", "range") else at
    if lows_at(tokens, begin, 2) == ("the", "range"):
        begin += 2
    first = number_text(tokens, begin)
    if (
        first is None
        or first[1] >= len(tokens)
        or tokens[first[1]].low not in ("-", "–", "—", "..", "...", "…", "to", "too", "and", "until", "till")
    ):
        return None
    if tokens[first[1]].low == "and" and tokens[at].low != "between":
        return None
    second = number_text(tokens, first[1] + 1)
    if second is None:
        return None
    end, is_length, unit = after_number(tokens, second[1])
    return end - at, bounded(spec, first[0], second[0], is_length, unit)


def bound_rule(tokens: Sequence[Token], at: int, spec: Spec) -> tuple[int, Spec] | None:
    """`>= 0`, `at most 40 characters`, `min 5`."""
    for leads, side, exclusive in (
        (_LOWER, "low", False),
        (_UPPER, "high", False),
        (_OVER, "low", True),
        (_UNDER, "high", True),
        (_EXACT, "both", False),
    ):
        for lead in leads:
            if lead[0] != tokens[at].low or lows_at(tokens, at, len(lead)) != lead:
                continue
            begin = at + len(lead)
            begin += 1 if lows_at(tokens, begin, 1) in (("length",), (":",), ("=",), (".",)) else 0
            number = number_text(tokens, begin)
            if number is None:
                continue
            end, is_length, unit = after_number(tokens, number[1])
            is_length = is_length or lows_at(tokens, at + len(lead), 1) == ("length",)
            if side == "both" and not is_length:
                continue
            low, high = (number[0] if side != "high" else None), (number[0] if side != "low" else None)
            out = bounded(spec, low, high, is_length, unit)
            if exclusive and not is_length:
                out = replace(
                    out,
                    exclusive_min=side == "low" or spec.exclusive_min,
                    exclusive_max=side == "high" or spec.exclusive_max,
                )
            return end - at, out
    return None


_BEHIND_LOW = (("or", "more"), ("or", "later"), ("or", "older"), ("or", "above"), ("or", "higher"), ("at", "least"))
_BEHIND_HIGH = (("or", "less"), ("or", "fewer"), ("or", "earlier"), ("or", "below"), ("or", "lower"), ("at", "most"))


def behind_rule(tokens: Sequence[Token], at: int, spec: Spec) -> tuple[int, Spec] | None:
    """`1950 or later`, `2000 characters at most`, `12 or fewer`."""
    number = number_text(tokens, at)
    if number is None:
        return None
    end, is_length, unit = after_number(tokens, number[1])
    sign = lows_at(tokens, end, 2)
    if sign not in _BEHIND_LOW + _BEHIND_HIGH or number_text(tokens, end + 2) is not None:
        return None
    low, high = (number[0], None) if sign in _BEHIND_LOW else (None, number[0])
    return end + 2 - at, bounded(spec, low, high, is_length, unit)


def length_rule(tokens: Sequence[Token], at: int, spec: Spec) -> tuple[int, Spec] | None:
    """`120 characters`, `length 10`."""
    begin = at + 1 if tokens[at].low in ("length", "len") else at
    number = number_text(tokens, begin) if begin < len(tokens) else None
    if number is None:
        return None
    end, is_length, _ = after_number(tokens, number[1])
    if not (is_length or (begin > at and tokens[begin].kind == "number")) or not number[0].isdigit():
        return None
    exact = int(number[0]) if tokens[end - 1].low in _EXACT_SIGNS and int(number[0]) <= _CODE else None
    end += exact is not None and lows_at(tokens, end, 1) in (("code",), ("string",), ("number",))
    length = int(number[0])
    return end - at, replace(
        spec, min_length=exact or spec.min_length, max_length=length, plain_length=is_length and begin == at
    )


def with_exact_length(name: str, spec: Spec) -> Spec:
    """`key (25 characters)` has just as many, `title (120 characters)` has at most."""
    is_code = name.rsplit("_", 1)[-1] in _CODES
    return replace(spec, min_length=spec.max_length) if spec.plain_length and is_code and not spec.min_length else spec


_CODES = frozenset(
    "key code sha hash digest fingerprint token pin vin isin isbn issn isrc iban bic ean upc imei iccid mac "
    "checksum lei serial barcode".split()
)


# A code of two letters has two; a title of 120 characters has at most as many.
_EXACT_SIGNS = frozenset("letter letters digit digits".split())
_CODE = 16
