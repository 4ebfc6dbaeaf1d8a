"""The Tables workspace: the kinds at the left, the records of one of them at the right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from continuity.model.edits import Add, Changes
from continuity.model.kinds import KINDS, kind_of
from continuity.model.problems import Refused
from continuity.words import N_, _, ngettext
from ui.bars import Bar
from ui.desk import Desk
from ui.grid.model import RecordsModel
from ui.making import duplicated, made
from ui.panels.tables.paste import Paste, read_block
from ui.panels.tables.table import RecordTable
from ui.theme import theme
from ui.theme.icons import icon
from ui.workspace import Verb, Workspace

_KIND = Qt.ItemDataRole.UserRole
_NARROW = 640  # pixels at 100 %


class TablesWorkspace(Workspace):
    """Every record, as in a spreadsheet."""

    code, title, icon, verb = "tables", N_("Tables"), "table", Verb.DESCRIBE
    hint = N_("Every record, as in a spreadsheet")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.kind = KINDS["function"]
        self.models: dict[str, RecordsModel] = {}
        self._following = self._compact = False
        self.kinds = QListWidget()
        self.table = RecordTable()
        self.filter = QLineEdit()
        self.bar = Bar()
        self.note, self.empty = QLabel(), QLabel()
        self._build()
        self._wire()

    # --- workspace -----------------------------------------------------------------------------

    def show_session(self, session: object) -> None:
        """Show the records of another document."""
        self.models.clear()
        self._fill_kinds()
        self._use(self.kind.name)

    def on_changes(self, changes: Changes) -> None:
        """Follow an edit, row by row."""
        if self.session is None:
            return
        organisation = self.session.organisation
        for name, model in self.models.items():
            model.follow(changes, organisation.of_kind(name))
        if changes.added or changes.removed:
            self._say_counts()
        self._say_note()

    def reveal(self, record_id: str) -> bool:
        """Show the table and the row of a record."""
        record = self.session.organisation.get(record_id) if self.session else None
        if record is None:
            return False
        self._use(kind_of(record).name)
        if not self.table.show_row(record_id):
            self.filter.clear()
            self.table.show_row(record_id)
        return True

    def on_selection(self, ids: tuple[str, ...], origin: str) -> None:
        """Mark the row chosen elsewhere if it stands in the table shown."""
        if origin != self.code and len(ids) == 1 and ids != self.table.chosen_ids():
            self._following = True
            self.table.show_row(ids[0])
            self._following = False

    def retranslate(self) -> None:
        """Say words, headings and cells anew."""
        super().retranslate()
        self.bar.retranslate()
        self.table.sieve.forget()
        self._fill_kinds()
        for model in self.models.values():
            model.show(model.rows)
            model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, model.columnCount() - 1)

    def retheme(self) -> None:
        """Fit rows and columns to the zoom."""
        self.bar.fit()
        self.table.verticalHeader().setDefaultSectionSize(theme.px(26))
        self._share_width()
        if self.table.sieve.sourceModel() is not None:
            self.table.size_columns()

    # --- verbs ---------------------------------------------------------------------------------

    def add(self) -> None:
        """Add a record of the kind shown and begin to name it."""
        if self.session is None:
            return
        record = made(self.session.organisation, self.kind)
        if record is None:
            self.desk.say(_("There is nothing yet that it could refer to."), "warn")
            return
        if self.desk.edit(Add(record), origin=self.code) is not None:
            self.filter.clear()
            self.table.show_row(record.id, 1)
            self.table.edit(self.table.currentIndex())

    def duplicate(self) -> None:
        """Copy the chosen rows with their parts."""
        if self.session is None:
            return
        organisation = self.session.organisation
        records = [r for id_ in self.table.chosen_ids() if (r := organisation.get(id_))]
        if records:
            edit, copies = duplicated(organisation, records)
            if self.desk.edit(edit, origin=self.code) is not None:
                self.table.show_row(copies[0], 1)

    def delete(self) -> None:
        """Delete the chosen rows with all that falls with them, as one step."""
        row = self.table.currentIndex().row()
        if self.desk.remove(self.table.chosen_ids(), origin=self.code) is not None:
            self.table.setCurrentIndex(self.table.sieve.index(min(row, self.table.sieve.rowCount() - 1), 0))

    def paste(self) -> None:
        """Paste a block at the current cell, as one step; nothing is changed if a cell is wrong."""
        if self.session is None:
            return
        organisation = self.session.organisation
        names = self.table.columns_from_current()
        model = self.models[self.kind.name]
        row = self.table.currentIndex().row()
        targets = self.table.records_from(row) if row >= 0 else []
        job = Paste(organisation, self.kind, {n: model.columns[n] for n in names}, targets)
        try:
            changes = self.desk.attempt(
                job.edit(read_block(QGuiApplication.clipboard().text())), origin=self.code
            )
        except Refused as refused:
            self.desk.refuse(refused)
            return
        if changes is not None:
            self.desk.say(
                _(
                    "Pasted: {changed} changed, {added} new.",
                    changed=len(changes.replaced),
                    added=len(changes.added),
                ),
                "done",
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Show the kinds as icons only, where room is short."""
        compact = self.width() < theme.px(_NARROW)
        self.kinds.setFixedWidth(theme.px(52 if compact else 196))
        if compact != self._compact:
            self._compact = compact
            self._say_counts()

    # --- inside --------------------------------------------------------------------------------

    def _build(self) -> None:
        self.kinds.setFixedWidth(theme.px(196))
        self.kinds.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.kinds.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaximumWidth(theme.px(320))
        self.filter.setMinimumWidth(theme.px(120))
        self.empty.setProperty("role", "muted")
        self.empty.setWordWrap(True)
        self.empty.setContentsMargins(*4 * [theme.grid(3)])
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.note.setProperty("role", "muted")
        self.bar.row.addWidget(self.filter, 1)
        self.bar.gap()
        self.bar.button("add", N_("Add row"), self.add, "Insert")
        self.bar.button("duplicate", N_("Duplicate"), self.duplicate, "Ctrl+D")
        self.bar.button("remove", N_("Delete"), self.delete, "Delete")
        self.bar.button("paste", N_("Paste"), self.paste, "Ctrl+V")
        self.bar.row.addStretch(1)
        self.bar.row.addWidget(self.note)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        for part in (self.bar, self.empty):
            right.addWidget(part)
        right.addWidget(self.table, 1)
        upright = QFrame()
        upright.setProperty("role", "rule-upright")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.kinds)
        row.addWidget(upright)
        row.addLayout(right, 1)
        self.texts(self._say)

    def _say(self) -> None:
        words = _("Filter the rows")
        self.filter.setPlaceholderText(words)
        self.filter.setAccessibleName(words)
        self.kinds.setAccessibleName(_("Kinds of record"))
        self.table.setAccessibleName(_(self.kind.plural))
        self._say_note()

    def _wire(self) -> None:
        self.kinds.currentItemChanged.connect(
            lambda item, _old: self._use(item.data(_KIND)) if item is not None else None
        )
        self.filter.textChanged.connect(self._narrow)
        self.table.add_asked.connect(self.add)
        self.table.duplicate_asked.connect(self.duplicate)
        self.table.delete_pressed.connect(self.delete)
        self.table.paste_asked.connect(self.paste)
        self.table.chosen.connect(self._on_chosen)

    def _use(self, name: str) -> None:
        if self.session is None:
            return
        self.kind = KINDS[name]
        model = self.models.get(name)
        if model is None:
            model = RecordsModel(self.kind, self.desk, self.code, self)
            model.refused.connect(lambda sentence: self.desk.say(sentence, "warn"))
            organisation = self.session.organisation
            model.show_records(organisation, organisation.of_kind(name))
            self.models[name] = model
        if self.table.sieve.sourceModel() is not model:
            self.table.use(model)
            self.table.setAccessibleName(_(self.kind.plural))
        self._mark_kind()
        self._say_note()

    def _narrow(self, text: str) -> None:
        self.table.sieve.narrow(text)
        self._say_note()

    def _on_chosen(self, ids: tuple[str, ...]) -> None:
        if not self._following:
            self.desk.select(*ids, origin=self.code)

    def _fill_kinds(self) -> None:
        self.kinds.blockSignals(True)
        self.kinds.clear()
        for kind in KINDS.values():
            item = QListWidgetItem(icon(kind.name, "muted"), "")
            item.setData(_KIND, kind.name)
            self.kinds.addItem(item)
        self._say_counts()
        self._mark_kind()
        self.kinds.blockSignals(False)

    def _say_counts(self) -> None:
        if self.session is None:
            return
        for place in range(self.kinds.count()):
            item = self.kinds.item(place)
            kind = KINDS[item.data(_KIND)]
            count = self.session.organisation.count(kind.name)
            text = _("{things} ({count})", things=_(kind.plural), count=count) if count else _(kind.plural)
            item.setText("" if self._compact else text)
            item.setToolTip(text)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, text)

    def _mark_kind(self) -> None:
        self.kinds.blockSignals(True)
        self.kinds.setCurrentRow(list(KINDS).index(self.kind.name))
        self.kinds.blockSignals(False)

    def _say_note(self) -> None:
        shown, all_ = self.table.sieve.rowCount(), self.table.sieve.sourceModel()
        total = all_.rowCount() if all_ is not None else 0
        self.note.setText(
            _("{shown} of {count}", shown=shown, count=total)
            if shown != total
            else ngettext("{n} row", "{n} rows", total)
        )
        self.empty.setVisible(shown == 0)
        self.table.setVisible(shown > 0)
        if total:
            self.empty.setText(_("No row holds “{text}”.", text=self.filter.text()))
        else:
            things = _(self.kind.plural).lower()
            self.empty.setText(
                _("There are no {things} yet. Add a row, or paste rows from a spreadsheet.", things=things)
            )
