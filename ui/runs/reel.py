"""One replication to be stepped through: which film, and the minute at which it stands. One per desk."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from PySide6.QtCore import QObject, QTimer, Signal

from continuity.simulation.film import Film, Moment
from continuity.simulation.result import RunResult
from ui.desk import Desk

_TICK = 120  # milliseconds
STEPS = (60, 180, 720, 1440)  # minutes that pass at each tick


class Reel(QObject):
    """Results choose the film, the map shows it. ``moved`` comes with every other minute."""

    changed = Signal()  # another film, or none
    moved = Signal(int)
    playing = Signal(bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.desk = desk
        self.film: Film | None = None
        self.result: RunResult | None = None
        self.which = ""
        self.minute, self.step = 0, STEPS[1]
        self._turns: tuple[int, ...] = ()
        self._timer = QTimer(self, interval=_TICK)
        self._timer.timeout.connect(self._tick)
        desk.session_changed.connect(self.close)

    @property
    def runs(self) -> bool:
        """Whether time passes."""
        return self._timer.isActive()

    def load(self, result: RunResult, which: str) -> None:
        """Make the film of the typical, bad or worst run of ``result`` in the background and show it."""
        session = self.desk.session
        if session is None:
            return
        replication = getattr(result.single, which)

        def done(film: Film) -> None:
            if session is self.desk.session:
                self.show_film(film, result, which)

        self.desk.work(lambda: session.film(result, replication), done)

    def show_film(self, film: Film, result: RunResult, which: str) -> None:
        """Show ``film`` from its first minute."""
        self.pause()
        self.film, self.result, self.which = film, result, which
        self._turns = film.turns
        self.minute = 0
        self.changed.emit()
        self.moved.emit(0)

    def close(self) -> None:
        """Show no film."""
        self.pause()
        if self.film is not None:
            self.film, self.result, self._turns = None, None, ()
            self.changed.emit()

    def go(self, minute: int) -> None:
        """Stand at ``minute``."""
        if self.film is None:
            return
        minute = max(0, min(minute, self.film.horizon - 1))
        if minute != self.minute:
            self.minute = minute
            self.moved.emit(minute)

    def turn(self, by: int) -> None:
        """Go to the next minute at which something changes, or to the one before."""
        if by > 0:
            place = bisect_right(self._turns, self.minute)
        else:
            place = bisect_left(self._turns, self.minute) - 1
        if 0 <= place < len(self._turns):
            self.go(self._turns[place])

    def play(self) -> None:
        """Let time pass; from the start where the end was reached."""
        if self.film is None:
            return
        if self.minute >= self.film.horizon - 1:
            self.go(0)
        self._timer.start()
        self.playing.emit(True)

    def pause(self) -> None:
        """Let time stand still."""
        if self._timer.isActive():
            self._timer.stop()
            self.playing.emit(False)

    def latest(self, most: int) -> list[Moment]:
        """Return what happened last, the newest first."""
        moments = self.film.moments if self.film is not None else ()
        found = [m for m in moments if m.minute <= self.minute]
        return found[: -most - 1 : -1]

    def _tick(self) -> None:
        assert self.film is not None
        self.go(self.minute + self.step)
        if self.minute >= self.film.horizon - 1:
            self.pause()


def reel_of(desk: Desk) -> Reel:
    """Return the one reel of ``desk``."""
    return desk.findChild(Reel) or Reel(desk)
