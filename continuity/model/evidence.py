"""What the figures of the model rest on: source, date and confidence of each, and what is still to be asked.

A record's own source holds for all its figures; a figure that comes from elsewhere has an
:class:`Estimate` of its own. Parts (supplies, stages) rest on the evidence of their record.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from continuity.model.edits import Replace, amend
from continuity.model.fields import FieldType
from continuity.model.kinds import Evidenced, Kind, kind_of
from continuity.model.organisation import Organisation
from continuity.model.payload import default_of
from continuity.model.values import Estimate, Law

#: A figure that rests on one of these, or on nothing, rests on a guess.
WEAK = ("guess", "invented", "")
#: A figure is old after so many days.
OLD_DAYS = 365
_FIGURES = {
    FieldType.MINUTES, FieldType.PERMILLE, FieldType.SEK, FieldType.COUNT, FieldType.MILLI, FieldType.NUMBER,
}  # fmt: skip
#: Numbers that are decided, not estimated.
_DECIDED = frozenset(
    {
        "priority", "crew_priority", "restart_order", "styrel_class", "k", "threshold", "horizon_days",
        "repeat_times", "hardship_days", "restart_allowance", "least_level", "shifts", "down_for", "seats",
    }
)  # fmt: skip
_KNOWN = {"tested": "tested", "guess": "guess"}  # of ``achievable_known``


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where one figure comes from; ``own`` tells whether it has a source of its own."""

    source: str
    as_of: dt.date | None
    confidence: str  # "" where nobody has said
    own: bool

    @property
    def weak(self) -> bool:
        """Whether the figure rests on a guess or on nothing."""
        return self.confidence in WEAK

    def old(self, today: dt.date) -> bool:
        """Tell whether the figure has not been looked at for a year."""
        return self.as_of is not None and (today - self.as_of).days > OLD_DAYS


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one record."""

    record: Evidenced
    field: str
    evidence: Evidence

    @property
    def value(self) -> object:
        """What it says."""
        return getattr(self.record, self.field)


def estimate_fields(kind: Kind) -> tuple[str, ...]:
    """Return the fields of ``kind`` that hold estimates; none where it has no evidence."""
    if not issubclass(kind.of, Evidenced):
        return ()
    return tuple(
        name
        for name, spec in kind.specs.items()
        if (spec.type in _FIGURES or spec.value is Law or name == "impact")
        and name not in _DECIDED
        and not spec.hidden
    )


def evidence_of(record: Evidenced, field: str) -> Evidence:
    """Return where the figure ``field`` of ``record`` comes from."""
    for one in record.estimates:
        if one.field == field:
            return Evidence(one.source, one.as_of, one.confidence or "", True)
    known = getattr(record, "achievable_known", None) if field == "achievable_rto" else None
    confidence = _KNOWN.get(known or "", record.confidence or "")
    return Evidence(record.source, record.as_of, confidence, False)


def sourced(record: Evidenced, field: str, evidence: Estimate | None) -> Replace:
    """Return the edit that gives a figure a source of its own, or takes it away."""
    kept = tuple(one for one in record.estimates if one.field != field)
    return amend(record, estimates=(*kept, replace(evidence, field=field)) if evidence else kept)


def figures_of(record: Evidenced) -> tuple[Figure, ...]:
    """Return the figures that ``record`` states: filled in and not what they are by themselves."""
    return tuple(
        Figure(record, field, evidence_of(record, field))
        for field in estimate_fields(kind_of(record))
        if getattr(record, field) not in (None, (), default_of(type(record), field)) or field == "headcount"
    )


def figures(organisation: Organisation) -> tuple[Figure, ...]:
    """Return all figures that the model states."""
    return tuple(figure for record in organisation.all(Evidenced) for figure in figures_of(record))


@dataclass(frozen=True, slots=True)
class Rest:
    """How many figures rest on what."""

    total: int
    weak: int
    by_confidence: dict[str, int]  # "" where nobody has said

    @property
    def permille(self) -> int:
        """The share that rests on guesses or on nothing."""
        return 1000 * self.weak // self.total if self.total else 0


def rest(held: Iterable[Figure]) -> Rest:
    """Return on what ``held`` rest."""
    counted = Counter(figure.evidence.confidence for figure in held)
    return Rest(counted.total(), sum(counted[code] for code in WEAK), dict(counted))
