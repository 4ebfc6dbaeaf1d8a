"""Queues over time; as kernels.

A line is three arrays: minutes at which something changes, what waits at each (in 1/60,000 case), and
by how much that changes per minute until the next. At whole minutes it is what a loop over minutes gives.
"""

# mypy: disable-error-code="no-any-return"

from __future__ import annotations

from typing import Any

import numpy as np

from continuity.simulation.compiled import BLANK, FULL
from continuity.simulation.figures import NONE
from continuity.simulation.kernels import kernel, part

#: Rows that :func:`figures_of_queues` fills per queue: most that waits and when; what waits at the horizon;
#: the instant at which the last of what is late was gone; 1 where something was late, 1 where it still is
#: at the horizon; the longest time to catch up after an outage; the minute at which WRT ran out.
BACKLOG_ROWS = ("peak", "peak_at", "left", "gone", "late", "still_late", "catch_up", "wrt_at")
_CASE = 60_000


@part
def _room(q: Any, pieces: int) -> Any:
    """Arrays wide enough for a line: each hour and each piece may bend it twice."""
    size = 4 * (q.spans_end - q.spans) + 3 * pieces + 8
    return np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size, np.int64)


@part
def _bend(line: Any, n: int, minute: int, waits: int, slope: int) -> int:
    """Add a point; one on the same line is left out."""
    minutes, held, slopes = line
    if n > 0 and slopes[n - 1] == slope:
        return n
    minutes[n], held[n], slopes[n] = minute, waits, slope
    return n + 1


@part
def queue_line(
    q: Any, spans: Any, rates: Any, minutes: Any, levels: Any, low: int, high: int, horizon: int, line: Any
) -> int:
    """Write the line of a queue; return its points. ``rates`` = (arrivals, what waits at minute 0)."""
    arrivals, waits = rates
    minute, piece, span, n = 0, low, q.spans, 0
    while minute < horizon:
        while piece + 1 < high and minutes[piece + 1] <= minute:
            piece += 1
        while span < q.spans_end and spans[span].closes <= minute:
            span += 1
        end, slope = horizon, arrivals
        if span < q.spans_end and spans[span].opens <= minute:
            end = min(end, spans[span].closes)
            if piece + 1 < high:
                end = min(end, minutes[piece + 1])
            slope = arrivals - q.capacity * levels[piece] // FULL
        elif span < q.spans_end:
            end = min(end, spans[span].opens)
        if slope >= 0 or waits + slope * (end - minute) >= 0:
            n = _bend(line, n, minute, waits, slope)
            waits += slope * (end - minute)
        else:
            whole = waits // -slope
            if whole > 0:
                n = _bend(line, n, minute, waits, slope)
            waits += whole * slope
            if waits > 0:
                n = _bend(line, n, minute + whole, waits, -waits)
                whole += 1
            waits = 0
            if minute + whole < end:
                n = _bend(line, n, minute + whole, 0, 0)
        minute = end
    return n


@part
def _ordinary(q: Any, spans: Any, horizon: int) -> Any:
    """The line of a queue to which nothing happens, and its points."""
    line = _room(q, 1)
    one, full = np.zeros(1, np.int32), np.full(1, FULL, np.int16)
    n = queue_line(q, spans, (q.ordinary, q.waits_ordinarily), one, full, 0, 1, horizon, line)
    return line, n


@part
def waits_at(line: Any, n: int, minute: int) -> int:
    """What waits at the instant ``minute`` (0 or later)."""
    minutes, held, slopes = line
    low, high = 0, n - 1
    while low < high:
        middle = (low + high + 1) // 2
        if minutes[middle] <= minute:
            low = middle
        else:
            high = middle - 1
    return held[low] + slopes[low] * (minute - minutes[low])


@part
def late_spells(line: Any, n: int, rest: Any, m: int, horizon: int, spells: Any) -> int:
    """Write (first instant, first instant after) of each time in which more waits than ordinarily.

    The last one ends after the horizon where it does not end within it.
    """
    i = j = spell = 0
    minute, late = 0, False
    while minute <= horizon:
        while i + 1 < n and line[0][i + 1] <= minute:
            i += 1
        while j + 1 < m and rest[0][j + 1] <= minute:
            j += 1
        end = horizon + 1
        if i + 1 < n:
            end = min(end, line[0][i + 1])
        if j + 1 < m:
            end = min(end, rest[0][j + 1])
        more = line[1][i] + line[2][i] * (minute - line[0][i])
        more -= rest[1][j] + rest[2][j] * (minute - rest[0][j])
        slope = line[2][i] - rest[2][j]
        at = minute
        while at < end:
            now = more + slope * (at - minute) > 0
            if now != late:
                late = now
                if late:
                    spells[spell, 0], spells[spell, 1] = at, horizon + 1
                else:
                    spells[spell, 1] = at
                    spell += 1
            # the one minute of a straight piece in which it may turn
            if slope == 0 or (late == (slope > 0)):
                break
            if late:
                at = minute + (more - slope - 1) // -slope
            else:
                at = minute + (-more) // slope + 1
        minute = end
    return spell + 1 if late else spell


@part
def _spell_at(spells: Any, count: int, minute: int) -> int:
    """The spell that holds the instant ``minute``, or BLANK."""
    for spell in range(count):
        if spells[spell, 0] <= minute < spells[spell, 1]:
            return spell
    return BLANK


@part
def _is_full(pieces: Any, element: int, replication: int) -> bool:
    """Whether ``element`` is full throughout."""
    at = pieces[2][element, replication]
    return pieces[2][element, replication + 1] == at + 1 and pieces[1][at] == FULL


@kernel
def late_at(horizon: int, queues: Any, spans: Any, elements: Any, pieces: Any, asked: Any) -> Any:
    """Return [2, asked, replications]: what waits beyond the ordinary at an instant, and since when.

    ``asked`` [asked, 2]: queue and instant, sorted by queue; nothing waits before minute 0 or after the
    horizon.
    """
    minutes, levels, offsets = pieces
    replications = offsets.shape[1] - 1
    found = np.zeros((2, len(asked), replications), np.int64)
    first = 0
    while first < len(asked):
        number = asked[first, 0]
        last = first
        while last < len(asked) and asked[last, 0] == number:
            last += 1
        q, element = queues[number], elements[number]
        rest, m = _ordinary(q, spans, horizon)
        for replication in range(replications):
            low, high = offsets[element, replication], offsets[element, replication + 1]
            same = q.arrivals == q.ordinary and q.waits == q.waits_ordinarily
            if same and _is_full(pieces, element, replication):
                continue
            line = _room(q, high - low)
            n = queue_line(q, spans, (q.arrivals, q.waits), minutes, levels, low, high, horizon, line)
            spells = np.empty((n + m + 2, 2), np.int64)
            count = late_spells(line, n, rest, m, horizon, spells)
            for one in range(first, last):
                minute = asked[one, 1]
                spell = _spell_at(spells, count, minute) if 0 <= minute <= horizon else BLANK
                if spell != BLANK:
                    found[0, one, replication] = waits_at(line, n, minute) - waits_at(rest, m, minute)
                    found[1, one, replication] = spells[spell, 0]
        first = last
    return found


@kernel
def standing_at(horizon: int, queues: Any, spans: Any, elements: Any, pieces: Any, asked: Any) -> Any:
    """Return [2, queues]: what waits at an instant of a replication (``asked``), and ordinarily."""
    minute, replication = asked[1], asked[0]
    found = np.zeros((2, len(queues)), np.int64)
    for number in range(len(queues)):
        q, element = queues[number], elements[number]
        low, high = pieces[2][element, replication], pieces[2][element, replication + 1]
        line = _room(q, high - low)
        rates = (q.arrivals, q.waits)
        n = queue_line(q, spans, rates, pieces[0], pieces[1], low, high, horizon, line)
        rest, m = _ordinary(q, spans, horizon)
        found[0, number], found[1, number] = waits_at(line, n, minute), waits_at(rest, m, minute)
    return found


@part
def _catch_up(pieces: Any, row: Any, demand: Any, spells: Any, count: int, horizon: int, out: Any) -> None:
    """Fill the longest time from the end of an outage until caught up, and when WRT first ran out."""
    minutes, levels, _ = pieces
    low, high = row
    mbco, wrt = demand
    for piece in range(low + 1, high):
        if levels[piece - 1] >= mbco or levels[piece] < mbco:
            continue
        back = minutes[piece]
        spell = _spell_at(spells, count, back)
        gone = back if spell == BLANK else min(spells[spell, 1], horizon)
        out[6] = max(out[6], gone - back)
        if wrt >= 0 and gone - back > wrt and out[7] == NONE:
            out[7] = back + wrt


@kernel
def figures_of_queues(
    horizon: int, queues: Any, spans: Any, elements: Any, demands: Any, pieces: Any, grid: Any
) -> Any:
    """Return ([rows of ``BACKLOG_ROWS``, queues, replications], [queues, points of the grid, replications]).

    ``demands`` [queues, 2] = MBCO, WRT (-1: none). What waits is in whole cases.
    """
    minutes, levels, offsets = pieces
    replications = offsets.shape[1] - 1
    out = np.full((8, len(queues), replications), NONE, np.int64)
    waits = np.zeros((len(queues), len(grid), replications), np.int64)
    for number in range(len(queues)):
        q, element = queues[number], elements[number]
        rest, m = _ordinary(q, spans, horizon)
        most = (offsets[element, 1:] - offsets[element, :-1]).max()
        line = _room(q, most)
        spells = np.empty((len(line[0]) + m + 2, 2), np.int64)
        quiet = -1
        for replication in range(replications):
            full = _is_full(pieces, element, replication)
            if full and quiet >= 0:  # the same again
                out[:, number, replication] = out[:, number, quiet]
                waits[number, :, replication] = waits[number, :, quiet]
                continue
            quiet = replication if full else quiet
            low, high = offsets[element, replication], offsets[element, replication + 1]
            n = queue_line(q, spans, (q.arrivals, q.waits), minutes, levels, low, high, horizon, line)
            count = late_spells(line, n, rest, m, horizon, spells)
            one = out[:, number, replication]
            peak, when = 0, 0
            for point in range(n):
                if line[1][point] > peak:
                    peak, when = line[1][point], line[0][point]
            left = waits_at(line, n, horizon)
            if left > peak:
                peak, when = left, horizon
            one[0], one[1], one[2] = peak // _CASE, when, left // _CASE
            one[4], one[5] = count > 0, count > 0 and spells[count - 1, 1] > horizon
            if count > 0 and one[5] == 0:
                one[3] = spells[count - 1, 1]
            _catch_up(pieces, (low, high), demands[number], spells, count, horizon, one)
            point = 0
            for place in range(len(grid)):
                while point + 1 < n and line[0][point + 1] <= grid[place]:
                    point += 1
                held = line[1][point] + line[2][point] * (grid[place] - line[0][point])
                waits[number, place, replication] = held // _CASE
    return out, waits


@kernel
def ordinary_waits(horizon: int, queues: Any, spans: Any, grid: Any) -> Any:
    """Return [queues, points of the grid]: the cases that wait where nothing ever happens."""
    waits = np.zeros((len(queues), len(grid)), np.int64)
    for number in range(len(queues)):
        rest, m = _ordinary(queues[number], spans, horizon)
        for place in range(len(grid)):
            waits[number, place] = waits_at(rest, m, grid[place]) // _CASE
    return waits
