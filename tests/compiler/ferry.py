"""A blueprint of people whose role is called like their profile, of times without end, of rows once per person.

Accounts are of a kind, and the one that the first administrator gets is not the first by name.
"""

from codebegen.blueprint import Blueprint, Entity, Field, Grant, Permission, Relation, Role, UniqueTogether, complete
from codebegen.blueprint.rules import NoOverlapRule

PUBLIC = Grant(kind="public")

FERRY = complete(
    Blueprint(
        name="ferry",
        roles=(Role(name="skipper"),),
        entities=(
            Entity(name="Skipper", kind="profile", fields=(Field(name="name"), Field(name="licence", unique=True))),
            Entity(
                name="User",
                kind="user",
                fields=(Field(name="port", type="enum", values=("south", "north", "east")),),
            ),
            Entity(name="Boat", fields=(Field(name="name", unique=True),)),
            Entity(
                name="Trip",
                owner="skipper.user",
                fields=(
                    Field(name="starts_at", type="datetime"),
                    Field(name="ends_at", type="datetime", required=False),
                ),
                relations=(
                    Relation(name="skipper", kind="many_to_one", target="Skipper"),
                    Relation(name="boat", kind="many_to_one", target="Boat", required=False),
                ),
                rules=(NoOverlapRule(name="one_at_a_time", scope=("boat",), start="starts_at", end="ends_at"),),
                permissions=(
                    Permission(operation="create", allow=(Grant(kind="role", role="skipper"),)),
                    Permission(operation="read", allow=(PUBLIC,)),
                ),
            ),
            Entity(
                name="Review",
                owner="author",
                fields=(Field(name="stars", type="integer", min=1, max=5), Field(name="extra", type="json")),
                relations=(
                    Relation(name="skipper", kind="many_to_one", target="Skipper"),
                    Relation(name="author", kind="many_to_one", target="User"),
                ),
                unique_together=(UniqueTogether(fields=("skipper", "author")),),
            ),
        ),
    )
)
