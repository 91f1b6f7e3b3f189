"""Webhooks never go into one's own network, however its addresses are written."""

import asyncio
import socket

import pytest

from app.core.config import get_settings
from app.core.outgoing import NotSentError, is_public, post
from tests.kit.people import People
from tests.kit.receiver import receiver
from tests.kit.webhooks import endpoint_of, ping, prepare, stand_for

pytestmark = pytest.mark.anyio

PRIVATE = "127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255"
PRIVATE_IPV6 = "::1 :: fe80::1 fe80::1%eth0 fc00::1 ff02::1 ::ffff:10.0.0.1 64:ff9b::a00:1 2002:a00:1::1 2001::1"


@pytest.fixture(autouse=True)
def account_events(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let accounts cause events, and let webhooks go to this machine."""
    prepare(monkeypatch)


@pytest.mark.parametrize("address", [*PRIVATE.split(), *PRIVATE_IPV6.split()])
def test_private_addresses(address: str) -> None:
    """None of these belongs to somebody else, in whatever way it is written."""
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1"])
def test_public_addresses(address: str) -> None:
    """These do."""
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "hooks.example.com"])
async def test_nothing_goes_into_ones_own_network(people: People, monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    """However the address is written, and whatever name stands for it when the message is sent."""
    with receiver() as there:
        endpoint = await endpoint_of(people, f"http://{host}:{there.port}")
        monkeypatch.setattr(get_settings(), "webhook_private_addresses", False)
        if host == "hooks.example.com":
            stand_for(monkeypatch, "93.184.216.34", "127.0.0.1")
        delivery = await ping(people, endpoint)
        assert (delivery["error"], delivery["response_status"]) == ("address not allowed", None)
        assert there.requests == []


async def test_a_name_that_changes_its_mind(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked up once, and what was checked is what is connected to; the receiver still sees the name."""
    with receiver() as there:
        asked = stand_for(monkeypatch, "127.0.0.1")
        delivery = await ping(people, await endpoint_of(people, f"http://hooks.example.com:{there.port}/"))
        assert delivery["status"] == "delivered"
        assert asked == ["hooks.example.com"]
        assert there.requests[0][0]["host"] == f"hooks.example.com:{there.port}"


@pytest.mark.parametrize("host", ["a..b", "x" * 64 + ".example.com", "example.com"])
async def test_names_that_stand_for_nothing(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    """They are nobody's fault here."""

    async def fail(*_: object, **_options: object) -> None:
        raise socket.gaierror

    if host == "example.com":
        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", fail)
    with pytest.raises(NotSentError, match="unknown host"):
        await post(f"http://{host}/", {}, b"")


async def test_redirects(people: People) -> None:
    """They lead nowhere: what is there was never checked."""
    with receiver() as there, receiver() as inside:
        there.status, there.location = 307, inside.url
        delivery = await ping(people, await endpoint_of(people, there.url))
        assert (delivery["response_status"], delivery["error"]) == (307, "redirects are not followed")
        assert inside.requests == []
