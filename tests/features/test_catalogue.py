"""Every feature has a folder, says how people ask for it, and is understood when they do."""

import re

import pytest

from codebegen.blueprint import Blueprint, complete
from codebegen.blueprint.model import FEATURES, Feature
from codebegen.compiler.stack import layer_names
from codebegen.compiler.support import unimplemented
from codebegen.features import FeatureSpec, catalogue, with_needs
from codebegen.understanding.embedded.features import find_features

ASKED = [spec for spec in catalogue().values() if not spec.part]
SAID = [(spec.key, words) for spec in ASKED for words in spec.say]


def test_there_is_a_folder_for_each_feature_and_no_other() -> None:
    assert {spec.key for spec in ASKED} == set(FEATURES)


@pytest.mark.parametrize(("key", "words"), SAID)
def test_the_words_that_it_is_asked_for_with_are_understood(key: str, words: str) -> None:
    found = find_features(f"A blog with posts. {words[0].upper()}{words[1:]}.", (), ())
    assert key in {feature.key for feature in found}


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("email", "The editor gets a mail and answers it"),
        ("email", "Monthly mail with the new posts"),
        ("email", "Mail to the author when a post is read"),
        ("email", "Readers are told of new posts by mail"),
        ("uploads", "Readers attach a photo to a comment"),
        ("uploads", "Drafts are uploaded by the author"),
        ("notifications", "A text message to the author the day before"),
        ("notifications", "The author gets a push when a comment comes"),
        ("audit_log", "Every action must be recorded"),
        ("audit_log", "All access to posts is logged"),
        ("jobs", "A job closes old posts"),
        ("oauth", "Sign in through the school's Microsoft accounts"),
        ("soft_delete", "Deleted posts are kept for a year and only hidden"),
        ("websockets", "The list of comments is refreshed live"),
        ("password_reset", "Readers who forgot their password get a new one"),
        ("email_verify", "Readers confirm their mail address"),
        ("sorting", "Comments come oldest first"),
        ("payments", "Subscriptions are paid by card"),
        ("payments", "Readers pay their subscription online"),
    ],
)
def test_other_words_for_it_are_understood(key: str, words: str) -> None:
    assert key in {feature.key for feature in find_features(f"A blog with posts. {words}.", (), ())}


@pytest.mark.parametrize(
    "words",
    [
        "A reader has a name, a mail and a phone number",
        "We answer by mail today",
        "Send text messages later, not now",
        "No card payments",
        "Log hours",
    ],
)
def test_what_only_sounds_like_it_is_left(words: str) -> None:
    assert not find_features(f"A blog with posts. {words}.", (), ())


@pytest.mark.parametrize("spec", ASKED, ids=lambda spec: spec.key)
def test_it_says_how_it_is_asked_for(spec: FeatureSpec) -> None:
    assert spec.say
    assert spec.phrases
    assert all(re.compile(phrase) for phrase in spec.phrases)
    assert spec.adds.endswith(".")


@pytest.mark.parametrize("spec", catalogue().values(), ids=lambda spec: spec.key)
def test_what_it_needs_comes_first(spec: FeatureSpec) -> None:
    keys = [needed.key for needed in with_needs([spec.key])]
    assert keys[-1] == spec.key
    assert len(set(keys)) == len(keys)
    assert all(keys.index(need) < keys.index(spec.key) for need in spec.needs)


@pytest.mark.parametrize("spec", catalogue().values(), ids=lambda spec: spec.key)
def test_every_endpoint_says_who_may(spec: FeatureSpec) -> None:
    assert all(bool(endpoint.callers) == (endpoint.like is None) for endpoint in spec.endpoints)


def test_what_needs_accounts_brings_them() -> None:
    blueprint = complete(Blueprint(name="blog", features=(Feature(key="password_reset"),)))
    assert blueprint.has("auth")
    assert "User" in blueprint.entities_by_name


def test_a_feature_that_a_template_lacks_is_said_to_be_missing() -> None:
    blueprint = complete(Blueprint(name="blog", features=tuple(Feature(key=key) for key in FEATURES)))
    places = {item.place for item in unimplemented(blueprint, layer_names("fastapi_sqlalchemy"))}
    lacking = {f"features.{spec.key}" for spec in ASKED if not spec.is_in("fastapi_sqlalchemy")}
    assert places == lacking
