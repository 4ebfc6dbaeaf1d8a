"""Exact chances against enumeration, published answers and the Monte Carlo engine."""

import json
import random
import threading
from itertools import product

import numpy as np
import pytest
from brute import levels
from builders import Builder, by, fixed, standby
from hypothesis import given, settings
from hypothesis import strategies as st

from continuity import places
from continuity.analysis.chances import chance_of_more
from continuity.analysis.exact import exact
from continuity.exchange.organisation_json import read_organisation
from continuity.model.edits import amend
from continuity.model.kinds import Event
from continuity.model.values import PayDay
from continuity.simulation.cancel import RunCancelled
from continuity.simulation.compile import compile_organisation
from continuity.simulation.levels import levels_of_block

DAY = 1440


class Small:
    """A random model in which few elements are hit, each by an event of its own or a common one."""

    def __init__(self, seed: int) -> None:
        self.r = random.Random(seed)
        self.b = Builder()
        self.codes: list[str] = []
        for number in range(self.r.randint(3, 8)):
            self._element(f"E{number}")
        self.b.function("F", mbco=self.r.choice((1, 300, 500, 1000)))
        self.codes.append("F")
        self._need("F", self.codes[:-1][-4:])
        self._cycle()
        self.b.scenario("X", horizon_days=3)
        for number in range(self.r.randint(1, 6)):
            self._event(number)
        self.organisation = self.b.build()

    def _element(self, code: str) -> None:
        self.b.resource(code)
        for _ in range(self.r.choice((0, 1, 1, 2)) if self.codes else 0):
            self._need(code, self.codes)
        self.codes.append(code)

    def _need(self, code: str, others: list[str]) -> None:
        chosen = self.r.sample(others, self.r.randint(1, min(3, len(others))))
        rule = self.r.choice(("all", "k_of_n", "share"))
        fields = {"rule": rule, "k": self.r.randint(1, len(chosen)), "floor": self.r.choice((0, 0, 250))}
        suppliers = [by(c, capacity=self.r.randint(1, 7) if rule == "share" else None) for c in chosen]
        if rule == "share":
            fields["required"] = self.r.randint(1, sum(s.fields["capacity"] for s in suppliers))
        if self.r.random() < 0.3:
            suppliers.append(
                standby(
                    self.r.choice(others),
                    capacity=self.r.choice((None, 1, 400)),
                    endurance=self.r.choice((None, 60)),
                    refill=self.r.choice((None, 500, 1000)),
                    refiller=self.r.choice((None, self.r.choice(others))),
                )
            )
        self.b.need(code, *suppliers, code=f"N{len(self.b.records)}", **fields)

    def _cycle(self) -> None:
        if self.r.random() < 0.4 and len(self.codes) > 3:
            self.b.need(self.codes[0], self.codes[2], code="N-back", floor=self.r.choice((0, 200)))

    def _event(self, number: int) -> None:
        self.b.event(
            "X",
            code=f"X{number}",
            elements=self.r.sample(self.codes[:-1], self.r.randint(1, 2)),
            probability=self.r.choice((0.1, 0.35, 1.0)),
            depth=self.r.choice((0, 0, 0, 600)),
            duration=fixed(3 * DAY),
        )

    def chance(self) -> float:
        """The chance that F is below its MBCO, by trying every combination of events."""
        events = self.organisation.parts(self.b.scenario_id(), Event)
        function, total = self.organisation.get(self.b.id("F")), 0.0
        for happens in product((False, True), repeat=len(events)):
            chance, own = 1.0, {}
            for event, yes in zip(events, happens, strict=True):
                chance *= event.probability if yes else 1 - event.probability
                for id_ in event.elements if yes else ():
                    own[id_] = min(own.get(id_, 1000), event.depth)
            if chance and levels(self.organisation, own)[function.id] < max(1, function.mbco):
                total += chance
        return total


def loss(organisation, scenario, target: str, **more):
    """What is found for one target."""
    return next(t for t in exact(organisation, scenario, **more).targets if t.target == target)


@settings(max_examples=25)
@given(st.integers(0, 10**9))
def test_that_chances_equal_enumeration(seed):
    small = Small(seed)
    found = loss(small.organisation, small.b.scenario_id(), small.b.id("F"), order=6)
    assert found.exact
    assert found.low == pytest.approx(small.chance(), abs=1e-9)


@settings(max_examples=15)
@given(st.integers(0, 10**9))
def test_that_without_room_for_a_diagram_the_bounds_hold_the_chance(seed):
    small = Small(seed)
    found = loss(small.organisation, small.b.scenario_id(), small.b.id("F"), order=2, most_nodes=4)
    assert found.low - 1e-9 <= small.chance() <= found.high + 1e-9


@settings(max_examples=15)
@given(st.integers(0, 10**9))
def test_that_cut_sets_are_all_minimal_ways_to_fall(seed):
    small = Small(seed)
    b, organisation = small.b, small.organisation
    answer = exact(organisation, b.scenario_id(), order=6)
    found = next(t for t in answer.targets if t.target == b.id("F"))
    function = organisation.get(b.id("F"))

    def falls(numbers) -> bool:
        own: dict[str, int] = {}
        for number in numbers:
            event = organisation.of(Event, answer.events[number].event)
            for id_ in event.elements:
                own[id_] = min(own.get(id_, 1000), event.depth)
        return levels(organisation, own)[function.id] < max(1, function.mbco)

    count = len(answer.events)
    every = [{n for n in range(count) if mask >> n & 1} for mask in range(1 << count)]
    bad = [one for one in every if falls(one)]
    minimal = {frozenset(one) for one in bad if not any(other < one for other in bad)}
    assert {frozenset(cut.events) for cut in found.cuts} == minimal


def test_that_importance_is_what_happens_with_and_without():
    b = Builder()
    for code in "ABC":
        b.resource(code)
    b.function("F")
    b.need("F", "A", "B", rule="k_of_n", k=1)
    b.need("F", "C")
    b.scenario("X")
    chances = {"A": 0.2, "B": 0.5, "C": 0.1}
    for code, chance in chances.items():
        b.event("X", elements=[code], probability=chance, code=code)
    organisation = b.build()
    answer = exact(organisation, b.scenario_id())
    found = next(t for t in answer.targets if t.kind == "function")

    def of(a, bb, c):
        return 1 - (1 - a * bb) * (1 - c)

    whole = of(*chances.values())
    assert found.low == pytest.approx(whole)
    for one in found.importance:
        place = list(chances).index(organisation.get(answer.events[one.event].event).code)
        given_, never = (
            of(*(v if n == place else p for n, p in enumerate(chances.values()))) for v in (1, 0)
        )
        assert one.birnbaum == pytest.approx(given_ - never)
        assert one.achievement == pytest.approx(given_ / whole)
        assert one.reduction == pytest.approx(whole / never)
        assert one.fussell_vesely == pytest.approx(1 - never / whole)
    assert len(found.importance) == 3


STATIC = (
    "theatre", "two_of_three", "series", "k_of_n_1_of_4", "k_of_n_2_of_4", "k_of_n_3_of_4", "k_of_n_4_of_4",
    "shared_capacity_1", "shared_capacity_2", "shared_capacity_3", "shared_capacity_4",
)  # fmt: skip


@pytest.mark.parametrize("case", STATIC)
def test_that_published_answers_are_met_to_nine_places(case):
    known = json.loads((places.resources() / "known_answers" / f"{case}.json").read_text("utf-8"))
    organisation = read_organisation(known["organisation"])
    scenario = organisation.find("scenario", known["scenario"])
    for expected in known["expect"]:
        if "chance_below" not in expected:
            continue
        element = organisation.find("function", expected["element"])
        assert element is not None
        twin = organisation.copy()
        twin.apply(amend(element, mbco=expected["chance_below"]))
        assert loss(twin, scenario.id, element.id).low == pytest.approx(expected["is"], abs=1e-9)


def test_that_the_simulation_agrees():
    b = Builder()
    for code in ("GRID", "GEN", "A", "B"):
        b.resource(code)
    b.staff("P", 10, minimum_crew=4)
    b.function("F", mbco=700)
    b.need("A", "GRID", standby("GEN"))
    b.need("F", by("A", capacity=5), by("B", capacity=5), rule="share", required=8)
    b.need("F", by("P"), rule="share", required=8)
    b.scenario("X", horizon_days=1)
    b.event("X", elements=["GRID"], probability=0.4, duration=fixed(DAY), code="grid")
    b.event(
        "X",
        elements=["GEN", "B"],
        hit_probability=0.3,
        after="grid",
        after_point="start",
        duration=fixed(DAY),
    )
    b.event("X", type="staff", cause="ill", elements=["P"], depth=700, probability=0.5, duration=fixed(DAY))
    b.event("X", type="staff", cause="war", elements=["P"], depth=500, probability=0.5, duration=fixed(DAY))
    organisation = b.build()
    compiled = compile_organisation(organisation, b.scenario_id())
    lines = levels_of_block(compiled, 0, 20_000)
    row = compiled.index[b.id("F")]
    low = np.array([lines.level(row, r, DAY - 1) < 700 for r in range(20_000)])
    found = loss(organisation, b.scenario_id(), b.id("F"))
    assert abs(low.mean() - found.low) < 3 * low.std() / 20_000**0.5
    assert 0 < found.low < 1


def test_that_everyday_failures_have_their_long_run_chance():
    b = Builder()
    b.resource("R", mttf=900, repair=fixed(100))
    b.function("F")
    b.need("F", "R")
    assert loss(b.build(), None, b.id("F")).low == pytest.approx(0.1)


def test_that_a_stream_and_its_stages_are_told():
    b = Builder()
    b.resource("R", mttf=900, repair=fixed(100))
    b.resource("S", mttf=300, repair=fixed(100))
    b.add("stream", "B", payees=10, pay_days=(PayDay(),))
    b.add("stage", "T1", stream="B", element="R")
    b.add("stage", "T2", stream="B", element="S", position=1)
    found = {t.kind: t for t in exact(b.build()).targets}
    assert found["stream"].low == pytest.approx(1 - 0.9 * 0.75)
    stages = sorted(t.low for t in exact(b.build()).targets if t.kind == "stage")
    assert stages == pytest.approx([0.1, 0.25])


def test_that_it_can_be_cancelled():
    b = Builder()
    b.resource("R", mttf=900, repair=fixed(100))
    b.function("F")
    b.need("F", "R")
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(RunCancelled):
        exact(b.build(), cancel=cancel)


@given(st.lists(st.floats(0, 1), max_size=6), st.integers(0, 6))
def test_that_the_chance_of_more_events_is_that_of_counting(chances, number):
    total = 0.0
    for happens in product((0, 1), repeat=len(chances)):
        if sum(happens) > number:
            total += np.prod([c if yes else 1 - c for c, yes in zip(chances, happens, strict=True)])
    assert chance_of_more(chances, number) == pytest.approx(total, abs=1e-9)


def test_that_a_stop_is_heard_while_the_first_formulas_are_built():
    from continuity.analysis.basic_events import EachElement
    from continuity.analysis.losses import Logic
    from continuity.analysis.static import StaticModel

    b = Builder()
    b.resource("A")
    b.function("F")
    b.need("F", "A")

    def stop():
        raise RunCancelled

    with pytest.raises(RunCancelled):
        Logic(StaticModel(b.build()), EachElement(), pause=stop)
