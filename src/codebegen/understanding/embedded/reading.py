"""Reading: what every reader knows: where a frame stands, who tells, what can be a thing at all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact
from codebegen.understanding.embedded.lexicon import english, nouns, words
from codebegen.understanding.embedded.phrases import Phrase


@dataclass(frozen=True)
class Setting:
    """Where a frame stands: the section's role, the topic of the lines around it, what the clauses before it told.

    `made`: what an act in this sentence made, `before`: one in the sentence before.
    `event`: who did something to what in a clause with `when`; `deed`: in any clause before, in this sentence;
    `told`: the clause just before, in this sentence or the one before, if it tells a deed.
    """

    role: str = ""
    topic: Phrase | None = None
    last: Phrase | None = None
    made: Phrase | None = None
    before: Phrase | None = None
    occasion: tuple[Phrase, ...] = ()
    listed: tuple[Phrase, Phrase] | None = None
    event: tuple[Phrase, Phrase] | None = None
    deed: tuple[Phrase, Phrase] | None = None
    told: Frame | None = None


Reader = Callable[[Frame, Setting], Iterator[Fact]]


_TELLERS = frozenset(
    "there we i it system app backend api platform you service site website user-interface database they program".split()  # noqa: E501
)


PLACES = frozenset(
    "system app backend api platform service site website library shop store school company clinic club gym zoo "
    "hospital museum hotel restaurant studio choir band firm association agency".split()
)


def is_teller(phrase: Phrase) -> bool:
    """Whether the subject is whoever tells or the system itself."""
    if phrase.head in PLACES and phrase.det in ("our", "my", "the", "this") and not phrase.plural:
        return True
    if phrase.words[-1].tag == "N" and (phrase.plural or phrase.det in words.EACH):
        return False  # `services have a price`, `each site has a name`
    return phrase.words[-1].low in _TELLERS or phrase.head in _TELLERS


_THINGS_ALL_THE_SAME = nouns.ABSTRACT & nouns.THINGS


def is_thing(phrase: Phrase) -> bool:
    """Whether a phrase can name an entity at all."""
    head = phrase.head
    if head in _THINGS_ALL_THE_SAME or phrase.words[-1].named:
        return True
    if head in _COMPOUND_HEADS and len(phrase.words) > 1 and phrase.words[-2].tag == "N":
        return True
    measured = head in words.LENGTH_WORDS or {t.low for t in phrase.words[:-1]} & {"cubic", "square"}
    if measured or phrase.words[-1].low in ("yes", "no"):
        return False
    if head in english.TIMES and head not in nouns.THINGS and len(phrase.words) == 1:
        return False
    return phrase.words[-1].tag != "R" and head not in nouns.ABSTRACT and len(head) > 1 and not head.isdigit()


def is_row(phrase: Phrase) -> bool:
    """Whether a phrase can speak of rows: no time, no field, no pronoun."""
    plain = phrase.words[-1].tag == "N" and not phrase.is_field and phrase.head not in english.TIMES
    return is_thing(phrase) and plain


# Abstract on their own, rows of a table behind another noun: ticket type, waiting list, audit entry.
_COMPOUND_HEADS = frozenset(
    "type list group test entry "
    "record item log process action operation rule change kind detail info access page".split()
)


def possessive(phrase: Phrase) -> bool:
    """`their own pets`, `her posts`."""
    return phrase.det in words.POSSESSIVES
