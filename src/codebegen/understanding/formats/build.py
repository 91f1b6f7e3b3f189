"""Builder: schemas enter, entities leave, with what was assumed and what is left over."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, TypeVar

from codebegen import naming
from codebegen.blueprint import (
    Assumption,
    Blueprint,
    Conflict,
    Entity,
    Field,
    Provenance,
    Relation,
    Residue,
    UniqueTogether,
    stated,
)
from codebegen.blueprint.expressions import references
from codebegen.blueprint.model import Stack
from codebegen.blueprint.rules import CheckRule
from codebegen.understanding.embedded.cycles import break_cycles
from codebegen.understanding.formats import build_fields
from codebegen.understanding.formats.joins import Join, split_joins
from codebegen.understanding.formats.naming_rules import USER, entity_names, is_password, relation_name, safe
from codebegen.understanding.formats.repair import repair
from codebegen.understanding.formats.schema import Key, Leftover, Note, Schema, Span, Table

T = TypeVar("T")
_SHOWN = 200


@dataclass(frozen=True)
class Part:
    """A schema, and where the text that it was read from begins in the description."""

    schema: Schema
    offset: int = 0


@dataclass(frozen=True)
class Built:
    """What exact formats say; the places are places of the description."""

    entities: tuple[Entity, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    residue: tuple[Residue, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    title: str = ""
    accounts: bool = False
    stack: Stack | None = None


def build(text: str, parts: Sequence[Part]) -> Built:
    """Entities of everything that is written in exact formats in a description."""
    moved = [_shifted(part.schema, part.offset) for part in parts]
    builder = _Builder(text)
    tables = builder.distinct([table for schema in moved for table in schema.tables])
    for schema in moved:
        for note in schema.notes:
            builder.note(note)
        for leftover in schema.leftovers:
            builder.leave(leftover)
    names = entity_names(tables)
    things, joins = split_joins(tables, names)
    entities = tuple(builder.entity(table, names, joins) for table in things)
    mended, notes = repair(Blueprint(name="schema", entities=break_cycles(entities)))
    for element, message in notes:
        builder.assumptions.append(Assumption(element=element, message=message))
    title = next((schema.title for schema in moved if schema.title), "")
    return Built(
        mended.entities,
        tuple(builder.assumptions),
        tuple(builder.residue),
        tuple(builder.conflicts),
        title,
        accounts=any(schema.accounts for schema in moved) or any(e.kind == "profile" for e in mended.entities),
        stack=next((schema.stack for schema in moved if schema.stack), None),
    )


def _shifted(node: T, by: int) -> T:
    """The same value with every place moved."""
    if isinstance(node, tuple):
        return tuple(_shifted(item, by) for item in node)  # type: ignore[return-value]
    if not by or not is_dataclass(node) or isinstance(node, type):
        return node
    changes: dict[str, Any] = {}
    for member in fields(node):
        value = getattr(node, member.name)
        if member.name == "span":
            changes["span"] = (value[0] + by, value[1] + by)
        elif isinstance(value, tuple) and value and is_dataclass(value[0]):
            changes[member.name] = tuple(_shifted(item, by) for item in value)
    return replace(node, **changes)


@dataclass
class _Builder:
    text: str
    assumptions: list[Assumption] = field(default_factory=list)
    residue: list[Residue] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)

    def place(self, span: Span) -> Provenance:
        """Provenance of what the text says at a place."""
        start, end = span
        return stated(" ".join(self.text[start:end].split())[:_SHOWN], start, end)

    def assume(self, element: str, message: str) -> None:
        """A choice, once."""
        made = Assumption(element=element, message=message)
        if made not in self.assumptions:
            self.assumptions.append(made)

    def note(self, note: Note) -> None:
        """A choice that a parser made."""
        self.assume(f"entities.{note.element}" if note.element else "entities", note.message)

    def leave(self, one: Leftover) -> None:
        """What has no counterpart: residue if something is lost, an assumption if it is decided elsewhere."""
        start, end = one.span
        words = " ".join(self.text[start:end].split())
        if one.loss:
            self.residue.append(
                Residue(text=words[:300], start=start, end=end, reason=one.reason, suggestion=one.suggestion, asks=True)
            )
        else:
            self.assume("entities", f"`{words[:80]}{'…' if len(words) > 80 else ''}` is left out: {one.reason}")

    def distinct(self, tables: list[Table]) -> tuple[Table, ...]:
        """Each name once; of two blocks that tell one table, the one with more to say."""
        found: dict[str, Table] = {}
        for table in tables:
            key = naming.snake(table.name)
            known = found.get(key)
            if known is not None and known != table:
                chosen = max((known, table), key=lambda t: len(t.columns) + len(t.keys))
                message = f"{table.name} is told twice, with {len(known.columns)} and {len(table.columns)} columns"
                self.conflicts.append(Conflict(message=message, chosen=f"the one with {len(chosen.columns)}"))
                found[key] = chosen
            else:
                found[key] = table
        return tuple(found.values())

    def entity(self, table: Table, names: dict[str, str], joins: tuple[Join, ...]) -> Entity:
        """One table with its keys, and the pairs that it holds."""
        name = names[table.name.lower()]
        account = name == USER
        keys = (*table.keys, *(join.key for join in joins if join.holder.lower() == table.name.lower()))
        relations, consumed = self._relations(table, name, keys, names)
        made = build_fields.build(table, name, consumed, self.place, self.assume)
        taken = {part for relation in relations for part in (relation.name, relation.key)}
        kept = tuple(self._free(one, taken, name) for one in made.fields)
        profile = not account and any(is_password(c.name) for c in table.columns)
        return Entity(
            name=name,
            kind="user" if account else ("profile" if profile else ("association" if _associates(table) else "normal")),
            description=table.description[:500],
            id_type=made.id_type,
            fields=kept,
            relations=relations,
            soft_delete=made.soft_delete,
            unique_together=self._unique(table, kept, relations, consumed),
            rules=self._rules(table),
            provenance=self.place(table.span),
        )

    def _free(self, one: Field, taken: set[str], entity: str) -> Field:
        """A field that is not called like a key."""
        if one.name not in taken:
            return one
        name = f"{one.name}_value"
        self.assume(f"entities.{entity}.fields.{name}", f"{one.name} is a relation too: the field is called {name}")
        return one.model_copy(update={"name": name})

    def _relations(
        self, table: Table, name: str, keys: tuple[Key, ...], names: dict[str, str]
    ) -> tuple[tuple[Relation, ...], dict[str, str]]:
        """Relations, and which columns (small letters) hold which of them."""
        found: dict[str, Relation] = {}
        consumed: dict[str, str] = {}
        for key in keys:
            target = names.get(key.target.lower()) or self._outside(key)
            if target is None:
                continue
            wish = relation_name(key, target)
            wish = naming.plural(naming.singular(wish))[:60] if key.kind == "many_to_many" else wish
            called = next(n for n in (wish, f"{wish}_{naming.snake(target)}"[:60], *_numbered(wish)) if n not in found)
            found[called] = self._relation(table, key, called, target, name)
            for column in key.columns:
                if len(key.columns) == 1 or not any(k.columns == (column,) for k in keys):
                    consumed[column.lower()] = called
            if len(key.columns) > 1:
                columns = ", ".join(key.columns)
                self.assume(f"entities.{name}.relations.{called}", f"the key of {columns} is one `{called}_id` here")
        return tuple(found.values()), consumed

    def _outside(self, key: Key) -> str | None:
        """The entity behind a key that leads out of the schema: the account, or nothing."""
        if naming.singular(naming.snake(key.target)) in ("user", "jhi_user"):
            return USER
        reason = f"there is no table {key.target}: the key is kept as a value"
        self.leave(Leftover(key.span, reason, f"add {key.target}"))
        return None

    def _relation(self, table: Table, key: Key, called: str, target: str, owner: str) -> Relation:
        many = key.kind == "many_to_many"
        columns = [c for name in key.columns if (c := table.column(name)) is not None]
        whole = {c.lower() for c in key.columns} == {c.lower() for c in table.primary} and bool(key.columns)
        alone = len(columns) == 1 and columns[0].unique
        single = not many and (key.kind == "one_to_one" or whole or alone or _together(table, key))
        primary = {c.lower() for c in table.primary}
        told = all(c.required or c.name.lower() in primary for c in columns) and bool(columns)
        required = not many and (told if key.required is None else key.required)
        if required and target == owner:
            required = False
            self.assume(
                f"entities.{owner}.relations.{called}", "the first row has no other to point to: it is optional"
            )
        on_delete = None if many else key.on_delete
        if required and on_delete == "set_null":
            on_delete = "restrict"
            self.assume(f"entities.{owner}.relations.{called}", "a required key can't become null: deleting is refused")
        return Relation(
            name=called,
            kind="many_to_many" if many else ("one_to_one" if single else "many_to_one"),
            target=target,
            required=required,
            on_delete=on_delete,
            description=key.description[:500] or next((c.description for c in columns if c.description), "")[:500],
            provenance=self.place(key.span),
        )

    def _unique(
        self, table: Table, kept: tuple[Field, ...], relations: tuple[Relation, ...], consumed: dict[str, str]
    ) -> tuple[UniqueTogether, ...]:
        known = {f.name for f in kept} | {r.name for r in relations if r.kind != "many_to_many"}
        groups = [(unique.columns, unique.span) for unique in table.unique]
        if len(table.primary) > 1:
            groups.insert(0, (table.primary, table.span))
        found: dict[frozenset[str], UniqueTogether] = {}
        for columns, span in groups:
            names = tuple(dict.fromkeys(consumed.get(c.lower(), safe(c)) for c in columns))
            if len(names) >= 2 and set(names) <= known:
                found.setdefault(frozenset(names), UniqueTogether(fields=names, provenance=self.place(span)))
        return tuple(found.values())

    def _rules(self, table: Table) -> tuple[CheckRule, ...]:
        rules: dict[str, CheckRule] = {}
        for check in table.checks:
            stem = "_and_".join(dict.fromkeys(references(check.condition)))[:50].strip("_") or "check"
            name = next(n for n in (stem, *_numbered(stem)) if n not in rules)
            message = f"This must hold: {check.text}" if check.text else ""
            place = self.place(check.span)
            rules[name] = CheckRule(name=name, condition=check.condition, message=message[:200], provenance=place)
        return tuple(rules.values())


def _numbered(wish: str) -> list[str]:
    return [f"{wish[:56]}_{number}" for number in range(2, 50)]


def _together(table: Table, key: Key) -> bool:
    """Whether the columns of a composite key are unique as a whole."""
    held = {c.lower() for c in key.columns}
    return len(held) > 1 and any({c.lower() for c in unique.columns} == held for unique in table.unique)


def _associates(table: Table) -> bool:
    """A key of two keys, with data of its own."""
    held = {c.lower() for key in table.keys for c in key.columns}
    return len(table.primary) > 1 and {c.lower() for c in table.primary} <= held
