"""Scanning: the text of a brace language (JDL, DBML, Prisma, Mermaid) enters, tokens and a cursor over them leave."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from codebegen.understanding.formats.schema import FormatError

_TOKEN = re.compile(
    r"""
    (?P<doc>/\*\*(?!/).*?\*/|///[^\n]*)
  | (?P<comment>//[^\n]*|/\*.*?\*/)
  | (?P<string>'''.*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
  | (?P<expression>`[^`\n]*`)
  | (?P<word>[^\W\d]\w*)
  | (?P<number>\d+(?:\.\d+)?)
  | (?P<newline>\n)
  | (?P<space>[^\S\n]+)
  | (?P<sign>@@|<>|\S)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Token:
    """`kind`: `word`, `number`, `string`, `expression`, `sign`, `doc`, `newline` or `end`; `text` is its value."""

    kind: str
    text: str
    start: int
    end: int


def scan(text: str, *, words: str = "") -> list[Token]:
    """All tokens without comments and spaces; `words` are signs that names may hold besides letters and digits."""
    pattern = _TOKEN if not words else _with_signs(words)
    found: list[Token] = []
    for match in pattern.finditer(text):
        kind = match.lastgroup or ""
        if kind in ("space", "comment"):
            continue
        if kind == "sign" and match.group() in "\"'`":
            raise FormatError("a quoted text does not end", match.start(), f"close it with {match.group()}")
        if kind == "sign" and text.startswith("/*", match.start()):
            raise FormatError("a comment does not end", match.start(), "close it with */")
        found.append(Token(kind, _value(kind, match.group()), match.start(), match.end()))
    found.append(Token("end", "", len(text), len(text)))
    return found


def _with_signs(words: str) -> re.Pattern[str]:
    return re.compile(_TOKEN.pattern.replace(r"[^\W\d]\w*", rf"[^\W\d][\w{re.escape(words)}]*"), _TOKEN.flags)


def _value(kind: str, text: str) -> str:
    if kind == "string":
        quotes = 3 if text.startswith("'''") else 1
        return _ESCAPE.sub(r"\1", text[quotes:-quotes])
    if kind == "expression":
        return text[1:-1]
    if kind == "doc":
        lines = text.removeprefix("/**").removeprefix("///").removesuffix("*/").splitlines()
        return " ".join(line.strip().lstrip("*").strip() for line in lines).strip()
    return text


class Cursor:
    """A place in the tokens. What is expected and not there raises `FormatError`."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def now(self) -> Token:
        """The token here."""
        return self._tokens[self._at]

    @property
    def last_end(self) -> int:
        """Where the token before this one ends."""
        return self._tokens[self._at - 1].end if self._at else 0

    def peek(self, ahead: int = 1) -> Token:
        """A token further on."""
        return self._tokens[min(self._at + ahead, len(self._tokens) - 1)]

    def take(self) -> Token:
        """The token here; the cursor moves on."""
        token = self.now
        if token.kind != "end":
            self._at += 1
        return token

    def at(self, *texts: str) -> bool:
        """Whether a word or sign of `texts` is here."""
        return self.now.kind in ("word", "sign") and self.now.text in texts

    def accept(self, *texts: str) -> Token | None:
        """The token here if it is one of `texts`."""
        return self.take() if self.at(*texts) else None

    def expect(self, text: str, hint: str = "") -> Token:
        """The sign or word `text`."""
        return self.accept(text) or self.fail(f"`{text}` is expected", hint)

    def name(self, what: str) -> Token:
        """A word, or a quoted name."""
        if self.now.kind in ("word", "string") and self.now.text:
            return self.take()
        return self.fail(f"{what} is expected", "a name is a word, or stands in quotes")

    def skip(self, kinds: Iterable[str] = ("newline",)) -> None:
        """Over all tokens of these kinds."""
        while self.now.kind in kinds:
            self.take()

    def to_line_end(self) -> list[Token]:
        """The rest of the line."""
        found = []
        while self.now.kind not in ("newline", "end"):
            found.append(self.take())
        return found

    def fail(self, message: str, hint: str = "") -> Token:
        """Raises; says what is here instead."""
        here = {"end": "the text ends", "newline": "the line ends"}.get(
            self.now.kind, f"`{self.now.text[:40]}` is here"
        )
        raise FormatError(f"{message}, but {here}", self.now.start, hint)


def skip_braces(cursor: Cursor) -> int:
    """Over a block in braces, its braces included; the place behind it."""
    opening = cursor.expect("{")
    depth = 1
    while depth:
        token = cursor.take()
        if token.kind == "end":
            raise FormatError("a block does not end", opening.start, "close it with }")
        depth += {"{": 1, "}": -1}.get(token.text, 0) if token.kind == "sign" else 0
    return cursor.last_end
