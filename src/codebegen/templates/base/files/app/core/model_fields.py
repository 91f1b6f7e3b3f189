"""The fields of query models.

FastAPI keeps those of 128 models. With more it would look at each model anew with every request, and could not write
its OpenAPI document, which needs each field to be one object.
"""

from functools import cache

from fastapi.dependencies import utils


def keep_model_fields() -> None:
    """Keep the fields of every model."""
    find = utils.get_cached_model_fields.__wrapped__  # type: ignore[attr-defined]
    utils.get_cached_model_fields = cache(find)  # type: ignore[attr-defined]
