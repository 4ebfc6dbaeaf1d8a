"""What to run."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

#: Blocks go to threads of this process, to processes of this machine, or to the Dask cluster at an address.
THREADS: Final = "threads"
PROCESSES: Final = "processes"
#: At most so many replications where a precision is asked for.
MOST_FOR_PRECISION: Final = 100_000


@dataclass(frozen=True, slots=True)
class RunRequest:
    """One run, or with ``compare`` two on the same draws: without and with the measures.

    ``scenario`` and ``measures`` are ids; ``start`` and ``horizon_days`` override the scenario's. With
    ``precision`` the run stops by itself once every share that it promises is known so closely, and
    ``replications`` is the most that it draws.
    """

    scenario: str
    measures: tuple[str, ...] = ()
    compare: bool = False
    start: dt.date | None = None
    horizon_days: int | None = None
    replications: int = 1000
    seed: int = 1
    workers: int | None = None  # None: as many as there are processors
    precision: float | None = None  # half of the 95 % interval, as a share: 0.01 is one percentage point
    scheduler: str = THREADS  # or PROCESSES, or tcp://host:port
