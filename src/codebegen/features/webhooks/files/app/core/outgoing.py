"""Requests to addresses that others chose.

A name is looked up once, what it stands for is checked, and exactly that is connected to: a name that changes its mind
in between, or a redirect, leads nowhere. No proxy of the environment is asked.
"""

import asyncio
import socket
import ssl
from collections.abc import Iterable, Mapping
from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network, ip_address

import httpcore

from app.core.config import get_settings

_GLOBAL_IPV6 = IPv6Network("2000::/3")
_TUNNELS = (IPv6Network("2001::/32"), IPv6Network("2002::/16"))
"""Addresses that hold an IPv4 address, which may be any."""


class NotSentError(Exception):
    """A request was not answered; the text says why, in words that tell nothing of this network."""


def is_public(address: str) -> bool:
    """Tell whether an address belongs to somebody else on the internet, not to this machine or its networks."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address) and (ip not in _GLOBAL_IPV6 or any(ip in tunnel for tunnel in _TUNNELS)):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


async def post(url: str, headers: Mapping[str, str], body: bytes) -> int:
    """Send a request and return the status of the answer, whose body is not read. Raises `NotSentError`."""
    try:
        async with (
            asyncio.timeout(get_settings().webhook_timeout_seconds),
            httpcore.AsyncConnectionPool(ssl_context=_tls(), network_backend=_Guarded()) as pool,
            pool.stream("POST", url, headers=[*headers.items()], content=body) as response,
        ):
            return int(response.status)
    except (TimeoutError, httpcore.TimeoutException):
        raise NotSentError("no answer in time") from None
    except (httpcore.NetworkError, httpcore.ProtocolError):
        raise NotSentError("no connection") from None


class _Guarded(httpcore.AsyncNetworkBackend):
    """Connects to addresses that were checked."""

    def __init__(self) -> None:
        """Leave the rest to the usual backend."""
        self._backend = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the interface of httpcore
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Look a name up, and connect to the first of its addresses that answers."""
        error: Exception = NotSentError("unknown host")
        for address in await _addresses(host, port):
            try:
                return await self._backend.connect_tcp(address, port, timeout, local_address, socket_options)
            except httpcore.ConnectError as refused:
                error = refused
        raise error


async def _addresses(host: str, port: int) -> list[str]:
    """Return what a name stands for; all of it must be public, unless the settings allow anything."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotSentError("unknown host") from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not get_settings().webhook_private_addresses and not all(map(is_public, addresses)):
        raise NotSentError("address not allowed")
    return addresses


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    """Return what certificates are checked with."""
    return httpcore.default_ssl_context()
