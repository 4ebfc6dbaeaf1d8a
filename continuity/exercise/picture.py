"""The picture of what really happens: reports, tasks, messages and the rhythm of work, read from a log.

Needs neither model nor run: an entry counts the moment it is made. Corrections are entries that name what
they correct; nothing is overwritten.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

from continuity.exercise.log import Row

STATES: Final = ("down", "reduced", "up")
TRUST: Final = ("confirmed", "likely", "rumour")
RHYTHM: Final = ("briefing", "report", "decision", "handover")
WAYS: Final = ("in", "out")
#: Where the file of a pay day is, as people have seen it.
FILES: Final = ("not_made", "made", "sent", "receipt_unknown", "received", "part", "executed")
#: Kinds of entry beyond those of the exercise.
REPORT, TASK, TASK_DONE, MESSAGE, BEAT, NOTE, DECISION, CORRECTION = (
    "report", "task", "task_done", "message", "rhythm", "note", "decision", "correction",
)  # fmt: skip
MEASURE, FILE, FALLBACK, POSTURE = "measure", "file", "fallback", "posture"
#: A pay day: stream (id) and nominal date.
PayKey = tuple[str, dt.date]


@dataclass(frozen=True, slots=True)
class Report:
    """What is said of one thing. Moments are UTC; ``element`` is an id, or empty for free words."""

    entry: int
    happened: dt.datetime
    known: dt.datetime
    state: str
    element: str = ""
    words: str = ""
    level: int = 0  # permille, of what is reduced; 0: not known
    source: str = ""
    trust: str = "likely"
    next_report: dt.datetime | None = None
    back_earliest: dt.datetime | None = None
    back_likely: dt.datetime | None = None
    back_latest: dt.datetime | None = None
    corrected: bool = False  # a later report corrects it, or it was withdrawn
    since: dt.datetime | None = None  # of a status: when it came to be so, where reports before say the same

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
    files: Mapping[PayKey, str] = field(default_factory=dict)  # where the files are, as seen
    fallbacks: Mapping[PayKey, str] = field(default_factory=dict)  # ids of those decided
    strain: str = "severe"
    decrees: tuple[str, ...] = ()  # in force
    corrections: Mapping[int, tuple[int, ...]] = field(default_factory=dict)  # of an entry, by which

    def status(self) -> list[Report]:
        """Return the latest uncorrected report of each thing, by the time at which it happened.

        A rumour takes the place of nothing that is better known: see :meth:`rumours`.
        """
        return list(self._status)

    @cached_property
    def _status(self) -> tuple[Report, ...]:
        latest: dict[str, Report] = {}
        for report in self._in_order():
            held = latest.get(report.subject)
            if held is None or report.trust != "rumour" or held.trust == "rumour":
                latest[report.subject] = report if held is None else follows(held, report)
        return tuple(sorted(latest.values(), key=lambda r: (r.happened, r.entry)))

    def rumours(self) -> dict[str, Report]:
        """Return by subject the latest rumour that is newer than what is better known."""
        known = {r.subject: r for r in self.status()}
        found = {}
        for report in (r for r in self._in_order() if r.trust == "rumour"):
            held = known[report.subject]
            if held.trust != "rumour" and report.happened >= held.happened:
                found[report.subject] = report
        return found

    def _in_order(self) -> list[Report]:
        return sorted((r for r in self.reports if not r.corrected), key=lambda r: (r.happened, r.entry))

    def down(self) -> list[Report]:
        """Return what is down or reduced now."""
        return [r for r in self.status() if r.state != "up"]

    def open_tasks(self) -> list[Task]:
        """Return what is still to be done, what is due first ahead."""
        late = dt.datetime.max.replace(tzinfo=dt.UTC)
        return sorted((t for t in self.tasks if t.done is None), key=lambda t: (t.due or late, t.entry))


def follows(before: Report, report: Report) -> Report:
    """Return ``report`` with what the one before says and it does not: how long it has been so, its return.

    That something is still down does not begin a new outage. A rumour is followed by nothing but itself.
    """
    same = report.state == before.state and (not report.level or report.level == before.level)
    if not same or report.trust == "rumour" != before.trust or before.trust == "rumour" != report.trust:
        return report
    silent = report.back_earliest is report.back_likely is report.back_latest is None
    source = before if silent else report
    return replace(
        report,
        level=report.level or before.level,
        since=before.since or before.happened,
        back_earliest=source.back_earliest,
        back_likely=source.back_likely,
        back_latest=source.back_latest,
    )


def read_picture(rows: Iterable[Row]) -> Picture:
    """Return the picture that the entries of a log give."""
    reading = Reading()
    for row in rows:
        reading.add(row)
    return reading.picture


class Reading:
    """A log as it is read, entry by entry; what one more entry costs does not grow with the log."""

    def __init__(self) -> None:
        self._reports: dict[int, Report] = {}
        self._tasks: dict[int, Task] = {}
        self._messages: list[Message] = []
        self._rhythm: dict[str, dt.datetime] = {}
        self._measures: dict[str, None] = {}
        self._files: dict[PayKey, str] = {}
        self._fallbacks: dict[PayKey, str] = {}
        self._corrections: dict[int, tuple[int, ...]] = {}
        self._posture: tuple[str, tuple[str, ...]] = (Picture.strain, ())
        self._made: Picture | None = None

    @property
    def picture(self) -> Picture:
        """What the entries read so far say."""
        if self._made is None:
            self._made = Picture(
                reports=tuple(self._reports.values()),
                tasks=tuple(self._tasks.values()),
                messages=tuple(self._messages),
                rhythm=dict(self._rhythm),
                measures=tuple(self._measures),
                files=dict(self._files),
                fallbacks=dict(self._fallbacks),
                strain=self._posture[0],
                decrees=self._posture[1],
                corrections=dict(self._corrections),
            )
        return self._made

    def add(self, row: Row) -> None:
        """Read one more entry; kinds that are not known are left alone."""
        self._made = None
        payload = row.payload
        if (corrects := payload.get("corrects")) is not None:
            self._correct(int(corrects), row)
        match row.kind:
            case "report":
                self._reports[row.id] = _report(row)
            case "task":
                due = _moment(payload.get("due"))
                self._tasks[row.id] = Task(row.id, str(payload["what"]), str(payload.get("who", "")), due)
            case "task_done" if task := self._tasks.get(payload["task"]):
                done = row.at if payload.get("done", True) else None
                self._tasks[task.entry] = replace(task, done=done)
            case "message":
                words = (str(payload.get(name, "")) for name in ("way", "channel", "party", "text"))
                self._messages.append(Message(row.id, row.at, *words))
            case "rhythm":
                self._rhythm |= {name: at for name in RHYTHM if (at := _moment(payload.get(name)))}
            case "measure" | "posture" | "file" | "fallback":
                self._choose(row.kind, payload)

    def _choose(self, kind: str, payload: Mapping[str, Any]) -> None:
        if kind == "measure":
            self._measures.pop(payload["measure"], None)
            if payload.get("on", True):
                self._measures[payload["measure"]] = None
            return
        if kind == "posture":
            self._posture = (str(payload["strain"]), tuple(payload.get("decrees", ())))
            return
        key = (str(payload["stream"]), dt.date.fromisoformat(payload["nominal"]))
        if kind == "file":
            self._files[key] = str(payload["state"])
        elif payload.get("on", True):
            self._fallbacks[key] = str(payload["fallback"])
        else:
            self._fallbacks.pop(key, None)

    def _correct(self, entry: int, row: Row) -> None:
        self._corrections[entry] = (*self._corrections.get(entry, ()), row.id)
        report = self._reports.get(entry)
        if report is not None and (row.kind == "report" or row.payload.get("withdrawn")):
            self._reports[entry] = replace(report, corrected=True)


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
