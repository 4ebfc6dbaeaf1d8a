"""Figures over replications against NumPy, intervals against the textbook."""

import numpy as np
import pytest

from continuity.simulation.figures import NONE, Figures, bin_edges, exact, interval, proportion
from continuity.simulation.level_figures import add_to_grid, functions_of
from continuity.simulation.pay_statistics import single_runs


def test_that_bins_are_one_per_cent_wide():
    edges = bin_edges(10**9)
    assert edges[:200].tolist() == list(range(200))
    assert ((edges[201:] - edges[200:-1]) / edges[200:-1] <= 0.01).all()


def test_that_mean_and_error_are_exact_and_quantiles_within_a_bin():
    values = np.random.default_rng(1).integers(0, 50_000, (2, 3000))
    figures = Figures(2, 50_000)
    for block in np.split(values, 6, axis=1):
        figures.add(block)
    for row in range(2):
        found = figures.estimate(row)
        assert found.mean == pytest.approx(values[row].mean(), abs=1e-9)
        assert found.error == pytest.approx(values[row].std(ddof=1) / 3000**0.5, rel=1e-9)
        for part, got in ((10, found.p10), (50, found.p50), (90, found.p90)):
            assert got == pytest.approx(np.percentile(values[row], part), rel=0.02)


def test_that_what_is_always_the_same_is_told_exactly():
    figures = Figures(1, 10**12, np.array([-500]))
    figures.add(np.full((1, 700), 4_321_987_654))
    assert figures.estimate(0) == exact(4_321_987_654)


def test_that_replications_without_the_figure_do_not_count():
    figures = Figures(2, 100)
    figures.add(np.array([[10, NONE, 30], [NONE, NONE, NONE]]))
    assert figures.number(0) == 2
    assert figures.estimate(0).mean == 20
    assert figures.some(1) is None


def test_that_large_sums_do_not_overflow():
    figures = Figures(1, 2**53)
    for _ in range(400):
        figures.add(np.full((1, 256), 2**52 + 1))
    assert figures.estimate(0).mean == float(2**52 + 1)


def test_that_a_proportion_has_the_interval_of_wilson():
    found = proportion(10, 100)
    assert (found.low, found.high) == (pytest.approx(0.0552, abs=1e-4), pytest.approx(0.1744, abs=1e-4))
    assert proportion(0, 50).low == 0
    assert proportion(50, 50).high == 1


def test_that_the_interval_covers_the_mean_as_often_as_it_says():
    draws = np.random.default_rng(2).exponential(1.0, (2000, 400))
    hits = 0
    for row in draws:
        _, low, high = interval(400, float(row.sum()), float((row * row).sum()))
        hits += low <= 1.0 <= high
    assert 0.92 <= hits / 2000 <= 0.97


def test_that_single_runs_are_ranks_with_the_lowest_replication_first():
    need = np.array([5, 1, 9, 5, 0, 9, 3, 2, 7, 4])
    found = single_runs(need)
    assert (found.typical, found.bad, found.worst) == (9, 2, 2)  # ranks 5 (4), 9 (9) and 10 (9)


def test_that_level_series_agree_with_levels_read_one_by_one():
    rng = np.random.default_rng(3)
    horizon, step, runs = 1000, 70, 50
    minutes, levels, offsets = [], [], [0]
    for _ in range(runs):
        cuts = [0, *sorted(rng.choice(np.arange(1, horizon), 4, replace=False).tolist())]
        minutes += cuts
        levels += rng.integers(0, 1001, len(cuts)).tolist()
        offsets.append(len(minutes))
    pieces = (np.array(minutes, np.int32), np.array(levels, np.int16), np.array([offsets]))
    grid = range(0, horizon + 1, step)
    counts, sums = np.zeros((1, len(grid) + 1, 101), np.int32), np.zeros((1, len(grid) + 1), np.int64)
    lowest = np.full((1, len(grid)), 1000)
    add_to_grid(*pieces, horizon, step, counts, sums, lowest)
    for place, minute in enumerate(grid):
        at = []
        for run in range(runs):
            low, high = offsets[run], offsets[run + 1]
            at.append(levels[low + np.searchsorted(minutes[low:high], minute, side="right") - 1])
        assert sums[0, : place + 1].sum() == sum(at)
        assert lowest[0, place] == min(at)
        found = counts[0, : place + 1].sum(axis=0)
        assert found.tolist() == np.bincount(np.array(at) // 10, minlength=101).tolist()


def demanded(pieces, rto, mtpd, lag=0, horizon=1000):
    minutes, levels = (np.array(x) for x in zip(*pieces, strict=True))
    given = (minutes.astype(np.int32), levels.astype(np.int16), np.array([[0, len(pieces)]]))
    found = functions_of(*given, horizon, lag, np.array([0]), np.array([[500], [rto], [mtpd]]))
    return [None if v == NONE else int(v) for v in found[:, 0, 0]]


DOWN = [(0, 1000), (100, 499), (200, 0), (340, 500), (600, 0), (700, 1000)]


def test_that_down_is_below_the_lowest_acceptable_level():
    assert demanded(DOWN, -1, -1) == [340, 240, 100, 700, None, None]


@pytest.mark.parametrize(("limit", "at"), [(239, 339), (240, None)])
def test_that_a_breach_is_strictly_longer(limit, at):
    assert demanded(DOWN, limit, limit)[4:] == [at, at]


def test_that_recovery_time_counts_from_declaration_and_tolerance_from_the_outage():
    assert demanded(DOWN, 200, 200, lag=39)[4:] == [100 + 39 + 200, 300]
    assert demanded(DOWN, 200, 200, lag=40)[4:] == [None, 300]


def test_that_an_outage_open_at_the_horizon_counts_to_it_and_is_not_recovered():
    assert demanded([(0, 1000), (900, 0)], 99, 100) == [100, 100, 900, None, 999, None]
