"""The line above the list: how many of which severity, of which kind, whose, and with which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QToolButton, QWidget

from continuity.model.kinds import KINDS
from continuity.words import _, current, ngettext
from ui.problems.found import ORDER, Found
from ui.problems.model import Wanted
from ui.runs.flow import FlowLayout
from ui.theme import theme
from ui.theme.icons import icon

_COLOURS = {"error": "warn", "warning": "reduced", "hint": "muted"}


class Filters(QWidget):
    """What the list is narrowed by."""

    changed = Signal(object)  # Wanted

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.severities = {severity: self._toggle(severity) for severity in ORDER}
        self.mendable, self.accepted = self._toggle("equipment"), self._toggle("waiver")
        for button in self.severities.values():
            button.setChecked(True)
        self.kinds, self.owners, self.text = QComboBox(), QComboBox(), QLineEdit()
        self.text.setClearButtonEnabled(True)
        self.text.textChanged.connect(self._tell)
        row = FlowLayout(self, theme.grid(0.5))
        for button in (*self.severities.values(), self.mendable, self.accepted):
            row.addWidget(button)
        for box in (self.kinds, self.owners):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8)
            box.activated.connect(self._tell)
            row.addWidget(box)
        row.addWidget(self.text)
        self.show_counts([])
        self.fit()

    def fit(self) -> None:
        """Sizes at the zoom in force."""
        for button in self.findChildren(QToolButton):
            button.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.text.setMinimumWidth(theme.px(110))

    def show_counts(self, found: Iterable[Found]) -> None:
        """Say how many there are of each, and offer the kinds and owners that occur."""
        lines = list(found)
        open_ = [one for one in lines if one.waiver is None]
        count = Counter(one.problem.severity for one in open_)
        for severity, words in (
            ("error", ngettext("{n} error", "{n} errors", count["error"])),
            ("warning", ngettext("{n} warning", "{n} warnings", count["warning"])),
            ("hint", ngettext("{n} hint", "{n} hints", count["hint"])),
        ):
            self._say(self.severities[severity], words)
        accepted = len(lines) - len(open_)
        self._say(self.accepted, ngettext("{n} accepted", "{n} accepted", accepted))
        self.accepted.setEnabled(bool(accepted) or self.accepted.isChecked())
        self._say(self.mendable, _("One click"))
        self.mendable.setToolTip(_("Only what can be mended with one click"))
        kinds = Counter(one.problem.kind for one in lines if one.problem.kind in KINDS)
        named = [(_(KINDS[kind].plural), kind) for kind in KINDS if kinds[kind]]
        self._offer(self.kinds, _("All kinds"), named)
        owners = {one.owner: one.owner_name for one in lines if one.owner}
        people = sorted(((name, id_) for id_, name in owners.items()), key=_spoken)
        self._offer(self.owners, _("All owners"), people)
        self.kinds.setAccessibleName(_("Kind of record"))
        self.owners.setAccessibleName(_("Owner"))
        self.text.setPlaceholderText(_("Filter the problems"))
        self.text.setAccessibleName(_("Filter the problems"))

    def wanted(self) -> Wanted:
        """Return what is chosen."""
        return Wanted(
            frozenset(name for name, button in self.severities.items() if button.isChecked()),
            self.kinds.currentData() or "",
            self.owners.currentData() or "",
            self.text.text().strip(),
            self.mendable.isChecked(),
            self.accepted.isChecked(),
        )

    def _tell(self, *_what: object) -> None:
        self.changed.emit(self.wanted())

    def _toggle(self, sign: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "quiet")
        button.setCheckable(True)
        button.setIcon(icon(sign, _COLOURS.get(sign, "ink")))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.clicked.connect(self._tell)
        return button

    @staticmethod
    def _say(button: QToolButton, words: str) -> None:
        button.setText(words)
        button.setAccessibleName(words)

    @staticmethod
    def _offer(box: QComboBox, everything: str, choices: list[tuple[str, str]]) -> None:
        chosen = box.currentData()
        box.clear()
        box.addItem(everything, "")
        for words, key in choices:
            box.addItem(words, key)
        box.setCurrentIndex(max(0, box.findData(chosen)))


def _spoken(pair: tuple[str, str]) -> object:
    return current().sort_key(pair[0])
