"""Columns: lines set in columns by spaces or tabs (`serial_no   text, unique`), read as if signs stood in the gaps."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from codebegen.understanding.embedded.text import Token, Tokens

# A name of three words at most, a gap, and something behind it.
_LINE = re.compile(
    r"^[ \t]*(?:[-*•] +)?(?P<name>\w[\w.-]*(?: [\w.-]+){0,2}[?*]?)(?P<gap> {2,}|[ \t]*\t[ \t]*)(?P<rest>\S.*)$"
)
_GAP = re.compile(r" {2,}|[ \t]*\t[ \t]*")
_SIGNS = (":", "=", "|", "–", "—")


@lru_cache(maxsize=8)
def column_signs(text: str) -> dict[int, str]:
    """Where a gap between columns stands for a sign, and for which: `:` behind the name, `,` behind what follows."""
    found: dict[int, str] = {}
    run: list[tuple[int, str]] = []
    at = 0
    for line in (*text.splitlines(keepends=True), ""):
        body = line.rstrip()
        if _split(body) or (run and _reaches(body, [each for _, each in run])):
            run.append((at, body))
        elif not _goes_on(line):
            found.update(_read(run))
            run = []
        at += len(line)
    return found


def _goes_on(line: str) -> bool:
    """Whether columns may go on behind a line: a blank one, or a short title over the next of them."""
    return line != "" and (not line.strip() or (not line[0].isspace() and len(line.split()) <= _TITLE_WORDS))


_TITLE_WORDS = 2


def in_columns(signs: dict[int, str], start: int, end: int) -> bool:
    """Whether a line is set in columns."""
    return any(start < at < end for at, sign in signs.items() if sign == ":")


def with_signs(tokens: Tokens, signs: dict[int, str]) -> Tokens:
    """The tokens, with the signs that the gaps between them stand for."""
    return tuple(_inserted(tokens, signs)) if signs else tokens


def _split(line: str) -> re.Match[str] | None:
    match = _LINE.match(line)
    return None if match is None or match["rest"].startswith(_SIGNS) else match


def _column(lines: Sequence[str]) -> int:
    """Where what stands behind the names begins in most lines."""
    places = Counter(match.start("rest") for line in lines if (match := _split(line)) is not None)
    return places.most_common(1)[0][0]


def _reaches(line: str, lines: Sequence[str]) -> bool:
    """`commissioned_on date` between columns: a name so long that one space is left of the gap."""
    column = _column(lines)
    return len(line) > column and line[column - 1] == " " and "_" in line[:column] and not line[:column].endswith("  ")


def _read(run: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The signs of neighbouring lines: one line with a gap is sloppy, two are columns."""
    if len(run) < _FEWEST:
        return
    column = _column([line for _, line in run])
    for at, line in run:
        match = _split(line)
        if match is None:
            yield at + column - 1, ":"
            continue
        yield at + match.start("gap"), ":"
        yield from ((at + match.start("rest") + gap.start(), ",") for gap in _GAP.finditer(match["rest"]))


_FEWEST = 2


def _inserted(tokens: Tokens, signs: dict[int, str]) -> Iterator[Token]:
    for index, token in enumerate(tokens):
        yield token
        sign = signs.get(token.end) if index + 1 < len(tokens) else None
        if sign and tokens[index + 1].text not in (",", ";", ":"):
            yield Token(sign, sign, token.end, token.end, "punct")
