"""Where the projects under test keep their data: a file, or a MongoDB for which a stand-in answers."""

import asyncio
import threading
import zlib
from functools import cache
from pathlib import Path
from queue import Queue

from codebegen.verify.drivers.mongodb import listening
from codebegen.verify.drivers.mongodb_commands import Engine


def address(stack: str, place: Path) -> str:
    """The address of a database of its own, empty at first."""
    if stack == "fastapi_mongo":
        return f"{stand_in()}/test_{zlib.crc32(str(place).encode()):08x}"
    return f"sqlite+aiosqlite:///{place}"


@cache
def stand_in() -> str:
    """The address of a server in memory, which lives as long as the tests."""
    started: Queue[str] = Queue()

    async def serve() -> None:
        server, where = await listening(Engine())
        started.put(where)
        async with server:
            await server.serve_forever()

    threading.Thread(target=lambda: asyncio.run(serve()), daemon=True).start()
    return started.get(timeout=10)
