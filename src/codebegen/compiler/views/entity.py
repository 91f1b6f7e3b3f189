"""What the templates know of one entity: names in every spelling, columns, bodies, rights, behaviour."""

from dataclasses import dataclass

from codebegen.compiler.views.access import ConditionView, CreateView, ParentView
from codebegen.compiler.views.behaviour import ToggleView, TransitionView
from codebegen.compiler.views.computed import ComputedView
from codebegen.compiler.views.counters import CounterView
from codebegen.compiler.views.documents import DocumentView
from codebegen.compiler.views.enums import EnumView
from codebegen.compiler.views.gates import GateView
from codebegen.compiler.views.histories import HistoryView
from codebegen.compiler.views.links import LinkTableView
from codebegen.compiler.views.listing import ListingView
from codebegen.compiler.views.names import EntityNames
from codebegen.compiler.views.nested import NestedView
from codebegen.compiler.views.references import ManyView, ReferenceView
from codebegen.compiler.views.rule import RuleView
from codebegen.compiler.views.schemas import MemberView, SchemasView
from codebegen.compiler.views.steps import MoveView, StepsView
from codebegen.compiler.views.tables import TableView
from codebegen.compiler.views.tallies import TallyView


@dataclass(frozen=True, slots=True)
class EntityView:
    """Everything about one entity."""

    names: EntityNames
    kind: str
    doc: str
    table: TableView
    document: DocumentView
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
    history: HistoryView | None
    toggles: tuple[ToggleView, ...]
    computed: tuple[ComputedView, ...]
    tallies: tuple[TallyView, ...]
    soft_delete: bool
    hidden: tuple[str, ...]
    is_watched: bool
    taken_along: str
    shown_in: bool
    is_tenant: bool
    is_membership: bool
    anchor: ReferenceView | None

    @property
    def exports(self) -> tuple[str, ...]:
        """What the models package offers of this entity."""
        roles = ("Role",) if self.kind == "user" else ()
        links = tuple(link.variable for link in self.links)
        history = (self.history.cls,) if self.history else ()
        return (*roles, *(enum.name for enum in self.enums), self.names.cls, *history, *links)

    @property
    def flat_schemas(self) -> SchemasView:
        """The bodies where one module has those of all entities."""
        return self.schemas.in_one_module(self.names.cls)

    @property
    def owner(self) -> ReferenceView | None:
        """The key that is filled from the caller."""
        return next((reference for reference in self.references if reference.role != "plain"), None)

    @property
    def sent_keys(self) -> tuple[ReferenceView, ...]:
        """Keys that come with a new row; first the caller's own, where it says which tenant the others must be of."""
        sent = [reference for reference in self.references if reference.written]
        found = self.anchor if self.anchor is not None and self.anchor.role != "plain" else None
        return tuple(sorted(sent, key=lambda reference: reference is not found))

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
        """Entities whose rows a new or changed row refers to, and whose rows moves read, without itself."""
        keys = [reference.target for reference in self.references if reference.written]
        locks = [rule.lock.target for rule in self.rules if rule.lock is not None]
        read = [name for steps in self.steps for name in steps.repositories]
        found = {target.cls: target for target in [*keys, *(many.target for many in self.many), *locks, *read]}
        return tuple(target for cls, target in found.items() if cls != self.names.cls)

    @property
    def session_targets(self) -> tuple[EntityNames, ...]:
        """Those of the targets whose objects are loaded or locked."""
        used = {many.target.cls for many in self.many} | {rule.lock.target.cls for rule in self.rules if rule.lock}
        used |= {name.cls for steps in self.steps for name in steps.repositories}
        if self.is_membership and self.anchor is not None:
            used.add(self.anchor.target.cls)
        return tuple(target for target in self.targets if target.cls in used)

    @property
    def creates_alone(self) -> bool:
        """Whether a new row is one statement: no rule looks at other rows first, no sets come along, nobody is told."""
        others = self.is_watched or self.many or self.rules_on("create") or self.tallies or self.made_of_itself
        return not (others or self.is_tenant or self.is_membership)

    @property
    def policy_targets(self) -> tuple[EntityNames, ...]:
        """Those of the targets that have a policy; accounts have none."""
        keys = {reference.target.cls for reference in self.references if reference.written}
        keys |= {many.target.cls for many in self.many}
        return tuple(target for target in self.targets if target.cls != "User" and target.cls in keys)

    @property
    def create_refusals(self) -> str:
        """Statuses that refuse a new row, whoever asks for it."""
        slow = any(rule.slows_down for rule in self.rules_on("create"))
        return "409, 413, 422, 429" if slow else "409, 413, 422"

    @property
    def create_needs_actor(self) -> bool:
        """Whether the service asks who creates."""
        asking = any(key.needs_actor or key.role != "plain" for key in self.sent_keys)
        return (
            asking
            or self.is_tenant
            or any(many.needs_actor for many in self.many)
            or (self.owner is not None and self.owner.role == "account")
            or self.rules_ask("create")
        )

    @property
    def made_of_itself(self) -> tuple[str, ...]:
        """Values that are computed from the row itself, and change when it does."""
        return tuple(computed.attribute for computed in self.computed if computed.rows is None)

    @property
    def counters(self) -> tuple[CounterView, ...]:
        """Numbers of other rows that its rows add to, and its moves."""
        moved = (counter for steps in self.steps for counter in steps.counters)
        counters = (*(tally.counter for tally in self.tallies), *moved)
        return tuple({counter.constant: counter for counter in counters}.values())

    @property
    def steps(self) -> tuple[StepsView, ...]:
        """What its moves do to other rows."""
        return tuple(move.steps for move in self.transitions if move.steps is not None)

    @property
    def moved(self) -> tuple[MoveView, ...]:
        """Moves of other rows that its moves make."""
        return tuple({move.constant: move for steps in self.steps for move in steps.moves}.values())

    @property
    def presets(self) -> tuple[tuple[str, str], ...]:
        """Defaults that a rule on a new row would miss: the database sets them only later."""
        sent = {member.attribute for member in self.schemas.fields}
        if not self.rules_on("create") and not self.tallies:
            return ()
        values = ((column.attribute, column.value) for column in self.table.columns if column.attribute not in sent)
        return tuple((attribute, value) for attribute, value in values if value is not None)

    @property
    def create_reads_data(self) -> bool:
        """Whether the service looks into the body of a new row."""
        return bool(self.schemas.fields or self.many or (self.sent_keys and not self.nested))

    @property
    def update_needs_actor(self) -> bool:
        """Whether the service asks who changes."""
        asking = any(key.needs_actor or key.role != "plain" for key in self.changeable_keys) or self.rules_ask("update")
        return asking or self.is_membership or any(many.needs_actor for many in self.many)

    @property
    def own_keys(self) -> tuple[str, ...]:
        """Keys that must point to something of the caller's own."""
        return tuple(parent.relation for parent in self.parents if not parent.in_path)

    @property
    def moves_inside(self) -> bool:
        """Whether a row can be moved to another row of its tenant."""
        return self.anchor is not None and self.anchor.changeable and self.anchor.same_tenant is not None

    @property
    def new_anchor(self) -> str:
        """Where the service has the key that says which tenant a new row belongs to."""
        if self.anchor is None:
            return ""
        known = self.nested or self.anchor.role != "plain"
        return self.anchor.attribute if known else f"data.{self.anchor.attribute}"

    def asks_tenant(self, reference: ReferenceView | ManyView) -> bool:
        """Whether a check of a reference asks which tenant the row belongs to."""
        return self.anchor is not None and reference is not self.anchor and reference.same_tenant is not None

    @property
    def has_own_parents(self) -> bool:
        """Whether adding below some parent asks whose that parent is."""
        return any(nested.own for nested in self.nested)

    @property
    def links_itself(self) -> bool:
        """Whether rows have a set of rows of the same kind."""
        return any(many.target.cls == self.names.cls for many in self.many)

    def rules_on(self, operation: str) -> tuple[RuleView, ...]:
        """Rules that an operation (`create`, `update`, `transition:publish` …) has to keep; a body's mistakes first."""
        kind = operation.partition(":")[0]
        asked = (rule for rule in self.rules if operation in rule.when or kind in rule.when)
        return tuple(sorted(asked, key=lambda rule: not rule.judges_input))

    def locks_on(self, operation: str) -> bool:
        """Whether an operation keeps others from counting rows at the same time."""
        return any(rule.lock for rule in self.rules_on(operation))

    @property
    def update_is_judged(self) -> bool:
        """Whether a changed row is held against rules before its version is looked at."""
        return any(rule.judges_input for rule in self.rules_on("update"))

    def rule_arguments(self, rule: RuleView) -> str:
        """What a check is given."""
        actor = ["actor"] if rule.needs_actor else []
        return ", ".join(actor + ([self.names.var] if rule.needs_row(self.names.var) else []))

    def rules_ask(self, operation: str) -> bool:
        """Whether a rule on an operation asks who is calling."""
        ranked = self.is_membership and operation == "delete"
        return ranked or any(rule.needs_actor for rule in self.rules_on(operation))

    def move_asks(self, move: TransitionView) -> bool:
        """Whether a move asks who is calling."""
        return move.needs_actor or self.rules_ask(f"transition:{move.name}")

    @property
    def has_counts(self) -> bool:
        """Whether rows show values that the database computes from their id."""
        return any(computed.rows for computed in self.computed) or any(toggle.counted for toggle in self.toggles)
