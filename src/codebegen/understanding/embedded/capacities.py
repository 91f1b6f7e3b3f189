"""Capacities: how many rows point to one row, limited by a number or by a field of that row."""

from collections.abc import Iterator

from codebegen.blueprint import Provenance
from codebegen.blueprint.rules import CapacityRule
from codebegen.understanding.embedded.build_fields import kind_of
from codebegen.understanding.embedded.draft import DraftEntity
from codebegen.understanding.embedded.facts import Limit
from codebegen.understanding.embedded.lexicon import verbs
from codebegen.understanding.embedded.phrases import Phrase, key_of
from codebegen.understanding.embedded.rule_subjects import RuleSubjects

_COUNTS = ("number", "count", "amount", "total")


class Capacities(RuleSubjects):
    """Finds the rows that are counted, the key by which, and the number that is the limit."""

    def _capacity(self, fact: Limit, place: Provenance) -> None:
        """`A class can't have more bookings than its capacity`."""
        entity, of = self.entity(fact.what), fact.data.get("of")
        target = self.entity(of) if isinstance(of, Phrase) else None
        if entity is None or target is None or not entity.to(target.key):
            return
        bound, number = fact.data.get("bound"), fact.data.get("number")
        named = self.part(target, str(bound)) if bound else None
        limit: int | str | None = named if named in target.fields else None
        limit = limit or self._capacity_field(target) or (number if isinstance(number, int) else None)
        if limit is not None:
            self._limit(fact, place, entity, entity.to(target.key)[0].name, limit)

    def _capacity_field(self, entity: DraftEntity) -> str | None:
        for name in entity.fields:
            if name in ("capacity", "seats", "max_seats", "places") or name.startswith(
                ("max_", "maximum_", "maximal_")
            ):
                return name
        return None

    def _beyond(self, fact: Limit, place: Provenance) -> None:
        """`A class can't be booked beyond its capacity`: the rows are those that the deed makes."""
        target, bound = self.entity(fact.what), fact.data.get("bound")
        if target is None or not isinstance(bound, Phrase):
            return
        noun = verbs.ASSOCIATION.get(str(fact.data.get("verb")).removeprefix("over"), "")
        made = self.draft.entities.get(self.names.by_key(noun) or "")
        rows = [made] if made is not None else [e for e in self.draft.entities.values() if e.kind == "association"]
        found = [(e, *key) for e in rows for key in self._limits(e, bound, target)]
        if len(found) == 1:
            self._limit(fact, place, *found[0])
        else:
            self._custom(target, fact, place)

    def counted_within(self, fact: Limit, place: Provenance) -> bool:
        """`The number of bookings of a class must not exceed its capacity`; False where no rows are counted."""
        what, bound = fact.what, fact.data.get("bound")
        if what is None or not isinstance(bound, Phrase):
            return False
        counted = what.of if what.of is not None and what.head in _COUNTS else what
        entity, whole = self.entity(counted), self._owner(bound) or self.entity(counted.of)
        if entity is None or not counted.many:
            return False
        found = list(self._limits(entity, bound, whole))
        if len(found) == 1:
            self._limit(fact, place, entity, *found[0])
        else:
            self._custom(entity, fact, place)
        return True

    def is_count(self, what: Phrase) -> bool:
        """`The number of boats of a pier` is how many there are, though each boat has a number."""
        return what.head in ("number", "count") and what.of is not None and what.of.many and bool(self.entity(what.of))

    def _owner(self, bound: Phrase) -> DraftEntity | None:
        """`The capacity of the event`, `the event's capacity`."""
        key = self.names.by_key(key_of(bound.possessor)) if bound.possessor else None
        return self.entity(bound.of) or self.draft.entities.get(key or "")

    def _limits(self, rows: DraftEntity, bound: Phrase, whole: DraftEntity | None) -> Iterator[tuple[str, str]]:
        """Keys of rows, each with the whole number of the other row that a phrase speaks of."""
        for relation in rows.relations:
            target = self.draft.entities.get(relation.target)
            if relation.kind == "many_to_many" or target is None or (whole is not None and target is not whole):
                continue
            field = target.fields.get(self.part(target, bound.key) or "")
            if field is not None and kind_of(field, target) == "integer":
                yield relation.name, field.name

    def _limit(self, fact: Limit, place: Provenance, rows: DraftEntity, key: str, limit: int | str) -> None:
        rule = CapacityRule(
            name=f"capacity_of_{key}", message=self._sentence(fact), relation=key, limit=limit, provenance=place
        )
        if all((known.kind, known.name) != (rule.kind, rule.name) for known in self.rules[rows.key]):
            self.rules[rows.key].append(rule)
