"""The stage: the one play that is open, its clock, and what is done to it off the window's thread."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from continuity.model.kinds import Scenario
from continuity.model.local_time import ZONE, resolve_start
from continuity.model.problems import Refused
from continuity.words import _, current
from ui.desk import Desk

SUFFIX = ".uthallig-play"
_TICK = 250  # milliseconds


class Stage(QObject):
    """Everything that changes a play goes through :meth:`do` (quick) or :meth:`think` (seconds).

    While the world is worked out anew the clock stands still and what is done waits its turn: a play
    belongs to one thread at a time, and no minute passes that nobody saw.
    """

    opened = Signal()
    closed = Signal()
    changed = Signal()  # the log has grown
    ticked = Signal(object)  # Tick
    busy_changed = Signal(bool)
    went_away = Signal(float)  # seconds for which the machine slept
    froze = Signal()  # something real has happened

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.desk = desk
        self.play: Any = None
        self.last: Path | None = None  # the play that was put away last
        self.read_only = False
        self.busy = False
        self._waiting: list[Callable[[], object]] = []
        self._hours: dict[tuple[int, str], str] = {}  # minutes of the scenario in words
        self._timer = QTimer(self, interval=_TICK)
        self._timer.timeout.connect(self.tick)

    # --- opening and closing -------------------------------------------------------------------

    def begin(self, exercise: str, path: Path) -> None:
        """Start a new play of an exercise (id) in a file of its own."""
        session, language = self.desk.session, current().language
        if session is not None:
            self._open(lambda: session.start_play(exercise, path, language))

    def go_on(self, path: Path, *, read_only: bool = False) -> None:
        """Go on with a play where it stood, or look at it."""
        session = self.desk.session
        if session is not None:
            self._open(lambda: session.open_play(path, read_only=read_only, author=session.author), read_only)

    def close(self) -> None:
        """Pause, write what waits, and put the play away; it can be gone on with at the same second."""
        self._timer.stop()
        play, self.play = self.play, None
        if play is None:
            return
        self.last = play.log.path
        if self.busy:  # what is being worked out may still write to the log
            self._waiting = [lambda: _put_away(play)]
        else:
            _put_away(play)
        self.closed.emit()

    def _open(self, opening: Callable[[], Any], read_only: bool = False) -> None:
        if self.busy:
            return
        self.close()
        self._set_busy(True)

        def prepared() -> Any:
            play = opening()
            play.world  # noqa: B018 - worked out here, so that the window need not wait for it
            return play

        def done(play: Any) -> None:
            self.play, self.read_only = play, read_only
            self._hours.clear()
            self._set_busy(False)
            play.log.on_failure = self._on_failure
            self._timer.start()
            self.opened.emit()

        def failed(error: Exception) -> None:
            self._set_busy(False)
            self._tell(error)

        self.desk.work(prepared, done, failed)

    def _on_failure(self, reason: str) -> None:
        # From the thread of the disk; the signal crosses by itself.
        self.desk.said.emit(_("The play could not be written to its file: {reason}", reason=reason), "warn")

    # --- time ----------------------------------------------------------------------------------

    @property
    def is_live(self) -> bool:
        """Whether there is a play that can be played on."""
        return self.play is not None and not self.read_only and not self.play.played.frozen

    @property
    def speed_of_plan(self) -> float:
        """Seconds of the scenario in one of the room that bring the play to its end in the time planned."""
        exercise = self.play.exercise
        return max(1.0, round((exercise.ends - exercise.begins) / max(1, exercise.length)))

    def local(self, second: float) -> Any:
        """Return the local time of a second of the scenario."""
        return self.play.local_time(second).astimezone(ZONE)

    def hour(self, second: float) -> str:
        """Return the local day and hour of a second of the scenario."""
        key = (int(second // 60), current().language)
        if key not in self._hours:
            self._hours[key] = current().datetime(self.local(second), "short")
        return self._hours[key]

    def tick(self) -> None:
        """Look at the clock of the room."""
        if self.play is None or self.busy:
            return
        tick = self.play.tick(time.monotonic())
        if tick.away:
            self.went_away.emit(tick.away)
            self.changed.emit()
        self.ticked.emit(tick)

    # --- doing ---------------------------------------------------------------------------------

    def do(self, action: Callable[[Any], Any]) -> Any:
        """Do something quick to the play now, or once the world has been worked out."""
        if self.play is None:
            return None
        if self.busy:
            self._waiting.append(lambda: self.do(action))
            return None
        try:
            found = action(self.play)
        except Refused as refused:
            self.desk.refuse(refused)
            return None
        self.changed.emit()
        return found

    def think(
        self,
        action: Callable[[Any], Any],
        done: Callable[[Any], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Do something to the play that works out its world anew; the clock stands meanwhile."""
        if self.play is None:
            return
        if self.busy:
            self._waiting.append(lambda: self.think(action, done, failed))
            return
        self.tick()
        play = self.play
        self._set_busy(True)

        def over() -> None:
            if play.clock.running:
                play.clock = dataclasses.replace(play.clock, seen=time.monotonic())
            self._set_busy(False)

        def went_well(found: Any) -> None:
            over()
            if play is self.play:
                done(found)
                self.changed.emit()

        def went_wrong(error: Exception) -> None:
            over()
            (failed or self._tell)(error)

        self.desk.work(lambda: action(play), went_well, went_wrong)

    def real_event(self) -> None:
        """Something real has happened: freeze the play, save it and put it away."""
        if self.play is None:
            return
        if self.busy:
            self._waiting.insert(0, self.real_event)
            return
        if not self.read_only:
            self.play.real_event(time.monotonic())
            self.play.log.flush()
        self.froze.emit()
        self.close()

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self.busy_changed.emit(busy)
        while not self.busy and self._waiting:
            self._waiting.pop(0)()

    def _tell(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self.desk.refuse(error)
        else:
            self.desk.say(_("This did not work: {error}", error=str(error)), "warn")


def _put_away(play: Any) -> None:
    if play.clock.running:
        play.pause(time.monotonic())
    play.log.close()


def start_of(organisation: Any, exercise: Any) -> Any:
    """Return the UTC instant of minute 0 of an exercise, or None where its scenario says no day."""
    scenario = organisation.of(Scenario, exercise.scenario)
    if scenario is None:
        return None
    try:
        return resolve_start(scenario.start, exercise.start)
    except Refused:
        return None
