"""Notices: who is told about what happens to a row."""

from typing import Literal

from codebegen.blueprint.node import Element, Name, Path

SELF = "self"
"""In the place of a path to an account: the account itself."""

Happening = Literal["created", "updated", "deleted", "becomes", "assigned", "due"]


class Notice(Element):
    """Somebody is told that something happened to a row of the entity.

    `event`: it was `created`, `updated` or `deleted`; its `field` `becomes` the `value` (a state, a choice, yes or no);
    its key `field` was `assigned` to somebody; its date or moment `field` is `due`, so many `hours` before. `to` is the
    path to the account that is told (`customer.user`, `post.author`, `self`); with a `role`, all accounts that have it
    are. They find it in their inbox, and with `email` in their mail as well.
    """

    name: Name
    event: Happening
    field: Name | None = None
    value: str | bool | None = None
    hours: int | None = None
    to: Path | None = None
    role: Name | None = None
    email: bool = False
