"""`codebegen features` lists every feature, with how to ask for it and whether it is there."""

from codebegen.blueprint.model import FEATURES

from .conftest import Codebegen


def test_every_feature_is_listed_for_programs(codebegen: Codebegen) -> None:
    listed = codebegen("features", "--format", "json").document["features"]
    assert {feature["key"] for feature in listed} == set(FEATURES)
    states = {feature["key"]: feature["status"] for feature in listed}
    assert (states["auth"], states["payments"]) == ("implemented", "missing")
    assert all(feature["ask"] and feature["title"] and feature["adds"] for feature in listed)


def test_people_are_told_what_is_missing(codebegen: Codebegen) -> None:
    shown = codebegen("features")
    assert (shown.code, shown.out) == (0, "")
    there, _, missing = shown.err.partition("still missing")
    assert "pagination" in there
    assert "payments" in missing
    assert "“payment gateway”" in missing


def test_words_are_wrong_use(codebegen: Codebegen) -> None:
    assert codebegen("features", "please", "--format", "json").codes == ["usage"]
