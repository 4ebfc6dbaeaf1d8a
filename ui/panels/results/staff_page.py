"""Staff left: how many of each group are at work over time, those hit hardest first."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from continuity.model.kinds import StaffGroup
from continuity.model.organisation import Organisation
from continuity.simulation.result import ElementResult, RunResult
from continuity.words import N_, _, current
from ui.charts.box import ChartBox
from ui.charts.levels import Course, LevelRows, TimeHeader
from ui.charts.numbers import Cell, Numbers, Title
from ui.panels.results.functions_page import period_of
from ui.panels.results.page import Page
from ui.runs.board import RunBoard
from ui.runs.fit import yielding
from ui.theme import theme

_FULL = 1000


class StaffPage(Page):
    """A row per staff group that is ever short of people."""

    title = N_("Staff left")

    def __init__(self, board: RunBoard) -> None:
        super().__init__(board)
        self.rows, self.header = LevelRows(), TimeHeader()
        self.box = ChartBox(
            self.rows, lambda: _("At work over time, the hardest hit first"), scroll=True, above=self.header
        )
        self.box.chosen.connect(lambda key: board.desk.select(key, origin="results"))
        self.none = yielding(QLabel())
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.grid(2), theme.grid(1), theme.grid(0.5), theme.grid(1))
        column.addWidget(self.none)
        column.addWidget(self.box, 1)
        self.lay_in(inside)

    def fill(self, organisation: Organisation, result: RunResult) -> None:
        period = period_of(result)
        groups = {g.id: g for g in organisation.all(StaffGroup)}
        staff = [e for e in result.elements if e.element in groups]
        short = [e for e in staff if min(e.levels.lowest, default=_FULL) < _FULL]
        short.sort(key=lambda e: (min(e.levels.p50), min(e.levels.p10)))
        self.none.setVisible(not short)
        self.none.setText(_("No staff group is ever short of people in this run."))
        self.box.setVisible(bool(short))
        self.header.show_period(period)
        courses = tuple(_course(groups[e.element], e) for e in short)
        self.rows.show_courses(period, courses, staff_numbers(groups, short))
        self.box.refresh()

    def retranslate(self) -> None:
        self.box.retranslate()
        super().retranslate()

    def retheme(self) -> None:
        self.box.retheme()
        self.refresh()


def _course(group: StaffGroup, found: ElementResult) -> Course:
    wanted = group.minimum_crew
    least = -(-_FULL * wanted // group.headcount) if group.headcount and wanted else 0
    number = current().number
    fewest = group.headcount * min(found.levels.p50, default=_FULL) // _FULL
    return Course(
        key=group.id,
        name=group.name,
        note=_(
            "{fewest} of {all} at the least, typical run", fewest=number(fewest), all=number(group.headcount)
        ),
        least=min(_FULL, least),
        typical=found.levels.p50,
        bad=found.levels.p10,
        lowest=found.levels.lowest,
    )


def staff_numbers(groups: dict[str, StaffGroup], found: list[ElementResult]) -> Numbers:
    """Return people left as a table."""
    words = current()
    titles = (
        Title(_("Staff group"), wide=True), Title(_("Headcount"), True, 96),
        Title(_("Fewest, typical run"), True, 140), Title(_("Fewest, one run in ten"), True, 150),
        Title(_("Fewest of all"), True, 120), Title(_("In the mean over the run"), True, 170),
    )  # fmt: skip
    rows = []
    for one in found:
        group = groups[one.element]
        lows = [min(levels, default=_FULL) for levels in (one.levels.p50, one.levels.p10, one.levels.lowest)]
        mean = sum(one.levels.mean) / max(1, len(one.levels.mean))
        people = [group.headcount * level / _FULL for level in (*lows, mean)]
        cells = [Cell(words.number(int(value)), value) for value in people]
        rows.append((group.name, Cell(words.number(group.headcount), group.headcount), *cells))
    return Numbers(titles, tuple(rows), tuple(e.element for e in found))
