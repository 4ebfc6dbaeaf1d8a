"""Families of minimal cut sets up to an order: sets of basic events as bits of whole numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set

Family = frozenset[int]
#: Sets in one family beyond which a lower order is asked for.
MOST_SETS = 40_000
#: Pairs of sets that are tried in all, as a multiple of that.
_MOST_PAIRS = 20


class TooManySets(Exception):  # noqa: N818 - not an error: a lower order is tried
    """A family has more sets than can be kept."""


class CutSets:
    """Formulas as their minimal cut sets of at most ``order`` events; larger ones are left out."""

    never: Family = frozenset()
    always: Family = frozenset((0,))

    def __init__(self, order: int, most: int = MOST_SETS, pause: Callable[[], None] | None = None) -> None:
        """``pause`` is called again and again and may raise to end the work."""
        self.order, self._most = order, most
        self._pause = pause or (lambda: None)
        self.begin()

    def begin(self) -> None:
        """Start a new target: so many pairs may be tried again."""
        self._left = self._most * _MOST_PAIRS

    def variable(self, number: int) -> Family:
        """Return the family of the one set {``number``}."""
        return frozenset((1 << number,))

    def any_of(self, parts: Sequence[Family]) -> Family:
        """Return the minimal sets of all parts."""
        different = [part for part in set(parts) if part]
        if len(different) < 2:
            return different[0] if different else self.never
        return self._kept(set().union(*different))

    def both(self, one: Family, other: Family) -> Family:
        """Return the minimal unions of a set of each."""
        if one == other or other == self.always:
            return one
        if one == self.always:
            return other
        few, many = self._parted(one)
        other_few, other_many = self._parted(other)
        self._left -= len(few) * len(other_few)
        if self._left < 0:
            raise TooManySets
        found = {u for a in few for b in other_few if (u := a | b).bit_count() <= self.order}
        # A set of full order takes in no more events: it remains where the other has a part of it.
        found.update(a for a in many if contains(other, a))
        found.update(b for b in other_many if contains(one, b))
        return self._kept(found)

    def _parted(self, family: Family) -> tuple[list[int], list[int]]:
        few: list[int] = []
        many: list[int] = []
        for one in family:
            (many if one.bit_count() == self.order else few).append(one)
        return few, many

    def _kept(self, sets: set[int]) -> Family:
        self._pause()
        found = minimal(sets)
        if len(found) > self._most:
            raise TooManySets
        return found


def minimal(sets: Iterable[int]) -> Family:
    """Return the sets of which no other is a part."""
    found: set[int] = set()
    for one in sorted(sets, key=int.bit_count):
        if not found or not _has_part(one, found):
            found.add(one)
    return frozenset(found)


def _has_part(one: int, found: Set[int]) -> bool:
    """Tell whether a set smaller than ``one``, but part of it, is among those found."""
    part = one
    while part:
        part = (part - 1) & one
        if part in found:
            return True
    return False


def contains(family: Family, one: int) -> bool:
    """Tell whether ``one`` is enough: a set of the family is it or a part of it."""
    return one in family or _has_part(one, family)


def members(one: int) -> tuple[int, ...]:
    """Return the numbers of the events in a set, rising."""
    found = []
    while one:
        low = one & -one
        found.append(low.bit_length() - 1)
        one ^= low
    return tuple(found)
