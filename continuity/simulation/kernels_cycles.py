"""Cycles in one replication: members fall together until stable, and black-start after a loss.

In each minute every member begins at 1000; in rounds each is set to the least of its own level and of
what it feels of its needs under the levels of the round before, never rising, until none changes.
Between two changes from outside, a level found so stays until a buffer that bridges runs dry or a
standby changes: what buffers win meanwhile cannot raise it, since they are full-fed.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from continuity.simulation.compiled import FOREVER, FULL
from continuity.simulation.kernels import part
from continuity.simulation.kernels_needs import (
    end_feed,
    felt,
    move_feed,
    open_feed,
    pass_time,
    start_need,
    supply,
)
from continuity.simulation.kernels_pieces import emit, lagged, least

# Rows of the room. From ``member_row`` on, each member has four timelines: its base (own level and what
# it feels from outside), the outcome, the stable level, the least inner felt level.
FREE, QUEUE = np.int64(0), np.int64(2)
BASE, OUTCOME, STABLE, INNER = np.arange(0, 8, 2)


@part
def member_row(member: Any) -> Any:
    """Return the first row of a member."""
    return 8 + 8 * member


@part
def show_members(g: Any, w: Any, cycle: Any, need: Any) -> Any:
    """Let the feeds of an inner need show the members' levels."""
    start, end = g.cycles[cycle].start, g.cycles[cycle].end
    for feed in range(g.needs[need].first_feed, g.needs[need].end_primary):
        if start <= g.feeds[feed].element < end:
            w.feeds[feed].level = w.members[g.feeds[feed].element - start].level


@part
def fall_together(g: Any, w: Any, cycle: Any, minute: Any) -> Any:
    """Find the stable levels of one minute."""
    start, size = g.cycles[cycle].start, g.cycles[cycle].end - g.cycles[cycle].start
    for member in range(size):
        w.members[member].level = FULL
    changed = True
    while changed:
        for member in range(size):
            w.members[member].next = w.room[member_row(member) + BASE + 1, w.members[member].at]
        for place in range(g.cycles[cycle].first_need, g.cycles[cycle].end_need):
            need = g.cycle_needs[place]
            show_members(g, w, cycle, need)
            level, _ = supply(g, w, need, minute, False)
            through, _ = felt(g, w, need, level)
            member = g.needs[need].element - start
            w.members[member].next = min(w.members[member].next, through)
        changed = False
        for member in range(size):
            if w.members[member].next < w.members[member].level:
                w.members[member].level = w.members[member].next
                changed = True


@part
def settle_needs(g: Any, w: Any, cycle: Any, minute: Any) -> Any:
    """Note what the stable levels supply; return the minutes after which a need changes by itself."""
    start, size, soon = g.cycles[cycle].start, g.cycles[cycle].end - g.cycles[cycle].start, FOREVER
    for member in range(size):
        w.members[member].felt = FULL
    for place in range(g.cycles[cycle].first_need, g.cycles[cycle].end_need):
        need = g.cycle_needs[place]
        show_members(g, w, cycle, need)
        level, wait = supply(g, w, need, minute, True)
        through, lasts = felt(g, w, need, level)
        member = g.needs[need].element - start
        w.members[member].felt = min(w.members[member].felt, through)
        w.needs[need].supplied = level
        soon = min(soon, wait, lasts)
    return soon


@part
def pass_needs(g: Any, w: Any, cycle: Any, minute: Any, passed: Any) -> Any:
    """Move all inner needs by ``passed`` minutes; tell whether any stock or buffer has moved."""
    moved = False
    for place in range(g.cycles[cycle].first_need, g.cycles[cycle].end_need):
        need = g.cycle_needs[place]
        content = w.needs[need].content
        first, end = g.needs[need].first_standby, g.needs[need].end_standby
        for standby in range(first, end):
            w.standbys[standby].before = w.standbys[standby].stock
        pass_time(g, w, need, w.needs[need].supplied, minute, passed)
        moved |= content != w.needs[need].content
        for standby in range(first, end):
            moved |= w.standbys[standby].before != w.standbys[standby].stock
    return moved


@part
def next_change(g: Any, w: Any, cycle: Any, minute: Any, lines: Any) -> Any:
    """Move all that feeds the cycle from outside to ``minute``; return the minute of its next change."""
    change = g.horizon
    for place in range(g.cycles[cycle].end - g.cycles[cycle].start):
        member, row = w.members[place], member_row(place) + BASE
        while member.at + 1 < member.base and w.room[row, member.at + 1] <= minute:
            member.at += 1
        if member.at + 1 < member.base:
            change = min(change, w.room[row, member.at + 1])
    for place in range(g.cycles[cycle].first_need, g.cycles[cycle].end_need):
        need = g.cycle_needs[place]
        for feed in range(g.needs[need].first_feed, end_feed(g, need)):
            move_feed(w, feed, minute, lines)
            change = min(change, w.feeds[feed].change)
    return change


@part
def open_cycle(g: Any, s: Any, w: Any, cycle: Any, r: Any, lines: Any) -> Any:
    """Put all on the first minute; members are fed from within."""
    for place in range(g.cycles[cycle].end - g.cycles[cycle].start):
        member = w.members[place]
        member.at, member.stable, member.inner = 0, 0, 0
    for place in range(g.cycles[cycle].first_need, g.cycles[cycle].end_need):
        need = g.cycle_needs[place]
        start_need(g, s, w, need)
        for feed in range(g.needs[need].first_feed, end_feed(g, need)):
            if g.cycles[cycle].start <= g.feeds[feed].element < g.cycles[cycle].end:
                w.feeds[feed].change = FOREVER
            else:
                open_feed(g, w, feed, r, lines)


@part
def stable_pieces(g: Any, s: Any, w: Any, cycle: Any, r: Any, lines: Any) -> Any:
    """Write the members' stable and inner felt levels of one replication."""
    open_cycle(g, s, w, cycle, r, lines)
    minute = np.int64(0)
    while minute < g.horizon:
        change = next_change(g, w, cycle, minute, lines)
        fall_together(g, w, cycle, minute)
        soon = min(settle_needs(g, w, cycle, minute), change - minute)
        for place in range(g.cycles[cycle].end - g.cycles[cycle].start):
            member, row = w.members[place], member_row(place)
            member.stable = emit(w.room, row + STABLE, member.stable, minute, member.level)
            member.inner = emit(w.room, row + INNER, member.inner, minute, member.felt)
        if g.cycles[cycle].steady:
            pass_needs(g, w, cycle, minute, soon)
        elif pass_needs(g, w, cycle, minute, np.int64(1)):
            # A standby with a threshold can make levels depend on how far buffers have come: look again.
            soon = np.int64(1)
        minute += soon


@part
def fill_cycle(g: Any, s: Any, w: Any, cycle: Any, r: Any, lines: Any) -> Any:
    """Write the members' levels of one replication to their rows ``OUTCOME``."""
    stable_pieces(g, s, w, cycle, r, lines)
    for place in range(g.cycles[cycle].end - g.cycles[cycle].start):
        member, row, before = w.members[place], member_row(place), s.elements[g.cycles[cycle].start + place]
        n = lagged(
            w.room, row + INNER, member.inner, g.cycles[cycle].delay, s.steps, before, g.horizon, FREE, QUEUE
        )
        member.pieces = least(w.room, row + STABLE, member.stable, FREE, n, row + OUTCOME)
