"""Word classes: tokens enter, the same tokens with `tag` and `lemma` leave.

Tags: `D` determiner, `Q` many, `#` number, `P` preposition, `C` conjunction, `M` modal, `B` be, `DO`, `X` negation,
`V` finite verb, `VP` participle, `VG` -ing, `N` noun, `J` adjective, `R` pronoun, `W` wh-word, `S` subordinator,
`A` adverb, `TO` infinitive marker, `PUNCT`, `GROUP`, `PATH`, `ARROW`, `CMP`, `POSS`, `RANGE`, `URL`.

Most words of a backend description that name things are verbs too (order, book, list, rate): neighbours decide.
"""

from collections.abc import Sequence
from dataclasses import replace

from codebegen.understanding.embedded.lexicon import conjugation, nouns, words
from codebegen.understanding.embedded.lexicon.particles import PARTICLES, plain_form
from codebegen.understanding.embedded.tag_verbs import nominal, noun_lemma, told_by, unknown_verb, verb_or_noun
from codebegen.understanding.embedded.text import Token, Tokens
from codebegen.understanding.embedded.verb_use import Candidate, says_verb

_KINDS = {
    "punct": "PUNCT",
    "path": "PATH",
    "arrow": "ARROW",
    "compare": "CMP",
    "possessive": "POSS",
    "range": "RANGE",
    "url": "URL",
    "number": "#",
}


_CLAUSE_START = frozenset({"S", "PUNCT", "START"})


_AFTER_VERB = frozenset({"D", "Q", "#", "R", "P", "A", "W", "X", "TO"})


def _joined(tokens: Sequence[Token]) -> list[Token]:
    """`takes place`, `sign up` are one verb."""
    out: list[Token] = []
    for token in tokens:
        plain = plain_form(out[-1].low, token.low) if out and token.low in PARTICLES else ""
        if plain:
            first = out.pop()
            out.append(replace(first, low=plain, end=token.end))
        elif token.low == "up" and (at := _apart(out)) >= 0:
            out[at] = replace(out[at], low=plain_form(out[at].low, "up"))
        else:
            out.append(token)
    return out


def _apart(done: list[Token]) -> int:
    """`sign their children up`: where the verb stands whose particle follows its object; -1 if nowhere."""
    for at in range(len(done) - 1, max(-1, len(done) - 5), -1):
        if done[at].kind != "word" or done[at].low in words.PREPOSITIONS:
            return -1
        if conjugation.forms().get(done[at].low, ("",))[0] == "sign" and at < len(done) - 1:
            return at
    return -1


def tag(tokens: Sequence[Token]) -> Tokens:
    """Tag a sentence; what is inside brackets is tagged on its own."""
    done: list[Token] = []
    tokens = _joined(tokens)
    for index, token in enumerate(tokens):
        if token.kind == "group":
            inside = tag(token.inside)
            done.append(Token(token.text, token.low, token.start, token.end, "group", "GROUP", "", inside))
            continue
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        after = tokens[index + 2] if index + 2 < len(tokens) else None
        label, lemma = _decide(token, done, following, after)
        done.append(token.tagged(label, lemma))
    return tuple(done)


def _decide(token: Token, done: list[Token], following: Token | None, after: Token | None) -> tuple[str, str]:
    if token.kind != "word":
        return _KINDS.get(token.kind, "PUNCT"), token.low
    low = token.low
    if token.text == "A" and done and (following is None or following.kind != "word"):
        return "N", low
    if low == "no" and done and done[-1].tag == "N" and (following is None or following.kind != "word"):
        return "N", "number"
    if "_" in token.text or (
        token.text[:1].isupper() and any(c.isupper() for c in token.text[2:]) and low != token.text
    ):
        return "N", noun_lemma(low) if "_" not in low else low
    closed = _closed(low, done, following)
    if closed:
        return closed, "be" if closed == "B" else low
    if low == "own" and done and done[-1].low in words.POSSESSIVES:
        return "J", low
    if low in ("first", "last") and following is not None and _is_past(following.low):
        return "A", low
    form = conjugation.forms().get(low)
    if form:
        return ("V", form[0]) if low in _NEVER_NOUNS else verb_or_noun(token, form, done, following, after)
    lemma, kind = conjugation.possible().get(low, ("", ""))
    if lemma and says_verb(Candidate(token, lemma, kind, False, done, following, after)):
        return "V", lemma
    return _open(low, done, following)


def _is_past(low: str) -> bool:
    """`when I last watered it`."""
    return conjugation.forms().get(low, ("", ""))[1] in ("past", "participle")


def _open(low: str, done: list[Token], following: Token | None) -> tuple[str, str]:
    """Adjective, adverb, a verb that no list knows, or a noun."""
    if _is_adjective(low, following):
        return "J", low
    if low in words.ADVERBS or (low.endswith("ly") and low not in _LY_NOUNS):
        return "A", low
    if unknown_verb(low, done, following):
        told = not low.endswith("ed") or told_by(done[-1] if done else None)
        return ("V", low.removesuffix("s")) if told else ("VP", low)
    return "N", noun_lemma(low)


def _is_adjective(low: str, following: Token | None) -> bool:
    """Whether a word describes a noun: listed, by its ending, or an ordinal before one."""
    if low in words.ORDINALS:
        return following is not None and following.kind == "word"
    by_ending = low.endswith(("able", "ible", "ful", "less")) and low not in _NOT_ABLE
    return low in words.ADJECTIVES or by_ending


_NEVER_NOUNS = frozenset("goes gets becomes happens keeps".split())
_CHATTER = frozenset("so okay ok um uh".split())
_NOT_ABLE = frozenset("table vegetable cable timetable variable".split())
_LY_NOUNS = frozenset(
    "family reply supply assembly monthly weekly daily yearly hourly anomaly butterfly ally bully friendly "
    "nightly".split()
)


def _closed(low: str, done: list[Token], following: Token | None) -> str:
    """The tag of a function word, or nothing."""
    if low == "to":
        return "TO" if _is_infinitive(following, done) else "P"
    if low == "like" and done and done[-1].tag in ("M", "TO", "R", "N", "A", "C") and following is not None:
        return "" if following.low not in ("jira", "twitter", "slack", "trello") else "P"
    if low in _CHATTER:
        return "A"
    if low == "given" and done and done[-1].tag == "B":
        return ""
    if low == "given" and following is not None and following.low in ("name", "names"):
        return "J"
    for tag_name, table in () if _sold_one_by_one(low, following) else _CLOSED:
        if low in table:
            if tag_name == "R" and low in ("that", "this", "these", "those") and nominal(following):
                return "D" if low != "that" else ("W" if done and done[-1].tag in ("N", "GROUP") else "D")
            return tag_name
    return ""


def _sold_one_by_one(low: str, following: Token | None) -> bool:
    """`Sellers list lots`, other than `lots of things`."""
    return low == "lots" and (following is None or following.low != "of")


_CLOSED: tuple[tuple[str, frozenset[str]], ...] = (
    ("X", frozenset("not never nor".split())),
    ("B", words.BE),
    ("M", frozenset(words.MODALS) - {"need", "needs", "wants", "want", "able", "allowed"}),
    ("DO", words.DO),
    ("W", words.RELATIVES | {"how", "whether", "where", "when", "what", "why"}),
    ("S", words.SUBORDINATORS - {"when", "where", "as", "once", "so"}),
    ("#", frozenset(words.NUMBERS) - {"single", "once", "twice", "second"}),
    ("R", words.PRONOUNS - words.RELATIVES - {"people"}),
    ("D", words.DETERMINERS),
    ("Q", words.MANY),
    ("C", words.CONJUNCTIONS),
    ("P", words.PREPOSITIONS - {"like"}),
    ("A", words.ADVERBS),
)


def _is_infinitive(following: Token | None, done: list[Token]) -> bool:
    if following is None or following.kind != "word":
        return False
    if done and done[-1].lemma == "belong":
        return False
    if following.low in ("be", "have"):
        return True
    form = conjugation.forms().get(following.low)
    if form is None or form[1] != "base":
        return False
    # "apply to work orders" is rare; "want to rate", "able to book" are not.
    return not (
        following.low in nouns.THINGS
        and done
        and done[-1].tag == "V"
        and done[-1].lemma in ("add", "attach", "apply", "relate", "refer")
    )
