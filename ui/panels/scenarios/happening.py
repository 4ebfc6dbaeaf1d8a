"""An event as a bar on the time line: its offset, its law of durations, and words for both."""

from __future__ import annotations

import dataclasses

from continuity.model.kinds import Element, Event, Resource, Scenario
from continuity.model.laws import faults, quantile_of
from continuity.model.organisation import Organisation
from continuity.model.values import LAWS, Law
from continuity.words import _, current, ngettext
from ui.charts.happenings import Happening
from ui.panels.scenarios.targets import targets
from ui.shown import name_of

_DURATIONS = ("low", "likely", "high", "mean", "median", "p90", "scale")
_DEPTH = 12  # events after events after events: more than anybody writes
_WITHOUT_LAW = (60, 240, 1440)


def happenings(organisation: Organisation, scenario: Scenario) -> tuple[Happening, ...]:
    """Return the events of ``scenario`` in order."""
    events = organisation.parts(scenario.id, Event)
    return tuple(happening(organisation, event) for event in events)


def happening(organisation: Organisation, event: Event) -> Happening:
    """Return ``event`` as it stands on the time line."""
    hit = targets(organisation, event)
    low, likely, high = lasts(event, hit)
    return Happening(
        key=event.id,
        name=event.name,
        start=begins(organisation, event),
        low=low,
        likely=likely,
        high=high,
        depth=event.depth,
        hits=len(hit),
        said=hits_said(hit),
        how_long=how_long(event),
        chance=event.probability,
        repeats=(event.repeat_every or 0, event.repeat_times if event.repeat_every else 1),
        after=_after(organisation, event),
        own_law=event.duration is None,
        offset=event.offset,
    )


def begins(organisation: Organisation, event: Event, depth: int = 0) -> int:
    """Return the minute at which ``event`` begins, those it waits for lasting as long as is likely."""
    before = organisation.of(Event, event.after)
    if before is None or depth > _DEPTH:
        return event.offset
    minute = begins(organisation, before, depth + 1)
    if event.after_point == "end":
        minute += lasts(before, targets(organisation, before))[1]
    return minute + event.offset


def _after(organisation: Organisation, event: Event) -> str:
    before = organisation.of(Event, event.after)
    if before is None:
        return ""
    if event.after_point == "end":
        return _("after the end of “{event}”", event=before.name)
    return _("after the start of “{event}”", event=before.name)


def hits_said(hit: list[Element]) -> str:
    """Return what is hit in a few words."""
    if not hit:
        return _("hits nothing")
    if len(hit) == 1:
        return name_of(hit[0])
    first = name_of(hit[0])
    return ngettext("{name} and {n} more", "{name} and {n} more", len(hit) - 1, name=first)


# --- how long -----------------------------------------------------------------------------------


def lasts(event: Event, hit: list[Element]) -> tuple[int, int, int]:
    """Return the shortest, the likely and the longest duration in minutes (nine of ten within)."""
    if event.duration is not None:
        return spread(event.duration)
    own = [spread(e.repair) for e in hit if isinstance(e, Resource) and e.repair is not None]
    if not own:
        return _WITHOUT_LAW
    return min(o[0] for o in own), sorted(o[1] for o in own)[len(own) // 2], max(o[2] for o in own)


def spread(law: Law) -> tuple[int, int, int]:
    """Return (shortest, likely, longest) of a law; for laws without ends the 10 and 90 % quantiles."""
    if next(faults(law), None):
        return (1, 1, 1)  # its form says what is missing
    match law.law:
        case "triangular" | "pert":
            ends = (law.low or 0, law.likely or 0, law.high or 0)
        case "uniform" | "empirical":
            ends = tuple(quantile_of(law, share) for share in (0.0, 0.5, 1.0))
        case _:
            ends = tuple(quantile_of(law, share) for share in (0.1, 0.5, 0.9))
    low, likely, high = (max(1, round(end)) for end in ends)
    return low, likely, max(likely, high)


def stretched(law: Law, ratio: float) -> Law:
    """Return ``law`` with every duration so many times as long."""

    def of(minutes: int | None) -> int | None:
        return None if minutes is None else max(1, round(minutes * ratio)) if minutes else 0

    return dataclasses.replace(
        law,
        **{name: of(getattr(law, name)) for name in _DURATIONS},
        outcomes=tuple(dataclasses.replace(o, minutes=of(o.minutes)) for o in law.outcomes),
    )


def how_long(event: Event) -> str:
    """Return the law of durations in words."""
    law = event.duration
    if law is None:
        return _("lasts as long as the repair of what is hit")
    words = current()
    low, likely, high = spread(law)
    if low == high:
        return _("lasts {time}", time=words.duration(likely))
    name = _(LAWS[law.law]).lower()
    return _(
        "lasts {low} to {high}, {likely} in between ({law})",
        low=words.duration(low, coarse=True),
        high=words.duration(high, coarse=True),
        likely=words.duration(likely, coarse=True),
        law=name,
    )
