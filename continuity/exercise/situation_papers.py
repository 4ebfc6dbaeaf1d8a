"""Papers of the real day: the handover sheet of a shift, and the situation report (2022:524 § 22).

Both are made from the log and the forecast as they stand; every figure names its basis, and what is not
known is marked. Rows that people have to fill in are left open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from continuity.exercise import said
from continuity.exercise.desk import Desk
from continuity.exercise.forecast import Forecast
from continuity.exercise.picture import RHYTHM
from continuity.exercise.situation_parts import Situation, pay_days, set_up, status, subject
from continuity.exercise.situation_report import situation_report
from continuity.model.kinds import Function
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
from continuity.words import local, words_in

#: Which papers there are, and in which forms.
PAPERS: Final = ("handover", "report")
FORMATS: Final = ("pdf", "html", "docx", "txt")
_LATEST: Final = 40  # entries of the log that a handover sheet shows
_MOST: Final = 20  # rows of what falls next


def situation_paper(
    desk: Desk, ahead: Forecast | None, kind: str, lang: str, now: dt.datetime | None = None
) -> Document:
    """Return the paper ``kind`` (handover, report) of a situation in a language."""
    moment = now or dt.datetime.now(dt.UTC)
    s = Situation(desk, ahead, Material(desk.organisation, words_in(lang), generated=moment), moment)
    return _handover(s) if kind == "handover" else situation_report(s)


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


def _handover(s: Situation) -> Document:
    _ = s.words._
    sections = [
        _now(s), status(s), _tasks(s), _next(s), pay_days(s), _staff(s), _decisions(s), _log(s),
        Section(
            _("Handed over"),
            (
                Form((Blank(_("What the next shift must know and no entry says"), 4),)),
                Signature((_("Hands over"), _("Takes over"))),
            ),
        ),
    ]  # fmt: skip
    subtitle = _("State at {time}", time=s.words.datetime(local(s.now), "full"))
    return set_up(s, "handover", _("Shift handover"), subtitle, sections)


def _now(s: Situation) -> Section:
    _, picture = s.words._, s.desk.picture
    down = [r for r in picture.down() if r.trust != "rumour"]
    late = [t for t in picture.open_tasks() if t.due and t.due < s.now]
    rows = [
        (_("Down or reduced"), ", ".join(subject(s, r) for r in down) or _("nothing reported")),
        (_("Open tasks"), _("{n}, of which {late} late", n=len(picture.open_tasks()), late=len(late))),
        (_("Strain level"), said.strain(s.words, picture.strain)),
        (_("Measures in use"), s.m.names(picture.measures)),
    ]
    rows += [
        (_("Next: {what}", what=_(said.RHYTHM_WORDS[name]).lower()), s.hour(picture.rhythm.get(name)))
        for name in RHYTHM
    ]
    return Section(_("In short"), (Facts(tuple(rows)),))


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
