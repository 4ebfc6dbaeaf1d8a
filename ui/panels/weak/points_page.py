"""What stands alone: single points of failure, and pairs without which a function or a stream falls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from continuity.model.organisation import Organisation
from continuity.words import N_, _, current
from ui.charts.box import TableBox
from ui.charts.numbers import Cell, Numbers, Title
from ui.panels.weak.page import WeakPage
from ui.runs import said
from ui.shown import name_of

if TYPE_CHECKING:
    from continuity.analysis.structure import CutSet, Structure, Weight
    from continuity.session import Session

_SHOWN_PAIRS = 400


class PointsPage(WeakPage):
    """By the structure alone: no scenario, buffers and stocks not counted."""

    title = N_("Single points")
    button = N_("Find single points of failure")
    needs_scenario = False

    def build(self) -> None:
        self.points = TableBox(
            lambda: _("Single points of failure"),
            lambda: _(
                "Without it alone these fall, buffers and stocks not counted. Payees are those per month."
            ),
        )
        self.pairs = TableBox(
            lambda: _("Pairs without which something falls"),
            lambda: _("Bridged: what buffers and stocks last at most before it falls."),
        )
        self.add(self.points, self.pairs)

    def idle(self) -> str:
        return _("Read from the needs alone, whatever the scenario.")

    def begin(self, session: Session, scenario: str) -> Any:
        return session.start_structure()

    def fill(self, organisation: Organisation, answer: Structure) -> None:
        self.points.show_numbers(_points(organisation, answer.single_points))
        pairs = [cut for cut in answer.cut_sets if len(cut.elements) == 2]
        self.pairs.show_numbers(_pairs(organisation, pairs[:_SHOWN_PAIRS]))
        for box in (self.points, self.pairs):
            box.fit_rows()
        self.lead.setText(_lead(organisation, answer))


def _lead(organisation: Organisation, answer: Structure) -> str:
    if not answer.single_points:
        return _("No single element brings a function or a stream down by itself.")
    first, count = answer.single_points[0], len(answer.single_points)
    return _(
        "{n} elements stand alone. Most hangs on {element}: {functions} functions and payments to {payees} "
        "payees a month.",
        n=count,
        element=name_of(organisation.get(first.element)),
        functions=len(first.functions),
        payees=said.about(first.payees),
    )


def _points(organisation: Organisation, weights: tuple[Weight, ...]) -> Numbers:
    titles = (
        Title(_("Element"), wide=True), Title(_("Functions"), True, 90), Title(_("Streams"), True, 90),
        Title(_("Payees"), True, 110), Title(_("What falls"), width=260, drop=1),
    )  # fmt: skip
    rows = tuple(
        (
            name_of(organisation.get(w.element)), Cell(str(len(w.functions)), len(w.functions)),
            Cell(str(len(w.streams)), len(w.streams)), Cell(current().number(w.payees), w.payees),
            ", ".join(name_of(organisation.get(id_)) for id_ in (*w.functions, *w.streams)),
        )
        for w in weights
    )  # fmt: skip
    return Numbers(titles, rows, tuple(w.element for w in weights))


def _pairs(organisation: Organisation, cuts: list[CutSet]) -> Numbers:
    titles = (
        Title(_("Both of these"), wide=True), Title(_("Bring down"), width=240),
        Title(_("Bridged"), True, 110),
    )  # fmt: skip
    rows = tuple(
        (
            " + ".join(name_of(organisation.get(id_)) for id_ in cut.elements),
            name_of(organisation.get(cut.target)),
            Cell(_bridged(cut.bridged), float("inf") if cut.bridged is None else cut.bridged),
        )
        for cut in cuts
    )
    return Numbers(titles, rows, tuple(cut.elements[0] for cut in cuts))


def _bridged(minutes: int | None) -> str:
    if minutes is None:
        return _("without end")
    return current().duration(minutes) if minutes else "–"
