"""What the tables of the desk hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from continuity.exercise import said
from continuity.words import _, current
from ui.charts.numbers import Cell, Numbers, Title
from ui.panels.situation.held import Held
from ui.shown import name_of
from ui.theme.icons import icon

#: Icon and colour of each state: never colour alone, the word stands beside.
_STATES = {"down": ("error", "breach"), "reduced": ("warning", "warn"), "up": ("done", "full")}
_TONES = {"down": "breach", "reduced": "warn", "up": ""}


def _hour(held: Held, moment: Any) -> Cell:
    if moment is None:
        return Cell("–", 0.0)
    return Cell(said.hour(current(), moment, held.now), moment.timestamp())


def _due(held: Held, moment: Any) -> Cell:
    """An hour ahead: what has passed is said in a word too."""
    cell = _hour(held, moment)
    if moment is None or moment >= held.now:
        return cell
    return Cell(_("{hour}, late", hour=cell.text), cell.value, tone="warn")


def subject(held: Held, report: Any) -> str:
    """Return what a report is about."""
    return said.name_of(held.organisation, report.element) if report.element else report.words


def state_words(report: Any) -> str:
    """Return the state of a report in words, with its level."""
    state = _(said.STATE_WORDS[report.state])
    if report.state == "reduced" and report.level:
        state = f"{state} ({current().level(report.level)})"
    return _("Rumour: {state}", state=state.lower()) if report.trust == "rumour" else state


def status(held: Held) -> Numbers:
    """Return what is reported of each thing: what is down first."""
    titles = (
        Title(_("What"), wide=True, width=190), Title(_("State"), width=150), Title(_("Since"), width=130),
        Title(_("Back"), width=150, drop=1), Title(_("Next word"), width=130, drop=2),
        Title(_("How sure"), width=96, drop=3), Title(_("Source"), width=130, drop=4),
    )  # fmt: skip
    picture = held.situation.picture
    reports = sorted(picture.status(), key=lambda r: (r.state == "up", -r.happened.timestamp()))
    rumours = picture.rumours()
    rows, keys = [], []
    for report in reports:
        rows.append(_status_row(held, report, rumours.get(report.subject)))
        keys.append(str(report.entry))
    return Numbers(titles, tuple(rows), tuple(keys))


def _status_row(held: Held, report: Any, rumour: Any) -> tuple[Cell, ...]:
    sign, tone = _STATES[report.state] if report.trust != "rumour" else ("unknown", "muted")
    state = state_words(report)
    trust = _(said.TRUST_WORDS[report.trust])
    tip = f"{state}, {trust}"
    if rumour is not None:
        state = f"{state} · {state_words(rumour).lower()}"
    record = held.organisation.get(report.element)
    named = Cell(subject(held, report), tip=getattr(record, "code", "") or report.words)
    ordinal = list(_STATES).index(report.state)
    return (
        named, Cell(state, ordinal, tip=tip, tone=_TONES.get(report.state, "") if tone != "muted" else tone,
                    icon=icon(sign, tone)),
        _hour(held, report.since or report.happened), _return(held, report), _due(held, report.next_report),
        Cell(trust, tone="muted" if report.trust == "rumour" else ""), Cell(report.source or "–"),
    )  # fmt: skip


def _return(held: Held, report: Any) -> Cell:
    """What is stated of the return, else what the forecast has."""
    if report.state == "up":
        return Cell("–", 0.0)
    stated = [m for m in (report.back_earliest, report.back_likely, report.back_latest) if m]
    if stated:
        words, now = current(), held.now
        text = "–".join(dict.fromkeys(said.hour(words, m, now) for m in (stated[0], stated[-1])))
        return Cell(_("{times} (stated)", times=text), stated[-1].timestamp())
    back = next((b for b in held.ahead.back if b.element == report.element), None) if held.ahead else None
    if back is None:
        return Cell(_("not known"), 0.0, tone="muted")
    text = said.span(current(), back.when, held.ahead.now)
    return Cell(text.split(" (")[0], back.when.p50, tip=f"{text}\n{_(said.BASIS_WORDS[back.basis])}")


def tasks(held: Held) -> Numbers:
    """Return the open tasks, what is due first ahead, and below them those that are done."""
    titles = (
        Title(_("Task"), wide=True, width=200), Title(_("Who"), width=120, drop=1),
        Title(_("Due"), width=130),
    )  # fmt: skip
    picture = held.situation.picture
    rows, keys = [], []
    for task in picture.open_tasks():
        rows.append((Cell(task.what), Cell(task.who or _("nobody named")), _due(held, task.due)))
        keys.append(str(task.entry))
    for task in (t for t in reversed(picture.tasks) if t.done):
        done = said.hour(current(), task.done, held.now)
        what = Cell(task.what, tone="muted", icon=icon("check", "muted"))
        done_cell = Cell(_("done {hour}", hour=done), tone="muted")
        rows.append((what, Cell(task.who or "–", tone="muted"), done_cell))
        keys.append(str(task.entry))
    return Numbers(titles, tuple(rows), tuple(keys))


def ahead(held: Held) -> Numbers:
    """Return what is below its lowest level now, then what falls and when."""
    titles = (
        Title(_("When"), width=250), Title(_("What"), wide=True, width=200),
        Title(_("Because of"), width=260, drop=1), Title(_("How sure"), width=150, drop=2),
    )  # fmt: skip
    words, organisation, forecast = current(), held.organisation, held.ahead
    rows, keys = [], []
    for below in forecast.already:
        since = said.hour(words, said.minutes_before(forecast.now, below.since), held.now)
        when = Cell(
            _("Below since {hour}", hour=since), -below.since, tone="breach", icon=icon("error", "breach")
        )
        cause = said.name_of(organisation, below.cause) if below.cause != below.element else "–"
        level = _("now at {level}", level=words.level(below.level))
        rows.append((when, _element(held, below.element), Cell(cause), Cell(level)))
        keys.append(below.element)
    for one in forecast.next:
        when = Cell(said.span(words, one.when, forecast.now), one.when.p50, icon=icon("clock", "muted"))
        parts = [_(said.BRIDGE_WORDS[one.bridge])] if one.bridge else []
        parts += [said.name_of(organisation, one.cause)] if one.cause != one.element else []
        sign = icon("buffer" if one.bridge == "buffer_empty" else "standby", "warn") if one.bridge else None
        sure = said.share(words, one.when.share)
        row = (when, _element(held, one.element), Cell("; ".join(parts) or "–", icon=sign), Cell(sure))
        rows.append(row)
        keys.append(one.element)
    return Numbers(titles, tuple(rows), tuple(keys))


def _element(held: Held, id_: str) -> Cell:
    from ui.picker import icon_of

    record = held.organisation.get(id_)
    sign = icon(icon_of(record), "muted") if record else None
    return Cell(name_of(record), tip=getattr(record, "code", ""), icon=sign)


def back(held: Held) -> Numbers:
    """Return when what is down is expected back, with the basis."""
    titles = (
        Title(_("Expected back"), width=250), Title(_("What"), width=200),
        Title(_("Basis"), wide=True, width=260),
    )  # fmt: skip
    rows = tuple(
        (
            Cell(said.span(current(), b.when, held.ahead.now), b.when.p50),
            _element(held, b.element),
            Cell(_(said.BASIS_WORDS[b.basis])),
        )
        for b in held.ahead.back
    )
    return Numbers(titles, rows, tuple(b.element for b in held.ahead.back))


def steps(held: Held) -> Numbers:
    """Return what to bring back first, in the order of restart, then cards of what falls."""
    titles = (
        Title(_("No."), True, 52), Title(_("What"), wide=True, width=200),
        Title(_("After"), width=180, drop=2),
        Title(_("Takes"), width=130, drop=1), Title(_("Action card"), width=220),
    )  # fmt: skip
    words, organisation = current(), held.organisation
    rows, keys = [], []
    first = held.situation.first_steps()
    for number, one in enumerate(first, 1):
        after = ", ".join(said.name_of(organisation, id_) for id_ in one.step.after)
        span = [words.duration(m, coarse=True) for m in (one.step.takes_best, one.step.takes_worst)]
        takes = "–".join(dict.fromkeys(span)) if one.step.takes_worst else _("not known")
        rows.append(
            (
                Cell(str(number), number), _element(held, one.step.element), Cell(after or "–"),
                Cell(takes, one.step.takes_worst), _cards(held, one.procedures),
            )
        )  # fmt: skip
        keys.append(one.step.element)
    known = {one.step.element for one in first}
    falling = [id_ for id_ in (held.ahead.strained if held.ahead else ()) if id_ not in known]
    for id_, cards in held.situation.cards_for(falling):
        rows.append(
            (Cell("–", 1e6), _element(held, id_), Cell(_("falls")), Cell("–", 0.0), _cards(held, cards))
        )
        keys.append(id_)
    return Numbers(titles, tuple(rows), tuple(keys))


def _cards(held: Held, cards: tuple[str, ...]) -> Cell:
    if not cards:
        return Cell(_("no card"), tone="muted")
    names = [said.name_of(held.organisation, id_) for id_ in cards]
    return Cell(", ".join(names), icon=icon("procedure", "accent"))


def staff(held: Held) -> Numbers:
    """Return who is needed on each shift."""
    titles = (
        Title(_("Staff group"), wide=True, width=180), Title(_("Per shift"), True, 90),
        Title(_("Shifts a day"), True, 110, drop=1), Title(_("Are there"), True, 100),
        Title(_("Lasts"), width=90, drop=3), Title(_("For"), width=240, drop=2),
    )  # fmt: skip
    words, organisation = current(), held.organisation
    shown = held.situation.shifts(held.ahead.strained if held.ahead else ())
    rows = []
    for one in shown:
        there = _("not known") if one.present is None else words.number(one.present)
        tone = "warn" if one.short else "" if one.reported else "muted"
        tip = "" if one.reported else _("{n} (by the model)", n=there)
        there = _("{n}: too few", n=there) if one.short else there
        lasts = words.duration(one.endurance, coarse=True) if one.endurance else "–"
        names = ", ".join(said.name_of(organisation, id_) for id_ in one.functions)
        rows.append(
            (
                Cell(said.name_of(organisation, one.group)), Cell(words.number(one.crew), one.crew),
                Cell(words.number(one.shifts), one.shifts), Cell(there, one.present, tone=tone, tip=tip),
                Cell(lasts, one.endurance or 0), Cell(names),
            )
        )  # fmt: skip
    return Numbers(titles, tuple(rows), tuple(one.group for one in shown))


#: More entries than anyone reads without a filter.
MOST_SHOWN = 1000


def log(held: Held, wanted: Callable[[str, str], bool], told: dict[int, tuple[str, str]]) -> Numbers:
    """Return the latest entries for which ``wanted(kind, text)``, the last first.

    What is corrected says so; ``told`` keeps what each entry says from one look to the next.
    """
    titles = (
        Title(_("No."), True, 56), Title(_("Hour"), width=110), Title(_("Kind"), width=130),
        Title(_("Says"), wide=True, width=260),
    )  # fmt: skip
    words, organisation, now = current(), held.organisation, held.now
    corrections = held.situation.picture.corrections
    rows, keys = [], []
    for row in reversed(held.situation.log.entries):
        if len(rows) >= MOST_SHOWN:
            break
        if row.id not in told:
            told[row.id] = said.entry(words, organisation, row, now)
        kind, text = told[row.id]
        if not wanted(row.kind, f"{kind} {text}"):
            continue
        by = corrections.get(row.id)
        if by:
            text = _("{text} [corrected by entry {n}]", text=text, n=", ".join(map(str, by)))
        rows.append(
            (
                Cell(str(row.id), row.id), _hour(held, row.at), Cell(kind),
                Cell(text or "–", tone="muted" if by else ""),
            )
        )  # fmt: skip
        keys.append(str(row.id))
    return Numbers(titles, tuple(rows), tuple(keys))
