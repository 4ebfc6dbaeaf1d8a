"""The three pages of Staff: who does what, war, strain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from continuity.model.kinds import StaffGroup
from continuity.model.staffing import Duties, Promise
from continuity.words import N_, _
from ui.charts.numbers import NumbersTable
from ui.described import DescribePage, plain_label
from ui.desk import Desk
from ui.panels.staff import tables
from ui.theme import theme

if TYPE_CHECKING:
    from continuity.analysis.strain import Remaining

_LEFT = 430


class StaffTable(NumbersTable):
    """A table whose copies leave out the figures of small groups."""

    def __init__(self, page: DescribePage) -> None:
        super().__init__()
        self.page = page

    def copy(self) -> None:
        """Put the table on the clipboard, small groups without figures."""
        organisation, shown = self.page.organisation, self.numbers.numbers
        if organisation is None:
            return
        self.numbers.numbers = tables.hidden(shown, organisation)
        super().copy()
        self.numbers.numbers = shown


class StaffPage(DescribePage):
    """Help above, a table, what is to be known of the chosen group below."""

    def __init__(self, desk: Desk, code: str) -> None:
        super().__init__(desk, code)
        self.held: tuple[Promise, ...] = ()  # what every group is promised to
        self.help, self.sum, self.why = plain_label("muted"), plain_label(), plain_label()
        self.table = StaffTable(self)
        self.table.chosen.connect(self._on_chosen)
        self.table.pressed_row.connect(lambda key: self.desk.select(key, origin=self.code))
        self.table.opened.connect(self.go_to)
        top, foot = QVBoxLayout(), QVBoxLayout()
        top.setContentsMargins(theme.grid(2), theme.grid(1.5), theme.grid(2), 0)
        foot.setContentsMargins(theme.grid(2), 0, theme.grid(2), theme.grid(1.5))
        top.addWidget(self.help)
        top.addWidget(self.sum)
        foot.addWidget(self.why)
        self.middle = QHBoxLayout()
        self.middle.setSpacing(0)
        self.middle.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(1))
        column.addLayout(top)
        column.addLayout(self.middle, 1)
        column.addLayout(foot)
        self.texts(self._say)

    def retheme(self) -> None:
        self.table.fit()

    def reveal(self, record_id: str) -> bool:
        row = self.table.numbers.row_of(record_id)
        if row >= 0:
            self.table.setCurrentIndex(self.table.numbers.index(row, 0))
        return row >= 0

    def words(self) -> str:
        """Return what the page is for."""
        return ""

    def _say(self) -> None:
        self.table.setAccessibleName(_(self.title))
        self.help.setText(self.words())

    def _on_chosen(self, key: str) -> None:
        group = self.organisation.of(StaffGroup, key) if self.organisation else None
        lines = tables.about(self.organisation, group, self.held) if self.organisation and group else []
        self.why.setText("\n".join(lines))
        if any(table.hasFocus() for table in self.tables()):
            self.desk.select(key, origin=self.code)

    def tables(self) -> tuple[StaffTable, ...]:
        """Return the tables in which a row may be chosen."""
        return (self.table,)

    def _first(self) -> None:
        if self.table.numbers.rowCount() and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.table.numbers.index(0, 0))
        self._on_chosen(self.table.numbers.key(self.table.currentIndex().row()))


class DutiesPage(StaffPage):
    """Competence × function: the groups stand still at the left, the functions scroll."""

    title = N_("Who does what")

    def __init__(self, desk: Desk, code: str) -> None:
        self.functions = StaffTable(self)
        super().__init__(desk, code)
        self.table.setFixedWidth(theme.px(_LEFT))
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.middle.addWidget(self.functions, 2)
        for table in (self.table, self.functions):
            table.setSortingEnabled(False)  # both halves in one order
            table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        bars = self.table.verticalScrollBar(), self.functions.verticalScrollBar()
        bars[0].valueChanged.connect(bars[1].setValue)
        bars[1].valueChanged.connect(bars[0].setValue)
        self.table.chosen.connect(lambda key: self._follow(self.functions, key))
        self.functions.chosen.connect(lambda key: self._follow(self.table, key))
        self.functions.pressed_row.connect(lambda key: self.desk.select(key, origin=self.code))

    def words(self) -> str:
        return _(
            "How many of each group are promised to which function. A dot: needed through a resource. In "
            "brackets: on standby. Numbers only, never names."
        )

    def fill(self) -> None:
        if self.session is not None:
            self.wait(self.sum, self.table)
            self.desk.work(self.session.duties, self._on_duties)

    def _on_duties(self, duties: Duties) -> None:
        organisation = self.organisation
        if organisation is None:
            return
        self.held = duties.promises
        self.sum.setText(tables.sum_of(organisation, self.held))
        self.table.show_numbers(tables.heads(organisation, self.held))
        self.functions.show_numbers(tables.matrix(organisation, duties))
        self._first()

    def retheme(self) -> None:
        super().retheme()
        self.functions.fit()
        self.table.setFixedWidth(theme.px(_LEFT))

    def _say(self) -> None:
        super()._say()
        self.functions.setAccessibleName(_("Functions"))

    def tables(self) -> tuple[StaffTable, ...]:
        return self.table, self.functions

    @staticmethod
    def _follow(other: StaffTable, key: str) -> None:
        row = other.numbers.row_of(key)
        if row >= 0 and other.currentIndex().row() != row:
            other.setCurrentIndex(other.numbers.index(row, 0))


class WarPage(StaffPage):
    """Placements in numbers, and how many must be placed here."""

    title = N_("Wartime placement")

    def words(self) -> str:
        return _(
            "How many stay is a range: from all that are not checked having to leave, to none of them. "
            "Consultants are in the group and shown apart. A check older than twelve months is a problem."
        )

    def fill(self) -> None:
        if self.session is not None:
            self.wait(self.sum, self.table)
            self.desk.work(self.session.duties, self._on_duties)

    def _on_duties(self, duties: Duties) -> None:
        self.held = duties.promises
        if self.organisation is not None:
            self.table.show_numbers(tables.war(self.organisation, self.held))
            self.sum.hide()
            self._first()


class StrainPage(StaffPage):
    """What remains at each strain level, by the hardest scenario of the library."""

    title = N_("What remains under strain")

    def words(self) -> str:
        return _(
            "By the staff losses of the hardest scenario of each level, all at once; point at a figure to "
            "see which. ▾ less than is needed, ▾▾ not even one crew."
        )

    def fill(self) -> None:
        session = self.session
        if session is not None:
            self.wait(self.sum, self.table)
            self.desk.work(lambda: (session.remaining(), session.duties()), self._on_left)

    def _on_left(self, found: tuple[tuple[Remaining, ...], Duties]) -> None:
        left, duties = found
        self.held = duties.promises
        if self.organisation is not None:
            self.table.show_numbers(tables.strain(self.organisation, left, self.held))
            self.sum.hide()
            self._first()
