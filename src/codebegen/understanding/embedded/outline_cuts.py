"""Cuts: sentences are parted at dashes, lists that semicolons divide are joined, tales of users lose their frame."""

from collections.abc import Sequence

from codebegen.understanding.embedded.outline_parts import definition_head, split_lead
from codebegen.understanding.embedded.text import Token, Tokens, split_on

_LONGEST_PIECE = 7


def clauses_at_dashes(tokens: Tokens) -> list[Tokens]:
    """`Teams meet in matches - a team belongs to a club`: a dash between two clauses."""
    verbal = [i for i, t in enumerate(tokens) if t.tag in ("V", "M", "B")]
    for index, token in enumerate(tokens):
        spaced = token.text in ("-", "–", "—") and 0 < index < len(tokens) - 1 and tokens[index - 1].end < token.start
        if (
            spaced
            and any(i < index for i in verbal)
            and any(i > index for i in verbal)
            and tokens[index + 1].tag in ("D", "N", "R", "Q")
        ):
            return [tokens[:index], *clauses_at_dashes(tokens[index + 1 :])]
    return [tokens]


def at_dashes(tokens: Tokens) -> list[Tokens]:
    """`by a student - one per course`: a remark behind a dash stands on its own."""
    for index, token in enumerate(tokens):
        if (
            token.text in ("-", "–", "—")
            and index
            and tokens[index - 1].end < token.start
            and index + 1 < len(tokens)
            and token.end < tokens[index + 1].start
        ):
            after = tokens[index + 1 :]
            if after[0].low in ("one", "only", "once", "max", "at", "each", "every"):
                return [tokens[:index], after]
    return [tokens]


def joined_lists(told: Sequence[Tokens], text: str) -> list[Tokens]:
    """`Artist = name (unique); biography; verified (yes/no)`: behind a head, semicolons divide fields."""
    out: list[Tokens] = []
    for sentence in told:
        before = out[-1] if out else ()
        gap = text[before[-1].end : sentence[0].start] if before else ""
        if ";" in gap and _is_listing(before) and _is_short_piece(sentence):
            sign = before[-1]
            out[-1] = (*before, Token(";", ";", sign.end, sign.end + 1, "punct", "PUNCT"), *sentence)
        else:
            out.append(sentence)
    return out


def _is_short_piece(tokens: Tokens) -> bool:
    """A field, or something that is belonged to: no clause, no list."""
    verbal = any(t.tag in ("V", "M", "B", "DO") for t in tokens)
    return len(tokens) <= _LONGEST_PIECE and not verbal and not any(t.text == "," for t in tokens)


def _is_listing(tokens: Tokens) -> bool:
    """`Artist = name`: a head, and short pieces behind it."""
    lead = split_lead(tokens)
    if lead is None or lead[2].kind == "arrow" or definition_head(lead[0]) is None:
        return False
    last = next(iter(reversed(split_on(lead[1], frozenset((";",))))), ())
    return _is_short_piece(last)


def without_story(sentence: Tokens) -> Tokens:
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
    cut = next(
        (
            i
            for i, t in enumerate(body)
            if t.low == "so" or (t.low == "in" and [x.low for x in body[i : i + 3]] == ["in", "order", "to"])
        ),
        len(body),
    )
    body = body[:cut]
    while body and body[-1].text == ",":
        body.pop()
    return (*(t for t in teller if t.text != ","), *body)
