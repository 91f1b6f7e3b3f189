"""Where Prometheus reads metrics."""

import hmac
from typing import Annotated

from fastapi import APIRouter, Header, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from app.core.config import Environment, get_settings
from app.core.errors import NotFound, Unauthorized

router = APIRouter(include_in_schema=False)


@router.get("/metrics")
async def read_metrics(authorization: Annotated[str, Header()] = "") -> Response:
    """Return the metrics of this process to whoever has the token; in production there are none without one."""
    settings = get_settings()
    token = settings.metrics_token.get_secret_value()
    if not token and settings.environment is Environment.PRODUCTION:
        raise NotFound
    scheme, _, given = authorization.partition(" ")
    if token and not (scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode())):
        raise Unauthorized
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
