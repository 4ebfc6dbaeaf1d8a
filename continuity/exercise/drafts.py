"""What of a course is worth telling, what is told together, and how it is spread over the playing time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from continuity.exercise.happenings import CODES, Happening, happenings
from continuity.exercise.timetable import pace
from continuity.model.kinds import Exercise, Function
from continuity.simulation.course import Course

#: A bridge that lasted shorter is no news of its own, and a breakdown that is mended sooner neither.
SHORTEST_BRIDGE: Final = 60
SHORTEST_FAILURE: Final = 120
#: How early before its latest hour a decision is asked for: minutes of the scenario, and of the room.
LEAD: Final = 120
ROOM_LEAD: Final = 10
#: Nobody is asked for a decision in the last minutes of the room.
_LAST_DECISION: Final = 8
#: Minutes of the room between two injects, where the course leaves the choice; told so much later at most.
_GAP: Final = 1.5
_MOST_GAPS: Final = 3
_TOGETHER: Final = 3  # minutes of the room within which the same sort of news comes in one call
_IN_A_SLOT: Final = 2
#: Pay days with less than this part of the payees of the largest are no news beside it.
_FEW: Final = 50
#: What must not be left out of a list, and what may be where there is too much; lower comes first.
_WEIGHT: Final = {
    "outage": 1, "struck": 1, "decide": 1, "receipt_unknown": 1, "staff_loss": 2, "late": 2,
    "function_down": 2, "cutoff_missed": 3, "standby_empty": 3, "buffer_empty": 4, "paid_late": 4,
    "fallback_used": 4, "function_up": 5, "failure": 5,
}  # fmt: skip
_RANK: Final = {code: place for place, code in enumerate(CODES)}


@dataclass(frozen=True, slots=True)
class Draft:
    """An inject before it is written: one or more happenings told together at a minute."""

    code: str
    minute: int
    told: tuple[Happening, ...]
    again: bool = False  # has been told of the same before

    @property
    def key(self) -> str:
        """By what the inject is known again after the course has changed."""
        return self.told[0].key

    @property
    def latest(self) -> int | None:
        """The last minute at which it can still be told; None: whenever."""
        return self.told[0].minute - LEAD // 2 if self.code == "decide" else None


def drafts(course: Course, exercise: Exercise, most: int) -> list[Draft]:
    """Return what is worth telling while an exercise is played, at most ``most`` of it, in order of time."""
    last = exercise.ends - round(_LAST_DECISION * pace(exercise))
    found = [
        d
        for d in grouped(course, exercise)
        if exercise.begins <= d.minute <= (last if d.code == "decide" else exercise.ends)
    ]
    found.sort(key=lambda d: (_WEIGHT[d.code] + 2 * d.again, -_size(d), d.minute, d.key))
    return _apart(_chosen(found, exercise, most), exercise)


def _chosen(ranked: list[Draft], exercise: Exercise, most: int) -> list[Draft]:
    """The weightiest, but few at one time and no more than a third of one sort: a list is not all alarms."""
    slot = max(1.0, (exercise.ends - exercise.begins) / max(1, most))
    kept: list[Draft] = []
    held, alike = Counter[int](), Counter[str]()
    for draft in ranked:
        place = int((draft.minute - exercise.begins) / slot)
        room = _IN_A_SLOT + (place == 0) + (draft.code in ("decide", "receipt_unknown"))
        if len(kept) < most and held[place] < room and alike[draft.code] < max(2, most // 3):
            kept.append(draft)
            held[place] += 1
            alike[draft.code] += 1
    return kept


def _apart(kept: list[Draft], exercise: Exercise) -> list[Draft]:
    """Let what falls on one minute be told one after the other, the cause before what follows from it."""
    gap = max(1, round(_GAP * pace(exercise)))
    found: list[Draft] = []
    for draft in sorted(kept, key=_told_in_order):
        at = draft.minute
        if found and at < found[-1].minute + gap:
            at = min(found[-1].minute + gap, at + _MOST_GAPS * gap, exercise.ends)
            at = max(draft.minute, at if draft.latest is None else min(at, draft.latest))
        found.append(replace(draft, minute=at))
    return sorted(found, key=_told_in_order)


def _told_in_order(draft: Draft) -> tuple[int, int, int, int, str]:
    return draft.minute, _RANK[draft.code], draft.told[0].level, -_size(draft), draft.key


def _size(draft: Draft) -> int:
    return max(max(h.payees, len(h.hit)) for h in draft.told)


def grouped(course: Course, exercise: Exercise) -> Iterator[Draft]:
    """Bring together what one call would tell, over the whole course."""
    speed = pace(exercise)
    together = max(60, round(_TOGETHER * speed))
    lead = max(LEAD, round(ROOM_LEAD * speed / 15) * 15)
    priority = {f.id: f.priority for f in course.legs[0].organisation.all(Function)}
    told = [h for h in happenings(course) if _is_news(h, priority)]
    few = max((h.payees for h in told), default=0) // _FEW
    told = [h for h in told if not h.date or h.payees >= few]
    blows = [h for h in told if h.code in ("outage", "struck")]
    groups: dict[tuple[object, ...], list[Happening]] = {}
    for one in told:
        groups.setdefault(_group_of(one, together), []).append(one)
    seen = set[tuple[str, str]]()
    for (code, *_rest), members in groups.items():
        members.sort(key=lambda h: (-len(h.hit), priority.get(h.about, 9), -h.payees, h.key))
        minute = min(h.minute for h in members)
        if code == "decide":
            # Nobody asks before there is trouble: that of the blow that hit most.
            blow = max((h for h in blows if h.minute < minute), key=lambda h: len(h.hit), default=None)
            early = minute - lead if blow is None else max(minute - lead, blow.minute + together)
            minute = min(early, minute - LEAD // 2)
        name = (str(code), members[0].event or members[0].about)
        again = name in seen
        seen.add(name)
        if not (again and code == "outage" and members[0].level > 0):
            yield Draft(str(code), minute, tuple(members), again)


def _is_news(one: Happening, functions: dict[str, int]) -> bool:
    if one.code not in _WEIGHT:
        return False
    if one.code == "failure":
        return (one.until or 0) - one.minute >= SHORTEST_FAILURE
    if one.code in ("buffer_empty", "standby_empty"):
        return one.about not in functions and one.notes.get("bridged", 0) >= SHORTEST_BRIDGE
    return True


def _group_of(one: Happening, together: int) -> tuple[object, ...]:
    if one.code == "outage":
        return one.code, one.level == 0, one.minute
    if one.code == "staff_loss":
        return one.code, one.minute
    if one.code in ("function_down", "function_up"):
        return one.code, one.minute // together
    if one.code in ("buffer_empty", "standby_empty"):
        return one.code, one.cause, one.minute // together
    if one.code == "fallback_used":
        return one.code, one.part, one.minute
    if one.code in ("decide", "late", "paid_late", "cutoff_missed", "receipt_unknown"):
        return one.code, one.minute
    return one.code, one.key
