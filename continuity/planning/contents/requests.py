"""Drafts of what is asked of the Government: war rules, other grounds or order, speeding up measures."""

from __future__ import annotations

from continuity.model.kinds import Fallback, Measure
from continuity.planning.blocks import (
    Blank,
    Block,
    Column,
    Facts,
    Form,
    Paragraph,
    Section,
    Signature,
    Steps,
    Table,
    Tick,
)
from continuity.planning.contents.reach import outside, with_codes
from continuity.planning.material import Material

_MOST = 12


def requests(m: Material) -> tuple[Section, ...]:
    """Return the three requests, each on a page of its own, with what the model knows filled in."""
    return (_regulation(m), _order(m), _speed(m))


def number(m: Material) -> Form:
    """Return the lines for the decision's number, its date and hour, and who writes it."""
    _ = m.words._
    return Form(
        (
            Blank(_("Decision number"), half=True),
            Blank(_("Date and hour"), half=True),
            Blank(_("Reference"), half=True),
            Blank(_("Written by (role, name)"), half=True),
        )
    )


def _regulation(m: Material) -> Section:
    _ = m.words._
    text = _(
        "{agency} asks the Government to put the war rules on benefits into force (SFB 117:3). Without them "
        "the agency has no legal ground to pay on showing of a certificate or the last payment document "
        "(117:7–8).",
        agency=m.agency.name,
    )
    held = [f for f in m.organisation.all(Fallback) if f.kind == "certificate"]
    return _request(m, _("Request to the Government: war rules on benefits (SFB 117:3)"), text, held)


def _order(m: Material) -> Section:
    _ = m.words._
    text = _(
        "{agency} asks the Government to order that the benefits below are paid on other grounds or in "
        "another order than the code says (SFB 117:9).",
        agency=m.agency.name,
    )
    held = [f for f in m.organisation.all(Fallback) if f.kind == "order"]
    return _request(m, _("Request to the Government: other grounds or order (SFB 117:9)"), text, held)


def _request(m: Material, title: str, text: str, held: list[Fallback]) -> Section:
    _ = m.words._
    blocks: list[Block] = [number(m), Facts((*_to(m),)), Paragraph(text)]
    streams = _streams(m, held)
    if streams:
        columns = (
            Column(_("Benefit (tick)"), weight=1.6),
            Column(_("Payees a month"), "right"),
            Column(_("SEK a month"), "right"),
            Column(_("Livelihood class")),
            Column(_("Pay days")),
        )
        blocks.append(Table(columns, streams, dense=True))
    else:
        blocks.append(m.missing(_("No fallback rests on this rule."), "fallback", "kind"))
    form = Form(
        (
            Blank(_("What has happened, and what happens without the decision"), 3),
            Blank(_("The decision is needed by (date, hour)"), half=True),
            Blank(_("It should hold until"), half=True),
            Blank(_("Proposed wording"), 2),
            Blank(_("How it is followed up; wrong payments, recovery"), 1),
            Blank(_("Dissent"), 1),
        )
    )
    return Section(title, (*blocks, form, Signature((_("Head of the agency"),))), new_page=True)


def _to(m: Material) -> tuple[tuple[str, str], ...]:
    _ = m.words._
    wanted = ("regering", "government")
    held = [r for r in outside(m) if any(w in f"{r.name} {r.unit}".lower() for w in wanted)]
    who = ", ".join(with_codes(m, r.id) for r in held) or "________________"
    return ((_("To"), who), (_("Channel"), _("SGSI; otherwise by runner with a signed copy")))


def _streams(m: Material, held: list[Fallback]) -> tuple[tuple[str, ...], ...]:
    ids = {s for f in held for s in f.streams}
    return tuple(
        (
            f"☐ {s.name}",
            m.people(s.payees),
            m.words.sek(s.payees * s.amount),
            m.choice(s, "livelihood"),
            ", ".join(str(d.day) for d in s.pay_days) or "–",
        )
        for s in m.streams()
        if s.id in ids
    )


def _speed(m: Material) -> Section:
    _ = m.words._
    title = _("Request to the Government: speed up measures (2022:524 § 20, point 12)")
    text = _(
        "{agency} asks the Government to decide that the measures ticked are carried out at "
        "once, and to give "
        "the means for it.",
        agency=m.agency.name,
    )
    held = [x for x in m.organisation.all(Measure) if x.status == "decided"]
    held.sort(key=lambda x: (x.priority is None, x.priority or 0, x.code))
    ticks = tuple(
        Tick(
            x.description.split("\n")[0],
            note=_("{money} once; planned for {date}", money=m.words.sek(x.cost_once), date=_due(m, x)),
            title=x.name,
        )
        for x in held[:_MOST]
    )
    blocks: list[Block] = [number(m), Facts(_to(m)), Paragraph(text)]
    if ticks:
        blocks.append(Steps(ticks, numbered=False))
    else:
        blocks.append(m.missing(_("No decided measure waits to be speeded up."), "measure"))
    form = Form(
        (Blank(_("Why now, and what it gives"), 2), Blank(_("The decision is needed by (date, hour)")))
    )
    return Section(title, (*blocks, form, Signature((_("Head of the agency"),))), new_page=True)


def _due(m: Material, measure: Measure) -> str:
    return m.words.date(measure.due) if measure.due else "–"
