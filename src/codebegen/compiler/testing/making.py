"""How tests make rows: what a body needs, who sends it, and whose the row is then."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from codebegen import naming
from codebegen.blueprint.expressions import Expression, references
from codebegen.blueprint.model import Blueprint, Entity, Tenancy
from codebegen.blueprint.rules import RequiresRule
from codebegen.blueprint.tenancy import OWNER, is_kept_apart, tenant_of
from codebegen.compiler.testing.conditions import Row
from codebegen.compiler.testing.keys import Key, keys_of
from codebegen.compiler.testing.laws import is_known, laws_of, row_rules
from codebegen.compiler.testing.rations import Ration, ration_of
from codebegen.compiler.testing.rights import (
    ADMIN,
    Person,
    accounts,
    allowed,
    grants,
    may_create,
    owner_paths,
    seats,
    standing,
)
from codebegen.compiler.testing.sampling import asked, sampled
from codebegen.compiler.testing.timing import asked_of, room_of
from codebegen.compiler.testing.variants import Variant, where

ANYONE = Person("anyone", None)


@dataclass(frozen=True, slots=True)
class Reference:
    """A key that every body fills: with a row of the owner's, or with anybody's."""

    key: Key
    plan: "Plan | None"
    for_owner: bool = False
    readable: bool = False
    given: Row = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Requirement:
    """A row that somebody has to have before they make another: `given` are its keys, by those of the new body."""

    rule: str
    plan: "Plan"
    given: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Plan:
    """How rows of one entity are made.

    `maker` has rows made by default, and `other` is somebody else who could; `sender` sends the request: the `owner`
    of the row, or somebody by name. `owned` says whether a test can choose whose a row is.
    """

    entity: Entity
    keys: tuple[Key, ...]
    maker: Person
    other: Person | None
    sender: str
    owned: bool
    references: tuple[Reference, ...]
    body: Row
    facts: Row
    profiles: Mapping[str, "Plan"] = field(default_factory=dict)
    requirements: tuple["Requirement", ...] = ()
    tenancy: Tenancy | None = None

    @property
    def is_tenant(self) -> bool:
        """Whether rows are tenants."""
        return self.tenancy is not None and self.entity.name == self.tenancy.tenant

    @property
    def is_membership(self) -> bool:
        """Whether rows say who belongs to a tenant."""
        return self.tenancy is not None and self.entity.name == self.tenancy.membership

    @property
    def apart(self) -> bool:
        """Whether rows belong to tenants."""
        return self.tenancy is not None and (self.is_tenant or self.entity.tenant is not None)

    @property
    def anchor(self) -> Key | None:
        """The key that says to which tenant a row belongs."""
        first = (self.entity.tenant or "").partition(".")[0]
        return next((key for key in self.keys if self.apart and key.relation.name == first), None)

    @property
    def sender_name(self) -> str:
        """Who sends a body where nobody else is named."""
        return self.maker.attribute if self.sender == "owner" else self.sender

    @cached_property
    def var(self) -> str:
        """The entity in names of functions."""
        return naming.snake(self.entity.name)

    @cached_property
    def module(self) -> str:
        """The module of its factory and tests."""
        return naming.module_name(self.entity.name)

    @cached_property
    def words(self) -> str:
        """The entity in a sentence."""
        return " ".join(naming.words(self.entity.name))

    @property
    def article(self) -> str:
        """The entity in the middle of a sentence."""
        return f"{'an' if self.words[0] in 'aeio' else 'a'} {self.words}"

    @property
    def editor(self) -> str:
        """Who may do everything."""
        return ANYONE.attribute if self.maker is ANYONE else ADMIN.attribute

    @property
    def rules(self) -> tuple[tuple[str, Expression], ...]:
        """The rules over the fields of one row of which enough is known."""
        return tuple((name, law) for name, law in row_rules(self.entity) if is_known(law, self.facts))

    @property
    def ruled(self) -> frozenset[str]:
        """Fields that some law is about."""
        return frozenset(path for law in laws_of(self.entity) for path in references(law))

    @staticmethod
    def paths(condition: Expression) -> tuple[str, ...]:
        """The fields that a rule is about."""
        return references(condition)

    @property
    def single(self) -> bool:
        """Whether an account has only one, because a unique key is filled from it."""
        if not self.owned or self.entity.kind == "profile":
            return False
        from_caller = any(key.relation.unique and key.source in ("token", "person") for key in self.keys)
        # Keys to other accounts lead to the administrator unless a test says otherwise.
        people = {k.relation.name for k in self.keys if k.source in ("token", "person") or k.target.kind == "user"}
        own = [r for r in self.references if r.for_owner and r.plan is not None and r.plan.is_one_for_owner]
        people |= {r.key.relation.name for r in own}
        together = any(people.issuperset(group.fields) for group in self.entity.unique_together)
        return from_caller or together or any(r.key.relation.unique for r in own)

    @property
    def is_one_for_owner(self) -> bool:
        """Whether rows that need one of the owner's all get the same."""
        return self.single or self.is_tenant or self.entity.kind == "profile"

    def has_one_for(self, relation: str) -> bool:
        """Whether an owner has at most one row for a target of a relation."""
        keys = {key.relation.name for key in self.keys if key.source in ("token", "person")}
        fields = [set(unique.fields) for unique in self.entity.unique_together]
        return any(relation in names and names <= keys | {relation} for names in fields)

    @property
    def needs_people(self) -> bool:
        """Whether making a body asks anything of the application."""
        asked = bool(self.references) or self.person is not None or bool(self.requirements)
        return asked or self.ration is not None

    @cached_property
    def ration(self) -> Ration | None:
        """After how many rows tests let time pass before they make another body."""
        return ration_of(self.entity)

    @property
    def met(self) -> frozenset[str]:
        """The rules that bodies meet by making what they require."""
        return frozenset(requirement.rule for requirement in self.requirements)

    @property
    def body_needs_owner(self) -> bool:
        """Whether a body depends on whose the row will be."""
        needed = self.person is not None or any(r.for_owner for r in self.references) or bool(self.requirements)
        return self.owned and needed

    @cached_property
    def readable(self) -> Variant | None:
        """How a row becomes readable for more people than it is when it is made, if it can."""
        for grant in grants(self.entity, "read"):
            if grant.when is not None and (found := where(self.entity, self.facts, grant.when, truth=True)):
                return found if found.given or found.moves else None
        return None

    @property
    def person(self) -> Key | None:
        """The key to the profile of the caller."""
        return next((key for key in self.keys if key.source == "person"), None)

    def body_call(self, owner: str) -> str:
        """The expression that makes a body."""
        if not self.needs_people:
            return f"{self.var}_body()"
        return f"await {self.var}_body({', '.join(['people', *([owner] if self.body_needs_owner else [])])})"

    def make_call(self, owner: str | None = None, given: str = "") -> str:
        """The expression that makes a row; `given` are further arguments as Python."""
        arguments = ["people", *([owner] if self.owned and owner else []), *([given] if given else [])]
        return f"await make_{self.var}({', '.join(arguments)})"

    @property
    def functions(self) -> set[tuple[str, str]]:
        """Functions of its factory that make rows, with their module."""
        kinds = ("make", "home") if self.is_tenant else ("make",)
        return {(self.module, f"{kind}_{self.var}") for kind in kinds}

    def place_call(self, owner: str | None = None, given: str = "") -> str:
        """The expression of a row that others point to; there is one tenant in which all that is somebody's lies."""
        call = self.make_call(owner, given)
        return call.replace(f"make_{self.var}(", f"home_{self.var}(", 1) if self.is_tenant else call

    def account_at(self, path: str | None, owner: str) -> str | None:
        """Who is at the end of a path from a row of `owner`, if the tests know."""
        if path is None:
            return owner if self.entity.kind == "user" else None
        first, _, rest = path.partition(".")
        key = next((k for k in self.keys if k.relation.name == first), None)
        if key is None:
            return None
        if key.source in ("token", "account"):
            return owner
        if key.source == "person":
            return owner if rest == "user" else None
        reference = next((r for r in self.references if r.key is key), None)
        if reference is None:
            return None
        if reference.plan is None:
            return owner if reference.for_owner else ADMIN.attribute
        return reference.plan.account_at(rest, owner if reference.for_owner else reference.plan.maker.attribute)

    def owns(self, paths: tuple[str, ...], person: Person, owner: str) -> frozenset[str]:
        """The paths at whose end a person is, for a row of `owner`, and what they are in its tenant."""
        held = frozenset(path for path in paths if self.account_at(path, owner) == person.attribute)
        if not self.apart or not self.owned:
            return held
        if person.attribute == owner:
            return held | {standing(OWNER)}
        return held | {standing(person.seat)} if person.seat and owner == self.maker.attribute else held


class Planner:
    """Plans for every entity of a blueprint; parents before the parts that need them."""

    def __init__(self, blueprint: Blueprint) -> None:
        self.blueprint = blueprint
        self.accounts = accounts(blueprint) if blueprint.has_accounts else ()
        self.seats = seats(blueprint)
        self._plans: dict[str, Plan] = {}
        self._planned: set[str] = set()

    def plan(self, name: str) -> Plan:
        """The plan of an entity."""
        if name not in self._plans:
            self._planned.add(name)
            self._plans[name] = self._plan(self.blueprint.entities_by_name[name])
            self._planned.discard(name)
        return self._plans[name]

    def ownable(self, entity: Entity, role: str | None) -> bool:
        """Whether accounts of a role can have rows of their own, or of a tenant of their own."""
        if role is not None and is_kept_apart(self.blueprint, entity):
            return self._has_tenant(entity, role)
        first, _, rest = (entity.owner or "").partition(".")
        key = next((k for k in keys_of(self.blueprint, entity) if k.relation.name == first), None)
        if key is None or role is None:
            return False
        if key.source == "token":
            return role == "admin" or may_create(entity, Person("", role)) is True
        if key.source == "person":
            by_role = any(grant.role == naming.snake(key.target.name) for grant in grants(entity, "create"))
            return not by_role or may_create(entity, Person("", role)) is True
        if key.source == "account":
            return True
        return rest == key.target.owner and self.ownable(key.target, role)

    def _has_tenant(self, entity: Entity, role: str) -> bool:
        """Whether accounts of a role can make tenants, and rows in them."""
        tenant = tenant_of(self.blueprint)
        makes = [tenant] if tenant is not None else []
        token = any(key.source == "token" for key in keys_of(self.blueprint, entity))
        makes += [entity] if token else []
        return role == "admin" or all(may_create(one, Person("", role)) is True for one in makes)

    def _plan(self, entity: Entity) -> Plan:
        return replace(self._planned_for(entity), tenancy=self.blueprint.tenancy)

    def _planned_for(self, entity: Entity) -> Plan:
        keys = keys_of(self.blueprint, entity)
        if not self.blueprint.has_accounts:
            made = self._references(entity, keys, ADMIN, None)
            return Plan(entity, keys, ANYONE, None, ANYONE.attribute, False, made, *sampled(entity, keys, made))
        named = {grant.role for grant in grants(entity, "create")}
        people = {naming.snake(key.target.name) for key in keys if key.source == "person"} & named
        makers = [a for a in self.accounts if self.ownable(entity, a.role)]
        for maker in sorted(makers, key=lambda account: account.role not in people):
            plan = self._made_by(entity, keys, maker)
            if plan is not None:
                return plan
        by_owner = any(key.source == "token" for key in keys)
        sender = "owner" if by_owner else ADMIN.attribute
        made = self._references(entity, keys, ADMIN, None)
        return Plan(entity, keys, ADMIN, None, sender, False, made, *sampled(entity, keys, made))

    def _made_by(self, entity: Entity, keys: tuple[Key, ...], maker: Person) -> Plan | None:
        """The plan in which `maker` owns rows; None where what a row needs is out of their reach."""
        other = next(a for a in self.accounts if a.role == maker.role and a.attribute != maker.attribute)
        token = any(key.source == "token" for key in keys)
        alone = may_create(entity, maker) is True and entity.kind != "profile" and self.reaches(entity, maker)
        circular = any(key.source == "person" and entity.name in self._needed_for(key.target) for key in keys)
        if circular or (token and not alone):
            return None
        sender = "owner" if alone else ADMIN.attribute
        made = self._references(entity, keys, maker if alone else ADMIN, maker)
        profiles = {k.target.name: self.plan(k.target.name) for k in keys if k.source == "person"}
        needs = self._requirements(entity, keys, maker)
        return Plan(entity, keys, maker, other, sender, True, made, *sampled(entity, keys, made), profiles, needs)

    def _needed_for(self, entity: Entity) -> frozenset[str]:
        """The entities without a row of which there can be none of an entity."""
        found: set[str] = set()
        waiting = [entity]
        while waiting:
            keys = [r for r in waiting.pop().relations if r.required and r.kind != "many_to_many"]
            fresh = {key.target for key in keys} - found
            found |= fresh
            waiting.extend(self.blueprint.entities_by_name[name] for name in fresh)
        return frozenset(found)

    def _requirements(self, entity: Entity, keys: tuple[Key, ...], maker: Person) -> tuple[Requirement, ...]:
        """What the maker makes first, where the rule is about rows of their own that point where the new row points."""
        found = []
        names = {key.relation.name: key.name for key in keys if key.source == "plain"}
        for rule in entity.rules:
            if not isinstance(rule, RequiresRule) or rule.entity in self._planned:
                continue
            other = self.plan(rule.entity)
            own = [left for left, right in rule.match if right == "caller"]
            rest = [(left, right.removeprefix("this.")) for left, right in rule.match if right != "caller"]
            theirs = {key.relation.name: key.name for key in other.keys if key.source == "plain"}
            mine = all(other.account_at(path, maker.attribute) == maker.attribute for path in own)
            known = all(left in theirs and right in names for left, right in rest)
            if known and mine and other.owned and self.ownable(other.entity, maker.role):
                given = tuple((theirs[left], names[right]) for left, right in rest)
                found.append(Requirement(rule.name, other, given))
        return tuple(found)

    def reaches(self, entity: Entity, person: Person) -> bool:
        """Whether a person can refer to all that a row needs, having made what they can make themselves."""
        made = self._references(entity, keys_of(self.blueprint, entity), person, person)
        return all(self._sees(reference, person) for reference in made)

    def _references(
        self, entity: Entity, keys: tuple[Key, ...], sender: Person, owner: Person | None
    ) -> tuple[Reference, ...]:
        made = []
        for key in keys:
            # An optional key that leads back to what is being planned is left empty.
            needed = key.relation.required or (key.leads_to_owner and key.target.name not in self._planned)
            mine = owner is not None and is_kept_apart(self.blueprint, entity)
            if not needed or key.source in ("token", "person", "account"):
                continue
            if key.target.kind == "user":
                made.append(Reference(key, None, for_owner=mine))
                continue
            plan = self.plan(key.target.name)
            for_owner = owner is not None and plan.owned and self.ownable(key.target, owner.role)
            reference = Reference(key, plan, for_owner)
            wanted = [*asked_of(entity, key.relation.name), *room_of(entity, key.relation, key.target)]
            hidden = plan.readable is not None and not self._sees(reference, sender)
            made.append(Reference(key, plan, for_owner, hidden, asked(plan, wanted)))
        return tuple(made)

    def _sees(self, reference: Reference, person: Person) -> bool:
        """Whether a person may refer to what a reference makes."""
        plan = reference.plan
        if plan is None or person.is_admin:
            return True
        nobody = "" if plan.entity.kind == "profile" else plan.maker.attribute
        whose = plan.maker.attribute if person.seat else person.attribute
        owner = whose if reference.for_owner else nobody
        owns = plan.owns(owner_paths(plan.entity), person, owner)
        facts = plan.readable.facts if reference.readable and plan.readable else plan.facts
        return allowed(plan.entity, "read", person, owns, facts) is True
