"""Laws of durations: what is wrong with one, its parameters as the kernels take them, mean, quantiles."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from continuity.model.values import Law
from continuity.simulation.compiled import LAW, OUTCOME, Table, table

FIXED, UNIFORM, TRIANGULAR, PERT, EXPONENTIAL, LOGNORMAL, WEIBULL, EMPIRICAL = range(8)
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
#: Parameters of each law, in the order of their size where they have one.
PARAMETERS: Final[dict[str, tuple[str, ...]]] = {
    "fixed": ("likely",),
    "uniform": ("low", "high"),
    "triangular": ("low", "likely", "high"),
    "pert": ("low", "likely", "high"),
    "exponential": ("mean",),
    "lognormal": ("median", "p90"),
    "weibull": ("scale", "shape"),
    "empirical": (),
}
_RISING: Final = ("uniform", "triangular", "pert", "lognormal")
_POSITIVE: Final = ("exponential", "lognormal", "weibull")
#: α + β of the beta law behind PERT (Malcolm et al. 1959, weight 4 on the most likely value).
PERT_SUM: Final = 6.0
#: Standard normal quantile at 0.9.
Z90: Final = 1.2815515655446004


@dataclass(frozen=True, slots=True)
class LawNumbers:
    """A law as numbers: four parameters, and outcomes with their cumulative shares."""

    kind: int
    parameters: tuple[float, float, float, float]
    outcomes: tuple[tuple[float, float], ...] = ()


def faults(law: Law) -> Iterator[str]:
    """Yield the problem codes of all that keeps ``law`` from being drawn."""
    given = [getattr(law, name) for name in PARAMETERS[law.law]]
    if None in given:
        yield f"law-incomplete-{law.law}"
    elif law.law in _RISING and given != sorted(given):
        yield f"law-order-{law.law}"
    elif law.law in _POSITIVE and min(given) <= 0:
        yield "law-not-positive"
    if law.law == "empirical" and sum(one.weight for one in law.outcomes) <= 0:
        yield "law-without-outcomes"


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


def mean(law: Law) -> float:
    """Return the mean of a law without faults, in minutes, before it is rounded to whole ones."""
    given = [float(getattr(law, name)) for name in PARAMETERS[law.law]]
    match law.law:
        case "fixed" | "exponential":
            return given[0]
        case "uniform" | "triangular":
            return math.fsum(given) / len(given)
        case "pert":
            return (given[0] + 4.0 * given[1] + given[2]) / PERT_SUM
        case "lognormal":
            sigma = math.log(given[1] / given[0]) / Z90
            return given[0] * math.exp(0.5 * sigma * sigma)
        case "weibull":
            return given[0] * math.gamma(1.0 + 1.0 / given[1])
    total = math.fsum(one.weight for one in law.outcomes)
    return math.fsum(one.minutes * one.weight for one in law.outcomes) / total


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
