"""The decision sheet of one pay day: where the file is, what can be done, by whom, at the latest when."""

from __future__ import annotations

from continuity.model.kinds import Stage
from continuity.planning.blocks import (
    Block,
    Callout,
    Column,
    Document,
    Facts,
    Paragraph,
    Section,
    Steps,
    Table,
    Tick,
)
from continuity.planning.contents.evidence import unverified
from continuity.planning.contents.pay_day import PayDayView
from continuity.planning.contents.sheet_after import after_section, decision_section, payees_section
from continuity.planning.contents.sheet_options import options_section, overview
from continuity.words import N_

#: States of the file in order, and what each asks for.
STATES = (
    (
        "not_made",
        N_("Not made"),
        N_("A fallback may be decided. Lock the run so that it does not start by itself."),
    ),
    (
        "made",
        N_("Made, not sent"),
        N_("Lock the file where it is. Only one of the file and a fallback may go out."),
    ),
    (
        "receipt_unknown",
        N_("Sent, receipt unknown"),
        N_("STOP. No second file until the bank has confirmed stop or recall. Ring now."),
    ),
    (
        "received",
        N_("Received by the bank, not executed"),
        N_("The file will be paid. A fallback needs the bank's confirmed recall first."),
    ),
    (
        "executed_part",
        N_("Executed in part"),
        N_("Only those whom the bank lists as unpaid may be paid. Ask for the list."),
    ),
    ("executed", N_("Executed"), N_("Nothing more is to be paid. Go to telling the payees.")),
)
#: States of the run that stand on one line of the sheet.
_SAME = {
    "not_made": ("not_made",),
    "made": ("made",),
    "receipt_unknown": ("receipt_unknown", "sent"),
    "received": ("received",),
    "executed": ("executed", "usable"),
}


def decision_sheet(view: PayDayView) -> Document:
    """Return the decision sheet of a pay day."""
    m, _ = view.m, view.m.words._
    planned, stream = view.planned, view.stream
    owner = "" if stream.own else _("on behalf of {agency}", agency=stream.owner_agency or "–")
    parts = (
        m.words.date(planned.date, "full"),
        _("{people} payees", people=m.people(planned.payees)),
        m.words.sek(planned.sek),
        owner,
    )
    sections = (
        _file(view),
        _decide(view),
        decision_section(view),
        _hours(view),
        _situation(view),
        options_section(view),
        Section(_("The ordinary run, stage by stage"), (_stages(view),)),
        payees_section(view),
        after_section(view),
    )
    return Document(
        code=view.mark,
        title=_("{date}: {stream}", date=m.words.date(planned.date), stream=view.name),
        subtitle=_("Decision sheet for the pay day {facts}", facts=" · ".join(p for p in parts if p)),
        language=m.words.language,
        meta=m.meta(),
        sections=sections,
        keywords=(stream.name, stream.benefit, stream.code),
    )


def _file(view: PayDayView) -> Section:
    _ = view.m.words._
    stop = _("No second file goes out while the receipt of the first is unknown.")
    tick = _("Tick one. Two persons sign, on the next page.")
    if view.result is not None:
        tick += " " + _("In brackets: the share of the runs in which it is so at the due hour.")
    return Section(
        _("Where is the original file?"),
        (
            Callout("halt", stop, (*_recall(view), _seen(view))),
            Paragraph(tick),
            Steps(tuple(_state(view, *row) for row in STATES), numbered=False),
        ),
    )


def _decide(view: PayDayView) -> Section:
    """The decision at a glance: the first latest hour, and every fallback with its own."""
    m, _ = view.m, view.m.words._
    blocks: list[Block] = []
    first = next((h for h in view.hours if h.decision), None)
    # Where nothing is allowed the warning below the fallbacks says until when, and whom to ring.
    if first and any(option.allowed for option in view.options):
        lines = first.what.split("\n")
        lines[0] = _("{what} ({who}).", what=lines[0], who=first.who or "–")
        title = _("First decision at the latest {time}", time=m.moment(first.when))
        blocks.append(Callout("decide", title, tuple(lines)))
    return Section(_("What can be decided"), (*blocks, *overview(view)))


def _recall(view: PayDayView) -> tuple[str, ...]:
    m, _ = view.m, view.m.words._
    if not view.recall_who:
        return (
            _(
                "No stage says who confirms a stop at the bank: fill in a stage that reaches “Stop” for "
                "{stream}.",
                stream=view.stream.name,
            ),
        )
    lines = [_("Ring: {who}. The bank's named role must confirm stop or recall.", who=view.recall_who)]
    if view.recall_card:
        lines[0] += " " + _("Card: {card}.", card=view.recall_card)
    if view.recall_by:
        lines.append(_("The bank can stop or recall the file until {time}.", time=m.moment(view.recall_by)))
    lines.append(_("Number: ________________"))
    return tuple(lines)


def _state(view: PayDayView, code: str, title: str, then: str) -> Tick:
    _ = view.m.words._
    if view.result is None or code not in _SAME:
        return Tick(_(then), title=_(title))
    shares = dict(view.result.file_state)
    share = sum(shares.get(name, 0.0) for name in _SAME[code])
    if not share:
        return Tick(_(then), title=_(title))
    told = _("{what} ({share})", what=_(then), share=view.m.share(share))
    return Tick(told, title=_(title))


def _seen(view: PayDayView) -> str:
    m, _ = view.m, view.m.words._
    executed = next((o for s, o, _c in view.stages if s.reaches in ("executed", "usable")), view.planned.due)
    when = m.moment(executed)
    return _("A double payment is seen at the earliest {time}, in the bank's report.", time=when)


def _hours(view: PayDayView) -> Section:
    m, _ = view.m, view.m.words._
    columns = (Column(_("Hour"), weight=1.2), Column(_("What"), weight=2), Column(_("Who"), weight=1.4))
    rows = tuple((m.moment(h.when), h.what, h.who) for h in view.hours)
    blocks: list[Block] = [Table(columns, rows, dense=True)]
    if any(h.decision for h in view.hours):
        how = _(
            "The latest decision is the hour when the money is to be usable, less the set-up (the bank's "
            "lead time counted in) and less the time that the decision takes."
        )
        blocks.append(Paragraph(how, small=True))
    if view.planned.computed:
        blocks.append(Paragraph(_("The pay day is computed: no published table covers it."), small=True))
    return Section(_("Hours that matter"), tuple(blocks), new_page=True)


def _situation(view: PayDayView) -> Section:
    m, _ = view.m, view.m.words._
    stream = view.stream
    facts = [
        (_("Who is paid"), " · ".join(p for p in (view.planned.who, m.choice(stream, "entitlement")) if p)),
        (
            _("What it is to them"),
            _(
                "{livelihood}; hardship after {days} days unpaid",
                livelihood=m.choice(stream, "livelihood"),
                days=stream.hardship_days,
            ),
        ),
        (_("Others who are hit"), stream.third_parties or "–"),
        (_("Order of priority"), str(stream.priority)),
        *([(_("Figures"), why)] if (why := unverified(m, stream, "payees")) else []),
    ]
    blocks: list[Block] = [Facts(tuple(facts))]
    if view.result is None:
        blocks.append(Callout("note", _("No run: this sheet shows hours and rules only."), ()))
    else:
        blocks += _expected(view)
    return Section(_("Situation"), tuple(blocks))


def _expected(view: PayDayView) -> list[Block]:
    m, _ = view.m, view.m.words._
    result = view.result
    assert result is not None
    days = m.words.number(result.late_days.mean, 1)
    blocks: list[Block] = [
        Facts(
            (
                (
                    _("Ordinary run on time"),
                    _("in {share} of the runs", share=m.share(result.ordinary_on_time)),
                ),
                (_("Payees on time, fallbacks included"), m.share(result.on_time.mean)),
                (_("Unpaid on the day"), _("about {people} payees", people=m.people(view.unpaid))),
                (_("They wait"), _("{days} days in the mean", days=days) if result.late_days.mean else "–"),
            ),
            source=m.source,
        ),
    ]
    causes = view.causes()
    if causes:
        columns = (
            Column(_("What holds it up"), weight=2),
            Column(_("Typically since")),
            Column(_("Of the runs"), "right"),
        )
        blocks.append(Table(columns, tuple(causes), source=m.source, dense=True))
    return blocks


def _stages(view: PayDayView) -> Table:
    m, _ = view.m, view.m.words._
    times = {t.stage: t for t in view.result.stages} if view.result else {}
    columns = [
        Column(_("Stage"), weight=1.6),
        Column(_("Done by"), weight=1.4),
        Column(_("Opens")),
        Column(_("Cut-off")),
    ]
    if times:
        columns += [Column(_("Typically done")), Column(_("Misses cut-off"), "right")]
    rows = []
    for stage, opens, cutoff in view.stages:
        row = [stage.name, m.name(stage.element), m.stamp(opens), m.stamp(cutoff) if cutoff else "–"]
        if times:
            row += _done(view, stage)
        rows.append(tuple(row))
    return Table(tuple(columns), tuple(rows), source=m.source if times else "", dense=True)


def _done(view: PayDayView, stage: Stage) -> list[str]:
    m = view.m
    assert view.result is not None
    time = next((t for t in view.result.stages if t.stage == stage.id), None)
    if time is None:
        return ["–", "–"]
    missed = m.share(time.missed_cutoff) if time.cutoff is not None else "–"
    return [m.stamp(m.at(time.done.p50)) if time.done else m.words._("not in the run"), missed]
