"""What must hold of levels whatever the model: blocks, threads, measures, more disruption."""

import subprocess
import sys
import threading
from itertools import chain
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from continuity.model.values import Change
from continuity.simulation.compile import compile_model
from continuity.simulation.compiled import BLOCK, DISRUPTION, FULL, OUTAGE, full_state
from continuity.simulation.kernels_batch import end_to_end
from continuity.simulation.levels import levels_of_block, propagate
from continuity.simulation.sample import sample_block
from continuity.simulation.timelines import Lines, Timelines
from tests.builders import Builder, exponential, fixed, standby, uniform
from tests.engine.small_models import Maker


def all_pieces(lines: Timelines) -> list[list[tuple[list[int], list[int]]]]:
    """Per replication and element the minutes and levels."""
    return [
        [tuple(part.tolist() for part in lines.pieces(e, r)) for e in range(len(lines.offsets))]
        for r in range(lines.count)
    ]


def test_that_results_do_not_depend_on_how_replications_are_cut_into_blocks() -> None:
    compiled = Maker(7, 12).model()
    whole = all_pieces(levels_of_block(compiled, 0, 40))
    parts = [all_pieces(levels_of_block(compiled, first, n)) for first, n in ((0, 1), (1, 15), (16, 24))]
    assert whole == list(chain(*parts))


def test_that_threads_do_not_disturb_one_another() -> None:
    compiled = Maker(8, 12).model()
    alone = [all_pieces(levels_of_block(compiled, 20 * i, 20)) for i in range(4)]
    found: dict[int, list] = {}

    def run(i: int) -> None:
        found[i] = all_pieces(levels_of_block(compiled, 20 * i, 20))

    threads = [threading.Thread(target=run, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[i] for i in range(4)] == alone


def test_that_timelines_are_in_their_shortest_form() -> None:
    for seed in range(10):
        compiled = Maker(seed, 12).model()
        lines = levels_of_block(compiled, 0, 4)
        for one in chain(*all_pieces(lines)):
            minutes, levels = (np.array(part) for part in one)
            assert minutes[0] == 0 and (np.diff(minutes) > 0).all() and minutes[-1] < compiled.horizon
            assert (np.diff(levels) != 0).all() and 0 <= levels.min() <= levels.max() <= FULL


def test_that_a_timeline_is_read_by_element_and_by_minute() -> None:
    b = Builder()
    b.resource("A")
    b.scenario(horizon_days=1)
    b.event(elements=["A"], offset=10, depth=300)
    lines = levels_of_block(compile_model(b.build(), b.scenario_id()), 0, 3)
    minutes, levels, offsets = lines.of(0)
    assert offsets.tolist() == [0, 3, 6, 9]
    assert minutes.tolist() == [0, 10, 70] * 3
    assert [lines.level(0, 2, m) for m in (0, 9, 10, 69, 70, 1439)] == [1000, 1000, 300, 300, 1000, 1000]
    assert levels.tolist() == [1000, 300, 1000] * 3


def halls(*, generator: bool) -> Builder:
    b = Builder()
    b.resource("GRID", mttf=2000, repair=exponential(300))
    b.resource("OTHER", mttf=3000, repair=uniform(10, 900))
    b.resource("HALL")
    b.resource("GEN", in_use=generator)
    b.need("HALL", "GRID", standby("GEN", activation_delay=10))
    b.scenario(horizon_days=10)
    b.event(elements=["GRID"], offset=500, duration=uniform(100, 3000))
    b.measure("M", Change(kind="resource", target="GEN", values={"in_use": True}))
    return b


def test_that_a_measure_changes_what_it_touches_and_no_draw() -> None:
    b = halls(generator=False)
    organisation = b.build()
    measure = b.id("M", "measure")
    without = compile_model(organisation, b.scenario_id())
    with_it = compile_model(organisation, b.scenario_id(), [measure])
    assert with_it.measures == (measure,)
    one, other = levels_of_block(without, 0, 20), levels_of_block(with_it, 0, 20)
    for code in ("GRID", "OTHER"):
        e, f = without.index[b.id(code)], with_it.index[b.id(code)]
        assert all(np.array_equal(x, y) for x, y in zip(one.of(e), other.of(f), strict=True))
    e, f = without.index[b.id("HALL")], with_it.index[b.id("HALL")]
    assert len(one.of(e)[0]) != len(other.of(f)[0])


def by_minute(lines: Timelines, element: int, replication: int) -> np.ndarray:
    minutes, levels = lines.pieces(element, replication)
    return np.repeat(levels, np.diff([*minutes.tolist(), lines.horizon]))


@settings(max_examples=300)
@given(seed=st.integers(0, 2**32), size=st.integers(1, 12), extra=st.integers(0, 10**6))
def test_that_more_disruption_never_means_more_level(seed: int, size: int, extra: int) -> None:
    compiled = Maker(seed, size, monotone=True).model()
    sample = sample_block(compiled, 0, 3)
    element, start = extra % compiled.elements, -(extra % 50)
    row = (element, start, start, 1 + extra % compiled.horizon, extra % 900, 0, OUTAGE, -1, -1, 0)
    state = full_state(compiled.graph)
    worse = state._replace(running=np.array([row], DISRUPTION).view(np.recarray))
    before, after = propagate(compiled, sample, state), propagate(compiled, sample, worse)
    for place in range(compiled.elements):
        for replication in range(3):
            assert (by_minute(after, place, replication) <= by_minute(before, place, replication)).all()


def test_that_a_state_at_minute_0_is_where_the_run_begins() -> None:
    b = Builder()
    b.resource("A")
    b.function("F")
    b.need("F", "A", autonomy=100, restart_lag=5)
    b.scenario(horizon_days=1)
    b.event(elements=["A"], duration=fixed(500))
    compiled = compile_model(b.build(), b.scenario_id())
    half_empty = full_state(compiled.graph)
    half_empty.needs["content"] = 40_000
    function = compiled.index[b.id("F")]
    for state, empty_at in ((None, 100), (half_empty, 40)):
        minutes, levels = levels_of_block(compiled, 0, 1, state).pieces(function, 0)
        assert minutes.tolist() == [0, empty_at, 505] and levels.tolist() == [1000, 0, 1000]


def test_that_a_block_is_256_replications() -> None:
    assert BLOCK == 256


@pytest.mark.parametrize("module", ["compile", "levels", "sample", "timelines", "laws", "rest", "workspace"])
def test_that_numba_is_imported_only_when_a_run_starts(module: str) -> None:
    code = f"import sys, continuity.simulation.{module}; print('numba' in sys.modules)"
    root = Path(__file__).parent.parent.parent
    ran = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


def test_that_a_model_with_nothing_in_use_has_no_levels() -> None:
    nothing = Lines(np.zeros(0, np.int32), np.zeros(0, np.int16), np.zeros((0, 5), np.int64))
    minutes, levels, offsets = end_to_end.py_func(*nothing, 1440, 10)
    assert (len(minutes), len(levels), offsets.shape) == (0, 0, (0, 2))
