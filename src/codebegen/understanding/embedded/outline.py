"""Outline: the tree of blocks enters, definitions ("Post has these items") and passages (sentences in a section) leave."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from codebegen.understanding.embedded import sections
from codebegen.understanding.embedded.items import Item, read_item, read_items
from codebegen.understanding.embedded.layout import Block, layout
from codebegen.understanding.embedded.lexicon import nouns
from codebegen.understanding.embedded.phrases import Phrase, read_phrase
from codebegen.understanding.embedded.spelling import correct
from codebegen.understanding.embedded.tag import tag
from codebegen.understanding.embedded.text import Token, Tokens, sentences, split_on, tokenize
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


@dataclass(frozen=True)
class Outline:
    """What the layout tells, in reading order, and the title of the project."""

    parts: tuple[Definition | Passage, ...]
    title: str = ""
    ignored: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True)
class _Scope:
    role: str = ""
    topic: Phrase | None = None
    in_entity: bool = False


def outline(text: str) -> Outline:
    """Read the whole description."""
    reader = _Reader(text)
    tree = layout(text)
    parts = tuple(reader.walk(tree.children, _Scope()))
    return Outline(parts, reader.title, tuple(reader.ignored))


_PROJECT_HEADS = frozenset("api backend app application system platform service tool tracker site website board database project server manager portal marketplace directory".split())
_SEPARATOR_TEXTS = frozenset((":", "–", "—", "=", "-"))


class _Reader:
    """Walks the tree with what is known from above."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.title = ""
        self.ignored: list[tuple[int, int, str]] = []
        self.paragraph = 0
        self.started = False
        self.correct = correct(text)
        # "The application" is the system, unless people apply for something.
        self.applies = re.search(r"\bappl(?:y|ies|icants?)\b|candidate|each application|\bapplications\b|adopt", text.lower()) is not None

    def tokens(self, start: int, end: int) -> Tokens:
        """Corrected and tagged tokens of a stretch."""
        tokens = self.correct(tokenize(self.text, start, end))
        if not self.applies:
            tokens = tuple(replace(t, low="app") if t.low == "application" else t for t in tokens)
        return join_moments(tag(tokens))

    def walk(self, blocks: Sequence[Block], scope: _Scope) -> Iterator[Definition | Passage]:
        for block in blocks:
            self.paragraph += 1
            match block.kind:
                case "heading":
                    yield from self.heading(block, scope)
                case "table":
                    yield from self.table(block, scope)
                case _:
                    yield from self.line(block, scope)

    def heading(self, block: Block, scope: _Scope) -> Iterator[Definition | Passage]:
        """A section: by its role, as the head of fields, or as the project's title."""
        title = self.text[block.start : block.end].strip("*_` :")
        role = sections.role_of(title)
        tokens = self.tokens(block.start, block.end)
        if role == "out":
            self.ignored.append((block.start, _last(block), "out of scope"))
            return
        if role == "workflow" and len(tokens) > 1 and (about := _definition_head(tokens[:-1])) is not None:
            yield from self.walk(block.children, _Scope(role, about))
            return
        if role and not (role == "fields" and scope.topic is None and len(tokens) > 1):
            yield from self.walk(block.children, _Scope(role, scope.topic))
            return
        head = _definition_head(tokens)
        if role == "fields" and len(tokens) > 1:
            head = _definition_head(tokens[:-1])
        if head is not None and block.children and self.heads_fields(block):
            yield from self.fields_below(head, block, scope)
            return
        if not self.title and block.level <= 7 and not scope.role and tokens:
            self.title = title
            yield from self.walk(block.children, replace(scope))
            return
        topic = head if head is not None and len(head.words) <= 3 else scope.topic
        yield from self.walk(block.children, _Scope(scope.role, topic))

    def heads_fields(self, block: Block) -> bool:
        """Whether what stands under a title looks like the fields of it."""
        tables = [c for c in block.children if c.kind == "table"]
        if tables:
            return _table_kind(self.header(tables[0])) == "fields"
        lines = [self.tokens(c.start, c.end) for c in block.children if c.kind in ("item", "text", "code")]
        return bool(lines) and sum(_is_field_line(line) for line in lines) * 3 >= len(lines) * 2 and not any(c.children for c in block.children)

    def fields_below(self, head: Phrase, block: Block, scope: _Scope) -> Iterator[Definition | Passage]:
        items: list[Item] = []
        for child in block.children:
            together = _together(self.tokens(child.start, child.end))
            if together:
                yield Definition(head, (), child.start, child.end, scope.role, together)
            elif child.kind == "table":
                items.extend(self.rows_as_items(child))
            else:
                line = _without_arrow(self.tokens(child.start, child.end))
                if (own := self.own_definition(line)) is not None:
                    yield own
                elif _is_field_line(line):
                    items.extend(self.field_line(line))
                else:
                    for part in self.line(child, replace(scope, topic=head, in_entity=True)):
                        yield replace(part, implied=True) if isinstance(part, Passage) else part
        yield Definition(head, tuple(items), block.start, _last(block), scope.role)

    def own_definition(self, line: Tokens) -> Definition | None:
        """`dishes: name, description, price` under a heading of another thing is a thing of its own."""
        lead = split_lead(line)
        head = _definition_head(lead[0]) if lead is not None else None
        if lead is None or head is None or not head.plural or head.head not in nouns.THINGS or lead[2].kind == "arrow":
            return None
        return Definition(head, read_items(lead[1]), line[0].start, line[-1].end) if attribute_share(lead[1]) >= 0.5 else None

    def field_line(self, line: Tokens) -> list[Item]:
        """One line under an entity: one field with its specification, or a list of plain fields."""
        shared = _shared_type(line)
        if shared is not None:
            return shared
        item = read_item(line) if any(t.text in (":", "=") or t.kind == "arrow" for t in line[:6]) else None
        return [item] if item is not None else list(read_items(line))

    def header(self, block: Block) -> list[str]:
        return [self.text[s:e].strip("*_` ").lower() for s, e in block.rows[0]] if block.rows else []

    def rows_as_items(self, block: Block) -> list[Item]:
        """Rows of a field table: name, type, the rest as constraints."""
        out: list[Item] = []
        columns = self.header(block)
        for row in block.rows[1:]:
            cells = [self.tokens(s, e) for s, e in row]
            if not cells or not cells[0]:
                continue
            joined = _join_cells(cells, columns)
            item = read_item(joined)
            if item is not None:
                out.append(item)
        return out

    def table(self, block: Block, scope: _Scope) -> Iterator[Definition | Passage]:
        """A table of entities, of fields of the topic, or of anything else."""
        kind = _table_kind(self.header(block))
        if kind == "fields" and scope.topic is not None:
            yield Definition(scope.topic, tuple(self.rows_as_items(block)), block.start, block.end, scope.role)
            return
        for row in block.rows[1:] if kind else block.rows:
            cells = [self.tokens(s, e) for s, e in row]
            head = _definition_head(cells[0]) if cells and cells[0] else None
            if head is None:
                continue
            if kind == "entities":
                body = tuple(token for cell in cells[1:2] for token in cell)
                yield Definition(head, read_items(body), row[0][0], row[-1][1], scope.role)
                yield from self.further_cells(head, cells[2:], self.header(block)[2:], scope)
            else:
                for cell in cells[1:]:
                    yield Passage((*cells[0], *cell), scope.role or "access", head, self.paragraph)

    def further_cells(self, head: Phrase, cells: Sequence[Tokens], columns: Sequence[str], scope: _Scope) -> Iterator[Definition | Passage]:
        """Columns behind the fields: links to other entities, or remarks."""
        for index, cell in enumerate(cells):
            column = columns[index] if index < len(columns) else ""
            if not cell:
                continue
            if re.search(r"link|relat|belong|refer|parent|connect|points", column) and _is_listy(cell):
                yield Definition(head, read_items(cell), cell[0].start, cell[-1].end, scope.role)
            else:
                for sentence in sentences(cell):
                    yield Passage(sentence, scope.role, head, self.paragraph)

    def line(self, block: Block, scope: _Scope) -> Iterator[Definition | Passage]:
        """A bullet or a paragraph, with what is nested under it."""
        tokens = self.tokens(block.start, block.end)
        if not tokens:
            return
        if block.children:
            yield from self.parent(block, tokens, scope)
            return
        lead = split_lead(tokens)
        if lead is not None and self.text[lead[0][0].start : lead[0][-1].end]:
            handled = self.lead_in(block, lead, scope)
            if handled is not None:
                yield from handled
                return
        if scope.in_entity and scope.topic is not None and _is_field_line(tokens):
            yield Definition(scope.topic, tuple(self.field_line(tokens)), block.start, block.end, scope.role)
            return
        yield from self.prose(tokens, scope)

    def parent(self, block: Block, tokens: Tokens, scope: _Scope) -> Iterator[Definition | Passage]:
        """A bullet over bullets: an entity over its fields, or a thought over its parts."""
        lead = split_lead(tokens)
        head = _definition_head(lead[0] if lead else tokens)
        role = sections.role_of(self.text[block.start : block.end].strip("*_` :"))
        if role == "out":
            self.ignored.append((block.start, _last(block), "out of scope"))
        elif role and (scope.topic is None or role != "fields"):
            yield from self.walk(block.children, _Scope(role, scope.topic))
        elif role == "fields" and scope.topic is not None:
            yield from self.fields_below(scope.topic, block, scope)
        elif head is not None and scope.role not in ("access", "roles", "rules"):
            if lead and lead[1]:
                yield Definition(head, read_items(lead[1]), block.start, block.end, scope.role)
            yield from self.fields_below(head, block, scope)
        else:
            yield from self.prose(tokens, scope)
            yield from self.walk(block.children, _Scope(scope.role, head or _topic_of(tokens) or scope.topic))

    def lead_in(self, block: Block, lead: tuple[Tokens, Tokens, Token], scope: _Scope) -> Iterator[Definition | Passage] | None:
        """`Roles: …`, `Post: title, body`, `Database: PostgreSQL`; nothing if it is only a sentence with a colon."""
        head_tokens, body, sign = lead
        label = self.text[head_tokens[0].start : head_tokens[-1].end].strip("*_` ")
        role = sections.role_of(label)
        if role == "out":
            self.ignored.append((block.start, block.end, "out of scope"))
            return iter(())
        if role == "fields":
            head = _definition_head(head_tokens[:-1]) or scope.topic
            return iter((Definition(head, read_items(body), block.start, block.end, scope.role),)) if head is not None else None
        if role == "name" and sign.text in (":", "=") and len(body) <= 8 and not scope.in_entity:
            self.title = self.title or self.text[body[0].start : body[-1].end]
            return iter(())
        if role and sign.text == ":" and not scope.in_entity:
            return self.prose(body, _Scope(role, scope.topic))
        return None

    def prose(self, tokens: Tokens, scope: _Scope) -> Iterator[Definition | Passage]:
        """Sentences; a sentence of the form `contact: name, email` is a definition."""
        previous: Phrase | None = scope.topic
        for sentence in (part for whole in sentences(tokens) for part in _clauses_at_dashes(whole)):
            sentence = _without_story(sentence)
            if not sentence:
                continue
            found = list(self.sentence(sentence, replace(scope, topic=previous)))
            for part in found:
                previous = part.head if isinstance(part, Definition) else previous
            yield from found

    def sentence(self, sentence: Tokens, scope: _Scope) -> Iterator[Definition | Passage]:
        first, self.started = not self.started, True
        if first and not self.title and len(sentence) <= 8 and not any(t.tag in ("V", "B", "M", "GROUP") for t in sentence[1:]):
            self.title = self.text[sentence[0].start : sentence[-1].end]
        before, rest = _cut_before_lead(sentence)
        if before:
            yield Passage(before, scope.role, scope.topic, self.paragraph)
        lead = split_lead(rest)
        if lead is None:
            yield Passage(rest, scope.role, scope.topic, self.paragraph)
            return
        head_tokens, body, sign = lead
        label = self.text[head_tokens[0].start : head_tokens[-1].end].strip("*_` ")
        role = sections.role_of(label)
        about = head_tokens[1:] if head_tokens[0].low in ("for", "of", "per") and len(head_tokens) > 1 else head_tokens
        head = _definition_head(about)
        if role == "out":
            self.ignored.append((rest[0].start, rest[-1].end, "out of scope"))
        elif role == "fields" and (topic := _definition_head(head_tokens[:-1]) or scope.topic) is not None:
            yield Definition(topic, read_items(body), rest[0].start, rest[-1].end, scope.role)
        elif role and (sign.text == ":" or role in ("workflow", "roles")) and role != "name":
            yield Passage(body, role, scope.topic, self.paragraph)
        elif head is not None and head.head in _PROJECT_HEADS and sign.text != "=" and first:
            self.title = self.title or label
            yield Passage(body, scope.role or "list", scope.topic, self.paragraph)
        elif head is not None and _is_listy(body):
            yield from self._define(head, body, rest, scope)
        elif (computed := _computed_field(head_tokens, body, sign)) is not None:
            yield computed
        elif (parts := _head_with_links(head_tokens)) is not None and _is_listy(body):
            yield Passage(head_tokens, "head", scope.topic, self.paragraph)
            yield from self._define(parts, body, rest, scope)
        else:
            yield Passage(rest, scope.role, scope.topic, self.paragraph)

    def _define(self, head: Phrase, body: Tokens, rest: Tokens, scope: _Scope) -> Iterator[Definition | Passage]:
        """A definition, and the clauses that follow its list (`…; belongs to a garden`)."""
        pieces = [part for piece in split_on(body, frozenset((";",))) for part in _at_dashes(piece)]
        listy = [piece for piece in pieces if _is_listy(piece)]
        yield Definition(head, tuple(i for piece in listy for i in read_items(piece)), rest[0].start, rest[-1].end, scope.role)
        for piece in pieces:
            if not _is_listy(piece):
                yield Passage(piece, scope.role, head, self.paragraph)


def _without_arrow(line: Tokens) -> Tokens:
    """`→ belongs to a table`: the arrow only points."""
    return line[1:] if line and line[0].kind == "arrow" else line


def _together(line: Tokens) -> tuple[str, ...]:
    """`unique (ward_id, label)`: what is unique together."""
    if len(line) < 2 or line[0].low != "unique" or not any(t.kind == "group" for t in line):
        return ()
    group = next(t for t in line if t.kind == "group")
    return tuple(item.name.removesuffix("_id") for item in read_items(group.inside))


def _shared_type(line: Tokens) -> list[Item] | None:
    """`systolic, diastolic (int)`: what is said behind the last name counts for all."""
    if not line or line[-1].kind != "group" or not any(t.text == "," for t in line) or any(t.text == ":" for t in line):
        return None
    items = list(read_items(line))
    last = items[-1].spec if items else None
    if last is None or last.type is None or len(items) < 2 or any(i.spec != type(last)() for i in items[:-1]):
        return None
    return [replace(item, spec=last) for item in items]


def join_moments(tokens: Sequence[Token]) -> Tokens:
    """`date and time` is one word."""
    out: list[Token] = []
    for token in tokens:
        if token.kind == "group":
            token = replace(token, inside=join_moments(token.inside))
        if token.low == "time" and len(out) >= 2 and out[-1].low in ("and", "&", "+") and out[-2].low == "date":
            out.pop()
            first = out.pop()
            token = Token("date and time", "date_and_time", first.start, token.end, "word", "N", "date_and_time")
        out.append(token)
    return tuple(out)


def _clauses_at_dashes(tokens: Tokens) -> list[Tokens]:
    """`Teams meet in matches - a team belongs to a club`: a dash between two clauses."""
    verbal = [i for i, t in enumerate(tokens) if t.tag in ("V", "M", "B")]
    for index, token in enumerate(tokens):
        spaced = token.text in ("-", "–", "—") and 0 < index < len(tokens) - 1 and tokens[index - 1].end < token.start
        if spaced and any(i < index for i in verbal) and any(i > index for i in verbal) and tokens[index + 1].tag in ("D", "N", "R", "Q"):
            return [tokens[:index], *_clauses_at_dashes(tokens[index + 1 :])]
    return [tokens]


def _at_dashes(tokens: Tokens) -> list[Tokens]:
    """`by a student - one per course`: a remark behind a dash stands on its own."""
    for index, token in enumerate(tokens):
        if token.text in ("-", "–", "—") and index and tokens[index - 1].end < token.start and index + 1 < len(tokens) and token.end < tokens[index + 1].start:
            after = tokens[index + 1 :]
            if after[0].low in ("one", "only", "once", "max", "at", "each", "every"):
                return [tokens[:index], after]
    return [tokens]


def _last(block: Block) -> int:
    return max([block.end, *(_last(child) for child in block.children)])


def split_lead(tokens: Sequence[Token]) -> tuple[Tokens, Tokens, Token] | None:
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
            if body and all(t.kind in ("word", "group", "number") for t in head):
                return head, body, token
            return None
        if token.kind in ("punct",) and token.text != "'":
            return None
    return None


def _cut_before_lead(sentence: Tokens) -> tuple[Tokens, Tokens]:
    """`vehicles (…), trips: vehicle, driver`: the list before the last comma before the colon is a list of its own."""
    colon = next((i for i, t in enumerate(sentence) if t.text == ":"), -1)
    if colon <= 0:
        return (), sentence
    comma = max((i for i in range(colon) if sentence[i].text == ","), default=-1)
    if comma < 0 or any(t.tag in ("V", "B", "M") for t in sentence[:colon]):
        return (), sentence
    if sentence[colon - 1].lemma in nouns.ENUM_NOUNS or _definition_head(sentence[comma + 1 : colon]) is None:
        return (), sentence
    return sentence[:comma], sentence[comma + 1 :]


def _definition_head(tokens: Sequence[Token]) -> Phrase | None:
    """The phrase that fields can be listed for: nouns only, four words at most."""
    tokens = [t for t in tokens if not (t.tag == "C" and t.low in ("and", "or"))] if len(tokens) < 2 else list(tokens)
    while tokens and (tokens[0].tag in ("D", "A", "#", "C") or tokens[0].low in ("a", "an", "the", "each", "every")):
        tokens = tokens[1:]
    if tokens and tokens[-1].low in ("model", "table", "entity", "object", "resource", "collection", "class") and len(tokens) > 1:
        tokens = tokens[:-1]
    if not tokens or len(tokens) > 5 or any(t.tag == "V" for t in tokens[1:]):
        return None
    found = read_phrase([t.tagged("N", t.lemma or t.low) if t.tag in ("V", "VG") else t for t in tokens], 0)
    if found is None or found[1] < len(tokens):
        return None
    phrase = found[0]
    if phrase.of is not None or phrase.possessor or len(phrase.words) > 4:
        return None
    return phrase


_CLAUSE_TAGS = frozenset({"M", "B", "DO"})


def _is_listy(tokens: Sequence[Token]) -> bool:
    """A list of items and no clause: no verb before the second item."""
    if any(t.tag == "V" and t.low in ("belongs", "belong") for t in tokens[:2]):
        return len(tokens) > 3 and any(t.text == "," for t in tokens)
    for token in tokens:
        if token.text in (",", "+", ";") or token.tag in ("W", "GROUP"):
            return True
        if token.tag in _CLAUSE_TAGS or (token.tag == "V" and token.low not in ("read", "set", "cost")):
            return False
    return True


def _is_field_line(tokens: Sequence[Token]) -> bool:
    """`sku: string, unique`, `product -> Product`, `name`, `first_name (max 50)`."""
    if not tokens:
        return False
    for index, token in enumerate(tokens[:5]):
        if index and (token.text in (":", "=", "–", "—") or token.kind == "arrow"):
            return all(t.tag not in _CLAUSE_TAGS and t.tag != "V" for t in tokens[:index]) or "_" in tokens[0].text or index == 1
    plain = not any(t.tag in ("M", "B", "DO", "V", "S") for t in tokens) and tokens[0].tag not in ("VP", "P")
    return plain and (len(tokens) <= 10 or sum(t.text == "," for t in tokens) * 6 >= len(tokens))


def _table_kind(header: Sequence[str]) -> str:
    """`fields` (a row a field), `entities` (a row an entity), or neither."""
    if not header:
        return ""
    if re.fullmatch(r"(?:fields?|columns?|attributes?|propert(?:y|ies)|names?|field names?|column names?)", header[0]):
        return "fields"
    if re.fullmatch(r"(?:entit(?:y|ies)|models?|tables?|resources?|objects?|things?|collections?|types?)(?: names?)?", header[0]):
        return "entities"
    return ""


def _join_cells(cells: list[Tokens], columns: Sequence[str]) -> Tokens:
    """Cells of one row as `name: type, constraints`; a `yes` or `no` column as its own word."""
    colon = Token(":", ":", cells[0][-1].end, cells[0][-1].end, "punct", "PUNCT")
    out: list[Token] = [*cells[0], colon]
    for index, cell in enumerate(cells[1:], start=1):
        column = columns[index] if index < len(columns) else ""
        if len(cell) == 1 and cell[0].low in ("yes", "no", "true", "false", "x", "y", "n", "✓", "✔"):
            positive = cell[0].low in ("yes", "true", "x", "y", "✓", "✔")
            flag = {"required": "required" if positive else "optional", "unique": "unique" if positive else "", "nullable": "nullable" if positive else "required",
                    "optional": "optional" if positive else "required"}.get(column, "")
            if flag:
                out.append(Token(flag, flag, cell[0].start, cell[0].end, "word", "J", flag))
            continue
        if column == "default" and cell:
            out.append(Token("default", "default", cell[0].start, cell[0].start, "word", "N", "default"))
        out.extend(cell)
        out.append(Token(",", ",", colon.start, colon.end, "punct", "PUNCT"))
    return tuple(out)


def _computed_field(head: Tokens, body: Tokens, sign: Token) -> Definition | None:
    """`total of an order = sum of its lines`: a field of the order, computed."""
    found = read_phrase(head, 0)
    if found is None or found[1] < len(head) or found[0].of is None or found[0].head not in nouns.ATTRIBUTES or found[0].head in nouns.ENUM_NOUNS:
        return None
    item = read_item((*found[0].words, sign, *body))
    if item is None:
        return None
    spec = replace(item.spec, computed=body) if sign.text == "=" else item.spec
    return Definition(found[0].of, (replace(item, spec=spec),), head[0].start, body[-1].end)


def _head_with_links(tokens: Sequence[Token]) -> Phrase | None:
    """`Lesson in a section`, `Enrollment of a student in a course`: the first noun is defined, the others are what it points to."""
    if any(t.tag in ("V", "M", "B", "TO", "DO") for t in tokens) or not any(t.tag == "P" for t in tokens):
        return None
    end = next((i for i, t in enumerate(tokens) if t.tag == "P"), len(tokens))
    return _definition_head(tokens[:end])


def _topic_of(tokens: Sequence[Token]) -> Phrase | None:
    found = read_phrase([t for t in tokens if t.tag != "A"], 0)
    return found[0] if found is not None else None


def _without_story(sentence: Tokens) -> Tokens:
    """`As a cook, I want to publish recipes so that …` → `cook want to publish recipes`: the teller is the subject."""
    if len(sentence) < 6 or sentence[0].low != "as" or sentence[1].tag != "D":
        return sentence
    end = next((i for i in range(2, min(8, len(sentence))) if sentence[i].text == "," or sentence[i].low == "i"), -1)
    if end < 0:
        return sentence
    begin = end + 1 if sentence[end].text == "," else end
    if begin < len(sentence) and sentence[begin].low == "i":
        begin += 1
    teller = sentence[1:end]
    body = list(sentence[begin:])
    if body and body[0].low in ("want", "need", "would", "wish", "like", "should"):
        skip = next((i for i in range(1, min(6, len(body))) if body[i].tag == "TO" or body[i].low == "to"), 0)
        body = [body[0].tagged("M", "can"), *body[skip + 1 :]]
        body[0] = Token("can", "can", body[0].start, body[0].end, "word", "M", "can")
        if len(body) > 1 and body[1].tag == "N":
            body[1] = body[1].tagged("V", body[1].lemma)
    cut = next((i for i, t in enumerate(body) if t.low in ("so",) or (t.low == "in" and [x.low for x in body[i : i + 3]] == ["in", "order", "to"])), len(body))
    body = body[:cut]
    while body and body[-1].text == ",":
        body.pop()
    return (*(t for t in teller if t.text != ","), *body)


