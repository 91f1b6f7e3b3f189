"""What administrators can do with deliveries."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from app import models
from app.core.errors import Conflict, NotFound
from app.core.pagination import Listing, Page
from app.core.types import utcnow
from app.schemas.webhook_delivery import WebhookDeliveryQuery, WebhookDeliveryRead
from app.services.webhook_outbox import enqueue_attempt

_LISTING = Listing(
    sort={name: getattr(models.WebhookDelivery, name) for name in ("id", "event", "attempts", "created_at")},
    search=[models.WebhookDelivery.event],
    equal={name: getattr(models.WebhookDelivery, name) for name in ("endpoint_id", "message_id", "event", "status")},
)


class WebhookDeliveryService:
    """Shows deliveries, and has them repeated."""

    def __init__(self, session: AsyncSession) -> None:
        """Work in a session."""
        self.session = session

    async def page(self, query: WebhookDeliveryQuery) -> Page:
        """Return one page of what was sent."""
        chosen = sa.select(models.WebhookDelivery).where(*_LISTING.where(query))
        total = await self.session.scalar(sa.select(sa.func.count()).select_from(chosen.subquery())) or 0
        rows = chosen.order_by(*_LISTING.order_by(query.sort)).limit(query.limit).offset(query.offset)
        items = [WebhookDeliveryRead.model_validate(row).model_dump() for row in await self.session.scalars(rows)]
        return Page(items, total, query.limit, query.offset)

    async def get(self, delivery_id: int) -> models.WebhookDelivery:
        """Return one delivery."""
        row = await self.session.get(models.WebhookDelivery, delivery_id)
        if row is None:
            raise NotFound
        return row

    async def redeliver(self, delivery_id: int) -> models.WebhookDelivery:
        """Have a message sent again that was delivered or has failed: the same, under the same id."""
        delivery, status = models.WebhookDelivery, models.WebhookDeliveryStatus
        endpoint = await self.session.get_one(models.WebhookEndpoint, (await self.get(delivery_id)).endpoint_id)
        if not endpoint.is_active:
            raise Conflict("The webhook endpoint is switched off.")
        values = {"status": status.PENDING, "attempts": 0, "next_attempt_at": utcnow()}
        is_over = (delivery.id == delivery_id, delivery.status != status.PENDING)
        again = sa.update(delivery).where(*is_over).values(values).returning(delivery)
        row = await self.session.scalar(again.execution_options(populate_existing=True))
        if row is None:
            raise Conflict("This delivery is under way.")
        enqueue_attempt(self.session, delivery_id, 0)
        await self.session.commit()
        return row
