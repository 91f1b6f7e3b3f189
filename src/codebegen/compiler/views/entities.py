"""One entity as the templates need it: names in every spelling, columns, bodies, rights, behaviour."""

from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.compiler.literals import prose
from codebegen.compiler.views.access import (
    ConditionView,
    CreateView,
    ParentView,
    condition_of,
    create_of,
    describe,
    parents_of,
)
from codebegen.compiler.views.behaviour import (
    ComputedView,
    ToggleView,
    TransitionView,
    computed_of,
    toggles_of,
    transitions_of,
)
from codebegen.compiler.views.constraints import constraints_of
from codebegen.compiler.views.enums import EnumView, enums_of
from codebegen.compiler.views.listing import ListingView, listing_of
from codebegen.compiler.views.names import EntityNames, names_of
from codebegen.compiler.views.references import ManyView, ReferenceView, many_of, references_of
from codebegen.compiler.views.rules import RuleView, rules_of
from codebegen.compiler.views.schemas import MemberView, SchemasView, schemas_of
from codebegen.compiler.views.tables import LinkTableView, TableView, table_of


@dataclass(frozen=True, slots=True)
class NestedView:
    """A collection below a parent: `/posts/{post_id}/comments`; `own` where the parent must be the caller's."""

    reference: ReferenceView
    parent: EntityNames
    parent_is_public: bool
    segment: str
    suffix: str
    pascal: str
    own: bool


@dataclass(frozen=True, slots=True)
class GateView:
    """A dependency that lets a caller through to a row for one operation: `PostToUpdate`, decided by `policy`."""

    name: str
    suffix: str
    says: str
    policy: str
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class EntityView:
    """Everything about one entity."""

    names: EntityNames
    kind: str
    doc: str
    table: TableView
    enums: tuple[EnumView, ...]
    constraints: tuple[str, ...]
    links: tuple[LinkTableView, ...]
    many: tuple[ManyView, ...]
    references: tuple[ReferenceView, ...]
    schemas: SchemasView
    display: MemberView | None
    listing: ListingView
    present: tuple[str, ...]
    rights: tuple[str, ...]
    visible: ConditionView
    listed: ConditionView | None
    policies: tuple[ConditionView, ...]
    gates: tuple[GateView, ...]
    create: CreateView
    parents: tuple[ParentView, ...]
    nested: tuple[NestedView, ...]
    rules: tuple[RuleView, ...]
    transitions: tuple[TransitionView, ...]
    toggles: tuple[ToggleView, ...]
    computed: tuple[ComputedView, ...]
    soft_delete: bool
    taken_along: str
    shown_in: bool

    @property
    def exports(self) -> tuple[str, ...]:
        """What the models package offers of this entity."""
        roles = ("Role",) if self.kind == "user" else ()
        links = tuple(link.variable for link in self.links)
        return (*roles, *(enum.name for enum in self.enums), self.names.cls, *links)

    @property
    def owner(self) -> ReferenceView | None:
        """The key that is filled from the caller."""
        return next((reference for reference in self.references if reference.role != "plain"), None)

    @property
    def sent_keys(self) -> tuple[ReferenceView, ...]:
        """Keys that come with a new row."""
        return tuple(reference for reference in self.references if reference.written)

    @property
    def changeable_keys(self) -> tuple[ReferenceView, ...]:
        """Keys that can be changed later."""
        return tuple(reference for reference in self.references if reference.changeable)

    @property
    def chooses_owner(self) -> bool:
        """Whether some callers say whose a new row is."""
        return self.owner is not None and self.owner.role in ("person", "profile")

    @property
    def pager(self) -> ConditionView:
        """Who may list: the stricter of reading and listing."""
        return self.listed if self.listed is not None and self.listed.needs_account else self.visible

    @property
    def list_by_role(self) -> bool:
        """Whether listing is refused to whole roles, not only rows to callers."""
        wanted = self.listed or self.visible
        return not wanted.everybody and not wanted.conditions

    @property
    def targets(self) -> tuple[EntityNames, ...]:
        """Entities whose rows a new or changed row refers to, without itself."""
        keys = [reference.target for reference in self.references if reference.written or self._locks(reference)]
        found = {target.cls: target for target in [*keys, *(many.target for many in self.many)]}
        return tuple(target for cls, target in found.items() if cls != self.names.cls)

    def _locks(self, reference: ReferenceView) -> bool:
        """Whether a rule keeps others from the row behind a key."""
        return any(rule.lock is not None and rule.lock.repository == reference.target.many for rule in self.rules)

    @property
    def policy_targets(self) -> tuple[EntityNames, ...]:
        """Those of the targets that have a policy; accounts have none."""
        return tuple(target for target in self.targets if target.cls != "User")

    @property
    def create_needs_actor(self) -> bool:
        """Whether the service asks who creates."""
        asking = any(key.needs_actor or key.role != "plain" for key in self.sent_keys)
        return (
            asking
            or any(many.needs_actor for many in self.many)
            or (self.owner is not None and self.owner.role == "account")
        )

    @property
    def create_reads_data(self) -> bool:
        """Whether the service looks into the body of a new row."""
        return bool(self.schemas.fields or self.many or (self.sent_keys and not self.nested))

    @property
    def update_needs_actor(self) -> bool:
        """Whether the service asks who changes."""
        asking = any(key.needs_actor or key.role != "plain" for key in self.changeable_keys) or self.rules_ask("update")
        return asking or any(many.needs_actor for many in self.many)

    @property
    def own_keys(self) -> tuple[str, ...]:
        """Keys that must point to something of the caller's own."""
        return tuple(parent.relation for parent in self.parents)

    @property
    def has_own_parents(self) -> bool:
        """Whether adding below some parent asks whose that parent is."""
        return any(nested.own for nested in self.nested)

    @property
    def links_itself(self) -> bool:
        """Whether rows have a set of rows of the same kind."""
        return any(many.target.cls == self.names.cls for many in self.many)

    def rules_on(self, operation: str) -> tuple[RuleView, ...]:
        """Rules that an operation (`create`, `update`, `transition:publish` …) has to keep."""
        kind = operation.partition(":")[0]
        return tuple(rule for rule in self.rules if operation in rule.when or kind in rule.when)

    def rule_arguments(self, rule: RuleView) -> str:
        """What a check is given."""
        actor = ["actor"] if rule.needs_actor else []
        return ", ".join(actor + ([self.names.var] if rule.needs_row(self.names.var) else []))

    def rules_ask(self, operation: str) -> bool:
        """Whether a rule on an operation asks who is calling."""
        return any(rule.needs_actor for rule in self.rules_on(operation))

    @property
    def lists_columns(self) -> bool:
        """Whether lists need no whole objects: no sets come along, and no name hides behind a method of a tuple."""
        return not self.many and not {column.attribute for column in self.table.columns} & {"count", "index"}

    @property
    def has_counts(self) -> bool:
        """Whether rows show values that the database computes from their id."""
        return bool(self.computed) or any(toggle.counted for toggle in self.toggles)


def entity_view(blueprint: Blueprint, entity: Entity, waiting: frozenset[str]) -> EntityView:
    """The view of one entity of a complete blueprint; keys in `waiting` point to tables that are made later."""
    enums = enums_of(blueprint, entity)
    names = names_of(entity)
    table = table_of(blueprint, entity, enums, waiting)
    schemas = schemas_of(blueprint, entity, enums)
    visible = condition_of(blueprint, entity, "read", "visible", "see")
    listed = _listed(blueprint, entity, visible)
    parents = parents_of(blueprint, entity)
    references = references_of(blueprint, entity)
    many = many_of(blueprint, entity)
    toggles = toggles_of(blueprint, entity)
    gates = _gates(entity)
    return EntityView(
        names=names,
        kind=entity.kind,
        doc=_doc(entity, names),
        table=table,
        enums=tuple(enums.values()),
        constraints=constraints_of(entity, table),
        links=(*(m.link for m in many), *(t.link for t in toggles)),
        many=many,
        references=references,
        schemas=schemas,
        display=next((m for m in schemas.read if entity.display_field in (m.attribute, m.alias)), None),
        listing=listing_of(entity, schemas),
        present=_present(blueprint, entity),
        rights=_rights(entity),
        visible=visible,
        listed=listed,
        policies=(visible, *([listed] if listed else []), *_policies(blueprint, entity, gates)),
        gates=gates,
        create=create_of(entity),
        parents=parents,
        nested=_nested(blueprint, entity, references, parents),
        rules=rules_of(blueprint, entity),
        transitions=transitions_of(blueprint, entity, enums),
        toggles=toggles,
        computed=computed_of(blueprint, entity),
        soft_delete=entity.soft_delete,
        taken_along=_taken_along(blueprint, entity),
        shown_in=any(
            r.kind == "many_to_many" and r.target == entity.name
            for other in blueprint.entities
            for r in other.relations
        ),
    )


def _doc(entity: Entity, names: EntityNames) -> str:
    if entity.kind == "user":
        return "An account."
    said = prose(entity.description).rstrip(".")
    return f"{said}." if said else f"{names.article.capitalize()}."


def _gates(entity: Entity) -> tuple[GateView, ...]:
    """One dependency for each operation on a row."""
    gates = [GateView("update", "Update", "change", "updatable"), GateView("delete", "Delete", "delete", "deletable")]
    if entity.soft_delete:
        gates.append(GateView("restore", "Restore", "restore", "deletable", deleted=True))
    moves = [move.name for machine in entity.state_machines for move in machine.transitions]
    names = [*moves, *(action.name for action in entity.actions if action.kind == "toggle")]
    gates += [GateView(name, naming.pascal(name), naming.title(name).lower(), f"can_{name}") for name in names]
    return tuple(gates)


def _policies(blueprint: Blueprint, entity: Entity, gates: tuple[GateView, ...]) -> list[ConditionView]:
    """What each gate asks; restoring is decided as deleting is."""
    moves = {move.name for machine in entity.state_machines for move in machine.transitions}
    views = []
    for gate in gates:
        if gate.deleted:
            continue
        kind = "transition:" if gate.name in moves else "action:"
        operation = gate.name if gate.name in ("update", "delete") else kind + gate.name
        views.append(condition_of(blueprint, entity, operation, gate.policy, gate.says))
    return views


def _listed(blueprint: Blueprint, entity: Entity, visible: ConditionView) -> ConditionView | None:
    """Rows that lists show, where that differs from what may be read."""
    listed = condition_of(blueprint, entity, "list", "listed", "list")
    same = (listed.public, listed.authenticated, listed.roles, listed.conditions)
    return None if same == (visible.public, visible.authenticated, visible.roles, visible.conditions) else listed


def _rights(entity: Entity) -> tuple[str, ...]:
    """One line per operation, in words, for the head of the policy."""
    return tuple(f"- {p.operation.replace(':', ' ')}: {describe(p)}" for p in entity.permissions)


def _present(blueprint: Blueprint, entity: Entity) -> tuple[str, ...]:
    """Conditions under which a row is there at all: it is not deleted, nor is what it is a part of."""
    conditions = [f"models.{naming.class_name(entity.name)}.deleted_at.is_(None)"] if entity.soft_delete else []
    for relation in entity.relations:
        target = blueprint.entities_by_name[relation.target]
        if relation.on_delete == "cascade" and relation.kind != "many_to_many" and target.soft_delete:
            other = f"models.{naming.class_name(target.name)}"
            key = f"models.{naming.class_name(entity.name)}.{naming.attribute(relation.key)}"
            conditions.append(f"{key}.in_(sa.select({other}.id).where({other}.deleted_at.is_(None)))")
    return tuple(conditions)


def _taken_along(blueprint: Blueprint, entity: Entity) -> str:
    parts = [
        " ".join(naming.words(other.plural))
        for other in blueprint.entities
        for relation in other.relations
        if relation.target == entity.name and relation.kind != "many_to_many" and relation.on_delete == "cascade"
    ]
    return f", and its {' and '.join(dict.fromkeys(parts))} with it" if parts else ""


def _nested(
    blueprint: Blueprint,
    entity: Entity,
    references: tuple[ReferenceView, ...],
    parents: tuple[ParentView, ...],
) -> tuple[NestedView, ...]:
    own = {parent.relation for parent in parents}
    views = []
    for reference in references:
        relation = entity.relations_by_name[reference.relation]
        target = blueprint.entities_by_name[relation.target]
        if relation.kind != "many_to_one" or target.kind == "user" or not reference.written:
            continue
        twins = [r for r in entity.relations if r.target == target.name and r.kind == "many_to_one"]
        suffix = f"In{naming.pascal(target.name)}" if len(twins) == 1 else f"As{naming.pascal(relation.name)}"
        seen = condition_of(blueprint, target, "read", "visible", "")
        views.append(
            NestedView(
                reference=reference,
                parent=names_of(target),
                parent_is_public=not seen.needs_account,
                segment=naming.kebab(relation.inverse or entity.plural),
                suffix=suffix,
                pascal=naming.pascal(relation.name),
                own=relation.name in own,
            )
        )
    return tuple(views)
