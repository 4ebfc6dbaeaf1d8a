"""Compare the engines on many more generated models than the tests do: ``make fuzz``.

MODELS and SEED choose how many and which; the same numbers give the same models.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

import hypothesis

from continuity.simulation.levels import propagate
from continuity.simulation.sample import sample_block
from tests.engine.small_models import Maker
from tests.engine.test_backlog import agree as queues_agree
from tests.engine.test_engines_agree import REPLICATIONS, agree

_EVERY = 20.0  # seconds between reports
_PAYMENTS = Path(__file__).parent.parent / "payments"


def compare(seed: int, number: int) -> int:
    """Compare the engines on the ``number``-th model of ``seed``; return its pieces."""
    r = random.Random(f"{seed} {number}")
    maker = Maker(r.randrange(2**32), r.randint(1, 12))
    compiled = maker.model()
    state = maker.state(compiled)
    agree(compiled, state, r.randrange(REPLICATIONS))
    queues_agree(r.randrange(2**32))
    return len(propagate(compiled, sample_block(compiled, 0, 1), state).minutes)


def compare_payments(seed: int, number: int) -> None:
    """Compare ``number`` generated runs of payments with the rules played by minute and person."""
    sys.path[:0] = [str(_PAYMENTS.parent), str(_PAYMENTS)]
    from test_pay_reference import cases
    from test_pay_reference import compare as payments_agree

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=number,
        database=None,
        deadline=None,
        derandomize=False,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(cases())
    def agree_on(case: tuple[object, object, object]) -> None:
        payments_agree(*case)

    agree_on()


def main() -> None:
    """Run until all models are compared or one differs, which is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    began = told = time.monotonic()
    pieces = 0
    for number in range(asked.models):
        try:
            pieces += compare(asked.seed, number)
        except AssertionError as difference:
            print(f"Model {number} of seed {asked.seed} differs:\n{difference}", file=sys.stderr)
            raise SystemExit(1) from difference
        if time.monotonic() - told > _EVERY:
            told = time.monotonic()
            print(f"{number + 1} of {asked.models} models agree", flush=True)
    payments = max(1, asked.models // 4)
    compare_payments(asked.seed, payments)
    print(
        f"{asked.models} models and {asked.models} queues of seed {asked.seed}: kernels, SimPy and the loop\n"
        f"over minutes agree bit for bit ({pieces} pieces of levels in the first replications alone).\n"
        f"{payments} runs of payments: kernels agree with the rules played by minute and person.\n"
        f"{time.monotonic() - began:.0f} s."
    )


if __name__ == "__main__":
    main()
