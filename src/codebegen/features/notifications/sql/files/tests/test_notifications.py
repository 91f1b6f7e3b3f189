"""Notifications: written with what causes them, delivered once, and one's own business."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from app import models
from app.core.config import get_settings
from app.core.types import utcnow
from app.services import job_handlers, job_worker, notices, notifying
from app.services.happenings import Becomes, Created
from app.services.job_worker import do_due
from app.services.notices import Notice, Told
from tests.kit import database
from tests.kit.checks import refused
from tests.kit.jobs import time_passes, waiting
from tests.kit.notes import in_role, note, told
from tests.kit.people import People, register
from tests.kit.values import UNKNOWN

pytestmark = pytest.mark.anyio

PATH = "/notifications"
NEW = "new_account"
ENDED = "account_ended"
ADMINS = sa.select(models.User).where(models.User.role == models.Role.ADMIN)


@pytest.fixture
def accounts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tell administrators of new accounts, and accounts of their own end."""
    account = models.User.id
    made = (
        Notice(NEW, Created(), "was created", ADMINS),
        Notice(ENDED, Becomes("is_active", value=False), "has ended", sa.select(models.User), anchor=account, key="id"),
    )
    everybody: dict[type[models.Base], Told] = {models.User: Told("An account", made)}
    monkeypatch.setattr(notices, "TOLD", everybody)
    for notice in made:
        monkeypatch.setitem(notices.NOTICES, notice.name, notice)


@pytest.mark.usefixtures("accounts")
async def test_those_in_a_role_are_told(people: People) -> None:
    """All of them, once; but not those whose account has ended."""
    other, _ = await register(people.anonymous.client)
    await database.change("users", other.id, role=models.Role.ADMIN, is_active=False)
    await register(people.anonymous.client)
    assert await told(NEW) == sorted(2 * await in_role(models.Role.ADMIN))
    await do_due()
    assert len(await told(NEW)) == 2 * len(await in_role(models.Role.ADMIN))
    [first, *_] = (await people.admin.read(PATH))["items"]
    assert (first["event"], first["item_type"], first["text"]) == (NEW, "users", "An account was created")


@pytest.mark.usefixtures("accounts")
async def test_what_was_so_already_is_not_told(people: People) -> None:
    """An account that has ended does not end again; and nobody who has no account any more is told."""
    other, _ = await register(people.anonymous.client)
    for is_active in (True, False, False):
        await people.admin.patch(f"/users/{other.id}", {"is_active": is_active})
    assert len([job for job in await waiting("notify") if job["payload"]["notice"] == ENDED]) == 1
    assert await told(ENDED) == []


@pytest.mark.usefixtures("accounts")
async def test_what_did_not_happen_is_not_told(people: People) -> None:
    """A request that is refused leaves nothing behind."""
    _, body = await register(people.anonymous.client)
    before = await waiting()
    refused(await people.anonymous.post("/auth/register", body), 409)
    assert await waiting() == before


@pytest.mark.usefixtures("accounts")
async def test_nobody_waits_for_the_delivery(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """What causes a notification succeeds, however the delivery goes; that is tried again."""
    with monkeypatch.context() as broken:
        broken.setattr(models, "Notification", None)
        await register(people.anonymous.client)
        assert await told(NEW) == []
    await time_passes(job_worker.DELAY)
    assert await told(NEW) == await in_role(models.Role.ADMIN)


@pytest.mark.usefixtures("accounts")
async def test_it_dies_in_the_middle(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """When it is taken up again, nobody is told twice."""

    async def tell_and_die(session: AsyncSession, payload: dict[str, Any]) -> None:
        await notifying.tell(session, payload)
        raise asyncio.CancelledError

    await register(people.anonymous.client)
    with monkeypatch.context() as dying:
        dying.setitem(job_handlers.HANDLERS, "notify", tell_and_die)
        with pytest.raises(asyncio.CancelledError):
            await do_due()
    await time_passes(job_worker.LEASE)
    assert await told(NEW) == await in_role(models.Role.ADMIN)


@pytest.mark.usefixtures("accounts")
async def test_a_notice_that_is_not_known_any_more(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is told, and nothing waits for ever."""
    await register(people.anonymous.client)
    monkeypatch.delitem(notices.NOTICES, NEW)
    assert await told(NEW) == []
    assert await waiting("notify") == []


class _Row:
    """A row with a long name."""

    id = 7
    name = 300 * "x\n"


def test_long_names_are_cut() -> None:
    """What happened is said in any case."""
    notice = Notice(NEW, Created(), "was created", ADMINS)
    row = _Row()
    text = Told("A thing", (notice,), "name").text(notice, row)
    assert len(text) == notices.TEXT_LENGTH
    assert text.endswith("… was created")
    assert Told("A thing", (notice,)).text(notice, row) == "A thing 7 was created"


async def test_an_inbox(people: People) -> None:
    """Newest first, paged, filtered and searched like any other list."""
    ids = [await note(people.user.id, text, event=event) for text, event in (("Ink", "a"), ("Pen", "b"), ("Pin", "b"))]
    assert await people.user.ids(PATH) == ids[::-1]
    assert await people.user.ids(PATH, sort="id", limit=1, offset=1) == [ids[1]]
    assert await people.user.ids(PATH, q="IN", event="b") == [ids[2]]
    assert (await people.user.read(f"{PATH}/{ids[0]}"))["text"] == "Ink"
    refused(await people.user.get(PATH, user_id=1), 422)
    refused(await people.user.get(PATH, unread="yes"), 422, "unread")


async def test_reading(people: People) -> None:
    """What is read stays, and is not counted any more; when it was read first is kept."""
    first, second, third = [await note(people.user.id) for _ in range(3)]
    assert await people.user.read("/notification-inbox") == {"unread": 3}
    for _ in range(2):
        assert (await people.user.put(f"{PATH}/{first}/read")).status_code == 204
    assert await people.user.read("/notification-inbox") == {"unread": 2}
    assert await people.user.ids(PATH, unread=True) == [third, second]
    read_at = (await people.user.read(f"{PATH}/{first}"))["read_at"]
    assert (await people.user.put("/notification-inbox/read")).status_code == 204
    assert await people.user.read("/notification-inbox") == {"unread": 0}
    assert (await people.user.read(f"{PATH}/{first}"))["read_at"] == read_at
    assert (await people.user.delete(f"{PATH}/{second}/read")).status_code == 204
    assert await people.user.ids(PATH, unread=True) == [second]
    assert await people.user.ids(PATH, unread=False) == [third, first]


async def test_throwing_away(people: People) -> None:
    """It is gone then."""
    made = await note(people.user.id)
    assert (await people.user.delete(f"{PATH}/{made}")).status_code == 204
    refused(await people.user.get(f"{PATH}/{made}"), 404)


async def test_those_of_others(people: People) -> None:
    """They are not there, for administrators either; and there are none for nobody."""
    made = await note(people.user.id)
    for method, path in (("GET", ""), ("DELETE", ""), ("PUT", "/read"), ("DELETE", "/read")):
        refused(await people.admin.send(method, f"{PATH}/{made}{path}"), 404)
        refused(await people.user.send(method, f"{PATH}/{UNKNOWN}{path}"), 404)
        refused(await people.anonymous.send(method, f"{PATH}/{made}{path}"), 401)
    assert await people.admin.ids(PATH) == []
    assert (await people.admin.put("/notification-inbox/read")).status_code == 204
    assert await people.user.read("/notification-inbox") == {"unread": 1}
    for path in (PATH, "/notification-inbox"):
        refused(await people.anonymous.get(path), 401)
    refused(await people.anonymous.put("/notification-inbox/read"), 401)


@pytest.mark.usefixtures("accounts")
async def test_they_are_not_kept_for_ever(people: People) -> None:
    """What somebody was told long ago goes when they are told something new."""
    long_ago = utcnow() - timedelta(days=get_settings().notification_days + 1)
    old, other = await note(people.admin.id), await note(people.user.id)
    for made in (old, other):
        await database.change("notifications", made, created_at=long_ago)
    await register(people.anonymous.client)
    assert await told(NEW) == await in_role(models.Role.ADMIN)
    assert old not in await people.admin.ids(PATH)
    assert await people.user.ids(PATH) == [other]
