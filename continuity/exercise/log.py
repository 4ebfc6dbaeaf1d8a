"""The log of a play: what each entry says, and what all of them together make of the play.

Entries are plain data in the order in which they were made; a play is what is left after reading them from
the first, so a reopened or replayed exercise is the same exercise. Corrections are entries of their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Protocol

#: Kinds of entry.
CLOCK, INJECT, DECISION, OBSERVATION, NOTE, PHOTO, CORRECTION, REAL = (
    "clock", "inject", "decision", "observation", "note", "photo", "correction", "real",
)  # fmt: skip
#: What can happen to an inject, and the state that it is then in.
INJECT_STATES: Final = {
    "deliver": "delivered", "skip": "skipped", "hold": "held", "release": "planned", "withdraw": "withdrawn",
    "restore": "planned", "done": "done", "undone": "delivered",
}  # fmt: skip
RATINGS: Final = ("met", "partly", "not_met", "not_seen")


class Row(Protocol):
    """A kept entry."""

    @property
    def id(self) -> int: ...
    @property
    def at(self) -> dt.datetime: ...
    @property
    def kind(self) -> str: ...
    @property
    def payload(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class InjectState:
    """Where an inject of the play stands; minutes are the scenario's."""

    state: str = "planned"  # planned, delivered, skipped, held, withdrawn, done
    minute: int | None = None  # at which it is due now, where it was re-timed
    delivered: float | None = None  # second of the scenario
    hinted: bool = False
    fresh: bool = False  # came into the play on its way
    words: Mapping[str, str] | None = None  # title and message, where a decision has changed what they say


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of the players, with its options and what it changes."""

    entry: int
    second: float
    at: dt.datetime
    who: str
    options: str
    decision: str
    why: str
    effects: tuple[Mapping[str, Any], ...] = ()
    inject: str | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """What an evaluator saw of one objective."""

    entry: int
    second: float
    objective: str | None
    rating: str
    text: str
    seat: str
    element: str | None = None  # of which a recovery time was observed
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """A note, a photo, or a correction of an earlier entry."""

    entry: int
    second: float
    kind: str
    text: str
    about: str = ""  # attachment, or entry corrected


@dataclass(frozen=True)
class Played:
    """All that a log says, read from its first entry."""

    second: float = 0.0
    running: bool = False
    speed: float = 1.0
    started: dt.datetime | None = None
    ended: dt.datetime | None = None
    frozen: bool = False  # a real event has stopped the play
    injects: Mapping[str, InjectState] = field(default_factory=dict)
    added: tuple[Mapping[str, Any], ...] = ()  # improvised injects, as payloads
    decisions: tuple[Decision, ...] = ()
    observations: tuple[Observation, ...] = ()
    remarks: tuple[Remark, ...] = ()

    def inject(self, id_: str) -> InjectState:
        """Return where an inject stands."""
        return self.injects.get(id_, InjectState())


def read_log(rows: Iterable[Row]) -> Played:
    """Return what the entries make of the play."""
    played = Played()
    for row in rows:
        played = read_entry(played, row)
    return played


def read_entry(played: Played, row: Row) -> Played:
    """Return the play after one more entry."""
    payload = row.payload
    second = float(payload.get("second", played.second))
    played = replace(played, second=second)
    match row.kind:
        case "clock":
            return _clock(played, row)
        case "inject":
            return _inject(played, payload, second)
        case "decision":
            words = {name: str(payload.get(name, "")) for name in ("who", "options", "decision", "why")}
            effects = tuple(payload.get("effects", ()))
            one = Decision(
                entry=row.id,
                second=second,
                at=row.at,
                effects=effects,
                inject=payload.get("inject"),
                **words,
            )
            return replace(played, decisions=(*played.decisions, one))
        case "observation":
            names = ("objective", "rating", "text", "seat", "element", "minutes")
            seen = Observation(row.id, second, *(payload.get(n) for n in names))  # type: ignore[arg-type]
            return replace(played, observations=(*played.observations, seen))
        case "real":
            return replace(played, frozen=bool(payload.get("on", True)), running=False)
        case _:
            about = str(payload.get("attachment") or payload.get("corrects") or "")
            remark = Remark(row.id, second, row.kind, str(payload.get("text", "")), about)
            return replace(played, remarks=(*played.remarks, remark))


def _clock(played: Played, row: Row) -> Played:
    action, speed = row.payload["action"], float(row.payload.get("speed", played.speed))
    running = {"start": True, "pause": False, "away": False, "end": False}.get(action, played.running)
    return replace(
        played,
        running=running,
        speed=speed,
        started=played.started or (row.at if action == "start" else None),
        ended=row.at if action == "end" else None,
    )


def _inject(played: Played, payload: Mapping[str, Any], second: float) -> Played:
    id_, action = str(payload["inject"]), payload["action"]
    now = played.inject(id_)
    added = played.added
    if action == "add":
        added = (*added, payload["record"])
        now = replace(now, fresh=True)
    elif action == "retime":
        now = replace(now, minute=int(payload["minute"]))
    elif action == "reword":
        now = replace(now, words={name: str(payload[name]) for name in ("name", "message")})
    elif action == "hint":
        now = replace(now, hinted=True)
    else:
        delivered = second if action == "deliver" else now.delivered
        now = replace(now, state=INJECT_STATES[action], delivered=delivered)
    return replace(played, injects={**played.injects, id_: now}, added=added)
