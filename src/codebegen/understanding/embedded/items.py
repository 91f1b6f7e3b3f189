"""The item parser: one piece of a list of fields becomes an `Item`, whatever list it stands in (prose, bullets, brackets, tables)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from codebegen import naming
from codebegen.understanding.embedded import values as value_lists
from codebegen.understanding.embedded.lexicon import nouns, verbs, words
from codebegen.understanding.embedded.phrases import Phrase, Quantity, name_word, read_phrase, read_quantity
from codebegen.understanding.embedded.spec import TYPE_WORDS, Spec, read_spec
from codebegen.understanding.embedded.text import Token, Tokens
from codebegen.understanding.embedded.values import WRAPPED


@dataclass(frozen=True)
class Item:
    """One thing that something has: its name, how many, what was said about it, and what it has itself (`sub`).

    `wh` is `when`, `who`, `whether`, `how_many`, `where` for an embedded question; `prep` a preposition it began with.
    """

    name: str
    head: str
    phrase: Phrase
    spec: Spec
    start: int
    end: int
    sub: tuple["Item", ...] = ()
    apposition: Phrase | None = None
    wh: str = ""
    prep: str = ""


_SEPARATORS = frozenset((",", "and", "&", "plus", "n", "+", ";", "as well as", "nor"))
_LEADING = frozenset(
    "also a an the its their his her optional optionally unique required has have with including and or of my your our both".split()
)
_HALVES = frozenset(
    "first last given family middle start end min max minimum maximum home work billing shipping purchase selling buying sale "
    "opening closing check-in check-out common latin legal birth sender recipient".split()
)  # fmt: skip


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
    """`amenities such as pool, wifi or gym`: examples are no items; they end with the list or before the next article."""
    begin = next((i for i in range(len(tokens) - 1) if tokens[i].low == "such" and tokens[i + 1].low == "as"), -1)
    if begin < 0:
        return tokens
    end = next((i for i in range(begin + 2, len(tokens)) if tokens[i].tag == "D" and tokens[i - 1].tag in ("C", "PUNCT")), len(tokens))
    return (*tokens[:begin], *tokens[end - 1 if end < len(tokens) else end :])


def _split(tokens: Sequence[Token]) -> list[Tokens]:
    """Pieces at commas, semicolons and conjunctions."""
    out: list[list[Token]] = [[]]
    for index, token in enumerate(tokens):
        if token.text == "/" and 0 < index < len(tokens) - 1 and _both_fields(tokens[index - 1], tokens[index + 1]):
            out.append([])
        elif token.low in _SEPARATORS and token.kind != "group" and not _holds_together(tokens, index):
            out.append([])
        else:
            out[-1].append(token)
    return [tuple(piece) for piece in out if piece]


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
        ):
            nouns_after = [token for token in following if token.tag == "N" and token.low not in _HALVES]
            out.append((*piece, *nouns_after[-1:]) if bare[0].tag != "N" or bare[0].low in _HALVES else piece)
        elif out and len(piece) > 1 and piece[0].low in ("who", "which", "that") and piece[1].tag in ("B", "M"):
            out[-1] = (*out[-1], *piece)
        elif out and _only_spec(piece):
            out[-1] = (*out[-1], *piece)
        else:
            out.append(piece)
    return out


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
    if rest and tuple(t.low for t in rest[0][:2]) in (("each", "with"), ("each", "in"), ("each", "having")) and _is_many(piece):
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
    if piece[0].tag == "W":
        return _question(piece)
    if len(piece) > 2 and (piece[0].tag == "B" and piece[1].tag == "R" or piece[0].low == "if" and piece[1].tag == "R"):
        return _yes_or_no(piece)
    if [t.low for t in piece[-2:]] == ["or", "not"] and len(piece) > 2:
        plain = read_item(piece[:-2])
        return None if plain is None else replace(plain, spec=replace(plain.spec, type="boolean"))
    if piece[0].tag == "V" and len(piece) > 1:
        if piece[0].lemma == "belong" or piece[1].low in ("to", "by"):
            inner = read_item(piece[2:])
            return None if inner is None else replace(inner, spec=replace(inner.spec, link="one"), start=piece[0].start)
        if piece[0].lemma in verbs.HAS:
            return read_item(piece[1:])
    name_part, spec_part = _split_spec(piece)
    event = _event(name_part)
    if event is not None:
        used = 3 if event.name.count("_") > 1 else 2
        return replace(event, spec=read_spec((*name_part[used:], *spec_part)), end=piece[-1].end)
    bound = _bound_in_name(name_part)
    if bound is not None:
        return bound
    lead = _flags_before(name_part)
    prep = name_part[0].low if name_part and name_part[0].tag == "P" else ""
    found = read_phrase(name_part, 1 if prep else 0)
    if found is None:
        found = _forced_phrase(name_part)
    if found is None:
        return None
    phrase, at = found
    return _assemble(phrase, name_part[at:], spec_part, lead, prep, piece)


def _strip(piece: Sequence[Token]) -> Sequence[Token]:
    begin, end = 0, len(piece)
    while (
        begin < end
        and (piece[begin].tag in ("C", "PUNCT", "A") or piece[begin].low in ("as", "well"))
        and piece[begin].low not in ("only",)
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
        if index and (token.text in (":", "=", "–", "—") or token.kind == "arrow" or token.kind == "compare"):
            keep = token.kind in ("arrow", "compare")
            return piece[:index], piece[index if keep else index + 1 :]
    return piece, ()


_EVENT_ENDS = frozenset("at on by since until from to".split())


def _event(tokens: Sequence[Token]) -> Item | None:
    """`planted on`, `closes at`, `member since`: a moment or a person, named by its preposition."""
    if len(tokens) > 2 and tokens[0].low in ("last", "next", "first") and tokens[2].low in _EVENT_ENDS and tokens[1].tag in ("VP", "V"):
        inner = _event(tokens[1:])
        return None if inner is None else replace(inner, name=f"{tokens[0].low}_{inner.name}", start=tokens[0].start)
    if len(tokens) < 2 or tokens[1].low not in _EVENT_ENDS or tokens[0].kind != "word":
        return None
    if len(tokens) > 2 and tokens[2].tag != "GROUP" and tokens[2].low not in ("optional", "unique", "required"):
        return None
    phrase = Phrase((tokens[0], tokens[1]), tokens[0].start, tokens[1].end)
    name = naming.snake(f"{name_word(tokens[0])} {tokens[1].low}")
    return Item(name, tokens[1].low, phrase, Spec(), tokens[0].start, tokens[1].end)


def _bound_in_name(tokens: Sequence[Token]) -> Item | None:
    """`max 20 people`: a bound that is a field of its own, with its number as default."""
    if len(tokens) != 3 or tokens[0].low not in ("max", "maximum", "min", "minimum") or tokens[1].kind != "number" or tokens[2].tag != "N":
        return None
    if tokens[2].low in words.UNITS or not tokens[1].text.isdigit():
        return None
    phrase = Phrase((tokens[2],), tokens[0].start, tokens[2].end)
    name = f"{tokens[0].low[:3]}_{naming.snake(tokens[2].low)}"
    return Item(name, "count", phrase, Spec(type="integer", default=tokens[1].text), tokens[0].start, tokens[2].end)


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
    phrase: Phrase, tail: Sequence[Token], spec_part: Sequence[Token], lead: Spec, prep: str, piece: Sequence[Token]
) -> Item:
    tail_words, tail = _name_tail(tail)
    spec, sub, apposition = Spec(optional=lead.optional, unique=lead.unique, required=lead.required), (), None
    if phrase.group is not None:
        spec, sub, apposition = read_group(phrase.group, phrase, spec)
    joined = [*tail, *spec_part]
    slash = _slash_values(phrase, joined)
    if slash is not None:
        phrase, spec, joined = slash[0], replace(spec, **slash[1]), slash[2]
    typed = bool(spec_part)
    for token in [] if typed else [t for t in joined if t.tag == "GROUP"]:
        more, more_sub, more_apposition = read_group(token, phrase, spec)
        spec, sub, apposition = more, sub + more_sub, apposition or more_apposition
    spec, apposition = _read_tail([t for t in joined if typed or t.tag != "GROUP"], spec, apposition, typed)
    while len(phrase.words) > 1 and phrase.words[-1].low in _PLAIN_TYPES and spec.type is None and not spec.values:
        spec = replace(spec, type=TYPE_WORDS[phrase.words[-1].low])
        phrase = replace(phrase, words=phrase.words[:-1])
    name, head = _joined_moment(phrase, joined) or item_name(phrase, tail_words)
    if spec.values and phrase.plural and phrase.head in nouns.ENUM_NOUNS:
        name = naming.singular(name)
    if head == "flag" or name.endswith("_flag"):
        name, spec = name.removesuffix("_flag"), replace(spec, type=spec.type or "boolean")
    return Item(name, head, phrase, spec, piece[0].start, piece[-1].end, sub, apposition, "", prep)


# Types that are no words for things: `number int unique` is a number.
_PLAIN_TYPES = frozenset("int integer string str varchar bool boolean decimal float datetime timestamp uuid bigint double".split())


def _joined_moment(phrase: Phrase, tail: Sequence[Token]) -> tuple[str, str] | None:
    """`the date they joined` → `joined_at`, a date."""
    if phrase.head not in ("date", "time", "day", "moment") or len(tail) < 2 or len(phrase.words) > 1:
        return None
    verb = next((t for t in tail if t.tag in ("V", "VP")), None)
    if tail[0].tag not in ("R", "W", "D") or verb is None:
        return None
    return f"{participle(verb)}_at", phrase.head


def _name_tail(tail: Sequence[Token]) -> tuple[Tokens, Sequence[Token]]:
    """`price per night`, `days to harvest`, `price at time of order` go on after the head."""
    if (
        len(tail) >= 2
        and tail[0].low in ("per", "to", "for", "at", "on", "by")
        and tail[1].tag in ("N", "V", "VG")
        and tail[1].low not in words.UNITS
        or (len(tail) >= 2 and tail[0].low == "per" and tail[1].tag == "N")
    ):
        end = 2
        while end < len(tail) and (tail[end].tag == "N" or tail[end].low == "of") and end < 5:
            end += 1
        return tuple(tail[:end]), tail[end:]
    return (), tail


def item_name(phrase: Phrase, tail: Sequence[Token] = ()) -> tuple[str, str]:
    """The snake_case name of a field and the word that tells its type."""
    parts, head = [name_word(token) for token in phrase.words], phrase.words[-1].low
    head = words.ABBREVIATIONS.get(head, head)
    if phrase.of is not None and not phrase.of.det:
        inner = [name_word(token) for token in phrase.of.words]
        if head in ("type", "kind") and len(phrase.words) == 1:
            return naming.snake(" ".join([*inner[:-1], phrase.of.head, head])), head
        if head == "number" and parts[0] in ("maximum", "max", "maximal", "minimum", "min"):
            return naming.snake(" ".join([parts[0][:3], *inner])), "count"
        return naming.snake(" ".join([*parts, "of", *inner])), "count" if head == "number" else head
    if tail:
        extra = [("per" if tail[0].low == "for" else tail[0].low), *(token.low for token in tail[1:])]
        return naming.snake(" ".join([*parts, *extra])), head
    if head in ("maximum", "minimum") and len(parts) > 1:
        return naming.snake(" ".join(parts)), parts[-2]
    return naming.snake(" ".join(parts)), head


def _slash_values(phrase: Phrase, tail: Sequence[Token]) -> tuple[Phrase, dict[str, object], list[Token]] | None:
    """`gender male/female`, `archived yes/no`, `public or private`: the last word before the sign is a value already."""
    if not tail or tail[0].low not in ("/", "|", "or"):
        return None
    end = 0
    while end < len(tail) and tail[end].kind in ("word", "punct", "number") and tail[end].text not in (":", ","):
        end += 1
    run = (phrase.words[-1], *tail[:end])
    if tail[0].low == "or" and tail[1:2] and tail[1].tag == "X":
        return phrase, {"type": "boolean"}, list(tail[end:])
    if run[0].low in ("yes", "true", "y", "no", "false") and len(phrase.words) > 1:
        return replace(phrase, words=phrase.words[:-1]), {"type": "boolean"}, list(tail[end:])
    found = value_lists.read_values(run)
    if found is None:
        return None
    if len(phrase.words) > 1:
        return replace(phrase, words=phrase.words[:-1]), {"values": found[0], "type": "enum"}, list(tail[end:])
    if {"public", "private"} <= set(found[0]):
        word = Token("visibility", "visibility", phrase.start, phrase.end, "word", "N", "visibility")
        return replace(phrase, words=(word,)), {"values": found[0], "type": "enum"}, list(tail[end:])
    return None


def read_group(group: Token, phrase: Phrase, spec: Spec) -> tuple[Spec, tuple[Item, ...], Phrase | None]:
    """What a bracket behind a name says: constraints, values, fields of its own, or what it is."""
    inside = group.inside
    if group.text == WRAPPED or phrase.head.rsplit("_", 1)[-1] in nouns.ENUM_NOUNS or value_lists.looks_hard(inside):
        tried = read_spec(inside, spec)
        if phrase.head in nouns.ENUM_NOUNS and len(inside) >= 3 and all(t.tag in ("N", "J") for t in inside) and not _has_signs(inside):
            return replace(spec, values=tuple(value_lists.value((t,)) for t in inside), type="enum"), (), None
        found = None if not _content(tried.unknown) else value_lists.read_values(inside, strong=group.text == WRAPPED or (bool(inside) and inside[0].low == "enum"))
        if found is not None and not (phrase.plural and value_lists.attribute_share(inside) > 0.4):
            return (
                read_spec(found[2], replace(spec, values=found[0], moves=found[1], type=spec.type or "enum")),
                (),
                None,
            )
    tried = read_spec(inside, spec)
    if not _content(tried.unknown):
        return replace(tried, unknown=spec.unknown), (), None
    apposition = _apposition(inside)
    if apposition is not None:
        return spec, (), apposition
    bounds = [t.low for t in inside if t.tag != "C" and t.text not in (",", "/")]
    if len(bounds) == 2 and set(bounds) <= _BOUNDS:
        return replace(spec, parts=(bounds[0], bounds[1])), (), None
    person = _flagged_person(inside, spec)
    if person is not None:
        return person[0], (), person[1]
    pieces = [token for token in inside if token.text in (",", ";", "+") or token.low == "and"]
    if pieces:
        share = value_lists.attribute_share(inside)
        listed = value_lists.read_values(inside)
        if listed is not None and share < 0.4 and not phrase.plural and phrase.quantity == Quantity():
            return (
                read_spec(listed[2], replace(spec, values=listed[0], moves=listed[1], type=spec.type or "enum")),
                (),
                None,
            )
        return spec, read_items(inside), None
    if len(inside) <= 3 and phrase.plural and value_lists.attribute_share(inside) == 1:
        return spec, read_items(inside), None
    return tried, (), None


def _has_signs(tokens: Sequence[Token]) -> bool:
    return any(t.kind != "word" for t in tokens) or any(t.low in TYPE_WORDS or t.low in ("unique", "optional", "required") for t in tokens)


_BOUNDS = frozenset("min max minimum maximum from to start end".split())


def _flagged_person(inside: Tokens, spec: Spec) -> tuple[Spec, Phrase] | None:
    """`assignee (agent, optional)`: who it is, and what holds for it."""
    comma = next((i for i, t in enumerate(inside) if t.text == ","), -1)
    if comma <= 0:
        return None
    found, rest = read_phrase(inside[:comma], 0), read_spec(inside[comma + 1 :], spec)
    if found is None or found[1] < comma or not found[0].is_person or _content(rest.unknown):
        return None
    return rest, found[0]


def _content(tokens: Sequence[Token]) -> list[Token]:
    """Words that are neither signs nor function words."""
    return [
        t
        for t in tokens
        if t.kind in ("word", "number")
        and t.tag in ("N", "V", "VP", "VG", "J", "#")
        and t.low not in ("is", "be", "value", "values")
    ]


def _apposition(tokens: Sequence[Token]) -> Phrase | None:
    """`a team`, `one of the gardeners`, `who is also an employee`, `the employee`."""
    at = 0
    while at < len(tokens) and (tokens[at].tag in ("W", "B", "A") or tokens[at].low in ("also",)):
        at += 1
    if at < len(tokens) and (
        tokens[at].tag == "D"
        and tokens[at].low in ("a", "an", "another", "the")
        or tokens[at].low in ("one", "another")
    ):
        found = read_phrase(tokens, at)
        if found is not None and found[1] >= len(tokens):
            return found[0]
    return None


def _read_tail(
    tail: Sequence[Token], spec: Spec, apposition: Phrase | None, explicit: bool
) -> tuple[Spec, Phrase | None]:
    """Relative clauses, types and constraints behind the name."""
    if not tail:
        return spec, apposition
    if tail[0].tag in ("W", ","):
        apposition = apposition or _apposition(tail)
        if apposition is not None:
            return spec, apposition
    if explicit:
        tried = read_spec(tail, spec)
        found = (
            value_lists.read_values(tail)
            if len(_content(tried.unknown)) >= 2 and tried.type in (None, "enum", "string") and not tried.link
            else None
        )
        if found is not None:
            return read_spec(found[2], replace(spec, values=found[0], moves=found[1], type="enum")), apposition
        return tried, apposition
    if tail[0].tag == "R" and len(tail) >= 2 and tail[1].tag in ("V", "VP"):
        return replace(spec, unknown=tuple(tail)), apposition
    return read_spec(tail, spec), apposition


def _yes_or_no(piece: Sequence[Token]) -> Item | None:
    """`is it neutered`, `if they have a garden or not`."""
    rest = [t for t in piece[2:] if t.tag not in ("D", "A", "X", "C", "B", "R")]
    if not rest:
        return None
    has = rest[0].lemma == "have" and len(rest) > 1
    named = rest[1:2] if has else rest[:1]
    name = f"has_{naming.snake(named[0].low)}" if has else participle(named[0])
    return Item(name, "flag", Phrase((named[0],), piece[0].start, piece[-1].end), Spec(type="boolean"), piece[0].start, piece[-1].end)


_HOW = {"urgent": "urgency", "long": "duration", "big": "size", "far": "distance", "old": "age", "heavy": "weight", "tall": "height", "high": "height", "often": "frequency", "expensive": "price", "hard": "difficulty", "difficult": "difficulty"}  # fmt: skip


def _question(piece: Sequence[Token]) -> Item | None:
    """`when it was borrowed` → `borrowed_at`, `who took it` → `taken_by`, `whether it was paid` → `paid`, `how many seats`."""
    lead = piece[0].low
    if lead == "how" and len(piece) > 1 and piece[1].low in _HOW:
        group = next((t for t in piece if t.kind == "group"), None)
        word = piece[1].tagged("N", _HOW[piece[1].low])
        named = Phrase((word,), piece[0].start, piece[-1].end)
        spec, _, _ = read_group(group, named, Spec()) if group is not None else (Spec(), (), None)
        return Item(_HOW[piece[1].low], _HOW[piece[1].low], named, spec, piece[0].start, piece[-1].end)
    rest = [t for t in piece[1:] if t.tag not in ("R", "B", "D", "A", "M", "DO", "P", "TO") or t.low == "due"]
    if not rest:
        return None
    phrase = Phrase((rest[-1],), piece[0].start, piece[-1].end)
    verb = next((t for t in rest if t.tag in ("V", "VP", "J")), rest[-1])
    base = {"start": piece[0].start, "end": piece[-1].end, "phrase": phrase}
    if lead == "when":
        return Item(f"{participle(verb)}_at", "at", spec=Spec(type="datetime"), wh="when", **base)  # type: ignore[arg-type]
    if lead in ("who", "whom"):
        return Item(f"{participle(verb)}_by", "by", spec=Spec(), wh="who", **base)  # type: ignore[arg-type]
    if lead == "whether":
        return Item(participle(verb), "flag", spec=Spec(type="boolean"), wh="whether", **base)  # type: ignore[arg-type]
    if lead == "how" and rest[0].low in ("many", "much") or (len(piece) > 1 and piece[1].low in ("many", "much")):
        noun = next((t for t in rest if t.tag == "N"), None)
        if noun is None:
            return None
        return Item(naming.snake(f"{noun.lemma} count"), "count", spec=Spec(type="integer"), wh="how_many", **base)  # type: ignore[arg-type]
    if lead == "where":
        return Item("location", "location", spec=Spec(), wh="where", **base)  # type: ignore[arg-type]
    return None


def participle(token: Token) -> str:
    """The participle of a verb token, as fields are named: `took` → `taken`."""
    form = verbs.forms().get(token.low)
    if form is None:
        return naming.snake(token.low)
    lemma = form[0]
    irregular = verbs.IRREGULAR.get(lemma)
    if irregular is not None:
        return irregular[1]
    return next((f for f, (base, kind) in verbs.forms().items() if base == lemma and kind == "participle"), token.low)


def quantity_only(tokens: Sequence[Token]) -> Quantity:
    """The quantity at the start of some tokens."""
    return read_quantity(tokens, 0)[0]
