"""The door to plans: which there are, how one looks, write a package of them, verify a package."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from continuity.model.problems import Problem
from continuity.session_analysis import Analysing
from continuity.session_runs import Result

if TYPE_CHECKING:
    from continuity.planning.changes import Since
    from continuity.planning.preview import PlanName
    from continuity.planning.request import PlanPackage, PlanRequest, Signed


class Planning(Analysing):
    """Plans of the document. Without ``results`` their figures are those of the run that was kept last."""

    _since_held: tuple[tuple[str, int], Since] | None = None

    def plan(
        self,
        request: PlanRequest,
        report: Callable[[int, int], None] | None = None,
        cancel: threading.Event | None = None,
    ) -> PlanPackage:
        """Write a plan package; raise :class:`Refused` and leave nothing where it cannot be written.

        ``report`` hears how many of how many plans are done. Raises PlanCancelled once ``cancel`` is set.
        """
        from continuity.planning.package import write_package

        results = request.results
        if results is not None and self.is_stale(results):
            request = replace(request, stale=True)
        request = replace(request, signed=self._signed_off(), since=self._since())
        return write_package(self.organisation.copy(), request, report, cancel, structure=self.structure())

    def _signed_off(self) -> Signed | None:
        """Return who stands by the model, and whether it has moved on since."""
        from continuity.planning.request import Signed

        if self.signed is None:
            return None
        version, signoff, is_same = self.signed
        on = dt.datetime.fromisoformat(signoff.at).astimezone().date()
        return Signed(version.name, signoff.name, signoff.role, on, not is_same)

    def _since(self) -> Since | None:
        """Return what has changed since the version that was signed off last; None where none was."""
        if self.signed is None:
            return None
        from continuity.session_since import since

        version, signoff, _same = self.signed
        key = (version.id, self._next)
        if self._since_held is None or self._since_held[0] != key:
            self._since_held = (key, since(version, signoff, self.compare(version, None)))
        return self._since_held[1]

    def plan_names(self, lang: str, results: Result | None = None) -> list[PlanName]:
        """Return the plans that can be previewed: code, group, title, what for."""
        from continuity.planning.preview import available

        return available(self.organisation.copy(), lang, results or self.latest_run())

    def preview(self, what: str, lang: str, results: Result | None = None) -> str:
        """Return the plan with the code ``what`` as one HTML page."""
        from continuity.planning.preview import preview

        results = results or self.latest_run()
        return preview(
            self.organisation.copy(), what, lang, results, stale=self._stale(results), since=self._since()
        )

    def preview_pages(
        self, what: str, lang: str, results: Result | None = None, *, pixels_per_inch: float = 110
    ) -> list[bytes]:
        """Return the plan with the code ``what`` as its pages on paper, one PNG each."""
        from continuity.planning.preview import preview_pages

        results = results or self.latest_run()
        return preview_pages(
            self.organisation.copy(),
            what,
            lang,
            results,
            stale=self._stale(results),
            since=self._since(),
            pixels_per_inch=pixels_per_inch,
        )

    def _stale(self, results: Result | None) -> bool:
        return results is not None and self.is_stale(results)

    @staticmethod
    def check_place(folder: Path) -> None:
        """Raise :class:`Refused` where a plan package cannot be written to ``folder``; write nothing."""
        from continuity.planning.place import check_place

        check_place(folder)

    @staticmethod
    def verify(package: Path | str) -> list[Problem]:
        """Return what is missing, changed or too many in a plan package (folder or zip)."""
        from continuity.planning.verify import verify_package

        return verify_package(Path(package))
