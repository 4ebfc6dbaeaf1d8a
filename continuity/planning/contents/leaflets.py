"""A leaflet for each group that is placed here in war: what, where, when, what to bring."""

from __future__ import annotations

from continuity.model.kinds import Element, Function, StaffGroup
from continuity.model.staffing import SMALLEST_GROUP
from continuity.planning.blocks import Block, Column, Document, Facts, Paragraph, Section, Steps, Table, Tick
from continuity.planning.material import Material


def placed(m: Material) -> list[StaffGroup]:
    """Return the groups in use that are placed here in war or have a task then."""
    held = m.organisation.all(StaffGroup)
    return [g for g in held if g.in_use and (g.placed_here or g.war_task) and g.headcount >= SMALLEST_GROUP]


def leaflets(m: Material) -> Document:
    """Return the leaflets, one on each page, to be handed out with the notice of placement."""
    _ = m.words._
    held = placed(m)
    sections = tuple(_leaflet(m, group) for group in held)
    title = _("Wartime placement: leaflets")
    if not sections:
        empty = m.missing(_("No group is placed here in war."), "staff_group", "placed_here")
        sections = (Section(title, (empty,)),)
    else:
        sections = (_index(m, held), *sections)
    return Document(
        code="leaflets",
        title=title,
        subtitle=_("One page for each group: what, where, when, what to bring"),
        language=m.words.language,
        meta=m.meta(),
        sections=sections,
        size="large",
    )


def _index(m: Material, held: list[StaffGroup]) -> Section:
    """Which leaflets there are and how many of each are handed out."""
    _ = m.words._
    columns = (
        Column(_("Staff group"), weight=1.6),
        Column(_("Placed here"), "right"),
        Column(_("Notice given"), "right"),
        Column(_("Reporting place"), weight=1.6),
        Column(_("Handed out, by, date"), weight=1.6),
    )
    rows = tuple(
        (
            g.name,
            "–" if g.placed_here is None else m.words.number(g.placed_here),
            "–" if g.notice_given is None else m.words.number(g.notice_given),
            m.name(g.war_site or g.site),
            "",
        )
        for g in held
    )
    text = _(
        "Handed out with the written notice, against a receipt; one leaflet for each "
        "person, no names in this list."
    )
    return Section(_("Which leaflets there are"), (Paragraph(text), Table(columns, rows, dense=True)))


def _leaflet(m: Material, group: StaffGroup) -> Section:
    _ = m.words._
    site = group.war_site or group.site
    rows = (
        (_("What"), group.war_task or _serves(m, group)),
        (_("Where"), m.name(site) if site else ""),
        (_("When"), group.war_when),
        (_("Bring"), group.war_bring),
        (_("Work"), _shifts(m, group)),
    )
    blocks: list[Block] = [Facts(tuple((label, text) for label, text in rows if text))]
    blocks += [
        m.missing(what, "staff_group", field, group)
        for what, field, text in (
            (_("The task in war is not stated."), "war_task", group.war_task),
            (_("The reporting place is not stated."), "war_site", site),
            (_("When to report is not stated."), "war_when", group.war_when),
            (_("What to bring is not stated."), "war_bring", group.war_bring),
        )
        if not text
    ]
    ticks = (
        Tick(_("You have been given notice in writing and know your reporting place.")),
        Tick(_("At the alert signal, or when called: go there at once. Do not wait for a second call.")),
        Tick(_("If you cannot: report by any channel, to whoever leads the place.")),
        Tick(
            _(
                "Tell those at home where you are; arrange for children and others in your "
                "care today, not then."
            )
        ),
        Tick(_("Speak of your place and task with nobody who does not need to know.")),
    )
    blocks += [Steps(ticks, numbered=False), Paragraph(_("Name: ________________   Notice no.: ________"))]
    return Section(group.name, tuple(blocks), new_page=True)


def _serves(m: Material, group: StaffGroup) -> str:
    """The functions that a group is promised to, where its task is not stated."""
    ids = dict.fromkeys(p.dependent for p in m.promises if p.group == group.id)
    names = [e.name for i in ids if (e := m.organisation.of(Element, i)) and isinstance(e, Function)]
    return m.words._("As in peace: {names}", names=", ".join(names)) if names else ""


def _shifts(m: Material, group: StaffGroup) -> str:
    _ = m.words._
    if not group.minimum_crew:
        return ""
    return _(
        "at least {n} persons per shift, {shifts} shifts a day",
        n=m.words.number(group.minimum_crew),
        shifts=group.shifts,
    )
