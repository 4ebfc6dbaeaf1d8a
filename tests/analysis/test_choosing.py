"""Sets of measures: the search against all sets, the order of priority, weights, and runs by hand."""

import datetime as dt
import random
import threading
from itertools import combinations

import pytest
from builders import Builder, fixed

from continuity.analysis.choices import DECIDED, IN_NEED, PAYEES, SEK, WEIGHTINGS, PriorityOrder
from continuity.analysis.choosing import NOTHING, Search
from continuity.analysis.comparing import compare_sets
from continuity.analysis.optimising import Wish, optimise
from continuity.analysis.weighing import Means, Scale
from continuity.model.problems import Refused
from continuity.model.values import Change, PayDay
from continuity.simulation.cancel import RunCancelled
from continuity.simulation.request import RunRequest
from continuity.simulation.run import run

HOUR, DAY = 60, 1440


# --- the search, without any run -----------------------------------------------------------------


def searched(costs, worth, budget, most=10**6):
    """Search by ``worth`` of a set; more is better."""
    search = Search(
        items=sorted(costs),
        costs=costs,
        budget=budget,
        play=lambda sets: [worth(one) for one in sets],
        rank=lambda _weighting, value: (-value,),
        amount=lambda _weighting, value: -value,
        most=most,
    )
    search.begin()
    return search


@pytest.mark.parametrize("seed", range(40))
def test_that_greedy_comes_close_to_all_sets_and_all_sets_are_never_beaten(seed):
    chance = random.Random(seed)
    items = "ABCDEFG"
    costs = {item: chance.randint(1, 9) for item in items}
    alone = {item: chance.choice((0, 0, *range(1, 12))) for item in items}
    pairs = {frozenset(pair): chance.choice((0, 0, 0, 6, -3)) for pair in combinations(items, 2)}

    def worth(chosen):
        return sum(alone[i] for i in chosen) + sum(v for pair, v in pairs.items() if pair <= chosen)

    search = searched(costs, worth, budget=18)
    greedy = worth(search.greedy(("one",)))
    every = [frozenset(c) for n in range(8) for c in combinations(items, n)]
    best = max(worth(one) for one in every if sum(costs[i] for i in one) <= 18)
    assert search.exhaust()
    assert worth(search.best("one")) == best
    assert greedy >= 0.8 * best


def test_that_two_that_help_only_together_are_found():
    def worth(chosen):
        return 10 * ({"A", "B"} <= chosen) + ("C" in chosen)

    search = searched({"A": 3, "B": 3, "C": 6}, worth, budget=6)
    assert search.greedy(("one",)) == {"A", "B"}


def test_that_what_changes_nothing_alone_or_in_pairs_is_left_out_and_the_rest_is_proven():
    search = searched(dict.fromkeys("ABCDEFGH", 1), lambda s: len(s & {"A", "B"}), budget=2)
    search.greedy(("one",))
    assert search.exhaust()
    assert search.inert == set("CDEFGH")
    assert (search.affordable, search.proven) == (4, True)


def test_that_too_many_sets_prove_nothing():
    search = searched(dict.fromkeys("ABCDEF", 1), len, budget=6, most=5)
    assert not search.exhaust()
    assert (search.affordable, search.proven) == (None, False)


def test_that_sets_that_contradict_themselves_are_passed_over():
    def worth(chosen):
        return None if {"A", "B"} <= chosen else len(chosen)

    search = searched({"A": 1, "B": 1, "C": 1}, worth, budget=3)
    assert len(search.greedy(("one",))) == 2
    assert search.value(frozenset("AB")) is None


def test_that_the_frontier_holds_what_nothing_cheaper_equals():
    values = {NOTHING: 0, frozenset("A"): 2, frozenset("B"): 1, frozenset("AB"): 2}
    search = searched({"A": 1, "B": 2}, values.__getitem__, budget=3)
    assert [one for one, _ in search.frontier(lambda v: v)] == [NOTHING, frozenset("A")]


# --- the order of priority -----------------------------------------------------------------------

ORDER = PriorityOrder("Head of payments", dt.date(2026, 9, 1), "Ref. 1")


def scale(order=ORDER):
    return Scale(order, ("S1", "S2", "P"), (True, True, False), (100.0, 10_000.0, 10_000.0), 1e9)


def means(first, second, payees=0.0, sek=0.0):
    return Means(first + second, 5 * (first + second), payees, sek, ((first, 0), (second, 0), (0, 0)))


def test_that_the_decided_order_puts_the_first_stream_before_any_number_of_the_next():
    few_of_first, many_of_second = means(50, 0), means(0, 5000)
    assert scale().rank(DECIDED, many_of_second) < scale().rank(DECIDED, few_of_first)
    assert scale().rank(IN_NEED, many_of_second) > scale().rank(IN_NEED, few_of_first)


def test_that_people_in_need_come_before_money_and_payees():
    dear, cheap = means(10, 10, payees=9000, sek=9e8), means(10, 400, payees=0, sek=0)
    for weighting in (DECIDED, IN_NEED):
        assert scale().rank(weighting, dear) < scale().rank(weighting, cheap)
    for weighting in (PAYEES, SEK):
        assert scale().rank(weighting, dear) > scale().rank(weighting, cheap)


def test_that_without_a_decision_all_people_in_need_count_alike():
    undecided = scale(PriorityOrder("", None, ""))
    assert undecided.rank(DECIDED, means(50, 0)) == undecided.rank(IN_NEED, means(50, 0))


# --- with runs -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def case():
    """Two halls and a network, each of which stops both streams; a measure for each, and one against one."""
    b = Builder()
    for code in ("HALL", "NET", "GEN"):
        b.resource(code)
    b.function("PAY", mbco=500)
    b.need("PAY", "HALL", code="N-HALL")
    b.need("PAY", "NET", code="N-NET")
    for name, code, chance in (("X", "HALL", 0.6), ("Y", "NET", 0.5)):
        b.scenario(name, horizon_days=10)
        b.event(name, elements=[code], probability=chance, offset=4 * DAY, duration=fixed(3 * DAY))
    for code, livelihood, payees in (("NEED", "sole", 1000), ("OTHER", "supplement", 50_000)):
        b.add("stream", code, payees=payees, amount=10, livelihood=livelihood, pay_days=(PayDay(day=5),))
        b.add("stage", f"T-{code}", stream=code, element="PAY", opens_at=8 * HOUR, work=60, reaches="usable")
    for code, need, minutes, once in (
        ("M-HALL", "N-HALL", 5 * DAY, 100), ("M-NET", "N-NET", 5 * DAY, 100), ("M-LESS", "N-HALL", HOUR, 10),
    ):  # fmt: skip
        longer = Change(kind="need", target=need, values={"autonomy": minutes})
        b.add("measure", code, changes=(longer,), cost_once=once)
    return b, b.build()


def test_that_sets_side_by_side_say_what_runs_of_each_say(case):
    b, organisation = case
    request = RunRequest(b.id("X", "scenario"), replications=300, workers=2)
    hall, net = b.id("M-HALL", "measure"), b.id("M-NET", "measure")
    found = compare_sets(organisation, request, [(hall,), (net,), (hall, net)])
    assert [one.measures for one in found.sets] == [(), (hall,), (net,), tuple(sorted((hall, net)))]
    for one in found.sets:
        head = run(organisation, RunRequest(request.scenario, one.measures, replications=300)).headline
        assert one.in_need_unpaid.mean == pytest.approx(head.in_need_unpaid.mean)
        assert one.in_need_unpaid.error == pytest.approx(head.in_need_unpaid.error)
        assert one.payees_on_time.mean == pytest.approx(head.both.payees_on_time.mean)
        assert one.payees_on_time.p10 == pytest.approx(head.both.payees_on_time.p10)
    without, with_hall = found.sets[:2]
    assert with_hall.gain.in_need_unpaid.mean == pytest.approx(-without.in_need_unpaid.mean)
    assert found.sets[2].gain.in_need_unpaid == found.sets[0].gain.in_need_unpaid  # nothing on this scenario
    (pair,) = [p for p in found.pairs if (p.first, p.second) == (1, 2)]
    assert pair.gain.in_need_unpaid.mean == pytest.approx(without.in_need_unpaid.mean)
    assert without.last is not None


def test_that_measures_that_contradict_each_other_are_refused_before_the_run(case):
    b, organisation = case
    pair = (b.id("M-HALL", "measure"), b.id("M-LESS", "measure"))
    with pytest.raises(Refused) as refused:
        compare_sets(organisation, RunRequest(b.id("X", "scenario")), [pair])
    assert [p.code for p in refused.value.problems] == ["measure-conflict"]


def test_that_weights_decide_which_scenario_is_bought_for(case):
    b, organisation = case
    x, y = (b.id(code, "scenario") for code in "XY")
    for weights, expected in (((9.0, 1.0), "M-HALL"), ((1.0, 9.0), "M-NET")):
        wish = Wish(100, ((x, weights[0]), (y, weights[1])), replications=200, workers=2)
        found = optimise(organisation, wish)
        assert [b.records[m].code for m in found.best.measures] == [expected]
        assert (found.proven, found.greedy_as_good) == (True, True)
        assert [one.weight for one in found.meta.scenarios] == [w / 10 for w in weights]


def test_that_what_is_bought_first_is_what_gives_most_and_every_figure_is_against_the_same_draws(case):
    b, organisation = case
    wish = Wish(
        200, ((b.id("X", "scenario"), 2.0), (b.id("Y", "scenario"), 1.0)), replications=200, workers=2
    )
    found = optimise(organisation, wish)
    assert [b.records[m.measure].code for m in found.bought] == ["M-HALL", "M-NET"]
    assert found.best.in_need_unpaid.mean == 0
    steps = sum(m.gain.in_need_unpaid.mean for m in found.bought)
    assert steps == pytest.approx(found.best.gain.in_need_unpaid.mean)
    assert found.bought[0].missed.in_need_unpaid.mean > 0
    assert [w.weighting for w in found.weighed] == list(WEIGHTINGS)
    assert [p.cost for p in found.frontier] == sorted(p.cost for p in found.frontier)
    assert [{b.records[m].code for m in pair} for pair in found.contradicting] == [{"M-HALL", "M-LESS"}]


def test_that_a_budget_that_fits_nothing_is_said_with_what_the_cheapest_costs(case):
    b, organisation = case
    with pytest.raises(Refused) as refused:
        optimise(organisation, Wish(5, ((b.id("X", "scenario"), 1.0),)))
    (problem,) = refused.value.problems
    assert (problem.code, problem.facts["cost"]) == ("budget-fits-nothing", 10)
    with pytest.raises(Refused) as refused:
        optimise(organisation, Wish(500, ((b.id("X", "scenario"), 0.0),)))
    assert [p.code for p in refused.value.problems] == ["bad-weights"]


def test_that_choosing_hears_a_stop(case):
    b, organisation = case
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(RunCancelled):
        optimise(organisation, Wish(500, ((b.id("X", "scenario"), 1.0),)), cancel)


def test_that_what_adds_less_than_a_step_is_not_bought():
    def worth(chosen):
        return 1000 * ("A" in chosen) + ("B" in chosen)

    search = searched({"A": 5, "B": 5}, worth, budget=10)
    search.same = lambda one, other: abs(one - other) < 10
    search.exhaust()
    assert search.best("one") == {"A", "B"}
    assert search.trimmed("one") == {"A"}
