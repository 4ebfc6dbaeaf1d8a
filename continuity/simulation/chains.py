"""Chains of causes: the same way taken in how many runs, and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

from continuity.simulation.chain_kernels import LINKS, chains_from
from continuity.simulation.compiled import BLANK, Compiled
from continuity.simulation.result import Chain, Link
from continuity.simulation.timelines import Timelines

K = TypeVar("K", str, int)
MOST_CHAINS = 6
_WAY, _MINUTE = [0, 1, 3], 2  # columns of a link: what happened to what by what, and when
#: A link before its minute: element, what happened, by what.
Step = tuple[str, str, str]


@dataclass(slots=True)
class Asked:
    """Falls to be explained, each with the name of what it is told for and the links told before it."""

    falls: list[tuple[int, int, int]] = field(default_factory=list)  # element, replication, minute
    before: list[tuple[tuple[Step, int], ...]] = field(default_factory=list)

    def add(self, element: int, replication: int, minute: int, *before: tuple[Step, int]) -> None:
        """Ask why ``element`` was down at ``minute`` of ``replication``."""
        self.falls.append((element, replication, minute))
        self.before.append(before)


def chains_told(
    compiled: Compiled, lines: Timelines, asked: Asked, names: Sequence[K]
) -> dict[K, tuple[Chain, ...]]:
    """Return the chains of each name, that of the most runs first."""
    if not asked.falls:
        return {}
    pieces = (lines.minutes, lines.levels, lines.offsets)
    fallen = np.array(asked.falls, np.int64)
    links, counts = chains_from(
        compiled.graph, compiled.state, pieces, tuple(lines.own), lines.sample, fallen
    )
    told: dict[K, dict[tuple[Step, ...], list[list[int]]]] = {}
    for name, (steps, minutes) in zip(names, _ways(compiled, asked, links, counts), strict=True):
        told.setdefault(name, {}).setdefault(steps, []).append(minutes)
    return {name: _most(ways, lines.count) for name, ways in told.items()}


def _ways(
    compiled: Compiled, asked: Asked, links: Any, counts: Any
) -> Iterator[tuple[tuple[Step, ...], list[int]]]:
    """Yield the steps and minutes of each fall; most go a way that others have gone."""
    ids = compiled.element_ids
    rows = links[:, :, _WAY].copy()
    rows[np.arange(rows.shape[1]) >= counts[:, None]] = -1  # beyond its end a way says nothing
    flat = np.ascontiguousarray(rows.reshape(len(rows), -1))
    whole = flat.view(np.dtype((np.void, flat.itemsize * flat.shape[1]))).ravel()
    _, first, way = np.unique(whole, return_index=True, return_inverse=True)
    known: list[tuple[Step, ...]] = [
        tuple(
            (ids[element], LINKS[code], "" if by == BLANK else ids[by])
            for element, code, by in rows[job, : counts[job]].tolist()
        )
        for job in first.tolist()
    ]
    told = zip(asked.before, way.tolist(), links[:, :, _MINUTE].tolist(), counts.tolist(), strict=True)
    for before, place, times, count in told:
        minutes = [minute for _, minute in before] + times[:count]
        yield (*(step for step, _ in before), *known[place]), minutes


def _most(ways: Mapping[tuple[Step, ...], list[list[int]]], count: int) -> tuple[Chain, ...]:
    # Those told are the most frequent; of equal ones the names decide, so ties are kept until then.
    least = sorted((len(runs) for runs in ways.values()), reverse=True)[:MOST_CHAINS][-1]
    chains = []
    for steps, runs in ways.items():
        if len(runs) < least:
            continue
        medians = [sorted(times)[(len(times) - 1) // 2] for times in zip(*runs, strict=True)]
        links = [
            Link(element, code, minute, by)
            for (element, code, by), minute in zip(steps, medians, strict=True)
        ]
        chains.append(Chain(tuple(links), len(runs) / count))
    return tuple(
        sorted(chains, key=lambda c: (-c.share, [(k.element, k.code) for k in c.links]))[:MOST_CHAINS]
    )
