"""The best set under a budget: what to buy first, why, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from continuity.model.fields import FieldType, Spec
from continuity.model.kinds import Measure
from continuity.model.organisation import Organisation
from continuity.words import N_, _, current
from ui.charts.box import ChartBox, TableBox
from ui.charts.frontier import FrontierChart, Point
from ui.charts.numbers import Cell, Numbers, Title
from ui.charts.swings import End, Swing, SwingChart
from ui.described import plain_label
from ui.desk import Desk
from ui.panels.measures import words
from ui.panels.measures.to_gaps import ToGaps
from ui.panels.measures.weighed_scenarios import WeighedScenarios
from ui.runs import said
from ui.runs.fit import scrolled
from ui.runs.flow import FlowLayout
from ui.runs.job import JobBar
from ui.shown import name_of, typed
from ui.texts import Texts
from ui.theme import theme

if TYPE_CHECKING:
    from continuity.analysis.choices import ChosenMeasure, Optimum
    from continuity.session import Session

_SEK = Spec(type=FieldType.SEK, label=N_("Budget"))
_YEARS = Spec(type=FieldType.COUNT, label=N_("For how many years the yearly cost counts"), low=0, high=50)
_BUDGET = 30_000_000


class BudgetPage(QWidget):
    """Budget and scenarios above; the proposal, its reasons and its frontier below."""

    title = N_("Best set under a budget")

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.texts = desk, Texts()
        self.answer: Optimum | None = None
        self.budget_label, self.years_label = QLabel(), QLabel()
        self.budget, self.years = QLineEdit(), QLineEdit("1")
        self.years.setFixedWidth(theme.px(72))
        self.budget.setFixedWidth(theme.px(150))
        self.scenarios = WeighedScenarios(desk)
        self.job = JobBar(desk, lambda: _("Find the best set"), self._begin)
        self.job.came.connect(self.take)
        self.lead, self.order, self.sure, self.why = (
            plain_label(role) for role in ("heading", "muted", "muted", "")
        )
        self.bought, self.frontier = (
            SwingChart(lambda: (_("Measure"), _("People in need unpaid"))),
            FrontierChart(),
        )
        self.steps = ChartBox(self.bought, lambda: _("What to buy first: each on top of those before it"))
        self.edge = ChartBox(
            self.frontier, lambda: _("Cost and payments on time: the best of the sets that were tried")
        )
        self.others = TableBox(lambda: _("The same under other weightings"), lambda: _(
            "The best set that was tried, if something else than the decided order weighed most."
        ))  # fmt: skip
        self.send = ToGaps(desk)
        self.steps.chosen.connect(lambda key: desk.select(key, origin="measures"))
        self._build()
        self.texts(self._say)
        self._show()

    def _build(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.grid(2), theme.grid(1), theme.grid(2), theme.grid(1.5))
        column.setSpacing(theme.grid(1))
        line = QWidget()
        flow = FlowLayout(line, theme.grid(1))
        for widget in (self.budget_label, self.budget, self.years_label, self.years):
            flow.addWidget(widget)
        column.addWidget(line)
        for part in (self.scenarios, self.job, self.lead, self.order, self.sure):
            column.addWidget(part)
        for part in (self.steps, self.why, self.send, self.edge, self.others):
            column.addWidget(part)
        column.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(scrolled(inside))

    def _say(self) -> None:
        self.budget_label.setText(_("Budget"))
        self.budget.setAccessibleName(_("Budget in SEK"))
        self.budget.setPlaceholderText(_("such as 30 m SEK"))
        self.years_label.setText(_("years of yearly costs in it"))
        self.years.setAccessibleName(_("For how many years the yearly cost counts"))
        if not self.budget.isModified() or not self.budget.text():
            self.budget.setText(current().number(_BUDGET))

    # --- the document --------------------------------------------------------------------------

    def show_document(self, scenario: str) -> None:
        """Begin anew in ``scenario``."""
        self.job.stop()
        self.answer = None
        self.scenarios.show_scenario(scenario)
        self._show()

    def on_changes(self) -> None:
        """Say names as they are now."""
        self.scenarios.refresh()
        self._show()

    def retranslate(self) -> None:
        """Say everything in the language spoken now."""
        for texts in (self.texts, self.job.texts, self.scenarios.texts, self.send.texts):
            texts.refresh()
        for box in (self.steps, self.edge, self.others):
            box.texts.refresh()
        self.on_changes()

    def retheme(self) -> None:
        """Sizes for the zoom in force."""
        self.budget.setFixedWidth(theme.px(150))
        self.years.setFixedWidth(theme.px(72))
        for part in (self.job, self.scenarios, self.steps, self.edge, self.others):
            part.retheme()
        self._show()

    # --- choosing ------------------------------------------------------------------------------

    def _begin(self, session: Session) -> Any:
        from continuity.session_choices import wish

        budget, years = typed(_SEK, self.budget.text() or "0"), typed(_YEARS, self.years.text() or "0")
        return session.start_optimise(wish(budget, self.scenarios.chosen, years))

    def take(self, answer: Optimum) -> None:
        """Show an answer."""
        self.answer = answer
        self._show()

    def _show(self) -> None:
        organisation = self.desk.session.organisation if self.desk.session else None
        found = self.answer if organisation is not None else None
        for part in (self.order, self.sure, self.why, self.steps, self.edge, self.others, self.send):
            part.setVisible(found is not None)
        self.lead.setProperty("role", "heading" if found else "muted")
        self.lead.style().polish(self.lead)
        if found is None or organisation is None:
            self.lead.setText(
                _(
                    "Sets of measures are tried on the same draws; people in need come before SEK. "
                    "Takes a minute or two."
                )
            )
            return
        self.lead.setText(words.lead(organisation, found))
        self.order.setText(words.order_said(found))
        last = _("Last in line then: {last}.", last=words.last_said(organisation, found.best))
        self.sure.setText(f"{words.sure(found)} {last}")
        reasons = [words.why(organisation, found, n) for n in range(len(found.bought))]
        self.why.setText(
            "\n".join([*(f"• {r}" for r in reasons), words.left_out(organisation, found)]).strip()
        )
        self.bought.show_swings(tuple(_swing(organisation, one) for one in found.bought))
        self.frontier.show_points(_points(organisation, found), found.budget)
        self.others.show_numbers(_others(organisation, found))
        self.others.fit_rows()
        self.send.show_measures(
            tuple(one.measure for one in found.bought),
            dict(zip((o.measure for o in found.bought), reasons, strict=True)),
        )
        for box in (self.steps, self.edge):
            box.refresh()


def _swing(organisation: Organisation, one: ChosenMeasure) -> Swing:
    unpaid = one.gain.in_need_unpaid
    text, interval = said.paired_people(unpaid)
    costs = _(
        "{once} once, {yearly} per year", once=said.sek(one.cost_once), yearly=said.sek(one.cost_yearly)
    )
    end = End(-unpaid.mean, -unpaid.high, -unpaid.low, f"{text} ({interval})")
    return Swing(one.measure, name_of(organisation.of(Measure, one.measure)), costs, (end,))


def _points(organisation: Organisation, found: Optimum) -> tuple[Point, ...]:
    points = {p.measures: p for p in (*found.frontier, found.proposed)}
    return tuple(
        Point(
            cost=p.cost,
            on_time=p.payees_on_time,
            unpaid=p.in_need_unpaid,
            names=words.set_name(organisation, p.measures),
            affordable=p.affordable,
            best=p.measures == found.proposed.measures,
        )
        for p in sorted(points.values(), key=lambda p: (p.cost, p.payees_on_time))
    )


def _others(organisation: Organisation, found: Optimum) -> Numbers:
    number = current().number
    titles = (
        Title(_("What weighs most"), width=190), Title(_("Best set"), wide=True),
        Title(_("People in need unpaid"), True, 150), Title(_("Payees on time"), True, 110, drop=1),
        Title(_("SEK on time"), True, 100, drop=2), Title(_("Last"), width=240),
    )  # fmt: skip
    rows = []
    for one in found.weighed:
        figures = one.figures
        names = words.set_name(organisation, figures.measures)
        shown = _("The same set") if one.same and one.weighting != "decided" else names
        rows.append(
            (
                _(words.WEIGHTINGS[one.weighting]), Cell(shown, tip=names),
                Cell(number(round(figures.in_need_unpaid.mean)), figures.in_need_unpaid.mean),
                Cell(words.points(figures.payees_on_time.mean), figures.payees_on_time.mean),
                Cell(words.points(figures.sek_on_time.mean), figures.sek_on_time.mean),
                words.last_said(organisation, figures),
            )
        )  # fmt: skip
    return Numbers(titles, tuple(rows))
