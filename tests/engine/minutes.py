"""A plain loop over minutes, written straight from the rules: slow, and right by reading.

It reads the compiled form and the sampled disruptions of one replication and returns, per element, the
level of every minute. Nothing here knows of pieces, breakpoints or divisions that jump ahead.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from continuity.simulation.compiled import (
    BLANK,
    IDLE,
    RULE_ALL,
    RULE_SHARE,
    STAFF,
    STAFF_LOSS,
    Compiled,
    State,
)
from continuity.simulation.sample import Disruption, Sample, disruptions

INFINITE = 10**18


def levels_by_minute(
    compiled: Compiled, sample: Sample, replication: int, state: State | None = None
) -> list[list[int]]:
    """Return per element the level in each minute."""
    return _Run(compiled, disruptions(compiled, sample, replication), state or compiled.state).levels()


@dataclass
class _Standby:
    element: int
    refiller: int
    capacity: int
    delay: int
    endurance: int
    refill: int
    stock: int
    begun: int  # IDLE when not activated


@dataclass
class _Need:
    index: int
    element: int
    rule: int
    k: int
    required: int
    threshold: int
    autonomy: int
    refill: int
    floor: int
    lag: int
    inner: bool
    content: int
    feeds: list[tuple[int, int, int, int]]  # element, capacity, before, claim
    standbys: list[_Standby]
    recent: deque[int] = field(default_factory=deque)  # felt in the last minutes


class _Run:
    def __init__(self, compiled: Compiled, struck: list[Disruption], state: State) -> None:
        self.compiled, self.state = compiled, state
        self.graph, self.hazards = compiled.graph, compiled.hazards
        self.horizon = compiled.horizon
        self.struck: list[list[Disruption]] = [[] for _ in compiled.element_ids]
        running = [Disruption(*(int(v) for v in row)) for row in state.running]
        for one in [*running, *struck]:
            self.struck[one.element].append(one)
        self.needs = [self._need(n) for n in range(len(self.graph.needs))]
        self.needs_of = [[n for n in self.needs if n.element == e] for e in range(len(compiled.element_ids))]
        self.recent_inner: list[deque[int]] = [deque() for _ in compiled.element_ids]
        self.tired = [bool(row["tired"]) for row in state.elements]
        self.few = [bool(row["few"]) for row in state.elements]
        self.since = [int(row["run_began"]) for row in state.elements]

    def _need(self, n: int) -> _Need:
        row, graph = self.graph.needs[n], self.graph
        feeds = graph.feeds[row["first_feed"] : row["end_primary"]]
        standbys = []
        for b in range(row["first_standby"], row["end_standby"]):
            one, start = graph.standbys[b], self.state.standbys[b]
            given = [graph.feeds[one["feed"] + i]["element"] for i in (0, 1)]
            facts = (one["capacity"], one["delay"], one["endurance"], one["refill"])
            standbys.append(_Standby(*(int(v) for v in (*given, *facts, start["stock"], start["begun"]))))
        names = ("element", "rule", "k", "required", "threshold", "autonomy", "refill", "floor", "lag")
        return _Need(
            index=n,
            inner=bool(row["inner"]),
            content=int(self.state.needs[n]["content"]),
            feeds=[tuple(int(v) for v in feed) for feed in feeds],  # type: ignore[misc]
            standbys=standbys,
            **{name: int(row[name]) for name in names},
        )

    # --- own level -----------------------------------------------------------------------------

    def _level_of(self, one: Disruption, m: int) -> int | None:
        """The level that one disruption leaves in minute m; None when it does not hold."""
        if m < one.start or m >= one.begin + one.duration:
            return None
        level = one.depth
        curve = self.hazards.curves[one.curve]
        for p in self.hazards.points[curve["first"] : curve["end"]]:
            if m >= one.begin + one.duration * int(p["part"]) // 1000:
                level = one.depth + (1000 - one.depth) * int(p["regained"]) // 1000
        return level

    def _own(self, e: int, m: int) -> int:
        outage, causes = 1000, {}
        for one in self.struck[e]:
            level = self._level_of(one, m)
            if level is None:
                continue
            if one.kind == STAFF_LOSS:
                causes[one.cause] = min(causes.get(one.cause, 1000), level)
            else:
                outage = min(outage, level)
        x = 1000
        for level in sorted(causes.values()):
            x = x * level // 1000
        level = min(outage, x)
        return self._present(e, m, level) if self.graph.elements[e]["kind"] == STAFF else level

    def _present(self, e: int, m: int, level: int) -> int:
        group = self.graph.elements[e]
        present = int(group["headcount"]) * level // 1000
        if present < group["minimum_crew"]:
            level = 0
        if group["endurance"] == BLANK:
            return level
        endurance = int(group["endurance"])
        if m - self.since[e] >= endurance:  # the run up to this minute was long enough
            self.tired[e] = self.few[e]
        few = present <= group["tired_below"]
        if few != self.few[e]:
            self.few[e], self.since[e] = few, m
            if endurance == 0:
                self.tired[e] = few
        return level * int(group["fatigue"]) // 1000 if self.tired[e] else level

    # --- needs ---------------------------------------------------------------------------------

    def _primary(self, need: _Need, level: list[int]) -> tuple[int, int]:
        if need.rule == RULE_SHARE:
            units = sum(min(max(c * level[e] - before, 0), claim) for e, c, before, claim in need.feeds)
            return min(1000, units // need.required), units
        levels = sorted((level[e] for e, *_ in need.feeds), reverse=True)
        return (levels[-1] if need.rule == RULE_ALL else levels[need.k - 1]), 0

    def _gain(self, standby: _Standby, level: list[int]) -> int:
        if standby.refill == BLANK:
            return 0
        return standby.refill * (1000 if standby.refiller == BLANK else level[standby.refiller]) // 1000

    def _supply(self, need: _Need, m: int, level: list[int], keep: bool) -> int:
        """The supply of minute m; with ``keep`` activations and stocks move on by this minute."""
        supply, units = self._primary(need, level)
        for standby in need.standbys:
            begun, stock = standby.begun, standby.stock
            full = 1000 * max(standby.endurance, 0)
            if supply < need.threshold:
                begun = m if begun == IDLE else begun
            else:
                if begun != IDLE and standby.refill == BLANK:
                    stock = full
                begun = IDLE
            gain = self._gain(standby, level)
            if begun != IDLE and m >= begun + standby.delay:
                given = level[standby.element]
                if standby.endurance != BLANK:
                    if stock + gain >= 1000:
                        stock = min(full, stock - (1000 - gain))
                    else:
                        stock, given = 0, min(given, gain)
                if need.rule == RULE_SHARE:
                    units += standby.capacity * given
                    supply = min(1000, units // need.required)
                else:
                    supply = max(supply, min(standby.capacity, given))
            else:
                stock = min(full, stock + gain)
            if keep:
                standby.begun, standby.stock = begun, stock
        return supply

    def _through_buffer(self, need: _Need, supply: int, keep: bool) -> int:
        missing, full = 1000 - supply, 1000 * need.autonomy
        content = need.content
        if missing == 0:
            felt = 1000
            content = full if need.refill == BLANK else min(full, content + need.refill)
        elif content >= missing:
            felt = 1000
            content -= missing
        else:
            content = 0
            felt = max(supply, need.floor)
        if keep:
            need.content = content
        return felt

    def _before(self, first: int, end: int, m: int) -> int:
        """The least of what was felt before minute 0 and still counts in minute m."""
        steps = self.state.steps[first:end]
        return min((int(s["level"]) for s in steps if m < s["until"]), default=1000)

    def _remembered(self, recent: deque[int], felt: int, length: int) -> int:
        recent.append(felt)
        if len(recent) > length + 1:
            recent.popleft()
        return min(recent)

    def _outer(self, e: int, m: int, level: list[int]) -> int:
        least = 1000
        for need in self.needs_of[e]:
            if need.inner:
                continue
            felt = self._through_buffer(need, self._supply(need, m, level, True), True)
            row = self.state.needs[need.index]
            before = self._before(int(row["first_step"]), int(row["end_step"]), m)
            least = min(least, before, self._remembered(need.recent, felt, need.lag))
        return least

    # --- all elements --------------------------------------------------------------------------

    def levels(self) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in self.struck]
        for m in range(self.horizon):
            level = [1000] * len(self.struck)
            e = 0
            while e < len(level):
                cycle = int(self.graph.elements[e]["cycle"])
                if cycle == BLANK:
                    level[e] = min(self._own(e, m), self._outer(e, m, level))
                    e += 1
                    continue
                members = range(e, int(self.graph.cycles[cycle]["end"]))
                self._cycle(cycle, members, m, level)
                e = members.stop
            for e, value in enumerate(level):
                found[e].append(value)
        return found

    def _cycle(self, cycle: int, members: range, m: int, level: list[int]) -> None:
        base = {e: min(self._own(e, m), self._outer(e, m, level)) for e in members}
        inner = [n for e in members for n in self.needs_of[e] if n.inner]
        for e in members:
            level[e] = 1000
        while True:
            new = dict(base)
            for need in inner:
                felt = self._through_buffer(need, self._supply(need, m, level, False), False)
                new[need.element] = min(new[need.element], felt)
            if all(new[e] >= level[e] for e in members):
                break
            for e in members:
                level[e] = min(level[e], new[e])
        felt_inner = dict.fromkeys(members, 1000)
        for need in inner:
            felt = self._through_buffer(need, self._supply(need, m, level, True), True)
            felt_inner[need.element] = min(felt_inner[need.element], felt)
        delay = int(self.graph.cycles[cycle]["delay"])
        for e in members:
            row = self.state.elements[e]
            before = self._before(int(row["first_step"]), int(row["end_step"]), m)
            held = self._remembered(self.recent_inner[e], felt_inner[e], delay)
            level[e] = min(level[e], before, held)


def pieces(levels: list[int]) -> list[tuple[int, int]]:
    """Return (minute, level) where the level changes."""
    return [(m, level) for m, level in enumerate(levels) if m == 0 or levels[m - 1] != level]
