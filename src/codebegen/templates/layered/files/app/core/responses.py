"""Answers, serialised once."""

from fastapi import Response
from pydantic import BaseModel

from app.core.concurrency import etag
from app.core.config import API_PREFIX
from app.core.pagination import Page, Shown
from app.models import base

JSON = "application/json"


def item_response(schema: type[BaseModel], row: base.Entity | Shown) -> Response:
    """Return one item with its ETag."""
    return Response(_json(schema, row), headers={"ETag": etag(row)}, media_type=JSON)


def created_response(schema: type[BaseModel], row: base.Entity | Shown, location: str) -> Response:
    """Return a new item, its ETag, and where it lives."""
    headers = {"ETag": etag(row), "Location": API_PREFIX + location}
    return Response(_json(schema, row), 201, headers=headers, media_type=JSON)


def page_response(schema: type[BaseModel], page: Page) -> Response:
    """Return one page of a list."""
    return Response(_json(schema, page), media_type=JSON)


def _json(schema: type[BaseModel], source: object) -> str:
    """Return the JSON text of what a schema shows of an object."""
    return schema.model_validate(source).model_dump_json(by_alias=True)
