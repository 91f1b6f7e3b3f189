"""Fragments: what sentences without a verb tell: lists of things, `notes on deals`, `vehicles (plate, make, model)`."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from codebegen.understanding.embedded.bound_asides import BOUNDS
from codebegen.understanding.embedded.facts import Fact, Holds, Link, Mention
from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.items import read_items
from codebegen.understanding.embedded.lexicon import nouns, words
from codebegen.understanding.embedded.phrases import Phrase, read_phrase
from codebegen.understanding.embedded.reading import Setting, is_thing
from codebegen.understanding.embedded.text import Token, Tokens
from codebegen.understanding.embedded.values import attribute_share

_SPLIT = frozenset((",", "and", "&", ";", "plus", "n"))


def read_fragment(tokens: Tokens, setting: Setting) -> Iterator[Fact]:
    """Facts of a stretch without a verb."""
    if setting.role == "head":
        yield from _head_links(tokens)
        return
    prefixed = _prefixed_list(tokens)
    if prefixed is not None:
        owner, items = prefixed
        yield Mention(owner, 6, "defined", owner.start, owner.end)
        for item in items:
            yield Holds(owner, item, item.start, item.end)
        return
    pieces = _pieces(tokens)
    if pieces and _is_project(pieces[0]):
        first = pieces[0][2:] if pieces[0][0].tag == "N" else pieces[0][3:]
        for piece in pieces[1:] if _is_customer(pieces[0], first) else (first, *pieces[1:]):
            yield from _piece(piece, Setting("list"), len(pieces)) if piece else ()
        return
    owned = _owned_list(pieces, tokens)
    if owned is not None:
        phrase, links, items = owned
        yield Mention(phrase, 6, "defined", phrase.start, phrase.end)
        yield from links
        for item in items:
            yield Holds(phrase, item, item.start, item.end)
        return
    yield from _listed(pieces, setting)


def _listed(pieces: list[Tokens], setting: Setting) -> Iterator[Fact]:
    """Things beside each other, with data or without."""
    names = frozenset(piece[-2].lemma for piece in pieces if _is_row_of_sheet(piece))
    rows = len(names)
    sheet = rows >= _SEVERAL or (rows == 1 and len(pieces) == 1 and _holds_data(pieces[0]))
    for run in _runs(pieces):
        if sheet and _is_row_of_sheet(run[0], names):
            yield from _defined(run[0])
        elif _has_fields(run[0]):
            yield from _with_fields(run)
        else:
            yield from _piece(run[0], setting, len(pieces))


_SEVERAL = 2
_MOSTLY = 0.5


def _is_row_of_sheet(piece: Tokens, names: frozenset[str] = frozenset()) -> bool:
    """`pond(name, depth), catch(pond, hour)`: one of several names, each with a list in brackets."""
    listed = piece[-1].inside if piece[-1].kind == "group" else ()
    if len(piece) < _SEVERAL or not all(t.tag in ("N", "J") for t in piece[:-1]):
        return False
    head = piece[-2].lemma
    several = any(t.text == "," for t in listed) or head in nouns.THINGS
    told = attribute_share(listed) > 0 or any(t.lemma in names for t in listed)
    return several and told and head not in nouns.ENUM_NOUNS


def _holds_data(piece: Tokens) -> bool:
    """`record [title, year]`: most of what stands in the bracket names fields."""
    return attribute_share(piece[-1].inside) >= _MOSTLY


def _defined(piece: Tokens) -> Iterator[Fact]:
    """A name and its data in brackets, whatever the words mean elsewhere."""
    head = Phrase(piece[:-1], piece[0].start, piece[-2].end)
    yield Mention(head, 8, "defined", head.start, head.end)
    for item in read_items(piece[-1].inside):
        yield Holds(head, item, item.start, item.end, defined=True)


_PROJECTS = frozenset(
    "blog shop store api app site website platform system backend marketplace portal forum wiki crm service".split()
)


def _is_project(piece: Tokens) -> bool:
    """`A blog with posts`: the project itself, and what is in it."""
    lead = piece[1:] if piece[0].tag == "D" else piece
    return (
        len(lead) > 2
        and lead[0].lemma in _PROJECTS
        and lead[1].low in ("with", "for", "of")
        and lead[0].lemma == lead[0].low
    )


def _is_customer(piece: Tokens, whom: Tokens) -> bool:
    """`A backend for our climbing gym`: one, and the one whose backend it is, no row in it."""
    found = read_phrase(whom, 0)
    one = found is not None and not found[0].plural and whom[0].tag == "D"
    return any(t.low == "for" for t in piece[:3]) and one


def _head_links(tokens: Tokens) -> Iterator[Fact]:
    """`Enrollment of a student in a course`, as the head of a list of fields."""
    found = read_phrase(tokens, 0)
    if found is None:
        return
    phrase, at = found
    others = [phrase.of] if phrase.of is not None else []
    while at + 1 < len(tokens):
        other = read_phrase(tokens, at + 1) if tokens[at].tag in ("P", "C") else None
        at = other[1] if other is not None else at + 1
        if other is not None:
            others.append(other[0])
            others.extend([other[0].of] if other[0].of is not None else [])
    plain = replace(phrase, of=None)
    for other_phrase in others:
        if is_thing(other_phrase):
            yield Mention(other_phrase, 2, "target", other_phrase.start, other_phrase.end)
            yield Link(plain, replace(other_phrase, of=None), phrase.start, other_phrase.end, "belong", False, None)


def _pieces(tokens: Sequence[Token]) -> list[Tokens]:
    out: list[list[Token]] = [[]]
    for token in tokens:
        if token.low in _SPLIT and token.kind != "group":
            out.append([])
        else:
            out[-1].append(token)
    return [tuple(piece) for piece in out if piece]


def _prefixed_list(tokens: Tokens) -> tuple[Phrase, tuple[Item, ...]] | None:
    """`artist name + bio + country`, `members name email phone`: a thing and, without a verb, its fields."""
    if len(tokens) < 3 or tokens[0].tag != "N" or tokens[0].lemma not in nouns.THINGS | nouns.PERSONS:
        return None
    second = tokens[1]
    if second.tag == "POSS":
        second = tokens[2]
    if second.low not in nouns.ATTRIBUTES or tokens[0].lemma in nouns.FIELDS_ONLY:
        return None
    body = tokens[1:] if tokens[1].tag != "POSS" else tokens[2:]
    if not any(t.text in (",", "+", "&") or t.low == "and" for t in body) and attribute_share(body) < 1:
        return None
    owner = Phrase((tokens[0],), tokens[0].start, tokens[0].end)
    return owner, read_items(spread(body))


def _owned_list(pieces: list[Tokens], _tokens: Tokens) -> tuple[Phrase, list[Link], tuple[Item, ...]] | None:
    """`Track on album, title, length`, `Registrations of participants with a fee and a date`, `Accounts.

    With a name and an IBAN`.
    """
    if not pieces:
        return None
    first = pieces[0]
    found = read_phrase(first, 0)
    if found is None or not is_thing(found[0]) or found[0].is_field:
        return None
    phrase, at = found
    links: list[Link] = []
    if phrase.of is not None and phrase.of.head in nouns.THINGS | nouns.PERSONS:
        links.append(Link(phrase, phrase.of, phrase.start, phrase.end, "belong", False, None))
    while (
        at + 1 < len(first)
        and (first[at].tag == "P" or first[at].tag == "VP")
        and first[at].low not in ("with", "having")
    ):
        at += 2 if first[at].tag == "VP" and first[at + 1].tag == "P" else 1
        other = read_phrase(first, at)
        if other is None or not is_thing(other[0]) or other[0].is_field:
            return None
        whole = replace(other[0], group=None)
        links.append(Link(phrase, whole, phrase.start, whole.end, "belong", whole.quantity.many, None))
        at = other[1]
    rest = [first[at:], *pieces[1:]] if at < len(first) else pieces[1:]
    return _listed_fields(phrase, links, [piece for piece in rest if piece])


def _listed_fields(
    phrase: Phrase, links: list[Link], rest: list[Tokens]
) -> tuple[Phrase, list[Link], tuple[Item, ...]] | None:
    if not rest:
        return None
    lead = rest[0][0].low in ("with", "having", "containing")
    if lead:
        rest = [rest[0][1:], *rest[1:]]
    comma = Token(",", ",", 0, 0, "punct", "PUNCT")
    joined = tuple(token for piece in rest for token in (*piece, comma))
    if not (lead or (links and attribute_share(joined) >= 0.6)) or not rest[0]:
        return None
    plain = replace(phrase, of=None)
    return plain, [replace(link, source=plain) for link in links], read_items(joined)


def spread(tokens: Sequence[Token]) -> Tokens:
    """`name email phone and membership type` → the missing commas between words that are fields of their own."""
    out: list[Token] = []
    for index, token in enumerate(tokens):
        previous = tokens[index - 1] if index else None
        if previous is not None and _own_field(previous) and _starts_field(token, tokens, index):
            out.append(Token(",", ",", token.start, token.start, "punct", "PUNCT"))
        out.append(token)
    return tuple(out)


_FULL = frozenset("name email phone title description address bio age price url slug password surname".split())


def _own_field(token: Token) -> bool:
    return token.tag == "N" and token.low in _FULL


def _starts_field(token: Token, tokens: Sequence[Token], index: int) -> bool:
    if token.tag != "N" or token.low in ("number", "address", "numbers", "no", "code", "type", "field"):
        return False
    return token.low in _FULL or (index + 1 < len(tokens) and tokens[index + 1].low in nouns.ATTRIBUTES)


def _runs(pieces: list[Tokens]) -> list[list[Tokens]]:
    """`vehicles, sessions with an entry time, an exit time`: fields behind a list of fields go on with it."""
    out: list[list[Tokens]] = []
    for piece in pieces:
        words_in = [t for t in piece if t.tag != "GROUP"]
        last = words_in[-1] if words_in else piece[-1]
        is_field = last.tag == "N" and (last.low in nouns.ATTRIBUTES or last.lemma in nouns.FIELDS_ONLY)
        if out and _has_fields(out[-1][0]) and not _has_fields(piece) and (is_field or piece[0].tag == "D"):
            out[-1].append(piece)
        else:
            out.append([piece])
    return out


def _has_fields(piece: Tokens) -> bool:
    """`Menu categories with name and sort order`."""
    return any(t.low in ("with", "having", "containing") for t in piece[1:4]) and piece[0].tag in ("N", "D", "J")


def _with_fields(pieces: list[Tokens]) -> Iterator[Fact]:
    first = pieces[0]
    at = next(i for i, t in enumerate(first) if t.low in ("with", "having", "containing"))
    found = read_phrase(first[:at], 0)
    if found is None or not is_thing(found[0]) or found[1] < at:
        return
    comma = Token(",", ",", 0, 0, "punct", "PUNCT")
    rest = [first[at + 1 :], *pieces[1:]]
    joined = tuple(token for piece in rest for token in (*piece, comma))
    yield Mention(found[0], 6, "defined", found[0].start, found[0].end)
    for item in read_items(joined):
        yield Holds(found[0], item, item.start, item.end)


def _piece(piece: Tokens, setting: Setting, count: int) -> Iterator[Fact]:
    """One piece: a thing, a thing with its fields in brackets, a thing on another."""
    at = 1 if piece[0].tag in ("A", "X") else 0
    found = read_phrase(piece, at)
    if found is None or not is_thing(found[0]):
        return
    phrase, after = found
    rest = piece[after:]
    if not rest and phrase.of is not None and phrase.plural and phrase.of.det in ("a", "an", "each"):
        yield from _prepositional(replace(phrase, of=None), "of", phrase.of)
        return
    if len(rest) >= 2 and rest[0].tag == "P" and (other := read_phrase(rest, 1)) is not None and is_thing(other[0]):
        yield from _prepositional(phrase, rest[0].low, other[0])
        return
    if phrase.group is not None and len(phrase.group.inside) >= 3 and _group_holds(phrase):
        yield Mention(phrase, 8, "defined", phrase.start, phrase.end)
        for item in read_items(phrase.group.inside):
            yield Holds(phrase, item, item.start, item.end, defined=True)
        return
    if _is_written_as_definition(phrase, piece):
        yield Mention(phrase, 6, "defined", phrase.start, phrase.end)
        for item in read_items(phrase.group.inside if phrase.group is not None else ()):
            yield Holds(phrase, item, item.start, item.end, defined=True)
        return
    weight = _weight(phrase, setting, count)
    if weight and phrase.head != "role":
        yield Mention(phrase, weight, "listed", phrase.start, phrase.end)


def _is_written_as_definition(phrase: Phrase, piece: Tokens) -> bool:
    """`Größe (Bezeichnung, Wert)`: in capitals and with a list in brackets, whatever the words mean."""
    if phrase.group is None or not phrase.words[0].text[:1].isupper() or len(piece) > len(phrase.words) + 1:
        return False
    several = any(t.text == "," for t in phrase.group.inside)
    return several and phrase.head not in nouns.ATTRIBUTES and phrase.head not in nouns.ENUM_NOUNS


def _group_holds(phrase: Phrase) -> bool:
    if phrase.group is None or phrase.group.text == BOUNDS:
        return False
    share = attribute_share(phrase.group.inside)
    return (
        share >= 0.4
        or (phrase.plural and share > 0.2)
        or (phrase.plural and phrase.head in nouns.THINGS and phrase.head not in nouns.ENUM_NOUNS)
    )


def _weight(phrase: Phrase, setting: Setting, count: int) -> int:
    if setting.role in ("entities", "list"):
        return 5
    if setting.role in ("features", "access", "roles", "rules", "endpoints", "out") or phrase.head in nouns.ATTRIBUTES:
        return 0
    if phrase.plural and phrase.head in nouns.THINGS and count > 1:
        return 2
    return 0


_LINKING = frozenset("on for of per in about to at by".split())


def _prepositional(phrase: Phrase, prep: str, other: Phrase) -> Iterator[Fact]:
    """`notes on deals`, `fuel logs per vehicle (date, liters)`, `tasks for a garden`."""
    if prep == "per" and phrase.quantity.one:
        return  # `one line per species` says what is unique
    if prep not in _LINKING or phrase.is_field or other.is_field or other.head in words.UNITS:
        return
    if phrase.quantity.one and other.quantity.one:
        yield Link(phrase, other, phrase.start, other.end, "belong", many_targets=False, many_sources=False)
        return
    known = phrase.head in nouns.THINGS | nouns.ASSOCIATION_NOUNS or phrase.words[-1].named
    if not known and not phrase.plural:
        return
    named = other.head in nouns.THINGS or other.head in nouns.PERSONS or other.words[-1].named
    if not (named or other.plural):
        return
    yield Mention(phrase, 3, "listed", phrase.start, phrase.end)
    many = other.quantity.many
    yield Link(phrase, replace(other, group=None), phrase.start, other.end, "belong", many, None)
    if other.group is not None:
        for item in read_items(other.group.inside):
            yield Holds(phrase, item, item.start, item.end, defined=True)
