"""The fallbacks of a pay day in order: allowed or refused and why, law, hours, copies, people, errors."""

from __future__ import annotations

from continuity.model.kinds import Fallback
from continuity.model.values import APPLY_FIRST as _WHAT
from continuity.model.values import VerifiedCopy
from continuity.planning.blocks import (
    Block,
    Callout,
    Column,
    Facts,
    Heading,
    Paragraph,
    Section,
    Steps,
    Table,
    Tick,
)
from continuity.planning.contents.pay_day import Option, PayDayView
from continuity.words import N_

#: Why a fallback that was allowed did not start in some runs.
_BLOCKED = {
    "receipt_unknown": N_("the receipt of the first file was unknown"),
    "needs_down": N_("what it needs was down"),
}


def options_section(view: PayDayView) -> Section:
    """Return the section on fallbacks."""
    m, _ = view.m, view.m.words._
    title = _("Fallbacks in order")
    if not view.options:
        what = _(
            "No fallback is stated for {stream}: without one the payees wait for the ordinary run.",
            stream=view.stream.name,
        )
        return Section(title, (m.missing(what, "stream", "fallbacks", view.stream),))
    blocks: list[Block] = [_overview(view)]
    if not any(option.allowed for option in view.options):
        blocks.append(
            Callout(
                "warn",
                _(
                    "No fallback is allowed as things are assumed. The payees wait for the "
                    "ordinary run, or the Government decides."
                ),
                (),
            )
        )
    for place, option in enumerate(view.options, 1):
        if option.allowed:
            blocks += _details(view, place, option)
    refused = [o for o in view.options if not o.allowed]
    if refused:
        blocks.append(Heading(_("Refused, and why")))
        columns = (
            Column(_("Fallback")),
            Column(_("Why it is refused"), weight=1.6),
            Column(_("Legal basis")),
        )
        rows = tuple((o.fallback.name, "\n".join(o.refused), o.fallback.legal_basis or "–") for o in refused)
        blocks.append(Table(columns, rows, source=m.source))
    return Section(title, tuple(blocks))


def _overview(view: PayDayView) -> Table:
    m, _ = view.m, view.m.words._
    columns = [
        Column(_("No."), "right"),
        Column(_("Fallback"), weight=1.6),
        Column(_("Allowed")),
        Column(_("Decide by")),
        Column(_("Who decides")),
        Column(_("Covers"), "right"),
    ]
    if view.result:
        columns.append(Column(_("Used"), "right"))
    rows = []
    for place, option in enumerate(view.options, 1):
        fallback = option.fallback
        row = [
            str(place),
            fallback.name,
            _allowed(view, option),
            m.moment(option.decide_by) if option.allowed else "–",
            decider(view, fallback),
            covers(view, fallback),
        ]
        if view.result:
            row.append(m.share(option.use.used) if option.use and option.allowed else "–")
        rows.append(tuple(row))
    return Table(tuple(columns), tuple(rows), source=m.source if view.result else "")


def _allowed(view: PayDayView, option: Option) -> str:
    m, _ = view.m, view.m.words._
    fallback = option.fallback
    if not option.allowed:
        return _("NO")
    if option.use is None:
        return m.choice(fallback, "precondition")
    if fallback.kind == "order":
        return _("Yes, if the Government has so ordered")
    if fallback.precondition != "peace":
        condition = m.choice(fallback, "precondition")
        return _("Yes, if: {condition}", condition=condition[:1].lower() + condition[1:])
    return _("Yes")


def decider(view: PayDayView, fallback: Fallback) -> str:
    """Who decides on a fallback; where it is the Government, also whom to ask."""
    m, _ = view.m, view.m.words._
    role = m.role(fallback.decider)
    if fallback.kind == "order":
        return _("The Government; asked through {role}", role=role) if role else _("The Government")
    return role or "–"


def covers(view: PayDayView, fallback: Fallback) -> str:
    """How many payees a fallback can cover."""
    m, _ = view.m, view.m.words._
    if fallback.kind == "interim":
        per_hour = fallback.cases_per_hour * fallback.staff / 1000
        return _("{n} per hour", n=m.words.number(per_hour))
    return m.words.percent(fallback.coverage / 1000)


def _details(view: PayDayView, place: int, option: Option) -> list[Block]:
    m, _ = view.m, view.m.words._
    fallback = option.fallback
    rows = [
        (_("Legal basis"), fallback.legal_basis or "–"),
        (_("Precondition"), m.choice(fallback, "precondition")),
        (_("Who decides"), _with_deputies(view, fallback)),
        (
            _("At the latest"),
            _(
                "{time}: the decision takes {decision}, set-up with the bank's lead time {setup}",
                time=m.moment(option.decide_by),
                decision=m.minutes(fallback.decision_time),
                setup=m.minutes(fallback.set_up),
            ),
        ),
        (_("Staff"), _staff(view, fallback)),
        (_("Needs to work"), m.names(fallback.elements)),
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
    return view.m.role_and_deputies(fallback.decider) or "–"


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
    ticks = []
    for one in fallback.apply_first:
        label = _(_WHAT.get(one.what, one.what))
        age = m.minutes(one.copy_age)
        if one.how:
            ticks.append(Tick(_("{what}: {how}. Copy at most {age} old.", what=label, how=one.how, age=age)))
        else:
            ticks.append(Tick(_("{what}. Copy at most {age} old.", what=label, age=age)))
    return [Heading(_("Apply first, before anything is paid"), 2), Steps(tuple(ticks), numbered=False)]


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
