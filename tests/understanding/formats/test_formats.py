"""Texts in exact formats, whole: each case beside the blueprint that it becomes.

`python -m tests.understanding.formats.test_formats` writes what they become now; read the difference.
"""

from pathlib import Path

import pytest

from codebegen.blueprint import Blueprint, dump, plan
from codebegen.blueprint.checks import check
from codebegen.blueprint.passes import complete
from codebegen.understanding import understand
from codebegen.understanding.formats import recognise

CASES = Path(__file__).parent / "cases"
NAMES = sorted(path.name for path in CASES.iterdir() if not path.name.endswith(".expected"))
FORMATS = {
    "authors.md": "mermaid",
    "blog.jdl": "jdl",
    "books.openapi.yaml": "openapi",
    "feed.dbml": "dbml",
    "library.mysql.sql": "sql",
    "orders.json": "json",
    "orders.mmd": "mermaid",
    "own_orders.md": None,
    "posts.prisma": "prisma",
    "prose.md": None,
    "shop.sql": "sql",
    "tenants.sql": "sql",
    "tickets.md": None,
}


def read(name: str) -> Blueprint:
    understood = understand((CASES / name).read_text())
    assert understood.blueprint is not None, understood.diagnostics
    return understood.blueprint


def shown(blueprint: Blueprint) -> str:
    return dump(blueprint.model_copy(update={"prompt": ""}))


@pytest.mark.parametrize("name", NAMES)
def test_a_text_becomes_its_blueprint(name: str) -> None:
    assert shown(read(name)) == (CASES / f"{name}.expected").read_text()


@pytest.mark.parametrize("name", NAMES)
def test_what_leaves_is_complete_and_stated(name: str) -> None:
    blueprint = read(name)
    assert check(complete(blueprint)) == ()
    text = (CASES / name).read_text()
    assert blueprint.prompt == text
    for entity in blueprint.entities:
        for element in (*entity.fields, *entity.relations):
            place = element.provenance
            if place.origin == "stated" and place.start is not None and place.end is not None:
                assert " ".join(text[place.start : place.end].split())[:200] == place.quote
    assert plan(blueprint)["entities"]


@pytest.mark.parametrize("name", NAMES)
def test_a_format_is_recognised_by_its_text(name: str) -> None:
    assert recognise((CASES / name).read_text()) == FORMATS[name]


if __name__ == "__main__":
    for each in NAMES:
        (CASES / f"{each}.expected").write_text(shown(read(each)))
