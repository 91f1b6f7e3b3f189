"""Where webhooks go: administrators register it, see what was sent, and have it sent again."""

from datetime import timedelta

import pytest

from app.core.config import get_settings
from app.core.types import utcnow
from app.services import webhook_endpoint
from app.services.job_worker import do_due
from tests.kit import database
from tests.kit.callers import Body, Item
from tests.kit.checks import refused
from tests.kit.people import People, register
from tests.kit.receiver import receiver
from tests.kit.values import UNKNOWN
from tests.kit.webhooks import ANYWHERE, DELIVERIES, ENDPOINTS, endpoint_of, ping, prepare

pytestmark = pytest.mark.anyio

WRONG: list[Body] = [
    {},
    *({"url": url} for url in ("", "ftp://a.b", "https://", "https://a b", "https://u:p@a.b", "https://a.b:0", "//a.b")),
    {"url": "https://a.b:65536"},
    {"url": "https://a.b/#part"},
    {"url": None},
]


@pytest.fixture(autouse=True)
def account_events(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let accounts cause events, and let webhooks go to this machine."""
    prepare(monkeypatch)


@pytest.mark.parametrize("wrong", WRONG)
async def test_bodies_that_are_wrong(people: People, wrong: Body) -> None:
    """They are refused like any other."""
    refused(await people.admin.post(ENDPOINTS, wrong), 422, "url")


@pytest.mark.parametrize("wrong", [{"events": []}, {"events": ["user.created"]}, {"secret": "x"}, {"failures": 1}])
async def test_members_that_are_wrong(people: People, wrong: Body) -> None:
    """Unknown events and what is not to be written."""
    refused(await people.admin.post(ENDPOINTS, {"url": ANYWHERE} | wrong), 422, *wrong)


async def test_an_address(people: People) -> None:
    """Its secret is shown once; the rest can be read, changed and forgotten."""
    response = await people.admin.post(ENDPOINTS, {"url": ANYWHERE, "description": "Books", "events": ["ping"]})
    assert response.status_code == 201
    made: Item = response.json()
    path = response.headers["Location"].removeprefix("/api/v1")
    shown = await people.admin.read(path)
    assert shown.keys() == made.keys() - {"secret"}
    for changes in ({"description": ""}, {"events": None}, {"url": ANYWHERE + "/2"}, {"is_active": False}, {}):
        shown |= changes
        changed = (await people.admin.patch(path, changes)).json()
        assert changed | {"updated_at": shown["updated_at"]} == shown
    assert (await people.admin.delete(path)).status_code == 204
    refused(await people.admin.get(path), 404)


@pytest.mark.parametrize("url", ["http://example.com", "https://127.0.0.1", "https://10.0.0.1:8443/x", "https://a.localhost"])
async def test_addresses_that_can_never_be_right(people: People, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """They are refused when they are registered."""
    monkeypatch.setattr(get_settings(), "webhook_private_addresses", False)
    refused(await people.admin.post(ENDPOINTS, {"url": url}), 422, "url")
    endpoint = await endpoint_of(people, ANYWHERE)
    refused(await people.admin.patch(f"{ENDPOINTS}/{endpoint['id']}", {"url": url}), 422, "url")


async def test_it_is_not_kept_to_be_repeated(people: People) -> None:
    """Under one `Idempotency-Key`, two are registered, and no answer is kept."""
    answers = [await people.admin.post(ENDPOINTS, {"url": ANYWHERE}, idempotency_key="a") for _ in range(2)]
    assert len({answer.json()["secret"] for answer in answers}) == 2
    assert await database.rows("idempotency_keys") == []


async def test_no_more_than_can_be_served(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each event may become so many requests."""
    monkeypatch.setattr(webhook_endpoint, "MAX_ENDPOINTS", 1)
    await endpoint_of(people, ANYWHERE)
    refused(await people.admin.post(ENDPOINTS, {"url": ANYWHERE}), 409)


async def test_only_administrators(people: People) -> None:
    """Others neither see nor change them."""
    endpoint = await endpoint_of(people, ANYWHERE)
    delivery = (await people.admin.post(f"{ENDPOINTS}/{endpoint['id']}/ping")).json()
    one, sent = f"{ENDPOINTS}/{endpoint['id']}", f"{DELIVERIES}/{delivery['id']}"
    calls = [("GET", ENDPOINTS), ("POST", ENDPOINTS), ("GET", one), ("PATCH", one), ("DELETE", one)]
    calls += [("POST", one + "/secret"), ("POST", one + "/ping"), ("GET", DELIVERIES), ("GET", sent)]
    for method, path in [*calls, ("POST", sent + "/redeliver")]:
        refused(await people.anonymous.send(method, path), 401)
        refused(await people.user.send(method, path), 403)
    for method, path in (("GET", one), ("PATCH", one), ("DELETE", one), ("POST", one + "/ping"), ("GET", sent)):
        body: Body | None = {} if method == "PATCH" else None
        missing = path.replace(f"/{path.split('/')[2]}", f"/{UNKNOWN}", 1)
        refused(await people.admin.send(method, missing, body), 404)


async def test_lists(people: People) -> None:
    """They are paged, sorted, filtered and searched like any other."""
    first, second = [await endpoint_of(people, f"https://{name}.example.com") for name in ("ink", "pen")]
    assert await people.admin.ids(ENDPOINTS, sort="-url") == [second["id"], first["id"]]
    assert await people.admin.ids(ENDPOINTS, q="INK", is_active=True) == [first["id"]]
    made = [(await people.admin.post(f"{ENDPOINTS}/{one['id']}/ping")).json()["id"] for one in (first, second)]
    assert await people.admin.ids(DELIVERIES) == made[::-1]
    assert await people.admin.ids(DELIVERIES, endpoint_id=first["id"], event="ping", status="pending") == made[:1]
    assert await people.admin.ids(DELIVERIES, q="in", limit=1, offset=1) == made[:1]
    refused(await people.admin.get(ENDPOINTS, secret="x"), 422)
    refused(await people.admin.get(DELIVERIES, status="lost"), 422)
    await people.admin.delete(f"{ENDPOINTS}/{first['id']}")
    assert await people.admin.ids(DELIVERIES) == made[1:]
    await do_due()


async def test_deliveries_are_not_kept_for_ever(people: People) -> None:
    """What is over goes with the next event, after a while."""
    with receiver() as there:
        endpoint = await endpoint_of(people, there.url)
        old, kept = [await ping(people, endpoint) for _ in range(2)]
        long_ago = utcnow() - timedelta(days=get_settings().webhook_days + 1)
        await database.change("webhook_deliveries", old["id"], created_at=long_ago)
        await register(people.anonymous.client)
        await do_due()
        ids = await people.admin.ids(DELIVERIES)
        assert old["id"] not in ids
        assert kept["id"] in ids
