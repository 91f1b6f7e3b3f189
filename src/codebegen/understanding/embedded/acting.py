"""Acting: who does what to what, where the deed itself has rows: `we inspect hives` and inspections with a date."""

from collections.abc import Iterator, Sequence

from codebegen.understanding.embedded.bench import Bench
from codebegen.understanding.embedded.deeds import deed_of
from codebegen.understanding.embedded.facts import Act, Fact, Link
from codebegen.understanding.embedded.lexicon import nouns
from codebegen.understanding.embedded.names import USER, Names
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.text import Token


def with_rows_of_deeds(facts: Sequence[Fact], bench: Bench, told: Sequence[Link]) -> list[Link]:
    """The links, with the keys of such rows where nothing else was told, and without what those rows tell better."""
    names = bench.names
    known = {_ends(link, names) for link in told}
    out: list[Link] = []
    deeds: set[tuple[int, int]] = set()
    for fact in facts:
        if isinstance(fact, Act):
            found = list(_keys(fact, bench))
            new = [link for link in found if _is_new(link, names, known)]
            out.extend(found if new and _is_mutual(fact) else new)
            deeds.update({(fact.start, fact.end)} if found else ())
    return [*(link for link in told if not _told_by_row(link, deeds)), *out]


def _told_by_row(link: Link, deeds: set[tuple[int, int]]) -> bool:
    """`Animals are fed by keepers`, with rows of feedings: nothing of the animal points to a keeper."""
    return link.kind in ("agent", "structural") and (link.start, link.end) in deeds and not link.target.quantity.one


def _ends(link: Link, names: Names) -> frozenset[str | None]:
    return frozenset((names.find(link.source), names.find(link.target)))


def _is_new(link: Link, names: Names, known: set[frozenset[str | None]]) -> bool:
    pair = _ends(link, names)
    fresh = len(pair) == 2 and pair not in known
    known.add(pair)
    return fresh


def _keys(fact: Act, bench: Bench) -> Iterator[Link]:
    names, draft, _ = bench
    mutual = _is_mutual(fact)
    about = [p for p in fact.what if (key := names.find(p)) is not None and (key != USER or mutual)]
    row = next((key for key in draft.entities if _is_row(key, fact, about, names)), None)
    if row is None or not about:
        return
    words = tuple(Token(part, part, fact.start, fact.end, "word", "N", part) for part in row.split("_"))
    me = Phrase(words, fact.start, fact.end)
    if mutual:
        for side in ("first", "second"):
            yield Link(me, about[0], fact.start, fact.end, "between", False, True, f"{side}_{about[0].key}")
        return
    for what in about:
        yield Link(me, what, fact.start, fact.end, "belong", False, True)
    if fact.who is not None and names.find(fact.who) is not None:
        yield Link(me, fact.who, fact.start, fact.end, "create", False, True)


def _is_mutual(fact: Act) -> bool:
    """`Players challenge each other`: a challenge is of two of them."""
    return fact.what == (fact.who,)


def _is_row(key: str, fact: Act, about: Sequence[Phrase], names: Names) -> bool:
    """Whether an entity holds the rows of a deed."""
    head = key.rsplit("_", 1)[-1]
    own = {names.find(p) for p in about} | ({names.find(fact.who)} if fact.who is not None else set())
    return key not in own and head not in nouns.PERSONS and deed_of(fact.verb, head)
