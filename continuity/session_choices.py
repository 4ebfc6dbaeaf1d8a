"""The door to what to do about it: sets compared, the best set under a budget, needed and achieved."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from continuity.model.edits import Add, Edit, Group
from continuity.model.ids import new_id
from continuity.model.kinds import Gap, Measure
from continuity.model.organisation import Organisation
from continuity.session_analysis import Analysing, AnalysisHandle, Report, Work
from continuity.simulation.codec import write_plain
from continuity.simulation.request import RunRequest

if TYPE_CHECKING:
    from continuity.analysis.achieved_facts import AchievedByDate, AchievedByLevel
    from continuity.analysis.choices import Optimum, SetComparison
    from continuity.analysis.optimising import Wish
    from continuity.analysis.structure import Structure

Cancel = threading.Event | None
FORMAT = 1


class Choosing(Analysing):
    """Measures weighed against each other, and demands against what runs say."""

    def compare_sets(
        self,
        request: RunRequest,
        sets: Sequence[Sequence[str]],
        *,
        cancel: Cancel = None,
        report: Report | None = None,
    ) -> SetComparison:
        """Return sets of measures (ids) side by side, beside nothing; raise Refused as a run would."""
        return self._compare_work(request, sets)(cancel, report)

    def start_compare_sets(
        self, request: RunRequest, sets: Sequence[Sequence[str]]
    ) -> AnalysisHandle[SetComparison]:
        """Find :meth:`compare_sets` in a thread of its own."""
        return AnalysisHandle(self._compare_work(request, sets))

    def optimise(self, wish: Wish, *, cancel: Cancel = None, report: Report | None = None) -> Optimum:
        """Return the best set of measures under a budget; raise Refused where nothing can be chosen."""
        return self._optimise_work(wish)(cancel, report)

    def start_optimise(self, wish: Wish) -> AnalysisHandle[Optimum]:
        """Find :meth:`optimise` in a thread of its own."""
        return AnalysisHandle(self._optimise_work(wish))

    def start_structure(self) -> AnalysisHandle[Structure]:
        """Find what can be said without a run in a thread of its own."""
        organisation = self._frozen()

        def work(cancel: Cancel, report: Report | None) -> Structure:
            from continuity.analysis.structure import structure

            return structure(organisation)

        return AnalysisHandle(work)

    def start_achieved_by_level(self, request: RunRequest) -> AnalysisHandle[AchievedByLevel]:
        """Play every scenario and find what is achieved of the demands, by strain level."""
        organisation = self._frozen()

        def work(cancel: Cancel, report: Report | None) -> AchievedByLevel:
            from continuity.analysis.achieved import by_level

            return by_level(organisation, request, cancel, report, self._left)

        return AnalysisHandle(work)

    def start_achieved_by_date(self, request: RunRequest) -> AnalysisHandle[AchievedByDate]:
        """Find on how many days before each pay day the scenario may begin."""
        organisation = self._frozen()

        def work(cancel: Cancel, report: Report | None) -> AchievedByDate:
            from continuity.analysis.achieved import by_date

            return by_date(organisation, request, cancel, report)

        return AnalysisHandle(work)

    def choice_as_plain(self, found: SetComparison | Optimum) -> dict[str, Any]:
        """Return a comparison of sets, or the best set, as plain objects with the names of its records."""
        kind = "optimum" if hasattr(found, "bought") else "sets"
        plain = {"format": FORMAT, "kind": f"uthallig-{kind}", **write_plain(found)}
        return {**plain, "records": self._names(plain)}

    def _compare_work(self, request: RunRequest, sets: Sequence[Sequence[str]]) -> Work[SetComparison]:
        organisation = self._frozen()

        def work(cancel: Cancel, report: Report | None) -> SetComparison:
            from continuity.analysis.comparing import compare_sets

            return compare_sets(organisation, request, sets, cancel, report)

        return work

    def _optimise_work(self, wish: Wish) -> Work[Optimum]:
        organisation = self._frozen()

        def work(cancel: Cancel, report: Report | None) -> Optimum:
            from continuity.analysis.optimising import optimise

            return optimise(organisation, wish, cancel, report)

        return work


def wish(budget: int, scenarios: tuple[tuple[str, float], ...], years: int = 1) -> Wish:
    """Return what :meth:`Choosing.optimise` asks for, without loading the engine before it is asked."""
    from continuity.analysis.optimising import Wish

    return Wish(budget, scenarios, years=years)


def to_gaps(
    organisation: Organisation,
    measures: Sequence[str],
    due: dt.date | None,
    owner: str | None,
    notes: Mapping[str, str],
) -> Edit | None:
    """Return the one edit that puts ``measures`` on the list of gaps and actions; None: all stand there.

    Owner and due date are those of the measure, else the given ones. ``notes``: why each was chosen.
    """
    listed = {gap.measure for gap in organisation.all(Gap) if gap.state not in ("done", "accepted")}
    wanted = [m for id_ in measures if (m := organisation.of(Measure, id_)) and id_ not in listed]
    taken: set[str] = set()
    edits: list[Edit] = []
    for measure in wanted:
        code = _free_code(organisation, measure, taken)
        edits.append(
            Add(
                Gap(
                    id=new_id(),
                    code=code,
                    name=measure.name,
                    measure=measure.id,
                    owner=measure.owner or owner,
                    due=measure.due or due,
                    note=notes.get(measure.id, ""),
                )
            )
        )
    return Group("add", tuple(edits)) if edits else None


def _free_code(organisation: Organisation, measure: Measure, taken: set[str]) -> str:
    used = {gap.code for gap in organisation.all(Gap)} | taken
    base = f"G-{measure.code.removeprefix('M-')}"
    code = next(c for n in range(1, 10_000) if (c := base if n == 1 else f"{base}-{n}") not in used)
    taken.add(code)
    return code
