"""Chances of loss, likeliest cut sets, and what each chance rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox

from continuity.model.organisation import Organisation
from continuity.words import N_, _, current
from ui.charts.bars import Bar, BarDelegate
from ui.charts.box import TableBox
from ui.charts.numbers import Cell, Numbers, Title
from ui.panels.weak.page import WeakPage
from ui.shown import name_of

if TYPE_CHECKING:
    from continuity.analysis.results import BasicEvent, Exact, TargetLoss
    from continuity.session import Session

_SHARE, _MOST_CUTS = 2, 3


class ChancesPage(WeakPage):
    """All that happens is taken to hold at once and to outlast buffers: the worst view."""

    title = N_("Chances")
    button = N_("Work out the chances")
    needs_scenario = False

    def build(self) -> None:
        self.everyday = QCheckBox()
        self.texts(lambda: self.everyday.setText(_("Everyday failures alone, without the scenario")))
        self.column.addWidget(self.everyday)
        self.targets = TableBox(
            lambda: _("Chance of loss"),
            lambda: _(
                "All that happens is taken to hold at once and to outlast every buffer and stock. "
                "A star: between two bounds, too large to be worked out exactly."
            ),
        )
        self.importance = TableBox(
            lambda: _("What the chance rests on"),
            lambda: _(
                "Birnbaum: how much the chance differs with it and without. Share: of the chance, what goes "
                "if it never happens (Fussell–Vesely). Times more: if it happens for certain."
            ),
        )
        self.importance.table.paint_column(_SHARE, BarDelegate(58))
        self.add(self.targets, self.importance)
        self.targets.table.chosen.connect(self._on_target)

    def idle(self) -> str:
        return _("Exact where that is possible: minimal cut sets, chances and importance, without any draw.")

    def begin(self, session: Session, scenario: str) -> Any:
        return session.start_exact(None if self.everyday.isChecked() else scenario or None)

    def fill(self, organisation: Organisation, answer: Exact) -> None:
        told = [t for t in answer.targets if t.kind != "stage" and t.high > 0]
        self.targets.show_numbers(_losses(organisation, answer, told))
        self.targets.fit_rows()
        if not told:
            self.lead.setText(_("Nothing in this model fails by itself, or nothing hangs on it."))
            self.importance.hide()
            return
        # Of what is lost for certain there is nothing to tell.
        worst = max(told, key=lambda t: (bool(t.importance), t.high))
        self.lead.setText(
            _(
                "Most easily lost: {target}, {chance}.",
                target=name_of(organisation.get(worst.target)),
                chance=_chance(worst),
            )
        )
        self._show_importance(organisation, answer, worst)

    def _on_target(self, key: str) -> None:
        found = [t for t in self.answer.targets if t.target == key] if self.answer else []
        if found and self.organisation is not None:
            self._show_importance(self.organisation, self.answer, found[0])

    def _show_importance(self, organisation: Organisation, answer: Exact, target: TargetLoss) -> None:
        self.importance.show_numbers(_weights(organisation, answer, target))
        self.importance.fit_rows()
        self.importance.heading.setText(
            _("What the chance of loss rests on: {target}", target=name_of(organisation.get(target.target)))
        )


def _losses(organisation: Organisation, answer: Exact, told: list[TargetLoss]) -> Numbers:
    titles = (
        Title(_("What stops"), wide=True), Title(_("Chance"), True, 150),
        Title(_("Most likely together"), width=330, drop=1),
    )  # fmt: skip
    rows = []
    for target in told:
        cuts = [
            " + ".join(event_name(organisation, answer.events[n]) for n in cut.events)
            for cut in target.cuts[:_MOST_CUTS]
        ]
        rows.append(
            (name_of(organisation.get(target.target)), Cell(_chance(target), target.high), "; ".join(cuts))
        )
    return Numbers(titles, tuple(rows), tuple(t.target for t in told))


def _weights(organisation: Organisation, answer: Exact, target: TargetLoss) -> Numbers:
    number = current().number
    titles = (
        Title(_("Event or failure"), wide=True), Title(_("Birnbaum"), True, 100),
        Title(_("Share of the chance"), width=170), Title(_("Times more if it happens"), True, 215, drop=1),
    )  # fmt: skip
    rows, keys = [], []
    for one in target.importance:
        event = answer.events[one.event]
        share = one.fussell_vesely
        rows.append(
            (
                event_name(organisation, event), Cell(number(one.birnbaum, 3), one.birnbaum),
                Cell(current().percent(share), share, Bar(share)),
                Cell(f"× {number(one.achievement, 1)}", one.achievement),
            )
        )  # fmt: skip
        keys.append(event.element or event.event or "")
    return Numbers(titles, tuple(rows), tuple(keys))


def _chance(target: TargetLoss) -> str:
    if target.exact:
        return _percent(target.low)
    return f"{_percent(target.low)} – {_percent(target.high)}*"


def _percent(share: float) -> str:
    return "100 %" if share >= 0.99995 else f"{current().number(share * 100, 2 if share >= 0.0001 else 4)} %"


def event_name(organisation: Organisation, event: BasicEvent) -> str:
    """Return what a basic event is called."""
    if event.kind == "event":
        return _("“{event}”", event=name_of(organisation.get(event.event)))
    element = name_of(organisation.get(event.element))
    if event.kind == "hit":
        return _("{element} hit by “{event}”", element=element, event=name_of(organisation.get(event.event)))
    return element
