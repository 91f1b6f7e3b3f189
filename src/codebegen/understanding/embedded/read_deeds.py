"""Deeds: who does what to what, whatever the verb: `we plant a crop in a field`, `hives are inspected by keepers`."""

from collections.abc import Iterator

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Act, Fact
from codebegen.understanding.embedded.lexicon import english, verbs
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.reading import Setting, is_teller, is_thing

_NO_DEED = verbs.HAS | verbs.READ | verbs.UPDATE | verbs.DELETE | verbs.MANAGE | {"be", "do", "let", "allow", "want"}
_PLACES = ("in", "on", "at", "for", "with", "to", "into", "of", "from")


def read_deeds(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """What a clause tells of a deed; the rows that it leaves are found when all entities are known."""
    if frame.negated or frame.link in ("if", "unless", "purpose") or frame.verb in _NO_DEED:
        return
    done_to = frame.subjects if frame.passive else frame.objects
    doers = frame.prep("by") if frame.passive else frame.subjects
    where = tuple(p for name, p in frame.preps if name in _PLACES)
    what = tuple(p for p in (*done_to, *where) if _is_row(p))
    who = next((p for p in doers if is_thing(p) and not is_teller(p)), None)
    lows = [t.low for t in frame.rest[:2]]
    if who is not None and lows == ["each", "other"] and not any(t.tag == "POSS" for t in frame.rest[2:3]):
        yield Act(frame.verb, who, (who,), frame.start, frame.end)
    if what:
        yield Act(frame.verb, who, what, frame.start, frame.end)


def _is_row(phrase: Phrase) -> bool:
    """Whether a phrase can speak of rows: no time, no pronoun."""
    return is_thing(phrase) and phrase.words[-1].tag == "N" and phrase.head not in english.TIMES
