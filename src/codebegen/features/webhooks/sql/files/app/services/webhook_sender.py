"""Sends webhooks: a job of the queue for each attempt.

The result of an attempt, the next attempt and the end of the job are written together. If the process dies before, the
message is sent again, under the same id.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from app import models
from app.core.config import get_settings
from app.core.database import fetch
from app.core.outgoing import NotSentError, post
from app.core.types import utcnow
from app.core.webhook_signature import signed
from app.models import WebhookDelivery as Delivery
from app.models import WebhookDeliveryStatus as Status
from app.models import WebhookEndpoint as Endpoint
from app.services.webhook_outbox import enqueue_attempt

logger = logging.getLogger("app.webhooks")

RETRIES = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""How long after each failure it is tried again."""
GONE = 410

_DELIVERY = (
    sa.select(
        Delivery.id,
        Delivery.endpoint_id,
        Delivery.message_id,
        Delivery.body,
        Endpoint.url,
        Endpoint.secret,
        Endpoint.old_secret,
        Endpoint.old_secret_until,
        Endpoint.is_active,
    )
    .join(Endpoint, Endpoint.id == Delivery.endpoint_id)
    .where(
        Delivery.id == sa.bindparam("delivery_id"),
        Delivery.attempts == sa.bindparam("made"),
        Delivery.status == Status.PENDING,
    )
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt went: the status of the answer, and what was wrong."""

    status: int | None
    error: str | None


SWITCHED_OFF = Outcome(None, "switched off")


async def deliver(session: AsyncSession, payload: dict[str, Any]) -> None:
    """Make one attempt; nothing is locked meanwhile. What is over, or was tried since, is left alone."""
    found = await fetch(_DELIVERY, {"delivery_id": payload["id"], "made": payload["made"]})
    for row in found:
        outcome = await _attempted(row) if row.is_active else SWITCHED_OFF
        await _note(session, row, payload["made"], outcome)


async def _attempted(row: sa.Row[Any]) -> Outcome:
    """Send a message, and tell how that went."""
    now = utcnow()
    old = row.old_secret_until is not None and row.old_secret_until > now
    secrets_in_use = [row.secret, row.old_secret] if old else [row.secret]
    headers = {
        "content-type": "application/json",
        "user-agent": "webhooks/1.0",
        **signed(secrets_in_use, row.message_id, int(now.timestamp()), row.body),
    }
    try:
        status = await post(row.url, headers, row.body.encode())
    except NotSentError as error:
        return Outcome(None, str(error))
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Outcome(status, None)
    redirects = HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST
    return Outcome(status, "redirects are not followed" if redirects else "refused")


async def _note(session: AsyncSession, row: sa.Row[Any], made: int, outcome: Outcome) -> None:
    """Write down how an attempt went, and have the next one made where that is to be."""
    is_over = outcome is SWITCHED_OFF or outcome.status == GONE or made >= len(RETRIES)
    due_at = None if outcome.error is None or is_over else utcnow() + RETRIES[made]
    values = {
        "status": Status.DELIVERED if outcome.error is None else Status.FAILED if is_over else Status.PENDING,
        "attempts": made + 1,
        "response_status": outcome.status,
        "error": outcome.error,
        "attempted_at": utcnow(),
        "next_attempt_at": due_at,
    }
    pending = (Delivery.id == row.id, Delivery.attempts == made, Delivery.status == Status.PENDING)
    noting = sa.update(Delivery).where(*pending).values(values).returning(Delivery.id)
    if await session.scalar(noting.execution_options(synchronize_session=False)) is None:
        return  # it was deleted meanwhile
    if due_at is not None:
        enqueue_attempt(session, row.id, made + 1, due_at)
    if outcome is not SWITCHED_OFF:
        await _count(session, row.endpoint_id, outcome)


async def _count(session: AsyncSession, endpoint_id: int, outcome: Outcome) -> None:
    """Count failures in a row; an address that is gone, or fails too often, is switched off."""
    failures = Endpoint.failures + 1
    keeps_on = failures < get_settings().webhook_max_failures if outcome.status != GONE else sa.false()
    values = {"failures": failures, "is_active": sa.and_(Endpoint.is_active, keeps_on)}
    counting = sa.update(Endpoint).where(Endpoint.id == endpoint_id)
    counting = counting.values(values) if outcome.error else counting.where(Endpoint.failures > 0).values(failures=0)
    counted = counting.returning(Endpoint.is_active).execution_options(synchronize_session=False)
    if await session.scalar(counted) is False:
        logger.warning("A webhook endpoint is switched off", extra={"data": {"id": endpoint_id}})
