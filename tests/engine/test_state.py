"""A run can stop at any minute of a replication and go on from there."""

from hypothesis import given, settings
from hypothesis import strategies as st

from continuity.simulation.levels import propagate
from continuity.simulation.sample import sample_block
from continuity.simulation.timeline_state import state_at, still_to_come
from tests.engine.small_models import Maker

REPLICATIONS = 4


def tail(pieces: list[tuple[int, int]], minute: int) -> list[tuple[int, int]]:
    """The pieces as seen from ``minute`` on."""
    before = [level for m, level in pieces if m <= minute][-1]
    return [(0, before), *((m - minute, level) for m, level in pieces if m > minute)]


@settings(max_examples=250)
@given(
    seed=st.integers(0, 2**32),
    size=st.integers(1, 12),
    replication=st.integers(0, REPLICATIONS - 1),
    when=st.floats(0.001, 0.999),
)
def test_that_a_run_goes_on_from_its_state_as_if_it_had_not_stopped(seed, size, replication, when) -> None:
    maker = Maker(seed, size)
    compiled = maker.model()
    state = maker.state(compiled)
    lines = propagate(compiled, sample_block(compiled, 0, REPLICATIONS), state)
    minute = max(1, int(when * compiled.horizon))
    stopped = state_at(compiled, lines, replication, minute, state)
    rest = propagate(*still_to_come(compiled, lines, replication, minute), stopped)
    for element in range(compiled.elements):
        whole, going_on = (
            list(zip(*(part.tolist() for part in one.pieces(element, place)), strict=True))
            for one, place in ((lines, replication), (rest, 0))
        )
        assert going_on == tail(whole, minute)
