"""Limits in time: at the first and the last moment that there is, and to the minute and the day."""

import datetime as dt
from types import SimpleNamespace

import pytest

from codebegen.blueprint import Blueprint, Entity, Field
from codebegen.blueprint.rules import TimeLimitRule
from codebegen.compiler.views.rules import rule_of

NOW = dt.datetime(2030, 5, 10, 12, tzinfo=dt.UTC)
FIRST, LAST = dt.datetime.min.replace(tzinfo=dt.UTC), dt.datetime.max.replace(tzinfo=dt.UTC)
DAY = 24 * 60


def refused(kind: str, moment: dt.date, side: str, minutes: int) -> bool:
    """Whether an operation is refused now, by the very condition that a service asks."""
    at = Field.model_validate({"name": "at", "type": kind})
    rule = TimeLimitRule.model_validate(
        {"name": "late", "operations": ["delete"], "field": "at", "side": side, "minutes": minutes}
    )
    trip = Entity(name="Trip", fields=(at,), rules=(rule,))
    view = rule_of(Blueprint(name="boats", entities=(trip,)), trip, rule)
    assert view is not None
    names = {"utcnow": lambda: NOW, "timedelta": dt.timedelta, "trip": SimpleNamespace(at=moment)}
    return bool(eval(view.broken, names))


@pytest.mark.parametrize("minutes", [-DAY, DAY])
@pytest.mark.parametrize("kind", ["datetime", "date"])
def test_the_first_and_the_last_moment_can_be_compared(kind: str, minutes: int) -> None:
    first, last = (FIRST, LAST) if kind == "datetime" else (FIRST.date(), LAST.date())
    assert refused(kind, first, "before", minutes)
    assert not refused(kind, last, "before", minutes)
    assert not refused(kind, first, "after", minutes)
    assert refused(kind, last, "after", minutes)


@pytest.mark.parametrize("minutes", [-90, 0, 15])
def test_it_ends_at_the_very_moment(minutes: int) -> None:
    last, instant = NOW - dt.timedelta(minutes=minutes), dt.timedelta(microseconds=1)
    assert refused("datetime", last, "before", minutes)
    assert not refused("datetime", last + instant, "before", minutes)
    assert not refused("datetime", last, "after", minutes)
    assert refused("datetime", last + instant, "after", minutes)


@pytest.mark.parametrize("days", [-1, 0, 2])
def test_dates_are_limited_by_days(days: int) -> None:
    last = NOW.date() - dt.timedelta(days=days)
    assert refused("date", last, "before", days * DAY)
    assert not refused("date", last + dt.timedelta(days=1), "before", days * DAY)
