"""What to run."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RunRequest:
    """One run, or with ``compare`` two on the same draws: without and with the measures.

    ``scenario`` and ``measures`` are ids; ``start`` and ``horizon_days`` override the scenario's.
    """

    scenario: str
    measures: tuple[str, ...] = ()
    compare: bool = False
    start: dt.date | None = None
    horizon_days: int | None = None
    replications: int = 1000
    seed: int = 1
    workers: int | None = None  # None: as many as there are processors
