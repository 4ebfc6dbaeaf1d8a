"""What the measures that were compared give: differences on the same draws, with their intervals."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from continuity.simulation.result import Comparison
from continuity.words import _
from ui.charts.box import ChartBox
from ui.charts.differences import DifferenceChart
from ui.runs import said
from ui.runs.board import RunBoard
from ui.runs.paired import differences
from ui.texts import Texts
from ui.theme import theme


class Gain(QFrame):
    """Follows the board; says how to compare while nothing has been compared."""

    def __init__(self, board: RunBoard) -> None:
        super().__init__()
        self.board, self.texts = board, Texts()
        self.chart = DifferenceChart()
        self.box = ChartBox(self.chart, lambda: _("What the measures change, on the same draws"))
        self.sentence, self.what = QLabel(), QLabel()
        self.sentence.setProperty("role", "heading")
        self.what.setProperty("role", "muted")
        for label in (self.sentence, self.what):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.more = QPushButton()
        self.more.setProperty("role", "link")
        self.more.clicked.connect(lambda: board.desk.go("results"))
        line = QHBoxLayout()
        line.addWidget(self.what, 1)
        line.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.grid(1))
        column.setSpacing(theme.grid(0.75))
        column.addWidget(self.sentence)
        column.addLayout(line)
        column.addWidget(self.box)
        self.texts(lambda: self.more.setText(_("All results")))

    def refresh(self) -> None:
        """Show the comparison on the board."""
        outcome, session = self.board.outcome, self.board.desk.session
        self.setVisible(isinstance(outcome, Comparison))
        if not isinstance(outcome, Comparison) or session is None:
            return
        self.sentence.setText(said.headline(outcome))
        self.what.setText(said.what_was_run(session.organisation, outcome))
        self.chart.show_differences(differences(outcome))
        self.box.refresh()

    def retranslate(self) -> None:
        """Say everything in the language spoken now."""
        self.texts.refresh()
        self.box.retranslate()
        self.refresh()

    def retheme(self) -> None:
        """Sizes for the zoom in force."""
        self.box.retheme()
        self.refresh()
