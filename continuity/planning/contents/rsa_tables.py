"""The tables of RSA and RSB: vital activity, dependencies, vulnerabilities, ability, measures."""

from __future__ import annotations

from collections.abc import Iterator

from continuity.analysis.structure import Weight
from continuity.model.kinds import Function, Measure, Need, Scenario
from continuity.planning.blocks import Block, Column, Paragraph, Section, Table
from continuity.planning.contents.action_list import open_gaps
from continuity.planning.material import Material

_MOST = 30


def vital_functions(m: Material) -> list[Function]:
    """Return the functions that are vital to society, by priority."""
    held = (f for f in m.organisation.all(Function) if f.in_use and f.vital)
    return sorted(held, key=lambda f: (f.priority, f.code))


def vital(m: Material) -> Section:
    """Return the identified vital activity."""
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


def dependencies(m: Material) -> Section:
    """Return what the vital activity cannot do without."""
    _ = m.words._
    title = _("Critical dependencies")
    rows = []
    for f in vital_functions(m):
        for need in critical_needs(m, f):
            names = ", ".join(m.name(s.element) for s in m.graph.supplies(need))
            bridge = m.minutes(need.autonomy) if need.autonomy else _("nothing")
            row = (f.name, need.name, names or "–", m.words.level(need.floor))
            rows.append((*row, bridge) if m.open_about_weakness else row)
    if not rows:
        if any(m.graph.needs(f.id) for f in vital_functions(m)):
            return Section(title, (Paragraph(_("No need is critical to a vital activity.")),))
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
        "Critical is a dependency whose loss brings the activity below its lowest "
        "acceptable level before its "
        "longest tolerable outage has passed; the shortest time first."
    )
    return Section(title, (Paragraph(text), Table(tuple(columns), tuple(rows), dense=True)))


def critical_needs(m: Material, f: Function) -> list[Need]:
    """Return the needs without which a function falls below its lowest level before it has to be back."""
    limit = f.mtpd if f.mtpd is not None else 0
    held = [n for n in m.graph.needs(f.id) if n.floor < f.mbco and n.autonomy < max(limit, 1)]
    return sorted(held, key=lambda n: (n.autonomy, n.floor, n.code))


def risks(m: Material) -> Section:
    """Return the scenarios that have been considered, and which one was played."""
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


def vulnerabilities(m: Material) -> Section:
    """Return single points of failure, in the full plan, and open gaps."""
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


def ability(m: Material) -> Section:
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


def measures(m: Material) -> Iterator[Section]:
    """Return measures taken, planned and needed."""
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
