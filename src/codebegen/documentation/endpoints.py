"""Every promised operation with what it does and who may call it, in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint import Blueprint, Entity
from codebegen.blueprint.endpoints import PREFIX, Endpoint, endpoints, of_feature
from codebegen.blueprint.histories import SEGMENT
from codebegen.documentation.words import callers
from codebegen.features import FeatureSpec

_Row = tuple[tuple[str, str], tuple[str, str]]
_Fixed = Mapping[tuple[str, str], tuple[str, str]]
"""Method and path below the prefix → what it does, who may."""
_FIXED = {
    ("GET", "/health"): ("whether the service and its database are well", "anyone"),
    ("POST", "/auth/register"): ("create an account", "anyone"),
    ("POST", "/auth/login"): ("log in: e-mail and password for tokens", "anyone"),
    ("POST", "/auth/refresh"): ("a refresh token for new tokens", "anyone"),
    ("POST", "/auth/logout"): ("end this login", "any account"),
    ("GET", "/users/me"): ("read one's own account", "any account"),
    ("PATCH", "/users/me"): ("change one's own account", "any account"),
    ("GET", "/users"): ("list accounts", "administrator"),
    ("GET", "/users/{id}"): ("read an account", "administrator"),
    ("PATCH", "/users/{id}"): ("change role, or whether it may log in", "administrator"),
}


@dataclass(frozen=True, slots=True)
class Described:
    """One row of the table."""

    endpoint: Endpoint
    does: str
    callers: str


def described(blueprint: Blueprint, features: Iterable[FeatureSpec] = ()) -> tuple[Described, ...]:
    """Every operation in its order, explained."""
    fixed = _FIXED | dict(_of_features(blueprint, features))
    return tuple(_describe(blueprint, endpoint, fixed) for endpoint in endpoints(blueprint, features))


def _of_features(blueprint: Blueprint, features: Iterable[FeatureSpec]) -> Iterator[_Row]:
    for feature in features:
        for endpoint, spec, entity in of_feature(blueprint, feature):
            does, who = spec.does, ", ".join([spec.callers, *(f"`{role}`" for role in blueprint.roles_of(feature.key))])
            if entity is not None and spec.like is not None:
                does = does.replace("{rows}", entity.plural.replace("_", " "))
                who = callers(entity.permission(spec.like), accounts=blueprint.has_accounts)
            yield (endpoint.method, endpoint.path.removeprefix(PREFIX)), (does, who)


def _describe(blueprint: Blueprint, endpoint: Endpoint, fixed: _Fixed) -> Described:
    if not endpoint.entity:
        does, who = fixed[endpoint.method, endpoint.path.removeprefix(PREFIX)]
        return Described(endpoint, does, who if blueprint.has_accounts else "anyone")
    entity = blueprint.entities_by_name[endpoint.entity]
    who = callers(entity.permission(endpoint.operation), accounts=blueprint.has_accounts)
    return Described(endpoint, _does(entity, endpoint), who)


def _does(entity: Entity, endpoint: Endpoint) -> str:
    words, rows = naming.title(entity.name).lower(), entity.plural.replace("_", " ")
    row = f"{'an' if words[0] in 'aeio' else 'a'} {words}"
    kind, _, name = endpoint.operation.partition(":")
    below = "" if endpoint.path.removeprefix(PREFIX).startswith(entity.path) else " below it"
    if kind == "transition":
        return f"{name.replace('_', ' ')} {row}"
    if kind == "action":
        return f"{'set' if endpoint.method == 'PUT' else 'take back'} one's {name.replace('_', ' ')}"
    if endpoint.path.endswith("/restore"):
        return f"bring a deleted {words} back"
    if endpoint.path.endswith(f"{{id}}/{SEGMENT}"):
        return f"list the changes of {' and '.join(history.field.replace('_', ' ') for history in entity.histories)}"
    return f"list {rows}{below}" if kind == "list" else f"{kind} {row}{below}"
