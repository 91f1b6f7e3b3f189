"""Pieces: a list of fields is cut where one ends and the next begins; halves of a name stay together."""

from collections.abc import Sequence

from codebegen.understanding.embedded.lexicon import nouns
from codebegen.understanding.embedded.phrases import read_phrase
from codebegen.understanding.embedded.spec import read_spec
from codebegen.understanding.embedded.spec_model import Spec
from codebegen.understanding.embedded.text import Token, Tokens
from codebegen.understanding.embedded.values import wrap_values

_SEPARATORS = frozenset((",", "and", "&", "plus", "n", "+", ";", "as well as", "nor"))


_HALVES = frozenset(
    "first last given family middle start end min max minimum maximum home work billing shipping purchase "
    "selling buying sale "
    "opening closing check-in check-out common latin legal birth sender recipient".split()
)


def pieces_of(tokens: Sequence[Token]) -> list[Tokens]:
    """The pieces of a list, each the words of one item."""
    return [part for piece in _merge(_split(wrap_values(_without_examples(tokens)))) for part in _unmarked(piece)]


# Fields that need no word beside them: where three such stand in a row, each is one.
_ALONE = frozenset(
    "name email phone title description address bio age price url slug password surname author pages genre year "
    "color colour size weight height isbn brand model quantity date status salary gender city country text".split()
)
_SHORTEST_RUN = 3
# `name price vegan`, but `brand name`, `email address unique`, `text color`.
_SECOND = frozenset("name address number code title text type size id label category".split())
_FIRST = frozenset("text url".split())
_ONE = frozenset("a an one".split())


def _unmarked(piece: Tokens) -> list[Tokens]:
    """`title author pages`: three fields without a sign between them; `by a player on a board`: two things."""
    if piece[0].tag == "P" and len(piece) > 3 and piece[1].tag in ("D", "#"):
        cuts = [i for i in range(2, len(piece) - 1) if piece[i].tag == "P" and piece[i + 1].low in _ONE]
        if cuts and piece[0].low not in ("of", "from"):
            return [piece[: cuts[0]], *_unmarked(piece[cuts[0] :])]
    if piece[0].low in _NAMES and len(piece) > _SHORTEST_RUN and all(t.tag == "N" for t in piece):
        return _each_word(piece)
    run = next((i for i, t in enumerate(piece) if t.tag != "N" or t.low not in _ALONE), len(piece))
    if run == len(piece):
        return [(t,) for t in piece] if run >= _SHORTEST_RUN else [piece]
    goes_on = piece[run].tag in ("N", "J") and not any(t.low in _SECOND for t in piece[1 : run + 1])
    ends = piece[run].low in _SECOND or piece[run - 1].low in _FIRST
    return [*((t,) for t in piece[:run]), *_unmarked(piece[run:])] if run > 1 and goes_on and not ends else [piece]


def _each_word(piece: Tokens) -> list[Tokens]:
    """`name cuisine description photo`: four nouns are no name of one field; a second half stays with its first."""
    out: list[Tokens] = []
    for token in piece:
        joined = bool(out) and token.low in _SECOND | {"nr", "no"} and out[-1][-1].low not in _NAMES
        out[-1:] = [(*out[-1], token)] if joined else [*out[-1:], (token,)]
    known = sum(part[-1].low in nouns.ATTRIBUTES for part in out)
    return out if known * 2 >= len(out) else [piece]


_NAMES = frozenset("name title".split())


def _without_examples(tokens: Sequence[Token]) -> Sequence[Token]:
    """`amenities such as pool, wifi or gym`, `extras like packing or piano`.

    Examples are no items; they end with the list or before the next article.
    """
    begin = next((i for i in range(1, len(tokens) - 1) if _gives_examples(tokens, i)), -1)
    if begin < 0:
        return tokens
    end = next(
        (i for i in range(begin + 2, len(tokens)) if tokens[i].tag == "D" and tokens[i - 1].tag in ("C", "PUNCT")),
        len(tokens),
    )
    return (*tokens[:begin], *tokens[end - 1 if end < len(tokens) else end :])


def _gives_examples(tokens: Sequence[Token], at: int) -> bool:
    """Whether `such as`, `like` or `e.g.` stands behind what the examples are of."""
    low = tokens[at].low
    if low == "such":
        return tokens[at + 1].low == "as"
    return tokens[at - 1].tag == "N" and (low in ("e.g", "e.g.", "eg") or (low == "like" and tokens[at].tag == "P"))


def _split(tokens: Sequence[Token]) -> list[Tokens]:
    """Pieces at commas, semicolons and conjunctions."""
    out: list[list[Token]] = [[]]
    for index, token in enumerate(tokens):
        if out[-1] and _opens_item(tokens, index):
            out.append([token])
        elif (
            token.text == "/" and 0 < index < len(tokens) - 1 and _both_fields(tokens[index - 1], tokens[index + 1])
        ) or (token.low in _SEPARATORS and token.kind != "group" and not _holds_together(tokens, index)):
            out.append([])
        else:
            out[-1].append(token)
    return [tuple(piece) for piece in out if piece]


_ITEM_STARTS = frozenset("a an the their its his her".split())


def _opens_item(tokens: Sequence[Token], index: int) -> bool:
    """`a name a phone number and …`, `a brand how many seats`: without commas, what opens a phrase opens an item."""
    before, token = tokens[index - 1], tokens[index]
    if before.tag not in ("N", "GROUP") or not (token.tag == "W" or (token.tag == "D" and token.low in _ITEM_STARTS)):
        return False
    if token.tag == "W" and token.low not in ("how", "whether"):
        return False
    end = next((i for i in range(index, len(tokens)) if tokens[i].tag in ("PUNCT", "C")), len(tokens))
    # "the date the member joined" is one item; so is "the room how …" with its own verb.
    return token.tag == "W" or all(t.tag not in ("V", "VP", "B", "M") for t in tokens[index:end])


def _both_fields(before: Token, after: Token) -> bool:
    """`height/width/depth` are fields, `low/high` are values."""
    return all(t.low in nouns.FIELD_TYPES and t.low not in nouns.ENUM_NOUNS for t in (before, after))


def _holds_together(tokens: Sequence[Token], index: int) -> bool:
    """`date and time`, `between 1 and 5`, `terms and conditions`."""
    if index == 0 or index + 1 >= len(tokens) or tokens[index].low not in ("and", "&", "+"):
        return False
    before, after = tokens[index - 1], tokens[index + 1]
    if before.low in ("one", "1", "zero") and after.low in ("more", "several", "many"):
        return True
    if before.kind == "number" and after.kind == "number":
        return True
    if any(token.low == "between" for token in tokens[max(0, index - 3) : index]):
        return True
    return (before.lemma, after.lemma) in (("date", "time"), ("term", "condition"), ("name", "title"))


def _merge(pieces: list[Tokens]) -> list[Tokens]:
    """`first and last name` are two names; `email, unique` is one field."""
    out: list[Tokens] = []
    for index, piece in enumerate(pieces):
        following = pieces[index + 1] if index + 1 < len(pieces) else ()
        bare = [t for t in piece if t.tag != "D"]
        if (
            len(bare) == 1
            and bare[0].low in _HALVES
            and following
            and following[-1].tag in ("N", "GROUP")
            and len(following) > 1
            and _is_other_half(following)
            and not (piece[0].tag == "D" == following[0].tag and not _shared_head(following))
        ):
            nouns_after = [token for token in following if token.tag == "N" and token.low not in _HALVES]
            out.append((*piece, *nouns_after[-1:]) if bare[0].tag != "N" or bare[0].low in _HALVES else piece)
        elif (out and _describes(piece) and not _asks(piece, out[-1])) or (out and _only_spec(piece)):
            out[-1] = (*out[-1], *piece)
        else:
            out.append(piece)
    return out


def _describes(piece: Tokens) -> bool:
    """`which is unique`: goes on about the item before."""
    return len(piece) > 1 and piece[0].low in ("who", "which", "that") and piece[1].tag in ("B", "M")


def _asks(piece: Tokens, before: Tokens) -> bool:
    """`where, who is hosting`, `a start, who is on duty`: it goes on about nobody; `a head, who is a nurse` does."""
    person = any(t.lemma in nouns.PERSONS for t in before) or (len(piece) > 2 and piece[2].low in ("a", "an", "one"))
    return before[0].tag == "W" or (piece[0].low == "who" and not person)


def _is_other_half(following: Tokens) -> bool:
    """`last name` goes on with `first`; `status: open, closed` does not go on with `end`."""
    first = next((t for t in following if t.tag != "D"), None)
    return first is not None and (first.low in _HALVES or (first.tag in ("J", "VG", "N") and _shared_head(following)))


def _shared_head(following: Tokens) -> bool:
    """`an opening and a closing moment` share their head; `an end and a capacity` are two things."""
    head = next((t.lemma or t.low for t in reversed(following) if t.tag == "N"), "")
    kind = nouns.FIELD_TYPES.get(head)
    return kind in ("date", "datetime", "time", "decimal") or head in ("name", "address", "number", "point")


def _only_spec(piece: Tokens) -> bool:
    if len(piece) > 8 or piece[0].kind not in ("word", "compare", "number") or _names_default(piece):
        return False
    spec = read_spec(piece)
    return (
        not spec.unknown
        and spec.type is None
        and not spec.unit
        and not spec.computed
        and not spec.skip
        and not (spec.link and not spec.target)
        and spec != Spec()
        and spec.link == ""
    )


def _names_default(piece: Tokens) -> bool:
    """`full name, default branch`: a field, and not what a field is where nothing else is said."""
    return len(piece) == 2 and piece[0].low == "default" and piece[1].lemma in nouns.THINGS


def nested(piece: Tokens, rest: list[Tokens]) -> tuple[Tokens, Tokens] | None:
    """`flowers with quantity` + `price`, `articles` + `each with a count`: what follows belongs to it."""
    lows = [token.low for token in piece]
    for lead in (("each", "with"), ("each", "in"), ("each", "having"), ("each", "has"), ("having",), ("with",)):
        for at in range(1 if lead == ("with",) else 0, len(lows) - len(lead) + 1):
            if tuple(lows[at : at + len(lead)]) != lead:
                continue
            parts = piece[-1].kind == "group" and _is_many(
                piece[at + 1 : -1]
            )  # `one cart with cart items (lamp, count)`
            if at == 0 or (lead == ("with",) and not (parts or _is_many(piece[:at]))):
                continue
            inside = [piece[at + len(lead) :], *rest]
            joined = tuple(token for part in inside for token in (*part, _COMMA))[:-1]
            return piece[:at], joined
    if (
        rest
        and tuple(t.low for t in rest[0][:2]) in (("each", "with"), ("each", "in"), ("each", "having"))
        and _is_many(piece)
    ):
        joined = tuple(token for part in (rest[0][2:], *rest[1:]) for token in (*part, _COMMA))[:-1]
        return piece, joined
    return None


_COMMA = Token(",", ",", 0, 0, "punct", "PUNCT")


def _is_many(tokens: Sequence[Token]) -> bool:
    found = read_phrase(tokens, 0)
    return found is not None and found[0].many
