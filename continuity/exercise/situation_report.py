"""The situation report to the Government and Myndigheten för civilt försvar (2022:524 § 22)."""

from __future__ import annotations

from continuity.exercise import said
from continuity.exercise.pay_risks import PayRisk
from continuity.exercise.situation_parts import Situation, pay_days, set_up, status
from continuity.model.kinds import Function, Stream
from continuity.planning.blocks import (
    Blank,
    Block,
    Column,
    Document,
    Facts,
    Form,
    Paragraph,
    Section,
    Signature,
    Table,
)
from continuity.words import local


def situation_report(s: Situation) -> Document:
    """Return the situation report, filled in as far as log and forecast go."""
    _ = s.words._
    sections = [_event(s), status(s), _functions(s), pay_days(s), _course(s), _means(s)]
    subtitle = _("To the Government Offices and Myndigheten för civilt försvar (2022:524 § 22)")
    return set_up(s, "situation", _("Situation report"), subtitle, sections)


def _event(s: Situation) -> Section:
    _, picture = s.words._, s.desk.picture
    earlier = [m for m in picture.messages if m.way == "out"]
    live = [r for r in picture.reports if not r.corrected]
    first = min((r for r in live if r.trust != "rumour"), key=lambda r: r.happened, default=None)
    rows = [
        (_("State at"), s.words.datetime(local(s.now), "full")),
        (_("Began"), s.hour(first.happened) if first else s.unknown),
        (_("Known to us"), s.hour(min((r.known for r in live), default=None))),
        (_("Strain level"), said.strain(s.words, picture.strain)),
        (_("Next report"), s.hour(picture.rhythm.get("report"))),
        (_("Messages sent so far"), s.words.number(len(earlier))),
    ]
    form = Form(
        (
            Blank(_("Report number"), half=True), Blank(_("Channel used"), half=True),
            Blank(_("What has happened, in a few words"), 3),
        )
    )  # fmt: skip
    return Section(_("The event"), (Facts(tuple(rows)), form))


def _functions(s: Situation) -> Section:
    _, ahead = s.words._, s.ahead
    title = _("State of the vital functions")
    functions = sorted(s.m.organisation.all(Function), key=lambda f: (f.priority, f.code))
    if not functions:
        return Section(title, (s.m.missing(_("No functions are filled in."), "function"),))
    if ahead is None:
        return Section(title, (Paragraph(_("There is no forecast.")),))
    below = {b.element: b for b in ahead.already}
    falls = {n.element: n for n in ahead.next}
    columns = (
        Column(_("Function"), weight=1.5), Column(_("Tolerates"), weight=0.7),
        Column(_("Now"), weight=1.4), Column(_("What holds it up, what comes"), weight=2),
    )  # fmt: skip
    rows = []
    for f in functions:
        now, why = _("at its lowest acceptable level or above"), "–"
        if f.id in below:
            b = below[f.id]
            since = s.ago(b.since)
            now = _("{level} since {hour}", level=s.words.level(b.level), hour=since)
            why = s.m.name(b.cause) if b.cause != f.id else "–"
        elif f.id in falls:
            n = falls[f.id]
            when, sure = s.span(n.when), said.share(s.words, n.when.share)
            why = _("falls: {when}, {sure}; {cause}", when=when, sure=sure, cause=s.m.name(n.cause))
        rows.append((f.name, s.m.minutes(f.mtpd), now, why))
    return Section(title, (Table(columns, tuple(rows), source=s.basis, dense=True),))


def _course(s: Situation) -> Section:
    _, ahead = s.words._, s.ahead
    blocks: list[Block] = []
    if ahead is not None and ahead.back:
        columns = (Column(_("What")), Column(_("Expected back")), Column(_("Basis"), weight=1.4))
        rows = tuple((s.m.name(b.element), s.span(b.when), _(said.BASIS_WORDS[b.basis])) for b in ahead.back)
        blocks.append(Table(columns, rows, source=s.basis))
    if ahead is not None:
        at_risk = [p for p in ahead.pay_days if p.late > 0.5]
        people = sum(p.unpaid for p in at_risk)
        sums = {own: sum(p.sek for p in at_risk if _own(s, p) is own) for own in (True, False)}
        facts = (
            (_("Payees more likely late than not, within fourteen days"), s.m.people(people)),
            (_("Of our own money"), s.words.sek(sums[True])),
            (_("On behalf of others"), s.words.sek(sums[False])),
        )
        blocks.append(Facts(facts, source=s.basis))
    blocks.append(Form((Blank(_("Expected course: best, likely, worst; until when it lasts"), 3),)))
    return Section(_("Expected course"), tuple(blocks))


def _own(s: Situation, p: PayRisk) -> bool:
    stream = s.m.organisation.of(Stream, p.stream)
    return stream is None or stream.own


def _means(s: Situation) -> Section:
    _, picture = s.words._, s.desk.picture
    done = [t.what for t in picture.tasks if t.done]
    planned = [f"{t.what} ({s.hour(t.due)})" if t.due else t.what for t in picture.open_tasks()]
    taken = [s.m.name(id_) for id_ in (*picture.measures, *picture.fallbacks.values())]
    rows = (
        (_("Measures taken"), "\n".join([*taken, *done]) or _("none noted")),
        (_("Measures planned, and when"), "\n".join(planned) or _("none noted")),
    )
    form = Form(
        (
            Blank(_("Available resources: people, power, telecom, fuel, premises"), 3),
            Blank(_("Asked of others: what, of whom, by when"), 2),
            Blank(_("State of the sector Economic security (if responsible for it)"), 2),
        )
    )
    return Section(
        _("Resources and measures"), (Facts(rows), form, Signature((_("Written by"), _("Approved by"))))
    )
