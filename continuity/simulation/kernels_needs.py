"""Needs in one replication: primary supply, standby, buffer, restart lag.

The rules are defined minute by minute. Between two changes of what feeds a need, stocks and buffers
move in a straight line, so the same integers follow from a few divisions: a step goes from one change
to the next, and :func:`pass_time` moves what a step's minutes would have moved one by one.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from continuity.simulation.compiled import BLANK, FOREVER, FULL, IDLE, RULE_ALL, RULE_K_OF_N, RULE_SHARE
from continuity.simulation.kernels import leaf
from continuity.simulation.kernels_pieces import emit, least, load, most


@leaf
def open_feed(feed: Any, replication: Any, minutes: Any, levels: Any, offsets: Any) -> Any:
    """Put a feed on the first piece of its element's timeline."""
    if feed.element == BLANK:
        feed.change, feed.level = FOREVER, FULL
        return
    feed.at, feed.stop = offsets[feed.element, replication], offsets[feed.element, replication + 1]
    feed.level = levels[feed.at]
    feed.change = minutes[feed.at + 1] if feed.at + 1 < feed.stop else FOREVER


@leaf
def move_feed(feed: Any, minute: Any, minutes: Any, levels: Any) -> Any:
    """Move a feed to the piece that holds in ``minute``."""
    while feed.change <= minute:
        feed.at += 1
        feed.level = levels[feed.at]
        feed.change = minutes[feed.at + 1] if feed.at + 1 < feed.stop else FOREVER


@leaf
def start_need(need: Any, standbys: Any) -> Any:
    """Set the buffer and standbys of a need to the state at minute 0."""
    need.content = need.full_at_start
    for place in range(need.first_standby, need.end_standby):
        standbys[place].stock = standbys[place].stock_at_start
        standbys[place].begun = standbys[place].begun_at_start


@leaf
def kth_highest(feeds: Any, first: Any, end: Any, k: Any) -> Any:
    """Return the k-th highest level of the feeds ``first`` … ``end - 1``."""
    best = 0
    for one in range(first, end):
        level = feeds[one].level
        if level > best:
            above = 0
            for other in range(first, end):
                above += feeds[other].level >= level
            if above >= k:
                best = level
    return best


@leaf
def units_of(need: Any, feeds: Any) -> Any:
    """Return what the ordinary suppliers of a share give, in thousandths of its unit."""
    units = 0
    for place in range(need.first_feed, need.end_primary):
        given = feeds[place].capacity * feeds[place].level - feeds[place].before
        units += min(max(given, 0), feeds[place].claim)
    return units


@leaf
def primary(need: Any, feeds: Any) -> Any:
    """Return (level, units) of the ordinary supply; units (thousandths) only where the rule is a share."""
    if need.rule == RULE_ALL:
        level = FULL
        for place in range(need.first_feed, need.end_primary):
            level = min(level, feeds[place].level)
        return level, 0
    if need.rule == RULE_SHARE:
        units = units_of(need, feeds)
        return units // need.required if units < FULL * need.required else FULL, units
    return kth_highest(feeds, need.first_feed, need.end_primary, need.k), 0


@leaf
def gain(standby: Any, feeds: Any) -> Any:
    """Return what the stock of a standby wins per minute."""
    if standby.refill == BLANK:
        return 0
    return standby.refill * feeds[standby.feed + 1].level // FULL


@leaf
def supply(need: Any, feeds: Any, standbys: Any, minute: Any, settle: Any) -> Any:
    """Return (level supplied in ``minute``, minutes after which a standby changes it by itself).

    ``settle`` notes activations that begin or end; without it nothing is changed.
    """
    level, units = primary(need, feeds)
    soon = FOREVER
    for place in range(need.first_standby, need.end_standby):
        standby = standbys[place]
        begun = standby.begun
        if level < need.threshold:
            begun = minute if begun == IDLE else begun
        else:
            if settle and begun != IDLE and standby.refill == BLANK:
                standby.stock = FULL * max(standby.endurance, 0)
            begun = IDLE
        if settle:
            standby.begun = begun
        if begun == IDLE:
            continue
        if minute < begun + standby.delay:
            soon = min(soon, begun + standby.delay - minute)
            continue
        given = feeds[standby.feed].level
        if standby.endurance != BLANK:
            spent = FULL - gain(standby, feeds)
            if standby.stock < spent:
                given = min(given, FULL - spent)
            elif spent > 0:
                soon = min(soon, standby.stock // spent)
        if need.rule == RULE_SHARE:
            units += standby.capacity * given
            level = min(FULL, units // need.required)
        else:
            level = max(level, min(standby.capacity, given))
    return level, soon


@leaf
def felt(need: Any, level: Any, ahead: Any) -> Any:
    """Return (level felt through the buffer, minutes for which it bridges what is missing).

    Only the next ``ahead`` minutes count: a buffer that lasts longer lasts for ever.
    """
    missing = FULL - level
    if missing == 0:
        return FULL, FOREVER
    if need.content >= missing:
        return FULL, need.content // missing if need.content < missing * ahead else FOREVER
    return max(level, need.floor), FOREVER


@leaf
def spend(stock: Any, spent: Any, full: Any, passed: Any) -> Any:
    """Return a stock after ``passed`` minutes that each take ``spent``, or win it where it is negative.

    A minute that would take more than is left empties it.
    """
    return min(full, max(0, stock - passed * spent))


@leaf
def pass_time(need: Any, feeds: Any, standbys: Any, level: Any, minute: Any, passed: Any) -> Any:
    """Move buffer and stocks by ``passed`` minutes from ``minute`` on, ``level`` being supplied."""
    if need.autonomy > 0:
        full = FULL * need.autonomy
        if level < FULL:
            need.content = spend(need.content, FULL - level, full, passed)
        else:
            need.content = full if need.refill == BLANK else spend(need.content, -need.refill, full, passed)
    for place in range(need.first_standby, need.end_standby):
        standby = standbys[place]
        if standby.endurance != BLANK:
            counts = standby.begun != IDLE and minute >= standby.begun + standby.delay
            spent = (FULL if counts else 0) - gain(standby, feeds)
            standby.stock = spend(standby.stock, spent, FULL * standby.endurance, passed)


@leaf
def end_feed(need: Any) -> Any:
    """Return one past the last feed of a need, its standbys' included."""
    return need.end_primary + 2 * (need.end_standby - need.first_standby)


@leaf
def open_need(need: Any, feeds: Any, standbys: Any, r: Any, minutes: Any, levels: Any, offsets: Any) -> Any:
    """Put all that feeds a need, and its own stocks, on minute 0."""
    for place in range(need.first_feed, end_feed(need)):
        open_feed(feeds[place], r, minutes, levels, offsets)
    start_need(need, standbys)


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
