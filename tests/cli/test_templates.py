"""`codebegen templates`, and projects made with a template of one's own; docs/templates.md says what is tested here."""

import json
import re
import shutil
from pathlib import Path

import pytest

from codebegen.compiler.custom.starter import starter

from .conftest import Codebegen

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")


def test_the_list_and_what_is_in_one(codebegen: Codebegen, here: Path) -> None:
    listed = codebegen("templates", "--format", "json").document["templates"]
    assert {item["origin"] for item in listed} == {"built_in"}
    assert "fastapi_sqlalchemy" in codebegen("templates", "list").err
    shown = codebegen("templates", "show", "fastapi_sqlalchemy", "--format", "json").document
    assert shown["layers"] == ["base", "layered", "sql", "fastapi_sqlalchemy"]
    assert {"path": "app/core/errors.py", "layer": "base", "each": None, "when": []} in shown["files"]
    assert shown["slots"]["env.j2"] == "Lines of .env.example."
    assert {"entities", "resources"} <= set(shown["lists"])
    assert "Files" in codebegen("templates", "show", "fastapi_sqlalchemy").err
    assert list(here.iterdir()) == []


def test_a_template_with_a_name(codebegen: Codebegen, tmp_path: Path) -> None:
    home = tmp_path / "data"
    codebegen("templates", "new", str(home / "codebegen" / "templates" / "garage"))
    names = codebegen("templates", "--format", "json", env={"XDG_DATA_HOME": str(home)}).document["templates"]
    assert {item["name"]: item["origin"] for item in names}["garage"] == "custom"
    made = codebegen("plan", "--template", "garage", "A blog with posts", env={"XDG_DATA_HOME": str(home)})
    assert made.code == 0


WRONG = [
    (["templates", "paint"], "usage"),
    (["templates", "show"], "usage"),
    (["templates", "show", "flask"], "unknown-value"),
    (["templates", "check", "nowhere"], "template-missing"),
    (["templates", "new", "x", "--inherits", "flask"], "unknown-value"),
    (["plan", "--template", "./nowhere", "A blog"], "template-missing"),
    (["plan", "--set", "a=1", "A blog"], "template-setting"),
    (["plan", "--set", "a", "A blog"], "usage"),
    (["new", "--template", "fastapi_basic", "--stack", "fastapi_postgres", "A blog with posts"], "template-stack"),
]


@pytest.mark.parametrize(("arguments", "code"), WRONG, ids=lambda value: " ".join(value)[:40])
def test_wrong_use(codebegen: Codebegen, here: Path, arguments: list[str], code: str) -> None:
    said = codebegen(*arguments, "--format", "json")
    assert (said.code, said.codes) == (2, [code])
    assert list(here.iterdir()) == []


def test_the_guide_shows_the_starter() -> None:
    fences = re.findall(r"```(?:yaml|jinja)\n(.*?)```", GUIDE, re.DOTALL)
    texts = {path: file.content for path, file in starter("garage", "fastapi_sqlalchemy").items()}
    assert fences == [
        texts["template.yaml"],
        texts["files/docs/glossary/{{ entity.names.module }}.md.j2"],
        texts["slots/settings.j2"],
    ]


def test_the_guide_command_by_command(codebegen: Codebegen, here: Path) -> None:
    """The project is proven, in the sandbox, says what made it, and is proven again without the template's folder."""
    for line in re.findall(r"^\$ codebegen (.*)$", GUIDE, re.MULTILINE):
        words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', line)]
        ran = codebegen(*words)
        assert ran.code == 0, ran.err
    project = here / "car_club"
    assert "Ask Garage about them." in (project / "docs" / "glossary" / "car.md").read_text()
    assert 'team: str = "Garage"' in (project / "app" / "core" / "config.py").read_text()
    assert "# TEAM=Garage" in (project / ".env.example").read_text()
    kept = json.loads((project / ".codebegen" / "template.json").read_text())
    assert (kept["name"], kept["settings"]) == ("garage", {"team": "Garage"})
    shutil.rmtree(here / "garage")
    (project / "app" / "routers" / "health.py").write_text("import nothing_of_the_kind\n")
    verified = codebegen("verify", "car_club", "--format", "json")
    assert verified.code == 1
    assert verified.document["edited"] == ["app/routers/health.py"]


def test_what_is_wrong_is_told_and_nothing_is_written(codebegen: Codebegen, here: Path, blueprint: str) -> None:
    codebegen("templates", "new", "mine")
    (here / "mine" / "files" / "app" / "more.py.j2").write_text("x = {{ entiti }}\n")
    for command in (["templates", "check", "mine"], ["new", "--template", "mine", "--file", blueprint, "--no-verify"]):
        said = codebegen(*command, "--format", "json")
        assert said.code == 2
        assert [(d["code"], d["place"]) for d in said.document["diagnostics"]] == [
            ("template-variable", "files/app/more.py.j2:1")
        ]
    assert [item.name for item in here.iterdir()] == ["mine"]
