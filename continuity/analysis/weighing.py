"""The order of priority: which of two outcomes is better, by four weightings. People in need before SEK.

The decided order is the agency's own (the priority of its streams, decided by somebody on a day): the
streams of people in need one after the other, each in steps of one hundredth of its payees. Totals go in
steps of one ten-thousandth of what falls due: what is smaller decides nothing, and the cheaper set is taken.
Where nobody has decided an order, all people in need count alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from continuity.analysis.choices import DECIDED, IN_NEED, PAYEES, PriorityOrder
from continuity.model.kinds import Stream
from continuity.model.kinds.payments import IN_NEED as CLASSES_IN_NEED
from continuity.model.organisation import Organisation

#: Steps in which a stream's share of unpaid payees is compared, and totals.
_STEPS, _FINE = 100, 10_000


@dataclass(frozen=True, slots=True)
class Means:
    """Mean figures per run of one set; ``streams`` as (unpaid, person-days) by the decided order."""

    in_need_unpaid: float
    in_need_person_days: float
    payees_late: float
    sek_late: float
    streams: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """Streams by the decided order, with what ranks them."""

    order: PriorityOrder
    streams: tuple[str, ...]  # ids
    in_need: tuple[bool, ...]
    payees: tuple[float, ...]  # that fall due per run
    sek: float  # that falls due per run

    def rank(self, weighting: str, means: Means) -> tuple[int, ...]:
        """Return what sorts outcomes, the best first."""
        people, whole = self._whole_in_need, sum(self.payees)
        need = (_step(means.in_need_unpaid, people), _step(means.in_need_person_days, people))
        payees, sek = _step(means.payees_late, whole), _step(means.sek_late, self.sek)
        if weighting == PAYEES:
            return (payees, *need, sek)
        if weighting == DECIDED and self.order.by:
            return (*self._decided(means), *need, payees, sek)
        return (*need, payees, sek) if weighting in (DECIDED, IN_NEED) else (sek, *need, payees)

    def same(self, one: Means, other: Means) -> bool:
        """Tell whether two outcomes differ by less than a step everywhere."""
        people, whole = self._whole_in_need, sum(self.payees)
        figures = (
            (one.in_need_unpaid - other.in_need_unpaid, people),
            (one.in_need_person_days - other.in_need_person_days, people),
            (one.payees_late - other.payees_late, whole),
            (one.sek_late - other.sek_late, self.sek),
        )
        streams = zip(self.payees, one.streams, other.streams, strict=True)
        return all(abs(value) < max(1.0, of / _FINE) for value, of in figures) and all(
            abs(a - b) < max(1.0, payees / _STEPS) for payees, (a, _), (b, _) in streams
        )

    @property
    def _whole_in_need(self) -> float:
        return sum(payees for payees, need in zip(self.payees, self.in_need, strict=True) if need)

    @staticmethod
    def amount(weighting: str, means: Means) -> float:
        """Return the one figure by which gain per krona is reckoned; less is better."""
        if weighting == PAYEES:
            return means.payees_late
        return means.in_need_unpaid if weighting in (DECIDED, IN_NEED) else means.sek_late

    def _decided(self, means: Means) -> tuple[int, ...]:
        parts = zip(self.in_need, self.payees, means.streams, strict=True)
        return tuple(
            round(_STEPS * unpaid / payees) if payees else 0 for need, payees, (unpaid, _) in parts if need
        )


def _step(value: float, whole: float) -> int:
    """Return ``value`` in steps of one ten-thousandth of ``whole``, and no finer than 1."""
    return round(value / max(1.0, whole / _FINE))


def order_of(organisation: Organisation) -> PriorityOrder:
    """Return who decided the order of priority."""
    agency = organisation.agency
    if agency is None:
        return PriorityOrder("", None, "")
    return PriorityOrder(agency.priority_decided_by, agency.priority_decided_on, agency.priority_reference)


def scale_of(organisation: Organisation, payees: dict[str, float], sek: float) -> Scale:
    """Return the scale of ``organisation``; ``payees``, by stream, and ``sek``: what falls due per run."""
    streams: Sequence[Stream] = sorted(
        (s for s in organisation.all(Stream) if s.id in payees), key=lambda s: (s.priority, s.code)
    )
    return Scale(
        order=order_of(organisation),
        streams=tuple(s.id for s in streams),
        in_need=tuple(s.livelihood in CLASSES_IN_NEED for s in streams),
        payees=tuple(payees[s.id] for s in streams),
        sek=sek,
    )
