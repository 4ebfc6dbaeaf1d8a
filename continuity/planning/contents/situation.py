"""The situation report to the Government, and drafts of the letters that a crisis asks for."""

from __future__ import annotations

import datetime as dt

from continuity.model.calendar import payment_calendar
from continuity.model.kinds import Function, Stream
from continuity.planning.blocks import (
    WRITING,
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
from continuity.planning.contents.pay_day import named
from continuity.planning.contents.requests import number, requests
from continuity.planning.material import Material

#: Pay days that stand in the situation report: so many days ahead, at most so many.
_AHEAD = 14
_MOST = 12


def situation_report(m: Material) -> Document:
    """Return the form of a situation report (ordinance 2022:524, section 22)."""
    _ = m.words._
    return Document(
        code="situation",
        title=_("Situation report"),
        subtitle=_("To the Government Offices and Myndigheten för civilt försvar (2022:524 § 22)"),
        language=m.words.language,
        meta=m.meta(),
        sections=(_head(m), _state(m), _course(m), _means(m)),
    )


def _head(m: Material) -> Section:
    _ = m.words._
    form = Form(
        (
            Blank(_("Report number"), half=True),
            Blank(_("State at (date, hour)"), half=True),
            Blank(_("Written by (role, name)"), half=True),
            Blank(_("Approved by"), half=True),
            Blank(_("Next report at (date, hour)"), half=True),
            Blank(_("Channel used"), half=True),
            Blank(_("What has happened: when, where, known since when, from whom"), 4),
            Blank(_("Confirmed"), 2),
            Blank(_("Likely"), 2),
            Blank(_("Rumour, not confirmed"), 2),
        )
    )
    return Section(_("The event"), (form,))


def _state(m: Material) -> Section:
    _ = m.words._
    functions = sorted(m.organisation.all(Function), key=lambda f: (f.priority, f.code))
    if not functions:
        return Section(_("State"), (m.missing(_("No functions are filled in."), "function"),))
    columns = (
        Column(_("Function"), weight=1.4),
        Column(_("Tolerates")),
        Column(_("Level now, per cent")),
        Column(_("Down since")),
        Column(_("Back at the latest")),
        Column(_("What holds it up"), weight=1.4),
    )
    rows = tuple((f.name, m.minutes(f.mtpd), "", "", "", "") for f in functions)
    return Section(_("State of the vital functions"), (Table(columns, rows),))


def _course(m: Material) -> Section:
    _ = m.words._
    columns = (
        Column(_("Pay day")),
        Column(_("Payment stream"), weight=1.5),
        Column(_("Payees"), "right"),
        Column(_("File gone? Receipt?")),
        Column(_("Paid on time? Otherwise when")),
    )
    first = m.generated.date()
    days = payment_calendar(m.organisation, first, first + dt.timedelta(days=_AHEAD))
    known = tuple(
        (m.words.date(d.date, "short"), named(stream, d), m.people(d.payees), "", "")
        for d in days[:_MOST]
        if (stream := m.organisation.of(Stream, d.stream))
    )
    blank = ((WRITING, "", "", "", ""),) * 3
    form = Form((Blank(_("Expected course: best, likely, worst; until when it lasts"), 4),))
    return Section(
        _("Payments and expected course"), (Table(columns, known + blank, dense=True), *_run(m), form)
    )


def _run(m: Material) -> tuple[Block, ...]:
    """What the run expects of the scenario, to begin from; what is known now goes before it."""
    _ = m.words._
    if m.run is None:
        return ()
    h, name = m.run.headline, m.scenario.name if m.scenario else m.run.meta.scenario_code
    rows = (
        (_("Assumption"), name),
        (
            _("People in need unpaid for more than {days} days", days=h.hardship_days),
            m.span(h.in_need_unpaid, m.people),
        ),
        (_("Payees paid on time"), m.span(h.both.payees_on_time, m.share)),
    )
    note = _("From the simulation, not from what has happened: strike out what does not hold.")
    return (Callout("note", note), Facts(rows, source=m.source))


def _means(m: Material) -> Section:
    _ = m.words._
    form = Form(
        (
            Blank(_("Available resources: people, power, telecom, fuel, premises"), 3),
            Blank(_("Measures taken"), 3),
            Blank(_("Measures planned, and when"), 3),
            Blank(_("Asked of others: what, of whom, by when"), 3),
            Blank(_("State of the sector Economic security (if responsible for it)"), 3),
        )
    )
    return Section(_("Resources and measures"), (form, Signature((_("Approved by"),))))


def drafts(m: Material) -> Document:
    """Return drafts of request, notices and messages, to be filled in by hand."""
    _ = m.words._
    sections = (*requests(m), _owners(m), _bank(m), _liquidity(m), _incident(m), _staff(m), _public(m))
    return Document(
        code="drafts",
        title=_("Drafts"),
        subtitle=_("Request to the Government, notices to owners, bank and Riksgälden, reports, messages"),
        language=m.words.language,
        meta=m.meta(),
        sections=sections,
        contents=True,
    )


def _letter(title: str, *blocks: Block) -> Section:
    return Section(title, blocks, new_page=True)


def _owners(m: Material) -> Section:
    _ = m.words._
    held = [s for s in m.streams() if not s.own]
    rows = tuple(
        (s.name, s.owner_agency or "–", m.people(s.payees), m.words.sek(s.payees * s.amount)) for s in held
    )
    blocks: list[Block] = [number(m)]
    if rows:
        columns = (
            Column(_("Payment stream"), weight=1.5),
            Column(_("Owner")),
            Column(_("Payees a month"), "right"),
            Column(_("SEK a month"), "right"),
        )
        blocks.append(Table(columns, rows))
    form = Form(
        (
            Blank(_("Pay day concerned"), half=True),
            Blank(_("State of the file"), half=True),
            Blank(_("What we propose (fallback, coverage, errors)"), 3),
            Blank(_("Your decision is needed by (date, hour)")),
            Blank(_("Answer: consents / does not consent, limits, name, hour"), 2),
        )
    )
    return _letter(_("Notice to the owner of a benefit"), *blocks, form)


def _bank(m: Material) -> Section:
    _ = m.words._
    ticks = (
        Tick(_("Ring first. Give the code word. Then send this by the agreed channel.")),
        Tick(_("STOP the file below if it is not executed.")),
        Tick(_("RECALL the file below and list what was executed.")),
        Tick(_("CONFIRM receipt: count, SEK, check value.")),
        Tick(_("A replacement file follows: expect it at the hour below.")),
    )
    form = Form(
        (
            Blank(_("File reference")),
            Blank(_("Count"), half=True),
            Blank(_("SEK"), half=True),
            Blank(_("Check value (hash)")),
            Blank(_("Replacement expected (date, hour)")),
            Blank(_("The bank's answer: name, hour, what was confirmed"), 2),
        )
    )
    return _letter(
        _("Notice to the bank"),
        number(m),
        Steps(ticks, numbered=False),
        form,
        Signature((_("Person one"), _("Person two"))),
    )


def _liquidity(m: Material) -> Section:
    _ = m.words._
    first = m.generated.date()
    days = payment_calendar(m.organisation, first, first + dt.timedelta(days=31))
    totals: dict[dt.date, int] = {}
    for day in days:
        totals[day.date] = totals.get(day.date, 0) + day.sek
    text = Paragraph(_("Amount and day are changed as below. Otherwise the amounts are as planned."))
    columns = (
        Column(_("Pay day")),
        Column(_("Planned SEK"), "right"),
        Column(_("New day")),
        Column(_("New SEK")),
    )
    rows = tuple(
        (m.words.date(day, "short"), m.words.sek(sum_), "", "") for day, sum_ in sorted(totals.items())
    )
    blocks: tuple[Block, ...] = (number(m), text)
    if rows:
        blocks = (*blocks, Table(columns, rows))
    return _letter(_("Notice to Riksgälden: liquidity"), *blocks, Signature((_("Finance"),)))


def _incident(m: Material) -> Section:
    _ = m.words._
    form = Form(
        (
            Blank(_("Discovered (date, hour)"), half=True),
            Blank(_("Began (date, hour, or estimate)"), half=True),
            Blank(_("Type: fault, attack, supplier, unknown")),
            Blank(_("Systems and services hit"), 2),
            Blank(_("Agencies to whom we supply IT, told when"), 2),
            Blank(_("Measures taken; help needed"), 2),
            Blank(_("Personal data concerned? Protective security concerned?"), 2),
            Blank(_("Contact for the matter")),
        )
    )
    return _letter(_("IT-incident report (2022:524 § 14)"), number(m), form)


def _staff(m: Material) -> Section:
    _ = m.words._
    text = _(
        "To all staff: ________ has happened. Those who have a role card follow it. Others: come / work "
        "from home / "
        "wait at home (strike out). Next word at ________ through ________. Do not spread anything about "
        "systems, "
        "sites or people."
    )
    return _letter(_("Message to staff"), Paragraph(text), number(m))


def _public(m: Material) -> Section:
    _ = m.words._
    text = _(
        "Payments of the benefits ticked below may be late. You keep your right to the money and do "
        "not need to apply again. "
        "We never ask for codes, card numbers or e-ID by telephone, text or at the door. Next word at "
        "________.",
    )
    ticks = tuple(Tick(s.name) for s in m.streams())
    which = Steps(ticks, numbered=False) if ticks else Form((Blank(_("Benefits concerned")),))
    fraud = Callout("warn", _("Every message warns of fraud calls."))
    return _letter(
        _("Message to payees"),
        Paragraph(text),
        which,
        fraud,
        number(m),
        Facts(((_("Same words in"), _("radio, television, web, app, telephone answer, service offices")),)),
    )
