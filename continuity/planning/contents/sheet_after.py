"""The end of a decision sheet: the draft decision, what the payees are told, what is put right afterwards."""

from __future__ import annotations

import datetime as dt

from continuity.planning.blocks import (
    Blank,
    Block,
    Callout,
    Facts,
    Form,
    Heading,
    Paragraph,
    Section,
    Signature,
    Steps,
    Tick,
)
from continuity.planning.contents.pay_day import PayDayView
from continuity.planning.contents.reach import head
from continuity.planning.material import Material


def decision_section(view: PayDayView) -> Section:
    """Return the draft decision with signature lines."""
    m, _ = view.m, view.m.words._
    allowed = [o for o in view.options if o.allowed]
    # Somebody decides also where all that can be decided is to wait.
    sure = [o for o in allowed if o.fallback.kind != "order"] or list(view.options)
    first = head(m)
    deciders = list(dict.fromkeys(view.decider(o.fallback) for o in sure))
    deciders = deciders or ([first.name] if first else [])
    choices = [
        Tick(
            o.fallback.legal_basis,
            note=_("at the latest {time}", time=m.moment(view.work_by(o) or o.decide_by)),
            title=o.fallback.name,
        )
        for o in allowed
    ]
    choices.append(Tick(_("No second file is sent."), title=_("Wait for the ordinary run")))
    refused = [o.fallback.name for o in view.options if not o.allowed]
    rejected = _("Refused beforehand, for the reasons below: {names}.", names=", ".join(refused))
    blocks: list[Block] = [
        file_form(view),
        Form(
            (
                Blank(_("Decision number"), half=True),
                Blank(_("Date and hour"), half=True),
                Blank(_("Situation"), 2),
            )
        ),
        Heading(_("It is decided")),
        Steps(tuple(choices), numbered=False),
        *([Paragraph(rejected, small=True)] if refused else []),
        Form(
            (
                Blank(_("Further options rejected, and why")),
                Blank(_("Limits (groups, highest amount)"), half=True),
                Blank(_("The decision ends when"), half=True),
                Blank(_("Dissent")),
            )
        ),
        *_owner(view),
        Signature(
            (
                *(_("Decides: {role}", role=role) for role in deciders or ["–"]),
                _("Second person"),
            )
        ),
    ]
    return Section(_("Draft decision"), tuple(blocks), new_page=True)


def file_form(view: PayDayView) -> Form:
    """Return the lines for the original file: reference, control totals, check value, two persons."""
    m, _ = view.m, view.m.words._
    expected = {"count": m.people(view.planned.payees), "money": m.words.sek(view.planned.sek)}
    return Form(
        (
            Blank(_("File reference"), half=True),
            Blank(_("Made (date, hour)"), half=True),
            Blank(_("Control total: count (expected about {count})", count=expected["count"]), half=True),
            Blank(_("Control total: SEK (expected about {money})", money=expected["money"]), half=True),
            Blank(_("Check value (hash), first and last eight characters")),
            Blank(_("Person one: name, hour"), half=True),
            Blank(_("Person two: name, hour"), half=True),
        )
    )


def _owner(view: PayDayView) -> list[Block]:
    _ = view.m.words._
    if view.stream.own:
        return []
    agency = view.stream.owner_agency or "–"
    text = _("The money is paid on behalf of {agency}: its own decision is needed.", agency=agency)
    form = Form((Blank(_("Decided by (name, hour)"), half=True), Blank(_("Reference"), half=True)))
    return [Callout("decide", text, ()), form]


def spoken(m: Material, date: dt.date) -> str:
    """A date for running text, such as ``torsdagen den 25 februari 2027``."""
    full = m.words.date(date, "full")
    if m.words.language != "sv":
        return full
    weekday, rest = full.split(" ", 1)
    return f"{weekday}en den {rest}"


def payees_section(view: PayDayView) -> Section:
    """Return the draft message to the payees."""
    m, _ = view.m, view.m.words._
    date = spoken(m, view.planned.date)
    late = _(
        "The payment of {stream} on {date} is late. You keep your right to the money. You do not need to "
        "do anything. "
        "We tell you more at ________.",
        stream=view.stream.name,
        date=date,
    )
    other = _(
        "The payment of {stream} on {date} is made in another way than usual. The amount may differ from "
        "what you "
        "expect; we put it right afterwards.",
        stream=view.stream.name,
        date=date,
    )
    fraud = _(
        "We never ring, text or visit you to ask for codes, card numbers or e-ID. Whoever does is a "
        "fraud: hang up."
    )
    return Section(
        _("Tell the payees"),
        (
            Paragraph(
                _(
                    "Channels: radio and television, web, app, telephone answer, service offices. Same "
                    "words in all."
                )
            ),
            Heading(_("If the payment is late")),
            Paragraph(late),
            Heading(_("If a fallback pays")),
            Paragraph(other),
            Heading(_("Always")),
            Paragraph(fraud),
        ),
    )


def after_section(view: PayDayView) -> Section:
    """Return what goes wrong in sum, and how it is put right."""
    m, _ = view.m, view.m.words._
    blocks: list[Block] = []
    result = view.result
    if result:
        blocks.append(
            Facts(
                (
                    (_("Paid with a wrong amount"), m.span(result.wrong_sek, m.words.sek)),
                    (_("Exposed to double payment"), m.span(result.double_exposed_sek, m.words.sek)),
                    (_("Working hours now"), m.span(result.staff_hours, m.people)),
                    (_("Working hours of reconciliation"), m.span(result.reconciliation_hours, m.people)),
                    (
                        _("Would perfect foresight pay more?"),
                        _("{people} payees more on time", people=m.people(result.foresight_gap.mean)),
                    ),
                ),
                source=m.source,
            )
        )
    ticks = (
        Tick(
            _(
                "Compare the bank's report of executed payments with the file: count, SEK, check value. "
                "Two persons."
            ),
            m.name(view.stream.function) if view.stream.function else "",
        ),
        Tick(
            _("List payments made twice; stop what the bank can still stop; tell the payee before any claim.")
        ),
        Tick(_("List payees not covered and pay them from the ordinary run.")),
        Tick(_("Apply deaths, ended rights and changed accounts since the copy; correct amounts.")),
        Tick(
            _("Decide on recovery by the rules of each fallback; nothing is reclaimed before that decision.")
        ),
        Tick(
            _("Enter all in the ledger with the decision number; report the sum to the owner of the benefit.")
        ),
        Tick(_("Write down what went wrong with this sheet; change the plan.")),
    )
    blocks.append(Steps(ticks))
    return Section(_("Afterwards: what went wrong, and putting it right"), tuple(blocks))
