"""Laws against closed forms: quantiles invert the distribution, means and rounding are as promised."""

import math

import numpy as np
import pytest

from continuity.model.laws import quantile_of
from continuity.model.values import Law, Outcome
from continuity.simulation.kernels import kernel
from continuity.simulation.kernels_laws import beta_quantile, beta_share, standard_normal, whole_minutes
from continuity.simulation.laws import faults, mean, quantile
from tests.builders import empirical, exponential, fixed, pert, uniform

SHARES = (1e-9, 0.001, 0.1, 0.25, 0.5, 0.75, 0.9, 0.999, 1 - 1e-9)


@kernel
def normal(u):
    return standard_normal(u)


@kernel
def share_and_back(u, a, b):
    log_beta = math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
    x = beta_quantile(u, a, b, log_beta)
    return x, beta_share(x, a, b, log_beta)[0]


@kernel
def rounded(x):
    return whole_minutes(x)


def triangular(low: int, likely: int, high: int) -> Law:
    return Law(law="triangular", low=low, likely=likely, high=high)


def cumulative(law: Law, x: float) -> float:
    """Distribution functions as the textbooks write them."""
    match law.law:
        case "uniform":
            return (x - law.low) / (law.high - law.low)
        case "triangular":
            if x <= law.likely:
                return (x - law.low) ** 2 / ((law.high - law.low) * (law.likely - law.low))
            return 1 - (law.high - x) ** 2 / ((law.high - law.low) * (law.high - law.likely))
        case "exponential":
            return 1 - math.exp(-x / law.mean)
        case "weibull":
            return 1 - math.exp(-((x / law.scale) ** law.shape))
        case "lognormal":
            z = math.log(x / law.median) / (math.log(law.p90 / law.median) / 1.2815515655446004)
            return 0.5 * math.erfc(-z / math.sqrt(2))
    raise AssertionError(law)


@pytest.mark.parametrize(
    "law",
    [
        uniform(100, 400),
        triangular(60, 600, 4000),
        exponential(5000),
        Law(law="weibull", scale=700, shape=1.7),
        Law(law="weibull", scale=700, shape=0.6),
        Law(law="lognormal", median=300, p90=4000),
    ],
    ids=lambda law: law.law,
)
@pytest.mark.parametrize("share", SHARES[1:-1])
def test_that_quantiles_invert_the_distribution(law: Law, share: float) -> None:
    assert cumulative(law, quantile(law, share)) == pytest.approx(share, rel=1e-9)


@pytest.mark.parametrize("share", SHARES)
def test_that_the_normal_quantile_inverts_the_error_function(share: float) -> None:
    assert 0.5 * math.erfc(-normal(share) / math.sqrt(2)) == pytest.approx(share, rel=1e-12)


@pytest.mark.parametrize("alpha", [1.0, 1.3, 2.0, 3.7, 5.0])
@pytest.mark.parametrize("share", SHARES)
def test_that_the_beta_quantile_inverts_the_beta_distribution(alpha: float, share: float) -> None:
    _, back = share_and_back(share, alpha, 6 - alpha)
    assert back == pytest.approx(share, rel=1e-7)


def test_that_pert_is_the_beta_law_of_its_three_values() -> None:
    """I_x(2, 4) is the polynomial 10x² - 20x³ + 15x⁴ - 4x⁵."""
    x = (quantile(pert(0, 250, 1000), 0.6)) / 1000
    assert 10 * x**2 - 20 * x**3 + 15 * x**4 - 4 * x**5 == pytest.approx(0.6, rel=1e-12)


@pytest.mark.parametrize(
    "law",
    [
        fixed(77),
        uniform(100, 400),
        triangular(60, 600, 4000),
        pert(60, 600, 4000),
        exponential(5000),
        Law(law="weibull", scale=700, shape=1.7),
        Law(law="lognormal", median=300, p90=900),
        empirical((10, 1.0), (30, 3.0)),
    ],
    ids=lambda law: law.law,
)
def test_that_means_agree_with_the_quantiles(law: Law) -> None:
    """The mean is the integral of the quantiles: midpoints, with the far tail cut finer."""
    n = 20_000
    edges = 1 - np.geomspace(1, 1e-10, n)
    middles = (edges[1:] + edges[:-1]) / 2
    integral = sum(quantile(law, float(u)) * w for u, w in zip(middles, np.diff(edges), strict=True))
    assert mean(law) == pytest.approx(integral, rel=2e-3)


def test_that_an_empirical_law_gives_its_outcomes_by_weight() -> None:
    law = empirical((30, 3.0), (10, 1.0), (99, 0.0))
    assert [quantile(law, u) for u in (0.01, 0.25, 0.2501, 0.999)] == [10, 10, 30, 30]


@pytest.mark.parametrize(
    ("drawn", "minutes"), [(0.0, 1), (0.4, 1), (1.49, 1), (1.5, 2), (2.5, 3), (719.5, 720), (1e300, 10**9)]
)
def test_that_durations_are_rounded_half_up_and_never_below_a_minute(drawn: float, minutes: int) -> None:
    assert rounded(drawn) == minutes


@pytest.mark.parametrize(
    ("law", "code"),
    [
        (Law(law="fixed"), "law-incomplete-fixed"),
        (Law(law="pert", low=1, high=3), "law-incomplete-pert"),
        (Law(law="uniform", low=9, high=3), "law-order-uniform"),
        (Law(law="triangular", low=1, likely=9, high=3), "law-order-triangular"),
        (Law(law="lognormal", median=9, p90=3), "law-order-lognormal"),
        (Law(law="lognormal", median=0, p90=3), "law-not-positive"),
        (Law(law="exponential", mean=0), "law-not-positive"),
        (Law(law="weibull", scale=10, shape=0.0), "law-not-positive"),
        (Law(law="weibull", scale=10, shape=0.001), "law-shape"),
        (Law(law="weibull", scale=10, shape=math.nan), "law-shape"),
        (Law(law="empirical"), "law-without-outcomes"),
        (Law(law="empirical", outcomes=(Outcome(minutes=3, weight=math.inf),)), "law-without-outcomes"),
        (Law(law="empirical", outcomes=(Outcome(minutes=3, weight=0.0),)), "law-without-outcomes"),
    ],
)
def test_that_a_law_that_cannot_be_drawn_is_named(law: Law, code: str) -> None:
    assert list(faults(law)) == [code]


@pytest.mark.parametrize(
    "law", [uniform(5, 5), triangular(7, 7, 7), pert(7, 7, 7), pert(0, 0, 10), pert(0, 10, 10)]
)
def test_that_laws_without_spread_or_at_an_edge_can_be_drawn(law: Law) -> None:
    assert not list(faults(law))
    assert law.low <= quantile(law, 0.5) <= law.high


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize(
    "law",
    [
        fixed(77),
        uniform(100, 400),
        triangular(60, 600, 4000),
        pert(60, 600, 4000),
        pert(7, 7, 7),
        pert(0, 0, 10_000),
        pert(0, 10_000, 10_000),
        exponential(5000),
        Law(law="weibull", scale=700, shape=0.6),
        Law(law="lognormal", median=300, p90=4000),
        empirical((10, 1.0), (30, 3.0), (99, 0.0)),
    ],
    ids=lambda law: f"{law.law}-{law.likely}",
)
def test_that_what_is_shown_of_a_law_is_what_is_drawn(law: Law, share: float) -> None:
    assert quantile_of(law, share) == pytest.approx(quantile(law, share), rel=1e-7, abs=1e-6)
