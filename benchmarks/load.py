"""Load on one endpoint: `wrk` where it is installed, else a small generator of our own."""

import asyncio
import re
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import httpx

from benchmarks.servers import Server

CONNECTIONS = 16


@dataclass(frozen=True, slots=True)
class Call:
    """A request; with a `body` it is a `POST` by the account."""

    path: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class Load:
    """What came back: answered requests, wall and server CPU seconds, the 99th percentile in milliseconds."""

    requests: int
    seconds: float
    cpu_seconds: float
    p99_ms: float
    failed: int

    @property
    def per_cpu_second(self) -> float:
        """Requests per CPU second of the server: what neighbours on the machine disturb least."""
        return self.requests / self.cpu_seconds if self.cpu_seconds else 0.0


def generator() -> str:
    """Which of the two it will be."""
    return "wrk" if shutil.which("wrk") else "httpx"


def run(server: Server, call: Call, seconds: float) -> Load:
    """`call` as often as the server answers, from `CONNECTIONS` connections."""
    before, started = server.cpu_seconds(), time.perf_counter()
    requests, failed, p99 = _wrk(server, call, seconds) if shutil.which("wrk") else _httpx(server, call, seconds)
    return Load(requests, time.perf_counter() - started, server.cpu_seconds() - before, p99, failed)


def _wrk(server: Server, call: Call, seconds: float) -> tuple[int, int, float]:
    headers = "".join(f'wrk.headers["{name}"] = "{value}"\n' for name, value in _headers(server, call).items())
    script = f'{headers}wrk.method = "POST"\nwrk.body = [[{call.body}]]\n' if call.body else headers
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "call.lua"
        path.write_text(script)
        argv = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s", "--latency", "-s", str(path)]
        text = subprocess.run([*argv, server.url + call.path], capture_output=True, text=True, check=True).stdout
    requests = re.search(r"(\d+) requests in", text)
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s)", text)
    scale = {"us": 0.001, "ms": 1.0, "s": 1000.0}
    return (
        int(requests[1]) if requests else 0,
        int(failed[1]) if failed else 0,
        float(p99[1]) * scale[p99[2]] if p99 else 0.0,
    )


def _headers(server: Server, call: Call) -> dict[str, str]:
    """Reading is public on both sides, and anonymous here: a token that nobody needs would only be checked by one."""
    return {"Authorization": f"Bearer {server.token}", "Content-Type": "application/json"} if call.body else {}


def _httpx(server: Server, call: Call, seconds: float) -> tuple[int, int, float]:
    return asyncio.run(_asyncio_load(server, call, seconds))


async def _asyncio_load(server: Server, call: Call, seconds: float) -> tuple[int, int, float]:
    deadline = time.perf_counter() + seconds
    taken: list[float] = []
    failed = 0
    headers = _headers(server, call)

    async def connection(client: httpx.AsyncClient) -> None:
        nonlocal failed
        while (started := time.perf_counter()) < deadline:
            method = "POST" if call.body else "GET"
            answer = await client.request(method, server.url + call.path, content=call.body or None, headers=headers)
            taken.append(time.perf_counter() - started)
            failed += not answer.is_success

    limits = httpx.Limits(max_connections=CONNECTIONS)
    async with httpx.AsyncClient(limits=limits, timeout=30) as client:
        await asyncio.gather(*(connection(client) for _ in range(CONNECTIONS)))
    taken.sort()
    return len(taken), failed, taken[int(len(taken) * 0.99)] * 1000 if taken else 0.0
