"""Ids: what the database makes of its own accord where the blueprint does not say `uuid`."""

from codebegen.blueprint.model import Blueprint, IdType
from codebegen.blueprint.passes.edit import changed, each_entity


def choose_ids(blueprint: Blueprint) -> Blueprint:
    """Numbers that SQL counts, or the ids that a MongoDB gives to its objects."""
    own: IdType = "object" if blueprint.stack == "fastapi_mongo" else "integer"
    return each_entity(blueprint, lambda e: e if e.id_type in ("uuid", own) else changed(e, id_type=own))
