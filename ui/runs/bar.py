"""The bar of a run: how far it has come, a way to stop it, and which side of a comparison is shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from continuity import messages
from continuity.words import _, current
from ui.runs.board import RunBoard
from ui.runs.outcome import side_names
from ui.texts import Texts
from ui.theme import theme
from ui.theme.icons import icon

_REMARKS = 3  # sentences that are shown; the tip has all


class RunBar(QFrame):
    """Seen only while a run is under way. Esc or the button stops it."""

    def __init__(self, board: RunBoard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.board, self.texts = board, Texts()
        self.bar, self.count, self.stop = QProgressBar(), QLabel(), QPushButton()
        self.coarse = QLabel()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(theme.px(12))
        self.count.setProperty("role", "muted")
        self.count.setMinimumWidth(theme.px(170))
        self.stop.setIcon(icon("stop"))
        self.stop.clicked.connect(self._cancel)
        self.coarse.setProperty("role", "muted")
        self.coarse.setWordWrap(True)
        self.coarse.hide()
        row = QHBoxLayout()
        row.setSpacing(theme.grid(1))
        row.addWidget(self.bar, 1)
        row.addWidget(self.count)
        row.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(0.25))
        column.addLayout(row)
        column.addWidget(self.coarse)
        self.texts(self._say)
        board.changed.connect(self._on_board)
        board.progressed.connect(self._on_progress)
        board.preparing.connect(self._on_preparing)
        board.busy_changed.connect(self._on_busy)
        self._on_busy(board.busy)

    def _on_board(self) -> None:
        """Say how sure what is shown is, while the run goes on."""
        result = self.board.result if self.board.coarse else None
        self.coarse.setVisible(result is not None)
        if result is None:
            return
        words, half = current(), result.precision or 0.0
        self.coarse.setText(
            _(
                "A first picture, from {n} replications: every share is known to ± {points} percentage "
                "points or better. It grows sharper while you look.",
                n=words.number(result.meta.replications),
                points=words.number(100 * half, 1),
            )
        )

    def _on_preparing(self) -> None:
        self.bar.setRange(0, 0)
        self.count.setText(_("Preparing the engine, once on this machine …"))

    def _say(self) -> None:
        self.stop.setText(_("Stop"))
        self.stop.setToolTip(_("Stop the run (Esc). Earlier results stay."))
        self.bar.setAccessibleName(_("Progress of the run"))

    def _on_busy(self, busy: bool) -> None:
        self.setVisible(busy)
        self._on_board()
        self.stop.setEnabled(busy)
        if busy:
            self._on_progress(self.board.done, self.board.goal)

    def _on_progress(self, done: int, goal: int) -> None:
        self.bar.setRange(0, goal)  # 0-0 shows that it goes on, before anything is counted
        self.bar.setValue(done)
        number = current().number
        if goal:
            self.count.setText(_("{done} of {goal} replications", done=number(done), goal=number(goal)))
        else:
            self.count.setText(_("Preparing the run …"))

    def _cancel(self) -> None:
        self.stop.setEnabled(False)
        self.count.setText(_("Stopping …"))
        self.board.cancel()


class SideSwitch(QWidget):
    """Without or with measures: which side of a comparison every workspace shows."""

    def __init__(self, board: RunBoard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.board, self.texts = board, Texts()
        self.without, self.with_ = QPushButton(), QPushButton()
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, button in enumerate((self.without, self.with_)):
            button.setCheckable(True)
            group.addButton(button, number)
            row.addWidget(button)
        group.idClicked.connect(lambda number: board.show_side(bool(number)))
        self.texts(self._say)
        board.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the side chosen; seen only where there are two."""
        two = self.board.other is not None
        self.setVisible(two)
        if two:
            for button, name in zip((self.without, self.with_), side_names(self.board.outcome), strict=True):
                button.setText(name)
            (self.with_ if self.board.with_measures else self.without).setChecked(True)

    def _say(self) -> None:
        self.refresh()
        self.setAccessibleName(_("Which side of the comparison is shown"))


class StaleNote(QFrame):
    """Says that the model has changed since the run that is shown."""

    def __init__(self, board: RunBoard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.board, self.texts = board, Texts()
        self.sign, self.text, self.again = QLabel(), QLabel(), QPushButton()
        self.text.setWordWrap(True)
        self.again.setProperty("role", "link")
        self.again.clicked.connect(self._run_again)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.grid(0.75))
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1)
        row.addWidget(self.again)
        self.texts(self._say)
        board.changed.connect(self.refresh)
        board.busy_changed.connect(lambda _busy: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Be seen where the run shown is stale."""
        outcome = self.board.outcome
        self.setVisible(outcome is not None and self.board.is_stale(outcome) and not self.board.busy)
        size = theme.px(16)
        self.sign.setPixmap(icon("warning", "warn").pixmap(size, size))

    def _say(self) -> None:
        self.text.setText(_("The model has changed since this run was made."))
        self.again.setText(_("Run again"))

    def _run_again(self) -> None:
        from ui.runs.outcome import request_of

        if self.board.outcome is not None:
            self.board.start(request_of(self.board.outcome))


class RemarksNote(QFrame):
    """Says what should be known of a run besides its figures: runs late even at rest, computed bank days."""

    def __init__(self, board: RunBoard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.board, self.texts = board, Texts()
        self.sign, self.text = QLabel(), QLabel()
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.grid(0.75))
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1)
        self.texts(self.refresh)
        for signal in (board.changed, board.noted, board.busy_changed):
            signal.connect(self.refresh)

    def refresh(self) -> None:
        """Be seen where there is something to say."""
        said = [messages.full(problem) for problem in self.board.remarks]
        self.setVisible(bool(said))
        size = theme.px(16)
        self.sign.setPixmap(icon("info", "muted").pixmap(size, size))
        self.text.setText("\n".join(said[:_REMARKS]))
        self.text.setToolTip("\n".join(said))
