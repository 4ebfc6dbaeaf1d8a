"""Decision diagrams of losses (by ``dd``): exact probabilities and how much hangs on each basic event."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from dd.bdd import BDD

from continuity.analysis.losses import Logic, Losses, loss_of
from continuity.analysis.targets import Target

#: Nodes of one diagram beyond which it is given up.
MOST_NODES = 150_000
#: Questions to one diagram, as a multiple of that, beyond which it is given up.
_MOST_STEPS = 3
#: Parts of all formulas together beyond which levels are rounded.
MOST_PARTS = 1_000_000
_PARTS_TO_PAUSE = 1024
_FRAMES = 4_000


class TooLarge(Exception):  # noqa: N818 - not an error: bounds are found instead
    """The diagram has more nodes than can be kept."""


class _Bdd(BDD):  # type: ignore[misc]
    """A diagram that is thrown away whole: nothing is counted out node by node at its end."""

    def __del__(self) -> None:
        """Do nothing: a full diagram could not even do that."""


class _Trace:
    """Says nothing and notes which basic events are asked for, in which order."""

    never = always = 0

    def __init__(self, most: int, pause: Callable[[], None]) -> None:
        self.seen: dict[int, None] = {}
        self._left, self._pause = most, pause

    def variable(self, number: int) -> int:
        self.seen[number] = None
        return 0

    def any_of(self, parts: Sequence[int]) -> int:
        self._left -= 1
        if self._left < 0:
            raise TooLarge
        if self._left % _PARTS_TO_PAUSE == 0:
            self._pause()
        return 0

    def both(self, one: int, other: int) -> int:
        return self.any_of(())


def first_used(logic: Logic, aims: Sequence[Target]) -> list[int]:
    """Return the basic events that ``aims`` hang on, depth first: an order good for diagrams.

    Raises TooLarge where the formulas have too many parts.
    """
    trace = _Trace(MOST_PARTS, logic.pause)
    losses = Losses(logic, trace)
    for aim in aims:
        loss_of(losses, aim)
    return list(trace.seen)


class Diagram:
    """Formulas as nodes of one reduced, ordered diagram; ``order`` holds the variables, the topmost first.

    ``pause`` is called again and again and may raise to end the work.
    """

    never, always = -1, 1

    def __init__(
        self,
        order: Sequence[int],
        most: int = MOST_NODES,
        pause: Callable[[], None] | None = None,
    ) -> None:
        self._bdd = _Bdd({str(number): level for level, number in enumerate(order)})
        self._bdd.max_nodes = most
        self._order = list(order)
        self._level = {number: level for level, number in enumerate(order)}
        self._left = most * _MOST_STEPS
        self._pause = pause or (lambda: None)
        # dd walks down one frame per variable.
        sys.setrecursionlimit(max(sys.getrecursionlimit(), _FRAMES + 4 * len(self._order)))

    def variable(self, number: int) -> int:
        """Return "basic event ``number`` happens"."""
        level = self._level[number]
        return self._made(lambda: self._bdd.find_or_add(level, -1, 1))

    def knows(self, numbers: Sequence[int]) -> bool:
        """Tell whether all of these have a variable."""
        return self._level.keys() >= set(numbers)

    def any_of(self, parts: Sequence[int]) -> int:
        """Return "one of the parts"."""
        found = self.never
        for part in parts:
            if self.always in (found, part):
                return self.always
            found = part if found == self.never else self._ite(found, 1, part)
        return found

    def both(self, one: int, other: int) -> int:
        """Return "both"."""
        if self.always in (one, other):
            return other if one == self.always else one
        return self.never if self.never in (one, other) else self._ite(one, other, -1)

    def _ite(self, test: int, then: int, other: int) -> int:
        self._pause()
        self._left -= 1
        if self._left < 0:
            raise TooLarge
        return self._made(lambda: self._bdd.ite(test, then, other))

    def _made(self, work: Callable[[], int]) -> int:
        try:
            return work()
        except (RuntimeError, RecursionError) as full:  # dd says "full"
            raise TooLarge from full

    # --- probability ---------------------------------------------------------------------------

    def probability(self, formula: int, chances: Sequence[float]) -> float:
        """Return the probability of ``formula``; ``chances`` by number of the event."""
        return self._values(formula, chances)(formula)

    def derivatives(self, formula: int, chances: Sequence[float]) -> dict[int, float]:
        """Return, per event, what the probability gains when the event's own goes from 0 to 1."""
        value = self._values(formula, chances)
        weight = {abs(formula): 1.0 if formula > 0 else -1.0}
        found: dict[int, float] = {}
        for node in self._downwards(formula):
            level, low, high = self._bdd.succ(node)
            number, given = self._order[level], weight[node]
            found[number] = found.get(number, 0.0) + given * (value(high) - value(low))
            for edge, chance in ((low, 1 - chances[number]), (high, chances[number])):
                sign = 1.0 if edge > 0 else -1.0
                weight[abs(edge)] = weight.get(abs(edge), 0.0) + given * chance * sign
        return found

    def _values(self, formula: int, chances: Sequence[float]) -> Callable[[int], float]:
        known = {1: 1.0}

        def value(edge: int) -> float:
            return known[edge] if edge > 0 else 1.0 - known[-edge]

        for node in reversed(self._downwards(formula)):
            level, low, high = self._bdd.succ(node)
            chance = chances[self._order[level]]
            known[node] = (1.0 - chance) * value(low) + chance * value(high)
        return value

    def _downwards(self, formula: int) -> list[int]:
        """Return the nodes of ``formula``, each before those under it."""
        found: dict[int, int] = {}
        waiting = [abs(formula)]
        while waiting:
            node = waiting.pop()
            if node != 1 and node not in found:
                level, low, high = self._bdd.succ(node)
                found[node] = level
                waiting += [abs(low), abs(high)]
        return sorted(found, key=found.__getitem__)

    def __len__(self) -> int:
        return len(self._bdd)
