"""What goes with what it is part of: `when a contract is deleted its clauses are deleted too`."""

from collections.abc import Iterator

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Link
from codebegen.understanding.embedded.lexicon import verbs, words
from codebegen.understanding.embedded.reading import Setting, is_thing

_AS_WELL = frozenset("too also all along".split())


def read_dying(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """The part belongs to the whole that was spoken of before, and is not without it."""
    part = frame.subjects[-1] if frame.subjects else None
    if part is None or frame.verb not in verbs.DELETE or not frame.passive or frame.negated or not setting.occasion:
        return
    whole = setting.occasion[-1]
    told = part.det in words.POSSESSIVES or bool(_AS_WELL & {t.low for t in frame.tokens})
    if told and is_thing(part) and part.key != whole.key and frame.link == "main":
        yield Link(part, whole, frame.start, frame.end, "contain", many_targets=False, many_sources=True)
