"""The generated tests: what they say of one blueprint, as finished values for the templates.

Everything here reads the blueprint and the contract by itself, and asks nothing of the modules that spell the
application: a mistake there must not be repeated by the test that should find it.
"""

from collections.abc import Mapping
from typing import Any

from codebegen.blueprint.model import Blueprint
from codebegen.blueprint.tenancy import is_membership
from codebegen.compiler.testing.access import access_view
from codebegen.compiler.testing.accounts import account_view
from codebegen.compiler.testing.actions import action_tests
from codebegen.compiler.testing.behaviour import behaviour_view
from codebegen.compiler.testing.endpoints import endpoints_view
from codebegen.compiler.testing.evidence import evidence_of
from codebegen.compiler.testing.factories import factory_view
from codebegen.compiler.testing.fields import fields_view
from codebegen.compiler.testing.histories import history_view
from codebegen.compiler.testing.making import Planner
from codebegen.compiler.testing.present import present
from codebegen.compiler.testing.tenants import tenancy_tests
from codebegen.compiler.testing.walks import walk_view


def tests_view(blueprint: Blueprint) -> Mapping[str, Any]:
    """Views by name: lists for files that are made once for each entity, and values for the others."""
    planner = Planner(blueprint)
    entities = [entity for entity in blueprint.entities if entity.kind != "user"]
    things = [entity for entity in entities if not is_membership(blueprint, entity)]
    plans = sorted((planner.plan(entity.name) for entity in things), key=lambda plan: (plan.needs_people, plan.single))
    behaviours = [behaviour_view(planner, entity) for entity in entities]
    return {
        "test_factories": [factory_view(planner.plan(entity.name)) for entity in entities],
        "test_endpoints": [endpoints_view(planner, entity) for entity in things],
        "test_fields": [fields_view(planner, entity) for entity in entities],
        "test_access": [access_view(planner, entity) for entity in things] if blueprint.has_accounts else [],
        "test_behaviour": [view for view in behaviours if not view.is_empty],
        "test_histories": present(history_view(planner, entity) for entity in entities),
        "test_walks": present(walk_view(planner, entity) for entity in things),
        "test_actions": action_tests(planner),
        "probe": endpoints_view(planner, plans[0].entity) if plans else None,
        "people": (*planner.accounts, *planner.seats),
        "test_rations": any(planner.plan(entity.name).ration for entity in entities),
        "test_tenancy": tenancy_tests(planner),
        "nobody": "anonymous" if blueprint.has_accounts else "anyone",
        "account": account_view(planner),
    }


def evidence(blueprint: Blueprint) -> Mapping[str, tuple[str, ...]]:
    """Place of the blueprint → ids of the tests that prove it."""
    return evidence_of(blueprint)
