"""The door to runs: simulate, keep, compare with the model of today, say what they mean.

The engine is imported here and only when a run starts.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from continuity.model.kinds import kind_of
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.session_exchange import Exchanging
from continuity.simulation.cancel import RunCancelled
from continuity.simulation.codec import read_json, write_json, write_plain
from continuity.simulation.events import Cancelled, Failed, Finished, Preparing, RunEvent
from continuity.simulation.kept import Kept
from continuity.simulation.request import RunRequest
from continuity.simulation.result import Comparison, RunResult
from continuity.store.kept import KeptRun
from continuity.store.store import Store

if TYPE_CHECKING:
    from continuity.analysis.findings import Findings
    from continuity.analysis.structure import Structure, Weight

_log = logging.getLogger(__name__)

Result = RunResult | Comparison
Report = Callable[[RunEvent], None]


class RunHandle:
    """A run under way in a thread of its own; ``events`` ends with Finished, Failed or Cancelled."""

    def __init__(self, work: Callable[[threading.Event, Report], Result]) -> None:
        self.events: queue.SimpleQueue[RunEvent] = queue.SimpleQueue()
        self._cancel = threading.Event()
        self._work = work
        self._thread = threading.Thread(target=self._run, name="run", daemon=True)
        self._thread.start()

    def cancel(self) -> None:
        """Ask the run to stop; it ends between two blocks."""
        self._cancel.set()

    @property
    def running(self) -> bool:
        """Whether the run is still under way."""
        return self._thread.is_alive()

    def join(self, timeout: float | None = None) -> None:
        """Wait until the run has ended."""
        self._thread.join(timeout)

    def _run(self) -> None:
        self.events.put(self._ended())

    def _ended(self) -> RunEvent:
        try:
            result = self._work(self._cancel, self._report)
        except RunCancelled:
            return Cancelled()
        except Refused as refused:
            return Failed(refused.problems)
        except Exception as error:
            _log.exception("the run failed")
            return Failed((Problem("run-failed", facts={"reason": f"{type(error).__name__}: {error}"}),))
        if isinstance(result, Comparison):
            return Finished(result.with_, result)
        return Finished(result)

    def _report(self, event: RunEvent) -> None:
        # How it ended is said once, by the handle.
        if not isinstance(event, Finished | Failed | Cancelled):
            self.events.put(event)


class Running(Exchanging):
    """Runs of the document."""

    def __init__(self, store: Store, organisation: Organisation, author: str, *, read_only: bool) -> None:
        super().__init__(store, organisation, author, read_only=read_only)
        self._kept: dict[str, Result | None] = {}
        #: What runs leave for the next one, so that after an edit little is played again.
        self._left = Kept()
        #: For runs: the journal row up to which it is known whether they are stale, and whether they are.
        self._fresh: dict[str, tuple[int, bool]] = {}
        self._structure: tuple[int, Structure | None] = (0, None)

    def simulate(
        self, request: RunRequest, *, cancel: threading.Event | None = None, report: Report | None = None
    ) -> Result:
        """Run ``request`` on the organisation as it is now.

        Raises :class:`Refused` where it cannot be run and :class:`RunCancelled` once ``cancel`` is set.
        """
        return self._work(request)(cancel or threading.Event(), report or (lambda _: None))

    def prepare(self, request: RunRequest, *, cancel: threading.Event, report: Report) -> None:
        """Compile the engine where that has not been done on this machine; Preparing is told before."""
        with self._lock:
            organisation = self.organisation.copy()
        _prepare(organisation, request, cancel, report)

    def start_run(self, request: RunRequest) -> RunHandle:
        """Run ``request`` in a thread of its own, on the organisation as it is now."""
        return self._start(request)

    def _start(self, request: RunRequest, before: Organisation | None = None, name: str = "") -> RunHandle:
        with self._lock:
            organisation = self.organisation.copy()
        play = self._work(request, before)

        def work(cancel: threading.Event, report: Report) -> Result:
            _prepare(organisation, request, cancel, report)
            return _between(play(cancel, report), name)

        return RunHandle(work)

    def _work(
        self, request: RunRequest, before: Organisation | None = None
    ) -> Callable[[threading.Event, Report], Result]:
        with self._lock:
            organisation, revision = self.organisation.copy(), self._next

        def work(cancel: threading.Event, report: Report) -> Result:
            result = _simulate(organisation, request, cancel, report, self._left, before)
            self._fresh[_main(result).meta.id] = (revision, False)
            return result

        return work

    # --- kept runs -----------------------------------------------------------------------------

    def keep_run(self, result: Result) -> None:
        """Keep a run, or a comparison of two, in the document for good."""
        if self.read_only:
            raise Refused([Problem("read-only")])
        run = _main(result)
        kind = "comparison" if isinstance(result, Comparison) else "run"
        content = f'{{"kind":"{kind}","result":{write_json(result)}}}'
        made = run.meta.made.isoformat()
        self._store.add_run(KeptRun(run.meta.id, made, run.meta.scenario, run.format, content))
        self._kept[run.meta.id] = result

    def kept(self) -> list[Result]:
        """Return what was kept, oldest first: runs and comparisons."""
        for id_ in self._store.run_ids():
            if id_ not in self._kept:
                self._kept[id_] = _read_kept(self._store.run(id_))
        return [found for id_ in self._store.run_ids() if (found := self._kept[id_])]

    def runs(self) -> list[RunResult]:
        """Return the kept runs, oldest first; a comparison gives its two, without measures first."""
        found: list[RunResult] = []
        for result in self.kept():
            found += [result.without, result.with_] if isinstance(result, Comparison) else [result]
        return found

    def latest_run(self) -> Result | None:
        """Return what was kept last, or None."""
        kept = self.kept()
        return kept[-1] if kept else None

    def is_stale(self, result: Result) -> bool:
        """Tell whether the model has moved on from under ``result``, as far as runs can see."""
        run = _main(result)
        revision, answer = self._fresh.get(run.meta.id, (-1, False))
        if revision != self._next:
            answer = _fingerprint(self.organisation.copy(), run) != run.meta.fingerprint
            self._fresh[run.meta.id] = (self._next, answer)
        return answer

    # --- what they mean ------------------------------------------------------------------------

    def findings(self, result: Result) -> Findings:
        """Return what ``result`` means for the organisation of today."""
        from continuity.analysis.findings import findings

        return findings(self.organisation.copy(), result)

    def structure(self) -> Structure:
        """Return what can be said of the organisation without a run: weak points, restart order."""
        from continuity.analysis.structure import structure

        revision, known = self._structure
        if known is None or revision != self._next:
            revision, known = self._next, structure(self.organisation.copy())
            self._structure = (revision, known)
        return known

    def single_points(self) -> tuple[Weight, ...]:
        """Return the elements without which a function or a stream falls, the heaviest first."""
        from continuity.analysis.structure import single_points

        return single_points(self.organisation.copy())

    def result_as_plain(self, result: Result) -> dict[str, Any]:
        """Return ``result`` as plain objects, with kind, code and name of each record it speaks of."""
        kind = "comparison" if isinstance(result, Comparison) else "run"
        plain = write_plain(result)
        head = {"format": _main(result).format, "kind": f"uthallig-{kind}"}
        return {**head, **plain, "records": self._names(plain)}

    def analysis_as_plain(self, result: Result | None = None) -> dict[str, Any]:
        """Return the structure, and what ``result`` means where it is given, as plain objects."""
        plain: dict[str, Any] = {"format": 1, "kind": "uthallig-analysis"}
        plain["structure"] = write_plain(self.structure())
        if result is not None:
            plain["findings"] = write_plain(self.findings(result))
        return {**plain, "records": self._names(plain)}

    def _names(self, plain: Any) -> dict[str, dict[str, str]]:
        found = sorted(_texts(plain) & {record.id for record in self.organisation})
        records = [record for id_ in found if (record := self.organisation.get(id_))]
        return {
            record.id: {
                "kind": kind_of(record).name,
                "code": record.code,
                "name": getattr(record, "name", ""),
            }
            for record in records
        }


def _simulate(
    organisation: Organisation,
    request: RunRequest,
    cancel: threading.Event,
    report: Report,
    left: Kept,
    before: Organisation | None,
) -> Result:
    from continuity.simulation.run import run

    return run(organisation, request, cancel, report, kept=left, before=before)


def _between(result: Result, name: str) -> Result:
    """Return a comparison with what its two models are called: the version, and none for the present one."""
    return replace(result, between=(name, "")) if name and isinstance(result, Comparison) else result


def _prepare(
    organisation: Organisation, request: RunRequest, cancel: threading.Event, report: Report
) -> None:
    from continuity.simulation.warm import prepare

    prepare(organisation, request, cancel, lambda: report(Preparing()))


def _fingerprint(organisation: Organisation, run: RunResult) -> str:
    """Return what the fingerprint of ``run`` would be today, or an empty text where it cannot be run."""
    from continuity.simulation.run import fingerprint_of, request_of

    try:
        return fingerprint_of(organisation, request_of(run.meta))
    except Refused:
        return ""


def _main(result: Result) -> RunResult:
    return result.with_ if isinstance(result, Comparison) else result


def _read_kept(kept: KeptRun) -> Result | None:
    """Return a kept run, or None where it has a form that this program does not know."""
    try:
        if kept.content.startswith('{"kind":"comparison"'):
            return read_json(_KeptComparison, kept.content).result
        return read_json(_KeptResult, kept.content).result
    except ValueError as error:
        _log.warning("the run %s cannot be read: %s", kept.id, error)
        return None


@dataclass(frozen=True, slots=True)
class _KeptResult:
    kind: str
    result: RunResult


@dataclass(frozen=True, slots=True)
class _KeptComparison:
    kind: str
    result: Comparison


def _texts(plain: Any) -> set[str]:
    if isinstance(plain, str):
        return {plain}
    parts = plain.values() if isinstance(plain, dict) else plain if isinstance(plain, list) else ()
    return {text for part in parts for text in _texts(part)}
