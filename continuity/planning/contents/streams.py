"""The rules of each payment stream: when it is paid, the stages of its run, its fallbacks in order."""

from __future__ import annotations

from continuity.model.kinds import Fallback, Stage, Stream
from continuity.model.kinds.payments import DAY_RULES
from continuity.model.payments import stop_stage, who_confirms_stop
from continuity.planning.blocks import Block, Column, Document, Facts, Section, Table
from continuity.planning.contents.evidence import unverified
from continuity.planning.contents.reach import with_codes
from continuity.planning.material import Material


def stream_rules(m: Material) -> Document:
    """Return the rules of all payment streams, in the decided order of priority."""
    _ = m.words._
    sections = tuple(
        Section(s.name, (Facts(_rules(m, s)), *_stages(m, s), *_fallbacks(m, s)), new_page=place > 0)
        for place, s in enumerate(m.streams())
    )
    title = _("Payment streams: rules and runs")
    if not sections:
        empty = m.missing(_("No payment stream is filled in."), "stream")
        sections = (Section(title, (empty,)),)
    return Document(
        code="streams",
        title=title,
        subtitle=_("When each is paid, how the file travels, and what may be done instead"),
        language=m.words.language,
        meta=m.meta(),
        sections=sections,
        contents=True,
    )


def _rules(m: Material, stream: Stream) -> tuple[tuple[str, str], ...]:
    _ = m.words._
    nominal = "; ".join(
        _("the {day}: {share} {who}", day=d.day, share=m.words.level(d.share), who=d.who).strip()
        for d in stream.pay_days
    )
    rules = _(
        "on a weekend: {weekend}; on another holiday: {holiday}",
        weekend=_(DAY_RULES[stream.weekend_rule]).lower(),
        holiday=_(DAY_RULES[stream.holiday_rule]).lower(),
    )
    tables = ", ".join(str(t.year) for t in stream.published_years)
    owner = _("own") if stream.own else _("on behalf of {agency}", agency=stream.owner_agency or "–")
    return (
        (_("Paid"), nominal or "–"),
        (_("Moved"), rules),
        (_("Published tables checked"), tables or _("none: every day is computed")),
        (
            _("Benefit"),
            _("{owner}; {livelihood}", owner=owner, livelihood=m.choice(stream, "livelihood").lower()),
        ),
        (_("Stop or recall through"), stop_through(m, stream)),
        *([(_("Figures"), why)] if (why := unverified(m, stream, "payees")) else []),
    )


def stop_through(m: Material, stream: Stream) -> str:
    """Return the role that reaches the bank for a stop, with its codes; a dash where none does."""
    who = who_confirms_stop(m.organisation, stream)
    if not who or not stop_stage(m.organisation, stream):
        return "–"
    return with_codes(m, who[0].id)


def _stages(m: Material, stream: Stream) -> list[Block]:
    _ = m.words._
    stages = [s for s in m.organisation.parts(stream.id, Stage) if s.reaches != "stop"]
    if not stages:
        return [m.missing(_("No stage of the payment run is stated."), "stream", "", stream)]
    columns = (
        Column(_("Stage"), weight=1.5),
        Column(_("Done by"), weight=1.5),
        Column(_("Opens")),
        Column(_("Cut-off")),
        Column(_("Work"), "right"),
    )
    rows = tuple(
        (
            s.name,
            m.name(s.element),
            _before(m, s.opens_days, s.opens_at),
            "–" if s.cutoff_days is None else _before(m, s.cutoff_days, s.cutoff_at),
            m.minutes(s.work),
        )
        for s in stages
    )
    return [Table(columns, rows)]


def _before(m: Material, days: int, clock: int) -> str:
    _ = m.words._
    if not days:
        return _("pay day {clock}", clock=m.words.clock(clock))
    text = m.words.ngettext("{n} bank day before", "{n} bank days before", days)
    return f"{text}, {m.words.clock(clock)}"


def _fallbacks(m: Material, stream: Stream) -> list[Block]:
    _ = m.words._
    held = [f for id_ in stream.fallbacks if (f := m.organisation.of(Fallback, id_))]
    if not held:
        return [m.missing(_("No fallback is stated."), "stream", "fallbacks", stream)]
    columns = (
        Column(_("Fallback, in order"), weight=1.5),
        Column(_("Precondition")),
        Column(_("Legal basis"), weight=1.5),
        Column(_("Who decides")),
        Column(_("Decision and set-up"), "right"),
        Column(_("State")),
    )
    rows = tuple(
        (
            f.name,
            m.choice(f, "precondition"),
            f.legal_basis or "–",
            m.role(f.decider) or "–",
            m.minutes(f.decision_time + f.set_up),
            _state(m, f),
        )
        for f in held
    )
    return [Table(columns, rows)]


def _state(m: Material, fallback: Fallback) -> str:
    _ = m.words._
    if fallback.needs_ruling:
        return _("needs legal ruling")
    return _("switched on") if fallback.enabled else _("off")
