"""Who is connected over WebSocket, and what they are told."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, Literal
from urllib.parse import urlsplit

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import orm
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.core.auth import Caller
from app.core.config import get_settings
from app.core.errors import Unauthorized
from app.core.live_channel import CHANNELS, Channel, ProcessChannel
from app.core.security import read_access_token
from app.services.live_items import COLLECTIONS, callers_of, messages_of, told

logger = logging.getLogger("app.live")

MESSAGE_LENGTH = 8192
"""Of what clients say."""
WAITING = 100
"""So many messages may wait for a client; one that is slower is dropped."""
HEARD = 10_000
"""So many may wait in all."""
PATIENCE = 2
"""So many heartbeats may pass without an answer."""
CLOSING_SECONDS = 1.0

WRONG = 1008
TOO_SLOW = 1013
NOT_LOGGED_IN = 4401
NOT_THERE = 4408
TOO_MANY = 4429


class EndedError(Exception):
    """A connection is to be closed."""

    def __init__(self, code: int, reason: str) -> None:
        """Say why."""
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Login(BaseModel):
    """The first message of a client; without ``collections`` it is told of all."""

    model_config = ConfigDict(extra="forbid")

    type: Literal["authenticate"]
    token: str = Field(max_length=4096)
    collections: list[str] | None = None


class Connection:
    """A client that is logged in."""

    def __init__(self, websocket: WebSocket, caller: Caller, collections: frozenset[str]) -> None:
        """Have nothing to tell yet."""
        self.caller = caller
        self.collections = collections
        self._websocket = websocket
        self._waiting: asyncio.Queue[str] = asyncio.Queue(WAITING)
        self._end: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def offer(self, message: dict[str, Any] | str) -> None:
        """Have something told, unless the client is too slow for that."""
        try:
            self._waiting.put_nowait(message if isinstance(message, str) else json.dumps(message))
        except asyncio.QueueFull:
            self.end(EndedError(TOO_SLOW, "too slow"))

    def end(self, why: EndedError) -> None:
        """Have the connection closed."""
        if not self._end.done():
            self._end.set_exception(why)

    async def run(self) -> None:
        """Tell and listen until that ends. Raises `EndedError` or `WebSocketDisconnect`."""
        tasks = [asyncio.ensure_future(one) for one in (self._tell(), self._listen(), self._ask(), self._end)]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _tell(self) -> None:
        """Send what waits."""
        while True:
            text = await self._waiting.get()
            try:
                await self._websocket.send_text(text)
            except RuntimeError:  # the server has closed it meanwhile
                raise WebSocketDisconnect(NOT_THERE) from None

    async def _ask(self) -> None:
        """Ask whether the client is there, and see whether its login is still good."""
        while True:
            await asyncio.sleep(get_settings().live_heartbeat_seconds)
            if not await callers_of([self.caller.session_id]):
                raise EndedError(NOT_LOGGED_IN, "the login has ended")
            self.offer({"type": "ping"})

    async def _listen(self) -> None:
        """Hear that the client is there; it has nothing else to say."""
        while True:
            try:
                async with asyncio.timeout(PATIENCE * get_settings().live_heartbeat_seconds):
                    said = await text_of(self._websocket)
            except TimeoutError:
                raise EndedError(NOT_THERE, "no answer") from None
            if not _is_answer(said):
                raise EndedError(WRONG, "unknown message")


class Hub:
    """Knows all connections of this process."""

    def __init__(self) -> None:
        """Know nobody."""
        self.channel: Channel = ProcessChannel()
        self.connections: set[Connection] = set()
        self._open = 0
        self._heard: asyncio.Queue[str | None] = asyncio.Queue()
        self._work: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Note from now on what happens to items, and tell it."""
        self.channel = CHANNELS[get_settings().live_channel]()
        self._heard = asyncio.Queue(HEARD)
        self._work = [asyncio.create_task(one) for one in (self.channel.run(self._hear), self._tell_for_ever())]
        sa.event.listen(orm.Session, "after_flush", self._note)

    async def stop(self) -> None:
        """Tell no more."""
        sa.event.remove(orm.Session, "after_flush", self._note)
        for work in self._work:
            work.cancel()
        await asyncio.gather(*self._work, return_exceptions=True)

    async def serve(self, websocket: WebSocket) -> None:
        """Keep a connection until it ends."""
        if not _comes_from_here(websocket):
            await websocket.close(WRONG)
            return
        await websocket.accept()
        try:
            async with self._logged_in(websocket) as connection:
                await connection.run()
        except WebSocketDisconnect:
            return
        except EndedError as ended:
            with suppress(TimeoutError, RuntimeError, WebSocketDisconnect):
                async with asyncio.timeout(CLOSING_SECONDS):
                    await websocket.close(ended.code, ended.reason)

    @asynccontextmanager
    async def _logged_in(self, websocket: WebSocket) -> AsyncIterator[Connection]:
        """Let a client log in with its first message, and know it while it is here."""
        settings = get_settings()
        if self._open >= settings.live_connections:
            raise EndedError(TOO_MANY, "too many connections")
        self._open += 1
        connection: Connection | None = None
        try:
            login = await _login(websocket)
            caller = await _caller(login.token)
            if sum(one.caller.id == caller.id for one in self.connections) >= settings.live_connections_per_account:
                raise EndedError(TOO_MANY, "too many connections of this account")
            collections = frozenset(COLLECTIONS if login.collections is None else login.collections)
            if collections - COLLECTIONS.keys():
                raise EndedError(WRONG, "unknown collection")
            connection = Connection(websocket, caller, collections)
            connection.offer({"type": "ready", "collections": sorted(collections)})
            self.connections.add(connection)
            yield connection
        finally:
            self._open -= 1
            self.connections -= {connection}

    def _note(self, session: orm.Session, _context: orm.UOWTransaction) -> None:
        """Say what was just written."""
        for message in messages_of(session):
            self.channel.say(session.connection(), message)

    def _hear(self, message: str | None) -> None:
        """Keep a message until it is told; where there are too many, it is told that some were missed."""
        if self._heard.full():
            while not self._heard.empty():
                self._heard.get_nowait()
            message = None
        self._heard.put_nowait(message)

    async def _tell_for_ever(self) -> None:
        """Tell everybody what concerns them, whatever happens."""
        while True:
            message = await self._heard.get()
            try:
                await self._tell(None if message is None else json.loads(message))
            except Exception:
                logger.exception("Something could not be told.")
                self._tell_of_a_gap()

    def _tell_of_a_gap(self) -> None:
        """Tell everybody that something may have been missed."""
        for connection in self.connections:
            connection.offer({"type": "missed"})

    async def _tell(self, message: dict[str, Any] | None) -> None:
        """Tell those who may know what happened; logins and rights are those of this moment."""
        if message is None:
            self._tell_of_a_gap()
            return
        name = message["collection"]
        listening = [one for one in self.connections if name in one.collections]
        if not listening or name not in COLLECTIONS:
            return
        callers = await callers_of({one.caller.session_id for one in listening})
        texts: dict[Any, str | None] = {}
        for connection in listening:
            caller = callers.get(connection.caller.session_id)
            if caller is None:
                connection.end(EndedError(NOT_LOGGED_IN, "the login has ended"))
                continue
            who = caller.id if COLLECTIONS[name].visible(caller) else None
            if who not in texts:
                texts[who] = await told(caller, message)
            if (text := texts[who]) is not None:
                connection.offer(text)


hub = Hub()


async def text_of(websocket: WebSocket) -> str:
    """Return what a client says; only short texts are heard."""
    received = await websocket.receive()
    if received["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(received.get("code", 1000))
    text = received.get("text")
    if text is None or len(text) > MESSAGE_LENGTH:
        raise EndedError(WRONG, "not a short text")
    return str(text)


def _is_answer(said: str) -> bool:
    """Tell whether a client says that it is there."""
    try:
        return bool(json.loads(said) == {"type": "pong"})
    except ValueError:
        return False


async def _login(websocket: WebSocket) -> Login:
    """Return the first message."""
    try:
        async with asyncio.timeout(get_settings().live_login_seconds):
            return Login.model_validate_json(await text_of(websocket))
    except TimeoutError:
        raise EndedError(NOT_THERE, "no login in time") from None
    except ValidationError:
        raise EndedError(WRONG, "not a login") from None


async def _caller(token: str) -> Caller:
    """Return the account that a token was made for."""
    try:
        _, session_id = read_access_token(token)
    except Unauthorized:
        raise EndedError(NOT_LOGGED_IN, "the token is not good") from None
    caller = (await callers_of([session_id])).get(session_id)
    if caller is None:
        raise EndedError(NOT_LOGGED_IN, "the login has ended")
    return caller


def _comes_from_here(websocket: WebSocket) -> bool:
    """Tell whether a page may connect: one of this host, or of an origin of the settings; programs have none."""
    origin = websocket.headers.get("origin")
    if origin is None or origin in get_settings().cors_origins or "*" in get_settings().cors_origins:
        return True
    return urlsplit(origin).netloc == websocket.headers.get("host")
