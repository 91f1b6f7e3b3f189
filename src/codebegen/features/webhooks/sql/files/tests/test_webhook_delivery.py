"""Webhooks: signed, tried again, and the same however often they come."""

import asyncio

import pytest

from app.core.config import get_settings
from app.core.database import transaction
from app.core.types import utcnow
from app.core.webhook_signature import signed
from app.services import job_worker, webhook_sender
from app.services.job_worker import do_due
from app.services.webhook_outbox import enqueue_attempt
from tests.kit import database
from tests.kit.callers import Item
from tests.kit.checks import refused
from tests.kit.jobs import due_of, time_passes, waiting
from tests.kit.people import People, register
from tests.kit.receiver import opened, receiver
from tests.kit.webhooks import DELIVERIES, ENDPOINTS, endpoint_of, ping, prepare

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def account_events(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let accounts cause events, and let webhooks go to this machine."""
    prepare(monkeypatch)


async def _answered(people: People, status: int) -> tuple[Item, Item]:
    """Return an address that answers with a status, and what was sent to it."""
    with receiver() as there:
        there.status = status
        endpoint = await endpoint_of(people, there.url)
        delivery = await ping(people, endpoint)
        assert len(there.requests) == 1
    return await people.admin.read(f"{ENDPOINTS}/{endpoint['id']}"), delivery


async def test_what_happens_is_sent(people: People) -> None:
    """To everybody who wants it, signed, with what was written, and nothing else."""
    with receiver() as there, receiver() as other:
        endpoint = await endpoint_of(people, there.url, events=["ping"])
        await database.change("webhook_endpoints", endpoint["id"], events=["user.created"])
        all_events = await endpoint_of(people, other.url)
        caller, body = await register(people.anonymous.client)
        await people.admin.patch(f"/users/{caller.id}", {"is_active": False})
        assert there.requests == []
        await do_due()
        [message] = there.messages(endpoint["secret"])
        assert message["type"] == "user.created"
        assert message["data"].keys() == {"id", "created_at", "updated_at", "email"}
        assert (message["data"]["id"], message["data"]["email"]) == (caller.id, body["email"])
        assert message["timestamp"].endswith("Z")
        types = [message["type"] for message in other.messages(all_events["secret"])]
        assert sorted(types) == ["user.created", "user.ended", "user.updated"]
    for delivery in (await people.admin.read(DELIVERIES))["items"]:
        assert (delivery["status"], delivery["attempts"], delivery["response_status"]) == ("delivered", 1, 204)


async def test_what_did_not_happen_is_not_sent(people: People) -> None:
    """A request that is refused leaves nothing behind."""
    _, body = await register(people.anonymous.client)
    before = await waiting("webhook_event")
    refused(await people.anonymous.post("/auth/register", body), 409)
    assert await waiting("webhook_event") == before
    assert len(before) == 1


def test_signatures() -> None:
    """As others compute them."""
    headers = signed(["whsec_" + "c2hvcA=="], "msg_1", 1614265330, '{"a":"é"}')
    assert opened("c2hvcA==", headers, '{"a":"é"}'.encode(), 1614265330) == {"a": "é"}
    assert headers["webhook-signature"] == "v1,WNXWjqGjyXaNpDsw0JSYi9liZnFJDCDBaNjr9ykxjq8="


@pytest.mark.parametrize("forged", ["body", "id", "timestamp", "secret", "signature", "old"])
async def test_what_is_forged_is_not_believed(people: People, forged: str) -> None:
    """Nothing of a message can be changed, and it can't be kept for later."""
    with receiver() as there:
        endpoint = await endpoint_of(people, there.url)
        await ping(people, endpoint)
    [(headers, body)] = there.requests
    secret, now = endpoint["secret"], float(headers["webhook-timestamp"])
    assert opened(secret, headers, body, now)["type"] == "ping"
    if forged == "body":
        body = body.replace(b"ping", b"pong")
    elif forged == "secret":
        secret = secret[:-4] + "AAA="
    elif forged == "old":
        now += 301
    else:
        headers = {**headers, f"webhook-{forged}": {"timestamp": str(int(now) + 1)}.get(forged, "v1,AAAA")}
    with pytest.raises(ValueError, match=r"not signed|too old"):
        opened(secret, headers, body, now)


async def test_a_new_secret(people: People) -> None:
    """For a day the old one signs along, so that nobody misses anything."""
    with receiver() as there:
        endpoint = await endpoint_of(people, there.url)
        path = f"{ENDPOINTS}/{endpoint['id']}"
        renewed: Item = (await people.admin.post(path + "/secret")).json()
        assert renewed["secret"] != endpoint["secret"]
        await ping(people, endpoint)
        assert there.messages(endpoint["secret"]) == there.messages(renewed["secret"])
        there.requests.clear()
        await database.change("webhook_endpoints", endpoint["id"], old_secret_until=utcnow())
        await ping(people, endpoint)
        assert len(there.messages(renewed["secret"])) == 1
        with pytest.raises(ValueError, match="not signed"):
            there.messages(endpoint["secret"])


async def test_the_receiver_is_away(people: People) -> None:
    """What causes the event succeeds, and it is sent when somebody is there again, under the same id."""
    with receiver() as there:
        pass
    endpoint = await endpoint_of(people, there.url)
    before = utcnow()
    delivery = await ping(people, endpoint)
    assert (delivery["status"], delivery["attempts"], delivery["error"]) == ("pending", 1, "no connection")
    assert await due_of("webhook_delivery") >= before + webhook_sender.RETRIES[0]
    with receiver(there.port) as back:
        await time_passes(webhook_sender.RETRIES[0])
        await do_due()
        assert len(back.messages(endpoint["secret"])) == 1
    [(headers, body)] = back.requests
    assert (headers["webhook-id"], body.decode()) == (delivery["message_id"], delivery["body"])
    assert (await people.admin.read(f"{DELIVERIES}/{delivery['id']}"))["status"] == "delivered"
    assert (await people.admin.read(f"{ENDPOINTS}/{endpoint['id']}"))["failures"] == 0


async def test_a_slow_receiver(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for it for long; and it knows a message that comes again."""
    monkeypatch.setattr(get_settings(), "webhook_timeout_seconds", 0.2)
    with receiver() as there:
        there.gate.clear()
        endpoint = await endpoint_of(people, there.url)
        delivery = await ping(people, endpoint)
        assert (delivery["status"], delivery["error"]) == ("pending", "no answer in time")
        there.gate.set()
        monkeypatch.setattr(get_settings(), "webhook_timeout_seconds", 30)
        await time_passes(webhook_sender.RETRIES[0])
        await do_due()
        assert len(there.requests) == 2
        assert len(there.messages(endpoint["secret"])) == 1


async def test_it_dies_in_the_middle(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message that was sent by a process that is gone comes again, and can be told by its id."""

    async def die(*_: object) -> None:
        raise asyncio.CancelledError

    with receiver() as there:
        endpoint = await endpoint_of(people, there.url)
        await people.admin.post(f"{ENDPOINTS}/{endpoint['id']}/ping")
        with monkeypatch.context() as dying:
            dying.setattr(webhook_sender, "_note", die)
            with pytest.raises(asyncio.CancelledError):
                await do_due()
        await time_passes(job_worker.LEASE)
        await do_due()
        assert len(there.requests) == 2
        assert len(there.messages(endpoint["secret"])) == 1
    assert await waiting() == []


async def test_an_attempt_is_made_once(people: People) -> None:
    """A job that was done already, and comes again, sends nothing and begins no second row of attempts."""
    with receiver() as there:
        there.status = 500
        delivery = await ping(people, await endpoint_of(people, there.url))
        async with transaction() as session:
            enqueue_attempt(session, delivery["id"], 0)
            await session.commit()
        await do_due()
        assert len(there.requests) == 1
    assert len(await waiting("webhook_delivery")) == 1


@pytest.mark.parametrize("status", [400, 404, 429, 500])
async def test_a_receiver_that_refuses(people: People, status: int) -> None:
    """It is asked again, whatever the reason."""
    endpoint, delivery = await _answered(people, status)
    assert (delivery["status"], delivery["response_status"], delivery["error"]) == ("pending", status, "refused")
    assert (endpoint["failures"], endpoint["is_active"]) == (1, True)


async def test_a_receiver_that_is_gone(people: People) -> None:
    """One that says so is not asked again."""
    endpoint, delivery = await _answered(people, 410)
    assert (delivery["status"], endpoint["is_active"]) == ("failed", False)


async def test_it_is_given_up_in_the_end(people: People) -> None:
    """After the last attempt it waits for nobody, and can be sent again by hand: the same, under the same id."""
    with receiver() as there:
        there.status = 500
        endpoint = await endpoint_of(people, there.url)
        delivery = await ping(people, endpoint)
        path = f"{DELIVERIES}/{delivery['id']}/redeliver"
        refused(await people.admin.post(path), 409)
        for delay in webhook_sender.RETRIES:
            await time_passes(delay)
            await do_due()
        assert len(there.requests) == len(webhook_sender.RETRIES) + 1
        assert await waiting() == []
        assert (await people.admin.read(f"{DELIVERIES}/{delivery['id']}"))["status"] == "failed"
        there.status = 200
        assert (await people.admin.post(path)).status_code == 202
        await do_due()
        assert len({(headers["webhook-id"], body) for headers, body in there.requests}) == 1
    assert (await people.admin.read(f"{DELIVERIES}/{delivery['id']}"))["status"] == "delivered"


async def test_a_receiver_that_always_fails(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is switched off, and nothing is sent to it until somebody switches it on."""
    monkeypatch.setattr(get_settings(), "webhook_max_failures", 2)
    with receiver() as there:
        there.status = 500
        endpoint = await endpoint_of(people, there.url)
        path = f"{ENDPOINTS}/{endpoint['id']}"
        for is_active in (True, False):
            delivery = await ping(people, endpoint)
            assert (await people.admin.read(path))["is_active"] is is_active
        refused(await people.admin.post(path + "/ping"), 409)
        await register(people.anonymous.client)
        await time_passes(webhook_sender.RETRIES[0])
        await do_due()
        assert len(there.requests) == 2
        shown = await people.admin.read(f"{DELIVERIES}/{delivery['id']}")
        assert (shown["status"], shown["error"]) == ("failed", "switched off")
        refused(await people.admin.post(f"{DELIVERIES}/{delivery['id']}/redeliver"), 409)
        there.status = 204
        switched = (await people.admin.patch(path, {"is_active": True})).json()
        assert (switched["is_active"], switched["failures"]) == (True, 0)
        assert (await ping(people, endpoint))["status"] == "delivered"
