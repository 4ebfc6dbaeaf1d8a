"""Every day of the month: when would it be worst for this to begin?"""

from __future__ import annotations

import datetime as dt
import queue
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from continuity.model.calendar import BankCalendar, pay_days
from continuity.model.kinds import Scenario, Stream
from continuity.model.local_time import DAY, local_time, next_month, resolve_start
from continuity.model.problems import Refused
from continuity.session_analysis import AnalysisHandle, Done, Ended, Step
from continuity.simulation.request import RunRequest
from continuity.words import _, current, ngettext
from ui.charts.box import ChartBox, quiet_button
from ui.charts.harm import HarmCalendar, HarmDay
from ui.desk import Desk
from ui.runs import said
from ui.runs.board import board_of
from ui.runs.choosers import MeasuresButton
from ui.runs.fit import fit_icons, scrolled, yielding
from ui.runs.flow import FlowLayout
from ui.theme import theme
from ui.theme.icons import icon

if TYPE_CHECKING:
    from continuity.analysis.start_days import StartDay, Sweep

_REPLICATIONS, _OF_ONE_DAY = 512, 1000
_POLL = 40  # milliseconds
_FIRST_YEAR, _LAST_YEAR = 1990, 2200


class SweepDialog(QDialog):
    """Runs one scenario for every day of a month and shows the calendar of harm."""

    def __init__(self, desk: Desk, scenario: Scenario, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk, self.scenario = desk, scenario
        self.found: Sweep | None = None
        self.day = dt.date.min
        self.handle: AnalysisHandle[Sweep] | None = None
        try:
            first = local_time(resolve_start(scenario.start), 0).date()
        except Refused:
            first = dt.date.today()  # noqa: DTZ011 - a proposal that the user sees
        self.month = first.replace(day=1)
        self._poll = QTimer(self, interval=_POLL)
        self._poll.timeout.connect(self._read)
        self._build()
        self._show_month()
        self._on_busy(busy=False)
        fit_icons(self)

    # --- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self.setWindowTitle(_("Every day of the month"))
        name = yielding(QLabel(f"{self.scenario.code} {self.scenario.name}"))
        name.setProperty("role", "heading")
        intro = yielding(
            QLabel(_("The same events, on the same draws, begun on each day: when does it hurt most?"))
        )
        intro.setProperty("role", "muted")
        self.sentence = yielding(QLabel())
        self.chart = HarmCalendar()
        self.box = ChartBox(self.chart, lambda: _("People in need unpaid, by the day on which it begins"))
        self.box.chosen.connect(self._on_day)
        self.hint = yielding(
            QLabel(
                _(
                    "Darker and with a higher bar: more people in need wait. The tile marks a day on which "
                    "money is paid. Choose a day to run it alone."
                )
            )
        )
        self.hint.setProperty("role", "small")
        self.one = QPushButton()
        self.one.setIcon(icon("play"))
        self.one.clicked.connect(self._run_day)
        self.one.hide()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(*4 * [theme.grid(2)])
        column.setSpacing(theme.grid(1.25))
        for part in (
            name,
            intro,
            self._bar(),
            self._progress(),
            self.sentence,
            self.box,
            self.hint,
            self.one,
        ):
            column.addWidget(part)
        column.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(scrolled(inside))
        self.box.hide()
        self.hint.hide()
        room = self.screen().availableGeometry()
        self.resize(min(theme.px(860), room.width() - 40), min(theme.px(700), room.height() - 40))

    def _bar(self) -> QWidget:
        self.back, self.on = quiet_button("left"), quiet_button("right")
        self.label = QLabel()
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.label.setMinimumWidth(theme.px(130))
        self.measures = MeasuresButton(self.desk)
        self.measures.show_chosen(())
        self.go = QPushButton(_("Run every day"))
        self.go.setProperty("role", "primary")
        self.go.setIcon(icon("play", "on_accent"))
        self.go.clicked.connect(self.run)
        steps: tuple[tuple[QToolButton, int, str], ...] = (
            (self.back, -1, _("Month before")),
            (self.on, 1, _("Month after")),
        )
        for button, step, text in steps:
            button.setToolTip(text)
            button.setAccessibleName(text)
            button.clicked.connect(lambda _on=False, s=step: self.turn(s))
        bar = QWidget()
        flow = FlowLayout(bar, theme.grid(0.75))
        for widget in (self.back, self.label, self.on, self.measures, self.go):
            flow.addWidget(widget)
        return bar

    def _progress(self) -> QWidget:
        self.running = QWidget()
        self.progress, self.stop = QProgressBar(), QPushButton(_("Stop"))
        self.progress.setAccessibleName(_("Progress of the run"))
        self.stop.setIcon(icon("stop"))
        self.stop.clicked.connect(self.cancel)
        row = QHBoxLayout(self.running)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.progress, 1)
        row.addWidget(self.stop)
        return self.running

    # --- asking --------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether the days are being run."""
        return self.handle is not None

    def turn(self, months: int) -> None:
        """Choose the month before or after."""
        month = next_month(self.month) if months > 0 else (self.month - DAY).replace(day=1)
        if not self.busy and _FIRST_YEAR <= month.year <= _LAST_YEAR:
            self.month = month
            self._show_month()

    def run(self) -> None:
        """Run the scenario for every day of the month."""
        session = self.desk.session
        if session is None or self.busy:
            return
        measures = self.measures.chosen
        request = RunRequest(self.scenario.id, measures=measures, replications=_REPLICATIONS)
        self.handle = session.start_sweep(request, self.month)
        self.progress.setRange(0, 0)
        self._poll.start()
        self._on_busy(busy=True)

    def cancel(self) -> None:
        """Stop; what was found before stays."""
        if self.handle is not None:
            self.handle.cancel()

    def reject(self) -> None:
        self.cancel()
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pages = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if event.key() in pages:
            self.turn(pages[event.key()])
        elif event.key() == Qt.Key.Key_Escape and self.busy:
            self.cancel()
        else:
            super().keyPressEvent(event)

    # --- following -----------------------------------------------------------------------------

    def _read(self) -> None:
        while self.handle is not None:
            try:
                event = self.handle.events.get_nowait()
            except queue.Empty:
                return
            match event:
                case Step(done, total):
                    self.progress.setRange(0, total)
                    self.progress.setValue(done)
                case Done(answer):
                    self._end()
                    self.show_found(answer)
                case Ended(problems):
                    self._end()
                    if problems:
                        self.desk.refuse(Refused(problems))

    def _end(self) -> None:
        self.handle = None
        self._poll.stop()
        self._on_busy(busy=False)

    def _on_busy(self, *, busy: bool) -> None:
        self.running.setVisible(busy)
        for widget in (self.go, self.back, self.on, self.measures):
            widget.setEnabled(not busy)

    def show_found(self, found: Sweep) -> None:
        """Show the calendar of harm and what it says."""
        self.found = found
        self.month = found.month
        self._show_month()
        self.chart.show_days(harm_days(found, self._paid(found)))
        self.box.refresh()
        self.box.show()
        self.hint.show()
        self.sentence.setText(told(found))

    def _show_month(self) -> None:
        self.label.setText(current().date(self.month, "long").split(maxsplit=1)[1])

    def _paid(self, found: Sweep) -> frozenset[dt.date]:
        """Return the days of the month on which money is paid."""
        session = self.desk.session
        if session is None:
            return frozenset()
        banks, last = BankCalendar.of(session.organisation), found.days[-1].date
        streams = session.organisation.all(Stream)
        return frozenset(p.paid for s in streams for p in pay_days(s, banks, found.month, last))

    def _on_day(self, key: str) -> None:
        self.day = dt.date.fromisoformat(key)
        date = current().date(self.day, "full")
        self.one.setText(_("Run {date} alone and read the results", date=date))
        self.one.setVisible(True)

    def _run_day(self) -> None:
        """Run the day chosen as a run of its own, and go to the results."""
        measures = self.measures.chosen
        request = RunRequest(
            self.scenario.id, measures, compare=bool(measures), start=self.day, replications=_OF_ONE_DAY
        )
        if board_of(self.desk).start(request):
            self.accept()
            self.desk.go("results")


def harm_days(found: Sweep, paid: frozenset[dt.date]) -> tuple[HarmDay, ...]:
    """Return the days of a sweep as they are drawn."""
    most = max(day.in_need_unpaid.mean for day in found.days)
    return tuple(_drawn(day, most, paid=day.date in paid) for day in found.days)


def _drawn(day: StartDay, most: float, *, paid: bool) -> HarmDay:
    unpaid, half = day.in_need_unpaid, 1.96 * day.in_need_unpaid.error
    return HarmDay(
        date=day.date,
        share=unpaid.mean / most if most > 0 else 0.0,
        unpaid=said.people(unpaid.mean),
        unpaid_mean=unpaid.mean,
        interval=_(
            "{low} to {high}",
            low=said.about(max(0.0, unpaid.mean - half)),
            high=said.about(unpaid.mean + half),
        ),
        wait=said.days(day.longest_wait_days.mean),
        wait_days=day.longest_wait_days.mean,
        on_time=said.share(day.payees_on_time.mean),
        on_time_share=day.payees_on_time.mean,
        pay=paid,
    )


def told(found: Sweep) -> str:
    """Return in a sentence when it is worst and when mildest to begin."""
    words, worst, mildest = current(), found.worst, found.mildest
    limit = ngettext("{n} day", "{n} days", found.hardship_days)
    if worst.in_need_unpaid.mean < 0.5:
        return _("Whatever day it begins, nobody in need waits more than {limit}.", limit=limit)
    return _(
        "Worst on {worst}: {most} people in need wait more than {limit}. Mildest on {mildest}: {least}.",
        worst=words.date(worst.date, "full"),
        most=said.about(worst.in_need_unpaid.mean),
        limit=limit,
        mildest=words.date(mildest.date, "full"),
        least=said.about(mildest.in_need_unpaid.mean),
    )
