"""The picture of what really happens: reports, tasks, messages and the rhythm of work, read from a log.

Needs neither model nor run: an entry counts the moment it is made. Corrections are entries that name what
they correct; nothing is overwritten.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from continuity.exercise.log import Row

STATES: Final = ("down", "reduced", "up")
TRUST: Final = ("confirmed", "likely", "rumour")
RHYTHM: Final = ("briefing", "report", "decision", "handover")
WAYS: Final = ("in", "out")
#: Kinds of entry beyond those of the exercise.
REPORT, TASK, TASK_DONE, MESSAGE, BEAT, NOTE, DECISION, CORRECTION = (
    "report", "task", "task_done", "message", "rhythm", "note", "decision", "correction",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """What is said of one thing. Moments are UTC; ``element`` is an id, or empty for free words."""

    entry: int
    happened: dt.datetime
    known: dt.datetime
    state: str
    element: str = ""
    words: str = ""
    level: int = 0
    source: str = ""
    trust: str = "likely"
    next_report: dt.datetime | None = None
    back_earliest: dt.datetime | None = None
    back_likely: dt.datetime | None = None
    back_latest: dt.datetime | None = None
    corrected: bool = False  # a later report corrects it

    @property
    def subject(self) -> str:
        """By what reports of the same thing are known."""
        return self.element or self.words.strip().casefold()


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be done, apart from the log."""

    entry: int
    what: str
    who: str
    due: dt.datetime | None
    done: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A message in or out."""

    entry: int
    at: dt.datetime
    way: str
    channel: str
    party: str
    text: str


@dataclass(frozen=True)
class Picture:
    """All that the log says."""

    reports: tuple[Report, ...] = ()
    tasks: tuple[Task, ...] = ()
    messages: tuple[Message, ...] = ()
    rhythm: Mapping[str, dt.datetime] = field(default_factory=dict)
    measures: tuple[str, ...] = ()  # ids of measures that are in use

    def status(self) -> list[Report]:
        """Return the latest uncorrected report of each thing, by the time at which it happened."""
        latest: dict[str, Report] = {}
        for report in sorted(self.reports, key=lambda r: (r.happened, r.entry)):
            if not report.corrected:
                latest[report.subject] = report
        return sorted(latest.values(), key=lambda r: (r.happened, r.entry))

    def down(self) -> list[Report]:
        """Return what is down or reduced now."""
        return [r for r in self.status() if r.state != "up"]

    def open_tasks(self) -> list[Task]:
        """Return what is still to be done, what is due first ahead."""
        late = dt.datetime.max.replace(tzinfo=dt.UTC)
        return sorted((t for t in self.tasks if t.done is None), key=lambda t: (t.due or late, t.entry))


def read_picture(rows: Iterable[Row]) -> Picture:
    """Return the picture that the entries of a log give."""
    picture = Picture()
    for row in rows:
        picture = _with(picture, row)
    return picture


def _with(picture: Picture, row: Row) -> Picture:
    payload = row.payload
    match row.kind:
        case "report":
            report = _report(row)
            old = picture.reports
            if corrects := payload.get("corrects"):
                old = tuple(replace(r, corrected=True) if r.entry == corrects else r for r in old)
            return replace(picture, reports=(*old, report))
        case "task":
            task = Task(row.id, payload["what"], payload.get("who", ""), _moment(payload.get("due")))
            return replace(picture, tasks=(*picture.tasks, task))
        case "task_done":
            done = tuple(replace(t, done=row.at) if t.entry == payload["task"] else t for t in picture.tasks)
            return replace(picture, tasks=done)
        case "message":
            words = (payload.get(name, "") for name in ("way", "channel", "party", "text"))
            return replace(picture, messages=(*picture.messages, Message(row.id, row.at, *words)))
        case "rhythm":
            beats = {name: at for name in RHYTHM if (at := _moment(payload.get(name)))}
            return replace(picture, rhythm={**picture.rhythm, **beats})
        case "measure":
            kept = [m for m in picture.measures if m != payload["measure"]]
            on = [payload["measure"]] if payload.get("on", True) else []
            return replace(picture, measures=(*kept, *on))
    return picture


def _report(row: Row) -> Report:
    payload: Mapping[str, Any] = row.payload
    return Report(
        entry=row.id,
        happened=_moment(payload.get("happened")) or row.at,
        known=_moment(payload.get("known")) or row.at,
        state=payload.get("state", "down"),
        element=str(payload.get("element", "")),
        words=str(payload.get("words", "")),
        level=int(payload.get("level", 0)),
        source=str(payload.get("source", "")),
        trust=payload.get("trust", "likely"),
        next_report=_moment(payload.get("next_report")),
        back_earliest=_moment(payload.get("back_earliest")),
        back_likely=_moment(payload.get("back_likely")),
        back_latest=_moment(payload.get("back_latest")),
    )


def _moment(value: object) -> dt.datetime | None:
    return dt.datetime.fromisoformat(str(value)) if value else None
