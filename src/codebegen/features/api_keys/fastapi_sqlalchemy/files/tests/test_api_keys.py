"""API keys: who has one may do what its scope allows, until it ends or is revoked."""

from datetime import timedelta

import pytest

from app.core import api_keys
from app.core.config import get_settings
from app.core.types import utcnow
from app.services import api_key
from tests.kit import database
from tests.kit.callers import Caller, Item
from tests.kit.checks import refused
from tests.kit.people import People, register
from tests.kit.values import UNKNOWN, moment

pytestmark = pytest.mark.anyio

DAY = 24 * 60


async def _key(owner: Caller, scope: str = "write") -> Item:
    """Return a new key."""
    return await owner.create("/api-keys", {"name": "nightly", "scope": scope})


def _with(people: People, key: str) -> Caller:
    """Return a caller with a key."""
    return Caller(people.anonymous.client, headers={"X-API-Key": key})


async def _rename(caller: Caller) -> int:
    """Change something, and return how that was answered."""
    return (await caller.patch("/users/me", {})).status_code


async def test_a_key_stands_for_its_owner(people: People) -> None:
    """It is shown once, and only its digest is kept."""
    owner, body = await register(people.anonymous.client)
    response = await owner.post("/api-keys", {"name": "nightly", "scope": "write"})
    assert response.status_code == 201
    made = response.json()
    assert (await _with(people, made["key"]).read("/users/me"))["email"] == body["email"]
    assert await _rename(_with(people, made["key"])) == 200
    shown = await owner.read(response.headers["Location"].removeprefix("/api/v1"))
    assert shown.keys() == made.keys() - {"key"}
    assert made["key"].startswith(shown["prefix"])
    assert len(shown["prefix"]) < len(made["key"]) // 3
    assert made["key"] not in str(await database.rows("api_keys"))


async def test_scopes(people: People) -> None:
    """A key may only read, unless it was made for more."""
    owner, _ = await register(people.anonymous.client)
    made = await owner.create("/api-keys", {"name": "nightly"})
    assert made["scope"] == "read"
    reader = _with(people, made["key"])
    await reader.read("/users/me")
    refused(await reader.patch("/users/me", {}), 403)
    refused(await owner.post("/api-keys", {"name": "nightly", "scope": "admin"}), 422, "scope")


async def test_a_key_has_the_rights_of_its_owner(people: People) -> None:
    """No more, no less, and from one request to the next."""
    owner, _ = await register(people.anonymous.client)
    caller = _with(people, (await _key(owner))["key"])
    refused(await caller.get("/users"), 403)
    await people.admin.patch(f"/users/{owner.id}", {"role": "admin"})
    assert (await caller.get("/users")).status_code == 200
    await people.admin.patch(f"/users/{owner.id}", {"is_active": False})
    refused(await caller.get("/users/me"), 401)


async def test_keys_that_are_not_good(people: People) -> None:
    """What is forged, shortened, a digest or nothing opens nothing; not even what is public."""
    owner, _ = await register(people.anonymous.client)
    made = await _key(owner)
    [row] = await database.rows("api_keys")
    for forged in ("x", made["key"][:-1], made["key"].swapcase(), row["digest"], made["prefix"], ""):
        refused(await _with(people, forged).get("/users/me"), 401)


async def test_it_ends(people: People) -> None:
    """After some time unless told, and not too late."""
    owner, _ = await register(people.anonymous.client)
    made = await _key(owner)
    [row] = await database.rows("api_keys")
    assert abs(row["expires_at"] - utcnow() - timedelta(days=get_settings().api_key_days)) < timedelta(minutes=1)
    await database.change("api_keys", row["id"], expires_at=utcnow())
    refused(await _with(people, made["key"]).get("/users/me"), 401)
    latest = get_settings().api_key_max_days * DAY
    for minutes in (-1, latest + 1):
        refused(await owner.post("/api-keys", {"name": "a", "expires_at": moment(minutes=minutes)}), 422, "expires_at")
    for minutes in (1, latest - 1):
        expires_at = moment(minutes=minutes)
        assert (await owner.create("/api-keys", {"name": "a", "expires_at": expires_at}))["expires_at"] == expires_at


async def test_it_is_revoked(people: People) -> None:
    """At once; and a second time it is not there."""
    owner, _ = await register(people.anonymous.client)
    made, other = await _key(owner), await _key(owner)
    assert (await owner.delete(f"/api-keys/{made['id']}")).status_code == 204
    refused(await _with(people, made["key"]).get("/users/me"), 401)
    refused(await owner.delete(f"/api-keys/{made['id']}"), 404)
    await _with(people, other["key"]).read("/users/me")


async def test_when_it_was_used(people: People) -> None:
    """That is noted, but not with every request."""
    owner, _ = await register(people.anonymous.client)
    made = await _key(owner)
    assert made["last_used_at"] is None
    for minutes_ago in (2, 0):
        last = utcnow() - timedelta(minutes=minutes_ago)
        if minutes_ago:
            await database.change("api_keys", made["id"], last_used_at=last)
        await _with(people, made["key"]).read("/users/me")
        [row] = await database.rows("api_keys")
        assert utcnow() - row["last_used_at"] < api_keys.PRECISION
        assert minutes_ago == 0 or row["last_used_at"] > last


async def test_keys_of_others(people: People) -> None:
    """They are not there, for administrators either."""
    owner, _ = await register(people.anonymous.client)
    other, _ = await register(people.anonymous.client)
    made = await _key(owner)
    for caller in (other, people.admin):
        refused(await caller.get(f"/api-keys/{made['id']}"), 404)
        refused(await caller.delete(f"/api-keys/{made['id']}"), 404)
        assert await caller.ids("/api-keys") == []
    refused(await owner.get(f"/api-keys/{UNKNOWN}"), 404)
    for method, path in (("GET", "/api-keys"), ("POST", "/api-keys"), ("DELETE", f"/api-keys/{made['id']}")):
        refused(await people.anonymous.send(method, path), 401)


async def test_a_key_makes_no_keys(people: People) -> None:
    """Who finds one could never be shut out again."""
    owner, _ = await register(people.anonymous.client)
    made = await _key(owner)
    caller = _with(people, made["key"])
    refused(await caller.post("/api-keys", {"name": "another"}), 403)
    refused(await caller.delete(f"/api-keys/{made['id']}"), 403)
    assert await caller.ids("/api-keys") == [made["id"]]


async def test_a_key_gives_no_roles(people: People) -> None:
    """Nor does it shut anybody out, and a new password needs the one that is known: accounts are changed by people."""
    other, body = await register(people.anonymous.client)
    caller = _with(people, (await _key(people.admin))["key"])
    for changes in ({"role": "admin"}, {"is_active": False}, {}):
        refused(await caller.patch(f"/users/{other.id}", changes), 403)
    password = {"password": "something else entirely"}
    refused(await caller.patch("/users/me", password), 422, "current_password")
    shown = await caller.read(f"/users/{other.id}")
    assert (shown["role"], shown["email"]) == ((await other.read("/users/me"))["role"], body["email"])
    assert shown["is_active"]


async def test_lists(people: People) -> None:
    """They are paged, sorted, filtered and searched like any other."""
    owner, _ = await register(people.anonymous.client)
    names = ("nightly", "weekly", "backup")
    made = [await owner.create("/api-keys", {"name": name, "scope": "read"}) for name in names]
    ids = [item["id"] for item in made]
    assert await owner.ids("/api-keys") == ids
    assert await owner.ids("/api-keys", sort="-name", limit=2) == [ids[1], ids[0]]
    assert await owner.ids("/api-keys", q="LY") == ids[:2]
    assert await owner.ids("/api-keys", scope="write") == []
    assert (await owner.read("/api-keys", offset=2))["total"] == 3
    refused(await owner.get("/api-keys", digest="x"), 422)


async def test_no_more_than_one_can_watch(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """An account has only so many."""
    monkeypatch.setattr(api_key, "MAX_KEYS", 2)
    owner, _ = await register(people.anonymous.client)
    for _ in range(2):
        await _key(owner)
    refused(await owner.post("/api-keys", {"name": "one more"}), 409)


async def test_it_is_not_kept_to_be_repeated(people: People) -> None:
    """Under one `Idempotency-Key`, two keys are made, and no answer is kept."""
    owner, _ = await register(people.anonymous.client)
    answers = [await owner.post("/api-keys", {"name": "nightly"}, idempotency_key="a") for _ in range(2)]
    assert len({answer.json()["key"] for answer in answers}) == 2
    assert await database.rows("idempotency_keys") == []


@pytest.mark.parametrize("wrong", [{}, {"name": ""}, {"name": "x" * 101}, {"name": None}, {"name": "a", "key": "b"}])
async def test_bodies_that_are_wrong(people: People, wrong: Item) -> None:
    """They are refused like any other."""
    refused(await people.admin.post("/api-keys", wrong), 422, "key" if "key" in wrong else "name")
