"""Rules: uniqueness, ranges and limits that the text tells become constraints of fields, or typed rules of entities."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import cast

from codebegen import naming
from codebegen.blueprint import Provenance, Rule
from codebegen.blueprint.behaviour import StateMachine
from codebegen.blueprint.expressions import Compare, CompareOperator, FieldRef, Value
from codebegen.blueprint.rules import CapacityRule, CheckRule, NoOverlapRule, QuotaRule, TimeLimitRule
from codebegen.understanding.embedded.acts import once_pairs
from codebegen.understanding.embedded.bench import Bench
from codebegen.understanding.embedded.bounded_rows import SIDES, bounded, field_bounded
from codebegen.understanding.embedded.build_fields import DAYS, kind_of
from codebegen.understanding.embedded.capacities import Capacities
from codebegen.understanding.embedded.comparable import are_comparable
from codebegen.understanding.embedded.conditions import required_row
from codebegen.understanding.embedded.draft import DraftEntity, DraftField, DraftRelation
from codebegen.understanding.embedded.facts import Fact, Limit, Unique
from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.lexicon import verbs
from codebegen.understanding.embedded.once_rules import OneOf
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.spec_model import Spec

_STARTS = ("start", "begin", "from", "check_in", "pickup", "arrival")
_ENDS = ("end", "until", "to_", "check_out", "return", "departure", "finish")


class RuleReader(Capacities):
    """Makes a typed rule, a constraint of a field, or a unique combination of each fact."""

    def run(self, facts: Sequence[Fact], once: Sequence[OneOf] = ()) -> dict[str, tuple[Rule, ...]]:
        """All rules by entity key; uniqueness and ranges go into the draft.

        `once`: what whole clauses say may be there once, which readers of parts of them need not say again.
        """
        for one in once:
            self.one_of(one)
        for fact in facts:
            if isinstance(fact, Unique) and not _is_told(fact.start, fact.end, once):
                self.unique(fact)
        for entity, pair, start, end in once_pairs(facts, self.names, self.draft):
            if not _is_told(start, end, once):
                entity.unique.append((pair, self.source.stated(start, end)))
        for fact in facts:
            if isinstance(fact, Limit):
                self.limit(fact)
        return {key: _named_apart(found) for key, found in self.rules.items()}

    def one_of(self, one: OneOf) -> None:
        """Columns that are unique, alone or together."""
        place = self.source.stated(one.start, one.end)
        for name in one.columns:
            if name in one.entity.fields or one.entity.relation(name) is not None:
                continue
            if self.new_key(one.entity, name, one.start, one.end) is None:
                self.new_field(one.entity, name, Unique(None, (name,), (), one.start, one.end))
        key = one.entity.relation(one.columns[0])
        if len(one.columns) == 1 and key is not None:
            key.kind = "one_to_one"
        elif len(one.columns) == 1:
            self.set_unique(one.entity, one.columns[0])
        else:
            one.entity.unique.append((one.columns, place))

    def limit(self, fact: Limit) -> None:
        """One rule."""
        handlers: dict[str, Callable[[Limit, Provenance], None]] = {
            "range": self._range,
            "nonzero": self._nonzero,
            "compare": self._compare,
            "overlap": self._overlap,
            "capacity": self._capacity,
            "exceed": self._exceed,
            "beyond": self._beyond,
            "quota": self._quota,
            "time": self._time,
            "requires": self._requires,
            "per": self._per,
            "soft_delete": self._soft_delete,
        }
        if fact.kind in handlers:
            handlers[fact.kind](fact, self.source.stated(fact.start, fact.end))

    def _soft_delete(self, fact: Limit, _place: Provenance) -> None:
        """`Deleted pages can be restored`: rows stay, marked as deleted."""
        entity = self.entity(fact.what)
        if entity is not None:
            entity.soft_delete = True

    def _range(self, fact: Limit, _place: Provenance) -> None:
        """Bounds of a field: of the thing that is spoken of, else of all that have such a field."""
        name, full = str(fact.data["name"]), str(fact.data.get("full", ""))
        whole = [e for e in self.draft.entities.values() if full and full in e.fields]
        near, name = (whole[0], full) if whole else (self.entity(fact.what), name)
        own = [near] if near is not None and self._field(near, name) else []
        itself = fact.data.get("itself")
        if not own and isinstance(itself, Phrase) and (row := self.entity(itself)) is not None:
            meant, known = field_bounded(row, fact)
            near, name = (row, meant) if known or (meant and fact.data.get("alone")) else (near, name)
            own = [row] if known else []
            if meant and not known and fact.data.get("alone"):
                self.new_field(row, meant, Unique(fact.what, (meant,), (), fact.start, fact.end))
                own = [row]
        if not own and fact.data.get("told") and near is not None and near.relation(name) is None:
            self.new_field(near, name, Unique(fact.what, (name,), (), fact.start, fact.end))
            own = [near]
        for entity in own or self._with_field(name, alone=bool(fact.data.get("loose"))):
            drafted = entity.fields[self._field(entity, name)]
            drafted.item = bounded(drafted, entity.key, fact.data)

    def _with_field(self, name: str, *, alone: bool) -> list[DraftEntity]:
        """Every row with such a field; `alone`: none where several have it, or where its bounds are known."""
        found = [e for e in self.draft.entities.values() if self._field(e, name)]
        specs = [e.fields[self._field(e, name)].item.spec for e in found] if alone else []
        known = any(getattr(spec, side) is not None for spec in specs for side in SIDES)
        return [] if known or len(specs) > 1 else found

    def _field(self, entity: DraftEntity, name: str) -> str:
        part = self.part(entity, name)
        return part if part is not None and part in entity.fields else ""

    def _nonzero(self, fact: Limit, place: Provenance) -> None:
        name = str(fact.data["name"])
        for entity in [e] if (e := self.entity(fact.what)) is not None else list(self.draft.entities.values()):
            part = self.part(entity, name)
            if part is not None and part in entity.fields:
                condition = Compare(operator="!=", left=FieldRef(path=part), right=Value(value=0))
                self.rules[entity.key].append(
                    CheckRule(
                        name=f"{part}_not_zero",
                        message=f"{naming.title(part)} must not be zero.",
                        condition=condition,
                        provenance=place,
                    )
                )
                return

    def _compare(self, fact: Limit, place: Provenance) -> None:
        left, right = fact.data["left"], fact.data["right"]
        if not isinstance(left, Phrase) or not isinstance(right, Phrase) or self.is_count(left):
            return
        for entity in self.draft.entities.values():
            first, second = self._path(entity, left), self._path(entity, right)
            if first is None or second is None or first == second or "." in first:
                continue
            if not are_comparable(self.draft, entity, first, second):
                self._custom(entity, fact, place)
                return
            condition = Compare(
                operator=cast("CompareOperator", fact.data["operator"]),
                left=FieldRef(path=first),
                right=FieldRef(path=second),
            )
            self.rules[entity.key].append(
                CheckRule(
                    name=f"{first}_and_{second.replace('.', '_')}",
                    message=self._sentence(fact),
                    condition=condition,
                    provenance=place,
                )
            )
            return

    def _overlap(self, fact: Limit, place: Provenance) -> None:
        scope = fact.data.get("scope")
        entity = self.entity(fact.what)
        target = self.entity(scope) if isinstance(scope, Phrase) else None
        if (entity is None or entity is target) and fact.data.get("verb"):
            noun = verbs.ASSOCIATION.get(str(fact.data["verb"]), "")
            entity = self.draft.entities.get(self.names.by_key(noun) or "") or next(
                (
                    e
                    for e in self.draft.entities.values()
                    if target is not None and e.to(target.key) and self._interval(e)
                ),
                None,
            )
        if entity is None or not (target or self._only_thing(entity)):
            return
        keys = entity.to(target.key) if target else self._only_thing(entity)
        if not keys:
            self._custom(entity, fact, place)
            return
        start, end, minutes = self._interval(entity) or self._given_interval(entity)
        self.rules[entity.key].append(
            NoOverlapRule(
                name=f"no_overlap_per_{keys[0].name}",
                message=self._sentence(fact),
                scope=(keys[0].name, *self._day_of(entity, start)),
                start=start,
                end=end,
                minutes=minutes,
                provenance=place,
            )
        )

    def _day_of(self, entity: DraftEntity, start: str) -> tuple[str, ...]:
        """The field that tells on which day it is what o'clock."""
        known = entity.fields.get(start)
        by_clock = known is not None and kind_of(known, entity) == "time"
        return tuple(day for day in DAYS if day in entity.fields)[:1] if by_clock else ()

    def _only_thing(self, entity: DraftEntity) -> list[DraftRelation]:
        """`Bookings may not overlap`: those of the one thing that is booked."""
        known = self.draft.entities
        keys = [r for r in entity.relations if r.kind == "many_to_one" and r.target in known]
        keys = [r for r in keys if known[r.target].kind not in ("user", "profile")]
        return keys if len(keys) == 1 else []

    def _given_interval(self, entity: DraftEntity) -> tuple[str, str, None]:
        """The fields without which nothing can overlap, for a row of which the text tells no times."""
        for name in ("starts_at", "ends_at"):
            spec = Spec(type="datetime", optional=True)
            item = Item(name, name.rsplit("_", 1)[-1], Phrase((), 0, 0), spec, 0, 0)
            reason = "what must not overlap has a start and an end"
            entity.fields.setdefault(name, DraftField(name, item, self.source.inferred(reason)))
        return "starts_at", "ends_at", None

    def _interval(self, entity: DraftEntity) -> tuple[str, str | None, int | None] | None:
        """The fields that say from when to when a row lasts."""
        kinds = {name: kind_of(f, entity) for name, f in entity.fields.items()}
        moments = [name for name, kind in kinds.items() if kind in ("date", "datetime", "time")]
        starts = [n for n in moments if n.startswith(_STARTS)]
        ends = [n for n in moments if n.startswith(_ENDS) or n == "to"]
        if starts and ends:
            return starts[0], ends[0], None
        alone = [n for n in (starts or moments) if kinds[n] == "datetime"]
        return (alone[0], None, 30) if alone and (starts or len(moments) == 1) else None

    def _exceed(self, fact: Limit, place: Provenance) -> None:
        """`The number of tickets sold must not exceed the capacity of the event`, `the total … the limit`."""
        bound, what = fact.data.get("bound"), fact.what
        if self.counted_within(fact, place) or what is None or not isinstance(bound, Phrase):
            return
        target = self.entity(bound.of)
        if what.of is None:
            self._compare(replace(fact, data={"left": what, "operator": "<=", "right": bound}), place)
        elif target is not None:
            self._custom(self.entity(what.of) or target, fact, place)

    def _quota(self, fact: Limit, place: Provenance) -> None:
        """`A member may borrow at most five copies`."""
        verb, who, number = str(fact.data.get("verb")), fact.data.get("who"), fact.data.get("number")
        noun = verbs.ASSOCIATION.get(verb, "")
        entity = self.draft.entities.get(self.names.by_key(noun) or "") if noun else self.entity(fact.what)
        person = self.entity(who) if isinstance(who, Phrase) else None
        if entity is None or not isinstance(number, int):
            return
        keys = entity.to(person.key) if person is not None else []
        minutes = fact.data.get("minutes")
        if isinstance(minutes, int):
            name, message = f"at_most_{number}_in_{minutes}_minutes", self._sentence(fact)
            self.rules[entity.key].append(
                QuotaRule(name=name, message=message, limit=number, minutes=minutes, provenance=place)
            )
        elif keys:
            self.rules[entity.key].append(
                CapacityRule(
                    name=f"at_most_{number}_per_{keys[0].name}",
                    message=self._sentence(fact),
                    relation=keys[0].name,
                    limit=number,
                    provenance=place,
                )
            )
        else:
            self.rules[entity.key].append(
                QuotaRule(name=f"at_most_{number}", message=self._sentence(fact), limit=number, provenance=place)
            )

    def _time(self, fact: Limit, place: Provenance) -> None:
        entity, minutes, verb = self.entity(fact.what), fact.data.get("minutes"), str(fact.data.get("verb"))
        if entity is None or not isinstance(minutes, int):
            return
        operations = {
            "edit": ("update",),
            "update": ("update",),
            "change": ("update",),
            "modify": ("update",),
            "delete": ("delete",),
            "cancel": ("transition:cancel",),
        }.get(verb)
        if operations is None:
            self._custom(entity, fact, place)
        elif fact.data.get("kind") == "within":
            self.rules[entity.key].append(
                TimeLimitRule(
                    name=f"{verb}_within_{minutes}_minutes",
                    message=self._sentence(fact),
                    operations=operations,
                    field="created_at",
                    minutes=minutes,
                    provenance=place,
                )
            )
        elif (begins := self._begins(entity)) is not None:
            self.rules[entity.key].append(
                TimeLimitRule(
                    name=f"{verb}_until_{minutes}_minutes_before",
                    message=self._sentence(fact),
                    operations=operations,
                    field=begins,
                    minutes=-minutes,
                    provenance=place,
                )
            )
        else:
            self._custom(entity, fact, place)

    def _requires(self, fact: Limit, place: Provenance) -> None:
        found = required_row(fact, Bench(self.names, self.draft, self.source), place, self._sentence(fact))
        if found is not None:
            self.rules[found[0]].append(found[1])

    def _begins(self, entity: DraftEntity) -> str | None:
        """The field that tells when a row begins: where that is an hour, the date beside it."""
        interval = self._interval(entity)
        start = interval[0] if interval else None
        if start is None or kind_of(entity.fields[start], entity) != "time":
            return start
        return next(
            (day for day in DAYS if day in entity.fields and kind_of(entity.fields[day], entity) == "date"), None
        )

    def _row_between(self, part: DraftEntity, whole: DraftEntity) -> DraftEntity | None:
        """`A course has at most 30 students`: what is counted are the enrolments."""
        rows = (row for row in self.draft.entities.values() if row.to(part.key) and row.to(whole.key))
        return next(rows, None)

    def _per(self, fact: Limit, place: Provenance) -> None:
        """`At most 20 bookings per class`."""
        entity, of, number = self.entity(fact.what), fact.data.get("of"), fact.data.get("number")
        target = self.entity(of) if isinstance(of, Phrase) else None
        if entity is None or target is None or not isinstance(number, int):
            return
        entity = entity if entity.to(target.key) else self._row_between(entity, target)
        keys = entity.to(target.key) if entity is not None else []
        if entity is None or not keys or keys[0].kind == "many_to_many":
            self._custom(target, fact, place)
            return
        name = f"at_most_{number}_per_{keys[0].name}"
        if all(rule.name != name for rule in self.rules[entity.key]):
            self.rules[entity.key].append(
                CapacityRule(
                    name=name, message=self._sentence(fact), relation=keys[0].name, limit=number, provenance=place
                )
            )


def _is_told(start: int, end: int, once: Sequence[OneOf]) -> bool:
    return any(one.start < end and start < one.end for one in once)


def where_rows_move(
    rules: dict[str, tuple[Rule, ...]], machines: Mapping[str, StateMachine]
) -> dict[str, tuple[Rule, ...]]:
    """The rules of each entity; what cannot be cancelled by a move is cancelled by deleting it."""
    return {key: tuple(_on_known_moves(rule, machines.get(key)) for rule in found) for key, found in rules.items()}


def _on_known_moves(rule: Rule, machine: StateMachine | None) -> Rule:
    if not isinstance(rule, TimeLimitRule):
        return rule
    moves = {f"transition:{move.name}" for move in machine.transitions} if machine else set()
    known = (name if name in moves or not name.startswith("transition:") else "delete" for name in rule.operations)
    return rule.model_copy(update={"operations": tuple(dict.fromkeys(known))})


def _named_apart(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """Rules of one name: the first stays, the rest are dropped if equal in kind, else numbered."""
    out: dict[str, Rule] = {}
    for rule in rules:
        name = rule.name[:60].strip("_")
        if name in out and out[name].kind == rule.kind:
            continue
        while name in out:
            name = f"{name}_2"
        out[name] = rule.model_copy(update={"name": name})
    return tuple(out.values())
