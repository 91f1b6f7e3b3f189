"""Cuts: sentences are parted at dashes, lists that semicolons divide are joined."""

from collections.abc import Sequence

from codebegen.understanding.embedded.lexicon import nouns, verbs
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


def once_apart(tokens: Tokens) -> tuple[Tokens, list[Tokens]]:
    """`a date - once per player and game`, `a number (one per trench)`: the words that are left, and such remarks."""
    told = [t.inside for t in tokens if t.kind == "group" and _says_once(t.inside)]
    kept = tuple(t for t in tokens if not (t.kind == "group" and _says_once(t.inside)))
    if not kept:
        return tokens, []
    for index, token in enumerate(kept):
        remark = index and token.text in ("-", "–", "—", ",", ";") and _says_once(kept[index + 1 :])
        if remark and not _counts_deeds(kept[:index], kept[index + 1 :]):
            return kept[:index], [*told, kept[index + 1 :]]
        behind = next((i for i in range(index + 1, len(kept)) if kept[i].text == ","), 0) if token.text == "," else 0
        if index and behind and _says_once(kept[index + 1 : behind]):
            return (*kept[:index], *kept[behind + 1 :]), [*told, kept[index + 1 : behind]]
    return kept, told


def _counts_deeds(clause: Tokens, remark: Tokens) -> bool:
    """`Citizens can support a petition, once per e-mail address`: by data that is given when it is done."""
    acts = any(t.tag == "V" and t.lemma not in verbs.HAS for t in clause)
    behind = remark[next(i for i, t in enumerate(remark) if t.low == "per") + 1 :]
    times = bool({"once", "time"} & {t.low for t in remark})
    return acts and times and all(t.tag == "N" for t in behind) and behind[-1].lemma in nouns.ATTRIBUTES


def _says_once(tokens: Tokens) -> bool:
    """`once per player and game`, `one row for each loan and day`, and nothing else."""
    lows = [t.low for t in tokens]
    at = 1 if lows[:1] in (["only"], ["exactly"], ["just"]) else 0
    told = lows[at : at + 1] in (["once"], ["one"], ["1"])
    per = next((i for i in range(at + 1, min(at + 4, len(lows))) if lows[i] == "per"), 0)
    verbal = any(t.tag in ("V", "M", "B", "PUNCT") for t in tokens if t.text != ",")
    return told and per > 0 and not verbal and len(lows) - per <= _LONGEST_PIECE


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
