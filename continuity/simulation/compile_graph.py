"""Elements, needs, standbys and cycles as arrays, in the order in which levels are found."""

from __future__ import annotations

from collections import Counter

from continuity.model.kinds import Cycle, Element, Function, Need, StaffGroup, Supply, kind_of
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem
from continuity.simulation.compile_feeds import Feeds, NeedParts
from continuity.simulation.compile_order import in_order, ints, spans
from continuity.simulation.compiled import (
    CYCLE,
    ELEMENT,
    FULL,
    FUNCTION,
    NEED,
    RESOURCE,
    RULE_ALL,
    RULE_K_OF_N,
    RULE_SHARE,
    STAFF,
    STANDBY,
    Graph,
    Table,
    table,
)

RULES = {"all": RULE_ALL, "k_of_n": RULE_K_OF_N, "share": RULE_SHARE}
#: Units beyond which sums of capacity × level could overflow.
MOST_UNITS = 10**12


class GraphMaker:
    """Reads the graph of an organisation, notes all problems, makes the arrays."""

    def __init__(self, organisation: Organisation, horizon: int) -> None:
        self.organisation = organisation
        self.horizon = horizon
        self.problems: list[Problem] = []
        self.in_use = {e.id: e for e in organisation.elements if e.in_use}
        parts = self._parts()
        self._components = in_order(self.in_use, [(s, p.need.dependent) for p in parts for s in p.suppliers])
        self._member_of = {id_: place for place, c in enumerate(self._components) for id_ in c}
        self.element_ids = tuple(id_ for component in self._components for id_ in component)
        self.index = {id_: place for place, id_ in enumerate(self.element_ids)}
        self.elements = [self.in_use[id_] for id_ in self.element_ids]
        self.needs = sorted(parts, key=lambda p: (self.index[p.need.dependent], p.id))
        self.standby_ids = tuple(s.id for p in self.needs for s in p.standby)
        self._cycles = [c for c in self._components if len(c) > 1]
        self._cycle_records = [self._record_of(cycle) for cycle in self._cycles]
        self.cycle_ids = tuple(record.id for record in self._cycle_records if record)
        for part in self.needs:
            self._check(part)

    # --- reading -------------------------------------------------------------------------------

    def _parts(self) -> list[NeedParts]:
        found = []
        for need in self.organisation.all(Need):
            if need.dependent not in self.in_use:
                continue
            recorded = self.organisation.parts(need.id, Supply)
            used = [s for s in recorded if s.element in self.in_use]
            primary = tuple(s for s in used if not s.standby)
            # What is not in use takes no part; a need of nothing else is no need.
            if used or not recorded or need.rule != "all":
                found.append(NeedParts(need, primary, tuple(s for s in used if s.standby)))
        return found

    def together(self, one: str | None, other: str) -> bool:
        """Tell whether two elements are in one strongly connected component."""
        return one is not None and one in self.in_use and self._member_of[one] == self._member_of[other]

    # --- checking ------------------------------------------------------------------------------

    def _report(
        self, code: str, about: Need | Supply | Element | Cycle, field: str = "", **facts: object
    ) -> None:
        self.problems.append(
            Problem(code, "error", kind_of(about).name, about.id, self._shown(about), field, facts=facts)
        )

    def _shown(self, about: Need | Supply | Element | Cycle | None) -> str:
        if about is None:
            return ""
        return f"{about.code} {getattr(about, 'name', '')}".strip()

    def _name(self, id_: str) -> str:
        return self._shown(self.organisation.of(Element, id_))

    def _record_of(self, members: list[str]) -> Cycle | None:
        wanted = set(members)
        records = self.organisation.all(Cycle)
        near = None
        for record in records:
            have = set(record.members) & self.in_use.keys()
            if have == wanted:
                return record
            if have & wanted:
                near = record
        names = ", ".join(self._name(id_) for id_ in members)
        if near is None:
            self._report("cycle-missing", self.in_use[members[0]], members=names)
        else:
            self._report("cycle-wrong", near, "members", members=names)
        return None

    def _check(self, part: NeedParts) -> None:
        need = part.need
        if not part.primary and (part.standby or not self.organisation.parts(need.id, Supply)):
            self._report("need-without-supply", need)
            return
        if need.dependent in part.suppliers:
            self._report("needs-itself", need, dependent=self._name(need.dependent))
        if need.rule == "k_of_n" and need.k > len(part.primary):
            self._report("k-over-n", need, "k", k=need.k, n=len(part.primary))
        for supply in part.standby:
            if need.dependent == supply.element:
                continue
            for other in (supply.element, supply.refiller):
                if self.together(other, need.dependent):
                    facts = {"standby": self._name(supply.element), "dependent": self._name(need.dependent)}
                    self._report("standby-in-cycle", need, **facts)
                    break
        if need.rule == "share":
            self._check_share(part)

    def _check_share(self, part: NeedParts) -> None:
        need = part.need
        if need.required < 1:
            self._report("share-without-required", need, "required")
            return
        for supply in part.primary:
            if self.capacity(need, supply) is None:
                self._report("no-capacity", need, element=self._name(supply.element))
                return
        total = sum(self.capacity(need, s) or 0 for s in part.primary + part.standby)
        if max(total, need.required) > MOST_UNITS:
            self._report("too-many-units", need, "required", most=MOST_UNITS)
        elif total < need.required:
            self._report("share-never-reached", need, "required", required=need.required, total=total)

    def capacity(self, need: Need, supply: Supply) -> int | None:
        """Return what a supply can give, in the need's units or permille; None where a share must say it."""
        if supply.capacity is not None:
            return supply.capacity
        element = self.in_use[supply.element]
        if isinstance(element, StaffGroup):
            return element.headcount if need.rule == "share" else FULL
        if supply.standby:
            return need.required if need.rule == "share" else FULL
        return None if need.rule == "share" else 1

    # --- making --------------------------------------------------------------------------------

    def made(self) -> Graph:
        """Return the arrays; only where there are no problems."""
        feeds = Feeds(self)
        cycle_of = {id_: place for place, c in enumerate(self._cycles) for id_ in c}
        inner = [
            any(s in cycle_of and self.together(s, p.need.dependent) for s in p.suppliers) for p in self.needs
        ]
        by_cycle: list[list[int]] = [[] for _ in self._cycles]
        for place, part in enumerate(self.needs):
            if inner[place]:
                by_cycle[cycle_of[part.need.dependent]].append(place)
        return Graph(
            horizon=self.horizon,
            elements=self._element_table(cycle_of),
            needs=self._need_table(inner),
            feeds=feeds.table(),
            standbys=self._standby_table(feeds),
            cycles=self._cycle_table(by_cycle),
            cycle_needs=ints(place for places in by_cycle for place in places),
        )

    def _element_table(self, cycle_of: dict[str, int]) -> Table:
        groups = [e if isinstance(e, StaffGroup) else None for e in self.elements]
        needs_of = Counter(self.index[p.need.dependent] for p in self.needs)
        first, end = spans(needs_of[place] for place in range(len(self.elements)))
        return table(
            ELEMENT,
            len(self.elements),
            kind=[_kind(e) for e in self.elements],
            headcount=[g.headcount if g else 0 for g in groups],
            minimum_crew=[g.minimum_crew if g else 0 for g in groups],
            endurance=[g.endurance if g and g.fatigue < FULL else None for g in groups],
            tired_below=[g.tired_below if g else 0 for g in groups],
            fatigue=[g.fatigue if g else FULL for g in groups],
            cycle=[cycle_of.get(e.id) for e in self.elements],
            first_need=first,
            end_need=end,
        )

    def _need_table(self, inner: list[bool]) -> Table:
        needs = [part.need for part in self.needs]
        first_feed, _ = spans(len(p.primary) + 2 * len(p.standby) for p in self.needs)
        first_standby, end_standby = spans(len(p.standby) for p in self.needs)
        return table(
            NEED,
            len(needs),
            element=[self.index[n.dependent] for n in needs],
            rule=[RULES[n.rule] for n in needs],
            k=[n.k for n in needs],
            required=[n.required for n in needs],
            autonomy=[n.autonomy for n in needs],
            refill=[n.refill for n in needs],
            floor=[n.floor for n in needs],
            lag=[n.restart_lag for n in needs],
            threshold=[n.threshold for n in needs],
            inner=inner,
            first_feed=first_feed,
            end_primary=[f + len(p.primary) for f, p in zip(first_feed, self.needs, strict=True)],
            first_standby=first_standby,
            end_standby=end_standby,
        )

    def _standby_table(self, feeds: Feeds) -> Table:
        standbys = [(part.need, supply) for part in self.needs for supply in part.standby]
        return table(
            STANDBY,
            len(standbys),
            feed=feeds.standby_feeds,
            capacity=[self.capacity(need, supply) for need, supply in standbys],
            delay=[supply.activation_delay for _, supply in standbys],
            endurance=[supply.endurance for _, supply in standbys],
            refill=[self._refill(supply) for _, supply in standbys],
        )

    def _cycle_table(self, by_cycle: list[list[int]]) -> Table:
        first, end = spans(len(places) for places in by_cycle)
        return table(
            CYCLE,
            len(self._cycles),
            start=[self.index[c[0]] for c in self._cycles],
            end=[self.index[c[-1]] + 1 for c in self._cycles],
            delay=[record.delay if record else 0 for record in self._cycle_records],
            steady=[self._is_steady(places) for places in by_cycle],
            first_need=first,
            end_need=end,
        )

    def _refill(self, supply: Supply) -> int | None:
        unused = supply.refiller is not None and supply.refiller not in self.in_use
        return 0 if unused else supply.refill

    def _is_steady(self, places: list[int]) -> bool:
        parts = [self.needs[place] for place in places]
        return all(not p.standby or p.need.threshold == FULL for p in parts)


def _kind(element: Element) -> int:
    if isinstance(element, StaffGroup):
        return STAFF
    return FUNCTION if isinstance(element, Function) else RESOURCE
