"""Rows that stay when they are deleted, however it is said."""

import pytest

from codebegen.blueprint import check, complete
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


def test_a_move_that_restores_has_another_name_where_deleted_rows_are_restored() -> None:
    blueprint = understand(
        "A document has a title and a status: draft, archived or restored. Documents are soft deleted. "
        "Editors archive documents; archived documents can be restored."
    ).blueprint
    assert blueprint is not None
    assert check(complete(blueprint)) == ()
    document = blueprint.entities_by_name["Document"]
    assert document.soft_delete
    assert "to_restored" in {move.name for machine in document.state_machines for move in machine.transitions}
