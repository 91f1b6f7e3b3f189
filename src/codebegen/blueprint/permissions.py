"""Who may do what: deny by default, one permission an operation."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from codebegen.blueprint.expressions import Expression
from codebegen.blueprint.node import Element, Name, Node, Path

Operation = Annotated[
    str, StringConstraints(pattern=r"^(create|list|read|update|delete|(transition|action):[a-z][a-z0-9_]*)$")
]
"""`create`, `list`, `read`, `update`, `delete`, `transition:<name>`, `action:<name>`."""


class Grant(Node):
    """One group of callers.

    `public` anyone; `authenticated` any account; `owner` the account at the end of `path` (the entity's own
    owner path if none); `role` accounts of `role`; `member` accounts that belong to the tenant, with one of `roles`
    there if any are named. `when` narrows the grant to rows for which it holds.

    Where rows belong to a tenant, every grant but `public` presupposes membership in it: nobody else than the
    administrator of all reaches the rows of a tenant that they are not a member of.
    """

    kind: Literal["public", "authenticated", "owner", "role", "member"]
    path: Path | None = None
    role: Name | None = None
    roles: tuple[Name, ...] = ()
    when: Expression | None = None


class Permission(Element):
    """Who may do `operation`; nobody but the administrator when `allow` is empty."""

    operation: Operation
    allow: tuple[Grant, ...] = ()
