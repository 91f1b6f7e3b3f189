"""The report: which words were used, which are noise, and what is left over.

With a way to say it that is understood.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint import Assumption, Blueprint, Conflict, Noise, Provenance, Report, Residue
from codebegen.understanding.embedded.chatter import introduces
from codebegen.understanding.embedded.lexicon import nouns, verbs, words
from codebegen.understanding.embedded.outline_parts import Outline
from codebegen.understanding.embedded.reading import PLACES
from codebegen.understanding.embedded.tag import tag
from codebegen.understanding.embedded.tag_verbs import noun_lemma
from codebegen.understanding.embedded.text import Token, Tokens, sentences, tokenize

_CONTENT = frozenset({"N", "V", "VP", "VG", "J", "#"})
_MAX_RESIDUE = 200
# Verbs that only hold a sentence together; what they say is in the elements beside them.
_GRAMMAR = (
    verbs.HAS
    | verbs.BELONG
    | verbs.STORE
    | verbs.MANAGE
    | {
        "be",
        "do",
        "want",
        "let",
        "allow",
        "call",
        "use",
        "make",
        "create",
        "build",
        "add",
        "give",
        "get",
        "take",
        "come",
        "go",
        "know",
        "see",
        "can",
    }
)


_DEMANDS = words.NEGATIONS | frozenset("only always each every all any need needs want wants require requires".split())


@dataclass(frozen=True)
class Spans:
    """Disjoint stretches of the text, sorted; says whether a place lies in one."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def covers(self, token: Token) -> bool:
        """Whether a token lies in one of them."""
        at = bisect_right(self.starts, token.start) - 1
        return at >= 0 and token.end <= self.ends[at]

    def touches(self, start: int, end: int) -> bool:
        """Whether a stretch shares a character with one of them."""
        at = bisect_right(self.starts, end - 1) - 1
        return at >= 0 and self.ends[at] > start


def merge_spans(spans: Iterable[tuple[int, int]]) -> Spans:
    """Overlapping stretches joined."""
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted(spans):
        if ends and start <= ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return Spans(tuple(starts), tuple(ends))


def stated_spans(blueprint: Blueprint) -> Iterable[tuple[int, int]]:
    """Where the elements of a blueprint come from."""
    for place in _provenances(blueprint):
        if place.start is not None and place.end is not None:
            yield place.start, place.end


def _provenances(blueprint: Blueprint) -> Iterable[Provenance]:
    for entity in blueprint.entities:
        yield entity.provenance
        for group in (
            entity.fields,
            entity.relations,
            entity.unique_together,
            entity.permissions,
            entity.rules,
            entity.state_machines,
            entity.actions,
            entity.computed,
        ):
            for element in group:
                yield element.provenance
        for machine in entity.state_machines:
            for transition in machine.transitions:
                yield transition.provenance
    for feature in (*blueprint.features, *blueprint.roles):
        yield feature.provenance


def write_report(
    text: str, told: Outline, blueprint: Blueprint, used: Iterable[tuple[int, int]], conflicts: tuple[Conflict, ...]
) -> Report:
    """Coverage, residue, noise, assumptions, conflicts."""
    spans = merge_spans([*stated_spans(blueprint), *used, *((start, end) for start, end, _ in told.ignored)])
    known = _known_words(blueprint)
    residue: list[Residue] = []
    noise = [_noise(text, start, end, why) for start, end, why in told.ignored]
    content = missed = 0
    for line in _lines(text):
        for sentence in sentences(tag(tokenize(text, *line))):
            total, left = _sentence(sentence, spans, known)
            content += total
            first, last = sentence[0].start, sentence[-1].end
            if left and not spans.touches(first, last) and introduces(text[first:last]):
                noise.append(_noise(text, first, last, "says what is wanted and by whom"))
                continue
            missed += len(left)
            residue.extend(_residue(text, sentence, left, spans))
    coverage = 1.0 if not content else round(1 - missed / content, 3)
    return Report(
        coverage=coverage,
        residue=tuple(residue[:_MAX_RESIDUE]),
        noise=tuple(noise[:_MAX_RESIDUE]),
        assumptions=tuple(_assumptions(blueprint)),
        conflicts=conflicts,
    )


def _lines(text: str) -> Iterable[tuple[int, int]]:
    for match in re.finditer(
        r"(?:[ \t]*(?:\(?\d{1,3}[.)]|[-*•]|#{1,6}|[A-Z]{1,5}-?\d{1,4}[.:)]?|\d{1,2}(?:\.\d{1,3})+\.?)[ \t]+)?([^\n]+)",
        text,
    ):
        yield match.start(1), match.end()


def _known_words(blueprint: Blueprint) -> frozenset[str]:
    """Singular words of every name: speaking of something that is known is no residue by itself."""
    names: list[str] = [blueprint.name, blueprint.title]
    for entity in blueprint.entities:
        names.extend((entity.name, *(f.name for f in entity.fields), *(r.name for r in entity.relations)))
        names.extend(value for f in entity.fields for value in f.values)
    names.extend(role.name for role in blueprint.roles)
    return frozenset(noun_lemma(word) for name in names for word in naming.words(name))


def _flat(tokens: Sequence[Token]) -> Iterable[Token]:
    for token in tokens:
        if token.kind == "group":
            yield from _flat(token.inside)
        else:
            yield token


def _sentence(sentence: Tokens, spans: Spans, known: frozenset[str]) -> tuple[int, list[Token]]:
    """How many content words a sentence has, and those that nothing was made of."""
    content = [
        t for t in _flat(sentence) if t.tag in _CONTENT and t.kind in ("word", "number") and t.low not in words.FILLER
    ]
    left = [t for t in content if not spans.covers(t)]
    told = len(left) < len(content) or any(spans.covers(t) for t in _flat(sentence))
    if told:
        left = [t for t in left if not _is_known(t, known)]
    return len(content), left


def _is_known(token: Token, known: frozenset[str]) -> bool:
    lemma = token.lemma or token.low
    return (
        lemma in known
        or noun_lemma(token.low) in known
        or lemma in _GRAMMAR
        or lemma in words.ADJECTIVES
        or lemma in words.UNITS
        or lemma in nouns.ABSTRACT
        or lemma in PLACES
    )


def _residue(text: str, sentence: Tokens, left: list[Token], spans: Spans) -> list[Residue]:
    """Neighbouring words that are left over, together; the whole sentence where nothing of it was used."""
    if not left:
        return []
    first, last = sentence[0].start, sentence[-1].end
    if not spans.touches(first, last):
        return [_one(text, first, last, sentence, asks=_asks(sentence))]
    pieces: list[list[Token]] = [[left[0]]]
    for token in left[1:]:
        gap = text[pieces[-1][-1].end : token.start]
        if len(gap) <= 12 and not re.search(r"[,;:()]", gap):
            pieces[-1].append(token)
        else:
            pieces.append([token])
    return [_one(text, piece[0].start, piece[-1].end, sentence, asks=True) for piece in pieces]


def _asks(sentence: Tokens) -> bool:
    """Whether a sentence of which nothing was used wants something all the same: a demand, or an order."""
    return sentence[0].tag == "V" or any(t.tag == "M" or t.low in _DEMANDS for t in sentence)


def _one(text: str, start: int, end: int, sentence: Tokens, *, asks: bool) -> Residue:
    reason, suggestion = _advice(sentence)
    return Residue(text=text[start:end][:300], start=start, end=end, reason=reason, suggestion=suggestion, asks=asks)


def _noise(text: str, start: int, end: int, reason: str) -> Noise:
    return Noise(text=text[start:end][:300], start=start, end=end, reason=reason)


def _advice(sentence: Tokens) -> tuple[str, str]:
    """Why a sentence may not have been understood, and the form that is."""
    tags = {t.tag for t in sentence}
    lows = {t.low for t in sentence}
    if "M" in tags and lows & (words.NEGATIONS | {"must", "should", "only"}):
        return (
            "reads as a rule that has no form here",
            "say it as `Only <role> can <verb> <thing>`, or as a bound: `<field> must be at least <number>`",
        )
    if "M" in tags:
        return "reads as something people may do", "say it as `<role> can create, edit or delete <things>`"
    if "V" in tags or "B" in tags:
        return (
            "no thing of the backend was found in it",
            "say it as `A <thing> has a <field>, …` or `A <thing> belongs to a <thing>`",
        )
    return "these words became nothing", "write `<Thing>: field, field (unique), status (a, b, c)`"


def _assumptions(blueprint: Blueprint) -> Iterable[Assumption]:
    for entity in blueprint.entities:
        if entity.origin == "inferred":
            yield Assumption(element=f"entities.{entity.name}", message=entity.provenance.reason)
        for machine in entity.state_machines:
            for transition in machine.transitions:
                if transition.origin == "inferred":
                    yield Assumption(
                        element=f"entities.{entity.name}.state_machines.{machine.field}.{transition.name}",
                        message=transition.provenance.reason,
                    )
