"""Outline: the tree of blocks enters.

Definitions ("Post has these items") and passages (sentences in a section) leave.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from codebegen.understanding.embedded import sections
from codebegen.understanding.embedded.chatter import chatter
from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.items import read_item, read_items
from codebegen.understanding.embedded.layout import Block, layout
from codebegen.understanding.embedded.lexicon import nouns
from codebegen.understanding.embedded.outline_parts import (
    Definition,
    Lead,
    Outline,
    Passage,
    at_dashes,
    clauses_at_dashes,
    computed_field,
    cut_before_lead,
    definition_head,
    head_with_links,
    is_field_line,
    is_listy,
    join_moments,
    shared_type,
    split_lead,
    together,
    topic_of,
    without_arrow,
    without_story,
)
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.spelling import correct
from codebegen.understanding.embedded.tables import join_cells, table_kind
from codebegen.understanding.embedded.tag import tag
from codebegen.understanding.embedded.text import Token, Tokens, sentences, split_on, tokenize
from codebegen.understanding.embedded.values import attribute_share


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


_PROJECT_HEADS = frozenset(
    "api backend app application system platform service tool tracker site website board database project server manager portal marketplace directory".split()  # noqa: E501
)


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
        self.applies = (
            re.search(r"\bappl(?:y|ies|icants?)\b|candidate|each application|\bapplications\b|adopt", text.lower())
            is not None
        )

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
        if role == "workflow" and len(tokens) > 1 and (about := definition_head(tokens[:-1])) is not None:
            yield from self.walk(block.children, _Scope(role, about))
            return
        if role and not (role == "fields" and scope.topic is None and len(tokens) > 1):
            yield from self.walk(block.children, _Scope(role, scope.topic))
            return
        head = definition_head(tokens)
        if role == "fields" and len(tokens) > 1:
            head = definition_head(tokens[:-1])
        listed = any(c.kind == "item" or is_field_line(self.tokens(c.start, c.end)) for c in block.children)
        thing = head is not None and head.plural and head.head in nouns.THINGS and block.level > 1 and listed
        if head is not None and block.children and (self.heads_fields(block) or (thing and not role)):
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
            return table_kind(self.header(tables[0])) == "fields"
        lines = [self.tokens(c.start, c.end) for c in block.children if c.kind in ("item", "text", "code")]
        return (
            bool(lines)
            and sum(is_field_line(line) for line in lines) * 3 >= len(lines) * 2
            and not any(c.children for c in block.children)
        )

    def fields_below(self, head: Phrase, block: Block, scope: _Scope) -> Iterator[Definition | Passage]:
        items: list[Item] = []
        for child in block.children:
            unique = together(self.tokens(child.start, child.end))
            if unique:
                yield Definition(head, (), child.start, child.end, scope.role, unique)
            elif child.kind == "table":
                items.extend(self.rows_as_items(child))
            else:
                line = without_arrow(self.tokens(child.start, child.end))
                if (own := self.own_definition(line)) is not None:
                    yield own
                elif is_field_line(line):
                    items.extend(self.field_line(line))
                else:
                    for part in self.line(child, replace(scope, topic=head, in_entity=True)):
                        yield replace(part, implied=True) if isinstance(part, Passage) else part
        yield Definition(head, tuple(items), block.start, _last(block), scope.role)

    def own_definition(self, line: Tokens) -> Definition | None:
        """`dishes: name, description, price` under a heading of another thing is a thing of its own."""
        lead = split_lead(line)
        head = definition_head(lead[0]) if lead is not None else None
        if lead is None or head is None or not head.plural or head.head not in nouns.THINGS or lead[2].kind == "arrow":
            return None
        return (
            Definition(head, read_items(lead[1]), line[0].start, line[-1].end)
            if attribute_share(lead[1]) >= 0.5
            else None
        )

    def field_line(self, line: Tokens) -> list[Item]:
        """One line under an entity: one field with its specification, or a list of plain fields."""
        shared = shared_type(line)
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
            joined = join_cells(cells, columns)
            item = read_item(joined)
            if item is not None:
                out.append(item)
        return out

    def table(self, block: Block, scope: _Scope) -> Iterator[Definition | Passage]:
        """A table of entities, of fields of the topic, or of anything else."""
        kind = table_kind(self.header(block))
        if kind == "fields" and scope.topic is not None:
            yield Definition(scope.topic, tuple(self.rows_as_items(block)), block.start, block.end, scope.role)
            return
        for row in block.rows[1:] if kind else block.rows:
            cells = [self.tokens(s, e) for s, e in row]
            head = definition_head(cells[0]) if cells and cells[0] else None
            if head is None:
                continue
            if kind == "entities":
                body = tuple(token for cell in cells[1:2] for token in cell)
                yield Definition(head, read_items(body), row[0][0], row[-1][1], scope.role)
                yield from self.further_cells(head, cells[2:], self.header(block)[2:], scope)
            else:
                for cell in cells[1:]:
                    yield Passage((*cells[0], *cell), scope.role or "access", head, self.paragraph)

    def further_cells(
        self, head: Phrase, cells: Sequence[Tokens], columns: Sequence[str], scope: _Scope
    ) -> Iterator[Definition | Passage]:
        """Columns behind the fields: links to other entities, or remarks."""
        for index, cell in enumerate(cells):
            column = columns[index] if index < len(columns) else ""
            if not cell:
                continue
            if re.search(r"link|relat|belong|refer|parent|connect|points", column) and is_listy(cell):
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
        if scope.in_entity and scope.topic is not None and is_field_line(tokens):
            yield Definition(scope.topic, tuple(self.field_line(tokens)), block.start, block.end, scope.role)
            return
        yield from self.prose(tokens, scope)

    def parent(self, block: Block, tokens: Tokens, scope: _Scope) -> Iterator[Definition | Passage]:
        """A bullet over bullets: an entity over its fields, or a thought over its parts."""
        lead = split_lead(tokens)
        head = definition_head(lead[0] if lead else tokens)
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
            yield from self.walk(block.children, _Scope(scope.role, head or topic_of(tokens) or scope.topic))

    def lead_in(
        self, block: Block, lead: tuple[Tokens, Tokens, Token], scope: _Scope
    ) -> Iterator[Definition | Passage] | None:
        """`Roles: …`, `Post: title, body`, `Database: PostgreSQL`; nothing if it is only a sentence with a colon."""
        head_tokens, body, sign = lead
        label = self.text[head_tokens[0].start : head_tokens[-1].end].strip("*_` ")
        role = sections.role_of(label)
        if role == "out":
            self.ignored.append((block.start, block.end, "out of scope"))
            return iter(())
        if role == "fields":
            head = definition_head(head_tokens[:-1]) or scope.topic
            return (
                iter((Definition(head, read_items(body), block.start, block.end, scope.role),))
                if head is not None
                else None
            )
        if role == "name" and sign.text in (":", "=") and len(body) <= 8 and not scope.in_entity:
            self.title = self.title or self.text[body[0].start : body[-1].end]
            return iter(())
        if role and sign.text == ":" and not scope.in_entity:
            return self.prose(body, _Scope(role, scope.topic))
        return None

    def prose(self, tokens: Tokens, scope: _Scope) -> Iterator[Definition | Passage]:
        """Sentences; a sentence of the form `contact: name, email` is a definition."""
        previous: Phrase | None = scope.topic
        for sentence in (part for whole in sentences(tokens) for part in clauses_at_dashes(whole)):
            why = chatter(self.text[sentence[0].start : sentence[-1].end])
            if why:
                self.ignored.append((sentence[0].start, sentence[-1].end, why))
                continue
            told = without_story(sentence)
            if not told:
                continue
            found = list(self.sentence(told, replace(scope, topic=previous)))
            for part in found:
                previous = part.head if isinstance(part, Definition) else previous
            yield from found

    def sentence(self, sentence: Tokens, scope: _Scope) -> Iterator[Definition | Passage]:
        """A definition (`contact: name, email`), or a passage."""
        first, self.started = not self.started, True
        if first and not self.title and len(sentence) <= 8:
            named = not any(t.tag in ("V", "B", "M", "GROUP") for t in sentence[1:])
            self.title = self.text[sentence[0].start : sentence[-1].end] if named else ""
        before, rest = cut_before_lead(sentence)
        if before:
            yield Passage(before, scope.role, scope.topic, self.paragraph)
        lead = split_lead(rest)
        found = (
            None if lead is None else (self.by_role(lead, rest, scope) or self.by_head(lead, rest, scope, first=first))
        )
        yield from found if found is not None else (Passage(rest, scope.role, scope.topic, self.paragraph),)

    def by_role(self, lead: Lead, rest: Tokens, scope: _Scope) -> tuple[Definition | Passage, ...] | None:
        """`Roles: …`, `Issue fields: …`, `Out of scope: …`: the lead-in names a section."""
        head_tokens, body, sign = lead
        role = sections.role_of(self.text[head_tokens[0].start : head_tokens[-1].end].strip("*_` "))
        if role == "out":
            self.ignored.append((rest[0].start, rest[-1].end, "out of scope"))
            return ()
        topic = definition_head(head_tokens[:-1]) or scope.topic
        if role == "fields" and topic is not None:
            return (Definition(topic, read_items(body), rest[0].start, rest[-1].end, scope.role),)
        if role and (sign.text == ":" or role in ("workflow", "roles")) and role != "name":
            return (Passage(body, role, scope.topic, self.paragraph),)
        return None

    def by_head(
        self, lead: Lead, rest: Tokens, scope: _Scope, *, first: bool
    ) -> tuple[Definition | Passage, ...] | None:
        """`contact: name, email`, `CRM backend: contacts, deals`, `Lesson in a section: title`."""
        head_tokens, body, sign = lead
        led = head_tokens[0].low in ("for", "of", "per") and len(head_tokens) > 1
        head = definition_head(head_tokens[1:] if led else head_tokens)
        if head is not None and head.head in _PROJECT_HEADS and sign.text != "=" and first:
            self.title = self.title or self.text[head_tokens[0].start : head_tokens[-1].end].strip("*_` ")
            return (Passage(body, scope.role or "list", scope.topic, self.paragraph),)
        if head is not None and is_listy(body):
            return tuple(self._define(head, body, rest, scope))
        computed = computed_field(head_tokens, body, sign)
        if computed is not None:
            return (computed,)
        parts = head_with_links(head_tokens)
        if parts is None or not is_listy(body):
            return None
        return (Passage(head_tokens, "head", scope.topic, self.paragraph), *self._define(parts, body, rest, scope))

    def _define(self, head: Phrase, body: Tokens, rest: Tokens, scope: _Scope) -> Iterator[Definition | Passage]:
        """A definition, and the clauses that follow its list (`…; belongs to a garden`)."""
        pieces = [part for piece in split_on(body, frozenset((";",))) for part in at_dashes(piece)]
        listy = [piece for piece in pieces if is_listy(piece)]
        yield Definition(
            head, tuple(i for piece in listy for i in read_items(piece)), rest[0].start, rest[-1].end, scope.role
        )
        for piece in pieces:
            if not is_listy(piece):
                yield Passage(piece, scope.role, head, self.paragraph)


def _last(block: Block) -> int:
    return max([block.end, *(_last(child) for child in block.children)])
