"""The compiled form: its order, its fingerprint, and every reason for which it is refused."""

import datetime as dt
import pickle
from dataclasses import replace

import numpy as np
import pytest

from continuity.messages import full
from continuity.model.edits import amend
from continuity.model.kinds import Need, Resource
from continuity.model.problems import Refused
from continuity.model.values import Law
from continuity.simulation.compile import compile_model
from continuity.simulation.compiled import BLANK, Compiled, fingerprint
from tests.builders import Builder, by, fixed, shape, standby, uniform


def compiled(b: Builder, **options) -> Compiled:
    return compile_model(b.build(), b.scenario_id(), **options)


def refused(b: Builder, **options) -> list[str]:
    """The codes of the problems; each has a sentence."""
    with pytest.raises(Refused) as caught:
        compiled(b, **options)
    for problem in caught.value.problems:
        assert problem.code not in full(problem)
        assert "{" not in full(problem)
    return [problem.code for problem in caught.value.problems]


def small() -> Builder:
    """A function that needs a hall that needs the grid, which fails."""
    b = Builder()
    b.function("PAY")
    b.resource("HALL")
    b.resource("GRID", tags=("power",), repair=uniform(10, 90))
    b.need("PAY", "HALL")
    b.need("HALL", "GRID", autonomy=30)
    b.scenario()
    b.event(elements=["GRID"])
    return b


def test_that_suppliers_come_first() -> None:
    b = small()
    assert compiled(b).element_ids == (b.id("GRID"), b.id("HALL"), b.id("PAY"))


def test_that_members_of_a_cycle_stand_together() -> None:
    b = small()
    b.resource("NET")
    b.need("GRID", "NET")
    b.need("NET", "GRID")
    b.cycle("GRID", "NET", delay=60)
    c = compiled(b)
    assert set(c.element_ids[:2]) == {b.id("GRID"), b.id("NET")}
    assert c.graph.elements["cycle"].tolist() == [0, 0, BLANK, BLANK]
    assert c.graph.needs["inner"].sum() == 2


def test_that_the_fingerprint_knows_the_input_and_nothing_else() -> None:
    b = small()
    c = compiled(b)
    same = fingerprint(c)
    organisation = b.build()
    hall = organisation.of(Resource, b.id("HALL"))
    organisation.apply(amend(hall, name="Hall", x=7, note="moved", code="H1"))
    assert fingerprint(compile_model(organisation, b.scenario_id(), seed=9)) == same
    need = organisation.all(Need)[0]
    organisation.apply(amend(need, restart_lag=1))
    assert fingerprint(compile_model(organisation, b.scenario_id())) != same
    assert fingerprint(c, 1) != same
    assert fingerprint(pickle.loads(pickle.dumps(c))) == same


def test_that_start_and_horizon_can_be_overridden() -> None:
    c = compiled(small(), start=dt.date(2028, 7, 5), horizon_days=3)
    assert c.horizon == 3 * 1440
    assert c.start == dt.datetime(2028, 7, 4, 22, 0, tzinfo=dt.UTC)


def test_that_what_is_not_in_use_takes_no_part() -> None:
    b = small()
    b.resource("ACCOUNT", in_use=False)
    b.need("PAY", "ACCOUNT", code="N9")
    b.need("PAY", "HALL", "ACCOUNT", code="N8")
    b.event(elements=["ACCOUNT"])
    c = compiled(b)
    assert b.id("ACCOUNT") not in c.index
    assert b.id("N9", "need") not in c.need_ids
    assert len(c.graph.needs) == 3 and len(c.graph.feeds) == 3
    assert len(c.hazards.targets) == 1


def hit(b: Builder) -> set[str]:
    """Codes of the elements that the last event hits."""
    organisation = b.build()
    c = compile_model(organisation, b.scenario_id())
    event = c.hazards.events[-1]
    targets = c.hazards.targets["element"][event["first_target"] : event["end_target"]]
    return {organisation.get(c.element_ids[e]).code for e in targets}


@pytest.mark.parametrize(
    ("selectors", "expected"),
    [
        ({"tags": ("a",)}, {"R1", "R2", "F"}),
        ({"tags": ("a", "b")}, {"R1", "R2", "R3", "F"}),
        ({"sites": ["S1"]}, {"R1"}),
        ({"sites": ["S1", "S2"]}, {"R1", "R2", "R3"}),
        ({"tags": ("a",), "sites": ["S2"]}, {"R2"}),
        ({"categories": ("power",)}, {"R3"}),
        ({"power_areas": ("EAST",)}, {"R2", "R3"}),
        ({"telecom_areas": ("T",), "tags": ("b",)}, {"R3"}),
        ({"tags": ("a",), "sites": ["S2"], "elements": ["P", "R1"]}, {"R2", "P", "R1"}),
        ({"styrel_classes": ("2", "4")}, {"R1", "R2"}),
        ({"styrel_classes": ("2", "4"), "power_areas": ("EAST",)}, {"R2"}),
        ({"styrel_classes": ("5",), "elements": ["F"]}, {"F"}),
        ({"type": "staff", "sites": ["S1"]}, {"P"}),
        ({"type": "staff", "tags": ("a",)}, {"P"}),
    ],
)
def test_that_selectors_of_one_kind_widen_and_of_different_kinds_narrow(selectors, expected) -> None:
    b = Builder()
    b.add("site", "S1", power_area="WEST")
    b.add("site", "S2", power_area="EAST", telecom_area="T")
    b.resource("R1", site="S1", tags=("a",), styrel_class=2)
    b.resource("R2", site="S2", tags=("a",), styrel_class=4)
    b.resource("R3", site="S2", tags=("b",), category="power", styrel_class=8)
    b.function("F", site="S1", tags=("a",))
    b.staff("P", site="S1", tags=("a",))
    b.scenario()
    b.event(code="X/9", **selectors)
    assert hit(b) == expected


# --- refusals -----------------------------------------------------------------------------------


def test_that_a_scenario_without_start_or_events_is_refused() -> None:
    b = Builder()
    b.resource("A")
    b.scenario(start=None)
    assert refused(b) == ["no-start", "no-events"]
    assert refused(b, start=dt.date(2027, 1, 1)) == ["no-events"]
    assert "no-such-record" in [p.code for p in _problems(b, "nothing")]


def _problems(b: Builder, scenario: str):
    with pytest.raises(Refused) as caught:
        compile_model(b.build(), scenario)
    return caught.value.problems


@pytest.mark.parametrize("days", [0, -1, 366])
def test_that_an_impossible_horizon_is_refused(days: int) -> None:
    assert refused(small(), horizon_days=days) == ["bad-horizon"]


@pytest.mark.parametrize(
    ("event", "code"),
    [
        ({"tags": ("nothing",)}, "no-target"),
        ({"elements": ["HALL"], "duration": None}, "no-duration"),
        ({"elements": ["GRID"], "duration": Law(law="pert", low=5)}, "law-incomplete-pert"),
        ({"elements": ["GRID"], "repeat_times": 3}, "repeat-without-interval"),
        ({"elements": ["GRID"], "shape": shape((500, 500))}, "shape-end"),
        ({"elements": ["GRID"], "shape": shape((500, 500), (400, 600), (1000, 1000))}, "shape-order"),
        (
            {"elements": ["GRID"], "shape": shape(*[(i, i) for i in range(10)], (1000, 1000))},
            "shape-too-long",
        ),
        ({"elements": ["GRID"], "type": "staff"}, "staff-loss-elsewhere"),
    ],
)
def test_that_an_event_that_cannot_be_drawn_is_refused(event, code: str) -> None:
    b = small()
    b.event(**event)
    assert refused(b) == [code]


def test_that_events_that_wait_for_one_another_are_refused() -> None:
    b = small()
    for one, other in (("X/8", "X/9"), ("X/9", "X/8")):
        b.event(code=one, elements=["GRID"], after=None)
        b.records[b.id(one, "event")] = replace(b.records[b.id(one, "event")], after=_event_id(other))
    assert refused(b) == ["after-loop", "after-loop"]


def _event_id(code: str) -> str:
    from continuity.model.ids import derived_id
    from tests.builders import DOCUMENT

    return derived_id(DOCUMENT, "event", code)


def test_that_an_event_after_one_of_another_scenario_is_refused() -> None:
    b = small()
    b.scenario("Y")
    b.event("Y", elements=["GRID"])
    b.event("X", elements=["GRID"], after="Y/1")
    assert refused(b) == ["after-elsewhere"]


def test_that_bad_repair_laws_are_refused() -> None:
    b = small()
    b.resource("A", mttf=100)
    b.resource("B", repair=Law(law="uniform", low=9, high=1))
    assert refused(b) == ["law-order-uniform", "failure-without-repair"]


@pytest.mark.parametrize(
    ("suppliers", "fields", "code"),
    [
        (["HALL"], {"rule": "k_of_n", "k": 2}, "k-over-n"),
        ([standby("HALL")], {}, "need-without-supply"),
        ([], {}, "need-without-supply"),
        (["HALL"], {"rule": "share", "required": 3}, "no-capacity"),
        ([by("HALL", capacity=2)], {"rule": "share", "required": 3}, "share-never-reached"),
        ([by("HALL", capacity=2)], {"rule": "share"}, "share-without-required"),
        ([by("HALL", capacity=10**15)], {"rule": "share", "required": 1}, "too-many-units"),
        (["P"], {"rule": "share", "required": 11}, "share-never-reached"),
    ],
)
def test_that_a_need_that_cannot_be_filled_is_refused(suppliers, fields, code: str) -> None:
    b = small()
    b.staff("P", 10)
    b.need("PAY", *suppliers, code="N9", **fields)
    assert refused(b) == [code]


def test_that_a_cycle_must_be_described_and_rightly() -> None:
    b = small()
    b.need("GRID", "PAY")
    assert refused(b) == ["cycle-missing"]
    b.cycle("GRID", "HALL", code="C1")
    assert refused(b) == ["cycle-wrong"]
    b.cycle("GRID", "HALL", "PAY", code="C1")
    assert compiled(b).graph.cycles["end"].tolist() == [3]


def test_that_standby_inside_a_cycle_is_refused() -> None:
    b = small()
    b.resource("GEN")
    b.need("GEN", "HALL")
    b.records.pop(b.id("N2", "need"), None)
    for code in ("N2/1",):
        b.records.pop(b.id(code, "supply"), None)
    b.need("HALL", "GRID", standby("GEN"), code="N2")
    b.cycle("GEN", "HALL")
    assert refused(b) == ["standby-in-cycle"]


def test_that_nothing_may_need_itself() -> None:
    b = small()
    b.need("HALL", "HALL", code="N9")
    assert "needs-itself" in refused(b)


def test_that_what_is_below_full_at_rest_is_named_with_its_reason() -> None:
    b = small()
    b.staff("P", 10)
    b.function("LATE")
    b.need("PAY", "P", rule="share", required=8, code="N8", priority=1)
    b.need("LATE", "P", rule="share", required=4, code="N9", priority=2)
    b.staff("TIRED", 5, endurance=100, tired_below=5, fatigue=500)
    b.function("AFTER")
    b.need("AFTER", "TIRED", code="N7")
    with pytest.raises(Refused) as caught:
        compiled(b)
    low = {p.record.split()[0]: (p.code, p.facts["percent"]) for p in caught.value.problems}
    assert low == {"LATE": ("below-at-rest-need", 50), "TIRED": ("below-at-rest", 50)}


def test_that_all_problems_are_told_at_once() -> None:
    b = small()
    b.event(tags=("nothing",))
    b.need("PAY", "HALL", rule="k_of_n", k=5, code="N9")
    assert sorted(refused(b, horizon_days=0)) == ["bad-horizon", "k-over-n", "no-target"]


def test_that_standbys_without_a_capacity_give_all() -> None:
    b = small()
    b.staff("P", 10)
    b.resource("GEN")
    b.need("PAY", "HALL", standby("GEN"), code="N5")
    b.need("PAY", by("HALL", capacity=9), standby("GEN"), standby("P"), rule="share", required=6, code="N6")
    c = compiled(b)
    assert sorted(c.graph.standbys["capacity"].tolist()) == [6, 10, 1000]


def test_that_a_refiller_out_of_use_refills_nothing() -> None:
    b = small()
    b.resource("GEN")
    b.resource("TRUCK", in_use=False)
    b.need("PAY", "HALL", standby("GEN", endurance=60, refill=500, refiller="TRUCK"), code="N5")
    c = compiled(b)
    assert c.graph.standbys["refill"].tolist() == [0]
    assert np.array_equal(c.state.standbys["stock"], [60_000])


def test_that_fixed_laws_are_shared_between_events() -> None:
    b = small()
    b.event(elements=["GRID"], duration=fixed(60))
    assert len(compiled(b).hazards.laws) == 2  # the repair of the grid, and an hour
