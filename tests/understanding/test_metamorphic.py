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
    ],
)
def test_the_same_said_twice(one: str, other: str) -> None:
    assert _shape(one) == _shape(other)
