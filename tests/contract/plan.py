"""A plan as `codebegen plan --format json` prints it, read with no knowledge of how it was made."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

Json = dict[str, Any]


def singular(name: str) -> str:
    """The singular of a snake_case plural, as the contract's `<singular>_ids` needs it."""
    for ending, other in (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("s", "")):
        if name.endswith(ending) and not name.endswith("ss"):
            return name.removesuffix(ending) + other
    return name


@dataclass(frozen=True)
class Field:
    """A field of an entity."""

    data: Json

    @property
    def name(self) -> str:
        """The name in JSON."""
        return str(self.data["name"])

    @property
    def type(self) -> str:
        """One of the blueprint's types."""
        return str(self.data["type"])

    def __getitem__(self, key: str) -> Any:
        return self.data[key]

    @property
    def stated(self) -> bool:
        """Whether it is more than inferred: what a blueprint says has no words of a text."""
        return bool(self.data["origin"] != "inferred")


@dataclass(frozen=True)
class Relation:
    """A relation, on the side that holds the key."""

    data: Json

    @property
    def name(self) -> str:
        """The name of the relation."""
        return str(self.data["name"])

    @property
    def target(self) -> str:
        """The entity it points to."""
        return str(self.data["target"])

    @property
    def many(self) -> bool:
        """Whether it is a many-to-many."""
        return bool(self.data["kind"] == "many_to_many")

    @property
    def key(self) -> str:
        """What it is called where it is written."""
        return f"{singular(self.name)}_ids" if self.many else f"{self.name}_id"

    @property
    def required(self) -> bool:
        """Whether a body must have it."""
        return bool(self.data["required"])

    @property
    def unique(self) -> bool:
        """Whether two items may not point to the same."""
        return bool(self.data["unique"]) or self.data["kind"] == "one_to_one"

    @property
    def stated(self) -> bool:
        """Whether it is more than inferred: what a blueprint says has no words of a text."""
        return bool(self.data["origin"] != "inferred")


@dataclass(frozen=True)
class Entity:
    """An entity of the plan."""

    data: Json

    @property
    def name(self) -> str:
        """The name, in PascalCase."""
        return str(self.data["name"])

    @property
    def path(self) -> str:
        """Where its collection lives, under `/api/v1`."""
        return str(self.data["path"])

    @property
    def kind(self) -> str:
        """Whether it is normal, an association, a profile or the account."""
        return str(self.data["kind"])

    def __getitem__(self, key: str) -> Any:
        return self.data[key]

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Its fields."""
        return tuple(Field(data) for data in self.data["fields"])

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """The relations whose key it holds."""
        return tuple(Relation(data) for data in self.data["relations"])

    @property
    def owner(self) -> tuple[str, ...]:
        """The way from an item to the account that owns it; empty where nobody does."""
        return tuple(self.data["owner"].split(".")) if self.data["owner"] else ()

    @property
    def states(self) -> dict[str, Json]:
        """Its state machines, by field."""
        return {machine["field"]: machine for machine in self.data["state_machines"]}

    @property
    def toggles(self) -> tuple[str, ...]:
        """The names of what can be switched on an item."""
        return tuple(action["name"] for action in self.data["actions"] if action["kind"] == "toggle")

    def allowed(self, operation: str) -> set[str]:
        """Who may: `public`, `authenticated`, `owner`, names of roles; empty means the administrator alone."""
        grants = [grant for grant in self.data["permissions"] if grant["operation"] == operation]
        return {name for grant in grants for rule in grant["allow"] for name in names_of(rule)}

    def conditional(self, operation: str) -> bool:
        """Whether a right hangs on more than who one is."""
        grants = [grant for grant in self.data["permissions"] if grant["operation"] == operation]
        return any(set(rule) - {"kind", "role", "roles"} for grant in grants for rule in grant["allow"])


def names_of(rule: Json) -> list[str]:
    """What a rule of a permission allows."""
    if rule["kind"] == "role":
        return [rule["role"], *rule["roles"]]
    return [rule["kind"]]


@dataclass(frozen=True)
class Plan:
    """All of a plan."""

    data: Json
    entities: dict[str, Entity] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "entities", {data["name"]: Entity(data) for data in self.data["entities"]})

    @classmethod
    def of(cls, printed: str) -> "Plan":
        """The plan that was printed."""
        return cls(json.loads(printed))

    @property
    def stack(self) -> str:
        """What it runs on."""
        return str(self.data["stack"])

    @property
    def counts_ids(self) -> bool:
        """Whether ids are numbers."""
        return self.stack != "fastapi_mongo"

    @property
    def nobody(self) -> int | str:
        """A well-formed id that nothing has."""
        return 987654321 if self.counts_ids else 24 * "f"

    @property
    def features(self) -> set[str]:
        """The keys of the features."""
        return {feature["key"] for feature in self.data["features"]}

    @property
    def accounts(self) -> bool:
        """Whether there is a login."""
        return "auth" in self.features

    @property
    def roles(self) -> tuple[str, ...]:
        """The names of the roles, without those that always exist."""
        return tuple(role["name"] for role in self.data["roles"] if role["name"] not in {"admin", "user"})

    @property
    def user(self) -> Entity | None:
        """The account, where it is an entity of the plan."""
        return next((entity for entity in self.entities.values() if entity.kind == "user"), None)

    @cached_property
    def membership(self) -> Entity | None:
        """What joins accounts to tenants, where there are any: an account and something else, in a role, once."""
        if "multi_tenant" not in self.features:
            return None
        for entity in self.entities.values():
            role = next((one for one in entity.fields if one.name == "role" and one.type == "enum"), None)
            keys = [relation for relation in entity.relations if relation.required and not relation.many]
            if entity.kind == "association" and role and [r.name for r in keys if r.target == "User"] == ["user"]:
                return entity
        return None

    @property
    def tenant(self) -> Relation | None:
        """The key of a membership to its tenant."""
        keys = self.membership.relations if self.membership else ()
        return next((relation for relation in keys if relation.required and relation.target != "User"), None)

    @property
    def collections(self) -> tuple[Entity, ...]:
        """The entities with a collection of their own."""
        return tuple(entity for entity in self.entities.values() if entity.kind != "user")

    def bound(self, entity: Entity) -> Relation | None:
        """The key that comes from the token: it points to the account, or to a profile of it."""
        if not entity.owner:
            return None
        first = next((relation for relation in entity.relations if relation.name == entity.owner[0]), None)
        if first is None or not self.personal(first.target):
            return None
        return first

    def personal(self, name: str) -> bool:
        """Whether an entity is the account or a profile of it."""
        return self.entities[name].kind in {"user", "profile"}

    def children(self) -> list[tuple[Entity, Relation, Entity]]:
        """What lives below something else too: an entity, its key, and the parent."""
        found = []
        for entity in self.collections:
            targets = [relation.target for relation in entity.relations if not relation.many]
            for relation in entity.relations:
                parent = self.entities[relation.target]
                once = targets.count(relation.target) == 1 and not relation.many and parent.name != entity.name
                if once and parent.kind not in {"user", "profile"}:
                    found.append((entity, relation, parent))
        return found
