"""Runs from end to end: a model by hand, the same bits always, comparisons, refusals, cancelling."""

import datetime as dt
import threading

import pytest
from builders import Builder, fixed, uniform
from pay_cases import START, agency, fallback, stage, with_fallbacks

from continuity.model.kinds import Scenario
from continuity.model.problems import Refused
from continuity.model.values import Change, PayDay
from continuity.simulation.cancel import RunCancelled
from continuity.simulation.codec import read_json, write_json
from continuity.simulation.events import Cancelled, Failed, Finished, Progress, Started
from continuity.simulation.request import RunRequest
from continuity.simulation.result import Comparison, RunResult
from continuity.simulation.run import fingerprint_of, refuse_nonsense, remarks, request_of, run

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
D = dt.date


def three_elements(hours: int) -> Builder:
    """POWER → SYS (buffer 2 h, restart 30 min) → PAY; power is lost at 6:00 on the 5th for ``hours``."""
    builder = Builder()
    builder.resource("POWER")
    builder.resource("SYS")
    builder.function("PAY", mbco=500, rto=120, mtpd=240)
    builder.need("SYS", "POWER", autonomy=120, restart_lag=30)
    builder.need("PAY", "SYS")
    builder.scenario("X", start=START, horizon_days=10)
    builder.event("X", elements=["POWER"], offset=4 * 1440 + 360, duration=fixed(hours * 60))
    builder.add("stream", "B", payees=200, amount=50, pay_days=(PayDay(day=5),), livelihood="main")
    builder.add(
        "stage", "T", stream="B", element="PAY", opens_at=480, work=60, least_level=1, reaches="usable"
    )
    return builder


@pytest.mark.parametrize("hours", range(1, 8))
def test_that_a_model_of_three_elements_agrees_with_the_hand(hours):
    builder = three_elements(hours)
    result = run(builder.build(), RunRequest(builder.scenario_id(), replications=3, workers=1))
    # Power is lost at 6:00 and SYS falls at 8:00; it is back half an hour after power.
    down = 0 if hours <= 2 else hours * 60 - 120 + 30
    (pay,) = result.functions
    assert pay.down_minutes.mean == down
    assert pay.rto_breach.hits == (3 if down > 120 else 0)
    assert pay.mtpd_breach.hits == (3 if down > 240 else 0)
    # An hour of work from 8:00, or from when SYS is back; due 12:00.
    done = 9 * 60 if hours <= 2 else 6 * 60 + hours * 60 + 30 + 60
    (day,) = result.pay_days
    assert (day.date, day.payees, day.sek) == (D(2027, 3, 5), 200, 10_000)
    assert day.stages[0].done.mean == 4 * 1440 + done
    assert day.on_time.mean == (1 if done <= 720 else 0)
    assert result.headline.in_need_payees == 200


def test_that_causes_are_found_up_the_chain():
    builder = three_elements(7)
    result = run(builder.build(), RunRequest(builder.scenario_id(), replications=3, workers=1))
    fell = 4 * 1440 + 360
    expected = [("POWER", "outage", fell, 1.0), ("SYS", "buffer_empty", fell + 120, 1.0)]
    for causes in (result.functions[0].causes, result.pay_days[0].causes):
        named = {builder.id(code): code for code in ("POWER", "SYS", "PAY")}
        assert [(named[c.element], c.code, c.minute, c.share) for c in causes] == expected
    well = three_elements(1)
    assert run(well.build(), RunRequest(well.scenario_id(), replications=3)).functions[0].causes == ()


def drawn() -> Builder:
    """A bank that fails for 1 to 60 hours the day before pay day, a fallback, and a measure."""
    builder = agency(restart_allowance=240)
    builder.function("F", mbco=500, rto=600, mtpd=2000)
    builder.need("F", "BANK", autonomy=30)
    builder.event("X", elements=["BANK"], offset=4 * 1440 - 600, duration=uniform(60, 3600))
    builder.event("X", elements=["LINE"], offset=4 * 1440 - 900, duration=uniform(1, 900), probability=0.5)
    fallback(builder, "L", streams=["B"], set_up=120, coverage=900)
    with_fallbacks(builder, "L")
    change = Change(action="set", kind="need", target="N1", values={"autonomy": 1440})
    builder.measure("M", change)
    return builder


def plain(result) -> str:
    return write_json(result)


def test_that_results_are_the_same_bits_whatever_the_workers():
    builder = drawn()
    organisation, id_ = builder.build(), builder.scenario_id()
    runs = [
        plain(run(organisation, RunRequest(id_, replications=1500, workers=w), run_id="r", now=NOW))
        for w in (1, 2, 7)
    ]
    assert runs[0] == runs[1] == runs[2]
    other = run(organisation, RunRequest(id_, replications=1500, seed=2), run_id="r", now=NOW)
    assert plain(other) != runs[0]


def test_that_a_result_survives_json():
    builder = drawn()
    result = run(builder.build(), RunRequest(builder.scenario_id(), replications=40))
    assert read_json(RunResult, write_json(result)) == result


def test_that_measures_are_compared_on_the_same_draws():
    builder = drawn()
    organisation, measure = builder.build(), builder.id("M", "measure")
    request = RunRequest(builder.scenario_id(), (measure,), compare=True, replications=600)
    both = run(organisation, request)
    assert isinstance(both, Comparison)
    alone = run(organisation, RunRequest(builder.scenario_id(), replications=600))
    assert both.without.pay_days == alone.pay_days
    assert both.with_.pay_days == both.without.pay_days  # the measure concerns F, not the bank
    assert both.payees_on_time.low == both.payees_on_time.mean == both.payees_on_time.high == 0
    f_without, f_with = both.without.functions[0], both.with_.functions[0]
    assert f_with.down_minutes.mean < f_without.down_minutes.mean
    assert both.with_.meta.measures == (measure,)
    assert both.with_.meta.fingerprint != both.without.meta.fingerprint


def test_that_a_paired_interval_is_that_of_the_differences():
    builder = drawn()
    target = builder.id("L", "fallback")
    builder.measure("OFF", Change(action="set", kind="fallback", target="L", values={"enabled": False}))
    organisation = builder.build()
    off = builder.id("OFF", "measure")
    both = run(organisation, RunRequest(builder.scenario_id(), (off,), compare=True, replications=800))
    difference = both.with_.headline.both.payees_on_time.mean - both.without.headline.both.payees_on_time.mean
    assert both.payees_on_time.mean == pytest.approx(difference)
    assert both.payees_on_time.low < both.payees_on_time.mean < both.payees_on_time.high < 0
    assert target


def test_that_more_replications_go_on_where_fewer_stopped():
    builder = drawn()
    organisation = builder.build()
    few = run(organisation, RunRequest(builder.scenario_id(), replications=300))
    many = run(organisation, RunRequest(builder.scenario_id(), replications=900))
    share = few.pay_days[0].ordinary_on_time
    assert abs(share.share - many.pay_days[0].ordinary_on_time.share) < 0.1
    assert few.meta.fingerprint == many.meta.fingerprint


def test_that_events_end_in_exactly_one_end():
    builder = drawn()
    told = []
    run(builder.build(), RunRequest(builder.scenario_id(), replications=600), report=told.append)
    assert told[0] == Started(600)
    assert [type(e) for e in told].count(Finished) == 1
    assert isinstance(told[-1], Finished)
    assert [e.done for e in told if isinstance(e, Progress)] == [256, 512, 600]


def test_that_a_run_is_cancelled_between_blocks():
    builder = drawn()
    cancel, told = threading.Event(), []

    def report(event):
        told.append(event)
        if isinstance(event, Progress):
            cancel.set()

    with pytest.raises(RunCancelled):
        run(builder.build(), RunRequest(builder.scenario_id(), replications=256_000), cancel, report)
    assert isinstance(told[-1], Cancelled)
    assert sum(isinstance(e, Progress) for e in told) == 1


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"replications": 0}, "bad-replications"),
        ({"replications": -5}, "bad-replications"),
        ({"replications": 10**12}, "bad-replications"),
        ({"seed": -1}, "bad-seed"),
        ({"workers": 0}, "bad-workers"),
        ({"start": D(9999, 12, 31)}, "bad-start"),
        ({"compare": True}, "nothing-to-compare"),
        ({"horizon_days": 0}, "bad-horizon"),
        ({"measures": ("nobody",)}, "no-such-record"),
        ({"scenario": "nobody"}, "no-such-record"),
    ],
)
def test_that_nonsense_is_refused_before_anything_runs(given, code):
    builder = drawn()
    told = []
    with pytest.raises(Refused) as refused:
        run(builder.build(), RunRequest(**{"scenario": builder.scenario_id(), **given}), report=told.append)
    assert code in [p.code for p in refused.value.problems]
    assert [type(e) for e in told] == [Failed]


def test_that_all_nonsense_is_told_at_once():
    builder = drawn()
    with pytest.raises(Refused) as refused:
        refuse_nonsense(
            builder.build(), RunRequest(builder.scenario_id(), replications=0, seed=-1, workers=0)
        )
    assert len(refused.value.problems) == 3


def test_that_a_run_without_pay_days_is_named_before():
    builder = drawn()
    organisation = builder.build()
    codes = [p.code for p in remarks(organisation, RunRequest(builder.scenario_id(), horizon_days=3))]
    assert codes == ["no-pay-days-in-run", "bank-days-computed", *2 * ["event-after-horizon"]]
    assert [p.code for p in remarks(organisation, RunRequest(builder.scenario_id()))] == [
        "bank-days-computed"
    ]
    empty = run(organisation, RunRequest(builder.scenario_id(), horizon_days=3, replications=5))
    assert empty.pay_days == ()
    assert empty.headline.both.payees_on_time.mean == 1


def test_that_a_run_that_is_late_at_rest_is_named_before():
    builder = drawn()
    stage(builder, 3, "BANK", "usable", opens_days=0, opens_at=420, work=301)
    (said,) = [
        p for p in remarks(builder.build(), RunRequest(builder.scenario_id())) if p.code == "late-at-rest"
    ]
    assert said.facts["date"] == "2027-03-05"


def test_that_the_same_request_runs_again_from_the_result():
    builder = drawn()
    organisation = builder.build()
    first = run(organisation, RunRequest(builder.scenario_id(), replications=20), run_id="r", now=NOW)
    again = run(organisation, request_of(first.meta), run_id="r", now=NOW)
    assert again == first
    assert fingerprint_of(organisation, request_of(first.meta)) == first.meta.fingerprint


def test_that_the_fingerprint_knows_what_matters_and_nothing_else():
    def print_of(**stream):
        builder = drawn()
        with_fallbacks(builder, "L", **stream)
        organisation = builder.build()
        return fingerprint_of(organisation, RunRequest(organisation.all(Scenario)[0].id))

    assert print_of() == print_of(name="Another name", note="A note")
    assert print_of() != print_of(amount=101)
    assert print_of() != print_of(due=719)
