"""Bounds that several fields share: `aroma, taste and look, each from 1 to 10`, `reading and writing, 0 to 25 each`."""

from collections.abc import Sequence
from dataclasses import replace

from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.lexicon import nouns
from codebegen.understanding.embedded.spec import read_spec
from codebegen.understanding.embedded.spec_model import Spec
from codebegen.understanding.embedded.text import Token, Tokens
from codebegen.understanding.embedded.types import field_type

_EACH = frozenset(("each", "apiece", "respectively"))
_TIMES = (("a", "time"), ("in", "turn"))
_SIDES = ("min", "max", "min_length", "max_length")
_BOUNDED = frozenset(("string", "integer", "decimal", "float", "percent"))


def share_bounds(items: Sequence[Item], piece: Tokens) -> list[Item] | None:
    """The items before a piece that bounds each of them, or the last of which says so of all; nothing otherwise."""
    told = _without_each(piece)
    spec = read_spec(told) if told is not None else Spec()
    bounds = {side: getattr(spec, side) for side in _SIDES if getattr(spec, side) is not None}
    if not bounds or any(t.kind == "word" for t in spec.unknown):
        return None
    begin = len(items)
    while begin and _is_open(items[begin - 1]):
        begin -= 1
    if len(items) - begin < _SEVERAL:
        return None
    return [*items[:begin], *(_bounded(item, bounds) for item in items[begin:])]


_SEVERAL = 2
_DASHES = frozenset(("—", "–", "-"))


def _without_each(piece: Tokens) -> Tokens | None:
    """The words of a piece that bounds several, `each` left out; a dash before it is left out as well."""
    lows = [t.low for t in piece]
    if lows[:1] and lows[0] in _EACH:
        return piece[1:]
    if lows[-1:] and lows[-1] in _EACH:
        return piece[:-1]
    return piece[:-2] if tuple(lows[-2:]) in _TIMES else None


def cut_shared(piece: Tokens) -> tuple[Tokens, Tokens]:
    """`speaking — 0 to 25 each`, `price (1 to 5 each)`: the last of the items, and what bounds them all."""
    while len(piece) > 1 and piece[-1].text in _DASHES:
        piece = piece[:-1]
    inside = piece[-1].inside if len(piece) > 1 and piece[-1].kind == "group" else ()
    if inside and _without_each(inside) is not None and any(t.kind == "number" for t in inside):
        return piece[:-1], inside
    if _without_each(piece) is None or piece[0].low in _EACH:
        return piece, ()
    begin = next((i for i, t in enumerate(piece) if i and _opens_bound(piece, i)), 0)
    begin_ = begin - 1 if begin and piece[begin - 1].text in _DASHES | {":"} else begin
    return (piece[:begin_], piece[begin:]) if begin_ else (piece, ())


_MARKS = frozenset("point score mark grade rating star".split())
_NAMED_BY_MARKS = 3


def spread_marks(pieces: Sequence[Tokens]) -> list[Tokens]:
    """`points for reading, listening and writing`: points of each."""
    out: list[Tokens] = []
    marks: Token | None = None
    for index, piece in enumerate(pieces):
        plain = piece[1:] if piece[0].tag == "D" else piece
        told = len(plain) >= _NAMED_BY_MARKS and plain[0].lemma in _MARKS and plain[1].low == "for"
        following = pieces[index + 1] if index + 1 < len(pieces) else ()
        if told and _bare(plain[2:]) and following and _bare(following):
            one = plain[0].low if plain[0].lemma == "point" else plain[0].lemma
            marks = replace(plain[0], text=one, low=one)
            plain = plain[2:]
        elif marks is None or not _bare(piece):
            marks = None
            out.append(piece)
            continue
        end = _bare(plain)
        out.append((*plain[:end], marks, *plain[end:]))
    return out


def _bare(piece: Tokens) -> int:
    """How many words name something without an article, and not as a field; 0 where another thing is told."""
    end = next((i for i, t in enumerate(piece) if t.tag not in ("N", "VG", "J")), len(piece))
    ends = end == len(piece) or piece[end].kind in ("group", "number") or piece[end].text in _DASHES
    return end if end and ends and piece[end - 1].low not in nouns.ATTRIBUTES - {"price", "quality"} else 0


def _opens_bound(piece: Sequence[Token], at: int) -> bool:
    return piece[at].kind == "number" or piece[at].low in ("from", "between", "at", "up", "max", "min")


def _is_open(item: Item) -> bool:
    """Whether nothing else is said of a field that can have bounds."""
    plain = replace(item.spec, unknown=(), unit=None) == Spec() and not item.sub and not item.wh
    return plain and field_type(item.name, item) in _BOUNDED


def _bounded(item: Item, bounds: dict[str, object]) -> Item:
    return replace(item, spec=replace(item.spec, **bounds))  # type: ignore[arg-type]
