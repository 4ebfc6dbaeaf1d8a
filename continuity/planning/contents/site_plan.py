"""The plan of a site: what is there, what falls with it, setting up elsewhere, and leaving it."""

from __future__ import annotations

from continuity.model.kinds import Element, Function, Gap, Procedure, Resource, Site, StaffGroup
from continuity.planning.blocks import (
    Blank,
    Block,
    Callout,
    Column,
    Document,
    Facts,
    Form,
    Paragraph,
    Section,
    Signature,
    Steps,
    Table,
    Tick,
)
from continuity.planning.contents import parts, reach
from continuity.planning.contents.front import command_sites
from continuity.planning.contents.function_after import gap_table
from continuity.planning.contents.hours import buffer_rows
from continuity.planning.material import Material

_MOST = 40


def sites_with_plans(m: Material) -> list[Site]:
    """Return the sites that the agency itself may have to leave or go to, command sites first."""
    held = [s for s in m.organisation.all(Site) if s.command != "none" or s.leave_trigger or s.seats]
    return sorted(held, key=lambda s: (s.command == "none", s.command != "main", s.code))


def site_plan(m: Material, site: Site) -> Document:
    """Return the plan of ``site``."""
    _ = m.words._
    here = [e for e in m.organisation.elements if e.site == site.id and e.in_use]
    plan = parts.plan_of(m, None)
    sections = [
        _about(m, site),
        _lost(m, site, here),
        _here(m, here),
        _people(m, here),
        _buffers(m, here),
        _elsewhere(m, site),
        *_leaving(m, site),
        _gaps(m, site, here),
        Section(_("Version control and distribution"), parts.control_in_brief(m, plan)),
    ]
    return Document(
        code=site.code,
        title=site.name,
        subtitle=_("Plan of a site: when it is lost, and when it is left"),
        language=m.words.language,
        meta=m.meta(plan.version if plan else "", parts.control_facts(m, plan)),
        sections=tuple(sections),
    )


def _about(m: Material, site: Site) -> Section:
    _ = m.words._
    rows = (
        (_("Place"), ", ".join(p for p in (site.municipality, site.region) if p)),
        (_("Command site"), m.choice(site, "command")),
        (_("Work places"), m.words.number(site.seats) if site.seats else ""),
        (_("Power area, telecom area"), ", ".join(p for p in (site.power_area, site.telecom_area) if p)),
        (_("Note"), site.note),
    )
    return Section(_("The site"), (Facts(tuple((label, text or "–") for label, text in rows)),))


def falling(m: Material, here: list[Element]) -> list[Function]:
    """Return the functions that need something among ``here``, straight or through others, by priority."""
    ids = {e.id for e in here}
    held = m.organisation.all(Function)
    found = [f for f in held if f.in_use and (f.id in ids or ids & m.graph.needed(f.id))]
    return sorted(found, key=lambda f: (f.priority, f.code))


def _lost(m: Material, site: Site, here: list[Element]) -> Section:
    _ = m.words._
    title = _("If the site is lost: what is hit")
    held = falling(m, here)
    if not held:
        return Section(title, (Paragraph(_("No function needs anything at this site.")),))
    columns = (
        Column(_("Function"), weight=1.5),
        Column(_("Class"), "right"),
        Column(_("Tolerates"), "right"),
        Column(_("Manual alternative"), weight=2.5),
    )
    rows = tuple((f.name, str(f.priority), m.minutes(f.mtpd), f.manual.split("\n")[0] or "–") for f in held)
    text = _(
        "Functions that need something here, straight or through others. Standby and buffers may carry them "
        "for a time: see below and the plan of each function."
    )
    return Section(title, (Paragraph(text), Table(columns, rows, dense=True)))


def _here(m: Material, here: list[Element]) -> Section:
    _ = m.words._
    title = _("What is here")
    held = [e for e in here if isinstance(e, Resource)]
    if not held:
        return Section(title, (m.missing(_("No resource is placed at this site."), "resource", "site"),))
    carried = m.graph.carried()
    held.sort(key=lambda e: (-carried.get(e.id, 0), e.code))
    columns = (
        Column(_("What"), weight=1.6),
        Column(_("Category")),
        Column(_("Functions that rest on it"), "right"),
        Column(_("Back after"), "right"),
        Column(_("Owner"), weight=1.2),
    )
    rows = tuple(
        (
            e.name,
            m.choice(e, "category"),
            m.words.number(carried.get(e.id, 0)),
            m.minutes(e.achievable_rto),
            m.element_owner(e.id) or "–",
        )
        for e in held[:_MOST]
    )
    return Section(title, (Table(columns, rows, dense=True),))


def _people(m: Material, here: list[Element]) -> Section:
    _ = m.words._
    held = [e for e in here if isinstance(e, StaffGroup)]
    if not held:
        return Section(_("People here"), (Paragraph(_("No staff group has its place at this site.")),))
    return Section(_("People here"), (parts.staff_table(m, held),))


def _buffers(m: Material, here: list[Element]) -> Section:
    _ = m.words._
    title = _("What bridges a loss here")
    if not m.open_about_weakness:
        return Section(title, (Paragraph(_("Buffers and hours stand in the full plan.")),))
    ids = {e.id for e in here}
    found = buffer_rows(m, lambda need: need.dependent in ids)
    if not found.rows:
        return Section(title, (m.missing(_("No buffer is stated for anything here."), "need", "autonomy"),))
    return Section(title, (Table(found.columns, found.rows, source=found.source, dense=True),))


def _elsewhere(m: Material, site: Site) -> Section:
    """Setting up at another place: which, how many seats, by which procedure."""
    _ = m.words._
    others = [s for s in command_sites(m) if s.id != site.id]
    blocks: list[Block] = []
    if others:
        columns = (Column(_("Go to"), weight=1.6), Column(_("Kind")), Column(_("Work places"), "right"))
        rows = tuple(
            (s.name, m.choice(s, "command"), m.words.number(s.seats) if s.seats else "–") for s in others
        )
        blocks.append(Table(columns, rows, dense=True))
    else:
        blocks.append(m.missing(_("No other command site is chosen."), "site", "command"))
    for procedure in _moving(m, site, others):
        blocks += parts.procedure_blocks(m, procedure)
    return Section(_("Setting up elsewhere"), tuple(blocks))


def _moving(m: Material, site: Site, others: list[Site]) -> list[Procedure]:
    """Procedures that name both this site and another one to go to."""
    ids = {s.id for s in others}
    held = [p for p in parts.about(m, site.id) if p.kind == "leaving" and ids & {*p.about}]
    held.sort(key=lambda p: len(_sites(m, p)))
    return [p for p in held if len(_sites(m, p)) == 2][:1] if site.command != "none" else []


def _sites(m: Material, procedure: Procedure) -> list[str]:
    return [id_ for id_ in procedure.about if m.organisation.of(Site, id_)]


def _leaving(m: Material, site: Site) -> list[Section]:
    _ = m.words._
    title = _("Leaving the site")
    rows = (
        (_("Left when"), site.leave_trigger, "leave_trigger"),
        (_("Who decides"), m.role_and_deputies(site.leave_decider), "leave_decider"),
        (_("Taken along"), site.leave_moved, "leave_moved"),
        (_("Destroyed, and how"), site.leave_destroyed, "leave_destroyed"),
        (_("Who confirms"), m.role_and_deputies(site.leave_confirms), "leave_confirms"),
    )
    blocks: list[Block] = [Facts(tuple((label, text or "–") for label, text, _f in rows))]
    blocks += [
        m.missing(_("Not stated: {what}.", what=label.lower()), "site", field, site)
        for label, text, field in rows
        if not text
    ]
    held = [p for p in parts.about(m, site.id) if p.kind == "leaving" and site.id in p.about]
    general = max(held, key=lambda p: len(_sites(m, p)), default=None)
    if general:
        blocks += parts.procedure_blocks(m, general)
    blocks += _county(m)
    return [Section(title, tuple(blocks), new_page=True), _protocol(m, site)]


def _county(m: Material) -> list[Block]:
    """Contact with the county board, and what is reserved for the Government."""
    _ = m.words._
    wanted = ("länsstyrelse", "county")
    boards = [r for r in reach.outside(m) if any(w in f"{r.name} {r.unit}".lower() for w in wanted)]
    who = ", ".join(reach.with_codes(m, r.id) for r in boards)
    ring = _("Ring the county administrative board: {who}.", who=who or "________________")
    reserved = _(
        "Payments to an area that the State no longer controls: the Government alone decides. No rule in "
        "this plan does so by itself."
    )
    return [Callout("note", _("When the centre is cut off"), (ring, reserved))]


def _protocol(m: Material, site: Site) -> Section:
    """The written mandate and the protocol of destruction, to be filled in by hand."""
    _ = m.words._
    ticks = (
        Tick(_("Everybody has left and is counted.")),
        Tick(_("What is taken along is listed, sealed and signed for.")),
        Tick(_("What is destroyed is listed and destroyed by two, in the order above.")),
        Tick(_("Doors, power and networks are shut as the procedure says.")),
        Tick(_("Command has heard that the site is left, and the hour.")),
    )
    form = Form(
        (
            Blank(_("Decided by (role, name)"), half=True),
            Blank(_("Date and hour"), half=True),
            Blank(_("Functions and mandate handed over to (site or agency, role, name)"), 2),
            Blank(_("The mandate holds for, and ends when"), 2),
            Blank(_("Taken along: what, number, to where"), 2),
            Blank(_("Destroyed: what, number, how, hour"), 3),
        )
    )
    signs = Signature((_("Decides"), _("Destroys, person one"), _("Destroys, person two"), _("Confirms")))
    title = _("Protocol: {site} is left", site=site.name)
    return Section(title, (Steps(ticks, numbered=False), form, signs), new_page=True)


def _gaps(m: Material, site: Site, here: list[Element]) -> Section:
    _ = m.words._
    ids = {site.id, *(e.id for e in here)}
    held = [g for g in m.organisation.all(Gap) if g.about in ids and g.state != "done"]
    if not held:
        return Section(_("Gaps"), (Paragraph(_("No open gap concerns this site or what is there.")),))
    return Section(_("Gaps"), (gap_table(m, held),))
