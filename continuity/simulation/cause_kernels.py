"""Why an element was down at a minute: up the graph to an element that is down by itself; as kernels.

From an element the way goes to the need that is supplied least (looking back over its restart lag), from
there to the supplier that gives least, and so on until an element's own level explains it.
"""

# mypy: disable-error-code="no-any-return"

from __future__ import annotations

from typing import Any

import numpy as np

from continuity.simulation.compiled import BLANK, FULL, RULE_K_OF_N, RULE_SHARE
from continuity.simulation.kernels import kernel, leaf
from continuity.simulation.pay_stages import NEVER, begins, level_at, piece_at

#: Columns that :func:`trace` fills: root, kind of its disruption (BLANK: none found), its first minute,
#: the nearest element whose buffer or standby ran out (BLANK), whether it was a standby, that minute.
TRACED = ("root", "kind", "since", "bridge", "standby", "bridge_since")
_STEPS = 200  # more than any chain of needs


@leaf
def _supply(g: Any, lines: Any, need: Any, replication: int, minute: int) -> int:
    """What the ordinary suppliers of ``need`` give at ``minute``."""
    row = g.needs[need]
    count = row.end_primary - row.first_feed
    if row.rule == RULE_SHARE:
        units = 0
        for feed in range(row.first_feed, row.end_primary):
            one = g.feeds[feed]
            given = one.capacity * level_at(lines, one.element, replication, minute) - one.before
            units += min(max(given, 0), one.claim)
        return min(FULL, units // max(1, row.required))
    wanted = count if row.rule != RULE_K_OF_N else row.k
    best = FULL if count == 0 else 0
    for feed in range(row.first_feed, row.end_primary):  # the k-th highest
        level = level_at(lines, g.feeds[feed].element, replication, minute)
        as_high = 0
        for other in range(row.first_feed, row.end_primary):
            as_high += level_at(lines, g.feeds[other].element, replication, minute) >= level
        if as_high >= wanted:
            best = max(best, level)
    return best


@leaf
def _lowest(g: Any, lines: Any, need: Any, replication: int, minute: int, back: int) -> Any:
    """The least supply of ``need`` in the ``back`` minutes up to ``minute``, and the last minute of it."""
    least, when = _supply(g, lines, need, replication, minute), minute
    for feed in range(g.needs[need].first_feed, g.needs[need].end_primary):
        element = g.feeds[feed].element
        piece = piece_at(lines, element, replication, minute)
        while piece > lines[2][element, replication] and lines[0][piece] > minute - back:
            piece -= 1
            at = max(lines[0][piece + 1] - 1, 0)
            found = _supply(g, lines, need, replication, at)
            if found < least:
                least, when = found, at
    return least, when


@leaf
def _weakest(g: Any, lines: Any, need: Any, replication: int, minute: int) -> int:
    """The ordinary supplier of ``need`` that gives least of what it could, or BLANK where all are full."""
    worst, found = 0, BLANK
    row = g.needs[need]
    for feed in range(row.first_feed, row.end_primary):
        one = g.feeds[feed]
        missing = FULL - level_at(lines, one.element, replication, minute)
        if row.rule == RULE_SHARE:
            missing *= one.capacity
        if missing > worst:
            worst, found = missing, one.element
    return found


@leaf
def _own_cause(sample: Any, replication: int, element: int, minute: int) -> Any:
    """The kind and first minute of the deepest disruption of ``element`` that runs at ``minute``."""
    _, replications, offsets, rows = sample
    place = element * replications + replication
    kind, since, depth = BLANK, minute, FULL
    for row in range(offsets[place], offsets[place + 1]):
        one = rows[row]
        running = one.start <= minute < one.begin + one.duration
        if running and (kind == BLANK or one.depth < depth):
            kind, since, depth = one.kind, one.start, one.depth
    return kind, since


@kernel
def trace(g: Any, lines: Any, own: Any, sample: Any, asked: Any) -> Any:
    """Return the columns of ``TRACED`` for each row of ``asked`` [rows, 3]: element, replication, minute."""
    found = np.full((len(asked), 6), BLANK, np.int64)
    for job in range(len(asked)):
        element, replication, minute = asked[job, 0], asked[job, 1], asked[job, 2]
        out = found[job]
        for _ in range(_STEPS):
            out[0], out[2] = element, minute
            if level_at(own, element, replication, minute) <= level_at(lines, element, replication, minute):
                out[1], out[2] = _own_cause(sample, replication, element, minute)
                break
            worst, least, when = BLANK, FULL, minute
            for need in range(g.elements[element].first_need, g.elements[element].end_need):
                back = g.needs[need].lag
                if g.elements[element].cycle != BLANK:
                    back += g.cycles[g.elements[element].cycle].delay
                low, at = _lowest(g, lines, need, replication, minute, back)
                if low < least:
                    worst, least, when = need, low, at
            if worst == BLANK:
                break
            row = g.needs[worst]
            bridged = row.autonomy > 0 or row.first_standby < row.end_standby
            if bridged and out[3] == BLANK:
                out[3], out[4], out[5] = element, row.first_standby < row.end_standby, minute
            supplier = _weakest(g, lines, worst, replication, when)
            if supplier == BLANK:
                break
            element, minute = supplier, when
    return found


@kernel
def stalls(plan: Any, lines: Any, done: Any, late: Any, horizon: int) -> Any:
    """Return, per late pay day and replication, the slot that stood still longest and its first such minute.

    ``late`` [pay days, replications]; [2, pay days, replications] comes back, BLANK where nothing stood
    still below its least level (then the slot whose element was reduced, if any).
    """
    found = np.full((2, *late.shape), BLANK, np.int64)
    for stream in range(len(plan.streams)):
        first = plan.streams[stream].first
        for day in range(first, plan.streams[stream].end):
            for replication in range(late.shape[1]):
                if late[day, replication]:
                    _stall(plan, lines, done, horizon, day, first, replication, found)
    return found


@leaf
def _stall(
    plan: Any, lines: Any, done: Any, horizon: int, day: int, first: int, replication: int, found: Any
) -> None:
    minutes, levels, offsets = lines
    longest = 0
    for stage in range(plan.days[day].stages):
        slot = plan.days[day].slot + stage
        earlier = slot - plan.days[day].slots if day > first else -1
        begin = max(0, begins(plan, slot, stage, earlier, done[:, replication]))
        end = min(horizon, done[slot, replication])
        if begin >= end or begin == NEVER:
            continue
        element, least = plan.slots[slot].element, plan.slots[slot].least
        last = offsets[element, replication + 1]
        piece, lost, since = piece_at(lines, element, replication, begin), 0, BLANK
        while piece < last and minutes[piece] < end:
            after = minutes[piece + 1] if piece + 1 < last else horizon
            if levels[piece] < max(1, least):
                lost += min(after, end) - max(begin, minutes[piece])
                if since == BLANK:
                    since = max(begin, minutes[piece])
            piece += 1
        if lost > longest:
            longest = lost
            found[0, day, replication], found[1, day, replication] = slot, since
