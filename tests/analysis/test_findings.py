"""What a run means: order of weight, both sides of a comparison, plain data."""

import json

import pytest
from builders import Builder, fixed

from continuity.analysis.findings import findings
from continuity.analysis.plain import to_plain
from continuity.analysis.structure import structure
from continuity.model.values import Change, PayDay
from continuity.simulation.request import RunRequest
from continuity.simulation.run import run

HOUR, DAY = 60, 1440


@pytest.fixture(scope="module")
def case():
    """Power is lost for 30 h from 6:00 on the 5th; three streams hang on it; a measure gives it a buffer."""
    b = Builder()
    b.resource("POWER")
    for code, mtpd in (("SLOW", 20 * HOUR), ("FAST", 4 * HOUR), ("WELL", 10 * DAY)):
        b.function(code, mbco=500, rto=2 * HOUR, mtpd=mtpd)
        b.need(code, "POWER", code=f"N-{code}")
    b.scenario("X", horizon_days=10)
    b.event("X", elements=["POWER"], offset=4 * DAY + 6 * HOUR, duration=fixed(30 * HOUR))
    for code, livelihood, payees, work in (
        ("RICH", "supplement", 9000, 60),
        ("POOR", "sole", 100, 60),
        ("LAST", "main", 10, 3000),
    ):
        b.add("stream", code, payees=payees, amount=10, livelihood=livelihood, pay_days=(PayDay(day=5),))
        b.add(
            "stage", f"T-{code}", stream=code, element="SLOW", opens_at=8 * HOUR, work=work, reaches="usable"
        )
    b.measure("M", Change(action="set", kind="need", target="N-SLOW", values={"autonomy": 3 * DAY}))
    organisation = b.build()
    request = RunRequest(b.scenario_id(), (b.id("M", "measure"),), compare=True, replications=4, workers=1)
    result = run(organisation, request)
    return b, organisation, result, findings(organisation, result)


def codes(b, ids):
    return [b.records[id_].code for id_ in ids]


def test_that_functions_stand_by_the_time_at_which_they_break(case):
    b, _, _, found = case
    assert codes(b, [f.function for f in found.functions]) == ["FAST", "SLOW", "WELL"]
    fast, slow, well = found.functions
    fell = 4 * DAY + 6 * HOUR
    assert (fast.mtpd_breach_at, slow.mtpd_breach_at) == (fell + 4 * HOUR, fell + 20 * HOUR)
    assert (well.mtpd_breach, well.mtpd_breach_at, well.rto_breach) == (0, None, 1)
    assert (slow.achieved, slow.mtpd_breach, slow.mtpd_breach_with, slow.achieved_with) == (1800, 1, 0, 0)


def test_that_people_in_need_come_before_more_people(case):
    b, _, _, found = case
    assert codes(b, [d.stream for d in found.pay_days]) == ["POOR", "LAST", "RICH"]
    poor = found.pay_days[0]
    assert (poor.unpaid, poor.late_days, poor.on_time, poor.on_time_with) == (100, 1, 0, 1)
    assert codes(b, [found.last]) == ["LAST"]
    assert codes(b, [s.stream for s in found.streams])[:2] == ["POOR", "LAST"]


def test_that_both_sides_and_the_gain_are_told(case):
    _, _, result, found = case
    assert found.compared
    assert found.run == result.with_.meta.id
    assert found.gain == result.in_need_unpaid
    assert found.in_need_unpaid == result.without.headline.in_need_unpaid


def test_that_a_single_run_has_one_side(case):
    _, organisation, result, _ = case
    alone = findings(organisation, result.without)
    assert not alone.compared
    assert alone.gain is None
    assert {f.mtpd_breach_with for f in alone.functions} == {None}


def test_that_all_of_it_is_plain_data(case):
    _, organisation, result, found = case
    for value in (result, found, structure(organisation)):
        assert json.loads(json.dumps(to_plain(value))) == to_plain(value)
    assert to_plain(found)["pay_days"][0]["date"] == "2027-03-05"
