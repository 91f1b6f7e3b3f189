"""Settings of DBML: what stands in square brackets behind a table, a column, an index or a reference."""

from dataclasses import dataclass

from codebegen.understanding.formats.scan import Cursor, Token
from codebegen.understanding.formats.schema import FormatError, Span


@dataclass
class Setting:
    """`name: value` in square brackets, or a bare flag."""

    name: str
    tokens: list[Token]
    span: Span

    @property
    def text(self) -> str:
        """The value as text."""
        return " ".join(token.text for token in self.tokens)


def settings(cursor: Cursor) -> list[Setting]:
    """What stands in square brackets, at its commas."""
    opening = cursor.expect("[")
    found: list[Setting] = []
    current: list[Token] = []
    depth = 0
    while True:
        token = cursor.take()
        if token.kind == "end":
            raise FormatError("a bracket does not end", opening.start, "close it with ]")
        depth += {"(": 1, ")": -1}.get(token.text, 0) if token.kind == "sign" else 0
        if token.kind == "sign" and token.text in (",", "]") and not depth:
            if current:
                found.append(_setting(current))
            current = []
            if token.text == "]":
                return found
        elif token.kind != "newline":
            current.append(token)


def _setting(tokens: list[Token]) -> Setting:
    colon = next((i for i, token in enumerate(tokens) if token.kind == "sign" and token.text == ":"), len(tokens))
    name = " ".join(token.text.lower() for token in tokens[:colon])
    return Setting(name, tokens[colon + 1 :], (tokens[0].start, tokens[-1].end))
