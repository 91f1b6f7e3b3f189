"""What stands behind a name: brackets, values, constraints, or what the thing is."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from codebegen.understanding.embedded import values as value_lists
from codebegen.understanding.embedded.bounds import number_text
from codebegen.understanding.embedded.lexicon import nouns, words
from codebegen.understanding.embedded.phrases import Phrase, Quantity, number_of, read_phrase
from codebegen.understanding.embedded.spec import read_spec
from codebegen.understanding.embedded.spec_model import TYPE_WORDS, Spec
from codebegen.understanding.embedded.text import Token, Tokens
from codebegen.understanding.embedded.values import WRAPPED


@dataclass(frozen=True)
class Slash:
    """A name whose last word was a value already.

    The shorter name, the values or a boolean, what is left behind them.
    """

    phrase: Phrase
    rest: list[Token]
    values: tuple[str, ...] = ()

    def into(self, spec: Spec) -> Spec:
        """The specification with what was found."""
        return replace(spec, values=self.values, type="enum") if self.values else replace(spec, type="boolean")


def slash_values(phrase: Phrase, tail: Sequence[Token]) -> Slash | None:
    """`gender male/female`, `archived yes/no`, `public or private`.

    The last word before the sign is a value already.
    """
    if not tail or tail[0].low not in ("/", "|", "or"):
        return None
    end = 0
    while end < len(tail) and tail[end].kind in ("word", "punct", "number") and tail[end].text not in (":", ","):
        end += 1
    run, rest = (phrase.words[-1], *tail[:end]), list(tail[end:])
    shorter = replace(phrase, words=phrase.words[:-1])
    if tail[0].low == "or" and tail[1:2] and tail[1].tag == "X":
        return Slash(phrase, rest)
    if run[0].low in ("yes", "true", "y", "no", "false") and len(phrase.words) > 1:
        return Slash(shorter, rest)
    if run[0].low in ("yes", "no") and phrase.det == "certain":
        word = Token(phrase.det, phrase.det, phrase.start, phrase.end, "word", "J", phrase.det)
        return Slash(replace(phrase, words=(word,), det=""), rest)
    found = value_lists.read_values(run)
    if found is not None and len(phrase.words) > 1:
        return Slash(shorter, rest, found[0])
    if found is not None and {"public", "private"} <= set(found[0]):
        word = Token("visibility", "visibility", phrase.start, phrase.end, "word", "N", "visibility")
        return Slash(replace(phrase, words=(word,)), rest, found[0])
    return None


@dataclass(frozen=True)
class GroupReading:
    """What a bracket says: a specification, the tokens of fields of its own, or what the thing is."""

    spec: Spec
    fields: Tokens = ()
    apposition: Phrase | None = None


GroupRule = Callable[[Token, Phrase, Spec], GroupReading | None]


def read_group(group: Token, phrase: Phrase, spec: Spec) -> GroupReading:
    """The first rule that fits a bracket behind a name; a plain constraint if none does."""
    if any(t.kind == "range" and (i == len(group.inside) - 1) for i, t in enumerate(group.inside)) or any(
        t.low in ("etc", "etc.", "e.g", "e.g.", "eg") for t in group.inside
    ):
        return GroupReading(spec)  # `name (Bees, Bears, ...)`: examples only
    why = next((i for i, t in enumerate(group.inside) if i and t.low in _WHY), len(group.inside))
    usual = bool(group.inside) and group.inside[0].low in ("normally", "usually", "typically")
    begin = next((i + 1 for i, t in enumerate(group.inside) if t.text == ","), 0) if usual else 0
    group = replace(group, inside=group.inside[begin:why])
    for rule in GROUP_RULES:
        found = rule(group, phrase, spec)
        if found is not None:
            return found
    return GroupReading(read_spec(group.inside, spec))


# `(max 5000, otherwise it breaks)`: what follows gives a reason.
_WHY = frozenset("otherwise because since so else".split())


def _with_values(found: value_lists.Values, spec: Spec) -> GroupReading:
    values, moves, rest = found
    return GroupReading(read_spec(rest, replace(spec, values=values, moves=moves, type=spec.type or "enum")))


def _expects_values(group: Token, phrase: Phrase) -> bool:
    enum_head = phrase.head.rsplit("_", 1)[-1] in nouns.ENUM_NOUNS
    return group.text == WRAPPED or enum_head or value_lists.looks_hard(group.inside)


def _bare_words(group: Token, phrase: Phrase, spec: Spec) -> GroupReading | None:
    """`species (dog cat rabbit)`: values without any sign between them."""
    inside = group.inside
    plain = len(inside) >= 3 and all(t.tag in ("N", "J") for t in inside) and not _has_signs(inside)
    if phrase.head not in nouns.ENUM_NOUNS or not plain:
        return None
    return GroupReading(replace(spec, values=tuple(value_lists.value((t,)) for t in inside), type="enum"))


def _closed_values(group: Token, phrase: Phrase, spec: Spec) -> GroupReading | None:
    """`status (draft or published)`, `priority [low, high] default low`."""
    inside = group.inside
    units = sum(t.low in words.UNITS for t in inside) > 1
    either = phrase.head in nouns.ENUM_NOUNS and any(t.low in ("or", "/", "|") for t in inside)
    if not _expects_values(group, phrase) or not (units or either or content_words(read_spec(inside, spec).unknown)):
        return None
    strong = group.text == WRAPPED or (bool(inside) and inside[0].low == "enum")
    found = value_lists.read_values(inside, strong=strong)
    if found is None or (phrase.plural and value_lists.attribute_share(inside) > 0.4):
        return None
    return _with_values(found, spec)


def _constraints(group: Token, _phrase: Phrase, spec: Spec) -> GroupReading | None:
    """`(unique, max 40 characters)`: nothing but what a specification knows."""
    tried = read_spec(group.inside, spec)
    return None if content_words(tried.unknown) else GroupReading(replace(tried, unknown=spec.unknown))


def _what_it_is(group: Token, _phrase: Phrase, spec: Spec) -> GroupReading | None:
    """`winner (a team)`."""
    apposition = _apposition(group.inside) or _bare_person(group.inside)
    return None if apposition is None else GroupReading(spec, (), apposition)


def _bare_person(inside: Tokens) -> Phrase | None:
    """`driver (member)`: who it is, in one word."""
    if len(inside) != 1 or inside[0].tag != "N" or inside[0].lemma not in nouns.PERSONS:
        return None
    return Phrase(inside, inside[0].start, inside[0].end)


def _two_bounds(group: Token, _phrase: Phrase, spec: Spec) -> GroupReading | None:
    """`budget (min and max)` are two fields."""
    bounds = [t.low for t in group.inside if t.tag != "C" and t.text not in (",", "/")]
    if len(bounds) != 2 or not set(bounds) <= _BOUNDS:
        return None
    return GroupReading(replace(spec, parts=(bounds[0], bounds[1])))


def _person(group: Token, _phrase: Phrase, spec: Spec) -> GroupReading | None:
    """`assignee (agent, optional)`."""
    found = _flagged_person(group.inside, spec)
    return None if found is None else GroupReading(found[0], (), found[1])


def _listed(group: Token, phrase: Phrase, spec: Spec) -> GroupReading | None:
    """`(a, b, c)`: values of a single thing, else fields of its own."""
    inside = _of_each(group.inside)
    several = any(token.text in (",", ";", "+") or token.low == "and" for token in inside)
    share = value_lists.attribute_share(inside)
    if not several:
        alone = len(inside) <= 3 and phrase.plural and share == 1
        return GroupReading(spec, inside) if alone else None
    listed = value_lists.read_values(inside)
    single = not phrase.plural and phrase.quantity == Quantity()
    # `qualifications (first aid, training)`: none of them is a field, and the head is no thing.
    kinds = phrase.plural and share == 0 and phrase.head not in nouns.THINGS | nouns.PERSONS
    if listed is not None and ((share < 0.4 and single) or kinds):
        return _with_values(listed, spec)
    return GroupReading(spec, inside)


def _of_each(inside: Tokens) -> Tokens:
    """`(each with a number and a date)`: the data alone."""
    begin = 1 if inside[:1] and inside[0].low == "each" else 0
    led = inside[begin : begin + 1] and inside[begin].low in ("with", "having", "has")
    return inside[begin + 1 :] if led else inside


def _numbers(group: Token, phrase: Phrase, spec: Spec) -> GroupReading | None:
    """`duration (15, 30 or 60 minutes)`: numbers with a unit bound a number, they are no words to choose from."""
    inside = [t for t in value_lists.skip_lead(group.inside) if t.low not in _BETWEEN_NUMBERS]
    numbers = [number for t in inside if (number := number_of(t)) is not None]
    rest = inside[len(numbers) :]
    unit = words.UNITS.get(rest[0].low) if len(rest) == 1 else None
    listed = len(numbers) > 2 or any(t.low in ("or", "/") for t in group.inside)
    told = unit is not None or (not rest and phrase.head in _MEASURED)
    if len(numbers) < 2 or not listed or not told or any(number_of(t) is None for t in inside[: len(numbers)]):
        return None
    kind = spec.type or ("duration" if unit in words.TIME_UNITS else None)
    bounds = str(min(numbers)), str(max(numbers))
    return GroupReading(replace(spec, min=bounds[0], max=bounds[1], unit=unit or spec.unit, type=kind))


_BETWEEN_NUMBERS = frozenset((",", "/", "or", "and", "either"))
_MEASURED = frozenset("rating score star duration length level grade priority".split())


def _codes(group: Token, _phrase: Phrase, spec: Spec) -> GroupReading | None:
    """`difficulty (T1 to T6)`: codes that are counted up."""
    inside = group.inside
    if len(inside) != 3 or inside[1].low not in _UP_TO:
        return None
    first, last = (_CODE.fullmatch(t.text) for t in (inside[0], inside[2]))
    if first is None or last is None or first[1] != last[1] or not 0 < int(last[2]) - int(first[2]) < _MANY_CODES:
        return None
    codes = tuple(f"{first[1]}{n}" for n in range(int(first[2]), int(last[2]) + 1))
    return GroupReading(replace(spec, values=codes, type="enum"))


_CODE = re.compile(r"([A-Za-z]{1,3}-?)(\d{1,2})")
_UP_TO = frozenset(("to", "-", "–", "..", "...", "…", "until", "through"))
_MANY_CODES = 20


GROUP_RULES: tuple[GroupRule, ...] = (
    _codes,
    _numbers,
    _bare_words,
    _closed_values,
    _constraints,
    _what_it_is,
    _two_bounds,
    _person,
    _listed,
)


def _has_signs(tokens: Sequence[Token]) -> bool:
    return any(t.kind != "word" for t in tokens) or any(
        t.low in TYPE_WORDS or t.low in ("unique", "optional", "required") for t in tokens
    )


_BOUNDS = frozenset("min max minimum maximum from to start end".split())


def _flagged_person(inside: Tokens, spec: Spec) -> tuple[Spec, Phrase] | None:
    """`assignee (agent, optional)`: who it is, and what holds for it."""
    comma = next((i for i, t in enumerate(inside) if t.text == ","), -1)
    if comma <= 0:
        return None
    found, rest = read_phrase(inside[:comma], 0), read_spec(inside[comma + 1 :], spec)
    if found is None or found[1] < comma or not found[0].is_person or content_words(rest.unknown):
        return None
    return rest, found[0]


def content_words(tokens: Sequence[Token]) -> list[Token]:
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
    while at < len(tokens) and (tokens[at].tag in ("W", "B", "A") or tokens[at].low in ("also", "both")):
        at += 1
    if at == len(tokens) - 1 or (at == len(tokens) - 2 and tokens[-1].low in ("too", "also")):
        plural = (
            tokens[at].tag == "N" and tokens[at].lemma != tokens[at].low and tokens[0].low in ("who", "which", "both")
        )
        return Phrase((tokens[at],), tokens[at].start, tokens[at].end, "a") if plural else None
    if at < len(tokens) and (
        (tokens[at].tag == "D" and tokens[at].low in ("a", "an", "another", "the"))
        or tokens[at].low in ("one", "another")
    ):
        found = read_phrase(tokens, at)
        if found is not None and found[1] >= len(tokens):
            return found[0]
    return None


def _chosen_from(tail: Sequence[Token]) -> Phrase | None:
    """`one editor from the staff`, `a captain among the players`: of whom there are more."""
    found = read_phrase(tail, 1)
    if found is None or found[1] < len(tail) or found[0].det != "the":
        return None
    return found[0] if found[0].is_person or found[0].plural else None


_BESIDE = frozenset("for with on by during at".split())


def read_tail(
    tail: Sequence[Token], spec: Spec, apposition: Phrase | None, explicit: bool
) -> tuple[Spec, Phrase | None]:
    """Relative clauses, types and constraints behind the name."""
    if not tail:
        return spec, apposition
    if tail[0].tag in ("W", ",") or tail[0].low in ("from", "among"):
        chosen = None if explicit or tail[0].tag in ("W", ",") else _chosen_from(tail)
        apposition = apposition or chosen or (_apposition(tail) if tail[0].tag != "P" else None)
        if apposition is not None:
            return spec, apposition
    path = value_lists.read_values(tail) if sum(t.kind == "arrow" for t in tail) > 1 else None
    if path is not None:
        return read_spec(path[2], replace(spec, values=path[0], moves=path[1], type="enum")), apposition
    if explicit:
        tried = read_spec(tail, spec)
        found = (
            value_lists.read_values(tail)
            if (len(content_words(tried.unknown)) >= 2 and tried.type in (None, "enum", "string") and not tried.link)
            or (value_lists.looks_hard(tail) and content_words(tried.unknown))
            else None
        )
        if found is not None:
            return read_spec(found[2], replace(spec, values=found[0], moves=found[1], type="enum")), apposition
        return tried, apposition
    numbered = _numbered(tail, spec)
    if numbered is not None:
        return numbered, apposition
    if tail[0].low in _BESIDE and not explicit:
        # "with a barber for one service at some time" says nothing about what a barber is.
        return replace(spec, unknown=tuple(tail)), apposition
    clause = tail[0].tag == "R" and len(tail) >= 2 and tail[1].tag in ("V", "VP")
    return replace(spec, unknown=tuple(tail)) if clause else read_spec(tail, spec), apposition


def _numbered(tail: Sequence[Token], spec: Spec) -> Spec | None:
    """`a code with 3 letters`, `seats for 4 to 20 people`: how long it is, or how many they are."""
    led = tail[0].low in ("with", "for", "of") and number_text(tail, 1) is not None
    told = read_spec(tail[1:], spec) if led else spec
    people = all(t.lemma in nouns.PERSONS | {"people"} for t in content_words(told.unknown))
    return replace(told, unknown=spec.unknown) if led and people else None
