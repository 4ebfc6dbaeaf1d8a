"""The fourth page: which functions are down longer than is tolerable, how likely, and when."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from continuity.model.kinds import Function, Scenario
from continuity.model.organisation import Organisation
from continuity.simulation.result import Estimate, FunctionResult, Proportion, RunResult
from continuity.words import N_, _, current
from ui.charts.bars import Bar, BarDelegate
from ui.charts.box import ChartBox, TableBox
from ui.charts.numbers import Cell, Numbers, Title
from ui.charts.survival import Demand, SurvivalChart
from ui.panels.results.page import Page
from ui.runs import said
from ui.runs.board import RunBoard
from ui.shown import name_of
from ui.theme import theme

_MTPD, _RTO = 2, 5


class BreachesPage(Page):
    """Probabilities with their 95 % intervals."""

    title = N_("Too long")

    def __init__(self, board: RunBoard) -> None:
        super().__init__(board)
        self.box = TableBox(
            lambda: _("Down for longer than the demands allow"),
            lambda: _(
                "MTPD counts from the outage, RTO from its declaration. The whisker is the 95 % interval "
                "of the probability; “when” is the median of the first breach."
            ),
        )
        for column in (_MTPD, _RTO):
            self.box.table.paint_column(column, BarDelegate(58))
        self.box.table.opened.connect(self.go_to)
        self.box.table.chosen.connect(self.choose)
        self.curve = SurvivalChart()
        self.chosen = ""
        self.curve_box = ChartBox(self.curve, self._curve_title)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.grid(2), theme.grid(1), theme.grid(2), theme.grid(1))
        column.setSpacing(theme.grid(1))
        column.addWidget(self.box, 1)
        column.addWidget(self.curve_box)
        self.lay_in(inside)

    def fill(self, organisation: Organisation, result: RunResult) -> None:
        numbers = breach_numbers(organisation, result)
        self.box.show_numbers(numbers)
        self._show_curve(self.chosen if self.chosen in numbers.keys else next(iter(numbers.keys), ""))

    def choose(self, function: str) -> None:
        """Show how long one function is down, and the function in the inspector."""
        self._show_curve(function)
        self.board.desk.select(function, origin="results")

    def _show_curve(self, function: str) -> None:
        self.chosen = function
        result, organisation = self.board.result, self.organisation
        found = next((f for f in result.functions if f.element == function), None) if result else None
        record = organisation.of(Function, function) if organisation else None
        self.curve_box.setVisible(found is not None and bool(found.outlasting) and record is not None)
        if found is None or record is None or organisation is None or result is None:
            return
        self.curve.show_curve(found.outlasting, demands_of(organisation, result, record, found))
        self.curve_box.texts.refresh()
        self.curve_box.refresh()

    def _curve_title(self) -> str:
        name = name_of(self.organisation.get(self.chosen)) if self.organisation and self.chosen else ""
        return _("{function}: share of the runs in which the longest outage is longer", function=name)

    def retranslate(self) -> None:
        self.box.texts.refresh()
        self.curve_box.retranslate()
        super().retranslate()

    def retheme(self) -> None:
        self.box.retheme()
        self.curve_box.retheme()
        self.refresh()


def breach_numbers(organisation: Organisation, result: RunResult) -> Numbers:
    """Return demands and breaches of each function, the likeliest breach first."""
    titles = (
        Title(_("Function"), wide=True, width=230), Title("MTPD", True, 64),
        Title(_("Longer than MTPD"), width=150), Title(_("When"), True, 96), Title("RTO", True, 64),
        Title(_("Longer than RTO"), width=150), Title(_("When"), True, 96, drop=1),
        Title(_("Longest down"), True, 104, drop=2),
    )  # fmt: skip
    rows, keys = [], []
    for function in sorted(result.functions, key=_rank):
        record = organisation.of(Function, function.element)
        if record is None:
            continue
        rows.append(
            (
                record.name, _demand(record.mtpd), _chance(function.mtpd_breach),
                _when(function.mtpd_breach_at), _demand(record.rto), _chance(function.rto_breach),
                _when(function.rto_breach_at), _longest(function),
            )
        )  # fmt: skip
        keys.append(function.element)
    return Numbers(titles, tuple(rows), tuple(keys))


def demands_of(
    organisation: Organisation, result: RunResult, record: Function, found: FunctionResult
) -> tuple[Demand, ...]:
    """Return MTPD and RTO as they stand on the axis of outages; RTO counts from declaration."""
    words = current()
    scenario = organisation.of(Scenario, result.meta.scenario)
    lag = scenario.detection + scenario.declaration if scenario else 0
    demands = []
    for name, minutes, breach, later in (
        ("MTPD", record.mtpd, found.mtpd_breach, 0),
        ("RTO", record.rto, found.rto_breach, lag),
    ):
        if minutes is not None and breach is not None:
            text = _(
                "longer than {time} in {share}",
                time=words.duration(minutes),
                share=words.percent(breach.share),
            )
            demands.append(Demand(name, minutes + later, text))
    return tuple(demands)


def _rank(function: FunctionResult) -> tuple[float, float]:
    return tuple(-(p.share if p else -1.0) for p in (function.mtpd_breach, function.rto_breach))  # type: ignore[return-value]


def _demand(minutes: int | None) -> Cell:
    if minutes is None:
        return Cell("–", float("inf"), tip=_("No demand is stated"))
    return Cell(current().duration(minutes), minutes)


def _chance(breach: Proportion | None) -> Cell:
    if breach is None:
        return Cell("–", -1.0, tip=_("No demand is stated"))
    bar = Bar(breach.share, breach.low, breach.high, token="breach")
    text = current().percent(breach.share)
    tip = _("{share} of the runs; 95 % interval {interval}", share=text, interval=said.interval(breach))
    return Cell(text, breach.share, picture=bar, tip=tip)


def _when(at: Estimate | None) -> Cell:
    if at is None:
        return Cell("–", float("inf"))
    words = current()
    tip = _(
        "Eight of ten between {low} and {high}",
        low=words.duration(at.p10, coarse=True),
        high=words.duration(at.p90, coarse=True),
    )
    return Cell(said.after(at.p50), at.p50, tip=tip)


def _longest(function: FunctionResult) -> Cell:
    estimate = function.longest_down
    if estimate.p90 <= 0:
        return Cell("–", 0)
    words = current()
    tip = _("One run in ten: {time} or longer", time=words.duration(estimate.p90, coarse=True))
    text = words.duration(estimate.p50, coarse=True) if estimate.p50 >= 1 else "–"
    return Cell(text, estimate.p50, tip=tip)
