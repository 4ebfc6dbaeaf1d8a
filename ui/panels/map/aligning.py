"""Where elements stand when they are aligned or given equal distances."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from continuity.model.layout import Place
from continuity.words import N_

#: How to align: words of each way, by its code.
WAYS: Final[dict[str, str]] = {
    "left": N_("To the left"),
    "centre": N_("One below the other"),
    "right": N_("To the right"),
    "top": N_("To the top"),
    "middle": N_("Side by side"),
    "bottom": N_("To the bottom"),
    "across": N_("Equal distances across"),
    "down": N_("Equal distances down"),
}
_LEAST_DOWN, _LEAST_ACROSS = 56, 192  # so that none covers another


def aligned(places: Mapping[str, Place], way: str) -> dict[str, Place]:
    """Return the new places of elements at ``places``; all are of the same size."""
    if way in ("across", "down"):
        return _spread(places, axis=0 if way == "across" else 1)
    axis = 0 if way in ("left", "centre", "right") else 1
    held = sorted(place[axis] for place in places.values())
    at = {
        "left": held[0], "top": held[0], "right": held[-1], "bottom": held[-1],
    }.get(way, round(sum(held) / len(held)))  # fmt: skip
    lined = {id_: (at, y) if axis == 0 else (x, at) for id_, (x, y) in places.items()}
    return _apart(lined, axis=1 - axis)


def _spread(places: Mapping[str, Place], *, axis: int) -> dict[str, Place]:
    ordered = sorted(places, key=lambda id_: (places[id_][axis], places[id_][1 - axis], id_))
    first, last = places[ordered[0]][axis], places[ordered[-1]][axis]
    step = (last - first) / max(1, len(ordered) - 1)
    found = {}
    for number, id_ in enumerate(ordered):
        at = round(first + number * step)
        x, y = places[id_]
        found[id_] = (at, y) if axis == 0 else (x, at)
    return found


def _apart(places: Mapping[str, Place], *, axis: int) -> dict[str, Place]:
    """Return ``places`` with those that would cover one another pushed along ``axis``, order kept."""
    least = _LEAST_ACROSS if axis == 0 else _LEAST_DOWN
    found: dict[str, Place] = {}
    last: int | None = None
    for id_ in sorted(places, key=lambda id_: (places[id_][axis], id_)):
        x, y = places[id_]
        at = places[id_][axis]
        if last is not None and at - last < least:
            at = last + least
        last = at
        found[id_] = (at, y) if axis == 0 else (x, at)
    return found
