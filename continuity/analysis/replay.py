"""One scenario played once, then again and again with one thing changed, on the same draws.

Only what lies downstream of the change is propagated again (:mod:`continuity.simulation.reuse`).
Importing this module imports the engine.
"""

from __future__ import annotations

import importlib.metadata
import threading
from collections.abc import Callable, Hashable
from dataclasses import replace
from os import cpu_count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from continuity.analysis.results import AnalysisMeta, Gain
from continuity.analysis.static import StaticModel
from continuity.model.organisation import Organisation
from continuity.model.overlay import overlay
from continuity.simulation.cancel import RunCancelled
from continuity.simulation.compiled import BLOCK, ENGINE_VERSION, FULL
from continuity.simulation.figures import interval
from continuity.simulation.kept import Kept
from continuity.simulation.pay import pay
from continuity.simulation.pay_outcome import HEADLINE
from continuity.simulation.request import RunRequest
from continuity.simulation.result import Paired
from continuity.simulation.reuse import OldLines, Reusing, levels_after
from continuity.simulation.timelines import Lines, Timelines
from continuity.simulation.variant import Variant

Ints = NDArray[np.int64]
Report = Callable[[int, int], None]
#: Figures of the headline that are compared, in order of weight.
_TOLD = ("in_need_unpaid", "in_need_person_days", "payees", "sek")


class _Sealed(Kept):
    """Keeps the blocks of the first run and nothing else, so that every change is one step away."""

    sealed = False

    def put(self, key: Hashable, value: Any, size: int, owner: str) -> bool:
        """Keep ``value`` unless sealed."""
        return False if self.sealed else super().put(key, value, size, owner)


class Replay:
    """A base run block by block, and what it takes to play it with a change."""

    def __init__(self, organisation: Organisation, request: RunRequest) -> None:
        self.request = replace(request, compare=False)
        self._kept = _Sealed()
        self.base = Variant(overlay(organisation, request.measures), self.request, ())
        self._reusing = Reusing(self.base.compiled, self._kept, "base")

    @property
    def blocks(self) -> tuple[tuple[int, int], ...]:
        """First replication and number of each block."""
        total = self.request.replications
        return tuple((first, min(BLOCK, total - first)) for first in range(0, total, BLOCK))

    def begin(self, first: int, count: int) -> tuple[Timelines, Ints]:
        """Play a block of the base run; changes of it can then be played."""
        self._kept.clear()
        self._kept.sealed = False
        lines = self._reusing.block(first, count)
        self._kept.sealed = True
        return lines, self._headline(self.base, (lines.minutes, lines.levels, lines.offsets))

    def hardened(self, lines: Timelines, *elements: int) -> Ints:
        """Return the headline of a block in which nothing befalls the ``elements`` themselves.

        All else stays as it was drawn; crews that were on their way to it too.
        """
        own = lines.own
        for element in elements:
            own = _undisturbed(own, element)
        shape = self._reusing.shape
        old = OldLines(lines.own, Lines(lines.minutes, lines.levels, lines.offsets), shape)
        return self._headline(self.base, tuple(levels_after(self.base.compiled, shape, old, own)))

    def headline(self, organisation: Organisation, first: int, count: int) -> Ints:
        """Return the headline of a block of a changed organisation; raise Refused where it cannot be run."""
        variant = Variant(organisation, self.request, ())
        lines = Reusing(variant.compiled, self._kept, "change").block(first, count)
        return self._headline(variant, (lines.minutes, lines.levels, lines.offsets))

    def needed_for_payments(self) -> set[str]:
        """Return the ids of all elements that payments need, directly or through others."""
        model = StaticModel(self.base.organisation)
        asked = [model.place[id_] for id_ in self.base.plan.elements if id_ in model.place]
        return {model.ids[place] for place in model.needed_by(asked)}

    @property
    def workers(self) -> int:
        """How many threads may play."""
        return self.request.workers or cpu_count() or 1

    @staticmethod
    def _headline(variant: Variant, pieces: Any) -> Ints:
        return variant.pay.figures(pay(variant.plan, pieces, variant.rows)).headline

    def meta(self) -> AnalysisMeta:
        """Return what was analysed."""
        return AnalysisMeta(
            program_version=importlib.metadata.version("uthallig"),
            engine_version=ENGINE_VERSION,
            scenario=self.request.scenario,
            measures=tuple(sorted(set(self.request.measures))),
            seed=self.request.seed,
            replications=self.request.replications,
            fingerprint=self.base.fingerprint(),
        )


class Paireds:
    """Sums of differences of the headline, replication by replication, for one change."""

    def __init__(self) -> None:
        self._number = 0
        self._totals = [0] * len(_TOLD)
        self._squares = [0.0] * len(_TOLD)

    def add(self, base: Ints, changed: Ints) -> None:
        """Add a block of both."""
        self._number += base.shape[1]
        for place, name in enumerate(_TOLD):
            difference = changed[HEADLINE.index(name)] - base[HEADLINE.index(name)]
            self._totals[place] += int(difference.sum())
            self._squares[place] += float(np.square(difference.astype(np.float64)).sum())

    def gain(self, payees: int, sek: int) -> Gain:
        """Return the mean differences with their intervals; shares of what falls due."""
        units = (1, 1, payees or 1, sek or 1)
        told = []
        for total, squares, unit in zip(self._totals, self._squares, units, strict=True):
            told.append(Paired(*(value / unit for value in interval(self._number, total, squares))))
        return Gain(*told)


def paused(cancel: threading.Event | None) -> None:
    """Raise RunCancelled once ``cancel`` is set."""
    if cancel is not None and cancel.is_set():
        raise RunCancelled


def _undisturbed(own: Lines, element: int) -> Lines:
    """Return own levels in which ``element`` is at full level throughout."""
    count = own.offsets.shape[1] - 1
    low, high = int(own.offsets[element, 0]), int(own.offsets[element, -1])
    offsets = own.offsets.copy()
    offsets[element] = low + np.arange(count + 1)
    offsets[element + 1 :] += count - (high - low)
    zeros, full = np.zeros(count, own.minutes.dtype), np.full(count, FULL, own.levels.dtype)
    return Lines(
        np.concatenate([own.minutes[:low], zeros, own.minutes[high:]]),
        np.concatenate([own.levels[:low], full, own.levels[high:]]),
        offsets,
    )
