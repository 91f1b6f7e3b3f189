"""An OpenID Connect provider on a port of its own, which speaks the real protocol and can be made to lie.

By hand: `python -m tests.kit.openid_provider PORT` logs everybody in as Grace, without asking.
"""

import base64
import hashlib
import json
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qsl, quote_plus, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa

CLIENT_ID, CLIENT_SECRET = "shop", "a secret of + the shop"

Claims = dict[str, Any]
Answer = tuple[int, Any]
"""Status and body, or where the browser goes."""


@dataclass(frozen=True)
class SigningKey:
    """A key with an id and an algorithm."""

    key_id: str
    algorithm: str
    private: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

    @property
    def public(self) -> Claims:
        """Return what others may know of it."""
        made: Any = jwt.get_algorithm_by_name(self.algorithm)
        known: Claims = made.to_jwk(self.private.public_key(), as_dict=True)
        return known | {"kid": self.key_id, "alg": self.algorithm, "use": "sig"}

    def sign(self, claims: Claims, **header: Any) -> str:
        """Return a token."""
        return jwt.encode(claims, self.private, self.algorithm, {"kid": self.key_id} | header)


@lru_cache
def key(name: str) -> SigningKey:
    """Return a key by its name; those called after a curve are of that curve."""
    if name.startswith("ES256"):
        return SigningKey(name, "ES256", ec.generate_private_key(ec.SECP256R1()))
    return SigningKey(name, "RS256", rsa.generate_private_key(65537, 2048))


@dataclass
class Login:
    """What a code stands for."""

    redirect_uri: str
    challenge: str
    nonce: str


@dataclass
class Provider:
    """A provider, and everything that can be wrong with it."""

    issuer: str = ""
    person: Claims = field(default_factory=lambda: {"sub": "ada", "email": "Ada@example.com", "email_verified": True})
    signing: SigningKey = field(default_factory=lambda: key("first"))
    published: list[SigningKey] = field(default_factory=lambda: [key("first")])
    document: Claims = field(default_factory=dict)
    claims: Claims = field(default_factory=dict)
    sign: Callable[[Claims], str] | None = None
    userinfo: Claims | None = None
    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    gate: Event = field(default_factory=Event)
    seen: list[str] = field(default_factory=list)
    logins: dict[str, Login] = field(default_factory=dict)

    def settings(self, **more: Any) -> Claims:
        """Return what an application is told of it."""
        return {"issuer": self.issuer, "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, **more}

    def rotate(self, name: str) -> None:
        """Sign with another key from now on, and publish no other."""
        self.signing = key(name)
        self.published = [self.signing]

    def answer(self, method: str, url: str, headers: dict[str, str], body: str) -> Answer:
        """Answer a request."""
        parts = urlsplit(url)
        match method, parts.path:
            case "GET", "/.well-known/openid-configuration":
                return 200, self._document()
            case "GET", "/jwks":
                return 200, {"keys": [one.public for one in self.published]}
            case "GET", "/authorize":
                return self._authorize(dict(parse_qsl(parts.query)))
            case "POST", "/token":
                return self._token(headers, dict(parse_qsl(body)))
            case "GET", "/userinfo" if self.userinfo is not None:
                return (200, self.userinfo) if headers.get("authorization") == "Bearer for-userinfo" else (401, {})
        return 404, {}

    def _document(self) -> Claims:
        """Return what it says about itself."""
        said = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize?theme=dark",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256", "ES256"],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
        }
        return said | ({"userinfo_endpoint": f"{self.issuer}/userinfo"} if self.userinfo is not None else {}) | self.document

    def _authorize(self, asked: Claims) -> Answer:
        """Send the browser back with a code, to whoever asks as the standard says."""
        expected = {"response_type": "code", "client_id": CLIENT_ID, "code_challenge_method": "S256", "theme": "dark"}
        if expected.items() <= asked.items() and "openid" in asked["scope"].split():
            code = secrets.token_urlsafe(16)
            self.logins[code] = Login(asked["redirect_uri"], asked["code_challenge"], asked["nonce"])
            given = urlencode({"code": code, "state": asked["state"], "iss": self.issuer})
            return 302, f"{asked['redirect_uri']}?{given}"
        return 400, {"error": "invalid_request"}

    def _token(self, headers: dict[str, str], asked: Claims) -> Answer:
        """Exchange a code: once, for the right client, and for whoever knows the verifier."""
        if not self._is_client(headers.get("authorization", ""), asked):
            return 401, {"error": "invalid_client"}
        login = self.logins.pop(asked.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(asked.get("code_verifier", "").encode()).digest())
        given = asked.get("grant_type"), asked.get("redirect_uri"), challenge.rstrip(b"=").decode()
        if login is None or given != ("authorization_code", login.redirect_uri, login.challenge):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        said = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": login.nonce}
        claims = {name: value for name, value in (said | self.person | self.claims).items() if value is not None}
        token = (self.sign or self.signing.sign)(claims)
        return 200, {"access_token": "for-userinfo", "token_type": "Bearer", "expires_in": 300, "id_token": token}

    def _is_client(self, authorization: str, asked: Claims) -> bool:
        """Tell whether a client is who it says, in the way that the document has it."""
        given = asked.get("client_id"), asked.get("client_secret"), authorization
        match self.document.get("token_endpoint_auth_methods_supported"):
            case ["none"]:
                return given == (CLIENT_ID, None, "")
            case ["client_secret_post"]:
                return given == (CLIENT_ID, CLIENT_SECRET, "")
        pair = f"{CLIENT_ID}:{quote_plus(CLIENT_SECRET)}"
        return given == (None, None, f"Basic {base64.b64encode(pair.encode()).decode()}")


@contextmanager
def openid_provider(port: int = 0) -> Iterator[Provider]:
    """Run a provider."""
    provider = Provider()
    provider.gate.set()
    with _server(provider, port) as server:
        provider.issuer = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield provider
        finally:
            provider.gate.set()
            server.shutdown()
            thread.join()


def _server(provider: Provider, port: int) -> ThreadingHTTPServer:
    """Return a server that has yet to serve."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer("GET")

        def do_POST(self) -> None:
            self._answer("POST")

        def _answer(self, method: str) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
            provider.seen.append(urlsplit(self.path).path)
            provider.gate.wait()
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, answer = provider.answer(method, self.path, headers, body)
            content = answer.encode() if status == 302 else json.dumps(answer).encode()
            status, content = provider.answers.get(urlsplit(self.path).path, (status, content))
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("location", content.decode())
                content = b""
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

        def handle(self) -> None:
            """Not mind if nobody waits for the answer any more."""
            try:
                super().handle()
            except ConnectionError:
                return

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


def main(port: int) -> None:
    """Serve until stopped, and say how an application is told of it."""
    with openid_provider(port) as provider:
        provider.person = {"sub": "grace", "email": "grace@example.com", "email_verified": True}
        told = {"example": provider.settings()}
        sys.stdout.write(f"OAUTH_PROVIDERS='{json.dumps(told)}'\n")
        sys.stdout.flush()
        Event().wait()


if __name__ == "__main__":
    main(int(sys.argv[1]))
