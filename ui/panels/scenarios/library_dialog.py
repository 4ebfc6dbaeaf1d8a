"""The scenarios that come with the program, to be copied into the document with their sources."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from continuity.model.kinds import CONFIDENCE, Scenario
from continuity.model.kinds.scenarios import STRAIN
from continuity.words import _, current, ngettext
from ui.desk import Desk
from ui.panels.scenarios.ladder import strain_icon
from ui.runs.fit import scrolled, yielding
from ui.theme import theme

_KEY = Qt.ItemDataRole.UserRole


class LibraryDialog(QDialog):
    """Tick and copy; what is in the document already cannot be ticked. ``taken`` are the ids copied."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.taken: tuple[str, ...] = ()
        assert desk.session is not None
        language = desk.session.language
        self.library = {s.id: s for s in desk.session.library(language)}
        self.setWindowTitle(_("Scenarios of the library"))
        self._build()
        self._fill()

    def _build(self) -> None:
        self.list, self.told = QListWidget(), yielding(QLabel())
        self.list.setAccessibleName(_("Scenarios of the library"))
        self.list.currentItemChanged.connect(self._tell)
        self.list.itemChanged.connect(lambda _item: self._count())
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.told.setContentsMargins(*4 * [theme.grid(1.5)])
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(scrolled(self.told))
        split.setSizes([theme.px(360), theme.px(380)])
        buttons = QDialogButtonBox()
        self.go = buttons.addButton("", QDialogButtonBox.ButtonRole.ApplyRole)
        self.go.setProperty("role", "primary")
        self.go.clicked.connect(self.copy)
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        page = QVBoxLayout(self)
        page.addWidget(split, 1)
        page.addWidget(buttons)
        room = self.screen().availableGeometry()
        self.resize(min(theme.px(780), room.width() - 40), min(theme.px(540), room.height() - 40))

    def _fill(self) -> None:
        organisation = self.desk.session.organisation if self.desk.session else None
        levels = list(STRAIN)
        for scenario in sorted(self.library.values(), key=lambda s: (levels.index(s.strain), s.code)):
            item = QListWidgetItem(f"{scenario.code}  {scenario.name}")
            item.setIcon(strain_icon(levels.index(scenario.strain)))
            item.setData(_KEY, scenario.id)
            item.setCheckState(Qt.CheckState.Unchecked)
            if organisation is not None and organisation.get(scenario.id) is not None:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
                item.setData(Qt.ItemDataRole.CheckStateRole, None)
                item.setText(_("{scenario} (in the document)", scenario=item.text()))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._count()

    def ticked(self) -> tuple[str, ...]:
        """Return the ids of the scenarios that are ticked."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return tuple(i.data(_KEY) for i in items if i.checkState() is Qt.CheckState.Checked)

    def copy(self) -> None:
        """Copy what is ticked into the document, as one step."""
        session, ticked = self.desk.session, self.ticked()
        if session is not None and ticked:
            session.add_scenarios(ticked, session.language)
            self.taken = ticked
            self.accept()

    def _count(self) -> None:
        number = len(self.ticked())
        self.go.setEnabled(bool(number))
        self.go.setText(ngettext("Copy {n} scenario", "Copy {n} scenarios", number))

    def _tell(self, item: QListWidgetItem | None) -> None:
        scenario = self.library.get(item.data(_KEY)) if item is not None else None
        if scenario is not None:
            self.told.setText("\n\n".join(part for part in _told(scenario) if part))


def _told(scenario: Scenario) -> tuple[str, ...]:
    words = current()
    parts = [scenario.source, _(CONFIDENCE[scenario.confidence]) if scenario.confidence else ""]
    parts.append(words.date(scenario.as_of) if scenario.as_of else "")
    source = " · ".join(part for part in parts if part)
    return (
        f"{scenario.code} {scenario.name}",
        _(STRAIN[scenario.strain]),
        scenario.summary,
        ngettext("{n} day", "{n} days", scenario.horizon_days),
        _("Source: {source}", source=source) if source else "",
    )
