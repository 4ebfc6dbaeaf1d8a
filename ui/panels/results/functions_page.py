"""The second page: the level of each function over time, and one of them close up."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QSplitter, QVBoxLayout, QWidget

from continuity.model.kinds import Function
from continuity.model.organisation import Organisation
from continuity.simulation.result import FunctionResult, RunResult
from continuity.words import N_, _, current
from ui.charts.box import ChartBox
from ui.charts.course import CourseChart
from ui.charts.levels import Course, LevelRows, Period, TimeHeader
from ui.charts.numbers import Cell, Numbers, Title
from ui.charts.timescale import PayMark
from ui.charts.waiting import WaitingChart
from ui.panels.results.page import Page
from ui.runs import because, said
from ui.runs.board import RunBoard
from ui.runs.outcome import side_names
from ui.shown import name_of
from ui.theme import theme

_SEEN = 0.0005
_FULL = 1000
_LEAST_SHOWN = 7 * 1440


class FunctionsPage(Page):
    """Rows above, the function chosen below."""

    title = N_("Functions")

    def __init__(self, board: RunBoard) -> None:
        super().__init__(board)
        self.chosen = ""
        self.rows, self.header, self.course = LevelRows(), TimeHeader(), CourseChart()
        self.rows_box = ChartBox(
            self.rows, lambda: _("Level over time, the worst first"), scroll=True, above=self.header
        )
        self.course_box = ChartBox(self.course, self._course_title)
        self.waiting = WaitingChart()
        self.waiting_box = ChartBox(self.waiting, lambda: _("Cases that wait"))
        self.waiting_box.hide()
        self.whole = QCheckBox()
        self.whole.toggled.connect(self.refresh)
        self.rows_box.row.insertWidget(1, self.whole)
        self.why = QLabel()
        self.why.setWordWrap(True)
        self.why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.rows_box.chosen.connect(self.choose)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(theme.grid(2), theme.grid(1), theme.grid(2), theme.grid(1))
        column.setSpacing(theme.grid(0.5))
        column.addWidget(self.course_box, 1)
        column.addWidget(self.waiting_box)
        column.addWidget(self.why)
        above = QWidget()
        over = QVBoxLayout(above)
        over.setContentsMargins(theme.grid(2), theme.grid(1), theme.grid(0.5), 0)
        over.addWidget(self.rows_box)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(above)
        self.splitter.addWidget(below)
        self.splitter.setStretchFactor(0, 1)
        self.rows_box.setMinimumHeight(theme.px(190))
        self.lay_in(self.splitter)
        self.splitter.setSizes([theme.px(360), theme.px(320)])
        self.texts(lambda: self.whole.setText(_("The whole time")))

    def fill(self, organisation: Organisation, result: RunResult) -> None:
        period = period_of(result, whole=self.whole.isChecked())
        ordered = sorted(result.functions, key=badness)
        courses = tuple(course_of(organisation, f) for f in ordered)
        self.header.show_period(period)
        self.rows.show_courses(period, courses, level_numbers(organisation, ordered))
        self.rows_box.fill_table()
        keys = [course.key for course in courses]
        self._show_course(self.chosen if self.chosen in keys else next(iter(keys), ""))

    def choose(self, function: str) -> None:
        """Show one function close up, and in the inspector."""
        self._show_course(function)
        self.board.desk.select(function, origin="results")

    def retranslate(self) -> None:
        self.rows_box.retranslate()
        self.course_box.retranslate()
        self.waiting_box.retranslate()
        super().retranslate()

    def retheme(self) -> None:
        self.rows_box.retheme()
        self.course_box.retheme()
        self.waiting_box.retheme()
        self.refresh()

    def _course_title(self) -> str:
        return name_of(self.organisation.get(self.chosen)) if self.organisation and self.chosen else ""

    def _show_course(self, function: str) -> None:
        organisation, result = self.organisation, self.board.result
        self.chosen = function
        found = next((f for f in result.functions if f.element == function), None) if result else None
        if organisation is None or result is None or found is None:
            self.course.show_course(None, None)
            self.waiting_box.hide()
            return
        other = self.board.other
        twin = next((f for f in other.functions if f.element == function), None) if other else None
        without, with_ = side_names(self.board.outcome)
        name = _("typical run: {side}", side=without if self.board.with_measures else with_)
        self.course.show_course(
            period_of(result, whole=self.whole.isChecked()),
            course_of(organisation, found),
            twin.levels.p50 if twin else (),
            name,
        )
        self.course_box.texts.refresh()
        self.course_box.fill_table()
        self._show_waiting(result, found)
        self.why.setText("\n".join(line for line in said_of(organisation, result, found) if line))

    def _show_waiting(self, result: RunResult, function: FunctionResult) -> None:
        series = function.backlog.series if function.backlog else None
        self.waiting.show_series(period_of(result, whole=self.whole.isChecked()), series)
        self.waiting_box.setVisible(series is not None)
        self.waiting_box.fill_table()


def said_of(organisation: Organisation, result: RunResult, function: FunctionResult) -> list[str]:
    """Return what there is to say of one function: how it falls, what waits, and why."""
    if function.chains:
        why = [because.chain(organisation, c, result) for c in because.leading(function.chains, 3)]
    else:
        why = [said.cause(organisation, c, result) for c in said.leading(function.causes, 3)]
    lines = [_("Why: {cause}", cause=cause) for cause in why]
    return [down_said(function), because.backlog(function.backlog), *lines]


def eventful(result: RunResult) -> int:
    """Return how many minutes of the run are worth showing: until no function is low any more."""
    last = 0
    for function in result.functions:
        low = [m for m, level in zip(result.grid, function.levels.p10, strict=True) if level < _FULL]
        last = max(last, low[-1] if low else 0)
    return min(result.grid[-1], max(_LEAST_SHOWN, round(last * 1.2)))


def period_of(result: RunResult, *, whole: bool = False) -> Period:
    """Return the time of a run with its pay days; the eventful part, or the whole."""
    end = result.grid[-1] if whole else eventful(result)
    found: dict[int, PayMark] = {}
    for day in result.pay_days:
        found.setdefault(day.date.toordinal(), PayMark(day.due, str(day.date.day)))
    return Period(result.meta.start, result.grid, tuple(found[key] for key in sorted(found)), end)


def badness(function: FunctionResult) -> tuple[float, float, float]:
    """Return a key that puts the worst function first: too long down, then down, then how soon."""
    breach = function.mtpd_breach.share if function.mtpd_breach else 0.0
    first = function.first_down.p50 if function.first_down else float("inf")
    return -breach, -function.down.share, first


def course_of(organisation: Organisation, function: FunctionResult) -> Course:
    """Return the levels of a function for a chart."""
    record = organisation.of(Function, function.element)
    breach = function.mtpd_breach is not None and function.mtpd_breach.share > _SEEN
    return Course(
        key=function.element,
        name=record.name if record else _("something no longer in the model"),
        note=down_said(function),
        least=record.mbco if record else 500,
        typical=function.levels.p50,
        bad=function.levels.p10,
        lowest=function.levels.lowest,
        breach=breach,
    )


def down_said(function: FunctionResult) -> str:
    """Return in one line how often and how soon a function is down."""
    words = current()
    if function.down.share <= _SEEN or function.first_down is None:
        return _("never below the lowest acceptable level")
    if function.mtpd_breach is not None and function.mtpd_breach.share > _SEEN:
        return _(
            "down {soon}; too long (MTPD) in {share}",
            soon=said.how_soon(function.first_down.p50),
            share=words.percent(function.mtpd_breach.share),
        )
    return _(
        "down {soon} in {share} of the runs",
        soon=said.how_soon(function.first_down.p50),
        share=words.percent(function.down.share),
    )


def level_numbers(organisation: Organisation, functions: list[FunctionResult]) -> Numbers:
    """Return the levels as a table."""
    words = current()
    titles = (
        Title(_("Function"), wide=True), Title(_("Lowest acceptable"), True, 120),
        Title(_("Lowest, typical"), True, 110), Title(_("Lowest, one in ten"), True, 120),
        Title(_("Lowest of all"), True, 100), Title(_("Down in"), True, 80),
        Title(_("First down"), True, 100),
    )  # fmt: skip
    rows = []
    for function in functions:
        course = course_of(organisation, function)
        lows = [min(levels, default=1000) for levels in (course.typical, course.bad, course.lowest)]
        first = function.first_down
        rows.append(
            (
                course.name, Cell(words.level(course.least), course.least),
                *(Cell(words.level(low), low) for low in lows),
                Cell(words.percent(function.down.share), function.down.share),
                Cell(said.after(first.p50), first.p50) if first else Cell("–", float("inf")),
            )
        )  # fmt: skip
    return Numbers(titles, tuple(rows), tuple(f.element for f in functions))
