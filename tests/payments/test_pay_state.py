"""A run can stop at any minute and go on from there."""

import datetime as dt

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from pay_cases import agency, at, fallback, stage, with_fallbacks
from test_pay_reference import ELEMENTS, cases, flat

from continuity.model.calendar import resolve_start
from continuity.model.kinds import Scenario
from continuity.simulation.pay import pay, pay_state
from continuity.simulation.pay_arrays import NEVER, STATES
from continuity.simulation.pay_plan import pay_plan


def later(lines, minute):
    """The same pieces as seen from ``minute`` on."""
    moved = {}
    for element, rows in lines.items():
        moved[element] = [
            [
                (max(0, m - minute), v)
                for (m, v), end in zip(r, [m for m, _ in r[1:]] + [10**9], strict=True)
                if end > minute
            ]
            for r in rows
        ]
    return moved


def played(organisation, lines, horizon, start, state=None):
    scenario = organisation.all(Scenario)[0]
    given = () if state is None else (state,)
    plan = pay_plan(organisation, scenario, start, horizon, *given)
    rows = [ELEMENTS.index(organisation.get(e).code) for e in plan.elements]
    pieces = flat(lines, ELEMENTS)
    return plan, pay(plan, pieces, rows), pieces, rows


def by_day(plan, values):
    return {(d.stream.id, d.pay.nominal): values[n] for n, d in enumerate(plan.days)}


def waiting(plan, block, replication):
    """Payees of each pay day who wait at its own opening and at the later ones."""
    rows = block.undecided.waiting if block.undecided else []
    found = {}
    for number, day in enumerate(plan.days):
        waits = [int(row[number, replication]) for row in rows]
        while waits and not waits[-1]:
            waits.pop()
        found[(day.stream.id, day.pay.nominal)] = waits
    return found


@settings(max_examples=150)
@given(cases(), st.integers(1, 2 * 1440))
def test_that_going_on_from_a_state_gives_the_same_runs(case, minute):
    organisation, horizon, lines = case
    start = resolve_start(organisation.all(Scenario)[0].start)
    plan, block, pieces, rows = played(organisation, lines, horizon, start)
    if not plan.days or plan.plain is not None:
        return
    for replication in (0, 1):
        state = pay_state(plan, block, pieces, rows, (replication, minute))
        moved = start + dt.timedelta(minutes=minute)
        again, went_on, _, _ = played(organisation, later(lines, minute), horizon - minute, moved, state)
        whole = by_day(plan, block.paid[:, replication])
        for key, paid in by_day(again, went_on.paid[:, replication]).items():
            expected = whole[key] if whole[key] == NEVER else whole[key] - minute
            assert paid == expected
        waits, left = waiting(plan, block, replication), waiting(again, went_on, replication)
        assert left == {key: waits[key] for key in left}
        missing = whole.keys() - by_day(again, went_on.paid[:, replication]).keys()
        assert all(whole[key] <= minute for key in missing)


def test_that_file_state_and_fallback_in_use_are_carried_over():
    builder = agency(restart_allowance=240)
    fallback(builder, "L", streams=["B"], set_up=120, coverage=900)
    stage(builder, 9, "VAULT", "stop", opens_days=2, work=60)
    organisation = with_fallbacks(builder, "L").build()
    start = resolve_start(organisation.all(Scenario)[0].start)
    scenario = organisation.all(Scenario)[0]
    plan = pay_plan(organisation, scenario, start, 10 * 1440)
    names = [organisation.get(e).code for e in plan.elements]
    lines = {n: [[(0, 1000)]] for n in names}
    lines["BANK"] = [[(0, 1000), (at(4, "9:45"), 0), (at(8, "0:00"), 1000)]]
    minute = at(5, "10:00")
    pieces, rows = flat(lines, names), list(range(len(names)))
    block = pay(plan, pieces, rows)
    state = pay_state(plan, block, pieces, rows, (0, minute))
    (key,) = state.fallbacks
    assert state.receipt_unknown == {key}
    assert state.fallbacks[key].begun == at(5, "9:00") - minute
    went_on = pay_plan(organisation, scenario, start + dt.timedelta(minutes=minute), 1440, state)
    rest = pay(went_on, flat(later(lines, minute), names), rows)
    assert rest.finished[0, 0] == block.finished[0, 0] - minute == at(5, "12:00") - minute
    assert STATES[int(rest.state[0, 0])] == "receipt_unknown"
    assert np.array_equal(rest.covered, block.covered)
