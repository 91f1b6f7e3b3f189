"""What a field can be, told apart from where it was named: `Standing is good, poor or lost`, `for covers we use: …`."""

from collections.abc import Iterator, Mapping, Sequence

from codebegen import naming
from codebegen.understanding.embedded.choice_lists import listed_from
from codebegen.understanding.embedded.facts import Fact, Holds
from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.items import read_item
from codebegen.understanding.embedded.lexicon import nouns
from codebegen.understanding.embedded.outline_parts import Definition, Passage
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.spec_model import Spec
from codebegen.understanding.embedded.text import Token, Tokens
from codebegen.understanding.embedded.values import WRAPPED, attribute_share

Told = tuple[Definition | Passage, Phrase | None, list[Fact]]

_LEADS = frozenset("allowed valid possible permitted available accepted".split())
_SIGNS = frozenset((":", "=", "–", "—"))
_SAID = frozenset("either one of always only : = from being".split())
_LONGEST_NAME, _MANY = 3, 3


def with_told_values(told: Sequence[Told]) -> tuple[list[Told], frozenset[int]]:
    """The parts, where one says what a field of another can be, as the field with its values; which lists of facts."""
    owners: dict[str, Phrase] = {}
    for part, _, found in told:
        for fact in found:
            if isinstance(fact, Holds) and not fact.item.spec.values and _is_plain(fact, part):
                owners.setdefault(fact.item.name, fact.owner)
    valued = [_read(part, owners) for part, _, _ in told]
    parts = [(part, topic, new or found) for (part, topic, found), new in zip(told, valued, strict=True)]
    return parts, frozenset(id(new) for new in valued if new)


def states_of_fields(told: Sequence[Told], valued: frozenset[int]) -> Iterator[tuple[Phrase, tuple[str, ...]]]:
    """What sentences say that a field can be: where something moves between them, those are states."""
    for part, _, found in told:
        for fact in found if id(found) in valued and isinstance(part, Passage) else ():
            if isinstance(fact, Holds):
                yield fact.owner, fact.item.spec.values


def _is_plain(fact: Holds, part: Definition | Passage) -> bool:
    """Whether a field is named among others, and not the only thing that a part tells."""
    several = isinstance(part, Passage) or len(part.items) > 1
    return several and fact.item.spec.type is None and not fact.item.sub


def _read(part: Definition | Passage, owners: Mapping[str, Phrase]) -> list[Fact]:
    found = _defined(part, owners) if isinstance(part, Definition) else _values_of_field(part.tokens, owners)
    item = read_item(found[1]) if found is not None else None
    return [Holds(owners[found[0]], item, item.start, item.end)] if found is not None and item is not None else []


def _defined(part: Definition, owners: Mapping[str, Phrase]) -> tuple[str, Tokens] | None:
    """`Standing: good, poor, lost`, `valid grades: A, B`, `access level: read, write`: no rows, where it is a field."""
    items = part.items
    if not items:
        return None
    if len(items) == 1 and part.head.key in owners and (told := _with_signs(items[0])):
        return part.head.key, _item_of(part.head.key, told)
    alone = items[0] if len(items) == 1 and items[0].spec.values else None
    names = [part.head.key]
    if alone is not None:
        names = [f"{part.head.key}_{alone.name}", *([alone.name] if part.head.words[0].low in _LEADS else [])]
        names += [part.head.key] if alone.head not in nouns.ATTRIBUTES else []
    known = next((name for name in names if name in owners), "")
    rows = nouns.THINGS | nouns.PERSONS
    plain = part.head.head not in rows and all(
        i.spec == Spec() and not i.sub and not i.phrase.plural and i.head not in nouns.ATTRIBUTES | rows for i in items
    )
    if not known or not (alone is not None or (plain and len(items) > 1)):
        return None
    if alone is not None:
        first = (alone.name,) if known == part.head.key else ()
        values = (*first, *alone.spec.values)
    else:
        values = tuple(item.name for item in items)
    place = (part.start, part.end)
    comma = Token(",", ",", *place, "punct", "PUNCT")
    inside = tuple(t for v in values for t in (Token(v, v.lower(), *place, "word", "N", v), comma))[:-1]
    return known, _item_of(known, inside)


def _with_signs(item: Item) -> Tokens:
    """`area = food | toys | music`: what is read as one field with signs behind it."""
    behind = item.spec.unknown
    return (*item.phrase.words, *behind) if behind and behind[0].text in ("|", "/") else ()


def _item_of(name: str, inside: Tokens) -> Tokens:
    start, end = inside[0].start, inside[-1].end
    group = Token(WRAPPED, WRAPPED, start, end, "group", "GROUP", "", inside)
    return (Token(name, name, start, end, "word", "N", name), group)


def _values_of_field(tokens: Tokens, owners: Mapping[str, Phrase]) -> tuple[str, Tokens] | None:
    """The name of a field and the words of an item with its values."""
    begin = 1 if tokens and tokens[0].low in ("the", "for", "its", "their") else 0
    while begin < len(tokens) and (tokens[begin].low in _LEADS or tokens[begin].low == "the"):
        begin += 1
    for width in range(_LONGEST_NAME, 0, -1):
        words = tokens[begin : begin + width]
        names = [naming.snake(" ".join(kind)) for kind in ([t.low for t in words], [t.text for t in words])]
        names = [name for name in names if len(words) == width and name]
        known = next((n for name in names for n in (name, naming.singular(name)) if n in owners), "")
        if not known or any(t.kind != "word" for t in words):
            continue
        inside = _listed(tokens, begin + width, led=begin > 0 and tokens[0].low == "for")
        if inside is None:
            return None
        return known, _item_of(known, inside)
    return None


def _listed(tokens: Tokens, at: int, *, led: bool) -> Tokens | None:
    """The values behind a verb of being, a sign, or what `for …` goes on with."""
    if at >= len(tokens):
        return None
    if tokens[at].kind == "group" and tokens[at].text == WRAPPED and at + 1 >= len(tokens):
        return tokens[at].inside
    begin = at
    if led:
        begin = next((i + 1 for i, t in enumerate(tokens) if t.text in _SIGNS and i > at), at)
    while begin < len(tokens) and tokens[begin].tag in ("M", "B"):
        begin += 1
    signed = begin > at or tokens[at].text in _SIGNS
    while begin < len(tokens) and tokens[begin].low in _SAID:
        begin += 1
    if not signed or begin >= len(tokens):
        return None
    if tokens[begin].kind == "group" and begin + 1 >= len(tokens):
        return tokens[begin].inside
    found = listed_from(tokens, begin)
    ends = found is not None and (found.end >= len(tokens) or tokens[found.end].text in (".", ";", ",", "–", "—"))
    if found is None or not ends or attribute_share(found.inside) > 0:
        return None
    return found.inside if found.joined or found.count >= _MANY or tokens[at].text in _SIGNS else None
