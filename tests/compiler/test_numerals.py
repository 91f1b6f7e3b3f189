"""A pattern accepts exactly the plain numerals between two bounds: compared with `Decimal` on either side of each."""

import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from codebegen.compiler.numerals import between


def plain(number: Decimal) -> str:
    return f"{number:f}"


@st.composite
def bounds(draw: st.DrawFn) -> tuple[Decimal, Decimal, int]:
    scale = draw(st.integers(0, 4))
    unit = Decimal(1).scaleb(-scale)
    ends = draw(st.lists(st.integers(-200_000, 200_000) | st.integers(-30, 30), min_size=2, max_size=2))
    low, high = sorted(end * unit for end in ends)
    return low, high, scale


@given(bounds(), st.data())
@example((Decimal("-0.5"), Decimal("0.5"), 1), None)
@example((Decimal(0), Decimal(0), 0), None)
@example((Decimal("9.99"), Decimal("10.01"), 2), None)
def test_exactly_the_numerals_between_bounds(case: tuple[Decimal, Decimal, int], data: st.DataObject | None) -> None:
    low, high, scale = case
    unit = Decimal(1).scaleb(-scale)
    pattern = re.compile(between(low, high, scale), re.ASCII)
    tried = {low, high, low - unit, high + unit, Decimal(0), (low + high) / 2}
    if data is not None:
        tried |= {Decimal(n) * unit for n in data.draw(st.lists(st.integers(-300_000, 300_000), max_size=20))}
    for number in (n.quantize(unit) for n in tried):
        assert bool(pattern.match(plain(number))) == (low <= number <= high), (number, pattern.pattern)


@given(bounds(), st.integers(-200_000, 200_000))
def test_trailing_zeros_may_be_left_out(case: tuple[Decimal, Decimal, int], units: int) -> None:
    low, high, scale = case
    number = Decimal(units).scaleb(-scale)
    written = plain(number)
    short = written.rstrip("0").rstrip(".") if "." in written else written
    pattern = re.compile(between(low, high, scale))
    if short not in ("-0", ""):
        assert bool(pattern.match(short)) == (low <= number <= high)


@pytest.mark.parametrize("text", ["", "01", "1.", ".5", "+1", "1e1", " 1", "1\n2", "1.000", "--1", "1,0", "NaN", "٣"])
def test_nothing_else_is_a_numeral(text: str) -> None:
    assert re.match(between(Decimal(0), Decimal(100), 2), text, re.ASCII) is None


@pytest.mark.parametrize(
    ("low", "high", "scale", "pattern"),
    [
        ("0", "9", 0, r"^(\d)$"),
        ("5", "5", 0, r"^(5)$"),
        ("0", "100", 0, r"^((\d|100|[1-9]\d{1}))$"),
    ],
)
def test_a_pattern_can_be_read(low: str, high: str, scale: int, pattern: str) -> None:
    assert between(Decimal(low), Decimal(high), scale) == pattern
