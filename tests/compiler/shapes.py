"""Blueprints that between them have most shapes that a project can have: private and public, owned and not, with
states, rules, profiles, soft deletion, and without accounts."""

from codebegen.blueprint import (
    Blueprint,
    Computed,
    Entity,
    Field,
    Grant,
    Permission,
    Relation,
    Role,
    StateMachine,
    Tenancy,
    Transition,
    UniqueTogether,
    complete,
    stated,
)
from codebegen.blueprint.behaviour import ToggleAction
from codebegen.blueprint.expressions import Compare, FieldRef, Value
from codebegen.blueprint.fields import FieldType
from codebegen.blueprint.rules import CheckRule, NoOverlapRule, QuotaRule
from tests.compiler.ferry import FERRY
from tests.compiler.market import MARKET

SAID = stated("in the description")
OWNER = Grant(kind="owner")
PUBLIC = Grant(kind="public")
EDITOR = Grant(kind="member", roles=("editor",))
MODERATOR = Grant(kind="role", role="moderator")
PUBLISHED = Compare(operator="==", left=FieldRef(path="status"), right=Value(value="published"))
IN_ORDER = Compare(operator=">=", left=FieldRef(path="ends_on"), right=FieldRef(path="starts_on"))


def field(name: str, kind: FieldType = "string", **values: object) -> Field:
    return Field.model_validate({"name": name, "type": kind, "provenance": SAID, **values})


def to(name: str, target: str, kind: str = "many_to_one", **values: object) -> Relation:
    return Relation.model_validate({"name": name, "target": target, "kind": kind, "provenance": SAID, **values})


def may(operation: str, *allow: Grant) -> Permission:
    return Permission(operation=operation, allow=allow, provenance=SAID)


def move(name: str, before: str, after: str) -> Transition:
    return Transition(name=name, from_=(before,), to=after)


BLOG = complete(
    Blueprint(
        name="blog",
        roles=(Role(name="moderator", provenance=SAID),),
        entities=(
            Entity(
                name="User",
                provenance=SAID,
                fields=(field("display_name", max_length=100),),
                actions=(ToggleAction(name="follow"), ToggleAction(name="vouch", counted=False)),
                permissions=(may("action:vouch", MODERATOR),),
            ),
            Entity(
                name="Post",
                provenance=SAID,
                fields=(
                    field("title", max_length=200),
                    field("slug", "slug", unique=True),
                    field("price", "money", required=False, min=0),
                    field("starts_on", "date", required=False),
                    field("ends_on", "date", required=False),
                    field("status", "enum", values=("draft", "published", "archived")),
                ),
                relations=(to("author", "User"), to("tags", "Tag", "many_to_many")),
                state_machines=(
                    StateMachine(
                        field="status",
                        initial="draft",
                        transitions=(move("publish", "draft", "published"), move("archive", "published", "archived")),
                    ),
                ),
                permissions=(
                    may("transition:archive", MODERATOR),
                    may("read", Grant(kind="public", when=PUBLISHED), OWNER, MODERATOR),
                ),
                actions=(ToggleAction(name="like"),),
                computed=(Computed(name="comment_count", function="count", entity="Comment", relation="post"),),
                rules=(CheckRule(name="in_order", condition=IN_ORDER),),
            ),
            Entity(
                name="Comment",
                provenance=SAID,
                fields=(field("body", "text"),),
                relations=(to("post", "Post"), to("author", "User")),
            ),
            Entity(
                name="Tag",
                provenance=SAID,
                fields=(field("name", unique=True, max_length=50),),
                permissions=(may("create", MODERATOR), may("list", PUBLIC), may("read", PUBLIC)),
            ),
        ),
    )
)
"""Public and private rows, roles, states, a toggle, a rule, a computed value."""

KENNEL = complete(
    Blueprint(
        name="kennel",
        entities=(
            Entity(
                name="Member",
                kind="profile",
                provenance=SAID,
                fields=(field("full_name"), field("phone", "phone", required=False)),
                permissions=(may("read", OWNER),),
            ),
            Entity(
                name="Pet",
                provenance=SAID,
                fields=(field("name"), field("species", "enum", values=("dog", "cat")), field("born_on", "date")),
                relations=(
                    to("owner", "Member"),
                    to("mother", "Pet", required=False),
                    to("marks", "Mark", "many_to_many"),
                ),
                permissions=(may("read", OWNER),),
                rules=(QuotaRule(name="pace", limit=8, minutes=60),),
            ),
            Entity(name="Mark", provenance=SAID, fields=(field("label"),), permissions=(may("list"), may("read"))),
            Entity(
                name="Course",
                provenance=SAID,
                fields=(field("code", unique=True, max_length=20), field("places", "integer", min=1, max=50)),
                soft_delete=True,
                permissions=(may("list", PUBLIC), may("create"), may("update"), may("delete")),
            ),
            Entity(
                name="Booking",
                kind="association",
                provenance=SAID,
                owner="pet.owner.user",
                fields=(field("note", required=False), field("paid", "boolean")),
                relations=(to("pet", "Pet"), to("course", "Course")),
                unique_together=(UniqueTogether(fields=("pet", "course")),),
                permissions=(may("read", OWNER), may("create", OWNER)),
            ),
            Entity(
                name="Walk",
                provenance=SAID,
                owner="pet.owner.user",
                fields=(
                    field("starts_at", "datetime", required=False),
                    field("ends_at", "datetime", required=False),
                    field("status", "enum", values=("planned", "done", "missed"), default="planned", required=False),
                ),
                relations=(to("pet", "Pet"),),
                permissions=(may("create", OWNER),),
                state_machines=(
                    StateMachine(
                        field="status",
                        initial="planned",
                        transitions=(move("finish", "planned", "done"), move("miss", "planned", "missed")),
                    ),
                ),
                rules=(
                    NoOverlapRule(name="one_at_a_time", scope=("pet",), start="starts_at", end="ends_at"),
                    QuotaRule(name="rest", limit=3, minutes=60),
                ),
            ),
        ),
    )
)
"""Rows that belong to people through what they belong to, soft deletion, unique combinations, quotas, a secret set,
times that may be left open and must not overlap."""

ZOO = complete(
    Blueprint(
        name="zoo",
        entities=(
            Entity(
                name="Animal",
                provenance=SAID,
                fields=(field("name", unique=True), field("born_on", "date", required=False), field("class")),
                relations=(to("keeper", "Keeper", required=False), to("toys", "Toy", "many_to_many")),
            ),
            Entity(
                name="Keeper",
                provenance=SAID,
                fields=(field("name"), field("badge", unique=True, required=False)),
                soft_delete=True,
            ),
            Entity(name="Toy", provenance=SAID, fields=(field("label"), field("weight", "decimal", min=0, max=10))),
        ),
    )
)
"""No accounts: everything is public."""

STUDIO = complete(
    Blueprint(
        name="studio",
        tenancy=Tenancy(tenant="Workspace", membership="Member"),
        entities=(
            Entity(name="Workspace", provenance=SAID, fields=(field("name"), field("slug", "slug", unique=True))),
            Entity(
                name="Member",
                provenance=SAID,
                fields=(field("role", "enum", values=("owner", "admin", "editor", "viewer")), field("title")),
            ),
            Entity(
                name="Project",
                provenance=SAID,
                fields=(field("name", unique=True, max_length=100), field("budget", "money", required=False, min=0)),
                relations=(to("workspace", "Workspace"),),
                permissions=(may("create", EDITOR), may("delete", Grant(kind="member", roles=("admin",)))),
            ),
            Entity(
                name="Task",
                provenance=SAID,
                fields=(field("title"), field("status", "enum", values=("open", "done"))),
                relations=(
                    to("project", "Project"),
                    to("assignee", "User", required=False),
                    to("labels", "Label", "many_to_many"),
                ),
                state_machines=(
                    StateMachine(field="status", initial="open", transitions=(move("finish", "open", "done"),)),
                ),
                actions=(ToggleAction(name="watch"),),
            ),
            Entity(name="Label", provenance=SAID, fields=(field("name", max_length=50),), soft_delete=True),
            Entity(
                name="Comment",
                provenance=SAID,
                fields=(field("body", "text"),),
                relations=(to("task", "Task"), to("author", "User"), to("reviewer", "Member", required=False)),
            ),
            Entity(
                name="Client",
                kind="profile",
                provenance=SAID,
                fields=(field("name"),),
                relations=(to("workspace", "Workspace"),),
            ),
            Entity(
                name="Wish",
                provenance=SAID,
                owner="client.user",
                fields=(field("text", "text"),),
                relations=(to("project", "Project"), to("client", "Client"), to("labels", "Label", "many_to_many")),
                tenant="client.workspace",
            ),
        ),
    )
)
"""Tenants: rows that only members see, roles inside a tenant, references that must stay inside; what says which tenant
a row belongs to may be the caller's own."""

SHAPES = {"blog": BLOG, "kennel": KENNEL, "zoo": ZOO, "studio": STUDIO, "market": MARKET, "ferry": FERRY}
