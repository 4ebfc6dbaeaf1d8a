"""Playing an exercise: the clock, the injects, what the players decide and what is seen of it.

A play is what its log says. Every step is an entry first and then happens, so that a play which is
reopened after a crash, or looked at afterwards, goes through the same steps.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol

from continuity.exercise.adapting import Adapted, Adapter
from continuity.exercise.clock import LONGEST_TICK, Clock
from continuity.exercise.log import Played, Row, read_entry, read_log
from continuity.exercise.world import Effect, World
from continuity.model.ids import new_id
from continuity.model.kinds import Exercise, Inject, Objective
from continuity.model.organisation import Organisation
from continuity.model.payload import Reader, write_record
from continuity.model.problems import Problem, Refused
from continuity.words import Words


class Log(Protocol):
    """Where entries are kept: on disk before the next one is made."""

    @property
    def entries(self) -> Sequence[Row]: ...
    def append(self, kind: str, payload: dict[str, Any], at: dt.datetime | None = None) -> Row: ...
    def pulse(self, state: dict[str, Any]) -> None: ...
    def last_pulse(self) -> dict[str, Any] | None: ...


@dataclass(frozen=True, slots=True)
class Line:
    """One inject as the play has it: due when, in which state."""

    inject: Inject
    minute: int
    state: str
    delivered: float | None
    hinted: bool
    fresh: bool
    number: int  # in the order of the event list, from 1

    @property
    def hint_due(self) -> int | None:
        """The minute at which the hint is given if nothing is done."""
        if self.delivered is None or self.inject.hint_after is None or not self.inject.hint or self.hinted:
            return None
        return int(self.delivered // 60) + self.inject.hint_after


@dataclass(frozen=True, slots=True)
class Tick:
    """What has become due since the last tick, and for how many seconds the machine was away."""

    second: float
    due: tuple[Line, ...] = ()
    hints: tuple[Line, ...] = ()
    away: float = 0.0
    ended: bool = False


class Play:
    """One exercise under way."""

    def __init__(self, log: Log, organisation: Organisation, exercise: str, words: Words) -> None:
        """Go on with the play that ``log`` tells of; an empty log is a play that has not begun."""
        found = organisation.of(Exercise, exercise)
        if found is None:
            raise Refused([Problem("no-such-record", kind="exercise", id=exercise, record=exercise)])
        self.log, self.organisation, self.exercise, self.words = log, organisation, found, words
        self.played: Played = read_log(log.entries)
        self.clock = Clock(self._resumed(), False, self.played.speed)
        self.wall = time.time  # seconds by the calendar: they also pass while the machine sleeps
        self._seen: tuple[float, float] | None = None  # room and wall at the last tick
        self._world: World | None = None
        self._lines: tuple[object, list[Line]] | None = None

    def _resumed(self) -> float:
        """The second at which the play goes on: that of the last pulse, where it is later than the log."""
        if not self.log.entries:
            return float(self.exercise.begins * 60)
        pulse = self.log.last_pulse() or {}
        if int(pulse.get("entries", 0)) < len(self.log.entries):
            return self.played.second  # the entry is the later of the two: the clock may have jumped back
        return float(pulse.get("second", self.played.second))

    # --- the world --------------------------------------------------------------------------------

    @property
    def world(self) -> World:
        """The world with all that has been decided; made when it is first asked for (compiles)."""
        if self._world is None:
            world = World(self.organisation, self.exercise)
            for one in self.played.decisions:
                if one.effects:
                    world.decide(_minute(one.second), one.effects)
            self._world = world
        return self._world

    @cached_property
    def objectives(self) -> tuple[Objective, ...]:
        """What shall be shown."""
        return tuple(self.organisation.parts(self.exercise.id, Objective))

    def local_time(self, second: float) -> dt.datetime:
        """Return the UTC instant of a second of the scenario."""
        return self.world.course.start + dt.timedelta(seconds=second)

    # --- the event list ---------------------------------------------------------------------------

    def lines(self, then: Played | None = None) -> list[Line]:
        """Return every inject in the order in which it is due, now or as the play stood ``then``."""
        if then is not None:
            return self._listed(then)
        if self._lines is None or self._lines[0] is not self.played.injects:
            self._lines = self.played.injects, self._listed(self.played)
        return list(self._lines[1])

    def _listed(self, played: Played) -> list[Line]:
        planned = self.organisation.parts(self.exercise.id, Inject)
        found = [*planned, *(_record(payload) for payload in played.added)]
        lines = []
        for number, inject in enumerate(found, 1):
            now = played.inject(inject.id)
            minute = inject.at if now.minute is None else now.minute
            if now.words:
                inject = replace(inject, name=now.words["name"], message=now.words["message"])
            lines.append(Line(inject, minute, now.state, now.delivered, now.hinted, now.fresh, number))
        return sorted(lines, key=lambda line: (line.minute, line.number))

    def line(self, inject: str) -> Line:
        """Return one inject (id)."""
        return next(line for line in self.lines() if line.inject.id == inject)

    def tick(self, now: float) -> Tick:
        """Look at the clock of the room (monotonic seconds); name what is due, and note where time stands."""
        if not self.clock.running:
            self._seen = None
            return Tick(self.clock.at)
        slept = self._slept(now)
        self.clock, away = self.clock.ticked(now)
        if slept and not away:
            # Not every machine counts the seconds of its sleep.
            self.clock, away = replace(self.clock, running=False, seen=None), slept
        if away:
            self._seen = None
            self.enter("clock", action="away", seconds=round(away))
            return Tick(self.clock.at, away=away)
        state = {"second": self.clock.at, "running": self.clock.running, "entries": len(self.log.entries)}
        self.log.pulse(state)
        minute = self.clock.minute
        lines = self.lines()
        due = tuple(line for line in lines if line.state == "planned" and line.minute <= minute)
        hints = tuple(
            line
            for line in lines
            if line.state == "delivered" and line.hint_due is not None and line.hint_due <= minute
        )
        return Tick(self.clock.at, due, hints, ended=minute >= self.exercise.ends)

    def _slept(self, now: float) -> float:
        """Return for how many seconds more the calendar went on than the room since the last tick."""
        before, self._seen = self._seen, (now, self.wall())
        if before is None:
            return 0.0
        ahead = (self._seen[1] - before[1]) - (now - before[0])
        return ahead if ahead > LONGEST_TICK else 0.0

    # --- the clock --------------------------------------------------------------------------------

    def start(self, now: float) -> None:
        """Let time pass."""
        self._not_frozen()
        self.clock = self.clock.started(now)
        self.enter("clock", action="start", speed=self.clock.speed)

    def pause(self, now: float) -> None:
        """Let time stand."""
        self.clock = self.clock.paused(now)
        self.enter("clock", action="pause")

    def set_speed(self, speed: float, now: float) -> None:
        """Let so many seconds of the scenario pass in one of the room."""
        try:
            self.clock = self.clock.at_speed(speed, now)
        except ValueError:
            raise Refused([Problem("bad-speed", facts={"value": speed})]) from None
        self.enter("clock", action="speed", speed=speed)

    def jump(self, minute: int, now: float) -> None:
        """Go on at another minute; back only as far as the last decision that changed the world."""
        changed = [_minute(d.second) for d in self.played.decisions if d.effects]
        first, last = max([0, *changed]), self.world.course.horizon - 1
        if not first <= minute <= last:
            raise Refused([Problem("bad-jump", facts={"first": first, "last": last})])
        self.clock = self.clock.jumped(minute * 60.0, now)
        self.enter("clock", action="jump")

    def end(self, now: float) -> None:
        """The exercise is over."""
        self.clock = self.clock.paused(now)
        self.enter("clock", action="end")

    def real_event(self, now: float, *, on: bool = True) -> None:
        """Freeze the play because something real has happened, or thaw it again."""
        self.clock = self.clock.paused(now)
        self.enter("real", on=on)

    # --- injects ----------------------------------------------------------------------------------

    def deliver(self, inject: str) -> Line:
        """Give an inject to the players."""
        return self._on_inject(inject, "deliver")

    def skip(self, inject: str) -> Line:
        """Leave an inject out."""
        return self._on_inject(inject, "skip")

    def hold(self, inject: str) -> Line:
        """Keep an inject back until it is released."""
        return self._on_inject(inject, "hold")

    def release(self, inject: str) -> Line:
        """Let an inject that was held, skipped or withdrawn come after all."""
        return self._on_inject(inject, "release")

    def done(self, inject: str, *, done: bool = True) -> Line:
        """The expected action was seen: no hint any more."""
        return self._on_inject(inject, "done" if done else "undone")

    def hint(self, inject: str) -> Line:
        """Give the hint of an inject."""
        return self._on_inject(inject, "hint")

    def retime(self, inject: str, minute: int, *, following: bool = False) -> None:
        """Move an inject to another minute, with all that comes after it where ``following``."""
        line = self.line(inject)
        moved = [line]
        if following:
            moved += [
                one
                for one in self.lines()
                if one.state in ("planned", "held") and one.minute >= line.minute and one.inject.id != inject
            ]
        for one in moved:
            self.enter(
                "inject", inject=one.inject.id, action="retime", minute=one.minute + minute - line.minute
            )

    def improvise(self, name: str, message: str, **more: Any) -> Line:
        """Add an inject to the list now; it is due at once unless ``at`` says otherwise."""
        given = {"at": self.clock.minute, **more}
        inject = Inject(id=new_id(), code="", exercise=self.exercise.id, name=name, message=message, **given)
        self.add_inject(inject)
        return self.line(inject.id)

    def add_inject(self, inject: Inject) -> None:
        """Let an inject come into the play on its way."""
        record = {"id": inject.id, "code": inject.code, **write_record(inject)}
        self.enter("inject", inject=inject.id, action="add", record=record)

    def _on_inject(self, inject: str, action: str) -> Line:
        self._not_frozen()
        self.enter("inject", inject=inject, action=action)
        return self.line(inject)

    # --- what people do ---------------------------------------------------------------------------

    def decide(
        self,
        who: str,
        decision: str,
        *,
        options: str = "",
        why: str = "",
        effects: Iterable[Effect] = (),
        inject: str | None = None,
    ) -> Adapted:
        """Note a decision and let it change the world; raise Refused, with nothing noted, where it cannot.

        What was to come is looked at anew: injects move, are withdrawn, or new ones are added.
        """
        self._not_frozen()
        wanted = [dict(effect) for effect in effects]
        adapter = Adapter(self) if wanted else None
        if wanted:
            self.world.decide(self.clock.minute, wanted)
        words = {"who": who, "decision": decision, "options": options, "why": why}
        self.enter("decision", **words, effects=wanted, inject=inject)
        return adapter.adapt() if adapter else Adapted()

    def observe(
        self,
        objective: str | None,
        rating: str,
        text: str,
        seat: str = "",
        *,
        element: str | None = None,
        minutes: int | None = None,
    ) -> None:
        """Note what an evaluator saw; with a recovery time where one was observed."""
        self.enter(
            "observation",
            objective=objective,
            rating=rating,
            text=text,
            seat=seat,
            element=element,
            minutes=minutes,
        )

    def note(self, text: str) -> None:
        """Add a note to the log."""
        self.enter("note", text=text)

    def photo(self, attachment: str, text: str) -> None:
        """Note that a photo was attached."""
        self.enter("photo", attachment=attachment, text=text)

    def correct(self, entry: int, text: str) -> None:
        """Correct an earlier entry; what stood there stays."""
        self.enter("correction", corrects=entry, text=text)

    # --- looking back -----------------------------------------------------------------------------

    def as_of(self, entry: int) -> Played:
        """Return the play as it stood after an entry: for replaying it step by step."""
        return read_log(row for row in self.log.entries if row.id <= entry)

    def enter(self, kind: str, **payload: Any) -> None:
        """Add an entry to the log; with it, it has happened."""
        row = self.log.append(kind, {"second": round(self.clock.at, 1), **payload})
        self.played = read_entry(self.played, row)

    def _not_frozen(self) -> None:
        if self.played.frozen:
            raise Refused([Problem("play-frozen")])


def _minute(second: float) -> int:
    return int(second // 60)


def _record(payload: Mapping[str, Any]) -> Inject:
    plain = {name: value for name, value in payload.items() if name not in ("id", "code")}
    return Inject(id=payload["id"], code=payload["code"], **Reader().fields(Inject, plain, ""))
