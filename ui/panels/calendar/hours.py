"""The hours of one pay day of one stream as tables: stages with cut-offs, fallbacks with latest decisions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from continuity import messages
from continuity.model.calendar import PlannedPayDay
from continuity.model.kinds import Fallback, Role, Scenario, Stage, Stream
from continuity.model.organisation import Organisation
from continuity.model.payments import refusals
from continuity.model.problems import Problem
from continuity.simulation.result import PayDayResult
from continuity.words import _, current
from ui.charts.numbers import Cell, Numbers, Title
from ui.shown import name_of

#: The levels at which a planner asks whether a fallback is allowed.
LEVELS = ("everyday", "severe", "war")


def compact(when: dt.datetime | None) -> str:
    """Return a local hour with its day, without the month: ``tis 23 15:00``."""
    if when is None:
        return "–"
    return f"{' '.join(moment(when).split()[:2])} {current().time(when)}"


def moment(when: dt.datetime | None) -> str:
    """Return a local hour with its day: ``tis 23 feb. 15:00``."""
    return current().datetime(when, "short") if when is not None else "–"


def stage_numbers(
    organisation: Organisation, planned: PlannedPayDay, result: PayDayResult | None, *, narrow: bool = False
) -> Numbers:
    """Return the stages: what, done by, opens, cut-off; with a run also how often the cut-off is missed.

    ``narrow`` leaves out who does it, which then stands in the tips.
    """
    titles = [Title(_("Stage"), wide=True)]
    if not narrow:
        titles.append(Title(_("Done by"), width=170))
    width, hour = (102, compact) if narrow else (124, moment)
    titles += [Title(_("Opens"), True, width), Title(_("Cut-off"), True, width)]
    times = {time.stage: time for time in result.stages} if result else {}
    if result:
        titles.append(Title(_("Missed"), True, 72))
    rows, keys = [], []
    for stage in planned.stages:
        record = organisation.of(Stage, stage.stage)
        if record is None:
            continue
        doer = name_of(organisation.get(record.element))
        row: list[Cell | str] = [Cell(record.name, tip=f"{record.name}\n{doer}")]
        if not narrow:
            row.append(doer)
        row.append(Cell(hour(stage.opens), stage.opens.timestamp()))
        row.append(Cell(hour(stage.cutoff), stage.cutoff.timestamp() if stage.cutoff else 0.0))
        if result:
            row.append(_missed(times.get(stage.stage), has_cutoff=stage.cutoff is not None))
        rows.append(tuple(row))
        keys.append(record.element)
    return Numbers(tuple(titles), tuple(rows), tuple(keys))


def _missed(time: object, *, has_cutoff: bool) -> Cell:
    missed = getattr(time, "missed_cutoff", None)
    if missed is None or not has_cutoff:
        return Cell("–", -1)
    tone = "breach" if missed.share > 0.0005 else ""
    return Cell(current().percent(missed.share), missed.share, tone=tone)


@dataclass(frozen=True, slots=True)
class PlanB:
    """One fallback of a pay day: until when it can be decided, by whom, and where it is allowed."""

    fallback: Fallback
    decide_by: dt.datetime
    decider: str
    allowed: tuple[tuple[str, bool], ...]  # strain level in words, whether it is allowed there
    reasons: tuple[str, ...]  # why not, each with the levels it holds for
    used: float | None  # share of the runs in which it was used


def plans_b(organisation: Organisation, planned: PlannedPayDay, result: PayDayResult | None) -> list[PlanB]:
    """Return the fallbacks of ``planned`` in their stated order."""
    stream = organisation.of(Stream, planned.stream)
    used = {use.fallback: use.used.share for use in result.fallbacks} if result else {}
    found = []
    for plan in planned.fallbacks:
        fallback = organisation.of(Fallback, plan.fallback)
        if fallback is None or stream is None:
            continue
        refused = {level: refusals(organisation, at_level(level), stream, fallback) for level in LEVELS}
        found.append(
            PlanB(
                fallback,
                plan.decide_by,
                name_of(organisation.of(Role, fallback.decider)),
                tuple((short_level(level), not problems) for level, problems in refused.items()),
                _reasons(refused),
                used.get(fallback.id),
            )
        )
    return found


def _reasons(refused: dict[str, tuple[Problem, ...]]) -> tuple[str, ...]:
    levels: dict[str, list[str]] = {}
    for level, problems in refused.items():
        for problem in problems:
            levels.setdefault(messages.sentence(problem), []).append(short_level(level).lower())
    return tuple(
        sentence if len(where) == len(refused) else f"{sentence} ({', '.join(where)})"
        for sentence, where in levels.items()
    )


def at_level(level: str) -> Scenario:
    """Return a scenario of a strain level and nothing else, to ask what the law allows there."""
    return Scenario(id="", code="", name=_("such a time"), strain=level)


def short_level(level: str) -> str:
    """Return the word for a strain level in a narrow column."""
    match level:
        case "everyday":
            return _("Everyday")
        case "severe":
            return _("Crisis")
        case _:
            return _("War")
