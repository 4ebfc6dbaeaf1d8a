"""An inject that stands in no list: written now, given now or in a while."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from continuity.model.kinds.exercise import INJECT_CHANNELS
from continuity.words import _
from ui.panels.exercise.fields import minutes_line
from ui.panels.exercise.frame import mark
from ui.panels.exercise.stage import Stage
from ui.theme import theme


class ImproviseDialog(QDialog):
    """Title, channel, from whom, the words, and in how many minutes of the scenario."""

    def __init__(self, stage: Stage, parent: QWidget) -> None:
        super().__init__(parent)
        self.stage = stage
        self.setWindowTitle(f"{mark()} – {_('Improvise an inject')}")
        self.name, self.sender, self.message = QLineEdit(), QLineEdit(), QPlainTextEdit()
        self.message.setTabChangesFocus(True)
        self.channel, self.after = QComboBox(), minutes_line(0)
        for code, label in INJECT_CHANNELS.items():
            self.channel.addItem(_(label), code)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for label, editor in (
            (_("Title"), self.name), (_("Channel"), self.channel), (_("From"), self.sender),
            (_("Message"), self.message), (_("Due in"), self.after),
        ):  # fmt: skip
            form.addRow(label, editor)
            editor.setAccessibleName(label)
        self.buttons = QDialogButtonBox()
        self.add = self.buttons.addButton(_("Add"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.take)
        self.buttons.rejected.connect(self.reject)
        self.name.textChanged.connect(lambda text: self.add.setEnabled(bool(text.strip())))
        self.add.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * [theme.grid(2)])
        column.addLayout(form)
        column.addWidget(self.buttons)
        self.resize(theme.px(520), theme.px(360))

    def take(self) -> None:
        """Add it to the play."""
        given: dict[str, Any] = {"channel": self.channel.currentData(), "sender": self.sender.text().strip()}
        name, message = self.name.text().strip(), self.message.toPlainText().strip()
        after = max(0, self.after.taken() or 0)
        self.stage.do(
            lambda play: play.improvise(name, message or name, at=play.clock.minute + after, **given)
        )
        self.accept()
