"""A run that stops by itself: its intervals cover what they promise, and it stops where it says."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from continuity.model.values import PayDay, StartRule
from continuity.simulation.compiled import BLOCK
from continuity.simulation.figures import proportion
from continuity.simulation.level_statistics import LevelStatistics
from continuity.simulation.pay_statistics import PayStatistics
from continuity.simulation.precision import (
    FEWEST,
    half_of_hits,
    half_of_mean,
    is_enough,
    stops_within,
    widest,
)
from continuity.simulation.request import RunRequest
from continuity.simulation.run import run
from continuity.simulation.variant import Variant
from tests.builders import Builder, empirical, fixed

REPEATS = 2000
MOST_BLOCKS = 16
WANTED = 0.04
#: Chance that the bank is lost over the pay day, and that it then stays away for longer than MTPD.
LOST, LONG = 0.35, 0.4


def coin() -> Builder:
    """A bank that is lost over the pay day in 35 of 100 runs, and then in two of five for long."""
    builder = Builder()
    builder.resource("BANK")
    builder.function("F", mtpd=1000)
    builder.need("F", "BANK")
    builder.scenario("X", start=StartRule(on_or_after=dt.date(2027, 3, 1), at=0), horizon_days=7)
    outcomes = empirical((600, 1 - LONG), (2000, LONG))
    builder.event("X", elements=["BANK"], offset=4 * 1440, duration=outcomes, probability=LOST)
    builder.add("stream", "B", payees=1000, amount=10, pay_days=(PayDay(day=5),), due=480, livelihood="sole")
    builder.add(
        "stage", "T", stream="B", element="BANK", opens_at=60, work=60, least_level=1, reaches="usable"
    )
    return builder


def stopped(variant: Variant, first: int) -> tuple[float, float, float]:
    """Stop from block ``first`` on: the half promised, share of payees on time, share of MTPD breaches."""
    fresh = variant.levels, variant.pay
    variant.levels = LevelStatistics(variant.compiled.element_ids, variant.functions, 7 * 1440, 0)
    variant.pay = PayStatistics(variant.plan, 1)
    try:
        for block in range(first, first + MOST_BLOCKS):
            variant.add(variant.play(BLOCK * block, BLOCK))
            half = widest(variant.levels, variant.pay)
            if is_enough(half, WANTED, variant.pay.replications):
                break
        breach = variant.levels.hits()[2][0] / variant.levels.replications
        return half, variant.pay.headline().both.payees_on_time.mean, breach
    finally:
        variant.levels, variant.pay = fresh


def test_that_intervals_cover_what_the_stopping_rule_promises():
    """The widest share, over 2,000 runs that stop by themselves, each on draws of its own."""
    builder = coin()
    variant = Variant(builder.build(), RunRequest(builder.scenario_id()), ())
    found = [stopped(variant, MOST_BLOCKS * repeat) for repeat in range(REPEATS)]
    assert all(half <= WANTED for half, _, _ in found)
    covered = sum(abs(on_time - (1 - LOST)) <= half for half, on_time, _ in found) / REPEATS
    assert 0.92 <= covered <= 0.97
    # A rarer share is known better than the widest.
    assert sum(abs(breach - LOST * LONG) <= half for half, _, breach in found) / REPEATS >= 0.92


@given(hits=st.integers(0, 2000), of=st.integers(1, 2000))
def test_that_half_of_hits_is_half_of_wilsons_interval(hits, of):
    import numpy as np

    wilson = proportion(min(hits, of), of)
    (half,) = half_of_hits(np.array([min(hits, of)]), of)
    assert half >= (wilson.high - wilson.low) / 2 - 1e-9  # at the ends Wilson's is cut


def test_that_what_was_never_seen_is_not_known_exactly():
    assert half_of_mean(0.0, 512) > 0.003
    assert half_of_mean(0.01, 512) == pytest.approx(0.0196, abs=1e-4)


def test_that_no_run_stops_before_it_has_drawn_enough():
    assert not is_enough(0.0, 0.2, FEWEST - 1)
    assert is_enough(0.01, 0.01, FEWEST)
    assert not is_enough(0.0101, 0.01, 10 * FEWEST)
    assert not stops_within([0.001], 0.01, BLOCK)
    assert stops_within([0.001, 0.001], 0.01, BLOCK)
    assert not stops_within([0.001, 0.02], 0.01, BLOCK)


@pytest.mark.parametrize("precision", [0.03, 0.05])
def test_that_a_run_stops_at_the_precision_asked_for_and_is_that_of_so_many_replications(precision):
    builder = coin()
    organisation = builder.build()
    asked = RunRequest(builder.scenario_id(), replications=100_000, precision=precision)
    result = run(organisation, asked)
    assert result.precision <= precision
    taken = result.meta.replications
    assert FEWEST <= taken < 3000
    assert taken % BLOCK == 0
    again = run(organisation, RunRequest(builder.scenario_id(), replications=taken))
    assert (again.headline, again.functions, again.pay_days) == (
        result.headline,
        result.functions,
        result.pay_days,
    )
    if taken > FEWEST:
        fewer = run(organisation, RunRequest(builder.scenario_id(), replications=taken - BLOCK))
        assert fewer.precision > precision


def test_that_a_run_that_cannot_become_so_precise_draws_what_it_may():
    builder = coin()
    asked = RunRequest(builder.scenario_id(), replications=700, precision=0.001)
    result = run(builder.build(), asked)
    assert result.meta.replications == 700
    assert result.precision > 0.001


def test_that_a_certain_outcome_stops_at_once():
    builder = coin()
    builder.event("X", elements=["BANK"], offset=0, duration=fixed(6 * 1440))
    result = run(builder.build(), RunRequest(builder.scenario_id(), replications=9999, precision=0.01))
    assert result.meta.replications == FEWEST
