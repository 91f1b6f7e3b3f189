"""What may be there once: clauses that say so enter, and the columns that are unique leave, found in the draft.

A clause names things and data in any order; the rows that it speaks of are those that have all of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from codebegen import naming
from codebegen.understanding.embedded.deeds import deed_of
from codebegen.understanding.embedded.draft import DraftEntity
from codebegen.understanding.embedded.item import item_name
from codebegen.understanding.embedded.lexicon import nouns, verbs
from codebegen.understanding.embedded.names import USER
from codebegen.understanding.embedded.once_clauses import UNITS_OF_TIME, Once, once_clauses
from codebegen.understanding.embedded.outline_parts import Definition, Outline, Passage
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.rule_subjects import RuleSubjects
from codebegen.understanding.embedded.tag import tag
from codebegen.understanding.embedded.text import sentences, tokenize

_SEVERAL = 2
_NOISE = frozenset(
    "system app application list database archive world time moment case way thing data table record backend".split()
)


_ROWS = frozenset("row line record".split())


@dataclass(frozen=True)
class OneOf:
    """Columns of an entity that are unique together, or alone, and which words say so."""

    entity: DraftEntity
    columns: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True)
class _Fit:
    """What the columns of a clause are if it speaks of an entity, and how well that fits."""

    entity: DraftEntity
    columns: tuple[str, ...]
    rank: tuple[int, ...]


class OnceRules:
    """Finds the rows and columns that each clause speaks of."""

    def __init__(self, subjects: RuleSubjects) -> None:
        self.subjects, self.names, self.draft = subjects, subjects.names, subjects.draft
        self.spoken: dict[str, int] = {}

    def run(self, text: str, told: Outline) -> Iterator[OneOf]:
        """Every one, in reading order."""
        for part in told.parts:
            if isinstance(part, Definition):
                self._note(part.head)
                lines = [tag(s) for s in sentences(tokenize(text, part.start, part.end))]
            else:
                if part.topic is not None:
                    self._note(part.topic)
                lines = [part.tokens]
            for tokens in lines:
                for once in once_clauses(tokens):
                    found = self._find(once)
                    if found is not None:
                        yield found
                if isinstance(part, Passage):
                    self._note_all(part)

    def _note(self, phrase: Phrase) -> None:
        key = self.names.find(phrase)
        if key is not None:
            self.spoken[key] = phrase.start

    def _note_all(self, part: Passage) -> None:
        for token in part.tokens:
            if token.tag == "N":
                self._note(Phrase((token,), token.start, token.end))

    def _find(self, once: Once) -> OneOf | None:
        fits = [fit for entity in self.draft.entities.values() if (fit := self._fit(entity, once)) is not None]
        best = max(fits, key=lambda fit: fit.rank, default=None)
        if best is None or sum(fit.rank == best.rank for fit in fits) > 1:
            return None
        return OneOf(best.entity, best.columns, once.start, once.end)

    def _fit(self, entity: DraftEntity, once: Once) -> _Fit | None:
        """How an entity fits; nothing if something named is no part of it."""
        columns: list[str] = []
        named, counted = False, once.counted.key if once.counted is not None else ""
        subject = self._first(once) == entity.key
        missing: list[str] = []
        for phrase in once.phrases:
            own = self.names.find(phrase) == entity.key
            if own and phrase.key in once.within and phrase.key != counted:
                return None
            column = None if own else self._column(entity, phrase)
            if own or (column is None and self._names_entity(entity, phrase)):
                named = True
            elif column is not None:
                named = named or _is_of(phrase, entity.key)
                columns.extend([column] if phrase.key != counted else [])
            elif not (self._is_noise(phrase) or phrase.key == counted in _ROWS):
                missing.append(self._new_column(entity, phrase, once) or "")
                columns.append(missing[-1])
        keys = [name for name in missing if name in self.draft.entities]
        if missing and ("" in missing or max(len(keys), len(missing) - len(keys)) > 1 or not (named or subject)):
            return None
        done = any(self._is_row_of(entity, verb) for verb in once.verbs)
        told = any(self.names.find(p) == entity.key for p in once.before)
        deed_told = told and bool(once.within) and once.counted is None
        columns = list(dict.fromkeys(self._with_others(entity, once, columns, named=named or done or deed_told)))
        data = [column for column in columns if entity.relation(column) is None and column not in self.draft.entities]
        alone = len(columns) == len(data) == 1 and (once.kind == "field" or not (counted or once.kind))
        alone = alone or (len(columns) == 1 and not missing and self._is_counted(entity, once, columns[0]))
        if (len(columns) < _SEVERAL and not alone) or (once.kind == "field" and not data):
            return None
        if once.kind == "deed" and not (named or done or told or once.within):
            return None
        exact = {name for p in once.phrases for name in (item_name(p)[0], p.key)}
        if alone and len(columns) == 1 and not (named or subject or told) and columns[0] not in exact:
            return None
        near = max((p.start for p in once.before if self.names.find(p) == entity.key), default=-1)
        spoken = max(self.spoken.get(entity.key, -1), near)
        told = not missing and all(self.subjects.is_stated(entity, column) for column in columns)
        rank = (int(told), int(not missing), len(columns), int(named), int(done), int(subject and bool(data)), spoken)
        return _Fit(entity, tuple(columns), rank)

    def _is_counted(self, entity: DraftEntity, once: Once, column: str) -> bool:
        """`One review for an incident`, `only one wedding per date`, `Results: one per entry`; no `open listing`.

        What people do (votes, ratings) is there once for each of them, and a month only where nothing else is told.
        """
        relation = entity.relation(column)
        counted = once.counted
        others = [p for p in once.phrases if p != counted and self.names.find(p) != entity.key]
        others = [p for p in others if counted is None or p.key != counted.key]
        by_people = entity.kind in ("user", "profile") or entity.key.rsplit("_", 1)[-1] in verbs.ASSOCIATION.values()
        if len(others) != 1 or by_people or (relation is not None and relation.kind == "many_to_many"):
            return False
        if relation is not None and self._is_people(relation.target):
            return False
        if others[0].key in UNITS_OF_TIME and not {"be"}.issuperset(once.verbs):
            return False
        spoken = max(self.spoken, key=self.spoken.__getitem__, default="") == entity.key
        if counted is not None:
            whole = self.names.find(counted) == entity.key and len(counted.words) == entity.key.count("_") + 1
            return whole or (spoken and counted.key in _ROWS)
        only_key = [r.name for r in entity.relations if not self._is_people(r.target)] == [column]
        return once.kind == "deed" and not (once.verbs or once.before) and spoken and only_key

    def _first(self, once: Once) -> str | None:
        """What a sentence is about."""
        return next((key for p in (*once.before, *once.phrases) if (key := self.names.find(p)) is not None), None)

    def _new_column(self, entity: DraftEntity, phrase: Phrase, once: Once) -> str | None:
        """A field or key that is told only here: `a table number that can't be given to two trees of an exhibition`."""
        key = self.names.find(phrase)
        per = once.counted is not None and phrase.key in once.within
        own = phrase.key not in UNITS_OF_TIME and self.names.find(once.counted or phrase) == entity.key
        per = per and (key is not None or own)
        if not (once.kind == "field" or per) or key == entity.key:
            return None
        if key is not None and key != USER:
            return key
        return item_name(phrase)[0] if phrase.head in nouns.ATTRIBUTES else None

    def _with_others(self, entity: DraftEntity, once: Once, columns: list[str], *, named: bool) -> list[str]:
        """`…, but only once`, `at most one per gig`: with the things that were named before, and whoever acts."""
        if once.there:
            told = [key for p in once.before if (key := self.names.find(p)) is not None and entity.to(key)]
            columns = [*columns, *(entity.to(key)[0].name for key in told[-1:])]
        if len(columns) >= _SEVERAL or once.kind == "field" or not (once.kind == "deed" or once.counted or once.people):
            return columns
        if not any(c in entity.fields for c in columns):
            told = [key for p in once.before if (key := self.names.find(p)) not in (None, entity.key)]
            told = told[:1] if columns else told
            columns = [*columns, *(entity.to(key)[0].name for key in told if key and len(entity.to(key)) == 1)]
        whose = [r for r in entity.relations if self._is_people(r.target)]
        people = [r.name for r in whose]
        before = {self.names.find(p) for p in once.before} if once.counted is not None else set()
        named_before = any(r.target in before for r in whose)
        if (
            (once.people or named_before)
            and len(set(columns)) == 1
            and len(people) == 1
            and (named or not once.kind or columns[0] in entity.fields)
        ):
            columns = [*columns, *people]
        return columns

    def _is_people(self, key: str) -> bool:
        entity = self.draft.entities.get(key)
        known = entity is not None and entity.kind in ("user", "profile")
        return known or key == USER or key.rsplit("_", 1)[-1] in nouns.PERSONS

    def _is_row_of(self, entity: DraftEntity, verb: str) -> bool:
        last = entity.key.rsplit("_", 1)[-1]
        return last == verbs.ASSOCIATION.get(verb) or deed_of(verb, last)

    def _names_entity(self, entity: DraftEntity, phrase: Phrase) -> bool:
        return entity.key.endswith(f"_{phrase.key}") or entity.key.startswith(f"{phrase.key}_")

    def _is_noise(self, phrase: Phrase) -> bool:
        return phrase.head in _NOISE or phrase.words[-1].tag != "N"

    def _column(self, entity: DraftEntity, phrase: Phrase) -> str | None:
        """The field or key that a phrase names: whole, by its head, or by what stands before its head."""
        if phrase.head in UNITS_OF_TIME and len(phrase.words) == 1:
            return self._moment_column(entity, phrase.head)
        names = [item_name(phrase)[0], phrase.key]
        if len(phrase.words) > 1:
            rest = naming.snake(" ".join([*(t.low for t in phrase.words[1:-1]), phrase.head]))
            first = naming.snake(" ".join(t.low for t in phrase.words[:-1]))
            names.extend([rest] if _is_of(phrase, entity.key) or phrase.words[0].tag == "J" else [])
            names.extend([first] if phrase.head in ("number", "code", "id", "no", "mark") else [])
        parts = (self.subjects.part(entity, name) for name in names if naming.is_name(name))
        held = [part for part in parts if part is not None and ("_per_" not in part or part in names)]
        if held:
            return next((part for part in held if self.subjects.is_stated(entity, part)), held[0])
        key = self.names.find(phrase)
        keys = entity.to(key) if key is not None and key != entity.key else []
        keys = [r for r in keys if r.kind != "many_to_many"]
        return keys[0].name if len(keys) == 1 else None

    def _moment_column(self, entity: DraftEntity, unit: str) -> str | None:
        found = self.subjects.part(entity, unit)
        if found is not None and "per_" not in found:
            return found
        if unit not in ("day", "date"):
            return None
        days = [f.name for f in entity.fields.values() if _is_day(f.name, str(f.item.spec.type or ""))]
        return days[0] if len(days) == 1 else None


def _is_of(phrase: Phrase, key: str) -> bool:
    """`Stall numbers`, of stalls."""
    return len(phrase.words) > 1 and naming.singular(phrase.words[0].low) == key.rsplit("_", 1)[-1]


def _is_day(name: str, kind: str) -> bool:
    return kind in ("date", "datetime") or name.endswith(("date", "_on", "_at", "day"))
