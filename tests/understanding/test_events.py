"""Clauses that say what events are sent of: accounted for where there is such an event, and left over where not."""

import pytest

from codebegen.blueprint import Blueprint, complete
from codebegen.understanding import understand

SHOP = "A shop with products and orders. Orders can be placed, then shipped. "


def _read(sentence: str) -> Blueprint:
    understood = understand(SHOP + sentence)
    assert understood.blueprint is not None
    return complete(understood.blueprint)


@pytest.mark.parametrize(
    "sentence",
    [
        "Send a webhook when an order is shipped.",
        "Webhooks are sent to partners when an order is shipped.",
        "Partners get webhooks when an order is shipped.",
        "A webhook should be fired whenever a product is created, updated or deleted.",
        "Support outgoing webhooks for order events.",
        "Webhooks are sent on every change.",
        "Live updates over websockets when an order is shipped.",
    ],
)
def test_events_that_there_are(sentence: str) -> None:
    assert _read(sentence).report.residue == ()


@pytest.mark.parametrize(
    "sentence", ["Send a webhook when a product is sold out.", "Send a webhook when the weather is created."]
)
def test_events_that_there_are_not(sentence: str) -> None:
    [left] = _read(sentence).report.residue
    assert left.text == sentence.rstrip(".")


@pytest.mark.parametrize("sentence", ["Admins can register webhooks.", "Partners get webhooks.", "Add webhooks."])
def test_webhooks_are_no_thing(sentence: str) -> None:
    read = _read(sentence)
    assert read.has("webhooks")
    assert "Webhook" not in read.entities_by_name


def test_webhooks_that_are_data() -> None:
    read = _read("A webhook has a url and a secret.")
    assert not read.has("webhooks")
    assert {"url", "secret"} <= read.entities_by_name["Webhook"].fields_by_name.keys()
