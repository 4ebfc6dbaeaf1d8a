"""The decision sheet of any pay day, to be filled in by hand: for a day that has no sheet of its own."""

from __future__ import annotations

from continuity.model.kinds import Fallback, Stream
from continuity.planning.blocks import (
    WRITING,
    Blank,
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
from continuity.planning.contents.reach import head
from continuity.planning.contents.sheet import STATES
from continuity.planning.contents.streams import stop_through
from continuity.planning.material import Material


def blank_sheet(m: Material) -> Document:
    """Return the decision sheet without date: state of the file, hours, fallbacks, decision."""
    _ = m.words._
    return Document(
        code="sheet",
        title=_("Blank decision sheet"),
        subtitle=_("Decision sheet for any pay day; hours from the payment calendar"),
        language=m.words.language,
        meta=m.meta(),
        sections=(_file(m), _hours(m), _fallbacks(m), _decision(m)),
    )


def _file(m: Material) -> Section:
    _ = m.words._
    which = Form(
        (
            Blank(_("Payment stream"), half=True),
            Blank(_("Pay day"), half=True),
            Blank(_("File reference"), half=True),
            Blank(_("Count and SEK"), half=True),
        )
    )
    desks = sorted({who for s in m.streams() if (who := stop_through(m, s)) != "–"})
    lines = [_("Ring: {who}.", who=", ".join(desks))] if desks else []
    lines.append(_("Number: ________________"))
    stop = _("No second file goes out while the receipt of the first is unknown.")
    ticks = tuple(Tick(_(then), title=_(title)) for _code, title, then in STATES)
    return Section(
        _("Where is the original file?"),
        (
            which,
            Callout("halt", stop, tuple(lines)),
            Paragraph(_("Tick one. Two persons sign.")),
            Steps(ticks, numbered=False),
        ),
    )


def _hours(m: Material) -> Section:
    _ = m.words._
    columns = (Column(_("What"), weight=2), Column(_("Hour")), Column(_("Who")))
    what = (
        _("The run begins"),
        _("The file must have gone"),
        _("Last hour to stop or recall the file at the bank"),
        _("Latest decision on the first fallback"),
        _("The money is to be usable by the payees"),
    )
    return Section(_("Hours that matter"), (Table(columns, tuple((w, WRITING, "") for w in what)),))


def _fallbacks(m: Material) -> Section:
    _ = m.words._
    columns = (
        Column(_("Payment stream"), weight=1.2),
        Column(_("Fallback, in order"), weight=1.4),
        Column(_("Precondition")),
        Column(_("Who decides")),
        Column(_("Decision and set-up"), "right"),
    )
    rows = tuple(
        (
            s.name if place == 0 else "",
            f.name,
            m.choice(f, "precondition"),
            m.role(f.decider) or "–",
            m.minutes(f.decision_time + f.set_up),
        )
        for s in m.streams()
        for place, f in enumerate(_held(m, s))
    )
    title = _("Fallbacks in order")
    if not rows:
        return Section(title, (m.missing(_("No fallback is stated."), "fallback"),))
    how = _(
        "Latest decision: the hour when the money is to be usable, less decision and set-up; the set-up "
        "counts in the bank's lead time."
    )
    return Section(title, (Paragraph(how), Table(columns, rows, dense=True)))


def _held(m: Material, stream: Stream) -> list[Fallback]:
    held = (m.organisation.of(Fallback, id_) for id_ in stream.fallbacks)
    return [f for f in held if f and f.enabled and not f.needs_ruling]


def _decision(m: Material) -> Section:
    _ = m.words._
    first = head(m)
    who = _("Decides: {role}", role="________________")
    ask = _("If nobody in the table can decide: {role}.", role=first.name) if first else ""
    form = Form(
        (
            Blank(_("It is decided"), 2),
            Blank(_("Legal basis")),
            Blank(_("Options rejected, and why"), 2),
            Blank(_("The decision ends when")),
        )
    )
    lines = (Paragraph(ask),) if ask else ()
    return Section(_("Draft decision"), (form, *lines, Signature((who, _("Second person")))))
