"""From an organisation, a scenario and measures to the compiled form; or every reason why not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from continuity.model.kinds import Event, Scenario
from continuity.model.local_time import resolve_start
from continuity.model.organisation import Organisation
from continuity.model.overlay import overlay
from continuity.model.problems import Problem, Refused
from continuity.simulation.compile_graph import GraphMaker
from continuity.simulation.compile_hazards import HazardMaker
from continuity.simulation.compiled import Compiled, full_state
from continuity.simulation.limits import too_large
from continuity.simulation.rest import below_at_rest

DAY_MINUTES = 1440
LONGEST_DAYS = 365


def compile_model(
    organisation: Organisation,
    scenario: str,
    measures: Iterable[str] = (),
    start: dt.date | None = None,
    horizon_days: int | None = None,
    seed: int = 1,
) -> Compiled:
    """Return the compiled form of a scenario (id) with measures (ids) switched on.

    ``start`` and ``horizon_days`` override the scenario's. Raises Refused with every reason.
    """
    chosen = tuple(sorted(set(measures)))
    laid = overlay(organisation, chosen)
    return compile_organisation(laid, scenario, chosen, start, horizon_days, seed)


def compile_organisation(
    organisation: Organisation,
    scenario: str,
    measures: tuple[str, ...] = (),
    start: dt.date | None = None,
    horizon_days: int | None = None,
    seed: int = 1,
    *,
    rest: bool = True,
) -> Compiled:
    """Return the compiled form of an organisation on which the measures already lie.

    ``rest``: refuse a model in which something is below 1000 when nothing happens.
    """
    chosen = organisation.of(Scenario, scenario)
    if chosen is None:
        raise Refused([Problem("no-such-record", kind="scenario", id=scenario, record=scenario)])
    days = chosen.horizon_days if horizon_days is None else horizon_days
    problems: list[Problem] = []
    instant = _instant(chosen, start, problems)
    if not 1 <= days <= LONGEST_DAYS:
        facts: dict[str, object] = {"days": days, "longest": LONGEST_DAYS}
        problems.append(_about(chosen, "bad-horizon", "horizon_days", facts))
    if not organisation.parts(scenario, Event):
        problems.append(_about(chosen, "no-events"))
    graph = GraphMaker(organisation, days * DAY_MINUTES)
    hazards = HazardMaker(organisation, chosen, graph.elements, days * DAY_MINUTES, seed)
    problems += graph.problems + hazards.problems
    if problems or instant is None:
        raise Refused(problems)
    made = graph.made()
    compiled = Compiled(
        graph=made,
        hazards=hazards.made(graph.index),
        state=full_state(made),
        start=instant,
        seed=seed,
        scenario=scenario,
        measures=measures,
        element_ids=graph.element_ids,
        need_ids=tuple(need.id for need in graph.needs),
        standby_ids=graph.standby_ids,
        event_ids=tuple(event.id for event in hazards.events),
        cycle_ids=graph.cycle_ids,
        index=graph.index,
        need_index={need.id: place for place, need in enumerate(graph.needs)},
    )
    if large := too_large(compiled, organisation):
        raise Refused(large)
    if rest and (low := below_at_rest(compiled, organisation)):
        raise Refused(low)
    return compiled


def _instant(scenario: Scenario, start: dt.date | None, problems: list[Problem]) -> dt.datetime | None:
    try:
        return resolve_start(scenario.start, start)
    except Refused:
        problems.append(_about(scenario, "no-start", "start"))
        return None


def _about(scenario: Scenario, code: str, field: str = "", facts: dict[str, object] | None = None) -> Problem:
    return Problem(code, "error", "scenario", scenario.id, scenario.code, field, facts=facts or {})
