"""Pay days worked out by hand: Friday 5 March 2027, due 12:00; file sent on the 4th by 16:00."""

import pytest
from builders import Builder
from pay_cases import HORIZON, Paid, agency, at, fallback, stage, with_fallbacks

from continuity.model.values import CounterAgreement, PayDay, WorkSpan
from continuity.simulation.pay_arrays import NEVER, STATES


def state(paid: Paid) -> str:
    return STATES[paid.state]


def test_that_an_undisturbed_run_is_done_at_the_hours_worked_out():
    paid = Paid(agency())
    assert [paid.done(n) for n in range(4)] == [at(4, "9:00"), at(4, "9:30"), at(4, "10:30"), at(5, "10:00")]
    assert (paid.on_time, paid.late_days, state(paid)) == (1000, -(2**62), "usable")


@pytest.mark.parametrize("hour", range(9, 20))
def test_that_an_outage_moved_hour_by_hour_flips_the_result_at_the_cutoff(hour):
    paid = Paid(agency(), {"LINE": [(at(4, "6:00"), at(4, f"{hour}:00"))]})
    in_time = hour * 60 + 30 <= 16 * 60
    assert paid.done(1) == at(4, f"{hour}:30")
    assert paid.on_time == (1000 if in_time else 0)
    if not in_time:  # the bank receives at its hour on the next bank day: 10:00 on the 5th; done 10:30, 11:30
        assert paid.done(2) == at(5, "10:30")


def test_that_the_cutoff_is_exact_to_the_minute():
    in_time = Paid(agency(), {"LINE": [(0, at(4, "15:30"))]})
    assert (in_time.done(1), in_time.on_time) == (at(4, "16:00"), 1000)
    late = Paid(agency(), {"LINE": [(0, at(4, "15:31"))]})
    assert (late.done(1), late.done(2), late.done(3)) == (at(4, "16:01"), at(5, "10:30"), at(5, "13:30"))
    assert (late.on_time, late.person_days) == (0, 0)  # late on the same day: no calendar day late


def test_that_due_includes_the_very_minute():
    for until, on_time in (("9:00", 1000), ("9:01", 0)):
        paid = Paid(agency(), {"BANK": [(at(5, "0:00"), at(5, until))]})
        assert paid.on_time == on_time


def test_that_lateness_counts_calendar_days_and_the_hardship_of_people():
    paid = Paid(agency(), {"BANK": [(at(5, "0:00"), at(8, "9:00"))]})
    assert (paid.late_days, paid.person_days, paid.unpaid, paid.longest) == (3000, 3000, 1000, 3)
    one_day = Paid(agency(), {"BANK": [(at(5, "0:00"), at(6, "9:00"))]})
    assert (one_day.person_days, one_day.unpaid) == (1000, 0)


def test_that_what_is_not_paid_by_the_horizon_is_unpaid():
    paid = Paid(agency(), {"BANK": [(at(5, "0:00"), HORIZON)]})
    assert paid.paid == NEVER
    assert not paid.settled
    assert paid.longest == 14 - 5


def test_that_work_falls_by_the_level_and_surplus_is_lost():
    paid = Paid(agency(), {"SYS": [(at(4, "8:00"), at(4, "8:10"), 700)]})
    # Ten minutes at 700 leave 53,000 of 60,000: 53 more minutes.
    assert paid.done(0) == at(4, "9:03")
    assert Paid(agency(), {"SYS": [(0, HORIZON, 700)]}).done(0) == at(4, "8:00") + 86  # 60,000 / 700 = 85.7


def test_that_below_its_least_level_a_stage_stands_still():
    assert Paid(agency(), {"SYS": [(0, at(4, "12:00"), 499)]}).done(0) == at(4, "13:00")
    assert Paid(agency(), {"SYS": [(0, at(4, "8:30"), 500)]}).done(0) == at(4, "8:30") + 45


def test_that_working_hours_interrupt_a_stage():
    builder = agency()
    hours = tuple(WorkSpan(weekday=d, opens=480, closes=510) for d in range(5))
    stage(builder, 0, "SYS", "made", opens_days=2, opens_at=0, work=60, hours=hours)
    assert Paid(builder).done(0) == at(4, "8:30")


def test_that_a_stage_waits_for_the_same_stage_of_the_day_before():
    builder = agency(due=1439)
    stream = next(r for r in builder.records.values() if r.code == "B")
    builder.add(
        "stream", "B", payees=1000, due=1439,
        pay_days=(PayDay(day=5, share=500), PayDay(day=6, share=500)),
    )  # fmt: skip
    # The 6th is a Saturday: both are paid on the 5th.
    paid = Paid(builder)
    assert stream.payees == 1000
    assert [d.payees for d in paid.plan.days] == [500, 500]
    assert paid.done(4) == paid.done(0) + 60  # made one after the other


@pytest.mark.parametrize(
    ("outage", "expected"),
    [
        ({"SYS": [(0, HORIZON)]}, "not_made"),
        ({"LINE": [(0, HORIZON)]}, "made"),
        ({"BANK": [(at(4, "9:30"), HORIZON)]}, "receipt_unknown"),
        ({"LINE": [(at(4, "9:45"), at(4, "9:50"))], "BANK": [(at(4, "10:00"), HORIZON)]}, "receipt_unknown"),
        ({"BANK": [(at(5, "0:00"), HORIZON)]}, "received"),
    ],
)
def test_that_the_state_of_the_file_follows_from_its_stages(outage, expected):
    assert state(Paid(agency(), outage)) == expected


def test_that_hours_stay_local_when_the_clocks_change():
    builder = agency()
    builder.add("stream", "B", payees=10, due=720, pay_days=(PayDay(day=30),))  # the 29th is Easter Monday
    hours = tuple(WorkSpan(weekday=d, opens=480, closes=540) for d in range(5))
    stage(builder, 3, "BANK", "usable", opens_days=0, opens_at=0, work=60, hours=hours)
    paid = Paid(builder, horizon=31 * 1440)
    (day,) = paid.plan.days
    assert day.due == 29 * 1440 + 720 - 60  # the night to the 28th has 23 hours
    assert paid.done(3) == day.due - 3 * 60


# --- fallbacks ----------------------------------------------------------------------------------


def with_one(kind="execute", scenario=None, stream=None, **fields) -> Builder:
    builder = agency(scenario=scenario or {}, **(stream or {}))
    given = {"streams": ["B"], "set_up": 120, "decision_time": 60, "coverage": 900, **fields}
    fallback(builder, "L", kind, **given)
    return with_fallbacks(builder, "L")


BANK_DOWN = {"BANK": [(at(5, "0:00"), at(8, "0:00"))]}


def test_that_a_fallback_starts_at_its_latest_hour_and_pays_by_due():
    paid = Paid(with_one(over=10, under=5, staff_minutes=90, wrong_items=100, reconciliation=6), BANK_DOWN)
    assert (paid.used, paid.begun, paid.finished) == (0, at(5, "9:00"), at(5, "12:00"))
    assert (paid.on_time, paid.ordinary, paid.gap) == (900, 0, 0)
    assert paid.wrong_sek == 900 * 100 * 15 // 1000
    assert (paid.staff_minutes, paid.reconciliation_minutes) == (90, 90 * 6)
    assert paid.person_days == 100 * 3  # those it does not cover wait for the run, until Monday


@pytest.mark.parametrize(("fell", "used"), [("8:59", 0), ("9:00", 0), ("9:01", -1)])
def test_that_a_fallback_does_not_know_what_falls_after_its_hour(fell, used):
    paid = Paid(with_one(stream={"restart_allowance": 121}), {"BANK": [(at(5, fell), at(8, "0:00"))]})
    assert paid.used == used
    assert (paid.on_time, paid.gap) == ((900, 0) if used == 0 else (0, 900))


@pytest.mark.parametrize(("allowance", "used"), [(0, -1), (1, 0)])
def test_that_a_run_that_can_still_make_it_is_left_alone(allowance, used):
    # Three hours of work left at 9:00: with full levels it would be done at 12:00 sharp.
    assert Paid(with_one(stream={"restart_allowance": allowance}), BANK_DOWN).used == used


def test_that_what_is_not_down_needs_no_restart():
    # At 9:00 one hour is left and all is up: the allowance of four hours is not added.
    assert Paid(with_one(stream={"restart_allowance": 240})).used == -1


def test_that_a_needless_activation_is_counted():
    paid = Paid(with_one(stream={"restart_allowance": 121}), {"BANK": [(at(5, "8:50"), at(5, "9:30"))]})
    assert (paid.used, paid.fall_needless, paid.on_time) == (0, 1, 1000)


def test_that_nothing_is_known_before_declaration():
    late = with_one(scenario={"detection": 30, "declaration": 30}, stream={"restart_allowance": 90})
    for fell, used in (("8:00", 0), ("8:01", -1)):
        assert Paid(late, {"BANK": [(at(5, fell), at(8, "0:00"))]}).used == used


def test_that_what_a_fallback_needs_must_work():
    down = Paid(with_one(elements=["VAULT"]), BANK_DOWN | {"VAULT": [(at(5, "8:00"), at(5, "9:01"))]})
    assert (down.used, down.blocked, down.on_time) == (-1, 2, 0)
    falls = Paid(with_one(elements=["VAULT"]), BANK_DOWN | {"VAULT": [(at(5, "10:30"), at(5, "11:00"))]})
    assert (falls.used, falls.finished, falls.fall_too_late) == (0, at(5, "12:30"), 1)


def test_that_at_most_one_fallback_is_used_in_the_stated_order():
    builder = agency(restart_allowance=240)
    fallback(builder, "FIRST", streams=["B"], set_up=60, elements=["VAULT"], coverage=900)
    fallback(builder, "SECOND", streams=["B"], set_up=240, coverage=500)
    with_fallbacks(builder, "FIRST", "SECOND")
    assert Paid(builder, BANK_DOWN).used == 0  # the second, though its hour comes first, waits
    assert Paid(builder, BANK_DOWN | {"VAULT": [(at(5, "6:00"), at(5, "8:00"))]}).used == 1


def test_that_the_planners_own_rule_counts_from_when_the_chain_fell():
    paid = Paid(with_one(down_for=360, set_up=60, decision_time=0), BANK_DOWN)
    assert (paid.begun, paid.finished) == (at(5, "6:00"), at(5, "7:00"))
    late = Paid(with_one(down_for=630, set_up=120, decision_time=0), BANK_DOWN)
    assert (late.begun, late.finished, late.fall_too_late) == (at(5, "10:30"), at(5, "12:30"), 1)


def test_that_interim_decisions_are_counted_not_assumed():
    slow = {"restart_allowance": 240}
    paid = Paid(with_one("interim", stream=slow, cases_per_hour=1500, staff=20, set_up=300), BANK_DOWN)
    assert paid.begun == at(5, "6:00")
    assert paid.on_time == 1.5 * 20 * 5
    many = Paid(with_one("interim", stream=slow, cases_per_hour=1500, staff=2000, set_up=300), BANK_DOWN)
    assert many.on_time == 1000


def test_that_a_counter_pays_no_more_than_it_can():
    war = {"strain": "war"}
    counter = CounterAgreement(counter="Shops", per_day=300, in_force=True)
    paid = Paid(with_one("certificate", scenario=war, precondition="war", counter=counter), BANK_DOWN)
    assert paid.on_time == 300


# --- receipt unknown ----------------------------------------------------------------------------

UNKNOWN = {"BANK": [(at(4, "9:45"), at(8, "0:00"))]}


def test_that_an_unknown_receipt_blocks_the_second_file():
    paid = Paid(with_one(), UNKNOWN)
    assert (paid.used, paid.blocked, paid.on_time) == (-1, 1, 0)


def with_stop(work: int, cutoff: int | None = None) -> Builder:
    builder = with_one()
    cut = {} if cutoff is None else {"cutoff_days": 0, "cutoff_at": cutoff}
    stage(builder, 9, "VAULT", "stop", opens_days=2, work=work, **cut)
    return builder


def test_that_a_confirmed_stop_lets_the_second_file_go():
    paid = Paid(with_stop(work=60), UNKNOWN)
    assert (paid.used, paid.finished, paid.blocked, paid.exposed) == (0, at(5, "12:00"), 0, 0)
    slow = Paid(with_stop(work=61), UNKNOWN)
    assert (slow.used, slow.finished, slow.blocked) == (0, at(5, "12:01"), 1)


def test_that_no_stop_comes_after_the_recall_deadline():
    assert Paid(with_stop(work=60, cutoff=10 * 60), UNKNOWN).used == 0
    assert Paid(with_stop(work=60, cutoff=10 * 60 - 1), UNKNOWN).used == -1


def test_that_paying_beside_a_file_at_the_bank_is_exposed_to_double_payment():
    paid = Paid(with_one(), BANK_DOWN)  # received on the 4th, stuck in the bank
    assert (paid.exposed, paid.double_sek) == (1, 900 * 100)
    held = Paid(with_one(), {"LINE": [(0, at(8, "0:00"))]})  # never sent
    assert (held.used, held.double_sek) == (0, 0)


# --- early release ------------------------------------------------------------------------------


def test_that_an_early_release_sends_the_file_before_the_outage():
    out = {"SYS": [(at(4, "0:00"), at(9, "0:00"))]}
    assert Paid(agency(), out).on_time == 0
    builder = with_one("early", standing=True, set_up=1440, coverage=985, over=4)
    paid = Paid(builder, out)
    assert paid.done(0) == at(3, "9:00")
    assert (paid.on_time, paid.ordinary, paid.fall_used, paid.fall_needless) == (985, 0, 1, 0)
    assert paid.wrong_sek == 985 * 100 * 4 // 1000
    assert paid.person_days == 15 * 5  # what the early file left out waits for the ordinary one
    off = with_one("early", standing=True, set_up=1440, enabled=False)
    assert Paid(off, out).on_time == 0
