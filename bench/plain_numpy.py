"""The cut-down rules in NumPy: for each element the spans down of all replications, laid end to end."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bench.plain_rules import PlainModel
from continuity.simulation.timelines import Lines, Timelines

Minutes = NDArray[np.int64]
Spans = tuple[Minutes, Minutes]  # starts and ends; replication r begins at r × (horizon + 1)


def spans_of(minutes: Minutes, levels: Minutes, offsets: Minutes, horizon: int) -> Spans:
    """Return the spans down of one element's timelines over all replications."""
    low, high = int(offsets[0]), int(offsets[-1])
    owner = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    starts = minutes[low:high].astype(np.int64) + owner * (horizon + 1)
    ends = np.append(starts[1:], 0)
    ends[offsets[1:] - 1 - low] = (np.arange(len(offsets) - 1) + 1) * (horizon + 1) - 1
    down = levels[low:high] == 0
    return starts[down], ends[down]


def all_spans(lines: Lines, horizon: int) -> list[Spans]:
    """Return the spans down of every element."""
    return [spans_of(lines.minutes, lines.levels, row, horizon) for row in lines.offsets]


def where_at_least(count: int, sets: list[Spans]) -> Spans:
    """Return the spans in which at least ``count`` of the sets are down."""
    if len(sets) == 1:
        return sets[0]
    starts, ends = (np.concatenate(parts) for parts in zip(*sets, strict=True))
    times = np.concatenate([starts, ends])
    steps = np.concatenate([np.ones(len(starts), np.int64), -np.ones(len(ends), np.int64)])
    order = np.lexsort((-steps, times))  # of one minute, what begins comes first
    down = np.cumsum(steps[order]) >= count
    before = np.append(False, down[:-1])
    times = times[order]
    return times[down & ~before], times[before & ~down]


def levels(model: PlainModel, own: list[Spans]) -> list[Spans]:
    """Return the spans down of every element in all replications; ``own`` are those by themselves."""
    found: list[Spans] = []
    for place, needs in enumerate(model.needs):
        sets = [own[place]]
        for need in needs:
            starts, ends = where_at_least(
                len(need.sources) - need.k + 1, [found[source] for source in need.sources]
            )
            late = starts + need.autonomy
            sets.append((late[late < ends], ends[late < ends]))
        found.append(where_at_least(1, sets))
    return found


def is_same(found: list[Spans], lines: Timelines) -> bool:
    """Tell whether the spans are those of ``lines``."""
    expected = all_spans(Lines(lines.minutes, lines.levels, lines.offsets), lines.horizon)
    return all(
        np.array_equal(a, c) and np.array_equal(b, d) for (a, b), (c, d) in zip(found, expected, strict=True)
    )
