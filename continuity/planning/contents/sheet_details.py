"""One allowed fallback of a pay day: law, hours, copies, people, what to apply first, errors."""

from __future__ import annotations

from continuity.model.kinds import Fallback
from continuity.model.values import APPLY_FIRST as _WHAT
from continuity.model.values import VerifiedCopy
from continuity.planning.blocks import (
    Block,
    Column,
    Facts,
    Heading,
    Paragraph,
    Table,
)
from continuity.planning.contents.evidence import unverified
from continuity.planning.contents.pay_day import Option, PayDayView
from continuity.planning.contents.reach import with_codes
from continuity.words import N_

#: Why a fallback that was allowed did not start in some runs.
_BLOCKED = {
    "receipt_unknown": N_("the receipt of the first file was unknown"),
    "needs_down": N_("what it needs was down"),
}


def decider(view: PayDayView, fallback: Fallback) -> str:
    """Who decides on a fallback; where it is the Government, also whom to ask."""
    m, _ = view.m, view.m.words._
    role = with_codes(m, fallback.decider)
    if fallback.kind == "order":
        return _("The Government; asked through {role}", role=role) if role else _("The Government")
    return view.decider(fallback)


def details(view: PayDayView, place: int, option: Option) -> list[Block]:
    """Return all that is to be known of one fallback before it is decided."""
    m, _ = view.m, view.m.words._
    fallback = option.fallback
    rows = [
        (_("Legal basis"), fallback.legal_basis or "–"),
        (_("Precondition"), m.choice(fallback, "precondition")),
        (_("Who decides"), _with_deputies(view, fallback)),
        (
            _("At the latest"),
            _(
                "{time}: the decision takes {decision}, set-up with the bank's lead time {setup}{practice}",
                time=m.moment(option.decide_by),
                decision=m.minutes(fallback.decision_time),
                setup=m.minutes(fallback.set_up),
                practice=view.in_practice(option),
            ),
        ),
        (_("Staff"), _staff(view, fallback)),
        (_("Needs to work"), m.names(fallback.elements)),
        *([(_("Figures"), why)] if (why := unverified(m, fallback, "coverage")) else []),
        *_copy(view, fallback.copy),
        *_counter(view, fallback),
    ]
    blocks: list[Block] = [
        Heading(_("{n}. {fallback}", n=place, fallback=fallback.name)),
        Facts(tuple(rows)),
        *_run_says(view, option),
        *_first(view, fallback),
        Paragraph(_wrong(view, fallback)),
    ]
    if fallback.note:
        blocks.append(Paragraph(fallback.note, small=True))
    return blocks


def _with_deputies(view: PayDayView, fallback: Fallback) -> str:
    if fallback.kind == "order":
        return decider(view, fallback)
    return view.m.role_and_deputies(fallback.decider) or view.decider(fallback)


def _staff(view: PayDayView, fallback: Fallback) -> str:
    m, _ = view.m, view.m.words._
    if not fallback.staff and not fallback.staff_minutes:
        return "–"
    hours = m.words.number(fallback.staff_minutes / 60)
    return _("{n} persons, {hours} working hours in all", n=fallback.staff or "–", hours=hours)


def _copy(view: PayDayView, copy: VerifiedCopy | None) -> list[tuple[str, str]]:
    m, _ = view.m, view.m.words._
    if copy is None:
        return []
    where = copy.where or "–"
    if not m.open_about_weakness:
        where = _("see the full plan")
    tested = m.words.date(copy.tested) if copy.tested else _("never")
    return [
        (_("Verified copy"), where),
        (_("Age at the most"), m.minutes(copy.age)),
        (_("Readable without"), copy.readable_without or "–"),
        (_("Last restore test"), tested),
    ]


def _counter(view: PayDayView, fallback: Fallback) -> list[tuple[str, str]]:
    m, _ = view.m, view.m.words._
    counter = fallback.counter
    if counter is None:
        return []
    state = _("in force") if counter.in_force else _("NOT in force")
    text = _(
        "{counter}; agreement {state}; {n} payments a day; identity: {check}",
        counter=counter.counter or "–",
        state=state,
        n=m.words.number(counter.per_day),
        check=counter.offline_identity or "–",
    )
    return [(_("Paying counter"), text)]


def _run_says(view: PayDayView, option: Option) -> list[Block]:
    m, _ = view.m, view.m.words._
    use = option.use
    if use is None:
        return []
    rows = [
        (
            _("Used"),
            _(
                "in {share} of the runs; pays {people} in the mean",
                share=m.share(use.used),
                people=m.people(use.payees.mean),
            ),
        ),
        (
            _("Needless"),
            _("in {share} of the runs the ordinary run would have made it", share=m.share(use.needless)),
        ),
        (_("Too late"), _("in {share} of the runs", share=m.share(use.too_late))),
    ]
    for code, share in use.blocked:
        if share:
            why = _(_BLOCKED[code]) if code in _BLOCKED else code
            rows.append((_("Blocked"), _("in {share} of the runs: {why}", share=m.share(share), why=why)))
    return [Facts(tuple(rows), source=m.source)]


def _first(view: PayDayView, fallback: Fallback) -> list[Block]:
    m, _ = view.m, view.m.words._
    if not fallback.apply_first:
        what = _("What must be applied before this fallback pays is not stated.")
        return [m.missing(what, "fallback", "apply_first", fallback)]
    columns = (
        Column(_("Apply first, before anything is paid"), weight=1.2),
        Column(_("How"), weight=2.4),
        Column(_("Copy at most"), "right"),
        Column(_("Done, signed")),
    )
    rows = tuple(
        (_(_WHAT.get(one.what, one.what)), one.how or "–", m.minutes(one.copy_age), "")
        for one in fallback.apply_first
    )
    return [Table(columns, rows, dense=True)]


def _wrong(view: PayDayView, fallback: Fallback) -> str:
    """What goes wrong by the fallback's own shares, in SEK and hours of reconciliation."""
    m, _ = view.m, view.m.words._
    if fallback.kind == "interim":
        return _(
            "What goes wrong: each case is decided on likely entitlement. Recovery: {recovery}.",
            recovery=m.choice(fallback, "recoverability"),
        )
    covered = view.planned.sek * fallback.coverage // 1000
    items = view.planned.payees * fallback.coverage // 1000 * fallback.wrong_items // 1000
    return _(
        "What goes wrong: about {over} is overpaid and {under} underpaid; about {items} payments are "
        "reconciled "
        "afterwards ({hours} working hours). Recovery: {recovery}. Not covered: {left} payees, most of "
        "all those "
        "whose right is newer than the copy.",
        over=m.words.sek(covered * fallback.over // 1000),
        under=m.words.sek(covered * fallback.under // 1000),
        items=m.people(items),
        hours=m.people(items * fallback.reconciliation / 60),
        recovery=m.choice(fallback, "recoverability"),
        left=m.people(view.planned.payees * (1000 - fallback.coverage) // 1000),
    )
