"""Who is acting, for what is written about it."""

from contextvars import ContextVar
from typing import Any

acting: ContextVar[Any] = ContextVar("acting", default=None)
"""The id of the account that sent the present request; nothing where nobody is logged in."""
