"""Parts of an outline, and the tests that tell a definition from a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from codebegen.understanding.embedded import sections
from codebegen.understanding.embedded.asides import Aside
from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.items import read_item, read_items
from codebegen.understanding.embedded.lexicon import nouns, words
from codebegen.understanding.embedded.lexicon.noun_uses import use_of
from codebegen.understanding.embedded.notation import type_begins
from codebegen.understanding.embedded.phrases import Phrase, read_phrase
from codebegen.understanding.embedded.spec_model import TYPE_WORDS
from codebegen.understanding.embedded.text import Token, Tokens
from codebegen.understanding.embedded.values import attribute_share


@dataclass(frozen=True)
class Definition:
    """`head` has `items`; told by the layout or by a list, not by a clause."""

    head: Phrase
    items: tuple[Item, ...]
    start: int
    end: int
    role: str = ""
    unique: tuple[str, ...] = ()


@dataclass(frozen=True)
class Passage:
    """One sentence in a section; `topic` is what the lines around it are about; `lead` a word before a colon."""

    tokens: Tokens
    role: str = ""
    topic: Phrase | None = None
    paragraph: int = 0
    implied: bool = False

    @property
    def start(self) -> int:
        """First character."""
        return self.tokens[0].start if self.tokens else 0

    @property
    def end(self) -> int:
        """Behind the last character."""
        return self.tokens[-1].end if self.tokens else 0


@dataclass(frozen=True)
class Outline:
    """What the layout tells, in reading order, and the title of the project."""

    parts: tuple[Definition | Passage, ...]
    title: str = ""
    ignored: tuple[tuple[int, int, str], ...] = ()
    asides: tuple[Aside, ...] = ()


_SEPARATOR_TEXTS = frozenset((":", "–", "—", "=", "-"))


def without_arrow(line: Tokens) -> Tokens:
    """`→ belongs to a table`: the arrow only points."""
    return line[1:] if line and line[0].kind == "arrow" else line


def together(line: Tokens) -> tuple[str, ...]:
    """`unique (ward_id, label)`: what is unique together."""
    if len(line) < 2 or line[0].low != "unique" or not any(t.kind == "group" for t in line):
        return ()
    group = next(t for t in line if t.kind == "group")
    return tuple(item.name.removesuffix("_id") for item in read_items(group.inside))


_TOGETHER = (
    ("unique", "together"),
    ("together", "unique"),
    ("unique", "as", "a", "pair"),
    ("unique", "in", "combination"),
)


def says_together(sentence: Tokens) -> bool:
    """`…; unique together`, behind a list of fields: it is the list that is unique."""
    lows = tuple(
        t.low for t in sentence if t.kind == "word" and t.low not in ("and", "they", "both", "are", "must", "be")
    )
    return lows in _TOGETHER


def section_topic(tokens: Tokens, role: str) -> tuple[str, Phrase | None]:
    """The role of a section title and what it is about: `Workflow of an issue`, `Issue fields`."""
    tokens = tokens[:-1] if tokens and tokens[-1].text == ":" else tokens
    at = next((i for i, t in enumerate(tokens) if t.low in ("of", "for") and i), -1)
    if not role and 0 < at < len(tokens) - 1 and tokens[0].text:
        lead = " ".join(t.low for t in tokens[:at] if t.tag != "D")
        inner = sections.role_of(lead) if lead in _ABOUT_ONE else ""
        about = definition_head(tokens[at + 1 :]) if inner else None
        return (inner, about) if about is not None else (role, None)
    if role in ("workflow", "fields") and len(tokens) > 1:
        return role, definition_head(tokens[:-1])
    if not role and len(tokens) > 1 and tokens[-1].low in _LISTED and all(t.tag != "N" for t in tokens[:-1]):
        # `There are three roles: …`
        return sections.role_of(tokens[-1].low), None
    return role, None


_LISTED = frozenset(("roles", "actors"))


_ABOUT_ONE = frozenset(
    (
        "workflow",
        "life",
        "life cycle",
        "lifecycle",
        "states",
        "stages",
        "flow",
        "path",
        "state",
        "stage",
        "status",
        "status flow",
        "state machine",
        "transitions",
        "fields",
    )
)


def shared_type(line: Tokens) -> list[Item] | None:
    """`systolic, diastolic (int)`: what is said behind the last name counts for all."""
    if not line or line[-1].kind != "group" or not any(t.text == "," for t in line) or any(t.text == ":" for t in line):
        return None
    items = list(read_items(line))
    last = items[-1].spec if items else None
    if last is None or last.type is None or len(items) < 2 or any(i.spec != type(last)() for i in items[:-1]):
        return None
    if any(nouns.FIELD_TYPES.get(i.head, last.type) != last.type for i in items[:-1]):
        # "price, reduced (yes/no)": a name that tells another type keeps it.
        return None
    return [replace(item, spec=last) for item in items]


def join_moments(tokens: Sequence[Token]) -> Tokens:
    """`date and time` is one word."""
    out: list[Token] = []
    for plain in tokens:
        token = replace(plain, inside=join_moments(plain.inside)) if plain.kind == "group" else plain
        if token.low == "time" and len(out) >= 2 and out[-1].low in ("and", "&", "+") and out[-2].low == "date":
            out.pop()
            first = out.pop()
            token = Token("date and time", "date_and_time", first.start, token.end, "word", "N", "date_and_time")
        out.append(token)
    return tuple(out)


Lead = tuple[Tokens, Tokens, Token]
"""What stands before a separator, what behind it, and the separator."""


def split_lead(tokens: Sequence[Token]) -> Lead | None:
    """`head: body`: what stands before and behind the first separator, if the head is short."""
    many_arrows = sum(token.kind == "arrow" for token in tokens) > 1
    for index, token in enumerate(tokens[:10]):
        if token.kind == "group" or not index:
            continue
        if token.text in _SEPARATOR_TEXTS or token.kind == "arrow":
            if many_arrows and token.kind == "arrow":
                return None
            if token.text == "-" and token.end == (tokens[index + 1].start if index + 1 < len(tokens) else 0):
                continue
            head = tuple(tokens[:index])
            body = tuple(tokens[index + 1 :])
            if body and all(t.kind in ("word", "group", "number", "possessive") for t in head):
                return head, body, token
            return None
        if token.kind == "punct" and token.text != "'":
            return None
    return None


def cut_before_lead(sentence: Tokens) -> tuple[Tokens, Tokens]:
    """`vehicles (…), trips: vehicle, driver`: the list before the last comma before the colon is a list of its own."""
    colon = next((i for i, t in enumerate(sentence) if t.text in (":", "=")), -1)
    if colon <= 0:
        return (), sentence
    comma = max((i for i in range(colon) if sentence[i].text == ","), default=-1)
    equals = sentence[colon].text == "="
    if comma < 0 or any(t.tag in ("V", "B", "M") for t in sentence[comma if equals else 0 : colon]):
        return (), sentence
    if sentence[colon - 1].lemma in nouns.ENUM_NOUNS or definition_head(sentence[comma + 1 : colon]) is None:
        return (), sentence
    return sentence[:comma], sentence[comma + 1 :]


def last_with_values(line: Tokens) -> tuple[Tokens, Tokens]:
    """`title, description, category: shirt, poster`: what stands before the last name, which has the values."""
    colon = next((i for i, t in enumerate(line) if t.text == ":"), 0)
    comma = max((i for i in range(colon) if line[i].text == ","), default=0)
    named = 0 < comma < colon - 1 and all(t.tag in ("N", "J") for t in line[comma + 1 : colon])
    return (line[:comma], line[comma + 1 :]) if named and line[0].tag in ("N", "J") else ((), line)


def listed_items(line: Tokens) -> list[Item]:
    """The items of a list whose last may have its values behind a colon."""
    before, rest = last_with_values(line)
    last = read_item(rest) if before else None
    return [*read_items(before or rest), *([last] if last is not None else [])]


def definition_head(tokens: Sequence[Token]) -> Phrase | None:
    """The phrase that fields can be listed for: nouns only, four words at most."""
    tokens = [t for t in tokens if not (t.tag == "C" and t.low in ("and", "or"))] if len(tokens) < 2 else list(tokens)
    while tokens and (tokens[0].tag in ("D", "A", "#", "C") or tokens[0].low in ("a", "an", "the", "each", "every")):
        tokens = tokens[1:]
    if len(tokens) > 1 and tokens[0].low in ("have", "has") and tokens[1].tag == "N":
        tokens = tokens[1:]  # `have variants: sku, price` under an item
    tokens = _without_kind(tokens)
    if (
        tokens
        and tokens[-1].low in ("model", "table", "entity", "object", "resource", "collection", "class")
        and len(tokens) > 1
    ):
        tokens = tokens[:-1]
    tokens = _ending_in_noun(tokens)
    if not tokens or len(tokens) > 5 or any(t.tag == "V" for t in tokens[1:]):
        return None
    found = read_phrase([t.tagged("N", t.lemma or t.low) if t.tag in ("V", "VG") else t for t in tokens], 0)
    if found is None or found[1] < len(tokens):
        return None
    phrase = found[0]
    if phrase.of is not None or phrase.possessor or len(phrase.words) > 4:
        return None
    return phrase


def schema_line(tokens: Tokens) -> Definition | None:
    """`comments(id, body, card, author)`: a table of a schema, alone on its line."""
    if len(tokens) < 2 or tokens[-1].kind != "group" or tokens[-1].text != "(" or tokens[-2].end != tokens[-1].start:
        return None
    typed = tokens[-2].low in TYPE_WORDS and len(tokens) > 2  # `plug enum('a', 'b')`
    head = definition_head(tokens[:-1]) if len(tokens) <= 3 and not typed else None
    listed = any(t.text == "," for t in tokens[-1].inside)
    if head is None or not listed:
        return None
    return Definition(head, read_items(tokens[-1].inside), tokens[0].start, tokens[-1].end)


def _ending_in_noun(tokens: Sequence[Token]) -> Sequence[Token]:
    """`openings log`, `rubber test`: no clause ends in a verb behind its subject, so the last word is the thing."""
    last = tokens[-1] if len(tokens) > 1 else None
    if last is None or last.tag != "V" or use_of(last.low).rows <= _SELDOM:
        return tokens
    return [*tokens[:-1], last.tagged("N", last.low)]


_SELDOM = 2


_KIND_WORDS = frozenset("entity model resource schema collection table class type object struct dataclass".split())


def _without_kind(tokens: Sequence[Token]) -> Sequence[Token]:
    """`entity Reader`, `Model Post`: the first word says what kind of line it is; `class teacher` is a name."""
    if len(tokens) < 2 or tokens[0].low not in _KIND_WORDS:
        return tokens
    named = tokens[1].text[:1].isupper() and tokens[0].text.islower()
    return tokens[1:] if named or tokens[0].low == "entity" else tokens


_CLAUSE_TAGS = frozenset({"M", "B", "DO"})


def is_listy(tokens: Sequence[Token]) -> bool:
    """A list of items and no clause: no verb before the second item."""
    if any(t.tag == "V" and t.low in ("belongs", "belong") for t in tokens[:2]):
        return len(tokens) > 3 and any(t.text == "," for t in tokens)
    for token in tokens:
        if token.text in (",", "+", ";") or token.tag in ("W", "GROUP"):
            return True
        if token.tag in _CLAUSE_TAGS or (token.tag == "V" and token.low not in ("read", "set", "cost")):
            return False
    return True


HEADLINES = ("overview", "name", "features")


def is_thing_after_all(role: str, body: Tokens) -> bool:
    """`Goal: minute, player` is a thing, whatever such a title says; `we keep boats: each has a …` tells of one."""
    told_of_each = role == "entities" and bool(body) and body[0].low in ("each", "every")
    return told_of_each or (role in HEADLINES and lists_fields(body))


def lists_fields(body: Tokens) -> bool:
    """Whether what stands behind a colon are mostly fields, or begins with one."""
    if len(body) < 3:
        return False
    comma = next((i for i, t in enumerate(body) if t.text == ","), 0)
    last = body[comma - 1]
    begins = 0 < comma <= 3 and last.tag == "N" and (last.low in nouns.ATTRIBUTES or last.low in words.UNITS)
    return begins or attribute_share(body) >= _MOSTLY


_MOSTLY = 0.5


def is_field_line(tokens: Sequence[Token]) -> bool:
    """`sku: string, unique`, `product -> Product`, `name`, `first_name (max 50)`."""
    if not tokens:
        return False
    listed = len(tokens) > 2 and tokens[0].tag == "N" and tokens[1].kind == "group" and tokens[2].text == ","
    if listed or type_begins(tokens):
        return True
    for index, token in enumerate(tokens[:5]):
        if index and (token.text in (":", "=", "–", "—") or token.kind == "arrow"):
            return (
                all(t.tag not in _CLAUSE_TAGS and t.tag != "V" for t in tokens[:index])
                or "_" in tokens[0].text
                or index == 1
            )
    named = tokens[0].tag in ("N", "J", "VP", "VG") or tokens[0].low in nouns.BARE_MOMENTS
    if len(tokens) in (2, 3) and tokens[-1].tag == "N" and tokens[-1].low in nouns.ATTRIBUTES and named:
        return True
    if any(t.low in ("which", "that") for t in tokens[1:4]) and tokens[0].tag not in ("P", "R"):
        return True
    if tokens[0].tag == "W" or (len(tokens) <= 5 and any(t.tag == "R" for t in tokens[1:3])):
        return True
    if tokens[0].low in ("one", "1", "only") and any(t.low == "per" for t in tokens):
        return False  # `one survey per ticket` is a rule
    goes_on = tokens[0].tag in ("VP", "P") and any(t.tag in ("D", "#") for t in tokens[1:3])
    ends = nouns.BARE_MOMENTS  # `warranty until`
    plain = not goes_on and not any(t.tag in ("M", "B", "DO", "V", "S") and t.low not in ends for t in tokens)
    return plain and (len(tokens) <= 10 or sum(t.text == "," for t in tokens) * 6 >= len(tokens))


def computed_field(head: Tokens, body: Tokens, sign: Token) -> Definition | None:
    """`total of an order = sum of its lines`: a field of the order, computed."""
    found = read_phrase(head, 0)
    if (
        found is None
        or found[1] < len(head)
        or found[0].of is None
        or found[0].head not in nouns.ATTRIBUTES
        or found[0].head in nouns.ENUM_NOUNS
    ):
        return None
    item = read_item((*found[0].words, sign, *body))
    if item is None:
        return None
    spec = replace(item.spec, computed=body) if sign.text == "=" else item.spec
    return Definition(found[0].of, (replace(item, spec=spec),), head[0].start, body[-1].end)


def head_with_links(tokens: Sequence[Token]) -> Phrase | None:
    """`Lesson in a section`, `Enrollment of a student in a course`.

    The first noun is defined, the others are what it points to.
    """
    if any(t.tag in ("V", "M", "B", "TO", "DO") for t in tokens[1:]) or not any(t.tag == "P" for t in tokens):
        return None
    end = next((i for i, t in enumerate(tokens) if t.tag == "P"), len(tokens))
    while end > 1 and tokens[end - 1].tag == "VP":
        end -= 1  # `damages reported per rental`
    return definition_head(tokens[:end])


def topic_of(tokens: Sequence[Token]) -> Phrase | None:
    """What a line is about: its first phrase."""
    found = read_phrase([t for t in tokens if t.tag != "A"], 0)
    return found[0] if found is not None else None
