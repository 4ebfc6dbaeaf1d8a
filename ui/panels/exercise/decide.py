"""The decision log's form: who, options, decision, why, and what it changes; and what followed from it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout

from continuity import messages
from continuity.model.problems import Refused
from continuity.words import _, ngettext
from ui.panels.exercise.effects import EffectRow
from ui.panels.exercise.fields import modest
from ui.panels.exercise.stage import Stage
from ui.runs.fit import yielding
from ui.texts import Texts
from ui.theme import theme
from ui.theme.icons import icon


class DecisionForm(QFrame):
    """A decision with effects works out the world anew; a refusal is said here and notes nothing."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage, self.texts = stage, Texts()
        self.who, self.options = modest(QComboBox()), QLineEdit()
        self.who.setEditable(True)
        self.decision, self.why = QPlainTextEdit(), QPlainTextEdit()
        self.labels = [QLabel() for _n in range(4)]
        self.rows: list[EffectRow] = []
        self.more, self.note = QPushButton(), QPushButton()
        self.more.setProperty("role", "link")
        self.more.setIcon(icon("add", "accent"))
        self.note.setProperty("role", "primary")
        self.note.setIcon(icon("signature", "on_accent"))
        self.told, self.problem = yielding(QLabel()), yielding(QLabel())
        self.problem.setProperty("role", "problem")
        self._lay_out()
        self.more.clicked.connect(lambda _on=False: self.add_effect())
        self.note.clicked.connect(lambda _on=False: self.take())
        self.decision.textChanged.connect(self.allow)
        self.stage.busy_changed.connect(lambda _busy: self.allow())
        self.stage.changed.connect(self.allow)
        send = QShortcut(QKeySequence("Ctrl+Return"), self)
        send.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        send.activated.connect(self.take)
        self.texts(self._say)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * [theme.grid(1)])
        column.setSpacing(theme.grid(0.5))
        fields = (self.who, self.decision, self.why, self.options)
        for label, field in zip(self.labels, fields, strict=True):
            label.setBuddy(field)
            column.addWidget(label)
            column.addWidget(field)
            if isinstance(field, QPlainTextEdit):
                field.setTabChangesFocus(True)
                field.setFixedHeight(theme.px(54))
        self.effects = QVBoxLayout()
        self.effects.setSpacing(theme.grid(0.5))
        column.addLayout(self.effects)
        for part in (self.more, self.note, self.problem, self.told):
            column.addWidget(part)
        column.addStretch(1)

    def _say(self) -> None:
        names = (_("Who decides"), _("Decision"), _("Why"), _("Options that were weighed"))
        fields = (self.who, self.decision, self.why, self.options)
        for label, field, name in zip(self.labels, fields, names, strict=True):
            label.setText(name)
            field.setAccessibleName(name)
        self.more.setText(_("What it changes in the world"))
        self.note.setText(_("Note the decision"))
        self.note.setToolTip(_("Ctrl+Enter"))

    # --- showing -------------------------------------------------------------------------------

    def show_play(self) -> None:
        """Offer the seats of another play."""
        self.who.clear()
        if self.stage.play is not None:
            self.who.addItems([seat.name for seat in self.stage.play.exercise.seats])
        self.clear()
        self.told.clear()

    def clear(self) -> None:
        """An empty form for the next decision."""
        self.decision.clear()
        self.why.clear()
        self.options.clear()
        self.problem.clear()
        for row in list(self.rows):
            self._drop(row)
        self.allow()

    def allow(self) -> None:
        """A decision needs words, and a play that goes on."""
        words = bool(self.decision.toPlainText().strip())
        self.note.setEnabled(words and self.stage.is_live and not self.stage.busy)

    def add_effect(self, sort: str = "measure") -> EffectRow:
        """Add a row for something that the decision changes."""
        row = EffectRow(self.stage)
        row.sort.setCurrentIndex(row.sort.findData(sort))
        row.dropped.connect(self._drop)
        self.rows.append(row)
        self.effects.addWidget(row)
        row.sort.setFocus()
        return row

    def _drop(self, row: EffectRow) -> None:
        self.rows.remove(row)
        self.effects.removeWidget(row)
        row.hide()
        row.deleteLater()

    # --- deciding ------------------------------------------------------------------------------

    def take(self) -> None:
        """Note the decision."""
        effects = [row.effect for row in self.rows]
        if not self.note.isEnabled():
            return
        if None in effects:
            self.problem.setText(_("Something that the decision changes is not chosen yet."))
            return
        self.problem.clear()
        who, decision = self.who.currentText().strip(), self.decision.toPlainText().strip()
        words = {"options": self.options.text().strip(), "why": self.why.toPlainText().strip()}
        if not effects:
            self.stage.do(lambda play: play.decide(who, decision, **words))
            self.clear()
            self.told.setText(_("Noted."))
            return
        self.told.setText(_("Working out what follows …"))
        self.stage.think(
            lambda play: play.decide(who, decision, effects=effects, **words), self._done, self._failed
        )

    def _done(self, adapted: Any) -> None:
        self.clear()
        self.told.setText("\n".join(self._followed(adapted)))

    def _failed(self, error: Exception) -> None:
        self.told.clear()
        if isinstance(error, Refused):
            self.problem.setText("\n".join(messages.full(p) for p in error.problems))
        else:
            self.problem.setText(_("This did not work: {error}", error=str(error)))

    def _followed(self, adapted: Any) -> list[str]:
        """Say what the decision did to the injects still to come."""
        names = {line.inject.id: line.inject.name for line in self.stage.play.lines()}
        if not (adapted.moved or adapted.withdrawn or adapted.added):
            return [_("Noted. No inject that is still to come is changed by it.")]
        lines = [_("Noted. The event list has been adapted:")]
        for id_, minute in adapted.moved:
            hour = self.stage.hour(minute * 60)
            lines.append(_("→ {hour}: {name}", hour=hour, name=names.get(id_, "–")))
        if adapted.withdrawn:
            count = len(adapted.withdrawn)
            told = "; ".join(names.get(id_, "–") for id_ in adapted.withdrawn)
            lines.append(
                ngettext("− {n} does not happen: {names}", "− {n} do not happen: {names}", count, names=told)
            )
        if adapted.added:
            count = len(adapted.added)
            told = "; ".join(names.get(id_, "–") for id_ in adapted.added)
            lines.append(ngettext("+ {n} new: {names}", "+ {n} new: {names}", count, names=told))
        return lines
