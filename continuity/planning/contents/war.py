"""Heightened preparedness and war: going over to krigsorganisation, people by role, functions, law."""

from __future__ import annotations

from continuity.model.kinds import Fallback, Function, Measure, Role, StaffGroup
from continuity.model.kinds.payments import PRECONDITIONS
from continuity.model.staffing import SMALLEST_GROUP, needed_in_war, placement
from continuity.planning.blocks import (
    Block,
    Bullets,
    Callout,
    Column,
    Document,
    Facts,
    Paragraph,
    Section,
    Steps,
    Table,
    Tick,
)
from continuity.planning.contents import parts
from continuity.planning.contents.front import command_sites
from continuity.planning.contents.loss import loss_document
from continuity.planning.contents.reach import head
from continuity.planning.contents.site_plan import sites_with_plans
from continuity.planning.contents.war_law import FIRST_DAY, LAW, READ
from continuity.planning.material import Material


def war_plan(m: Material) -> Document:
    """Return the plan for heightened preparedness and war."""
    _ = m.words._
    return loss_document(
        m,
        "war",
        _("Heightened preparedness and war"),
        _("Going over to krigsorganisation: what, who, how many, where, by which law"),
        (
            _law(m),
            _before(m),
            _first_day(m),
            _command(m),
            _people(m),
            _functions(m),
            _payments(m),
            *([_leaving(m)] if m.open_about_weakness else []),
            _back(m),
        ),
    )


def _law(m: Material) -> Section:
    _ = m.words._
    columns = (Column(_("What holds"), weight=3), Column(_("Where it is said")), Column(_("Read")))
    rows = tuple((_(text), where, READ) for text, where in LAW)
    note = _(
        "Read in a public copy on the date given: check against the statute book before it is relied on."
    )
    return Section(_("What the law says"), (Table(columns, rows, dense=True), Paragraph(note, small=True)))


def _before(m: Material) -> Section:
    """What is done while there is still time: measures that may be speeded up."""
    _ = m.words._
    held = sorted(
        (x for x in m.organisation.all(Measure) if x.status == "decided"),
        key=lambda x: (x.priority is None, x.priority or 0, x.code),
    )
    title = _("At increased alert: speed up")
    if not held:
        return Section(title, (m.missing(_("No decided measure waits to be speeded up."), "measure"),))
    ticks = tuple(
        Tick(x.name, m.role(x.owner), _("planned for {date}", date=m.words.date(x.due)) if x.due else "")
        for x in held
    )
    text = _("Decided but not in place. The Government may be asked to have them speeded up: see the drafts.")
    return Section(title, (Paragraph(text), Steps(ticks, numbered=False)))


def _first_day(m: Material) -> Section:
    _ = m.words._
    first = head(m)
    who = _("Decides: {role}", role=m.role_and_deputies(first.id)) if first else ""
    stop = Callout("stop", _("The Government ends heightened preparedness; then the plan for stand-down."))
    ticks = Steps(tuple(Tick(_(text)) for text in FIRST_DAY))
    return Section(
        _("At highest alert: the first day"),
        (*([Paragraph(who)] if who else []), ticks, parts.judgement(m), stop),
    )


def _command(m: Material) -> Section:
    _ = m.words._
    rows = [
        (m.choice(s, "command"), s.name, m.words.number(s.seats) if s.seats else "–", _roles_at(m, s.id))
        for s in command_sites(m)
    ]
    title = _("Command in war")
    if not rows:
        return Section(title, (m.missing(_("No command site is chosen."), "site", "command"),))
    columns = (
        Column(_("Command site")),
        Column(_("Name"), weight=1.3),
        Column(_("Work places"), "right"),
        Column(_("Leading roles that report there"), weight=2.4),
    )
    return Section(title, (Table(columns, tuple(rows), dense=True),))


def _roles_at(m: Material, site: str) -> str:
    held = [
        r.name for r in m.organisation.all(Role) if r.site == site and r.team in ("strategic", "tactical")
    ]
    return ", ".join(held) or "–"


def _people(m: Material) -> Section:
    """Wartime placement by group, in numbers: what is needed, what is placed, what is not known."""
    _ = m.words._
    title = _("Wartime placement by group, in numbers")
    held = [g for g in m.organisation.all(StaffGroup) if g.in_use]
    if not held:
        return Section(title, (m.missing(_("No staff groups are filled in."), "staff_group"),))
    columns = (
        Column(_("Staff group"), weight=1.5),
        Column(_("Needed"), "right"),
        Column(_("Placed here"), "right"),
        Column(_("Stay, at least to at most"), "right", 2.0),
        Column(_("Notice given"), "right"),
        Column(_("Trained"), "right"),
        Column(_("Exercised"), "right"),
        Column(_("Checked"), "right"),
        Column(_("Judgement")),
    )
    rows = tuple(_placed(m, g) for g in held)
    small = _(
        "Groups under {n} persons are not shown. Leaflets say what, where, when and what to bring.",
        n=SMALLEST_GROUP,
    )
    return Section(title, (Table(columns, rows, dense=True), Paragraph(small, small=True)))


def _placed(m: Material, group: StaffGroup) -> tuple[str, ...]:
    _ = m.words._
    if group.headcount < SMALLEST_GROUP:
        return (group.name, *(["–"] * 7), _("small group"))
    n = m.words.number
    place = placement(group)
    need = needed_in_war(m.organisation, group, m.promises)
    checked = m.words.date(group.placement_checked, "iso") if group.placement_checked else _("never")
    if place.most < need:
        verdict = _("too few")
    elif place.least < need:
        verdict = _("not sure")
    else:
        verdict = _("enough")
    numbers = (group.notice_given, group.trained, group.exercised)
    return (
        group.name,
        n(need),
        "–" if place.here is None else n(place.here),
        _("{low} to {high}", low=n(place.least), high=n(place.most)),
        *("–" if x is None else n(x) for x in numbers),
        checked,
        verdict,
    )


def _functions(m: Material) -> Section:
    _ = m.words._
    title = _("Functions in war")
    held = sorted((f for f in m.organisation.all(Function) if f.in_use), key=lambda f: (f.priority, f.code))
    if not held:
        return Section(title, (m.missing(_("No functions are filled in."), "function"),))
    columns = (
        Column(_("Function"), weight=1.4),
        Column(_("Class"), "right"),
        Column(_("Vital to society")),
        Column(_("Lowest acceptable level"), weight=1.8),
        Column(_("Manual alternative"), weight=1.8),
    )
    rows = tuple(
        (
            f.name,
            str(f.priority),
            _("Yes") if f.vital else _("No"),
            " ".join(p for p in (m.words.level(f.mbco), f.mbco_words) if p),
            f.manual.split("\n")[0] or "–",
        )
        for f in held
    )
    order = m.agency.priority_decided_by
    text = _(
        "Vital functions go on at least at their lowest acceptable level; the others are "
        "put down from below. "
        "Order of priority decided by: {who}.",
        who=order or "–",
    )
    return Section(title, (Paragraph(text), Table(columns, rows, dense=True)))


def _payments(m: Material) -> Section:
    """Fallbacks that only war or a regulation opens."""
    _ = m.words._
    title = _("Ways to pay that only war or a regulation opens")
    held = [
        f
        for f in m.organisation.all(Fallback)
        if f.precondition != "peace" or f.kind in ("certificate", "order")
    ]
    if not held:
        return Section(title, (m.missing(_("No such fallback is stated."), "fallback", "precondition"),))
    columns = (
        Column(_("Fallback"), weight=1.4),
        Column(_("Opened by")),
        Column(_("Legal basis"), weight=1.5),
        Column(_("Who decides")),
        Column(_("What is not there yet"), weight=1.6),
    )
    rows = tuple(
        (
            f.name,
            _(PRECONDITIONS[f.precondition]),
            f.legal_basis or "–",
            m.role(f.decider) or "–",
            _lacks(m, f) or _("nothing known"),
        )
        for f in held
    )
    return Section(title, (Table(columns, rows, dense=True),))


def _lacks(m: Material, fallback: Fallback) -> str:
    """Why a fallback would fail even where the law opens it."""
    _ = m.words._
    found = []
    if not fallback.enabled:
        found.append(_("not switched on"))
    if fallback.copy is None or not fallback.copy.present:
        found.append(_("no verified copy"))
    if fallback.kind == "certificate" and not (fallback.counter and fallback.counter.in_force):
        found.append(_("no agreement with a paying counter"))
    return ", ".join(found)


def _leaving(m: Material) -> Section:
    _ = m.words._
    title = _("Sites that may be left")
    held = [s for s in sites_with_plans(m) if s.leave_trigger]
    if not held:
        return Section(title, (m.missing(_("No site says when it is left."), "site", "leave_trigger"),))
    columns = (Column(_("Site"), weight=1.3), Column(_("Left when"), weight=2.4), Column(_("Who decides")))
    rows = tuple((s.name, s.leave_trigger, m.role(s.leave_decider) or "–") for s in held)
    text = Paragraph(_("What is moved, destroyed and confirmed: the plan of each site."))
    return Section(title, (Table(columns, rows, dense=True), text))


def _back(m: Material) -> Section:
    _ = m.words._
    lines = Bullets(
        (
            _(
                "The Government ends heightened preparedness; the head of the agency ends "
                "the krigsorganisation."
            ),
            _("Delegations and devolution end by their own words; mandates are taken back in writing."),
            _("What was paid under war rules is listed by legal basis before ordinary rules apply again."),
            _("People are released in the order of the tasks that end; first those who have served longest."),
        )
    )
    held = [p.name for p in parts.procedures_of_kind(m, "stand_down")]
    also = [Facts(((_("Procedures"), ", ".join(held)),))] if held else []
    blocks: list[Block] = [lines, *also]
    return Section(_("Going back"), tuple(blocks))
