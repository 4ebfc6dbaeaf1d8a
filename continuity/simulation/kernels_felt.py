"""What is felt of a need over a timeline: its suppliers merged, then through its buffer."""

from __future__ import annotations

from typing import Any

import numpy as np

from continuity.simulation.compiled import BLANK, FULL, RULE_ALL, RULE_K_OF_N
from continuity.simulation.kernels import leaf
from continuity.simulation.kernels_needs import (
    end_feed,
    felt,
    move_feed,
    open_need,
    pass_time,
    primary,
    start_need,
    supply,
)
from continuity.simulation.kernels_pieces import emit, least, load, most


@leaf
def is_whole(element: Any, r: Any, levels: Any, offsets: Any) -> Any:
    """Tell whether an element is full throughout a replication."""
    at = offsets[element, r]
    return offsets[element, r + 1] - at == 1 and levels[at] == FULL


@leaf
def is_quiet(need: Any, feeds: Any, r: Any, levels: Any, offsets: Any) -> Any:
    """Tell whether enough of what feeds a sound need is full throughout, so that nothing is missing."""
    if need.sound == 0:
        return False
    spared = need.end_primary - need.first_feed - need.k if need.rule == RULE_K_OF_N else 0
    for place in range(need.first_feed, need.end_primary):
        if not is_whole(feeds[place].element, r, levels, offsets):
            spared -= 1
            if spared < 0:
                return False
    return True


@leaf
def least_pieces(
    need: Any, feeds: Any, r: Any, minutes: Any, levels: Any, offsets: Any, room: Any, row: Any, spare: Any
) -> Any:
    """Write the least of all suppliers to one of two rows; return (that row, the other, pieces)."""
    n = emit(room, row, np.int64(0), np.int64(0), FULL)
    for place in range(need.first_feed, need.end_primary):
        element = feeds[place].element
        low, high = offsets[element, r], offsets[element, r + 1]
        if n == 1 and room[row + 1, 0] == FULL:
            n = load(room, row, minutes, levels, low, high)
        elif not is_whole(element, r, levels, offsets):
            n = least(room[row], room[row + 1], 0, n, minutes, levels, low, high, room, spare)
            row, spare = spare, row
    return row, spare, n


@leaf
def most_pieces(
    need: Any, feeds: Any, r: Any, minutes: Any, levels: Any, offsets: Any, room: Any, row: Any, spare: Any
) -> Any:
    """Write the highest of all suppliers to one of two rows; return (that row, the other, pieces)."""
    n = np.int64(0)
    for place in range(need.first_feed, need.end_primary):
        low, high = offsets[feeds[place].element, r], offsets[feeds[place].element, r + 1]
        if n == 0:
            n = load(room, row, minutes, levels, low, high)
        else:
            n = most(room[row], room[row + 1], 0, n, minutes, levels, low, high, room, spare)
            row, spare = spare, row
    return row, spare, n


@leaf
def primary_pieces(
    need: Any, feeds: Any, minutes: Any, levels: Any, room: Any, row: Any, horizon: Any
) -> Any:
    """Write what the ordinary suppliers of an opened need give, change by change; return its pieces."""
    n = minute = np.int64(0)
    while minute < horizon:
        change = horizon
        for place in range(need.first_feed, need.end_primary):
            move_feed(feeds[place], minute, minutes, levels)
            change = min(change, feeds[place].change)
        n = emit(room, row, n, minute, primary(need, feeds)[0])
        minute = change
    return n


@leaf
def buffered(need: Any, room: Any, row: Any, n: Any, out: Any, horizon: Any) -> Any:
    """Write what is felt through the buffer of what is supplied, to the floor; return its pieces."""
    content, full, minute = need.content, FULL * need.autonomy, np.int64(0)
    m = np.int64(0)
    for i in range(n):
        level, end = room[row + 1, i], room[row, i + 1] if i + 1 < n else horizon
        missing, passed = FULL - level, end - minute
        if missing == 0:
            content = full if need.refill == BLANK else min(full, content + need.refill * passed)
            m = emit(room, out, m, minute, FULL)
        elif content >= missing * passed:
            content -= missing * passed
            m = emit(room, out, m, minute, FULL)
        else:
            lasts = content // missing if content >= missing else 0
            if lasts > 0:
                m = emit(room, out, m, minute, FULL)
            m = emit(room, out, m, minute + lasts, max(level, need.floor))
            content = 0
        minute = end
    need.content = content
    return m


@leaf
def standby_pieces(
    need: Any, feeds: Any, standbys: Any, minutes: Any, levels: Any, room: Any, row: Any, horizon: Any
) -> Any:
    """Write what is felt of an opened need with standbys through its buffer; return its pieces."""
    first, end = need.first_feed, end_feed(need)
    n = minute = np.int64(0)
    while minute < horizon:
        change = horizon
        for place in range(first, end):
            move_feed(feeds[place], minute, minutes, levels)
            change = min(change, feeds[place].change)
        level, soon = supply(need, feeds, standbys, minute, True)
        through, lasts = felt(need, level, change - minute)
        n = emit(room, row, n, minute, through)
        passed = min(change - minute, soon, lasts)
        pass_time(need, feeds, standbys, level, minute, passed)
        minute += passed
    return n


@leaf
def need_pieces(
    need: Any, feeds: Any, standbys: Any, r: Any,
    minutes: Any, levels: Any, offsets: Any,
    room: Any, row: Any, spare: Any, horizon: Any,
) -> Any:  # fmt: skip
    """Write what is felt of a need through its buffer, before its restart lag, to one of two rows.

    Returns (that row, the other, pieces); buffer, stocks and activations stand as at the horizon.
    """
    if need.first_standby < need.end_standby:
        open_need(need, feeds, standbys, r, minutes, levels, offsets)
        return row, spare, standby_pieces(need, feeds, standbys, minutes, levels, room, row, horizon)
    if need.rule == RULE_ALL:
        row, spare, n = least_pieces(need, feeds, r, minutes, levels, offsets, room, row, spare)
    elif need.rule == RULE_K_OF_N and need.k == 1:
        row, spare, n = most_pieces(need, feeds, r, minutes, levels, offsets, room, row, spare)
    else:
        open_need(need, feeds, standbys, r, minutes, levels, offsets)
        n = primary_pieces(need, feeds, minutes, levels, room, row, horizon)
    start_need(need, standbys)
    if need.autonomy > 0 or need.floor > 0:
        n = buffered(need, room, row, n, spare, horizon)
        row, spare = spare, row
    return row, spare, n
