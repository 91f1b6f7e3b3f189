"""Every domain file says things that hold together, and the compiled catalogue is what they say."""

from typing import Any

import pytest
import yaml

from codebegen import naming
from codebegen.blueprint.model import DOMAINS
from codebegen.understanding.embedded.catalogue import build, domain, domains, entity, match_domains, named
from codebegen.understanding.embedded.catalogue.spec import parse_field, parse_relation
from codebegen.understanding.embedded.catalogue.store import COMMON, COMPILED
from codebegen.understanding.embedded.catalogue.words import phrase

ROW_NAMES = {"id", "created_at", "updated_at"}


class UniqueKeys(yaml.SafeLoader):
    """YAML keeps the last of two equal keys in silence; a domain file must not have two."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key) for key, _ in node.value]
        assert len(keys) == len(set(keys)), f"a key twice in {keys}, {node.start_mark}"
        return super().construct_mapping(node, deep)


@pytest.mark.parametrize("path", sorted(build.SOURCES.glob("*.yaml")), ids=lambda path: path.stem)
def test_no_key_is_there_twice(path: Any) -> None:
    assert yaml.load(path.read_text(encoding="utf-8"), Loader=UniqueKeys)


def test_the_compiled_catalogue_is_what_the_domain_files_say() -> None:
    command = "python -m codebegen.understanding.embedded.catalogue.build"
    assert COMPILED.read_text(encoding="utf-8") == build.compile_sources(), f"run `{command}`"


def test_there_are_many_domains() -> None:
    assert len(domains()) >= 40


@pytest.mark.parametrize("key", domains())
def test_domain_holds_together(key: str) -> None:
    found = domain(key)
    assert found.mission in DOMAINS
    assert key == COMMON or found.cues
    targets = {*found.entities, *domain(COMMON).entities, "User"}
    for name in found.entities:
        usual = entity(key, name)
        assert naming.pascal(name) == name
        fields = [field.name for field in usual.fields]
        relations = [relation.name for relation in usual.relations]
        assert len({*fields, *relations}) == len(fields) + len(relations), name
        assert not ROW_NAMES & {*fields, *relations}, name
        assert usual.fields or usual.relations, f"{name} says nothing"
        assert {relation.target for relation in usual.relations} <= targets, name
        for field in usual.fields:
            assert naming.snake(field.name) == field.name
            assert field.type != "enum" or len(set(field.values)) == len(field.values) > 1, field


@pytest.mark.parametrize("key", domains())
def test_names_and_aliases_are_said_once(key: str) -> None:
    said = [phrase(word) for n in domain(key).entities for word in (n, *entity(key, n).aliases)]
    names = [phrase(n) for n in domain(key).entities]
    twice = {word for word in said if said.count(word) > 1}
    assert not twice, f"{key}: {twice}"
    assert len(names) == len(set(names))


@pytest.mark.parametrize("key", domains())
def test_owner_paths_lead_to_a_person(key: str) -> None:
    for name in domain(key).entities:
        usual = entity(key, name)
        if usual.access == "private":
            assert usual.owner, f"{key}.{name} is private to nobody"
        here = usual
        for step in usual.owner.split(".") if usual.owner else ():
            relation = next(r for r in here.relations if r.name == step)
            if relation.target == "User":
                break
            here = entity(key, relation.target)
        else:
            assert usual.owner is None or here.kind == "profile", f"{key}.{name}.{usual.owner}"


@pytest.mark.parametrize("key", [key for key in domains() if key != COMMON])
def test_a_domain_is_found_by_its_first_cue_and_has_a_core(key: str) -> None:
    assert any(entity(key, name).core for name in domain(key).entities)
    best = match_domains(f"an API for {domain(key).cues[0]}")
    assert key in {match.domain for match in best if match.score == best[0].score}


@pytest.mark.parametrize("key", domains())
def test_fields_become_optional_fields_of_a_blueprint(key: str) -> None:
    for name in domain(key).entities:
        for usual in entity(key, name).fields:
            field = usual.as_field("usual")
            assert field.origin == "inferred"
            assert not field.required
            assert not field.unique
            assert (field.min, field.max, field.min_length, field.max_length, field.pattern) == (None,) * 5


def test_names_come_before_aliases() -> None:
    assert next(e.name for e in named("card") if e.domain == "flashcards") == "Card"
    assert {e.domain for e in named("comment")} >= {COMMON, "blog"}


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("A recipe blog", "blog"),
        ("a blog about cooking", "blog"),
        ("Backend for a food delivery startup", "delivery"),
        ("an online store for bikes", "shop"),
        ("to-do app", "tasks"),
        ("pet clinic", "veterinary"),
        ("E-commerce backend", "shop"),
        ("we are a yoga studio", "gym"),
    ],
)
def test_the_head_tells_the_domain(prompt: str, expected: str) -> None:
    assert match_domains(prompt)[0].domain == expected


def test_stated_entities_tell_the_domain_where_no_word_does() -> None:
    assert match_domains("", ["Patient", "Doctor", "Prescription"])[0].domain == "clinic"
    assert match_domains("nothing of the kind") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("string!", {"type": "string", "expected": True}),
        ("string unique", {"type": "string", "unique": True}),
        ("string ..280", {"type": "string", "high": 280}),
        ("money! 0..", {"type": "money", "expected": True, "low": 0}),
        ("integer -1..1", {"type": "integer", "low": -1, "high": 1}),
        ("boolean = true", {"type": "boolean", "default": True}),
        ("duration 0.. in minutes", {"type": "duration", "low": 0, "unit": "minutes"}),
        ("list of string", {"type": "list", "item_type": "string"}),
        ("enum! draft, in_review", {"type": "enum", "expected": True, "values": ("draft", "in_review")}),
    ],
)
def test_the_notation_of_fields(text: str, expected: dict[str, Any]) -> None:
    field = parse_field("x", text)
    assert {key: getattr(field, key) for key in expected} == expected


@pytest.mark.parametrize("text", ["sting", "string !", "list of things", "integer 1-5"])
def test_a_mistake_in_the_notation_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="is not a field"):
        parse_field("x", text)


def test_the_notation_of_relations() -> None:
    assert parse_relation("category", "Category").kind == "many_to_one"
    assert parse_relation("user", "one User").kind == "one_to_one"
    assert parse_relation("tags", "many Tag").kind == "many_to_many"
