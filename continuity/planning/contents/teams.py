"""Plans of the three levels of teams after ISO/TS 22332: strategic, tactical, operational."""

from __future__ import annotations

from typing import Final

from continuity.model.kinds import Delegation, Fallback, Function, Procedure, Role
from continuity.planning.blocks import (
    Block,
    Bullets,
    Column,
    Document,
    Facts,
    Paragraph,
    Section,
    Steps,
    Table,
    Tick,
)
from continuity.planning.contents import parts, reach
from continuity.planning.contents.front import alarm, command_sites, leaders
from continuity.planning.contents.role_words import channels_in_order
from continuity.planning.material import Material
from continuity.words import N_

TEAMS: Final = {
    "strategic": (
        N_("Strategic team"),
        N_("Decides order between groups, requests to the Government, moving command, leaving a site."),
    ),
    "tactical": (
        N_("Tactical team"),
        N_("Plans, divides people and resources, keeps latest hours, writes the situation report."),
    ),
    "operational": (
        N_("Operational teams"),
        N_("Carry out cards and procedures, report back with the hour."),
    ),
}

_OBJECTIVES: Final = {
    "strategic": (
        N_("Each decision is made before its latest hour, by the role that may, on a stated legal basis."),
        N_(
            "The order between groups of payees is the decided one; every departure has its "
            "reason in the log."
        ),
        N_("The Government, owners of benefits and the public hear it from us first."),
    ),
    "tactical": (
        N_("Nobody in the strategic team is surprised by a latest hour."),
        N_("There are people for the next shift, and the one after."),
        N_("The picture of the situation is never older than the last briefing."),
    ),
    "operational": (
        N_("Cards are followed step by step; what cannot be done is reported at once, with the hour."),
        N_("Nothing that pays out money is done by one person alone."),
        N_("Work that is put off is listed, so that it is found again at stand-down."),
    ),
}
#: The strategic team meets anew, tactical and operational report, in the rhythm of a first day.
_RHYTHM: Final = {
    "strategic": (
        (N_("Within the first hour"), N_("Assemble, hear the situation, set aim and next meeting.")),
        (N_("Each meeting"), N_("Situation; latest hours until the next meeting; "
            "decisions; who tells whom.")),
        (N_("Before each latest hour"), N_("Decide by the decision sheet of the pay day, also to wait.")),
        (N_("Once a day"), N_("Situation report to the Government; endurance of people, fuel and buffers.")),
    ),
    "tactical": (
        (N_("Within the first hour"), N_("Open logs, staff the posts, ring the owners of what is down.")),
        (N_("Before each meeting"), N_("New picture: what is down, since when, back at "
            "the earliest and latest.")),
        (N_("Each shift"), N_("Hand over on the form; minimum crews of the next two shifts.")),
        (N_("Once a day"), N_("Buffers and the hour at which each runs empty; draft of "
            "the situation report.")),
    ),
    "operational": (
        (N_("When called"), N_("Take the card of the task and the role card; write the hour.")),
        (N_("Each step"), N_("Tick, sign, report what takes longer than the card says.")),
        (N_("Each shift"), N_("Hand over on the form; leave no card half done without a name.")),
        (N_("At stand-down"), N_("List what was put off and what was done by hand.")),
    ),
}  # fmt: skip


def members(m: Material, team: str) -> list[Role]:
    """Return the roles of a team, those who stand in for nobody first in the strategic one."""
    return leaders(m) if team == "strategic" else [r for r in m.organisation.all(Role) if r.team == team]


def team_plan(m: Material, team: str) -> Document:
    """Return the plan of a team: purpose, composition, tasks, communications, standing down."""
    _ = m.words._
    title, purpose = TEAMS[team]
    plan = parts.plan_of(m, None)
    return Document(
        code=f"team-{team}",
        title=_(title),
        subtitle=_("Plan of the team, after ISO/TS 22332"),
        language=m.words.language,
        meta=m.meta(plan.version if plan else "", parts.control_facts(m, plan)),
        sections=(
            _purpose(m, team, purpose),
            _assembly(m, team),
            _members(m, team),
            _rhythm(m, team),
            _tasks(m, team),
            *_decisions(m, team),
            _tells(m),
            _others(m, team),
            _down(m, team),
            Section(_("Version control and distribution"), parts.control_in_brief(m, plan)),
        ),
    )


def _purpose(m: Material, team: str, purpose: str) -> Section:
    _ = m.words._
    goals = Bullets(tuple(_(goal) for goal in _OBJECTIVES[team]))
    text = _(
        "Assumed: power, telephones and a part of the staff may be gone at the same time; the team works "
        "on paper until it is told otherwise."
    )
    return Section(_("Purpose, objectives and assumptions"), (Paragraph(_(purpose)), goals, Paragraph(text)))


def _assembly(m: Material, team: str) -> Section:
    _ = m.words._
    card = alarm(m)
    sites = command_sites(m)
    rows = [
        (_("Called by"), m.role_and_deputies(card.role) if card else _("The duty officer")),
        (_("By the call tree"), _("Whoever does not answer in ten minutes is replaced by who stands in.")),
    ]
    for site in sites:
        seats = _("{n} work places", n=m.words.number(site.seats)) if site.seats else ""
        rows.append((m.choice(site, "command"), ", ".join(t for t in (site.name, seats) if t)))
    if not sites:
        missing = m.missing(_("No command site is chosen."), "site", "command")
        return Section(_("Activating and assembling"), (Facts(tuple(rows)), missing))
    if team == "operational":
        rows.append((_("Operational teams"), _("assemble at their own reporting places, see below")))
    return Section(_("Activating and assembling"), (Facts(tuple(rows)),))


def _members(m: Material, team: str) -> Section:
    _ = m.words._
    title = _("Members, responsibilities and who stands in")
    held = members(m, team)
    if not held:
        return Section(title, (m.missing(_("No role is in this team."), "role", "team"),))
    columns = (
        Column(_("Role"), weight=1.1),
        Column(_("Does and decides"), weight=2.2),
        Column(_("Stands in, in order"), weight=1.2),
        Column(_("Reports at")),
        Column(_("Reached by, in order"), weight=1.2),
    )
    rows = tuple(
        (
            r.name,
            "\n".join(t for t in (r.duties, r.decides) if t) or "–",
            m.names(r.deputies),
            m.name(r.site),
            channels_in_order(m, r),
        )
        for r in held
    )
    return Section(title, (Table(columns, rows, dense=True),))


def _rhythm(m: Material, team: str) -> Section:
    _ = m.words._
    columns = (Column(_("When"), weight=1.6), Column(_("What"), weight=2.6))
    table = Table(columns, tuple((_(a), _(b)) for a, b in _RHYTHM[team]))
    return Section(_("Rhythm"), (table, parts.judgement(m)))


def _tasks(m: Material, team: str) -> Section:
    _ = m.words._
    roles = {r.id for r in members(m, team)}
    held = [p for p in m.organisation.all(Procedure) if p.role in roles]
    title = _("Tasks: the cards that the team leads")
    if not held:
        return Section(title, (m.missing(_("No card is led by this team."), "procedure", "role"),))
    ticks = tuple(
        Tick(
            p.trigger.split("\n")[0] or "–",
            m.role(p.role),
            _("card {code}", code=p.code),
            title=p.name,
        )
        for p in held
    )
    return Section(title, (Steps(ticks, numbered=False),))


def _decisions(m: Material, team: str) -> list[Section]:
    _ = m.words._
    roles = {r.id for r in members(m, team)}
    held = [f for f in m.organisation.all(Fallback) if f.decider in roles and f.enabled]
    given = [d for d in m.organisation.all(Delegation) if d.giver in roles]
    blocks: list[Block] = []
    if held:
        columns = (
            Column(_("Fallback"), weight=1.5),
            Column(_("Who decides")),
            Column(_("Legal basis"), weight=1.5),
            Column(_("Decision and set-up"), "right"),
        )
        rows = tuple(
            (f.name, m.role(f.decider), f.legal_basis or "–", m.minutes(f.decision_time + f.set_up))
            for f in held
        )
        blocks.append(Table(columns, rows, dense=True))
    if given:
        passes = (Column(_("Passes on to others"), weight=1.4), Column(_("Trigger"), weight=2))
        blocks.append(Table(passes, tuple((d.name, d.trigger or "–") for d in given), dense=True))
    return [Section(_("Decisions that wait for the team"), tuple(blocks))] if blocks else []


def _tells(m: Material) -> Section:
    _ = m.words._
    held = parts.procedures_of_kind(m, "communication")
    title = _("Communications")
    if not held:
        return Section(title, (m.missing(_("No communication procedure is written."), "procedure", "kind"),))
    rows = tuple((p.name, reach.with_codes(m, p.role) or "–", p.code) for p in held)
    columns = (Column(_("What is told"), weight=1.6), Column(_("By whom"), weight=1.4), Column(_("Card")))
    return Section(title, (Table(columns, rows, dense=True),))


def _others(m: Material, team: str) -> Section:
    _ = m.words._
    rest = ", ".join(_(title).lower() for code, (title, _p) in TEAMS.items() if code != team)
    vital = [f.name for f in sorted(m.organisation.all(Function), key=lambda f: (f.priority, f.code))]
    rows = (
        (_("Plans of the other teams"), rest),
        (_("Plans of functions"), ", ".join(vital[:6]) + (" …" if len(vital) > 6 else "") or "–"),
        (
            _("Plans for a loss"),
            _("sites, staff, ICT, suppliers, the payment chain; heightened preparedness and war"),
        ),
        (_("Payments"), _("the payment calendar and the decision sheets say when what must be decided")),
        (_("Resources"), _("staff and minimum crews by day; buffers and the hour at which each runs empty")),
    )
    return Section(_("Other plans and resources"), (Facts(rows),))


def _down(m: Material, team: str) -> Section:
    _ = m.words._
    text = _(
        "The strategic team decides to stand down, in writing and with the hour. Each team hands in its "
        "log, lists what is left to put right with owner and date, and says what was wrong with this plan."
    )
    held = [p.name for p in parts.procedures_of_kind(m, "stand_down")]
    blocks: list[Block] = [Paragraph(text)]
    if held:
        blocks.append(Paragraph(_("Procedures: {names}.", names=", ".join(held))))
    else:
        blocks.append(m.missing(_("No stand-down procedure is written."), "procedure", "kind"))
    return Section(_("Standing down"), tuple(blocks))
