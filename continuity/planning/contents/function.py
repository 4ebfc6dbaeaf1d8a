"""The continuity plan of one critical function."""

from __future__ import annotations

from continuity.model.impact import scale_of
from continuity.model.kinds import Function, StaffGroup
from continuity.planning.blocks import (
    Block,
    Bullets,
    Callout,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Section,
    Table,
)
from continuity.planning.contents import function_after as after
from continuity.planning.contents import parts, pictures
from continuity.planning.contents.evidence import unverified
from continuity.planning.material import Material
from continuity.simulation.result import Estimate, Proportion

_PICTURED = 22
_FULL_STEPS = 4


def function_plan(m: Material, function: Function) -> Document:
    """Return the plan of ``function``."""
    _ = m.words._
    plan = parts.plan_of(m, function.id)
    return Document(
        code=function.code,
        title=function.name,
        subtitle=_("Continuity plan of a critical function, priority class {n}", n=function.priority),
        language=m.words.language,
        meta=m.meta(plan.version if plan else "", parts.control_facts(m, plan)),
        sections=(
            _purpose(m, function),
            _triggers(m, function),
            _team(m, function),
            _steps(m, function),
            _manual(m, function),
            _needs(m, function),
            _staff(m, function),
            _course(m, function),
            after.payments(m, function),
            after.stand_down(m, function),
            after.ring(m, function),
            after.gaps(m, function),
            Section(_("Version control and distribution"), parts.control_blocks(m, plan)),
        ),
        contents=True,
        keywords=(function.service, m.role(function.owner)),
    )


def _purpose(m: Material, f: Function) -> Section:
    _ = m.words._
    rows = [
        (_("Service"), f.service or "–"),
        (
            _("Owner"),
            _("{owner}; deputy {deputy}", owner=m.role(f.owner) or "–", deputy=m.role(f.deputy) or "–"),
        ),
        (_("Vital to society"), (f.why_vital or _("Yes")) if f.vital else _("No")),
        (_("Longest tolerable outage (MTPD)"), m.minutes(f.mtpd)),
        (_("Recovery time needed (RTO), from declaration"), m.minutes(f.rto)),
        (_("Recovery time achievable"), _achievable(m, f)),
        (_("Tolerable data loss (RPO)"), m.minutes(f.rpo)),
        (_("Time to catch up (WRT)"), m.minutes(f.wrt)),
        (
            _("Lowest acceptable level (MBCO)"),
            "\n".join(p for p in (m.words.level(f.mbco), f.mbco_words) if p),
        ),
    ]
    blocks: list[Block] = [Facts(tuple(rows))]
    if f.rto and f.achievable_rto and f.achievable_rto > f.rto:
        text = _(
            "The achievable recovery time is longer than the one needed: {have} against {need}.",
            have=m.minutes(f.achievable_rto),
            need=m.minutes(f.rto),
        )
        blocks.append(Callout("warn", text))
    for value, field, what in (
        (f.mtpd, "mtpd", _("The longest tolerable outage is not stated.")),
        (f.rto, "rto", _("The recovery time needed is not stated.")),
        (f.owner, "owner", _("The function has no owner.")),
    ):
        if value is None:
            blocks.append(m.missing(what, "function", field, f))
    return Section(_("Purpose and demands"), (*blocks, *_impact(m, f)))


def _achievable(m: Material, f: Function) -> str:
    if f.achievable_rto is None:
        return "–"
    known = m.choice(f, "achievable_known").lower() if f.achievable_known else m.words._("not known how")
    known = ", ".join(t for t in (known, unverified(m, f, "achievable_rto")) if t)
    return m.words._("{time} ({known})", time=m.minutes(f.achievable_rto), known=known)


def impact_types(m: Material, f: Function) -> dict[str, str]:
    """Return the names of the types of impact by code: those of the scale, then what else was judged."""
    scale = scale_of(m.organisation)
    named = {kind.code: kind.name for kind in scale.types} if scale else {}
    return named | {cell.impact: cell.impact for cell in f.impact if cell.impact not in named}


def _impact(m: Material, f: Function) -> list[Block]:
    _ = m.words._
    if not f.impact:
        return [m.missing(_("The impact over time is not assessed."), "function", "impact", f)]
    times = sorted({cell.after for cell in f.impact})
    grades = {(cell.impact, cell.after): cell for cell in f.impact}
    columns = (
        Column(_("Impact (0 none, 4 unbearable) after")),
        *(Column(m.minutes(t), "right", 0.5) for t in times),
    )
    rows = tuple(
        (label, *(str(grades[code, t].grade) if (code, t) in grades else "–" for t in times))
        for code, label in impact_types(m, f).items()
        if any((code, t) in grades for t in times)
    )
    words = tuple(
        _("After {time}: {words}", time=m.minutes(cell.after), words=cell.words)
        for cell in sorted(f.impact, key=lambda c: c.after)
        if cell.words
    )
    return [Table(columns, rows), *([Bullets(words)] if words else [])]


def _triggers(m: Material, f: Function) -> Section:
    _ = m.words._
    lines = [
        _(
            "The function is, or will be within {time}, below {level}.",
            time=m.minutes(f.rto),
            level=m.words.level(f.mbco),
        ),
        *(
            _("{trigger} (card {code})", trigger=p.trigger, code=p.code)
            for p in parts.about(m, f.id)
            if p.trigger
        ),
    ]
    clock = _(
        "The owner declares. The recovery time counts from the declaration, the longest tolerable outage "
        "from "
        "the outage itself: write both hours in the log."
    )
    return Section(_("The plan is set in motion when"), (Bullets(tuple(lines)), Paragraph(clock)))


def _team(m: Material, f: Function) -> Section:
    _ = m.words._
    tasks: dict[str, str] = {}
    for id_, task in (
        (f.owner, _("Owner: declares, decides, reports")),
        (f.deputy, _("Deputy of the owner")),
    ):
        if id_:
            tasks.setdefault(id_, task)
    for procedure in parts.about(m, f.id):
        if procedure.role:
            tasks.setdefault(procedure.role, _("Leads: {card}", card=procedure.name))
    if not tasks:
        return Section(_("Roles"), (m.missing(_("No role is stated."), "function", "owner", f),))
    columns = (
        Column(_("Role")),
        Column(_("Task"), weight=1.4),
        Column(_("Stands in, in order")),
        Column(_("Reports at")),
    )
    rows = []
    for id_, task in tasks.items():
        role = m.organisation.get(id_)
        rows.append(
            (m.name(id_), task, m.names(getattr(role, "deputies", ())), m.name(getattr(role, "site", None)))
        )
    return Section(_("Roles"), (Table(columns, tuple(rows)),))


def _steps(m: Material, f: Function) -> Section:
    _ = m.words._
    held = [p for p in parts.about(m, f.id) if p.kind != after.STAND_DOWN]
    title = _("Do this")
    if not held:
        return Section(title, (m.missing(_("No procedure belongs to this function."), "procedure", "about"),))
    blocks: list[Block] = []
    for procedure in held[:_FULL_STEPS]:
        blocks += parts.procedure_blocks(m, procedure)
    if held[_FULL_STEPS:]:
        more = tuple(_("{name} (card {code})", name=p.name, code=p.code) for p in held[_FULL_STEPS:])
        blocks += [Heading(_("Further cards")), Bullets(more)]
    return Section(title, tuple(blocks))


def _manual(m: Material, f: Function) -> Section:
    _ = m.words._
    title = _("Manual alternative")
    if not f.manual:
        return Section(title, (m.missing(_("No manual alternative is stated."), "function", "manual", f),))
    return Section(title, (Paragraph(f.manual),))


def _needs(m: Material, f: Function) -> Section:
    _ = m.words._
    title = (
        _("What it needs")
        if not m.open_about_weakness
        else _("What it needs, and how long it manages without")
    )
    needs = m.graph.needs(f.id)
    if not needs:
        return Section(title, (m.missing(_("No needs are stated."), "need", "dependent"),))
    blocks: list[Block] = [parts.needs_table(m, needs)]
    elements = m.graph.below([f.id], _PICTURED)
    name = _("What {function} rests on", function=f.name)
    if len(elements) == _PICTURED:
        name = _("What {function} rests on: the {n} nearest", function=f.name, n=_PICTURED)
    blocks.append(pictures.dependency_figure(m, elements, name, whole=False))
    return Section(title, tuple(blocks))


def _staff(m: Material, f: Function) -> Section:
    _ = m.words._
    suppliers = {s.element for need in m.graph.needs(f.id) for s in m.graph.supplies(need)}
    groups = [g for g in m.organisation.all(StaffGroup) if g.id in suppliers]
    if not groups:
        return Section(
            _("Staff"), (m.missing(_("No staff group is stated as needed."), "need", "dependent"),)
        )
    return Section(_("Staff and minimum crews"), (parts.staff_table(m, groups),))


def _course(m: Material, f: Function) -> Section:
    _ = m.words._
    result = m.function_results.get(f.id)
    title = _("What the run says")
    if result is None:
        return Section(title, tuple(pictures.course_blocks(m, f)))
    name = m.scenario.name if m.scenario else "–"
    rows = [
        (_("Assumption"), name),
        (
            _("Falls below the lowest acceptable level"),
            _("in {share} of the runs", share=m.share(result.down)),
        ),
        (_("First time"), m.minute(result.first_down.p50) if result.first_down else "–"),
        (_("Longest outage"), m.span(result.longest_down, lambda v: m.words.duration(v, coarse=True))),
        (_("Recovery time needed (RTO) broken"), _broken(m, result.rto_breach, result.rto_breach_at)),
        (_("Longest tolerable outage (MTPD) broken"), _broken(m, result.mtpd_breach, result.mtpd_breach_at)),
        (_("Back for good"), m.minute(result.recovered.p50) if result.recovered else _("not within the run")),
    ]
    return Section(title, (Facts(tuple(rows), source=m.source), *pictures.course_blocks(m, f)))


def _broken(m: Material, share: Proportion | None, when: Estimate | None) -> str:
    _ = m.words._
    if share is None:
        return _("no demand is stated")
    text = _("in {share} of the runs", share=m.share(share))
    if when is None:
        return text
    return _("{share}, typically {time}", share=text, time=m.minute(when.p50))
