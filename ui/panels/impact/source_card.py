"""The figures of one record with their sources: a small table, each row may have a source of its own."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from continuity.model.evidence import Figure, figures_of, sourced
from continuity.model.fields import specs
from continuity.model.kinds import Evidenced, Record, kind_of
from continuity.model.organisation import Organisation
from continuity.model.values import CONFIDENCE, Estimate
from continuity.words import _, current
from ui.charts.numbers import Cell, Numbers, NumbersTable, Title
from ui.forms.row import FieldRow
from ui.shown import nested, shown
from ui.theme import theme

_FIELDS = ("source", "as_of", "confidence")


class SourceCard(QWidget):
    """``edited`` hands on the edit that gives a figure a source of its own."""

    edited = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.record: Evidenced | None = None
        self._figures: tuple[Figure, ...] = ()
        self.table = NumbersTable()
        self.table.chosen.connect(lambda _key: self._show_row())
        self._rows: dict[str, FieldRow] = {}
        self.fields = QWidget()
        self._line = QVBoxLayout(self.fields)
        self._line.setContentsMargins(theme.grid(2), 0, 0, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.table, 1)
        row.addWidget(self.fields)

    def rebuild(self) -> None:
        """Make the fields anew, in the language spoken now."""
        for row in self._rows.values():
            row.deleteLater()
        self._rows = {}
        self.table.fit()

    def show_record(self, record: Record | None, organisation: Organisation) -> None:
        """Show the figures of ``record``."""
        self.record = record if isinstance(record, Evidenced) else None
        self._figures = figures_of(self.record) if self.record else ()
        if not self._rows:
            self._build(organisation)
        self.setVisible(bool(self._figures))
        self.table.setAccessibleName(_("Figures and their sources"))
        self.table.show_numbers(_numbers(self._figures))
        if self._figures and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.table.numbers.index(0, 0))
        self._show_row()

    def _build(self, organisation: Organisation) -> None:
        for name in _FIELDS:
            row = FieldRow(name, specs(Estimate)[name], organisation)
            row.edited.connect(self._on_edited)
            self._rows[name] = row
            self._line.insertWidget(len(self._rows) - 1, row)
        if self._line.count() == len(self._rows):
            self._line.addStretch(1)
        self.fields.setFixedWidth(theme.px(320))

    @property
    def figure(self) -> Figure | None:
        """The figure chosen."""
        key = self.table.numbers.key(self.table.currentIndex().row())
        return next((figure for figure in self._figures if figure.field == key), None)

    def _show_row(self) -> None:
        figure = self.figure
        self.fields.setVisible(figure is not None)
        if figure is not None:
            held = {
                "source": figure.evidence.source,
                "as_of": figure.evidence.as_of,
                "confidence": figure.evidence.confidence or None,
            }
            for name, row in self._rows.items():
                row.show_value(held[name])

    def _on_edited(self, name: str, value: Any) -> None:
        figure = self.figure
        if figure is None or self.record is None:
            return
        held = Estimate(
            field=figure.field,
            source=figure.evidence.source,
            as_of=figure.evidence.as_of,
            confidence=figure.evidence.confidence or None,
        )
        self.edited.emit(sourced(self.record, figure.field, dataclasses.replace(held, **{name: value})))


def _numbers(figures: Sequence[Figure]) -> Numbers:
    titles = (
        Title(_("Figure"), wide=True, width=180), Title(_("Value"), True, 110),
        Title(_("Known by"), width=130), Title(_("As of"), width=96, drop=2),
        Title(_("Source"), width=220, drop=1),
    )  # fmt: skip
    rows = []
    for figure in figures:
        spec, evidence = kind_of(figure.record).specs[figure.field], figure.evidence
        known = _(CONFIDENCE[evidence.confidence]) if evidence.confidence else _("not said")
        value = _("matrix") if figure.field == "impact" else shown(spec, figure.value)
        if spec.value is not None and figure.field != "impact":
            value = nested(figure.value)
        rows.append(
            (
                _(spec.label),
                value,
                Cell(known, tone="warn" if evidence.weak else ""),
                current().date(evidence.as_of, "iso") if evidence.as_of else "–",
                Cell(evidence.source or "–", tone="" if evidence.own else "muted"),
            )
        )
    return Numbers(titles, tuple(rows), tuple(figure.field for figure in figures))
