"""A session without engine and store, for tests of the window that must be quick and certain."""

from __future__ import annotations

import datetime as dt
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from continuity.model import rules
from continuity.model.edits import Changes, Edit
from continuity.model.kinds import kind_of
from continuity.model.organisation import Organisation
from continuity.model.rules import Checked
from continuity.simulation.events import Cancelled, Finished, Progress, RunEvent, Started
from continuity.simulation.request import RunRequest
from continuity.simulation.result import Comparison, RunResult
from tests.ui.results_builder import built


@dataclass
class FakeHandle:
    """A run whose progress the test decides."""

    events: queue.SimpleQueue[RunEvent]
    request: RunRequest
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True
        self.events.put(Cancelled())


class FakeSession:
    """As much of ``continuity.session.Session`` as the workspaces of testing and planning use."""

    signed = None

    def copies(self, _lang: str) -> tuple[()]:
        return ()

    def __init__(self, organisation: Organisation, *, instant: bool = True, down_days: float = 5.0) -> None:
        self.organisation = organisation
        self.instant, self.down_days = instant, down_days
        self.title, self.path, self.read_only, self.saved = "Referensmyndigheten", None, False, True
        self.kept_runs: list[Any] = []
        self.handles: list[FakeHandle] = []
        self.steps: list[Edit] = []
        self.stale: set[str] = set()
        self._listeners: list[Callable[[Changes], None]] = []
        self.can_undo = self.can_redo = False
        self.undo_step = self.redo_step = None

    # --- edits ---------------------------------------------------------------------------------

    def subscribe(self, listener: Callable[[Changes], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def edit(self, edit: Edit, *, origin: str = "", merge: str | None = None) -> Changes:
        changes = self.organisation.apply(edit, origin)
        self.steps.append(edit)
        self.can_undo = True
        self._announce(changes)
        return changes

    def undo(self) -> Changes | None:
        if not self.steps:
            return None
        changes = self.organisation.apply(self.steps.pop().inverse, "undo")
        self._announce(changes)
        return changes

    def _announce(self, changes: Changes) -> None:
        for listener in list(self._listeners):
            listener(changes)

    def on_saved(self, listener: Callable[[bool], None]) -> Callable[[], None]:
        return lambda: None

    def check(self) -> list[Any]:
        return []

    def checked(self) -> Checked:
        return Checked(())

    def mend_of(self, problem: Any) -> Any:
        """How a problem is mended with one click."""
        return rules.mend_of(problem, self.organisation, dt.date(2027, 1, 1))

    def close(self) -> None:
        pass

    # --- runs ----------------------------------------------------------------------------------

    def start_run(self, request: RunRequest) -> FakeHandle:
        handle = FakeHandle(queue.SimpleQueue(), request)
        self.handles.append(handle)
        goal = request.replications * (2 if request.compare else 1)
        handle.events.put(Started(goal))
        if self.instant:
            handle.events.put(Progress(goal, goal))
            self.finish(handle)
        return handle

    def finish(self, handle: FakeHandle) -> None:
        """End the run of ``handle`` with a plausible result."""
        outcome = built(self.organisation, handle.request, self.down_days)
        if isinstance(outcome, Comparison):
            handle.events.put(Finished(outcome.with_, outcome))
        else:
            handle.events.put(Finished(outcome))

    def simulate(
        self,
        request: RunRequest,
        *,
        cancel: threading.Event | None = None,
        report: Callable[[RunEvent], None] | None = None,
    ) -> RunResult | Comparison:
        return built(self.organisation, request, self.down_days)

    def keep_run(self, result: RunResult | Comparison) -> None:
        self.kept_runs.append(result)

    def kept(self) -> list[Any]:
        return list(self.kept_runs)

    def is_stale(self, result: RunResult) -> bool:
        return result.meta.id in self.stale

    # --- plans ---------------------------------------------------------------------------------

    def preview(self, what: str, lang: str) -> str:
        return f"<h1>{what}</h1><p>{lang}</p>"


def kinds_of(changes: Changes) -> set[str]:
    """The kinds that ``changes`` names."""
    return {kind_of(r).name for r in (*changes.added, *changes.removed, *changes.replaced)}
