"""An event as a bar on the time line: its offset, its law of durations, and words for both."""

from __future__ import annotations

import math
from collections.abc import Callable

from continuity.model.kinds import Element, Event, Resource, Scenario
from continuity.model.organisation import Organisation
from continuity.model.values import LAWS, Law
from continuity.words import _, current, ngettext
from ui.charts.happenings import Happening
from ui.panels.scenarios.targets import targets
from ui.shown import name_of

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
    known: dict[str, Callable[[Law], tuple[float, float, float]]] = {
        "uniform": lambda a: (a.low or 0, ((a.low or 0) + (a.high or 0)) / 2, a.high or 0),
        "triangular": lambda a: (a.low or 0, a.likely or 0, a.high or 0),
        "pert": lambda a: (a.low or 0, a.likely or 0, a.high or 0),
        "exponential": lambda a: tuple(-(a.mean or 0) * math.log(1 - q) for q in (0.1, 0.5, 0.9)),
        "lognormal": lambda a: ((a.median or 0) ** 2 / max(1, a.p90 or 1), a.median or 0, a.p90 or 0),
        "weibull": _weibull,
        "empirical": _empirical,
    }
    ends = known.get(law.law, lambda a: (a.likely or 0,) * 3)(law)
    low, likely, high = (max(1, round(end)) for end in ends)
    return low, likely, max(likely, high)


def _weibull(law: Law) -> tuple[float, float, float]:
    scale, shape = law.scale or 0, law.shape or 1.0
    return tuple(scale * (-math.log(1 - q)) ** (1 / shape) for q in (0.1, 0.5, 0.9))  # type: ignore[return-value]


def _empirical(law: Law) -> tuple[float, float, float]:
    found = sorted((o.minutes, o.weight) for o in law.outcomes)
    if not found:
        return 0, 0, 0
    half, so_far = sum(weight for _minutes, weight in found) / 2, 0.0
    for minutes, weight in found:
        so_far += weight
        if so_far >= half:
            return found[0][0], minutes, found[-1][0]
    return found[0][0], found[-1][0], found[-1][0]


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
