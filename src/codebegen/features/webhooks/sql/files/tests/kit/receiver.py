"""A receiver of webhooks on a port of its own, which believes nothing that is not signed.

By hand: `python -m tests.kit.receiver PORT SECRET` prints what arrives.
"""

import base64
import hashlib
import hmac
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

TOLERANCE = 300
"""How old a message may be, in seconds: who has seen one can't send it again for ever."""

Headers = dict[str, str]


def opened(secret: str, headers: Headers, body: bytes, now: float | None = None) -> dict[str, Any]:
    """Return a message that is signed and new. Raises `ValueError`."""
    sent_at, key = headers["webhook-timestamp"], base64.b64decode(secret.removeprefix("whsec_"))
    if abs((time.time() if now is None else now) - int(sent_at)) > TOLERANCE:
        raise ValueError("too old")
    content = f"{headers['webhook-id']}.{sent_at}.".encode() + body
    expected = base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()
    given = (one.removeprefix("v1,") for one in headers["webhook-signature"].split())
    if not any(hmac.compare_digest(expected, one) for one in given):
        raise ValueError("not signed")
    message: dict[str, Any] = json.loads(body)
    return message


@dataclass
class Receiver:
    """What arrived, and how it is answered: with a status, when the `gate` is open."""

    port: int = 0
    status: int = 204
    location: str = ""
    requests: list[tuple[Headers, bytes]] = field(default_factory=list)
    gate: Event = field(default_factory=Event)
    take: Callable[[Headers, bytes], None] = print

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}/hooks?from=shop"

    def messages(self, secret: str) -> list[dict[str, Any]]:
        """Return what arrived, each once, however often it came."""
        found = {headers["webhook-id"]: opened(secret, headers, body) for headers, body in self.requests}
        return list(found.values())


@contextmanager
def receiver(port: int = 0) -> Iterator[Receiver]:
    """Run a receiver."""
    kept = Receiver()
    kept.take = lambda headers, body: kept.requests.append((headers, body))
    kept.gate.set()
    with _server(kept, port) as server:
        kept.port = server.server_port
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield kept
        finally:
            kept.gate.set()
            server.shutdown()
            thread.join()


def _server(kept: Receiver, port: int) -> ThreadingHTTPServer:
    """Return a server that has yet to serve."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            kept.take({name.lower(): value for name, value in self.headers.items()}, body)
            kept.gate.wait()
            self.send_response(kept.status)
            if kept.location:
                self.send_header("location", kept.location)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

        def handle(self) -> None:
            """Not mind if nobody waits for the answer any more."""
            try:
                super().handle()
            except ConnectionError:
                return

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


def main(port: int, secret: str) -> None:
    """Print what arrives, until stopped."""

    def show(headers: Headers, body: bytes) -> None:
        sys.stdout.write(f"{headers['webhook-id']} {json.dumps(opened(secret, headers, body))}\n")
        sys.stdout.flush()

    kept = Receiver(take=show)
    kept.gate.set()
    with _server(kept, port) as server:
        server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
