"""Where webhooks come from.

What happens is noted in the transaction that does it: one row of the queue, with what was written. Who is to be told is
found out afterwards, and gets a delivery of their own.
"""

import json
import secrets
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.ext.asyncio import AsyncSession

from app import models
from app.core.config import get_settings
from app.core.types import utcnow
from app.services.item_events import events_of
from app.services.job_queue import enqueue

PING = "ping"


def watch() -> None:
    """Note from now on whatever happens to items."""
    if not sa.event.contains(orm.Session, "after_flush", _note):
        sa.event.listen(orm.Session, "after_flush", _note)


def _note(session: orm.Session, _context: orm.UOWTransaction) -> None:
    """Put a job into the queue for everything that was just written."""
    jobs = [{"kind": "webhook_event", "payload": message(event.name, event.item())} for event in events_of(session)]
    if jobs:
        session.connection().execute(sa.insert(models.QueuedJob), jobs)


def message(event: str, data: dict[str, Any]) -> dict[str, Any]:
    """Return a message with an id of its own, which stays the same however often it is sent."""
    return {"id": f"msg_{secrets.token_hex(16)}", "type": event, "timestamp": _text(utcnow()), "data": data}


async def fan_out(session: AsyncSession, payload: dict[str, Any]) -> None:
    """Make a delivery for every address that wants an event; that is done together with the job, and so once."""
    active = await session.scalars(sa.select(models.WebhookEndpoint).where(models.WebhookEndpoint.is_active))
    for endpoint in active.all():
        if endpoint.events is None or payload["type"] in endpoint.events:
            await add_delivery(session, endpoint, payload)
    await _forget(session)


async def add_delivery(
    session: AsyncSession, endpoint: models.WebhookEndpoint, payload: dict[str, Any]
) -> models.WebhookDelivery:
    """Have a message sent to an address, after the session is committed."""
    body = {name: payload[name] for name in ("type", "timestamp", "data")}
    delivery = models.WebhookDelivery(
        endpoint_id=endpoint.id,
        message_id=payload["id"],
        event=payload["type"],
        body=json.dumps(body, ensure_ascii=False, separators=(",", ":")),
        next_attempt_at=utcnow(),
    )
    session.add(delivery)
    await session.flush()
    enqueue_attempt(session, delivery.id, 0)
    return delivery


def enqueue_attempt(session: AsyncSession, delivery_id: int, made: int, due_at: datetime | None = None) -> None:
    """Have a delivery sent, if by then so many attempts were made, and no more."""
    enqueue(session, "webhook_delivery", {"id": delivery_id, "made": made}, due_at)


async def _forget(session: AsyncSession) -> None:
    """Delete what was sent long ago."""
    delivery, before = models.WebhookDelivery, utcnow() - timedelta(days=get_settings().webhook_days)
    over = delivery.status != models.WebhookDeliveryStatus.PENDING
    old = sa.delete(delivery).where(delivery.created_at < before, over)
    await session.execute(old.execution_options(synchronize_session=False))


def _text(moment: datetime) -> str:
    """Return a moment as answers have it."""
    return moment.isoformat().replace("+00:00", "Z")
