"""Values that tests send."""

from datetime import UTC, datetime, timedelta
from itertools import count

UNKNOWN = 999_999_999
"""An id that nothing has."""
MALFORMED = "not-an-id"
_numbers = count(1)


def number() -> int:
    """Return a number that was not there before."""
    return next(_numbers)


def clock(*, minutes: int) -> datetime:
    """Return the time in so many minutes, as the database keeps it."""
    return datetime.now(UTC) + timedelta(minutes=minutes)


def moment(*, minutes: int) -> str:
    """Return the time in so many minutes, as JSON."""
    return f"{datetime.now(UTC) + timedelta(minutes=minutes):%Y-%m-%dT%H:%M:%SZ}"


def day(*, minutes: int) -> str:
    """Return the date in so many minutes, as JSON."""
    return f"{datetime.now(UTC) + timedelta(minutes=minutes):%Y-%m-%d}"


def time_of_day(*, minutes: int) -> str:
    """Return the time of day in so many minutes, as JSON."""
    return f"{datetime.now(UTC) + timedelta(minutes=minutes):%H:%M:%S}"
