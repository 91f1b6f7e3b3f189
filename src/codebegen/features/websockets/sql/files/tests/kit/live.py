"""A real server on a port of its own, and clients that are connected to it.

By hand: `python -m tests.kit.live ws://127.0.0.1:8000/api/v1/live TOKEN` prints what a client is told.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from app.core.auth import Caller as Account
from app.core.security import read_access_token
from app.main import app
from app.services.live_items import callers_of
from tests.kit.callers import Caller

Told = dict[str, Any]


class Client:
    """Somebody who listens."""

    def __init__(self, connection: ClientConnection) -> None:
        """Listen."""
        self.connection = connection

    async def say(self, message: object) -> None:
        """Say something."""
        await self.connection.send(message if isinstance(message, str) else json.dumps(message))

    async def hear(self) -> Told:
        """Return what is told next, however long that takes."""
        async with asyncio.timeout(60):
            told: Told = json.loads(await self.connection.recv())
        return told

    async def closed(self) -> int:
        """Return why the connection was closed, after all that was told before."""
        async with asyncio.timeout(60):
            await self.connection.wait_closed()
        return self.connection.close_code or 0


def token_of(caller: Caller) -> str:
    """Return the token of somebody who is logged in."""
    return caller.headers["Authorization"].removeprefix("Bearer ")


@asynccontextmanager
async def serving() -> AsyncIterator[str]:
    """Run a server, and return where it is."""
    config = uvicorn.Config(app, port=0, lifespan="off", log_config=None, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - it says so in no other way
        await asyncio.sleep(0.005)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"ws://127.0.0.1:{port}/api/v1/live"
    finally:
        server.should_exit = True
        await running


@asynccontextmanager
async def connected(url: str, **options: Any) -> AsyncIterator[Client]:
    """Connect."""
    async with connect(url, proxy=None, **options) as connection:
        yield Client(connection)


@asynccontextmanager
async def listening(url: str, caller: Caller, **login: Any) -> AsyncIterator[Client]:
    """Connect and log in."""
    async with connected(url) as client:
        await client.say({"type": "authenticate", "token": token_of(caller)} | login)
        assert (await client.hear())["type"] == "ready"
        yield client


async def account_of(caller: Caller) -> Account:
    """Return somebody who calls as the application knows them."""
    _, session_id = read_access_token(token_of(caller))
    return (await callers_of([session_id]))[session_id]


async def _print(url: str, token: str) -> None:
    """Print what a client is told, until stopped."""
    async with connected(url) as client:
        await client.say({"type": "authenticate", "token": token})
        while True:
            told = json.loads(await client.connection.recv())
            sys.stdout.write(json.dumps(told) + "\n")
            sys.stdout.flush()
            if told["type"] == "ping":
                await client.say({"type": "pong"})


if __name__ == "__main__":
    try:
        asyncio.run(_print(*sys.argv[1:]))
    except (ConnectionClosed, KeyboardInterrupt) as end:
        sys.exit(str(end))
