"""Who is rung for what: alone on its pages, so that it can be replaced and destroyed alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from continuity.model.kinds import Contact, Role
from continuity.planning.blocks import Bullets, Callout, Column, Document, Paragraph, Section, Table
from continuity.planning.material import Material
from continuity.words import N_

_NUMBERS = (
    ("phone", N_("Tel.")),
    ("mobile", N_("Mobile")),
    ("rakel", N_("Rakel")),
    ("sgsi", N_("SGSI")),
    ("email", N_("E-mail")),
    ("address", N_("Address")),
)
_STALE = dt.timedelta(days=366)


def contact_list(m: Material) -> Document:
    """Return the contact list: outside the agency first, then within."""
    _ = m.words._
    outside: list[Contact] = []
    inside: list[Contact] = []
    for contact in m.organisation.all(Contact):
        (outside if is_outside(m, contact) else inside).append(contact)
    sections = [
        Section(title, (_table(m, held),))
        for title, held in ((_("Outside the agency"), outside), (_("In the agency"), inside))
        if held
    ]
    if not sections:
        sections.append(Section(_("Contacts"), (m.missing(_("No contacts are filled in."), "contact"),)))
    sections.append(_unreached(m))
    return Document(
        code="contacts",
        title=_("Contacts"),
        subtitle=_("Personal data: replaced and destroyed alone; copied onto no page but the first hour"),
        language=m.words.language,
        meta=m.meta(),
        sections=tuple(sections),
        landscape=True,
    )


def is_outside(m: Material, contact: Contact) -> bool:
    """Whether a contact is outside the agency: by its organisation, by its role where none is stated."""
    if contact.organisation and m.agency.name:
        return contact.organisation.strip().lower() != m.agency.name.strip().lower()
    role = m.organisation.of(Role, contact.role)
    return role is None or role.team == "external"


def _table(m: Material, contacts: Iterable[Contact]) -> Table:
    _ = m.words._
    columns = (
        Column(_("Code")),
        Column(_("Rung for"), weight=1.5),
        Column(_("Role")),
        Column(_("Person or desk")),
        Column(_("Numbers"), weight=1.6),
        Column(_("Day and night")),
        Column(_("Tested")),
    )
    return Table(columns, tuple(_row(m, c) for c in contacts))


def _row(m: Material, c: Contact) -> tuple[str, ...]:
    _ = m.words._
    numbers = [
        _("{channel} {number}", channel=_(label), number=getattr(c, field))
        for field, label in _NUMBERS
        if getattr(c, field) and (m.open_about_weakness or field != "address")
    ]
    who = "\n".join(p for p in (c.name, c.organisation) if p)
    always = _("Yes") if c.around_the_clock else _("No")
    return (
        c.code,
        c.purpose or "–",
        m.role(c.role) or "–",
        who,
        "\n".join(numbers) or "–",
        always,
        _tested(m, c),
    )


def _tested(m: Material, c: Contact) -> str:
    _ = m.words._
    if c.tested is None:
        return _("Never")
    if m.generated.date() - c.tested > _STALE:
        return _("{date}: too old", date=m.words.date(c.tested, "iso"))
    return m.words.date(c.tested, "iso")


def _unreached(m: Material) -> Section:
    _ = m.words._
    reached = {c.role for c in m.organisation.all(Contact)}
    without = [r.name for r in m.organisation.all(Role) if r.id not in reached]
    if not without:
        return Section(_("Roles without contact"), (Paragraph(_("Every role has a contact.")),))
    call = Callout("warn", _("Nobody is stated for these roles. Fill in, in the program: Tables › Contacts."))
    return Section(_("Roles without contact"), (call, Bullets(tuple(without))))
