"""What holds for every test."""

import signal

import pytest

# A shell that runs this in the background lets children ignore Ctrl-C; what is started here must be interruptible.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Workers that share the tests take whole files; what runs on one project of the contract stays together too."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))


def _group(item: pytest.Item) -> str:
    call = getattr(item, "callspec", None)
    return str(call.params["made"]) if call and "made" in call.params else item.nodeid.partition("::")[0]
