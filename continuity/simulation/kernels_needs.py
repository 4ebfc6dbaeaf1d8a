"""Needs in one replication: primary supply, standby, buffer, restart lag.

The rules are defined minute by minute. Between two changes of what feeds a need, stocks and buffers
move in a straight line, so the same integers follow from a few divisions: a step goes from one change
to the next, and :func:`pass_time` moves what a step's minutes would have moved one by one.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from continuity.simulation.compiled import (
    BLANK,
    FOREVER,
    FULL,
    IDLE,
    RULE_ALL,
    RULE_SHARE,
    Ints,
    Table,
    columns,
)
from continuity.simulation.kernels import part
from continuity.simulation.kernels_pieces import emit

#: The piece at which a feed stands, the end of its pieces, the minute of its next change, its level.
FEED_WORK = columns("at stop change level")
#: Buffer; what is supplied in this step; whether full suppliers make the need full.
NEED_WORK = columns("content supplied sound")
STANDBY_WORK = columns("stock before begun")
#: Per member of a cycle: pieces of its base, where it stands there; pieces of the outcome, of the stable
#: level, of the least inner felt level; these two in this step.
MEMBER_WORK = columns("base at pieces stable inner level next felt")


class Work(NamedTuple):
    """Room to work in for one thread; each row of ``room`` holds a value for every minute."""

    feeds: Table
    needs: Table
    standbys: Table
    members: Table  # of the largest cycle
    room: Ints


@part
def make_work(g: Any, size: Any) -> Any:
    """Return the room in which one thread works; ``size`` is that of the largest cycle."""
    w = Work(
        np.zeros(len(g.feeds), FEED_WORK),
        np.zeros(len(g.needs), NEED_WORK),
        np.zeros(len(g.standbys), STANDBY_WORK),
        np.zeros(size, MEMBER_WORK),
        np.empty((8 + 8 * size, g.horizon + 2), np.int64),
    )
    for feed in range(len(g.feeds)):
        w.feeds[feed].level = FULL
    for need in range(len(g.needs)):
        w.needs[need].sound = primary(g, w, need)[0] == FULL
    return w


@part
def open_feed(g: Any, w: Any, feed: Any, replication: Any, lines: Any) -> Any:
    """Put a feed on the first piece of its element's timeline."""
    element, stand = g.feeds[feed].element, w.feeds[feed]
    if element == BLANK:
        stand.change, stand.level = FOREVER, FULL
        return
    at, stop = lines.offsets[element, replication], lines.offsets[element, replication + 1]
    stand.at, stand.stop, stand.level = at, stop, lines.levels[at]
    stand.change = lines.minutes[at + 1] if at + 1 < stop else FOREVER


@part
def move_feed(w: Any, feed: Any, minute: Any, lines: Any) -> Any:
    """Move a feed to the piece that holds in ``minute``."""
    stand = w.feeds[feed]
    while stand.change <= minute:
        stand.at += 1
        stand.level = lines.levels[stand.at]
        stand.change = lines.minutes[stand.at + 1] if stand.at + 1 < stand.stop else FOREVER


@part
def start_need(g: Any, s: Any, w: Any, need: Any) -> Any:
    """Set the buffer and standbys of a need to the state at minute 0."""
    w.needs[need].content = s.needs[need].content
    for standby in range(g.needs[need].first_standby, g.needs[need].end_standby):
        w.standbys[standby].stock = s.standbys[standby].stock
        w.standbys[standby].begun = s.standbys[standby].begun


@part
def kth_highest(w: Any, first: Any, end: Any, k: Any) -> Any:
    """Return the k-th highest level of the feeds ``first`` … ``end - 1``."""
    best = 0
    for feed in range(first, end):
        level = w.feeds[feed].level
        if level > best:
            above = 0
            for other in range(first, end):
                above += w.feeds[other].level >= level
            if above >= k:
                best = level
    return best


@part
def primary(g: Any, w: Any, need: Any) -> Any:
    """Return (level, units) of the ordinary supply; units (thousandths) only where the rule is a share."""
    rule = g.needs[need]
    if rule.rule == RULE_SHARE:
        units = 0
        for feed in range(rule.first_feed, rule.end_primary):
            given = g.feeds[feed].capacity * w.feeds[feed].level - g.feeds[feed].before
            units += min(max(given, 0), g.feeds[feed].claim)
        return min(FULL, units // rule.required), units
    if rule.rule == RULE_ALL:
        level = FULL
        for feed in range(rule.first_feed, rule.end_primary):
            level = min(level, w.feeds[feed].level)
        return level, 0
    return kth_highest(w, rule.first_feed, rule.end_primary, rule.k), 0


@part
def gain(w: Any, standby: Any) -> Any:
    """Return what the stock of a standby wins per minute."""
    if standby.refill == BLANK:
        return 0
    return standby.refill * w.feeds[standby.feed + 1].level // FULL


@part
def supply(g: Any, w: Any, need: Any, minute: Any, settle: Any) -> Any:
    """Return (level supplied in ``minute``, minutes after which a standby changes it by itself).

    ``settle`` notes activations that begin or end; without it nothing is changed.
    """
    level, units = primary(g, w, need)
    soon = FOREVER
    for place in range(g.needs[need].first_standby, g.needs[need].end_standby):
        standby, now = g.standbys[place], w.standbys[place]
        begun = now.begun
        if level < g.needs[need].threshold:
            begun = minute if begun == IDLE else begun
        else:
            if settle and begun != IDLE and standby.refill == BLANK:
                now.stock = FULL * max(standby.endurance, 0)
            begun = IDLE
        if settle:
            now.begun = begun
        if begun == IDLE:
            continue
        if minute < begun + standby.delay:
            soon = min(soon, begun + standby.delay - minute)
            continue
        given = w.feeds[standby.feed].level
        if standby.endurance != BLANK:
            spent = FULL - gain(w, standby)
            if now.stock < spent:
                given = min(given, FULL - spent)
            elif spent > 0:
                soon = min(soon, now.stock // spent)
        if g.needs[need].rule == RULE_SHARE:
            units += standby.capacity * given
            level = min(FULL, units // g.needs[need].required)
        else:
            level = max(level, min(standby.capacity, given))
    return level, soon


@part
def felt(g: Any, w: Any, need: Any, level: Any) -> Any:
    """Return (level felt through the buffer, minutes for which the buffer bridges what is missing)."""
    missing = FULL - level
    if missing == 0:
        return FULL, FOREVER
    if w.needs[need].content >= missing:
        return FULL, w.needs[need].content // missing
    return max(level, g.needs[need].floor), FOREVER


@part
def spend(stock: Any, spent: Any, full: Any, passed: Any) -> Any:
    """Return a stock after ``passed`` minutes that each take ``spent``, or win it where it is negative.

    A minute that would take more than is left empties it.
    """
    if spent <= 0:
        return min(full, stock - passed * spent)
    return stock - passed * spent if stock // spent >= passed else 0


@part
def pass_time(g: Any, w: Any, need: Any, level: Any, minute: Any, passed: Any) -> Any:
    """Move buffer and stocks by ``passed`` minutes from ``minute`` on, ``level`` being supplied."""
    rule, now = g.needs[need], w.needs[need]
    full = FULL * rule.autonomy
    if level < FULL:
        now.content = spend(now.content, FULL - level, full, passed)
    else:
        now.content = full if rule.refill == BLANK else spend(now.content, -rule.refill, full, passed)
    for place in range(rule.first_standby, rule.end_standby):
        standby, stand = g.standbys[place], w.standbys[place]
        if standby.endurance != BLANK:
            counts = stand.begun != IDLE and minute >= stand.begun + standby.delay
            spent = (FULL if counts else 0) - gain(w, standby)
            stand.stock = spend(stand.stock, spent, FULL * standby.endurance, passed)


@part
def end_feed(g: Any, need: Any) -> Any:
    """Return one past the last feed of a need, its standbys' included."""
    return g.needs[need].end_primary + 2 * (g.needs[need].end_standby - g.needs[need].first_standby)


@part
def need_pieces(g: Any, s: Any, w: Any, need: Any, replication: Any, lines: Any, row: Any) -> Any:
    """Write what is felt of a need through its buffer, before its restart lag; return its pieces."""
    first, end = g.needs[need].first_feed, end_feed(g, need)
    for feed in range(first, end):
        open_feed(g, w, feed, replication, lines)
    start_need(g, s, w, need)
    n = minute = np.int64(0)
    while minute < g.horizon:
        change = g.horizon
        for feed in range(first, end):
            move_feed(w, feed, minute, lines)
            change = min(change, w.feeds[feed].change)
        level, soon = supply(g, w, need, minute, True)
        through, lasts = felt(g, w, need, level)
        n = emit(w.room, row, n, minute, through)
        passed = min(change - minute, soon, lasts)
        pass_time(g, w, need, level, minute, passed)
        minute += passed
    return n


@part
def is_quiet(g: Any, w: Any, need: Any, replication: Any, lines: Any) -> Any:
    """Tell whether everything that feeds a sound need is full throughout, so that nothing is missing."""
    if w.needs[need].sound == 0:
        return False
    for feed in range(g.needs[need].first_feed, g.needs[need].end_primary):
        element = g.feeds[feed].element
        at = lines.offsets[element, replication]
        if lines.offsets[element, replication + 1] - at != 1 or lines.levels[at] != FULL:
            return False
    return True
