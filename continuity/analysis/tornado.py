"""Which number should be found out better: each uncertain figure at both ends of a range, on the same draws.

A first look at one block finds the figures that matter; the widest swings among them are played in full.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from continuity.analysis.criticality import BaseSums
from continuity.analysis.replay import Ints, Paireds, Replay, Report, Side, paused
from continuity.analysis.results import Gain, Swing, Tornado
from continuity.model.edits import amend
from continuity.model.evidence import WEAK, evidence_of, figures
from continuity.model.fields import FieldType
from continuity.model.kinds import Element, Event, Need, Record, Scenario, Supply, kind_of
from continuity.model.organisation import Organisation
from continuity.model.payload import write_value
from continuity.model.problems import Refused
from continuity.model.values import Law
from continuity.simulation.request import RunRequest

#: What is uncertain by itself: guesses, invented figures, nothing said, and what somebody has told.
UNSURE = (*WEAK, "interview")
#: Times are halved and doubled; chances and shares have their odds halved and doubled.
FACTOR = 2.0
#: Swings that are played in full, and replications of the first look.
MOST_SWINGS, FIRST_LOOK = 12, 64
_ODDS = (FieldType.PERMILLE, FieldType.NUMBER)
_PART_FIELDS = ("endurance", "activation_delay")
#: Figures that move nobody's payment: demands, what is said of persons and contracts, what repairs cost.
_NOT_READ = frozenset(
    {
        "achievable_rto", "achievable_rpo", "sla_hours", "exit_time", "rpo", "impact", "wrt", "mtpd",
        "rto", "mbco", "headcount", "care_duties", "not_checked", "notice_given", "trained", "exercised",
        "service_duty", "consultants", "payees", "amount", "over", "under", "wrong_items", "reconciliation",
        "staff_minutes", "cost_once", "cost_yearly",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Uncertain:
    """One figure and its two ends."""

    record: Record
    field: str
    confidence: str
    low: Any
    high: Any


def tornado(
    organisation: Organisation,
    request: RunRequest,
    confidences: Iterable[str] = UNSURE,
    cancel: threading.Event | None = None,
    report: Report | None = None,
) -> Tornado:
    """Return how far each uncertain figure moves the headline of ``request``.

    ``report`` hears how many of how many steps are done. Raises Refused where the scenario cannot be run and
    RunCancelled once ``cancel`` is set.
    """
    wanted = tuple(confidences)
    replay = Replay(organisation, request)
    asked = uncertain(replay.base.organisation, request.scenario, wanted, replay.needed_for_payments())
    (first, count), *_ = replay.blocks
    player = _Player(replay, cancel, report, 2 * (len(asked) + MOST_SWINGS * len(replay.blocks)))
    look = player.played(asked, ((first, min(count, FIRST_LOOK)),))
    moved = sorted((swing for swing in look if _matters(swing)), key=_weight)
    full = {(swing.record, swing.field) for swing in moved[:MOST_SWINGS]}
    played = player.played([f for f in asked if (f.record.id, f.field) in full], replay.blocks)
    player.finish()
    return Tornado(
        meta=replay.meta(),
        base=player.base.told(),
        confidences=wanted,
        factor=FACTOR,
        swings=(*sorted(played, key=_weight), *moved[MOST_SWINGS:]),
        without_effect=len(look) - len(moved),
    )


def _matters(swing: Swing) -> bool:
    return any(swing.span) or swing.at_low is None or swing.at_high is None


def _weight(swing: Swing) -> tuple[float, ...]:
    return tuple(-part for part in swing.span)


class _Player:
    """Plays both ends of figures block by block."""

    def __init__(
        self, replay: Replay, cancel: threading.Event | None, report: Report | None, total: int
    ) -> None:
        self._replay, self._cancel = replay, cancel
        self._report, self._done, self._total = report, 0, total
        self.base = BaseSums(replay)

    def played(self, asked: Sequence[Uncertain], blocks: Sequence[tuple[int, int]]) -> list[Swing]:
        """Return the swings of ``asked`` over ``blocks``."""
        ends = [(figure, value) for figure in asked for value in (figure.low, figure.high)]
        sums = [Paireds() for _ in ends]
        sides: dict[int, Side | None] = {}
        self.base = BaseSums(self._replay)
        with ThreadPoolExecutor(self._replay.workers, thread_name_prefix="swing") as pool:
            for block in blocks:
                _, headline = self._replay.begin(*block)
                self.base.add(headline)

                def play(place: int) -> Ints | None:
                    side = sides[place] if place in sides else self._side(*ends[place])
                    if len(blocks) > 1:
                        sides[place] = side
                    return self._replay.headline(side) if side else None

                for place, changed in enumerate(pool.map(play, range(len(ends)))):
                    if changed is not None:
                        sums[place].add(headline, changed)
                    self._count()
        due = self.base.due
        gains = [paired.gain(*due) if paired.number else None for paired in sums]
        number = sum(count for _, count in blocks)
        pairs = zip(gains[::2], gains[1::2], strict=True)
        return [_swing(figure, *pair, number) for figure, pair in zip(asked, pairs, strict=True)]

    def _side(self, figure: Uncertain, value: Any) -> Side | None:
        """Return the organisation with one figure changed, or None where it cannot be run with it."""
        paused(self._cancel)
        twin = self._replay.base.organisation.copy()
        twin.apply(amend(figure.record, **{figure.field: value}))
        try:
            return self._replay.changed(twin, kind_of(figure.record).name)
        except Refused:
            return None

    def _count(self) -> None:
        self._done += 1
        if self._report:
            self._report(self._done, self._total)

    def finish(self) -> None:
        """Report that all is done, where fewer figures than expected were played in full."""
        if self._report and self._done < self._total:
            self._report(self._total, self._total)


def _swing(figure: Uncertain, low: Gain | None, high: Gain | None, replications: int) -> Swing:
    spec = kind_of(figure.record).specs[figure.field]
    values = (getattr(figure.record, figure.field), figure.low, figure.high)
    base, least, most = (json.dumps(write_value(spec, value)) for value in values)
    return Swing(
        record=figure.record.id,
        field=figure.field,
        confidence=figure.confidence,
        base=base,
        low=least,
        high=most,
        at_low=low,
        at_high=high,
        replications=replications,
    )


# --- which figures ------------------------------------------------------------------------------


def uncertain(
    organisation: Organisation, scenario: str, confidences: tuple[str, ...], elements: Set[str]
) -> list[Uncertain]:
    """Return the figures with one of ``confidences`` that payments under ``scenario`` may feel.

    ``elements``: those that payments need (ids).
    """
    found = []
    for record, field, confidence in _figures(organisation):
        if confidence not in confidences or not _is_felt(organisation, record, scenario, elements):
            continue
        low, high = (_moved(record, field, factor) for factor in (1 / FACTOR, FACTOR))
        if low != high:
            found.append(Uncertain(record, field, confidence, low, high))
    return found


def _figures(organisation: Organisation) -> Iterator[tuple[Record, str, str]]:
    for figure in figures(organisation):
        if figure.field not in _NOT_READ:
            yield figure.record, figure.field, figure.evidence.confidence
    for supply in organisation.all(Supply):
        need = organisation.of(Need, supply.need)
        for field in _PART_FIELDS:
            if need and supply.standby and getattr(supply, field):
                yield supply, field, evidence_of(need, field).confidence


def _is_felt(organisation: Organisation, record: Record, scenario: str, elements: Set[str]) -> bool:
    match record:
        case Event():
            return record.scenario == scenario
        case Scenario():
            return record.id == scenario
        case Supply():
            need = organisation.of(Need, record.need)
            return need is not None and need.dependent in elements
        case Need():
            return record.dependent in elements
        case Element():
            return record.id in elements
    return True


def _moved(record: Record, field: str, factor: float) -> Any:
    """Return the value of ``field`` at one end of its range, within what it may be."""
    value = getattr(record, field)
    if isinstance(value, Law):
        return _law(value, factor)
    spec = kind_of(record).specs[field]
    if spec.type in _ODDS and spec.high in (1, 1000):
        whole = float(spec.high)
        share = value / whole
        moved = share * factor / (1 - share + share * factor) * whole
    else:
        moved = value * factor
    moved = moved if spec.type is FieldType.NUMBER else round(moved)
    low = moved if spec.low is None else max(moved, spec.low)
    return low if spec.high is None else min(low, spec.high)


def _law(law: Law, factor: float) -> Law:
    """Return the law of durations ``factor`` times as long."""
    names = ("low", "likely", "high", "mean", "median", "p90", "scale")
    times = {n: round(getattr(law, n) * factor) for n in names if getattr(law, n) is not None}
    outcomes = tuple(replace(one, minutes=round(one.minutes * factor)) for one in law.outcomes)
    return replace(law, **times, outcomes=outcomes)
