"""What keeps one's data from the others', and what people are inside: as it is told, and where it is not."""

import pytest

from codebegen.blueprint import Blueprint, Grant, check, complete
from codebegen.blueprint.tenancy import roles_of
from codebegen.understanding import understand

THINGS = "Projects have a name. Invoices have a number and a total."


def _blueprint(text: str) -> Blueprint:
    blueprint = understand(text).blueprint
    assert blueprint is not None
    return blueprint


@pytest.mark.parametrize(
    ("text", "tenant"),
    [
        ("Each company sees only its own data.", "Company"),
        ("Companies can only access their own data.", "Company"),
        ("Every agency only sees its own projects.", "Agency"),
        ("Users only see data of their own company.", "Company"),
        ("Users can't see the data of other firms.", "Firm"),
        ("Data of one clinic must never be visible to another one.", "Clinic"),
        ("A company never sees another company's records.", "Company"),
        ("All data is isolated per company.", "Company"),
        ("Everything is scoped to a workspace.", "Workspace"),
        ("All data belongs to exactly one organisation.", "Organisation"),
        ("Workspaces have members.", "Workspace"),
        ("Members of an organization can see its projects.", "Organization"),
        ("Users can belong to several organisations.", "Organisation"),
        ("Only workspace admins can delete projects.", "Workspace"),
        ("Multi-tenant: each customer has their own projects.", "Organization"),
        ("The app is multi-tenant.", "Organization"),
    ],
)
def test_tenants_are_told(text: str, tenant: str) -> None:
    done = complete(_blueprint(f"{text} {THINGS}"))
    assert done.tenancy is not None
    assert done.tenancy.tenant == tenant
    assert check(done) == ()
    assert done.has("multi_tenant")
    for name in ("Project", "Invoice"):
        assert done.entities_by_name[name].tenant is not None


@pytest.mark.parametrize(
    "text",
    [
        "Customers see only their own invoices.",
        "Companies have a name and many projects.",
        "Teams have members and a captain. A team plays matches.",
        "Restaurants see only their own orders.",
        "A tenant never sees data of another tenant. A tenant rents a unit.",
        "Clubs have members. Members have a name.",
    ],
)
def test_no_tenants_are_told(text: str) -> None:
    assert _blueprint(f"{text} {THINGS}").tenancy is None


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Workspaces have members with a role: owner, admin, member or guest.", ("owner", "admin", "member", "guest")),
        ("Users are members of workspaces as owner, editor or viewer.", ("owner", "editor", "viewer")),
        ("Workspaces have members. A member is an owner, an admin or a member.", ("owner", "admin", "member")),
        ("Workspaces have members. Only accountants can edit invoices.", ("owner", "admin", "accountant", "member")),
        ("Workspaces have members.", ("owner", "admin", "member")),
    ],
)
def test_roles_inside(text: str, roles: tuple[str, ...]) -> None:
    done = complete(_blueprint(f"{text} {THINGS}"))
    assert done.tenancy is not None
    assert set(roles_of(done.entities_by_name[done.tenancy.membership])) == set(roles)
    assert done.roles == ()


@pytest.mark.parametrize(
    ("text", "operation", "allowed"),
    [
        ("Only workspace admins can delete projects.", "delete", Grant(kind="member", roles=("owner", "admin"))),
        ("Only workspace owners can delete projects.", "delete", Grant(kind="member", roles=("owner",))),
        ("Members of a workspace can edit its projects.", "update", Grant(kind="member")),
        ("Workspaces have members. Only editors can create projects.", "create", None),
    ],
)
def test_rights_inside(text: str, operation: str, allowed: Grant | None) -> None:
    project = complete(_blueprint(f"{text} {THINGS}")).entities_by_name["Project"]
    permission = project.permission(operation)
    assert permission is not None
    assert permission.allow == ((allowed or Grant(kind="member", roles=("owner", "admin", "editor"))),)


def test_what_is_ones_own_inside() -> None:
    text = "Workspaces have members. Members can comment on tasks. A task has a title. A comment has a body."
    comment = complete(_blueprint(f"{text} Members can edit their own comments.")).entities_by_name["Comment"]
    assert comment.owner == "author"
    permission = comment.permission("update")
    assert permission is not None
    assert permission.allow == (Grant(kind="owner"),)


def test_unique_is_unique_inside() -> None:
    text = "Workspaces have members. A project has a code, unique per workspace, and a name."
    project = complete(_blueprint(text)).entities_by_name["Project"]
    assert [set(one.fields) for one in project.unique_together] == [{"code", "workspace"}]
