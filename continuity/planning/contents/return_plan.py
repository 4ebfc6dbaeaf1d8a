"""Stand-down and return: when it ends, what waits, how long it takes to work off, what is put right."""

from __future__ import annotations

from continuity.model.kinds import Fallback, Function, StaffGroup
from continuity.planning.blocks import (
    Blank,
    Block,
    Bullets,
    Callout,
    Column,
    Document,
    Form,
    Paragraph,
    Section,
    Signature,
    Steps,
    Table,
    Tick,
)
from continuity.planning.contents import parts
from continuity.planning.contents.loss import loss_document
from continuity.planning.material import Material
from continuity.simulation.result import Backlog, FunctionResult

_OFTEN = 0.02


def return_plan(m: Material) -> Document:
    """Return the plan for stand-down and return."""
    _ = m.words._
    return loss_document(
        m,
        "return",
        _("Stand-down and return"),
        _("When the plan ends, which cases wait, how they are worked off, and what is put right"),
        (_when(m), _steps(m), _backlog(m), _hands(m), _reconcile(m), _people(m), _learn(m), _decision(m)),
    )


def _when(m: Material) -> Section:
    _ = m.words._
    lines = (
        _("Every vital function has been at its lowest acceptable level for a full day, without standby."),
        _("The next pay day can be met by the ordinary run; the file has been made as a trial."),
        _("Nothing is known that would bring the same loss back within a week."),
        _("What the fallbacks left to put right is listed, with owner and date."),
    )
    text = _("The strategic team decides. Until then the logs go on and the latest hours are watched.")
    return Section(_("The plan ends when"), (Bullets(lines), Paragraph(text)))


def _steps(m: Material) -> Section:
    _ = m.words._
    held = parts.procedures_of_kind(m, "stand_down")
    if not held:
        what = _("No stand-down procedure is written.")
        return Section(_("Do this"), (m.missing(what, "procedure", "kind"),))
    return Section(_("Do this"), tuple(b for p in held for b in parts.procedure_blocks(m, p)))


def waiting(m: Material) -> list[tuple[Function, FunctionResult, Backlog]]:
    """Return the functions whose cases pile up in the run, those that wait longest first."""
    held = []
    for function in m.organisation.all(Function):
        result = m.function_results.get(function.id)
        if result and result.backlog and result.backlog.late.share >= _OFTEN:
            held.append((function, result, result.backlog))
    return sorted(held, key=lambda row: (row[0].priority, -row[2].peak.mean, row[0].code))


def _backlog(m: Material) -> Section:
    _ = m.words._
    title = _("Backlog: what waits, and until when")
    if m.run is None:
        return Section(title, (Callout("note", _("No run: how many cases will wait is not known.")),))
    held = waiting(m)
    if not held:
        return Section(
            title, (Paragraph(_("In the run no function has more waiting than on an ordinary day.")),)
        )
    columns = (
        Column(_("Function, worked off in this order"), weight=1.5),
        Column(_("Most that wait"), "right"),
        Column(_("At about")),
        Column(_("Left at the end of the run"), "right"),
        Column(_("Caught up after the outage"), "right"),
        Column(_("Promised (WRT)"), "right"),
        Column(_("Late until"), weight=1.1),
    )
    rows = tuple(
        (
            f.name,
            m.people(b.peak.mean),
            m.day(b.peak_at.p50),
            m.people(b.left.mean),
            m.words.duration(b.catch_up.mean, coarse=True) if b.catch_up else _("not within the run"),
            m.minutes(f.wrt),
            _until(m, b),
        )
        for f, _r, b in held
    )
    how = _(
        "Means of the runs, in cases. Late is what waits beyond the ordinary; where it is "
        "still late at the end "
        "of the run, the share of the runs stands."
    )
    return Section(title, (Paragraph(how, small=True), Table(columns, rows, source=m.source, dense=True)))


def _until(m: Material, backlog: Backlog) -> str:
    if backlog.still_late.share >= 0.5:
        return m.words._("beyond the run, in {share}", share=m.share(backlog.still_late))
    return m.day(backlog.gone.p50) if backlog.gone else "–"


def _hands(m: Material) -> Section:
    """How many working hours the backlog takes at full level, and who can help."""
    _ = m.words._
    title = _("What it takes to work off")
    rows = []
    for function, _result, backlog in waiting(m):
        spare = (function.capacity - function.arrivals) / 1000
        left = max(backlog.peak.mean, 0)
        if spare > 0:
            time = _("{hours} hours at full level", hours=m.words.number(left / spare))
        else:
            time = _("never at full level: more arrive than can be done")
        groups = ", ".join(g.name for g in _groups(m, function))
        rows.append((function.name, m.people(left), time, groups or "–", _stand_ins(m, function)))
    if not rows:
        return Section(title, (Paragraph(_("Nothing to work off is known.")),))
    columns = (
        Column(_("Function"), weight=1.2),
        Column(_("Cases"), "right"),
        Column(_("Takes, while new cases come in"), weight=1.4),
        Column(_("Done by"), weight=1.2),
        Column(_("Can be helped by"), weight=1.4),
    )
    order = _(
        "Cases on which someone's livelihood hangs come first; within them the oldest. "
        "Overtime is decided for "
        "at most four weeks at a time."
    )
    return Section(title, (Paragraph(order), Table(columns, tuple(rows), source=m.source, dense=True)))


def _groups(m: Material, function: Function) -> list[StaffGroup]:
    suppliers = {s.element for need in m.graph.needs(function.id) for s in m.graph.supplies(need)}
    return [g for g in m.organisation.all(StaffGroup) if g.id in suppliers]


def _stand_ins(m: Material, function: Function) -> str:
    held = dict.fromkeys(s for g in _groups(m, function) for s in g.stand_ins)
    return m.names(held)


def _reconcile(m: Material) -> Section:
    """What each fallback that the run uses leaves to put right."""
    _ = m.words._
    title = _("What fallbacks leave to put right")
    uses: dict[str, float] = {}
    for day in m.pay_results():
        for use in day.fallbacks:
            uses[use.fallback] = uses.get(use.fallback, 0.0) + use.payees.mean
    rows = []
    for id_, payees in sorted(uses.items(), key=lambda pair: (-pair[1], pair[0])):
        fallback = m.organisation.of(Fallback, id_)
        if fallback is not None and payees >= 1:
            items = payees * fallback.wrong_items / 1000
            rows.append(
                (
                    fallback.name,
                    m.people(payees),
                    m.people(items),
                    m.people(items * fallback.reconciliation / 60),
                    m.choice(fallback, "recoverability"),
                )
            )
    if m.run is None:
        return Section(title, (Callout("note", _("No run: which fallbacks are used is not known.")),))
    if not rows:
        return Section(title, (Paragraph(_("In the run no fallback pays anybody.")),))
    columns = (
        Column(_("Fallback"), weight=1.6),
        Column(_("Payments"), "right"),
        Column(_("To reconcile"), "right"),
        Column(_("Working hours"), "right"),
        Column(_("Recovery"), weight=1.4),
    )
    return Section(title, (Table(columns, tuple(rows), source=m.source, dense=True),))


def _people(m: Material) -> Section:
    _ = m.words._
    ticks = (
        Tick(
            _("Everybody who has worked nights or more than twelve hours is sent home, with a day to return.")
        ),
        Tick(_("Borrowed staff go back in the order in which their own functions need them.")),
        Tick(_("Somebody to talk to is offered to those who have met desperate payees or worked alone.")),
        Tick(_("Stores are filled again: fuel, food, paper, verified copies, envelopes, batteries.")),
        Tick(_("Codes, cards and keys that have been used or seen are changed.")),
    )
    return Section(_("People and stores"), (Steps(ticks, numbered=False),))


def _learn(m: Material) -> Section:
    _ = m.words._
    lines = (
        _("Within two weeks: each team says what worked, what did not, what was missing in the plan."),
        _(
            "Within two months: written evaluation; each finding becomes a gap with owner "
            "and date in the model."
        ),
        _("Decisions that pass the limits of delegations are tried afterwards by whoever may."),
    )
    return Section(_("Evaluation"), (Bullets(lines), parts.judgement(m)))


def _decision(m: Material) -> Section:
    _ = m.words._
    form = Form(
        (
            Blank(_("Decision number"), half=True),
            Blank(_("Date and hour"), half=True),
            Blank(_("Functions still below their lowest acceptable level"), 2),
            Blank(_("Left to put right: what, owner, date"), 4),
            Blank(_("Delegations and mandates taken back")),
            Blank(_("Those to be told: Government, owners, bank, staff, payees"), 2),
        )
    )
    blocks: tuple[Block, ...] = (form, Signature((_("Decides"), _("Second person"))))
    return Section(_("Decision to stand down, to be filled in"), blocks, new_page=True)
