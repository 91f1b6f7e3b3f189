"""A stand-in for a MongoDB, where none can be had: drivers talk to it over a real connection, in their own protocol.

It keeps documents in memory, one server without replica set or transactions, and refuses what it does not know rather
than guess. `python -m codebegen.verify.drivers.mongodb COMMAND …` runs a command beside one, with `DATABASE_URL` and
`TEST_DATABASE_URL` naming two empty databases, and ends with its exit status.
"""

import asyncio
import os
import struct
import sys
from itertools import count

import bson

from codebegen.verify.drivers.mongodb_commands import Engine, hello
from codebegen.verify.drivers.mongodb_values import Document

_HEADER = struct.Struct("<iiii")
_OP_REPLY, _OP_QUERY, _OP_MSG = 1, 2004, 2013
_CHECKSUM, _MORE_TO_COME = 1, 2
_numbers = count(1)


async def listening(engine: Engine) -> tuple[asyncio.Server, str]:
    """A server on a port of its own, and where it is."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _serve(reader, writer, engine)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    return server, f"mongodb://{host}:{port}"


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, engine: Engine) -> None:
    """Answer one client until it goes."""
    try:
        while True:
            length, request, _, operation = _HEADER.unpack(await reader.readexactly(_HEADER.size))
            answer = _answer(operation, await reader.readexactly(length - _HEADER.size), engine)
            if answer is not None:
                kind, body = answer
                writer.write(_HEADER.pack(_HEADER.size + len(body), next(_numbers), request, kind) + body)
                await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass  # a client that goes says no more
    finally:
        writer.close()


def _answer(operation: int, body: bytes, engine: Engine) -> tuple[int, bytes] | None:
    """The kind and body of the answer to one message, None where none is wanted."""
    if operation == _OP_QUERY:  # how older drivers say hello
        return _OP_REPLY, struct.pack("<iqii", 8, 0, 0, 1) + bson.encode(hello())
    if operation != _OP_MSG:
        raise ConnectionError(f"messages of the kind {operation} are not understood")
    (flags,) = struct.unpack_from("<I", body)
    reply = engine.run(_command(body[4 : -4 if flags & _CHECKSUM else None]))
    return None if flags & _MORE_TO_COME else (_OP_MSG, struct.pack("<IB", 0, 0) + bson.encode(reply))


def _command(sections: bytes) -> Document:
    """The command in the sections of a message: one document, and lists of documents by name."""
    command: Document = {}
    lists: dict[str, list[Document]] = {}
    while sections:
        kind, (size,) = sections[0], struct.unpack_from("<i", sections, 1)
        section, sections = sections[1 : size + 1], sections[size + 1 :]
        if kind == 0:
            command = bson.decode(section)
        else:
            end = section.index(b"\0", 4)
            lists[section[4:end].decode()] = bson.decode_all(section[end + 1 :])
    return {**command, **lists}


async def run_beside(command: list[str]) -> int:
    """Run a command while a server answers on a port of its own; its exit status."""
    server, address = await listening(Engine())
    urls = {name: f"{address}/{database}" for name, database in _DATABASES.items()}
    async with server:
        process = await asyncio.create_subprocess_exec(*_resolved(command), env={**os.environ, **urls})
        return await process.wait()


def _resolved(command: list[str]) -> list[str]:
    """The command; Python is the one that runs this."""
    return [sys.executable, *command[1:]] if command[0] == "python" else command


_DATABASES = {"DATABASE_URL": "app", "TEST_DATABASE_URL": "test"}


if __name__ == "__main__":
    sys.exit(asyncio.run(run_beside(sys.argv[1:])))
