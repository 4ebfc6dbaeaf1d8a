"""What the papers of the real day share: the moment, what is down, pay days; every figure with its basis."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from continuity.exercise import said
from continuity.exercise.desk import Desk
from continuity.exercise.forecast import Forecast
from continuity.exercise.pay_risks import PayRisk, Span
from continuity.exercise.picture import Report
from continuity.planning.blocks import Block, Callout, Column, Document, Paragraph, Section, Table
from continuity.planning.material import Material
from continuity.words import Words, local


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


def set_up(s: Situation, code: str, title: str, subtitle: str, sections: list[Section]) -> Document:
    """Return a paper with its head: what the figures rest on, or that there are none."""
    meta = replace(s.m.meta(), run=s.basis)
    if s.ahead is None:
        meta = replace(meta, warning=s.words._("There is no forecast: only what is reported stands here."))
    return Document(code, title, subtitle, s.words.language, meta, tuple(sections))


def subject(s: Situation, report: Report) -> str:
    """Return what a report is about."""
    return s.m.name(report.element) if report.element else report.words


def state(s: Situation, report: Report) -> str:
    """Return the state that a report tells of, with its level."""
    _ = s.words._
    state = _(said.STATE_WORDS[report.state])
    if report.state != "reduced":
        return state
    level = s.words.level(report.level) if report.level else _("level not known")
    return f"{state} ({level})"


def known_by(s: Situation, report: Report) -> str:
    """Return how sure a report is, and by whom."""
    trust, source = s.words._(said.TRUST_WORDS[report.trust]), s.words._("source not stated")
    return f"{trust}; {report.source or source}"


def status(s: Situation) -> Section:
    """Return what is down, since when, by whom it is known, and when it is back."""
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
            subject(s, r),
            state(s, r),
            s.hour(r.since or r.happened),
            known_by(s, r),
            back(s, r),
            s.hour(r.next_report),
        )
        for r in sorted(reports, key=lambda r: (r.state == "up", r.happened))
    )
    blocks: list[Block] = [Table(columns, rows, dense=True)] if rows else []
    if rumours:
        lines = tuple(
            f"{subject(s, r)}: {state(s, r)}, {s.hour(r.happened)}, {known_by(s, r)}" for r in rumours
        )
        blocks.append(Callout("note", _("Rumours, not counted"), lines))
    return Section(title, tuple(blocks))


def back(s: Situation, report: Report) -> str:
    """Return when something is back: as stated, else by the forecast, else not known."""
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


def pay_days(s: Situation) -> Section:
    """Return the pay days at risk, with the file and the latest hour of each decision."""
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
