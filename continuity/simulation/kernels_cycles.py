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
from continuity.simulation.kernels import leaf
from continuity.simulation.kernels_needs import (
    end_feed,
    felt,
    move_feed,
    open_feed,
    pass_time,
    primary,
    start_need,
    supply,
)
from continuity.simulation.kernels_pieces import emit, lagged, least
from continuity.simulation.workspace import ROWS

# Rows of the room. From ``member_row`` on, each member has four timelines: its base (own level and what
# it feels from outside), the outcome, the stable level, the least inner felt level.
FREE, QUEUE = np.int64(0), np.int64(2)
BASE, OUTCOME, STABLE, INNER = np.arange(0, ROWS, 2)


@leaf
def member_row(cycle: Any, element: Any) -> Any:
    """Return the first row of a member."""
    return ROWS * (1 + element - cycle.start)


@leaf
def show_members(cycle: Any, need: Any, feeds: Any, members: Any) -> Any:
    """Let the feeds of an inner need show the members' levels."""
    for place in range(need.first_feed, need.end_primary):
        element = feeds[place].element
        if cycle.start <= element < cycle.end:
            feeds[place].level = members[element].level


@leaf
def fall_together(
    cycle: Any, inner: Any, needs: Any, feeds: Any, standbys: Any, members: Any, room: Any, minute: Any
) -> Any:
    """Find the stable levels of one minute."""
    for element in range(cycle.start, cycle.end):
        members[element].level = FULL
    changed = True
    while changed:
        for element in range(cycle.start, cycle.end):
            members[element].next = room[member_row(cycle, element) + BASE + 1, members[element].at]
        for place in range(cycle.first_need, cycle.end_need):
            need = needs[inner[place]]
            show_members(cycle, need, feeds, members)
            if need.first_standby < need.end_standby:
                level, _ = supply(need, feeds, standbys, minute, False)
            else:
                level, _ = primary(need, feeds)
            through, _ = felt(need, level, np.int64(1))
            members[need.element].next = min(members[need.element].next, through)
        changed = False
        for element in range(cycle.start, cycle.end):
            if members[element].next < members[element].level:
                members[element].level = members[element].next
                changed = True


@leaf
def settle_needs(
    cycle: Any, inner: Any, needs: Any, feeds: Any, standbys: Any, members: Any, minute: Any, ahead: Any
) -> Any:
    """Note what the stable levels supply; return the minutes after which a need changes by itself."""
    soon = FOREVER
    for element in range(cycle.start, cycle.end):
        members[element].felt = FULL
    for place in range(cycle.first_need, cycle.end_need):
        need = needs[inner[place]]
        show_members(cycle, need, feeds, members)
        level, wait = primary(need, feeds)[0], FOREVER
        if need.first_standby < need.end_standby:
            level, wait = supply(need, feeds, standbys, minute, True)
        through, lasts = felt(need, level, ahead)
        members[need.element].felt = min(members[need.element].felt, through)
        need.supplied = level
        soon = min(soon, wait, lasts)
    return soon


@leaf
def pass_needs(
    cycle: Any, inner: Any, needs: Any, feeds: Any, standbys: Any, minute: Any, passed: Any
) -> Any:
    """Move all inner needs by ``passed`` minutes; tell whether any stock or buffer has moved."""
    moved = False
    for place in range(cycle.first_need, cycle.end_need):
        need = needs[inner[place]]
        content = need.content
        for one in range(need.first_standby, need.end_standby):
            standbys[one].before = standbys[one].stock
        pass_time(need, feeds, standbys, need.supplied, minute, passed)
        moved |= content != need.content
        for one in range(need.first_standby, need.end_standby):
            moved |= standbys[one].before != standbys[one].stock
    return moved


@leaf
def next_base(cycle: Any, members: Any, room: Any, minute: Any, horizon: Any) -> Any:
    """Move the members' bases to ``minute``; return the minute of their next change."""
    change = horizon
    for element in range(cycle.start, cycle.end):
        member, row = members[element], member_row(cycle, element) + BASE
        while member.at + 1 < member.based and room[row, member.at + 1] <= minute:
            member.at += 1
        if member.at + 1 < member.based:
            change = min(change, room[row, member.at + 1])
    return change


@leaf
def next_feed(cycle: Any, inner: Any, needs: Any, feeds: Any, minute: Any, minutes: Any, levels: Any) -> Any:
    """Move what feeds the inner needs to ``minute``; return the minute of its next change."""
    change = FOREVER
    for place in range(cycle.first_need, cycle.end_need):
        need = needs[inner[place]]
        for feed in range(need.first_feed, end_feed(need)):
            move_feed(feeds[feed], minute, minutes, levels)
            change = min(change, feeds[feed].change)
    return change


@leaf
def open_cycle(cycle: Any, work: Any, r: Any, minutes: Any, levels: Any, offsets: Any) -> Any:
    """Put all on the first minute; members are fed from within."""
    needs, feeds, standbys, members = work.needs, work.feeds, work.standbys, work.members
    inner = work.cycle_needs
    for element in range(cycle.start, cycle.end):
        member = members[element]
        member.at, member.stable, member.inner = 0, 0, 0
    for place in range(cycle.first_need, cycle.end_need):
        need = needs[inner[place]]
        start_need(need, standbys)
        for feed in range(need.first_feed, end_feed(need)):
            if cycle.start <= feeds[feed].element < cycle.end:
                feeds[feed].change = FOREVER
            else:
                open_feed(feeds[feed], r, minutes, levels, offsets)


@leaf
def stable_pieces(cycle: Any, work: Any, room: Any, r: Any, minutes: Any, levels: Any, offsets: Any) -> Any:
    """Write the members' stable and inner felt levels of one replication."""
    open_cycle(cycle, work, r, minutes, levels, offsets)
    needs, feeds, standbys, members = work.needs, work.feeds, work.standbys, work.members
    inner, horizon = work.cycle_needs, work.horizon
    minute = np.int64(0)
    while minute < horizon:
        change = next_base(cycle, members, room, minute, horizon)
        change = min(change, next_feed(cycle, inner, needs, feeds, minute, minutes, levels))
        fall_together(cycle, inner, needs, feeds, standbys, members, room, minute)
        ahead = change - minute
        soon = min(ahead, settle_needs(cycle, inner, needs, feeds, standbys, members, minute, ahead))
        for element in range(cycle.start, cycle.end):
            member, row = members[element], member_row(cycle, element)
            member.stable = emit(room, row + STABLE, member.stable, minute, member.level)
            member.inner = emit(room, row + INNER, member.inner, minute, member.felt)
        if cycle.steady:
            pass_needs(cycle, inner, needs, feeds, standbys, minute, soon)
        elif pass_needs(cycle, inner, needs, feeds, standbys, minute, np.int64(1)):
            # A standby with a threshold can make levels depend on how far buffers have come: look again.
            soon = np.int64(1)
        minute += soon


@leaf
def outcome(cycle: Any, element: Any, members: Any, steps: Any, room: Any, horizon: Any) -> Any:
    """Write a member's level, black start included, to its row ``OUTCOME``; return its pieces."""
    member, row = members[element], member_row(cycle, element)
    n = lagged(room, row + INNER, member.inner, cycle.delay, steps, member, FREE, QUEUE, horizon)
    stable, black = row + STABLE, FREE
    return least(
        room[stable],
        room[stable + 1],
        0,
        member.stable,
        room[black],
        room[black + 1],
        0,
        n,
        room,
        row + OUTCOME,
    )
