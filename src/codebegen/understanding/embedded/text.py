"""Tokens: a description enters, tokens with their place in it leave; brackets become one nested token.

Offsets always count characters of the description as it was given, so that every later finding can be shown in it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

_TOKEN = re.compile(
    r"""(?P<url>https?://[^\s)>\]]+)
      | (?P<path>(?:GET|POST|PUT|PATCH|DELETE)\s+/[\w/{}:.-]*\w)
      | (?P<arrow><-{1,2}>|<=>|↔|⇄|⟷|-{1,2}>|=>|→|⇒|⟶|⟹|➜|➔|➝|⇢|>>)
      | (?P<compare>>=|<=|≥|≤|<>|<|>)
      | (?P<range>\.{2,}|…)
      | (?P<number>\d+(?:[.,]\d+)*(?![\w]))
      | (?P<short>\bw(?:/o\b|/(?=\s)|\.(?=\s))|(?<=[a-z]{3}[ ])w(?=[ ][a-z]))
      | (?P<abbreviation>\b(?:[A-Za-z]\.){2,}|\b(?:[Nn]ode|[Nn]ext|[Vv]ue)\.js\b)
      | (?P<word>[^\W_](?:\w*[^\W_])?(?:[-'’][^\W_](?:\w*[^\W_])?)*)
      | (?P<possessive>['’](?=\s|$))
      | (?P<punct>[^\s*`"“”„«»~_])""",
    re.VERBOSE,
)
_OPEN = {"(": ")", "[": "]", "{": "}"}
_MAX_DEPTH = 6
_CONTRACTION = re.compile(r"(?i).+n['’]t$|.+['’](?:re|ve|ll|d|m)$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number, sign or bracket (`group`, with what is inside). `tag` and `lemma` are set by the tagger.

    `named`: a noun that is a field elsewhere, and has rows of its own in this description.
    """

    text: str
    low: str
    start: int
    end: int
    kind: str
    tag: str = ""
    lemma: str = ""
    inside: tuple["Token", ...] = ()
    named: bool = False

    def tagged(self, tag: str, lemma: str) -> "Token":
        """The same token with its word class and base form."""
        return replace(self, tag=tag, lemma=lemma)


Tokens = tuple[Token, ...]


def tokenize(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """Tokens of `text[start:end]`, brackets nested; an unmatched bracket is dropped."""
    flat: list[Token] = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        kind = match.lastgroup or "punct"
        flat.extend(_split_word(match) if kind == "word" else [_plain(match, kind)])
    return _nest(_spelled_out(_unquoted(flat)))


_MEANT = frozenset("my our your the a an each every this that them us me him her it".split())


def _spelled_out(flat: list[Token]) -> list[Token]:
    """`vegan y/n` is `vegan yes/no`, `it's got` is `it has got`, `a backend 4 my shop` is one for it."""
    out = list(flat)
    for at in range(1, len(out) - 1):
        if out[at].text in ("'s", "’s") and out[at].low == "is" and out[at + 1].low in ("got", "been"):
            out[at] = replace(out[at], low="has")
        elif out[at].text == "4" and out[at - 1].kind == "word" and out[at + 1].low in _MEANT:
            out[at] = replace(out[at], low="for", kind="word")
    for at in range(len(out) - 2):
        if [t.low for t in out[at : at + 3]] == ["y", "/", "n"]:
            out[at], out[at + 2] = replace(out[at], low="yes"), replace(out[at + 2], low="no")
    return out


_LONGEST_QUOTE = 5


def _unquoted(flat: Sequence[Token]) -> list[Token]:
    """`'open', 'closed'`: a few words between single quotes, without them; `drivers' names` keeps its sign."""
    out = list(flat)
    at = 0
    while at < len(out):
        if out[at].text in ("'", "‘") and out[at].kind == "punct":
            ends = (i for i in range(at + 2, min(at + 2 + _LONGEST_QUOTE, len(out))) if out[i].text in ("'", "’"))
            end = next(ends, -1)
            if end > 0 and out[at].end == out[at + 1].start and out[end].start == out[end - 1].end:
                del out[end], out[at]
                continue
        at += 1
    return out


def _plain(match: re.Match[str], kind: str) -> Token:
    raw = match.group()
    if kind == "short":
        low = "without" if raw.endswith("o") else "with"
        return Token(raw, low, match.start(), match.end(), "word")
    kind = "word" if kind == "abbreviation" else kind
    return Token(raw, raw.lower(), match.start(), match.end(), kind)


# `there's`, `we'll`, `I'd`: two words each.
_SPELLED_OUT = {"s": "is", "ll": "will", "d": "would", "re": "are", "ve": "have", "m": "am"}
_CONTRACTED = {
    **dict.fromkeys(("i", "we", "you", "they"), ("ll", "d", "re", "ve", "m")),
    **dict.fromkeys(("he", "she", "it", "there", "who", "that"), ("s", "ll", "d")),
}


# Spoken as one word: how much of it is the first of two.
_RUN_TOGETHER = {
    "there's": (5, "there", "is"),
    "theres": (5, "there", "is"),
    "wanna": (3, "want", "to"),
    "gonna": (3, "going", "to"),
    "gotta": (3, "have", "to"),
}


def _split_word(match: re.Match[str]) -> list[Token]:
    """`user's` and `wanna` are two tokens, `don't` and `e-mail` are one."""
    raw, at = match.group(), match.start()
    low = raw.lower().replace("’", "'")
    if low in _RUN_TOGETHER:
        cut, first, second = _RUN_TOGETHER[low]
        middle = at + cut
        return [Token(raw[:cut], first, at, middle, "word"), Token(raw[cut:], second, middle, match.end(), "word")]
    spoken, _, short = low.partition("'")
    if spoken in _CONTRACTED and short in _CONTRACTED[spoken]:
        cut = at + len(spoken)
        return [
            Token(raw[: len(spoken)], spoken, at, cut, "word"),
            Token(raw[len(spoken) :], _SPELLED_OUT[short], cut, match.end(), "word"),
        ]
    if low.endswith("'s") and low not in ("it's", "that's", "there's", "let's", "who's", "what's"):
        cut = len(raw) - 2
        return [
            Token(raw[:cut], low[:cut], at, at + cut, "word"),
            Token(raw[cut:], "'s", at + cut, match.end(), "possessive"),
        ]
    if "'" in low and not _CONTRACTION.match(low) and not low.endswith("'s"):
        low = low.replace("'", "")
    return [Token(raw, low, at, match.end(), "word")]


def _nest(flat: Sequence[Token]) -> Tokens:
    """Brackets as single `group` tokens; closes what fits, drops what does not."""
    stack: list[tuple[Token | None, list[Token]]] = [(None, [])]
    for token in flat:
        if token.text in _OPEN and len(stack) <= _MAX_DEPTH:
            stack.append((token, []))
        elif token.text in (")", "]", "}"):
            opener = stack[-1][0]
            if opener is not None and _OPEN[opener.text] == token.text:
                _, inside = stack.pop()
                stack[-1][1].append(
                    Token(opener.text, opener.text, opener.start, token.end, "group", "GROUP", "", tuple(inside))
                )
        else:
            stack[-1][1].append(token)
    while len(stack) > 1:
        _, inside = stack.pop()
        stack[-1][1].extend(inside)
    return tuple(stack[0][1])


# No sentence that people write is longer; it keeps noise from costing more than its length.
_LONGEST = 250
_NO_STOP_AFTER = frozenset("e.g i.e e.g. i.e. approx vs no nr incl esp max min st dr mr mrs ms".split())


def sentences(tokens: Sequence[Token]) -> list[Tokens]:
    """Cut at full stops, semicolons, question and exclamation marks that end something."""
    out: list[Tokens] = []
    current: list[Token] = []
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if _ends_sentence(token, current, following):
            if token.text == "?" and following is None and any(t.text in (",", ":") for t in current):
                current.append(token)
            out.append(tuple(current))
            current = []
        else:
            current.append(token)
        if len(current) >= _LONGEST:
            out.append(tuple(current))
            current = []
    out.append(tuple(current))
    return [sentence for sentence in out if sentence]


def _ends_sentence(token: Token, before: Sequence[Token], following: Token | None) -> bool:
    if token.kind == "range":
        return following is None or not (before and before[-1].kind == "number" and following.kind == "number")
    if token.text == "!":
        # "name: String! unique" says that it is required.
        return following is None or not any(t.text == ":" for t in before)
    if token.text == ";":
        return True
    if token.text == "?":
        # "sunny? (bool)" and "active?, name" mark a field, "a shop?? customers" ends a question.
        return following is None or not (following.kind == "group" or following.text in ",:/")
    if token.text != "." or _inside_a_name(token, before, following):
        return False
    answers = len(before) > 1 and before[-1].low == "no" and before[-2].text == "/"  # `sent back yes/no. One per month`
    return answers or not (before and before[-1].low in _NO_STOP_AFTER and following is not None)


def _inside_a_name(dot: Token, before: Sequence[Token], following: Token | None) -> bool:
    """`loans.status`: no blank on either side, and a small letter behind it."""
    close = bool(before) and before[-1].end == dot.start and following is not None and following.start == dot.end
    return close and following is not None and following.text[:1].islower() and before[-1].kind == "word"


def flat(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens, of brackets those inside."""
    for token in tokens:
        yield from flat(token.inside) if token.kind == "group" else (token,)


def span(tokens: Iterable[Token]) -> tuple[int, int]:
    """First and last character of some tokens."""
    listed = list(tokens)
    return (listed[0].start, listed[-1].end) if listed else (0, 0)


def split_on(tokens: Sequence[Token], separators: frozenset[str]) -> list[Tokens]:
    """Pieces between separator tokens, empty ones left out."""
    out: list[list[Token]] = [[]]
    for token in tokens:
        if token.low in separators:
            out.append([])
        else:
            out[-1].append(token)
    return [tuple(piece) for piece in out if piece]
