"""The item parser: one piece of a list of fields becomes an `Item`.

Whatever list it stands in (prose, bullets, brackets, tables).
"""

from collections.abc import Sequence
from dataclasses import replace

from codebegen import naming
from codebegen.understanding.embedded import values as value_lists
from codebegen.understanding.embedded.bounds import with_exact_length
from codebegen.understanding.embedded.comparisons import lettered
from codebegen.understanding.embedded.item import (
    GRANTED,
    PLAIN_TYPES,
    Item,
    ending,
    item_name,
    joined_moment,
    name_tail,
)
from codebegen.understanding.embedded.item_events import bound_in_name, counted_range, lasting, read_event
from codebegen.understanding.embedded.item_groups import read_group, read_tail, slash_values
from codebegen.understanding.embedded.item_pieces import nested, pieces_of
from codebegen.understanding.embedded.item_questions import is_question, read_question, with_shared_verb, yes_or_no
from codebegen.understanding.embedded.lexicon import conjugation, nouns, verbs, words
from codebegen.understanding.embedded.notation import type_begins
from codebegen.understanding.embedded.phrases import Phrase, read_phrase, read_quantity
from codebegen.understanding.embedded.shared_bounds import cut_shared, share_bounds, spread_marks
from codebegen.understanding.embedded.spec import read_spec
from codebegen.understanding.embedded.spec_model import TYPE_WORDS, Spec
from codebegen.understanding.embedded.text import Token, Tokens


def read_items(tokens: Sequence[Token]) -> tuple[Item, ...]:
    """Every item of a list."""
    if (kinds := _kinds(tuple(tokens))) is not None:
        return (kinds,)
    pieces = with_shared_verb(spread_marks(pieces_of(tokens)))
    out: list[Item] = []
    for index, told in enumerate(pieces):
        piece, shared = cut_shared(told)
        picked = _picked(piece, out)
        if picked is not None:
            out.append(picked)
            continue
        if out and (limited := _limits(piece, out[-1])) is not None:
            out[-1] = limited
            continue
        if (bounded := share_bounds(out, piece)) is not None:
            out = bounded
            continue
        inner = nested(piece, pieces[index + 1 :])
        if inner is not None:
            head, rest = inner
            item = read_item(head)
            if item is not None:
                out.append(replace(item, sub=item.sub + read_items(rest), end=rest[-1].end if rest else item.end))
                return tuple(out)
        item = _alternatives(piece) or read_item(piece)
        if item is not None and item.spec.parts:
            plain = replace(item.spec, parts=())
            out.extend(replace(item, name=f"{item.name}_{side}", spec=plain) for side in item.spec.parts)
        elif item is not None:
            out.extend(_of_both(item))
            _share_kind(out, piece)
        out = (share_bounds(out, shared) if shared else None) or out
    return tuple(out)


def _limits(piece: Tokens, before: Item) -> Item | None:
    """`a weight, not more than 204 kilos`: what bounds the field before it; what it usually is, is no field."""
    told = [t for t in piece if t.tag not in ("M", "B") or t.low == "not"]
    usual = (
        bool(told) and told[0].low in ("normally", "usually", "typically") and told[1:2] and told[1].kind == "number"
    )
    if usual:
        return before
    first = told[0].low if told else ""
    if first not in _LIMITING or any(t.kind == "group" for t in told) or before.spec.values:
        return None
    found = read_spec(told, before.spec)
    bound = any(getattr(found, side) != getattr(before.spec, side) for side in _SIDES)
    unit = all(t.low in words.UNITS or t.low in ("kilo", "kilos") for t in found.unknown)
    return replace(before, spec=replace(found, unknown=()), end=piece[-1].end) if bound and unit else None


_LIMITING = frozenset("not never no at between from up max min maximum minimum".split())
_SIDES = ("min", "max", "min_length", "max_length")


def _of_both(item: Item) -> tuple[Item, ...]:
    """`the score of both teams`: one of each."""
    of = item.phrase.of
    if of is None or not of.plural or (of.det != "both" and of.quantity.high != _BOTH):
        return (item,)
    return tuple(replace(item, name=f"{side}_{of.head}_{item.name}") for side in ("first", "second"))


_BOTH = 2


def _picked(piece: Tokens, before: Sequence[Item]) -> Item | None:
    """`four options, one of which is correct`: which of them it is."""
    lows = [t.low for t in piece]
    told = lows[:2] == ["one", "of"] and lows[2:3] in (["which"], ["them"], ["these"]) and len(lows) > _PICKED
    if not told or piece[_PICKED - 1].tag != "B" or not before or not before[-1].phrase.many:
        return None
    of = before[-1].phrase.words[-1]
    one = replace(of, text=of.lemma, low=of.lemma)
    phrase = Phrase((*(t for t in piece[_PICKED:] if t.tag != "D"), one), piece[0].start, piece[-1].end)
    return Item(phrase.key, one.low, phrase, Spec(type="string"), phrase.start, phrase.end)


_PICKED = 4


def _kinds(tokens: Tokens) -> Item | None:
    """`passes: day, ten-entry or yearly`: no fields, but what something can be."""
    signs = [t.low for t in tokens if t.low in (",", "or", "and", ";")]
    plain = all((t.kind == "word" and t.tag in ("N", "V", "J", "VP", "VG", "C")) or t.text == "," for t in tokens)
    if not plain or signs[-1:] != ["or"] or set(signs[:-1]) != {","} or value_lists.attribute_share(tokens):
        return None
    listed = value_lists.read_values(tokens)
    if (
        listed is None
        or tokens[0].low in nouns.ENUM_NOUNS
        or any(t.lemma in nouns.THINGS | nouns.PERSONS or t.low in words.UNITS for t in tokens)
    ):
        return None
    return _of_type(tokens, listed[0])


def _of_type(tokens: Tokens, values: tuple[str, ...]) -> Item:
    word = replace(tokens[0], text="type", low="type", kind="word", tag="N", lemma="type")
    phrase = Phrase((word,), tokens[0].start, tokens[-1].end)
    return Item("type", "type", phrase, Spec(type="enum", values=values), phrase.start, phrase.end)


def _alternatives(piece: Tokens) -> Item | None:
    """`number, washer or dryer`: what something is, without a name for it."""
    listed = value_lists.read_values(piece) if any(t.low == "or" for t in piece) else None
    told = [t for t in piece if t.low != "or"]
    if listed is None or any(t.tag != "N" or t.low in words.UNITS for t in told) or len(told) != len(listed[0]):
        return None
    plain = [t for t in told if t.low not in nouns.ATTRIBUTES or t.low == "text"]
    if len(plain) < len(told) or all(t.lemma in nouns.THINGS for t in told):
        return None
    return _of_type(piece, listed[0])


def _share_kind(items: list[Item], piece: Sequence[Token]) -> None:
    """`a dam and a sire who are horses`, `primary and backup (both engineers)`: what the last is, the one before is."""
    if len(items) < 2 or items[-1].apposition is None or items[-2].apposition is not None:
        return
    inside = [t.low for token in piece for t in (token, *token.inside)]
    if "both" in inside or ("who" in inside and "are" in inside and not items[-1].phrase.plural):
        items[-2] = replace(items[-2], apposition=items[-1].apposition)


def read_item(piece: Sequence[Token]) -> Item | None:
    """One item; nothing where there is no name in it."""
    piece = _counted(_strip(piece))
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
        return replace(event, spec=read_spec((*name_part[used:], *spec_part), event.spec), end=piece[-1].end)
    return (
        bound_in_name(name_part)
        or lasting(name_part)
        or counted_range(name_part)
        or _named(name_part, spec_part, piece)
    )


def _counted(piece: Sequence[Token]) -> Sequence[Token]:
    """`a number of seats`, as something that a row has, is how many there are."""
    counted = [t.low for t in piece[:3]] == ["a", "number", "of"]
    return piece[1:] if counted else piece


def _asked(piece: Sequence[Token]) -> Item | None:
    """`when it was borrowed`, `is it neutered`."""
    if is_question(piece):
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
    """`belongs to user`, `has cart items`, `lies on a shelf`."""
    if len(piece) > 2 and _leads_to_thing(piece):
        inner = read_item(piece[2:])
        return None if inner is None else replace(inner, spec=replace(inner.spec, link="one"), start=piece[0].start)
    if piece[0].tag == "M" and len(piece) > 2:
        inner = _with_verb(piece[1:]) or (_pointed_at(piece[2:]) if piece[1].tag in ("V", "N") else None)
        return None if inner is None else replace(inner, spec=replace(inner.spec, optional=True), start=piece[0].start)
    if piece[0].tag != "V" or len(piece) < 2:
        return None
    if piece[0].lemma == "belong" or piece[1].low in ("to", "by"):
        inner = read_item(piece[2:])
        return None if inner is None else replace(inner, spec=replace(inner.spec, link="one"), start=piece[0].start)
    return read_item(piece[1:]) if piece[0].lemma in verbs.HAS else None


def _pointed_at(piece: Sequence[Token]) -> Item | None:
    """`may concern an asset`: what the verb leads to."""
    single = piece[0].low in ("a", "an", "one", "another")
    inner = read_item(piece) if single else None
    return None if inner is None else replace(inner, spec=replace(inner.spec, link="one"))


def _leads_to_thing(piece: Sequence[Token]) -> bool:
    """`lies on a shelf`, `written by an author`: a verb of place or of an act, and what it leads to."""
    lemma, kind = conjugation.forms().get(piece[0].low, ("", ""))
    told = kind in ("s", "participle") and piece[0].tag in ("V", "VP", "N") and lemma not in _LASTING
    single = (piece[2].tag == "D" and piece[2].low in ("a", "an", "another")) or piece[2].low == "one"
    thing = read_phrase(piece, 2) if single else None
    plain = thing is not None and thing[1] == len(piece) and thing[0].head not in words.UNITS
    return told and piece[1].tag == "P" and piece[1].low not in ("of", "with", "for", "per") and plain


_LASTING = frozenset("last take start end begin".split())


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
    if phrase.head in ("character", "letter", "digit") and phrase.quantity.high is not None:
        return None  # `up to 500 characters`: how long it is, and nothing that it has
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
    begin = type_begins(piece)
    if begin:
        return piece[:begin], piece[begin:]
    for index, token in enumerate(piece):
        if token.text in ("–", "—") and index and piece[index - 1].kind == "number":
            continue
        numbered = token.low == "of" and index and index + 2 < len(piece) and piece[index + 1].kind == "number"
        if numbered and any(t.low in words.LENGTH_WORDS for t in piece[index:]):
            return piece[:index], piece[index + 1 :]  # `a key of 2 to 10 letters`
        if index and token.low in ("max", "min") and _numbered(piece[index + 1 : index + 3]):
            return piece[:index], piece[index:]  # `bio max 160 characters`
        if index and (token.text in (":", "=", "–", "—") or token.kind in ("arrow", "compare")):
            keep = token.kind in ("arrow", "compare")
            return piece[:index], piece[index if keep else index + 1 :]
    return piece, ()


def _numbered(tokens: Sequence[Token]) -> bool:
    """A number, with the dot of an abbreviation before it or without."""
    plain = tokens[1:] if tokens and tokens[0].text == "." else tokens
    return bool(plain) and plain[0].kind == "number"


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


def _beside(tail: Sequence[Token]) -> int:
    """Where `furniture with a condition {new, used}` goes on about something else; the end if it does not."""
    lows = [t.low for t in tail]
    led = (i for i in range(len(lows) - 1) if lows[i] == "with" and tail[i + 1].tag == "D")
    return next(led, len(lows))


def _assemble(
    phrase: Phrase, tail: Sequence[Token], spec_part: Sequence[Token], lead: Spec, *, prep: str, piece: Sequence[Token]
) -> Item:
    last, tail = ending(phrase, tail)
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
    beside = _beside(joined)
    brackets = [t for t in joined[:beside] if t.tag == "GROUP" and (not typed or t.text == value_lists.WRAPPED)]
    groups.extend(brackets)
    for token in groups:
        read = read_group(token, phrase, spec)
        spec, fields, apposition = read.spec, (*fields, *read.fields), apposition or read.apposition
    spec, apposition = read_tail([t for t in joined if t not in brackets], spec, apposition, typed)
    if len(phrase.words) > 1 and phrase.words[-1].low in words.UNIT_SIGNS and not spec.unit:
        spec = replace(spec, unit=words.UNITS[phrase.words[-1].low])
        phrase = replace(phrase, words=phrase.words[:-1])
    while len(phrase.words) > 1 and phrase.words[-1].low in PLAIN_TYPES and spec.type is None and not spec.values:
        spec = replace(spec, type=TYPE_WORDS[phrase.words[-1].low])
        phrase = replace(phrase, words=phrase.words[:-1])
    while len(phrase.words) > 1 and (count := lettered(phrase.words[0].low)) is not None:
        spec = replace(spec, min_length=count, max_length=count)
        phrase = replace(phrase, words=phrase.words[1:])
    name, head = joined_moment(phrase, joined) or item_name(phrase, tail_words)
    if spec.values and phrase.plural:
        name = naming.singular(name)
    if last is not None:
        name = f"{name}_{last.low}"
        granted = last.lemma in GRANTED and head not in nouns.FIELD_TYPES and not spec.values
        spec = replace(spec, type="boolean") if granted and spec.type is None else spec
    if head == "flag" or name.endswith("_flag"):
        name, spec = name.removesuffix("_flag"), replace(spec, type=spec.type or "boolean")
    return Item(
        name,
        head,
        phrase,
        with_exact_length(name, spec),
        piece[0].start,
        piece[-1].end,
        read_items(fields) if fields else (),
        apposition,
        "",
        prep,
    )
