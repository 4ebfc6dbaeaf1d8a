"""RSA and RSB as tables: vital activity, dependencies, vulnerabilities, ability, measures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from continuity.analysis.structure import Weight
from continuity.model.kinds import Function, Measure, Scenario
from continuity.planning.blocks import (
    Block,
    Callout,
    Column,
    Document,
    Facts,
    Paragraph,
    Section,
    Signature,
    Table,
)
from continuity.planning.contents.action_list import open_gaps, wanted
from continuity.planning.contents.agency_run import last_in_line
from continuity.planning.material import Material

_MOST = 30
_SEPTEMBER = 9


def vital_functions(m: Material) -> list[Function]:
    """Return the functions that are vital to society, by priority."""
    held = (f for f in m.organisation.all(Function) if f.in_use and f.vital)
    return sorted(held, key=lambda f: (f.priority, f.code))


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
            _vital(m),
            _dependencies(m),
            _risks(m),
            _weak(m),
            _ability(m),
            *_measures(m),
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
        sections=(_sender(m), _vital(m), _weak(m), _ability(m), *_measures(m), _priorities(m), _whole(m)),
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


def _vital(m: Material) -> Section:
    _ = m.words._
    title = _("Identified vital activity")
    held = vital_functions(m)
    if not held:
        return Section(
            title, (m.missing(_("No function is marked as vital to society."), "function", "vital"),)
        )
    columns = (
        Column(_("Activity"), weight=1.2),
        Column(_("Service it gives"), weight=1.5),
        Column(_("Why it is vital"), weight=1.8),
        Column(_("Tolerates"), "right"),
        Column(_("Lowest acceptable level"), weight=1.4),
        Column(_("Owner")),
    )
    rows = tuple(
        (
            f.name,
            f.service or "–",
            f.why_vital or _("not stated"),
            m.minutes(f.mtpd),
            " ".join(p for p in (m.words.level(f.mbco), f.mbco_words) if p),
            m.role(f.owner) or _("nobody"),
        )
        for f in held
    )
    return Section(title, (Table(columns, rows, dense=True),))


def _dependencies(m: Material) -> Section:
    _ = m.words._
    title = _("Critical dependencies")
    rows = []
    for f in vital_functions(m):
        for need in m.graph.needs(f.id):
            names = ", ".join(m.name(s.element) for s in m.graph.supplies(need))
            bridge = m.minutes(need.autonomy) if need.autonomy else _("nothing")
            row = (f.name, need.name, names or "–", m.words.level(need.floor))
            rows.append((*row, bridge) if m.open_about_weakness else row)
    if not rows:
        return Section(title, (m.missing(_("No needs are stated."), "need", "dependent"),))
    columns = [
        Column(_("Activity"), weight=1.2),
        Column(_("Need"), weight=1.4),
        Column(_("Supplied by"), weight=2.2),
        Column(_("What then remains"), "right"),
    ]
    if m.open_about_weakness:
        columns.append(Column(_("Manages without"), "right"))
    text = _(
        "Critical is a dependency whose loss fairly at once brings the activity below what is acceptable."
    )
    return Section(title, (Paragraph(text), Table(tuple(columns), tuple(rows), dense=True)))


def _risks(m: Material) -> Section:
    _ = m.words._
    title = _("Threats and risks considered")
    held = m.organisation.all(Scenario)
    if not held:
        return Section(title, (m.missing(_("No scenario is filled in."), "scenario"),))
    columns = (
        Column(_("Scenario"), weight=1.2),
        Column(_("Strain level")),
        Column(_("What happens"), weight=3),
        Column(_("Played")),
    )
    played = m.run.meta.scenario if m.run else ""
    rows = tuple(
        (
            f"{s.code} {s.name}",
            m.choice(s, "strain"),
            s.summary.split("\n")[0] or "–",
            _("Yes") if s.id == played else "–",
        )
        for s in held
    )
    return Section(title, (Table(columns, rows, dense=True),))


def _weak(m: Material) -> Section:
    _ = m.words._
    title = _("Vulnerabilities")
    blocks: list[Block] = []
    if m.open_about_weakness:
        held = m.structure.single_points[:_MOST]
        columns = (
            Column(_("If this alone falls"), weight=1.4),
            Column(_("Activities that fall"), weight=2.4),
            Column(_("Payees a month"), "right"),
            Column(_("Owner")),
        )
        rows = tuple(_single(m, w) for w in held)
        if rows:
            blocks.append(Table(columns, rows, dense=True))
    gaps = open_gaps(m)
    if gaps:
        columns = (
            Column(_("Gap"), weight=1.6),
            Column(_("Concerns")),
            Column(_("Needed"), weight=1.2),
            Column(_("Achievable"), weight=1.2),
        )
        blocks.append(
            Table(
                columns,
                tuple((g.name, m.name(g.about), g.needed or "–", g.achievable or "–") for g in gaps),
                dense=True,
            )
        )
    if not blocks:
        blocks.append(Paragraph(_("No vulnerability is known.")))
    return Section(title, tuple(blocks))


def _single(m: Material, weight: Weight) -> tuple[str, ...]:
    return (
        m.name(weight.element),
        m.names(weight.functions),
        m.people(weight.payees + weight.weakened_payees),
        m.element_owner(weight.element) or "–",
    )


def _ability(m: Material) -> Section:
    """What each vital activity can do: against its demands, and in the run."""
    _ = m.words._
    title = _("Ability")
    held = vital_functions(m)
    if not held:
        return Section(
            title, (m.missing(_("No function is marked as vital to society."), "function", "vital"),)
        )
    columns = [
        Column(_("Activity"), weight=1.5),
        Column(_("Recovery needed"), "right"),
        Column(_("Recovery achievable"), "right"),
    ]
    if m.run:
        columns += [
            Column(_("Falls below the lowest acceptable level"), "right"),
            Column(_("Longest tolerable outage broken"), "right"),
            Column(_("Longest outage, mean"), "right"),
        ]
    columns.append(Column(_("Judgement"), weight=1.2))
    rows = tuple(_able(m, f) for f in held)
    blocks: list[Block] = [Table(tuple(columns), rows, source=m.source, dense=True)]
    how = _(
        "Good: the longest tolerable outage is broken in fewer than one run in twenty. "
        "Insufficient: in more than "
        "half. Between them: with gaps. Without a run: by the stated recovery times."
    )
    return Section(title, (*blocks, Paragraph(how, small=True)))


def _able(m: Material, f: Function) -> tuple[str, ...]:
    _ = m.words._
    row = [f.name, m.minutes(f.rto), m.minutes(f.achievable_rto)]
    result = m.function_results.get(f.id)
    if m.run:
        row += (
            ["–"] * 3
            if result is None
            else [
                m.share(result.down),
                m.share(result.mtpd_breach),
                m.words.duration(result.longest_down.mean, coarse=True),
            ]
        )
    return (*row, _judged(m, f))


def _judged(m: Material, f: Function) -> str:
    _ = m.words._
    result = m.function_results.get(f.id)
    if result is not None and result.mtpd_breach is not None:
        share = result.mtpd_breach.share
        return _("good") if share < 0.05 else _("insufficient") if share > 0.5 else _("with gaps")
    if f.rto is None or f.achievable_rto is None:
        return _("not known")
    return _("good") if f.achievable_rto <= f.rto else _("insufficient")


def _measures(m: Material) -> Iterator[Section]:
    _ = m.words._
    held = [x for x in m.organisation.all(Measure) if x.family != "variant"]
    for status, title in (
        ("existing", _("Measures taken")),
        ("decided", _("Measures planned")),
        ("idea", _("Further measures needed")),
    ):
        found = [x for x in held if x.status == status]
        if not found:
            yield Section(title, (Paragraph(_("None is stated.")),))
            continue
        columns = (
            Column(_("Measure"), weight=1.3),
            Column(_("What it does"), weight=2.4),
            Column(_("Owner")),
            Column(_("Due")),
            Column(_("Once"), "right"),
            Column(_("Per year"), "right"),
        )
        rows = tuple(
            (
                x.name,
                x.description.split("\n")[0] or "–",
                m.role(x.owner) or _("nobody"),
                m.words.date(x.due, "iso") if x.due else "–",
                m.words.sek(x.cost_once),
                m.words.sek(x.cost_yearly),
            )
            for x in found
        )
        yield Section(title, (Table(columns, rows, dense=True),))


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
