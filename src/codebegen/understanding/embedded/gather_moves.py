"""Which entity moves are of: the one that is named, the one whose states those are, the one the lines are about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from codebegen import naming
from codebegen.understanding.embedded.draft import Draft, DraftEntity, DraftField
from codebegen.understanding.embedded.evidence import Evidence
from codebegen.understanding.embedded.facts import Act, Fact, Initial, Move
from codebegen.understanding.embedded.names import USER, Names
from codebegen.understanding.embedded.paths import has_path
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.state_words import participle_of

STATE_FIELDS = ("status", "state", "stage", "phase", "workflow_state")
_LABEL = re.compile(r"[\s#*\d.)§-]*([A-Za-z][A-Za-z ]{2,40}?)[*\s]*(?::|$)")
_FEW = 6  # lines from a label to what stands below it


@dataclass
class ToldMoves:
    """What is told of the states of one entity; `loose` moves say nothing of where they start."""

    entity: DraftEntity
    moves: list[Move] = field(default_factory=list)
    loose: list[Move] = field(default_factory=list)
    initial: str = ""


def state_field(entity: DraftEntity) -> DraftField | None:
    """The field that says in which state a row is, if one is called so."""
    return next((entity.fields[name] for name in STATE_FIELDS if name in entity.fields), None)


def gather_moves(facts: Sequence[Fact], names: Names, draft: Draft, source: Evidence) -> dict[str, ToldMoves]:
    """Every move and beginning that fields and facts tell, by the key of its entity."""
    return _Gathering(names, draft, source).run(facts)


class _Gathering:
    """The moves that were found so far."""

    def __init__(self, names: Names, draft: Draft, source: Evidence) -> None:
        self.names, self.draft, self.source = names, draft, source
        self.found: dict[str, ToldMoves] = {}

    def run(self, facts: Sequence[Fact]) -> dict[str, ToldMoves]:
        """Fields with paths among their values, then facts; what strayed to what was spoken of last is put right."""
        self._of_fields()
        for fact in facts:
            if isinstance(fact, Initial) and (begun := self._named(fact.what)) is not None:
                begun.initial = begun.initial or fact.state
                self.source.used.append((fact.start, fact.end))
            elif isinstance(fact, Move) and (moved := self._moved(fact)) is not None:
                (moved.moves if fact.sources else moved.loose).append(fact)
            elif isinstance(fact, Act):
                self._deed(fact)
        self._put_right()
        return self.found

    def _told(self, entity: DraftEntity) -> ToldMoves:
        return self.found.setdefault(entity.key, ToldMoves(entity))

    def _of_fields(self) -> None:
        for entity in self.draft.entities.values():
            for drafted in entity.fields.values():
                beside = drafted.name not in STATE_FIELDS and state_field(entity) is not None
                for here, there in drafted.item.spec.moves if not beside else ():
                    place = (drafted.item.start, drafted.item.end)
                    self._told(entity).moves.append(Move(None, (here,), there, "", *place))

    def _named(self, what: Phrase | None) -> ToldMoves | None:
        key = (self.names.find(what) or self._begun_with(what.key)) if what is not None else None
        if key is None or key == USER or key not in self.draft.entities:
            return None
        return self._told(self.draft.entities[key])

    def _begun_with(self, key: str) -> str | None:
        """`the repair goes …`, where repair tickets are kept."""
        longer = [known for known in self.draft.entities if known.startswith(f"{key}_")]
        return longer[0] if len(longer) == 1 else None

    def _moved(self, move: Move) -> ToldMoves | None:
        found = self._named(move.what)
        if found is not None or not move.sources:
            return found
        entity = self._with_states(move) or self._labelled(move)
        return self._told(entity) if entity is not None else None

    def _with_states(self, move: Move) -> DraftEntity | None:
        """A move without a thing belongs to the entity that knows its states."""
        for entity in self.draft.entities.values():
            known = state_field(entity)
            if known is not None and {*move.sources, move.target} <= set(known.item.spec.values):
                return entity
        return None

    def _deed(self, act: Act) -> None:
        """`Residents revoke passes`, where a pass can be `revoked`; what can be `blocked` is unblocked from there."""
        what = act.what[0] if act.who is not None else None
        entity = self.draft.entities.get(self.names.find(what) or "") if what is not None else None
        known = state_field(entity) if entity is not None else None
        values = known.item.spec.values if known is not None else ()
        done = participle_of(act.verb)
        undone = participle_of(act.verb.removeprefix("un")) if act.verb.startswith("un") else ""
        if entity is None or not {done, undone} & set(values[1:]):
            return
        place = (act.start, act.end, act.who)
        if done in values[1:]:
            self._told(entity).loose.append(Move(what, (), done, act.verb, *place))
        else:
            self._told(entity).moves.append(Move(what, (undone,), values[0], act.verb, *place))

    def _put_right(self) -> None:
        for key in [key for key, told in self.found.items() if _is_unnamed(told, self.source.text)]:
            meant = self._meant(self.found[key]) or self._labelled(self.found[key].moves[0])
            if meant is None:
                continue
            strayed, told = self.found.pop(key), self._told(meant)
            told.moves = sorted((*told.moves, *strayed.moves), key=lambda move: move.start)
            told.loose.extend(strayed.loose)
            told.initial = told.initial or strayed.initial

    def _meant(self, told: ToldMoves) -> DraftEntity | None:
        """The one entity whose states those are, else the one that has a state of which nothing is told."""
        states = {s for move in told.moves for s in (*move.sources, move.target)}
        fields = [(e, known) for e in self.draft.entities.values() if (known := state_field(e)) is not None]
        listed = [entity for entity, known in fields if states <= set(known.item.spec.values)]
        blank = [entity for entity, known in fields if not known.item.spec.values]
        found = listed or blank
        return found[0] if len(found) == 1 else None

    def _labelled(self, move: Move) -> DraftEntity | None:
        """`Claims: somebody asks a clerk. Status: sent -> paid`: a path is of the label before it."""
        text = self.source.text
        near = text[: move.start].split("\n")[-_FEW:] if has_path(text[move.start : move.end]) else ()
        labels = (label[1] for line in reversed(near) if (label := _LABEL.match(line)) is not None)
        key = naming.singular(naming.snake(next(labels, "")))
        if not key:
            return None
        exact = [e for k, e in self.draft.entities.items() if k == key]
        found = exact or [e for k, e in self.draft.entities.items() if k.endswith(f"_{key}")]
        known = state_field(found[0]) if len(found) == 1 else None
        return found[0] if len(found) == 1 and (known is None or not known.item.spec.values) else None


_CLAUSE_END = re.compile(r"[\n.:;,]")


def _is_unnamed(told: ToldMoves, text: str) -> bool:
    """Whether no move stands in a clause that names its entity, which was spoken of last and has no state."""
    named = [(move, move.what) for move in (*told.moves, *told.loose) if move.what is not None]
    apart = all(what.start > move.end or _CLAUSE_END.search(text[what.start : move.start]) for move, what in named)
    return bool(told.moves) and bool(named) and apart and state_field(told.entity) is None
