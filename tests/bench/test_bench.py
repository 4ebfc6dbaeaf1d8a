"""The bench: the same organisation from the same size, the same answers from all who race."""

import json
from pathlib import Path

import pytest

from bench import race
from bench.contenders import engine, plain_numpy, plain_processes, reference
from bench.measure import BLOCKS
from bench.model import organisation
from bench.race import race as run_race
from continuity.cli.app import run
from continuity.model.kinds import Scenario
from continuity.simulation.compile import compile_model
from continuity.simulation.compiled import Compiled
from continuity.simulation.levels import levels_of_block
from continuity.simulation.timelines import Timelines

SIZE, COUNT = 100, 4


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(race, "_LEAST_SECONDS", 0.0)


def drawn(*, plain: bool) -> tuple[Compiled, Timelines]:
    made = organisation(SIZE, plain=plain)
    compiled = compile_model(made, made.all(Scenario)[0].id)
    return compiled, levels_of_block(compiled, 0, COUNT)


def test_that_the_same_size_makes_the_same_organisation() -> None:
    first, second = organisation(SIZE), organisation(SIZE)
    assert list(first) == list(second)
    assert 80 <= len(first.elements) <= 120


def test_that_the_model_has_every_feature() -> None:
    compiled, lines = drawn(plain=False)
    graph, hazards = compiled.graph, compiled.hazards
    assert set(graph.needs["rule"]) == {0, 1, 2}
    for column in ("autonomy", "floor", "lag", "inner"):
        assert graph.needs[column].any()
    assert (graph.feeds["before"] > 0).any()  # a pool
    assert (graph.elements["fatigue"] < 1000).any()
    assert len(graph.standbys)
    assert len(graph.cycles)
    assert len(hazards.crews)
    assert (hazards.events["after"] >= 0).any()
    assert (hazards.events["times"] > 1).any()
    assert len(set(lines.levels.tolist())) > 10


def test_that_all_who_race_give_the_same_answers() -> None:
    compiled, lines = drawn(plain=False)
    timed = run_race([engine(compiled, COUNT), reference(compiled, lines, 2)], rounds=1)
    assert [(one.name, one.same) for one in timed] == [("Uthållig", True), ("SimPy", True)]


@pytest.mark.parametrize("package", ["simpy", "salabim"])
def test_that_the_cut_down_rules_give_the_same_answers(package: str) -> None:
    pytest.importorskip(package)
    compiled, lines = drawn(plain=True)
    contender = plain_processes(package, compiled, lines, 2)
    contender.play(2)
    assert contender.check()


def test_that_the_cut_down_rules_in_numpy_give_the_same_answers() -> None:
    compiled, lines = drawn(plain=True)
    contender = plain_numpy(compiled, lines)
    contender.play(COUNT)
    assert contender.check()


def test_that_another_answer_is_seen() -> None:
    compiled, lines = drawn(plain=True)
    lines.levels[lines.levels == 0] = 1000
    contender = plain_processes("simpy", compiled, lines, COUNT)
    contender.play(COUNT)
    assert not contender.check()


def test_that_verify_prints_what_is_known_and_found(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    out = tmp_path / "answers.json"
    assert run(["bench", "--verify", "--samples", "500", "--json", str(out), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "theatre" in said
    assert "0.00207" in said
    assert "0 missed" in said
    answers = json.loads(out.read_text("utf-8"))["answers"]
    assert {a["by"] for a in answers} == {"sampled", "simulated", "exact", "calendar", "impacts"}


def test_that_an_unknown_size_is_refused(capsys: pytest.CaptureFixture) -> None:
    assert run(["bench", "--size", "XL", "--lang", "en"]) == 2
    assert "S, M or L" in capsys.readouterr().err


def test_that_every_size_has_its_block() -> None:
    assert set(BLOCKS) == {"S", "M", "L"}
