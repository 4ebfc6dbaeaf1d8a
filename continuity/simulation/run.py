"""A run from request to result: variants compiled, blocks spread over threads, added up in order.

Importing this module imports Numba; do so only when a run starts.
"""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from continuity.model.ids import new_id
from continuity.model.kinds import Scenario
from continuity.model.local_time import ZONE
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.simulation.cancel import RunCancelled
from continuity.simulation.compare import PairedFigures
from continuity.simulation.compiled import BLOCK
from continuity.simulation.events import Cancelled, Failed, Finished, Progress, RunEvent, Started
from continuity.simulation.remarks import remarks_on
from continuity.simulation.request import RunRequest
from continuity.simulation.result import Comparison, RunMeta, RunResult
from continuity.simulation.variant import BlockFigures, Variant

MOST_REPLICATIONS = 1_000_000
MOST_WORKERS = 256
_FIRST_YEAR, _LAST_YEAR = 1990, 2200

Report = Callable[[RunEvent], None]
_Blocks = tuple[BlockFigures, ...]


def run(
    organisation: Organisation,
    request: RunRequest,
    cancel: threading.Event | None = None,
    report: Report | None = None,
    run_id: str | None = None,
    now: dt.datetime | None = None,
) -> RunResult | Comparison:
    """Run ``request``; with ``compare``, without and with the measures on the same draws.

    The result is the same whatever the number of workers. ``report`` hears Started, Progress and, last,
    exactly one of Finished, Failed and Cancelled. Raises Refused with every reason why it cannot be run,
    and RunCancelled once ``cancel`` is set (looked at between blocks). ``run_id`` and ``now`` (UTC) name
    and date the run.
    """
    tell = report or (lambda _: None)
    try:
        found = _run(organisation, request, cancel or threading.Event(), tell, run_id or new_id(), now)
    except Refused as refused:
        tell(Failed(refused.problems))
        raise
    except RunCancelled:
        tell(Cancelled())
        raise
    if isinstance(found, Comparison):
        tell(Finished(found.with_, found))
    else:
        tell(Finished(found))
    return found


def fingerprint_of(organisation: Organisation, request: RunRequest) -> str:
    """Return the fingerprint that a run of ``request`` with its measures would have; raise Refused."""
    return Variant(organisation, request, request.measures).fingerprint()


def request_of(meta: RunMeta) -> RunRequest:
    """Return the request that runs ``meta`` again to the same bits (at local start date and horizon)."""
    return RunRequest(
        scenario=meta.scenario,
        measures=meta.measures,
        start=meta.start.astimezone(ZONE).date(),
        horizon_days=meta.horizon_days,
        replications=meta.replications,
        seed=meta.seed,
    )


def _run(
    organisation: Organisation,
    request: RunRequest,
    cancel: threading.Event,
    tell: Report,
    run_id: str,
    now: dt.datetime | None,
) -> RunResult | Comparison:
    refuse_nonsense(organisation, request)
    wanted = [(), request.measures] if request.compare else [request.measures]
    variants = [Variant(organisation, request, measures) for measures in wanted]
    goal = request.replications * len(variants)
    tell(Started(goal))
    paired = PairedFigures() if request.compare else None
    done = 0
    for blocks in _played(variants, request, cancel):
        for variant, block in zip(variants, blocks, strict=True):
            variant.add(block)
            done += block.pay.headline.shape[1]
        if paired:
            paired.add(blocks[0].pay, blocks[1].pay)
        tell(Progress(done, goal))
    made = now or dt.datetime.now(dt.UTC)
    results = [v.result(run_id if v is variants[-1] else new_id(), made) for v in variants]
    if paired is None:
        return results[0]
    return paired.comparison(*results)


def _played(variants: list[Variant], request: RunRequest, cancel: threading.Event) -> Iterator[_Blocks]:
    """Yield the figures of each block for all variants, in order; few blocks wait at any time."""

    def play(first: int) -> _Blocks:
        if cancel.is_set():
            raise RunCancelled
        count = min(BLOCK, request.replications - first)
        return tuple(variant.play(first, count) for variant in variants)

    workers = min(request.workers or os.cpu_count() or 1, -(-request.replications // BLOCK))
    waiting: deque[Future[_Blocks]] = deque()
    with ThreadPoolExecutor(workers, thread_name_prefix="block") as pool:
        try:
            for first in range(0, request.replications, BLOCK):
                waiting.append(pool.submit(play, first))
                if len(waiting) > workers:
                    yield _next(waiting, cancel)
            while waiting:
                yield _next(waiting, cancel)
        finally:
            for future in waiting:
                future.cancel()


def _next(waiting: deque[Future[_Blocks]], cancel: threading.Event) -> _Blocks:
    blocks = waiting.popleft().result()
    if cancel.is_set():
        raise RunCancelled
    return blocks


def remarks(organisation: Organisation, request: RunRequest) -> tuple[Problem, ...]:
    """Return what should be known before ``request`` is run, as warnings; raise Refused as a run would."""
    refuse_nonsense(organisation, request)
    return remarks_on(Variant(organisation, request, request.measures))


def refuse_nonsense(organisation: Organisation, request: RunRequest) -> None:
    """Raise Refused where ``request`` asks for what no run can be, before anything is compiled."""
    problems = []
    if not 1 <= request.replications <= MOST_REPLICATIONS:
        facts = {"value": request.replications, "most": MOST_REPLICATIONS}
        problems.append(Problem("bad-replications", facts=dict(facts)))
    if not 0 <= request.seed < 2**63:
        problems.append(Problem("bad-seed", facts={"value": request.seed}))
    if request.workers is not None and not 1 <= request.workers <= MOST_WORKERS:
        problems.append(Problem("bad-workers", facts={"value": request.workers, "most": MOST_WORKERS}))
    if request.start is not None and not _FIRST_YEAR <= request.start.year <= _LAST_YEAR:
        years: dict[str, object] = {"first": _FIRST_YEAR, "last": _LAST_YEAR}
        problems.append(Problem("bad-start", facts={"value": request.start.isoformat(), **years}))
    if request.compare and not request.measures:
        problems.append(Problem("nothing-to-compare"))
    if organisation.of(Scenario, request.scenario) is None:
        problems.append(Problem("no-such-record", kind="scenario", id=request.scenario))
    if problems:
        raise Refused(problems)
