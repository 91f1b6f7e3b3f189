"""Conditions on who acts, told over two clauses: `only customers who bought the product can review it`."""

from collections.abc import Iterator, Sequence

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Limit
from codebegen.understanding.embedded.lexicon import verbs
from codebegen.understanding.embedded.reading import is_thing

# The nouns of the rows that an act leaves, the closest to the thing first.
PAST_ACTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("buy", "purchase", "order"), ("order_item", "order_line", "purchase_item", "purchase", "order", "sale")
    ),
    **{verb: (noun,) for verb, noun in verbs.ASSOCIATION.items() if verb != "purchase"},
    "attend": ("attendance", "registration", "booking", "ticket"),
    "book": ("booking", "reservation"),
    "rent": ("rental", "booking"),
    "borrow": ("loan", "borrowing"),
    "complete": ("enrollment", "completion"),
    "visit": ("visit", "reservation", "booking"),
}


def read_conditions(frames: Sequence[Frame]) -> Iterator[Limit]:
    """A limit for every main clause with `only` whose actor, or whose object, is told by what was done before."""
    for main in frames:
        if main.link != "main" or main.negated or not main.subjects or not main.objects:
            continue
        if not (main.only or any(p.only for p in main.subjects)):
            continue
        past = next((f for f in frames if _is_past(f, main)), None)
        if past is None:
            continue
        about = past.objects[-1] if past.objects and is_thing(past.objects[-1]) else main.objects[-1]
        data = {
            "past": past.verb,
            "about": about,
            "who": main.subjects[-1],
            "verb": main.verb,
            "made": main.objects[-1],
        }
        start, end = min(past.start, main.start), max(past.end, main.end)
        yield Limit("requires", main.objects[-1], start, end, data)


def _is_past(frame: Frame, main: Frame) -> bool:
    """`who bought it`, `that he attended`, `if they attended it`."""
    if frame is main or frame.negated or frame.modal or frame.verb not in PAST_ACTS:
        return False
    who = main.subjects[-1]
    same = any(p.key == who.key or p.words[0].tag == "R" for p in frame.subjects)
    return frame.link in ("relative", "if") and same and (not frame.passive or bool(frame.objects))
