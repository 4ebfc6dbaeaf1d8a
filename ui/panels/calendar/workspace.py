"""The pay calendar: thirteen months of pay days, and what an outage does to them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from continuity.model.edits import Changes
from continuity.model.kinds import Element, Scenario
from continuity.model.local_time import DAY, ZONE, local_instant, local_time, resolve_start
from continuity.model.problems import Refused
from continuity.simulation.request import RunRequest
from continuity.words import N_, _, current
from ui.desk import Desk
from ui.panels.calendar.day_panel import DayPanel
from ui.panels.calendar.days import PayCalendar, months_between, months_from, shifted
from ui.panels.calendar.loss import loss_of
from ui.panels.calendar.month import MonthView
from ui.panels.calendar.strip import MonthStrip
from ui.panels.calendar.what_if import WhatIf
from ui.runs.board import board_of
from ui.runs.fit import fit_icons, scrolled
from ui.runs.outcome import meta_of
from ui.theme import theme
from ui.theme.icons import icon
from ui.workspace import Verb, Workspace

if TYPE_CHECKING:
    from continuity.session import Session

_WIDE = 980  # from here on the day stands beside the month rather than below it
_REPLICATIONS = 300
_KINDS = ("stream", "stage", "fallback", "closed_day", "role", "function", "resource", "staff_group")
#: The library's own example of a lost data hall, with which the reference agency opens.
_FIRST_SCENARIO = "S05"


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
        self.month = dt.date(2024, 1, 1)
        self.first = self.month  # of the thirteen months
        self.chosen: dt.date | None = None
        self._shown_run = ""
        self._behind = False  # what happened on the board is not shown yet
        self.what_if = WhatIf(desk, self.board)
        self.strip, self.grid, self.day = MonthStrip(), MonthView(), DayPanel()
        self._build()
        self._wire()
        self.setFocusProxy(self.grid)
        self.texts(self._say)
        fit_icons(self)

    # --- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self.month_name = QLabel()
        self.month_name.setProperty("role", "heading")
        self.back, self.forth = self._arrow("left"), self._arrow("right")
        head = QHBoxLayout()
        head.setContentsMargins(theme.grid(1.5), theme.grid(0.5), theme.grid(1.5), theme.grid(0.5))
        head.setSpacing(theme.grid(1))
        for widget in (self.back, self.forth, self.month_name):
            head.addWidget(widget)
        head.addWidget(self.strip, 1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.grid, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(left)
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

    def _arrow(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "quiet")
        button.setIcon(icon(name))
        button.setIconSize(QSize(theme.px(16), theme.px(16)))
        return button

    def _wire(self) -> None:
        self.back.clicked.connect(lambda: self.page(-1))
        self.forth.clicked.connect(lambda: self.page(1))
        self.strip.chosen.connect(lambda key: self.show_month(dt.date.fromisoformat(key)))
        self.grid.chosen.connect(self.choose)
        self.grid.paged.connect(self.page)
        self.grid.entered_day.connect(lambda _date: self._into_day())
        self.day.go_to.connect(self.go_to)
        # A plan has a code and no record, so it is not chosen in the inspector on the way.
        self.day.sheet_wanted.connect(lambda code: self.desk.wanted.emit("plans", code))
        self.what_if.asked.connect(self.run)
        self.what_if.date_changed.connect(self._on_date)
        self.what_if.what_changed.connect(self._on_what)
        self.what_if.measures.ticked.connect(lambda _ids: self._mark_start())
        self.board.changed.connect(self._on_board)
        run = QShortcut(QKeySequence("Ctrl+R"), self)
        run.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        run.activated.connect(self.run)
        stop = QShortcut(QKeySequence("Esc"), self)
        stop.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        stop.activated.connect(self.board.cancel)

    def _say(self) -> None:
        self.grid.setAccessibleName(_("Pay days of the month"))
        for button, name in (
            (self.back, _("Previous month (Page Up)")),
            (self.forth, _("Next month (Page Down)")),
        ):
            button.setToolTip(name)
            button.setAccessibleName(name)
        self._say_month()

    def _say_month(self) -> None:
        name = " ".join(current().date(self.month, "long").split()[1:])
        self.month_name.setText(name[:1].upper() + name[1:])
        self.month_name.setMinimumWidth(theme.px(132))

    # --- the document --------------------------------------------------------------------------

    def show_session(self, session: Session | None) -> None:
        self.calendar = PayCalendar(session.organisation) if session else None
        self._shown_run = ""
        self.what_if.measures.show_chosen(())
        self.what_if.show_what(self._first_scenario() if session else "")
        start = self._resolved(None)
        self.what_if.show_date(start.date() if start else None, self._clock(start))
        month = (start.date() if start else dt.datetime.now(tz=ZONE).date()).replace(day=1)
        self.first = self.month = month
        self.chosen = self._first_pay_day(start.date()) if start else None
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
        self._lay()

    def retheme(self) -> None:
        fit_icons(self)
        self.what_if.fit()
        self.day.fit()
        self.grid.fit()
        for button in (self.back, self.forth):
            button.setIconSize(QSize(theme.px(16), theme.px(16)))
        self._lay()

    def reveal(self, record_id: str) -> bool:
        """Open the cards of a stream; a scenario becomes the question."""
        if self.session is None:
            return False
        if self.session.organisation.of(Scenario, record_id) is not None:
            self.what_if.show_what(record_id)
            self._on_what()
            return True
        return any(card.planned.stream == record_id for card in self.day.cards)

    # --- moving about --------------------------------------------------------------------------

    def page(self, months: int) -> None:
        """Show the month so many months on."""
        self.show_month(shifted(self.month, months))

    def show_month(self, month: dt.date) -> None:
        """Show ``month``; the strip follows where it must."""
        self.month = month.replace(day=1)
        ahead = months_between(self.first, self.month)
        if ahead < 0 or ahead > 12:
            self.first = shifted(self.month, -12 if ahead > 12 else 0)
        self._lay()

    def choose(self, date: dt.date) -> None:
        """Show what is paid on ``date``."""
        self.chosen = date
        if date.replace(day=1) != self.month:
            self.show_month(date)
            return
        self.grid.show_month(self.calendar, self.month, date)
        self._show_day()
        self._keep_in_view()

    def _keep_in_view(self) -> None:
        """Scroll the page, where it scrolls, to the day that is chosen."""
        rect = self.grid.visualRect(self.grid.currentIndex())
        if rect.isValid() and self.grid.hasFocus():
            place = self.grid.viewport().mapTo(self.area.widget(), rect.center())
            self.area.ensureVisible(place.x(), place.y(), 0, rect.height())

    def _lay(self) -> None:
        if self.calendar is not None:
            self.calendar.lay(self.board.result)
        self._say_month()
        months = months_from(self.first)
        share = self.calendar.month_share if self.calendar else lambda _month: None
        self.strip.show_months([(m, share(m)) for m in months], self.month)
        self.grid.show_month(self.calendar, self.month, self.chosen)
        self._mark_start()
        self._show_day()

    def _show_day(self) -> None:
        day = self.calendar.day(self.chosen) if self.calendar and self.chosen else None
        organisation = self.session.organisation if self.session else None
        self.day.show_day(organisation, day, self.board.result)

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
            QTimer.singleShot(0, self.grid.fit)

    # --- running -------------------------------------------------------------------------------

    def run(self) -> None:
        """Run what is asked, from the day that is chosen."""
        session, what = self.session, self.what_if.what
        start = self.what_if.date.date
        if session is None or not what or self.board.busy:
            return
        scenario = self._scenario_to_run(start)
        if scenario is None:
            return
        measures = self.what_if.measures.chosen
        request = RunRequest(
            scenario=scenario, measures=measures, compare=bool(measures), start=start,
            replications=_REPLICATIONS,
        )  # fmt: skip
        self.board.start(request)

    def _scenario_to_run(self, start: dt.date | None) -> str | None:
        assert self.session is not None
        element = self.session.organisation.of(Element, self.what_if.what)
        if element is None:
            return self.what_if.what
        if start is None:
            self.desk.say(_("Say from what day it is lost."), "warn")
            return None
        self.what_if.duration.take()
        self.what_if.hour.take()
        scenario, edit = loss_of(
            self.session.organisation, element, start, self.what_if.at, self.what_if.minutes
        )
        self.desk.edit(edit, origin=self.code, merge=f"{scenario}.loss")
        return scenario if self.session.organisation.get(scenario) is not None else None

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
        """Show the first day on which somebody is not paid; for a run asked for here, or one chosen."""
        assert self.board.result is not None and self.calendar is not None
        self.calendar.lay(self.board.result)
        meta = meta_of(self.board.outcome) if self.board.outcome else None
        worst = self.calendar.worst_day()
        start = local_time(self.board.result.meta.start, 0)
        if meta is not None and self.session is not None:
            scenario = self.session.organisation.of(Scenario, meta.scenario)
            if scenario is not None and not self.what_if.loses_element:
                self.what_if.show_what(scenario.id)
            self.what_if.measures.show_chosen(meta.measures)
        self.what_if.show_date(start.date(), self._clock(start))
        self.chosen = worst or start.date()
        self.month = self.chosen.replace(day=1)
        ahead = months_between(self.first, self.month)
        if ahead < 0 or ahead > 12:
            self.first = self.month

    def _on_date(self, date: dt.date) -> None:
        """Another day: the same is run again where it has been run before."""
        start = self._resolved(date)
        self.what_if.show_date(date, self._clock(start))
        outcome = self.board.outcome
        ran = outcome is not None and meta_of(outcome).scenario == self._scenario_id()
        if date.replace(day=1) != self.month:
            self.chosen = date
            self.show_month(date)
        else:
            self._mark_start()
        if ran:
            self.run()

    def _on_what(self) -> None:
        if not self.what_if.loses_element:
            start = self._resolved(None)
            if start is not None:
                self.what_if.show_date(start.date(), self._clock(start))
                self.chosen = self._first_pay_day(start.date())
                self.show_month(start.date())
        self._mark_start()

    # --- when it begins ------------------------------------------------------------------------

    def _scenario_id(self) -> str:
        if self.session is None or not self.what_if.loses_element:
            return self.what_if.what
        from ui.panels.calendar.loss import LOSS

        element = self.session.organisation.get(self.what_if.what)
        found = self.session.organisation.find("scenario", f"{LOSS}{element.code}") if element else None
        return found.id if found else ""

    def _resolved(self, date: dt.date | None) -> dt.datetime | None:
        """Return the local time at which what is asked begins, on ``date`` where it is given."""
        if self.session is None:
            return None
        if self.what_if.loses_element:
            if date is None:
                return None
            return local_time(local_instant(date, self.what_if.at), 0)
        scenario = self.session.organisation.of(Scenario, self.what_if.what)
        if scenario is None:
            return None
        try:
            return local_time(resolve_start(scenario.start, date), 0)
        except Refused:
            return None

    def _mark_start(self) -> None:
        self.grid.show_start(self._resolved(self.what_if.date.date))

    def _clock(self, start: dt.datetime | None) -> str:
        return current().time(start) if start else ""

    def _first_pay_day(self, start: dt.date) -> dt.date:
        """Return the first date on or after ``start``, in the same month, on which money is paid."""
        dates = [start + n * DAY for n in range(31)]
        in_month = [d for d in dates if d.month == start.month]
        assert self.calendar is not None
        return next((d for d in in_month if self.calendar.day(d).pay), start)

    def _first_scenario(self) -> str:
        assert self.session is not None
        organisation = self.session.organisation
        first = organisation.find("scenario", _FIRST_SCENARIO)
        scenarios = organisation.all(Scenario)
        return first.id if first else scenarios[0].id if scenarios else ""
