"""The Tables workspace: the kinds at the left, the records of one of them at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from continuity.model.edits import Changes
from continuity.model.kinds import KINDS, kind_of
from continuity.words import N_, _, ngettext
from ui.bars import Bar
from ui.desk import Desk
from ui.grid.sheet import SheetModel
from ui.panels.tables import columns
from ui.panels.tables.conditions import Chips
from ui.panels.tables.kinds import KindList
from ui.panels.tables.table import RecordTable
from ui.panels.tables.verbs import Verbs
from ui.theme import theme
from ui.workspace import Verb, Workspace

_NARROW = 640  # pixels at 100 %


class TablesWorkspace(Workspace):
    """Every record, as in a spreadsheet."""

    code, title, icon, verb = "tables", N_("Tables"), "table", Verb.DESCRIBE
    spacious = False  # a first click in a cell must not move the cells
    hint = N_("Every record, as in a spreadsheet")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.kind = KINDS["function"]
        self.models: dict[str, SheetModel] = {}
        self._following = False
        self.kinds, self.table, self.chips = KindList(), RecordTable(), Chips()
        self.filter, self.bar = QLineEdit(), Bar()
        self.note, self.empty = QLabel(), QLabel()
        self.verbs = Verbs(self)
        self._build()
        self._wire()

    # --- workspace -----------------------------------------------------------------------------

    def show_session(self, session: object) -> None:
        """Show the records of another document."""
        self.table.leave()
        for model in self.models.values():
            model.deleteLater()
        self.models.clear()
        self.kinds.fill(self.session.organisation if self.session else None)
        self._use(self.kind.name)

    def on_changes(self, changes: Changes) -> None:
        """Follow an edit, row by row."""
        if self.session is None:
            return
        for model in self.models.values():
            model.follow_changes(changes)
        if changes.added or changes.removed:
            self.kinds.say_counts(self.session.organisation)
        self._say_note()

    def reveal(self, record_id: str) -> bool:
        """Show the table and the row of a record."""
        record = self.session.organisation.get(record_id) if self.session else None
        if record is None:
            return False
        self._use(kind_of(record).name)
        if not self.table.show_row(record_id):
            self.verbs.show_all()
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
        self.kinds.fill(self.session.organisation if self.session else None)
        self.kinds.mark(self.kind.name)
        for model in self.models.values():
            model.say_anew()
        self._say_note()

    def retheme(self) -> None:
        """Fit rows and columns to the zoom."""
        self.bar.fit()
        self.kinds.fit()
        self._share_width()
        self.table.refit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Show the kinds as icons only, where room is short."""
        self.kinds.set_compact(self.width() < theme.px(_NARROW))

    # --- inside --------------------------------------------------------------------------------

    def _build(self) -> None:
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaximumWidth(theme.px(320))
        self.filter.setMinimumWidth(theme.px(120))
        self.empty.setProperty("role", "muted")
        self.empty.setWordWrap(True)
        self.empty.setContentsMargins(*4 * [theme.grid(3)])
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.note.setProperty("role", "muted")
        self._fill_bar()
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        for part in (self.bar, self.chips, self.empty):
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

    def _fill_bar(self) -> None:
        bar, do = self.bar, self.verbs.do
        bar.row.addWidget(self.filter, 1)
        bar.gap()
        bar.button("add", N_("Add row"), lambda: do("add"), "Insert")
        bar.button("duplicate", N_("Duplicate"), lambda: do("duplicate"), "Ctrl+Shift+D", bare=True)
        bar.button("remove", N_("Delete rows"), lambda: do("delete"), "Ctrl+Delete", bare=True)
        bar.gap()
        bar.button("paste", N_("Paste"), lambda: do("paste"), "Ctrl+V", bare=True)
        bar.button("fill-down", N_("Fill down"), lambda: do("fill_down"), "Ctrl+D", bare=True)
        bar.button(
            "edit", N_("Change all that is selected …"), lambda: do("change_all"), "Shift+F2", bare=True
        )
        bar.button("replace", N_("Find and replace …"), lambda: do("replace"), "Ctrl+H", bare=True)
        bar.gap()
        bar.button("filter", N_("Filter and sort the column …"), lambda: do("condition"), "Alt+↓", bare=True)
        self.columns_button = bar.button("columns", N_("Columns"), lambda: do("columns"), bare=True)
        bar.row.addStretch(1)
        bar.row.addWidget(self.note)

    def _say(self) -> None:
        words = _("Filter the rows")
        self.filter.setPlaceholderText(words)
        self.filter.setAccessibleName(words)
        self.kinds.setAccessibleName(_("Kinds of record"))
        self.table.setAccessibleName(_(self.kind.plural))
        self._say_note()

    def _wire(self) -> None:
        self.kinds.wanted.connect(self._use)
        self.filter.textChanged.connect(self._narrow)
        self.table.asked.connect(self.verbs.do)
        self.table.typed_for_all.connect(self.verbs.type_for_all)
        self.table.chosen.connect(self._on_chosen)
        self.chips.asked.connect(self.verbs.condition)
        for view in (self.table, self.table.frozen):
            header = view.horizontalHeader()
            header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            header.customContextMenuRequested.connect(
                lambda place, header=header: self._on_heading(header.logicalIndexAt(place))
            )
        self.table.horizontalHeader().sectionMoved.connect(lambda *_: columns.keep(self.table))

    def _on_heading(self, column: int) -> None:
        if self.table.sheet is not None and column >= 0:
            self.verbs.condition(self.table.sheet.names[column])

    def _use(self, name: str) -> None:
        if self.session is None:
            return
        if self.table.sheet in self.models.values() and self.kind.name != name:
            columns.keep(self.table)
        self.kind = KINDS[name]
        model = self.models.get(name) or self._model(name)
        if self.table.sheet is not model:
            self.table.use(model)
            columns.take(self.table)
            self.table.setAccessibleName(_(self.kind.plural))
            self.filter.blockSignals(True)
            self.filter.setText(model.arrangement.words)
            self.filter.blockSignals(False)
        self.kinds.mark(name)
        self._say_note()

    def _model(self, name: str) -> SheetModel:
        assert self.session is not None
        model = self.models[name] = SheetModel(KINDS[name], self.desk, self.code, self)
        model.refused.connect(lambda sentence: self.desk.say(sentence, "warn"))
        model.about_to_arrange.connect(lambda: self.table.keep_place(model))
        model.arranged.connect(lambda: (self.table.take_place(model), self._say_note()))
        model.headerDataChanged.connect(lambda *_: self._say_note())
        organisation = self.session.organisation
        model.show_records(organisation, organisation.of_kind(name))
        return model

    def _narrow(self, text: str) -> None:
        if self.table.sheet is not None:
            self.table.sheet.narrow(text)

    def _on_chosen(self, ids: tuple[str, ...]) -> None:
        if not self._following:
            self.desk.select(*ids, origin=self.code)

    def _say_note(self) -> None:
        sheet = self.table.sheet
        if sheet is None:
            return
        count, total = sheet.rowCount(), sheet.total
        self.note.setText(
            _("{shown} of {count}", shown=count, count=total)
            if count != total
            else ngettext("{n} row", "{n} rows", total)
        )
        self.chips.show_of(sheet)
        self.empty.setVisible(count == 0)
        if total:
            self.empty.setText(_("No row is left by the filters. Ctrl+Shift+L shows all of them again."))
        else:
            things = _(self.kind.plural).lower()
            self.empty.setText(
                _("There are no {things} yet. Add a row, or paste rows from a spreadsheet.", things=things)
            )
