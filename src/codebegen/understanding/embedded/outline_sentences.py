"""Sentences of an outline: `contact: name, email` is a definition, everything else a passage."""

from collections.abc import Iterator
from dataclasses import replace

from codebegen.understanding.embedded import sections
from codebegen.understanding.embedded.chatter import chatter
from codebegen.understanding.embedded.gloss import without_gloss
from codebegen.understanding.embedded.items import read_item, read_items
from codebegen.understanding.embedded.layout import Block
from codebegen.understanding.embedded.lexicon import nouns, verbs, words
from codebegen.understanding.embedded.outline_cuts import at_dashes, clauses_at_dashes, joined_lists, once_apart
from codebegen.understanding.embedded.outline_lists import behind_gloss, is_one_field, lists_data, only_named
from codebegen.understanding.embedded.outline_parts import (
    Definition,
    Lead,
    Passage,
    computed_field,
    cut_before_lead,
    definition_head,
    head_with_links,
    is_field_line,
    is_listy,
    is_thing_after_all,
    listed_items,
    lists_fields,
    says_together,
    section_topic,
    split_lead,
    together,
)
from codebegen.understanding.embedded.outline_state import Scope, Told
from codebegen.understanding.embedded.paths import edges_of
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.read_bounds import bounds_field
from codebegen.understanding.embedded.regions import read_region, without_ends
from codebegen.understanding.embedded.state_lists import STATE_NOUNS, declared_states
from codebegen.understanding.embedded.stories import Stories
from codebegen.understanding.embedded.text import Token, Tokens, sentences, span, split_on
from codebegen.understanding.embedded.values import attribute_share

_PROJECT_HEADS = frozenset(
    "api backend app application system platform service tool tracker site website board database project server manager portal marketplace directory".split()  # noqa: E501
)

_OF_DATA = frozenset(("", "entities", "fields"))
_WANTS = frozenset("need want build create make looking like develop".split())


def read_prose(told: Told, tokens: Tokens, scope: Scope) -> Iterator[Definition | Passage]:
    """Sentences; `Order: number, note; has many items` goes on about the order behind the semicolon."""
    last: Definition | None = None
    stories = Stories()
    topic, end = scope.topic, 0
    for sentence in (part for whole in joined_lists(sentences(tokens), told.text) for part in clauses_at_dashes(whole)):
        why = chatter(told.text[sentence[0].start : sentence[-1].end])
        if why:
            told.ignored.append((sentence[0].start, sentence[-1].end, why))
            continue
        plain, once = once_apart(stories.plain(sentence))
        if not plain:
            continue
        if last is not None and says_together(plain):
            names = tuple(item.name for item in last.items)
            yield Definition(last.head, (), plain[0].start, plain[-1].end, scope.role, names)
            continue
        goes_on = last is not None and ";" in told.text[end : plain[0].start]
        end = plain[-1].end
        if goes_on and last is not None and is_field_line(plain) and (lists_fields(plain) or is_one_field(plain)):
            yield Definition(last.head, read_items(plain), plain[0].start, end, scope.role)
            continue
        head = only_named(told, plain) if plain[0] is tokens[0] and plain[-1] is not tokens[-1] else None
        if head is not None:
            last = Definition(head, (), plain[0].start, end, scope.role)
            topic = head
            yield last
            continue
        if topic is not None and scope.role in _OF_DATA and lists_data(plain):
            yield Definition(topic, tuple(listed_items(plain)), plain[0].start, end, scope.role)
            continue
        for part in tuple(_sentence(told, plain, replace(scope, topic=topic), titled=last is None)):
            if isinstance(part, Definition):
                last, topic = part, part.head
            yield replace(part, implied=True) if goes_on and isinstance(part, Passage) else part
        yield from (Passage(words, scope.role, None, told.paragraph) for words in once)


def _sentence(told: Told, sentence: Tokens, scope: Scope, *, titled: bool) -> Iterator[Definition | Passage]:
    """A definition (`contact: name, email`), or a passage."""
    first, told.started = not told.started, True
    if first and not told.title and len(sentence) <= 8:
        named = not any(t.tag in ("V", "B", "M", "GROUP") for t in sentence)
        told.title = told.text[sentence[0].start : sentence[-1].end] if named else ""
    pair = _unique_pair(sentence, scope)
    if pair is not None:
        yield pair
        return
    before, rest = cut_before_lead(sentence)
    if before:
        yield Passage(before, scope.role, scope.topic, told.paragraph)
    lead = split_lead(rest)
    if is_path(told, rest) and (lead is None or lead[2].kind == "arrow"):
        yield from _path_told(told, rest, scope)
        return
    found = None
    if lead is not None:
        found = (
            _by_people(told, rest, scope)
            or states_of(lead, rest, scope)
            or _by_label(told, lead, rest, scope)
            or _by_role(told, lead, rest, scope)
            or _by_head(told, lead, rest, scope, first=first, titled=titled)
        )
    yield from found if found is not None else (Passage(rest, scope.role, scope.topic, told.paragraph),)


def _by_people(told: Told, rest: Tokens, scope: Scope) -> tuple[Passage, ...] | None:
    """`Manager: sees all`, `librarian = all, musician = own loans`: whose rights follow, and what they are."""
    heads = [
        (i, head)
        for i, t in enumerate(rest)
        if t.text in _MEANS and i and (head := _person_before(rest, i)) is not None
    ]
    if scope.role != "access" or not heads or heads[0][1].start > rest[0].start:
        return None
    ends = [next(i for i, t in enumerate(rest) if t.start == head.start) for _, head in heads[1:]] + [len(rest)]
    return tuple(
        Passage(told.said_of(head, _with_verb(without_ends(rest[at + 1 : end]))), "access", head, told.paragraph)
        for (at, head), end in zip(heads, ends, strict=True)
    )


_MEANS = frozenset((":", "=", "–", "—"))


def _with_verb(rights: Tokens) -> Tokens:
    """`own loans (read)`: what nothing is done with is managed, or seen where that is said."""
    if not rights or rights[0].low not in words.POSSESSIVES | {"all", "everything"}:
        return rights
    told = {t.low for t in (*rights, *(inner for t in rights for inner in t.inside))}
    verb = "sees" if told & {"read", "read-only", "view", "readonly"} else "manages"
    return (replace(rights[0], text=verb, low=verb, end=rights[0].start), *rights)


def _person_before(tokens: Tokens, at: int) -> Phrase | None:
    """The person that the words before a sign name."""
    begin = max((i + 1 for i in range(at) if tokens[i].kind == "punct"), default=0)
    head = definition_head(tokens[begin:at])
    return head if head is not None and head.is_person else None


def states_of(lead: Lead, rest: Tokens, scope: Scope) -> tuple[Definition, ...] | None:
    """`Order status: new, paid, shipped`: the states of a thing."""
    declared = declared_states(lead[0], lead[1])
    thing = declared[0] or scope.topic if declared is not None else None
    if declared is None or thing is None:
        return None
    return (Definition(thing, (declared[1],), rest[0].start, rest[-1].end, scope.role),)


def _unique_pair(sentence: Tokens, scope: Scope) -> Definition | None:
    """`unique (employee, month) on payslips`: what is unique together, and of what."""
    names = together(sentence)
    at = next((i for i, t in enumerate(sentence) if t.kind == "group"), len(sentence))
    about = definition_head(sentence[at + 2 :]) if len(sentence) > at + 2 else scope.topic
    if not names or about is None:
        return None
    return Definition(about, (), sentence[0].start, sentence[-1].end, scope.role, names)


def _by_role(told: Told, lead: Lead, rest: Tokens, scope: Scope) -> tuple[Definition | Passage, ...] | None:
    """`Roles: …`, `Issue fields: …`, `Out of scope: …`: the lead-in names a section."""
    head_tokens, body, sign = lead
    role, about = section_topic(head_tokens, sections.role_of(told.label(head_tokens)))
    if is_thing_after_all(role, body):
        return None
    if role == "out":
        told.leave_out(rest[0].start, rest[-1].end)
        return ()
    topic = about or scope.topic
    if role == "fields" and topic is not None:
        return (Definition(topic, read_items(body), rest[0].start, rest[-1].end, scope.role),)
    if role and (sign.text == ":" or role in ("workflow", "roles")) and role != "name":
        told.path = topic if role == "workflow" and is_path(told, body) else told.path
        words = told.stepped(body) if role == "workflow" else body
        return (Passage(words, role, topic if role == "workflow" else scope.topic, told.paragraph),)
    return None


def _by_label(told: Told, lead: Lead, rest: Tokens, scope: Scope) -> tuple[Passage, ...] | None:
    """`Minimum age: at least 12` does not define what stands first."""
    label, body, sign = lead
    if sign.text == ":" and not scope.in_entity and bounds_field(label, body):
        return (Passage(rest, scope.role, scope.topic, told.paragraph),)
    return None


def _by_head(
    told: Told, lead: Lead, rest: Tokens, scope: Scope, *, first: bool, titled: bool
) -> tuple[Definition | Passage, ...] | None:
    """`contact: name, email`, `CRM backend: contacts, deals`, `Lesson in a section: title`."""
    head_tokens, body, sign = lead
    body = without_gloss(body)
    led = head_tokens[0].low in ("for", "of", "per") and len(head_tokens) > 1
    head = definition_head(head_tokens[1:] if led else head_tokens)
    is_project = head is not None and (head.head in _PROJECT_HEADS or (bool(body) and _lists_things(body)))
    if first and sign.text != "=" and (is_project or (head is None and _is_request(head_tokens) and is_listy(body))):
        told.title = told.title or told.label(_after_for(head_tokens))
        thing = _asked_for(head_tokens) if attribute_share(body) >= _MOSTLY else None
        if thing is not None:
            return tuple(_define(told, thing, body, rest, scope))
        return tuple(_listed(told, segment, scope) for segment in _segments(body))
    if head is not None and (path := _states_of(told, head, lead, rest, scope)) is not None:
        return path
    if sign.kind == "arrow" and len(rest) <= _LONGEST_PATH and _is_move(told, head_tokens, body, scope):
        return (Passage(told.stepped(rest), "workflow", told.path or scope.topic, told.paragraph),)
    if head is not None and sign.text == ":" and body[0].tag == "V" and body[0].lemma in {"belong", *verbs.HAS}:
        about = Passage(body, scope.role, head, told.paragraph, implied=True)
        return (Definition(head, (), rest[0].start, rest[-1].end, scope.role), about)
    listed = titled and sign.text == ":" and sum(t.text == "," for t in body) > 1
    owner = head or (scope.topic if listed else None)
    if owner is not None and (glossed := behind_gloss(told, owner, lead if head is None else None, body, scope)):
        return glossed
    if head is not None and is_listy(body):
        return tuple(_define(told, head, body, rest, scope))
    computed = computed_field(head_tokens, body, sign)
    if computed is not None:
        return (computed,)
    parts = head_with_links(head_tokens)
    if parts is None or not is_listy(body):
        return None
    return (
        Passage(head_tokens, "head", scope.topic, told.paragraph),
        *_define(told, parts, body, rest, scope),
    )


def _is_move(told: Told, before: Tokens, behind: Tokens, scope: Scope) -> bool:
    """`in review -> draft (editor)`: a path was told before, or both sides are steps of a path."""
    if told.path is not None:
        return True
    sides = (tuple(t for t in side if t.kind == "word") for side in (before, behind))
    steps = [told.label(side).lower() for side in sides if side]
    things = any(side[-1].lemma in nouns.THINGS | nouns.PERSONS for side in (before, behind) if side)
    return (scope.role == "workflow" and not things) or all(step in told.steps for step in steps)


def is_path(told: Told, tokens: Tokens) -> bool:
    """`new -> fixed -> verified`, `stored → claimed when a match is confirmed`: from one step to another."""
    pointing = bool(told.steps) and any(t.kind == "arrow" for t in tokens)
    lines = told.text[slice(*span(tokens))].split("\n") if pointing else ()
    return any(told.steps.issuperset(edge) for line in lines for edge in edges_of(line))


def _path_told(told: Told, tokens: Tokens, scope: Scope) -> Iterator[Passage]:
    """`a guest picks items, the order goes new -> paid, the cook may refuse it`: the path, and what is beside it."""
    arrows = [i for i, t in enumerate(tokens) if t.kind == "arrow"]
    begin = max((i + 1 for i in range(arrows[0]) if tokens[i].text == ","), default=0)
    end = next((i for i in range(arrows[-1], len(tokens)) if tokens[i].text == ","), len(tokens))
    begin = begin if any(t.tag == "V" for t in tokens[:begin]) else 0
    end = end if any(t.tag in ("V", "M") for t in tokens[end:]) else len(tokens)
    if begin:
        yield Passage(tokens[: begin - 1], scope.role, scope.topic, told.paragraph)
    yield Passage(told.stepped(tokens[begin:end]), "workflow", told.path or scope.topic, told.paragraph)
    if end + 1 < len(tokens):
        yield Passage(tokens[end + 1 :], scope.role, scope.topic, told.paragraph)


def drawn_moves(told: Told, block: Block, scope: Scope) -> Iterator[Passage]:
    """Every arrow of a drawing as a path of two steps."""
    head = scope.topic
    stated = head is not None and head.head in STATE_NOUNS and len(head.words) > 1
    topic = replace(head, words=head.words[:-1]) if head is not None and stated else head
    for here, there in block.drawing.edges if block.drawing is not None else ():
        arrow = Token("->", "->", here[1], here[1], "arrow", "ARROW")
        yield Passage((*told.tokens(*here), arrow, *told.tokens(*there)), "workflow", topic, told.paragraph)


_LONGEST_PATH = 12


def _states_of(
    told: Told, head: Phrase, lead: Lead, rest: Tokens, scope: Scope
) -> tuple[Definition | Passage, ...] | None:
    """`Order status: new -> paid`, `Manuscript: draft → submitted → …`, `Order status: new, paid`."""
    head_tokens, body, _ = lead
    owned = head.head in nouns.ENUM_NOUNS and len(head.words) > 1
    owner = replace(head, words=head.words[:-1]) if owned else head
    arrows = [i for i, t in enumerate(body) if t.kind == "arrow"]
    listed = any(t.text == "," for t in body[: arrows[0]]) if arrows else True
    # `employee -> Employee` points to a thing.
    points = any(body[i + 1].text[:1].isupper() for i in arrows if i + 1 < len(body))
    steps = len(arrows) == 1 and _is_move(told, body[: arrows[0]], body[arrows[0] + 1 :], scope)
    if (len(arrows) > (0 if owned else 1) or steps) and not listed and not points:
        told.path = owner
        return (Passage(told.stepped(body), "workflow", owner, told.paragraph),)
    item = read_item((head.words[-1], *rest[len(head_tokens) :])) if owned and attribute_share(body) == 0 else None
    if item is None or len(item.spec.values) < 2:
        return None
    return (Definition(owner, (item,), rest[0].start, rest[-1].end),)


def _lists_things(body: Tokens) -> bool:
    """`cars (plate, model), branches (city), rentals (…)`: several things with data; before them stands a title."""
    told = [piece for piece in _segments(body) if piece and piece[-1].kind == "group" and len(piece) <= _SHORT]
    return sum(any(t.text == "," for t in piece[-1].inside) for piece in told) > 1 or _lists_names(body)


def _lists_names(body: Tokens) -> bool:
    """`patients, doctors, appointments and prescriptions`: what things there are, and nothing of what they have."""
    named = [t for t in body if t.text != "," and t.tag != "C"]
    rows = [t for t in named if t.tag == "N" and t.low != t.lemma and t.lemma in nouns.THINGS | nouns.PERSONS]
    return len(rows) >= _SEVERAL and len(rows) == len(named)


_SEVERAL = 3


_SHORT = 4


def _segments(body: Tokens) -> list[Tokens]:
    """`members (name, email), races with date and place, members register for races`: one thing, or clause, each."""
    starts = [0]
    for at in range(1, len(body) - 2):
        opens = body[at].text == "," and body[at + 1].tag == "N" and body[at + 1].low != body[at + 1].lemma
        behind = body[at + 2]
        if opens and (behind.kind == "group" or behind.low in ("with", "of") or behind.tag in ("V", "M")):
            starts.append(at + 1)
    pieces = [body[start:end] for start, end in zip(starts, [*starts[1:], len(body)], strict=True)]
    return [piece[:-1] if piece[-1].text == "," else piece for piece in pieces]


def _listed(told: Told, segment: Tokens, scope: Scope) -> Definition | Passage:
    """One piece of a list of things: `members (name, email)` says what they have."""
    head = definition_head(segment[:-1]) if len(segment) > 1 and segment[-1].kind == "group" else None
    if head is not None and any(t.text == "," for t in segment[-1].inside):
        return Definition(head, read_items(segment[-1].inside), segment[0].start, segment[-1].end, scope.role)
    clause = any(t.tag in ("V", "M") for t in segment)
    comma = next((i for i, t in enumerate(segment) if t.text == ","), 0)
    linked = head_with_links(segment[:comma]) if comma and not clause and segment[1].low == "of" else None
    if linked is not None:
        return Definition(linked, read_items(segment[comma + 1 :]), segment[0].start, segment[-1].end, scope.role)
    return Passage(segment, scope.role or ("" if clause else "list"), scope.topic, told.paragraph)


def _is_request(tokens: Tokens) -> bool:
    """`I need something quick for our running club`: who wants what, before a list of things."""
    lows = {t.low for t in tokens}
    return bool(lows & _WANTS) or bool(lows & _PROJECT_HEADS)


_MOSTLY = 0.5


def _asked_for(tokens: Tokens) -> Phrase | None:
    """`I want to keep track of my plants`: the thing whose data follow behind the colon."""
    objects, preps = read_region(tokens)
    named = (p.of or p for p in (*objects, *(p for _, p in preps)))
    things = [p for p in named if p.plural and p.words[-1].tag == "N" and not p.is_field]
    return max(things, key=lambda p: p.start, default=None)


def _after_for(tokens: Tokens) -> Tokens:
    """What a request is for, as a title."""
    at = max((i for i, t in enumerate(tokens) if t.low == "for"), default=-1)
    while at + 1 < len(tokens) - 1 and tokens[at + 1].tag == "D":
        at += 1
    return tokens[at + 1 :]


def _define(told: Told, head: Phrase, body: Tokens, rest: Tokens, scope: Scope) -> Iterator[Definition | Passage]:
    """A definition, and the clauses that follow its list (`- one per course`)."""
    pieces = [part for piece in split_on(body, frozenset((";",))) for part in at_dashes(piece)]
    listy = [piece for piece in pieces if is_listy(piece)]
    yield Definition(
        head, tuple(i for piece in listy for i in read_items(piece)), rest[0].start, rest[-1].end, scope.role
    )
    for piece in pieces:
        if not is_listy(piece):
            yield Passage(piece, scope.role, head, told.paragraph)
