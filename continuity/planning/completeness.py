"""How complete a plan is: the standard's list (ISO/TS 22332, 7.2-7.3) against the model, point by point.

A point that is not met names the record and field where it is filled in. What a plan itself marks as
missing is counted beside the list.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from continuity.model.kinds import Contact, Function, Need, Plan, Procedure, Record, Role, Site, Step, kind_of
from continuity.planning.blocks import Document, Missing
from continuity.planning.contents.parts import plan_of
from continuity.planning.material import Material


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the list: what it is, whether it is met, and where it is filled in."""

    what: str
    met: bool
    where: str = ""
    kind: str = ""
    record: str = ""  # id; empty where a record is to be added
    field: str = ""


@dataclass(frozen=True, slots=True)
class Completeness:
    """All points of one plan."""

    code: str
    points: tuple[Point, ...]
    has_list: bool = False  # held against the standard; else only its own marks are counted

    @property
    def missing(self) -> tuple[Point, ...]:
        """The points that are not met."""
        return tuple(point for point in self.points if not point.met)

    @property
    def met(self) -> int:
        """How many points are met."""
        return sum(point.met for point in self.points)

    @property
    def permille(self) -> int:
        """How complete, in thousandths; a plan without points is complete."""
        return self.met * 1000 // len(self.points) if self.points else 1000


def completeness(m: Material, code: str, document: Document) -> Completeness:
    """Return the points of the plan ``code``, those of its own marks last."""
    check = _Check(m)
    kind, _, number = code.partition("/")
    found: list[Point] = []
    if kind == "agency" or kind == "team":
        found = list(check.agency())
    elif kind == "function" and (function := m.organisation.find("function", number)):
        found = list(check.function(function))  # type: ignore[arg-type]
    elif kind == "site" and (site := m.organisation.find("site", number)):
        found = list(check.site(site))  # type: ignore[arg-type]
    has_list = bool(found)
    held = {(p.kind, p.record, p.field) for p in found if not p.met}
    marks = {b: None for b in document.blocks() if isinstance(b, Missing)}
    found += [
        Point(mark.what, False, mark.where, mark.kind, mark.record, mark.field)
        for mark in marks
        if (mark.kind, mark.record, mark.field) not in held
    ]
    return Completeness(code, tuple(found), has_list)


class _Check:
    """The points for each kind of plan."""

    def __init__(self, m: Material) -> None:
        self.m, self._ = m, m.words._
        self.reached = {c.role for c in m.organisation.all(Contact) if c.phone or c.mobile or c.rakel}

    def agency(self) -> Iterator[Point]:
        """Of the agency's own plan and those of its teams."""
        m, _ = self.m, self._
        own = [r for r in m.organisation.all(Role) if r.team != "external"]
        leads = [r for r in own if r.team in ("strategic", "tactical")]
        steps = m.organisation.all(Procedure)
        yield self._field(_("Purpose and objectives"), m.agency, "mission")
        yield Point(_("Assumptions"), True)
        yield self._each(_("Activation: each card has a trigger and a lead"), steps, "trigger", _is_led)
        yield self._each(_("Team: who stands in for each who leads"), leads, "deputies", lambda r: r.deputies)
        yield self._each(_("Roles and responsibilities"), own, "duties", lambda r: r.duties or r.decides)
        yield self._each(_("Tasks: each card has steps"), steps, "", self._has_steps)
        yield self._kind(_("Communications"), "communication")
        yield self._each(_("What each function rests on"), m.organisation.all(Function), "", self._has_needs)
        yield self._kind(_("Standing down"), "stand_down")
        sites = m.organisation.all(Site)
        commands = [s for s in sites if s.command != "none"]
        alternate = any(s.command == "alternate" for s in sites)
        yield self._point(_("Alternative premises"), alternate, "site", None, "command")
        yield self._each(_("Leaving a site: when"), commands, "leave_trigger", lambda s: s.leave_trigger)
        yield self._each(
            _("Contacts of those who lead"), leads, "", lambda r: r.id in self.reached, kind="contact"
        )
        yield from self._control(plan_of(m, None))

    def function(self, function: Function) -> Iterator[Point]:
        """Of the plan of one function."""
        m, _ = self.m, self._
        held = [p for p in m.organisation.all(Procedure) if function.id in p.about]
        yield self._field(_("Purpose: the service it gives"), function, "service")
        yield self._field(_("Owner"), function, "owner")
        yield self._field(_("Deputy"), function, "deputy")
        yield self._field(_("Longest tolerable outage (MTPD)"), function, "mtpd")
        yield self._field(_("Recovery time needed (RTO)"), function, "rto")
        yield self._field(_("Recovery time achievable"), function, "achievable_rto")
        yield self._field(_("The lowest acceptable level in words"), function, "mbco_words")
        yield self._field(_("Work without systems"), function, "manual")
        yield self._point(_("Tasks: a card of its own"), bool(held), "procedure", None, "about")
        yield self._each(_("Activation: each card has a trigger and a lead"), held, "trigger", _is_led)
        yield self._each(_("Tasks: each card has steps"), held, "", self._has_steps)
        yield self._each(_("When to stop"), held, "stop", lambda p: p.stop)
        yield self._point(_("What it rests on"), self._has_needs(function), "need", None, "")
        reached = function.owner in self.reached
        yield self._point(_("Contact of the owner"), reached, "contact", None, "role")
        last = function.last_review
        fresh = last is not None and (m.generated.date() - last).days <= 366
        yield self._point(_("Reviewed within a year"), fresh, "function", function, "last_review")
        yield from self._control(plan_of(m, function.id) or plan_of(m, None))

    def site(self, site: Site) -> Iterator[Point]:
        """Of the plan of one site."""
        _ = self._
        yield self._field(_("Leaving: the trigger"), site, "leave_trigger")
        yield self._field(_("Leaving: who decides"), site, "leave_decider")
        yield self._field(_("Leaving: what is moved"), site, "leave_moved")
        yield self._field(_("Leaving: what is destroyed and how"), site, "leave_destroyed")
        yield self._field(_("Leaving: who confirms"), site, "leave_confirms")
        yield self._field(_("Power area"), site, "power_area")
        yield self._field(_("Telecom area"), site, "telecom_area")

    def _control(self, plan: Plan | None) -> Iterator[Point]:
        _ = self._
        if plan is None:
            yield self._point(_("Version control"), False, "plan", None, "")
            return
        yield self._field(_("Version"), plan, "version")
        yield self._field(_("Approved by"), plan, "approved_by")
        yield self._field(_("Approved on"), plan, "approved_on")
        valid = plan.valid_until is not None and plan.valid_until >= self._today
        yield self._point(_("Still valid"), valid, "plan", plan, "valid_until")
        yield self._field(_("Distribution list with numbered copies"), plan, "holders")

    # --- how a point is made ----------------------------------------------------------------------

    @property
    def _today(self) -> dt.date:
        return self.m.generated.date()

    def _field(self, what: str, record: Record, field: str) -> Point:
        held = getattr(record, field)
        met = held not in (None, "", ())
        return self._point(what, met, kind_of(record).name, record if record.id else None, field)

    def _kind(self, what: str, kind: str) -> Point:
        held = [p for p in self.m.organisation.all(Procedure) if p.kind == kind]
        return self._point(what, any(map(self._has_steps, held)), "procedure", next(iter(held), None), "")

    def _each(
        self, what: str, records: Iterable[Record], field: str, is_met: Callable[..., object], kind: str = ""
    ) -> Point:
        """A point that every record has to meet; it leads to the first that does not."""
        first = next((r for r in records if not is_met(r)), None)
        if first is None:
            return Point(what, True)
        made = self._point(what, False, kind or kind_of(first).name, first, field)
        return replace(made, record="") if kind else made

    def _point(self, what: str, met: bool, kind: str, record: Record | None, field: str) -> Point:
        if met:
            return Point(what, True)
        where = self.m.missing("", kind, field, record).where
        return Point(what, False, where, kind, record.id if record else "", field)

    def _has_steps(self, procedure: Procedure) -> bool:
        return bool(self.m.organisation.parts(procedure.id, Step))

    def _has_needs(self, function: Function) -> bool:
        return any(need.dependent == function.id for need in self.m.organisation.all(Need))


def _is_led(procedure: Procedure) -> bool:
    return bool(procedure.trigger and procedure.role)
