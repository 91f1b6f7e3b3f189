"""The report: which words were used, which are noise, and what is left over.

With a way to say it that is understood.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from codebegen.blueprint import Assumption, Blueprint, Conflict, Entity, Noise, Provenance, Report, Residue
from codebegen.blueprint.rules import TimeLimitRule
from codebegen.understanding.embedded.accounting import Explained, explained, tied, unlinked
from codebegen.understanding.embedded.audit_readers import audit_reader_spans
from codebegen.understanding.embedded.chatter import introduces
from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.event_clauses import event_spans
from codebegen.understanding.embedded.features import feature_spans
from codebegen.understanding.embedded.histories import history_clauses
from codebegen.understanding.embedded.ids import told_ids
from codebegen.understanding.embedded.lexicon import words
from codebegen.understanding.embedded.names import Names
from codebegen.understanding.embedded.notice_clauses import notice_clauses
from codebegen.understanding.embedded.outline_parts import Outline
from codebegen.understanding.embedded.tag import tag
from codebegen.understanding.embedded.text import Token, Tokens, flat, sentences, tokenize

_CONTENT = frozenset({"N", "V", "VP", "VG", "J", "#"})
_MAX_RESIDUE = 200
_DEMANDS = words.NEGATIONS | frozenset("only always each every all any need needs want wants require requires".split())


def stated_spans(blueprint: Blueprint) -> Iterable[tuple[int, int]]:
    """Where the elements of a blueprint come from."""
    for place in _provenances(blueprint):
        if place.start is not None and place.end is not None:
            yield place.start, place.end


def held_spans(blueprint: Blueprint) -> Iterable[tuple[int, int]]:
    """Where what entities are made of is named; a clause that tells who may do what names nothing of the kind."""
    for entity in blueprint.entities:
        groups = (entity.fields, entity.rules, entity.unique_together, entity.computed, entity.actions)
        close = (r for r in entity.relations if len(r.provenance.quote.split()) <= _CLOSE)
        for element in (entity, *close, *entity.state_machines, *(e for group in groups for e in group)):
            if element.provenance.start is not None and element.provenance.end is not None:
                yield element.provenance.start, element.provenance.end
    for named in (*blueprint.features, *blueprint.roles):
        if named.provenance.start is not None and named.provenance.end is not None:
            yield named.provenance.start, named.provenance.end


_CLOSE = 8
"""Words; a longer stretch tells more than a relation."""


def _told(text: str) -> Iterable[tuple[int, int]]:
    """Clauses that are read in the end, or are left over then: notices, histories, who reads the audit log."""
    yield from ((clause.start, clause.end) for clause in notice_clauses(text))
    yield from ((clause.start, clause.end) for clause in history_clauses(text))
    yield from audit_reader_spans(text)


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
    text: str,
    told: Outline,
    blueprint: Blueprint,
    used: Iterable[tuple[int, int]],
    conflicts: tuple[Conflict, ...],
    *,
    names: Names,
    doubts: Sequence[Residue] = (),
) -> Report:
    """Coverage, residue, noise, assumptions, conflicts."""
    beside = (*told.ignored, *told.asides)
    account = explained(
        text,
        blueprint,
        [
            *stated_spans(blueprint),
            *used,
            *feature_spans(text, told.ignored, blueprint.features),
            *event_spans(text, blueprint),
        ],
        [*((start, end) for start, end, _ in beside), *told_ids(text), *_told(text)],
        names.aliases,
        held=held_spans(blueprint),
    )
    ties = tied(blueprint)
    residue: list[Residue] = []
    noise = [_noise(text, start, end, why) for start, end, why in beside]
    content = missed = 0
    for line in _lines(text):
        for sentence in sentences(tag(tokenize(text, *line))):
            total, left = _sentence(sentence, account)
            content += total
            first, last = sentence[0].start, sentence[-1].end
            if left and not account.read.touches(first, last) and introduces(text[first:last]):
                noise.append(_noise(text, first, last, "says what is wanted and by whom"))
                continue
            missed += len(left)
            found = _residue(text, sentence, left, account)
            residue.extend(found)
            if account.read.touches(first, last):
                loose = unlinked(sentence, ties, names)
                shown = [(item.start, item.end) for item in found]
                residue.extend(_untied(text, f) for f in loose if not any(a < f.end and f.start < b for a, b in shown))
    residue.extend(_alone(text, blueprint, residue))
    residue.extend(_doubts(text, blueprint, names, residue))
    residue.extend(doubt for doubt in doubts if not any(_is_within(doubt, other) for other in residue))
    coverage = 1.0 if not content else round(1 - missed / content, 3)
    return Report(
        coverage=coverage,
        residue=tuple(residue[:_MAX_RESIDUE]),
        noise=tuple(noise[:_MAX_RESIDUE]),
        assumptions=tuple(_assumptions(blueprint)),
        conflicts=conflicts,
    )


def _is_within(one: Residue, other: Residue) -> bool:
    return other.start <= one.start and one.end <= other.end


def _doubts(text: str, blueprint: Blueprint, names: Names, shown: Sequence[Residue]) -> Iterator[Residue]:
    """Nouns that are spoken of as things with rows are, and of which nothing is kept."""
    kept = {field.name for entity in blueprint.entities for field in entity.fields}
    kept |= {relation.name for entity in blueprint.entities for relation in entity.relations}
    for phrase in names.doubtful:
        said = text[phrase.start : phrase.end]
        told = names.find(phrase) is not None or phrase.key in kept
        told = told or any(item.start < phrase.end and phrase.start < item.end for item in shown)
        if said and not told:
            yield Residue(
                text=said,
                start=phrase.start,
                end=phrase.end,
                reason="may be something of which rows are kept",
                suggestion=f'Say what is known of each: "A {phrase.text.lower()} has …"',
                asks=False,
            )


def _lines(text: str) -> Iterable[tuple[int, int]]:
    for match in re.finditer(
        r"(?:[ \t]*(?:\(?\d{1,3}[.)]|[-*•]|#{1,6}|[A-Z]{1,5}-?\d{1,4}[.:)]?|\d{1,2}(?:\.\d{1,3})+\.?)[ \t]+)?([^\n]+)",
        text,
    ):
        yield match.start(1), match.end()


def _sentence(sentence: Tokens, account: Explained) -> tuple[int, list[Token]]:
    """How many content words a sentence has, and those that nothing was made of."""
    content = [
        t for t in flat(sentence) if t.tag in _CONTENT and t.kind in ("word", "number") and t.low not in words.FILLER
    ]
    if not any(account.read.covers(t) for t in flat(sentence)):
        return len(content), content
    listed = _listed(sentence)
    return len(content), [t for t in content if account.leaves(t) or (t in listed and account.lacks(t))]


_BEFORE_AN_ITEM = frozenset(("a", "an", ",", ":", "with", "and", "&", "+", "/", "many"))


def _listed(sentence: Tokens) -> set[Token]:
    """The words that name items (`a call sign, how many hours`): mentioned because they are to be there."""
    found: set[Token] = set()
    begins = False
    for token, following in itertools.pairwise((*flat(sentence), None)):
        ends = following is None or following.tag != "N"
        if token is not None and token.tag == "N" and begins and ends:
            found.add(token)
        if token is not None and token.tag not in ("N", "J", "VP", "#", "VG"):
            begins = token.low in _BEFORE_AN_ITEM
    return found


def _residue(text: str, sentence: Tokens, left: list[Token], account: Explained) -> list[Residue]:
    """The clauses with words that are left over; the whole sentence where nothing of it was used."""
    if not left:
        return []
    first, last = sentence[0].start, sentence[-1].end
    if not account.read.touches(first, last):
        return [_one(text, first, last, sentence, asks=_asks(sentence))]
    pieces: list[tuple[int, int]] = []
    for token in left:
        start, end = _clause(text, first, last, token)
        if pieces and _NEXT.fullmatch(text, pieces[-1][1], start):
            pieces[-1] = (pieces[-1][0], end)  # what stands side by side in a list is shown as one
        elif not pieces or start >= pieces[-1][1]:
            pieces.append((start, end))
    return [_one(text, start, end, sentence, asks=True) for start, end in pieces]


_BORDERS = re.compile(r"[,;:()]\s|[()]|\s[–—-]\s")


_NEXT = re.compile(r"\s*[,(/]\s*")


def _clause(text: str, first: int, last: int, token: Token) -> tuple[int, int]:
    """The stretch between signs that a word stands in: with what is around it, it can be understood."""
    starts = [m.end() for m in _BORDERS.finditer(text, first, token.start)]
    ends = [m.start() for m in _BORDERS.finditer(text, token.end, last)]
    return max(starts, default=first), min(ends, default=last)


def _asks(sentence: Tokens) -> bool:
    """Whether a sentence of which nothing was used wants something all the same: a demand, or an order."""
    return sentence[0].tag == "V" or any(t.tag == "M" or t.low in _DEMANDS for t in sentence)


def _one(text: str, start: int, end: int, sentence: Tokens, *, asks: bool) -> Residue:
    reason, suggestion = _advice(sentence)
    return Residue(text=text[start:end][:300], start=start, end=end, reason=reason, suggestion=suggestion, asks=asks)


def _untied(text: str, clause: Frame) -> Residue:
    """A clause about two things between which nothing was found."""
    start, end = clause.start, clause.end
    return Residue(
        text=text[start:end][:300],
        start=start,
        end=end,
        reason="nothing was found that ties these two together",
        suggestion="say it as `A <thing> belongs to a <thing>` or `A <thing> has many <things>`",
        asks=False,
    )


def _alone(text: str, blueprint: Blueprint, shown: Sequence[Residue]) -> Iterable[Residue]:
    """Things that nothing has to do with, among others: hardly ever what was meant."""
    told = [entity for entity in blueprint.entities if entity.origin == "stated"]
    ends = {entity.name for entity in told if entity.relations}
    ends |= {relation.target for entity in blueprint.entities for relation in entity.relations}
    for entity in told if len(told) >= _FEW else ():
        start, end = entity.provenance.start, entity.provenance.end
        if entity.name in ends or entity.kind == "user" or start is None or end is None:
            continue
        if not any(item.start <= start < item.end for item in shown):
            yield Residue(
                text=text[start:end][:300],
                start=start,
                end=end,
                reason="nothing was found that ties this thing to any other",
                suggestion="say it as `A <thing> belongs to a <thing>` or `A <thing> has many <things>`",
                asks=False,
            )


_FEW = 3
"""Of fewer things each may stand for itself."""


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
        yield from _movable_limits(entity)
        if entity.origin == "inferred":
            yield Assumption(element=f"entities.{entity.name}", message=entity.provenance.reason)
        for right in entity.permissions:
            if right.origin == "inferred":
                element = f"entities.{entity.name}.permissions.{right.operation}"
                yield Assumption(element=element, message=right.provenance.reason)
        for machine in entity.state_machines:
            for transition in machine.transitions:
                if transition.origin == "inferred":
                    yield Assumption(
                        element=f"entities.{entity.name}.state_machines.{machine.field}.{transition.name}",
                        message=transition.provenance.reason,
                    )


def _movable_limits(entity: Entity) -> Iterable[Assumption]:
    """Limits in time that count from what can be changed: a later start lets cancel what it was too late for."""
    for rule in entity.rules:
        if not isinstance(rule, TimeLimitRule) or "update" in rule.operations:
            continue
        field = entity.fields_by_name.get(rule.field)
        if field is not None and not field.immutable:
            message = f"whoever may change {field.name} moves the limit with it"
            yield Assumption(element=f"entities.{entity.name}.rules.{rule.name}", message=message)
