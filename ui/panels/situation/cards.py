"""An action card on the screen: its steps, in large letters; each can become a task."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from continuity.model.kinds import Procedure, Step
from continuity.words import _, current
from ui.panels.situation.held import Held
from ui.runs.fit import yielding
from ui.shown import name_of
from ui.theme import theme

_STEP = Qt.ItemDataRole.UserRole


class CardWindow(QDialog):
    """The cards of one element, a tab for each."""

    task_wanted = Signal(str, str)  # what, who

    def __init__(self, held: Held, parent: QWidget, cards: tuple[str, ...]) -> None:
        super().__init__(parent)
        self.held = held
        self.setWindowTitle(_("Action card"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.lists: list[QListWidget] = []
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for id_ in cards:
            card = held.organisation.of(Procedure, id_)
            if card is not None:
                self.tabs.addTab(self._page(card), card.name)
        buttons = QDialogButtonBox()
        task = buttons.addButton(_("Make it a task (T)"), QDialogButtonBox.ButtonRole.ActionRole)
        task.setShortcut("T")
        task.setEnabled(not held.read_only)
        task.clicked.connect(self._task)
        buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.tabs, 1)
        column.addWidget(buttons)
        room = self.screen().availableGeometry()
        self.resize(min(theme.px(720), room.width() - 24), min(theme.px(520), room.height() - 48))
        if self.lists:
            self.lists[0].setFocus()

    def _page(self, card: Procedure) -> QWidget:
        organisation = self.held.organisation
        page = QWidget()
        column = QVBoxLayout(page)
        lead = name_of(organisation.get(card.role)) or _("nobody named")
        for text, role in (
            (card.trigger, ""),
            (_("Leads: {role}. Card {code}.", role=lead, code=card.code), "muted"),
        ):
            label = yielding(QLabel(text))
            label.setProperty("role", role)
            label.setVisible(bool(text))
            column.addWidget(label)
        steps = QListWidget()
        steps.setAccessibleName(_("Steps"))
        steps.setWordWrap(True)
        steps.setFont(theme.font(1.15))
        self.lists.append(steps)
        for number, step in enumerate(organisation.parts(card.id, Step), 1):
            item = QListWidgetItem(self._words(number, step))
            item.setData(_STEP, (step.what, name_of(organisation.get(step.role))))
            steps.addItem(item)
        steps.setCurrentRow(0)
        column.addWidget(steps, 1)
        if card.stop:
            stop = yielding(QLabel(_("Stop when: {text}", text=card.stop)))
            column.addWidget(stop)
        return page

    def _words(self, number: int, step: Any) -> str:
        who = name_of(self.held.organisation.get(step.role))
        takes = current().duration(step.takes) if step.takes else ""
        about = ", ".join(part for part in (who, takes, step.form) if part)
        return f"{number}. {step.what}" + (f"\n     {about}" if about else "")

    def _task(self) -> None:
        item = self.lists[self.tabs.currentIndex()].currentItem() if self.lists else None
        if item is not None:
            self.task_wanted.emit(*item.data(_STEP))
