"""The hours of one stream on one pay day: where the file is, stages, fallbacks with their law."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from continuity import messages
from continuity.model.calendar import PlannedPayDay
from continuity.model.kinds import Stream
from continuity.model.organisation import Organisation
from continuity.model.payments import receipt_unknown
from continuity.simulation.result import PayDayResult
from continuity.words import _, current
from ui.charts.numbers import Numbers, NumbersTable
from ui.panels.calendar.hours import PlanB, moment, plans_b, stage_numbers
from ui.runs import said
from ui.runs.link import Link
from ui.theme import theme

_RECEIPT_UNKNOWN = "receipt_unknown"


class StreamDetails(QWidget):
    """What a card shows when it is opened."""

    go_to = Signal(str)

    def __init__(
        self,
        organisation: Organisation,
        planned: PlannedPayDay,
        result: PayDayResult | None,
        *,
        narrow: bool,
    ) -> None:
        super().__init__()
        self.organisation, self.planned, self.result = organisation, planned, result
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.grid(0.5), 0, 0)
        self._column.setSpacing(theme.grid(0.5))
        if result is not None and result.file_state:
            self._file(result)
        self._column.addWidget(labelled(_("Stages, local time"), "caption"))
        self._column.addWidget(self._table(stage_numbers(organisation, planned, result, narrow=narrow)))
        self._column.addWidget(labelled(_("Fallbacks, in the stated order"), "caption"))
        plans = plans_b(organisation, planned, result)
        for plan in plans:
            self._column.addLayout(self._plan_b(plan))
        if not plans:
            self._column.addWidget(labelled(_("None is described for this stream."), "muted"))

    def _file(self, result: PayDayResult) -> None:
        """Say where the file is; with its receipt unknown, that no second one goes out and whom to ring."""
        self._column.addWidget(labelled(_("Where is the original file at the due hour?"), "caption"))
        states = [(code, share) for code, share in result.file_state if share > 0]
        parts = []
        for code, share in sorted(states, key=lambda pair: -pair[1]):
            word = _(said.FILE_STATES[code]) if code in said.FILE_STATES else code
            parts.append(_("{what} in {share}", what=word, share=current().percent(share)))
        self._column.addWidget(labelled("; ".join(parts), ""))
        stream = self.organisation.of(Stream, self.planned.stream)
        if stream is not None and _RECEIPT_UNKNOWN in dict(states):
            warning = messages.full(receipt_unknown(self.organisation, stream))
            self._column.addWidget(labelled(warning, "problem"))

    def _plan_b(self, plan: PlanB) -> QVBoxLayout:
        head = QHBoxLayout()
        name = Link(plan.fallback.name)
        name.clicked.connect(lambda: self.go_to.emit(plan.fallback.id))
        head.addWidget(name, 1)
        by = labelled(_("decide by {time}", time=moment(plan.decide_by)), "")
        by.setWordWrap(False)
        head.addWidget(by)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._allowed(plan))
        for reason in plan.reasons:
            column.addWidget(labelled("✗ " + reason, "small"))
        return column

    def _allowed(self, plan: PlanB) -> QLabel:
        """Return one line: where it is allowed, who decides, how often it was used."""
        parts = ["   ".join(f"{'✓' if yes else '✗'} {level}" for level, yes in plan.allowed)]
        if plan.decider:
            parts.append(_("decided by {who}", who=plan.decider))
        if plan.used is not None:
            parts.append(_("used in {share} of the runs", share=current().percent(plan.used)))
        line = labelled("  ·  ".join(parts), "muted")
        line.setAccessibleName(
            "; ".join(
                _("{level}: allowed", level=level) if yes else _("{level}: not allowed", level=level)
                for level, yes in plan.allowed
            )
        )
        return line

    def _table(self, numbers: Numbers) -> NumbersTable:
        table = NumbersTable()
        table.setSortingEnabled(False)
        table.setProperty("role", "boxed")
        table.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        table.show_numbers(numbers)
        rows = table.verticalHeader().defaultSectionSize() * len(numbers.rows)
        table.setFixedHeight(table.horizontalHeader().sizeHint().height() + rows + theme.px(16))
        table.setAccessibleName(_("Stages, local time"))
        table.opened.connect(self.go_to)
        return table


def labelled(text: str, role: str) -> QLabel:
    """Return a label that wraps, in one of the roles of the stylesheet."""
    label = QLabel(text)
    label.setProperty("role", role)
    label.setWordWrap(True)
    return label
