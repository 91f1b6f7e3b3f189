"""Histories: `we keep the history of status changes: who changed it, when, from what to what`.

Such a clause tells the system what to keep, and nothing of the data: readers of data get the description without it.
One that names data of its own (`with a remark`) is left to them, and so is what goes to an audit log.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from codebegen.blueprint import Blueprint, Entity, Feature, History, Residue, complete, inferred, stated
from codebegen.blueprint.histories import place_taken_by
from codebegen.blueprint.passes.edit import changed, each_entity
from codebegen.understanding.embedded.features import is_ruled_out
from codebegen.understanding.embedded.notices import mentioned

_STATE = r"(?:status|state|stage|phase)"
_OF = r"(?:(?:the|its|their|an?|each|every|all|any) )?(?:(?!of\b)[a-z]+(?:'s?)? )?"
_CHANGES = (
    rf"(?:(?:all |any |every |each |the )*(?:[a-z]+(?:'s?)? )?{_STATE} (?:changes?|transitions?|history|updates?)"
    rf"|(?:all |any |every |each |the )*(?:changes?|transitions?) (?:of|in|to|between) {_OF}{_STATE}(?:e?s)?)"
)
_WHOSE = r"(?: (?:of|for|on|to) (?:(?:an?|the|each|every|all) )?[a-z]+)"
_RECORD = r"(?:history|log|record|trail|journal|timeline)"
_KEEP = r"(?:keeps?|stores?|records?|tracks?|logs?|saves?|maintains?|remembers?)(?: track of)?"
_KEPT = r"(?:kept|stored|recorded|tracked|logged|saved|remembered|written down|traceable)"
_MUST = r"(?:should|must|will|shall|has to|have to|needs? to|is to|are to)"
_WE = r"(?:(?:we|it|the (?:system|app|api|backend)|please|also) )*"
_WHOLE = r"(?:(?:an?|the|its|their|full|complete|whole) )*"
_FORMS = (
    rf"(?:and )?{_WE}(?:(?:{_MUST}|want to) )?(?:also )?{_KEEP} {_WHOLE}(?:{_RECORD} (?:of|for) )?{_CHANGES}",
    rf"{_CHANGES}{_WHOSE}? (?:(?:is|are|gets?|{_MUST} be) )(?:also |always |automatically )?{_KEPT}",
    rf"{_WHOLE}(?:history|log|timeline) of {_CHANGES}",
    rf"(?:[a-z]+ )?{_STATE} history",
)
_CLAUSE = re.compile(rf"(?<![\w'-])(?:{'|'.join(f'(?:{form})' for form in _FORMS)})(?![\w'-])")
_WORD = (
    r"(?:who|whom|when|what|which|from|to|old|new|previous|the|an?|and|it|them|user|account|person|date|time|timestamp|"
    r"moment|day|changed|changes?|by|with|at|on|was|is|did|made|including|together|along|value|status|state|stage|"
    r"(?:for|of) (?:(?:an?|the|each|every|all) )?[a-z]+)"
)
_TAIL = re.compile(rf"(?:[ ,:()&/–-]+{_WORD}(?![\w'-]))*\)?")
_LINK = re.compile(r"(?:[ ,:&/–-]|\band\b|(?<= )(?:an?|the)\b)+$")
_OWN_DATA = re.compile(r" *(?:(?:,|and|with|including) *)*(?:(?:an?|the|its) )?[a-z]+(?: [a-z]+)? *$")
"""`and a remark`, which ends the sentence, is data of its own; `and users can log in` is another clause."""
_SENTENCE = re.compile(r"[^\s.;!?][^.;!?\n]*")
_AUDIT = re.compile(r"\baudit")
_SOMEBODY = re.compile(r"\b(?:who|whom|user|account|person)\b")
_NO_ACCOUNTS = re.compile(r"\b(?:no|without(?: an?y?)?) (?:log-?in|logins|auth\w*|accounts?|users?)\b")
_STATE_FIELD = re.compile(rf"(?:^|_){_STATE}$")


@dataclass(frozen=True, slots=True)
class HistoryClause:
    """Words that ask for a history: `start` to `end` of the description, and whether they ask for who it was."""

    words: str
    start: int
    end: int

    @property
    def asks_who(self) -> bool:
        """Whether somebody has to be known."""
        return bool(_SOMEBODY.search(self.words))


def history_clauses(text: str) -> Iterator[HistoryClause]:
    """Every clause that asks for the changes of states to be kept."""
    lowered = text.lower().replace("’", "'")
    for sentence in _SENTENCE.finditer(lowered):
        if _AUDIT.search(sentence[0]):
            continue
        found = _CLAUSE.search(lowered, sentence.start(), sentence.end())
        if found is None or is_ruled_out(lowered, found):
            continue
        tail = _TAIL.match(lowered, found.end(), sentence.end())
        last = tail.end() if tail else found.end()
        link = _LINK.search(lowered, found.end(), last)
        end = link.start() if link and last < sentence.end() else last
        if not _OWN_DATA.match(lowered[end : sentence.end()]):
            yield HistoryClause(lowered[found.start() : end], found.start(), end)


def without_histories(text: str) -> str:
    """The text with spaces in the place of such clauses."""
    for clause in history_clauses(text):
        text = text[: clause.start] + " " * (clause.end - clause.start) + text[clause.end :]
    return text


def with_histories(text: str, blueprint: Blueprint) -> Blueprint:
    """The blueprint with a history of each state that a clause speaks of; what finds none is left over."""
    whole, found, residue = complete(blueprint), dict[str, dict[str, History]](), list[Residue]()
    clauses = tuple(history_clauses(text)) if blueprint.entities else ()
    for clause in clauses:
        place = stated(text[clause.start : clause.end], clause.start, clause.end)
        kept = _states(whole, clause)
        for entity, field in kept:
            found.setdefault(entity, {}).setdefault(field, History(field=field, provenance=place))
        residue += [] if kept else [_left(text, clause)]
    if not clauses:
        return blueprint
    report = changed(blueprint.report, residue=(*blueprint.report.residue, *residue))
    made = each_entity(blueprint, lambda entity: changed(entity, histories=tuple(found.get(entity.name, {}).values())))
    made = changed(made, report=report)
    asked = found and any(clause.asks_who for clause in clauses) and not _NO_ACCOUNTS.search(text.lower())
    if not asked or made.has("auth"):
        return made
    auth = Feature(key="auth", provenance=inferred("it is kept who changes a state"))
    return changed(made, features=(*made.features, auth))


def _states(blueprint: Blueprint, clause: HistoryClause) -> list[tuple[str, str]]:
    """Entities with the fields that are meant: of the things that the clause names, else of all."""
    spoken = [entity for entity in mentioned(blueprint, clause.words) if list(_fields(blueprint, entity))]
    return [(e.name, field) for e in (spoken or blueprint.entities) for field in _fields(blueprint, e)]


def _fields(blueprint: Blueprint, entity: Entity) -> Iterator[str]:
    """Fields that say in which state a row is: those with moves, else those that are called so."""
    if entity.kind == "user" or place_taken_by(blueprint, entity):
        return
    moved = [machine.field for machine in entity.state_machines]
    named = [field.name for field in entity.fields if field.type == "enum" and _STATE_FIELD.search(field.name)]
    yield from moved or named


def _left(text: str, clause: HistoryClause) -> Residue:
    return Residue(
        text=text[clause.start : clause.end][:300],
        start=clause.start,
        end=clause.end,
        reason="nothing with states was found whose history could be kept",
        suggestion="say which states there are: `An order is placed, then paid, then shipped`",
    )
