"""What must hold of whole models: longer buffers, order of records, unrelated records, unchanged models.

Monotony is promised for listed disruptions without standby, crews, fatigue and pools.
"""

import random
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from continuity.model.values import Change
from continuity.simulation.compile import compile_organisation
from continuity.simulation.compiled import Compiled, full_state
from continuity.simulation.levels import levels_of_block, propagate
from continuity.simulation.request import RunRequest
from continuity.simulation.run import run
from continuity.simulation.sample import sample_block
from tests.builders import Builder, exponential, fixed, standby
from tests.engine.small_models import Maker

REPLICATIONS = 4
seeds, sizes = st.integers(0, 2**32), st.integers(1, 12)


def played(compiled: Compiled) -> dict[tuple[str, int], tuple[list[int], list[int]]]:
    """Return minutes and levels by element id and replication."""
    lines = levels_of_block(compiled, 0, REPLICATIONS)
    return {
        (id_, r): tuple(part.tolist() for part in lines.pieces(place, r))
        for place, id_ in enumerate(compiled.element_ids)
        for r in range(REPLICATIONS)
    }


def compiled_from(maker: Maker) -> Compiled:
    """Compile what the maker has built, once more."""
    compiled = compile_organisation(maker.b.build(), maker.b.scenario_id(), seed=5, rest=False)
    return replace(
        compiled,
        graph=compiled.graph._replace(horizon=maker.horizon),
        hazards=compiled.hazards._replace(horizon=maker.horizon),
    )


def made(seed: int, size: int) -> Maker:
    """Return a maker that has built its model."""
    maker = Maker(seed, size)
    maker.model()
    return maker


@settings(max_examples=200)
@given(seed=seeds, size=sizes, more=st.integers(1, 500), chosen=st.integers(0, 100))
def test_that_a_longer_buffer_never_means_less_level(seed: int, size: int, more: int, chosen: int) -> None:
    compiled = Maker(seed, size, monotone=True).model()
    if not len(compiled.graph.needs):
        return
    needs = compiled.graph.needs.copy()
    needs[chosen % len(needs)]["autonomy"] += more
    longer = replace(compiled, graph=compiled.graph._replace(needs=needs.view(np.recarray)))
    longer = replace(longer, state=full_state(longer.graph))
    sample = sample_block(compiled, 0, 2)
    before, after = propagate(compiled, sample), propagate(longer, sample)
    for place in range(compiled.elements):
        for r in range(2):
            one, other = (
                np.repeat(levels, np.diff([*minutes.tolist(), compiled.horizon]))
                for minutes, levels in (before.pieces(place, r), after.pieces(place, r))
            )
            assert (other >= one).all()


@settings(max_examples=150)
@given(seed=seeds, size=sizes)
def test_that_the_order_of_records_does_not_matter(seed: int, size: int) -> None:
    maker = made(seed, size)
    first = played(compiled_from(maker))
    shuffled = list(maker.b.records.items())
    random.Random(seed).shuffle(shuffled)
    maker.b.records = dict(shuffled)
    assert played(compiled_from(maker)) == first


@settings(max_examples=150)
@given(seed=seeds, size=sizes)
def test_that_unrelated_records_do_not_matter(seed: int, size: int) -> None:
    maker = made(seed, size)
    first = played(compiled_from(maker))
    b = maker.b
    b.add("site", "ELSEWHERE")
    for number in range(4):
        b.resource(f"OTHER{number}", mttf=20, repair=exponential(30), crew_kind="nobody's")
    b.staff("OTHERS", 5, minimum_crew=3)
    b.need("OTHER1", "OTHER0", standby("OTHER2", endurance=30), autonomy=10, code="NX")
    b.need("OTHER3", "OTHERS", rule="share", required=4, code="NY")
    b.add("event", "E-OTHER", scenario="X", elements=["OTHER0", "OTHER3"], duration=fixed(20), offset=5)
    again = played(compiled_from(maker))
    assert {key: again[key] for key in first} == first
    assert len(again) == len(first) + 5 * REPLICATIONS


def test_that_a_measure_that_changes_no_rule_changes_no_result() -> None:
    b = Builder()
    b.resource("GRID", mttf=2000, repair=exponential(300))
    b.function("F", mbco=500, rto=60, arrivals=1000, capacity=2000, wrt=60)
    b.need("F", "GRID", autonomy=30)
    b.scenario(horizon_days=10)
    b.event(elements=["GRID"], duration=exponential(500), probability=0.5)
    b.measure("M", Change(kind="function", target="F", values={"name": "Another name", "unit": "Elsewhere"}))
    request = RunRequest(b.scenario_id(), (b.id("M", "measure"),), compare=True, replications=600)
    found = run(b.build(), request)
    assert found.with_.functions == found.without.functions
    assert found.with_.elements == found.without.elements
    assert found.with_.meta.fingerprint != "" and found.in_need_unpaid.mean == 0
