"""Why functions fell and pay days were missed, told by the engine for the first replications of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from continuity.simulation.result import Cause

if TYPE_CHECKING:
    from continuity.simulation.pay import PayBlock
    from continuity.simulation.timelines import Timelines
    from continuity.simulation.variant import Variant


@dataclass(frozen=True, slots=True)
class Causes:
    """Causes per function (id) and per pay day (place in the plan)."""

    functions: Mapping[str, tuple[Cause, ...]]
    pay_days: Mapping[int, tuple[Cause, ...]]


def causes_of(variant: Variant, lines: Timelines, block: PayBlock) -> Causes:
    """Return the causes in the block ``lines``."""
    return Causes({}, {})
