"""A run from request to result: variants compiled, blocks spread over threads, added up in order.

Importing this module imports Numba; do so only when a run starts.
"""

from __future__ import annotations

import datetime as dt
import math
import threading
import time
from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace

from continuity.model.ids import new_id
from continuity.model.kinds import Scenario
from continuity.model.local_time import ZONE
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.simulation.cancel import RunCancelled
from continuity.simulation.compare import compared
from continuity.simulation.events import (
    Cancelled,
    Failed,
    Finished,
    Noted,
    Partial,
    Progress,
    RunEvent,
    Started,
)
from continuity.simulation.kept import Kept
from continuity.simulation.limits import block_size, too_many
from continuity.simulation.precision import COARSEST, FINEST, is_enough, stops_within
from continuity.simulation.remarks import remarks_on
from continuity.simulation.request import THREADS, RunRequest
from continuity.simulation.result import Comparison, RunMeta, RunResult
from continuity.simulation.schedulers import Asked, Round, pool_for, refuse_scheduler, rounds
from continuity.simulation.variant import SetAside, Variant

MOST_REPLICATIONS = 1_000_000
MOST_WORKERS = 256
_FIRST_YEAR, _LAST_YEAR = 1990, 2200

#: After so many blocks of a run it is told what it says so far, where more seconds than these are to come.
_SHOWN = frozenset(4**n for n in range(10))
WORTH_A_LOOK = 0.4

Report = Callable[[RunEvent], None]


def run(
    organisation: Organisation,
    request: RunRequest,
    cancel: threading.Event | None = None,
    report: Report | None = None,
    run_id: str | None = None,
    now: dt.datetime | None = None,
    kept: Kept | None = None,
    before: Organisation | None = None,
) -> RunResult | Comparison:
    """Run ``request``; with ``compare``, without and with the measures on the same draws.

    With ``before``, an earlier state of the organisation, the same is run on it too, on the same draws.

    The result is the same whatever the scheduler and the number of workers. ``report`` hears Started,
    Progress, after some blocks Partial, and, last, exactly one of Finished, Failed and Cancelled. Raises
    Refused with every reason why it cannot be run, and RunCancelled once ``cancel`` is set (looked at
    between blocks). ``run_id`` and ``now`` (UTC) name and date the run. What earlier runs left in ``kept``
    is used again, to the same bits.
    """
    tell = report or (lambda _: None)
    try:
        refuse_nonsense(organisation, request)
        under_way = _Run((before, organisation), request, run_id or new_id(), now, kept)
        tell(Started(under_way.goal))
        if problems := remarks_on(under_way.variants[-1]):
            tell(Noted(problems))
        under_way.play(cancel or threading.Event(), tell)
        found = under_way.result()
    except Refused as refused:
        tell(Failed(refused.problems))
        raise
    except RunCancelled:
        tell(Cancelled())
        raise
    except MemoryError:
        problem = Problem("too-little-memory")
        tell(Failed((problem,)))
        raise Refused([problem]) from None
    under_way.leave()
    tell(Finished(*_in_two(found)))
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


class _Run:
    """One run under way: its variants, and what it tells while they go on."""

    def __init__(
        self,
        organisations: tuple[Organisation | None, Organisation],
        request: RunRequest,
        run_id: str,
        now: dt.datetime | None,
        kept: Kept | None,
    ) -> None:
        before, organisation = organisations
        if before is not None:  # workers elsewhere know one model only
            wanted = [(before, request.measures), (organisation, request.measures)]
            request = replace(request, scheduler=THREADS)
        else:
            sides = [(), request.measures] if request.compare else [request.measures]
            wanted = [(organisation, measures) for measures in sides]
        self.organisation, self.request, self.kept, self.run_id = organisation, request, kept, run_id
        self.variants = [Variant(of, request, measures, kept, run_id) for of, measures in wanted]
        self.ids = [*(new_id() for _ in wanted[1:]), run_id]
        self.made = now
        self.goal = request.replications * len(wanted)
        self.block = min(block_size(variant.compiled) for variant in self.variants)
        self._continue()

    # --- going on from an earlier run -----------------------------------------------------------

    def _continue(self) -> None:
        """Go on from what an earlier run left, where this one would have come so far too."""
        if self.kept is None:
            return
        found = [self.kept.get(self._key(variant)) for variant in self.variants]
        for variant, earlier in zip(self.variants, found, strict=True):
            if isinstance(earlier, SetAside) and self._may_go_on(earlier, found):
                variant.go_on_from(earlier)

    def _may_go_on(self, earlier: SetAside, all_: list[SetAside | None]) -> bool:
        done, wanted = earlier.pay.replications, self.request.precision
        if done > self.request.replications:
            return False
        if wanted is None:
            return True
        # To stop where a run from the beginning would, all must have been measured to the same block.
        halves = [one.halves if one is not None else () for one in all_]
        together = [max(row) for row in zip(*halves, strict=False)]
        blocks = {len(one) for one in halves}
        return blocks == {done // self.block} and not stops_within(together, wanted, self.block)

    def _keep(self, variant: Variant) -> None:
        """Set the statistics aside, where an earlier run has not come further."""
        if self.kept is None or not variant.replications:
            return
        earlier = self.kept.get(self._key(variant))
        if isinstance(earlier, SetAside) and earlier.pay.replications >= variant.replications:
            return
        aside = variant.set_aside()
        self.kept.put(self._key(variant), aside, aside.size, self.run_id)

    def _key(self, variant: Variant) -> Hashable:
        return ("figures", variant.fingerprint(), variant.measures, self.request.seed, self.block)

    # --- playing --------------------------------------------------------------------------------

    @property
    def done(self) -> int:
        """Replications added over all variants."""
        return sum(variant.replications for variant in self.variants)

    def _asked(self) -> Iterator[Asked]:
        ready = [variant.replications for variant in self.variants]
        for first in range(min(ready), self.request.replications, self.block):
            count = min(self.block, self.request.replications - first)
            yield first, count, tuple(done <= first for done in ready)

    def play(self, cancel: threading.Event, tell: Report) -> None:
        """Play all blocks, or until the run is precise enough."""
        asked = list(self._asked())
        if not asked:
            return
        begun = time.monotonic()
        with pool_for(self.organisation, self.request, self.variants, len(asked)) as pool:
            for number, (one, figures) in enumerate(rounds(pool, _until(cancel, asked)), 1):
                if cancel.is_set():
                    raise RunCancelled
                self._add(one, figures)
                precise = self._is_precise(one)
                tell(Progress(self.done, self._takes()))
                if precise:
                    return
                to_come = (time.monotonic() - begun) / number * (len(asked) - number)
                if number in _SHOWN and self._is_even and to_come > WORTH_A_LOOK:
                    tell(Partial(*_in_two(self.result())))

    def _add(self, asked: Asked, figures: Round) -> None:
        for variant, block in zip(self.variants, figures, strict=True):
            if block is None:
                continue
            if asked[1] < self.block:
                self._keep(variant)  # a later run goes on from whole blocks
            variant.add(block)

    def _is_precise(self, asked: Asked) -> bool:
        wanted = self.request.precision
        if wanted is None:
            return False
        half = max(variant.measure_precision() for variant in self.variants)
        return is_enough(half, wanted, asked[0] + asked[1])

    @property
    def _is_even(self) -> bool:
        """Whether all variants have come as far."""
        return len({variant.replications for variant in self.variants}) == 1

    def _takes(self) -> int:
        """Return how many replications the run seems to take over all variants."""
        wanted = self.request.precision
        if wanted is None or not self.done:
            return self.goal
        ratio = max(variant.halves[-1] for variant in self.variants) / wanted
        return min(self.goal, max(self.done, math.ceil(self.done * ratio * ratio)))

    def result(self) -> RunResult | Comparison:
        """Return the result of the blocks added so far."""
        made = self.made or dt.datetime.now(dt.UTC)
        results = [v.result(id_, made) for v, id_ in zip(self.variants, self.ids, strict=True)]
        if len(results) == 1:
            return results[0]
        first, second = self.variants
        return compared(results[0], results[1], first.pay, second.pay)

    def leave(self) -> None:
        """Leave the statistics to later runs."""
        for variant in self.variants:
            if variant.replications % self.block == 0:
                self._keep(variant)


def _until(cancel: threading.Event, asked: list[Asked]) -> Iterator[Asked]:
    for one in asked:
        if cancel.is_set():
            raise RunCancelled
        yield one


def _in_two(found: RunResult | Comparison) -> tuple[RunResult, Comparison | None]:
    return (found.with_, found) if isinstance(found, Comparison) else (found, None)


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
    if request.precision is not None and not _is_possible(request.precision):
        limits: dict[str, object] = {"finest": 100 * FINEST, "coarsest": 100 * COARSEST}
        problems.append(
            Problem("bad-precision", facts={"value": round(100 * request.precision, 6), **limits})
        )
    problems += too_many(organisation)
    problems += refuse_scheduler(request.scheduler)
    if request.compare and not request.measures:
        problems.append(Problem("nothing-to-compare"))
    if organisation.of(Scenario, request.scenario) is None:
        problems.append(Problem("no-such-record", kind="scenario", id=request.scenario))
    if problems:
        raise Refused(problems)


def _is_possible(precision: float) -> bool:
    return math.isfinite(precision) and FINEST <= precision <= COARSEST
