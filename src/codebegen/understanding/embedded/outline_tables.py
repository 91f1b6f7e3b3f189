"""Tables of an outline: the cells of a block become definitions and passages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.items import read_item, read_items
from codebegen.understanding.embedded.layout import Block
from codebegen.understanding.embedded.lexicon import nouns
from codebegen.understanding.embedded.move_tables import move_columns, move_lines
from codebegen.understanding.embedded.outline_parts import Definition, Passage, definition_head, is_listy
from codebegen.understanding.embedded.outline_state import Scope, Told
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.tables import join_cells, table_kind
from codebegen.understanding.embedded.text import Tokens, sentences
from codebegen.understanding.embedded.values import attribute_share


def header(told: Told, block: Block) -> list[str]:
    """The titles of the columns, in lower case."""
    return [told.text[s:e].strip("*_` ").lower() for s, e in block.rows[0]] if block.rows else []


def rows_as_items(told: Told, block: Block) -> list[Item]:
    """Rows of a field table: name, type, the rest as constraints."""
    columns = header(told, block)
    rows = ([told.tokens(s, e) for s, e in row] for row in block.rows[1:])
    found = (read_item(join_cells(cells, columns)) for cells in rows if cells and cells[0])
    return [item for item in found if item is not None]


def read_table(told: Told, block: Block, scope: Scope) -> Iterator[Definition | Passage]:
    """A table of entities, of fields of the topic, or of anything else."""
    moves = move_columns(header(told, block))
    if moves is not None:
        rows = [[told.tokens(s, e) for s, e in row] for row in block.rows[1:]]
        yield from (Passage(line, "workflow", scope.topic, told.paragraph) for line in move_lines(rows, moves))
        told.ignored.append((block.rows[0][0][0], block.rows[0][-1][1], "titles of columns"))
        return
    kind = table_kind(header(told, block))
    if kind == "columns":
        yield from _by_first_cell(told, block, scope)
        return
    if not kind and _heads_columns(told, block):
        yield from _by_column(told, block, scope)
        return
    if kind == "fields" and any(_is_band(row) for row in block.rows[1:]):
        yield from _by_band(told, block, scope)
        return
    if kind == "fields" and scope.topic is not None:
        yield Definition(scope.topic, tuple(rows_as_items(told, block)), block.start, block.end, scope.role)
        return
    for row in block.rows[1:] if kind else block.rows:
        cells = [told.tokens(s, e) for s, e in row]
        head = definition_head(cells[0]) if cells and cells[0] else None
        if head is None:
            continue
        if kind == "entities":
            body = tuple(token for cell in cells[1:2] for token in cell)
            yield Definition(head, read_items(body), row[0][0], row[-1][1], scope.role)
            yield from _further_cells(told, head, cells[2:], header(told, block)[2:], scope)
        else:
            for cell in cells[1:]:
                yield Passage((*cells[0], *cell), scope.role or "access", head, told.paragraph)


def _by_first_cell(told: Told, block: Block, scope: Scope) -> Iterator[Definition]:
    """Rows of `table | column | type`: those that begin alike are the fields of one thing."""
    columns = header(told, block)[1:]
    found: dict[str, tuple[Phrase, list[Item]]] = {}
    known = ""
    for row in block.rows[1:]:
        cells = [told.tokens(s, e) for s, e in row]
        head = definition_head(cells[0]) if cells and cells[0] else None
        if head is not None:
            known = head.key
            found.setdefault(known, (head, []))
        item = read_item(join_cells(cells[1:], columns)) if known and len(cells) > 1 and cells[1] else None
        if item is not None:
            found[known][1].append(item)
    for head, items in found.values():
        yield Definition(head, tuple(items), block.start, block.end, scope.role)


def _is_band(row: Sequence[tuple[int, int]]) -> bool:
    """Whether a row holds a first cell alone: the thing whose fields follow."""
    return len(row) > 1 and row[0][1] > row[0][0] and all(end <= start for start, end in row[1:])


def _by_band(told: Told, block: Block, scope: Scope) -> Iterator[Definition]:
    """Fields of several things in one table, each thing in a row of its own over them."""
    head, begin = scope.topic, 1
    for at in range(1, len(block.rows) + 1):
        if at < len(block.rows) and not _is_band(block.rows[at]):
            continue
        part = replace(block, rows=(block.rows[0], *block.rows[begin:at]))
        if head is not None and begin < at:
            yield Definition(head, tuple(rows_as_items(told, part)), block.start, block.end, scope.role)
        if at < len(block.rows):
            head, begin = definition_head(told.tokens(*block.rows[at][0])), at + 1


def _heads_columns(told: Told, block: Block) -> bool:
    """Whether things stand in the first row, and what each of them has below it."""
    if len(block.rows) < _FEWEST_ROWS or len(block.rows[0]) < _FEWEST_COLUMNS:
        return False
    heads = [definition_head(told.tokens(s, e)) for s, e in block.rows[0]]
    cells = [told.tokens(s, e) for row in block.rows[1:] for s, e in row if e > s]
    named = all(head is not None and head.head not in nouns.FIELDS_ONLY for head in heads)
    return named and sum(attribute_share(cell) > 0 for cell in cells if cell) * 2 >= len(cells) > 0


_FEWEST_ROWS, _FEWEST_COLUMNS = 3, 2


def _by_column(told: Told, block: Block, scope: Scope) -> Iterator[Definition]:
    """Each column a thing, each cell below its title a field of it."""
    for index, (start, end) in enumerate(block.rows[0]):
        head = definition_head(told.tokens(start, end))
        cells = [told.tokens(*row[index]) for row in block.rows[1:] if index < len(row)]
        items = tuple(item for cell in cells if cell and (item := read_item(cell)) is not None)
        if head is not None:
            yield Definition(head, items, start, end, scope.role)


def _further_cells(
    told: Told, head: Phrase, cells: Sequence[Tokens], columns: Sequence[str], scope: Scope
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
                yield Passage(sentence, scope.role, head, told.paragraph)
