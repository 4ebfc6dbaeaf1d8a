"""What to buy first: the best set of measures under a budget, over one scenario or several."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

from continuity.analysis.choices import (
    DECIDED,
    WEIGHTINGS,
    ChosenMeasure,
    FrontierPoint,
    Optimum,
    Weighed,
)
from continuity.analysis.choosing import NOTHING, Chosen, Search
from continuity.analysis.played_sets import Played, Table
from continuity.analysis.weighing import Means
from continuity.model.kinds import Measure
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.simulation.request import RunRequest
from continuity.simulation.run import refuse_nonsense

Report = Callable[[int, int], None]
#: Affordable sets up to which all are tried, and replications on which sets are told apart.
MOST_TRIED, LOOK = 400, 256
_VARIANT = "variant"  # a way to read the model, nothing that can be bought


@dataclass(frozen=True, slots=True)
class Wish:
    """What to choose among, for which scenarios, for how much.

    ``scenarios``: ids with their weights. ``measures``: ids to choose among; empty: all that change something
    and are not in place. ``years`` for which the yearly cost counts towards the budget.
    """

    budget: int
    scenarios: tuple[tuple[str, float], ...]
    measures: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()
    years: int = 1
    replications: int = 1024
    seed: int = 1
    workers: int | None = None
    most_tried: int = MOST_TRIED


def optimise(
    organisation: Organisation,
    wish: Wish,
    cancel: threading.Event | None = None,
    report: Report | None = None,
) -> Optimum:
    """Return the best set of measures that ``wish`` allows, by the decided order of priority.

    ``report`` hears how many of how many steps are done; the number of steps is a guess that may grow.
    Raises Refused where nothing can be chosen or run, and RunCancelled once ``cancel`` is set.
    """
    items = choice_of(organisation, wish)
    requests = [_request(wish, id_) for id_, _ in wish.scenarios]
    for request in requests:
        refuse_nonsense(organisation, request)
    steps = _Steps(report, len(items) * (len(items) + 1) // 2 + wish.most_tried)
    table = Table(organisation, requests, [weight for _, weight in wish.scenarios], cancel, steps.one)
    search = _search(organisation, wish, items, table)
    greedy = search.greedy(WEIGHTINGS)
    exhausted = search.exhaust()
    search.beyond(DECIDED)
    best = search.trimmed(DECIDED)
    return _Teller(organisation, wish, table, search).told(best, greedy, exhausted)


class _Steps:
    """Counts sets for a progress bar whose end moves."""

    def __init__(self, report: Report | None, total: int) -> None:
        self._report, self._done, self._total = report, 0, total

    def one(self) -> None:
        self._done += 1
        self._total = max(self._total, self._done + self._done // 10)
        if self._report:
            self._report(self._done, self._total)


def _request(wish: Wish, scenario: str) -> RunRequest:
    return RunRequest(
        scenario,
        measures=wish.standing,
        replications=wish.replications,
        seed=wish.seed,
        workers=wish.workers,
    )


def _search(organisation: Organisation, wish: Wish, items: list[Measure], table: Table) -> Search[Means]:
    table.begin(0, min(LOOK, wish.replications))

    def play(sets: Sequence[Chosen]) -> list[Means | None]:
        return [table.means(played) if played is not None else None for played in table.play(sets)]

    search = Search(
        items=[m.id for m in items],
        costs={m.id: cost_of(m, wish.years) for m in items},
        budget=wish.budget,
        play=play,
        rank=table.scale.rank,
        amount=table.scale.amount,
        most=wish.most_tried,
        same=table.scale.same,
    )
    search.begin()
    return search


def cost_of(measure: Measure, years: int) -> int:
    """Return what a measure takes of the budget."""
    return measure.cost_once + years * measure.cost_yearly


def choice_of(organisation: Organisation, wish: Wish) -> list[Measure]:
    """Return the measures to choose among; raise Refused where the wish cannot be met."""
    problems = []
    if not wish.scenarios or any(not 0 < weight < float("inf") for _, weight in wish.scenarios):
        problems.append(Problem("bad-weights"))
    if not 0 <= wish.years <= 50:
        problems.append(Problem("bad-years", facts={"value": wish.years}))
    found = [m for m in organisation.all(Measure) if _can_be_chosen(m, wish)]
    if not found:
        problems.append(Problem("nothing-to-choose"))
    elif not problems and (least := min(cost_of(m, wish.years) for m in found)) > wish.budget:
        cheapest = min(found, key=lambda m: cost_of(m, wish.years))
        facts: dict[str, object] = {"budget": wish.budget, "measure": cheapest.name, "cost": least}
        problems.append(Problem("budget-fits-nothing", facts=facts))
    if problems:
        raise Refused(problems)
    return sorted(found, key=lambda m: m.code)


def _can_be_chosen(measure: Measure, wish: Wish) -> bool:
    if not measure.changes or measure.id in wish.standing:
        return False
    if wish.measures:
        return measure.id in wish.measures
    return measure.status != "existing" and measure.family != _VARIANT


class _Teller:
    """Plays what is told in full and says it."""

    def __init__(self, organisation: Organisation, wish: Wish, table: Table, search: Search[Means]) -> None:
        self._organisation, self._wish, self._table, self._search = organisation, wish, table, search

    def told(self, best: Chosen, greedy: Chosen, exhausted: bool) -> Optimum:
        """Return the answer."""
        search, table = self._search, self._table
        others = {weighting: search.trimmed(weighting) for weighting in WEIGHTINGS}
        order = self._order(best)
        firsts = [frozenset(order[:n]) for n in range(1, len(order))]
        without = [best - {item} for item in order]
        found = table.fully([NOTHING, best, *others.values(), *firsts, *without])
        base = found[NOTHING]
        return Optimum(
            meta=table.meta(),
            budget=self._wish.budget,
            years=self._wish.years,
            order=table.scale.order,
            base=table.figures(NOTHING, base, base),
            best=table.figures(best, found[best], base),
            bought=tuple(self._bought(order, n, found) for n in range(len(order))),
            weighed=tuple(
                Weighed(weighting, table.figures(chosen, found[chosen], base), chosen == best)
                for weighting, chosen in others.items()
            ),
            frontier=self._frontier(),
            proposed=self._point(best),
            looked=min(LOOK, self._wish.replications),
            tried=len(search.tried),
            affordable=search.affordable,
            proven=search.proven,
            greedy=tuple(sorted(greedy)),
            greedy_as_good=self._as_good(greedy) if exhausted else None,
            without_effect=tuple(item for item in search.items if item in search.inert),
            too_dear=tuple(item for item in search.items if not search.fits((item,))),
            contradicting=tuple(
                pair
                for pair in combinations(search.items, 2)
                if frozenset(pair) in search.tried and search.value(frozenset(pair)) is None
            ),
        )

    def _as_good(self, greedy: Chosen) -> bool:
        one, other = (self._search.value(chosen) for chosen in (greedy, self._search.best(DECIDED)))
        return one is not None and other is not None and self._table.scale.same(one, other)

    def _order(self, best: Chosen) -> list[str]:
        """Return the measures of the best set, each the one that gives most on top of those before it."""
        search, order, left = self._search, list[str](), set(best)
        while left:
            options = [frozenset({*order, item}) for item in sorted(left)]
            search.look(options)
            ranked = [(self._rank(one), search.cost(one), one) for one in options]
            chosen = min(ranked, key=lambda entry: (entry[0], entry[1], sorted(entry[2])))[2]
            (item,) = chosen - set(order)
            order.append(item)
            left.discard(item)
        return order

    def _rank(self, chosen: Chosen) -> tuple[float, ...]:
        value = self._search.value(chosen)
        return (float("inf"),) if value is None else self._table.scale.rank(DECIDED, value)

    def _bought(self, order: list[str], number: int, found: dict[Chosen, Played]) -> ChosenMeasure:
        table, item, best = self._table, order[number], frozenset(order)
        once, yearly = table.costs(frozenset({item}))
        before, after = frozenset(order[:number]), frozenset(order[: number + 1])
        return ChosenMeasure(
            measure=item,
            cost_once=once,
            cost_yearly=yearly,
            gain=table.gain(found[after], found[before]),
            missed=table.gain(found[best - {item}], found[best]),
        )

    def _frontier(self) -> tuple[FrontierPoint, ...]:
        found = self._search.frontier(lambda means: -means.payees_late)
        return tuple(self._point(chosen) for chosen, _ in found)

    def _point(self, chosen: Chosen) -> FrontierPoint:
        means = self._search.value(chosen)
        assert means is not None  # only what could be played is told
        return FrontierPoint(
            tuple(sorted(chosen)),
            self._search.cost(chosen),
            *self._table.costs(chosen),
            payees_on_time=1 - means.payees_late / (self._table.payees or 1.0),
            in_need_unpaid=means.in_need_unpaid,
            affordable=self._search.fits(chosen),
        )
