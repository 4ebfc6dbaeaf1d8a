"""At rest: without disruptions every element must be full, or the model itself is short of something."""

from __future__ import annotations

import numpy as np

from continuity.model.kinds import Element, Need, kind_of
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem
from continuity.simulation.compiled import FULL, RULE_SHARE, Compiled, Table
from continuity.simulation.levels import propagate
from continuity.simulation.sample import no_disruptions


def below_at_rest(compiled: Compiled, organisation: Organisation) -> list[Problem]:
    """Return a problem for each element that is below 1000 when nothing happens, with the reason.

    Only the first of a chain is named: what lies downstream of it falls with it.
    """
    timelines = propagate(compiled, no_disruptions(compiled))
    lowest = [int(timelines.pieces(place, 0)[1].min()) for place in range(compiled.elements)]
    problems = []
    for place, level in enumerate(lowest):
        element = organisation.of(Element, compiled.element_ids[place])
        if level == FULL or element is None or _falls_with_another(compiled, place, lowest):
            continue
        since = int(timelines.pieces(place, 0)[0][timelines.pieces(place, 0)[1] < FULL][0])
        short = _short_need(compiled, organisation, place)
        facts: dict[str, object] = {"percent": level // 10, "minute": since}
        code = "below-at-rest-need" if short else "below-at-rest"
        if short:
            facts["need"] = f"{short.code} {short.name}"
        shown = f"{element.code} {element.name}"
        problems.append(Problem(code, "error", kind_of(element).name, element.id, shown, facts=facts))
    return problems


def _feeds(compiled: Compiled, need: int) -> Table:
    rule = compiled.graph.needs[need]
    return compiled.graph.feeds[rule["first_feed"] : rule["end_primary"]]


def _needs(compiled: Compiled, element: int) -> range:
    row = compiled.graph.elements[element]
    return range(int(row["first_need"]), int(row["end_need"]))


def _falls_with_another(compiled: Compiled, element: int, lowest: list[int]) -> bool:
    suppliers = [int(f["element"]) for n in _needs(compiled, element) for f in _feeds(compiled, n)]
    return any(lowest[supplier] < FULL for supplier in suppliers if supplier < element)


def _short_need(compiled: Compiled, organisation: Organisation, element: int) -> Need | None:
    """Return the need that its full suppliers cannot fill: only a share can be so."""
    for need in _needs(compiled, element):
        feeds = _feeds(compiled, need)
        units = np.clip(feeds["capacity"] * FULL - feeds["before"], 0, feeds["claim"]).sum()
        rule = compiled.graph.needs[need]
        if rule["rule"] == RULE_SHARE and rule["required"] * FULL > units:
            return organisation.of(Need, compiled.need_ids[need])
    return None
