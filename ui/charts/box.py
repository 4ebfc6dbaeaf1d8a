"""A chart in its frame: heading, switch between picture and table, copy."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from continuity.words import _
from ui.charts.chart import Chart
from ui.charts.exporting import ExportMenu
from ui.charts.numbers import Numbers, NumbersTable
from ui.texts import Texts
from ui.theme import theme
from ui.theme.icons import icon

_LEAST_TABLE = 190  # pixels of the drawing: a heading and five rows


class TableBox(QFrame):
    """A table in its frame: heading, a line of explanation, copy."""

    def __init__(self, title: Callable[[], str], note: Callable[[], str] | None = None) -> None:
        super().__init__()
        self.texts = Texts()
        self.heading, self.note = QLabel(), QLabel()
        self.heading.setProperty("role", "caption")
        self.heading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.note.setProperty("role", "small")
        self.note.setWordWrap(True)
        self.note.setVisible(note is not None)
        self.copy = quiet_button("copy")
        self.table = NumbersTable()
        self.table.setProperty("role", "boxed")
        self.table.setMinimumHeight(theme.px(_LEAST_TABLE))
        self.copy.clicked.connect(self._copy)
        self.row = QHBoxLayout()
        self.row.setSpacing(theme.grid(0.5))
        self.row.addWidget(self.heading, 1)
        self.row.addWidget(self.copy)
        self.export = quiet_button("export")
        self.writing = ExportMenu(self.export, title, lambda: self.table.numbers.numbers)
        self.row.addWidget(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(0.5))
        column.addLayout(self.row)
        column.addWidget(self.table, 1)
        column.addWidget(self.note)

        def say() -> None:
            self.heading.setText(title())
            self.table.setAccessibleName(title())
            self.note.setText(note() if note else "")
            self.copy.setToolTip(_("Copy the numbers"))
            self.copy.setAccessibleName(_("Copy the numbers"))
            self.export.setToolTip(_("Write to a file"))
            self.export.setAccessibleName(_("Write to a file"))
            self.writing.say()

        self.texts(say)

    def show_numbers(self, numbers: Numbers) -> None:
        """Show ``numbers``."""
        self.table.show_numbers(numbers)

    def fit_rows(self, most: int = 12) -> None:
        """Be as high as the rows ask for, up to so many."""
        rows = min(most, max(1, len(self.table.numbers.order)))
        height = self.table.verticalHeader().defaultSectionSize() * rows
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + height + theme.px(4))

    def retheme(self) -> None:
        """Sizes for the zoom in force."""
        self.table.fit()
        for button in (self.copy, self.export):
            button.setIconSize(QSize(theme.px(16), theme.px(16)))

    def _copy(self) -> None:
        self.table.clearSelection()
        self.table.copy()


def quiet_button(name: str) -> QToolButton:
    """Return a small button with an icon and no frame."""
    button = QToolButton()
    button.setProperty("role", "quiet")
    button.setIcon(icon(name))
    button.setIconSize(QSize(theme.px(16), theme.px(16)))
    return button


class ChartBox(QFrame):
    """A picture or, at the press of a button, the table behind it. ``title`` gives the heading."""

    chosen = Signal(str)

    def __init__(
        self, chart: Chart, title: Callable[[], str], *, scroll: bool = False, above: QWidget | None = None
    ) -> None:
        super().__init__()
        self.chart, self.texts = chart, Texts()
        self.heading = QLabel()
        self.heading.setProperty("role", "caption")
        self.heading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.switch, self.copy = quiet_button("table"), quiet_button("copy")
        self.export = quiet_button("export")
        self.writing = ExportMenu(self.export, title, chart.numbers, chart)
        self.switch.setCheckable(True)
        self.switch.toggled.connect(self._on_switched)
        self.copy.clicked.connect(self._copy)
        self.table = NumbersTable()
        self.table.setProperty("role", "boxed")
        self.table.hide()
        self.table.setMinimumHeight(theme.px(_LEAST_TABLE))
        self.picture = self._picture(scroll, above)
        self._lay_out()
        self.texts(lambda: self.say(title()))
        chart.chosen.connect(self.chosen)
        self.table.chosen.connect(self._on_row)

    def refresh(self) -> None:
        """Bring picture and table up to date."""
        self.chart.refresh()
        self.fill_table()

    def fill_table(self) -> None:
        """Bring the table up to date where the picture is."""
        if self.switch.isChecked():  # a table that nobody sees is made when it is asked for
            self.table.show_numbers(self.chart.numbers())

    def retranslate(self) -> None:
        """Say heading and buttons in the language spoken now."""
        self.texts.refresh()
        self.refresh()

    def retheme(self) -> None:
        """Sizes for the zoom in force."""
        self.table.fit()
        for button in (self.switch, self.copy, self.export):
            button.setIconSize(QSize(theme.px(16), theme.px(16)))

    def say(self, title: str) -> None:
        """Set the heading, and the names for screen readers."""
        self.heading.setText(title)
        self.heading.setVisible(bool(title))
        self.writing.say()
        self.chart.setAccessibleName(title or self.chart.accessibleName())
        self.table.setAccessibleName(title)
        for button, name in (
            (self.switch, _("Show as a table")),
            (self.copy, _("Copy the numbers")),
            (self.export, _("Write to a file")),
        ):
            button.setToolTip(name)
            button.setAccessibleName(name)

    def _picture(self, scroll: bool, above: QWidget | None) -> QWidget:
        area: QWidget = self.chart
        if scroll:
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setWidget(self.chart)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if above is not None:
            column.addWidget(above)
        column.addWidget(area)
        if not scroll:
            column.addStretch(1)
        return page

    def _lay_out(self) -> None:
        self.row = QHBoxLayout()
        self.row.setSpacing(theme.grid(0.5))
        self.row.addWidget(self.heading, 1)
        for button in (self.switch, self.copy, self.export):
            self.row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(0.5))
        column.addLayout(self.row)
        column.addWidget(self.picture, 1)
        column.addWidget(self.table, 1)

    def _on_switched(self, table: bool) -> None:
        self.picture.setVisible(not table)
        self.table.setVisible(table)
        if table:
            self.table.show_numbers(self.chart.numbers())

    def _on_row(self, key: str) -> None:
        if key and self.switch.isChecked():
            self.chosen.emit(key)

    def _copy(self) -> None:
        self.table.show_numbers(self.chart.numbers())
        self.table.clearSelection()
        self.table.copy()
