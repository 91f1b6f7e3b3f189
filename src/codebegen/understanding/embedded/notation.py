"""Notation: `name varchar(80) not null`, `site_id fk sites`, `opened_on? date`: a name and its type without a sign."""

from collections.abc import Sequence

from codebegen.understanding.embedded.item import PLAIN_TYPES
from codebegen.understanding.embedded.spec import NOTHING, read_spec
from codebegen.understanding.embedded.spec_model import TYPE_WORDS
from codebegen.understanding.embedded.text import Token

_NO_WORDS = PLAIN_TYPES | frozenset(
    "char nvarchar smallint long numeric timestamptz jsonb json real bool enum fk pk".split()
)
_LONGEST_NAME = 3


def type_begins(piece: Sequence[Token]) -> int:
    """Where the type of a field begins that no sign sets off from its name; 0 if none does.

    `date`, `text` and the like are names as well: they are types behind a name that nobody would say (`valid_from
    date`) or before a word of schemas (`website text null`).
    """
    for index in range(1, min(len(piece), _LONGEST_NAME + 1)):
        name, rest = piece[:index], piece[index:]
        if name[-1].kind != "word" or name[-1].tag in ("D", "M", "B", "W"):
            return 0
        if not _is_type(rest[0]) or (rest[0].low not in _NO_WORDS and not _is_technical(name, rest)):
            continue
        if not any(t.tag == "N" and t.kind == "word" for t in read_spec(rest).unknown):
            return index
    return 0


def _is_type(token: Token) -> bool:
    return token.low in TYPE_WORDS or token.low in _NO_WORDS


def _is_technical(name: Sequence[Token], rest: Sequence[Token]) -> bool:
    """Whether a name or what stands behind the type is no plain English."""
    return "_" in name[0].text or any(t.low in ("null", "nullable") for t in rest)


def is_specification(tokens: Sequence[Token]) -> bool:
    """Whether words behind a name only say what one field is like: `text, unique`, `low | high`, `-> Plant`."""
    if not tokens:
        return False
    told = read_spec([t for t in tokens if t.text not in (",", ";", ".")])
    if told.type is not None or told.link:
        return not any(t.tag == "N" for t in told.unknown)
    return sum(t.text == "|" for t in tokens) > 0 and not any(t.text in (",", ":") for t in tokens)


def is_flag(tokens: Sequence[Token]) -> bool:
    """`unique`, `max 80`, `optional`: nothing but what a specification knows."""
    told = read_spec(tokens)
    return bool(tokens) and not told.unknown and told != NOTHING
