"""The year wheel: reviews, tests, exercises, contact checks and reports, each with its day and its owner."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from continuity.model.duties import due_of, months_on
from continuity.model.kinds import (
    Contact,
    Duty,
    Exercise,
    Fallback,
    Function,
    Gap,
    Measure,
    Plan,
    Procedure,
    Record,
    StaffGroup,
)
from continuity.model.kinds.duties import DUTY_KINDS
from continuity.planning.blocks import Block, Callout, Column, Document, Paragraph, Section, Table
from continuity.planning.material import Material
from continuity.words import N_

#: Where no duty says how often, records are looked at this often; printed as an assumption.
_ASSUMED = 12
_MOST = 24
_KINDS = {**DUTY_KINDS, "contacts": N_("Contacts"), "due": N_("Gap, measure"), "valid": N_("Plan runs out")}


@dataclass(frozen=True, slots=True)
class Occasion:
    """One thing to be done by a day; ``key`` is the same each time the wheel is made."""

    key: str
    kind: str
    what: str
    who: str
    due: dt.date
    last: dt.date | None = None
    every: int = 0  # months; 0: once
    source: str = ""


def occasions(m: Material) -> list[Occasion]:
    """Return what is due, by day: the next time of each, what is overdue included."""
    found = [*_stated(m), *_each(m), *_plans(m), *_dues(m), *_exercises(m)]
    return sorted(found, key=lambda o: (o.due, o.kind, o.what, o.key))


def _stated(m: Material) -> Iterator[Occasion]:
    """Duties of the agency as a whole."""
    today = m.generated.date()
    for duty in m.organisation.all(Duty):
        if duty.each:
            continue
        due = due_of(duty)
        yield Occasion(
            duty.id,
            duty.kind,
            duty.name,
            m.role(duty.role),
            due or today,
            duty.last_done,
            duty.every,
            duty.source,
        )


_EACH: dict[str, tuple[str, str]] = {
    "functions": ("review", N_("Review of {name}")),
    "contacts": ("contacts", N_("Ring and check: {name}")),
    "procedures": ("test", N_("Try the card: {name}")),
    "copies": ("test", N_("Restore the verified copy: {name}")),
    "placements": ("contacts", N_("Check wartime placement: {name}")),
}


def _each(m: Material) -> Iterator[Occasion]:
    """What records say of when they were looked at last; those of one day and one role together."""
    today = m.generated.date()
    for subject, (kind, words) in _EACH.items():
        duty = next((d for d in m.organisation.all(Duty) if d.each == subject), None)
        every = duty.every if duty else _ASSUMED
        held: dict[tuple[dt.date, str, dt.date | None], list[Record]] = {}
        for record, last, owner in _looked_at(m, subject):
            due = months_on(last, every) if last else today
            who = owner or (m.role(duty.role) if duty else "")
            held.setdefault((due, who, last), []).append(record)
        for (due, who, last), records in held.items():
            names = ", ".join(_name(m, r) for r in records)
            what, key = m.words._(words, name=names), f"{subject}/{records[0].id}"
            yield Occasion(key, kind, what, who, due, last, every, duty.source if duty else "")


def _name(m: Material, record: Record) -> str:
    """What a record is called here: contacts by code, since names are personal."""
    return record.code if isinstance(record, Contact) else m.name(record.id)


def _looked_at(m: Material, subject: str) -> Iterator[tuple[Record, dt.date | None, str]]:
    org = m.organisation
    match subject:
        case "functions":
            for f in org.all(Function):
                yield f, f.last_review, m.role(f.owner)
        case "contacts":
            for c in org.all(Contact):
                yield c, c.tested, ""
        case "procedures":
            for p in org.all(Procedure):
                yield p, p.last_tested, m.role(p.role)
        case "copies":
            for b in org.all(Fallback):
                if b.copy:
                    yield b, b.copy.tested, m.role(b.decider)
        case "placements":
            for g in org.all(StaffGroup):
                yield g, g.placement_checked, m.role(g.owner)


def _plans(m: Material) -> Iterator[Occasion]:
    for plan in m.organisation.all(Plan):
        if plan.valid_until:
            what = m.words._("New version before it runs out: {name}", name=plan.name)
            yield Occasion(plan.id, "valid", what, m.role(plan.owner), plan.valid_until, plan.approved_on)


def _dues(m: Material) -> Iterator[Occasion]:
    for gap in m.organisation.all(Gap):
        if gap.due and gap.state in ("open", "started"):
            yield Occasion(gap.id, "due", gap.name, m.role(gap.owner), gap.due)
    for measure in m.organisation.all(Measure):
        if measure.due and measure.status == "decided":
            yield Occasion(measure.id, "due", measure.name, m.role(measure.owner), measure.due)


def _exercises(m: Material) -> Iterator[Occasion]:
    today = m.generated.date()
    for exercise in m.organisation.all(Exercise):
        if exercise.played_on and exercise.played_on >= today:
            yield Occasion(
                exercise.id, "exercise", exercise.name, m.role(exercise.director), exercise.played_on
            )


def year_wheel(m: Material) -> Document:
    """Return the year wheel as a list, month by month, and what is overdue first."""
    _ = m.words._
    today = m.generated.date()
    held = occasions(m)
    late = [o for o in held if o.due < today]
    ahead = [o for o in held if today <= o.due <= months_on(today, 13)]
    return Document(
        code="year-wheel",
        title=_("Year wheel"),
        subtitle=_("Reviews, tests, exercises, contact checks and reports; also as a calendar file (.ics)"),
        language=m.words.language,
        meta=m.meta(),
        sections=(_how(m), _late(m, late), _exercise_section(m, held), *_months(m, ahead), _later(m, held)),
    )


def _how(m: Material) -> Section:
    _ = m.words._
    duties = m.organisation.all(Duty)
    blocks: list[Block] = []
    if duties:
        columns = (
            Column(_("Duty"), weight=1.8),
            Column(_("Kind")),
            Column(_("Every"), weight=1.6),
            Column(_("Who sees to it")),
            Column(_("Source"), weight=1.5),
        )
        rows = tuple(
            (
                d.name,
                _(DUTY_KINDS[d.kind]),
                m.words.ngettext("{n} month", "{n} months", d.every),
                m.role(d.role) or _("nobody"),
                d.source or "–",
            )
            for d in duties
        )
        blocks.append(Table(columns, rows, dense=True))
    else:
        blocks.append(m.missing(_("No recurring duty is stated."), "duty"))
    stated = {d.each for d in duties}
    if any(subject not in stated for subject in _EACH):
        text = _("Where no duty says how often, {n} months are assumed.", n=_ASSUMED)
        blocks.append(Paragraph(text, small=True))
    return Section(_("Recurring duties"), tuple(blocks))


def _late(m: Material, late: list[Occasion]) -> Section:
    _ = m.words._
    title = _("Overdue")
    if not late:
        return Section(title, (Paragraph(_("Nothing is overdue.")),))
    return Section(title, (_table(m, late[:_MOST]), *_more(m, len(late) - _MOST)))


def _exercise_section(m: Material, held: list[Occasion]) -> Section:
    """Exercises due, with what was done last."""
    _ = m.words._
    title = _("Exercises due")
    found = [o for o in held if o.kind == "exercise"]
    if not found:
        return Section(title, (m.missing(_("No exercise is planned."), "duty", "kind"),))
    columns = (
        Column(_("Due")),
        Column(_("Exercise"), weight=2),
        Column(_("Who sees to it"), weight=1.2),
        Column(_("Last done")),
        Column(_("Every"), weight=1.6),
    )
    rows = tuple(
        (
            m.words.date(o.due, "iso"),
            o.what,
            o.who or _("nobody"),
            m.words.date(o.last, "iso") if o.last else _("never"),
            m.words.ngettext("{n} month", "{n} months", o.every) if o.every else _("once"),
        )
        for o in found
    )
    return Section(title, (Table(columns, rows, dense=True),))


def _months(m: Material, ahead: list[Occasion]) -> list[Section]:
    found = []
    for month in sorted({o.due.replace(day=1) for o in ahead}):
        name = m.words.date(month, "long").split(" ", 1)[1]
        held = [o for o in ahead if o.due.replace(day=1) == month]
        table = _table(m, held[:_MOST])
        found.append(Section(name[:1].upper() + name[1:], (table, *_more(m, len(held) - _MOST))))
    return found


def _table(m: Material, held: list[Occasion]) -> Table:
    _ = m.words._
    columns = (
        Column(_("By")),
        Column(_("What"), weight=2.6),
        Column(_("Kind")),
        Column(_("Who"), weight=1.2),
        Column(_("Done")),
    )
    rows = tuple((m.words.date(o.due, "iso"), o.what, _(_KINDS[o.kind]), o.who or "–", "") for o in held)
    return Table(columns, rows, dense=True)


def _more(m: Material, count: int) -> tuple[Block, ...]:
    if count <= 0:
        return ()
    return (Callout("left_out", m.words._("{n} more stand in the calendar file.", n=count)),)


def _later(m: Material, held: list[Occasion]) -> Section:
    _ = m.words._
    today = m.generated.date()
    later = [o for o in held if o.due > months_on(today, 13)]
    counted = Counter(o.kind for o in held)
    told = ", ".join(f"{_(_KINDS[k]).lower()} {m.words.number(n)}" for k, n in sorted(counted.items()))
    text = Paragraph(_("In all: {counted}.", counted=told or "–"))
    if not later:
        return Section(_("Later"), (text,))
    return Section(_("Later"), (_table(m, later[:_MOST]), *_more(m, len(later) - _MOST), text))
