"""The ledger follows each sentence to its tests, and verification fills in the status and nothing else."""

import difflib

from codebegen.blueprint import (
    Blueprint,
    Entity,
    Feature,
    Field,
    Provenance,
    Relation,
    StateMachine,
    Transition,
    stated,
)
from codebegen.blueprint.passes import complete
from codebegen.blueprint.rules import CustomRule, QuotaRule
from codebegen.compiler import unkept
from codebegen.documentation import LEDGER, coverage, fill_status, sentences, write_documents
from codebegen.filetree import FileTree, GeneratedFile

PROMPT = "Members own cars. A car has a plate | and <b>wheels</b>!\n- Cars can be scrapped.\nSing a song."


def provenance(words: str) -> Provenance:
    start = PROMPT.index(words)
    return stated(words, start, start + len(words))


BLUEPRINT = complete(
    Blueprint(
        name="club",
        prompt=PROMPT,
        features=(Feature(key="auth"),),
        entities=(
            Entity(name="Member", kind="profile", provenance=provenance("Members")),
            Entity(
                name="Car",
                provenance=provenance("cars"),
                fields=(
                    Field(name="plate", unique=True, provenance=provenance("plate")),
                    Field(name="state", type="enum", values=("good", "scrapped"), default="good"),
                ),
                relations=(Relation(name="member", kind="many_to_one", target="Member", provenance=provenance("own")),),
                state_machines=(
                    StateMachine(
                        field="state",
                        initial="good",
                        transitions=(
                            Transition(name="scrap", from_=("good",), to="scrapped", provenance=provenance("scrapped")),
                        ),
                    ),
                ),
            ),
        ),
    )
)
TREE = FileTree(
    [
        GeneratedFile("tests/endpoints/test_car.py", "def test_create(): ...\n"),
        GeneratedFile("tests/fields/test_car.py", "def test_plate_is_unique(): ...\ndef test_refuses(): ...\n"),
        GeneratedFile("tests/behaviour/test_car.py", "def test_state(): ...\ndef test_other(): ...\n"),
        GeneratedFile("tests/endpoints/test_member.py", "async def test_create(): ...\n"),
    ]
)


def documents(unimplemented: dict[str, str] | None = None) -> dict[str, str]:
    return {file.path: file.content for file in write_documents(BLUEPRINT, TREE, unimplemented or {})}


def row(text: str, place: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(f"| {place} |"))


def test_every_sentence_has_its_own_section_and_elements() -> None:
    assert [s.text for s in sentences(BLUEPRINT)] == [
        "Members own cars.",
        "A car has a plate | and <b>wheels</b>!",
        "- Cars can be scrapped.",
        "Sing a song.",
    ]
    assert [[p.place for p in s.elements] for s in sentences(BLUEPRINT)] == [
        ["Member", "Car", "Car.member"],
        ["Car.plate"],
        ["Car.scrap"],
        [],
    ]
    assert "## 2. A car has a plate \\| and &lt;b>wheels&lt;/b>!" in documents()[LEDGER]


def test_an_element_is_followed_to_endpoints_and_tests() -> None:
    text = documents()[LEDGER]
    assert "`POST /api/v1/cars/{id}/scrap`" in row(text, "Car.scrap")
    assert "| `tests/behaviour/test_car.py::test_state` | unproven |" in row(text, "Car.scrap")
    assert "| `tests/endpoints/test_car.py`, `tests/fields/test_car.py` | unproven |" in row(text, "Car.plate")
    assert "| `tests/endpoints/test_car.py` | unproven |" in row(text, "Car.member")


PASSED = {
    "tests/endpoints/test_car.py::test_create": "passed",
    "tests/fields/test_car.py::test_plate_is_unique": "passed",
    "tests/behaviour/test_car.py::test_state[a]": "passed",
    "tests/behaviour/test_car.py::test_state[b]": "failed",
    "tests/behaviour/test_car.py::test_other": "passed",
}


def test_status_comes_from_the_tests_and_nothing_else_changes() -> None:
    before = documents()[LEDGER]
    after = fill_status(before, PASSED)
    assert row(after, "Car.scrap").endswith("| failed |")
    assert row(after, "Car.plate").endswith("| passed |")
    assert row(after, "Car.member").endswith("| passed |")
    assert row(after, "Member").endswith("| unproven |")
    changed = [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]
    assert changed
    assert all(line.endswith(("| unproven |", "| passed |", "| failed |")) for line in changed)
    assert coverage(before) == 0
    assert coverage(after) == 3 / 5


def test_a_test_that_never_ran_proves_nothing() -> None:
    text = documents()[LEDGER]
    assert fill_status(text, {}) == text
    skipped = fill_status(text, {"tests/endpoints/test_member.py::test_create": "skipped"})
    assert row(skipped, "Member").endswith("| unproven |")


def test_what_is_not_implemented_is_said_and_stays_said() -> None:
    place = "entities.Car.fields.plate"
    text = fill_status(documents({place: "no plates yet"})[LEDGER], PASSED)
    assert row(text, "Car.plate").endswith("|  | not implemented |")  # and no test is named that would hold it
    assert coverage(text) == 2 / 5
    assert "- entities.Car.fields.plate: no plates yet" in text


def test_documents_are_the_same_bytes_every_time() -> None:
    assert documents() == documents()


def test_the_readme_shows_data_endpoints_and_who_may() -> None:
    text = documents()["README.md"]
    assert "Car }o--|| Member : member" in text
    assert "| POST | `/api/v1/cars/{id}/scrap` | scrap a car |" in text
    assert "requirements-dev.txt" in text
    assert "docker" not in text.lower()


def test_the_readme_lists_only_rules_that_are_enforced() -> None:
    custom = CustomRule(name="told_1", text="Cars are kept for ten years", provenance=provenance("cars"))
    quota = QuotaRule(name="few", limit=3)
    member, car = (entity for entity in BLUEPRINT.entities if entity.name != "User")
    kept = car.model_copy(update={"rules": (custom, quota)})
    blueprint = BLUEPRINT.model_copy(update={"entities": (member, kept)})
    missing = {item.place: item.message for item in unkept(blueprint)}
    assert missing == {"entities.Car.rules.told_1": "“Cars are kept for ten years” is kept in words, and not enforced"}
    written = {file.path: file.content for file in write_documents(blueprint, TREE, missing)}
    assert "- at most 3 cars per account" in written["README.md"]
    assert "ten years" not in written["README.md"]
    passed = fill_status(written[LEDGER], {**PASSED, "tests/behaviour/test_car.py::test_state[b]": "passed"})
    assert row(passed, "Car.told_1").endswith("|  | not implemented |")


def test_a_right_to_mark_accounts_that_asks_for_more_than_a_role_is_missing() -> None:
    own = {"operation": "action:follow", "allow": [{"kind": "owner"}]}
    mark = {"kind": "toggle", "name": "follow"}
    user = {"name": "User", "kind": "user", "actions": [mark], "permissions": [own]}
    blueprint = complete(Blueprint.model_validate({"name": "club", "entities": [user]}))
    [missing] = unkept(blueprint)
    assert missing.place == "entities.User.permissions.action:follow"
