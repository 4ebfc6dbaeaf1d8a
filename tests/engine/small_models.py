"""Small random models for comparing engines: every feature, short durations, many ties."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np

from continuity.model.kinds import Supply
from continuity.model.values import Crew
from continuity.simulation.compile import compile_organisation
from continuity.simulation.compiled import (
    DISRUPTION,
    IDLE,
    OUTAGE,
    STAFF,
    STAFF_LOSS,
    STEP,
    Compiled,
    State,
    full_state,
    table,
)
from tests.builders import Builder, Supplier, by, empirical, exponential, fixed, shape, standby, uniform

HORIZONS = (60, 90, 250, 250, 600, 600, 1440, 4320)
KINDS = ("resource", "resource", "resource", "staff_group", "function")
SHAPES = (
    (),
    shape((1000, 1000)),
    shape((500, 500), (1000, 1000)),
    shape((0, 300), (0, 200), (333, 333), (1000, 1000)),
    shape((100, 800), (700, 100), (1000, 500), (1000, 1000)),
)


class Maker:
    """Makes one model from a seed."""

    def __init__(self, seed: int, size: int, *, monotone: bool = False) -> None:
        """``monotone`` leaves out what may let more disruption raise a level."""
        self.r = random.Random(seed)
        self.monotone = monotone
        self.horizon = self.r.choice(HORIZONS)
        self.b = Builder()
        self.codes = [f"E{i}" for i in range(size)]
        self.staff: dict[str, int] = {}
        self.edges: list[tuple[str, str]] = []

    def some(self, *choices: Any) -> Any:
        return self.r.choice(choices)

    def span(self) -> int:
        """A duration; often a round one, so that things meet."""
        return self.some(
            0, 1, 2, 5, 10, 10, 20, 30, self.r.randint(0, 60), self.r.randint(0, self.horizon // 2)
        )

    def law(self) -> Any:
        a = self.span()
        return self.some(
            fixed(a), uniform(a, a + self.span()), exponential(a + 1), empirical((a, 1.0), (a + 5, 2.0))
        )

    def elements(self) -> None:
        for code in self.codes:
            kind = self.r.choice(KINDS)
            if kind == "staff_group":
                self.staff[code] = self.r.randint(1, 12)
                self.b.staff(
                    code,
                    self.staff[code],
                    minimum_crew=self.r.randint(0, self.staff[code]),
                    endurance=self.some(None, 0, 3, 10, 40),
                    tired_below=self.r.randint(0, self.staff[code]),
                    fatigue=1000 if self.monotone else self.some(1000, 500, 900, 0),
                )
            elif kind == "resource":
                failing = self.r.random() < 0.2
                self.b.resource(
                    code,
                    mttf=self.r.randint(5, self.horizon) if failing else None,
                    repair=self.law(),
                    crew_kind="" if self.monotone else self.some("", "", "a", "b"),
                    crew_priority=self.some(100, 100, 1),
                )
            else:
                self.b.function(code)

    def need(self, place: int, suppliers: list[str], standby_suppliers: list[str]) -> None:
        code = self.codes[place]
        rule = self.some("all", "all", "k_of_n", "share")
        fields: dict[str, Any] = {
            "rule": rule,
            "k": self.r.randint(1, len(suppliers)),
            "autonomy": self.some(0, 0, self.span()),
            "refill": self.some(None, None, 0, 300, 1000, 2500),
            "floor": self.some(0, 0, 0, 250, 700),
            "restart_lag": self.some(0, 0, self.span()),
            "threshold": self.some(1000, 1000, 700, 1),
            "priority": self.some(100, 100, 1),
        }
        primary = [by(s, capacity=self.capacity(s, rule)) for s in suppliers]
        spare = [] if self.monotone else [self.standby(s) for s in standby_suppliers]
        if rule == "share":
            total = sum(s.fields["capacity"] or self.staff.get(s.code, 0) for s in primary)
            fields["required"] = self.r.randint(1, max(1, total))
        self.edges += [(s.code, code) for s in primary]
        self.edges += [(e, code) for s in spare for e in (s.code, s.fields["refiller"]) if e]
        self.b.need(code, *primary, *spare, code=f"N{len(self.b.records)}", **fields)

    def capacity(self, supplier: str, rule: str) -> int | None:
        if rule == "share" and supplier in self.staff:
            return self.some(None, None, self.r.randint(1, 5))
        return self.r.randint(1, 9) if rule == "share" else None

    def standby(self, supplier: str) -> Supplier:
        return standby(
            supplier,
            capacity=self.some(None, None, 400, 7),
            activation_delay=self.some(0, self.span()),
            endurance=self.some(None, self.span(), self.span()),
            refill=self.some(None, 0, 200, 1000, 1700),
            refiller=self.some(None, self.r.choice(self.outside)),
        )

    def needs(self, looped: set[str]) -> None:
        for place in range(len(self.codes)):
            self.outside = [c for c in self.codes[:place] if c not in looped]
            for _ in range(self.some(0, 1, 1, 2) if place else 0):
                earlier = self.codes[:place]
                suppliers = self.r.sample(earlier, self.r.randint(1, min(4, place)))
                spares = self.some(0, 0, 1, 2) if self.outside else 0
                self.need(place, suppliers, [self.r.choice(self.outside) for _ in range(spares)])
        for code in sorted(looped):  # close the loop: an early one needs a late one
            place = self.codes.index(code)
            others = sorted(looped - {code})
            self.outside = [c for c in self.codes[:place] if c not in looped]
            spares = [self.r.choice(self.outside)] if self.outside and self.r.random() < 0.4 else []
            self.need(place, self.r.sample(others, self.r.randint(1, len(others))), spares)

    def cycles(self) -> None:
        self.drop_inner_standbys()
        for component in nx.strongly_connected_components(nx.DiGraph(self.edges)):
            if len(component) > 1:
                self.b.cycle(*sorted(component), delay=self.some(0, self.span()))

    def drop_inner_standbys(self) -> None:
        """Standby between members of one cycle is refused: leave it out."""
        together = [c for c in nx.strongly_connected_components(nx.DiGraph(self.edges)) if len(c) > 1]
        records = self.b.records
        for id_, supply in list(records.items()):
            if isinstance(supply, Supply) and supply.standby:
                dependent = records[records[supply.need].dependent].code
                ends = {records[e].code for e in (supply.element, supply.refiller) if e}
                if any(dependent in c and ends & c for c in together):
                    del records[id_]
        self.edges = [
            (records[e].code, records[records[s.need].dependent].code)
            for s in records.values()
            if isinstance(s, Supply)
            for e in (s.element, s.refiller)
            if e
        ]

    def events(self) -> None:
        crews = [Crew(kind=kind, crews=self.r.randint(0, 3)) for kind in ("a", "b") if self.r.random() < 0.5]
        self.b.scenario("X", horizon_days=3, crews=tuple(crews))
        for number in range(self.r.randint(1, 6)):
            groups = sorted(self.staff)
            staff = bool(groups) and self.r.random() < 0.4
            hit = groups if staff else [c for c in self.codes if c not in self.staff]
            if not hit:
                hit, staff = groups, True
            self.b.event(
                "X",
                code=f"X{number}",
                type="staff" if staff else "outage",
                cause=self.some("", "flu", "war") if staff else "",
                elements=self.r.sample(hit, self.r.randint(1, len(hit))),
                offset=self.span(),
                after=f"X{self.r.randrange(number)}" if number and self.r.random() < 0.4 else None,
                after_point=self.some("start", "end"),
                duration=self.law(),
                draw=self.some("common", "each"),
                depth=self.some(0, 0, 300, 850, 1000),
                shape=self.r.choice(SHAPES),
                probability=self.some(1.0, 1.0, 0.5),
                hit_probability=self.some(1.0, 1.0, 0.6),
                repeat_every=self.r.randint(1, 60),
                repeat_times=self.some(1, 1, 1, 4),
            )

    def model(self) -> Compiled:
        """Return the compiled model."""
        looped: set[str] = set()
        if len(self.codes) > 2 and self.r.random() < 0.5:
            looped = set(self.r.sample(self.codes, self.r.randint(2, min(4, len(self.codes)))))
        self.elements()
        self.needs(looped)
        self.cycles()
        self.events()
        organisation = self.b.build()
        compiled = compile_organisation(
            organisation, self.b.scenario_id(), seed=self.r.randint(0, 9), rest=False
        )
        return replace(
            compiled,
            graph=compiled.graph._replace(horizon=self.horizon),
            hazards=compiled.hazards._replace(horizon=self.horizon),
        )

    def state(self, compiled: Compiled) -> State:
        """Return a state at minute 0: often all full, sometimes anything."""
        state = full_state(compiled.graph)
        if self.r.random() < 0.6:
            return state
        graph = compiled.graph
        for row, need in zip(state.needs, graph.needs, strict=True):
            row["content"] = self.r.randint(0, 1000 * int(need["autonomy"]))
        for row, one in zip(state.standbys, graph.standbys, strict=True):
            row["stock"] = self.r.randint(0, 1000 * max(0, int(one["endurance"])))
            row["begun"] = self.some(IDLE, IDLE, -self.span())
        for row in state.elements:
            row["run_began"], row["few"], row["tired"] = -self.span(), self.some(0, 1), self.some(0, 1)
        return state._replace(steps=self.steps(compiled, state), running=self.running(compiled))

    def steps(self, compiled: Compiled, state: State) -> Any:
        found: list[tuple[int, int]] = []
        limits = [
            (row, int(need["lag"])) for row, need in zip(state.needs, compiled.graph.needs, strict=True)
        ]
        for cycle in compiled.graph.cycles:
            members = range(int(cycle["start"]), int(cycle["end"]))
            limits += [(state.elements[e], int(cycle["delay"])) for e in members]
        for row, limit in limits:
            row["first_step"] = len(found)
            if limit and self.r.random() < 0.5:
                untils = sorted(self.r.sample(range(1, limit + 1), min(limit, 2)))
                found += list(zip(untils, sorted(self.r.sample(range(1000), len(untils))), strict=True))
            row["end_step"] = len(found)
        return table(STEP, len(found), until=[u for u, _ in found], level=[v for _, v in found])

    def running(self, compiled: Compiled) -> Any:
        rows = []
        for element in range(compiled.elements):
            if self.r.random() < 0.3:
                staff = compiled.graph.elements[element]["kind"] == STAFF and self.r.random() < 0.5
                start = -self.span()
                kind = STAFF_LOSS if staff else OUTAGE
                begin = self.some(start, start + self.span())
                rows.append((element, start, begin, self.span() + 1, self.some(0, 500), 0, kind, 7, -1, 0))
        return np.array(rows, DISRUPTION).view(np.recarray)
