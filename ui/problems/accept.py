"""Accepting problems: they stay, with the reason, who said so, and until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from continuity.model.kinds import KINDS
from continuity.model.organisation import Organisation
from continuity.model.rules import Reason
from continuity.words import _, ngettext
from ui.forms.row import FieldRow
from ui.problems.found import Found
from ui.theme import theme

_ASKED = ("reason", "by", "until")
_MOST = 5  # sentences shown


class Accept(QDialog):
    """Asks for the reason; ``done(reason)`` follows when it is given."""

    def __init__(
        self, parent: QWidget, found: Sequence[Found], author: str, done: Callable[[Reason], None]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(ngettext("Accept a problem", "Accept {n} problems", len(found)))
        self._done = done
        self._values: dict[str, Any] = {"reason": "", "by": author, "until": None}
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * [theme.grid(2)])
        column.setSpacing(theme.grid(1.5))
        column.addWidget(self._what(found))
        specs, nobody = KINDS["waiver"].specs, Organisation("")
        self.rows = {name: FieldRow(name, specs[name], nobody) for name in _ASKED}
        for name, row in self.rows.items():
            row.show_value(self._values[name])
            row.edited.connect(self._on_value)
            column.addWidget(row)
        column.addStretch(1)
        column.addWidget(self._buttons())
        self.resize(theme.px(480), self.sizeHint().height())

    def accept(self) -> None:
        for row in self.rows.values():
            row.editor.take()
        if any(row.problem.text() for row in self.rows.values()) or not self._values["reason"].strip():
            self.rows["reason"].editor.setFocus()
            return
        super().accept()
        today = dt.date.today()  # noqa: DTZ011 - the planner's own day
        self._done(Reason(on=today, **self._values))

    def _on_value(self, name: str, value: Any) -> None:
        self._values[name] = value
        self.rows[name].show_value(value)

    def _what(self, found: Sequence[Found]) -> QLabel:
        lines = [one.sentence for one in found[:_MOST]]
        if len(found) > _MOST:
            lines.append(_("… and {count} more.", count=len(found) - _MOST))
        label = QLabel("\n".join(lines))
        label.setWordWrap(True)
        label.setProperty("role", "muted")
        return label

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        yes = buttons.addButton(_("Accept with this reason"), QDialogButtonBox.ButtonRole.AcceptRole)
        yes.setProperty("role", "primary")
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons
