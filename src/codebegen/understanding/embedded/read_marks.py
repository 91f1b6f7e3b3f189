"""Marks that people give: `rate a recipe from 1 to 5 stars`, `score a film (1..10)`."""

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.items import read_item
from codebegen.understanding.embedded.lexicon import words
from codebegen.understanding.embedded.text import Token, Tokens


def rating(frame: Frame) -> tuple[Item, ...]:
    """`rate a recipe from 1 to 5 stars` gives the rating a number."""
    if frame.verb not in ("rate", "review", "score"):
        return ()
    behind = next((p.group for p in frame.objects if p.group is not None), None)
    if behind is not None and behind.inside and (told := mark_of(behind.inside)) and not told[0].spec.unknown:
        return told  # `rate a wine (1..5)`, `rate the hotel (1 to 5 stars)`
    return mark_of(frame.rest)


def mark_of(rest: Tokens) -> tuple[Item, ...]:
    """The number that tells how good something is, with its range."""
    at = next((i for i, t in enumerate(rest) if t.kind == "number" or t.low in words.NUMBERS), -1)
    if at < 0:
        return ()
    begin = at - 1 if at and rest[at - 1].low in ("from", "between") else at
    unit = next((t for t in rest[at:] if t.tag == "N"), None)
    name = (
        unit
        if unit is not None and unit.lemma in ("star", "point")
        else Token("score", "score", rest[at].start, rest[-1].end, "word", "N", "score")
    )
    item = read_item((name, *(t for t in rest[begin:] if t is not unit)))
    return (item,) if item is not None and item.spec.max is not None else ()
