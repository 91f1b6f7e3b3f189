"""What can be done with the audit log: read it."""

from typing import Any

import sqlalchemy as sa

from app import models
from app.core.database import fetch
from app.core.errors import NotFound
from app.core.pagination import Listing, Page, Shown
from app.schemas.audit_log import AuditQuery

_COLUMNS = {
    name: getattr(models.AuditEntry, name)
    for name in ("id", "happened_at", "actor_id", "request_id", "operation", "entity", "entity_id", "changes")
}
_LISTING = Listing(
    sort={name: _COLUMNS[name] for name in ("id", "happened_at")},
    search=[models.AuditEntry.entity, models.AuditEntry.entity_id],
    equal={name: _COLUMNS[name] for name in ("actor_id", "request_id", "operation", "entity", "entity_id")},
    minimum={"happened_at_min": models.AuditEntry.happened_at},
    maximum={"happened_at_max": models.AuditEntry.happened_at},
)


class AuditLogService:
    """Reads the audit log."""

    @staticmethod
    async def page(query: AuditQuery) -> Page:
        """Return one page of the entries."""
        where = _LISTING.where(query)
        total = await fetch(sa.select(sa.func.count()).select_from(models.AuditEntry).where(*where))
        rows = sa.select(*_COLUMNS.values()).where(*where).order_by(*_LISTING.order_by(query.sort))
        found = await fetch(rows.limit(query.limit).offset(query.offset))
        return Page([_shown(row) for row in found], total[0][0], query.limit, query.offset)

    @staticmethod
    async def get(entry_id: int) -> Shown:
        """Return one entry."""
        found = await fetch(sa.select(*_COLUMNS.values()).where(models.AuditEntry.id == entry_id))
        if not found:
            raise NotFound
        return _shown(found[0])


def _shown(row: sa.Row[Any]) -> Shown:
    """Return an entry by the names of its columns."""
    return dict(zip(_COLUMNS, row, strict=True))
