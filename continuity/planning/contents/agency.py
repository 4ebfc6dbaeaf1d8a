"""The agency's continuity plan, after ISO/TS 22332: from purpose to distribution list."""

from __future__ import annotations

from continuity.model.kinds import Agency, Function, Role, Site
from continuity.planning.blocks import (
    Block,
    Bullets,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Section,
    Table,
)
from continuity.planning.contents import agency_assumptions, agency_measures, agency_run, agency_weak, parts
from continuity.planning.contents.evidence import unverified_section
from continuity.planning.contents.front import alarm, command_sites, leaders
from continuity.planning.contents.since import changes_section
from continuity.planning.contents.teams import TEAMS
from continuity.planning.material import Material


def agency_plan(m: Material) -> Document:
    """Return the agency's plan."""
    _ = m.words._
    plan = parts.plan_of(m, None)
    sections = [
        agency_run.in_brief(m),
        _purpose(m),
        _scope(m),
        agency_assumptions.assumptions(m),
        _activation(m),
        _teams(m),
        _tasks(m),
        _communications(m),
        agency_run.functions(m),
        agency_run.payments(m),
        agency_measures.measures(m),
        agency_weak.dependencies(m),
    ]
    if m.open_about_weakness:
        sections += [agency_weak.weak_points(m), agency_weak.buffers(m), _sites(m)]
    sections += [agency_weak.staff(m), agency_weak.over_time(m), _stand_down(m), agency_weak.gap_section(m)]
    sections.append(Section(_("Version control and distribution"), parts.control_blocks(m, plan)))
    if m.open_about_weakness:
        sections += [changes_section(m), unverified_section(m, most=8)]
    sections += [s for s in (agency_assumptions.sources(m), agency_weak.picture(m)) if s]
    return Document(
        code="agency",
        title=_("Continuity plan of {agency}", agency=m.agency.name),
        subtitle=_("How the agency keeps going and keeps paying"),
        language=m.words.language,
        meta=m.meta(plan.version if plan else "", parts.control_facts(m, plan)),
        sections=tuple(sections),
        contents=True,
    )


def _purpose(m: Material) -> Section:
    _ = m.words._
    agency: Agency = m.agency
    mission: Block = Paragraph(agency.mission)
    if not agency.mission:
        mission = m.missing(_("The mission is not stated."), "agency", "mission", agency)
    goals = Bullets(
        (
            _("People who live on the money are paid first, on time or as soon as can be."),
            _("No payment is made twice; wrong payments are known, few, and put right."),
            _(
                "Each critical function is back within its longest tolerable outage, at its lowest "
                "acceptable level."
            ),
            _("Decisions are lawful, made by the right role, in time, and written down."),
        )
    )
    return Section(_("Purpose and objectives"), (mission, goals))


def _scope(m: Material) -> Section:
    _ = m.words._
    held = m.organisation.all(Function)
    if not held:
        return Section(_("Scope"), (m.missing(_("No functions are filled in."), "function"),))
    vital = [f for f in held if f.vital]
    others = [s for s in m.streams() if not s.own]
    rows = [
        (_("Critical functions"), m.words.number(len(held))),
        (_("Vital to society"), m.words.number(len(vital))),
        (_("Payment streams"), m.words.number(len(m.streams()))),
        (_("On behalf of others"), ", ".join(s.name for s in others) or "–"),
    ]
    outside = _(
        "Outside the scope: other agencies' own decisions, and what bank, clearing and the payee's bank do. "
        "They are in the model as what we depend on."
    )
    return Section(_("Scope"), (Facts(tuple(rows)), Paragraph(outside)))


def _activation(m: Material) -> Section:
    _ = m.words._
    criteria = Bullets(
        (
            _("A function of priority class 1 is down, or will be within its recovery time."),
            _("A pay day is within three bank days and its run cannot finish if nothing changes."),
            _("Two or more sites, the power or the telecom of a region are out for longer than a day."),
            _("Suspicion that payment data have been changed: stop first, then activate."),
            _("The Government decides on heightened preparedness, or the alert signal sounds."),
        )
    )
    lead = alarm(m)
    who = m.role_and_deputies(lead.role) if lead else ""
    text = _(
        "Anyone may give the alarm. {role} calls the teams together; nobody waits for certainty.",
        role=who or _("The duty officer"),
    )
    return Section(_("Activation"), (criteria, Paragraph(text)))


def _teams(m: Material) -> Section:
    _ = m.words._
    blocks: list[Block] = []
    for team, (title, purpose) in TEAMS.items():
        roles = leaders(m) if team == "strategic" else [r for r in m.organisation.all(Role) if r.team == team]
        blocks += [Heading(_(title)), Paragraph(_(purpose))]
        if not roles:
            blocks.append(m.missing(_("No role is in this team."), "role", "team"))
            continue
        columns = (
            Column(_("Role")),
            Column(_("Does and decides"), weight=2),
            Column(_("Stands in, in order")),
            Column(_("Reports at")),
        )
        rows = tuple(
            (
                r.name,
                "\n".join(t for t in (r.duties, r.decides) if t) or "–",
                m.names(r.deputies),
                m.name(r.site),
            )
            for r in roles
        )
        blocks.append(Table(columns, rows, dense=True))
    sites = ", ".join(f"{s.name} ({m.choice(s, 'command').lower()})" for s in command_sites(m))
    blocks.append(Paragraph(_("Command sites: {sites}.", sites=sites or "–")))
    return Section(_("Teams"), tuple(blocks))


def _tasks(m: Material) -> Section:
    _ = m.words._
    title = _("Tasks in order")
    held = parts.procedures_of_kind(m, "card", "decision", "fallback", "restart", "manual", "leaving")
    if not held:
        return Section(title, (m.missing(_("No procedure is written."), "procedure"),))
    blocks: list[Block] = []
    first = alarm(m)
    if first:
        blocks += parts.procedure_blocks(m, first)
    columns = (
        Column(_("Card")),
        Column(_("What"), weight=1.3),
        Column(_("When"), weight=2),
        Column(_("Leads")),
    )
    rows = tuple((p.code, p.name, p.trigger or "–", m.role(p.role) or "–") for p in held if p is not first)
    blocks += [Heading(_("Then, as needed")), Table(columns, rows)]
    return Section(title, tuple(blocks))


def _communications(m: Material) -> Section:
    _ = m.words._
    duties = (
        (
            _("The Government and Myndigheten för civilt försvar"),
            _("Situation report: events, state, expected course, resources, measures (2022:524 § 22)"),
        ),
        (_("IT incidents"), _("Reported promptly, also as a supplier to other agencies (2022:524 § 14)")),
        (
            _("Owners of benefits paid on behalf of others"),
            _("Before any fallback: their decision is needed"),
        ),
        (_("Bank and Riksgälden"), _("Stop, recall, replacement file; amount and day of liquidity")),
        (_("Payees and the public"), _("Same words in all channels; every message warns of fraud calls")),
    )
    columns = (Column(_("To whom")), Column(_("What"), weight=1.6))
    blocks: list[Block] = [Table(columns, duties)]
    held = parts.procedures_of_kind(m, "communication")
    if held:
        rows = tuple((p.code, p.name, m.role(p.role) or "–") for p in held)
        blocks.append(Table((Column(_("Card")), Column(_("What"), weight=2), Column(_("Leads"))), rows))
    else:
        blocks.append(m.missing(_("No communication procedure is written."), "procedure", "kind"))
    return Section(_("Communications"), tuple(blocks))


def _sites(m: Material) -> Section:
    _ = m.words._
    held = [s for s in m.organisation.all(Site) if s.leave_trigger or s.command != "none"]
    title = _("Sites, and leaving them")
    if not held:
        return Section(title, (m.missing(_("No site is filled in."), "site"),))
    blocks: list[Block] = []
    for site in held:
        rows = (
            (_("Place"), ", ".join(p for p in (site.municipality, site.region) if p) or "–"),
            (_("Left when"), site.leave_trigger),
            (_("Who decides"), m.role(site.leave_decider)),
            (_("Taken along"), site.leave_moved),
            (_("Destroyed, and how"), site.leave_destroyed),
            (_("Who confirms"), m.role(site.leave_confirms)),
        )
        blocks += [Heading(site.name), Facts(tuple((label, text or "–") for label, text in rows))]
        if not site.leave_trigger:
            blocks.append(m.missing(_("When the site is left is not stated."), "site", "leave_trigger", site))
    return Section(title, tuple(blocks))


def _stand_down(m: Material) -> Section:
    _ = m.words._
    title = _("Stand-down")
    condition = Paragraph(
        _(
            "The plan ends by decision when every function is at its lowest acceptable level for a full "
            "day, the next pay "
            "day can be met by the ordinary run, and what fallbacks left to put right has an owner and a "
            "date."
        )
    )
    held = parts.procedures_of_kind(m, "stand_down")
    if not held:
        return Section(
            title, (condition, m.missing(_("No stand-down procedure is written."), "procedure", "kind"))
        )
    return Section(title, (condition, *(b for p in held for b in parts.procedure_blocks(m, p))))
