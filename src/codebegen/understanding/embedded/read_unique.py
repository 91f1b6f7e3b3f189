"""Uniqueness told by whole sentences: `no two seats have the same number`, `once per player and game`, `all differ`."""

from collections.abc import Iterator, Sequence

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Unique
from codebegen.understanding.embedded.item import item_name
from codebegen.understanding.embedded.lexicon import nouns, words
from codebegen.understanding.embedded.phrases import Phrase, read_phrase
from codebegen.understanding.embedded.reading import Setting, is_teller, is_thing
from codebegen.understanding.embedded.text import Token, Tokens

_DENIED = words.NEGATIONS | {"nobody", "none"}
_SCOPES = frozenset("per for in on of within with to at from inside".split())
_BETWEEN = frozenset(("and", ",", "+", "&"))
_DIFFERENT = frozenset("distinct different".split())


def read_uniqueness(tokens: Tokens, setting: Setting, topic: Phrase | None) -> Iterator[Fact]:
    """`two X with the same A and B` where that is denied, and `only one X for an A and a B`."""
    lows = [t.low for t in tokens]
    denied = any(low in _DENIED and lows[i - 1 : i] != ["/"] for i, low in enumerate(lows))
    two = next((i for i in range(len(lows)) if lows[i] == "two" or lows[i : i + 3] == ["more", "than", "one"]), -1)
    two = -1 if two > 0 and lows[two - 1] == "than" else two  # `no more than two` may well be two
    same = lows.index("same") if "same" in lows else -1
    if "overlap" in lows or (same > 1 and lows[same - 2] == "at" and set(lows[same + 1 : same + 2]) <= _MOMENTS):
        return  # not two at once, which is no matter of one value
    if two >= 0 and denied:
        yield from _two(tokens, two + (3 if lows[two] == "more" else 1), same)
    elif same >= 0 and denied and {"twice", "again"} & set(lows):
        yield from _twice(tokens, same, setting.last or topic)
    elif "one" in lows or "single" in lows:
        yield from _only_one(tokens, lows)


_MOMENTS = frozenset("time moment hour".split())


def _is_row(phrase: Phrase) -> bool:
    return is_thing(phrase) and (phrase.head not in nouns.FIELDS_ONLY or phrase.head in nouns.ASSOCIATION_NOUNS)


def _two(tokens: Tokens, begin: int, same: int) -> Iterator[Fact]:
    """`no two seats of a hall have the same number`, `not more than one reading of a meter on one day`."""
    found = read_phrase(tokens, begin)
    if found is None or not _is_row(found[0]):
        return
    rows, end = found
    shares = next((i for i in range(end, len(tokens)) if tokens[i].lemma == "share"), -1)
    told = _keys(tokens, (same if same > end else shares) + 1) if same > end or shares > 0 else []
    behind = list(_scope(tokens, end, len(tokens)))
    before = _subjects(tokens[: begin - 1])
    of = [rows.of.key] if rows.of is not None else []
    names = tuple(dict.fromkeys((*before, *of, *behind, *told)))
    if names:
        plain = Phrase(rows.words, rows.start, rows.end)
        yield Unique(plain, (), names, tokens[0].start, tokens[-1].end)


def _twice(tokens: Tokens, same: int, about: Phrase | None) -> Iterator[Fact]:
    """`The same number can't be used twice in a hall`: a field, of what was spoken of."""
    found = read_phrase(tokens, same + 1)
    if found is None or about is None or found[0].head not in nouns.ATTRIBUTES:
        return
    scope = tuple(_scope(tokens, found[1], len(tokens)))
    yield Unique(about, (), (item_name(found[0])[0], *scope), tokens[0].start, tokens[-1].end)


def _only_one(tokens: Tokens, lows: Sequence[str]) -> Iterator[Fact]:
    """`For one child and one day only one attendance`, `at most one rating for each member and film`."""
    for i, low in enumerate(lows):
        told = lows[i - 1 : i] in (["only"], ["most"], ["just"], ["exactly"], ["a"]) and low in ("one", "single")
        found = read_phrase(tokens, i + 1) if told else None
        if found is None or not _is_row(found[0]):
            continue
        rows, end = found
        scope = [*_scope(tokens, 0, i - 1), *_scope(tokens, end, len(tokens))] if lows[0] in _SCOPES else None
        scope = scope if scope is not None else list(_scope(tokens, end, len(tokens)))
        each = [key for key in scope if key != rows.key]
        if len(set(each)) > 1:
            yield Unique(Phrase(rows.words, rows.start, rows.end), (), tuple(each), tokens[0].start, tokens[-1].end)
            return


def _subjects(tokens: Sequence[Token]) -> list[str]:
    """`An account can't have two …`, `Within a hall no two …`: what stands before is part of it."""
    out: list[str] = []
    at = 0
    while at < len(tokens):
        found = read_phrase(tokens, at) if tokens[at].tag not in ("V", "M", "B") else None
        if found is None:
            at += 1
            continue
        if is_thing(found[0]) and not is_teller(found[0]) and found[0].words[0].tag != "R":
            out.append(found[0].key)
        at = found[1]
    return out


def _scope(tokens: Tokens, begin: int, stop: int) -> Iterator[str]:
    """The things behind prepositions: `of a meter on one day`."""
    for i in range(begin, stop):
        if tokens[i].low in _SCOPES:
            yield from _keys(tokens[:stop], i + 1)


def _keys(tokens: Sequence[Token], at: int) -> list[str]:
    """The names in `member, day and lesson`."""
    out: list[str] = []
    while at < len(tokens):
        while at < len(tokens) and tokens[at].low in _BETWEEN | {"the", "same", "each", "every", "per"}:
            at += 1
        found = read_phrase(tokens, at) if at < len(tokens) and tokens[at].tag not in ("V", "M", "B", "P") else None
        if found is None:
            break
        if is_thing(found[0]) or found[0].head in nouns.ATTRIBUTES | {"day", "date", "month", "year", "week"}:
            out.append(item_name(found[0])[0] if not found[0].plural else found[0].key)
        at = found[1]
        if at >= len(tokens) or tokens[at].low not in _BETWEEN:
            break
    return out


def read_different(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`E-mails must differ`, `the code has to be distinct`."""
    if not frame.subjects or frame.negated or frame.modal not in ("must", "will"):
        return
    told = frame.verb == "differ" or (frame.verb == "be" and bool(_DIFFERENT & {t.low for t in frame.rest}))
    subject = frame.subjects[-1]
    if told and subject.head in nouns.ATTRIBUTES:
        yield Unique(subject.of or setting.last or setting.topic, (item_name(subject)[0],), (), frame.start, frame.end)
