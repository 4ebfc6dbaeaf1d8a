"""Needed against achieved, as simulated: by strain level, and by the day on which the scenario begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from continuity.model.kinds.scenarios import STRAIN
from continuity.model.organisation import Organisation
from continuity.session import RunRequest
from continuity.words import N_, _, current, ngettext
from ui.charts.answers import Answer, AnswerChart, AnswerRow
from ui.charts.box import ChartBox
from ui.described import plain_label
from ui.panels.weak.page import WeakPage
from ui.runs import said
from ui.runs.job import JobBar
from ui.shown import name_of

if TYPE_CHECKING:
    from continuity.analysis.achieved_facts import (
        Achieved,
        AchievedByDate,
        AchievedByLevel,
        DayBefore,
        StreamByDate,
    )
    from continuity.session import Session

_REPLICATIONS = 256


class AchievedPage(WeakPage):
    """Two questions: are RTO and MTPD met at each strain level; on which day may it begin."""

    title = N_("Needed and achieved")
    button = N_("Play every scenario")
    needs_scenario = False

    def build(self) -> None:
        self.levels, self.begins = AnswerChart(), AnswerChart()
        self.by_level = ChartBox(
            self.levels,
            lambda: _("RTO and MTPD as simulated, under the hardest scenario of each strain level"),
        )
        self.add(self.by_level)
        self.date_job = JobBar(self.desk, lambda: _("Find on which days it may begin"), self._begin_dates)
        self.date_job.came.connect(self._take_dates)
        self.dates: AchievedByDate | None = None
        self.turns = plain_label("heading")
        self.by_date = ChartBox(
            self.begins, lambda: _("Pay days kept, by how many days before the scenario begins")
        )
        self.column.addWidget(self.date_job)
        self.column.addWidget(self.turns)
        self.column.addWidget(self.by_date)
        self.by_date.chosen.connect(self._choose)
        self.by_date.hide()

    def idle(self) -> str:
        return _(
            "Every scenario of the document is played and RTO and MTPD are compared with what is achieved. "
            "Met: in at least nine runs of ten."
        )

    def begin(self, session: Session, scenario: str) -> Any:
        from continuity.model.kinds import Scenario

        first = next(iter(session.organisation.all(Scenario)), None)
        if first is None:
            self.lead.setText(_("There is no scenario to run."))
            return None
        return session.start_achieved_by_level(RunRequest(first.id, replications=_REPLICATIONS))

    def fill(self, organisation: Organisation, answer: AchievedByLevel) -> None:
        levels = [level for level in STRAIN if any(row.strain == level for row in answer.rows)]
        functions = list(dict.fromkeys(row.function for row in answer.rows))
        cells = {(row.function, row.strain): row for row in answer.rows}
        rows = tuple(
            AnswerRow(
                f,
                name_of(organisation.get(f)),
                tuple(_met(organisation, cells.get((f, level))) for level in levels),
            )
            for f in functions
        )
        self.levels.show_answers(_("Function"), tuple(_(STRAIN[level]) for level in levels), rows)
        self.lead.setText(_level_said(answer, len(functions)))

    # --- by date -------------------------------------------------------------------------------

    def clear(self) -> None:
        self.dates = None
        self.date_job.stop()
        super().clear()

    def retranslate(self) -> None:
        self.date_job.texts.refresh()
        self.by_date.texts.refresh()
        super().retranslate()

    def retheme(self) -> None:
        self.date_job.retheme()
        self.by_date.retheme()
        super().retheme()

    def _begin_dates(self, session: Session) -> Any:
        scenario = self.scenario()
        if not scenario:
            self.turns.setText(_("Choose a scenario first."))
            return None
        return session.start_achieved_by_date(RunRequest(scenario, replications=_REPLICATIONS))

    def _take_dates(self, answer: AchievedByDate) -> None:
        self.dates = answer
        self._show_dates()

    def _show(self) -> None:
        super()._show()
        self._show_dates()

    def _show_dates(self) -> None:
        organisation, found = self.organisation, self.dates
        self.by_date.setVisible(found is not None)
        if organisation is None or found is None:
            self.turns.setText("")
            return
        days = (
            [day.days for day in max(found.streams, key=lambda s: len(s.days)).days] if found.streams else []
        )
        rows = tuple(
            AnswerRow(s.stream, _stream_name(organisation, s), _kept(s, days)) for s in found.streams
        )
        columns = tuple(
            ngettext("{n} day before", "{n} days before", n) if n else _("the same day") for n in days
        )
        self.begins.show_answers(_("Stream and pay day"), columns, rows)
        self.by_date.refresh()
        self.turns.setText(_turns_said(organisation, found))


def _met(organisation: Organisation, row: Achieved | None) -> Answer:
    if row is None:
        return Answer("", "–")
    words = current()
    demands = (
        ("RTO", row.rto, row.rto_breach, row.meets_rto),
        ("MTPD", row.mtpd, row.mtpd_breach, row.meets_mtpd),
    )
    parts, tips = [], [_("Scenario: {name}", name=name_of(organisation.get(row.scenario)))]
    for name, minutes, breach, met in demands:
        if minutes is None or breach is None:
            continue
        parts.append(f"{name} {_('yes') if met else _('no')}")
        tips.append(
            _(
                "{demand} {time}: broken in {share} of the runs ({interval})",
                demand=name, time=words.duration(minutes), share=words.percent(breach.share),
                interval=said.interval(breach),
            )
        )  # fmt: skip
    p90 = words.duration(round(row.longest_down.p90), coarse=True)
    tips.append(_("One run in ten: down {time} or longer", time=p90))
    broken = row.mtpd_breach.share if row.mtpd_breach else 0.0
    state = "lost" if row.meets_mtpd is False else "reduced" if row.meets_rto is False else "full"
    return Answer(state, ", ".join(parts), "\n".join(tips), broken)


def _level_said(answer: AchievedByLevel, functions: int) -> str:
    failing = {row.function for row in answer.rows if row.meets_mtpd is False}
    said_ = _(
        "{n} of {all} functions break their MTPD in more than one run of ten at some strain level.",
        n=len(failing),
        all=functions,
    )
    if answer.refused:
        said_ += " " + ngettext(
            "{n} scenario cannot be run and is left out.",
            "{n} scenarios cannot be run and are left out.",
            len(answer.refused),
        )
    return said_


def _stream_name(organisation: Organisation, stream: StreamByDate) -> str:
    return f"{name_of(organisation.get(stream.stream))} {current().date(stream.paid, 'iso')}"


def _kept(stream: StreamByDate, days: list[int]) -> tuple[Answer, ...]:
    found = {day.days: day for day in stream.days}
    return tuple(_answer(found[n]) if n in found else Answer("", "–") for n in days)


def _answer(day: DayBefore) -> Answer:
    words = current()
    share = words.percent(day.on_time.mean)
    tip = _(
        "Begins {date}. {share} of the payees on time; kept in {kept} of the runs ({interval})",
        date=words.date(day.start, "iso"), share=share, kept=words.percent(day.kept.share),
        interval=said.interval(day.kept),
    )  # fmt: skip
    word = _("yes") if day.holds else _("no")
    return Answer("full" if day.holds else "lost", f"{word} {share}", tip, day.on_time.mean, word)


def _turns_said(organisation: Organisation, found: AchievedByDate) -> str:
    """Say where yes becomes no, for the first stream for which that is so."""
    for stream in found.streams:
        if not stream.turns:
            continue
        before, after = stream.turns[0]
        holds = {day.days: day.holds for day in stream.days}
        return _(
            "{stream}, pay day {date}: {more} days before: {first}; {fewer} days before: {second}.",
            stream=name_of(organisation.get(stream.stream)),
            date=current().date(stream.paid, "iso"),
            more=before,
            first=_("yes") if holds[before] else _("no"),
            fewer=after,
            second=_("yes") if holds[after] else _("no"),
        )
    if found.streams and all(day.holds for stream in found.streams for day in stream.days):
        return _("Every pay day is kept, on whatever day it begins.")
    return _("It makes no difference to any pay day on which of these days it begins.")
