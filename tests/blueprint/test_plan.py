"""The keys of `plan --format json` are part of the interface: always there, and no others."""

import json

from codebegen.blueprint import (
    Blueprint,
    Entity,
    Feature,
    Field,
    Noise,
    Permission,
    Relation,
    Report,
    Residue,
    Role,
    StateMachine,
    Transition,
    UniqueTogether,
    complete,
    plan,
    stated,
)
from codebegen.blueprint.report import Assumption, Conflict, Question

KEYS = {
    "": "name title domain stack features roles entities report",
    "features": "key origin",
    "roles": "name origin",
    "entities": "name plural path kind origin owner soft_delete fields relations unique_together state_machines "
    "permissions rules actions computed",
    "fields": "name type required unique default min max min_length max_length pattern values origin",
    "relations": "name kind target required unique origin",
    "state_machines": "field initial transitions",
    "transitions": "name from to",
    "report": "coverage residue noise assumptions conflicts questions",
    "residue": "text start end reason suggestion asks",
    "noise": "text start end reason",
    "assumptions": "element message",
    "conflicts": "message chosen",
    "questions": "id text options chosen",
}

BLOG = Blueprint(
    name="blog",
    features=(Feature(key="auth", provenance=stated("login")),),
    roles=(Role(name="editor", provenance=stated("editors")),),
    entities=(
        Entity(
            name="Post",
            provenance=stated("posts"),
            fields=(
                Field(name="title", provenance=stated("title")),
                Field(name="status", type="enum", values=("draft", "live")),
            ),
            relations=(Relation(name="author", kind="many_to_one", target="User", provenance=stated("author")),),
            unique_together=(UniqueTogether(fields=("title", "author")),),
            permissions=(Permission(operation="list"),),
            state_machines=(
                StateMachine(
                    field="status",
                    initial="draft",
                    transitions=(Transition(name="publish", from_=("draft",), to="live"),),
                ),
            ),
        ),
    ),
    report=Report(
        residue=(Residue(text="hm", start=0, end=2),),
        noise=(Noise(text="hi", start=0, end=2, reason="x"),),
        assumptions=(Assumption(element="features", message="x"),),
        conflicts=(Conflict(message="x", chosen="y"),),
        questions=(Question(id="q", text="x", options=("a", "b"), chosen="a"),),
    ),
)


def walk(data: object, name: str = "") -> list[tuple[str, dict[str, object]]]:
    """Every mapping of the plan with the key under which it stands."""
    if isinstance(data, list):
        return [found for item in data for found in walk(item, name)]
    if not isinstance(data, dict):
        return []
    return [(name, data), *(found for key, value in data.items() for found in walk(value, key))]


def test_every_key_of_the_contract_and_no_other() -> None:
    seen = set()
    for name, data in walk(plan(complete(BLOG))):
        if name in KEYS:
            assert list(data) == [key for key in data if key in KEYS[name].split()]
            assert set(data) == set(KEYS[name].split()), name
            seen.add(name)
    assert seen == set(KEYS)


def test_what_is_empty_is_there_too() -> None:
    (entity,) = plan(Blueprint(name="x", entities=(Entity(name="A"),)))["entities"]
    assert set(entity) == set(KEYS["entities"].split())
    assert entity["unique_together"] == entity["fields"] == []


def test_values_are_plain_and_as_the_contract_says() -> None:
    data = plan(complete(BLOG))
    assert json.loads(json.dumps(data)) == data
    post = next(entity for entity in data["entities"] if entity["name"] == "Post")
    assert (post["plural"], post["path"], post["owner"]) == ("posts", "/posts", "author")
    assert post["unique_together"] == [["title", "author"]]
    assert post["state_machines"][0]["transitions"] == [{"name": "publish", "from": ["draft"], "to": "live"}]
    assert post["relations"] == [
        {"name": "author", "kind": "many_to_one", "target": "User", "required": True, "unique": False}
        | {"origin": "stated"}
    ]
    assert {f["name"]: f["origin"] for f in post["fields"]} == {"title": "stated", "status": "default"}
    assert all(set(p) >= {"operation", "allow", "origin"} for p in post["permissions"])
