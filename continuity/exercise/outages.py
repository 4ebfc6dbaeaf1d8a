"""What was reported as a scenario: each outage from when it began, lasting on by what is known of it."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from continuity.exercise.picture import Picture, Report, follows
from continuity.model.edits import Add, Edit, Group, amend
from continuity.model.ids import derived_id
from continuity.model.kinds import Event, Fallback, Resource, Scenario, StaffGroup, Stage
from continuity.model.local_time import DAY as ONE_DAY
from continuity.model.local_time import DAY_MINUTES as DAY
from continuity.model.local_time import ZONE, local_instant
from continuity.model.organisation import Organisation
from continuity.model.values import Law, Outcome, StartRule
from continuity.simulation.laws import quantile

#: Days back to which an outage can reach.
MOST_BACK: Final = 60
#: Of what is reduced, nobody knows by how much.
HALF: Final = 500
_STEPS: Final = 40  # quantiles that stand for what is left of a law
_CODE: Final = "SITUATION"
#: Where nothing is known of the return and the element states no repair time.
UNKNOWN: Final = Law(law="lognormal", median=DAY, p90=7 * DAY)


def begin_of(organisation: Organisation, used: Sequence[Report]) -> dt.datetime:
    """Minute 0: a local midnight before any payment run began that the first report can have hit.

    Midnight comes once a day also when the clocks change.
    """
    opens = max((stage.opens_days for stage in organisation.all(Stage)), default=0)
    lead = (opens * 7 // 5 + 10) * ONE_DAY  # bank days, with weekends and holidays between
    first = min(r.happened for r in used).astimezone(ZONE).date()
    return local_instant(first - lead, 0)


def minutes_between(later: dt.datetime, earlier: dt.datetime) -> int:
    """Return the whole minutes between two moments."""
    return int((later - earlier).total_seconds() // 60)


def scenario_id(organisation: Organisation) -> str:
    """Return the id of the scenario that stands for the situation."""
    return derived_id(organisation.document, "scenario", _CODE)


def with_outages(
    organisation: Organisation,
    picture: Picture,
    used: Sequence[Report],
    minute0: dt.datetime,
    now: dt.datetime,
) -> Organisation:
    """The organisation with what was reported as a scenario, without background failures and fallbacks."""
    twin = organisation.copy()
    start = StartRule(on_or_after=minute0.astimezone(ZONE).date(), at=0)
    scenario = Scenario(
        id=scenario_id(twin), code=_CODE, name=_CODE, strain=picture.strain, decrees=picture.decrees,
        start=start, horizon_days=MOST_BACK,
    )  # fmt: skip
    events = _events(twin, used, minute0, now, scenario.id)
    edits: list[Edit] = [Add(scenario), *(Add(e) for e in events)]
    edits += [amend(r, mttf=None) for r in twin.all(Resource) if r.mttf is not None]
    edits += [amend(f, enabled=False) for f in twin.all(Fallback) if f.enabled and f.kind != "early"]
    twin.apply(Group("situation", tuple(edits)))
    return twin


def _events(
    organisation: Organisation, used: Sequence[Report], minute0: dt.datetime, now: dt.datetime, scenario: str
) -> list[Event]:
    """One event for each stretch in which an element was reported down or reduced."""
    events: list[Event] = []
    by_element: dict[str, list[Report]] = {}
    for report in used:
        told = by_element.setdefault(report.element, [])
        if told and (merged := follows(told[-1], report)).since is not None:
            told[-1] = replace(merged, happened=told[-1].happened)  # still so: no new outage
        else:
            told.append(report)
    for element, told in by_element.items():
        staff = isinstance(organisation.get(element), StaffGroup)
        for report, after in zip(told, [*told[1:], None], strict=True):
            if report.state == "up" or (after is not None and after.happened <= report.happened):
                continue
            if after is not None:
                law = Law(law="fixed", likely=max(1, minutes_between(after.happened, report.happened)))
            else:
                law = remaining(organisation, report, now)[0]
            number = len(events)
            events.append(
                Event(
                    id=derived_id(organisation.document, "event", f"{_CODE}/{number}"),
                    code=f"{_CODE}/{number + 1}",
                    scenario=scenario,
                    position=number,
                    name=report.words or _CODE,
                    type="staff" if staff else "outage",
                    cause=f"{number}" if staff else "",
                    elements=(element,),
                    offset=max(0, minutes_between(report.happened, minute0)),
                    duration=law,
                    depth=(report.level or HALF) if report.state == "reduced" else 0,
                )
            )
    return events


def remaining(organisation: Organisation, report: Report, now: dt.datetime) -> tuple[Law, str]:
    """The law of the whole outage, given that it lasts now, and its basis: what was said, else its own."""
    lasted = max(0, minutes_between(now, report.happened))
    stated = [report.back_earliest, report.back_likely, report.back_latest]
    known = sorted(minutes_between(m, report.happened) for m in stated if m is not None)
    if known and known[-1] > lasted:
        low, high = max(lasted + 1, known[0]), max(lasted + 1, known[-1])
        if low == high:
            return Law(law="fixed", likely=low), "stated"
        likely = min(high, max(low, known[len(known) // 2]))
        return Law(law="triangular", low=low, likely=likely, high=high), "stated"
    element = organisation.get(report.element)
    own = element.repair if isinstance(element, Resource) else None
    if known:
        basis = "overdue"
    elif own is None:
        basis = "none"
    else:
        basis = "long" if quantile(own, 0.999) <= lasted else "law"
    return lasting(own or UNKNOWN, lasted), basis


def lasting(law: Law, lasted: int) -> Law:
    """Return ``law`` given that it lasts longer than ``lasted`` minutes, as equally likely values.

    Where the law allows nothing longer, what is left is unknown: as long again, with a wide spread.
    """
    if quantile(law, 0.999) <= lasted:
        law = Law(law="lognormal", median=max(1, 2 * lasted), p90=max(2, 6 * lasted))
    share = bisect_left(range(1000), True, key=lambda n: quantile(law, n / 1000 + 0.0005) > lasted) / 1000
    cuts = [share + (1 - share) * (n + 0.5) / _STEPS for n in range(_STEPS)]
    values = [max(lasted + 1, int(quantile(law, cut) + 0.5)) for cut in cuts]
    return Law(law="empirical", outcomes=tuple(Outcome(minutes=v) for v in values))
