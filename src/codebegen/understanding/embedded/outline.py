"""Outline: the tree of blocks enters.

Definitions ("Post has these items") and passages (sentences in a section) leave.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from codebegen.understanding.embedded import sections
from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.items import read_item, read_items
from codebegen.understanding.embedded.layout import Block, layout
from codebegen.understanding.embedded.lexicon import nouns
from codebegen.understanding.embedded.lexicon.noun_uses import use_of
from codebegen.understanding.embedded.notation import is_flag, is_specification
from codebegen.understanding.embedded.outline_cuts import once_apart
from codebegen.understanding.embedded.outline_parts import (
    HEADLINES,
    Definition,
    Outline,
    Passage,
    definition_head,
    is_field_line,
    is_thing_after_all,
    last_with_values,
    listed_items,
    lists_fields,
    schema_line,
    section_topic,
    shared_type,
    split_lead,
    together,
    topic_of,
    without_arrow,
)
from codebegen.understanding.embedded.outline_sentences import drawn_moves, is_path, read_prose, states_of
from codebegen.understanding.embedded.outline_state import Scope, Told
from codebegen.understanding.embedded.outline_tables import header, read_table, rows_as_items
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.state_lists import declared_lines
from codebegen.understanding.embedded.tables import table_kind
from codebegen.understanding.embedded.text import Token, Tokens, sentences, split_on
from codebegen.understanding.embedded.values import WRAPPED, attribute_share, read_values


def outline(text: str) -> Outline:
    """Read the whole description."""
    told = Told(text)
    parts = tuple(_Reader(told).walk(layout(text).children, Scope()))
    return Outline(parts, told.title, tuple(told.ignored))


class _Reader:
    """Walks the tree with what is known from above."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.tokens = told.tokens

    def walk(self, blocks: Sequence[Block], scope: Scope) -> Iterator[Definition | Passage]:
        for block in blocks:
            self.told.paragraph += 1
            match block.kind:
                case "heading":
                    yield from self.heading(block, scope)
                case "table":
                    yield from read_table(self.told, block, scope)
                case "drawing":
                    yield from drawn_moves(self.told, block, scope)
                case _:
                    yield from self.line(block, scope)

    def heading(self, block: Block, scope: Scope) -> Iterator[Definition | Passage]:
        """A section: by its role, as the head of fields, or as the project's title."""
        title = self.told.text[block.start : block.end].strip("*_` :")
        self.told.path = None
        tokens = self.tokens(block.start, block.end)
        role, about = section_topic(tokens, sections.role_of(title))
        # A section called "Project" is about projects; only a line `Project: …` names the one at hand.
        role = "" if role == "name" or (role in HEADLINES and self.heads_typed_fields(block)) else role
        if (states := self.states_below(block, tokens, scope)) is not None:
            yield from self.told_states(states, block)
            return
        if role == "out":
            self.told.leave_out(block.start, _last(block))
            return
        if role == "workflow" and about is not None:
            yield from self.walk(block.children, Scope(role, about))
            return
        if role and not (role == "fields" and scope.topic is None and len(tokens) > 1):
            self.told.ignored.append((block.start, block.end, "a section title"))
            yield from self.walk(block.children, Scope(role, scope.topic))
            return
        head = about if role == "fields" and len(tokens) > 1 else definition_head(tokens)
        if head is not None and block.children and self.is_entity(head, role, block, scope):
            yield from self.fields_below(head, block, scope)
            return
        if not self.told.title and block.level <= 7 and not scope.role and tokens:
            self.told.title = title
            yield from self.walk(block.children, replace(scope))
            return
        topic = head if head is not None and len(head.words) <= 3 else scope.topic
        yield from self.walk(block.children, Scope(scope.role, topic))

    def is_entity(self, head: Phrase, role: str, block: Block, scope: Scope) -> bool:
        """Whether what stands under a title are the fields of it, and not things of their own."""
        if self.heads_things(block):
            return False
        if scope.role == "entities" and block.level > 1 and len(head.words) <= _LONGEST_HEAD:
            return not any(c.kind == "heading" for c in block.children)
        listed = any(c.kind == "item" or is_field_line(self.tokens(c.start, c.end)) for c in block.children)
        thing = head.plural and head.head in nouns.THINGS and block.level > 1 and listed
        return self.heads_fields(block) or (thing and not role)

    def heads_things(self, block: Block) -> bool:
        """Whether most bullets under a title open a thing: `Category: name (unique), description`."""
        lines = [(c, self.tokens(c.start, c.end)) for c in block.children if c.kind in ("item", "text")]
        bullets = [
            line for c, line in lines if c.kind == "item" or any(t.text == ":" and t.start == t.end for t in line)
        ]
        if sum(bool(c.children) and self.names_rows(c) for c in block.children) * 2 > len(block.children):
            return True
        if len(bullets) == 1:
            # `Rooms` over `room: number, floor`
            same = {t.lemma for t in self.tokens(block.start, block.end) if t.tag == "N"}
            return opens_thing(bullets[0]) and bullets[0][0].lemma in same
        if len(bullets) > 1 and all(opens_list(line) and opens_thing(line, sure=True) for line in bullets):
            return True
        return len(bullets) > 1 and sum(opens_thing(line) for line in bullets) * 2 > len(bullets)

    def names_rows(self, block: Block) -> bool:
        """Whether a line is nothing but the name of what usually has rows."""
        head = definition_head(self.tokens(block.start, block.end))
        return head is not None and use_of(head.head).rows > _SELDOM

    def heads_fields(self, block: Block) -> bool:
        """Whether what stands under a title looks like the fields of it."""
        tables = [c for c in block.children if c.kind == "table"]
        if tables:
            return table_kind(header(self.told, tables[0])) == "fields"
        lines = [self.tokens(c.start, c.end) for c in block.children if c.kind in ("item", "text", "code")]
        return (
            bool(lines)
            and sum(is_field_line(line) and not opens_list(line) for line in lines) * 3 >= len(lines) * 2
            and not any(c.children for c in block.children)
        )

    def heads_typed_fields(self, block: Block) -> bool:
        """Whether most lines below name a field and say what it is like."""
        lines = [self.tokens(c.start, c.end) for c in block.children]
        leads = [split_lead(line) for line in lines]
        named = sum(lead is not None and lead[0][-1].low in nouns.ATTRIBUTES for lead in leads)
        typed = sum(len(line) > 1 and line[0].tag == "N" and line[1].kind == "group" for line in lines)
        return self.heads_fields(block) and max(named, typed) * 2 > len(block.children)

    def fields_below(self, head: Phrase, block: Block, scope: Scope) -> Iterator[Definition | Passage]:
        """What stands under a thing: fields, a table of them, things of their own, clauses about it."""
        items: list[Item] = []
        for child in block.children:
            line, once = once_apart(without_arrow(self.told.tokens_after(head, child.start, child.end)))
            yield from (Passage(words, scope.role, head, self.told.paragraph) for words in once)
            unique = together(line)
            if unique:
                yield Definition(head, (), child.start, child.end, scope.role, unique)
            elif child.kind == "table":
                items.extend(rows_as_items(self.told, child))
            elif child.kind == "heading":
                yield from self.heading(child, replace(scope, topic=head))
            elif child.kind == "drawing":
                yield from drawn_moves(self.told, child, replace(scope, topic=head))
            elif child.children:
                yield from self.nested(child, line, head, scope, items)
            elif is_path(self.told, line):
                yield Passage(line, "workflow", head, self.told.paragraph)
            else:
                yield from self.about(child, line, head, scope, items)
        yield Definition(head, tuple(items), block.start, _last(block), scope.role)

    def about(
        self, child: Block, line: Tokens, head: Phrase, scope: Scope, items: list[Item]
    ) -> Iterator[Definition | Passage]:
        """A line under a thing, sentence by sentence: its fields go to `items`."""
        told = sentences(line)
        for sentence in told:
            found: Iterator[Definition | Passage] = iter(())
            if (own := self.own_definition(sentence)) is not None:
                found = iter((own,))
            elif is_field_line(sentence):
                items.extend(self.field_line(sentence))
            elif len(told) == 1:
                found = self.line(child, replace(scope, topic=head, in_entity=True), line)
            else:
                found = read_prose(self.told, sentence, replace(scope, topic=head))
            for part in found:
                yield replace(part, implied=True) if isinstance(part, Passage) else part

    def nested(
        self, child: Block, line: Tokens, head: Phrase, scope: Scope, items: list[Item]
    ) -> Iterator[Definition | Passage]:
        """A line under a thing with lines of its own: the values of a field, or a thing inside the thing."""
        lead = split_lead(line)
        name = definition_head(lead[0] if lead else line)
        inner = [self.tokens(c.start, c.end) for c in child.children]
        role = sections.role_of(self.told.text[child.start : child.end].strip("*_` :"))
        if name is not None and inner and all(is_specification(words) or is_flag(words) for words in inner):
            item = read_item((*name.words, *_as_specification(inner)))
            items.extend([item] if item is not None else [])
        elif name is None or role:
            yield from self.about(replace(child, children=()), line, head, scope, items) if not role else ()
            yield from (
                self.parent(child, line, replace(scope, topic=head))
                if role
                else self.walk(child.children, Scope(scope.role, topic_of(line) or head))
            )
        elif name.head in nouns.ENUM_NOUNS and all(len(words) <= 3 for words in inner):
            item = read_item((*name.words, _as_values(inner)))
            items.extend([item] if item is not None else [])
        elif name.is_field:
            items.extend(self.field_line(line))
            yield from self.walk(child.children, Scope(scope.role, head))
        else:
            items.extend(self.field_line(lead[0] if lead else line))
            yield from self.parent(child, line, scope)

    def own_definition(self, line: Tokens) -> Definition | None:
        """`dishes: name, description, price` under a heading of another thing is a thing of its own."""
        lead = split_lead(line)
        head = definition_head(lead[0]) if lead is not None else None
        if lead is None or head is None or not head.plural or head.head not in nouns.THINGS or lead[2].kind == "arrow":
            return None
        if is_specification(lead[1]):
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
        if last_with_values(line)[0]:
            return listed_items(line)
        lead = split_lead(line)
        if lead is not None and _are_kinds_of(lead[0], lead[1]):
            return list(read_items(lead[1]))
        item = read_item(line) if any(t.text in (":", "=") or t.kind == "arrow" for t in line[:6]) else None
        return [item] if item is not None else list(read_items(line))

    def line(self, block: Block, scope: Scope, tokens: Tokens = ()) -> Iterator[Definition | Passage]:
        """A bullet or a paragraph, with what is nested under it; `tokens` if it was read already."""
        tokens = tokens or self.tokens(block.start, block.end)
        if not tokens:
            return
        if block.children:
            yield from self.parent(block, tokens, scope)
            return
        if (table := schema_line(tokens)) is not None:
            yield replace(table, role=scope.role)
            return
        lead = split_lead(tokens)
        if lead is not None and self.told.label(lead[0]):
            handled = self.lead_in(block, lead, scope)
            if handled is not None:
                yield from handled
                return
        if scope.in_entity and scope.topic is not None and is_field_line(tokens):
            yield Definition(scope.topic, tuple(self.field_line(tokens)), block.start, block.end, scope.role)
            return
        yield from read_prose(self.told, tokens, scope)

    def parent(self, block: Block, tokens: Tokens, scope: Scope) -> Iterator[Definition | Passage]:
        """A bullet over bullets: an entity over its fields, or a thought over its parts."""
        lead = split_lead(tokens)
        head = definition_head(lead[0] if lead else tokens)
        role, about = section_topic(tokens, sections.role_of(self.told.text[block.start : block.end].strip("*_` :")))
        # `Task:` over typed fields is a thing, whatever such a title says elsewhere.
        role = "" if role in HEADLINES and self.heads_typed_fields(block) else role
        if (states := self.states_below(block, tokens, scope)) is not None:
            yield from self.told_states(states, block)
        elif lead is not None and (listed := states_of(lead, tokens, scope)):
            yield from listed
            yield from self.walk(block.children, Scope("workflow", listed[0].head))
        elif role == "out":
            self.told.leave_out(block.start, _last(block))
        elif role and (scope.topic is None or role != "fields"):
            yield from self.walk(block.children, Scope(role, about or scope.topic))
        elif role == "fields" and scope.topic is not None:
            yield from self.fields_below(scope.topic, block, scope)
        elif head is not None and not (lead and lead[1]) and self.heads_things(block):
            yield from self.walk(block.children, Scope("entities", scope.topic))
        elif head is not None and scope.role not in ("access", "roles", "rules"):
            if lead and lead[1]:
                yield Definition(head, read_items(lead[1]), block.start, block.end, scope.role)
            yield from self.fields_below(head, block, scope)
        else:
            yield from read_prose(self.told, tokens, scope)
            yield from self.walk(block.children, Scope(scope.role, head or topic_of(tokens) or scope.topic))

    def states_below(self, block: Block, tokens: Tokens, scope: Scope) -> Definition | None:
        """`States of a shipment` over one line for each."""
        label = tuple(t for t in tokens if t.text != ":")
        lines = [self.tokens(c.start, c.end) for c in block.children if not c.children and c.kind != "table"]
        declared = declared_lines(label, lines) if len(lines) == len(block.children) and all(lines) else None
        thing = (declared[0] or scope.topic) if declared is not None else None
        if declared is None or thing is None:
            return None
        return Definition(thing, (declared[1],), block.start, _last(block), scope.role)

    def told_states(self, states: Definition, block: Block) -> Iterator[Definition | Passage]:
        """The states that are listed, and what is told of each: `draft: can be sent by the clerk`."""
        yield states
        for line in (self.tokens(c.start, c.end) for c in block.children):
            lead = split_lead(line)
            if lead is not None and any(t.tag in ("M", "V", "B") for t in lead[1]):
                yield Passage((*lead[0], *lead[1]), "workflow", states.head, self.told.paragraph)

    def lead_in(
        self, block: Block, lead: tuple[Tokens, Tokens, Token], scope: Scope
    ) -> Iterator[Definition | Passage] | None:
        """`Roles: …`, `Post: title, body`, `Database: PostgreSQL`; nothing if it is only a sentence with a colon."""
        head_tokens, body, sign = lead
        role, about = section_topic(head_tokens, sections.role_of(self.told.label(head_tokens)))
        if is_thing_after_all(role, body):
            return None
        if (listed := states_of(lead, (*head_tokens, *body), scope)) is not None:
            return iter(listed)
        if role == "out":
            self.told.leave_out(block.start, block.end)
            return iter(())
        if role == "fields":
            head = about or scope.topic
            return (
                iter((Definition(head, read_items(body), block.start, block.end, scope.role),))
                if head is not None
                else None
            )
        if role == "name" and sign.text in (":", "=") and len(body) <= 8 and not (scope.in_entity or self.told.started):
            self.told.title = self.told.title or self.told.label(body)
            return iter(())
        if role and sign.text == ":" and not scope.in_entity:
            return read_prose(self.told, body, Scope(role, about if role == "workflow" else scope.topic))
        return None


_LONGEST_HEAD = 3
_SELDOM = 3


def _as_values(lines: Sequence[Tokens]) -> Token:
    """Lines under `status` as a bracket of values."""
    comma = Token(",", ",", 0, 0, "punct", "PUNCT")
    inside = tuple(token for line in lines for token in (*line, comma))[:-1]
    return Token(WRAPPED, WRAPPED, inside[0].start, inside[-1].end, "group", "GROUP", "", inside)


def _as_specification(lines: Sequence[Tokens]) -> Tokens:
    """Lines under a field, each of which says something of it, as what stands behind its colon."""
    begin = lines[0][0].start
    signs = (Token(sign, sign, begin, begin, "punct", "PUNCT") for sign in (":", *"," * (len(lines) - 1)))
    return tuple(token for sign, line in zip(signs, lines, strict=True) for token in (sign, *line))


def _are_kinds_of(head: Tokens, body: Tokens) -> bool:
    """`colours: home colour and away colour`: what is listed is what the head speaks of, in full."""
    pieces = split_on(tuple(t for t in body if t.tag != "D"), frozenset((",", "and", "&", ";")))
    lemma = head[-1].lemma
    return len(pieces) > 1 and all(len(p) > 1 and p[-1].lemma == lemma for p in pieces)


def opens_thing(line: Tokens, *, sure: bool = False) -> bool:
    """`Category: name (unique), description`: a name, and behind it fields, not what one field is like."""
    first = next(iter(sentences(line)), ())
    lead = split_lead(first)
    if lead is None or lead[2].kind == "arrow" or lead[2].text == "=":
        return False
    head = definition_head(lead[0])
    named = head is not None and head.head not in nouns.FIELDS_ONLY and "_" not in head.words[-1].text
    return named and not is_specification(lead[1]) and (sure or lists_fields(lead[1]))


def opens_list(line: Tokens) -> bool:
    """`run: one execution of a pipeline: branch, attempt >= 1, started`: more than one field is like."""
    lead = split_lead(line)
    if lead is None or is_specification(lead[1]) or sum(t.text == "," for t in lead[1]) < _FEWEST_COMMAS:
        return False
    return read_values(lead[1]) is None or attribute_share(lead[1]) >= _MOSTLY


_FEWEST_COMMAS, _MOSTLY = 2, 0.5


def _last(block: Block) -> int:
    return max([block.end, *(_last(child) for child in block.children)])
