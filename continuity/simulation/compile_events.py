"""What is wrong with the events of a scenario, and in which order they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from continuity.model.kinds import Event
from continuity.model.targets import Targets
from continuity.model.values import ShapePoint
from continuity.simulation.compile_order import in_order
from continuity.simulation.compiled import FULL

__all__ = ["STEP", "Targets", "event_faults", "ordered_events"]

MOST_POINTS = 10
STEP = (ShapePoint(part=FULL, regained=FULL),)
Fault = tuple[str, str, dict[str, object]]  # code, field, facts


def ordered_events(events: Sequence[Event]) -> tuple[list[Event], list[Event]]:
    """Return the events, each behind the one it follows, and those that wait for one another in a loop."""
    by_id = {event.id: event for event in events}
    groups = in_order(by_id, [(event.after, event.id) for event in events if event.after])
    loops = [by_id[id_] for group in groups for id_ in group if len(group) > 1 or by_id[id_].after == id_]
    return [by_id[id_] for group in groups for id_ in group], loops


def event_faults(event: Event, siblings: set[str]) -> Iterator[Fault]:
    """Yield what is wrong with an event on its own."""
    if event.after and event.after not in siblings:
        yield "after-elsewhere", "after", {}
    if event.repeat_times > 1 and event.repeat_every is None:
        yield "repeat-without-interval", "repeat_every", {"times": event.repeat_times}
    if event.shape:
        yield from _shape_faults(event.shape)


def _shape_faults(shape: Sequence[ShapePoint]) -> Iterator[Fault]:
    parts = [point.part for point in shape]
    if len(shape) > MOST_POINTS:
        yield "shape-too-long", "shape", {"points": len(shape), "most": MOST_POINTS}
    if parts != sorted(parts):
        yield "shape-order", "shape", {}
    if (shape[-1].part, shape[-1].regained) != (FULL, FULL):
        yield "shape-end", "shape", {}
