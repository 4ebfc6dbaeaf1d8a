"""Blank forms on paper: logs, control totals, hand-over, the register of numbered copies."""

from __future__ import annotations

from continuity.planning.blocks import (
    WRITING,
    Blank,
    Block,
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
from continuity.planning.material import Material
from continuity.words import N_

#: Payees on one sheet of the manual payment list.
_LINES = 22
#: Logs: title, how to use it, columns with their weights, number of blank rows.
_LOGS = (
    (
        N_("Decision log"),
        N_("One line for each decision. A correction is a new line; nothing is struck out."),
        (
            (N_("No."), 1),
            (N_("Date, hour"), 1),
            (N_("Decision"), 3),
            (N_("Why"), 2),
            (N_("Who decided"), 2),
            (N_("Ends"), 1),
        ),
        25,
    ),
    (
        N_("Log of events and messages"),
        N_("C confirmed, L likely, R rumour. Write when it happened and when you knew."),
        (
            (N_("Happened"), 1),
            (N_("Known"), 1),
            (N_("From, channel"), 1.5),
            (N_("What"), 3),
            (N_("C L R"), 1),
            (N_("Task to"), 1.5),
        ),
        25,
    ),
    (
        N_("Register of copies"),
        N_(
            "Each numbered copy of the plans: who has it, where it lies, when it was taken back or destroyed."
        ),
        (
            (N_("Copy no."), 1),
            (N_("Received by, date"), 2),
            (N_("Kept at"), 2),
            (N_("Taken back"), 1.5),
            (N_("Destroyed, by two"), 2),
        ),
        26,
    ),
    (
        N_("Sealed envelopes, keys and cards"),
        N_("Two persons open an envelope. Write the hour and why."),
        (
            (N_("No."), 1),
            (N_("What"), 3),
            (N_("Where it lies"), 2),
            (N_("Who may open (two)"), 2),
            (N_("Opened, why, signed"), 2.5),
        ),
        26,
    ),
    (
        N_("Food, water, fuel, heat, sleep: per shift"),
        N_("Write what is left at each change of shift and how many hours it lasts."),
        (
            (N_("Date, shift"), 1),
            (N_("Persons"), 1),
            (N_("Water, food"), 2),
            (N_("Fuel, hours"), 2),
            (N_("Heat"), 1.5),
            (N_("Slept"), 1),
        ),
        26,
    ),
)


def blank_forms(m: Material) -> Document:
    """Return the blank forms, one on each page."""
    _ = m.words._
    return Document(
        code="forms",
        title=_("Blank forms"),
        subtitle=_("For copying by hand; use a pen that does not run"),
        language=m.words.language,
        meta=m.meta(),
        sections=(
            _totals(m),
            _payment_list(m),
            _decision(m),
            _handover(m),
            *(_log(m, *row) for row in _LOGS),
        ),
        contents=True,
    )


def _log(m: Material, title: str, use: str, columns: tuple[tuple[str, float], ...], rows: int) -> Section:
    _ = m.words._
    head = tuple(Column(_(name), weight=weight) for name, weight in columns)
    blank = tuple((WRITING,) * len(columns) for _n in range(rows))
    return Section(_(title), (Paragraph(_(use)), Table(head, blank)), new_page=True)


def _totals(m: Material) -> Section:
    _ = m.words._
    head = (
        Column(_("Point")),
        Column(_("Count")),
        Column(_("SEK")),
        Column(_("Check value")),
        Column(_("Two sign, hour")),
    )
    points = (_("File made"), _("Attested"), _("Signed"), _("Sent"), _("The bank's receipt"), _("Executed"))
    rows = tuple((point, WRITING, "", "", "") for point in points)
    blocks: tuple[Block, ...] = (
        Form(
            (
                Blank(_("Payment stream"), half=True),
                Blank(_("Pay day"), half=True),
                Blank(_("File reference")),
            )
        ),
        Table(head, rows),
        Paragraph(
            _("If two lines differ: stop. Nothing is released until the difference is explained in writing.")
        ),
    )
    return Section(_("Control-total sheet"), blocks, new_page=True)


def _payment_list(m: Material) -> Section:
    """The manual payment list: one line for each payee, sums at the foot, carried from sheet to sheet."""
    _ = m.words._
    head = Form(
        (
            Blank(_("Payment stream"), half=True),
            Blank(_("Pay day"), half=True),
            Blank(_("Decision number"), half=True),
            Blank(_("Sheet no. of"), half=True),
        )
    )
    columns = (
        Column(_("No.")),
        Column(_("Personal identity number"), weight=2),
        Column(_("Name"), weight=2.6),
        Column(_("Account, or paid at"), weight=2.4),
        Column(_("SEK"), weight=1.2),
        Column(_("Applied first"), weight=1.2),
        Column(_("Paid, signed"), weight=1.4),
    )
    rows = tuple((f"\u00a0\n{n}", "", "", "", "", "", "") for n in range(1, _LINES + 1))
    sums = Table(
        (
            Column(_("Control totals")),
            Column(_("Count")),
            Column(_("SEK")),
            Column(_("Sum of the numbers in the second column"), weight=1.6),
            Column(_("Two sign, hour"), weight=1.4),
        ),
        tuple(
            (label, WRITING, "", "", "")
            for label in (_("This sheet"), _("Sheets before"), _("Carried forward"))
        ),
        dense=True,
    )
    rule = Paragraph(
        _(
            "Only from the verified copy; one reads, one writes. Nobody stands on two "
            "sheets. Stop where a sum "
            "differs from the copy's. Personal data: locked up, and entered in the system "
            "before it is destroyed."
        ),
        small=True,
    )
    return Section(
        _("Manual payment list"), (head, rule, Table(columns, rows, dense=True), sums), new_page=True
    )


def _decision(m: Material) -> Section:
    _ = m.words._
    ticks = tuple(
        Tick(text)
        for text in (
            _("The state of the original file is known and signed by two."),
            _("The fallback is allowed now: precondition and legal basis read aloud."),
            _("The owner of the benefit has consented, if it is paid on behalf of another agency."),
            _("What must be applied first is applied; the age of each copy is written here."),
            _("The order between groups is the decided one; departures are reasoned."),
        )
    )
    blocks: tuple[Block, ...] = (
        Form(
            (
                Blank(_("Decision number"), half=True),
                Blank(_("Date and hour"), half=True),
                Blank(_("Payment stream and pay day")),
                Blank(_("Situation"), 3),
            )
        ),
        Steps(ticks, numbered=False),
        Form(
            (
                Blank(_("It is decided"), 2),
                Blank(_("Legal basis")),
                Blank(_("Options rejected, and why"), 2),
                Blank(_("Limits (groups, highest amount)")),
                Blank(_("The decision ends when")),
                Blank(_("Dissent")),
            )
        ),
        Signature((_("Decides"), _("Second person"))),
    )
    return Section(_("Blank decision"), blocks, new_page=True)


def _handover(m: Material) -> Section:
    _ = m.words._
    blocks: tuple[Block, ...] = (
        Form(
            (
                Blank(_("From (role, name)"), half=True),
                Blank(_("To (role, name)"), half=True),
                Blank(_("Date and hour"), half=True),
                Blank(_("Next briefing"), half=True),
                Blank(_("State now"), 3),
                Blank(_("Decisions in force"), 3),
                Blank(_("Tasks open: who, until when"), 3),
                Blank(_("Next latest hour"), 1),
                Blank(_("People: tired, absent, to be relieved"), 2),
            )
        ),
        Signature((_("Hands over"), _("Takes over"))),
    )
    return Section(_("Change of shift"), blocks, new_page=True)
