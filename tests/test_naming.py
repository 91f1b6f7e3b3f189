"""Names: words, cases, plurals, and identifiers that nothing else has."""

import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from codebegen import naming

WORDS = [
    ("OrderItem", ("order", "item")),
    ("order-item", ("order", "item")),
    ("Order item", ("order", "item")),
    ("order_item", ("order", "item")),
    ("HTTPServer", ("http", "server")),
    ("userID", ("user", "id")),
    ("A1B2", ("a", "1", "b", "2")),
    ("Städte", ("stadte",)),
    ("user's", ("users",)),
    ("Köche & Gäste", ("koche", "gaste")),
    ("", ()),
    ("!?", ()),
]

PLURALS = [
    ("post", "posts"),
    ("category", "categories"),
    ("day", "days"),
    ("box", "boxes"),
    ("branch", "branches"),
    ("person", "people"),
    ("order_item", "order_items"),
    ("order item", "order items"),
    ("quiz", "quizzes"),
    ("address", "addresses"),
    ("bus", "buses"),
    ("series", "series"),
    ("woman", "women"),
    ("fireman", "firemen"),
    ("human", "humans"),
    ("lens", "lenses"),
    ("warehouse", "warehouses"),
    ("sales_person", "sales_people"),
    ("movie", "movies"),
    ("criterion", "criteria"),
]


@pytest.mark.parametrize(("name", "words"), WORDS)
def test_a_name_in_any_case_is_words(name: str, words: tuple[str, ...]) -> None:
    assert naming.words(name) == words


def test_one_name_has_every_spelling() -> None:
    name = "order item"
    spelled = (naming.snake(name), naming.kebab(name), naming.pascal(name), naming.title(name))
    assert spelled == ("order_item", "order-item", "OrderItem", "Order item")


@pytest.mark.parametrize(("one", "many"), PLURALS)
def test_plural_and_back(one: str, many: str) -> None:
    assert naming.plural(one) == many
    assert naming.singular(many) == one


@pytest.mark.parametrize("name", ["status", "campus", "bonus", "analysis", "class", "virus", "news", "data"])
def test_a_singular_stays_one(name: str) -> None:
    assert naming.singular(name) == name


def test_is_plural() -> None:
    assert naming.is_plural("posts")
    assert naming.is_plural("news")
    assert not naming.is_plural("address")


@pytest.mark.parametrize(
    ("entity", "cls", "module"),
    [
        ("Class", "Class", "class_"),
        ("Order", "Order", "order"),
        ("import", "Import", "import_"),
        ("List", "List", "list_"),
        ("Base", "BaseRecord", "base_"),
        ("Role", "RoleRecord", "role"),
        ("Entity", "EntityRecord", "entity"),
        ("User", "User", "user"),
        ("Settings", "SettingsRecord", "settings_"),
        ("App", "App", "app_"),
        ("Warning", "WarningRecord", "warning"),
        ("Auth", "Auth", "auth_"),
        ("3D model", "N3DModel", "n3_d_model"),
    ],
)
def test_classes_and_modules_give_way_to_what_a_project_has(entity: str, cls: str, module: str) -> None:
    assert naming.class_name(entity) == cls
    assert naming.module_name(entity) == module


@pytest.mark.parametrize(
    ("name", "attribute"),
    [
        ("title", "title"),
        ("class", "class_"),
        ("metadata", "metadata_"),
        ("json", "json_"),
        ("copy", "copy_"),
        ("list", "list_"),
        ("model_config", "model_config_"),
        ("model_validate_me", "model_validate_me_"),
        ("model_name", "model_name"),
        ("address1", "address1"),
        ("first name", "first_name"),
        ("2nd", "n2_nd"),
        ("is_admin", "is_admin_"),
        ("change", "change_"),
    ],
)
def test_attributes_give_way_to_keywords_and_libraries(name: str, attribute: str) -> None:
    assert naming.attribute(name) == attribute


@given(st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True))
def test_an_attribute_is_an_identifier_that_shadows_nothing(name: str) -> None:
    attribute = naming.attribute(name)
    assert attribute.isidentifier()
    assert not keyword.iskeyword(attribute)
    assert not hasattr(BaseModel, attribute)
    assert attribute in (name, f"{name}_")


@given(st.text(max_size=30))
def test_any_text_has_words_or_none(text: str) -> None:
    assert naming.is_name(text) == (bool(naming.words(text)) and not naming.words(text)[0].isdigit())
    for word in naming.words(text):
        assert word.isascii()
        assert word.isalnum()
        assert word == word.lower()


@given(st.from_regex(r"[a-z]{3,12}(_[a-z]{3,12})?", fullmatch=True))
def test_a_plural_is_a_name_in_one_piece(name: str) -> None:
    assert naming.snake(naming.plural(name)) == naming.plural(name)
    assert naming.singular(naming.singular(naming.plural(name)))
