"""Two ways to say one thing give one blueprint."""

import pytest

from codebegen.understanding import understand


def _shape(text: str) -> dict[str, tuple[frozenset[str], frozenset[tuple[str, str, str]]]]:
    blueprint = understand(text).blueprint
    assert blueprint is not None
    return {
        e.name: (
            frozenset(f"{f.name}:{f.type}" for f in e.fields if f.origin == "stated"),
            frozenset((r.name, r.kind, r.target) for r in e.relations),
        )
        for e in blueprint.entities
        if e.name != "User"
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Scientists have a name. A scientist leads experiments.",
            "Scientists have a name. Experiments are led by a scientist.",
        ),
        ("A book has a title, an ISBN and a price.", "A book has a price, an ISBN and a title."),
        ("A book has a title, an ISBN and a price.", "Entities:\n- Book\n  - title\n  - ISBN\n  - price\n"),
        ("A book has a title, an ISBN and a price.", "Book: title, ISBN, price"),
        ("A book has a title, an ISBN and a price.", "| Entity | Fields |\n|---|---|\n| Book | title, ISBN, price |\n"),
        ("Rooms belong to a hotel. Hotels have a name.", "A hotel has many rooms. Hotels have a name."),
        ("Each room belongs to a hotel. A hotel has a name.", "Every room is part of a hotel. A hotel has a name."),
        (
            "A fitter has a name. A fitter repairs lifts. A lift has a code.",
            "A fitter has a name. Lifts are repaired by a fitter. A lift has a code.",
        ),
        (
            "Keepers have a badge. Keepers feed animals. A feeding has a time. Animals have a name.",
            "Keepers have a badge. Animals are fed by keepers. A feeding has a time. Animals have a name.",
        ),
        ("A loan has a start date and a due date.", "A loan has a start date, a due date and is returned later."),
        ("A boat has a name and a boat has a length.", "A boat has a name and a length."),
        ("A kiln has a name and a vase has a height.", "A kiln has a name and a vase a height."),
        (
            "A ward has a name. Patients stay on one ward. Patients have a name.",
            "A ward has a name. Each patient stays on a ward. Patients have a name.",
        ),
        (
            "A hall has a name. A concert takes place in one hall and has a title.",
            "A hall has a name. A concert has a title and takes place in one hall.",
        ),
        (
            "A spice has a name and a colour. A blend has a title. A blend is made of spices, each with a weight.",
            (
                "A spice has a name and a colour. A blend has a title. "
                "A blend contains spices; for each spice the weight is stored."
            ),
        ),
        ("There's a rack in every aisle. An aisle has a code.", "There is a rack in every aisle. An aisle has a code."),
        ("We have drivers. They have a name and a phone.", "We have drivers, they have a name and a phone."),
    ],
)
def test_the_same_said_twice(one: str, other: str) -> None:
    assert _shape(one) == _shape(other)
