"""RSA and RSB: the agency's own analysis, and the part of it that is reported, with measures in order."""

from __future__ import annotations

import datetime as dt

from continuity.planning.blocks import Callout, Column, Document, Facts, Paragraph, Section, Signature, Table
from continuity.planning.contents import rsa_tables
from continuity.planning.contents.action_list import open_gaps, wanted
from continuity.planning.contents.agency_run import last_in_line
from continuity.planning.material import Material

_SEPTEMBER = 9


def rsa(m: Material) -> Document:
    """Return the risk and vulnerability analysis of the agency."""
    _ = m.words._
    return Document(
        code="rsa",
        title=_("Risk and vulnerability analysis (RSA)"),
        subtitle=_("At least every second year (2022:524 § 7); made from the model and its latest run"),
        language=m.words.language,
        meta=m.meta(),
        sections=(
            _method(m),
            rsa_tables.vital(m),
            rsa_tables.dependencies(m),
            rsa_tables.risks(m),
            rsa_tables.vulnerabilities(m),
            rsa_tables.ability(m),
            *rsa_tables.measures(m),
            _whole(m),
        ),
        contents=True,
        landscape=True,
    )


def rsb(m: Material) -> Document:
    """Return the risk and vulnerability assessment: the reported part, with measures in order of priority."""
    _ = m.words._
    due = next_rsb(m.generated.date())
    return Document(
        code="rsb",
        title=_("Risk and vulnerability assessment (RSB)"),
        subtitle=_(
            "To the Government Offices, Myndigheten för civilt försvar and the sector-responsible agency by "
            "{date} (2022:524 § 19)",
            date=m.words.date(due),
        ),
        language=m.words.language,
        meta=m.meta(),
        sections=(
            _sender(m),
            rsa_tables.vital(m),
            rsa_tables.vulnerabilities(m),
            rsa_tables.ability(m),
            *rsa_tables.measures(m),
            _priorities(m),
            _whole(m),
        ),
        landscape=True,
    )


def next_rsb(today: dt.date) -> dt.date:
    """Return the next end of September of an even year, today's included."""
    due = dt.date(today.year + today.year % 2, _SEPTEMBER, 30)
    return due if due >= today else dt.date(due.year + 2, _SEPTEMBER, 30)


def _method(m: Material) -> Section:
    _ = m.words._
    run = m.source or _("No run: ability is told by what is stated, not by what a scenario shows.")
    rows = (
        (_("Agency"), m.agency.name),
        (_("Area of responsibility"), m.agency.mission or "–"),
        (
            _("Method"),
            _(
                "Functions, what they need and what it takes are described by their owners; disruptions are "
                "simulated against the real pay days; vulnerabilities are those that the "
                "structure and the run show."
            ),
        ),
        (_("Figures"), run),
    )
    return Section(_("Agency, area and method"), (Facts(rows),))


def _sender(m: Material) -> Section:
    _ = m.words._
    rows = (
        (_("Agency"), m.agency.name),
        (_("Area of responsibility"), m.agency.mission or "–"),
        (
            _("Form"),
            _(
                "MSBFS 2024:5 governs the content: check the headings against it before it "
                "is sent (unverified, 2025)"
            ),
        ),
    )
    return Section(_("Sender"), (Facts(rows), Signature((_("Head of the agency"),))))


def _priorities(m: Material) -> Section:
    _ = m.words._
    title = _("How the measures are prioritised")
    held = [x for x in wanted(m) if x.priority]
    if not held:
        what = _("The order of measures is not decided.")
        return Section(title, (m.missing(what, "measure", "priority"),))
    columns = (
        Column(_("Order"), "right"),
        Column(_("Measure"), weight=1.6),
        Column(_("Status")),
        Column(_("Closes the gap"), weight=2),
        Column(_("Due")),
    )
    rows = tuple(
        (
            str(x.priority),
            x.name,
            m.choice(x, "status"),
            ", ".join(g.name for g in open_gaps(m) if g.measure == x.id) or "–",
            m.words.date(x.due, "iso") if x.due else "–",
        )
        for x in held
    )
    text = _("People who live on the money come first, then the number of payees, then money.")
    return Section(title, (Paragraph(text), Table(columns, rows, dense=True)))


def _whole(m: Material) -> Section:
    _ = m.words._
    title = _("Overall view")
    if m.run is None:
        return Section(title, (Callout("note", _("No run: the effect on payees is not known.")),))
    h = m.run.headline
    rows = (
        (_("Scenario"), m.scenario.name if m.scenario else "–"),
        (
            _("People in need unpaid for more than {days} days", days=h.hardship_days),
            m.span(h.in_need_unpaid, m.people),
        ),
        (_("Payees paid on time"), m.span(h.both.payees_on_time, m.share)),
        (_("Who is last"), last_in_line(m)),
    )
    return Section(title, (Facts(rows, source=m.source),))
