"""Laws of durations in figures: what is wrong with one, its mean and quantiles, in minutes, not rounded.

Plain Python, for whoever shows a law; the kernels draw by the same quantiles.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from statistics import NormalDist
from typing import Final

from continuity.model.values import Law

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
#: A flatter Weibull law has a mean beyond all numbers.
LEAST_SHAPE: Final = 0.05
#: α + β of the beta law behind PERT (Malcolm et al. 1959, weight 4 on the most likely value).
PERT_SUM: Final = 6.0
#: Standard normal quantile at 0.9.
Z90: Final = 1.2815515655446004


def faults(law: Law) -> Iterator[str]:
    """Yield the problem codes of all that keeps ``law`` from being drawn."""
    given = [getattr(law, name) for name in PARAMETERS[law.law]]
    if None in given:
        yield f"law-incomplete-{law.law}"
    elif law.law in _RISING and given != sorted(given):
        yield f"law-order-{law.law}"
    elif law.law in _POSITIVE and not min(given) > 0:
        yield "law-not-positive"
    elif law.law == "weibull" and not LEAST_SHAPE <= given[1] <= 1 / LEAST_SHAPE**2:
        yield "law-shape"
    if law.law == "empirical" and not 0 < sum(one.weight for one in law.outcomes) < math.inf:
        yield "law-without-outcomes"


def _given(law: Law) -> list[float]:
    return [float(getattr(law, name)) for name in PARAMETERS[law.law]]


def mean(law: Law) -> float:
    """Return the mean of a law without faults, in minutes, before it is rounded to whole ones."""
    given = _given(law)
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


def quantile_of(law: Law, share: float) -> float:
    """Return the quantile of a law without faults at ``share`` (between 0 and 1)."""
    given = _given(law)
    match law.law:
        case "fixed":
            return given[0]
        case "uniform":
            return given[0] + share * (given[1] - given[0])
        case "triangular":
            return _triangular(given, share)
        case "pert":
            return _pert(given, share)
        case "exponential":
            return -given[0] * math.log1p(-share)
        case "lognormal":
            z = NormalDist().inv_cdf(share)
            return given[0] * math.exp(z * math.log(given[1] / given[0]) / Z90)
        case "weibull":
            return given[0] * float((-math.log1p(-share)) ** (1.0 / given[1]))
    return _empirical(law, share)


def _triangular(given: list[float], share: float) -> float:
    low, likely, high = given
    width = high - low
    if width <= 0:
        return low
    if share * width < likely - low:
        return low + math.sqrt(share * width * (likely - low))
    return high - math.sqrt((1.0 - share) * width * (high - likely))


def _pert(given: list[float], share: float) -> float:
    low, likely, high = given
    width = high - low
    if width <= 0:
        return low
    alpha = 1.0 + 4.0 * (likely - low) / width
    least, most = 0.0, 1.0
    for _ in range(60):
        middle = 0.5 * (least + most)
        if _beta_share(middle, alpha, PERT_SUM - alpha) < share:
            least = middle
        else:
            most = middle
    return low + width * 0.5 * (least + most)


def _beta_share(x: float, a: float, b: float) -> float:
    """Return the share of a beta law below ``x``, by the continued fraction of the incomplete beta."""
    if x > (a + 1.0) / (a + b + 2.0):
        return 1.0 - _beta_share(1.0 - x, b, a)
    if x <= 0.0:
        return 0.0
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    c, d = 1.0, 1.0 / (1.0 - (a + b) * x / (a + 1.0))
    value = d
    for m in range(1, 200):
        for part in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1.0 / (1.0 + part * d)
            c = 1.0 + part / c
            value *= c * d
        if abs(c * d - 1.0) < 1e-15:
            break
    return front * value / a


def _empirical(law: Law, share: float) -> float:
    rising = sorted((one.minutes, one.weight) for one in law.outcomes if one.weight > 0)
    total, so_far = math.fsum(weight for _, weight in rising), 0.0
    for minutes, weight in rising:
        so_far += weight
        if share <= so_far / total:
            return float(minutes)
    return float(rising[-1][0])
