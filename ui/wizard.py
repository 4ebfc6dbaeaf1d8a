"""Fourteen questions on one page; leave out what is not known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QScrollArea, QVBoxLayout, QWidget

from continuity.model.organisation import Organisation
from continuity.words import _
from ui.first_model import QUESTIONS
from ui.forms.row import FieldRow
from ui.theme import theme


class Wizard(QDialog):
    """Asks, and hands the answers to ``done``; "begin empty" hands over none."""

    def __init__(self, parent: QWidget, done: Callable[[dict[str, Any]], None]) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Your own, from one benefit"))
        self._done = done
        self.answers: dict[str, Any] = {}
        self.rows: dict[str, FieldRow] = {}
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(*4 * [theme.grid(2)])
        column.setSpacing(theme.grid(1.5))
        column.addWidget(self._intro())
        nobody = Organisation("")
        for number, (name, spec) in enumerate(QUESTIONS.items(), 1):
            row = FieldRow(name, spec, nobody)
            row.label.setText(_("{number}. {question}", number=number, question=_(spec.label)))
            row.edited.connect(self._on_answer)
            self.rows[name] = row
            column.addWidget(row)
        column.addStretch(1)
        self.scroll, self.why_not = QScrollArea(), QLabel()
        self.scroll.setWidgetResizable(True)
        self.scroll.setWidget(page)
        self.why_not.setWordWrap(True)
        self.why_not.setProperty("role", "problem")
        self.why_not.hide()
        outer = QVBoxLayout(self)
        outer.addWidget(self.scroll, 1)
        outer.addWidget(self.why_not)
        outer.addWidget(self._buttons())
        room = self.screen().availableGeometry()
        self.resize(min(theme.px(560), room.width() - 40), min(theme.px(700), room.height() - 40))

    def build(self) -> None:
        """Take what stands in the fields and hand it over."""
        for row in self.rows.values():
            row.editor.take()
        wrong = next((name for name, row in self.rows.items() if row.problem.text()), None)
        if wrong is not None:
            number = list(self.rows).index(wrong) + 1
            self._say(_("Question {number} cannot be read as it stands: mend it first.", number=number))
            self._lead_to(wrong)
            return
        if all(value in (None, "") for value in self.answers.values()):
            self._say(_("Answer one question at least, or begin empty."))
            self._lead_to(next(iter(self.rows)))
            return
        self.accept()
        self._done(self.answers)

    def _on_answer(self, name: str, value: Any) -> None:
        self.answers[name] = value

    def _say(self, text: str) -> None:
        self.why_not.setText(text)
        self.why_not.show()

    def _lead_to(self, name: str) -> None:
        """Bring a question into view, ready to be typed in."""
        row = self.rows[name]
        row.editor.setFocus()
        QTimer.singleShot(0, self, lambda: self.scroll.ensureWidgetVisible(row))

    def _intro(self) -> QLabel:
        intro = QLabel(
            _(
                "Walk backwards from the pay day: who needs the money, the bank, the file, the people, "
                "the room, the power. Leave out what you do not know: it becomes your list of questions."
            )
        )
        intro.setWordWrap(True)
        intro.setProperty("role", "muted")
        return intro

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        build = buttons.addButton(_("Build the model"), QDialogButtonBox.ButtonRole.ApplyRole)
        build.setProperty("role", "primary")
        build.setAutoDefault(False)
        build.clicked.connect(self.build)
        empty = buttons.addButton(_("Begin empty"), QDialogButtonBox.ButtonRole.ActionRole)
        empty.setAutoDefault(False)
        empty.clicked.connect(lambda: (self.accept(), self._done({})))
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        return buttons
