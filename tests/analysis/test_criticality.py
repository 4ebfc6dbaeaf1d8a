"""Criticality and uncertain figures, on a model small enough to know the answers."""

import threading

import pytest
from builders import Builder, fixed

from continuity.analysis.criticality import criticality
from continuity.analysis.tornado import tornado
from continuity.model.edits import amend
from continuity.model.kinds import Event
from continuity.model.values import PayDay
from continuity.simulation.cancel import RunCancelled
from continuity.simulation.request import RunRequest
from continuity.simulation.run import run

HOUR, DAY = 60, 1440


@pytest.fixture(scope="module")
def case():
    """Payments need PAY, PAY needs A, and one of B and C; D is lost too, but nothing needs it."""
    b = Builder()
    for code in "ABCD":
        b.resource(code)
    b.function("PAY", mbco=500)
    b.need("PAY", "A", autonomy=2 * HOUR, code="N-A", confidence="guess")
    b.need("PAY", "B", "C", rule="k_of_n", k=1)
    b.scenario("X", horizon_days=10)
    lasts = {"offset": 4 * DAY, "duration": fixed(2 * DAY)}
    for code, chance in (("A", 0.5), ("B", 0.5), ("C", 0.2), ("D", 1.0)):
        b.event("X", elements=[code], probability=chance, code=f"E-{code}", confidence="interview", **lasts)
    b.add("stream", "S", payees=1000, amount=10, livelihood="sole", pay_days=(PayDay(day=5),))
    b.add("stage", "T", stream="S", element="PAY", opens_at=8 * HOUR, work=60, reaches="usable")
    return b, b.build(), RunRequest(b.scenario_id(), replications=300, workers=2)


def test_that_what_is_spared_is_worth_what_a_run_without_its_event_says(case):
    b, organisation, request = case
    found = criticality(organisation, request)
    gains = {b.records[d.element].code: d.gain for d in found.drivers}
    assert set(gains) == {"A", "B", "C"}
    assert b.records[found.drivers[0].element].code == "A"
    base = run(organisation, request).headline
    assert found.base.in_need_unpaid == pytest.approx(base.in_need_unpaid.mean)
    for code, gain in gains.items():
        twin = organisation.copy()
        twin.apply(amend(twin.of(Event, b.id(f"E-{code}", "event")), probability=0.0))
        spared = run(twin, request).headline
        expected = spared.in_need_unpaid.mean - base.in_need_unpaid.mean
        assert gain.in_need_unpaid.mean == pytest.approx(expected)
        assert gain.payees_on_time.mean == pytest.approx(
            spared.both.payees_on_time.mean - base.both.payees_on_time.mean
        )
        assert gain.in_need_unpaid.low <= gain.in_need_unpaid.mean <= gain.in_need_unpaid.high
    assert found.all_together.in_need_unpaid.mean == pytest.approx(-base.in_need_unpaid.mean)


def test_that_what_fails_is_told_with_its_minutes(case):
    b, organisation, request = case
    found = {b.records[f.element].code: f for f in criticality(organisation, request).failing}
    assert found["D"].fails.share == 1
    assert found["D"].own_minutes == found["D"].down_minutes == 2 * DAY
    assert found["A"].own_minutes == pytest.approx(found["A"].fails.share * 2 * DAY)
    assert "PAY" not in found


def test_that_the_tornado_puts_the_figure_that_matters_first(case):
    b, organisation, request = case
    found = tornado(organisation, request)
    names = [(b.records[s.record].code, s.field) for s in found.swings]
    assert {name for name, _ in names[:2]} == {"E-A"}
    assert ("E-D", "probability") not in names
    first = next(s for s in found.swings if s.field == "probability")
    assert first.record == b.id("E-A", "event")
    assert first.at_low.in_need_unpaid.mean < 0 < first.at_high.in_need_unpaid.mean
    assert (float(first.low), float(first.high)) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
    twin = organisation.copy()
    twin.apply(amend(twin.of(Event, first.record), probability=float(first.high)))
    expected = run(twin, request).headline.in_need_unpaid.mean - found.base.in_need_unpaid
    assert first.at_high.in_need_unpaid.mean == pytest.approx(expected)


def test_that_only_figures_of_the_asked_confidence_are_varied(case):
    b, organisation, request = case
    found = tornado(organisation, request, confidences=("guess",))
    assert {b.records[s.record].code for s in found.swings} <= {"N-A"}


@pytest.mark.parametrize("analysis", [criticality, tornado])
def test_that_both_report_and_can_be_cancelled(case, analysis):
    _, organisation, request = case
    seen: list[tuple[int, int]] = []
    analysis(organisation, request, report=lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1]
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(RunCancelled):
        analysis(organisation, request, cancel=cancel)
