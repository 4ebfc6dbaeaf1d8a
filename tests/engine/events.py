"""A reference engine on SimPy: disruptions are processes, elements are looked at when something changes.

Within a minute, disruptions come first (SimPy's ordinary priorities), then the elements in topological
order (priorities from ``FIRST`` on), so that each feels its suppliers' level of the same minute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import simpy

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
from tests.engine.plain_rows import in_plain

FIRST = 10
Pieces = list[tuple[int, int]]


def levels_by_events(
    compiled: Compiled, sample: Sample, replication: int, state: State | None = None
) -> list[Pieces]:
    """Return per element the pieces (minute, level) of one replication."""
    return levels_of_one(in_plain(compiled, state), disruptions(compiled, sample, replication))


def levels_of_one(plain: Compiled, struck: list[Disruption]) -> list[Pieces]:
    """Return per element the pieces under these disruptions; ``plain`` as :func:`in_plain` gives it."""
    world = _World(plain, struck)
    world.env.run(until=plain.graph.horizon)
    return [element.pieces for element in world.elements]


@dataclass(eq=False)
class _Reservoir:
    """A stock that drains or fills evenly between looks."""

    amount: int
    full: int
    rate: int = 0  # lost per minute; negative: won
    since: int = 0

    def catch_up(self, now: int) -> None:
        lost = self.rate * (now - self.since)
        # the minute that asks for more than is left empties it
        self.amount = 0 if lost > self.amount else min(self.full, self.amount - lost)
        self.since = now


@dataclass(eq=False)
class _Memory:
    """The least of the last ``length`` minutes and this one."""

    length: int
    steps: list[tuple[int, int]]  # (until, level) of what stood before minute 0
    spans: list[list[int]] = field(default_factory=list)  # [level, end]; the last is open

    def note(self, now: int, level: int, ask: Callable[[int], None]) -> int:
        if not self.spans:
            for until, _ in self.steps:
                ask(until)
            self.spans.append([level, 10**18])
        elif self.spans[-1][0] != level:
            self.spans[-1][1] = now + self.length
            ask(now + self.length)
            self.spans.append([level, 10**18])
        self.spans = [span for span in self.spans if span[1] > now]
        old = min((level for until, level in self.steps if now < until), default=1000)
        return min(old, *(span[0] for span in self.spans))


class _Need:
    def __init__(self, world: _World, n: int) -> None:
        graph, state = world.compiled.graph, world.state
        self.world, self.row = world, graph.needs[n]
        row = self.row
        primary = graph.feeds[row["first_feed"] : row["end_primary"]]
        self.feeds = [(f["element"], f["capacity"], f["before"], f["claim"]) for f in primary]
        full = 1000 * int(row["autonomy"])
        self.buffer = _Reservoir(int(state.needs[n]["content"]), full)
        self.standbys = []
        for b in range(row["first_standby"], row["end_standby"]):
            one = graph.standbys[b]
            ends = [int(graph.feeds[one["feed"] + i]["element"]) for i in (0, 1)]
            stock = _Reservoir(int(state.standbys[b]["stock"]), 1000 * max(0, int(one["endurance"])))
            self.standbys.append((one, ends, stock, [int(state.standbys[b]["begun"])]))
        first, end = int(state.needs[n]["first_step"]), int(state.needs[n]["end_step"])
        steps = [(int(s["until"]), int(s["level"])) for s in state.steps[first:end]]
        self.memory = _Memory(int(row["lag"]), steps)

    @property
    def sources(self) -> set[int]:
        refillers = {ends[1] for _, ends, _, _ in self.standbys}
        return {f[0] for f in self.feeds} | {ends[0] for _, ends, _, _ in self.standbys} | refillers - {BLANK}

    def catch_up(self, now: int) -> None:
        self.buffer.catch_up(now)
        for _, _, stock, _ in self.standbys:
            stock.catch_up(now)

    def _primary(self) -> tuple[int, int]:
        level = self.world.level
        if self.row["rule"] == RULE_SHARE:
            units = sum(min(max(c * level(e) - b, 0), claim) for e, c, b, claim in self.feeds)
            return min(1000, units // int(self.row["required"])), units
        ranked = sorted(level(e) for e, *_ in self.feeds)
        return ranked[0 if self.row["rule"] == RULE_ALL else -int(self.row["k"])], 0

    def look(self, now: int, settle: bool, ask: Callable[[int], None]) -> int:
        """Return what is felt through the buffer now; ``settle`` sets the rates until the next look."""
        supply, units = self._primary()
        level = self.world.level
        for one, (element, refiller), stock, begun in self.standbys:
            began = begun[0]
            if supply < self.row["threshold"]:
                began = now if began == IDLE else began
            else:
                if settle and began != IDLE and one["refill"] == BLANK:
                    stock.amount = stock.full
                began = IDLE
            refill = 0 if one["refill"] == BLANK else int(one["refill"])
            gain = refill * (1000 if refiller == BLANK else level(refiller)) // 1000
            counts = began != IDLE and now >= began + int(one["delay"])
            endless = one["endurance"] == BLANK
            dry = stock.amount + gain < 1000
            if settle:
                begun[0] = began
                stock.rate = (1000 if counts else 0) - gain
                if began != IDLE and not counts:
                    ask(began + int(one["delay"]))
                if counts and not endless and not dry and stock.rate > 0:
                    ask(now + stock.amount // stock.rate)
            if not counts:
                continue
            given = level(element) if endless or not dry else min(level(element), gain)
            if self.row["rule"] == RULE_SHARE:
                units += int(one["capacity"]) * given
                supply = min(1000, units // int(self.row["required"]))
            else:
                supply = max(supply, min(int(one["capacity"]), given))
        missing = 1000 - supply
        bridged = missing <= self.buffer.amount
        if settle:
            self._settle_buffer(missing, bridged, now, ask)
        return 1000 if bridged else max(supply, int(self.row["floor"]))

    def _settle_buffer(self, missing: int, bridged: bool, now: int, ask: Callable[[int], None]) -> None:
        if missing:
            self.buffer.rate = missing
            if bridged:
                ask(now + self.buffer.amount // missing)
        elif self.row["refill"] == BLANK:
            self.buffer.rate = 0
            self.buffer.amount = self.buffer.full
        else:
            self.buffer.rate = -int(self.row["refill"])


class _Element:
    """One element: its disruptions' levels, its needs, its pieces so far."""

    def __init__(self, world: _World, index: int, struck: list[Disruption]) -> None:
        self.world, self.index = world, index
        self.row, before = world.compiled.graph.elements[index], world.state.elements[index]
        self.now: dict[int, tuple[Disruption, int]] = {}
        self.pieces: Pieces = []
        self.level = 1000
        self.tired, self.few, self.since = (
            bool(before["tired"]),
            bool(before["few"]),
            int(before["run_began"]),
        )
        self.needs = [_Need(world, n) for n in range(self.row["first_need"], self.row["end_need"])]
        first, end = int(before["first_step"]), int(before["end_step"])
        self.black = _Memory(0, [(int(s["until"]), int(s["level"])) for s in world.state.steps[first:end]])
        for number, one in enumerate(struck):
            world.env.process(self._disrupt(number, one))

    def _disrupt(self, number: int, one: Disruption) -> Iterator[simpy.Event]:
        env, hazards = self.world.env, self.world.compiled.hazards
        curve = hazards.curves[one.curve]
        moments = [(one.start, one.depth)]
        for point in hazards.points[curve["first"] : curve["end"]]:
            minute = one.begin + one.duration * int(point["part"]) // 1000
            moments.append((minute, one.depth + (1000 - one.depth) * int(point["regained"]) // 1000))
        for place, (minute, level) in enumerate(moments):
            if minute > env.now:
                yield env.timeout(minute - env.now)
            self.now[number] = (one, level)
            if place == len(moments) - 1:
                del self.now[number]
            self.world.group_of(self.index).ask(int(env.now))

    def own(self, now: int, ask: Callable[[int], None]) -> int:
        losses: dict[int, int] = {}
        level = 1000
        for one, left in self.now.values():
            if one.kind == STAFF_LOSS:
                losses[one.cause] = min(left, losses.get(one.cause, 1000))
            else:
                level = min(level, left)
        remaining = 1000
        for left in sorted(losses.values()):
            remaining = remaining * left // 1000
        level = min(level, remaining)
        return self._staffed(level, now, ask) if self.row["kind"] == STAFF else level

    def _staffed(self, level: int, now: int, ask: Callable[[int], None]) -> int:
        present = int(self.row["headcount"]) * level // 1000
        level = level if present >= self.row["minimum_crew"] else 0
        endurance = int(self.row["endurance"])
        if endurance == BLANK:
            return level
        if now >= self.since + endurance:
            self.tired = self.few
        few = bool(present <= self.row["tired_below"])
        if few != self.few:
            self.few, self.since = few, now
            if endurance == 0:
                self.tired = self.few
        ask(self.since + endurance)
        return level * int(self.row["fatigue"]) // 1000 if self.tired else level

    def outer(self, now: int, ask: Callable[[int], None]) -> int:
        felt = [n.memory.note(now, n.look(now, True, ask), ask) for n in self.needs if not n.row["inner"]]
        return min(felt, default=1000)

    def show(self, now: int, level: int) -> bool:
        """Let ``level`` hold from now on; tell whether that is a change."""
        if self.pieces and self.pieces[-1][1] == level:
            return False
        self.level = level
        self.pieces.append((now, level))
        return True


class _Group:
    """An element, or the members of a cycle, looked at together."""

    def __init__(self, world: _World, rank: int, members: list[_Element], cycle: int) -> None:
        self.world, self.rank, self.members = world, rank, members
        self.cycle = None if cycle == BLANK else world.compiled.graph.cycles[cycle]
        self.inner = [(e, n) for e in members for n in e.needs if n.row["inner"]]
        self.dependents: list[_Group] = []
        self.asked: set[int] = set()
        if self.cycle is not None:
            for element in members:
                element.black.length = int(self.cycle["delay"])

    def ask(self, minute: int) -> None:
        """Look at this group in ``minute``, after the groups before it."""
        now = int(self.world.env.now)
        if minute < now or minute in self.asked or minute >= self.world.compiled.horizon:
            return
        self.asked.add(minute)
        moment = simpy.Event(self.world.env)
        moment._ok, moment._value = True, None
        assert moment.callbacks is not None
        moment.callbacks.append(lambda _: self.look(minute))
        self.world.env.schedule(moment, priority=FIRST + self.rank, delay=minute - now)

    def later(self, minute: int) -> None:
        """Look again in a later minute."""
        if minute > self.world.env.now:
            self.ask(minute)

    def look(self, now: int) -> None:
        self.asked.discard(now)
        for element in self.members:
            for need in element.needs:
                need.catch_up(now)
        base = [min(e.own(now, self.later), e.outer(now, self.later)) for e in self.members]
        levels = base if self.cycle is None else self._fall(now, base)
        changed = [e.show(now, level) for e, level in zip(self.members, levels, strict=True)]
        if any(changed):
            for group in self.dependents:
                group.ask(now)

    def _fall(self, now: int, base: list[int]) -> list[int]:
        assert self.cycle is not None
        shown = [e.level for e in self.members]
        for e in self.members:
            e.level = 1000
        while True:
            new = dict(zip(self.members, base, strict=True))
            for e, need in self.inner:
                new[e] = min(new[e], need.look(now, False, lambda _: None))
            lower = {e: new[e] for e in self.members if new[e] < e.level}
            if not lower:
                break
            for e, level in lower.items():
                e.level = level
        inner = dict.fromkeys(self.members, 1000)
        for e, need in self.inner:
            inner[e] = min(inner[e], need.look(now, True, self.later))
            if not self.cycle["steady"]:
                self.ask(now + 1)
        levels = [min(e.level, e.black.note(now, inner[e], self.later)) for e in self.members]
        for e, level in zip(self.members, shown, strict=True):
            e.level = level
        return levels


class _World:
    def __init__(self, compiled: Compiled, struck: list[Disruption]) -> None:
        self.compiled, self.state = compiled, compiled.state
        self.env = simpy.Environment()
        running = [Disruption(**row) for row in compiled.state.running]
        by_element: list[list[Disruption]] = [[] for _ in compiled.element_ids]
        self.groups: list[_Group] = []
        self._group_of: dict[int, _Group] = {}
        for one in [*running, *struck]:
            by_element[one.element].append(one)
        self.elements = [_Element(self, e, struck) for e, struck in enumerate(by_element)]
        self._make_groups()
        for group in self.groups:
            group.ask(0)

    def _make_groups(self) -> None:
        e = 0
        while e < len(self.elements):
            cycle = int(self.compiled.graph.elements[e]["cycle"])
            end = e + 1 if cycle == BLANK else int(self.compiled.graph.cycles[cycle]["end"])
            group = _Group(self, len(self.groups), self.elements[e:end], cycle)
            self.groups.append(group)
            self._group_of.update(dict.fromkeys(range(e, end), group))
            e = end
        for group in self.groups:
            for element in group.members:
                for source in {s for need in element.needs for s in need.sources}:
                    if self._group_of[source] is not group:
                        self._group_of[source].dependents.append(group)

    def group_of(self, element: int) -> _Group:
        return self._group_of[element]

    def level(self, element: int) -> int:
        return self.elements[element].level
