"""The door to analyses beyond a run: exact chances, criticality, which number to find out better.

Each can be asked for at once, or started in a thread of its own with progress and cancel.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from continuity.model.problems import Problem, Refused
from continuity.session_runs import Result, Running
from continuity.simulation.cancel import RunCancelled
from continuity.simulation.codec import write_plain
from continuity.simulation.request import RunRequest

if TYPE_CHECKING:
    from continuity.analysis.results import Criticality, Exact, Tornado

_log = logging.getLogger(__name__)
T = TypeVar("T")
Report = Callable[[int, int], None]
Work = Callable[[threading.Event | None, Report | None], T]


@dataclass(frozen=True, slots=True)
class Step:
    """So many of so many steps are done."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """The analysis has ended with an answer."""

    answer: T


@dataclass(frozen=True, slots=True)
class Ended:
    """The analysis has ended without one: cancelled where there is no problem."""

    problems: tuple[Problem, ...] = ()


class AnalysisHandle(Generic[T]):
    """An analysis under way in a thread of its own; ``events`` ends with one Done or Ended."""

    def __init__(self, work: Work[T]) -> None:
        self.events: queue.SimpleQueue[Step | Done[T] | Ended] = queue.SimpleQueue()
        self._cancel = threading.Event()
        self._work = work
        self._thread = threading.Thread(target=self._run, name="analysis", daemon=True)
        self._thread.start()

    def cancel(self) -> None:
        """Ask the analysis to stop."""
        self._cancel.set()

    @property
    def running(self) -> bool:
        """Whether it is still under way."""
        return self._thread.is_alive()

    def join(self, timeout: float | None = None) -> None:
        """Wait until it has ended."""
        self._thread.join(timeout)

    def _run(self) -> None:
        self.events.put(self._ended())

    def _ended(self) -> Done[T] | Ended:
        try:
            return Done(self._work(self._cancel, lambda done, total: self.events.put(Step(done, total))))
        except RunCancelled:
            return Ended()
        except Refused as refused:
            return Ended(refused.problems)
        except Exception as error:
            _log.exception("the analysis failed")
            return Ended((Problem("run-failed", facts={"reason": f"{type(error).__name__}: {error}"}),))


class Analysing(Running):
    """Analyses of the document as it is when they are asked for."""

    def exact(
        self,
        scenario: str | None = None,
        measures: tuple[str, ...] = (),
        *,
        cancel: threading.Event | None = None,
        report: Report | None = None,
    ) -> Exact:
        """Return chances of loss, cut sets and importance; everyday failures alone without a scenario."""
        return self._exact_work(scenario, measures)(cancel, report)

    def start_exact(
        self, scenario: str | None = None, measures: tuple[str, ...] = ()
    ) -> AnalysisHandle[Exact]:
        """Find :meth:`exact` in a thread of its own."""
        return AnalysisHandle(self._exact_work(scenario, measures))

    def criticality(
        self, request: RunRequest, *, cancel: threading.Event | None = None, report: Report | None = None
    ) -> Criticality:
        """Return what fails most and what drives lost payments most; raise Refused as a run would."""
        return self._criticality_work(request)(cancel, report)

    def start_criticality(self, request: RunRequest) -> AnalysisHandle[Criticality]:
        """Find :meth:`criticality` in a thread of its own."""
        return AnalysisHandle(self._criticality_work(request))

    def tornado(
        self, request: RunRequest, *, cancel: threading.Event | None = None, report: Report | None = None
    ) -> Tornado:
        """Return which uncertain figures move the headline most; raise Refused as a run would."""
        return self._tornado_work(request)(cancel, report)

    def start_tornado(self, request: RunRequest) -> AnalysisHandle[Tornado]:
        """Find :meth:`tornado` in a thread of its own."""
        return AnalysisHandle(self._tornado_work(request))

    def _exact_work(self, scenario: str | None, measures: tuple[str, ...]) -> Work[Exact]:
        organisation = self._frozen()

        def work(cancel: threading.Event | None, report: Report | None) -> Exact:
            from continuity.analysis.exact import exact

            return exact(organisation, scenario, measures, cancel=cancel, report=report)

        return work

    def _criticality_work(self, request: RunRequest) -> Work[Criticality]:
        organisation = self._frozen()

        def work(cancel: threading.Event | None, report: Report | None) -> Criticality:
            from continuity.analysis.criticality import criticality

            return criticality(organisation, request, cancel, report)

        return work

    def _tornado_work(self, request: RunRequest) -> Work[Tornado]:
        organisation = self._frozen()

        def work(cancel: threading.Event | None, report: Report | None) -> Tornado:
            from continuity.analysis.tornado import tornado

            return tornado(organisation, request, cancel=cancel, report=report)

        return work

    def _frozen(self) -> Any:
        with self._lock:
            return self.organisation.copy()

    def analysis_as_plain(
        self,
        result: Result | None = None,
        *,
        exact: Exact | None = None,
        criticality: Criticality | None = None,
        tornado: Tornado | None = None,
    ) -> dict[str, Any]:
        """Return the structure and what else is given as plain objects."""
        plain = super().analysis_as_plain(result)
        records = plain.pop("records")
        more = {"exact": exact, "criticality": criticality, "tornado": tornado}
        plain |= {name: write_plain(found) for name, found in more.items() if found is not None}
        return {**plain, "records": records | self._names(plain)}
