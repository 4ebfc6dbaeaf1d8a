"""Rules about how functions are judged, staff is counted, and owners stand by what is said of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from continuity.model.durations import format_duration
from continuity.model.impact import falling, proposed_mtpd, scale_of, unjudged, verdict
from continuity.model.kinds import Element, Function, StaffGroup
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem
from continuity.model.rules.said import said
from continuity.model.signing import signed
from continuity.model.staffing import CHECK_DAYS, counted_twice, needed_in_war, placement, promised, promises


def impacts_are_judged(organisation: Organisation) -> Iterator[Problem]:
    """A function that needs the full analysis has a whole matrix in which harm does not shrink with time."""
    scale = scale_of(organisation)
    if scale is None:
        return
    for function in organisation.all(Function):
        missing = unjudged(function, scale)
        if missing and function.in_use and verdict(function, scale) == "full":
            yield said("impact-incomplete", "hint", function, "impact", n=missing)
        if found := falling(function, scale):
            code, after = found
            name = next(kind.name for kind in scale.types if kind.code == code)
            facts = {"impact": name, "after": format_duration(after)}
            yield said("impact-falls", "hint", function, "impact", **facts)


def mtpd_follows_from_impacts(organisation: Organisation) -> Iterator[Problem]:
    """An MTPD that differs from what the impacts propose says why."""
    scale = scale_of(organisation)
    if scale is None:
        return
    for function in organisation.all(Function):
        proposal = proposed_mtpd(function, scale)
        if proposal is None or function.mtpd is None or function.mtpd_reason.strip():
            continue
        facts = {"mtpd": format_duration(function.mtpd), "proposed": format_duration(proposal.minutes)}
        if function.mtpd > proposal.minutes:
            yield said("mtpd-over-impacts", "warning", function, "mtpd_reason", **facts)
        elif function.mtpd < proposal.minutes:
            yield said("mtpd-under-impacts", "hint", function, "mtpd_reason", **facts)


def owners_stand_by_it(organisation: Organisation) -> Iterator[Problem]:
    """A sign-off holds for the record as it was signed."""
    for function in organisation.all(Function):
        if signed(organisation, function) == "stale" and function.signed_on is not None:
            yield said("sign-off-stale", "warning", function, "signed_on", date=str(function.signed_on))


def staff_is_counted_once(organisation: Organisation) -> Iterator[Problem]:
    """A group is not promised to more persons at once than it has."""
    for id_, held in counted_twice(organisation).items():
        group = organisation.of(StaffGroup, id_)
        if group is not None:
            names = {p.dependent: organisation.of(Element, p.dependent) for p in held}
            facts = {
                "promised": promised(held, id_),
                "headcount": group.headcount,
                "functions": ", ".join(e.name for e in names.values() if e),
            }
            yield said("staff-promised-twice", "warning", group, "headcount", **facts)


def enough_people_stay(organisation: Organisation) -> Iterator[Problem]:
    """Enough people stay for what war asks of their group, even if all that are not checked have to go."""
    held = promises(organisation)
    for group in organisation.all(StaffGroup):
        known = placement(group)
        if not group.in_use or not known.known:
            continue
        asked = needed_in_war(organisation, group, held)
        if known.least < asked:
            facts = {"needed": asked, "least": known.least, "most": known.most}
            yield said("placement-short", "warning", group, "not_checked", **facts)


def placements_are_checked(organisation: Organisation, today: dt.date) -> Iterator[Problem]:
    """Placements were checked within a year."""
    for group in organisation.all(StaffGroup):
        known = placement(group)
        if not group.in_use or not known.known:
            continue
        if known.checked_on is None:
            yield said("placement-undated", "warning", group, "placement_checked")
        elif (today - known.checked_on).days > CHECK_DAYS:
            yield said("placement-old", "warning", group, "placement_checked", date=str(known.checked_on))


RULES = (
    impacts_are_judged,
    mtpd_follows_from_impacts,
    owners_stand_by_it,
    staff_is_counted_once,
    enough_people_stay,
)
DATED = (placements_are_checked,)
