"""From what was said to a whole blueprint: each pass fills one kind of gap and leaves what is there alone.

A pass is a function Blueprint → Blueprint. What it adds carries `default` or `inferred` provenance with its reason.
Running the passes again changes nothing.
"""

from codebegen.blueprint.model import Blueprint
from codebegen.blueprint.passes.accounts import absorb_account_fields, add_accounts
from codebegen.blueprint.passes.actions import complete_actions
from codebegen.blueprint.passes.exposure import tell_exposure
from codebegen.blueprint.passes.fields import complete_fields
from codebegen.blueprint.passes.ids import choose_ids
from codebegen.blueprint.passes.members import permit_members
from codebegen.blueprint.passes.moments import note_moments
from codebegen.blueprint.passes.names import complete_names
from codebegen.blueprint.passes.notices import complete_notices
from codebegen.blueprint.passes.owners import find_owners
from codebegen.blueprint.passes.permissions import complete_permissions
from codebegen.blueprint.passes.profiles import bind_profiles
from codebegen.blueprint.passes.relations import complete_relations
from codebegen.blueprint.passes.tenants import separate_tenants

PASSES = (
    absorb_account_fields,
    add_accounts,
    separate_tenants,
    bind_profiles,
    choose_ids,
    complete_names,
    complete_fields,
    note_moments,
    complete_relations,
    find_owners,
    complete_actions,
    permit_members,
    complete_permissions,
    tell_exposure,
    complete_notices,
)


def complete(blueprint: Blueprint) -> Blueprint:
    """The blueprint with everything decided that the description leaves open."""
    for run in PASSES:
        blueprint = run(blueprint)
    return blueprint
