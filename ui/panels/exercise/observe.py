"""What an evaluator saw: of which objective, how good, and a recovery time where one was seen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout

from continuity.model.kinds import Function, Resource
from continuity.words import N_, _
from ui.panels.exercise.fields import minutes_line, modest
from ui.panels.exercise.stage import Stage
from ui.picker import Item, items_of
from ui.runs.choosers import PickButton
from ui.runs.fit import yielding
from ui.shown import name_of
from ui.texts import Texts
from ui.theme import theme
from ui.theme.icons import icon

RATINGS: dict[str, str] = {
    "met": N_("Met"), "partly": N_("Met in part"), "not_met": N_("Not met"), "not_seen": N_("Not seen"),
}  # fmt: skip


class ObservationForm(QFrame):
    """Ctrl+Enter notes it."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage, self.texts = stage, Texts()
        self.objective, self.rating, self.seat = (modest(QComboBox()) for _n in range(3))
        self.seat.setEditable(True)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.px(84))
        self.element = PickButton(self._elements, N_("Recovery time of"))
        self.element.picked.connect(self.choose)
        self.minutes = minutes_line()
        self.note, self.told = QPushButton(), yielding(QLabel())
        self.note.setProperty("role", "primary")
        self.note.setIcon(icon("note", "on_accent"))
        self.labels = [QLabel() for _n in range(6)]
        for code in RATINGS:
            self.rating.addItem("", code)
        self._lay_out()
        self.minutes.refused.connect(self.told.setText)
        self.note.clicked.connect(lambda _on=False: self.take())
        self.text.textChanged.connect(self.allow)
        self.stage.changed.connect(self.allow)
        send = QShortcut(QKeySequence("Ctrl+Return"), self)
        send.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        send.activated.connect(self.take)
        self.texts(self._say)

    def _fields(self) -> tuple[tuple[object, str], ...]:
        return (
            (self.objective, _("Objective")), (self.rating, _("Rating")), (self.text, _("What was seen")),
            (self.seat, _("Seen by")), (self.element, _("Recovery time of")),
            (self.minutes, _("Observed recovery time")),
        )  # fmt: skip

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * [theme.grid(1)])
        column.setSpacing(theme.grid(0.5))
        for label, (field, _name) in zip(self.labels, self._fields(), strict=True):
            label.setBuddy(field)  # type: ignore[arg-type]
            column.addWidget(label)
            column.addWidget(field)  # type: ignore[arg-type]
        column.addWidget(self.note)
        column.addWidget(self.told)
        column.addStretch(1)

    def _say(self) -> None:
        for label, (field, name) in zip(self.labels, self._fields(), strict=True):
            label.setText(name)
            field.setAccessibleName(name)  # type: ignore[attr-defined]
        for place, word in enumerate(RATINGS.values()):
            self.rating.setItemText(place, _(word))
        self.note.setText(_("Note the observation"))
        self.note.setToolTip(_("Ctrl+Enter"))
        self.choose(self.element.key)

    def show_play(self) -> None:
        """Offer objectives and seats of another play."""
        self.objective.clear()
        self.seat.clear()
        play = self.stage.play
        if play is None:
            return
        for one in play.objectives:
            self.objective.addItem(one.name, one.id)
        seats = [s.name for s in play.exercise.seats if s.part in ("evaluator", "observer")]
        self.seat.addItems(seats or [_("Evaluator")])
        self.clear()
        self.told.clear()

    def clear(self) -> None:
        """An empty form for the next observation."""
        self.text.clear()
        self.minutes.put(None)
        self.choose("")
        self.allow()

    def choose(self, element: str) -> None:
        """Choose what the recovery time is of; empty: nothing."""
        play = self.stage.play
        record = play.organisation.get(element) if play and element else None
        self.element.show_key(element if record else "", name_of(record) if record else _("Nothing"))
        self.minutes.setEnabled(record is not None)

    def allow(self) -> None:
        """An observation needs words, and a play that is open for writing."""
        self.note.setEnabled(self.stage.is_live and bool(self.text.toPlainText().strip()))

    def take(self) -> None:
        """Note the observation."""
        if not self.note.isEnabled():
            return
        element = self.element.key or None
        minutes = self.minutes.taken() if element else None
        objective, rating = self.objective.currentData(), str(self.rating.currentData())
        text, seat = self.text.toPlainText().strip(), self.seat.currentText().strip()
        self.stage.do(
            lambda play: play.observe(objective, rating, text, seat, element=element, minutes=minutes)
        )
        self.clear()
        self.told.setText(_("Noted."))

    def _elements(self) -> list[Item]:
        org = self.stage.play.organisation
        return [Item("", _("Nothing")), *items_of([*org.all(Function), *org.all(Resource)])]
