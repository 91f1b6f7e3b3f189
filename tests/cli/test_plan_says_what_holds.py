"""`codebegen plan` for people: who may do what, what holds, and what is only kept in words, before anything is made."""

import pytest

from codebegen.blueprint import Blueprint, load
from codebegen.blueprint.passes import complete
from codebegen.cli.summary import show_understood

PRACTICE = """\
version: 1
name: practice
title: Practice
features: [{key: auth}]
roles: [{name: assistant}]
entities:
  - name: Patient
    kind: profile
    fields: [{name: email, type: email}, {name: birth_date, type: date}]
  - name: Visit
    fields:
      - {name: day, type: date}
      - {name: room, type: integer, min: 1}
      - {name: status, type: enum, values: [planned, held, cancelled], default: planned}
    relations: [{name: patient, kind: many_to_one, target: Patient, inverse: visits}]
    unique_together: [{fields: [day, room]}]
    state_machines:
      - field: status
        initial: planned
        transitions:
          - {name: cancel, from: [planned], to: cancelled}
          - {name: hold, from: [planned], to: held}
    permissions:
      - {operation: read, allow: [{kind: owner}, {kind: role, role: assistant}]}
      - {operation: "transition:cancel", allow: [{kind: role, role: assistant}]}
    rules:
      - {kind: quota, name: few, limit: 3}
      - {kind: custom, name: told_1, text: Visits must be kept for ten years}
    actions:
      - {kind: toggle, name: like}
      - {kind: custom, name: bill, text: Visits are billed at the end of the month}
  - name: Room
    fields: [{name: title}]
    permissions: [{operation: read, allow: [{kind: public}]}]
    computed:
      - {name: keys_count, function: count, entity: Key, relation: room}
      - {name: total, function: sum, entity: Key, relation: room, expression: {kind: field, path: size}}
  - name: Key
    fields: [{name: size, type: integer}, {name: phone, type: phone}]
    relations: [{name: room, kind: many_to_one, target: Room, inverse: keys}]
    permissions: [{operation: read, allow: [{kind: authenticated}], provenance: {origin: stated}}]
"""


def blueprint(text: str = PRACTICE) -> Blueprint:
    loaded = load(text)
    assert isinstance(loaded, Blueprint), loaded
    return complete(loaded)


@pytest.fixture
def shown(capsys: pytest.CaptureFixture[str]) -> str:
    show_understood(blueprint())
    return capsys.readouterr().err


def of(shown: str, entity: str) -> list[str]:
    """The lines below an entity."""
    lines = shown.splitlines()
    first = next(place for place, line in enumerate(lines) if line.split()[:1] == [entity])
    rest = lines[first + 1 :]
    return [line.strip() for line in rest[: next(i for i, line in enumerate(rest) if not line.startswith("    "))]]


def test_rights_are_told_in_words_with_moves_and_marks(shown: str) -> None:
    assert of(shown, "Visit")[0] == (
        "may     read: its patient + role assistant; create, like: every account; update, delete, hold: its patient; "
        "cancel: role assistant"
    )
    assert of(shown, "Room")[0] == "may     read: everybody; write: admin only"
    assert of(shown, "User")[0].endswith("read own, update own: every account; read, update: admin only")
    assert "admin (may everything)" in shown


def test_what_holds_has_a_line_each(shown: str) -> None:
    assert of(shown, "Visit")[1:] == [
        "unique  day + room",
        "rule    at most 3 visits per account",
        "action  like: on or off for each account",
    ]


def test_what_is_only_in_words_is_told_apart_with_its_sentence(shown: str) -> None:
    _, _, kept = shown.partition("Kept in words, not enforced\n")
    assert kept.splitlines()[:2] == [
        "  - Visit: “Visits must be kept for ten years”",
        "  - Visit.bill: “Visits are billed at the end of the month”",
    ]


def test_what_a_stack_can_not_keep_is_told_and_not_shown_as_holding(capsys: pytest.CaptureFixture[str]) -> None:
    show_understood(blueprint(PRACTICE))
    total = "value   total is the sum of size over all Key"
    assert of(capsys.readouterr().err, "Room")[1:] == ["value   keys_count is the count of all Key", total]
    show_understood(blueprint(f"stack: fastapi_mongo\n{PRACTICE}"))
    said = capsys.readouterr().err
    assert total not in of(said, "Room")
    assert "Not implemented\n  - entities.Room.computed.total: total is not computed" in said


def test_without_accounts_one_line_says_that_all_is_open(capsys: pytest.CaptureFixture[str]) -> None:
    show_understood(blueprint("version: 1\nname: club\nentities: [{name: Car, fields: [{name: plate}]}]\n"))
    said = capsys.readouterr().err
    assert "no accounts: everybody may read and write everything" in said
    assert "may     " not in said


def test_all_rules_in_words_are_shown_however_many(capsys: pytest.CaptureFixture[str]) -> None:
    rules = "".join(f"      - {{kind: custom, name: told_{n}, text: Demand {n}}}\n" for n in range(20))
    entity = "version: 1\nname: club\nentities:\n  - name: Car\n    fields: [{name: plate}]\n    rules:\n"
    show_understood(blueprint(entity + rules))
    assert "“Demand 19”" in capsys.readouterr().err
