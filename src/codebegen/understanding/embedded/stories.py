"""Stories of users lose their frame: `As a cook, I want to bake so that …` is `a cook can bake`."""

from codebegen.understanding.embedded.text import Token, Tokens

_LONGEST_TELLER = 8
_SHORTEST = 6
_WISHES = frozenset("want need would wish like should'd must can could may".split())
# `As a registered hiker, I …`: who has an account is no other person.
_NO_TELLER = frozenset("i we registered logged-in signed-in authenticated".split())
_ENDS = (("in", "order", "to"), ("so", "that"), ("so",), ("because",))


class Stories:
    """The sentences of one paragraph; who tells a story is `I` in those behind it."""

    def __init__(self) -> None:
        self.teller: Tokens = ()

    def plain(self, sentence: Tokens) -> Tokens:
        """A sentence without the frame of a story, its teller as the subject."""
        begin = _teller_end(sentence)
        if begin:
            self.teller = tuple(t for t in sentence[1:begin] if t.text != "," and t.low not in _NO_TELLER)
            return _wish(self.teller, sentence[begin:])
        if self.teller and sentence and sentence[0].low == "i":
            return _wish(self.teller, sentence[1:])
        return sentence


def _teller_end(sentence: Tokens) -> int:
    """Behind `As a registered hiker, I`; 0 if no story begins so."""
    told = len(sentence) >= _SHORTEST and sentence[0].low == "as" and sentence[1].tag in ("D", "N", "VP", "J")
    if not told or (sentence[1].tag != "D" and not any(t.low in ("i", "we") for t in sentence[:_LONGEST_TELLER])):
        return 0
    end = next(
        (
            i
            for i in range(2, min(_LONGEST_TELLER, len(sentence)))
            if sentence[i].text == "," or sentence[i].low in ("i", "we")
        ),
        0,
    )
    if end and sentence[end].text == ",":
        end += 1 if end + 1 < len(sentence) and sentence[end + 1].low in ("i", "we") else 0
    return end + 1 if end else 0


def _wish(teller: Tokens, body: Tokens) -> Tokens:
    """`want to publish recipes` is what the teller can do; `want every map to have a scale` is said of maps."""
    body = _without_reason(body)
    if not body or body[0].low not in _WISHES:
        return (*teller, *body)
    at = next((i for i in range(1, len(body)) if body[i].tag == "TO" or body[i].low == "to"), 0)
    between = tuple(t for t in body[1:at] if t.low not in ("like", "love", "be", "able", "also"))
    if at and between and between[0].tag in ("D", "Q", "N") and at + 1 < len(body):
        should = Token("should", "should", body[at].start, body[at].end, "word", "M", "should")
        return (*between, should, _as_verb(body[at + 1]), *body[at + 2 :])
    if not at or between:
        return (*teller, *body)
    if [t.low for t in body[at + 1 : at + 4]] == ["be", "able", "to"]:
        at += 3
    can = Token("can", "can", body[0].start, body[0].end, "word", "M", "can")
    verb = (_as_verb(body[at + 1]),) if at + 1 < len(body) else ()
    return (*teller, can, *verb, *body[at + 2 :])


def _as_verb(token: Token) -> Token:
    """Behind `to` stands a verb, whatever the word is elsewhere."""
    return token.tagged("V", token.lemma) if token.tag == "N" else token


def _without_reason(body: Tokens) -> Tokens:
    """Without what the teller wants it for: `so that …`, `in order to …`."""
    lows = [t.low for t in body]
    cut = next((i for i in range(1, len(body)) if any(tuple(lows[i : i + len(e)]) == e for e in _ENDS)), len(body))
    kept = body[:cut]
    while kept and kept[-1].text == ",":
        kept = kept[:-1]
    return kept
