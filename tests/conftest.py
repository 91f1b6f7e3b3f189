"""What holds for every test."""

import re
import signal

import pytest
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

# A shell that runs this in the background lets children ignore Ctrl-C; what is started here must be interruptible.
signal.signal(signal.SIGINT, signal.default_int_handler)

PROJECT = re.compile(r"^tests/contract/.*\[(\w+-fastapi_[a-z]+)")


class Together(LoadScopeScheduling):  # type: ignore[misc]
    """Workers take whole files; of the contract, which runs on projects that are costly to start, whole projects."""

    def _split_scope(self, nodeid: str) -> str:
        project = PROJECT.match(nodeid)
        return project[1] if project else nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling:
    return Together(config, log)
