"""Closed lists of values: `draft, published or archived`, `low | high`, `todo -> done`, wherever they stand.

Value lists in prose are first wrapped into a bracket of their own (`wrap_values`), so that one reader does for all.
"""

import re
from collections.abc import Sequence

from codebegen import naming
from codebegen.understanding.embedded.lexicon import nouns, words
from codebegen.understanding.embedded.text import Token, Tokens

Values = tuple[tuple[str, ...], tuple[tuple[str, str], ...], Tokens]
"""Values, the moves between them, and the tokens that are neither."""

WRAPPED = "{=}"
_HARD = frozenset(("/", "|", "→", "->", "=>", "-->", "⇒", "⟶", "⟹", "➜", "➔", "➝", "or"))
_SOFT = frozenset((",", ";", "and", "&"))
_ARROWS = frozenset(("→", "->", "=>", "-->", "⇒", "⟶", "⟹", "➜", "➔", "➝", ">"))
_LEADS = tuple(
    tuple(text.split())
    for text in (
        "which can be one of",
        "which can be either",
        "which can be",
        "that can be",
        "which may be",
        "that may be",
        "can be either",
        "can be one of",
        "which is",
        "that is",
        "which is one of",
        "which is either",
        "that is one of",
        "that is either",
        "is one of",
        "is either",
        "one of",
        "either",
        "which must be one of",
        "which must be",
        "with values",
        "with the values",
        "values",
        "possible values",
        "allowed values",
        "can be",
        "must be one of",
        "being one of",
        "enum of",
        "enum",
        "it can be",
        "being either",
        "being",
        "which could be",
        "could be",
        "with the options",
        "options",
        "may be",
        "from",
        "among",
        "of",
        "which should be",
        "is",
    )
)
_LEADS = tuple(sorted(_LEADS, key=len, reverse=True))
_STRONG_LEADS = frozenset(
    lead for lead in _LEADS if "one" in lead or "either" in lead or "values" in lead or "enum" in lead
)


def value(tokens: Sequence[Token]) -> str:
    """One value as it is stored: snake_case, codes such as `XL`, `A+`, `0-` as they are."""
    raw = _raw(tokens)
    if re.fullmatch(r"[A-Z0-9]{1,5}[+-]?|[A-Z]{1,3}\d{1,3}|[A-Z]{2,4}-\d+", raw) and not raw.isdigit():
        return raw
    if re.fullmatch(r"\d+(?:\.\d+)?[a-z]*|[a-z]+\d+", raw):
        return raw
    return naming.snake(raw)


def _raw(tokens: Sequence[Token]) -> str:
    """The words as written, signs glued to what they follow."""
    out = ""
    for previous, token in zip((None, *tokens), tokens, strict=False):
        glue = previous is None or previous.end == token.start
        out += token.text if glue else f" {token.text}"
    return out


_MORE_THAN_YES_AND_NO = 3


def read_values(
    tokens: Sequence[Token], strong: bool = False
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...], Tokens] | None:
    """Values, moves between them where arrows say so, and what else stands there (`default medium`).

    Nothing if it is no list.
    """
    tokens, rest = _cut_default(skip_lead(tokens))
    pieces, separators = _pieces(tokens)
    if (any(_is_boolean(piece) for piece in pieces) and len(pieces) < _MORE_THAN_YES_AND_NO) or len(pieces) < (
        1 if strong else 2
    ):
        return None
    if not all(is_value(piece) and not _is_flag(piece) for piece in pieces):
        return None
    if (
        not strong
        and not any(sep in _HARD for sep in separators)
        and any(piece[-1].low in ("unique", "optional", "required") for piece in pieces)
    ):
        return None
    values = [value(piece) for piece in pieces]
    moves = tuple((values[i], values[i + 1]) for i, sep in enumerate(separators[: len(values) - 1]) if sep in _ARROWS)
    unique = tuple(dict.fromkeys(v for v in values if v))
    return (unique, moves, rest) if len(unique) >= (1 if strong else 2) else None


def skip_lead(tokens: Sequence[Token]) -> Sequence[Token]:
    """A list of values without what leads to it: `which can be`, `one of`."""
    lows = tuple(token.low for token in tokens)
    for lead in _LEADS:
        if lows[: len(lead)] == lead:
            rest = tokens[len(lead) :]
            return rest[1:] if rest and rest[0].text in (":", "=") else rest
    return tokens[1:] if tokens and tokens[0].text == ":" else tokens


def _cut_default(tokens: Sequence[Token]) -> tuple[Sequence[Token], Tokens]:
    for index, token in enumerate(tokens):
        if (
            token.low in ("default", "defaults", "initially", "optional", "required", "nullable", "unique", "null")
            and index > 0
        ):
            end = index
            while end > 0 and tokens[end - 1].low in (",", ";", "with", "the"):
                end -= 1
            if tokens[index - 1].low == "by" and index >= 2:
                return tokens[: index - 1], tuple(tokens[index - 2 :])
            return tokens[:end], tuple(tokens[index:])
    return tokens, ()


def _pieces(tokens: Sequence[Token]) -> tuple[list[Tokens], list[str]]:
    """Pieces and the separators between them."""
    pieces: list[Tokens] = []
    separators: list[str] = []
    current: list[Token] = []
    for index, token in enumerate(tokens):
        if current and _joins_yes_no(tokens, index):
            current.append(token)
        elif token.low in _HARD or token.low in _SOFT or token.text in _ARROWS:
            if current:
                pieces.append(tuple(current))
                separators.append(token.low)
                current = []
            elif separators and token.low != ",":
                separators[-1] = token.low
        elif (token.low == "enum" and not current and not pieces) or (token.text == ":" and not pieces and not current):
            continue
        elif token.low in ("a", "an") and (token.tag != "D" or _is_letter(tokens, index)):
            current.append(token)
        elif token.low in ("then", "a", "an", "finally", "either", "etc", "the") or token.kind == "group":
            continue
        else:
            current.append(token)
    if current:
        pieces.append(tuple(current))
    return pieces, separators


def _joins_yes_no(tokens: Sequence[Token], at: int) -> bool:
    """The sign of `delivered yes/no`: a flag in a list, and no two values."""
    named = at >= _YES_NO and tokens[at - 2].kind == "word" and tokens[at - 2].low not in _HARD | _SOFT
    joined = tokens[at].low in ("/", "or") and at + 1 < len(tokens)
    return named and joined and (tokens[at - 1].low, tokens[at + 1].low) in (("yes", "no"), ("true", "false"))


_YES_NO = 2
_NO_VALUE_TAGS = frozenset({"M", "B", "R", "W", "D", "Q", "DO", "GROUP", "PATH", "URL", "POSS", "CMP"})


def _is_letter(tokens: Sequence[Token], at: int) -> bool:
    """`A, B or C`: nothing follows that an article could belong to."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    alone = following is None or following.low in _HARD | _SOFT
    return tokens[at].text == "A" and alone


_VALUE_WORDS = frozenset("no other others none all any both single multiple several many".split())


def _is_no_value(token: Token) -> bool:
    """Words that no value contains; `no`, `other` alone and `single choice` are some."""
    return token.tag in _NO_VALUE_TAGS and token.low not in _VALUE_WORDS


def is_value(piece: Tokens) -> bool:
    """Whether a few words can be a value."""
    if len(piece) > 4 or not any(token.kind in ("word", "number") for token in piece):
        return False
    return not any(_is_no_value(token) or token.text in (":", "=") for token in piece)


def _is_boolean(piece: Tokens) -> bool:
    return len(piece) == 1 and piece[0].low in ("yes", "no", "true", "false", "y", "not")


def _is_flag(piece: Tokens) -> bool:
    """`delivered yes/no`, `delivered yes or no`."""
    return len(piece) > _YES_NO and piece[-2].low in ("/", "or") and piece[-1].low in ("no", "false")


def looks_hard(tokens: Sequence[Token]) -> bool:
    """Whether separators are there that fields are not separated by."""
    return any(token.low in _HARD for token in tokens)


def attribute_share(tokens: Sequence[Token]) -> float:
    """How many of the pieces end in a word that names a field."""
    pieces, _ = _pieces(tokens)
    if not pieces:
        return 0.0
    hits = sum(
        1
        for p in pieces
        if p[-1].low in nouns.ATTRIBUTES
        or (p[-1].tag == "N" and p[-1].lemma in nouns.ATTRIBUTES)
        or "_" in p[-1].text
        or p[0].low in nouns.ATTRIBUTES
        or [t.low for t in p[-2:]] == ["or", "not"]
        or _is_flag(p)
    )
    return hits / len(pieces)


def wrap_values(tokens: Sequence[Token]) -> Tokens:
    """`status which can be a, b or c` → `status {a, b or c}`; `status: a, b, name` → `status {a, b}, name`."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        end = _value_run(tokens, at) if out else 0
        if end > at:
            inside = tuple(tokens[at:end])
            if out[-1].text == ",":
                out.pop()
            out.append(Token(WRAPPED, WRAPPED, inside[0].start, inside[-1].end, "group", "GROUP", "", inside))
            at = end
        else:
            out.append(tokens[at])
            at += 1
    return tuple(out)


def _value_run(tokens: Sequence[Token], at: int) -> int:
    """Where the value list that starts at `at` ends; `at` if none does."""
    head = tokens[at - 1] if tokens[at - 1].text != "," or at < 2 else tokens[at - 2]
    enum_like = head.lemma in nouns.ENUM_NOUNS or head.low in nouns.ENUM_NOUNS
    lows = tuple(token.low for token in tokens[at : at + 5])
    if tokens[at].text == ":" and enum_like:
        return _end_of_list(tokens, at + 1)
    for lead in _LEADS:
        if lows[: len(lead)] != lead or lead in (("is",), ("of",)) or (lead == ("from",) and not enum_like):
            continue
        told = lead[0] in ("which", "that") and _has_or(tokens, at + len(lead))
        if enum_like or told or lead in _STRONG_LEADS:
            begin = at + len(lead)
            begin += 1 if begin < len(tokens) and tokens[begin].text == ":" else 0
            end = _end_of_list(tokens, begin)
            return end if end > begin and _has_two(tokens[begin:end]) else at
    if enum_like and lows[:1] == ("of",) and _has_or(tokens, at + 1):
        return _end_of_list(tokens, at + 1)
    if (
        enum_like
        and tokens[at].tag in ("N", "J", "VP")
        and tokens[at - 1] is head
        and _has_or(tokens, at)
        and not _has_comma_before_or(tokens, at)
    ):
        return _end_of_list(tokens, at)
    return _values_beside(tokens, at, head)


def _values_beside(tokens: Sequence[Token], at: int, head: Token) -> int:
    """`licence class B, C or CE`, `fuel petrol, diesel or gas`: words beside a noun, the last behind `or`."""
    if tokens[at - 1] is not head or head.tag != "N" or tokens[at].tag not in ("N", "J", "VP"):
        return at
    end = next((i for i in range(at, len(tokens)) if tokens[i].low == "or"), len(tokens)) + 2
    pieces, signs = _pieces(tokens[at:end])
    plain = len(pieces) > _YES_NO and all(sign in (",", "or") for sign in signs[: len(pieces) - 1])
    owner = head.lemma in nouns.THINGS | nouns.PERSONS and head.low not in nouns.ENUM_NOUNS
    # `kind pdf, image or sheet`: such values may name fields elsewhere.
    sure = head.low in ("kind", "type", "format") and all(len(piece) == 1 for piece in pieces)
    told = plain and not owner and end <= len(tokens)
    return end if told and (sure or all(map(_only_value, pieces))) else at


def _only_value(piece: Tokens) -> bool:
    """One word that names neither a field nor a thing."""
    word = piece[0]
    if len(piece) > 1 or word.tag not in ("N", "J", "VP"):
        return False
    known = nouns.ATTRIBUTES | nouns.THINGS | nouns.PERSONS | words.UNITS.keys()
    return word.text.isupper() or not {word.low, word.lemma} & known


def _has_two(tokens: Sequence[Token]) -> bool:
    return len(_pieces(tokens)[0]) >= 2


def _has_or(tokens: Sequence[Token], at: int) -> bool:
    """Whether an `or` or a slash comes within the next few values."""
    for token in tokens[at : at + 14]:
        if token.low in ("or", "/", "|"):
            return True
        if token.low in ("and", ";", ":") or _is_no_value(token):
            return False
    return False


def _has_comma_before_or(tokens: Sequence[Token], at: int) -> bool:
    for token in tokens[at : at + 14]:
        if token.text == ",":
            return True
        if token.low in ("or", "/", "|"):
            return False
    return True


def _end_of_list(tokens: Sequence[Token], at: int) -> int:
    """A list ends after `or X`, before a piece that names a field, or with the text."""
    end, begin, last_or, soft = at, at, False, False
    hard = False
    index = at
    while index <= len(tokens):
        token = tokens[index] if index < len(tokens) else None
        if (
            token is None
            or token.low in _HARD
            or token.low in _SOFT
            or token.kind in ("group", "arrow")
            or token.text in (":", "=", "–", "—")
        ):
            piece = tuple(tokens[begin:index])
            if not piece or not is_value(piece) or (end > at and soft and not last_or and _names_field(piece)):
                return end if piece else max(end, at)
            end = index
            if token is None or token.low == ";" or token.kind == "group" or token.text in (":", "=", "–", "—"):
                return end
            if (last_or or hard) and token.low in (",", "and"):
                return end
            hard = hard or token.text in ("/", "|") or token.kind == "arrow"
            if token.low == "or" and index + 1 < len(tokens) and tokens[index - 1].text == ",":
                pass
            last_or, soft = token.low == "or", token.low in _SOFT
            begin = index + 1
            if begin < len(tokens) and tokens[begin].low in ("or", "and"):
                last_or = tokens[begin].low == "or"
                index += 1
                begin += 1
        elif _is_no_value(token) and token.tag != "D":
            return end
        index += 1
    return end


def _names_field(piece: Tokens) -> bool:
    last = piece[-1]
    return (
        last.low in nouns.ATTRIBUTES
        or (last.tag == "N" and last.lemma in nouns.ATTRIBUTES)
        or "_" in last.text
        or last.low in words.PREPOSITIONS
        or (len(piece) > 1 and last.low in ("at", "on"))
    )
