"""Several sets of measures side by side, each against nothing and against each other, on the same draws."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from itertools import combinations

from continuity.analysis.choices import SetComparison, SetPair
from continuity.analysis.played_sets import Table
from continuity.model.organisation import Organisation
from continuity.model.overlay import overlay
from continuity.model.problems import Problem, Refused
from continuity.simulation.request import RunRequest
from continuity.simulation.run import refuse_nonsense

Report = Callable[[int, int], None]
#: Sets that can be looked at side by side.
MOST_SETS = 12


def compare_sets(
    organisation: Organisation,
    request: RunRequest,
    sets: Sequence[Sequence[str]],
    cancel: threading.Event | None = None,
    report: Report | None = None,
) -> SetComparison:
    """Return each of ``sets`` (ids of measures) beside nothing; ``request.measures`` are on throughout.

    Raises Refused where a set contradicts itself or the scenario cannot be run, and RunCancelled once
    ``cancel`` is set. ``report`` hears how many of how many steps are done.
    """
    wanted = list(dict.fromkeys([frozenset[str](), *map(frozenset, sets)]))
    refuse_nonsense(organisation, request)
    _refuse(organisation, request, wanted)
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if report:
            report(done, len(wanted) * len(table.replays[0].blocks))

    table = Table(organisation, (request,), (1.0,), cancel, step)
    found = table.fully(wanted)
    base = found[frozenset()]
    return SetComparison(
        meta=table.meta(),
        sets=tuple(table.figures(chosen, found[chosen], base) for chosen in wanted),
        pairs=tuple(
            SetPair(one, other, table.gain(found[wanted[other]], found[wanted[one]]))
            for one, other in combinations(range(len(wanted)), 2)
        ),
    )


def _refuse(organisation: Organisation, request: RunRequest, wanted: Sequence[frozenset[str]]) -> None:
    if len(wanted) == 1:
        raise Refused([Problem("nothing-to-compare")])
    if len(wanted) > MOST_SETS + 1:
        raise Refused([Problem("too-many-sets", facts={"value": len(wanted) - 1, "most": MOST_SETS})])
    problems = []
    for chosen in wanted:
        try:
            overlay(organisation, {*chosen, *request.measures})
        except Refused as refused:
            problems += [problem for problem in refused.problems if problem not in problems]
    if problems:
        raise Refused(problems)
