"""How closely a run knows what it says, and when that is close enough.

What a run promises are shares: of the payees and of the SEK paid on time, of the people in need who wait
too long, and of the runs in which a function falls or breaks what it must keep. Each has a 95 % interval:
Wilson's for shares of runs, mean ± 1.96 standard errors for means. A mean of which all values are alike
still counts half of Wilson's interval of what was never seen. A run may stop once the widest half of all
is no wider than asked for, at the end of a block and after :data:`FEWEST` replications.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from continuity.simulation.level_statistics import LevelStatistics
from continuity.simulation.pay_statistics import PayStatistics

#: Before so many replications an interval from few rare cases promises too much.
FEWEST: Final = 512
#: What may be asked for: half the width of an interval, as a share.
FINEST, COARSEST = 0.001, 0.2
_Z: Final = 1.959963984540054


def widest(levels: LevelStatistics, pay: PayStatistics) -> float:
    """Return the widest half of a 95 % interval among the shares that a run promises."""
    runs = levels.replications
    return max(
        [*_of_means(pay), *(float(half_of_hits(hits, runs).max(initial=0.0)) for hits in levels.hits())]
    )


def is_enough(half: float, wanted: float, replications: int) -> bool:
    """Tell whether a run of so many replications may stop."""
    return replications >= FEWEST and half <= wanted


def stops_within(halves: Iterable[float], wanted: float, block: int) -> bool:
    """Tell whether a run would have stopped at one of the blocks with these widest halves."""
    return any(is_enough(half, wanted, block * (n + 1)) for n, half in enumerate(halves))


def half_of_hits(hits: NDArray[np.int64], of: int) -> NDArray[np.float64]:
    """Return half of Wilson's 95 % interval of each share ``hits / of``."""
    if not of:
        return np.full(len(hits), 0.5)
    share, z2 = hits / of, _Z * _Z
    made: NDArray[np.float64] = _Z / (1 + z2 / of) * np.sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    return made


def half_of_mean(error: float, of: int) -> float:
    """Return half of the 95 % interval of a mean of shares with this standard error."""
    unseen = _Z * _Z / (2 * (of + _Z * _Z))
    return max(_Z * error, unseen)


def _of_means(pay: PayStatistics) -> Iterator[float]:
    for error in pay.errors_of_shares():
        yield half_of_mean(error, pay.replications)
