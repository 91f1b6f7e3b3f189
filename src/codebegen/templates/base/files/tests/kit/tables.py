"""Tables of cases, as pytest takes them."""

from collections.abc import Iterable
from typing import Any

import pytest


def cases(rows: Iterable[tuple[str, str, Any]]) -> list[Any]:
    """Return parameters from rows of a name, a case and a value; both names make the id."""
    return [pytest.param(name, value, id=f"{name}-{case}") for name, case, value in rows]
