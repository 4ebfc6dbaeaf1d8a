"""Needed against achieved: what runs say of RTO and MTPD at each strain level, and on which day what holds.

Importing this module imports the engine.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from continuity.analysis.achieved_facts import (
    WHOLE,
    Achieved,
    AchievedByDate,
    AchievedByLevel,
    DayBefore,
    StreamByDate,
)
from continuity.analysis.played_sets import estimate
from continuity.analysis.replay import Replay, Report, Side, paused
from continuity.analysis.results import AnalysisMeta
from continuity.model.calendar import BankCalendar, PayDate, pay_days
from continuity.model.kinds import Function, Scenario, Stream
from continuity.model.kinds.payments import IN_NEED
from continuity.model.kinds.scenarios import STRAIN
from continuity.model.local_time import DAY, ZONE, resolve_start
from continuity.model.organisation import Organisation
from continuity.model.problems import Refused
from continuity.simulation.figures import proportion
from continuity.simulation.kept import Kept
from continuity.simulation.request import RunRequest
from continuity.simulation.result import Comparison, FunctionResult, RunMeta, RunResult
from continuity.simulation.run import refuse_nonsense, run

#: The scenario begins at most so many days before a pay day.
MOST_DAYS = 10
_SEARCHED = 62  # days in which a pay day is looked for


def by_level(
    organisation: Organisation,
    request: RunRequest,
    cancel: threading.Event | None = None,
    report: Report | None = None,
    kept: Kept | None = None,
) -> AchievedByLevel:
    """Return needed and achieved of every function at each strain level, by all scenarios of the document.

    Of ``request`` its measures, replications and seed hold; each scenario starts as it says itself. Raises
    RunCancelled once ``cancel`` is set.
    """
    scenarios = list(organisation.all(Scenario))
    worst: dict[tuple[str, str], Achieved] = {}
    metas, refused = [], []
    for number, scenario in enumerate(scenarios, 1):
        paused(cancel)
        asked = replace(request, scenario=scenario.id, compare=False, start=None, horizon_days=None)
        try:
            result = run(organisation, asked, cancel, kept=kept)
        except Refused:
            refused.append(scenario.id)
            continue
        assert not isinstance(result, Comparison)
        metas.append(_meta(result.meta))
        _take(organisation, scenario, result, worst)
        if report:
            report(number, len(scenarios))
    return AchievedByLevel(tuple(metas), tuple(sorted(worst.values(), key=_order)), tuple(refused))


def _take(
    organisation: Organisation, scenario: Scenario, result: RunResult, worst: dict[tuple[str, str], Achieved]
) -> None:
    for found in result.functions:
        function = organisation.of(Function, found.element)
        if function is None or (function.rto is None and function.mtpd is None):
            continue
        one, key = _achieved(function, scenario, found), (function.id, scenario.strain)
        if key not in worst or _badness(one) > _badness(worst[key]):
            worst[key] = one


def _achieved(function: Function, scenario: Scenario, found: FunctionResult) -> Achieved:
    return Achieved(
        function=function.id,
        strain=scenario.strain,
        scenario=scenario.id,
        down=found.down,
        longest_down=found.longest_down,
        rto=function.rto,
        rto_breach=found.rto_breach,
        mtpd=function.mtpd,
        mtpd_breach=found.mtpd_breach,
    )


def _badness(one: Achieved) -> tuple[float, float, float]:
    mtpd, rto = (breach.share if breach else 0.0 for breach in (one.mtpd_breach, one.rto_breach))
    return mtpd, rto, one.longest_down.mean


def _order(one: Achieved) -> tuple[tuple[float, ...], int, str]:
    return tuple(-part for part in _badness(one)), list(STRAIN).index(one.strain), one.function


def _meta(meta: RunMeta) -> AnalysisMeta:
    of = (meta.scenario, meta.measures, meta.seed, meta.replications, meta.fingerprint)
    return AnalysisMeta(meta.program_version, meta.engine_version, *of)


# --- by the day on which it begins --------------------------------------------------------------


def by_date(
    organisation: Organisation,
    request: RunRequest,
    cancel: threading.Event | None = None,
    report: Report | None = None,
) -> AchievedByDate:
    """Return, for the next pay day of each stream, on how many days before it the scenario may begin.

    Levels are played once and the pay days of each beginning anew, on the same draws. Raises Refused where
    the scenario cannot be run and RunCancelled once ``cancel`` is set.
    """
    refuse_nonsense(organisation, request)
    scenario = organisation.of(Scenario, request.scenario)
    assert scenario is not None
    first = request.start or resolve_start(scenario.start).astimezone(ZONE).date()
    replay = Replay(organisation, replace(request, start=first, precision=None))
    laid = replay.base.organisation
    aims = _aims(laid, first + MOST_DAYS * DAY)
    starts = sorted({pay.paid - days * DAY for _, pay in aims for days in range(MOST_DAYS + 1)})
    shares = _shares(replay, laid, starts, aims, cancel, report)
    found = [_stream(stream, pay, shares) for stream, pay in aims]
    found = [one for one in found if one.days]
    return AchievedByDate(replay.meta(), tuple(sorted(found, key=_weight)))


Key = tuple[str, dt.date]  # stream and start
Shares = dict[Key, list[NDArray[np.float64]]]


def _aims(organisation: Organisation, since: dt.date) -> list[tuple[Stream, PayDate]]:
    banks, found = BankCalendar.of(organisation), []
    for stream in organisation.all(Stream):
        days = [p for p in pay_days(stream, banks, since, since + _SEARCHED * DAY) if p.paid >= since]
        if days:
            found.append((stream, days[0]))
    return found


def _shares(
    replay: Replay,
    laid: Organisation,
    starts: Sequence[dt.date],
    aims: Sequence[tuple[Stream, PayDate]],
    cancel: threading.Event | None,
    report: Report | None,
) -> Shares:
    """Return the share paid on time of each replication, block by block."""
    wanted = {(stream.id, pay.nominal) for stream, pay in aims}
    sides: dict[dt.date, Side] = {}
    found: Shares = {}
    done, total = 0, len(starts) * len(replay.blocks)

    def play(start: dt.date) -> tuple[dt.date, list[tuple[str, NDArray[np.float64]]]]:
        paused(cancel)
        side = sides.get(start) or Side(laid, replace(replay.request, measures=(), start=start))
        sides[start] = side
        on_time = replay.play(side).on_time
        rows = [
            (n, day) for n, day in enumerate(side.plan.days) if (day.stream.id, day.pay.nominal) in wanted
        ]
        return start, [(day.stream.id, on_time[n] / max(1, day.payees)) for n, day in rows]

    with ThreadPoolExecutor(replay.workers, thread_name_prefix="begins") as pool:
        for block in replay.blocks:
            replay.begin(*block)
            for start, rows in pool.map(play, starts):
                for stream, share in rows:
                    found.setdefault((stream, start), []).append(share)
                done += 1
                if report:
                    report(done, total)
    return found


def _stream(stream: Stream, pay: PayDate, shares: Shares) -> StreamByDate:
    days = []
    for before in range(MOST_DAYS, -1, -1):
        start = pay.paid - before * DAY
        with suppress(KeyError):  # due outside the run
            days.append(_day(before, start, np.concatenate(shares[stream.id, start])))
    return StreamByDate(stream.id, pay.nominal, pay.paid, stream.livelihood in IN_NEED, tuple(days))


def _day(before: int, start: dt.date, shares: NDArray[np.float64]) -> DayBefore:
    return DayBefore(before, start, estimate(shares), proportion(int((shares >= WHOLE).sum()), len(shares)))


def _weight(one: StreamByDate) -> tuple[bool, int, str]:
    return not one.in_need, sum(day.holds for day in one.days), one.stream
