"""What fails most, and what drives lost payments most: one element at a time spared, on the same draws."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from continuity.analysis.replay import Ints, Paireds, Replay, Report, paused
from continuity.analysis.results import BaseFigures, Criticality, Driver, Failing
from continuity.model.organisation import Organisation
from continuity.simulation.compiled import FULL
from continuity.simulation.figures import proportion
from continuity.simulation.pay_outcome import HEADLINE
from continuity.simulation.request import RunRequest
from continuity.simulation.timelines import Minutes, Timelines


def criticality(
    organisation: Organisation,
    request: RunRequest,
    cancel: threading.Event | None = None,
    report: Report | None = None,
) -> Criticality:
    """Return what fails and what drives lost payments under ``request``.

    ``report`` hears how many of how many steps are done. Raises Refused where the scenario cannot be run and
    RunCancelled once ``cancel`` is set.
    """
    replay = Replay(organisation, request)
    failing = _FailingSums(replay)
    base = BaseSums(replay)
    index = replay.base.compiled.index
    every = sorted(index[id_] for id_ in replay.needed_for_payments())
    gains = {element: Paireds() for element in every}
    together = Paireds()
    with ThreadPoolExecutor(replay.workers, thread_name_prefix="spared") as pool:
        for number, block in enumerate(replay.blocks):
            lines, headline = replay.begin(*block)
            failing.add(lines)
            base.add(headline)

            def spare(elements: tuple[int, ...]) -> Ints:
                paused(cancel)
                return replay.hardened(*elements)

            hit = [element for element in every if failing.hit(element)]
            asked = [*((element,) for element in hit), tuple(hit)]
            *each, all_ = _told(pool.map(spare, asked), len(asked), number, len(replay.blocks), report)
            spared = dict(zip(hit, each, strict=True))
            for element, paired in gains.items():
                paired.add(headline, spared.get(element, headline))
            together.add(headline, all_)
    payees, sek = base.due
    ids = replay.base.compiled.element_ids
    drivers = [Driver(ids[e], gains[e].gain(payees, sek)) for e in every if failing.ever(e)]
    return Criticality(
        meta=replay.meta(),
        base=base.told(),
        failing=failing.told(),
        drivers=tuple(sorted(drivers, key=lambda d: (*d.gain.weight, d.element))),
        all_together=together.gain(payees, sek),
    )


def _told(
    found: Iterable[Ints], number: int, block: int, blocks: int, report: Report | None
) -> Iterator[Ints]:
    """Yield what is found and report it as parts of a thousand of all blocks."""
    for place, one in enumerate(found, 1):
        yield one
        if report:
            report(1000 * (block * number + place) // (blocks * number), 1000)


class BaseSums:
    """Sums of the base run's headline."""

    def __init__(self, replay: Replay) -> None:
        self._days = replay.base.plan.days
        self._need = [bool(yes) for yes in replay.base.pay.facts.in_need[:, 0]]
        self._sums = np.zeros(len(HEADLINE))
        self._number = 0

    @property
    def due(self) -> tuple[int, int]:
        """Payees and SEK that fall due."""
        return sum(day.payees for day in self._days), sum(day.sek for day in self._days)

    def add(self, headline: Ints) -> None:
        """Add a block."""
        self._sums += headline.sum(axis=1)
        self._number += headline.shape[1]

    def told(self) -> BaseFigures:
        """Return the means."""
        payees, sek = self.due

        def mean(name: str) -> float:
            return float(self._sums[HEADLINE.index(name)]) / self._number

        return BaseFigures(
            in_need_payees=sum(d.payees for d, yes in zip(self._days, self._need, strict=True) if yes),
            in_need_unpaid=mean("in_need_unpaid"),
            in_need_person_days=mean("in_need_person_days"),
            payees=payees,
            payees_on_time=mean("payees") / (payees or 1),
            sek=sek,
            sek_on_time=mean("sek") / (sek or 1),
        )


class _FailingSums:
    """How long and in how many runs each element was down."""

    def __init__(self, replay: Replay) -> None:
        self._ids = replay.base.compiled.element_ids
        self._runs = np.zeros(len(self._ids), np.int64)
        self._own = np.zeros(len(self._ids), np.int64)
        self._down = np.zeros(len(self._ids), np.int64)
        self._now: NDArray[np.bool_] = np.zeros(len(self._ids), np.bool_)
        self._number = 0

    def add(self, lines: Timelines) -> None:
        """Add a block."""
        minutes, levels, offsets = lines.own
        lost = _spent(minutes, offsets, lines.horizon, levels < FULL)
        self._now = np.asarray((lost > 0).any(axis=1))
        self._runs += (lost > 0).sum(axis=1)
        self._own += lost.sum(axis=1)
        self._down += _spent(lines.minutes, lines.offsets, lines.horizon, lines.levels <= 0).sum(axis=1)
        self._number += lines.count

    def hit(self, element: int) -> bool:
        """Tell whether anything befell the element in the block that was added last."""
        return bool(self._now[element])

    def ever(self, element: int) -> bool:
        """Tell whether anything ever befell it."""
        return bool(self._runs[element])

    def told(self) -> tuple[Failing, ...]:
        """Return all that failed by themselves."""
        found = [
            Failing(
                self._ids[e],
                proportion(int(self._runs[e]), self._number),
                int(self._own[e]) / self._number,
                int(self._down[e]) / self._number,
            )
            for e in np.flatnonzero(self._runs).tolist()
        ]
        return tuple(sorted(found, key=lambda f: (-f.own_minutes, f.element)))


def _spent(minutes: Minutes, offsets: Ints, horizon: int, chosen: NDArray[np.bool_]) -> Ints:
    """Return, per element and replication, the minutes of the pieces that are chosen."""
    ends = np.append(minutes[1:], horizon).astype(np.int64)
    ends[offsets[:, 1:].ravel() - 1] = horizon
    lengths = np.where(chosen, ends - minutes, 0)
    sums: Ints = np.concatenate([[0], np.cumsum(lengths)])
    spent: Ints = sums[offsets[:, 1:]] - sums[offsets[:, :-1]]
    return spent
