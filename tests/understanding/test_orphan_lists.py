"""Enumerations of data in sentences that no reader takes."""

import pytest

from codebegen.understanding import understand

CHECK = """Boats have a name. A skipper takes out a boat and does a check, that is the oil level, the weight in kilos
and the year of the last service."""
FABRIC = """Fabrics are bought by the metre; each fabric has a number. A tailor has a name. Tailors cut suits out of
fabrics, for which the colour, the composition and the price per metre are known."""


@pytest.mark.parametrize(
    ("text", "name", "fields"),
    [
        (CHECK, "Check", {"oil_level", "weight", "year"}),
        (FABRIC, "Fabric", {"colour", "composition", "price_per_metre"}),
    ],
)
def test_what_the_sentence_spoke_of_before_has_them(text: str, name: str, fields: set[str]) -> None:
    blueprint = understand(text).blueprint
    assert blueprint is not None
    assert fields <= {field.name for field in blueprint.entities_by_name[name].fields}


@pytest.mark.parametrize(
    "text",
    [
        "A shop has a name and a street. We sell in Berlin, Hamburg and Munich.",
        "A boat has a name and a length. We love the sea, the wind and the sun.",
    ],
)
def test_places_and_things_are_no_data(text: str) -> None:
    blueprint = understand(text).blueprint
    assert blueprint is not None
    assert {len(entity.fields) for entity in blueprint.entities} == {2}
