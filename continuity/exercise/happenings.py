"""What happens in a course, as facts with lasting names: the material of injects and of the status board.

A happening's ``key`` names it by what it is, not by when: after a decision has changed the course the same
happening may come earlier, later or not at all, and is known again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import numpy as np

from continuity.model.kinds import Function
from continuity.simulation.cause_kernels import trace
from continuity.simulation.compiled import BLANK, FAILURE, STAFF_LOSS, Compiled
from continuity.simulation.course import Course, Leg
from continuity.simulation.pay_arrays import NEVER, DayPlan, FallbackPlan
from continuity.simulation.timelines import Timelines

#: Codes of happenings, in the order in which they are told when they fall on one minute.
CODES: Final = (
    "outage", "failure", "staff_loss", "struck", "buffer_empty", "standby_empty", "function_down",
    "receipt_unknown", "cutoff_missed", "decide", "fallback_used", "late", "paid_late", "paid",
    "function_up", "restored",
)  # fmt: skip
_RANK: Final = {code: place for place, code in enumerate(CODES)}
_HITS: Final = {FAILURE: "failure", STAFF_LOSS: "staff_loss"}


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happens at a minute of the course."""

    key: str
    code: str
    minute: int
    about: str = ""  # id of the element or stream
    event: str = ""  # id of the scenario's event that did it
    cause: str = ""  # id of the element to blame
    level: int = 1000
    until: int | None = None  # minute at which it is over
    hit: tuple[str, ...] = ()  # ids of all that fell with it
    nominal: str = ""  # nominal date of the pay day
    date: str = ""  # the day on which it is paid
    part: str = ""  # id of the stage or fallback
    payees: int = 0
    notes: dict[str, int] = field(default_factory=dict)


def happenings(course: Course) -> tuple[Happening, ...]:
    """Return what happens over the whole course, in order of time."""
    found = [*_hits(course), *_falls(course), *_payments(course)]
    return tuple(sorted(found, key=lambda h: (h.minute, _RANK[h.code], h.key)))


def pieces_of(course: Course, element: str) -> list[tuple[int, int]]:
    """Return (minute, level) of an element (id) over all legs; empty where it takes no part."""
    whole: list[tuple[int, int]] = []
    for leg, ends in played(course):
        place = leg.compiled.index.get(element)
        if place is None:
            continue
        minutes, levels = leg.lines.pieces(place, 0)
        for minute, level in zip(minutes.tolist(), levels.tolist(), strict=True):
            at = leg.begins + minute
            if at < ends and (not whole or whole[-1][1] != level):
                whole.append((at, level))
    return whole


def played(course: Course) -> Iterator[tuple[Leg, int]]:
    """Yield each leg and the minute at which the next one takes over."""
    for place, leg in enumerate(course.legs):
        yield leg, course.legs[place + 1].begins if place + 1 < len(course.legs) else leg.ends


# --- what is hit --------------------------------------------------------------------------------------


def _hits(course: Course) -> Iterator[Happening]:
    """What falls by itself: one happening for all that an event hits at one time."""
    for leg, ends in played(course):
        groups: dict[tuple[str, str, int], list[tuple[str, int, int, int]]] = {}
        for row in leg.lines.sample.rows:
            start = leg.begins + int(row["start"])
            if leg.begins <= start < ends:
                element = leg.compiled.element_ids[int(row["element"])]
                event = leg.compiled.event_ids[int(row["event"])] if row["event"] != BLANK else ""
                code = _HITS.get(int(row["kind"]), "outage") if event or row["kind"] else "struck"
                # An each-event hits its targets at one minute; a repeat hits at another.
                number = start if code == "struck" else int(row["ordinal"])
                over = leg.begins + int(row["begin"]) + int(row["duration"])
                named = (code, event or element, number)
                groups.setdefault(named, []).append((element, start, int(row["depth"]), over))
        for named, hit in groups.items():
            yield _hit(*named, hit)


def _hit(code: str, name: str, number: int, hit: list[tuple[str, int, int, int]]) -> Happening:
    longest = max(hit, key=lambda one: (one[3], one[0]))
    return Happening(
        f"{code}/{name}/{number}",
        code,
        min(start for _, start, _, _ in hit),
        about=longest[0],
        event=name if code in ("outage", "staff_loss") else "",
        level=min(depth for _, _, depth, _ in hit),
        until=longest[3],
        hit=tuple(sorted(element for element, *_ in hit)),
    )


# --- what falls for want of something -----------------------------------------------------------------


def _falls(course: Course) -> Iterator[Happening]:
    first = course.legs[0]
    demands = {f.id: f.mbco for f in first.organisation.all(Function)}
    for element in sorted({id_ for leg in course.legs for id_ in leg.compiled.element_ids}):
        whole = pieces_of(course, element)
        if element in demands:
            yield from _of_function(course, element, whole, demands[element])
        yield from _of_bridges(course, element, whole)


def _of_function(
    course: Course, element: str, whole: list[tuple[int, int]], mbco: int
) -> Iterator[Happening]:
    down, number, began = False, 0, 0
    for minute, level in whole:
        if level < mbco and not down:
            down, number, began = True, number + 1, minute
            root, _code, _since = why(course, element, minute)
            key = f"function_down/{element}/{number}"
            until = next((m for m, v in whole if m > minute and v >= mbco), None)
            yield Happening(key, "function_down", minute, element, cause=root, level=level, until=until)
        elif level >= mbco and down:
            down = False
            facts = {"minutes": minute - began}
            yield Happening(
                f"function_up/{element}/{number}", "function_up", minute, element, level=level, notes=facts
            )


def _of_bridges(course: Course, element: str, whole: list[tuple[int, int]]) -> Iterator[Happening]:
    """Buffers and standbys that run out: the minute at which the element falls although it is whole."""
    number = 0
    for (_, before), (minute, level) in pairwise(whole):
        if level < before:
            root, code, since = why(course, element, minute)
            if code:
                number += 1
                key, bridged = f"{code}/{element}/{number}", {"bridged": minute - since}
                yield Happening(key, code, minute, element, cause=root, level=level, notes=bridged)


def why(course: Course, element: str, minute: int) -> tuple[str, str, int]:
    """Return what is down by itself and felled ``element`` (ids), what had bridged it, and since when."""
    leg = course.leg_at(minute)
    root, code, since = why_in(leg.compiled, leg.lines, element, 0, minute - leg.begins)
    return root, code, leg.begins + since


def why_in(
    compiled: Compiled, lines: Timelines, element: str, replication: int, minute: int
) -> tuple[str, str, int]:
    """As :func:`why`, for one replication of a block."""
    place = compiled.index[element]
    asked = np.array([[place, replication, minute]], np.int64)
    pieces = (lines.minutes, lines.levels, lines.offsets)
    [found] = trace(compiled.graph, pieces, tuple(lines.own), lines.sample, asked).tolist()
    root, _kind, since, bridge, standby, _when = found[:6]
    code = ("standby_empty" if standby else "buffer_empty") if bridge == place else ""
    return compiled.element_ids[root], code, since


# --- payments -----------------------------------------------------------------------------------------


def _payments(course: Course) -> Iterator[Happening]:
    for leg, ends in played(course):
        for number, day in enumerate(leg.plan.days):
            for one in _of_day(leg, number, day):
                if leg.begins <= one.minute < ends:
                    yield one


def _of_day(leg: Leg, number: int, day: DayPlan) -> Iterator[Happening]:
    """What happens to one pay day, as the leg has it; what lies before the leg is told by the one before."""
    arrays, block = leg.plan.arrays, leg.block
    nominal, first = day.pay.nominal.isoformat(), int(arrays.days["slot"][number])
    done = block.done[first : first + len(day.stages), 0].tolist()
    paid, used, begun = int(block.paid[number, 0]), int(block.used[number, 0]), int(block.begun[number, 0])

    def told(code: str, minute: int, part: str = "", payees: int = day.payees) -> Happening:
        key = "/".join(p for p in (code, day.stream.id, nominal, part) if p)
        at = leg.begins + minute
        date = day.pay.paid.isoformat()
        return Happening(key, code, at, day.stream.id, nominal=nominal, date=date, part=part, payees=payees)

    for stage, when, slot in zip(day.stages, done, range(first, first + len(done)), strict=True):
        cutoff = int(arrays.slots["cutoff"][slot])
        if cutoff < min(when, NEVER):
            yield told("cutoff_missed", cutoff, stage.id)
    if (unknown := unknown_from(leg, day, first, done)) is not None:
        yield told("receipt_unknown", unknown)
    if used >= 0:
        yield told("fallback_used", begun, day.fallbacks[used].fallback.id, int(block.covered[number, 0]))
    if paid > day.due:
        for plan in day.fallbacks:
            if _can_be_decided(leg, plan):
                yield told("decide", plan.decide_at, plan.fallback.id)
        covered = int(block.covered[number, 0]) if int(block.finished[number, 0]) <= day.due else 0
        yield told("late", day.due, payees=day.payees - covered)
        if paid < NEVER:
            yield told("paid_late", paid)
    else:
        yield told("paid", day.due)


def _can_be_decided(leg: Leg, plan: FallbackPlan) -> bool:
    """Whether people may decide on a fallback: nothing forbids it but that it waits for them."""
    waits = plan.refusals == ("not_switched_on",) and plan.fallback.id in leg.waiting
    return (plan.allowed or waits) and plan.fallback.kind != "early"


def unknown_from(leg: Leg, day: DayPlan, first: int, done: list[int]) -> int | None:
    """The minute at which the channel fell after the file was sent and before its receipt."""
    reaches = [stage.reaches for stage in day.stages]
    if "sent" not in reaches:
        return None
    sent = reaches.index("sent")
    received = next((n for n, r in enumerate(reaches) if r in ("received", "executed", "usable")), None)
    if received is None or done[sent] >= NEVER:
        return None
    for place in (sent, received):
        slot = leg.plan.arrays.slots[first + place]
        minutes, levels = leg.lines.pieces(leg.rows[int(slot["element"])], 0)
        low = (minutes >= done[sent]) & (minutes < done[received]) & (levels < slot["least"])
        if low.any():
            return int(minutes[low][0])
    return None
