"""`codebegen plan` and `explain`: every text is read or refused with a clear word, and programs get one shape."""

import resource
from typing import Any

import pytest

from .conftest import Codebegen

CRM = (
    "CRM backend: contacts, companies, deals. contact: first name, last name, email (unique), phone. "
    "deal: title, amount, stage (lead, won, lost). A contact belongs to a company, deals belong to a contact."
)
PLAN = "name title domain stack features roles entities report".split()
ENTITY = (
    "name plural path kind origin owner soft_delete fields relations unique_together state_machines permissions rules "
    "actions computed"
).split()
FIELD = "name type required unique default min max min_length max_length pattern values origin".split()
RELATION = "name kind target required unique origin".split()
REPORT = "coverage residue assumptions conflicts questions".split()
RESIDUE = "text start end reason suggestion".split()
ORIGINS = {"stated", "inferred", "default"}


def names(document: dict[str, Any]) -> set[str]:
    return {entity["name"] for entity in document["entities"]}


def test_the_json_has_every_key_of_the_contract(codebegen: Codebegen) -> None:
    ran = codebegen("plan", CRM, "--format", "json", "--with", "auth")
    document = ran.document
    assert ran.code == 0
    assert list(document) == PLAN
    assert {"Contact", "Company", "Deal"} <= names(document)
    assert document["stack"] == "fastapi_sqlite"
    assert {"key": "auth", "origin": "inferred"} in document["features"]  # the text does not name it
    assert set(document["report"]) >= set(REPORT)
    assert 0 <= document["report"]["coverage"] <= 1
    assert all(set(item) == set(RESIDUE) for item in document["report"]["residue"])
    for entity in document["entities"]:
        assert list(entity) == ENTITY
        assert entity["origin"] in ORIGINS
        assert all(set(field) == set(FIELD) for field in entity["fields"])
        assert all(set(relation) == set(RELATION) for relation in entity["relations"])


def test_what_is_asked_for_beside_the_text_wins_over_it_and_that_is_said(codebegen: Codebegen) -> None:
    document = codebegen("plan", "Books have a title. No login.", "--format", "json", "--with", "auth").document
    assert [feature["key"] for feature in document["features"]] == ["auth"]
    (conflict,) = document["report"]["conflicts"]
    assert (conflict["chosen"], "login" in conflict["message"]) == ("auth", True)
    document = codebegen("plan", "Books have a title. Users log in.", "--format", "json", "--with", "auth").document
    assert document["features"] == [{"key": "auth", "origin": "stated"}]
    assert document["report"]["conflicts"] == []


def test_words_for_people_go_to_standard_error_only(codebegen: Codebegen) -> None:
    ran = codebegen("plan", CRM)
    assert (ran.code, ran.out) == (0, "")
    assert "Contact" in ran.err
    assert "understood in" in ran.err


@pytest.mark.parametrize(
    "prompt",
    [
        "- Product\n  - sku: string, unique\n- Warehouse\n  - name: string",
        "-Products have a sku and a name. Warehouses have a name.",
        "--- Products have a sku. Warehouses have a name.",
        "--products and warehouses: a product has a sku; a warehouse has a name",
        "Products have a sku.\n\nWarehouses have a name.\n",
    ],
)
def test_a_prompt_may_look_like_an_option_or_hold_many_lines(codebegen: Codebegen, prompt: str) -> None:
    wanted = {"Product", "Warehouse"}
    assert wanted <= names(codebegen("plan", "--format", "json", prompt).document)
    assert wanted <= names(codebegen("plan", prompt, "--format", "json").document)
    assert wanted <= names(codebegen("plan", "--format", "json", "-", stdin=prompt.encode()).document)
    assert wanted <= names(codebegen("plan", "--format", "json", "--", prompt).document)


def test_a_file_and_an_argument_say_the_same(codebegen: Codebegen, here: Any) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        (here / "prompt.txt").write_text(CRM, encoding=encoding)
        assert (
            codebegen("plan", "--file", "prompt.txt", "--format", "json").out
            == codebegen("plan", CRM, "--format", "json").out
        )


def test_the_same_words_give_the_same_bytes(codebegen: Codebegen) -> None:
    outs = {codebegen("plan", CRM, "--format", "json", env={"PYTHONHASHSEED": seed}).out for seed in "123"}
    assert len(outs) == 1


NOTHING = {
    "poem": "Two roads diverged in a yellow wood,\nAnd sorry I could not travel both\nAnd be one traveler",
    "symbols": "!!! ??? ... ((( ))) ### 12345 %%% &&&",
    "noise": "".join(chr(33 + (i * i * 7919 + i * 104729) % 94) for i in range(100_000)),
    "one word": "hello",
}


@pytest.mark.parametrize("prompt", NOTHING.values(), ids=NOTHING.keys())
def test_where_nothing_is_understood_that_is_said(codebegen: Codebegen, prompt: str) -> None:
    ran = codebegen("plan", "-", "--format", "json", stdin=prompt.encode())
    assert (ran.code, ran.codes) == (2, ["nothing-understood"])
    assert "hint" in ran.document["diagnostics"][0]


@pytest.mark.parametrize(
    "prompt",
    [
        'Posts have a title. {{ 7*7 }} {% for x in y %} """; import os; os.system("x") #',
        "Posts have a title and a `__class__`. </script><script>alert(1)</script> ${HOME} $(id) %s %(x)s \\u0000",
        "Posts have a title. '; DROP TABLE posts; --",
    ],
)
def test_text_that_tries_to_be_code_is_only_text(codebegen: Codebegen, prompt: str) -> None:
    ran = codebegen("plan", prompt, "--format", "json")
    assert ran.code == 0
    assert "Post" in names(ran.document)
    assert "49" not in ran.out


@pytest.mark.parametrize(
    "prompt", ["Кошки живут в доме. У кошки есть имя.", "猫有名字。房子有地址。", "القط له اسم", "😀😀😀 🚗 🐈"]
)
def test_other_scripts_are_read_or_refused_in_words(codebegen: Codebegen, prompt: str) -> None:
    ran = codebegen("plan", prompt, "--format", "json")
    assert ran.code in (0, 2)
    assert ran.document


def test_control_characters_never_reach_a_terminal(codebegen: Codebegen) -> None:
    ran = codebegen("plan", "Posts have a title. \x1b]0;owned\x07 Frobnicate \x1b[2J the wibble\u202e.")
    assert "\x1b]" not in ran.err
    assert "\x1b[2J" not in ran.err
    assert "\u202e" not in ran.err


def test_two_hundred_words_cost_little_more_than_five(codebegen: Codebegen) -> None:
    """In CPU time of the command, against the same command with next to nothing to read."""
    prompt = " ".join([CRM] * 7)
    assert len(prompt.split()) > 200

    def cost(text: str) -> float:
        before = children_seconds()
        assert codebegen("plan", text).code == 0
        return children_seconds() - before

    assert cost(prompt) < 3 * cost("A post has a title.")


def children_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def test_explain_links_each_phrase_to_what_it_became(codebegen: Codebegen) -> None:
    document = codebegen("explain", CRM, "--format", "json").document
    phrases = {phrase["text"]: phrase["elements"] for phrase in document["phrases"]}
    assert all(CRM[p["start"] : p["end"]] == p["text"] for p in document["phrases"])
    belongs = phrases["A contact belongs to a company, deals belong to a contact."]
    assert "entities.Contact.relations.company" in [element["element"] for element in belongs]
    assert document["quality_score"] is None
    said = codebegen("explain", CRM)
    assert (said.code, said.out) == (0, "")
    assert "Contact.company" in said.err
