"""What the structure says, against small models drawn by hand, and against trying everything."""

from itertools import combinations

import pytest
from brute import levels
from builders import Builder, by, exponential, fixed, standby

from continuity.analysis.basic_events import EachElement
from continuity.analysis.cuts import CutSets
from continuity.analysis.demands import needed_recovery
from continuity.analysis.gaps import gaps
from continuity.analysis.losses import Logic, Losses
from continuity.analysis.restart import bounds, restart_order
from continuity.analysis.static import StaticModel
from continuity.analysis.structure import cut_sets, structure
from continuity.model.graph import cycles, graph, suppliers_of, upstream
from continuity.model.organisation import Organisation
from continuity.model.values import Law, Outcome, PayDay


def model(endurance: int | None = 1440) -> Builder:
    """F needs A and one of B, C; A needs POWER with a generator that lasts 24 h; B needs POWER too."""
    b = Builder()
    for code in ("POWER", "GEN", "A", "B", "C"):
        b.resource(code)
    b.function("F", mbco=500, rto=60, mtpd=600)
    b.need("F", "A")
    b.need("F", "B", "C", rule="k_of_n", k=1)
    b.need("A", "POWER", standby("GEN", endurance=endurance, activation_delay=5), autonomy=30)
    b.need("B", "POWER", autonomy=120)
    return b


def named(builder: Builder, ids) -> list[str]:
    codes = {r.id: r.code for r in builder.records.values()}
    return [codes[id_] for id_ in ids]


def points(builder: Builder) -> dict[str, int | None]:
    found = cut_sets(builder.build(), order=1)
    return {named(builder, c.elements)[0]: c.bridged for c in found if c.kind == "function"}


def test_that_what_takes_a_function_down_alone_is_found_with_its_bridged_time():
    assert points(model()) == {"A": 0, "POWER": 1440 + 30}


def test_that_a_standby_without_end_leaves_no_single_point():
    b = model(endurance=None)
    assert points(b) == {"A": 0}
    pairs = {frozenset(named(b, c.elements)) for c in cut_sets(b.build()) if len(c.elements) == 2}
    assert pairs == {frozenset(("POWER", "GEN")), frozenset(("POWER", "C")), frozenset(("B", "C"))}


def test_that_pairs_are_minimal():
    b = model()
    pairs = [named(b, c.elements) for c in cut_sets(b.build()) if len(c.elements) == 2]
    assert [sorted(p) for p in pairs] == [["B", "C"]]


def test_that_pairs_agree_with_trying_all_of_them():
    b = Builder()
    for code in "ABCDE":
        b.resource(code)
    b.function("F", mbco=700)
    b.need("F", by("A", capacity=4), by("B", capacity=4), by("C", capacity=4), rule="share", required=10)
    b.need("C", "D", "E", rule="k_of_n", k=1, floor=300)
    b.need("A", "D", floor=900)
    organisation = b.build()
    function = b.id("F")

    def falls(case) -> bool:
        return levels(organisation, dict.fromkeys(case, 0))[function] < 700

    ids = [e.id for e in organisation.elements if e.id != function]
    alone = {i for i in ids if falls((i,))}
    expected = {frozenset(p) for p in combinations(ids, 2) if falls(p) and not alone & set(p)}
    found = cut_sets(organisation)
    assert {c.elements[0] for c in found if len(c.elements) == 1} == alone
    assert {frozenset(c.elements) for c in found if len(c.elements) == 2} == expected
    assert expected


def test_that_a_stream_stops_with_a_stage_and_says_which():
    b = model()
    b.add("stream", "S", payees=700, pay_days=(PayDay(),))
    b.add("stage", "T1", stream="S", element="F", least_level=1)
    b.add("stage", "T2", stream="S", element="C", position=1, least_level=1)
    found = structure(b.build())
    cuts = {named(b, c.elements)[0]: named(b, c.stages) for c in found.cut_sets if c.kind == "stream"}
    assert cuts == {"F": ["T1"], "A": ["T1"], "POWER": ["T1"], "C": ["T2"]}
    heaviest = found.single_points[0]
    assert heaviest.payees == 700
    assert named(b, [w.element for w in found.single_points if w.functions]) == sorted(
        ("A", "POWER"), key=b.id
    )


def test_that_cycles_come_to_rest():
    b = Builder()
    b.resource("POWER")
    b.resource("TELE")
    b.resource("X")
    b.need("POWER", "TELE")
    b.need("TELE", "POWER")
    b.need("TELE", "X")
    organisation = b.build()
    model = StaticModel(organisation)
    losses = Losses(Logic(model, EachElement()), CutSets(order=2))
    every = {frozenset((1 << model.place[b.id(code)],)) for code in ("POWER", "TELE", "X")}
    lost = losses.below(model.place[b.id("POWER")], 1000)
    assert lost == frozenset().union(*every)
    assert set(levels(organisation, {b.id("X"): 0}).values()) == {0}
    assert [sorted(named(b, c)) for c in cycles(graph(organisation))] == [["POWER", "TELE"]]


def test_that_what_is_not_in_use_takes_no_part():
    b = model()
    b.resource("A", in_use=False)
    assert points(b) == {}
    assert b.id("A") not in graph(b.build())
    assert b.id("A") in graph(b.build(), in_use_only=False)


def test_that_an_empty_organisation_has_no_structure():
    found = structure(Organisation("d"))
    assert (found.single_points, found.cut_sets, found.restart, found.gaps) == ((), (), (), ())


# --- restart ------------------------------------------------------------------------------------


def test_that_restart_goes_in_waves_with_best_and_worst_times():
    b = model()
    b.resource("POWER", repair=Law(law="uniform", low=60, high=600))
    b.resource("A", achievable_rto=30)
    b.resource("B", repair=fixed(90), restart_order=1)
    steps = {named(b, [s.element])[0]: s for s in restart_order(b.build())}
    assert {code: s.wave for code, s in steps.items()} == {
        "POWER": 1, "GEN": 1, "C": 1, "A": 2, "B": 2, "F": 3,
    }  # fmt: skip
    assert (steps["A"].ready_best, steps["A"].ready_worst) == (90, 630)
    assert (steps["F"].ready_best, steps["F"].ready_worst) == (150, 690)
    assert named(b, steps["A"].after) == ["POWER"]  # the generator is not waited for
    assert list(steps)[3] == "B"  # the planner's own order within the wave


def test_that_a_cycle_restarts_together_after_its_black_start():
    b = Builder()
    b.resource("POWER", repair=fixed(100))
    b.resource("TELE", repair=fixed(50))
    b.need("POWER", "TELE")
    b.need("TELE", "POWER")
    b.cycle("POWER", "TELE", delay=240)
    steps = restart_order(b.build())
    assert {s.wave for s in steps} == {1}
    assert all(s.cycle and not s.after for s in steps)
    assert sorted(s.ready_best for s in steps) == [290, 340]


OUTCOMES = (Outcome(minutes=3), Outcome(minutes=8), Outcome(minutes=99, weight=0))


@pytest.mark.parametrize(
    ("law", "expected"),
    [
        (fixed(5), (5, 5)),
        (exponential(1000), (105, 2303)),
        (Law(law="lognormal", median=100, p90=400), (25, 400)),
        (Law(law="pert", low=1, likely=5, high=9), (1, 9)),
        (Law(law="empirical", outcomes=OUTCOMES), (3, 8)),
    ],
)  # fmt: skip
def test_that_laws_have_bounds(law, expected):
    assert bounds(law) == expected


# --- gaps ---------------------------------------------------------------------------------------


def test_that_gaps_are_told_largest_first():
    b = Builder()
    b.function("F", rto=100, wrt=50, mtpd=140, achievable_rto=500, achievable_known="guess")
    b.function("G", rto=100, mtpd=50)
    found = [(named(b, [g.record])[0], g.code, g.needed, g.achievable) for g in gaps(b.build())]
    assert found == [
        ("F", "achievable_over_rto", 100, 500),
        ("G", "rto_over_mtpd", 50, 100),
        ("F", "wrt_over_mtpd", 140, 150),
    ]


def test_that_a_resource_is_needed_as_soon_as_its_functions_less_what_bridges():
    b = model()
    b.resource("POWER", achievable_rto=2000, sla_hours=1)
    needed = {named(b, [e])[0]: minutes for e, (minutes, _) in needed_recovery(b.build()).items()}
    assert needed == {"F": 60, "A": 60, "POWER": 1530}  # B is one of two; 30 min of buffer, 24 h of standby
    (gap,) = [g for g in gaps(b.build()) if g.record == b.id("POWER")]
    assert (gap.code, gap.needed, gap.achievable, gap.function) == (
        "achievable_over_rto",
        1530,
        2000,
        b.id("F"),
    )


def test_that_the_graph_leads_from_supplier_to_dependent():
    b = model()
    organisation = b.build()
    made = graph(organisation)
    assert made.has_edge(b.id("POWER"), b.id("A"))
    assert [link.standby for link in made.edges[b.id("GEN"), b.id("A")]["links"]] == [True]
    assert not graph(organisation, standby=False).has_edge(b.id("GEN"), b.id("A"))
    assert upstream(made, b.id("F")) == {b.id(c) for c in ("A", "B", "C", "POWER", "GEN")}
    assert [e.code for e in suppliers_of(organisation, b.id("A"))] == ["GEN", "POWER"]
