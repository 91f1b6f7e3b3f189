"""The blueprint itself: entities, roles, features."""

from functools import cached_property
from typing import Literal, get_args

from pydantic import Field as PydanticField

from codebegen.blueprint.behaviour import Action, CompoundAction, Computed, History, StateMachine, Tally, ToggleAction
from codebegen.blueprint.fields import Field
from codebegen.blueprint.node import Element, EntityName, Name, Path
from codebegen.blueprint.notices import Notice
from codebegen.blueprint.permissions import Permission
from codebegen.blueprint.relations import Relation
from codebegen.blueprint.report import Report
from codebegen.blueprint.rules import Rule

VERSION: Literal[1] = 1

Domain = Literal[
    "ecommerce", "social_media", "content_management", "task_management", "fintech", "healthcare", "general"
]
DOMAINS: tuple[Domain, ...] = get_args(Domain)
IdType = Literal["integer", "uuid", "object"]
Stack = Literal["fastapi_sqlite", "fastapi_postgres", "fastapi_mongo"]
STACKS: tuple[Stack, ...] = get_args(Stack)

FeatureKey = Literal[
    "auth", "api_keys", "oauth", "password_reset", "email_verify", "pagination", "search", "filtering", "sorting",
    "rate_limit", "uploads", "email", "notifications", "websockets", "csv_export", "audit_log", "cache", "payments",
    "webhooks", "jobs", "multi_tenant", "soft_delete", "metrics", "docker", "ci", "tests", "admin", "full_text_search",
]  # fmt: skip
FEATURES: tuple[FeatureKey, ...] = get_args(FeatureKey)

EntityKind = Literal["normal", "association", "user", "profile"]

BUILT_IN_ROLES = ("user", "admin")


class UniqueTogether(Element):
    """Fields and relations (by name) whose combination is unique."""

    fields: tuple[Name, ...] = PydanticField(min_length=2)


class Entity(Element):
    """One kind of thing.

    `kind`: `user` is the one account; `profile` another person, with a nullable unique relation `user`; `association`
    a relation with data of its own. `owner` is the path of relations to the account that owns a row (`author`,
    `pet.owner.user`); `tenant` the path of required keys to the tenant that it belongs to (`project.workspace`).
    """

    name: EntityName
    plural: Name = ""
    path: str = ""
    kind: EntityKind = "normal"
    description: str = ""
    id_type: IdType = "integer"
    fields: tuple[Field, ...] = ()
    relations: tuple[Relation, ...] = ()
    display_field: Name | None = None
    owner: Path | None = None
    tenant: Path | None = None
    soft_delete: bool = False
    timestamps: bool = True
    unique_together: tuple[UniqueTogether, ...] = ()
    search: tuple[Name, ...] = ()
    permissions: tuple[Permission, ...] = ()
    rules: tuple[Rule, ...] = ()
    state_machines: tuple[StateMachine, ...] = ()
    histories: tuple[History, ...] = ()
    computed: tuple[Computed, ...] = ()
    tallies: tuple[Tally, ...] = ()
    actions: tuple[Action, ...] = ()
    notices: tuple[Notice, ...] = ()

    @cached_property
    def fields_by_name(self) -> dict[str, Field]:
        """Fields by name."""
        return {field.name: field for field in self.fields}

    @cached_property
    def relations_by_name(self) -> dict[str, Relation]:
        """Relations by name."""
        return {relation.name: relation for relation in self.relations}

    @property
    def compounds(self) -> tuple[CompoundAction, ...]:
        """Compound actions that say what they do."""
        return tuple(action for action in self.actions if isinstance(action, CompoundAction) and action.steps)

    @property
    def acts(self) -> tuple[ToggleAction | CompoundAction, ...]:
        """Actions with an endpoint of their own: marks, and compound actions that say what they do."""
        return (*(action for action in self.actions if isinstance(action, ToggleAction)), *self.compounds)

    def permission(self, operation: str) -> Permission | None:
        """The permission of one operation, if there is one."""
        return next((p for p in self.permissions if p.operation == operation), None)


class Role(Element):
    """What an account can be; `user` and `admin` always exist and are not listed unless the text names them."""

    name: Name
    description: str = ""


class Feature(Element):
    """A part of the product that was asked for (`stated`) or is needed for what was (`inferred`).

    `roles` may see what only administrators would see of it: who reads the audit log.
    """

    key: FeatureKey
    roles: tuple[Name, ...] = ()


class Tenancy(Element):
    """Who shares what: rows that belong to a `tenant` are there for its members only.

    A row of `membership` joins an account (relation `user`) to one tenant, in a `role` (an enum field). Every entity
    with a `tenant` path is kept apart; those without are shared by all.
    """

    tenant: EntityName
    membership: EntityName


class Blueprint(Element):
    """The whole backend. `name` is the project's name, `prompt` the description it was made from."""

    version: Literal[1] = VERSION
    name: Name
    title: str = ""
    description: str = ""
    prompt: str = ""
    domain: Domain = "general"
    stack: Stack = "fastapi_sqlite"
    features: tuple[Feature, ...] = ()
    roles: tuple[Role, ...] = ()
    default_role: Name = "user"
    tenancy: Tenancy | None = None
    entities: tuple[Entity, ...] = ()
    report: Report = Report()

    @cached_property
    def entities_by_name(self) -> dict[str, Entity]:
        """Entities by name."""
        return {entity.name: entity for entity in self.entities}

    def has(self, feature: FeatureKey) -> bool:
        """Whether the feature is part of it."""
        return any(f.key == feature for f in self.features)

    def roles_of(self, feature: str) -> tuple[str, ...]:
        """The roles that see what only administrators would see of a feature."""
        return next((one.roles for one in self.features if one.key == feature), ())

    @property
    def id_type(self) -> IdType:
        """What ids an entity has that nobody spoke of: UUIDs where all others have them."""
        return "uuid" if self.entities and all(e.id_type == "uuid" for e in self.entities) else "integer"

    @property
    def has_accounts(self) -> bool:
        """Whether people log in."""
        return self.has("auth")

    @cached_property
    def role_names(self) -> tuple[str, ...]:
        """Every role an account can have: the default first, `admin` last."""
        named = [role.name for role in self.roles if role.name not in ("admin", self.default_role)]
        return (self.default_role, *named, "admin")
