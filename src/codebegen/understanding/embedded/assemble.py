"""Assembly: the draft becomes a frozen blueprint; names that would clash are set apart.

References that lead nowhere dropped.
"""

from typing import TYPE_CHECKING

from codebegen import naming
from codebegen.blueprint import Blueprint, Entity, Field, Relation, UniqueTogether
from codebegen.blueprint.behaviour import ToggleAction
from codebegen.understanding.embedded.asides import without_asides
from codebegen.understanding.embedded.baskets import with_checkout
from codebegen.understanding.embedded.bench import Bench
from codebegen.understanding.embedded.build_fields import build_field, safe_name
from codebegen.understanding.embedded.closed_in_doubt import close_in_doubt
from codebegen.understanding.embedded.compound import keep_acts
from codebegen.understanding.embedded.counts import computed_values
from codebegen.understanding.embedded.cycles import break_cycles
from codebegen.understanding.embedded.discourse import Reading
from codebegen.understanding.embedded.draft import Draft, DraftEntity, DraftRelation
from codebegen.understanding.embedded.features import (
    find_domain,
    find_feature_conflicts,
    find_features,
    find_stack,
    stacks_said,
)
from codebegen.understanding.embedded.ids import told_ids
from codebegen.understanding.embedded.leftover import keep_rules
from codebegen.understanding.embedded.lost_scopes import lost_scopes
from codebegen.understanding.embedded.move_effects import with_effects
from codebegen.understanding.embedded.once_rules import OnceRules
from codebegen.understanding.embedded.outline_parts import Outline
from codebegen.understanding.embedded.own_data import rights_to_own_data
from codebegen.understanding.embedded.permissions import permissions, with_movers
from codebegen.understanding.embedded.report import write_report
from codebegen.understanding.embedded.rights import RightsReader, find_roles
from codebegen.understanding.embedded.rules import RuleReader, where_rows_move
from codebegen.understanding.embedded.span_rules import with_span_rules
from codebegen.understanding.embedded.states import build_machines
from codebegen.understanding.embedded.tenancy import find_tenancy, take_roles, with_tenancy
from codebegen.understanding.embedded.titles import find_title, project_name
from codebegen.understanding.embedded.writers import with_writers

if TYPE_CHECKING:
    from codebegen.understanding import Context


def assemble(text: str, told: Outline, reading: Reading, bench: Bench, context: "Context") -> Blueprint:
    """The blueprint of a draft."""
    names, draft, source = bench
    features = find_features(text, told.ignored, context.asked)
    tenancy = find_tenancy(text, bench, features)
    roles = find_roles(reading.facts, told, names, draft, source)
    take_roles(tenancy, roles)
    rights = RightsReader(names, draft, source, roles, tenancy)
    facts = (*reading.facts, *rights_to_own_data(text, reading.facts, bench))
    rights.owners(facts)
    rule_reader = RuleReader(names, draft, source)
    rules = rule_reader.run(reading.facts, tuple(OnceRules(rule_reader).run(text, told)))
    counted = computed_values(reading.facts, bench)
    machines = build_machines(reading.facts, names, draft, source, rights)
    rules = where_rows_move(rules, machines.machines)
    lost = lost_scopes(draft)
    permitted = with_writers(permissions(facts, rights), facts, rights)
    permitted = with_movers(permitted, machines.permissions)
    entities = tuple(
        build_entity(entity, draft).model_copy(
            update={
                "rules": (*rules.get(key, ()), *lost.get(key, ())),
                "computed": counted.get(key, ()),
                "state_machines": (machines.machines[key],) if key in machines.machines else (),
                "permissions": permitted.get(key, ()),
                "actions": tuple(ToggleAction(name=name, provenance=place) for name, place in entity.toggles.items()),
            }
        )
        for key, entity in draft.entities.items()
    )
    entities = break_cycles(entities)
    stack, conflicts = find_stack(text, context.stack)
    title = find_title(without_asides(text, told.asides).lstrip(), told.title)
    first = entities[0].name if entities else "project"
    blueprint = Blueprint(
        name=project_name(title, naming.snake(first)),
        title=title or naming.title(first),
        prompt=text,
        domain=find_domain(text, told.ignored, context.domain),
        stack=stack or "fastapi_sqlite",
        features=features,
        roles=tuple(roles.values()),
        entities=entities,
    )
    blueprint = with_tenancy(blueprint, tenancy)
    used = [
        *source.used,
        *told_ids(text),
        *((start, end) for _, start, end in stacks_said(text)),
        *([] if not told.title else _title_span(text, told.title)),
    ]
    blueprint, following = with_effects(text, with_checkout(text, keep_acts(text, told, blueprint, names)))
    blueprint, lasting = with_span_rules(text, blueprint)
    used += [*following, *lasting]
    blueprint = close_in_doubt(keep_rules(text, told, blueprint, names, used))
    contradicted = (*conflicts, *find_feature_conflicts(text, context.asked), *source.conflicts)
    report = write_report(text, told, blueprint, used, contradicted, names=names, doubts=source.doubts)
    return blueprint.model_copy(update={"report": report})


def _title_span(text: str, title: str) -> list[tuple[int, int]]:
    at = text.find(title)
    return [(at, at + len(title))] if at >= 0 else []


def entity_name(key: str) -> str:
    """The class-like name of an entity key."""
    name = naming.pascal(key)[:60]
    return name if name[:1].isalpha() else f"N{name}"


def build_entity(entity: DraftEntity, draft: Draft) -> Entity:
    """One entity with its fields and relations."""
    fields: dict[str, Field] = {}
    for drafted in entity.fields.values():
        name = safe_name(drafted.name)
        if name and name not in fields and name not in ("id", "created_at", "updated_at"):
            drafted.name = name
            fields[name] = build_field(drafted, entity)
    relations: dict[str, Relation] = {}
    for drafted_relation in entity.relations:
        relation = build_relation(drafted_relation, draft)
        if relation is not None and entity.kind == "user":
            relation = relation.model_copy(update={"required": False})  # who registers belongs to nothing yet
        if relation is not None and relation.name not in relations:
            relations[relation.name] = relation
    taken = {name for relation in relations.values() for name in (relation.name, relation.key)}
    kept = tuple(f for f in fields.values() if f.name not in taken)
    return Entity(
        name=entity_name(entity.key),
        kind=entity.kind,
        fields=kept,
        relations=tuple(relations.values()),
        provenance=entity.provenance,
        owner=entity.owner,
        soft_delete=entity.soft_delete,
        unique_together=build_unique(entity, kept, tuple(relations.values())),
    )


def build_relation(drafted: DraftRelation, draft: Draft) -> Relation | None:
    """One relation; nothing if its target is not there."""
    if drafted.target not in draft.entities:
        return None
    name = safe_name(drafted.name)
    required = not drafted.optional and drafted.kind != "many_to_many" and drafted.provenance.origin == "stated"
    return Relation(
        name=name,
        kind=drafted.kind,
        target=entity_name(drafted.target),
        required=required,
        provenance=drafted.provenance,
        on_delete="cascade" if drafted.contained and required else None,
    )


def build_unique(
    entity: DraftEntity, fields: tuple[Field, ...], relations: tuple[Relation, ...]
) -> tuple[UniqueTogether, ...]:
    """Combinations whose parts are all there."""
    known = {f.name for f in fields} | {r.name for r in relations if r.kind != "many_to_many"}
    out: dict[tuple[str, ...], UniqueTogether] = {}
    for names, provenance in entity.unique:
        kept = tuple(dict.fromkeys(n for n in names if n in known))
        if len(kept) >= 2 and len(kept) == len(set(names)):
            out.setdefault(tuple(sorted(kept)), UniqueTogether(fields=kept, provenance=provenance))
    return tuple(out.values())
