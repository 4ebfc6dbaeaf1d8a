"""Editors of nested values: one value as a small form of its own, several as a small table."""

from __future__ import annotations

import dataclasses
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from continuity import messages
from continuity.model.fields import FieldType, Spec, specs
from continuity.model.laws import faults, mean, quantile_of
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem
from continuity.model.values import Law
from continuity.words import _, current
from ui.charts.law import LawPicture
from ui.theme import theme
from ui.theme.icons import icon

#: The parameters that each law has.
LAW_FIELDS: dict[str, tuple[str, ...]] = {
    "fixed": ("likely",),
    "uniform": ("low", "high"),
    "triangular": ("low", "likely", "high"),
    "pert": ("low", "likely", "high"),
    "exponential": ("mean",),
    "lognormal": ("median", "p90"),
    "weibull": ("scale", "shape"),
    "empirical": ("outcomes",),
}


class ValueEditor(QWidget):
    """One nested value or none."""

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, spec: Spec, organisation: Organisation) -> None:
        super().__init__()
        self.spec, self.organisation = spec, organisation
        self._held: Any = None
        self._rows: dict[str, Any] = {}
        self.picture: LawPicture | None = None
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setProperty("role", "quiet")
        self.fill = QPushButton(_("Fill in"))
        self.fill.setProperty("role", "link")
        self.fill.setIcon(icon("add", "accent"))
        self.fill.clicked.connect(self._begin)
        self.card = QFrame()
        self.card.setProperty("role", "card")
        self._column = QVBoxLayout(self.card)
        self._column.setContentsMargins(*4 * [theme.grid(1)])
        self._column.setSpacing(theme.grid(0.5))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.fill)
        column.addWidget(self.card)
        self.setFocusProxy(self.fill)
        self.card.hide()

    def show_value(self, value: Any) -> None:
        """Show ``value``, a dataclass of the spec, or None."""
        self._held = value
        self.fill.setVisible(value is None)
        self.card.setVisible(value is not None)
        if value is None:
            return
        if not self._rows:
            self._build()
        wanted = LAW_FIELDS[value.law] if isinstance(value, Law) else tuple(self._rows)
        for name, row in self._rows.items():
            row.setVisible(name in wanted or name == "law")
            row.show_value(getattr(value, name))
        self.said.setText(law_said(value) if isinstance(value, Law) else "")
        self.said.setVisible(bool(self.said.text()))
        if self.picture is not None:
            self.picture.show_law(value)

    def _build(self) -> None:
        from ui.forms.row import FieldRow

        for name, spec in specs(self.spec.value).items():
            row = FieldRow(name, spec, self.organisation)
            row.edited.connect(self._on_edited)
            self._rows[name] = row
            self._column.addWidget(row)
        self._column.addWidget(self.said)
        if self.spec.value is Law:
            self.picture = LawPicture()
            self.picture.setAccessibleName(_("How likely each duration is"))
            self._column.addWidget(self.picture)
        take_away = QPushButton(_("Take away"))
        take_away.setProperty("role", "link")
        take_away.setEnabled(self.spec.optional)
        take_away.clicked.connect(lambda: self.edited.emit(None))
        line = QHBoxLayout()
        line.addWidget(take_away)
        line.addStretch(1)
        self._column.addLayout(line)

    def _begin(self) -> None:
        self.edited.emit(blank(self.spec.value))

    def _on_edited(self, name: str, value: Any) -> None:
        if self._held is not None:
            self.edited.emit(dataclasses.replace(self._held, **{name: value}))


def law_said(law: Law) -> str:
    """Return mean and quantiles of a law, or what is still wrong with it."""
    wrong = next(faults(law), None)
    if wrong is not None:
        return messages.sentence(Problem(wrong))
    words = current()
    return _(
        "On average {mean}. Half are over within {half}, nine of ten within {nine}, one of ten within {one}.",
        mean=words.duration(mean(law), coarse=True),
        half=words.duration(quantile_of(law, 0.5), coarse=True),
        nine=words.duration(quantile_of(law, 0.9), coarse=True),
        one=words.duration(quantile_of(law, 0.1), coarse=True),
    )


def blank(of: type) -> Any:
    """Return a new nested value with sensible contents where a field must be filled in."""
    import datetime as dt

    filled: dict[str, Any] = {}
    for name, spec in specs(of).items():
        if spec.required and spec.type is FieldType.DATE:
            filled[name] = dt.date.today()  # noqa: DTZ011 - a proposal that the user sees
        elif spec.required and spec.type is FieldType.TEXT:
            filled[name] = _("New")
    if of is Law:
        filled["likely"] = 240
    return of(**filled)


class ValuesEditor(QWidget):
    """Several nested values as rows of a small table."""

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, spec: Spec, organisation: Organisation) -> None:
        super().__init__()
        from ui.grid.model import ValuesModel
        from ui.grid.small import SmallGrid

        self.spec = spec
        self.model = ValuesModel(spec.value, organisation, self)
        self.model.edited.connect(self.edited)
        self.grid = SmallGrid(self.model)
        self.grid.wants_row.connect(lambda: self.edited.emit((*self.model.rows, blank(spec.value))))
        self.grid.drops_rows.connect(self._drop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid)
        self.setFocusProxy(self.grid.add)

    def show_value(self, value: Any) -> None:
        """Show the tuple ``value``."""
        self.model.show(tuple(value or ()))
        self.grid.fit()

    def _drop(self, places: list[int]) -> None:
        kept = tuple(one for place, one in enumerate(self.model.rows) if place not in places)
        self.edited.emit(kept)
