"""Tables of moves: a row says from which state to which, and who makes the move."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from codebegen.understanding.embedded.text import Token, Tokens

_FROM = re.compile(
    r"(?:from|old|current|present|in)?(?: ?(?:state|status|stage|phase|step))?|when(?: in)?|before|source(?: state)?"
)
_TO = re.compile(
    r"(?:can |may )?(?:go(?:es)?|moves?|leads?|changes?|become[s]?|turn(?:s)? into)(?: (?:on )?(?:to|into))?"
    r"|(?:to|new|next|target|following|allowed|possible)(?: (?:states?|status|stages?|phases?|steps?))?(?:\(s\))?"
    r"|(?:allowed |possible )?(?:transitions?|successors?)(?: to)?|after|then|result(?:ing state)?"
)
_WHO = re.compile(r"who.*|(?:done |made |allowed )?(?:by|for)(?: whom)?|roles?|actors?|performed by|responsible|person")
_VERB = re.compile(r"actions?|events?|verbs?|triggers?|transition|commands?|what(?: happens)?|operation|how")

Columns = tuple[int, int, int, int]
"""Where the source, the target, who and the verb stand; -1 where there is no such column."""


def move_columns(header: Sequence[str]) -> Columns | None:
    """Which columns of a table say where moves go; none if it tells no moves."""
    to = _first(_TO, header, ())
    source = _first(_FROM, header, (to,))
    if to < 0 or source < 0:
        return None
    who = _first(_WHO, header, (to, source))
    return source, to, who, _first(_VERB, header, (to, source, who))


def _first(pattern: re.Pattern[str], header: Sequence[str], taken: Sequence[int]) -> int:
    found = (i for i, title in enumerate(header) if i not in taken and title and pattern.fullmatch(title))
    return next(found, -1)


def move_lines(rows: Sequence[Sequence[Tokens]], columns: Columns) -> Iterator[Tokens]:
    """Every row as a path with an arrow, the verb and who makes the move in brackets behind it."""
    source, to, who, verb = columns
    for cells in rows:
        if max(source, to) >= len(cells) or not cells[source] or not cells[to]:
            continue
        first = cells[to][0]
        arrow = Token("->", "->", first.start, first.start, "arrow", "ARROW")
        behind = [_bracket(cells[i]) for i in (verb, who) if 0 <= i < len(cells) and cells[i]]
        yield (*_alternatives(cells[source]), arrow, *_alternatives(cells[to]), *behind)


def _alternatives(cell: Tokens) -> Iterator[Token]:
    """A comma in a cell stands between alternatives."""
    for token in cell:
        yield replace(token, text="/", low="/") if token.text in (",", ";") else token


def _bracket(cell: Tokens) -> Token:
    return Token("(", "(", cell[0].start, cell[-1].end, "group", "GROUP", "", cell)
