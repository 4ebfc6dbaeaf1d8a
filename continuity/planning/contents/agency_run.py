"""What the run says in the agency's plan: in brief, functions, payments and who is last, measures."""

from __future__ import annotations

from collections import defaultdict

from continuity.model.kinds import Function, Stream
from continuity.planning.blocks import Block, Callout, Column, Facts, Paragraph, Section, Table
from continuity.planning.material import Material
from continuity.simulation.result import PayDayResult, Proportion, RunResult

#: A typical day is told where at least this share of the runs has one.
_SAID_FROM = 0.02


def in_brief(m: Material) -> Section:
    """Return what a tired reader needs first."""
    _ = m.words._
    title = _("In brief")
    if m.run is None:
        text = _("This plan was made without a run. It says what to do, not what to expect.")
        return Section(title, (Callout("note", text),))
    h, name = m.run.headline, m.scenario.name if m.scenario else m.run.meta.scenario_code
    days = lambda v: m.words.number(v, 1)  # noqa: E731
    blocks: list[Block] = [
        Paragraph(_("Figures from the scenario {scenario}, as the agency stands today.", scenario=name)),
        Facts(
            (
                (
                    _("People in need unpaid for more than {days} days", days=h.hardship_days),
                    m.span(h.in_need_unpaid, m.people),
                ),
                (
                    _("Their longest wait, days, runs without any wait counted as 0"),
                    m.span(h.longest_wait_days, days),
                ),
                (_("Payees paid on time"), m.span(h.both.payees_on_time, m.share)),
                (_("Money paid on time"), m.span(h.both.sek_on_time, m.share)),
                (_("Functions that break their longest tolerable outage"), _breaking(m, m.run)),
                (_("Who is last"), last_in_line(m)),
            ),
            source=m.source,
        ),
    ]
    return Section(title, tuple(blocks))


def _breaking(m: Material, run: RunResult) -> str:
    _ = m.words._
    held = [f for f in run.functions if f.mtpd_breach and f.mtpd_breach.share >= 0.05]
    if not held:
        return _("none in one run in twenty or more")
    held.sort(key=lambda f: -(f.mtpd_breach.share if f.mtpd_breach else 0))
    return "\n".join(
        _("{function}: in {share} of the runs", function=m.name(f.element), share=m.share(f.mtpd_breach))
        for f in held[:8]
    )


def last_in_line(m: Material) -> str:
    """Say who waits longest, and by whose order."""
    _ = m.words._
    waiting = [
        (p, p.late_days.mean) for p in m.pay_results() if p.on_time.mean < 0.995 and p.late_days.mean > 0
    ]
    if not waiting:
        return _("nobody waits in the mean of the runs")
    day, late = max(waiting, key=lambda pair: (pair[1], pair[0].payees, pair[0].stream))
    text = _(
        "{stream}, pay day {date}: in the runs where anyone waits, {days} days on average",
        stream=m.name(day.stream),
        date=m.words.date(day.date),
        days=m.words.number(late, 1),
    )
    order = m.agency.priority_decided_by
    if not order:
        return text
    decided = m.words.date(m.agency.priority_decided_on) if m.agency.priority_decided_on else "–"
    return _(
        "{last}. Order of priority decided by {who}, {date}, {reference}.",
        last=text,
        who=order,
        date=decided,
        reference=m.agency.priority_reference or "–",
    )


def functions(m: Material) -> Section:
    """Return the functions by priority with their demands and what the run says."""
    _ = m.words._
    held = sorted(m.organisation.all(Function), key=lambda f: (f.priority, f.code))
    title = _("Critical functions by priority")
    if not held:
        return Section(title, (m.missing(_("No functions are filled in."), "function"),))
    columns = [
        Column(_("Function"), weight=1.6),
        Column(_("Class"), "right"),
        Column(_("MTPD"), "right"),
        Column(_("RTO"), "right"),
        Column(_("Achievable"), "right"),
        Column(_("MBCO"), "right"),
    ]
    if m.run:
        columns += [
            Column(_("Breaks RTO"), "right"),
            Column(_("Breaks MTPD"), "right"),
            Column(_("Broken, typical day")),
            Column(_("Back for good, typical day")),
        ]
    rows = []
    for f in held:
        row = [
            f.name,
            str(f.priority),
            m.minutes(f.mtpd),
            m.minutes(f.rto),
            m.minutes(f.achievable_rto),
            m.words.level(f.mbco),
        ]
        if m.run:
            row += _said(m, f)
        rows.append(tuple(row))
    key = _(
        "MTPD: longest tolerable outage. RTO: recovery time needed. MBCO: lowest acceptable level. "
        "Shares are of the runs. Typical days: half of the runs are earlier, half later; of the runs where "
        "the demand was broken, and of the runs where the function fell and came back. The two are not the "
        "same runs. A dash: fewer than one run in fifty."
    )
    table = Table(tuple(columns), tuple(rows), source=m.source, dense=True)
    return Section(title, (table, Paragraph(key, small=True)))


def _said(m: Material, f: Function) -> list[str]:
    result = m.function_results.get(f.id)
    if result is None:
        return ["–"] * 4
    when = result.mtpd_breach_at or result.rto_breach_at
    broken = result.mtpd_breach if result.mtpd_breach_at else result.rto_breach
    return [
        m.share(result.rto_breach),
        m.share(result.mtpd_breach),
        m.day(when.p50) if when and _often(broken) else "–",
        m.day(result.recovered.p50) if result.recovered and _often(result.down) else "–",
    ]


def _often(part: Proportion | None) -> bool:
    """Whether so many runs did it that a typical day says something."""
    return part is not None and part.share >= _SAID_FROM


def payments(m: Material) -> Section:
    """Return payments on time: own and on behalf of others, each stream, and who is last."""
    _ = m.words._
    title = _("Payments")
    if not m.streams():
        return Section(title, (m.missing(_("No payment stream is filled in."), "stream"),))
    if m.run is None:
        return Section(
            title,
            (Callout("note", _("No run: which payments come on time is not known.")), _plain_streams(m)),
        )
    h = m.run.headline
    columns = (
        Column(_("Paid")),
        Column(_("Payments due"), "right"),
        Column(_("SEK due"), "right"),
        Column(_("Payees on time"), "right"),
        Column(_("SEK on time"), "right"),
    )
    rows = tuple(
        (
            label,
            m.people(side.payees),
            m.words.sek(side.sek),
            m.span(side.payees_on_time, m.share),
            m.span(side.sek_on_time, m.share),
        )
        for label, side in ((_("Own"), h.own), (_("On behalf of others"), h.others), (_("Both"), h.both))
    )
    errors = Facts(
        (
            (_("Paid with a wrong amount"), m.span(h.wrong_sek, m.words.sek)),
            (_("Exposed to double payment"), m.span(h.double_exposed_sek, m.words.sek)),
            (
                _("Working hours now, and of reconciliation later"),
                _(
                    "{now}; {later}",
                    now=m.span(h.staff_hours, m.people),
                    later=m.span(h.reconciliation_hours, m.people),
                ),
            ),
            (_("Who is last"), last_in_line(m)),
        ),
        source=m.source,
    )
    return Section(title, (Table(columns, rows, source=m.source), errors, _per_stream(m)))


def _plain_streams(m: Material) -> Table:
    _ = m.words._
    columns = (
        Column(_("Payment stream"), weight=1.5),
        Column(_("Payees a month"), "right"),
        Column(_("SEK a month"), "right"),
        Column(_("Livelihood class")),
        Column(_("Owner")),
    )
    rows = tuple(
        (
            s.name,
            m.people(s.payees),
            m.words.sek(s.payees * s.amount),
            m.choice(s, "livelihood"),
            _owner(m, s),
        )
        for s in m.streams()
    )
    return Table(columns, rows)


def _owner(m: Material, stream: Stream) -> str:
    return m.words._("own") if stream.own else stream.owner_agency or "–"


def _per_stream(m: Material) -> Table:
    _ = m.words._
    days: dict[str, list[PayDayResult]] = defaultdict(list)
    for day in m.pay_results():
        days[day.stream].append(day)
    columns = (
        Column(_("Payment stream, in the decided order"), weight=1.8),
        Column(_("Livelihood class")),
        Column(_("Owner")),
        Column(_("Pay days"), "right"),
        Column(_("Ordinary run on time"), "right"),
        Column(_("Payees on time"), "right"),
        Column(_("Wait where anyone waits, days"), "right"),
    )
    rows = []
    for stream in m.streams():
        held = days.get(stream.id, [])
        if not held:
            continue
        payees = sum(d.payees for d in held) or 1
        ordinary = sum(d.ordinary_on_time.share * d.payees for d in held) / payees
        on_time = sum(d.on_time.mean * d.payees for d in held) / payees
        wait = max(d.late_days.mean for d in held)
        rows.append(
            (
                stream.name,
                m.choice(stream, "livelihood"),
                _owner(m, stream),
                str(len(held)),
                m.share(ordinary),
                m.share(on_time),
                m.words.number(wait, 1),
            )
        )
    return Table(columns, tuple(rows), source=m.source, dense=True)
