"""The kernels give the same integers as the rules played minute by minute."""

import datetime as dt

import numpy as np
from builders import Builder
from claims_reference import ClaimsReference
from hypothesis import given, settings
from hypothesis import strategies as st
from pay_cases import fallback
from pay_reference import Reference

from continuity.model.calendar import local_time, resolve_start
from continuity.model.kinds import Scenario
from continuity.model.values import PayDay, StartRule, VerifiedCopy, WorkSpan
from continuity.simulation.pay import pay
from continuity.simulation.pay_outcome import DayFacts, outcome
from continuity.simulation.pay_plan import pay_plan

ELEMENTS = ("A", "B", "C", "F")
OFFICE = tuple(WorkSpan(weekday=day, opens=420, closes=1080) for day in range(5))
LEVELS = st.sampled_from((0, 0, 200, 500, 999, 1000, 1000))
hours = st.integers(0, 24).map(lambda h: min(h * 60, 1439))


@st.composite
def timelines(draw, horizon):
    """Pieces of one element in one replication, as (minute, level) from minute 0."""
    cuts = sorted(draw(st.sets(st.integers(1, horizon - 1), max_size=5)))
    return [(minute, draw(LEVELS)) for minute in (0, *cuts)]


@st.composite
def stages(draw, builder):
    states = draw(
        st.sampled_from([("made", "sent", "received", "usable"), ("sent", "usable"), ("none", "usable")])
    )
    opens_days = sorted((draw(st.integers(0, 2)) for _ in states), reverse=True)
    for place, (days, reaches) in enumerate(zip(opens_days, states, strict=True)):
        cut = draw(st.sampled_from((None, None, 0, 1)))
        builder.add(
            "stage", f"T{place}", stream="B", position=place, element=draw(st.sampled_from(ELEMENTS)),
            opens_days=days, opens_at=draw(hours), cutoff_days=cut, cutoff_at=draw(hours),
            least_level=draw(st.sampled_from((0, 1, 300, 1000))), work=draw(st.sampled_from((0, 1, 45, 300))),
            hours=draw(st.sampled_from(((), (), OFFICE))), reaches=reaches,
        )  # fmt: skip
    if draw(st.booleans()):
        builder.add(
            "stage", "STOP", stream="B", position=9, element="C", reaches="stop", opens_days=2,
            work=draw(st.sampled_from((5, 90))), cutoff_days=draw(st.sampled_from((None, 0, 1))),
            cutoff_at=840,
        )  # fmt: skip


@st.composite
def fallbacks(draw, builder):
    kinds = draw(st.lists(st.sampled_from(("execute", "interim", "early")), max_size=3))
    for place, kind in enumerate(kinds):
        fallback(
            builder, f"L{place}", kind, streams=["B"], set_up=draw(st.sampled_from((0, 60, 400, 1500))),
            decision_time=draw(st.sampled_from((0, 30, 240))), coverage=draw(st.sampled_from((500, 900))),
            cases_per_hour=1500, staff=draw(st.integers(1, 30)), standing=kind == "early",
            elements=draw(st.sets(st.sampled_from(ELEMENTS), max_size=2)), least_level=draw(LEVELS),
            down_for=draw(st.sampled_from((None, None, 0, 120, 600))), copy=VerifiedCopy(),
        )  # fmt: skip
    return [f"L{place}" for place in range(len(kinds))]


@st.composite
def cases(draw):
    builder = Builder()
    for element in "ABC":
        builder.resource(element)
    work = draw(st.sampled_from((0, 60_000, 1_234_567)))
    builder.function(
        "F", arrivals=work, capacity=draw(st.sampled_from((work, 2 * work, 5 * work))),
        hours=draw(st.sampled_from(((), OFFICE))),
    )  # fmt: skip
    first = draw(st.integers(1, 7))
    start = StartRule(on_or_after=dt.date(2027, 3, first), at=draw(hours))
    demand = draw(st.sampled_from((1000, 1000, 1700, 8000)))
    builder.scenario("X", start=start, detection=draw(st.sampled_from((0, 0, 45))), demand=demand)
    builder.add("stream", "B", name="B", payees=1000)
    names = draw(fallbacks(builder))
    days = draw(st.lists(st.integers(first + 1, first + 3), min_size=1, max_size=2, unique=True))
    builder.add(
        "stream", "B", name="B", payees=1000, due=draw(hours), fallbacks=names, weekend_rule="nearest",
        pay_days=tuple(PayDay(day=day, share=1000 // len(days)) for day in days),
        restart_allowance=draw(st.sampled_from((0, 120))), function=draw(st.sampled_from((None, "F", "F"))),
        entitlement=draw(st.sampled_from(("FIX", "CLAIM", "CLAIM"))),
    )  # fmt: skip
    draw(stages(builder))
    horizon = draw(st.integers(3, 4)) * 1440
    lines = {e: [draw(timelines(horizon)) for _ in range(2)] for e in ELEMENTS}
    return builder.build(), horizon, lines


def flat(lines, elements):
    """Lay the pieces of ``elements`` end to end as the levels engine does."""
    minutes, levels, offsets = [], [], []
    for element in elements:
        row = []
        for pieces in lines[element]:
            row.append(len(minutes))
            minutes += [m for m, _ in pieces]
            levels += [v for _, v in pieces]
        offsets.append([*row, len(minutes)])
    return np.array(minutes, np.int32), np.array(levels, np.int16), np.array(offsets, np.int64)


def by_minute(pieces, horizon):
    played = []
    for (minute, level), (end, _) in zip(pieces, [*pieces[1:], (horizon, 0)], strict=True):
        played += [level] * (end - minute)
    return played


def compare(organisation, horizon, lines):
    scenario = organisation.all(Scenario)[0]
    start = resolve_start(scenario.start)
    plan = pay_plan(organisation, scenario, start, horizon)
    if not plan.days:
        return
    # Without early release the reference has the whole truth; with it, see test_early_release.
    plan = plan if plan.plain is None else pay_plan(_without_early(organisation), scenario, start, horizon)
    rows = [ELEMENTS.index(organisation.get(e).code) for e in plan.elements]
    block = pay(plan, flat(lines, ELEMENTS), rows)
    arrays = plan.arrays
    for replication in range(2):
        levels = {record(organisation, e).id: by_minute(lines[e][replication], horizon) for e in ELEMENTS}
        said = Reference(organisation, plan, scenario, start, levels).stream(plan.days)
        for day, expected in enumerate(said):
            first, count = arrays.days["slot"][day], arrays.days["stages"][day]
            fall = slice(arrays.days["falls"][day], arrays.days["falls_end"][day])
            got = {
                "done": block.done[first : first + count, replication].tolist(),
                "blocked": block.blocked[fall, replication].tolist(),
            }
            for name in ("state", "used", "begun", "finished", "covered", "exposed", "worked", "best"):
                got[name] = getattr(block, name)[day, replication]
            assert got == expected
        function = levels[record(organisation, "F").id]
        claims = ClaimsReference(organisation, scenario, start, horizon, plan.days[0].stream, function)
        out = outcome(plan, DayFacts.of(plan), block, hardship_days=1)
        for place in range(len(plan.days)):
            compare_people(plan, claims, said, place, (block, out, replication))


def record(organisation, code):
    return organisation.find("function" if code == "F" else "resource", code)


def compare_people(plan, claims, said, place, told):
    """Who waits, who is paid on time, how late the others are, and why."""
    block, out, replication = told
    day, waits = plan.days[place], claims.waiting(plan.days, place)
    if block.undecided is None:
        assert not any(waits)
    else:
        rows = [row[place, replication] for row in block.undecided.waiting]
        assert rows == (waits + [0] * len(rows))[: len(rows)] and not any(waits[len(rows) :])
    paid = claims.paid(plan.days, place, said)
    assert out.on_time[place, replication] == sum(instant <= day.due for instant in paid)
    late = [days_late(claims, day, instant) for instant in paid]
    assert out.person_days[place, replication] == sum(late)
    assert out.settled[place, replication] == all(instant <= plan.horizon for instant in paid)
    missed = [instant > day.due for instant in paid]
    decided = day.payees - (waits[0] if waits else 0)
    assert out.missed[:, place, replication].sum() == sum(missed)
    assert out.missed[3, place, replication] == sum(missed[decided:])
    if said[place]["used"] < 0:
        assert out.missed[0, place, replication] == sum(missed[:decided])


def days_late(claims, day, instant):
    if instant <= day.due:
        return 0
    last = local_time(claims.start, min(instant, claims.horizon) - 1).date()
    return (last - day.pay.paid).days


def _without_early(organisation):
    from continuity.model.edits import amend
    from continuity.model.kinds import Fallback

    twin = organisation.copy()
    for one in twin.all(Fallback):
        if one.kind == "early":
            twin.apply(amend(one, standing=False))
    return twin


@settings(max_examples=120)
@given(cases())
def test_that_kernels_agree_with_the_minute_by_minute_rules(case):
    compare(*case)
