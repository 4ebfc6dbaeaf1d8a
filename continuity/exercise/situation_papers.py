"""Papers of the real day: the handover sheet of a shift, and the situation report (2022:524 § 22).

Both are made from the log and the forecast as they stand; every figure names its basis, and what is not
known is marked. Rows that people have to fill in are left open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from continuity.exercise import said
from continuity.exercise.desk import Desk
from continuity.exercise.forecast import Forecast
from continuity.exercise.pay_risks import PayRisk, Span
from continuity.exercise.picture import RHYTHM, Report
from continuity.model.kinds import Function, Stream
from continuity.model.problems import Problem, Refused
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
    Table,
)
from continuity.planning.making import slug
from continuity.planning.manifest import NAME, manifest
from continuity.planning.material import Material
from continuity.planning.place import check_place, put
from continuity.planning.writers.html import write_html
from continuity.planning.writers.pdf import write_pdf
from continuity.planning.writers.text import write_text
from continuity.planning.writers.word import write_word
from continuity.words import Words, local, words_in

#: Which papers there are, and in which forms.
PAPERS: Final = ("handover", "report")
FORMATS: Final = ("pdf", "html", "docx", "txt")
_LATEST: Final = 40  # entries of the log that a handover sheet shows
_MOST: Final = 20  # rows of what falls next


@dataclass(frozen=True)
class Situation:
    """What a paper is made of: the desk and its forecast at one moment, in a language."""

    desk: Desk
    ahead: Forecast | None
    m: Material
    now: dt.datetime

    @property
    def words(self) -> Words:
        """The language of the paper."""
        return self.m.words

    def hour(self, moment: dt.datetime | None) -> str:
        """A local hour, or the mark of what is not known."""
        return said.hour(self.words, moment, self.now) if moment else self.unknown

    def span(self, when: Span) -> str:
        """A range of the forecast, to the hour at best."""
        return said.span(self.words, when, self.ahead.now if self.ahead else self.now)

    def ago(self, minutes: int) -> str:
        """The hour so many minutes before the forecast."""
        return self.hour((self.ahead.now if self.ahead else self.now) - dt.timedelta(minutes=minutes))

    @property
    def unknown(self) -> str:
        """The mark of what is not known."""
        return self.words._("not known")

    @property
    def basis(self) -> str:
        """Where the forecast's figures come from."""
        _ = self.words._
        if self.ahead is None:
            return ""
        return _(
            "Forecast made {time} from entries up to number {n}; {replications} replications on the model "
            "in the log; what is in use counts from the beginning",
            time=self.words.datetime(local(self.ahead.now), "iso"),
            n=len(self.desk.log.entries),
            replications=self.words.number(self.ahead.replications),
        )


def situation_paper(
    desk: Desk, ahead: Forecast | None, kind: str, lang: str, now: dt.datetime | None = None
) -> Document:
    """Return the paper ``kind`` (handover, report) of a situation in a language."""
    moment = now or dt.datetime.now(dt.UTC)
    s = Situation(desk, ahead, Material(desk.organisation, words_in(lang), generated=moment), moment)
    return _handover(s) if kind == "handover" else _report(s)


def write_situation_paper(document: Document, folder: Path, formats: Iterable[str] = FORMATS) -> list[Path]:
    """Write a paper into a folder of its own below ``folder``, all forms or none; return the files."""
    makers: dict[str, Callable[[dt.datetime], bytes]] = {
        "pdf": lambda now: write_pdf(document, now),
        "html": lambda _now: write_html(document),
        "docx": lambda now: write_word(document, now),
        "txt": lambda _now: write_text(document),
    }
    wanted = tuple(formats)
    if unknown := [name for name in wanted if name not in makers]:
        facts: dict[str, object] = {"value": ", ".join(unknown), "known": ", ".join(FORMATS)}
        raise Refused([Problem("package-bad-format", facts=facts)])
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    stem = f"{slug(document.title)}-{local(now):%Y%m%d-%H%M%S}"
    place = folder / stem
    check_place(place)
    files = {f"{stem}.{name}": makers[name](now) for name in wanted}
    sealed = {"generated": now.isoformat(), "language": document.language, "situation": True}
    put({**files, NAME: manifest(files, sealed)}, place, now)
    return [place / name for name in files]


def _document(s: Situation, code: str, title: str, subtitle: str, sections: list[Section]) -> Document:
    meta = replace(s.m.meta(), run=s.basis)
    if s.ahead is None:
        meta = replace(meta, warning=s.words._("There is no forecast: only what is reported stands here."))
    return Document(code, title, subtitle, s.words.language, meta, tuple(sections))


# --- the handover sheet -------------------------------------------------------------------------------


def _handover(s: Situation) -> Document:
    _ = s.words._
    sections = [
        _now(s), _status(s), _tasks(s), _next(s), _pay_days(s), _staff(s), _decisions(s), _log(s),
        Section(
            _("Handed over"),
            (
                Form((Blank(_("What the next shift must know and no entry says"), 4),)),
                Signature((_("Hands over"), _("Takes over"))),
            ),
        ),
    ]  # fmt: skip
    subtitle = _("State at {time}", time=s.words.datetime(local(s.now), "full"))
    return _document(s, "handover", _("Shift handover"), subtitle, sections)


def _now(s: Situation) -> Section:
    _, picture = s.words._, s.desk.picture
    down = [r for r in picture.down() if r.trust != "rumour"]
    late = [t for t in picture.open_tasks() if t.due and t.due < s.now]
    rows = [
        (_("Down or reduced"), ", ".join(_subject(s, r) for r in down) or _("nothing reported")),
        (_("Open tasks"), _("{n}, of which {late} late", n=len(picture.open_tasks()), late=len(late))),
        (_("Strain level"), said.strain(s.words, picture.strain)),
        (_("Measures in use"), s.m.names(picture.measures)),
    ]
    rows += [
        (_("Next: {what}", what=_(said.RHYTHM_WORDS[name]).lower()), s.hour(picture.rhythm.get(name)))
        for name in RHYTHM
    ]
    return Section(_("In short"), (Facts(tuple(rows)),))


def _subject(s: Situation, report: Report) -> str:
    return s.m.name(report.element) if report.element else report.words


def _state(s: Situation, report: Report) -> str:
    _ = s.words._
    state = _(said.STATE_WORDS[report.state])
    if report.state != "reduced":
        return state
    level = s.words.level(report.level) if report.level else _("level not known")
    return f"{state} ({level})"


def _known_by(s: Situation, report: Report) -> str:
    trust, source = s.words._(said.TRUST_WORDS[report.trust]), s.words._("source not stated")
    return f"{trust}; {report.source or source}"


def _status(s: Situation) -> Section:
    _ = s.words._
    title = _("What is down, and what is known of it")
    told = s.desk.picture.status()
    reports = [r for r in told if r.trust != "rumour"]
    rumours = [*(r for r in told if r.trust == "rumour"), *s.desk.picture.rumours().values()]
    if not told:
        return Section(title, (Paragraph(_("Nothing has been reported.")),))
    columns = (
        Column(_("What"), weight=1.5), Column(_("State"), weight=0.8), Column(_("Since"), weight=0.7),
        Column(_("Known by"), weight=1.2), Column(_("Back"), weight=1.4), Column(_("Next word"), weight=0.7),
    )  # fmt: skip
    rows = tuple(
        (
            _subject(s, r),
            _state(s, r),
            s.hour(r.since or r.happened),
            _known_by(s, r),
            _back(s, r),
            s.hour(r.next_report),
        )
        for r in sorted(reports, key=lambda r: (r.state == "up", r.happened))
    )
    blocks: list[Block] = [Table(columns, rows, dense=True)] if rows else []
    if rumours:
        lines = tuple(
            f"{_subject(s, r)}: {_state(s, r)}, {s.hour(r.happened)}, {_known_by(s, r)}" for r in rumours
        )
        blocks.append(Callout("note", _("Rumours, not counted"), lines))
    return Section(title, tuple(blocks))


def _back(s: Situation, report: Report) -> str:
    _ = s.words._
    if report.state == "up":
        return "–"
    held = (report.back_earliest, report.back_likely, report.back_latest)
    stated = [s.hour(moment) for moment in held if moment]
    if stated:
        return _("{times} (stated)", times=" / ".join(stated))
    found = next((b for b in s.ahead.back if b.element == report.element), None) if s.ahead else None
    if found is None:
        return s.unknown
    return f"{s.span(found.when)}; {_(said.BASIS_WORDS[found.basis])}"


def _tasks(s: Situation) -> Section:
    _ = s.words._
    open_ = s.desk.picture.open_tasks()
    if not open_:
        return Section(_("Open tasks"), (Paragraph(_("No task is open.")),))
    columns = (
        Column(_("Task"), weight=3),
        Column(_("Who")),
        Column(_("Due")),
        Column(_("Entry"), "right", 0.5),
    )
    rows = []
    for task in open_:
        due = s.hour(task.due) if task.due else "–"
        if task.due and task.due < s.now:
            due = _("{hour}, late", hour=due)
        rows.append((task.what, task.who or _("nobody named"), due, str(task.entry)))
    return Section(_("Open tasks"), (Table(columns, tuple(rows)),))


def _next(s: Situation) -> Section:
    _, ahead = s.words._, s.ahead
    title = _("What fails next if nothing is done")
    if ahead is None:
        return Section(title, (Paragraph(_("There is no forecast.")),))
    blocks: list[Block] = []
    if ahead.already:
        lines = tuple(_below(s, b.element, b.since, b.cause) for b in ahead.already)
        blocks.append(Callout("warn", _("Below their lowest acceptable level now"), lines, s.basis))
    if ahead.next:
        columns = (
            Column(_("When"), weight=1.4), Column(_("What"), weight=1.4), Column(_("Because of"), weight=1.4),
            Column(_("How sure"), weight=0.8),
        )  # fmt: skip
        rows = tuple(
            (
                s.span(n.when),
                s.m.name(n.element),
                _cause(s, n.element, n.cause, n.bridge),
                said.share(s.words, n.when.share),
            )
            for n in ahead.next[:_MOST]
        )
        blocks.append(Table(columns, rows, source=s.basis, dense=True))
    if not blocks:
        blocks.append(Paragraph(_("Nothing more falls within fourteen days."), source=s.basis))
    if ahead.left_out:
        left = _("Not in the forecast: {names}", names=", ".join(ahead.left_out))
        blocks.append(Callout("left_out", left))
    return Section(title, tuple(blocks))


def _below(s: Situation, element: str, since: int, cause: str) -> str:
    _ = s.words._
    when = s.ago(since)
    if cause in ("", element):
        return _("{name}, since {hour}", name=s.m.name(element), hour=when)
    return _(
        "{name}, since {hour}, because of {cause}", name=s.m.name(element), hour=when, cause=s.m.name(cause)
    )


def _cause(s: Situation, element: str, cause: str, bridge: str) -> str:
    parts = [s.words._(said.BRIDGE_WORDS[bridge])] if bridge else []
    return "; ".join([*parts, s.m.name(cause)] if cause != element else parts) or "–"


def _pay_days(s: Situation) -> Section:
    _, ahead = s.words._, s.ahead
    title = _("Pay days")
    if ahead is None:
        return Section(title, (Paragraph(_("There is no forecast.")),))
    rows = tuple(_pay_row(s, p) for p in ahead.pay_days if p.late > 0.005 or p.file)
    if not rows:
        return Section(title, (Paragraph(_("No pay day within fourteen days is at risk."), source=s.basis),))
    columns = (
        Column(_("Pay day"), weight=0.8), Column(_("Payment stream"), weight=1.3),
        Column(_("Payees"), "right", 0.7), Column(_("How sure"), weight=0.9),
        Column(_("The file"), weight=0.9), Column(_("Decide at the latest"), weight=1.5),
    )  # fmt: skip
    return Section(title, (Table(columns, rows, source=s.basis, dense=True),))


def _pay_row(s: Situation, p: PayRisk) -> tuple[str, ...]:
    _ = s.words._
    file = _(said.FILE_WORDS[p.file])
    if p.file and not p.reported:
        file = _("{state} (by the model, nobody has looked)", state=file)
    return (
        s.words.date(p.date, "short"), s.m.name(p.stream), s.m.people(p.payees),
        said.risk(s.words, p, s.now), file, _choices(s, p),
    )  # fmt: skip


def _choices(s: Situation, p: PayRisk) -> str:
    _ = s.words._
    if p.decided:
        return _("Decided: {fallback}", fallback=s.m.name(p.decided))
    if p.ring:
        return _("No second file goes out. Ring first: {who}", who=s.m.names(p.ring[:1]))
    free = [c for c in p.choices if not c.refusals]
    open_ = [c for c in free if c.decide_by > s.now]
    if open_:
        lines = (f"{said.hour(s.words, c.decide_by, s.now)}: {s.m.name(c.fallback)}" for c in open_)
        return "\n".join(lines)
    if free:
        return _("The latest hour has passed")
    refused = p.choices[0].refusals[0] if p.choices else None
    refused = refused and said.refusal(s.words, refused, s.desk.picture.strain)
    return s.m.sentence(refused) if refused else _("There is no fallback")


def _staff(s: Situation) -> Section:
    _ = s.words._
    title = _("Staff needed per shift")
    functions = [id_ for id_ in s.ahead.strained if s.m.organisation.of(Function, id_)] if s.ahead else []
    needed = s.desk.shifts(functions)
    if not needed:
        return Section(title, (Paragraph(_("No function under strain names a minimum crew.")),))
    columns = (
        Column(_("Group"), weight=1.6), Column(_("Per shift"), "right", 0.6),
        Column(_("Shifts a day"), "right", 0.6), Column(_("Are there"), weight=1),
        Column(_("For"), weight=2), Column(_("Name tonight"), weight=1),
    )  # fmt: skip
    rows = []
    for one in needed:
        there = s.unknown if one.present is None else s.words.number(one.present)
        there = there if one.reported else _("{n} (by the model)", n=there)
        if one.short:
            there = _("{n}: too few", n=there)
        rows.append(
            (s.m.name(one.group), str(one.crew), str(one.shifts), there, s.m.names(one.functions), WRITING)
        )
    return Section(title, (Table(columns, tuple(rows), dense=True),))


def _decisions(s: Situation) -> Section:
    _ = s.words._
    rows = [r for r in s.desk.log.entries if r.kind in ("decision", "fallback", "measure", "posture")]
    if not rows:
        return Section(_("Decisions"), (Paragraph(_("No decision is noted.")),))
    return Section(_("Decisions"), (_lines(s, rows),))


def _log(s: Situation) -> Section:
    _ = s.words._
    rows = list(s.desk.log.entries)[-_LATEST:]
    if not rows:
        return Section(_("The log"), (Paragraph(_("The log is empty.")),))
    earlier = len(s.desk.log.entries) - len(rows)
    blocks: list[Block] = [_lines(s, rows)]
    if earlier:
        blocks.append(Paragraph(_("{n} earlier entries stand in the log file.", n=earlier), small=True))
    return Section(_("The log"), tuple(blocks))


def _lines(s: Situation, rows: Iterable[object]) -> Table:
    _ = s.words._
    corrected = s.desk.picture.corrections
    columns = (
        Column(_("No."), "right", 0.3),
        Column(_("Hour"), weight=0.6),
        Column(_("What"), weight=0.7),
        Column(_("Says"), weight=4),
    )
    table = []
    for row in rows:
        kind, text = said.entry(s.words, s.desk.organisation, row, s.now)  # type: ignore[arg-type]
        if by := corrected.get(row.id):  # type: ignore[attr-defined]
            text = _("{text} [corrected by entry {n}]", text=text, n=", ".join(map(str, by)))
        table.append((str(row.id), s.hour(row.at), kind, text or "–"))  # type: ignore[attr-defined]
    return Table(columns, tuple(table), dense=True)


# --- the situation report -----------------------------------------------------------------------------


def _report(s: Situation) -> Document:
    _ = s.words._
    sections = [_event(s), _status(s), _functions(s), _pay_days(s), _course(s), _means(s)]
    subtitle = _("To the Government Offices and Myndigheten för civilt försvar (2022:524 § 22)")
    return _document(s, "situation", _("Situation report"), subtitle, sections)


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
