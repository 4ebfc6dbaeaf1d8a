"""Orders of succession, delegations with trigger, limit and end, and devolution of whole functions."""

from __future__ import annotations

from continuity.model.kinds import Delegation, Fallback, Role
from continuity.planning.blocks import (
    Blank,
    Block,
    Callout,
    Column,
    Document,
    Facts,
    Form,
    Heading,
    Paragraph,
    Section,
    Signature,
    Table,
)
from continuity.planning.contents import reach
from continuity.planning.contents.loss import loss_document
from continuity.planning.contents.teams import TEAMS, members
from continuity.planning.material import Material


def succession_plan(m: Material) -> Document:
    """Return orders of succession, delegations and devolution."""
    _ = m.words._
    return loss_document(
        m,
        "succession",
        _("Succession and delegation"),
        _(
            "Who decides when the one who decides is not reached; what passes, within which "
            "limits, until when"
        ),
        (_use(m), _orders(m), _delegations(m), _devolution(m), _mandate(m)),
    )


def _use(m: Material) -> Section:
    _ = m.words._
    text = _(
        "Whoever takes over writes the hour, the reason and the attempts to reach the one before in the "
        "decision log. The authority goes back as soon as the one before is reached and has been told what "
        "has been decided."
    )
    return Section(_("How it is used"), (Paragraph(text),))


def _orders(m: Material) -> Section:
    _ = m.words._
    title = _("Orders of succession")
    blocks: list[Block] = []
    columns = (
        Column(_("Role"), weight=1.2),
        Column(_("First"), weight=1.2),
        Column(_("Then"), weight=1.2),
        Column(_("Then"), weight=1.2),
        Column(_("Reporting places"), weight=1.4),
    )
    alone: list[str] = []
    for team in ("strategic", "tactical"):
        held = [r for r in members(m, team) if r.deputies]
        alone += [r.name for r in members(m, team) if not r.deputies]
        if held:
            blocks += [
                Heading(_(TEAMS[team][0])),
                Table(columns, tuple(_order(m, r) for r in held), dense=True),
            ]
    if alone:
        blocks.append(
            m.missing(_("Nobody stands in for: {names}.", names=", ".join(alone)), "role", "deputies")
        )
    if not blocks:
        blocks.append(m.missing(_("No role is stated."), "role"))
    same = _same_place(m)
    if same and m.open_about_weakness:
        text = _(
            "One place is home to a role and to all who stand in for it: {names}.", names=", ".join(same)
        )
        blocks.append(Callout("warn", text))
    return Section(title, tuple(blocks))


def _order(m: Material, role: Role) -> tuple[str, ...]:
    names = [m.name(d) for d in role.deputies[:3]] + ["–"] * 3
    sites = [role.site, *(r.site for d in role.deputies[:3] if (r := m.organisation.of(Role, d)))]
    places = ", ".join(dict.fromkeys(m.name(s) for s in sites if s)) or "–"
    return role.name, *names[:3], places


def _same_place(m: Material) -> list[str]:
    """Leading roles that one lost site takes away with all their deputies."""
    found = []
    for role in reach.strategic(m):
        sites = {role.site, *(r.site for d in role.deputies if (r := m.organisation.of(Role, d)))}
        if role.deputies and len(sites) == 1:
            found.append(role.name)
    return found


def _delegations(m: Material) -> Section:
    _ = m.words._
    title = _("Delegations")
    held = [d for d in m.organisation.all(Delegation) if d.kind == "delegation"]
    if not held:
        return Section(title, (m.missing(_("No delegation is written down."), "delegation"),))
    blocks: list[Block] = [b for d in held for b in delegation_blocks(m, d)]
    covered = {t for d in held for t in (d.giver, *d.takers)}
    deciders = (m.organisation.of(Role, f.decider) for f in m.organisation.all(Fallback) if f.enabled)
    bare = {r.id for r in deciders if r and r.team != "external"} - covered
    if bare:
        names = ", ".join(sorted(m.name(r) for r in bare))
        what = _("Decide on fallbacks, but have delegated nothing: {names}.", names=names)
        blocks.append(m.missing(what, "delegation"))
    return Section(title, tuple(blocks))


def delegation_blocks(m: Material, d: Delegation) -> list[Block]:
    """Return one delegation: from whom to whom, on which trigger, within which limits, until when."""
    _ = m.words._
    decided = ", ".join(t for t in (d.reference, m.words.date(d.decided_on) if d.decided_on else "") if t)
    rows = (
        (_("From"), m.role(d.giver), "giver"),
        (_("To, in order"), m.names(d.takers) if d.takers else "", "takers"),
        (_("Functions"), m.names(d.covers) if d.covers else "", ""),
        (_("Taken over at"), m.name(d.site) if d.site else "", ""),
        (_("Trigger"), d.trigger, "trigger"),
        (_("Limits"), d.limits, "limits"),
        (_("Ends when"), d.ends, "ends"),
        (_("Decided"), decided, "reference"),
    )
    blocks: list[Block] = [
        Heading(_("{name} ({code})", name=d.name, code=d.code)),
        Facts(tuple((label, text) for label, text, _f in rows if text)),
    ]
    blank = [label.lower() for label, text, field in rows if field and not text]
    if blank:
        blocks.append(m.missing(_("Not stated: {what}.", what=", ".join(blank)), "delegation", "", d))
    return blocks


def _devolution(m: Material) -> Section:
    _ = m.words._
    title = _("Devolution: functions handed over")
    held = [d for d in m.organisation.all(Delegation) if d.kind == "devolution"]
    if not held:
        return Section(title, (m.missing(_("No devolution is written down."), "delegation", "kind"),))
    return Section(title, tuple(b for d in held for b in delegation_blocks(m, d)))


def _mandate(m: Material) -> Section:
    """The written mandate of one who takes over, to be filled in by hand."""
    _ = m.words._
    form = Form(
        (
            Blank(_("Mandate number"), half=True),
            Blank(_("Date and hour"), half=True),
            Blank(_("What passes (code above)"), half=True),
            Blank(_("To (role, name)"), half=True),
            Blank(_("Why: who was not reached, tried how and when"), 2),
            Blank(_("Limits beyond those above")),
            Blank(_("Ends at (date, hour) or when")),
        )
    )
    signs = Signature((_("Gives, or the witness of the attempts"), _("Takes over")))
    return Section(_("Mandate, to be filled in"), (form, signs), new_page=True)
