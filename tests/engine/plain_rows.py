"""The compiled form with plain Python rows: what a model written for SimPy would read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from continuity.simulation.compiled import Compiled, State


def rows(table: Any) -> list[dict[str, Any]]:
    """Return a table as one dictionary per row: looking into it takes a tenth of the time."""
    return [dict(zip(table.dtype.names, row, strict=True)) for row in table.tolist()]


def _plain(part: Any) -> Any:
    tables = {n: t for n, t in part._asdict().items() if isinstance(t, np.ndarray)}
    return part._replace(**{n: rows(t) if t.dtype.names else t.tolist() for n, t in tables.items()})


def in_plain(compiled: Compiled, state: State | None = None) -> Compiled:
    """Return the compiled form with ``state`` at minute 0, in plain rows."""
    given = state if state is not None else compiled.state
    return replace(
        compiled, graph=_plain(compiled.graph), hazards=_plain(compiled.hazards), state=_plain(given)
    )
