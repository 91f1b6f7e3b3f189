"""Personal data that every account may read, though nobody said so, is an assumption that is told."""

import pytest

from codebegen.blueprint import Assumption, Blueprint, Entity, Feature, Field, Grant, Permission, stated
from codebegen.blueprint.passes import complete

EMAIL = Field(name="email", type="email")


def told(entity: Entity, *, accounts: bool = True) -> list[Assumption]:
    features = (Feature(key="auth"),) if accounts else ()
    done = complete(Blueprint(name="club", features=features, entities=(entity,)))
    assert complete(done) == done
    return [note for note in done.report.assumptions if note.element == f"entities.{entity.name}.permissions.read"]


def test_what_every_account_may_read_is_told_with_its_fields() -> None:
    fields = (EMAIL, Field(name="birth_date", type="date"), Field(name="insurance_number"), Field(name="rank"))
    [note] = told(Entity(name="Contact", fields=fields))
    assert note.message == (
        "every account may read contacts (email, birth_date, insurance_number), since nothing says who may; "
        "to change that: “only admins can see contacts”"
    )


def test_persons_are_told_of_whatever_their_fields() -> None:
    [note] = told(Entity(name="Therapist", kind="profile", fields=(Field(name="rank"),)))
    assert note.message.startswith("every account may read therapists, since")


def test_without_accounts_everybody_may() -> None:
    [note] = told(Entity(name="Contact", fields=(EMAIL,)), accounts=False)
    assert note.message.startswith("everybody may read contacts (email), since there are no accounts; ")


@pytest.mark.parametrize("kind", ["public", "authenticated"])
def test_what_was_said_is_no_assumption(kind: str) -> None:
    grant = Grant.model_validate({"kind": kind})
    said = Permission(operation="read", allow=(grant,), provenance=stated("contacts", 0, 8))
    assert not told(Entity(name="Contact", fields=(EMAIL,), permissions=(said,)))


def test_other_things_and_what_is_kept_to_somebody_are_not_told() -> None:
    assert not told(Entity(name="Car", fields=(Field(name="plate"),)))
    admin = Permission(operation="read", allow=(Grant(kind="role", role="admin"),))
    assert not told(Entity(name="Contact", fields=(EMAIL,), permissions=(admin,)))
