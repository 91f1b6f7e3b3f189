"""Bounds told of a row itself: `a fine lies between 50 and 500 euros`, `a remark may have up to 280 characters`.

The field that is meant is one that the row has; where it has none, it gets one.
"""

from codebegen.understanding.embedded.build_fields import kind_of
from codebegen.understanding.embedded.draft import DraftEntity
from codebegen.understanding.embedded.facts import Limit
from codebegen.understanding.embedded.lexicon import words

_NUMBERS = frozenset("amount points value score rating stars quantity level".split())
_WORDED = tuple("text body content message comment description remark note remarks notes question title name".split())
_MONEY = frozenset(("eur", "usd", "gbp", "chf", "cents"))
_MOMENTS = frozenset(("date", "datetime", "time"))
_KINDS = {"amount": frozenset(("decimal", "money")), "duration": frozenset(("duration",))}


def field_bounded(row: DraftEntity, fact: Limit) -> tuple[str, bool]:
    """The name of the field that is meant, and whether it is there; no name where none can be told."""
    data = fact.data
    if data.get("min_length") is not None or data.get("max_length") is not None:
        found = next((name for name in _WORDED if name in row.fields), "")
        return found or "text", bool(found)
    unit = data.get("unit")
    told = "amount" if unit in _MONEY else "duration" if unit in words.TIME_UNITS else ""
    if told == "duration" and sum(kind_of(f, row) in _MOMENTS for f in row.fields.values()) > 1:
        return "", False  # from when to when says how long
    kinds = _KINDS.get(told, frozenset())
    names = [n for n, f in row.fields.items() if n in _NUMBERS or kind_of(f, row) in kinds]
    if len(names) == 1:
        return names[0], True
    return ("", False) if names else (told, False)
