"""Regular expressions for decimal numbers between two bounds, so that a JSON Schema says exactly what is accepted."""

from decimal import ROUND_FLOOR, Decimal


def between(low: Decimal, high: Decimal, scale: int) -> str:
    r"""A pattern for plain numerals of at most `scale` decimal places from `low` to `high`: `^(\d{1,2}|100)$`."""
    parts = []
    if low < 0:
        parts.append("-(" + _positive(max(-high, Decimal(0)), -low, scale) + ")")
    if high >= 0:
        parts.append(_positive(max(low, Decimal(0)), high, scale))
    return "^(" + "|".join(parts) + ")$"


def _positive(low: Decimal, high: Decimal, scale: int) -> str:
    """Alternatives for 0 ≤ low ≤ high: the edges with part of their fractions, what is between with all of them."""
    unit = 10**scale
    first, last = int(low.to_integral_value(ROUND_FLOOR)), int(high.to_integral_value(ROUND_FLOOR))
    from_, to = int((low - first) * unit), int((high - last) * unit)
    if first == last:
        return f"{first}" + _fraction(from_, to, scale)
    parts = []
    if from_ > 0:
        parts.append(f"{first}" + _fraction(from_, unit - 1, scale))
        first += 1
    edge = f"{last}" + _fraction(0, to, scale) if to < unit - 1 else None
    whole_last = last if edge is None else last - 1
    if first <= whole_last:
        parts.append(_group(_whole(first, whole_last)) + _fraction(0, unit - 1, scale))
    return "|".join([*parts, *([edge] if edge is not None else [])])


def _fraction(low: int, high: int, scale: int) -> str:
    """Decimal places from `low` to `high` (in units of the last place), written with 1 to `scale` digits or none."""
    if scale == 0:
        return ""
    unit = 10**scale
    if (low, high) == (0, unit - 1):
        return rf"(\.\d{{1,{scale}}})?"
    parts = []
    for length in range(1, scale + 1):
        step = 10 ** (scale - length)
        start, end = -(-low // step), high // step
        if start <= end:
            parts.append(_fixed(str(start).zfill(length), str(end).zfill(length)))
    optional = "?" if low == 0 else ""
    return rf"(\.{_group('|'.join(parts))}){optional}"


def _whole(low: int, high: int) -> str:
    """Whole numbers from `low` to `high` without leading zeros."""
    parts = []
    full: list[int] = []
    for length in range(len(str(low)), len(str(high)) + 1):
        smallest, greatest = 10 ** (length - 1) if length > 1 else 0, 10**length - 1
        if length > 1 and low <= smallest and greatest <= high:
            full.append(length - 1)
        else:
            parts.append(_fixed(str(max(low, smallest)), str(min(high, greatest))))
    if full:
        digits = f"{full[0]},{full[-1]}" if len(full) > 1 else f"{full[0]}"
        parts.append(rf"[1-9]\d{{{digits}}}")
    return "|".join(parts)


def _fixed(low: str, high: str) -> str:
    """Digit strings of one length from `low` to `high`."""
    if not low:
        return ""
    if low == high:
        return low
    rest = len(low) - 1
    if set(low[1:]) <= {"0"} and set(high[1:]) <= {"9"}:
        return _digit(low[0], high[0]) + (rf"\d{{{rest}}}" if rest > 1 else r"\d" * rest)
    if low[0] == high[0]:
        return low[0] + _group(_fixed(low[1:], high[1:]))
    start, end = int(low[0]), int(high[0])
    parts, tail = [], []
    if set(low[1:]) - {"0"}:
        parts.append(low[0] + _group(_fixed(low[1:], "9" * rest)))
        start += 1
    if set(high[1:]) - {"9"}:
        tail.append(high[0] + _group(_fixed("0" * rest, high[1:])))
        end -= 1
    if start <= end:
        parts.append(_digit(str(start), str(end)) + r"\d" * rest)
    return "|".join(parts + tail)


def _digit(low: str, high: str) -> str:
    if low == high:
        return low
    return r"\d" if (low, high) == ("0", "9") else f"[{low}-{high}]"


def _group(pattern: str) -> str:
    return f"({pattern})" if "|" in pattern else pattern
