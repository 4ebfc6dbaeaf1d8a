"""The chance that a target is lost: exact by a diagram, between bounds where that grows too large."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from continuity.analysis.diagram import Diagram, TooLarge, first_used
from continuity.analysis.losses import Logic, Losses, loss_of
from continuity.analysis.results import Importance, MinimalCut
from continuity.analysis.targets import Target

#: A chance below this is none.
_NOTHING = 1e-15
#: Cut sets of which the exact chance of any of them is tried.
_MOST_UNITED = 400


@dataclass(frozen=True, slots=True)
class Chance:
    """Bounds of a chance, the cut sets that the lower rests on if it is no exact one; what hangs on what."""

    low: float
    high: float
    kept: int | None
    importance: tuple[Importance, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Cut sets up to an order, likeliest first: with levels rounded down, and those certain to be some."""

    order: int
    most: Sequence[MinimalCut]
    least: Sequence[MinimalCut]


@dataclass(frozen=True, slots=True)
class _Room:
    """A diagram and the formulas in it."""

    diagram: Diagram
    losses: Losses[int]
    whole: bool  # every basic event has a variable


class Chances:
    """Finds the chance of one target after the other; what they share is found once."""

    def __init__(
        self,
        logic: Logic,
        lower: Logic,
        chances: Sequence[float],
        aims: Sequence[Target],
        most: int,
        pause: Callable[[], None],
    ) -> None:
        self._logic, self._chances, self._most, self._pause = logic, chances, most, pause
        self._lower = lower
        self._all_in_order = first_used(logic, aims)
        self._rooms: dict[bool, _Room] = {}
        self._too_many = len(chances) + 1  # events of a target for which a diagram of its own was too small

    def of(self, aim: Target, found: Found) -> Chance:
        """Return the chance of ``aim`` with these cut sets."""
        with suppress(TooLarge):
            low, weights = self._whole(aim, kind=True)
            high = self._whole(aim, kind=False)[0] if self._logic.rounded else low
            return Chance(low, high, None, weights)
        return self._bounds(first_used(self._logic, (aim,)), found)

    def _whole(self, aim: Target, *, kind: bool) -> tuple[float, tuple[Importance, ...]]:
        kind = kind and self._logic.rounded
        order: Sequence[int] = ()
        room = self._rooms.get(kind) or self._made(self._all_in_order, kind=kind)
        self._rooms[kind] = room
        if not room.whole:
            order = first_used(self._logic, (aim,))
        if room.diagram.knows(order):
            with suppress(TooLarge):  # by what others left in it
                return self._asked(room, aim)
        order = order or first_used(self._logic, (aim,))
        if len(order) >= self._too_many:
            raise TooLarge
        self._rooms[kind] = self._made(order, kind=kind)
        try:
            return self._asked(self._rooms[kind], aim)
        except TooLarge:
            self._too_many = len(order)
            raise

    def _asked(self, room: _Room, aim: Target) -> tuple[float, tuple[Importance, ...]]:
        formula = loss_of(room.losses, aim)
        chance = room.diagram.probability(formula, self._chances)
        return chance, self._importance(room.diagram, formula, chance)

    def _made(self, order: Sequence[int], *, kind: bool) -> _Room:
        diagram = Diagram(order, self._most, self._pause)
        losses = Losses(self._lower if kind else self._logic, diagram)
        return _Room(diagram, losses, len(order) == len(self._all_in_order))

    def _bounds(self, order: Sequence[int], found: Found) -> Chance:
        """Return bounds by cut sets.

        Some of the cut sets are less likely than all. Of independent events, all cut sets up to an order are
        together at most as likely as if they were independent (Esary and Proschan 1963), and a larger one
        needs more events than the order.
        """
        many = chance_of_more([self._chances[number] for number in order], found.order)
        high = min(1.0, 1.0 - math.prod(1.0 - cut.chance for cut in found.most) + many)
        told = min(len(found.least), _MOST_UNITED)
        while told:
            with suppress(TooLarge):
                low, weights = self._united(order, found.least[:told])
                return Chance(low, max(low, high), told, weights)
            told //= 2
        return Chance(0.0, high, 0, ())

    def _united(
        self, order: Sequence[int], cuts: Sequence[MinimalCut]
    ) -> tuple[float, tuple[Importance, ...]]:
        used = {number for cut in cuts for number in cut.events}
        diagram = Diagram([number for number in order if number in used], self._most, self._pause)
        formula = diagram.never
        for cut in cuts:
            together = diagram.always
            for number in cut.events:
                together = diagram.both(together, diagram.variable(number))
            formula = diagram.any_of([formula, together])
        chance = diagram.probability(formula, self._chances)
        return chance, self._importance(diagram, formula, chance)

    def _importance(self, diagram: Diagram, formula: int, chance: float) -> tuple[Importance, ...]:
        found = []
        for number, slope in diagram.derivatives(formula, self._chances).items():
            own = self._chances[number]
            without, given = chance - own * slope, chance + (1 - own) * slope
            if slope > 0 and chance > 0:
                reduction = chance / without if without > _NOTHING else None
                share = own * slope / chance
                found.append(Importance(number, slope, share, given / chance, reduction))
        return tuple(sorted(found, key=lambda i: (-i.fussell_vesely, -i.birnbaum, i.event)))


def chance_of_more(chances: Sequence[float], number: int) -> float:
    """Return the chance that more than ``number`` of independent events happen."""
    rows = [1.0] + [0.0] * number  # the chance that so many have happened
    for chance in chances:
        for count in range(number, -1, -1):
            before = rows[count - 1] if count else 0.0
            rows[count] = rows[count] * (1 - chance) + before * chance
    return max(0.0, 1.0 - math.fsum(rows))
