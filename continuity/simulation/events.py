"""What a run reports while it goes on: a closed union, ending in exactly one of the last three."""

from __future__ import annotations

from dataclasses import dataclass

from continuity.model.problems import Problem
from continuity.simulation.result import Comparison, RunResult


@dataclass(frozen=True, slots=True)
class Preparing:
    """The engine is compiled for this machine, which happens once."""


@dataclass(frozen=True, slots=True)
class Started:
    """The run has begun; ``replications`` is the goal over all variants."""

    replications: int


@dataclass(frozen=True, slots=True)
class Noted:
    """What should be known of the run before it has drawn anything, as warnings."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` are finished of ``replications``: the goal, or what a stated precision seems to take."""

    done: int
    replications: int


@dataclass(frozen=True, slots=True)
class Partial:
    """What the run says so far, with wider intervals; its id is that of the result to come."""

    result: RunResult
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """The run is done; ``comparison`` where measures were compared."""

    result: RunResult
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """The run could not be made, with every reason."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The user stopped it."""


RunEvent = Preparing | Started | Noted | Progress | Partial | Finished | Failed | Cancelled
