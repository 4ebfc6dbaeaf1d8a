"""The board: the run under way, the runs that were made, and the one that is shown. One per desk."""

from __future__ import annotations

import queue
from collections.abc import Callable
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QObject, QTimer, Signal

from continuity.model.problems import Problem, Refused
from continuity.simulation.events import (
    Cancelled,
    Failed,
    Finished,
    Noted,
    Partial,
    Preparing,
    Progress,
    RunEvent,
    Started,
)
from continuity.simulation.request import RunRequest
from continuity.simulation.result import RunResult
from continuity.words import _
from ui.desk import Desk
from ui.runs.outcome import Outcome, meta_of, results

if TYPE_CHECKING:
    from continuity.session import RunHandle, Version

_POLL = 40  # milliseconds between looks at the queue of a run
_QUIET = 900  # milliseconds without an edit before staleness is asked for


class RunBoard(QObject):
    """Workspaces start runs here and follow its signals; none of them holds a run of its own."""

    changed = Signal()  # another outcome is shown, or the list or its staleness has changed
    progressed = Signal(int, int)  # done, of so many replications
    preparing = Signal()  # the engine is compiled for this machine, which happens once
    noted = Signal()  # what should be known of the run under way
    busy_changed = Signal(bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.desk = desk
        self.outcomes: list[Outcome] = []  # the newest first
        self.outcome: Outcome | None = None
        self.with_measures = True
        self.done, self.goal = 0, 0
        self.coarse = False  # what is shown is what the run under way says so far
        self._settled: Outcome | None = None  # what was shown before it
        self._follows = True  # nothing else was chosen while it goes on
        self._noted: tuple[Problem, ...] = ()
        self._remarks: dict[str, tuple[Problem, ...]] = {}
        self.stale: dict[str, bool] = {}
        self.handle: RunHandle | None = None
        self._poll = QTimer(self, interval=_POLL)
        self._poll.timeout.connect(self._read)
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET)
        self._quiet.timeout.connect(self._ask_stale)
        desk.session_changed.connect(self._on_session)
        desk.changed.connect(self._quiet.start)
        self._on_session()

    # --- running -------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether a run is under way."""
        return self.handle is not None

    def start(self, request: RunRequest) -> bool:
        """Start a run; a refusal is shown and gives False. One run at a time."""
        if self.desk.session is None or self.busy:
            return False
        session = self.desk.session
        return self._begin(lambda: session.start_run(request))

    def start_between(self, version: Version, request: RunRequest) -> bool:
        """Run the same on a named version and on the model of now, on the same draws."""
        if self.desk.session is None or self.busy:
            return False
        session = self.desk.session
        return self._begin(lambda: session.start_run_between(version, request))

    def _begin(self, start: Callable[[], RunHandle]) -> bool:
        try:
            self.handle = start()
        except Refused as refused:
            self.desk.refuse(refused)
            return False
        self.done, self.goal = 0, 0
        self._follows, self._noted = True, ()
        self._poll.start()
        self.busy_changed.emit(True)
        self.progressed.emit(0, 0)
        return True

    def cancel(self) -> None:
        """Ask the run under way to stop; it ends with its own event."""
        if self.handle is not None:
            self.handle.cancel()

    # --- what is shown -------------------------------------------------------------------------

    @property
    def result(self) -> RunResult | None:
        """The result shown: of a comparison the side that is chosen."""
        if self.outcome is None:
            return None
        sides = results(self.outcome)
        return sides[-1] if self.with_measures else sides[0]

    @property
    def other(self) -> RunResult | None:
        """The other side of the comparison shown, where it is one."""
        if self.outcome is None or len(results(self.outcome)) == 1:
            return None
        return results(self.outcome)[0 if self.with_measures else 1]

    @property
    def settled(self) -> Outcome | None:
        """The outcome shown, or the one before it while a run is only coarse: for what goes on paper."""
        return self._settled if self.coarse else self.outcome

    @property
    def remarks(self) -> tuple[Problem, ...]:
        """What should be known of the run under way, or of the one that is shown."""
        if self.busy and self._follows:
            return self._noted
        return self._remarks.get(meta_of(self.outcome).id, ()) if self.outcome is not None else ()

    def show(self, outcome: Outcome | None) -> None:
        """Show another outcome in every workspace."""
        self.coarse, self._follows = False, not self.busy
        self.outcome = outcome
        self.changed.emit()
        self._ask_stale()

    def show_side(self, with_measures: bool) -> None:
        """Show the side with measures, or the one without."""
        if with_measures != self.with_measures:
            self.with_measures = with_measures
            self.changed.emit()

    def is_stale(self, outcome: Outcome) -> bool:
        """Tell whether the model is known to have changed since the run was made."""
        return self.stale.get(meta_of(outcome).id, False)

    # --- following -----------------------------------------------------------------------------

    def _on_session(self) -> None:
        self.cancel()
        self._end()
        self.outcomes, self.outcome, self.stale = [], None, {}
        self.coarse, self._settled, self._noted, self._remarks = False, None, (), {}
        session = self.desk.session
        self.changed.emit()
        if session is None:
            return

        def done(kept: list[Outcome]) -> None:
            if session is self.desk.session:
                known = {meta_of(o).id for o in self.outcomes}
                earlier = sorted(kept, key=lambda o: meta_of(o).made, reverse=True)
                self.outcomes += [o for o in earlier if meta_of(o).id not in known]
                self.show(self.outcome or next(iter(self.outcomes), None))

        self.desk.work(session.kept, done)

    def _read(self) -> None:
        while self.handle is not None:
            try:
                event = self.handle.events.get_nowait()
            except queue.Empty:
                return
            self._take(event)

    def _take(self, event: RunEvent) -> None:
        match event:
            case Preparing():
                self.preparing.emit()
            case Started(replications):
                self.done, self.goal = 0, replications
                self.progressed.emit(0, replications)
            case Noted(problems):
                self._noted = problems
                self.noted.emit()
            case Progress(done, replications):
                self.done, self.goal = done, replications
                self.progressed.emit(done, replications)
            case Partial(result, comparison):
                self._show_coarse(comparison or result)
            case Finished(result, comparison):
                self._end()
                self._keep(comparison or result)
            case Failed(problems):
                self._end()
                self._forget_coarse()
                self.desk.refuse(Refused(problems))
            case Cancelled():
                self._end()
                self._forget_coarse()
                self.desk.say(_("The run was stopped. Earlier results are still here."))
            case _:
                assert_never(event)

    def _end(self) -> None:
        was_busy = self.busy
        self.handle = None
        self._poll.stop()
        if was_busy:
            self.busy_changed.emit(False)

    def _show_coarse(self, outcome: Outcome) -> None:
        if not self._follows:
            return
        if not self.coarse:
            self.coarse, self._settled, self.with_measures = True, self.outcome, True
        self.outcome = outcome
        self.changed.emit()

    def _forget_coarse(self) -> None:
        if self.coarse:
            self.coarse, self.outcome = False, self._settled
            self.changed.emit()

    def _keep(self, outcome: Outcome) -> None:
        self.outcomes.insert(0, outcome)
        self.stale[meta_of(outcome).id] = False
        self._remarks[meta_of(outcome).id] = self._noted
        if not self.coarse:
            self.with_measures = True
        self.coarse, self._settled = False, None
        self.outcome = outcome
        self.changed.emit()
        session = self.desk.session
        if session is not None and not session.read_only:
            self.desk.work(lambda: session.keep_run(outcome), lambda _kept: self.desk.runs_changed.emit())

    def _ask_stale(self) -> None:
        session, outcome = self.desk.session, self.outcome
        if session is None or outcome is None:
            return
        meta = meta_of(outcome)

        def done(stale: bool) -> None:
            if self.stale.get(meta.id) != stale:
                self.stale[meta.id] = stale
                self.changed.emit()

        asked = results(outcome)[-1]
        self.desk.work(lambda: session.is_stale(asked), done, lambda _error: self._quiet.start())


def board_of(desk: Desk) -> RunBoard:
    """Return the one board of ``desk``."""
    return desk.findChild(RunBoard) or RunBoard(desk)
