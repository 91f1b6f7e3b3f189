"""The command line as the contract has it: exit statuses, and the shape of its JSON."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .conftest import KEPT, description
from .plan import Json

SHOP = (
    "A shop: products have a name, a price and a size (small, large); customers log in and write reviews of products."
)
DOMAINS = set("ecommerce social_media content_management task_management fintech healthcare general".split())
ORIGINS = {"stated", "inferred", "default"}
PLAN = "name title domain stack features roles entities report"
ENTITY = (
    "name plural path kind origin owner soft_delete fields relations unique_together state_machines permissions rules "
    "actions computed"
)
FIELD = "name type required unique default min max min_length max_length pattern values origin"
RELATION = "name kind target required unique origin"
REPORT = "coverage residue assumptions conflicts questions"


def codebegen(*arguments: str, folder: Path, given: str = "") -> tuple[int, str, str]:
    """How a run ended, and what it printed."""
    command = [sys.executable, "-m", "codebegen", *arguments]
    environment = {**os.environ, "HOME": str(folder)}
    done = subprocess.run(
        command, cwd=folder, env=environment, input=given, capture_output=True, text=True, timeout=120, check=False
    )
    return done.returncode, done.stdout, done.stderr


def planned(*arguments: str, folder: Path, given: str = "") -> Json:
    """A plan."""
    code, out, err = codebegen("plan", *arguments, "--format", "json", folder=folder, given=given)
    assert code == 0, err
    plan: Json = json.loads(out)
    return plan


def has(data: Json, keys: str) -> None:
    """All keys of the contract are there."""
    assert set(keys.split()) <= set(data), data


@pytest.mark.parametrize("name", KEPT)
def test_a_plan_has_all_its_keys(name: str, tmp_path: Path) -> None:
    plan = planned("--file", str(description(name)), folder=tmp_path)
    check_plan(plan)


def check_plan(plan: Json) -> None:
    """The keys of a plan, in every corner."""
    has(plan, PLAN)
    assert plan["domain"] in DOMAINS
    assert plan["stack"] in {"fastapi_sqlite", "fastapi_postgres", "fastapi_mongo"}
    assert all(set(feature) == {"key", "origin"} and feature["origin"] in ORIGINS for feature in plan["features"])
    assert all("name" in role for role in plan["roles"])
    for entity in plan["entities"]:
        check_entity(entity, {other["name"] for other in plan["entities"]})
    has(plan["report"], REPORT)
    assert 0 <= plan["report"]["coverage"] <= 1
    for key, inner in {
        "residue": "text start end reason suggestion",
        "assumptions": "element message",
        "conflicts": "message chosen",
        "questions": "id text options chosen",
    }.items():
        for item in plan["report"][key]:
            has(item, inner)


def check_entity(entity: Json, names: set[str]) -> None:
    """The keys of an entity."""
    has(entity, ENTITY)
    assert entity["plural"] == entity["plural"].lower()
    assert entity["path"] == "/" + entity["plural"].replace("_", "-")
    assert entity["origin"] in ORIGINS
    for field in entity["fields"]:
        has(field, FIELD)
        assert field["name"] not in {"id", "created_at", "updated_at"} or field["origin"] == "stated"
        assert isinstance(field["values"], list)
    for relation in entity["relations"]:
        has(relation, RELATION)
        assert relation["kind"] in {"many_to_one", "one_to_one", "many_to_many"}
        assert relation["target"] in names
    for machine in entity["state_machines"]:
        has(machine, "field initial transitions")
        for move in machine["transitions"]:
            has(move, "name from to")
            assert isinstance(move["from"], list)
    assert all(isinstance(together, list) for together in entity["unique_together"])


def test_where_a_prompt_comes_from_makes_no_difference(tmp_path: Path) -> None:
    text = "- products: name, price\n- reviews of products: rating, text\n"
    (tmp_path / "prompt.txt").write_text(text)
    plans = [
        planned(text, folder=tmp_path),
        planned("-", folder=tmp_path, given=text),
        planned("--file", "prompt.txt", folder=tmp_path),
    ]
    assert plans[0]["entities"]
    assert all(plan == plans[0] for plan in plans)


def test_context_is_taken(tmp_path: Path) -> None:
    bare = planned("Books have a title.", folder=tmp_path)
    assert bare["features"] == []
    assert any("public" in assumption["message"] for assumption in bare["report"]["assumptions"])
    for arguments in (["--with", "auth"], ["--constraint", "authenticated"]):
        plan = planned("Books have a title.", *arguments, folder=tmp_path)
        assert "auth" in {feature["key"] for feature in plan["features"]}
    plan = planned("Books have a title.", "--constraint", "dockerized", "--stack", "fastapi_postgres", folder=tmp_path)
    assert "docker" in {feature["key"] for feature in plan["features"]}
    assert plan["stack"] == "fastapi_postgres"
    assert planned("Books have a title.", "--domain", "fintech", folder=tmp_path)["domain"] == "fintech"


def test_stated_is_what_the_text_names(tmp_path: Path) -> None:
    plan = planned(SHOP, folder=tmp_path)
    product = next(entity for entity in plan["entities"] if entity["name"] == "Product")
    assert {field["name"] for field in product["fields"] if field["origin"] == "stated"} == {"name", "price", "size"}
    size = next(field for field in product["fields"] if field["name"] == "size")
    assert (size["type"], size["values"]) == ("enum", ["small", "large"])


def test_what_comes_later_is_not_required(tmp_path: Path) -> None:
    text = (
        "Runners have a name, a bio, notes and an avatar. Parcels have a weight, a delivered_at and a label (optional)."
    )
    plan = planned(text, folder=tmp_path)
    required = {field["name"]: field["required"] for entity in plan["entities"] for field in entity["fields"]}
    assert (required["name"], required["weight"]) == (True, True)
    assert not any(required[name] for name in ("bio", "notes", "avatar", "delivered_at", "label"))


def test_new_without_proof(tmp_path: Path) -> None:
    code, out, err = codebegen("new", SHOP, "--no-verify", "--format", "json", "-o", "made", folder=tmp_path)
    assert code == 0, err
    document: Json = json.loads(out)
    has(document, "path blueprint gates quality_score report")
    assert document["path"] == str((tmp_path / "made").resolve())
    assert (document["gates"], document["quality_score"]) == ([], None)
    check_plan(document["blueprint"])
    assert document["blueprint"] == planned(SHOP, folder=tmp_path)


def test_new_goes_to_its_name_or_where_it_is_told(tmp_path: Path) -> None:
    name = planned(SHOP, folder=tmp_path)["name"]
    assert codebegen("new", SHOP, "--no-verify", folder=tmp_path)[0] == 0
    assert (tmp_path / name / "app" / "main.py").is_file()
    (tmp_path / "empty").mkdir()
    assert codebegen("new", SHOP, "--no-verify", "-o", "empty", folder=tmp_path)[0] == 0
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    code, out, _err = codebegen("new", SHOP, "--no-verify", "-o", "full", "--format", "json", folder=tmp_path)
    assert (code, list(json.loads(out))) == (2, ["diagnostics"])
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]
    assert codebegen("new", SHOP, "--no-verify", "-o", "full", "--force", folder=tmp_path)[0] == 0
    assert (tmp_path / "full" / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize(
    "arguments",
    [
        [""],
        ["   \n "],
        ["xyzzy plugh frotz"],
        ["A shop with products.", "--stack", "nonsense"],
        ["A shop with products.", "--domain", "nonsense"],
        ["A shop with products.", "--with", "nonsense"],
        ["--file", "not-there.txt"],
        [],
    ],
)
def test_wrong_use_is_2_with_diagnostics(arguments: list[str], tmp_path: Path) -> None:
    code, out, err = codebegen("new", *arguments, "--no-verify", "--format", "json", folder=tmp_path)
    document: dict[str, Any] = json.loads(out)
    assert code == 2
    assert list(document) == ["diagnostics"]
    assert document["diagnostics"][0]["message"]
    assert err
    assert list(tmp_path.glob("*/app")) == []
