"""Absurd sizes are refused in a sentence, heavy models are played in smaller pieces to the same levels."""

import dataclasses
import datetime as dt

import pytest

from continuity import messages
from continuity.model.problems import Refused
from continuity.model.values import PayDay, StartRule
from continuity.simulation import limits
from continuity.simulation.compile import compile_model
from continuity.simulation.compiled import BLOCK
from continuity.simulation.limits import block_size, expected_disruptions, fitting_workers
from continuity.simulation.request import RunRequest
from continuity.simulation.run import run
from tests.builders import Builder, fixed

START = StartRule(on_or_after=dt.date(2027, 3, 1))


def model(mttf: int = 9000, members: int = 0) -> Builder:
    """A function that needs power which fails; and perhaps a cycle of some members."""
    builder = Builder()
    builder.resource("EL", mttf=mttf, repair=fixed(1))
    builder.function("F", mtpd=600)
    builder.need("F", "EL")
    builder.scenario("X", start=START, horizon_days=10)
    builder.event("X", elements=["EL"], offset=100, duration=fixed(300))
    builder.add("stream", "B", payees=10, amount=1, pay_days=(PayDay(day=5),), livelihood="sole")
    builder.add("stage", "T", stream="B", element="F", opens_at=480, work=60, least_level=1, reaches="usable")
    names = [f"C{place}" for place in range(members)]
    for name in names:
        builder.resource(name)
    for name, other in zip(names, [*names[1:], *names[:1]], strict=True):
        builder.need(name, other)
    if names:
        builder.cycle(*names)
    return builder


def refusal(builder: Builder, **fields) -> str:
    """Return the code with which a run is refused."""
    with pytest.raises(Refused) as refused:
        run(builder.build(), RunRequest(builder.scenario_id(), **fields))
    (problem,) = refused.value.problems
    assert messages.full(problem).strip()
    return problem.code


def test_that_failures_without_end_are_refused_by_the_name_of_what_fails(monkeypatch):
    monkeypatch.setattr(limits, "MOST_DISRUPTIONS", 5000)
    assert refusal(model(mttf=1)) == "too-many-disruptions"
    compiled = compile_model(model(mttf=99).build(), model().scenario_id())
    assert expected_disruptions(compiled) == 10 * 1440 / 100 + 1


def test_that_a_cycle_too_large_for_memory_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "MOST_CYCLE", 4 * 8 * 5 * 10 * 1440)
    run(model(members=5).build(), RunRequest(model().scenario_id(), replications=1))
    assert refusal(model(members=6)) == "cycle-too-large"


def test_that_too_many_records_are_refused_before_anything_is_compiled(monkeypatch):
    monkeypatch.setattr(limits, "MOST_ELEMENTS", 1)
    assert refusal(model()) == "too-many-elements"
    monkeypatch.setattr(limits, "MOST_ELEMENTS", 10)
    monkeypatch.setattr(limits, "MOST_SUPPLIES", 0)
    assert refusal(model()) == "too-many-supplies"


def test_that_figures_too_large_for_memory_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "MOST_FIGURES", 1000)
    assert refusal(model()) == "run-too-large"


def test_that_memory_that_runs_out_is_said(monkeypatch):
    from continuity.simulation.variant import Variant

    def play(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(Variant, "play", play)
    assert refusal(model()) == "too-little-memory"


def test_that_an_ordinary_model_is_played_in_whole_blocks_by_all_workers():
    compiled = compile_model(model().build(), model().scenario_id())
    assert block_size(compiled) == BLOCK
    assert fitting_workers(7, compiled) == 7


def test_that_a_heavy_model_is_played_in_smaller_blocks_with_the_same_outcome(monkeypatch):
    builder = model()
    organisation, asked = builder.build(), RunRequest(builder.scenario_id(), replications=600)
    whole = run(organisation, asked)
    monkeypatch.setattr(
        limits, "_BLOCK_BYTES", 40 * limits._bytes_of_one(compile_model(organisation, asked.scenario))
    )
    monkeypatch.setattr(limits, "_ALL_BYTES", 1)
    parts = run(organisation, asked)
    assert block_size(compile_model(organisation, asked.scenario)) == 32
    assert parts.functions[0].mtpd_breach == whole.functions[0].mtpd_breach
    assert parts.headline.in_need_unpaid.mean == whole.headline.in_need_unpaid.mean
    assert parts.functions[0].levels == whole.functions[0].levels
    more = run(organisation, dataclasses.replace(asked, workers=7))
    assert (more.headline, more.functions) == (parts.headline, parts.functions)
