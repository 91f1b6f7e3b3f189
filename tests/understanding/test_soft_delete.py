"""Rows that stay when they are deleted, however it is said."""

import pytest

from codebegen.understanding import understand


@pytest.mark.parametrize(
    ("text", "soft"),
    [
        ("Pages have a title. Deleted pages can be restored.", True),
        ("Pages have a title. Pages are never really deleted.", True),
        ("Pages have a title and are soft deleted.", True),
        ("Pages have a title. Admins can restore deleted pages.", True),
        ("Pages have a title. Authors can delete pages.", False),
    ],
)
def test_what_stays_when_it_is_deleted(text: str, soft: bool) -> None:
    blueprint = understand(text).blueprint
    assert blueprint is not None
    assert blueprint.entities_by_name["Page"].soft_delete is soft
