"""Laws of durations by inversion: one uniform, one value. Parameters as ``laws.py`` compiles them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from continuity.simulation.compiled import FOREVER
from continuity.simulation.kernels import kernel, leaf
from continuity.simulation.laws import (
    EMPIRICAL,
    EXPONENTIAL,
    FIXED,
    LOGNORMAL,
    PERT,
    PERT_SUM,
    TRIANGULAR,
    UNIFORM,
    WEIBULL,
)


@leaf
def whole_minutes(x: Any) -> Any:
    """Return a drawn duration as whole minutes: the one place where it is rounded."""
    return max(1, math.floor(min(x, 1.0 * FOREVER) + 0.5))


@leaf
def standard_normal(u: Any) -> Any:
    """Return the standard normal quantile of ``u``.

    First guess by Abramowitz and Stegun 26.2.23, then Halley steps on the error function.
    """
    tail = min(u, 1.0 - u)
    t = math.sqrt(-2.0 * math.log(tail))
    top = 2.515517 + t * (0.802853 + t * 0.010328)
    z = top / (1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t
    for _ in range(2):
        off = 0.5 * math.erfc(-z / math.sqrt(2.0)) - tail
        step = off * math.sqrt(2.0 * math.pi) * math.exp(0.5 * z * z)
        z -= step / (1.0 + 0.5 * z * step)
    return z if u <= 0.5 else -z


@leaf
def beta_fraction(x: Any, a: Any, b: Any) -> Any:
    """Return the continued fraction of the incomplete beta function (DLMF 8.17.22, modified Lentz).

    It converges fast for x below (a + 1) / (a + b + 2).
    """
    d = 1.0 / (1.0 - (a + b) * x / (a + 1.0))
    c, h = 1.0, d
    for m in range(1, 200):
        even = m * (b - m) * x / ((a + 2 * m - 1.0) * (a + 2 * m))
        d = 1.0 / (1.0 + even * d)
        c = 1.0 + even / c
        h *= d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1.0))
        d = 1.0 / (1.0 + odd * d)
        c = 1.0 + odd / c
        h *= d * c
        if abs(d * c - 1.0) < 1e-15:
            break
    return h


@leaf
def beta_share(x: Any, a: Any, b: Any, log_beta: Any) -> Any:
    """Return (I_x(a, b), its density times x (1 - x)) for 0 < x < 1."""
    front = math.exp(a * math.log(x) + b * math.log1p(-x) - log_beta)
    if x <= (a + 1.0) / (a + b + 2.0):
        return front * beta_fraction(x, a, b) / a, front
    return 1.0 - front * beta_fraction(1.0 - x, b, a) / b, front


@leaf
def beta_quantile(u: Any, a: Any, b: Any, log_beta: Any) -> Any:
    """Return x with I_x(a, b) = u: Halley steps kept inside a shrinking bracket."""
    low, high = 0.0, 1.0
    spread = math.sqrt(a * b / ((a + b) * (a + b) * (a + b + 1.0)))
    x = a / (a + b) + spread * standard_normal(u)
    for _ in range(80):
        if not low < x < high:
            x = 0.5 * (low + high)
        share, front = beta_share(x, a, b, log_beta)
        if share > u:
            high = x
        else:
            low = x
        step = (share - u) * x * (1.0 - x) / front if front > 0.0 else 1.0
        bend = 0.5 * step * ((a - 1.0) / x - (b - 1.0) / (1.0 - x))
        step /= max(0.5, 1.0 - bend)
        x -= step
        if abs(step) < 1e-10 * x or high - low < 1e-15:
            break
    return min(max(x, 0.0), 1.0)


@leaf
def triangular_quantile(u: Any, low: Any, likely: Any, high: Any) -> Any:
    """Return the quantile of the triangular law."""
    if high <= low:
        return low
    if u * (high - low) < likely - low:
        return low + math.sqrt(u * (high - low) * (likely - low))
    return high - math.sqrt((1.0 - u) * (high - low) * (high - likely))


@leaf
def outcome_quantile(outcomes: Any, row: Any, u: Any) -> Any:
    """Return the first outcome of an empirical law whose cumulative share reaches ``u``."""
    low, high = row.first_outcome, row.end_outcome - 1
    while low < high:
        middle = (low + high) // 2
        if outcomes[middle].share < u:
            low = middle + 1
        else:
            high = middle
    return outcomes[low].minutes


@leaf
def quantile(laws: Any, outcomes: Any, law: Any, u: Any) -> Any:
    """Return the quantile at ``u`` of law ``law``, in minutes, not rounded."""
    row = laws[law]
    kind, a, b, c, d = row.kind, row.a, row.b, row.c, row.d
    if kind == FIXED:
        return a
    if kind == UNIFORM:
        return a + u * (b - a)
    if kind == TRIANGULAR:
        return triangular_quantile(u, a, b, c)
    if kind == PERT:
        return a + b * beta_quantile(u, c, PERT_SUM - c, d) if b > 0.0 else a
    if kind == EXPONENTIAL:
        return -a * math.log1p(-u)
    if kind == LOGNORMAL:
        return a * math.exp(b * standard_normal(u))
    if kind == WEIBULL:
        return a * (-math.log1p(-u)) ** b
    assert kind == EMPIRICAL
    return outcome_quantile(outcomes, row, u)


@leaf
def draw_minutes(h: Any, law: Any, u: Any) -> Any:
    """Return the whole minutes that ``u`` means under law ``law``."""
    return whole_minutes(quantile(h.laws, h.outcomes, law, u))


@kernel
def law_quantile(laws: Any, outcomes: Any, u: Any) -> Any:
    """Return the quantile at ``u`` of the first law, in minutes, not rounded."""
    return quantile(laws, outcomes, np.int64(0), u)
