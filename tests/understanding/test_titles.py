"""What a project is called."""

import pytest

from codebegen.understanding.embedded.titles import find_title, project_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Build me an e-commerce backend: products with a price", "e_commerce"),
        ("Build a backend for a bakery. Cakes have a name.", "bakery"),
        ("Create a task management API with JWT auth.", "task_management"),
        ("I need a REST API that manages bike rentals.", "bike_rentals"),
        ("Please generate an online to-do list app", "to_do_list"),
        ("Blog API with posts and comments", "blog"),
        ("right, so we need something for the farm", "farm"),
        ("We run a small chess club. Members have a name.", "chess_club"),
        ("I want to get rid of paper. Notes have a text.", "note"),
    ],
)
def test_a_project_is_called_by_what_was_asked_for(text: str, name: str) -> None:
    assert project_name(find_title(text, ""), "note") == name
