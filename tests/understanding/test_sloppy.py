"""Mails, sloppy and spoken text: lists without commas, short words, data behind what was made, requests with a list."""

import pytest

from codebegen.understanding import understand


def _fields(text: str) -> set[str]:
    blueprint = understand(text).blueprint
    assert blueprint is not None
    return {f"{e.name}.{f.name}" for e in blueprint.entities for f in e.fields if f.origin == "stated"}


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("I'd like to keep track of my books: title, author, year.", "Book.title Book.year"),
        ("What I need from you is a list of tenants with name, flat number and rent.", "Tenant.name Tenant.rent"),
        ("menu items w name price vegan y/n and spicy level 0 to 3", "MenuItem.name MenuItem.price MenuItem.vegan"),
        (
            "trucks have name cuisine description photo and a plate nr",
            "Truck.name Truck.description Truck.plate_number",
        ),
        (
            "I make an appointment, day and hour, which tuner, and how long it takes in minutes.",
            "Appointment.day Appointment.hour Appointment.tuner",
        ),
        (
            "We keep hives. I write a little report. Humidity in percent, temperature, what I did.",
            "Report.humidity Report.temperature",
        ),
        ("Each pothole gets a number, the street and a depth in cm.", "Pothole.number Pothole.street Pothole.depth"),
        (
            "We need to keep our violas: each has a maker, a year and a price. Please bear with me.",
            "Viola.maker Viola.year Viola.price",
        ),
        ("Of each parcel we want to see the weight and the colour.", "Parcel.weight Parcel.colour"),
    ],
)
def test_what_is_told_loosely(text: str, fields: str) -> None:
    assert set(fields.split()) <= _fields(text)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("A lamp has a name and a dimmable flag y/n.", "A lamp has a name and a dimmable flag yes/no."),
        ("We store lamps w a name and a price.", "We store lamps with a name and a price."),
        ("Lamps have name price vegan y/n.", "Lamps have name, price, vegan yes/no."),
        ("A lamp has a email address and a brand name.", "A lamp has a brand name and a email address."),
    ],
)
def test_short_words_say_the_same(short: str, long: str) -> None:
    assert _fields(short) == _fields(long)


def test_a_verb_is_no_part_of_a_name() -> None:
    text = "A round has a start date. Households have a balance. After the round closes the order goes to the baker."
    blueprint = understand(text).blueprint
    assert blueprint is not None
    assert not any("Go" in entity.name for entity in blueprint.entities)


def test_what_somebody_owns_is_a_thing_of_its_own() -> None:
    text = "customers (name, phone), bikes they own (brand, model, frame number) and parts (name, price)."
    blueprint = understand(text).blueprint
    assert blueprint is not None
    assert _fields(text) == {
        "Customer.name",
        "Customer.phone",
        "Bike.brand",
        "Bike.model",
        "Bike.frame_number",
        "Part.name",
        "Part.price",
    }
    assert "Customer" in {relation.target for relation in blueprint.entities_by_name["Bike"].relations}


@pytest.mark.parametrize("sign", ["4", "for"])
def test_four_is_for(sign: str) -> None:
    assert _fields(f"we note a price {sign} each lamp. a lamp has a name.") >= {"Lamp.price", "Lamp.name"}
