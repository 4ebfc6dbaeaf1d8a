"""Two pages for management: what we cannot do today, what it costs, what to decide."""

from __future__ import annotations

from continuity.model.kinds import Measure
from continuity.planning.blocks import (
    Blank,
    Block,
    Callout,
    Column,
    Document,
    Facts,
    Form,
    Paragraph,
    Section,
    Signature,
    Steps,
    Table,
    Tick,
)
from continuity.planning.contents.action_list import open_gaps, wanted
from continuity.planning.contents.rsa_tables import vital_functions
from continuity.planning.material import Material

_FEW = 6


def brief(m: Material) -> Document:
    """Return the management brief, at most two pages."""
    _ = m.words._
    return Document(
        code="brief",
        title=_("Brief for management"),
        subtitle=_("What we cannot do today, what it costs, what to decide"),
        language=m.words.language,
        meta=m.meta(),
        sections=(_cannot(m), _gaps(m), _costs(m), _decide(m)),
    )


def _cannot(m: Material) -> Section:
    _ = m.words._
    title = _("What we cannot do today")
    if m.run is None:
        note = Callout("note", _("No run: what we cannot do is told by what is stated only."))
        return Section(title, (note, *_stated(m)))
    h, name = m.run.headline, m.scenario.name if m.scenario else "–"
    lead = _(
        "In “{scenario}”, as the agency stands today, {people} people who live on the money "
        "are unpaid for more "
        "than {days} days (mean of the runs), and {share} of all payees are paid on time.",
        scenario=name,
        people=m.people(h.in_need_unpaid.mean),
        days=h.hardship_days,
        share=m.share(h.both.payees_on_time.mean),
    )
    columns = (
        Column(_("Function"), weight=1.6),
        Column(_("Tolerates"), "right"),
        Column(_("Longest outage, mean"), "right"),
        Column(_("Too long in"), "right"),
    )
    held = [
        (f, r)
        for f in vital_functions(m)
        if (r := m.function_results.get(f.id)) and r.mtpd_breach and r.mtpd_breach.share >= 0.05
    ]
    held.sort(key=lambda pair: (pair[0].priority, -(pair[1].mtpd_breach.share if pair[1].mtpd_breach else 0)))
    rows = tuple(
        (
            f.name,
            m.minutes(f.mtpd),
            m.words.duration(r.longest_down.mean, coarse=True),
            m.share(r.mtpd_breach),
        )
        for f, r in held[:_FEW]
    )
    blocks: list[Block] = [Paragraph(lead)]
    if rows:
        blocks.append(Table(columns, rows, source=m.source, dense=True))
    else:
        text = _("No vital function breaks its longest tolerable outage in one run in twenty or more.")
        blocks.append(Paragraph(text, source=m.source))
    return Section(title, tuple(blocks))


def _stated(m: Material) -> list[Block]:
    _ = m.words._
    slow = [f for f in vital_functions(m) if f.rto and f.achievable_rto and f.achievable_rto > f.rto]
    if not slow:
        return [Paragraph(_("No vital function states a recovery that is slower than needed."))]
    columns = (
        Column(_("Function"), weight=1.6),
        Column(_("Needed"), "right"),
        Column(_("Achievable"), "right"),
    )
    return [
        Table(columns, tuple((f.name, m.minutes(f.rto), m.minutes(f.achievable_rto)) for f in slow[:_FEW]))
    ]


def _gaps(m: Material) -> Section:
    _ = m.words._
    title = _("Why: the gaps that matter most")
    held = open_gaps(m)
    if not held:
        return Section(title, (Paragraph(_("No open gap is stated.")),))
    by_measure = {x.id: n for n, x in enumerate(wanted(m))}
    held.sort(key=lambda g: (by_measure.get(g.measure or "", 999), g.due is None, g.due, g.code))
    columns = (
        Column(_("Gap"), weight=1.5),
        Column(_("Needed"), weight=1.2),
        Column(_("Today"), weight=1.2),
        Column(_("Owner")),
        Column(_("Due")),
    )
    rows = tuple(
        (
            g.name,
            g.needed or "–",
            g.achievable or "–",
            m.role(g.owner) or _("nobody"),
            m.words.date(g.due, "iso") if g.due else _("no date"),
        )
        for g in held[:_FEW]
    )
    more = len(held) - len(rows)
    rest = (
        [Paragraph(_("{n} more stand in the list of gaps and actions.", n=more), small=True)] if more else []
    )
    blocks: list[Block] = [Table(columns, rows, dense=True), *rest]
    return Section(title, tuple(blocks))


def _costs(m: Material) -> Section:
    """What doing nothing costs, and what the measures cost and give on the same draws."""
    _ = m.words._
    decided = [x for x in wanted(m) if x.status == "decided"]
    once, yearly = sum(x.cost_once for x in decided), sum(x.cost_yearly for x in decided)
    rows: list[tuple[str, str]] = []
    if m.run:
        h = m.run.headline
        rows += [
            (_("Money not paid on time"), m.share(1 - h.both.sek_on_time.mean)),
            (_("Paid with a wrong amount"), m.words.sek(h.wrong_sek.mean)),
            (_("Working hours afterwards"), m.people(h.reconciliation_hours.mean)),
        ]
    rows.append(
        (
            _("Decided measures, not in place"),
            _("{once} once, {yearly} a year", once=m.words.sek(once), yearly=m.words.sek(yearly)),
        )
    )
    if m.comparison:
        without, with_ = m.comparison.without.headline, m.comparison.with_.headline
        told = {"before": m.people(without.in_need_unpaid.mean), "after": m.people(with_.in_need_unpaid.mean)}
        rows += [
            (_("People in need unpaid too long, without and with them"), _("{before}; {after}", **told)),
            (
                _("Payees on time, without and with them"),
                _(
                    "{before}; {after}",
                    before=m.share(without.both.payees_on_time.mean),
                    after=m.share(with_.both.payees_on_time.mean),
                ),
            ),
        ]
    return Section(_("What it costs"), (Facts(tuple(rows), source=m.source),))


def _decide(m: Material) -> Section:
    _ = m.words._
    title = _("What to decide")
    held = wanted(m)
    if not held:
        return Section(title, (m.missing(_("No measures are filled in."), "measure"),))
    ideas = [x for x in held if x.status == "idea"]
    late = [x for x in held if x.status == "decided" and x.due and x.due < m.generated.date()]
    ticks = [_tick(m, x) for x in (late + ideas)[:_FEW]]
    if m.agency.priority_decided_on is None:
        ticks.append(Tick(_("Decide the order of priority between groups of payees; today there is none.")))
    if not any(x.priority for x in held):
        ticks.append(Tick(_("Decide the order of the measures.")))
    form = Form((Blank(_("Decided, with date"), 2),))
    head = _("Tick what is decided. The rest waits, and the figures above stay as they are.")
    steps = Steps(tuple(ticks), numbered=False)
    return Section(title, (Paragraph(head), steps, form, Signature((_("Head of the agency"),))))


def _tick(m: Material, measure: Measure) -> Tick:
    _ = m.words._
    cost = _(
        "{once} once, {yearly} a year",
        once=m.words.sek(measure.cost_once),
        yearly=m.words.sek(measure.cost_yearly),
    )
    due = _("by {date}", date=m.words.date(measure.due)) if measure.due else ""
    note = " · ".join(t for t in (cost, m.role(measure.owner), due) if t)
    return Tick(measure.description.split("\n")[0], note=note, title=measure.name)
