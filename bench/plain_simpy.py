"""The cut-down rules (on or off: all, k of n, buffers) written for SimPy, as plainly as a planner would.

Elements and disruptions are processes. An element is called when something that feeds it has changed; within
a minute in topological order, so that each feels what the others are in that minute.
"""

from __future__ import annotations

from collections.abc import Iterator

import simpy

from bench.plain_rules import Pieces, PlainModel, Spans

_FIRST = 10  # priorities from here on: after disruptions and buffers, which have SimPy's own


class _Element:
    __slots__ = ("broken", "dependents", "empty", "pieces", "up", "wake")

    def __init__(self, needs: int) -> None:
        self.dependents: list[int] = []
        self.empty: list[int | None] = [None] * needs  # minute at which each buffer runs dry
        self.broken, self.up = False, True
        self.pieces: Pieces = [(0, 1000)]
        self.wake: simpy.Event | None = None  # for which its process waits; None: already called


class _World:
    def __init__(self, model: PlainModel, spans: list[Spans]) -> None:
        self.model, self.env = model, simpy.Environment()
        self.elements = [_Element(len(needs)) for needs in model.needs]
        for place, needs in enumerate(model.needs):
            for source in {source for need in needs for source in need.sources}:
                self.elements[source].dependents.append(place)
        for place, down in enumerate(spans):
            self.env.process(self._live(place))
            if down:
                self.env.process(self._disrupt(place, down))

    def _live(self, place: int) -> Iterator[simpy.Event]:
        element = self.elements[place]
        while True:
            element.wake = self.env.event()
            yield element.wake
            self.look(place, int(self.env.now))

    def _disrupt(self, place: int, down: Spans) -> Iterator[simpy.Event]:
        element, env = self.elements[place], self.env
        for start, end in down:
            yield env.timeout(start - env.now)
            element.broken = True
            self.call(place)
            yield env.timeout(end - env.now)
            element.broken = False
            self.call(place)

    def _drain(self, place: int, autonomy: int) -> Iterator[simpy.Event]:
        yield self.env.timeout(autonomy)
        self.call(place)

    def call(self, place: int) -> None:
        """Let an element look, after those before it in the order."""
        wake = self.elements[place].wake
        if wake is not None:
            self.elements[place].wake = None
            wake._ok, wake._value = True, None
            self.env.schedule(wake, priority=_FIRST + place)

    def look(self, place: int, now: int) -> None:
        element = self.elements[place]
        up = not element.broken
        for number, need in enumerate(self.model.needs[place]):
            if sum(self.elements[source].up for source in need.sources) >= need.k:
                element.empty[number] = None
                continue
            empty = element.empty[number]
            if empty is None:
                empty = element.empty[number] = now + need.autonomy
                if need.autonomy:
                    self.env.process(self._drain(place, need.autonomy))
            up = up and now < empty
        if up == element.up:
            return
        element.up = up
        if element.pieces[-1][0] == now:
            element.pieces.pop()
        element.pieces.append((now, 1000 if up else 0))
        for dependent in element.dependents:
            self.call(dependent)


def levels(model: PlainModel, spans: list[Spans]) -> list[Pieces]:
    """Return the pieces of every element in one replication; ``spans`` are the own times down."""
    world = _World(model, spans)
    world.env.run(until=model.horizon)
    return [element.pieces for element in world.elements]
