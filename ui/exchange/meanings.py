"""What each column of a sheet means: one row for each, with its unit and whether it may make records."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from continuity.model.fields import FieldType
from continuity.session import UNITS, Mapping, Session, Target, Workbook
from continuity.words import N_, _
from ui.exchange.sheet_model import letters
from ui.theme import theme

UNIT_WORDS = {
    "min": N_("minutes"), "h": N_("hours"), "d": N_("days"), "w": N_("weeks"),
    "%": N_("per cent"), "share": N_("shares of one"), "permille": N_("per mille"),
    "sek": N_("kronor"), "tkr": N_("thousand kronor"), "mkr": N_("million kronor"),
}  # fmt: skip
_LEFT_OUT = ""


class Meanings(QTableWidget):
    """The columns of a sheet, and what they mean."""

    changed = Signal(object)  # the new Mapping

    def __init__(self) -> None:
        super().__init__(0, 3)
        self.setProperty("role", "boxed")
        self.verticalHeader().hide()
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(_("What the columns mean"))
        self.setShowGrid(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Interactive)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setColumnWidth(0, theme.px(190))
        self.setColumnWidth(2, theme.px(210))
        self.workbook: Workbook | None = None
        self.mapping: Mapping | None = None

    def show_mapping(self, workbook: Workbook, mapping: Mapping) -> None:
        """Show what the columns of one sheet mean."""
        self.workbook, self.mapping = workbook, mapping
        self.setHorizontalHeaderLabels([_("Column in the file"), _("Means"), ""])
        headings = Session.headings(workbook, mapping.sheet, mapping.header)
        sheet = workbook.sheet(mapping.sheet)
        width = sheet.width if sheet else 0
        self.setRowCount(width)
        for place in range(width):
            heading = headings[place] if place < len(headings) else ""
            text = f"{letters(place)}  {heading}".strip()
            item = QTableWidgetItem(text)
            item.setToolTip(heading)
            self.setItem(place, 0, item)
            self.setCellWidget(place, 1, self._choice(place, heading))
            self._show_extra(place)
            self.setRowHeight(place, theme.px(34))

    def labels(self) -> dict[int, str]:
        """Return the words for what each column means."""
        if self.mapping is None:
            return {}
        known = {column.path: column.label(_) for column in Session.columns_for(self.mapping.kind)}
        return {place: known.get(target.path, "") for place, target in self.mapping.columns.items()}

    def _choice(self, place: int, heading: str) -> QComboBox:
        assert self.mapping is not None
        box = QComboBox()
        box.setAccessibleName(_("Meaning of column {column}", column=heading or letters(place)))
        box.addItem(_("– left out –"), _LEFT_OUT)
        for column in Session.columns_for(self.mapping.kind):
            if not column.spec.hidden or column.path == "id":
                box.addItem(column.label(_), column.path)
        held = self.mapping.columns.get(place)
        box.setCurrentIndex(max(0, box.findData(held.path if held else _LEFT_OUT)))
        box.setMaxVisibleItems(18)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.activated.connect(lambda _index: self._choose(place, str(box.currentData())))
        return box

    def _choose(self, place: int, path: str) -> None:
        assert self.mapping is not None
        assert self.workbook is not None
        columns = {at: t for at, t in self.mapping.columns.items() if at != place and t.path != path}
        freed = [at for at, t in self.mapping.columns.items() if at != place and t.path == path]
        if path:
            unit = Session.unit_for(self.workbook, self.mapping, place, path)
            columns[place] = Target(path, unit, make=self._spec_type(path) in _REFERENCES)
        self._tell(dataclasses.replace(self.mapping, columns=dict(sorted(columns.items()))))
        for at in freed:
            box = self.cellWidget(at, 1)
            if isinstance(box, QComboBox):
                box.setCurrentIndex(0)
            self._show_extra(at)
        self._show_extra(place)

    def _show_extra(self, place: int) -> None:
        """Offer a unit for figures, and for references whether what is missing is made."""
        assert self.mapping is not None
        target = self.mapping.columns.get(place)
        type_ = self._spec_type(target.path) if target else None
        if target is not None and type_ in UNITS:
            self.setCellWidget(place, 2, self._units(place, target, type_))
        elif target is not None and type_ in _REFERENCES:
            box = QCheckBox(_("Make what is missing"))
            box.setChecked(target.make)
            box.toggled.connect(lambda on: self._amend(place, make=on))
            self.setCellWidget(place, 2, _inset(box))
        else:
            self.removeCellWidget(place, 2)

    def _units(self, place: int, target: Target, type_: FieldType) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(_("Unit of column {column}", column=letters(place)))
        if type_ is FieldType.MINUTES:
            box.addItem(_("unit in the cell"), "")
        for unit in UNITS[type_]:
            box.addItem(_(UNIT_WORDS[unit]), unit)
        box.setCurrentIndex(max(0, box.findData(target.unit)))
        box.activated.connect(lambda _index: self._amend(place, unit=str(box.currentData())))
        return box

    def _amend(self, place: int, **values: object) -> None:
        assert self.mapping is not None
        target = dataclasses.replace(self.mapping.columns[place], **values)  # type: ignore[arg-type]
        self._tell(dataclasses.replace(self.mapping, columns={**self.mapping.columns, place: target}))

    def _tell(self, mapping: Mapping) -> None:
        self.mapping = mapping
        self.changed.emit(mapping)

    def _spec_type(self, path: str) -> FieldType | None:
        assert self.mapping is not None
        found = [c for c in Session.columns_for(self.mapping.kind) if c.path == path]
        return found[0].spec.type if found else None


_REFERENCES = (FieldType.REF, FieldType.REFS)


def _inset(box: QCheckBox) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(theme.grid(1), 0, 0, 0)
    row.addWidget(box)
    return holder
