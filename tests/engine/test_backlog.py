"""Backlog: three engines give the same integers; hand-made queues give what the hand gives."""

import datetime as dt
import os
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from continuity.model.kinds import Function, Scenario
from continuity.model.values import WorkSpan
from continuity.simulation.backlog import QUEUE, SPAN, Queues, queues_of
from continuity.simulation.backlog_kernels import BACKLOG_ROWS, figures_of_queues, late_at, standing_at
from continuity.simulation.figures import NONE
from continuity.simulation.request import RunRequest
from continuity.simulation.run import run
from tests.builders import Builder, fixed
from tests.engine.queues import (
    Pieces,
    Queue,
    figures,
    random_pieces,
    random_queue,
    waits_by_events,
    waits_by_minute,
)

OFFICE = tuple(WorkSpan(weekday=day, opens=480, closes=1020) for day in range(5))


def tables(queue: Queue, horizon: int) -> Queues:
    row = (queue.arrivals, queue.ordinary, queue.capacity, 0, len(queue.spans))
    rows = np.array([(*row, queue.waits, queue.waits_ordinarily)], QUEUE).view(np.recarray)
    return Queues(horizon, rows, np.array(queue.spans, SPAN).view(np.recarray))


def flat(pieces: Pieces) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    minutes, levels = zip(*pieces, strict=True)
    return (
        np.array(minutes, np.int32),
        np.array(levels, np.int16),
        np.array([[0, len(pieces)]], np.int64),
    )


def agree(seed: int) -> None:
    """Compare kernels, minutes and SimPy on one queue and one timeline."""
    r = random.Random(seed)
    horizon = r.choice((30, 200, 600, 1440, 4320))
    queue, pieces = random_queue(r, horizon), random_pieces(r, horizon)
    waits = waits_by_minute(queue.arrivals, queue.waits, queue, pieces, horizon)
    assert waits == waits_by_events(queue.arrivals, queue.waits, queue, pieces, horizon)
    ordinary = waits_by_minute(queue.ordinary, queue.waits_ordinarily, queue, [(0, 1000)], horizon)
    given_, line, one = tables(queue, horizon), flat(pieces), np.zeros(1, np.int64)
    for minute in {0, horizon, *(r.randint(0, horizon) for _ in range(6))}:
        found = standing_at(*given_, one, line, (0, minute))
        assert found[:, 0].tolist() == [waits[minute], ordinary[minute]]
    asked = sorted({-5, 0, horizon, horizon + 7, *(r.randint(0, horizon) for _ in range(6))})
    found = late_at(*given_, one, line, np.array([(0, m) for m in asked], np.int64))[:, :, 0]
    for place, minute in enumerate(asked):
        inside = 0 <= minute <= horizon
        more = max(0, waits[minute] - ordinary[minute]) if inside else 0
        since = minute
        while more and since > 0 and waits[since - 1] > ordinary[since - 1]:
            since -= 1
        assert found[:, place].tolist() == [more, since if more else 0]
    mbco, wrt = r.choice((1, 500, 1000)), r.choice((-1, 0, 60, horizon // 2))
    rows, grid = figures_of_queues(
        *given_, one, np.array([(mbco, wrt)], np.int64), line, np.array([0, horizon // 2, horizon], np.int64)
    )
    expected = figures(waits, ordinary, pieces, mbco, wrt)
    got = {name: int(rows[n, 0, 0]) for n, name in enumerate(BACKLOG_ROWS)}
    assert got == {name: NONE if v is None else v for name, v in vars_of(expected).items()}
    assert grid[0, :, 0].tolist() == [waits[m] // 60_000 for m in (0, horizon // 2, horizon)]


def vars_of(expected: object) -> dict[str, int | None]:
    return {name: getattr(expected, name) for name in BACKLOG_ROWS}


@settings(max_examples=1000)
@given(seed=st.integers(0, 2**32))
def test_that_all_engines_agree_on_queues(seed: int) -> None:
    agree(seed)


@settings(max_examples=200)
@given(seed=st.integers(0, 2**32))
def test_that_more_disruption_never_means_less_backlog(seed: int) -> None:
    r = random.Random(seed)
    horizon = r.choice((200, 1440))
    queue, pieces = random_queue(r, horizon), random_pieces(r, horizon)
    worse = [(minute, level * r.randint(0, 1000) // 1000) for minute, level in pieces]
    one = np.zeros(1, np.int64)
    for minute in (horizon // 3, horizon):
        before, after = (
            standing_at(*tables(queue, horizon), one, flat(line), (0, minute)) for line in (pieces, worse)
        )
        assert after[0, 0] >= before[0, 0] and after[1, 0] == before[1, 0]


def test_that_uncompiled_kernels_say_the_same_of_queues() -> None:
    """As plain Python, in a process of their own: they must not lean on the compiler."""
    code = (
        "from tests.engine.test_backlog import agree\n"
        "for seed in range(60): agree(seed)\n"
        "import numba; print(numba.config.DISABLE_JIT)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parent.parent.parent,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == "1"


def office(**function: object) -> Builder:
    """Sixty cases an hour arrive; 240 an hour are done in office hours. Monday 1 March 2027, 00:00."""
    b = Builder()
    b.resource("SYS")
    given_ = {"arrivals": 60_000, "capacity": 240_000, "hours": OFFICE, "wrt": 1440, **function}
    b.function("F", **given_)
    b.need("F", "SYS")
    return b


def result_of(b: Builder, **event: object):
    b.event("X", elements=["SYS"], duration=fixed(1440), **event)
    return run(b.build(), RunRequest(b.scenario_id(), replications=2, workers=1))


def test_that_a_day_without_the_system_is_caught_up_when_the_hand_says_so() -> None:
    b = office()
    b.scenario(horizon_days=4)
    # Down from Monday 08:00 to Tuesday 08:00. Ordinarily 9 h × 180 net leave nothing each evening but
    # what came since 17:00. Late: Monday's work is missing, 8 h of 60 by 08:00 and 9 h × 60 in the day.
    backlog = result_of(b, offset=480).functions[0].backlog
    assert backlog is not None
    assert backlog.series.grid[:3] == (0, 360, 720)
    assert backlog.series.ordinary[:2] == (0, 360)
    # Tuesday 08:00: 32 h × 60 = 1920 wait; ordinarily 15 h × 60 = 900.
    assert backlog.peak.mean == 1920 and backlog.peak_at.mean == 1920
    # 1920 fall by 180 an hour: Tuesday's nine hours leave 300, ordinarily 0; on Wednesday 15 h × 60 more:
    # 1200 at 08:00, gone after 6 h 40 min, when ordinarily nothing waits either.
    assert backlog.gone is not None and backlog.gone.mean == 2 * 1440 + 480 + 400
    assert backlog.catch_up is not None and backlog.catch_up.mean == 1440 + 400
    assert backlog.wrt_breach is not None and backlog.wrt_breach.hits == 2
    assert backlog.late.hits == 2 and backlog.still_late.hits == 0


def test_that_wrt_is_kept_when_the_work_is_caught_up_in_time() -> None:
    b = office(wrt=2 * 1440)
    b.scenario(horizon_days=4)
    backlog = result_of(b, offset=480).functions[0].backlog
    assert backlog is not None and backlog.wrt_breach is not None
    assert backlog.wrt_breach.hits == 0 and backlog.wrt_breach_at is None


def test_that_a_surge_is_late_without_any_outage() -> None:
    b = office(hours=(), capacity=90_000)
    b.scenario(horizon_days=10, demand=2000)
    backlog = result_of(b, offset=480, probability=0.0).functions[0].backlog
    assert backlog is not None
    # 120 come and 90 are done each hour.
    assert backlog.left.mean == 30 * 240 and backlog.peak_at.mean == 14_400
    assert backlog.still_late.hits == 2 and backlog.gone is None and backlog.catch_up is None


def test_that_a_function_without_arrivals_has_no_queue() -> None:
    b = office(arrivals=0)
    b.scenario(horizon_days=2)
    assert result_of(b).functions[0].backlog is None


def test_that_what_comes_is_counted_in_sixty_thousandths_of_a_case() -> None:
    b = office(arrivals=1)
    b.scenario(demand=1999)
    organisation = b.build()
    queues = queues_of(
        organisation.all(Function),
        organisation.all(Scenario)[0],
        dt.datetime(2027, 2, 28, 23, tzinfo=dt.UTC),
        1440,
    )
    assert queues.queues["arrivals"].tolist() == [1]  # 1 × 1999 // 1000
    assert queues.spans[0].tolist() == (480, 1020)


@pytest.mark.parametrize("workers", [1, 2, 7])
def test_that_queues_do_not_depend_on_workers(workers: int) -> None:
    b = office()
    b.scenario(horizon_days=5)
    b.event("X", code="S", elements=["SYS"], offset=480, duration=fixed(1440), probability=0.5)
    found = run(b.build(), RunRequest(b.scenario_id(), replications=600, workers=workers))
    alone = run(b.build(), RunRequest(b.scenario_id(), replications=600, workers=1))
    assert found.functions == alone.functions
