"""The same scenario on every day of a month: levels are played once, the pay days of each beginning anew.

Importing this module imports the engine.
"""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from os import cpu_count

from continuity.analysis.start_days import StartDay, Sweep, days_of
from continuity.model.local_time import ZONE
from continuity.model.organisation import Organisation
from continuity.simulation.cancel import RunCancelled
from continuity.simulation.compiled import ENGINE_VERSION, fingerprint
from continuity.simulation.kept import Kept
from continuity.simulation.levels import levels_of_block
from continuity.simulation.limits import block_size
from continuity.simulation.pay import pay
from continuity.simulation.pay_statistics import PayFigures
from continuity.simulation.request import RunRequest
from continuity.simulation.reuse import Reusing, is_known_form
from continuity.simulation.run import refuse_nonsense
from continuity.simulation.timelines import Timelines
from continuity.simulation.variant import Variant

Report = Callable[[int, int], None]


def sweep(
    organisation: Organisation,
    request: RunRequest,
    month: dt.date,
    cancel: threading.Event | None = None,
    report: Report | None = None,
    kept: Kept | None = None,
) -> Sweep:
    """Return what ``request`` does when it begins on each day of ``month``.

    ``report`` hears how many of how many steps are done. Every day gives what a run that starts on it gives,
    to the bit; what earlier runs left in ``kept`` is used again. Raises Refused where the scenario cannot be
    run and RunCancelled once ``cancel`` is set.
    """
    asked = replace(request, compare=False, precision=None)
    refuse_nonsense(organisation, replace(asked, start=month))
    dates, total = list(days_of(month)), asked.replications
    first = Variant(organisation, replace(asked, start=dates[0]), asked.measures)
    size = block_size(first.compiled)
    blocks = [(at, min(size, total - at)) for at in range(0, total, size)]
    goal = len(dates) * (1 + len(blocks))
    done = 0

    def step() -> None:
        nonlocal done
        if cancel is not None and cancel.is_set():
            raise RunCancelled
        done += 1
        if report is not None:
            report(done, goal)

    variants = []
    for date in dates:
        step()
        variants.append(Variant(organisation, replace(asked, start=date), asked.measures))
    with ThreadPoolExecutor(asked.workers or cpu_count() or 1, thread_name_prefix="sweep") as pool:
        for block in blocks:
            lines = _levels(first, kept, *block)

            def play(variant: Variant, lines: Timelines = lines) -> PayFigures:
                same = _same_levels(first, variant)
                return _paid(variant, lines if same else _levels(variant, None, lines.first, lines.count))

            for variant, figures in zip(variants, pool.map(play, variants), strict=True):
                variant.pay.add(figures)
                step()
    return _sweep(first, request, month.replace(day=1), tuple(_day(variant) for variant in variants))


def _levels(variant: Variant, kept: Kept | None, first: int, count: int) -> Timelines:
    if kept is None or not is_known_form():
        return levels_of_block(variant.compiled, first, count)
    return Reusing(variant.compiled, kept, "sweep").block(first, count)


def _same_levels(one: Variant, other: Variant) -> bool:
    """Tell whether the levels of two variants are the same: levels know minutes and no dates."""
    if one is other:
        return True
    return fingerprint(replace(other.compiled, start=one.compiled.start)) == fingerprint(one.compiled)


def _paid(variant: Variant, lines: Timelines) -> PayFigures:
    block = pay(variant.plan, (lines.minutes, lines.levels, lines.offsets), variant.rows)
    return variant.pay.figures(block)


def _day(variant: Variant) -> StartDay:
    head = variant.pay.headline()
    return StartDay(
        date=variant.compiled.start.astimezone(ZONE).date(),
        start=variant.compiled.start,
        fingerprint=variant.fingerprint(),
        in_need_payees=head.in_need_payees,
        in_need_unpaid=head.in_need_unpaid,
        in_need_person_days=head.in_need_person_days,
        longest_wait_days=head.longest_wait_days,
        payees=head.both.payees,
        payees_on_time=head.both.payees_on_time,
        sek_on_time=head.both.sek_on_time,
    )


def _sweep(first: Variant, request: RunRequest, month: dt.date, days: tuple[StartDay, ...]) -> Sweep:
    return Sweep(
        program_version=importlib.metadata.version("uthallig"),
        engine_version=ENGINE_VERSION,
        seed=request.seed,
        replications=request.replications,
        scenario=first.scenario.id,
        scenario_code=first.scenario.code,
        measures=first.measures,
        horizon_days=first.compiled.horizon // 1440,
        hardship_days=first.hardship_days,
        month=month,
        days=days,
    )
