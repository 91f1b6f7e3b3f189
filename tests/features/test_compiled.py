"""What features add to a project, and that nothing of them is in one that has none."""

import re
from importlib.resources.abc import Traversable

import pytest

from codebegen.blueprint.endpoints import endpoints
from codebegen.compiler.template import built_in, template_names
from codebegen.features import FeatureSpec, catalogue, folder_of, with_needs

from .projects import ADDED, ELSEWHERE, TEMPLATE, blueprint, compiled

PRESENT = [spec for spec in catalogue().values() if spec.is_in(TEMPLATE) and not spec.built_in]
SETTING = re.compile(r"^    ([a-z0-9_]+): ", re.MULTILINE)


def _files(folder: Traversable) -> list[Traversable]:
    return [f for item in folder.iterdir() for f in (_files(item) if item.is_dir() else [item])]


@pytest.mark.parametrize("key", ADDED)
def test_a_project_with_a_feature_says_so(key: str) -> None:
    made = compiled([key])
    assert made.unimplemented == ()
    assert [spec.key for spec in made.features] == [s.key for s in with_needs([key]) if not s.built_in]
    assert f"tests/test_{key}.py" in made.tree


@pytest.mark.parametrize("template", [TEMPLATE, *ELSEWHERE])
def test_without_features_nothing_of_them_is_there(template: str) -> None:
    """Among the pins may be a package that what is always there needs as well."""
    tree = compiled([], template=template).tree
    text = "".join(f"{path}\n{file.content}" for path, file in tree.items())
    assert "slots/" not in text
    told = "".join(file.content for path, file in tree.items() if not path.startswith("requirements"))
    always = {item.package for layer in built_in(template).layers for item in (*layer.dependencies, *layer.development)}
    for spec in PRESENT:
        packages = {*spec.dependencies, *spec.development} - always
        assert not [package for package in packages if package in told], spec.key
        assert not [name for name in spec.settings if name.lower() in text.lower()], spec.key
        assert not [e.path for e in spec.endpoints if f'"{e.path}' in text], spec.key
        assert not [file for file in tree.values() if file.origin.startswith("features/")]


@pytest.mark.parametrize("spec", PRESENT, ids=lambda spec: spec.key)
def test_every_setting_is_explained(spec: FeatureSpec) -> None:
    texts = [f.read_text("utf-8") for f in _files(folder_of(spec.key)) if f.name == "settings.j2"]
    assert {name.upper() for text in texts for name in SETTING.findall(text)} == set(spec.settings)


@pytest.mark.parametrize("spec", PRESENT, ids=lambda spec: spec.key)
def test_slots_that_are_filled_exist(spec: FeatureSpec) -> None:
    """A mistyped slot would be left out without a word; one of a feature that may be there as well is none."""
    known = {slot for name in template_names() for layer in built_in(name).layers for slot in layer.slots}
    known |= {slot.name for other in catalogue().values() for slot in _own_slots(other)}
    filled = {f.name for f in _files(folder_of(spec.key)) if f.name.endswith(".j2") and f in _slots(spec)}
    assert filled <= known


def _own_slots(spec: FeatureSpec) -> list[Traversable]:
    """Slots that a feature or part offers to others: empty but for what belongs there."""
    return [slot for slot in _slots(spec) if slot.read_text("utf-8").startswith("{#")]


def _slots(spec: FeatureSpec) -> list[Traversable]:
    folder = folder_of(spec.key)
    return [f for place in (folder, *folder.iterdir()) if place.is_dir() for f in _in(place.joinpath("slots"))]


def _in(folder: Traversable) -> list[Traversable]:
    return _files(folder) if folder.is_dir() else []


@pytest.mark.parametrize(
    ("template", "key", "entity"),
    [
        (TEMPLATE, "password_reset", "QueuedJob"),
        (TEMPLATE, "csv_export", "CsvImport"),
        ("fastapi_basic", "csv_export", "CsvImport"),
        ("fastapi_basic", "audit_log", "AuditEntry"),
        ("fastapi_basic", "password_reset", "QueuedJob"),
    ],
)
def test_an_entity_that_has_its_place_keeps_it(template: str, key: str, entity: str) -> None:
    mine = f"  - {{name: {entity}, plural: {entity.lower()}s, fields: [{{name: title}}]}}\n"
    made = compiled([key, "search"], mine, template)
    [missing] = made.unimplemented
    assert missing.place == f"features.{key}"
    assert entity in missing.message
    assert made.features == ()
    assert not [file for file in made.tree.values() if file.origin.startswith("features/")]


def test_an_endpoint_of_each_collection_is_for_those_who_may_do_the_like() -> None:
    promised = endpoints(blueprint(["csv_export"]), with_needs(["csv_export"]))
    access = {(e.method, e.path): e.access for e in promised}
    for path in ("/api/v1/products", "/api/v1/reviews"):
        for method in ("GET", "POST"):
            assert access[method, f"{path}.csv"] == access[method, path]
    assert "/api/v1/users.csv" not in {path for _, path in access}
