"""Action cards: one page, one procedure or one role, large type, tick boxes, and when to stop."""

from __future__ import annotations

from continuity.model.kinds import Fallback, Gap, Procedure, Role, Step
from continuity.planning.blocks import (
    Block,
    Bullets,
    Callout,
    Document,
    Facts,
    Paragraph,
    Section,
    Steps,
    Tick,
)
from continuity.planning.contents.reach import codes, to_ring, with_codes
from continuity.planning.material import Material


def procedures(m: Material) -> tuple[Procedure, ...]:
    """Return the procedures that get a card: of every role, or of the one asked for."""
    return m.organisation.all(Procedure)


def roles(m: Material) -> tuple[Role, ...]:
    """Return the roles of the agency itself, which get a card each."""
    return tuple(r for r in m.organisation.all(Role) if r.team != "external")


def procedure_card(m: Material, procedure: Procedure) -> Document:
    """Return the action card of a procedure."""
    _ = m.words._
    leads = m.role(procedure.role)
    subtitle = (m.choice(procedure, "kind"), _("leads: {role}", role=leads) if leads else "")
    return Document(
        code=procedure.code,
        title=procedure.name,
        subtitle=" · ".join(p for p in subtitle if p),
        language=m.words.language,
        meta=m.meta(),
        sections=(_when(m, procedure), _what(m, procedure), _until(m, procedure)),
        size="large",
        one_page=True,
        keywords=(leads, m.names(procedure.about)),
    )


def _when(m: Material, procedure: Procedure) -> Section:
    _ = m.words._
    blocks: list[Block] = [*_gaps(m, procedure)]
    if procedure.trigger:
        blocks.append(Paragraph(procedure.trigger))
    else:
        blocks.append(
            m.missing(_("What sets this card off is not stated."), "procedure", "trigger", procedure)
        )
    if procedure.material:
        blocks.append(Facts(((_("Bring"), procedure.material),)))
    return Section(_("When"), tuple(blocks))


def _gaps(m: Material, procedure: Procedure) -> list[Block]:
    """Return what is not there yet of what the card is about: its steps may fail for that."""
    about = {*procedure.about}
    return [
        _gap(m, g)
        for g in m.organisation.all(Gap)
        if g.state in ("open", "started") and (g.about in about or g.measure in about)
    ]


def _gap(m: Material, gap: Gap) -> Callout:
    _ = m.words._
    if not m.open_about_weakness:
        # A card may lie open where no weak point is to be read.
        return Callout("warn", _("Open gap: {gap}", gap=_("{code}, see the full plan", code=gap.code)))
    lines = (_("Now: {now}", now=gap.achievable),) if gap.achievable else ()
    return Callout("warn", _("Open gap: {gap}", gap=gap.name), lines)


def _what(m: Material, procedure: Procedure) -> Section:
    _ = m.words._
    steps = m.organisation.parts(procedure.id, Step)
    title = _("Do this")
    if not steps:
        return Section(title, (m.missing(_("No steps are written."), "procedure", "", procedure),))
    return Section(title, (Steps(tuple(_tick(m, procedure, step) for step in steps)),))


def _tick(m: Material, procedure: Procedure, step: Step) -> Tick:
    _ = m.words._
    who = with_codes(m, step.role) if step.role != procedure.role else ""
    takes = m.minutes(step.takes) if step.takes else ""
    form = _("form: {form}", form=step.form) if step.form else ""
    ring = to_ring(m, step.what)
    return Tick(step.what, who, " · ".join(p for p in (takes, form, ring) if p))


def _until(m: Material, procedure: Procedure) -> Section:
    _ = m.words._
    tested = m.words.date(procedure.last_tested) if procedure.last_tested else _("never")
    note = Paragraph(_("Last tested: {date}", date=tested), small=True)
    if procedure.stop:
        return Section(_("When to stop"), (Callout("stop", procedure.stop), note))
    what = _("When to stop is not stated.")
    return Section(_("When to stop"), (m.missing(what, "procedure", "stop", procedure), note))


def role_card(m: Material, role: Role) -> Document:
    """Return the card of a role: what it does and decides, where it goes, what it brings."""
    _ = m.words._
    sections = [_you(m, role), _first(m, role)]
    waiting = _decisions(m, role)
    if waiting:
        sections.append(waiting)
    bring = _(
        "Identity card, keys and access cards; charged radio or phone with charger; medicine for seven days; "
        "warm clothes, torch, food and water for three days; glasses; this card."
    )
    sections.append(Section(_("Bring"), (Paragraph(bring),)))
    return Document(
        code=role.code,
        title=role.name,
        subtitle=" · ".join(p for p in (_("Role card"), role.unit, m.choice(role, "team")) if p),
        language=m.words.language,
        meta=m.meta(),
        sections=tuple(sections),
        size="large",
        one_page=True,
    )


def _you(m: Material, role: Role) -> Section:
    _ = m.words._
    stands_for = [r.name for r in m.organisation.all(Role) if role.id in r.deputies]
    channels = [m.words._(_label(role, code)) for code in role.channels]
    rows = [
        (_("You do"), role.duties),
        (_("You decide"), role.decides),
        (_("Stands in for you"), m.names(role.deputies) if role.deputies else ""),
        (_("You stand in for"), ", ".join(stands_for)),
        (_("Your line on the contact page"), codes(m, role.id)),
        (_("Report at"), m.name(role.site) if role.site else ""),
        (_("Reached by, in order"), ", ".join(channels)),
    ]
    blocks: list[Block] = [Facts(tuple((label, text) for label, text in rows if text))] if role.name else []
    for text, field, what in (
        (role.duties, "duties", _("What the role does is not stated.")),
        (role.deputies, "deputies", _("Nobody stands in.")),
        (role.site, "site", _("Where to report is not stated.")),
    ):
        if not text:
            blocks.append(m.missing(what, "role", field, role))
    return Section(_("You"), tuple(b for b in blocks if not isinstance(b, Facts) or b.rows))


def _label(role: Role, channel: str) -> str:
    from continuity.model.kinds.organisation import CHANNELS

    return CHANNELS.get(channel, channel)


def _first(m: Material, role: Role) -> Section:
    _ = m.words._
    led = [p for p in m.organisation.all(Procedure) if p.role == role.id]
    ticks = [
        Tick(_("Take the alarm; write the hour. Tell who leads that you are on duty.")),
        Tick(_("Go to the reporting place, or say where you are and how you are reached.")),
        *(Tick(p.trigger or "–", note=_("card {code}", code=p.code), title=p.name) for p in led),
    ]
    return Section(_("Do this"), (Steps(tuple(ticks)),))


def _decisions(m: Material, role: Role) -> Section | None:
    _ = m.words._
    held = [f for f in m.organisation.all(Fallback) if f.decider == role.id]
    if not held:
        return None
    items = tuple(
        _(
            "{fallback}: {law}; the decision takes {time}",
            fallback=f.name,
            law=f.legal_basis or "–",
            time=m.minutes(f.decision_time),
        )
        for f in held
    )
    return Section(_("Decisions that wait for you"), (Bullets(items),))
