"""The fast kernels, the SimPy engine and the plain loop over minutes give the same integers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from continuity.simulation.compiled import Compiled, State
from continuity.simulation.levels import propagate
from continuity.simulation.sample import sample_block
from continuity.simulation.timelines import Timelines
from tests.engine.events import levels_by_events
from tests.engine.minutes import levels_by_minute, pieces
from tests.engine.small_models import Maker

REPLICATIONS = 8
MINUTES = 12_000  # element-minutes that the plain loop walks through per model


def fast_pieces(lines: Timelines, element: int, replication: int) -> list[tuple[int, int]]:
    """What the kernels say, as the other engines say it."""
    minutes, levels = lines.pieces(element, replication)
    return list(zip(minutes.tolist(), levels.tolist(), strict=True))


def agree(compiled: Compiled, state: State, chosen: int) -> None:
    """Compare all engines on replication ``chosen``, and kernels with SimPy on its neighbour."""
    sample = sample_block(compiled, 0, REPLICATIONS)
    lines = propagate(compiled, sample, state)
    for replication in (chosen, (chosen + 3) % REPLICATIONS):
        fast = [fast_pieces(lines, e, replication) for e in range(compiled.elements)]
        assert fast == levels_by_events(compiled, sample, replication, state)
    if compiled.horizon * compiled.elements <= MINUTES:
        plain = [pieces(levels) for levels in levels_by_minute(compiled, sample, replication, state)]
        assert fast == plain


@settings(max_examples=1_000)
@given(seed=st.integers(0, 2**32), size=st.integers(1, 12), chosen=st.integers(0, REPLICATIONS - 1))
def test_that_all_engines_agree_on_small_models(seed: int, size: int, chosen: int) -> None:
    maker = Maker(seed, size)
    compiled = maker.model()
    agree(compiled, maker.state(compiled), chosen)


def test_that_uncompiled_kernels_say_the_same() -> None:
    """The kernels as plain Python, in a process of their own: they must not lean on the compiler."""
    root = Path(__file__).parent.parent.parent
    code = (
        "from tests.engine.small_models import Maker\n"
        "from tests.engine.test_engines_agree import agree\n"
        "for seed in range(40, 52):\n"
        "    maker = Maker(seed, 2 + seed % 9)\n"
        "    maker.horizon = min(maker.horizon, 600)\n"
        "    compiled = maker.model()\n"
        "    agree(compiled, maker.state(compiled), seed % 8)\n"
        "import numba; print(numba.config.DISABLE_JIT)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == "1"


@pytest.mark.parametrize("seed", range(30))
def test_that_generated_models_do_something(seed: int) -> None:
    """A comparison of engines that never leave 1000 would prove nothing."""
    models = [Maker(100 * seed + i, 12) for i in range(3)]
    lines = [propagate(c, sample_block(c, 0, 2), m.state(c)) for m in models for c in [m.model()]]
    assert max(len(one.minutes) / one.offsets.size for one in lines) > 1.5
