"""Exact chances of loss, minimal cut sets and importance of basic events, for functions and payments."""

from __future__ import annotations

import hashlib
import importlib.metadata
import math
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace

from continuity.analysis.basic_events import WhatHappens
from continuity.analysis.chances import Chances, Found
from continuity.analysis.cuts import CutSets, Family, TooManySets, members
from continuity.analysis.diagram import MOST_NODES, TooLarge, first_used
from continuity.analysis.losses import Logic, Losses, loss_of
from continuity.analysis.results import AnalysisMeta, Exact, MinimalCut, TargetLoss
from continuity.analysis.static import StaticModel
from continuity.analysis.targets import Target, stage_targets, targets
from continuity.model.organisation import Organisation
from continuity.model.overlay import overlay
from continuity.simulation.cancel import RunCancelled
from continuity.simulation.compiled import ENGINE_VERSION

Report = Callable[[int, int], None]
#: Cut sets of one target that are told, the likeliest.
MOST_CUTS = 500
_FEWEST_LEVELS = 4


def exact(
    organisation: Organisation,
    scenario: str | None = None,
    measures: Iterable[str] = (),
    *,
    order: int = 3,
    cancel: threading.Event | None = None,
    report: Report | None = None,
    most_nodes: int = MOST_NODES,
) -> Exact:
    """Return the chance of loss of each function, stage and stream, its cut sets, and what hangs on what.

    ``scenario`` (id): its events and everyday failures; None: everyday failures alone. All that happens is
    taken to hold at the same time and to outlast buffers and stocks. ``order``: cut sets of at most so many
    basic events are looked for. ``report`` hears how many of how many targets are done. Raises
    RunCancelled once ``cancel`` is set.
    """
    laid = overlay(organisation, measures)
    model = StaticModel(laid)
    what = WhatHappens(model, scenario)
    aims = (*targets(laid), *stage_targets(laid))

    def pause() -> None:
        if cancel is not None and cancel.is_set():
            raise RunCancelled

    seeker = _Seeker(_logic(model, what, aims, pause), what.chances, aims, order, most_nodes)
    found = []
    for aim in aims:
        found.append(seeker.loss(aim))
        if report:
            report(len(found), len(aims))
    kinds = ("function", "stream", "stage")
    return Exact(
        meta=_meta(scenario, measures, (model.ids, model.needs, what.events, aims)),
        events=tuple(what.events),
        targets=tuple(sorted(found, key=lambda t: (kinds.index(t.kind), -t.high, -t.low, t.target))),
    )


def _logic(model: StaticModel, what: WhatHappens, aims: Sequence[Target], pause: Callable[[], None]) -> Logic:
    """Return the formulas of all targets, with levels rounded where they would have too many parts."""
    logic = Logic(model, what, pause=pause)
    for most in (16, _FEWEST_LEVELS):
        with suppress(TooLarge):
            first_used(logic, aims)
            return logic
        logic = Logic(model, what, most=most, pause=pause)
    return logic


class _Seeker:
    """Finds one target after the other and keeps what they share."""

    def __init__(
        self,
        logic: Logic,
        chances: list[float],
        aims: Sequence[Target],
        order: int,
        most: int,
    ) -> None:
        self._logic, self._events = logic, chances
        self._lower = (
            Logic(logic.model, logic.own, kind=True, most=logic.most, pause=logic.pause)
            if logic.rounded
            else logic
        )
        self._order, self._pause = order, logic.pause
        self._sets: dict[tuple[bool, int], tuple[CutSets, Losses[Family]]] = {}
        self._chances = Chances(logic, self._lower, chances, aims, most, self._pause)
        self._known: dict[frozenset[tuple[str, int]], TargetLoss] = {}

    def loss(self, aim: Target) -> TargetLoss:
        """Return all that is asked of one target; stages that ask the same are found once."""
        self._pause()
        asked = frozenset((element, least) for element, least, _ in aim.needs)
        if asked not in self._known:
            self._known[asked] = self._found(aim)
        return replace(self._known[asked], target=aim.id, kind=aim.kind)

    def _found(self, aim: Target) -> TargetLoss:
        order, family = self._cut_sets(aim, kind=False)
        cuts = sure = self._told(family)
        if self._lower is not self._logic:
            sure = self._told(self._cut_sets(aim, kind=True)[1])
        chance = self._chances.of(aim, Found(order, cuts, sure))
        return TargetLoss(
            target=aim.id,
            kind=aim.kind,
            low=chance.low,
            high=chance.high,
            kept=chance.kept,
            rounded=bool(self._logic.rounded),
            order=order,
            cuts=tuple(cuts[:MOST_CUTS]),
            cuts_left_out=max(0, len(cuts) - MOST_CUTS),
            importance=chance.importance,
        )

    # --- cut sets ------------------------------------------------------------------------------

    def _cut_sets(self, aim: Target, *, kind: bool) -> tuple[int, Family]:
        for order in range(self._order, 0, -1):
            if (kind, order) not in self._sets:
                algebra = CutSets(order, pause=self._pause)
                logic = self._lower if kind else self._logic
                self._sets[kind, order] = algebra, Losses(logic, algebra)
            algebra, losses = self._sets[kind, order]
            algebra.begin()
            with suppress(TooManySets):
                return order, loss_of(losses, aim)
        return 0, CutSets.never

    def _told(self, family: Family) -> list[MinimalCut]:
        found = [MinimalCut(m, math.prod(self._events[n] for n in m)) for m in map(members, family)]
        return sorted(found, key=lambda c: (-c.chance, len(c.events), c.events))


def _meta(scenario: str | None, measures: Iterable[str], decisive: object) -> AnalysisMeta:
    return AnalysisMeta(
        program_version=importlib.metadata.version("uthallig"),
        engine_version=ENGINE_VERSION,
        scenario=scenario,
        measures=tuple(sorted(set(measures))),
        seed=None,
        replications=None,
        fingerprint=hashlib.sha256(repr(decisive).encode()).hexdigest(),
    )
