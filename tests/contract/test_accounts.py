"""Accounts: registering, logging in and out, tokens, oneself, and what the administrator does with others."""

from typing import Any

import httpx
import pytest

from .expect import nothing, ok, problem
from .running import ADMIN, PASSWORD, Person, World

pytestmark = pytest.mark.needs("accounts")


def test_registering_needs_no_more_than_is_stated(world: World) -> None:
    body = world.registration()
    answer = world.anonymous.post("/auth/register", json=body)
    account = ok(answer, 201)
    assert account["email"] == body["email"]
    assert account["role"] == "user"
    assert "password" not in str(sorted(account))
    problem(world.anonymous.post("/auth/register", json={**world.registration(), "email": body["email"]}), 409)
    problem(world.anonymous.post("/auth/register", json={**world.registration(), "email": body["email"].upper()}), 409)


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "1234567"},
        {"password": "x" * 129},
        {"email": "nonsense"},
        {"role": "admin"},
        {"is_active": True},
        {"id": 1},
        {"surely_unknown": 1},
    ],
)
def test_a_wrong_registration_is_422(world: World, wrong: dict[str, Any]) -> None:
    problem(world.anonymous.post("/auth/register", json={**world.registration(), **wrong}), 422)


@pytest.mark.parametrize("length", [8, 128])
def test_passwords_at_the_edges(world: World, length: int) -> None:
    body = {**world.registration(), "password": "pä" + "x" * (length - 2)}
    ok(world.anonymous.post("/auth/register", json=body), 201)
    world.someone(body["email"], body["password"]).login()


def test_login_gives_two_tokens(world: World) -> None:
    person = world.newcomer()
    assert set(person.tokens) >= {"access_token", "refresh_token", "token_type", "expires_in"}
    assert person.tokens["token_type"].lower() == "bearer"
    assert isinstance(person.tokens["expires_in"], int)


def test_a_wrong_login_does_not_tell_whether_the_account_exists(world: World) -> None:
    there = world.registration()
    ok(world.anonymous.post("/auth/register", json=there), 201)
    answers = [
        world.anonymous.post("/auth/login", data={"username": email, "password": "some wrong password"})
        for email in (there["email"], "nobody-at-all@example.com")
    ]
    bodies = [problem(answer, 401) for answer in answers]
    assert bodies[0] == bodies[1]


def test_a_form_without_its_fields_is_422(world: World) -> None:
    problem(world.anonymous.post("/auth/login", data={"username": "somebody@example.com"}), 422)


def test_refresh_rotates_and_reuse_revokes_the_family(world: World) -> None:
    person = world.newcomer()
    first = person.tokens
    second = ok(world.anonymous.post("/auth/refresh", json={"refresh_token": first["refresh_token"]}))
    assert second["refresh_token"] != first["refresh_token"]
    assert set(second) >= {"access_token", "refresh_token", "token_type", "expires_in"}
    person.headers["Authorization"] = f"Bearer {second['access_token']}"
    ok(person.get("/users/me"))
    problem(world.anonymous.post("/auth/refresh", json={"refresh_token": first["refresh_token"]}), 401)
    problem(world.anonymous.post("/auth/refresh", json={"refresh_token": second["refresh_token"]}), 401)
    problem(person.get("/users/me"), 401)
    person.login()


def test_wrong_tokens_are_401(world: World) -> None:
    person = world.newcomer()
    problem(world.anonymous.post("/auth/refresh", json={"refresh_token": "nonsense"}), 401)
    problem(world.anonymous.post("/auth/refresh", json={"refresh_token": person.tokens["access_token"]}), 401)
    problem(world.anonymous.post("/auth/refresh", json={}), 422)
    for token in ("nonsense", person.tokens["refresh_token"], person.tokens["access_token"] + "x"):
        answer = world.anonymous.get("/users/me", headers={"Authorization": f"Bearer {token}"})
        problem(answer, 401)
    problem(world.anonymous.get("/users/me", headers={"Authorization": "Basic eDp5"}), 401)
    problem(world.anonymous.get("/users/me"), 401)


def test_logout_ends_both_tokens_of_this_session_alone(world: World) -> None:
    person = world.newcomer()
    elsewhere = world.someone(person.email).login()
    nothing(person.post("/auth/logout"))
    problem(person.get("/users/me"), 401)
    problem(world.anonymous.post("/auth/refresh", json={"refresh_token": person.tokens["refresh_token"]}), 401)
    problem(world.anonymous.post("/auth/logout"), 401)
    ok(elsewhere.get("/users/me"))


def test_oneself(world: World) -> None:
    person = world.newcomer()
    me = ok(person.get("/users/me"))
    assert me["email"] == person.email
    assert {"id", "role", "is_active"} <= set(me)
    assert not any("password" in key for key in me)
    for wrong in ({"role": "admin"}, {"is_active": False}, {"id": 5}, {"surely_unknown": 1}):
        problem(person.patch("/users/me", json=wrong), 422)
    assert ok(person.get("/users/me")) == me
    ok(person.patch("/users/me", json={}))
    assert world.plan.user is None or profile_can_change(world, person)


def profile_can_change(world: World, person: Person) -> bool:
    """Whether stated fields of the account are the account's to change."""
    assert world.plan.user is not None
    for field in world.plan.user.fields:
        if field.type in {"string", "text"} and field.name in person.account:
            answer = ok(person.patch("/users/me", json={field.name: f"changed-{person.account['id']}"}))
            assert answer[field.name] == f"changed-{person.account['id']}"
    return True


def test_the_list_of_accounts_is_the_administrators(world: World) -> None:
    person = world.person()
    listed = ok(world.admin.get("/users"))
    assert listed["total"] >= 2
    assert {"id", "email", "role", "is_active"} <= set(listed["items"][0])
    problem(world.anonymous.get("/users"), 401)
    problem(person.get("/users"), 403)
    place = f"/users/{world.admin.account['id']}"
    problem(world.anonymous.patch(place, json={"is_active": False}), 401)
    assert person.patch(place, json={"is_active": False}).status_code in {403, 404}
    problem(world.admin.patch(f"/users/{world.plan.nobody}", json={"is_active": False}), 404)
    problem(world.admin.patch("/users/nonsense", json={"is_active": False}), 422)


def test_a_change_of_role_counts_from_the_next_request(world: World) -> None:
    person = world.newcomer()
    place = f"/users/{person.account['id']}"
    problem(person.get("/users"), 403)
    assert ok(world.admin.patch(place, json={"role": "admin"}))["role"] == "admin"
    ok(person.get("/users"))
    assert ok(world.admin.patch(place, json={"role": "user"}))["role"] == "user"
    problem(person.get("/users"), 403)
    problem(world.admin.patch(place, json={"role": "surely_unknown"}), 422)
    problem(world.admin.patch(place, json={"role": None}), 422)
    for role in world.plan.roles:
        assert ok(world.admin.patch(place, json={"role": role}))["role"] == role


def test_who_is_not_active_is_out_at_once(world: World) -> None:
    person = world.newcomer()
    place = f"/users/{person.account['id']}"
    assert ok(world.admin.patch(place, json={"is_active": False}))["is_active"] is False
    problem(person.get("/users/me"), 401)
    login = {"username": person.email, "password": PASSWORD}
    problem(world.anonymous.post("/auth/login", data=login), 401)
    problem(world.anonymous.post("/auth/refresh", json={"refresh_token": person.tokens["refresh_token"]}), 401)
    ok(world.admin.patch(place, json={"is_active": True}))
    person.login()


def test_addresses_are_never_shown_to_others(world: World, subtests: pytest.Subtests) -> None:
    person, other = world.person("user", 0), world.person("user", 1)
    for entity in world.plan.collections:
        if any(field.type == "email" for field in entity.fields):
            continue
        with subtests.test(entity.name):
            answer = other.get(entity.path, params={"limit": 100})
            assert person.email not in answer.text
            assert ADMIN[0] not in answer.text
            assert "password" not in answer.text or any("password" in field.name for field in entity.fields)
    assert person.email not in other.get(f"/users/{person.account['id']}").text


def test_only_failed_logins_are_throttled(world: World) -> None:
    person = world.newcomer()
    for _ in range(11):
        person.login()
    for email in (person.email, "nobody-to-throttle@example.com"):
        problem(last_failure(world, email), 429)
    world.newcomer()


def last_failure(world: World, email: str) -> httpx.Response:
    """The answer to a wrong password after many; the same whether or not the account exists."""
    wrong = {"username": email, "password": "a wrong password"}
    for _ in range(30):
        answer = world.anonymous.post("/auth/login", data=wrong)
        if answer.status_code == 429:
            break
        problem(answer, 401)
    return answer
