"""The best affordable set of items: greedy with look-ahead and exchange, or all of them where they are few.

Knows nothing of measures or runs: sets are played by a function given, and ranked by another.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Generic, TypeVar

V = TypeVar("V")
Chosen = frozenset[str]
#: Plays sets; None for one that cannot be.
Play = Callable[[Sequence[Chosen]], Sequence[V | None]]
Rank = Callable[[str, V], tuple[float, ...]]
Amount = Callable[[str, V], float]
NOTHING: Chosen = frozenset()


@dataclass
class Search(Generic[V]):
    """Sets that were tried and what came of them; what is asked for twice is played once."""

    items: Sequence[str]
    costs: Mapping[str, int]
    budget: int
    play: Play[V]
    rank: Rank[V]
    amount: Amount[V]
    most: int  # sets that are tried one by one
    same: Callable[[V, V], bool] = operator.eq  # no difference to speak of
    tried: dict[Chosen, V | None] = field(default_factory=dict)
    inert: set[str] = field(default_factory=set)
    affordable: int | None = None
    proven: bool = False

    def cost(self, chosen: Iterable[str]) -> int:
        """Return what a set costs."""
        return sum(self.costs[item] for item in chosen)

    def fits(self, chosen: Iterable[str]) -> bool:
        """Tell whether the budget holds a set."""
        return self.cost(chosen) <= self.budget

    def value(self, chosen: Chosen) -> V | None:
        """Return what came of a set that was tried."""
        return self.tried.get(chosen)

    def look(self, sets: Iterable[Chosen]) -> None:
        """Play the sets that have not been."""
        fresh = list(dict.fromkeys(one for one in sets if one not in self.tried))
        if fresh:
            self.tried.update(zip(fresh, self.play(fresh), strict=True))

    def best(self, weighting: str) -> Chosen:
        """Return the best affordable set that was tried; of equal ones the cheapest, then the smallest."""
        found = [(one, v) for one, v in self.tried.items() if v is not None and self.fits(one)]

        def key(pair: tuple[Chosen, V]) -> tuple[object, ...]:
            return (self.rank(weighting, pair[1]), self.cost(pair[0]), len(pair[0]), sorted(pair[0]))

        return min(found, key=key)[0]

    # --- the search -----------------------------------------------------------------------------

    def begin(self) -> None:
        """Try nothing, each item and each pair; note what makes no difference, alone or in a pair."""
        singles = [frozenset({item}) for item in self.items]
        self.look([NOTHING, *singles])
        pairs = [frozenset(pair) for pair in combinations(self.items, 2)]
        self.look(pair for pair in pairs if self.fits(pair))
        self.inert = {item for item in self.items if self._is_inert(item)}

    def _is_inert(self, item: str) -> bool:
        beside = [one - {item} for one in self.tried if item in one]
        return all(self._alike(self.tried[one], self.tried[one | {item}]) for one in beside)

    def _alike(self, one: V | None, other: V | None) -> bool:
        return one is None or (other is not None and self.same(one, other))

    @property
    def candidates(self) -> list[str]:
        """The items that do something and can be had."""
        return [item for item in self.items if item not in self.inert and self.fits((item,))]

    def greedy(self, weightings: Sequence[str]) -> Chosen:
        """Go step by step by each weighting, by gain and by gain per krona; return the best by the first."""
        for weighting in weightings:
            for per_krona in (False, True):
                self._walk(weighting, per_krona=per_krona)
        self._exchange(weightings[0])
        return self.best(weightings[0])

    def _walk(self, weighting: str, *, per_krona: bool) -> None:
        held: Chosen = NOTHING
        while (step := self._step(held, weighting, 1, per_krona=per_krona)) or (
            step := self._step(held, weighting, 2, per_krona=per_krona)  # two may do what neither does alone
        ):
            held = step

    def _step(self, held: Chosen, weighting: str, width: int, *, per_krona: bool) -> Chosen | None:
        """Return the best set with ``width`` items more, or None where none is better."""
        more = [item for item in self.candidates if item not in held]
        options = [held | set(added) for added in combinations(more, width) if self.fits(held | set(added))]
        self.look(options)
        before = self.tried[held]
        assert before is not None
        now = self.rank(weighting, before)
        better = [
            (one, v)
            for one in options
            if (v := self.tried[one]) is not None and self.rank(weighting, v) < now
        ]

        def key(pair: tuple[Chosen, V]) -> tuple[object, ...]:
            one, value = pair
            gained = self.amount(weighting, before) - self.amount(weighting, value)
            rate = -gained / max(1, self.cost(one - held)) if per_krona else 0.0
            return (rate, self.rank(weighting, value), self.cost(one), sorted(one))

        return min(better, key=key)[0] if better else None

    def _exchange(self, weighting: str) -> None:
        """Put one item in another's place, and one out, as long as that is better."""
        while True:
            held = self.best(weighting)
            self.look(self._neighbours(held))
            if self.best(weighting) == held:
                return

    def _neighbours(self, held: Chosen) -> Iterator[Chosen]:
        for out in sorted(held):
            rest = held - {out}
            yield rest
            for item in self.candidates:
                if item not in held and self.fits(rest | {item}):
                    yield rest | {item}

    def exhaust(self) -> bool:
        """Try every affordable set of the candidates, where they are few enough; tell whether that was so."""
        found: list[Chosen] = []
        for one in self._all(0, NOTHING):
            found.append(one)
            if len(found) > self.most:
                return False
        self.affordable = len(found)
        self.look(found)
        self.proven = True
        return True

    def _all(self, place: int, held: Chosen) -> Iterator[Chosen]:
        yield held
        items = self.candidates
        for number in range(place, len(items)):
            if self.fits(held | {items[number]}):
                yield from self._all(number + 1, held | {items[number]})

    def trimmed(self, weighting: str) -> Chosen:
        """Return the best set without the items that together add nothing to speak of, the dearest first."""
        best = held = self.best(weighting)
        for item in sorted(best, key=lambda i: (-self.costs[i], i)):
            self.look([held - {item}])
            if self._alike(self.tried[best], self.tried[held - {item}]):
                held = held - {item}
        return held

    def beyond(self, weighting: str) -> None:
        """Add to the best set what gives most per krona, past the budget, one item after the other."""
        held = self.best(weighting)
        worth = {item: self._alone(item, weighting) for item in self.items if item not in self.inert}
        for item in sorted(worth, key=lambda i: (-worth[i] / max(1, self.costs[i]), i)):
            if item not in held:
                self.look([held | {item}])
                held = held | {item} if self.tried[held | {item}] is not None else held

    def _alone(self, item: str, weighting: str) -> float:
        base, alone = self.tried[NOTHING], self.tried.get(frozenset({item}))
        if base is None or alone is None:
            return 0.0
        return self.amount(weighting, base) - self.amount(weighting, alone)

    def frontier(self, worth: Callable[[V], float]) -> list[tuple[Chosen, V]]:
        """Return the sets than which none that was tried costs less and is worth more, by cost."""
        found = [(one, v) for one, v in self.tried.items() if v is not None]
        found.sort(key=lambda pair: (self.cost(pair[0]), -worth(pair[1]), len(pair[0]), sorted(pair[0])))
        kept: list[tuple[Chosen, V]] = []
        for one, value in found:
            if not kept or worth(value) > worth(kept[-1][1]):
                kept.append((one, value))
        return kept
