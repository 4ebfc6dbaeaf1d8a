"""When an element is below a level, as a formula of basic events, in any algebra that can say or and and.

The same walk through the needs serves families of cut sets (``cuts.py``), decision diagrams
(``diagram.py``) and the order of their variables. Every formula is monotone: one more basic event never
raises a level. A cycle is solved from "nothing is lost" upwards until nothing changes, which is how the
engine lets its levels fall.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, Protocol, TypeVar

from continuity.analysis.static import FULL, Feed, StaticModel, StaticNeed
from continuity.analysis.targets import Target

T = TypeVar("T")
Key = tuple[int, int]  # element, level
#: Sums of a share that are looked at one by one; where there are more, any level counts as possible.
_MOST_SUMS = 50_000
_ANY_LEVEL = frozenset(range(FULL + 1))


class Algebra(Protocol[T]):
    """What formulas are made of."""

    never: T
    always: T

    def variable(self, number: int) -> T:
        """Return the formula "basic event ``number`` happens"."""

    def any_of(self, parts: Sequence[T]) -> T:
        """Return the formula "at least one of the parts"."""

    def both(self, one: T, other: T) -> T:
        """Return the formula "both"."""


class OwnLosses(Protocol):
    """What befalls the elements themselves."""

    def below(self, algebra: Algebra[T], element: int, level: int) -> T:
        """Return when the element's own level is below ``level`` (1 … 1000)."""

    def levels(self, element: int) -> set[int]:
        """Return all that its own level can be, 1000 among them."""


def _go_on() -> None:
    """Never ask for a stop."""


class Logic:
    """What formulas are read from: needs, what befalls elements, and the levels that there can be.

    Where a supplier of a share has more than ``most`` levels they are rounded to so many: down (more is lost)
    or, with ``kind``, up. ``rounded`` tells whether that is so anywhere.
    """

    def __init__(
        self,
        model: StaticModel,
        own: OwnLosses,
        *,
        kind: bool = False,
        most: int = FULL + 1,
        pause: Callable[[], None] = _go_on,
    ) -> None:
        """``pause`` is called now and then while formulas are built, and may raise."""
        self.model, self.own, self.kind, self.most, self.pause = model, own, kind, most, pause
        self.levels = possible_levels(model, own, pause)
        self.rising = [sorted(levels) for levels in self.levels]
        shares = [need for needs in model.needs for need in needs if need.rule == "share"]
        given = [_given(feed, self.levels) for need in shares for feed in need.sources]
        self.rounded = any(len(levels) > most for levels in given)


@dataclass(frozen=True, slots=True)
class _Source(Generic[T]):
    """A supplier as a need sees it: its possible levels rising, and when it is below one."""

    levels: tuple[int, ...]
    below: Callable[[int], T]


class Losses(Generic[T]):
    """Formulas of loss of one organisation in one algebra; each is found once."""

    def __init__(self, logic: Logic, algebra: Algebra[T]) -> None:
        self.model, self.algebra = logic.model, algebra
        self._logic, self._own, self._levels = logic, logic.own, logic.levels
        self._known: dict[Key, T] = {}
        self._guess: dict[Key, T] = {}  # of the cycle that is being solved
        self._solving: int | None = None

    def below(self, element: int, level: int) -> T:
        """Return when ``element`` (its place) is below ``level``."""
        if level <= 0:
            return self.algebra.never
        # Between two levels that it can have, being below is the same.
        told = self._logic.rising[element]
        key = (element, told[bisect_left(told, level)])
        if key in self._known:
            return self._known[key]
        group = self.model.group_of[element]
        if len(self.model.groups[group]) == 1 and element not in self.model.suppliers[element]:
            self._known[key] = self._once(key)
        elif self._solving == group:
            return self._guess.setdefault(key, self.algebra.never)
        else:
            self._solve(group, key)
        return self._known[key]

    def _solve(self, group: int, key: Key) -> None:
        outer = self._solving, self._guess
        self._solving, self._guess = group, {key: self.algebra.never}
        changed = True
        while changed:
            asked, changed = list(self._guess), False
            for one in asked:
                found = self._once(one)
                changed |= found != self._guess[one]
                self._guess[one] = found
            changed |= len(self._guess) > len(asked)
        self._known.update(self._guess)
        self._solving, self._guess = outer

    def _once(self, key: Key) -> T:
        element, level = key
        parts = [self._short(n, level) for n in self.model.needs[element] if n.floor < level]
        return self.algebra.any_of([self._own.below(self.algebra, element, level), *parts])

    # --- needs ---------------------------------------------------------------------------------

    def _short(self, need: StaticNeed, level: int) -> T:
        """Return when the supply of ``need`` is below ``level``."""
        if need.rule == "share":
            sources = [(feed, self._source(feed)) for feed in need.sources]
            return _Share(self.algebra, sources, self._logic).below(level * max(1, need.required))
        found = self._primary_short(need, level)
        for feed in need.standby:
            if feed.capacity >= level:
                found = self.algebra.both(found, self._source(feed).below(level))
        return found

    def _primary_short(self, need: StaticNeed, level: int) -> T:
        enough = need.k if need.rule == "k_of_n" else len(need.primary)
        if not 1 <= enough <= len(need.primary):
            return self.algebra.always
        lost = [self.below(feed.element, level) for feed in need.primary]
        return at_least(self.algebra, lost, len(lost) - enough + 1)

    def _source(self, feed: Feed) -> _Source[T]:
        element = feed.element

        def below(level: int) -> T:
            if feed.refill is None:
                return self.below(element, level)
            return self.algebra.any_of([self.below(element, level), self._gain_below(feed, level)])

        return _Source(tuple(sorted(_given(feed, self._levels))), below)

    def _gain_below(self, feed: Feed, level: int) -> T:
        """Return when what refills a standby keeps it below ``level`` once its stock is spent."""
        if level <= 0:
            return self.algebra.never
        least = -(-level * FULL // feed.refill) if feed.refill else FULL + 1
        if least > FULL:
            return self.algebra.always
        return self.algebra.never if feed.refiller is None else self.below(feed.refiller, least)


def _of(levels: list[frozenset[int]], element: int | None) -> frozenset[int]:
    return frozenset((FULL,)) if element is None else levels[element]


def at_least(algebra: Algebra[T], lost: Sequence[T], number: int) -> T:
    """Return the formula "at least ``number`` of those"."""
    if number == 1:
        return algebra.any_of(lost)
    # after i of them: rows[j] says that at least j happen
    rows = [algebra.always] + [algebra.never] * number
    for one in lost:
        for j in range(number, 0, -1):
            rows[j] = algebra.any_of([rows[j], algebra.both(rows[j - 1], one)])
    return rows[number]


class _Share(Generic[T]):
    """Sum of what the suppliers of a share give."""

    def __init__(self, algebra: Algebra[T], sources: list[tuple[Feed, _Source[T]]], logic: Logic) -> None:
        self._algebra = algebra
        #: Per supplier: what it gives at most, and when no more than that.
        self._steps = [_steps(algebra, feed, source, logic) for feed, source in sources]
        self._rest = [0]
        for steps in reversed(self._steps):
            self._rest.insert(0, self._rest[0] + steps[-1][0])
        self._known: dict[tuple[int, int], T] = {}

    def below(self, missing: int, place: int = 0) -> T:
        """Return when the suppliers from ``place`` on give less than ``missing``."""
        if missing <= 0:
            return self._algebra.never
        if self._rest[place] < missing:
            return self._algebra.always
        key = (place, missing)
        if key not in self._known:
            self._known[key] = self._algebra.any_of(
                [
                    self._algebra.both(when, self.below(missing - amount, place + 1))
                    for amount, when in self._steps[place]
                ]
            )
        return self._known[key]


def _steps(algebra: Algebra[T], feed: Feed, source: _Source[T], logic: Logic) -> list[tuple[int, T]]:
    levels = _rounded(source.levels, logic.most)
    up = logic.kind and len(levels) < len(source.levels)
    found: dict[int, T] = {}
    for level, above in pairwise(levels):
        found[feed.amount(above - 1 if up else level)] = source.below(above)  # of equals the weaker
    found[feed.amount(levels[-1])] = algebra.always
    return list(found.items())


def _rounded(levels: tuple[int, ...], most: int) -> tuple[int, ...]:
    """Return at most so many of the levels, evenly spread, the lowest and the highest among them."""
    if len(levels) <= most:
        return levels
    return tuple(levels[place * (len(levels) - 1) // (most - 1)] for place in range(most))


def loss_of(losses: Losses[T], aim: Target) -> T:
    """Return when ``aim`` is lost."""
    place = losses.model.place
    asked = [(place[element], least) for element, least, _ in aim.needs if element in place]
    return losses.algebra.any_of([losses.below(element, least) for element, least in asked])


# --- which levels there can be ------------------------------------------------------------------


def possible_levels(
    model: StaticModel, own: OwnLosses, pause: Callable[[], None] = _go_on
) -> list[frozenset[int]]:
    """Return, per element, levels among which its own always is; a few too many do no harm."""
    found = [frozenset(own.levels(element) | {0, FULL}) for element in range(len(model.ids))]
    for members in model.groups:
        changed = True
        while changed:
            changed = False
            pause()
            for element in members:
                more = found[element].union(*[_felt(need, found) for need in model.needs[element]])
                changed |= more != found[element]
                found[element] = more
            changed &= len(members) > 1
    return found


def _felt(need: StaticNeed, levels: list[frozenset[int]]) -> set[int]:
    if need.rule == "share":
        return _floored(need, _sums(need, levels))
    found: set[int] = {0} if not 1 <= need.k <= len(need.primary) or not need.primary else set()
    for feed in need.primary:
        found |= levels[feed.element]
    for feed in need.standby:
        found |= {min(feed.capacity, level) for level in _given(feed, levels)}
    return _floored(need, found)


def _floored(need: StaticNeed, levels: set[int]) -> set[int]:
    return {max(need.floor, min(FULL, level)) for level in levels}


def _given(feed: Feed, levels: list[frozenset[int]]) -> frozenset[int]:
    if feed.refill is None:
        return levels[feed.element]
    return levels[feed.element] | {min(FULL, feed.refill * r // FULL) for r in _of(levels, feed.refiller)}


def _sums(need: StaticNeed, levels: list[frozenset[int]]) -> set[int]:
    required = max(1, need.required)
    sums = {0}
    for feed in need.sources:
        amounts = {feed.amount(level) for level in _given(feed, levels)}
        if len(sums) * len(amounts) > _MOST_SUMS:
            return set(_ANY_LEVEL)
        sums = {min(FULL * required, total + amount) for total in sums for amount in amounts}
    return {total // required for total in sums}
