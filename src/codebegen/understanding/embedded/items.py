"""The item parser: one piece of a list of fields becomes an `Item`.

Whatever list it stands in (prose, bullets, brackets, tables).
"""

from collections.abc import Sequence
from dataclasses import replace

from codebegen import naming
from codebegen.understanding.embedded import values as value_lists
from codebegen.understanding.embedded.item import PLAIN_TYPES, Item, item_name, joined_moment, name_tail
from codebegen.understanding.embedded.item_groups import read_group, read_tail, slash_values
from codebegen.understanding.embedded.item_questions import bound_in_name, lasting, read_event, read_question, yes_or_no
from codebegen.understanding.embedded.lexicon import nouns, verbs, words
from codebegen.understanding.embedded.phrases import Phrase, read_phrase, read_quantity
from codebegen.understanding.embedded.spec import read_spec
from codebegen.understanding.embedded.spec_model import TYPE_WORDS, Spec
from codebegen.understanding.embedded.text import Token, Tokens

_SEPARATORS = frozenset((",", "and", "&", "plus", "n", "+", ";", "as well as", "nor"))


_LEADING = frozenset(
    "also a an the its their his her optional optionally unique required has have with including and or of my your our both".split()  # noqa: E501
)


_HALVES = frozenset(
    "first last given family middle start end min max minimum maximum home work billing shipping purchase "
    "selling buying sale "
    "opening closing check-in check-out common latin legal birth sender recipient".split()
)


def read_items(tokens: Sequence[Token]) -> tuple[Item, ...]:
    """Every item of a list."""
    pieces = _merge(_split(value_lists.wrap_values(_without_examples(tokens))))
    out: list[Item] = []
    for index, piece in enumerate(pieces):
        nested = _nested(piece, pieces[index + 1 :])
        if nested is not None:
            head, rest = nested
            item = read_item(head)
            if item is not None:
                out.append(replace(item, sub=item.sub + read_items(rest), end=rest[-1].end if rest else item.end))
                return tuple(out)
        item = read_item(piece)
        if item is not None and item.spec.parts:
            plain = replace(item.spec, parts=())
            out.extend(replace(item, name=f"{item.name}_{side}", spec=plain) for side in item.spec.parts)
        elif item is not None:
            out.append(item)
    return tuple(out)


def _without_examples(tokens: Sequence[Token]) -> Sequence[Token]:
    """`amenities such as pool, wifi or gym`.

    Examples are no items; they end with the list or before the next article.
    """
    begin = next((i for i in range(len(tokens) - 1) if tokens[i].low == "such" and tokens[i + 1].low == "as"), -1)
    if begin < 0:
        return tokens
    end = next(
        (i for i in range(begin + 2, len(tokens)) if tokens[i].tag == "D" and tokens[i - 1].tag in ("C", "PUNCT")),
        len(tokens),
    )
    return (*tokens[:begin], *tokens[end - 1 if end < len(tokens) else end :])


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
        elif (out and len(piece) > 1 and piece[0].low in ("who", "which", "that") and piece[1].tag in ("B", "M")) or (
            out and _only_spec(piece)
        ):
            out[-1] = (*out[-1], *piece)
        else:
            out.append(piece)
    return out


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
    if len(piece) > 5 or piece[0].kind not in ("word", "compare", "number"):
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


def _nested(piece: Tokens, rest: list[Tokens]) -> tuple[Tokens, Tokens] | None:
    """`flowers with quantity` + `price`, `articles` + `each with a count`: what follows belongs to it."""
    lows = [token.low for token in piece]
    for lead in (("each", "with"), ("each", "in"), ("each", "having"), ("each", "has"), ("having",), ("with",)):
        for at in range(1 if lead == ("with",) else 0, len(lows) - len(lead) + 1):
            if tuple(lows[at : at + len(lead)]) != lead:
                continue
            if at == 0 or (lead == ("with",) and not _is_many(piece[:at])):
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


def read_item(piece: Sequence[Token]) -> Item | None:
    """One item; nothing where there is no name in it."""
    piece = _strip(piece)
    if not piece or piece[0].low in ("once", "only", "but", "twice"):
        return None
    for form in (_asked, _or_not, _with_verb):
        told = form(piece)
        if told is not None:
            return told
    name_part, spec_part = _split_spec(piece)
    event = read_event(name_part)
    if event is not None:
        used = 3 if event.name.count("_") > 1 else 2
        return replace(event, spec=read_spec((*name_part[used:], *spec_part)), end=piece[-1].end)
    return bound_in_name(name_part) or lasting(name_part) or _named(name_part, spec_part, piece)


def _asked(piece: Sequence[Token]) -> Item | None:
    """`when it was borrowed`, `is it neutered`."""
    if piece[0].tag == "W":
        return read_question(piece)
    inverted = len(piece) > 2 and piece[1].tag == "R" and (piece[0].tag == "B" or piece[0].low == "if")
    return yes_or_no(piece) if inverted else None


def _or_not(piece: Sequence[Token]) -> Item | None:
    """`adopted or not`."""
    if len(piece) <= 2 or [t.low for t in piece[-2:]] != ["or", "not"]:
        return None
    plain = read_item(piece[:-2])
    return None if plain is None else replace(plain, spec=replace(plain.spec, type="boolean"))


def _with_verb(piece: Sequence[Token]) -> Item | None:
    """`belongs to user`, `has cart items`."""
    if piece[0].tag != "V" or len(piece) < 2:
        return None
    if piece[0].lemma == "belong" or piece[1].low in ("to", "by"):
        inner = read_item(piece[2:])
        return None if inner is None else replace(inner, spec=replace(inner.spec, link="one"), start=piece[0].start)
    return read_item(piece[1:]) if piece[0].lemma in verbs.HAS else None


def _named(name_part: Sequence[Token], spec_part: Sequence[Token], piece: Sequence[Token]) -> Item | None:
    """A noun phrase and what stands behind it."""
    leads = bool(name_part) and name_part[0].tag in ("P", "S") and read_quantity(name_part, 0)[1] == 0
    if _is_end_of_a_span(name_part):
        # `from date, to date`: the preposition tells the two apart.
        name_part = (name_part[0].tagged("N", name_part[0].low), *name_part[1:])
        leads = False
    prep = name_part[0].low if leads else ""
    found = read_phrase(name_part, 1 if prep else 0) or _forced_phrase(name_part)
    found = found or (_named_by_preposition(name_part) if prep else None)
    if found is None:
        return None
    phrase, at = found
    return _assemble(phrase, name_part[at:], spec_part, _flags_before(name_part), prep=prep, piece=piece)


def _is_end_of_a_span(tokens: Sequence[Token]) -> bool:
    ends = len(tokens) >= 2 and tokens[0].low in ("from", "to", "until", "since")
    return (
        ends and tokens[1].low in ("date", "time", "day", "datetime") and (len(tokens) == 2 or tokens[2].tag == "GROUP")
    )


def _named_by_preposition(tokens: Sequence[Token]) -> tuple[Phrase, int] | None:
    """`from (date)`, `until: datetime`: a preposition alone is a name."""
    if tokens[0].low not in nouns.BARE_MOMENTS or (len(tokens) > 1 and tokens[1].tag != "GROUP"):
        return None
    word = tokens[0].tagged("N", tokens[0].low)
    return Phrase((word,), word.start, word.end), 1


def _strip(piece: Sequence[Token]) -> Sequence[Token]:
    begin, end = 0, len(piece)
    while (
        begin < end
        and (piece[begin].tag in ("C", "PUNCT", "A") or piece[begin].low in ("as", "well"))
        and piece[begin].low != "only"
    ):
        begin += 1
    while end > begin and piece[end - 1].text in (",", ".", ":", ";", "–", "-", "—"):
        end -= 1
    return piece[begin:end]


def _split_spec(piece: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    arrows = sum(t.kind == "arrow" for t in piece)
    if arrows > 1 and piece[0].low in nouns.ENUM_NOUNS:
        return piece[:1], piece[1:]
    for index, token in enumerate(piece):
        if token.text in ("–", "—") and index and piece[index - 1].kind == "number":
            continue
        if index and (token.text in (":", "=", "–", "—") or token.kind in ("arrow", "compare")):
            keep = token.kind in ("arrow", "compare")
            return piece[:index], piece[index if keep else index + 1 :]
    return piece, ()


def _flags_before(tokens: Sequence[Token]) -> Spec:
    """`unique code`, `an optional memo`, `optionally a note`."""
    lows = {token.low for token in tokens[:3] if token.tag in ("J", "A")}
    return Spec(
        optional=bool(lows & {"optional", "optionally", "nullable"}),
        unique="unique" in lows,
        required=bool(lows & {"required", "mandatory"}),
    )


def _forced_phrase(tokens: Sequence[Token]) -> tuple[Phrase, int] | None:
    """A name whose words read as verbs: `read`, `starts`, `pass mark`."""
    taken: list[Token] = []
    for token in tokens:
        if token.kind != "word" or token.tag in ("D", "W", "R", "M", "B"):
            break
        taken.append(token if token.tag == "N" else token.tagged(token.tag, token.low))
        if len(taken) == 4:
            break
    if not taken or taken[0].tag in ("P", "S", "TO", "X"):
        return None
    return Phrase(tuple(taken), taken[0].start, taken[-1].end), len(taken)


def _assemble(
    phrase: Phrase, tail: Sequence[Token], spec_part: Sequence[Token], lead: Spec, *, prep: str, piece: Sequence[Token]
) -> Item:
    tail_words, tail = name_tail(tail)
    spec = Spec(optional=lead.optional, unique=lead.unique, required=lead.required)
    fields: Tokens = ()
    apposition: Phrase | None = None
    joined = [*tail, *spec_part]
    typed = bool(spec_part)
    slash = slash_values(phrase, joined)
    groups = [phrase.group] if phrase.group is not None else []
    if slash is not None:
        phrase, spec, joined = slash.phrase, slash.into(spec), slash.rest
    groups.extend([] if typed else [t for t in joined if t.tag == "GROUP"])
    for token in groups:
        read = read_group(token, phrase, spec)
        spec, fields, apposition = read.spec, (*fields, *read.fields), apposition or read.apposition
    spec, apposition = read_tail([t for t in joined if typed or t.tag != "GROUP"], spec, apposition, typed)
    if len(phrase.words) > 1 and phrase.words[-1].low in words.UNIT_SIGNS and not spec.unit:
        spec = replace(spec, unit=words.UNITS[phrase.words[-1].low])
        phrase = replace(phrase, words=phrase.words[:-1])
    while len(phrase.words) > 1 and phrase.words[-1].low in PLAIN_TYPES and spec.type is None and not spec.values:
        spec = replace(spec, type=TYPE_WORDS[phrase.words[-1].low])
        phrase = replace(phrase, words=phrase.words[:-1])
    name, head = joined_moment(phrase, joined) or item_name(phrase, tail_words)
    if spec.values and phrase.plural and phrase.head in nouns.ENUM_NOUNS:
        name = naming.singular(name)
    if head == "flag" or name.endswith("_flag"):
        name, spec = name.removesuffix("_flag"), replace(spec, type=spec.type or "boolean")
    return Item(
        name,
        head,
        phrase,
        spec,
        piece[0].start,
        piece[-1].end,
        read_items(fields) if fields else (),
        apposition,
        "",
        prep,
    )
