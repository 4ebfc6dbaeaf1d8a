"""The way from what fell back to what was down by itself, link by link; as kernels.

Each element is asked since when it has been as low as it is, and which need held it down at that minute.
Where a standby or a buffer should have bridged that need, it is played again from minute 0 to tell what
became of it: empty, still starting, down itself, too small.
"""

# mypy: disable-error-code="no-any-return"

from __future__ import annotations

from typing import Any

import numpy as np

from continuity.simulation.cause_kernels import _lowest, _own_cause, _supply, _weakest
from continuity.simulation.compiled import BLANK, FOREVER, FULL, IDLE
from continuity.simulation.kernels import kernel, leaf
from continuity.simulation.pay_stages import level_at, piece_at

#: What a link says, by number; the first three are kinds of disruptions.
LINKS = (
    "outage",
    "failure",
    "staff",
    "below_threshold",
    "slow",
    "buffer_empty",
    "standby_empty",
    "standby_starting",
    "standby_down",
    "standby_short",
    "cold_start",
)
UNKNOWN, SLOW, BUFFER, EMPTY, STARTING, DOWN, SHORT, COLD = range(3, 11)
MOST_LINKS = 8
_STEPS = 200  # more than any chain of needs


@leaf
def low_since(lines: Any, element: int, replication: int, minute: int) -> int:
    """The minute since which ``element`` has been at most as high as at ``minute``."""
    minutes, levels, offsets = lines
    piece = piece_at(lines, element, replication, minute)
    level = levels[piece]
    while piece > offsets[element, replication] and levels[piece - 1] <= level:
        piece -= 1
    return minutes[piece]


@leaf
def _next_change(g: Any, lines: Any, need: int, replication: int, minute: int) -> int:
    """The first minute after ``minute`` at which something that feeds ``need`` changes."""
    minutes, _, offsets = lines
    row, soonest = g.needs[need], FOREVER
    end = row.end_primary + 2 * (row.end_standby - row.first_standby)
    for feed in range(row.first_feed, end):
        element = g.feeds[feed].element
        if element == BLANK:
            continue
        piece = piece_at(lines, element, replication, minute) + 1
        if piece < offsets[element, replication + 1]:
            soonest = min(soonest, minutes[piece])
    return soonest


@leaf
def _feed_level(g: Any, lines: Any, feed: int, replication: int, minute: int) -> int:
    """The level of a feed; one of nothing is full."""
    element = g.feeds[feed].element
    return FULL if element == BLANK else level_at(lines, element, replication, minute)


@leaf
def standby_fate(g: Any, state: Any, lines: Any, need: int, replication: int, last: int) -> Any:
    """What became of the first standby of ``need`` in minute ``last``: (code, its element).

    The others are told of only by what the first one did not give.
    """
    row = g.needs[need]
    one = g.standbys[row.first_standby]
    stock, begun = state.standbys[row.first_standby].stock, state.standbys[row.first_standby].begun
    full, element, minute = FULL * max(one.endurance, 0), g.feeds[one.feed].element, 0
    while True:
        low = _supply(g, lines, need, replication, minute) < row.threshold
        if low:
            begun = minute if begun == IDLE else begun
        else:
            if begun != IDLE and one.refill == BLANK:
                stock = full
            begun = IDLE
        counts = begun != IDLE and minute >= begun + one.delay
        won = 0
        if one.refill != BLANK:
            won = one.refill * _feed_level(g, lines, one.feed + 1, replication, minute) // FULL
        spent = (FULL if counts else 0) - won
        if minute >= last:
            break
        until = min(last, _next_change(g, lines, need, replication, minute))
        if begun != IDLE and not counts:
            until = min(until, begun + one.delay)
        stock = min(full, max(0, stock - (until - minute) * spent))
        minute = until
    if begun == IDLE or not counts:
        return STARTING, element
    if one.endurance != BLANK and stock + won < FULL:
        return EMPTY, element
    if level_at(lines, element, replication, last) < FULL:
        return DOWN, element
    return SHORT, element


@leaf
def _held_down_by(g: Any, lines: Any, element: int, replication: int, minute: int) -> Any:
    """The need that is supplied least at ``minute``, looking back over lags, and that minute."""
    worst, least, when = BLANK, FULL, minute
    for need in range(g.elements[element].first_need, g.elements[element].end_need):
        back = g.needs[need].lag
        if g.elements[element].cycle != BLANK:
            back += g.cycles[g.elements[element].cycle].delay
        low, at = _lowest(g, lines, need, replication, minute, back)
        if low < least:
            worst, least, when = need, low, at
    return worst, when


@leaf
def _add(found: Any, n: int, element: int, code: int, minute: int, by: int) -> int:
    """Add a link; a root takes the place of the last one where there is no room."""
    place = min(n, MOST_LINKS - 1)
    found[place, 0], found[place, 1], found[place, 2], found[place, 3] = element, code, minute, by
    return place + 1


@kernel
def chains_from(g: Any, state: Any, lines: Any, own: Any, sample: Any, asked: Any) -> Any:
    """Return (links, how many) for each row of ``asked`` [rows, 3]: element, replication, minute.

    ``links`` [rows, MOST_LINKS, 4]: element, number of ``LINKS``, minute, what ran out or BLANK. Elements
    on the way that nothing should have bridged are left out, but the first. Where the way comes back to
    an element, those on it wait for one another to start.
    """
    links = np.full((len(asked), MOST_LINKS, 4), BLANK, np.int64)
    counts = np.zeros(len(asked), np.int64)
    passed = np.full(len(g.elements), BLANK, np.int64)  # the job that came by last
    for job in range(len(asked)):
        element, replication = asked[job, 0], asked[job, 1]
        if element == BLANK:  # what came before says it all
            continue
        minute, n = low_since(lines, element, replication, asked[job, 2]), 0
        for step in range(_STEPS):
            if passed[element] == job:
                n = _add(links[job], n, element, COLD, minute, BLANK)
                break
            passed[element] = job
            level = level_at(lines, element, replication, minute)
            if level_at(own, element, replication, minute) <= level:
                kind, since = _own_cause(sample, replication, element, minute)
                n = _add(links[job], n, element, kind if kind != BLANK else UNKNOWN, since, BLANK)
                break
            worst, when = _held_down_by(g, lines, element, replication, minute)
            if worst == BLANK:
                n = _add(links[job], n, element, UNKNOWN, minute, BLANK)
                break
            row = g.needs[worst]
            if row.first_standby < row.end_standby:
                code, by = standby_fate(g, state, lines, worst, replication, when)
                n = _add(links[job], n, element, code, minute, by)
            elif row.autonomy > 0:
                n = _add(links[job], n, element, BUFFER, minute, BLANK)
            elif step == 0:
                n = _add(links[job], n, element, SLOW, minute, BLANK)
            supplier = _weakest(g, lines, worst, replication, when)
            if supplier == BLANK:
                break
            element, minute = supplier, low_since(lines, supplier, replication, when)
        counts[job] = n
    return links, counts
