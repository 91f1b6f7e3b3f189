"""Discourse: the outline enters, all facts leave; pronouns are replaced by what they stand for on the way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from codebegen.understanding.embedded.behaviour import BEHAVIOUR_READERS
from codebegen.understanding.embedded.clauses import Frame, parse
from codebegen.understanding.embedded.facts import (
    Association,
    Fact,
    Holds,
    Initial,
    Link,
    Mention,
    Move,
    Right,
    Unique,
)
from codebegen.understanding.embedded.fragments import read_fragment, spread
from codebegen.understanding.embedded.history import History
from codebegen.understanding.embedded.item_questions import is_question
from codebegen.understanding.embedded.items import read_items
from codebegen.understanding.embedded.lexicon import nouns, words
from codebegen.understanding.embedded.lifecycle import Lifecycles
from codebegen.understanding.embedded.listed_for import read_listed_data
from codebegen.understanding.embedded.outline_parts import Definition, Outline, Passage
from codebegen.understanding.embedded.owned_lists import told_apart
from codebegen.understanding.embedded.phrases import Phrase, read_phrase
from codebegen.understanding.embedded.read_conditions import read_conditions
from codebegen.understanding.embedded.read_data import data_share, read_data
from codebegen.understanding.embedded.read_each import read_each, read_led
from codebegen.understanding.embedded.read_idioms import answers, read_idioms
from codebegen.understanding.embedded.read_kinds import kinds_of
from codebegen.understanding.embedded.read_left_out import actors_left_out, without_left_out
from codebegen.understanding.embedded.read_listed import read_exceptions
from codebegen.understanding.embedded.read_meetings import read_meetings
from codebegen.understanding.embedded.read_pairs import event_of, listed_by, read_paired
from codebegen.understanding.embedded.read_privacy import BEING, read_privacy
from codebegen.understanding.embedded.read_results import deed_of_people, read_results
from codebegen.understanding.embedded.read_rows import deed_in, goes_on_noting, read_rows, with_list
from codebegen.understanding.embedded.read_rules import read_phrase_rules
from codebegen.understanding.embedded.read_stamps import read_stamps
from codebegen.understanding.embedded.read_unique import read_uniqueness
from codebegen.understanding.embedded.read_writers import read_writers
from codebegen.understanding.embedded.readers import FRAME_READERS
from codebegen.understanding.embedded.reading import Setting, is_teller, is_thing
from codebegen.understanding.embedded.regions import without_ends
from codebegen.understanding.embedded.run_ons import split_run_on
from codebegen.understanding.embedded.state_lists import states_alone, states_passed
from codebegen.understanding.embedded.state_vocabulary import vocabulary
from codebegen.understanding.embedded.text import Token, Tokens
from codebegen.understanding.embedded.told_values import Told, states_of_fields, with_told_values
from codebegen.understanding.embedded.units import with_units


@dataclass(frozen=True)
class Reading:
    """All facts in reading order, which stretches of text gave one, and all clauses, their pronouns replaced."""

    facts: tuple[Fact, ...]
    passages: tuple[tuple[Passage, bool], ...]
    frames: tuple[Frame, ...] = ()


_WEIGHT = {"entities": 10, "": 8, "list": 8, "relations": 8}
_MOSTLY = 0.5


def read(outline: Outline) -> Reading:
    """Every fact that the description tells."""
    told: list[Told] = []
    history = History()
    for part in outline.parts:
        if isinstance(part, Definition):
            told.append((part, part.head, list(_definition(part))))
            history.remember((part.head,))
        else:
            before = (
                _topic(part, history) if {t.low for t in part.tokens[:1]} & {"it", "they", "its", "their"} else None
            )
            found = list(_passage(part, history))
            told.append((part, before or _topic(part, history), found))
    return replace(_with_lifecycles(*with_told_values(told)), frames=tuple(history.frames))


def _with_lifecycles(told: Sequence[Told], valued: frozenset[int]) -> Reading:
    """Stories of states are read last: by then it is known which words name states, and which name other values."""
    states_told = vocabulary([p for p, _, _ in told], [fact for _, _, found in told for fact in found])
    for owner, values in states_of_fields(told, valued):
        states_told.add(owner, values)
    lifecycles = Lifecycles(states_told)
    facts, late = list[Fact](), list[Fact]()
    passages: list[tuple[Passage, bool]] = []
    for part, topic, found in told:
        (late if id(found) in valued else facts).extend(found)
        if isinstance(part, Definition):
            lifecycles.last = part.head
            continue
        # `drafts are visible to their author only` tells who sees what, and no state.
        sight = any(isinstance(fact, Right) and fact.verb in BEING for fact in found)
        states = [] if sight or id(found) in valued else list(lifecycles.read(part.tokens, topic))
        passages.append((part, bool(found or states)))
        facts.extend(states)
    return Reading((*facts, *late), tuple(passages))


def _definition(part: Definition) -> Iterator[Fact]:
    yield Mention(part.head, _WEIGHT.get(part.role, 7), "defined", part.head.start, part.head.end)
    if part.unique:
        yield Unique(part.head, part.unique, (), part.start, part.end)
        return
    for item in part.items:
        yield Holds(part.head, item, item.start, item.end, defined=True)


def _passage(part: Passage, history: "History") -> Iterator[Fact]:
    for clause in (clause for told in told_apart(part.tokens) for clause in split_run_on(told)):
        for piece in _split_fragments(clause):
            for told in _at_colon(piece):
                yield from _stretch(replace(part, tokens=told), history)


def _stretch(part: Passage, history: "History") -> Iterator[Fact]:
    """Facts of a sentence without fragments beside it."""
    part = _with_subject(part)
    if (kinds := kinds_of(part.tokens)) is not None:
        yield from kinds
        return
    setting = Setting(part.role, part.topic, history.last())
    if len(part.tokens) > 2 and part.tokens[0].low == "there" and part.tokens[1].tag == "B":
        things, told = _cut_clauses(part.tokens[2:])
        if told and (counted := read_phrase(things, 0)) is not None:
            history.objects.append(counted[0])
        once = tuple(read_uniqueness(part.tokens, setting, part.topic))
        yield from once or read_fragment(things, Setting("list"))
        yield from _passage(replace(part, tokens=told), history) if told else ()
        return
    if (states := states_alone(part.tokens, _topic(part, history))) is not None:
        yield Holds(*states, part.tokens[0].start, part.tokens[-1].end)
        return
    first = read_phrase(part.tokens, 0)
    spoken = first[0] if first is not None and is_thing(first[0]) else _topic(part, history)
    if (passed := states_passed(part.tokens, spoken)) is not None:
        yield Holds(passed[0], passed[1], passed[1].start, passed[1].end)
        part = replace(part, tokens=without_ends(part.tokens[: passed[2]]))
    yield from _there_is_for(part.tokens)
    tokens, listed = _cut_list(part.tokens)
    rules = tuple(read_phrase_rules(part.tokens, setting, _topic(part, history)))
    yield from rules
    yield from read_exceptions(part.tokens)
    subject = history.last()
    if len(tokens) > 2 and tokens[0].tag == "VP" and tokens[1].tag == "P" and subject is not None:
        yield from _continued(tokens, subject)
        return
    yield from _clauses_in_brackets(part, history)
    frames = parse(tokens)
    if not frames or _is_list(tokens, frames):
        led = tuple(read_led(part.tokens))
        yield from led or _data_of_made(tokens, history) or read_fragment(tokens, setting)
        return
    before = tokens[: _first(frames, tokens)]
    if len(before) > 2:
        yield from read_fragment(before, setting)
    # `no two animals carry the same chip` says what is unique, and nothing of what there is.
    denied = any(isinstance(fact, Unique) for fact in rules) and any(t.low == "two" for t in part.tokens)
    yield from (fact for fact in _told(frames, listed, part, history) if not (denied and isinstance(fact, Holds)))


def _there_is_for(tokens: Tokens) -> Iterator[Fact]:
    """`For each visit there is one invoice with a number`: the data of what there is."""
    begin = next((i for i, t in enumerate(tokens[:-2]) if t.low == "there" and tokens[i + 1].tag == "B"), -1)
    if begin > 0 and tokens[0].tag == "P" and any(t.low == "with" for t in tokens[begin + 2 : begin + 6]):
        yield from read_fragment(tokens[begin + 2 :], Setting("list"))


def _data_of_made(tokens: Tokens, history: "History") -> list[Fact]:
    """`I write a report. Humidity in percent, temperature, what I did.`: the data of what was made last."""
    made = history.made
    bare = any(t.text == "," for t in tokens) and tokens[0].tag in ("N", "J", "W") and tokens[0].lemma == tokens[0].low
    if made is None or not bare or tokens[0].low in nouns.THINGS or data_share(tokens) < _MOSTLY:
        return []
    return [Holds(made, item, item.start, item.end) for item in read_items(tokens)]


def _clauses_in_brackets(part: Passage, history: "History") -> Iterator[Fact]:
    """`(a category can have a parent category)`."""
    for group in part.tokens:
        verbal = group.kind == "group" and any(t.tag in ("V", "M") for t in group.inside)
        if verbal and group.inside[0].tag in ("D", "N", "Q", "R", "A"):
            yield from _passage(replace(part, tokens=group.inside), history)


def _told(frames: Sequence[Frame], listed: Tokens, part: Passage, history: "History") -> Iterator[Fact]:
    """Facts of the clauses, each in the setting that those before it made."""
    made: Phrase | None = None
    event: tuple[Phrase, Phrase] | None = None
    deed: tuple[Phrase, Phrase] | None = None
    occasion: tuple[Phrase, ...] = ()
    resolved: list[Frame] = []
    told: list[Fact] = []
    for parsed in frames:
        frame = with_units(history.resolve(parsed, part.topic))
        resolved.append(frame)
        told_of = any(is_thing(p) and not is_teller(p) for f in resolved[:-1] for p in f.subjects)
        before = None if told_of else history.made
        told_before = (history.listed, event, deed, history.told)
        setting = Setting(part.role, part.topic, history.last(), made, before, occasion, *told_before)
        for fact in tuple(_facts_of(frame, setting)):
            made = _made(fact) or made
            told.append(without_left_out(fact, frame))
        told.extend(actors_left_out(frame))
        if frame.link in ("when", "whenever", "after", "once"):
            spoken = (*frame.subjects, *(q for _, q in frame.preps))
            occasion = tuple(p for p in spoken if is_thing(p) and not p.is_person)
            event = event_of(frame) or event
        deed = deed_of_people(frame) or deed
        history.remember_frame(frame)
        history.listed = listed_by(frame) or history.listed
        if not goes_on_noting(frame):
            history.told = frame if deed_in(frame) else None
    history.made = made
    history.frames.extend(resolved)
    withheld = tuple(read_privacy(resolved))
    conditions = () if withheld else tuple(read_conditions(resolved))
    rows = any(isinstance(fact, Association) and fact.who is None for fact in told)
    stamps = () if rows else tuple(read_stamps(resolved))
    # Who may is told by what they did, not by a role; what is noted is the moment, and no other `time`.
    told = [fact for fact in told if not (conditions and isinstance(fact, Right | Move))]
    told = [fact for fact in told if not (stamps and isinstance(fact, Holds))]
    yield from (fact for fact in told if not _told_better(fact, withheld))
    yield from withheld
    yield from conditions
    yield from stamps
    yield from read_writers(resolved)
    found = tuple(answers(made, listed))
    found = found or (tuple(with_list(resolved[-1], listed)) if listed and resolved and made is None else ())
    yield from found
    if listed and resolved and not found:
        yield from read_listed_data(resolved[-1], listed, made)


def _told_better(fact: Fact, withheld: Sequence[Right]) -> bool:
    """Whether a clause that withholds something was also taken for a plain right, or for a state."""
    own = isinstance(fact, Right | Move | Initial)
    return own and any(right.start < fact.end and fact.start < right.end for right in withheld)


def _with_subject(part: Passage) -> Passage:
    """Lines under an entity go on about it: `consist of departments`, `held by a lecturer in a room`."""
    if (
        not part.implied
        or part.topic is None
        or not part.tokens
        or part.tokens[0].tag not in ("V", "VP", "M", "B", "P")
    ):
        return part
    first = part.tokens[0]
    be = (Token("is", "is", first.start, first.start, "word", "B", "be"),) if first.tag in ("VP", "P") else ()
    verb = first.tagged("V", first.lemma) if first.tag == "V" else first
    return replace(part, tokens=(*part.topic.words, *be, verb, *part.tokens[1:]), implied=False)


def _topic(part: Passage, history: "History") -> Phrase | None:
    """What a line of rules is about: the section's subject for workflows, else what was spoken of last."""
    return part.topic if part.role == "workflow" and part.topic is not None else history.topic(part.topic)


def _split_fragments(tokens: Tokens) -> list[Tokens]:
    """`rooms on floors, an artwork hangs in a room`, `deals belong to a contact, notes on deals`.

    Clauses and fragments apart.
    """
    commas = [i for i, t in enumerate(tokens) if t.text == ","]
    if not commas:
        return [tokens]
    first, last = commas[0], commas[-1]
    verbal = [i for i, t in enumerate(tokens) if t.tag in ("V", "M", "B")]
    if not verbal:
        return [tokens]
    if _is_pair(tokens[:first]) and first + 1 < len(tokens) and tokens[first + 1].tag == "D":
        return [tokens[:first], *_split_fragments(tokens[first + 1 :])]
    if verbal[-1] < last and _is_pair(tokens[last + 1 :]):
        return [tokens[:last], tokens[last + 1 :]]
    return [tokens]


def _is_pair(tokens: Tokens) -> bool:
    """`notes on deals`: two nouns and a preposition, nothing else."""
    tags = [t.tag for t in tokens]
    return (
        3 <= len(tags) <= 5
        and tags[0] == "N"
        and tags.count("P") == 1
        and set(tags) <= {"N", "P", "D"}
        and tags[-1] == "N"
        and tokens[0].lemma != tokens[0].low
    )


def _continued(tokens: Tokens, subject: Phrase) -> Iterator[Fact]:
    """`…; grouped in lists` goes on about what was spoken of."""
    found = read_phrase(tokens, 2)
    ends = found is not None and (found[1] >= len(tokens) or tokens[found[1]].tag in ("PUNCT", "C"))
    if found is not None and ends and is_thing(found[0]):
        yield Mention(found[0], 2, "target", found[0].start, found[0].end)
        many = False if tokens[0].lemma in ("group", "organize") else found[0].many
        yield Link(subject, found[0], tokens[0].start, found[0].end, "belong", many, None)


# Readers that leave nothing of a clause to others.
_WHOLE = (read_idioms, read_each, read_data, read_meetings, read_results, read_paired, read_rows)


def _facts_of(frame: Frame, setting: Setting) -> Iterator[Fact]:
    teller = not frame.subjects or is_teller(frame.subjects[-1]) or frame.subjects[-1].is_person
    if frame.verb in ("store", "save", "keep", "record") and frame.rest and frame.rest[0].tag == "N" and teller:
        prefixed = list(read_fragment(spread(frame.rest), Setting("store")))
        if prefixed and isinstance(prefixed[0], Mention) and prefixed[0].kind == "defined":
            yield from prefixed
            return
    paired = next((found for form in _WHOLE if (found := list(form(frame, setting)))), [])
    yield from paired
    for reader in () if paired else FRAME_READERS:
        yield from reader(frame, setting)
    for behaviour in BEHAVIOUR_READERS:
        yield from behaviour(frame, setting)


def _made(fact: Fact) -> Phrase | None:
    """What an act leaves behind, for a list that follows after a colon."""
    if isinstance(fact, Association) and not fact.between:
        token = Token(fact.noun, fact.noun, fact.start, fact.end, "word", "N", fact.noun)
        return Phrase((token,), fact.start, fact.end)
    if isinstance(fact, Mention) and fact.kind == "created":
        return fact.phrase
    return None


def _cut_list(tokens: Tokens) -> tuple[Tokens, Tokens]:
    """`Guests can reserve a table: guest name, phone` → the clause, and the list behind its colon."""
    colon = next((i for i, t in enumerate(tokens) if t.text in (":", "–", "—") and i > 2), -1)
    after = tokens[colon + 1 :]
    if colon < 0 or (tokens[colon - 1].lemma in nouns.ENUM_NOUNS and after[:1] and after[0].tag != "D"):
        return tokens, ()
    comma = next((i for i, t in enumerate(after) if t.text == ","), len(after))
    verbs_after = any(t.tag in ("V", "M", "B") for t in after[:comma]) and not is_question(after)
    if verbs_after or not any(t.text in (",", "+") for t in after):
        return tokens, ()
    return tokens[:colon], after


def _at_colon(tokens: Tokens) -> tuple[Tokens, ...]:
    """`Keep track of my bees: for each hive I note the queen` → what it is about, and what is told of each."""
    about, told = _sides(tokens)
    of_those = [t.low for t in told[2:3]] in (["one"], ["of"])
    each = any(t.low in words.EACH for t in told[:2]) and not of_those and any(t.tag in ("V", "M", "B") for t in told)
    return (about, told) if about and each else (tokens,)


def _cut_clauses(tokens: Tokens) -> tuple[Tokens, Tokens]:
    """`desks and rooms: a desk has a label, a room has a capacity` → the things, and what is told of them."""
    things, told = _sides(tokens)
    then = next((i for i, t in enumerate(tokens[:-2]) if t.text == "," and _goes_on(tokens[i + 1 :])), 0)
    if then and not told:
        return tokens[:then], tokens[then + 2 :]
    verbal = any(t.tag in ("V", "M", "B") for t in told[: next((i for i, t in enumerate(told) if t.text == ","), None)])
    return (things, told) if verbal and not is_question(told) else (tokens, ())


def _goes_on(tokens: Tokens) -> bool:
    """`There are five judges, and each of them marks …`."""
    each = tokens[0].low in ("and", "but") and tokens[1].low in ("each", "every", "one", "all")
    return each and any(t.tag in ("V", "M", "B") for t in tokens[2:])


def _sides(tokens: Tokens) -> tuple[Tokens, Tokens]:
    """What stands before the first colon or dash, and behind it."""
    sign = next((i for i, t in enumerate(tokens) if t.text in _OPENS), len(tokens))
    return tokens[:sign], tokens[sign + 1 :]


_OPENS = frozenset((":", "–", "—"))


def _first(frames: Sequence[Frame], tokens: Tokens) -> int:
    start = frames[0].tokens[0].start if frames[0].tokens else 0
    return next((i for i, t in enumerate(tokens) if t.start >= start), 0)


def _is_list(_tokens: Tokens, frames: Sequence[Frame]) -> bool:
    """Participles and gerunds alone ("grouped in lists") make no clause in a list of things."""
    return all(not any(t.tag in ("V", "M", "B", "TO", "DO") for t in frame.tokens) for frame in frames) and not any(
        frame.subjects for frame in frames
    )
