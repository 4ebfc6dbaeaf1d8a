"""Chains of causes: from what fell back to what was down by itself, with what should have bridged it."""

import pytest

from continuity.model.values import PayDay
from continuity.simulation.request import RunRequest
from continuity.simulation.result import Chain, RunResult
from continuity.simulation.run import run
from tests.builders import Builder, by, fixed, standby

HOUR = 60


def played(b: Builder, replications: int = 4) -> RunResult:
    return run(b.build(), RunRequest(b.scenario_id(), replications=replications, workers=1))


def told(b: Builder, chains: tuple[Chain, ...]) -> list[list[tuple[str, str, int, str]]]:
    """The chains with codes for ids."""
    code = {record.id: record.code for record in b.records.values()}
    return [[(code[k.element], k.code, k.minute, code.get(k.by, "")) for k in c.links] for c in chains]


def hall(**generator: object) -> Builder:
    """The grid is lost for four days; the hall has a generator, and a function needs the hall."""
    b = Builder()
    for code in ("GRID", "GEN", "FUEL", "HALL"):
        b.resource(code)
    b.function("F", mbco=500)
    b.need("HALL", "GRID", standby("GEN", **generator))
    b.need("F", "HALL")
    b.scenario(horizon_days=6)
    b.event(elements=["GRID"], duration=fixed(96 * HOUR))
    return b


def test_that_diesel_runs_out_at_the_hour_that_it_lasts() -> None:
    b = hall(endurance=31 * HOUR)
    (chain,) = played(b).functions[0].chains
    assert chain.share == 1
    assert told(b, (chain,)) == [
        [("F", "slow", 31 * HOUR, ""), ("HALL", "standby_empty", 31 * HOUR, "GEN"), ("GRID", "outage", 0, "")]
    ]


def test_that_a_refill_that_fails_is_seen_in_the_hour_at_which_diesel_ends() -> None:
    b = hall(endurance=31 * HOUR, refill=1000, refiller="FUEL")
    b.event(elements=["FUEL"], offset=24 * HOUR, duration=fixed(200 * HOUR))
    # Until hour 24 the tank stays full; then 31 hours are left.
    (chain,) = played(b).functions[0].chains
    assert told(b, (chain,))[0][1] == ("HALL", "standby_empty", 55 * HOUR, "GEN")


@pytest.mark.parametrize(
    ("generator", "event", "code"),
    [
        ({"activation_delay": 5}, {}, "standby_starting"),
        ({}, {"elements": ["GEN"], "duration": fixed(10 * HOUR)}, "standby_down"),
        ({"capacity": 300}, {}, "standby_short"),
    ],
)
def test_that_it_is_told_what_became_of_the_standby(generator, event, code: str) -> None:
    b = hall(**generator)
    if event:
        b.event(**event)
    for chain in told(b, played(b).functions[0].chains):
        assert chain[1][1:2] + chain[1][3:] == (code, "GEN")


def test_that_those_who_wait_for_one_another_are_told_as_a_cold_start() -> None:
    b = Builder()
    for code in ("DNS", "VIRT"):
        b.resource(code)
    b.function("F", mbco=500)
    b.need("DNS", "VIRT")
    b.need("VIRT", "DNS")
    b.need("F", "DNS")
    b.cycle("DNS", "VIRT", delay=120)
    b.scenario(horizon_days=2)
    b.event(elements=["VIRT"], duration=fixed(60))
    b.event(elements=["F"], offset=90, duration=fixed(10))
    (chain,) = told(b, played(b).functions[0].chains)
    assert chain[-1] == ("VIRT", "outage", 0, "")


def claims(demand: int, **event: object) -> Builder:
    """Claims are decided by F, 100 cases an hour of 50 that come; paid on the 5th at noon."""
    b = Builder()
    for code in ("SYS", "BANK"):
        b.resource(code)
    b.function("F", arrivals=50_000, capacity=100_000)
    b.need("F", "SYS")
    b.scenario(horizon_days=8, demand=demand)
    b.add("stream", "B", payees=1000, amount=10, entitlement="CLAIM", function="F", pay_days=(PayDay(day=5),))
    b.add("stage", "T", stream="B", position=0, element="BANK", reaches="usable", work=60)
    b.event(elements=["SYS"], **event)
    return b


def test_that_claims_that_wait_because_of_an_outage_lead_to_it() -> None:
    b = claims(1000, offset=0, duration=fixed(96 * HOUR))
    (day,) = played(b).pay_days
    # 96 hours of 50 cases wait at 00:00 on the 5th, of the 28 days since the 5th of February.
    assert day.undecided is not None and day.undecided.mean == 1000 * (1000 * 96 // (28 * 24)) // 1000
    assert day.on_time.mean == 1 - day.undecided.mean / 1000
    assert dict(day.lateness) == {0: day.on_time.mean, -1: day.undecided.mean / 1000}
    assert told(b, day.chains) == [[("F", "backlog", 1, ""), ("F", "slow", 0, ""), ("SYS", "outage", 0, "")]]
    assert [(c.code, c.share) for c in day.causes] == [("outage", 1.0), ("backlog", 1.0)]


def test_that_claims_that_wait_because_too_many_come_say_so() -> None:
    b = claims(3000, offset=0, duration=fixed(60), probability=0.0)
    result = played(b)
    (day,) = result.pay_days
    # Four days at 50 more an hour than can be done; 24 days at 50 an hour came before, 4 at 150.
    assert day.undecided is not None and day.undecided.mean == 1000 * 96 * 50 // (24 * 24 * 50 + 96 * 150)
    assert told(b, day.chains) == [[("F", "backlog", 1, ""), ("F", "demand", 1, "")]]
    (stream,) = result.streams
    assert [(m.reason, m.payees.mean) for m in stream.missed] == [("undecided", day.undecided.mean)]


def test_that_shares_of_staff_and_buffers_stand_in_the_chain() -> None:
    b = Builder()
    b.staff("PEOPLE", 10)
    b.resource("DESK")
    b.function("F", mbco=800)
    b.need("DESK", by("PEOPLE"), rule="share", required=10, autonomy=30)
    b.need("F", "DESK")
    b.scenario(horizon_days=2)
    b.event(type="staff", cause="flu", elements=["PEOPLE"], depth=500, duration=fixed(600))
    (chain,) = told(b, played(b).functions[0].chains)
    assert chain == [("F", "slow", 60, ""), ("DESK", "buffer_empty", 60, ""), ("PEOPLE", "staff", 0, "")]
