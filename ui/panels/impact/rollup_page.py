"""Needed versus achievable: strictest demand downwards, worst capability upwards, each with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout

from continuity.model.kinds import Element
from continuity.words import N_, _, current, ngettext
from ui.charts.numbers import Cell, Numbers, NumbersTable, Title
from ui.described import DescribePage, plain_label
from ui.desk import Desk
from ui.picker import icon_of
from ui.shown import name_of
from ui.theme import theme
from ui.theme.icons import icon

if TYPE_CHECKING:
    from continuity.analysis.rollup import RollUp, Row
    from continuity.model.impact import ImpactScale
    from continuity.model.organisation import Organisation

_ARROW = " → "
_MOST_UNKNOWN = 6


class RollUpPage(DescribePage):
    """A table of every function and resource; the chosen one explained below it."""

    title = N_("Needed and achievable")

    def __init__(self, desk: Desk, code: str) -> None:
        super().__init__(desk, code)
        self.rolled: RollUp | None = None
        self.help, self.sum, self.why = plain_label("muted"), plain_label(), plain_label()
        self.gaps, self.functions = QCheckBox(), QCheckBox()
        self.table = NumbersTable()
        for box in (self.gaps, self.functions):
            box.toggled.connect(self._show)
        self.table.chosen.connect(self._on_chosen)
        self.table.pressed_row.connect(lambda key: self.desk.select(key, origin=self.code))
        self.table.opened.connect(self.go_to)
        head = QHBoxLayout()
        head.setSpacing(theme.grid(2))
        head.addWidget(self.sum, 1)
        head.addWidget(self.gaps)
        head.addWidget(self.functions)
        top = QVBoxLayout()
        top.setContentsMargins(theme.grid(2), theme.grid(1.5), theme.grid(2), 0)
        top.addWidget(self.help)
        top.addLayout(head)
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.grid(2), 0, theme.grid(2), theme.grid(1.5))
        foot.addWidget(self.why)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(1))
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self.texts(self._say)

    def fill(self) -> None:
        session = self.session
        if session is not None:
            self.wait(self.sum, self.table)
            self.desk.work(session.roll_up, self._on_rolled)

    def retheme(self) -> None:
        self.table.fit()

    def reveal(self, record_id: str) -> bool:
        row = self.table.numbers.row_of(record_id)
        if row >= 0:
            self.table.setCurrentIndex(self.table.numbers.index(row, 0))
        return row >= 0

    def _say(self) -> None:
        self.table.setAccessibleName(_(self.title))
        self.gaps.setText(_("Only gaps"))
        self.functions.setText(_("Only functions"))
        self.help.setText(
            _("What must be back when, inherited from the strictest function above it; and how long it takes "
              "when everything below has fallen too. Buffers and standbys on the way are counted.")
        )  # fmt: skip

    def _on_rolled(self, rolled: RollUp) -> None:
        self.rolled = rolled
        self._show()

    def _show(self) -> None:
        organisation = self.organisation
        if self.rolled is None or organisation is None or self.session is None:
            return
        rows = [
            row
            for row in self.rolled.rows
            if row.element in organisation
            and (not self.gaps.isChecked() or _short(row))
            and (not self.functions.isChecked() or row.kind == "function")
        ]
        self.table.show_numbers(_numbers(organisation, rows, self.session.scale()))
        short = sum(_short(row) for row in self.rolled.rows)
        count = len(self.rolled.rows)
        self.sum.setText(
            ngettext(
                "{n} of {count} is slower than what is needed.",
                "{n} of {count} are slower than what is needed.",
                short,
                count=count,
            )
        )
        self._on_chosen(self.table.numbers.key(self.table.currentIndex().row()))

    def _on_chosen(self, key: str) -> None:
        row = self.rolled.of(key) if self.rolled and key else None
        if row is None or self.organisation is None:
            self.why.setText(_("Choose a row to see where its figures come from."))
            return
        self.why.setText("\n".join(said(self.organisation, row)))
        if self.table.hasFocus():
            self.desk.select(key, origin=self.code)


def _short(row: Row) -> bool:
    return (row.gap or 0) > 0 or (row.data_gap or 0) > 0


def _time(minutes: int | None) -> str:
    return "–" if minutes is None else current().duration(minutes, coarse=True)


def _names(organisation: Organisation, path: tuple[str, ...]) -> str:
    return _ARROW.join(name_of(organisation.get(id_)) for id_ in path)


def _numbers(organisation: Organisation, rows: list[Row], scale: ImpactScale) -> Numbers:
    titles = (
        Title(_("Function or resource"), wide=True, width=220),
        Title(_("Needed within"), True, 104),
        Title(_("Asked by"), width=190, drop=2),
        Title(_("Achievable"), True, 104),
        Title(_("Decided by"), width=190, drop=2),
        Title(_("Too slow by"), True, 104),
        Title(_("Data loss tolerable"), True, 120, drop=3),
        Title(_("Data loss achievable"), True, 120, drop=3),
        Title(_("Criticality class"), width=180, drop=4),
    )
    return Numbers(
        titles,
        tuple(_cells(organisation, row, scale) for row in rows),
        tuple(row.element for row in rows),
    )


def _cells(organisation: Organisation, row: Row, scale: ImpactScale) -> tuple[Cell | str, ...]:
    element = organisation.of(Element, row.element)
    asks = name_of(organisation.get(row.needed.function)) if row.needed else "–"
    decides = name_of(organisation.get(row.capability.path[-1]))
    late = row.gap is not None and row.gap > 0
    lost = row.data_gap is not None and row.data_gap > 0
    return (
        Cell(name_of(element), icon=icon(icon_of(element), "muted") if element else None),
        Cell(_time(row.needed.minutes if row.needed else None), row.needed.minutes if row.needed else 10**9),
        Cell(asks if row.needed and row.needed.inherited else _("itself") if row.needed else "–"),
        Cell(_time(row.capability.minutes), row.capability.minutes),
        Cell(decides if row.capability.inherited else _("itself")),
        Cell(_time(row.gap) if late else "–", row.gap or 0, tone="warn" if late else "muted"),
        Cell(_time(row.data.minutes if row.data else None), row.data.minutes if row.data else 10**9),
        Cell(
            _time(row.data_own),
            row.data_own if row.data_own is not None else 10**9,
            tone="warn" if lost else "",
        ),
        scale.classes[row.place].name if row.place is not None and row.place < len(scale.classes) else "–",
    )


def said(organisation: Organisation, row: Row) -> list[str]:
    """Return where the figures of a row come from, in words."""
    lines = []
    if row.needed is not None:
        lines.append(
            _(
                "Needed within {time}: {path}",
                time=_time(row.needed.minutes),
                path=_names(organisation, row.needed.path),
            )
        )
    else:
        lines.append(_("Nothing depends on it alone: no demand is inherited."))
    lines.append(
        _(
            "Achievable in {time} ({own} by itself): {path}",
            time=_time(row.capability.minutes),
            own=_time(row.own),
            path=_names(organisation, row.capability.path),
        )
    )
    unknown = sorted(name_of(organisation.get(id_)) for id_ in row.capability.unknown)
    if unknown:
        more = len(unknown) - _MOST_UNKNOWN
        shown = ", ".join(unknown[:_MOST_UNKNOWN]) + (" …" if more > 0 else "")
        lines.append(_("No recovery time is stated for: {names}", names=shown))
    if row.data is not None:
        lines.append(
            _(
                "Data loss tolerable {time}: {path}",
                time=_time(row.data.minutes),
                path=_names(organisation, row.data.path),
            )
        )
    return lines
