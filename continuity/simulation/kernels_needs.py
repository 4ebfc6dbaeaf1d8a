"""Needs in one replication: primary supply, standby, buffer, step by step.

The rules are defined minute by minute. Between two changes of what feeds a need, stocks and buffers
move in a straight line, so the same integers follow from a few divisions: a step goes from one change
to the next, and :func:`pass_time` moves what a step's minutes would have moved one by one.
"""

from __future__ import annotations

from typing import Any

from continuity.simulation.compiled import BLANK, FOREVER, FULL, IDLE, RULE_ALL, RULE_SHARE
from continuity.simulation.kernels import leaf


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
