"""First page of an import: which sheets, as which records, and what their columns mean."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from continuity.model.kinds import KINDS
from continuity.session import Mapping, Session, Sheet, Workbook
from continuity.words import _, ngettext
from ui.exchange.meanings import Meanings
from ui.exchange.sheet_model import SheetModel
from ui.theme import theme

_HEADER_ROWS = 30


class ColumnsPage(QWidget):
    """Sheets on the left, the meaning of the columns beside, the sheet itself below."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.workbook: Workbook | None = None
        self.mappings: dict[str, Mapping] = {}
        self.sheets = QListWidget()
        self.sheets.setProperty("role", "boxed")
        self.sheets.setAccessibleName(_("Sheets of the file"))
        self.sheets.currentItemChanged.connect(lambda *_: self._show_current())
        self.sheets.itemChanged.connect(lambda _item: self.changed.emit())
        self.kind = QComboBox()
        for kind in KINDS.values():
            if not kind.parent:
                self.kind.addItem(_(kind.plural), kind.name)
        self.kind.activated.connect(lambda _index: self._propose())
        self.header = QComboBox()
        self.header.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.header.activated.connect(lambda _index: self._on_header(int(self.header.currentData())))
        self.blanks = QCheckBox(_("Blank cells empty what is there"))
        self.blanks.toggled.connect(self._on_blanks)
        self.meanings = Meanings()
        self.meanings.changed.connect(self._on_meaning)
        self.model = SheetModel(self)
        self.preview = QTableView()
        self.preview.setProperty("role", "boxed")
        self.preview.setModel(self.model)
        self.preview.setAccessibleName(_("The sheet as it stands in the file"))
        self.preview.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.preview.setWordWrap(False)
        self.preview.setTabKeyNavigation(False)
        self.preview.verticalHeader().setDefaultSectionSize(theme.px(24))
        self.preview.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.facts = QLabel()
        self.facts.setProperty("role", "muted")
        self.facts.setWordWrap(True)
        self._lay_out()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(theme.grid(1))
        for text, box in ((_("Each row is one of"), self.kind), (_("Headings in row"), self.header)):
            box.setAccessibleName(text)
            form.addRow(text, box)
        form.addRow("", self.blanks)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(1))
        column.addWidget(QLabel(_("Sheets to read")))
        column.addWidget(self.sheets, 1)
        column.addLayout(form)
        upper = QWidget()
        row = QHBoxLayout(upper)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.grid(2))
        row.addWidget(left, 2)
        row.addWidget(self.meanings, 3)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.grid(1))
        splitter.addWidget(upper)
        splitter.addWidget(self.preview)
        splitter.setSizes([theme.px(340), theme.px(260)])
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(theme.grid(1))
        page.addWidget(self.facts)
        page.addWidget(splitter, 1)

    def show_workbook(self, workbook: Workbook, mappings: list[Mapping]) -> None:
        """Show the sheets of a file, and what they probably mean."""
        self.workbook = workbook
        self.mappings = {mapping.sheet: mapping for mapping in mappings}
        self.sheets.blockSignals(True)
        self.sheets.clear()
        for mapping in mappings:
            item = QListWidgetItem(self._sheet_text(mapping))
            item.setData(Qt.ItemDataRole.UserRole, mapping.sheet)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            some = len(mapping.columns) > 1 or len(mappings) == 1
            item.setCheckState(Qt.CheckState.Checked if some else Qt.CheckState.Unchecked)
            self.sheets.addItem(item)
        self.sheets.blockSignals(False)
        self.sheets.setCurrentRow(0)
        self.facts.setText(self._facts(workbook))
        self.facts.setVisible(bool(self.facts.text()))

    def chosen(self) -> list[Mapping]:
        """Return the mappings of the sheets that are to be read."""
        items = [self.sheets.item(place) for place in range(self.sheets.count())]
        names = [i.data(Qt.ItemDataRole.UserRole) for i in items if i.checkState() == Qt.CheckState.Checked]
        return [self.mappings[name] for name in names if self.mappings[name].columns]

    def reveal(self, sheet: str, row: int, column: int | None) -> None:
        """Show one cell of a sheet."""
        for place in range(self.sheets.count()):
            if self.sheets.item(place).data(Qt.ItemDataRole.UserRole) == sheet:
                self.sheets.setCurrentRow(place)
        index = self.model.index(row, column or 0)
        self.preview.setCurrentIndex(index)
        self.preview.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self.preview.setFocus()

    def show_faults(self, faults: dict[str, dict[tuple[int, int], str]]) -> None:
        """Mark cells that the trial found faulty, by sheet."""
        self._faults = faults
        self._mark()

    _faults: dict[str, dict[tuple[int, int], str]] | None = None

    # --- following -----------------------------------------------------------------------------

    @property
    def current(self) -> Mapping | None:
        """The mapping of the sheet that is shown."""
        item = self.sheets.currentItem()
        return self.mappings[item.data(Qt.ItemDataRole.UserRole)] if item else None

    def _show_current(self) -> None:
        mapping = self.current
        sheet = self.workbook.sheet(mapping.sheet) if self.workbook and mapping else None
        if self.workbook is None or mapping is None or sheet is None:
            return
        for widget in (self.kind, self.header, self.blanks):
            widget.blockSignals(True)
        self.kind.setCurrentIndex(max(0, self.kind.findData(mapping.kind)))
        self._offer_headers(sheet, mapping.header)
        self.blanks.setChecked(mapping.blanks)
        for widget in (self.kind, self.header, self.blanks):
            widget.blockSignals(False)
        self.meanings.show_mapping(self.workbook, mapping)
        self.model.show_sheet(sheet, mapping, self.meanings.labels())
        for place in range(self.model.columnCount()):
            self.preview.setColumnWidth(place, theme.px(150))
        self._mark()

    def _offer_headers(self, sheet: Sheet, chosen: int) -> None:
        """Offer the first rows as headings, each with what stands in it."""
        self.header.clear()
        self.header.addItem(_("no headings"), -1)
        assert self.workbook is not None
        for row in range(min(len(sheet.rows), max(_HEADER_ROWS, chosen + 1))):
            words = [word for word in Session.headings(self.workbook, sheet.name, row) if word]
            self.header.addItem(f"{row + 1}: {', '.join(words)[:60]}", row)
        self.header.setCurrentIndex(self.header.findData(chosen))

    def _mark(self) -> None:
        mapping = self.current
        self.model.faults = (self._faults or {}).get(mapping.sheet if mapping else "", {})
        self.preview.viewport().update()

    def _propose(self) -> None:
        mapping = self.current
        if self.workbook is not None and mapping is not None:
            kind = str(self.kind.currentData())
            self._replace(Session.proposal(self.workbook, mapping.sheet, kind, mapping.header))
            self._show_current()

    def _on_header(self, value: int) -> None:
        mapping = self.current
        if self.workbook is not None and mapping is not None and value != mapping.header:
            self._replace(Session.proposal(self.workbook, mapping.sheet, mapping.kind, value))
            self._show_current()

    def _on_blanks(self, on: bool) -> None:
        if mapping := self.current:
            self._replace(dataclasses.replace(mapping, blanks=on))
            self.meanings.mapping = self.mappings[mapping.sheet]

    def _on_meaning(self, mapping: Mapping) -> None:
        self._replace(mapping)
        self.model.show_labels(mapping, self.meanings.labels())

    def _replace(self, mapping: Mapping) -> None:
        self.mappings[mapping.sheet] = mapping
        for place in range(self.sheets.count()):
            item = self.sheets.item(place)
            if item.data(Qt.ItemDataRole.UserRole) == mapping.sheet:
                item.setText(self._sheet_text(mapping))
        self.changed.emit()

    def _sheet_text(self, mapping: Mapping) -> str:
        sheet = self.workbook.sheet(mapping.sheet) if self.workbook else None
        rows = max(0, len(sheet.rows) - mapping.header - 1) if sheet else 0
        return _(
            "{sheet}: {kind}, {rows}",
            sheet=mapping.sheet,
            kind=_(KINDS[mapping.kind].plural),
            rows=ngettext("{n} row", "{n} rows", rows),
        )

    def _facts(self, workbook: Workbook) -> str:
        parts = []
        if workbook.form == "text":
            separator = {"\t": _("tab"), ";": _("semicolon"), ",": _("comma")}.get(
                workbook.separator, workbook.separator
            )
            encoding = {"cp1252": "Windows-1252", "utf-8-sig": "UTF-8"}.get(
                workbook.encoding, workbook.encoding.upper()
            )
            parts.append(
                _("Text in {encoding}, separated by {separator}.", encoding=encoding, separator=separator)
            )
        if merged := sum(sheet.merged for sheet in workbook.sheets):
            parts.append(
                ngettext(
                    "{n} merged range: each of its rows was given its value.",
                    "{n} merged ranges: each of their rows was given their value.",
                    merged,
                )
            )
        if faults := sum(sheet.faults for sheet in workbook.sheets):
            parts.append(
                ngettext(
                    "{n} cell holds a formula without a result.",
                    "{n} cells hold formulas without a result.",
                    faults,
                )
            )
        return " ".join(parts)
