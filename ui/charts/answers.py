"""Yes or no in a raster: rows against columns, each cell told by colour, pattern and word."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from ui.charts import paint
from ui.charts.chart import Chart, Mark
from ui.charts.numbers import Cell, Numbers, Title
from ui.theme import theme

_ROW, _AXIS, _NAME = 32, 42, 260


@dataclass(frozen=True, slots=True)
class Answer:
    """One cell. ``state``: full (yes), reduced (partly), lost (no), or blank: nothing is asked."""

    state: str
    text: str
    tip: str = ""
    value: float | None = None
    short: str = ""  # where the cell is narrow


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One row: what it is about, and its cells."""

    key: str
    name: str
    cells: tuple[Answer, ...]


class AnswerChart(Chart):
    """Columns stand for strain levels or days."""

    def __init__(self) -> None:
        super().__init__()
        self.corner, self.columns, self.rows = "", tuple[str, ...](), tuple[AnswerRow, ...]()

    def show_answers(self, corner: str, columns: tuple[str, ...], rows: tuple[AnswerRow, ...]) -> None:
        """Show ``rows`` under ``columns``; ``corner`` says what the rows are."""
        self.corner, self.columns, self.rows = corner, columns, rows
        self.refresh()

    def numbers(self) -> Numbers:
        titles = (Title(self.corner, wide=True), *(Title(c, width=120) for c in self.columns))
        rows = tuple((r.name, *(Cell(a.text, a.value, tip=a.tip) for a in r.cells)) for r in self.rows)
        return Numbers(titles, rows, tuple(r.key for r in self.rows))

    def wanted_height(self) -> float:
        return theme.px(_AXIS) + theme.px(_ROW) * max(1, len(self.rows))

    def lay_out(self) -> list[Mark]:
        found = []
        for place, row in enumerate(self.rows):
            for number, cell in enumerate(row.cells):
                said = "\n".join(p for p in (row.name, self.columns[number], cell.text, cell.tip) if p)
                found.append(Mark(self._cell(place, number), said, row.key))
        return found

    def draw(self, painter: QPainter) -> None:
        for number, title in enumerate(self.columns):
            box = self._cell(0, number)
            head = QRectF(box.left(), 0, box.width(), theme.px(_AXIS - 4))
            painter.setFont(theme.font(0.8))
            painter.setPen(theme.colour("muted"))
            painter.drawText(head, int(paint.CENTRE) | int(paint.Qt.TextFlag.TextWordWrap), title)
        for place, row in enumerate(self.rows):
            top = theme.px(_AXIS) + place * theme.px(_ROW)
            name = QRectF(theme.px(4), top, self._name_width - theme.px(12), theme.px(_ROW))
            paint.write(painter, name, row.name)
            for number, cell in enumerate(row.cells):
                self._draw_cell(painter, self._cell(place, number), cell)

    def _draw_cell(self, painter: QPainter, rect: QRectF, cell: Answer) -> None:
        box = rect.adjusted(theme.px(2), theme.px(2), -theme.px(2), -theme.px(2))
        if cell.state:
            strip = QRectF(box.left(), box.top(), self._strip(box), box.height())
            painter.fillRect(box, theme.colour("sunken"))
            paint.fill_state(painter, strip, cell.state)
        text = box.adjusted(self._strip(box) + theme.px(2) if cell.state else 0, 0, 0, 0)
        token = "ink" if cell.state else "muted"
        said, bold = cell.text, cell.state == "lost"
        if cell.short and paint.text_width(said, 0.85, bold=bold) > text.width():
            said = cell.short
        paint.write(painter, text, said, token=token, size=0.85, bold=bold)

    @staticmethod
    def _strip(box: QRectF) -> float:
        return min(theme.px(8), box.width() * 0.15)

    @property
    def _name_width(self) -> float:
        return float(min(theme.px(_NAME), self.width() * 0.34))

    def _cell(self, row: int, column: int) -> QRectF:
        width = (self.width() - self._name_width) / max(1, len(self.columns))
        top = theme.px(_AXIS) + row * theme.px(_ROW)
        return QRectF(self._name_width + column * width, top, width, theme.px(_ROW))
