"""What providers answer that lie, fail or change their keys."""

import base64
import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.core import openid_discovery, openid_http
from app.core.config import get_settings
from tests.kit import database
from tests.kit.checks import refused
from tests.kit.oauth import Browser, told_of_provider
from tests.kit.openid_provider import Claims, Provider, key
from tests.kit.people import People

pytestmark = pytest.mark.anyio

read = get_settings.__wrapped__
"""Reads the settings anew."""


@pytest.fixture
def provider(people: People, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:  # noqa: ARG001 - an empty database
    """Run a provider that the application knows."""
    with told_of_provider(monkeypatch) as known:
        yield known


@pytest.fixture
def browser(people: People) -> Browser:
    """Return a browser of somebody who is not logged in."""
    return Browser(people.anonymous)


def _at(seconds: int) -> int:
    """Return the time in so many seconds."""
    return int(time.time()) + seconds


WRONG_CLAIMS: dict[str, Callable[[], Claims]] = {
    "expired": lambda: {"exp": _at(-90)},
    "without end": lambda: {"exp": None},
    "not made yet": lambda: {"iat": _at(90)},
    "without a time": lambda: {"iat": None},
    "not good yet": lambda: {"nbf": _at(90)},
    "of another issuer": lambda: {"iss": "https://accounts.example"},
    "of no issuer": lambda: {"iss": None},
    "for another application": lambda: {"aud": "another"},
    "for others as well": lambda: {"aud": ["shop", "another"]},
    "for nobody": lambda: {"aud": None},
    "given to another": lambda: {"azp": "another"},
    "of another login": lambda: {"nonce": "x" * 43},
    "of no login": lambda: {"nonce": None},
    "about nobody": lambda: {"sub": None},
    "about a number": lambda: {"sub": 1},
    "about nothing": lambda: {"sub": ""},
    "about something unprintable": lambda: {"sub": "ada\0"},
    "about too much": lambda: {"sub": "x" * 256},
    "with a strange address": lambda: {"email": ["ada@example.com"]},
    "too long": lambda: {"picture": "x" * 20_000},
}


def _with_none(claims: Claims) -> str:
    """Say that nobody has signed it."""
    return jwt.encode(claims, "", "none", {"kid": "first"})


def _with_public_key(claims: Claims) -> str:
    """Sign with what everybody knows, as if it were a password."""
    public = key("first").private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    parts = [{"alg": "HS256", "kid": "first"}, claims]
    signed = ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts)
    made = jwt.get_algorithm_by_name("HS256")
    signature = made.sign(signed.encode(), public)
    return f"{signed}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def _changed(claims: Claims) -> str:
    """Sign one thing and say another."""
    head, _, signature = key("first").sign(claims).split(".")
    other = base64.urlsafe_b64encode(json.dumps(claims | {"sub": "eve"}).encode()).rstrip(b"=").decode()
    return f"{head}.{other}.{signature}"


FORGERIES: dict[str, Callable[[Claims], str]] = {
    "nobody has signed": _with_none,
    "signed with the public key": _with_public_key,
    "signed with the secret": lambda claims: jwt.encode(claims, "x" * 64, "HS256", {"kid": "first"}),
    "signed by somebody else": lambda claims: key("stranger").sign(claims, kid="first"),
    "with a key of its own": lambda claims: key("stranger").sign(claims, jwk=key("stranger").public, kid="stranger"),
    "for another purpose": lambda claims: key("first").sign(claims, typ="at+jwt"),
    "changed": _changed,
    "without a signature": lambda claims: key("first").sign(claims).rpartition(".")[0] + ".",
    "nested": lambda _claims: base64.urlsafe_b64encode(b'{"a":' * 1900).decode() + ".e30.",
    "nonsense": lambda _claims: "nonsense",
}


@pytest.mark.parametrize("wrong", WRONG_CLAIMS.values(), ids=WRONG_CLAIMS.keys())
async def test_claims(provider: Provider, browser: Browser, wrong: Callable[[], Claims]) -> None:
    """A signature alone makes no ID token good."""
    provider.claims = wrong()
    refused(await browser.finish(), 401)
    assert await database.rows("oauth_identities") == []


@pytest.mark.parametrize("forged", FORGERIES.values(), ids=FORGERIES.keys())
async def test_signatures(provider: Provider, browser: Browser, forged: Callable[[Claims], str]) -> None:
    """Nor does anything that looks like one."""
    provider.sign = forged
    refused(await browser.finish(), 401)
    assert await database.rows("oauth_identities") == []


async def test_what_is_allowed(provider: Provider, browser: Browser) -> None:
    """Clocks may differ a little; an audience may be a list of one; without an id there must be one key."""
    for claims in ({"exp": _at(-30)}, {"iat": _at(30)}, {"aud": ["shop"], "azp": "shop"}, {"email_verified": "true"}):
        provider.claims = claims
        assert (await browser.finish()).status_code == 200
    provider.sign = lambda claims: jwt.encode(claims, key("first").private, "RS256")
    assert (await browser.finish()).status_code == 200


async def test_a_new_key(provider: Provider, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys are kept, and asked for again when one is not known; but not more often than every half a minute."""
    for _ in range(3):
        assert (await browser.finish()).status_code == 200
    assert provider.seen.count("/jwks") == 1
    provider.rotate("ES256-second")
    refused(await browser.finish(), 401)
    assert provider.seen.count("/jwks") == 1
    monkeypatch.setattr(openid_discovery, "MIN_AGE", -1.0)
    assert (await browser.finish()).status_code == 200
    assert provider.seen.count("/jwks") == 2
    provider.sign = key("first").sign  # which is published no more
    refused(await browser.finish(), 401)
    assert provider.seen.count("/.well-known/openid-configuration") == 1


async def test_old_documents(provider: Provider, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is believed for ever: what was fetched long ago is fetched again."""
    assert (await browser.finish()).status_code == 200
    monkeypatch.setattr(openid_discovery, "MAX_AGE", -1.0)
    provider.published = [key("stranger")]
    refused(await browser.finish(), 401)
    assert provider.seen.count("/jwks") > 1


async def test_keys_that_are_none(provider: Provider, browser: Browser) -> None:
    """Keys for something else, of another kind, or malformed are as if they were not there."""
    good = key("first").public
    others: list[Any] = [good | {"use": "enc"}, good | {"alg": "RS512"}, good | {"n": 5}, good | {"kty": "oct"}, 5, good]
    provider.answers["/jwks"] = 200, json.dumps({"keys": others}).encode()
    assert (await browser.finish()).status_code == 200


BROKEN: dict[str, tuple[str, int, bytes]] = {
    "document is away": ("/.well-known/openid-configuration", 500, b"{}"),
    "document is a page": ("/.well-known/openid-configuration", 200, b"<html>"),
    "document says little": ("/.well-known/openid-configuration", 200, b'{"issuer": "http://127.0.0.1"}'),
    "document has another form": ("/.well-known/openid-configuration", 200, b"[]"),
    "document is elsewhere": ("/.well-known/openid-configuration", 302, b"/elsewhere"),
    "tokens are away": ("/token", 500, b"{}"),
    "we are unknown": ("/token", 401, b'{"error": "invalid_client"}'),
    "tokens are none": ("/token", 200, b'{"access_token": "x"}'),
    "tokens are a list": ("/token", 200, b"[]"),
    "tokens are nested": ("/token", 200, b"[" * 100_000),
    "tokens are elsewhere": ("/token", 307, b"/elsewhere"),
    "keys are away": ("/jwks", 404, b"{}"),
    "keys are none": ("/jwks", 200, b'{"keys": {}}'),
    "keys are a list": ("/jwks", 200, b"[]"),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
async def test_a_provider_that_is_broken(people: People, provider: Provider, broken: tuple[str, int, bytes]) -> None:
    """It is not the fault of who logs in, and nothing is followed."""
    path, status, content = broken
    provider.answers[path] = status, content
    response = await people.anonymous.post("/auth/oauth/first/start")
    if response.status_code == 200:
        response = await Browser(people.anonymous).finish()
    refused(response, 502)
    assert "127.0.0.1" not in response.text
    assert "/elsewhere" not in provider.seen


async def test_an_answer_that_is_too_large(provider: Provider, browser: Browser) -> None:
    """However good it is, it is not read to its end."""
    provider.document = {"more": "x" * openid_http.MAX_BYTES}
    refused(await browser.caller.post("/auth/oauth/first/start"), 502)


async def test_another_issuer(provider: Provider, browser: Browser) -> None:
    """A document that speaks for another is not believed."""
    provider.document = {"issuer": "https://accounts.example"}
    refused(await browser.caller.post("/auth/oauth/first/start"), 502)


async def test_endpoints_without_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    """A provider that has TLS has it everywhere."""
    issuer = "https://accounts.example"
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")
    said = {"issuer": issuer, **{name: f"{issuer}/{name}" for name in names}}

    async def answered(_method: str, _url: str) -> openid_http.Answer:
        return openid_http.Answer(200, said)

    monkeypatch.setattr(openid_discovery, "ask", answered)
    assert (await openid_discovery.Discovery(issuer).metadata()).issuer == issuer
    for name in names:
        said[name] = "http://accounts.example/"
        with pytest.raises(openid_http.ProviderFailed):
            await openid_discovery.Discovery(issuer).metadata()
        said[name] = f"{issuer}/{name}"


async def test_a_provider_that_is_down(provider: Provider, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who logs in may try again; a provider that does not answer in time is not asked by everybody."""
    answer = await browser.answer()
    monkeypatch.setattr(get_settings(), "oauth_timeout_seconds", 0.1)
    provider.gate.clear()
    response = await browser.send(answer)
    refused(response, 503)
    assert int(response.headers["retry-after"]) > 0
    provider.gate.set()
    monkeypatch.setattr(get_settings(), "oauth_timeout_seconds", 30.0)
    assert (await browser.finish()).status_code == 200


async def test_nobody_listens(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does it matter to anything else, and it is noticed when it is back."""
    monkeypatch.setattr(openid_discovery, "PAUSE", 3600.0)
    with told_of_provider(monkeypatch) as provider:
        provider.answers["/.well-known/openid-configuration"] = 500, b"{}"
        for _ in range(3):
            refused(await people.anonymous.post("/auth/oauth/first/start"), 502)
        assert len(provider.seen) == 1
        provider.answers.clear()
        monkeypatch.setattr(openid_discovery, "PAUSE", -1.0)
        answer = await Browser(people.anonymous).answer()
    refused(await Browser(people.anonymous).send(answer), 503)


async def test_addresses_that_are_told_apart(provider: Provider, browser: Browser) -> None:
    """Where the ID token has no address, the provider is asked for it; and believed if it speaks of the same person."""
    person = provider.person
    provider.person, provider.userinfo = {"sub": "ada"}, {"sub": "eve", "email": "e@example.com", "email_verified": True}
    refused(await browser.finish(), 401)
    provider.answers["/userinfo"] = 200, b'"ada"'
    refused(await browser.finish(), 502)
    provider.answers.clear()
    provider.userinfo = person
    assert (await (await browser.logged_in()).read("/users/me"))["email"] == "ada@example.com"


async def test_clients_that_send_a_form(provider: Provider, browser: Browser) -> None:
    """Who we are is said as the document wants it."""
    provider.document = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert (await browser.finish()).status_code == 200


async def test_without_a_secret(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """In development there need not be one: a code is worth nothing without what only this application knows."""
    with told_of_provider(monkeypatch, client_secret="") as provider:
        provider.document = {"token_endpoint_auth_methods_supported": ["none"]}
        assert (await Browser(people.anonymous).finish()).status_code == 200


async def test_providers_that_do_not_name_themselves(provider: Provider, browser: Browser) -> None:
    """Where the document does not promise it, an answer need not say whose it is."""
    provider.document = {"authorization_response_iss_parameter_supported": False}
    answer = await browser.answer()
    del answer["iss"]
    assert (await browser.send(answer)).status_code == 200


def _set(monkeypatch: pytest.MonkeyPatch, page: str, **providers: dict[str, str]) -> None:
    """Set the variables of the environment."""
    monkeypatch.setenv("OAUTH_PROVIDERS", json.dumps(providers))
    monkeypatch.setenv("OAUTH_REDIRECT_URL", page)


SAFE = {"issuer": "https://accounts.example", "client_id": "shop", "client_secret": "a secret"}
PAGE = "https://shop.example/{provider}"


def test_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """There are no providers by default; one needs a page, and several need one each."""
    assert read().oauth_providers == {}
    _set(monkeypatch, PAGE, first=SAFE)
    assert read().oauth_providers["first"].client_id == "shop"
    assert "a secret" not in repr(read())
    other = SAFE | {"issuer": "https://login.example"}
    _set(monkeypatch, PAGE, first=SAFE, second=other)
    assert len(read().oauth_providers) == 2
    for page, providers in (
        ("", {"first": SAFE}),
        ("javascript:alert(1)", {"first": SAFE}),
        (f"{PAGE}#here", {"first": SAFE}),
        ("https://shop.example/login", {"first": SAFE, "second": other}),
        (PAGE, {"first": SAFE, "second": SAFE}),
        (PAGE, {"No Name": SAFE}),
        (PAGE, {"first": SAFE | {"issuer": "accounts.example"}}),
        (PAGE, {"first": SAFE | {"clientid": "shop"}}),
    ):
        _set(monkeypatch, page, **providers)
        with pytest.raises(SystemExit, match="OAUTH_"):
            read()
    monkeypatch.setenv("OAUTH_PROVIDERS", "{")
    with pytest.raises(SystemExit, match="OAUTH_PROVIDERS"):
        read()


def test_production(monkeypatch: pytest.MonkeyPatch) -> None:
    """There it needs a secret and TLS, or nothing starts; elsewhere it can be tried without."""
    unsafe = {"client_secret": "", "issuer": "http://accounts.example"}
    for name, value in unsafe.items():
        _set(monkeypatch, PAGE, first=SAFE | {name: value})
        monkeypatch.setenv("ENVIRONMENT", "development")
        assert read().oauth_providers
        monkeypatch.setenv("ENVIRONMENT", "production")
        with pytest.raises(SystemExit, match=f"first must have an? .*{'secret' if value == '' else 'https'}"):
            read()
    _set(monkeypatch, "http://shop.example/{provider}", first=SAFE)
    with pytest.raises(SystemExit, match="OAUTH_REDIRECT_URL"):
        read()
    _set(monkeypatch, PAGE, first=SAFE)
    assert read().oauth_providers
