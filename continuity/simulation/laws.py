"""Laws of durations: their parameters as the kernels take them, and quantiles as the kernels find them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from continuity.model.laws import PARAMETERS, PERT_SUM, Z90, faults, mean
from continuity.model.values import Law
from continuity.simulation.compiled import LAW, OUTCOME, Table, table

FIXED, UNIFORM, TRIANGULAR, PERT, EXPONENTIAL, LOGNORMAL, WEIBULL, EMPIRICAL = range(8)
__all__ = ["CODES", "PERT_SUM", "Z90", "LawNumbers", "faults", "law_tables", "mean", "numbers", "quantile"]

CODES: Final = {
    "fixed": FIXED,
    "uniform": UNIFORM,
    "triangular": TRIANGULAR,
    "pert": PERT,
    "exponential": EXPONENTIAL,
    "lognormal": LOGNORMAL,
    "weibull": WEIBULL,
    "empirical": EMPIRICAL,
}


@dataclass(frozen=True, slots=True)
class LawNumbers:
    """A law as numbers: four parameters, and outcomes with their cumulative shares."""

    kind: int
    parameters: tuple[float, float, float, float]
    outcomes: tuple[tuple[float, float], ...] = ()


def numbers(law: Law) -> LawNumbers:
    """Return the parameters of a law without faults."""
    a, b, c, d = 0.0, 0.0, 0.0, 0.0
    outcomes: tuple[tuple[float, float], ...] = ()
    given = [float(getattr(law, name)) for name in PARAMETERS[law.law]]
    match law.law:
        case "fixed" | "exponential":
            a = given[0]
        case "uniform":
            a, b = given
        case "triangular":
            a, b, c = given
        case "pert":
            a, b, c, d = _pert(*given)
        case "lognormal":
            a, b = given[0], math.log(given[1] / given[0]) / Z90
        case "weibull":
            a, b = given[0], 1.0 / given[1]
        case "empirical":
            outcomes = _shares(law)
    return LawNumbers(CODES[law.law], (a, b, c, d), outcomes)


def _pert(low: float, likely: float, high: float) -> tuple[float, float, float, float]:
    width = high - low
    alpha = 1.0 + (4.0 * (likely - low) / width if width > 0 else 2.0)
    beta = PERT_SUM - alpha
    return low, width, alpha, math.lgamma(alpha) + math.lgamma(beta) - math.lgamma(PERT_SUM)


def _shares(law: Law) -> tuple[tuple[float, float], ...]:
    rising = sorted((one.minutes, one.weight) for one in law.outcomes if one.weight > 0)
    total = math.fsum(weight for _, weight in rising)
    shares, so_far = [], 0.0
    for minutes, weight in rising:
        so_far += weight
        shares.append((float(minutes), so_far / total))
    shares[-1] = (shares[-1][0], 1.0)
    return tuple(shares)


def quantile(law: Law, share: float) -> float:
    """Return the quantile of a law without faults at ``share`` (between 0 and 1), in minutes, not rounded."""
    from continuity.simulation.kernels_laws import law_quantile

    return float(law_quantile(*law_tables([numbers(law)]), share))


def law_tables(laws: Sequence[LawNumbers]) -> tuple[Table, Table]:
    """Return ``laws`` as the tables of laws and of outcomes."""
    ends = list(itertools.accumulate(len(law.outcomes) for law in laws))
    given = {name: [law.parameters[place] for law in laws] for place, name in enumerate("abcd")}
    pairs = [pair for law in laws for pair in law.outcomes]
    return (
        table(
            LAW,
            len(laws),
            kind=[law.kind for law in laws],
            first_outcome=[0, *ends][:-1],
            end_outcome=ends,
            **given,
        ),
        table(OUTCOME, len(pairs), minutes=[pair[0] for pair in pairs], share=[pair[1] for pair in pairs]),
    )
