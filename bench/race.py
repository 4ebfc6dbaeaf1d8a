"""The race itself: contenders in turn, round by round, in one process, on processor time of one thread."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from bench.contenders import Contender
from continuity.simulation.compiled import Compiled
from continuity.simulation.levels import levels_of_block

ROUNDS = 5
_LEAST_SECONDS = 0.25  # of one turn, where the contender can be given enough to do


@dataclass(frozen=True, slots=True)
class Timed:
    """What a contender reached: the best of its turns."""

    name: str
    per_second: float
    replications: int
    same: bool  # its answers are the engine's


@contextmanager
def no_collection() -> Iterator[None]:
    """Keep the garbage collector from running meanwhile."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def race(contenders: list[Contender], rounds: int = ROUNDS) -> list[Timed]:
    """Let the contenders run in turn; return what each reached."""
    sizes = [_size(contender) for contender in contenders]
    best = [0.0] * len(contenders)
    with no_collection():
        for _ in range(rounds):
            for place, contender in enumerate(contenders):
                took = _turn(contender, sizes[place])
                best[place] = max(best[place], sizes[place] / took)
    return [
        Timed(contender.name, best[place], sizes[place], contender.check())
        for place, contender in enumerate(contenders)
    ]


def _turn(contender: Contender, size: int) -> float:
    began = time.thread_time()
    contender.play(size)
    return max(time.thread_time() - began, 1e-9)


def _size(contender: Contender) -> int:
    """Return how many replications make a turn long enough; warms the contender."""
    size = min(contender.least, contender.most)
    contender.play(size)
    while (took := _turn(contender, size)) < _LEAST_SECONDS and size < contender.most:
        more = max(2.0, 1.2 * _LEAST_SECONDS / took)
        size = min(contender.most, int(size * min(more, 16)))
    return size


def threads_ratio(compiled: Compiled, block: int, rounds: int = ROUNDS) -> float:
    """Return how many times as many replications two threads do as one, by the clock on the wall."""
    ends = [1e9, 1e9]
    blocks = 8 if compiled.elements < 5000 else 4
    for _ in range(rounds):
        for place, threads in enumerate((1, 2)):
            began = time.perf_counter()
            with ThreadPoolExecutor(threads) as pool:
                list(pool.map(lambda n: levels_of_block(compiled, n * block, block), range(blocks)))
            ends[place] = min(ends[place], time.perf_counter() - began)
    return ends[0] / ends[1]


def peak_memory() -> float | None:
    """Return the most memory that this process has held, in MB; None where the system does not say."""
    try:
        import resource
    except ImportError:
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (2**20 if sys.platform == "darwin" else 2**10)
