"""A page of the weak points: an analysis in the background, and what it found."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from continuity.model.organisation import Organisation
from continuity.words import N_, _
from ui.charts.box import ChartBox, TableBox
from ui.described import plain_label
from ui.desk import Desk
from ui.runs.fit import scrolled
from ui.runs.job import JobBar
from ui.texts import Texts
from ui.theme import theme

if TYPE_CHECKING:
    from continuity.session import Session

REPLICATIONS = 512
ORIGIN = "weak"


class WeakPage(QWidget):
    """Subclasses say what to begin (``begin``), lay out boxes and fill them (``fill``)."""

    title = ""
    button = N_("Work it out")
    go_to = Signal(str)
    needs_scenario = True

    def __init__(self, desk: Desk, scenario: Callable[[], str]) -> None:
        super().__init__()
        self.desk, self.texts, self.scenario = desk, Texts(), scenario
        self.answer: Any = None
        self.boxes: list[ChartBox | TableBox] = []
        self.job = JobBar(desk, lambda: _(self.button), self._begin)
        self.job.came.connect(self.take)
        self.lead, self.stale = plain_label("heading"), plain_label("muted")
        self.stale.hide()
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(theme.grid(2), theme.grid(1), theme.grid(2), theme.grid(1.5))
        self.column.setSpacing(theme.grid(1))
        for widget in (self.job, self.stale, self.lead):
            self.column.addWidget(widget)
        self.build()
        self.column.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(scrolled(inside))
        self.clear()

    @property
    def organisation(self) -> Organisation | None:
        """The model as it is now."""
        return self.desk.session.organisation if self.desk.session else None

    # --- for subclasses ------------------------------------------------------------------------

    def build(self) -> None:
        """Add the boxes."""

    def begin(self, session: Session, scenario: str) -> Any:
        """Start the analysis and return its handle."""

    def fill(self, organisation: Organisation, answer: Any) -> None:
        """Show what was found."""

    def idle(self) -> str:
        """Return what is said while nothing has been worked out."""
        return ""

    # --- for the workspace ---------------------------------------------------------------------

    def add(self, *boxes: ChartBox | TableBox) -> None:
        """Add boxes below one another; a row chosen in one is chosen everywhere, Enter opens it."""
        for box in boxes:
            self.boxes.append(box)
            self.column.addWidget(box)
            if isinstance(box, ChartBox):
                box.chosen.connect(self._choose)
            else:
                box.table.chosen.connect(self._choose)
            box.table.opened.connect(self.go_to)

    def clear(self) -> None:
        """Show that nothing has been worked out."""
        self.job.stop()
        self.answer = None
        self._show()

    def take(self, answer: Any) -> None:
        """Show an answer."""
        self.answer = answer
        self.stale.hide()
        self._show()

    def on_changes(self) -> None:
        """Say that the model has moved on."""
        if self.answer is not None:
            self.stale.setText(_("The model has changed since this was worked out: work it out again."))
            self.stale.show()
            self._show()

    def retranslate(self) -> None:
        """Say everything in the language spoken now."""
        self.texts.refresh()
        self.job.texts.refresh()
        for box in self.boxes:
            box.texts.refresh()
        if self.answer is not None and not self.stale.isHidden():
            self.on_changes()
        self._show()

    def retheme(self) -> None:
        """Sizes for the zoom in force."""
        self.job.retheme()
        for box in self.boxes:
            box.retheme()
        self._show()

    def _begin(self, session: Session) -> Any:
        scenario = self.scenario()
        if self.needs_scenario and not scenario:
            self.lead.setText(_("Choose a scenario first."))
            return None
        return self.begin(session, scenario)

    def _show(self) -> None:
        found = self.answer is not None and self.organisation is not None
        for box in self.boxes:
            box.setVisible(found)
        self.lead.setProperty("role", "heading" if found else "muted")
        self.lead.style().polish(self.lead)
        if found:
            self.fill(self.organisation, self.answer)
            for box in self.boxes:
                if isinstance(box, ChartBox):
                    box.refresh()
        else:
            self.lead.setText(self.idle())

    def _choose(self, key: str) -> None:
        record, _part, _rest = key.partition("|")
        if record:
            self.desk.select(record, origin=ORIGIN)
