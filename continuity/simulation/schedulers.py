"""Where blocks are played: threads here, processes of this machine, or a Dask cluster.

Blocks are handed out and come back in order, few at a time, so memory stays flat. Their figures depend on
the numbers of their replications alone, so every scheduler gives the same bits.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.simulation.limits import fitting_workers
from continuity.simulation.request import PROCESSES, THREADS, RunRequest
from continuity.simulation.variant import BlockFigures, Variant

#: The blocks of one round: a place for each variant, None where it needs none.
Round = tuple[BlockFigures | None, ...]
#: First replication, how many, and which variants are to play them.
Asked = tuple[int, int, tuple[bool, ...]]


class Pool(Protocol):
    """Plays rounds somewhere, as many at a time as it has ``workers``."""

    workers: int

    def submit(self, asked: Asked) -> Any:
        """Begin a round; return what has ``result()`` and ``cancel()``."""


def rounds(pool: Pool, asked: Iterator[Asked]) -> Iterator[tuple[Asked, Round]]:
    """Yield every round that is asked for, in order; little more is under way than there are workers."""
    waiting: deque[tuple[Asked, Any]] = deque()
    try:
        for one in asked:
            waiting.append((one, pool.submit(one)))
            if len(waiting) > pool.workers:
                first, future = waiting.popleft()
                yield first, future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result()
    finally:
        for _, future in waiting:
            future.cancel()


def pool_for(
    organisation: Organisation, request: RunRequest, variants: Sequence[Variant], most: int
) -> AbstractContextManager[Pool]:
    """Return the pool that ``request`` asks for; ``most`` is the number of blocks that there can be."""
    wanted = min(request.workers or os.cpu_count() or 1, max(1, most))
    workers = min(fitting_workers(wanted, variant.compiled) for variant in variants)
    if request.scheduler == THREADS:
        return _threads(variants, workers)
    if request.scheduler == PROCESSES:
        return _processes(_Job.of(organisation, request, variants), workers)
    from continuity.simulation.cluster import cluster

    return cluster(_Job.of(organisation, request, variants), request.scheduler)


def refuse_scheduler(scheduler: str) -> list[Problem]:
    """Return what is wrong with the name of a scheduler."""
    if scheduler in (THREADS, PROCESSES) or "://" in scheduler:
        return []
    return [Problem("bad-scheduler", facts={"value": scheduler})]


class _Job:
    """What another process needs to play blocks: everything but statistics."""

    def __init__(self, organisation: Organisation, request: RunRequest, measures: tuple[Any, ...]) -> None:
        self.organisation, self.request, self.measures = organisation, request, measures

    @staticmethod
    def of(organisation: Organisation, request: RunRequest, variants: Sequence[Variant]) -> bytes:
        """Return the job as bytes."""
        return pickle.dumps(_Job(organisation, request, tuple(v.measures for v in variants)))

    def variants(self) -> tuple[Variant, ...]:
        """Return the variants, compiled here."""
        return tuple(Variant(self.organisation, self.request, measures) for measures in self.measures)


def play(variants: Sequence[Variant], asked: Asked) -> Round:
    """Play one round."""
    first, count, wanted = asked
    return tuple(v.play(first, count) if yes else None for v, yes in zip(variants, wanted, strict=True))


class _Local:
    def __init__(self, executor: Executor, workers: int, work: Any) -> None:
        self.workers, self._executor, self._work = workers, executor, work

    def submit(self, asked: Asked) -> Future[Round]:
        return self._executor.submit(self._work, asked)


@contextmanager
def _threads(variants: Sequence[Variant], workers: int) -> Iterator[Pool]:
    with ThreadPoolExecutor(workers, thread_name_prefix="block") as executor:
        yield _Local(executor, workers, lambda asked: play(variants, asked))


@contextmanager
def _processes(job: bytes, workers: int) -> Iterator[Pool]:
    spawn = multiprocessing.get_context("spawn")  # the window's threads do not survive a fork
    with ProcessPoolExecutor(workers, spawn, initializer=_take, initargs=(job,)) as executor:
        yield _Local(executor, workers, _play_taken)


_taken: tuple[Variant, ...] = ()


def _take(job: bytes) -> None:
    global _taken
    _taken = variants_of(job)


def _play_taken(asked: Asked) -> Round:
    return play(_taken, asked)


def variants_of(job: bytes) -> tuple[Variant, ...]:
    """Return the variants of a job that came as bytes."""
    made: _Job = pickle.loads(job)
    return made.variants()


def refused(code: str, **facts: object) -> Refused:
    """Return a refusal with one problem."""
    return Refused([Problem(code, facts=facts)])
