"""The pages of the desk: the board, what comes, pay days, what to do first, the log."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from continuity.exercise import said
from continuity.words import N_, _, current
from ui.charts.numbers import Numbers, NumbersTable
from ui.panels.situation import tables
from ui.panels.situation.held import Held
from ui.runs.fit import yielding
from ui.texts import Texts
from ui.theme import theme

_WIDE = 720  # from here on two tables stand beside one another


class DeskPage(QWidget):
    """Filled when it is seen, and again when what it shows has changed."""

    title = ""
    wanted = Signal(str, str)  # a verb of the desk, and what it is about

    def __init__(self, held: Held) -> None:
        super().__init__()
        self.held, self.texts = held, Texts()
        self._dirty = True
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, theme.grid(0.5), 0, 0)
        self.column.setSpacing(theme.grid(0.5))
        held.opened.connect(self.refresh)
        held.ticked.connect(self.refresh)

    def fill(self) -> None:
        """Show what is known now."""

    def refresh(self) -> None:
        """Be brought up to date, now or when next seen."""
        self._dirty = True
        if self.isVisible():
            self._fill()

    def retranslate(self) -> None:
        """Say everything in the language spoken now."""
        self.texts.refresh()
        self.refresh()

    def retheme(self) -> None:
        """Sizes for the zoom in force."""
        for table in self.findChildren(NumbersTable):
            table.fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fill()

    def _fill(self) -> None:
        if self._dirty and self.held.situation is not None:
            self._dirty = False
            self.fill()

    def heading(self, source: str) -> QLabel:
        """Return a caption that follows the language."""
        label = QLabel()
        label.setProperty("role", "caption")
        label.setContentsMargins(theme.grid(1.5), 0, theme.grid(1.5), 0)
        self.texts(lambda: label.setText(_(source)))
        return label

    def part(self, source: str, table: QWidget, *under: QWidget) -> QWidget:
        """Return a table under its caption."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(0.5))
        column.addWidget(self.heading(source))
        column.addWidget(table, 1)
        for one in under:
            column.addWidget(one)
        self.texts(lambda: table.setAccessibleName(_(source)))
        return box

    def note(self) -> QLabel:
        """Return a line for what is to be known of a page."""
        label = yielding(QLabel())
        label.setProperty("role", "muted")
        label.setContentsMargins(theme.grid(1.5), 0, theme.grid(1.5), theme.grid(0.5))
        return label


class Sides(QSplitter):
    """Two parts beside one another where there is room, else one above the other."""

    def __init__(self, first: QWidget, second: QWidget, share: tuple[int, int] = (3, 2)) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._share = share
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        for place, part in enumerate((first, second)):
            part.setMinimumSize(theme.px(120), theme.px(70))
            self.addWidget(part)
            self.setStretchFactor(place, share[place])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme.px(_WIDE)
        wanted = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self.orientation() != wanted or event.oldSize().width() <= 0:
            self.setOrientation(wanted)
            whole = self.width() if wide else self.height()
            first, second = (whole * one // sum(self._share) for one in self._share)
            QTimer.singleShot(0, self, lambda: self.setSizes([first, second]))


class BoardPage(DeskPage):
    """What is down, and what is to be done: by hand, at once."""

    title = N_("Board")

    def __init__(self, held: Held) -> None:
        super().__init__(held)
        self.status, self.tasks, self.hint = NumbersTable(), NumbersTable(), self.note()
        self.column.addWidget(self.hint)
        parts = (
            self.part(N_("What is reported (Enter: a new report of it)"), self.status),
            self.part(N_("Tasks (Enter: done)"), self.tasks),
        )
        self.column.addWidget(Sides(*parts), 1)
        self.setFocusProxy(self.status)
        self.status.opened.connect(lambda key: self.wanted.emit("follow", key))
        self.tasks.opened.connect(lambda key: self.wanted.emit("done", key))
        held.changed.connect(self.refresh)
        held.foreseen.connect(self.refresh)
        self.texts(self._say)

    def _say(self) -> None:
        self.status.setAccessibleDescription(_("Enter on a row: a new report of the same thing"))
        self.tasks.setAccessibleDescription(_("Enter on a row: the task is done"))

    def fill(self) -> None:
        self.status.show_numbers(tables.status(self.held))
        self.tasks.show_numbers(tables.tasks(self.held))
        empty = not self.held.situation.log.entries
        self.hint.setVisible(empty)
        self.hint.setText(
            _("Begin with what you know: R notes a report. It stands here at once, the forecast follows.")
        )


class ForecastPage(DeskPage):
    """A page that rests on the forecast, and says how fresh it is."""

    def __init__(self, held: Held) -> None:
        super().__init__(held)
        self.state, self.rumours = self.note(), QCheckBox()
        self.rumours.toggled.connect(held.count_rumours)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, theme.grid(1.5), 0)
        row.addWidget(self.state, 1)
        row.addWidget(self.rumours)
        self.column.addLayout(row)
        self.texts(self._say_rumours)
        held.foreseen.connect(self.refresh)
        held.changed.connect(self.refresh)

    def tell(self) -> str:
        """Return when the forecast was made, from what, and whether it is behind."""
        held, words = self.held, current()
        if held.failure:
            return _("There is no forecast: {why}", why=held.failure)
        if held.ahead is None:
            return _("The forecast is being worked out …") if held.busy else _("There is no forecast yet.")
        made = said.hour(words, held.ahead.now, held.now)
        if not held.ahead.replications:
            text = _("Nothing in the model is reported down, so nothing follows ({hour}).", hour=made)
        else:
            count = words.number(held.ahead.replications)
            text = _("Forecast of {hour}, {n} runs on the model in the log.", hour=made, n=count)
        if held.stale:
            text = _("⟳ Not up to date: there are newer entries. {text}", text=text)
        if held.ahead.left_out:
            text += " " + _("Not counted: {names}.", names=", ".join(held.ahead.left_out))
        if held.ahead.half:
            names = ", ".join(said.name_of(held.organisation, id_) for id_ in held.ahead.half)
            text += " " + _("Half is assumed of {names}.", names=names)
        return text

    def _say_rumours(self) -> None:
        self.rumours.setText(_("Count rumours"))
        self.rumours.setMinimumWidth(self.rumours.sizeHint().width() + theme.grid(1.5))

    def retheme(self) -> None:
        super().retheme()
        self._say_rumours()

    def fill(self) -> None:
        self.state.setText(self.tell())
        self.rumours.blockSignals(True)  # the box of another page was ticked
        self.rumours.setChecked(self.held.rumours)
        self.rumours.blockSignals(False)


class AheadPage(ForecastPage):
    """What fails next and when, and when what is down is expected back."""

    title = N_("What comes")

    def __init__(self, held: Held) -> None:
        super().__init__(held)
        self.next, self.back = NumbersTable(), NumbersTable()
        parts = (
            self.part(N_("What falls, if nothing is done"), self.next),
            self.part(N_("When it is back, and what that rests on"), self.back),
        )
        self.setFocusProxy(self.next)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        for place, part in enumerate(parts):
            splitter.addWidget(part)
            splitter.setStretchFactor(place, 3 - 2 * place)
        self.column.addWidget(splitter, 1)

    def fill(self) -> None:
        super().fill()
        known = self.held.ahead is not None
        self.next.show_numbers(tables.ahead(self.held) if known else Numbers())
        self.back.show_numbers(tables.back(self.held) if known else Numbers())


class FirstPage(ForecastPage):
    """What to do first, by which cards; who is needed on each shift."""

    title = N_("First")

    def __init__(self, held: Held) -> None:
        super().__init__(held)
        self.steps, self.staff = NumbersTable(), NumbersTable()
        parts = (
            self.part(N_("In this order, by these cards (Enter opens the card)"), self.steps),
            self.part(N_("Staff needed per shift (grey: as in the model)"), self.staff),
        )
        self.column.addWidget(Sides(*parts), 1)
        self.setFocusProxy(self.steps)
        self.steps.opened.connect(lambda key: self.wanted.emit("cards", key))

    def fill(self) -> None:
        super().fill()
        self.steps.show_numbers(tables.steps(self.held))
        self.staff.show_numbers(tables.staff(self.held))
