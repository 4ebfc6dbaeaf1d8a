"""How long buffers and stocks bridge a loss, by a plain estimate that ignores partial levels."""

from __future__ import annotations

from collections.abc import Iterable

from continuity.analysis.static import lasts, order
from continuity.model.graph import graph
from continuity.model.kinds import Need, Supply
from continuity.model.organisation import Organisation

_FOR_EVER = 2**62


class Bridging:
    """The needs of an organisation, ready to be asked how long they hold."""

    def __init__(self, organisation: Organisation) -> None:
        made = graph(organisation)
        self._known: dict[frozenset[str], dict[str, int]] = {}
        self._needs: dict[str, list[tuple[Need, list[Supply], list[Supply]]]] = {
            id_: [] for id_ in order(made)
        }
        for need in organisation.all(Need):
            if need.dependent not in made:
                continue
            supplies = [s for s in organisation.parts(need.id, Supply) if s.element in made]
            first = [s for s in supplies if not s.standby]
            if supplies:
                self._needs[need.dependent].append((need, first, [s for s in supplies if s.standby]))

    def times(self, out: Iterable[str]) -> dict[str, int]:
        """Return the minute at which each element falls when ``out`` are lost at minute 0."""
        lost = set(out)
        times = {id_: 0 if id_ in lost else _FOR_EVER for id_ in self._needs}
        changed = True
        while changed:  # times only come nearer
            changed = False
            for id_, needs in self._needs.items():
                if id_ in lost:
                    continue
                found = min((self._holds(times, *need) for need in needs), default=_FOR_EVER)
                if found < times[id_]:
                    times[id_], changed = found, True
        return times

    def bridged(self, out: Iterable[str], elements: Iterable[str]) -> int | None:
        """Return after how many minutes the first of ``elements`` falls when ``out`` is lost; None: never."""
        case = frozenset(out)
        if case not in self._known:
            self._known[case] = self.times(case)
        time = min((self._known[case][id_] for id_ in elements if id_ in self._needs), default=_FOR_EVER)
        return None if time >= _FOR_EVER else time

    @staticmethod
    def _holds(times: dict[str, int], need: Need, first: list[Supply], standby: list[Supply]) -> int:
        falls = sorted(times[s.element] for s in first)
        if not falls:
            time = _FOR_EVER
        elif need.rule == "k_of_n":
            time = falls[max(0, len(falls) - need.k)]
        else:
            time = falls[0]
        for supply in standby:
            if time == _FOR_EVER:
                break
            end = _FOR_EVER if lasts(supply) else time + (supply.endurance or 0)
            time = max(time, min(end, times[supply.element]))
        return time if time == _FOR_EVER or need.floor == 1000 else time + need.autonomy
