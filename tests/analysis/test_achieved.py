"""Needed against achieved as simulated: demands by strain level, and the day on which it begins."""

import datetime as dt

import pytest
from builders import Builder, fixed

from continuity.analysis.achieved import by_date, by_level
from continuity.model.values import PayDay, StartRule
from continuity.simulation.request import RunRequest

HOUR, DAY = 60, 1440


@pytest.fixture(scope="module")
def case():
    """Five days without the hall, in everyday life for certain and in war not at all; MTPD four days."""
    b = Builder()
    b.resource("HALL")
    b.function("PAY", mbco=500, rto=DAY, mtpd=4 * DAY)
    b.need("PAY", "HALL")
    start = StartRule(on_or_after=dt.date(2027, 3, 1), at=0)
    for code, strain, chance in (("X", "everyday", 1.0), ("W", "war", 0.0)):
        b.scenario(code, strain=strain, horizon_days=20, start=start)
        b.event(code, elements=["HALL"], probability=chance, duration=fixed(5 * DAY))
    b.add("stream", "S", payees=1000, amount=10, livelihood="sole", pay_days=(PayDay(day=25),), due=17 * HOUR)
    b.add("stage", "T", stream="S", element="PAY", opens_at=8 * HOUR, work=60, reaches="usable")
    return b, b.build()


def test_that_each_strain_level_tells_whether_demands_are_met(case):
    b, organisation = case
    found = by_level(organisation, RunRequest(b.id("X", "scenario"), replications=40))
    rows = {row.strain: row for row in found.rows}
    assert (rows["everyday"].meets_rto, rows["everyday"].meets_mtpd) == (False, False)
    assert rows["everyday"].longest_down.p50 == 5 * DAY
    assert (rows["war"].meets_rto, rows["war"].meets_mtpd) == (True, True)
    assert found.rows[0] is rows["everyday"]
    assert [meta.replications for meta in found.runs] == [40, 40]


def test_that_the_pay_day_turns_on_the_day_on_which_it_begins(case):
    b, organisation = case
    found = by_date(organisation, RunRequest(b.id("X", "scenario"), replications=40, workers=2))
    (stream,) = found.streams
    assert stream.nominal == dt.date(2027, 3, 25)
    holds = {day.days: day.holds for day in stream.days}
    assert [days for days in range(11) if not holds[days]] == [0, 1, 2, 3, 4]
    assert stream.turns == ((5, 4),)
    assert next(day for day in stream.days if day.days == 4).start == dt.date(2027, 3, 21)
