"""The cut-down rules written for salabim: one component per disrupted element, one per look."""

from __future__ import annotations

from collections.abc import Iterator

import salabim as sim

from bench.plain_rules import Pieces, PlainModel, Spans

sim.yieldless(False)


class _Disruption(sim.Component):
    def setup(self, world: _World, place: int, down: Spans) -> None:
        self.world, self.place, self.down = world, place, down

    def process(self) -> Iterator[object]:
        for start, end in self.down:
            for minute, broken in ((start, True), (end, False)):
                yield self.hold(till=minute)
                self.world.broken[self.place] = broken
                self.world.ask(self.place, minute)


class _Look(sim.Component):
    def setup(self, world: _World, place: int) -> None:
        self.world, self.place = world, place

    def process(self) -> Iterator[object]:
        self.world.look(self.place, round(self.env.now()))
        return
        yield


class _World:
    def __init__(self, model: PlainModel, spans: list[Spans]) -> None:
        self.model, self.env = model, sim.Environment(trace=False)
        size = len(model.needs)
        self.broken, self.up = [False] * size, [True] * size
        self.empty: list[list[int | None]] = [[None] * len(needs) for needs in model.needs]
        self.pieces: list[Pieces] = [[(0, 1000)] for _ in model.needs]
        self.dependents: list[set[int]] = [set() for _ in model.needs]
        for place, needs in enumerate(model.needs):
            for need in needs:
                for source in need.sources:
                    self.dependents[source].add(place)
        for place, down in enumerate(spans):
            if down:
                _Disruption(world=self, place=place, down=down, env=self.env)

    def ask(self, place: int, minute: int) -> None:
        _Look(world=self, place=place, at=minute, priority=1 + place, env=self.env)

    def look(self, place: int, now: int) -> None:
        up = not self.broken[place]
        for number, need in enumerate(self.model.needs[place]):
            if sum(self.up[source] for source in need.sources) >= need.k:
                self.empty[place][number] = None
                continue
            empty = self.empty[place][number]
            if empty is None:
                empty = self.empty[place][number] = now + need.autonomy
                if need.autonomy:
                    self.ask(place, empty)
            up = up and now < empty
        if up == self.up[place]:
            return
        self.up[place] = up
        pieces = self.pieces[place]
        if pieces[-1][0] == now:
            pieces.pop()
        pieces.append((now, 1000 if up else 0))
        for dependent in self.dependents[place]:
            self.ask(dependent, now)


def levels(model: PlainModel, spans: list[Spans]) -> list[Pieces]:
    """Return the pieces of every element in one replication; ``spans`` are the own times down."""
    world = _World(model, spans)
    world.env.run(till=model.horizon)
    return [[(m, level) for m, level in pieces if m < model.horizon] for pieces in world.pieces]
