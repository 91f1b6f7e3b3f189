"""Orphan lists: enumerations of data that no reader took, given to what the sentence speaks of before them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.discourse import Reading
from codebegen.understanding.embedded.facts import Association, Fact, Holds, Paired
from codebegen.understanding.embedded.items import read_items
from codebegen.understanding.embedded.lexicon import nouns, verbs
from codebegen.understanding.embedded.names import USER, Names
from codebegen.understanding.embedded.outline_parts import Definition, Outline, Passage
from codebegen.understanding.embedded.phrases import Phrase, read_phrase
from codebegen.understanding.embedded.text import Token, Tokens

_SIGNS = frozenset((",", ";", "and", "&", "plus"))
_VERBAL = frozenset(("V", "M", "B", "DO", "TO"))
_LEAST, _MANY, _LONGEST = 2, 3, 9
_MOSTLY = 0.6


def read_orphans(told: Outline, reading: Reading, names: Names) -> list[Holds]:
    """The data of such lists."""
    taken = list(_taken(reading.facts))
    found: list[Holds] = []
    last: Phrase | None = None
    for part in told.parts:
        if isinstance(part, Definition):
            last = part.head
            continue
        spoken = _spoken(part, reading.frames, names)
        for run in _runs(part.tokens, names):
            start, end = run[0][0].start, run[-1][-1].end
            owner = _owner(start, spoken, last)
            if owner is not None and not any(begin < end and start < stop for begin, stop in taken):
                found.extend(_held(owner, run))
        last = next((phrase for _, phrase, _ in spoken), last)
    return found


def _taken(facts: Sequence[Fact]) -> Iterator[tuple[int, int]]:
    """Where data was read already."""
    for fact in facts:
        items = (
            (fact.item,) if isinstance(fact, Holds) else fact.items if isinstance(fact, Association | Paired) else ()
        )
        yield from ((item.start, item.end) for item in items)


def _spoken(part: Passage, frames: Sequence[Frame], names: Names) -> list[tuple[int, Phrase, bool]]:
    """Where the entities of a sentence are spoken of, and whether as who or what has something."""
    out: list[tuple[int, Phrase, bool]] = []
    for frame in (f for f in frames if part.start <= f.start < part.end):
        has = [(phrase, frame.verb in verbs.HAS or frame.verb == "get") for phrase in frame.subjects]
        others = [*frame.objects, *(phrase for _, phrase in (*frame.preps, *frame.lead))]
        for phrase, owns in (*has, *((phrase, False) for phrase in others)):
            inside = part.start <= phrase.start < part.end
            if names.find(phrase) not in (None, USER):
                out.append((phrase.start if inside else frame.start, phrase, owns))
    return sorted(out, key=lambda found: found[0])


def _owner(start: int, spoken: Sequence[tuple[int, Phrase, bool]], last: Phrase | None) -> Phrase | None:
    """Whoever has something, else what was spoken of last."""
    before = [found for found in spoken if found[0] < start]
    owning = [found for found in before if found[2]]
    latest = owning or before
    return latest[-1][1] if latest else last


def _runs(tokens: Tokens, names: Names) -> Iterator[list[Tokens]]:
    """Stretches of pieces between commas that name data."""
    run: list[Tokens] = []
    for piece in [*_pieces(tokens), ()]:
        data = _data(piece, names, first=not run)
        if data:
            run.append(data)
        elif run and piece and piece[0].tag == "W":
            continue  # `a number, which is sewn in, a description`
        else:
            if len(run) >= _LEAST and _names_data(run):
                yield run
            run = [after] if (after := _data(piece, names, first=True)) else []


def _pieces(tokens: Tokens) -> Iterator[Tokens]:
    piece: list[Token] = []
    for token in tokens:
        if token.low in _SIGNS or token.text in (":", "–", "—"):
            yield tuple(piece)
            piece = []
        else:
            piece.append(token)
    yield tuple(piece)


def _data(piece: Tokens, names: Names, *, first: bool) -> Tokens:
    """The piece, if it names data; of the first what stands behind its verb, of the last what stands before."""
    asked = next((i for i, token in enumerate(piece) if token.tag == "W"), len(piece))
    relative = asked <= 1 and first  # `fabrics, for which the colour`
    piece = piece[asked + 1 :] if relative else piece[:asked]  # `the weight that went in`
    verbal = [i for i, token in enumerate(piece) if token.tag in _VERBAL]
    if verbal:
        piece = piece[verbal[-1] + 1 :] if first else piece[: verbal[0]]
    elif first and piece and piece[0].tag == "P":
        piece = piece[max((i for i, token in enumerate(piece) if token.tag == "D"), default=0) :]
    found = read_phrase(piece, 0) if piece else None
    if found is None or len(piece) > _LONGEST:
        return ()
    phrase = found[0]
    row = names.exact(phrase) is not None or phrase.is_person or phrase.words[-1].text[:1].isupper()
    named = piece[0].tag == "D" or phrase.head in nouns.ATTRIBUTES
    return piece if named and not row and not phrase.quantity.many and phrase.words[-1].tag == "N" else ()


def _names_data(run: Sequence[Tokens]) -> bool:
    """Whether most have an article, as data has, and one is a usual name of data; values have none."""
    told = sum(piece[0].tag == "D" for piece in run) / len(run)
    usual = [any(token.lemma in nouns.ATTRIBUTES for token in piece) for piece in run]
    return told >= _MOSTLY and (any(usual) if len(run) >= _MANY else all(usual))


def _held(owner: Phrase, run: Sequence[Tokens]) -> Iterator[Holds]:
    for piece in run:
        for item in read_items(piece):
            yield Holds(replace(owner, group=None), item, item.start, item.end)
