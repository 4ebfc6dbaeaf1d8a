"""The door to scenarios and what is tried with them: combine, start on every day, step through one run."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from continuity.exchange.tables_out import write_table
from continuity.model.combining import Part, combined
from continuity.model.edits import Group
from continuity.model.local_time import ZONE
from continuity.model.organisation import Organisation
from continuity.model.overlay import overlay
from continuity.model.values import StartRule
from continuity.session_analysis import AnalysisHandle, Report, Work
from continuity.session_exercises import Exercises
from continuity.session_runs import RunHandle
from continuity.simulation.codec import write_plain
from continuity.simulation.film import Film, Moment
from continuity.simulation.request import RunRequest
from continuity.simulation.result import RunResult
from continuity.store.kept import Version

if TYPE_CHECKING:
    from continuity.analysis.start_days import Sweep


class Trying(Exercises):
    """Scenarios of the document, and trials beyond one run."""

    # --- several scenarios at once --------------------------------------------------------------

    def combined(self, parts: Sequence[Part], name: str, start: StartRule | None = None) -> tuple[Group, str]:
        """Return the edit that adds one scenario made of several, and its id; raise Refused."""
        return combined(self.organisation, parts, name, start)

    # --- every day of a month ------------------------------------------------------------------

    def sweep(
        self,
        request: RunRequest,
        month: dt.date,
        *,
        cancel: threading.Event | None = None,
        report: Report | None = None,
    ) -> Sweep:
        """Return what the scenario does begun on each day of ``month``; raise Refused as a run would."""
        return self._sweep_work(request, month)(cancel, report)

    def start_sweep(self, request: RunRequest, month: dt.date) -> AnalysisHandle[Sweep]:
        """Find :meth:`sweep` in a thread of its own."""
        return AnalysisHandle(self._sweep_work(request, month))

    def _sweep_work(self, request: RunRequest, month: dt.date) -> Work[Sweep]:
        organisation = self._frozen()

        def work(cancel: threading.Event | None, report: Report | None) -> Sweep:
            from continuity.analysis.sweep import sweep

            return sweep(organisation, request, month, cancel, report, self._left)

        return work

    def sweep_as_plain(self, found: Sweep) -> dict[str, Any]:
        """Return a sweep as plain objects, with kind, code and name of each record it speaks of."""
        from continuity.analysis.start_days import SWEEP_FORMAT

        plain = {"format": SWEEP_FORMAT, "kind": "uthallig-sweep", **write_plain(found)}
        return {**plain, "records": self._names(plain)}

    # --- one run -------------------------------------------------------------------------------

    def film(self, result: RunResult, replication: int) -> Film:
        """Return one replication of ``result`` as it goes on the organisation of today; raise Refused."""
        return filmed(self._frozen(), result, replication)

    # --- two versions of the model -------------------------------------------------------------

    def start_run_between(self, version: Version, request: RunRequest) -> RunHandle:
        """Run ``request`` on a named version and on the document of now, on the same draws, in a thread.

        Raises :class:`Refused` where the version cannot be had.
        """
        before, name = self.organisation_at(version), version.name
        return self._start(replace(request, compare=False), before, name)

    # --- tables --------------------------------------------------------------------------------

    @staticmethod
    def write_table(path: str, titles: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Write a table to ``path`` (.xlsx or .csv); raise Refused where it cannot be written."""
        write_table(path, titles, rows)


def filmed(organisation: Organisation, result: RunResult, replication: int) -> Film:
    """Return one replication of ``result``, followed minute by minute."""
    from continuity.exercise.happenings import happenings, pieces_of
    from continuity.simulation.course import Course

    meta = result.meta
    request = RunRequest(
        meta.scenario,
        start=meta.start.astimezone(ZONE).date(),
        horizon_days=meta.horizon_days,
        seed=meta.seed,
    )
    course = Course(overlay(organisation, meta.measures), request, replication)
    ids = course.legs[0].compiled.element_ids
    moments = [
        Moment(h.minute, h.code, h.about, h.cause, h.part, h.date, h.payees, h.level, max(1, len(h.hit)))
        for h in happenings(course)
    ]
    return Film(
        run=meta.id,
        replication=replication,
        start=course.start,
        horizon=course.horizon,
        levels={id_: tuple(pieces_of(course, id_)) for id_ in ids},
        moments=tuple(moments),
    )
