"""A message as the players will see it, and the text of an inject with such a preview beside it."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from continuity.model.kinds import Inject
from continuity.model.kinds.exercise import INJECT_CHANNELS
from continuity.model.organisation import Organisation
from continuity.words import _
from ui.panels.exercise.frame import mark
from ui.runs.fit import scrolled
from ui.shown import name_of
from ui.theme import theme

_TYPING = 500  # milliseconds after the last key


class MessageCard(QFrame):
    """One message, between the two lines that say that it is an exercise."""

    def __init__(self, size: float = 1.0) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.size_of_text = size
        self.first, self.head, self.title, self.text, self.last = (QLabel() for _n in range(5))
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * [theme.grid(1.5)])
        column.setSpacing(theme.grid(0.75))
        for label in (self.first, self.head, self.title, self.text, self.last):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        column.addStretch(1)
        self.retheme()

    def retheme(self) -> None:
        """Sizes and colours in force."""
        size, colour = self.size_of_text, theme.colour
        fonts = (
            (self.first, 0.93, True, "exercise"), (self.last, 0.93, True, "exercise"),
            (self.head, 0.93, False, "muted"), (self.title, 1.2, True, "ink"),
            (self.text, 1.07, False, "ink"),
        )  # fmt: skip
        for label, scale, bold, token in fonts:
            label.setFont(theme.font(scale * size, bold=bold))
            label.setStyleSheet(f"color: {colour(token).name()};")

    def show_message(self, hour: str, inject: Inject, organisation: Organisation, hint: str = "") -> None:
        """Show what the players get: nothing of what is expected of them."""
        to = ", ".join(name_of(organisation.get(role)) for role in inject.to)
        parts = [hour, _(INJECT_CHANNELS[inject.channel])]
        if inject.sender:
            parts.append(_("From: {who}", who=inject.sender))
        if to:
            parts.append(_("To: {who}", who=to))
        self.head.setText("  ·  ".join(part for part in parts if part))
        self.title.setText(inject.name)
        text = inject.message or inject.name
        self.text.setText(f"{text}\n\n{hint}" if hint else text)
        self.first.setText(mark())
        self.last.setText(mark())
        self.setAccessibleName("\n".join((mark(), self.head.text(), inject.name, self.text.text(), mark())))


class MessageEditor(QSplitter):
    """The words of an inject, and at every key how the players will see them."""

    edited = Signal(str, str)  # inject, message

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.inject: Inject | None = None
        self._shown: tuple[str, Organisation] | None = None
        self.heading, self.field = QLabel(), QPlainTextEdit()
        self.heading.setProperty("role", "caption")
        self.heading.setBuddy(self.field)
        self.field.setTabChangesFocus(True)
        self.preview_heading, self.card = QLabel(), MessageCard()
        self.preview_heading.setProperty("role", "caption")
        self._pause = QTimer(self, singleShot=True, interval=_TYPING)
        self._pause.timeout.connect(self.take)
        self.field.textChanged.connect(self._on_text)
        for heading, inside in ((self.heading, self.field), (self.preview_heading, scrolled(self.card))):
            part = QWidget()
            column = QVBoxLayout(part)
            column.setContentsMargins(theme.grid(1), theme.grid(0.75), theme.grid(1), theme.grid(1))
            column.setSpacing(theme.grid(0.5))
            column.addWidget(heading)
            column.addWidget(inside, 1)
            self.addWidget(part)
        self.setSizes([theme.px(130), theme.px(220)])
        self.say()

    def say(self) -> None:
        """Say every word in the language spoken now."""
        self.heading.setText(_("Message"))
        self.field.setAccessibleName(_("Message"))
        self.preview_heading.setText(_("As the players see it"))
        self._preview()

    def show_inject(self, hour: str, inject: Inject | None, organisation: Organisation | None) -> None:
        """Show an inject; what is being typed is left alone."""
        other = inject is None or self.inject is None or inject.id != self.inject.id
        if other and self._pause.isActive():
            self.take()
        self.inject = inject
        self._shown = (hour, organisation) if organisation is not None else None
        self.setEnabled(inject is not None)
        wanted = inject.message if inject else ""
        if other or (not self._pause.isActive() and self.field.toPlainText() != wanted):
            self.field.blockSignals(True)
            self.field.setPlainText(wanted)
            self.field.blockSignals(False)
        self._preview()

    def take(self) -> None:
        """Take over what is written."""
        self._pause.stop()
        text = self.field.toPlainText().rstrip()
        if self.inject is not None and text != self.inject.message:
            self.edited.emit(self.inject.id, text)

    def _on_text(self) -> None:
        self._pause.start()
        self._preview()

    def _preview(self) -> None:
        self.card.setVisible(self.inject is not None)
        if self.inject is None or self._shown is None:
            return
        hour, organisation = self._shown
        typed = dataclasses.replace(self.inject, message=self.field.toPlainText())
        self.card.show_message(hour, typed, organisation)
