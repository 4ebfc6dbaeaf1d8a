"""The pay calendar: thirteen months of pay days, and what an outage does to them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from continuity.model.edits import Changes
from continuity.model.kinds import Scenario
from continuity.model.local_time import DAY, ZONE, local_time
from continuity.words import N_
from ui.desk import Desk
from ui.panels.calendar.day_panel import DayPanel
from ui.panels.calendar.days import PayCalendar
from ui.panels.calendar.month_page import MonthPage
from ui.panels.calendar.question import Question
from ui.panels.calendar.what_if import WhatIf
from ui.runs.board import board_of
from ui.runs.fit import fit_icons, scrolled
from ui.runs.outcome import meta_of
from ui.theme import theme
from ui.workspace import Verb, Workspace

if TYPE_CHECKING:
    from continuity.session import Session

_WIDE = 980  # from here on the day stands beside the month rather than below it
_KINDS = ("stream", "stage", "fallback", "closed_day", "role", "function", "resource", "staff_group")


class CalendarWorkspace(Workspace):
    """Question above, month and day below."""

    code = "calendar"
    title = N_("Pay calendar")
    hint = N_("Who is to be paid when, and who is not if something breaks")
    icon = "calendar"
    verb = Verb.TEST

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.board = board_of(desk)
        self.calendar: PayCalendar | None = None
        self._shown_run = ""
        self._behind = False  # what happened on the board is not shown yet
        self.what_if = WhatIf(desk, self.board)
        self.question = Question(desk, self.what_if, self.code)
        self.month, self.day = MonthPage(), DayPanel()
        self._build()
        self._wire()
        self.setFocusProxy(self.month.grid)
        fit_icons(self)

    # --- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(self.month)
        self.splitter.addWidget(self.day)
        self.splitter.setStretchFactor(0, 1)
        rule = QFrame()
        rule.setProperty("role", "rule")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.what_if)
        column.addWidget(rule)
        column.addWidget(self.splitter, 1)
        # With large text the month keeps its height, and the page scrolls.
        self.area = scrolled(inside)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.area)

    def _wire(self) -> None:
        self.month.chosen.connect(self._on_chosen)
        self.month.entered_day.connect(self._into_day)
        self.day.go_to.connect(self.go_to)
        # A plan has a code and no record, so it is not chosen in the inspector on the way.
        self.day.sheet_wanted.connect(lambda code: self.desk.wanted.emit("plans", code))
        self.what_if.asked.connect(self.run)
        self.what_if.date_changed.connect(self._on_date)
        self.what_if.what_changed.connect(self._on_what)
        self.board.changed.connect(self._on_board)
        for keys, handler in (("Ctrl+R", self.run), ("Esc", self.board.cancel)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(handler)

    # --- the document --------------------------------------------------------------------------

    def show_session(self, session: Session | None) -> None:
        self.calendar = PayCalendar(session.organisation) if session else None
        self._shown_run = ""
        self.what_if.measures.show_chosen(())
        self.what_if.show_what(self.question.first())
        start = self.question.starts(None)
        self.what_if.show_start(start)
        self.month.show_calendar(self.calendar)
        today = dt.datetime.now(tz=ZONE).date()
        self.month.begin(start.date() if start else today, self._first_pay_day(start))
        self._lay()
        self.what_if.refresh_answers()

    def on_changes(self, changes: Changes) -> None:
        if self.session is None:
            return
        if changes.touches(*_KINDS):
            self.calendar = PayCalendar(self.session.organisation)
            self._behind = not self.isVisible()
            if not self._behind:
                self._lay()
        if changes.touches("scenario", "measure", *_KINDS):
            self.what_if.show_what(self.what_if.what)
            self.what_if.measures.show_chosen(self.what_if.measures.chosen)

    def retranslate(self) -> None:
        super().retranslate()
        self.what_if.retranslate()
        self.month.texts.refresh()
        self._lay()

    def retheme(self) -> None:
        fit_icons(self)
        self.what_if.fit()
        self.day.fit()
        self.month.fit()
        self._show_day()

    def reveal(self, record_id: str) -> bool:
        """A scenario becomes the question; a stream is here where it is paid on the day chosen."""
        if self.session is None:
            return False
        if self.session.organisation.of(Scenario, record_id) is not None:
            self.question.show(record_id)
            self._on_what()
            return True
        return any(card.planned.stream == record_id for card in self.day.cards)

    # --- showing -------------------------------------------------------------------------------

    def choose(self, date: dt.date) -> None:
        """Show what is paid on ``date``."""
        self.month.choose(date)

    def _lay(self) -> None:
        """Lay the run that is shown upon month and day."""
        if self.calendar is not None:
            self.calendar.lay(self.board.result)
        self.month.show_calendar(self.calendar)
        self._mark_start()
        self._show_day()

    def _show_day(self) -> None:
        date = self.month.date
        day = self.calendar.day(date) if self.calendar and date else None
        organisation = self.session.organisation if self.session else None
        self.day.show_day(organisation, day, self.board.result)

    def _on_chosen(self, _date: dt.date) -> None:
        self._show_day()
        grid = self.month.grid
        rect = grid.visualRect(grid.currentIndex())
        if rect.isValid() and grid.hasFocus():  # where the page scrolls, it follows the keyboard
            place = grid.viewport().mapTo(self.area.widget(), rect.center())
            self.area.ensureVisible(place.x(), place.y(), 0, rect.height())

    def _into_day(self) -> None:
        if self.day.cards:
            self.day.cards[0].arrow.setFocus(Qt.FocusReason.TabFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme.px(_WIDE)
        wanted = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self.splitter.orientation() != wanted or event.oldSize().width() <= 0:
            self.splitter.setOrientation(wanted)
            whole = self.width() if wide else self.height()
            part = theme.px(440) if wide else round(whole * 0.4)
            self.splitter.setSizes([whole - part, part])
            QTimer.singleShot(0, self.month.grid.fit)

    # --- running -------------------------------------------------------------------------------

    def run(self) -> None:
        """Run what is asked, from the day that is chosen."""
        if self.what_if.what and not self.board.busy:
            request = self.question.request()
            if request is not None:
                self.board.start(request)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._behind:
            self._behind = False
            self._on_board()

    def _on_board(self) -> None:
        if not self.isVisible():  # nobody looks: later
            self._behind = True
            return
        result = self.board.result
        if result is not None and result.meta.id != self._shown_run:
            self._follow_run()
        self._shown_run = result.meta.id if result else ""
        self._lay()

    def _follow_run(self) -> None:
        """Show the question that the run answers, and the first day on which many are not paid."""
        assert self.board.result is not None and self.calendar is not None
        self.calendar.lay(self.board.result)
        start = local_time(self.board.result.meta.start, 0)
        if self.board.outcome is not None:
            meta = meta_of(self.board.outcome)
            self.question.show(meta.scenario)
            self.what_if.measures.show_chosen(meta.measures)
        self.what_if.show_start(start)
        self.month.look_at(self.calendar.worst_day() or start.date())

    def _on_date(self, date: dt.date) -> None:
        """Another day: the same is run again where it has been run before."""
        self.what_if.show_start(self.question.starts(date), date)
        outcome = self.board.outcome
        ran = outcome is not None and meta_of(outcome).scenario == self.question.scenario
        if date.replace(day=1) != self.month.month:
            self.month.look_at(date)
            self._show_day()
        self._mark_start()
        if ran:
            self.run()

    def _on_what(self) -> None:
        start = self.question.starts(None)
        if start is not None:
            self.what_if.show_start(start)
            self.month.look_at(self._first_pay_day(start) or start.date())
            self._show_day()
        self._mark_start()

    def _mark_start(self) -> None:
        self.month.grid.show_start(self.question.starts(self.what_if.date.date))

    def _first_pay_day(self, start: dt.datetime | None) -> dt.date | None:
        """Return the first date from ``start`` on, in its month, on which money is paid; else its own."""
        if start is None or self.calendar is None:
            return None
        first = start.date()
        dates = [first + n * DAY for n in range(31) if (first + n * DAY).month == first.month]
        return next((date for date in dates if self.calendar.day(date).pay), first)
