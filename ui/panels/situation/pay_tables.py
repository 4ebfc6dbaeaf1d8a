"""What is shown of pay days: how sure, until when to decide, where the file is, whom to ring."""

from __future__ import annotations

from typing import Any

from continuity import messages
from continuity.exercise import said
from continuity.model.kinds import Contact, Role, Stream
from continuity.words import _, current
from ui.charts.numbers import Cell, Numbers, Title
from ui.panels.situation.held import Held
from ui.shown import name_of
from ui.theme.icons import icon


def pay_key(one: Any) -> str:
    """Return by what a pay day is known in a table."""
    return f"{one.stream}/{one.nominal.isoformat()}"


def pay_days(held: Held, *, every: bool) -> Numbers:
    """Return the pay days ahead; only those at risk, or ``every`` one."""
    titles = (
        Title(_("Pay day"), width=136), Title(_("Payment stream"), wide=True, width=170),
        Title(_("How sure"), width=190), Title(_("Decide at the latest"), width=180),
        Title(_("The file"), width=180, drop=1), Title(_("Payees"), True, 96, drop=2),
        Title(_("Amount"), True, 110, drop=3),
    )  # fmt: skip
    words = current()
    shown = [p for p in held.ahead.pay_days if every or at_risk(p)]
    rows = []
    for p in shown:
        unknown = p.file == "receipt_unknown"
        tone = "breach" if p.late > 0.5 and not unknown else "warn" if p.late > 0.005 or unknown else ""
        sign = (
            icon("breach", "breach")
            if p.late > 0.5
            else icon("warning", "warn")
            if tone
            else icon("done", "full")
        )
        rows.append(
            (
                Cell(words.date(p.date, "short"), p.due.timestamp()),
                Cell(said.name_of(held.organisation, p.stream)),
                Cell(said.risk(words, p, held.now), -p.late, tone=tone, icon=sign),
                _latest(held, p),
                Cell(_(said.FILE_WORDS[p.file]), tone="warn" if p.file == "receipt_unknown" else ""),
                Cell(words.number(p.payees), p.payees),
                Cell(words.sek(p.sek), p.sek),
            )
        )
    return Numbers(titles, tuple(rows), tuple(map(pay_key, shown)))


def at_risk(one: Any) -> bool:
    """Tell whether a pay day needs to be looked at."""
    return bool(one.late > 0.005 or one.file)


def _latest(held: Held, p: Any) -> Cell:
    words, now = current(), held.now
    if p.decided:
        return Cell(
            _("Decided"), 0.0, tip=said.name_of(held.organisation, p.decided), icon=icon("done", "full")
        )
    if p.file == "receipt_unknown":
        return Cell(_("Ring first"), 0.0, tone="warn", icon=icon("contact", "warn"))
    latest = p.latest
    if latest is None:
        return Cell(_("No fallback"), 1e12, tone="muted")
    if latest <= now:
        return Cell(
            _("Too late since {hour}", hour=said.hour(words, latest, now)), latest.timestamp(), tone="breach"
        )
    text = f"{said.hour(words, latest, now)}, {said.countdown(words, latest, now)}"
    return Cell(text, latest.timestamp())


def about_pay_day(held: Held, p: Any) -> list[str]:
    """Return what is to be known of a pay day, in sentences: the file first, then what can be decided."""
    words, now, lines = current(), held.now, []
    file = _(said.FILE_WORDS[p.file])
    if p.file and not p.reported:
        file = _("{state} (by the model, nobody has looked)", state=file)
    people, money = words.number(p.payees), words.sek(p.sek)
    lines.append(
        _(
            "{people} payees, {money}, due {hour}",
            people=people,
            money=money,
            hour=said.hour(words, p.due, now),
        )
    )
    lines.append(_("Where is the file? {state}", state=file))
    if p.paid is not None and p.late:
        lines.append(_("The ordinary run is done: {when}", when=said.span(words, p.paid, held.ahead.now)))
    names = {c.fallback: said.name_of(held.organisation, c.fallback) for c in p.choices}
    if p.file == "receipt_unknown":
        lines.append(_("No second file goes out. Ring first: {who}", who=_ring(held, p)))
        if names:
            lines.append(_("✕ Blocked until then: {names}", names=", ".join(names.values())))
        return lines
    if p.decided:
        lines.append(_("Decided: {fallback}", fallback=said.name_of(held.organisation, p.decided)))
    for choice in sorted((c for c in p.choices if not c.refusals), key=lambda c: c.decide_by):
        hour, left = (form(words, choice.decide_by, now) for form in (said.hour, said.countdown))
        facts = {"fallback": names[choice.fallback], "hour": hour, "left": left}
        covers = words.number(choice.covers)
        lines.append(
            _("◷ {fallback}: decide by {hour}, {left}; pays at most {covers}", covers=covers, **facts)
        )
    level = held.situation.picture.strain
    refused = [said.refusal(words, c.refusals[0], level) for c in p.choices if c.refusals]
    lines += [_("✕ {why}", why=messages.sentence(problem)) for problem in refused]
    if not p.choices:
        lines.append(_("There is no fallback"))
    return lines


def _ring(held: Held, p: Any) -> str:
    """Whom to ring, with the numbers that the open document holds: the log keeps none."""
    session = held.desk.session
    models = [session.organisation, held.organisation] if session else [held.organisation]
    roles = [id_ for id_ in p.ring if held.organisation.of(Role, id_)]
    if not roles:
        stream = held.organisation.of(Stream, p.stream)
        return _("nobody is named in the model for {stream}", stream=name_of(stream))
    found = {}
    for contact in (c for model in models for c in model.all(Contact) if c.role in roles):
        ways = (contact.phone, contact.mobile, contact.rakel, contact.sgsi)
        found.setdefault(contact.id, " ".join([contact.name, *(way for way in ways if way)]))
    return ", ".join([*(said.name_of(held.organisation, id_) for id_ in roles), *found.values()])
