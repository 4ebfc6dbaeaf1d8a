"""Needs in one replication: primary supply, standby, buffer, restart lag.

The rules are defined minute by minute. Between two changes of what feeds a need, stocks and buffers
move in a straight line, so the same integers follow from a few divisions: a step goes from one change
to the next, and :func:`pass_time` moves what a step's minutes would have moved one by one.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from continuity.simulation.compiled import BLANK, FOREVER, FULL, IDLE, RULE_ALL, RULE_SHARE
from continuity.simulation.kernels import leaf
from continuity.simulation.kernels_pieces import emit


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
def least_of_all(need: Any, feeds: Any, minutes: Any, levels: Any, room: Any, row: Any) -> Any:
    """Write what is felt of an opened need of all its suppliers that has neither standby nor buffer."""
    horizon = room.shape[1] - 2
    n = minute = np.int64(0)
    while minute < horizon:
        level, change = FULL, horizon
        for place in range(need.first_feed, need.end_primary):
            move_feed(feeds[place], minute, minutes, levels)
            level = min(level, feeds[place].level)
            change = min(change, feeds[place].change)
        n = emit(room, row, n, minute, max(level, need.floor) if level < FULL else level)
        minute = change
    return n


@leaf
def need_pieces(need: Any, feeds: Any, standbys: Any, minutes: Any, levels: Any, room: Any, row: Any) -> Any:
    """Write what is felt of an opened need through its buffer, before its restart lag; return its pieces."""
    has_standby = need.first_standby < need.end_standby
    if need.rule == RULE_ALL and not has_standby and need.autonomy == 0:
        return least_of_all(need, feeds, minutes, levels, room, row)
    first, end, horizon = need.first_feed, end_feed(need), room.shape[1] - 2
    n = minute = np.int64(0)
    while minute < horizon:
        change = horizon
        for place in range(first, end):
            move_feed(feeds[place], minute, minutes, levels)
            change = min(change, feeds[place].change)
        if has_standby:
            level, soon = supply(need, feeds, standbys, minute, True)
        else:
            level, soon = primary(need, feeds)[0], FOREVER
        through, lasts = felt(need, level, change - minute)
        n = emit(room, row, n, minute, through)
        passed = min(change - minute, soon, lasts)
        if has_standby or need.autonomy > 0:
            pass_time(need, feeds, standbys, level, minute, passed)
        minute += passed
    return n


@leaf
def is_quiet(need: Any, feeds: Any, replication: Any, levels: Any, offsets: Any) -> Any:
    """Tell whether everything that feeds a sound need is full throughout, so that nothing is missing."""
    if need.sound == 0:
        return False
    for place in range(need.first_feed, need.end_primary):
        element = feeds[place].element
        at = offsets[element, replication]
        if offsets[element, replication + 1] - at != 1 or levels[at] != FULL:
            return False
    return True
