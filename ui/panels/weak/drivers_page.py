"""What drives lost payments most, and what fails most: one element at a time spared on the same draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from continuity.model.organisation import Organisation
from continuity.session import RunRequest
from continuity.simulation.result import Paired
from continuity.words import N_, _, current
from ui.charts.bars import Bar, BarDelegate
from ui.charts.box import ChartBox, TableBox
from ui.charts.numbers import Cell, Numbers, Title
from ui.charts.swings import End, Swing, SwingChart
from ui.panels.weak.page import REPLICATIONS, WeakPage
from ui.runs import said
from ui.shown import kind_label, name_of

if TYPE_CHECKING:
    from continuity.analysis.results import Criticality, Driver, Failing
    from continuity.session import Session

_RUNS = 1


class DriversPage(WeakPage):
    """A bar per element: how many fewer people in need go unpaid if nothing befalls it."""

    title = N_("Drivers")
    button = N_("Find what drives lost payments")

    def build(self) -> None:
        self.chart = SwingChart(lambda: (_("If nothing ever befell"), _("People in need unpaid")))
        self.drivers = ChartBox(
            self.chart, lambda: _("Gained if nothing befalls one of them and all else stays as drawn")
        )
        self.failing = TableBox(
            lambda: _("What fails most by itself"),
            lambda: _(
                "Share of the runs in which it is hit or fails, and for how long; then down for any reason."
            ),
        )
        self.failing.table.paint_column(_RUNS, BarDelegate(58))
        self.add(self.drivers, self.failing)

    def idle(self) -> str:
        return _(
            "Every element is spared once, on the same draws, to see how many people in need would have been "
            "paid. Takes some seconds."
        )

    def begin(self, session: Session, scenario: str) -> Any:
        return session.start_criticality(RunRequest(scenario, replications=REPLICATIONS))

    def fill(self, organisation: Organisation, answer: Criticality) -> None:
        moving = [d for d in answer.drivers if any(d.gain.weight)]
        self.chart.show_swings(tuple(_swing(organisation, d) for d in moving))
        self.failing.show_numbers(_failing(organisation, answer.failing))
        self.failing.fit_rows()
        self.lead.setText(_lead(organisation, answer, moving))


def _lead(organisation: Organisation, answer: Criticality, moving: list[Driver]) -> str:
    unpaid = said.about(answer.base.in_need_unpaid)
    if not moving:
        return _("No single element makes a difference: {n} people in need go unpaid too long.", n=unpaid)
    first, text = moving[0], said.paired_people(moving[0].gain.in_need_unpaid)[0]
    return _(
        "Of {n} people in need who go unpaid too long, {element} alone stands for most: {fewer} if nothing "
        "befell it.",
        n=unpaid,
        element=name_of(organisation.get(first.element)),
        fewer=text,
    )


def _swing(organisation: Organisation, driver: Driver) -> Swing:
    record, unpaid = organisation.get(driver.element), driver.gain.in_need_unpaid
    return Swing(
        key=driver.element,
        name=name_of(record),
        detail=kind_label(record) if record else "",
        ends=(end_of(unpaid),),
    )


def end_of(unpaid: Paired, *, plain: bool = True) -> End:
    """Return people in need unpaid as a bar: fewer is better."""
    text, interval = said.paired_people(unpaid)
    shown = text if unpaid.low == unpaid.high else f"{text} ({interval})"
    return End(-unpaid.mean, -unpaid.high, -unpaid.low, shown, plain)


def _failing(organisation: Organisation, failing: tuple[Failing, ...]) -> Numbers:
    words = current()
    titles = (
        Title(_("Element"), wide=True), Title(_("Runs"), width=150),
        Title(_("Down by itself, mean"), True, 150),
        Title(_("Down in all, mean"), True, 150, drop=1),
    )  # fmt: skip
    rows = tuple(
        (
            name_of(organisation.get(f.element)),
            Cell(words.percent(f.fails.share), f.fails.share, Bar(f.fails.share, f.fails.low, f.fails.high)),
            Cell(words.duration(round(f.own_minutes), coarse=True), f.own_minutes),
            Cell(
                words.duration(round(f.down_minutes), coarse=True) if f.down_minutes >= 1 else "–",
                f.down_minutes,
            ),
        )
        for f in failing
    )
    return Numbers(titles, rows, tuple(f.element for f in failing))
