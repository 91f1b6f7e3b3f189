"""What a rule speaks of: the entity, the field or key, the path; and combinations that are told to be unique."""

from collections import defaultdict
from dataclasses import replace

from codebegen import naming
from codebegen.blueprint import Provenance, Rule
from codebegen.blueprint.rules import CustomRule
from codebegen.understanding.embedded.draft import Draft, DraftEntity, DraftField
from codebegen.understanding.embedded.evidence import Evidence
from codebegen.understanding.embedded.facts import Limit, Unique
from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.lost_scopes import is_beyond
from codebegen.understanding.embedded.names import USER, Names
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.spec_model import Spec
from codebegen.understanding.embedded.text import Token


class RuleSubjects:
    """Finds the fields and relations that a rule speaks of."""

    def __init__(self, names: Names, draft: Draft, source: Evidence) -> None:
        self.names, self.draft, self.source = names, draft, source
        self.rules: dict[str, list[Rule]] = defaultdict(list)

    def entity(self, phrase: Phrase | None) -> DraftEntity | None:
        """The entity that a phrase speaks of."""
        key = self.names.find(phrase) if phrase is not None else None
        return self.draft.entities.get(key) if key is not None else None

    def part(self, entity: DraftEntity, name: str) -> str | None:
        """The field or key of an entity that a word speaks of."""
        base = naming.singular(name)
        ends = (f for f in entity.fields if f.endswith(f"_{base}") or f.startswith(f"{base}_"))
        held = [candidate for candidate in (name, base, *ends) if candidate in entity.fields]
        if held:  # what is only likely stands back
            return next((c for c in held if self.is_stated(entity, c)), held[0])
        for candidate in (name, base, naming.snake(self.names.by_key(base) or base)):
            if entity.relation(candidate) is not None and entity.relation(candidate).kind != "many_to_many":  # type: ignore[union-attr]
                return candidate
        target = self.names.by_key(base)
        keys = entity.to(target) if target is not None else []
        return keys[0].name if len(keys) == 1 else None

    @staticmethod
    def is_stated(entity: DraftEntity, name: str) -> bool:
        """Whether a field or key of an entity is told, and not only likely."""
        drafted = entity.fields.get(name) or entity.relation(name)
        return drafted is not None and drafted.provenance.origin == "stated"

    def unique(self, fact: Unique) -> None:
        """`Issue numbers are unique per project` makes a field if it is named nowhere else."""
        entity, fact = self._what_is_unique(fact)
        if entity is not None and not fact.names and entity.kind in ("user", "profile"):
            self._once_each(entity, fact)
        elif entity is not None:
            self._set_unique_parts(entity, fact)

    def _what_is_unique(self, fact: Unique) -> tuple[DraftEntity | None, Unique]:
        """Whose values or combinations are unique, and the fact with the names that these have there."""
        entity = self.entity(fact.what)
        if entity is None and fact.what is not None and len(fact.names) == 1:
            whole = f"{fact.what.key}_{fact.names[0]}"
            entity = next((e for e in self.draft.entities.values() if whole in e.fields), None)
            fact = replace(fact, names=(whole,)) if entity is not None else fact
        if entity is not None and fact.names and not any(self.part(entity, name) for name in fact.names):
            held = [e for e in self.draft.entities.values() if all(self.part(e, name) for name in fact.names)]
            entity = held[0] if len(held) == 1 else entity  # `bib numbers are given once per race`: those of entries
        if entity is None and fact.names:
            entity = next((e for e in self.draft.entities.values() if e.fields.get(fact.names[0])), None)
        if entity is None and len(fact.names) > 1:
            held = [e for e in self.draft.entities.values() if all(self.part(e, name) for name in fact.names)]
            entity = held[0] if len(held) == 1 else None
        return entity, fact

    def _set_unique_parts(self, entity: DraftEntity, fact: Unique) -> None:
        place = self.source.stated(fact.start, fact.end)
        parts = [self.part(entity, name) or self.new_field(entity, name, fact) for name in fact.names]
        told = (self.part(entity, name) or self.new_key(entity, name, fact.start, fact.end) for name in fact.scope)
        scope = [part for part in told if part]
        if len(parts) + len(scope) == 1 and parts:
            self.set_unique(entity, parts[0])
        elif not parts and len(scope) == 1 and scope[0] in entity.fields:
            self.set_unique(entity, scope[0])
        elif parts or len(scope) > 1:
            if not parts and len(scope) == 1:
                return
            entity.unique.append((tuple(dict.fromkeys((*parts, *scope))), place))

    def _once_each(self, person: DraftEntity, fact: Unique) -> None:
        """`Customers review products, once per product`: of a customer and a product there is one row of the deed."""
        ends = [person.key, *(self.names.by_key(name) or name for name in fact.scope)]
        rows = [row for row in self.draft.entities.values() if all(row.to(end) for end in ends)]
        before = [row for row in rows if (row.provenance.start or 0) < fact.start]
        if len(ends) > 1 and before:
            row = max(before, key=lambda row: row.provenance.start or 0)
            columns = tuple(row.to(end)[0].name for end in ends)
            row.unique.append((columns, self.source.stated(fact.start, fact.end)))

    def set_unique(self, entity: DraftEntity, name: str) -> None:
        """A field whose value no second row has."""
        drafted = entity.fields.get(name)
        if drafted is not None:
            drafted.item = replace(drafted.item, spec=replace(drafted.item.spec, unique=True))

    def new_field(self, entity: DraftEntity, name: str, fact: Unique) -> str:
        """A field that only a rule names."""
        token = Token(name, name, fact.start, fact.end, "word", "N", name)
        item = Item(name, name, Phrase((token,), fact.start, fact.end), Spec(), fact.start, fact.end)
        entity.fields.setdefault(name, DraftField(name, item, self.source.stated(fact.start, fact.end)))
        return name

    def new_key(self, entity: DraftEntity, name: str, start: int, end: int) -> str | None:
        """`Account names are unique per user`, with no such key yet: the text implies it."""
        target = self.names.by_key(name)
        if target is None or target not in self.draft.entities or target == entity.key:
            return None
        if target != USER and is_beyond(self.draft, entity, target):
            return target
        self.source.relate(entity, target, start, end, reason="uniqueness is told per " + name)
        return target

    def _path(self, entity: DraftEntity, phrase: Phrase) -> str | None:
        """A field of the entity, or of what one of its keys leads to."""
        owner = self.entity(phrase.of) if phrase.of is not None else None
        if owner is None or owner is entity:
            found = self._moment(entity, phrase.key)
            if found is not None:
                return found
        for relation in entity.relations:
            other = self.draft.entities.get(relation.target)
            if (
                relation.kind == "many_to_many"
                or other is None
                or (owner is not None and other is not owner)
                or phrase.of is None
            ):
                continue
            found = self._moment(other, phrase.key)
            if found is not None:
                return f"{relation.name}.{found}"
        return None

    def _moment(self, entity: DraftEntity, key: str) -> str | None:
        """`check-out` for `check_out_date`, `end` for `ends_at`."""
        found = self.part(entity, key)
        if found is not None and found in entity.fields:
            return found
        stem = key.split("_", maxsplit=1)[0].removesuffix("s")
        return (
            next(
                (
                    name
                    for name in entity.fields
                    if name.startswith(stem) and name.endswith(("_at", "_on", "_date", "_time"))
                ),
                None,
            )
            if len(stem) > 2
            else None
        )

    def _custom(self, entity: DraftEntity, fact: Limit, place: Provenance) -> None:
        self.rules[entity.key].append(
            CustomRule(
                name=f"{fact.kind}_{len(self.rules[entity.key]) + 1}", text=self._sentence(fact), provenance=place
            )
        )

    def _sentence(self, fact: Limit) -> str:
        words = " ".join(self.source.text[fact.start : fact.end].split()).rstrip(",;. ")
        return f"{words[:1].upper()}{words[1:]}."[:300]
