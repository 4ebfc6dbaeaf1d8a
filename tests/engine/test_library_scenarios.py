"""Scenarios of the library do what they are called, on the reference agency."""

import pytest

from continuity.exchange.library import load_reference
from continuity.model.kinds import Resource, Scenario
from continuity.simulation.compile import compile_organisation
from continuity.simulation.request import RunRequest
from continuity.simulation.run import remarks, run
from continuity.simulation.sample import disruptions, sample_block


@pytest.fixture(scope="module")
def reference():
    return load_reference("sv")


def scenario(organisation, code: str) -> str:
    return next(s.id for s in organisation.all(Scenario) if s.code == code)


def test_that_rotating_disconnection_goes_round_by_class(reference) -> None:
    compiled = compile_organisation(reference, scenario(reference, "S04"), rest=False)
    classes = {r.id: r.styrel_class for r in reference.all(Resource) if r.styrel_class}
    assert set(classes.values()) >= {2, 3, 4, 5, 6, 8}
    times: dict[int, list[tuple[int, int]]] = {}
    for one in disruptions(compiled, sample_block(compiled, 0, 1), 0):
        id_ = compiled.element_ids[one.element]
        if id_ in classes and one.event >= 0:
            times.setdefault(classes[id_], []).append((one.start, one.start + one.duration))
    # The lowest classes every day for four weeks, the highest every second day, never two groups at once.
    assert {c: len(set(t)) for c, t in times.items()} == {8: 28, 6: 28, 5: 28, 4: 28, 3: 14, 2: 14}
    groups = [set(times[8]) | set(times[6]), set(times[5]) | set(times[4]), set(times[3]) | set(times[2])]
    for place, group in enumerate(groups):
        for other in groups[place + 1 :]:
            assert all(end <= b or e <= begin for begin, end in group for b, e in other)


def test_that_a_disconnected_hall_lives_on_its_generator(reference) -> None:
    found = run(reference, RunRequest(scenario(reference, "S04"), replications=64, workers=1))
    hall = reference.find("resource", "R-DH1")
    assert hall is not None
    line = reference.find("resource", "R-LINE-DH1")
    down = {e.element: e.down.share for e in found.elements}
    assert down[line.id] == 1.0 and down[hall.id] < 0.9


@pytest.mark.parametrize(("code", "grows"), [("S22", True), ("S15", True), ("S24", True), ("S05", False)])
def test_that_the_queue_is_the_crisis_where_it_should_be(reference, code: str, grows: bool) -> None:
    asked = RunRequest(scenario(reference, code), replications=64, workers=1)
    assert [p.code for p in remarks(reference, asked) if p.code == "queue-grows-at-rest"] == []
    found = run(reference, asked)
    sick = reference.find("function", "F-SICK")
    backlog = next(f.backlog for f in found.functions if f.element == sick.id)
    assert (backlog.still_late.share > 0.5) == grows
    undecided = sum(d.undecided.mean for d in found.pay_days)
    assert undecided > 0
