"""`new` with all gates, then `verify` and `explain` on the result: proven as made, and no longer once it is broken."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BLOG = (
    "Users write posts. A post has a title, a body and a status (draft or published). "
    "Anyone can read posts; only the author can change a post. JWT authentication."
)
BOOKSHOP = (
    "A bookshop. Customers register and log in. Books have a title and a price. Customers place orders; an order has a "
    "number and order items. An order item has a book and a quantity of at least 1. A review has a rating from 1 to 5 "
    "and a text, and belongs to a customer and a book. Only customers who bought a book can review it."
)
"""Who may write what depends on what else they own."""
SCHEMAS = Path(__file__).parents[1] / "understanding/formats/cases"
GATES = ["syntax", "format", "lint", "types", "imports", "migrations", "tests", "security", "contract"]
STATUSES = {"passed", "failed", "not_run", "not_applicable"}


def run(*arguments: str, cwd: Path) -> tuple[int, dict[str, Any]]:
    command = [sys.executable, "-m", "codebegen", *arguments, "--format", "json"]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, json.loads(done.stdout)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, dict[str, Any]]:
    return run("new", BLOG, "-o", "blog", cwd=tmp_path_factory.mktemp("proof"))


def test_a_project_is_proven_before_the_command_returns(made: tuple[int, dict[str, Any]]) -> None:
    code, document = made
    failures = [gate for gate in document["gates"] if gate["status"] != "passed"]
    assert failures == []
    assert code == 0
    assert [gate["name"] for gate in document["gates"]] == GATES
    assert all(list(gate) == ["name", "status", "seconds", "findings"] for gate in document["gates"])
    assert 0.9 < document["quality_score"] <= 1


def test_rules_over_other_rows_are_proven(tmp_path: Path) -> None:
    code, document = run("new", BOOKSHOP, "-o", "shop", cwd=tmp_path)
    assert [gate for gate in document["gates"] if gate["status"] != "passed"] == []
    assert code == 0


@pytest.mark.parametrize("name", ["shop.sql", "books.openapi.yaml"])
def test_what_a_schema_becomes_is_proven(name: str, tmp_path: Path) -> None:
    code, document = run("import", str(SCHEMAS / name), "-o", "made", cwd=tmp_path)
    assert [gate for gate in document["gates"] if gate["status"] != "passed"] == []
    assert code == 0


def test_proof_fills_in_the_ledger_and_the_openapi_document(made: tuple[int, dict[str, Any]]) -> None:
    project = Path(made[1]["path"])
    ledger = (project / "REQUIREMENTS.md").read_text()
    assert "| Post.status | field |" in ledger
    assert "| passed |" in ledger
    assert "| failed |" not in ledger
    document = json.loads((project / "openapi.json").read_text())
    assert "/api/v1/posts/{post_id}" in document["paths"]


def test_verifying_it_again_says_the_same_and_changes_nothing(made: tuple[int, dict[str, Any]]) -> None:
    project = Path(made[1]["path"])
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    code, document = run("verify", str(project), cwd=project.parent)
    assert code == 0
    assert document["edited"] == []
    assert [gate["status"] for gate in document["gates"]] == ["passed"] * len(GATES)
    assert document["quality_score"] == made[1]["quality_score"]
    assert sum(line["contribution"] for line in document["score_lines"]) == pytest.approx(
        document["quality_score"], abs=1e-3
    )
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def test_a_defect_by_hand_is_found_named_and_costs_quality(made: tuple[int, dict[str, Any]], tmp_path: Path) -> None:
    """Whoever drops the owner check by hand gets a red test, and the file is listed as edited."""
    project = tmp_path / "blog"
    subprocess.run(["cp", "-r", made[1]["path"], project], check=True)
    policy = project / "app/policies/post.py"
    text = policy.read_text()
    broken = text.replace("models.Post.author_id == actor.id", "models.Post.author_id == models.Post.author_id")
    assert broken != text
    policy.write_text(broken)
    code, document = run("verify", ".", cwd=project)
    assert code == 1
    assert document["edited"] == ["app/policies/post.py"]
    status = {gate["name"]: gate["status"] for gate in document["gates"]}
    assert set(status.values()) <= STATUSES
    assert status["tests"] == "failed"
    findings = [
        finding["place"] for gate in document["gates"] if gate["name"] == "tests" for finding in gate["findings"]
    ]
    assert any(place.startswith("tests/access/test_post.py") for place in findings)
    assert document["quality_score"] < made[1]["quality_score"] - 0.1


def test_explaining_a_project_shows_its_score_line_by_line(made: tuple[int, dict[str, Any]]) -> None:
    project = Path(made[1]["path"])
    code, document = run("explain", project.name, cwd=project.parent)
    assert code == 0
    assert [line["name"] for line in document["score_lines"]][: len(GATES)] == [f"gate: {name}" for name in GATES]
    assert document["phrases"][0]["text"] == "Users write posts."
