"""What a request asks for, by its path template: there are as many as there are endpoints, however many paths."""

import re
from functools import lru_cache

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.types import Scope

UNMATCHED = "unmatched"
OTHER_METHOD = "OTHER"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def template_of(scope: Scope) -> str:
    """Return the template of the path of a request, whether or not it reached the endpoint."""
    path = scope["path"]
    return next((template for pattern, template in _templates(scope["app"]) if pattern.match(path)), UNMATCHED)


def method_of(scope: Scope) -> str:
    """Return the method of a request; clients may make up others."""
    return scope["method"] if scope["method"] in METHODS else OTHER_METHOD


@lru_cache(maxsize=1)
def _templates(app: FastAPI) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the templates of an application, in the order in which they are tried."""
    routes = iter_route_contexts(app.routes)
    found = {route.path_format: route.path_regex for route in routes if route.path_format}
    return tuple((pattern, template) for template, pattern in found.items())
