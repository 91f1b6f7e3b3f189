"""One field beside another: `the end must not be before the start`, `a due date that is after the issue date`."""

from collections.abc import Iterator

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Limit
from codebegen.understanding.embedded.lexicon import words
from codebegen.understanding.embedded.phrases import read_phrase
from codebegen.understanding.embedded.reading import Setting
from codebegen.understanding.embedded.text import Tokens

_COMPARE = {
    "after": ">",
    "before": "<",
    "later": ">",
    "earlier": "<",
    "greater": ">",
    "less": "<",
    "larger": ">",
    "smaller": "<",
    "higher": ">",
    "lower": "<",
    "exceed": ">",
}
_DENIED = {">": "<=", "<": ">="}
_BEING = frozenset("is are be lies comes must should may can has have to cannot not never isn't".split())


def read_compare(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`The end date must not be before the start date`, `check-out is after check-in`."""
    asked = frame.modal in ("must", "can", "will") or (frame.verb == "be" and not frame.modal)
    if frame.verb not in ("be", "come", "lie", "exceed") or not asked or not frame.subjects:
        return
    word = next((t for t in frame.rest if t.low in _COMPARE), None)
    others = [p for p in (*frame.objects, *(p for _, p in frame.preps)) if word is not None and p.start > word.start]
    if word is None and frame.verb == "exceed" and frame.objects:
        yield Limit(
            "compare",
            None,
            frame.start,
            frame.end,
            {"left": frame.subjects[-1], "operator": "<=" if frame.negated else ">", "right": frame.objects[0]},
        )
        return
    if word is None or not others:
        return
    operator = _COMPARE[word.low]
    if frame.negated:
        operator = _DENIED[operator]
    yield Limit(
        "compare", None, frame.start, frame.end, {"left": frame.subjects[-1], "operator": operator, "right": others[0]}
    )


def read_related(tokens: Tokens) -> Iterator[Fact]:
    """`A due date that is not before the issue date`, among other data."""
    for at, token in enumerate(tokens):
        end = at - 1 if at and tokens[at - 1].text == "," else at
        if token.low not in ("that", "which") or end == 0:
            continue
        after = next((i for i in range(at + 1, len(tokens)) if tokens[i].low not in _BEING), len(tokens))
        if after == at + 1 or after >= len(tokens) or tokens[after].low not in ("after", "before", "later", "earlier"):
            continue
        further = after + 2 if after + 1 < len(tokens) and tokens[after + 1].low == "than" else after + 1
        left = next((p for i in range(max(0, end - 5), end) if (p := read_phrase(tokens, i)) and p[1] == end), None)
        right = read_phrase(tokens, further)
        if left is not None and right is not None:
            negated = any(one.low in words.NEGATIONS for one in tokens[at:after])
            operator = _COMPARE[tokens[after].low]
            data = {"left": left[0], "operator": _DENIED[operator] if negated else operator, "right": right[0]}
            yield Limit("compare", None, left[0].start, right[0].end, data)
