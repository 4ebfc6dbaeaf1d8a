"""Who changed what when: the journal, step by step, filtered by person, kind, record and day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from continuity.model.fields import FieldType, Spec
from continuity.model.kinds import KINDS
from continuity.model.problems import Refused
from continuity.session import JournalEntry
from continuity.words import N_, _, current
from ui.desk import Desk
from ui.forms.dates import DateLine
from ui.history.lines import ChangesView
from ui.runs.flow import FlowLayout
from ui.shown import name_of
from ui.steps import step_text
from ui.theme import theme

_Index = QModelIndex | QPersistentModelIndex
_HEADINGS = (N_("When"), N_("Who"), N_("What was done"))
_SINCE = Spec(type=FieldType.DATE, label=N_("Since"), optional=True)
ORIGINS: dict[str, str] = {
    "undo": N_("taken back"),
    "redo": N_("done again"),
    "create": N_("when the document was made"),
    "import": N_("import"),
    "restore": N_("from the history"),
}


class Entries(QAbstractTableModel):
    """Rows of the journal, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.all: list[JournalEntry] = []
        self.rows: list[JournalEntry] = []

    def show(self, entries: Sequence[JournalEntry]) -> None:
        """Show ``entries`` in place of the old ones."""
        self.beginResetModel()
        self.rows = list(entries)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_HEADINGS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(_HEADINGS[section])
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        entry = self.rows[index.row()]
        match index.column():
            case 0:
                return current().datetime(entry.at.astimezone())
            case 1:
                return entry.author or _("unknown")
            case _:
                return said(entry)


def said(entry: JournalEntry) -> str:
    """Return a row of the journal in words."""
    text = step_text(entry.step)
    word = ORIGINS.get(entry.origin)
    return _("{what} ({how})", what=text, how=_(word)) if word else text


class StepsPage(QWidget):
    """The journal above, and below it what the chosen step changed."""

    go_to = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.record = ""  # id of the one record that is asked about
        self.model, self.view, self.changes = Entries(self), QTableView(), ChangesView(desk)
        self.people, self.kinds, self.text = QComboBox(), QComboBox(), QLineEdit()
        self.since = DateLine(_SINCE)
        self._since: dt.date | None = None
        self.note = QLabel()
        self.note.setProperty("role", "muted")
        self._build()
        self._wire()

    def load(self) -> None:
        """Read the journal anew, in the background."""
        session = self.desk.session
        if session is None:
            return

        def done(entries: list[JournalEntry]) -> None:
            if session is self.desk.session:
                self.model.all = entries
                self._offer()
                self._narrow()

        self.desk.work(lambda: session.history(None), done)

    def about(self, record_id: str) -> None:
        """Show the history of one record; an empty text: of all."""
        self.record = record_id
        session = self.desk.session
        record = session.organisation.get(record_id) if session else None
        self.text.setText(f"{record.code} {name_of(record)}" if record else "")
        self._narrow()

    # --- inside --------------------------------------------------------------------------------

    def _build(self) -> None:
        self.view.setModel(self.model)
        self.view.setProperty("role", "boxed")
        self.view.setShowGrid(False)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(theme.px(26))
        self.view.setTabKeyNavigation(False)
        header = self.view.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        header.resizeSection(0, theme.px(170))
        header.resizeSection(1, theme.px(120))
        filters = QWidget()
        row = FlowLayout(filters, theme.grid(0.75))
        for box in (self.people, self.kinds):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(14)
            row.addWidget(box)
        self.text.setClearButtonEnabled(True)
        self.text.setMinimumWidth(theme.px(220))
        self.since.setMinimumWidth(theme.px(140))
        for widget in (self.text, self.since, self.note):
            row.addWidget(widget)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.view)
        parts.addWidget(self.changes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.grid(1), 0, 0)
        column.setSpacing(theme.grid(1))
        column.addWidget(filters)
        column.addWidget(parts, 1)
        self.people.setAccessibleName(_("Person"))
        self.kinds.setAccessibleName(_("Kind of record"))
        self.text.setPlaceholderText(_("Record or what was done"))
        self.text.setAccessibleName(_("Record or what was done"))
        self.since.setPlaceholderText(_("Since, as 2027-01-25"))
        self.since.setAccessibleName(_("Since"))
        self.view.setAccessibleName(_("What was done"))

    def _wire(self) -> None:
        self.people.activated.connect(self._narrow)
        self.kinds.activated.connect(self._narrow)
        self.text.textEdited.connect(self._on_text)
        self.text.textChanged.connect(lambda text: self._on_text(text) if not text else None)
        self.since.edited.connect(self._on_since)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._show_changes())
        self.changes.go_to.connect(self.go_to)

    def _offer(self) -> None:
        people = sorted({entry.author for entry in self.model.all if entry.author})
        kinds = {kind for entry in self.model.all for kind in entry.step.kinds}
        named = [(_(KINDS[kind].plural), kind) for kind in KINDS if kind in kinds]
        for box, everything, choices in (
            (self.people, _("Everybody"), [(name, name) for name in people]),
            (self.kinds, _("All kinds"), named),
        ):
            chosen = box.currentData()
            box.clear()
            box.addItem(everything, "")
            for words, key in choices:
                box.addItem(words, key)
            box.setCurrentIndex(max(0, box.findData(chosen)))

    def _on_text(self, _text: str) -> None:
        self.record = ""
        self._narrow()

    def _on_since(self, value: dt.date | None) -> None:
        self._since = value
        self.since.show_value(value)
        self._narrow()

    def _narrow(self, *_what: object) -> None:
        self.model.show([entry for entry in self.model.all if self._passes(entry)])
        count, total = len(self.model.rows), len(self.model.all)
        self.note.setText(_("{shown} of {count} steps", shown=count, count=total))
        if count:
            self.view.selectRow(0)
        else:
            self.changes.show_changes((), "")

    def _passes(self, entry: JournalEntry) -> bool:
        person, kind = self.people.currentData(), self.kinds.currentData()
        words = () if self.record else self.text.text().casefold().split()
        return (
            (not person or entry.author == person)
            and (not kind or kind in entry.step.kinds)
            and (self._since is None or entry.at.astimezone().date() >= self._since)
            and (not self.record or self.record in entry.records)
            and self._holds(entry, words)
        )

    def _holds(self, entry: JournalEntry, words: Sequence[str]) -> bool:
        if not words:
            return True
        text = f"{said(entry)} {' '.join(entry.step.names)} {entry.author}".casefold()
        return all(word in text for word in words)

    def _show_changes(self) -> None:
        session, index = self.desk.session, self.view.currentIndex()
        if session is None or not index.isValid() or index.row() >= len(self.model.rows):
            return
        entry, record = self.model.rows[index.row()], self.record

        def done(changes: tuple) -> None:  # type: ignore[type-arg]
            mine = [one for one in changes if not record or one.id == record]
            self.changes.show_changes(mine, "")

        def failed(error: Exception) -> None:
            if isinstance(error, Refused):
                self.desk.refuse(error)
            self.changes.show_changes((), _("This step was written by another version of the program."))

        self.desk.work(lambda: session.changes_in((entry.id,)), done, failed)
