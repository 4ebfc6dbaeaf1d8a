"""What is sampled, against the rules of events and the laws of the draws."""

from dataclasses import replace

import numpy as np
import pytest

from continuity.simulation.compile import compile_model
from continuity.simulation.compiled import FAILURE, STAFF_LOSS, Compiled
from continuity.simulation.sample import Disruption, disruptions, sample_block
from continuity.simulation.timelines import Lines
from tests.builders import Builder, exponential, fixed, shape, uniform

DAY = 1440


def compiled(b: Builder, seed: int = 1) -> Compiled:
    return compile_model(b.build(), b.scenario_id(), seed=seed)


def drawn(c: Compiled, replication: int = 0) -> list[Disruption]:
    return disruptions(c, sample_block(c, replication, 1), 0)


def two_halls(**event) -> Builder:
    """Two halls hit by one event."""
    b = Builder()
    b.resource("A", repair=uniform(100, 200))
    b.resource("B", repair=uniform(1000, 2000))
    b.scenario(horizon_days=30)
    b.event(elements=["A", "B"], **event)
    return b


def test_that_a_common_duration_is_one_draw_and_each_is_many() -> None:
    common, each = (compiled(two_halls(duration=uniform(10, 5000), draw=d)) for d in ("common", "each"))
    a, b = drawn(common)
    assert a.duration == b.duration
    a, b = drawn(each)
    assert a.duration != b.duration


def test_that_a_blank_duration_is_the_elements_own_repair_time() -> None:
    """Drawn once for all, each element takes the same place in its own law."""
    a, b = sorted(drawn(compiled(two_halls(duration=None))), key=lambda d: d.duration)
    assert 100 <= a.duration <= 200 and 1000 <= b.duration <= 2000
    assert (b.duration - 1000) / 10 == pytest.approx(a.duration - 100, abs=1)


def test_that_an_event_happens_as_often_as_it_should() -> None:
    c = compiled(two_halls(probability=0.3))
    sample = sample_block(c, 0, 20_000)
    hits = np.diff(sample.offsets).reshape(2, -1)
    assert (hits[0] == hits[1]).all()  # it happens to both or not at all
    assert hits[0].mean() == pytest.approx(0.3, abs=3 * (0.21 / 20_000) ** 0.5)


def test_that_hit_probability_is_drawn_for_each_element() -> None:
    c = compiled(two_halls(hit_probability=0.6))
    hits = np.diff(sample_block(c, 0, 20_000).offsets).reshape(2, -1)
    assert hits.mean(axis=1) == pytest.approx([0.6, 0.6], abs=3 * (0.24 / 20_000) ** 0.5)
    assert (hits[0] & hits[1]).mean() == pytest.approx(0.36, abs=0.015)


def test_that_an_event_follows_the_end_or_start_of_another_after_its_delay() -> None:
    b = two_halls(duration=uniform(10, 500), draw="each", offset=7)
    b.resource("C")
    b.event(elements=["C"], after="X/1", after_point="end", offset=5)
    b.event(elements=["C"], after="X/1", after_point="start", offset=3)
    c = compiled(b)
    rows = drawn(c)
    first = [r for r in rows if c.event_ids[r.event] == b.id("X/1", "event")]
    later = sorted(r.start for r in rows if r not in first)
    assert later == [7 + 3, 5 + max(r.start + r.duration for r in first)]


def test_that_nothing_follows_what_did_not_happen() -> None:
    b = two_halls(probability=0.5)
    b.resource("C")
    b.event(elements=["C"], after="X/1")
    c = compiled(b)
    happened = [
        (len(drawn(c, r)) > 0, any(x.element == c.index[b.id("C")] for x in drawn(c, r))) for r in range(50)
    ]
    assert set(happened) == {(True, True), (False, False)}


def test_that_a_common_duration_runs_even_where_nothing_is_hit() -> None:
    b = two_halls(hit_probability=0.0, duration=fixed(300))
    b.resource("C")
    b.event(elements=["C"], after="X/1", offset=1)
    (only,) = drawn(compiled(b))
    assert only.start == 301


def test_that_repeats_make_blocks_and_end_with_the_last() -> None:
    b = two_halls(duration=fixed(120), repeat_every=DAY, repeat_times=4, offset=60)
    b.resource("C")
    b.event(elements=["C"], after="X/1")
    c = compiled(b)
    rows = drawn(c)
    starts = [r.start for r in rows if r.element == c.index[b.id("A")]]
    assert starts == [60, 60 + DAY, 60 + 2 * DAY, 60 + 3 * DAY]
    assert [r.start for r in rows if r.element == c.index[b.id("C")]] == [60 + 3 * DAY + 120]


def test_that_repeats_are_drawn_anew_but_hit_the_same() -> None:
    b = two_halls(duration=uniform(10, 1000), hit_probability=0.5, repeat_every=DAY, repeat_times=5)
    c = compiled(b)
    for replication in range(20):
        rows = drawn(c, replication)
        assert len(rows) in (0, 5, 10)
        assert len({r.duration for r in rows}) in (0, 4, 5)


def failing(mttf: int = 500) -> Builder:
    b = Builder()
    b.resource("A", mttf=mttf, repair=exponential(100))
    b.resource("OTHER")
    b.scenario(horizon_days=30)
    b.event(elements=["OTHER"])
    return b


def test_that_background_failures_alternate_with_repairs() -> None:
    c = compiled(failing())
    sample = sample_block(c, 0, 2000)
    ups, repairs = [], []
    for replication in range(2000):
        end = 0
        for row in disruptions(c, sample, replication):
            if row.kind == FAILURE:
                assert row.start > end
                ups.append(row.start - end)
                repairs.append(row.duration)
                end = row.start + row.duration
    # long up-times are cut by the horizon, so the mean is a little below
    assert np.mean(ups) == pytest.approx(500, rel=0.03)
    assert np.mean(repairs) == pytest.approx(100, rel=0.02)


def test_that_draws_depend_on_replication_and_record_alone() -> None:
    """Neither blocks nor other records nor other scenarios' events move a draw."""
    b = failing()
    c = compiled(b)
    alone = [disruptions(c, sample_block(c, r, 1), 0) for r in range(6)]
    whole = sample_block(c, 0, 6)
    assert [disruptions(c, whole, r) for r in range(6)] == alone
    b.resource("AA", mttf=100, repair=fixed(10))
    b.event(elements=["AA"], code="X/0", duration=uniform(1, 99))
    more = compiled(b)
    place = more.index[b.id("A")]
    for replication in range(6):
        again = [x for x in drawn(more, replication) if x.element == place]
        before = [x for x in alone[replication] if x.element == c.index[b.id("A")]]
        assert [(x.start, x.duration) for x in again] == [(x.start, x.duration) for x in before]


def test_that_another_seed_draws_anew() -> None:
    b = failing()
    assert drawn(compiled(b, 1)) != drawn(compiled(b, 2))


def test_that_staff_losses_carry_their_cause() -> None:
    b = Builder()
    b.staff("P")
    b.scenario()
    for cause in ("Flu", " flu", "war", "", ""):
        b.event(type="staff", elements=["P"], cause=cause, depth=500)
    c = compiled(b)
    rows = drawn(c)
    assert {r.kind for r in rows} == {STAFF_LOSS}
    assert len({r.cause for r in rows}) == c.hazards.causes == 4  # each unnamed cause is one of its own


def test_that_what_starts_at_or_after_the_horizon_is_left_out() -> None:
    b = two_halls(offset=30 * DAY - 1)
    assert [r.start for r in drawn(compiled(b))] == [30 * DAY - 1] * 2
    b.event(elements=["A"], offset=30 * DAY)
    assert len(drawn(compiled(b))) == 2


def own(b: Builder) -> list[tuple[int, int]]:
    """The own level of A in the first replication."""
    from continuity.simulation.levels import levels_of_block

    c = compiled(b)
    lines: Lines = levels_of_block(c, 0, 1).own
    low, high = lines.offsets[c.index[b.id("A")]]
    return list(zip(lines.minutes[low:high].tolist(), lines.levels[low:high].tolist(), strict=True))


def test_that_a_shape_wins_back_the_loss_in_steps() -> None:
    b = two_halls(
        duration=fixed(1000), depth=200, offset=100, shape=shape((500, 250), (750, 900), (1000, 1000))
    )
    assert own(b) == [(0, 1000), (100, 200), (600, 400), (850, 920), (1100, 1000)]


def test_that_on_the_same_minute_the_later_point_of_a_shape_wins() -> None:
    b = two_halls(
        duration=fixed(3), offset=10, shape=shape((0, 900), (100, 300), (500, 700), (600, 100), (1000, 1000))
    )
    assert own(b) == [(0, 1000), (10, 300), (11, 100), (13, 1000)]


def test_that_disruptions_of_one_element_combine_by_the_least() -> None:
    b = two_halls(duration=fixed(100), depth=500, offset=10)
    b.event(elements=["A"], duration=fixed(20), depth=200, offset=50)
    assert own(b) == [(0, 1000), (10, 500), (50, 200), (70, 500), (110, 1000)]


def staffed(*events: tuple[str, int], **group) -> list[tuple[int, int]]:
    b = Builder()
    b.staff("A", **group)
    b.scenario()
    for cause, depth in events:
        b.event(type="staff", cause=cause, elements=["A"], depth=depth, offset=10, duration=fixed(100))
    return own(b)


def test_that_causes_of_staff_loss_combine_each_taking_from_what_the_others_left() -> None:
    """Lowest first: 1000 × 333 // 1000 = 333, × 500 // 1000 = 166, × 999 // 1000 = 165."""
    assert staffed(("a", 999), ("b", 333), ("c", 500))[1] == (10, 165)
    assert staffed(("a", 500), ("a", 800))[1] == (10, 500)


def test_that_a_group_below_its_minimum_crew_is_down() -> None:
    assert staffed(("a", 599), headcount=10, minimum_crew=6)[1] == (10, 0)
    assert staffed(("a", 600), headcount=10, minimum_crew=6)[1] == (10, 600)


def test_that_a_group_tires_after_its_endurance_and_recovers_as_long_after() -> None:
    tired = staffed(("a", 500), headcount=10, tired_below=5, endurance=30, fatigue=800)
    assert tired == [(0, 1000), (10, 500), (40, 400), (110, 800), (140, 1000)]


def test_that_a_copy_of_the_compiled_form_draws_the_same() -> None:
    import pickle

    c = compiled(failing())
    twin = pickle.loads(pickle.dumps(c))
    assert drawn(twin, 3) == drawn(c, 3)
    assert replace(twin, seed=2).seed == 2
