"""Sets of measures played over several scenarios, every set on the same draws.

Importing this module imports the engine.
"""

from __future__ import annotations

import importlib.metadata
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from continuity.analysis.choices import ChoiceMeta, SetFigures, StreamWait, WeighedScenario
from continuity.analysis.replay import TOLD_ROWS, Replay, Side, paused
from continuity.analysis.results import Gain
from continuity.analysis.weighing import Means, Scale, scale_of
from continuity.model.kinds import Measure
from continuity.model.organisation import Organisation
from continuity.model.overlay import overlay
from continuity.model.problems import Refused
from continuity.simulation.compiled import ENGINE_VERSION
from continuity.simulation.figures import interval
from continuity.simulation.pay_outcome import PayOutcome, headline
from continuity.simulation.request import RunRequest
from continuity.simulation.result import Estimate, Paired

Floats = NDArray[np.float64]
Chosen = frozenset[str]
_PERCENT = (10, 50, 90)


@dataclass(frozen=True, slots=True)
class Played:
    """One set over some replications: headline figures of each, and sums per stream, all weighted."""

    told: Floats  # [TOLD, replications]
    streams: Floats  # [unpaid and person-days, streams], summed over the replications

    def followed_by(self, other: Played) -> Played:
        """Return both, one after the other."""
        return Played(np.concatenate([self.told, other.told], axis=1), self.streams + other.streams)


class Table:
    """The scenarios laid out side by side. Raises Refused where one of them cannot be run."""

    def __init__(
        self,
        organisation: Organisation,
        requests: Sequence[RunRequest],
        weights: Sequence[float],
        cancel: threading.Event | None = None,
        step: Callable[[], None] = lambda: None,
    ) -> None:
        whole = sum(weights)
        self.organisation, self._cancel, self._step = organisation, cancel, step
        self.weights = [weight / whole for weight in weights]
        self.replays = [Replay(organisation, request) for request in requests]
        days = [(w, day) for w, r in zip(self.weights, self.replays, strict=True) for day in r.side.plan.days]
        due: dict[str, float] = {}
        for weight, day in days:
            due[day.stream.id] = due.get(day.stream.id, 0.0) + weight * day.payees
        self.payees, self.sek = sum(due.values()), sum(weight * day.sek for weight, day in days)
        self.scale: Scale = scale_of(organisation, due, self.sek)
        self._place = {id_: n for n, id_ in enumerate(self.scale.streams)}
        self._measures = {m.id: m for m in organisation.all(Measure)}

    # --- playing --------------------------------------------------------------------------------

    def begin(self, first: int, count: int) -> None:
        """Lay out a block of the draws."""
        for replay in self.replays:
            paused(self._cancel)
            replay.begin(first, count)

    def play(
        self, sets: Sequence[Chosen], sides: dict[tuple[Chosen, int], Side | None] | None = None
    ) -> list[Played | None]:
        """Return what comes of each set in the block laid out; None where measures contradict each other.

        ``sides`` keeps what was compiled for the next block.
        """

        def one(chosen: Chosen) -> Played | None:
            paused(self._cancel)
            parts = []
            for number, replay in enumerate(self.replays):
                key = (chosen, number)
                side = sides[key] if sides is not None and key in sides else self._side(replay, chosen)
                if sides is not None:
                    sides[key] = side
                if side is None:
                    return None
                parts.append(self._told(side, replay.play(side), self.weights[number]))
            return Played(sum(p.told for p in parts), sum(p.streams for p in parts))  # type: ignore[arg-type]

        found = []
        with ThreadPoolExecutor(self.replays[0].workers, thread_name_prefix="sets") as pool:
            for played in pool.map(one, sets):
                found.append(played)
                self._step()
        return found

    def _side(self, replay: Replay, chosen: Chosen) -> Side | None:
        if not chosen:
            return replay.side
        try:
            # With what stands already, so that what contradicts it is seen too.
            return replay.changed(overlay(self.organisation, {*chosen, *replay.request.measures}))
        except Refused:
            return None

    def _told(self, side: Side, out: PayOutcome, weight: float) -> Played:
        told = weight * headline(side.facts, out)[TOLD_ROWS].astype(np.float64)
        places = [self._place[day.stream.id] for day in side.plan.days]
        streams = np.zeros((2, len(self._place)))
        for row, values in enumerate((out.unpaid, out.person_days)):
            np.add.at(streams[row], places, weight * values.sum(axis=1))
        return Played(told, streams)

    def fully(self, sets: Sequence[Chosen]) -> dict[Chosen, Played]:
        """Return what comes of each set over all replications."""
        wanted = list(dict.fromkeys(sets))
        sides: dict[tuple[Chosen, int], Side | None] = {}
        sums: dict[Chosen, Played] = {}
        for block in self.replays[0].blocks:
            self.begin(*block)
            for chosen, played in zip(wanted, self.play(wanted, sides), strict=True):
                if played is not None:
                    sums[chosen] = sums[chosen].followed_by(played) if chosen in sums else played
        return sums

    # --- telling --------------------------------------------------------------------------------

    def means(self, played: Played) -> Means:
        """Return mean figures per run."""
        number = played.told.shape[1]
        unpaid, days, payees, sek = (float(v) / number for v in played.told.sum(axis=1))
        pairs = (played.streams / number).T.tolist()
        streams = tuple((float(unpaid), float(days)) for unpaid, days in pairs)
        return Means(unpaid, days, self.payees - payees, self.sek - sek, streams)

    def gain(self, played: Played, base: Played) -> Gain:
        """Return the differences, ``played`` minus ``base``, with their intervals."""
        found = []
        for row, unit in zip(played.told - base.told, self._units, strict=True):
            values = interval(len(row), float(row.sum()), float(np.square(row).sum()))
            found.append(Paired(*(value / unit for value in values)))
        return Gain(*found)

    def figures(self, chosen: Chosen, played: Played, base: Played) -> SetFigures:
        """Return what is told of a set."""
        rows = zip(played.told, self._units, strict=True)
        unpaid, days, payees, sek = (estimate(row / unit) for row, unit in rows)
        once, yearly = self.costs(chosen)
        return SetFigures(
            measures=tuple(sorted(chosen)),
            cost_once=once,
            cost_yearly=yearly,
            in_need_unpaid=unpaid,
            in_need_person_days=days,
            payees_on_time=payees,
            sek_on_time=sek,
            gain=self.gain(played, base),
            streams=self._waits(played),
        )

    def _waits(self, played: Played) -> tuple[StreamWait, ...]:
        scale, means = self.scale, self.means(played).streams
        rows = zip(scale.streams, scale.in_need, scale.payees, means, strict=True)
        return tuple(StreamWait(id_, need, payees, *mean) for id_, need, payees, mean in rows)

    @property
    def _units(self) -> tuple[float, ...]:
        return 1.0, 1.0, self.payees or 1.0, self.sek or 1.0

    def costs(self, chosen: Chosen) -> tuple[int, int]:
        """Return what a set costs once and each year."""
        found = [self._measures[id_] for id_ in chosen]
        return sum(m.cost_once for m in found), sum(m.cost_yearly for m in found)

    def meta(self) -> ChoiceMeta:
        """Return what was played."""
        request = self.replays[0].request
        return ChoiceMeta(
            program_version=importlib.metadata.version("uthallig"),
            engine_version=ENGINE_VERSION,
            seed=request.seed,
            replications=request.replications,
            scenarios=tuple(
                WeighedScenario(replay.request.scenario, weight, replay.base.fingerprint())
                for replay, weight in zip(self.replays, self.weights, strict=True)
            ),
            standing=tuple(sorted(request.measures)),
            hardship_days=self.replays[0].base.hardship_days,
        )


def estimate(values: Floats) -> Estimate:
    """Return mean, standard error and nearest-rank quantiles."""
    number, ordered = len(values), np.sort(values)
    error = float(values.std(ddof=1)) / number**0.5 if number > 1 else 0.0
    quantiles = (float(ordered[-(-number * percent // 100) - 1]) for percent in _PERCENT)
    return Estimate(float(values.mean()), error, *quantiles)
