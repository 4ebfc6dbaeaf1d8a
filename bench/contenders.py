"""Those who race: each says how many replications it has done of the ones it was given."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bench.plain_rules import own_spans, plain_model
from continuity.simulation.compiled import Compiled
from continuity.simulation.levels import levels_of_block
from continuity.simulation.sample import disruptions
from continuity.simulation.timelines import Timelines

Pieces = list[tuple[int, int]]
#: Whether the levels found in replications 0 … n - 1 are those of the engine.
Check = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Contender:
    """``play(n)`` works through replications 0 … n - 1; ``check`` looks at what the last play found."""

    name: str
    play: Callable[[int], None]
    check: Check
    most: int  # replications that it can be given
    least: int  # replications of the shortest turn


def missing(package: str) -> bool:
    """Tell whether a comparator is not installed."""
    return importlib.util.find_spec(package) is None


def engine(compiled: Compiled, block: int) -> Contender:
    """Return our engine: blocks of ``block`` replications, disruptions drawn anew each time."""

    def play(n: int) -> None:
        for first in range(0, n, block):
            levels_of_block(compiled, first, min(block, n - first))

    return Contender("Uthållig", play, lambda: True, sys.maxsize, block)


def _pieces(lines: Timelines, replication: int) -> list[Pieces]:
    places = range(len(lines.offsets))
    parts = (lines.pieces(element, replication) for element in places)
    return [list(zip(minutes.tolist(), levels.tolist(), strict=True)) for minutes, levels in parts]


def _one_by_one(name: str, find: Callable[[int], list[Pieces]], lines: Timelines, most: int) -> Contender:
    """Return a contender that finds the pieces of one replication at a time."""
    found: dict[int, list[Pieces]] = {}

    def play(n: int) -> None:
        for replication in range(n):
            found[replication] = find(replication)

    def check() -> bool:
        return all(pieces == _pieces(lines, replication) for replication, pieces in found.items())

    given = min(most, lines.count)  # all of them each time: one may be far from the mean
    return Contender(name, play, check, given, given)


def reference(compiled: Compiled, lines: Timelines, most: int) -> Contender:
    """Return the SimPy engine of the tests: every rule, disruptions drawn beforehand."""
    from tests.engine.events import levels_of_one
    from tests.engine.plain_rows import in_plain

    plain = in_plain(compiled)
    struck = [disruptions(compiled, lines.sample, r) for r in range(min(most, lines.count))]
    return _one_by_one("SimPy", lambda r: levels_of_one(plain, struck[r]), lines, most)


def plain_processes(package: str, compiled: Compiled, lines: Timelines, most: int) -> Contender:
    """Return the cut-down rules on SimPy or salabim, own times down drawn beforehand."""
    module: Any = importlib.import_module(f"bench.plain_{package}")
    model = plain_model(compiled)
    spans = [own_spans(lines, r) for r in range(min(most, lines.count))]
    name = {"simpy": "SimPy", "salabim": "salabim"}[package]
    return _one_by_one(name, lambda r: module.levels(model, spans[r]), lines, most)


def plain_numpy(compiled: Compiled, lines: Timelines) -> Contender:
    """Return the cut-down rules in NumPy over all replications at once."""
    from bench import plain_numpy as numpy_rules

    model, own = plain_model(compiled), numpy_rules.all_spans(lines.own, lines.horizon)
    found: list[Any] = []

    def play(n: int) -> None:
        found[:] = [numpy_rules.levels(model, own)] if n else []

    return Contender("NumPy", play, lambda: numpy_rules.is_same(found[0], lines), lines.count, lines.count)
