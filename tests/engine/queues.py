"""Queues once more: minute by minute, and as SimPy processes. Both are written from the rules alone.

What waits is in 1/60,000 case; ``waits[m]`` is what waits at the instant m, before minute m is worked.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass

import simpy

Pieces = list[tuple[int, int]]


@dataclass(frozen=True)
class Queue:
    """One queue, its hours as spans of minutes, and what waits at minute 0 (here, and ordinarily)."""

    arrivals: int
    ordinary: int
    capacity: int
    spans: list[tuple[int, int]]
    waits: int = 0
    waits_ordinarily: int = 0


def random_queue(r: random.Random, horizon: int) -> Queue:
    """Any queue: often small numbers and round hours, so that things meet."""
    arrivals = r.choice((0, 1, 7, 60, r.randint(0, 5000)))
    cuts = sorted({r.choice((10 * r.randint(0, horizon // 10), r.randint(0, horizon))) for _ in range(8)})
    spans = list(zip(cuts[::2], cuts[1::2], strict=False)) if r.random() < 0.7 else [(0, horizon)]
    return Queue(
        arrivals=arrivals * r.choice((500, 1000, 1000, 1300, 2000)) // 1000,
        ordinary=arrivals,
        capacity=r.choice((0, arrivals, 2 * arrivals + 1, r.randint(0, 20_000))),
        spans=spans,
        waits=r.choice((0, 0, r.randint(0, 200_000))),
        waits_ordinarily=r.choice((0, 0, r.randint(0, 200_000))),
    )


def random_pieces(r: random.Random, horizon: int) -> Pieces:
    """A timeline of levels."""
    cuts = sorted({r.choice((10 * r.randint(1, max(1, horizon // 10 - 1)), r.randint(1, horizon - 1)))
                   for _ in range(r.choice((0, 1, 3, 6)))})  # fmt: skip
    found: Pieces = []
    for minute in (0, *(c for c in cuts if c < horizon)):
        level = r.choice((0, 0, 333, 500, 999, 1000, 1000))
        if not found or found[-1][1] != level:
            found.append((minute, level))
    return found


def waits_by_minute(arrivals: int, waits: int, queue: Queue, pieces: Pieces, horizon: int) -> list[int]:
    """Return what waits at each instant 0 … horizon, by a loop over minutes."""
    found, level, after = [waits], 0, dict(pieces)
    for minute in range(horizon):
        level = after.get(minute, level)
        at_work = any(opens <= minute < closes for opens, closes in queue.spans)
        done = queue.capacity * level // 1000 if at_work else 0
        waits = max(0, waits + arrivals - done)
        found.append(waits)
    return found


class _Bureau:
    """Hours and levels are processes of their own; each change settles the account so far."""

    def __init__(self, arrivals: int, waits: int, queue: Queue, pieces: Pieces, horizon: int) -> None:
        self.env = simpy.Environment()
        self.arrivals, self.queue, self.horizon = arrivals, queue, horizon
        self.level, self.open, self.settled = 1000, False, 0
        self.waits = [waits]
        for opens, closes in queue.spans:
            self.env.process(self._hours(opens, closes))
        self.env.process(self._levels(pieces))
        self.env.run(until=horizon)
        self._settle(horizon)

    def _settle(self, now: int) -> None:
        rate = self.arrivals - (self.queue.capacity * self.level // 1000 if self.open else 0)
        last = self.waits[-1]
        self.waits += [max(0, last + rate * n) for n in range(1, now - self.settled + 1)]
        self.settled = now

    def _hours(self, opens: int, closes: int) -> Iterator[simpy.Event]:
        if opens >= self.horizon:
            return
        yield self.env.timeout(opens)
        self._settle(opens)
        self.open = True
        if closes < self.horizon:
            yield self.env.timeout(closes - opens)
            self._settle(closes)
            self.open = False

    def _levels(self, pieces: Pieces) -> Iterator[simpy.Event]:
        for minute, level in pieces:
            yield self.env.timeout(minute - self.env.now)
            self._settle(minute)
            self.level = level


def waits_by_events(arrivals: int, waits: int, queue: Queue, pieces: Pieces, horizon: int) -> list[int]:
    """Return what waits at each instant 0 … horizon, by SimPy processes."""
    return _Bureau(arrivals, waits, queue, pieces, horizon).waits


@dataclass(frozen=True)
class Figures:
    """What the program tells of one queue in one replication; None where there is no such figure."""

    peak: int
    peak_at: int
    left: int
    gone: int | None
    late: int
    still_late: int
    catch_up: int | None
    wrt_at: int | None


def figures(waits: list[int], ordinary: list[int], pieces: Pieces, mbco: int, wrt: int) -> Figures:
    """Return the figures of a queue, read from what waits at each instant."""
    horizon = len(waits) - 1
    late = [a > b for a, b in zip(waits, ordinary, strict=True)]
    ends = [m for m in range(1, horizon + 1) if late[m - 1] and not late[m]]
    levels = dict(pieces)
    backs = [m for (_, before), (m, _) in itertools.pairwise(pieces)
             if before < mbco <= levels[m]]  # fmt: skip
    caught = [next((m for m in range(back, horizon + 1) if not late[m]), horizon) - back for back in backs]
    broken = [back + wrt for back, took in zip(backs, caught, strict=True) if 0 <= wrt < took]
    peak = max(waits)
    return Figures(
        peak=peak // 60_000,
        peak_at=waits.index(peak) if peak else 0,
        left=waits[-1] // 60_000,
        gone=ends[-1] if ends and not late[-1] else None,
        late=int(any(late)),
        still_late=int(late[-1]),
        catch_up=max(caught) if caught else None,
        wrt_at=broken[0] if broken else None,
    )
