"""Differences of two runs on the same draws, each with its interval, against the line of no difference."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from continuity.words import _
from ui.charts import paint
from ui.charts.chart import Chart, Mark
from ui.charts.numbers import Cell, Numbers, Title
from ui.theme import theme

_ROW = 52


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure's difference: with minus without. ``good``: +1 where more is better, -1 where less is."""

    name: str
    mean: float
    low: float
    high: float
    text: str  # the mean in words: "612 000 fewer people"
    interval: str  # "95 %: 580 000 to 640 000 fewer"
    good: int

    @property
    def verdict(self) -> str:
        """``better``, ``worse`` or ``unsure`` (the interval holds no difference)."""
        if self.low <= 0 <= self.high:
            return "unsure"
        return "better" if self.mean * self.good > 0 else "worse"


VERDICTS = {"better": "full", "worse": "breach", "unsure": "unknown"}


class DifferenceChart(Chart):
    """One row per figure, each on its own scale; better to the right, worse to the left."""

    def __init__(self) -> None:
        super().__init__()
        self.differences: tuple[Difference, ...] = ()

    def show_differences(self, differences: tuple[Difference, ...]) -> None:
        """Show ``differences`` in order."""
        self.differences = differences
        self.refresh()

    def numbers(self) -> Numbers:
        titles = (
            Title(_("Figure"), wide=True), Title(_("Difference"), True, 190),
            Title(_("95 % interval"), True, 250), Title(_("Verdict"), width=110),
        )  # fmt: skip
        rows = tuple(
            (d.name, Cell(d.text, d.mean), d.interval, _verdict_word(d.verdict)) for d in self.differences
        )
        return Numbers(titles, rows)

    def wanted_height(self) -> float:
        return theme.px(26) + theme.px(_ROW) * max(1, len(self.differences))

    def lay_out(self) -> list[Mark]:
        top, height = theme.px(26), theme.px(_ROW)
        return [
            Mark(
                QRectF(0, top + place * height, self.width(), height),
                "\n".join((d.name, d.text, d.interval, _verdict_word(d.verdict))),
            )
            for place, d in enumerate(self.differences)
        ]

    def draw(self, painter: QPainter) -> None:
        if not self.differences:
            return
        left, right = min(theme.px(330), self.width() * 0.46), self.width() - theme.px(8)
        middle = (left + right) / 2
        head = QRectF(left, 0, right - left, theme.px(24))
        paint.write(painter, head, "← " + _("worse"), token="muted", size=0.85)
        paint.write(painter, head, _("better") + " →", token="muted", side=paint.RIGHT, size=0.85)
        for mark, difference in zip(self.marks, self.differences, strict=True):
            self._row(painter, mark.rect, difference, middle, (right - left) / 2 * 0.92)
        painter.setPen(paint.pen("border"))
        painter.drawLine(QPointF(middle, theme.px(22)), QPointF(middle, self.height()))

    def _row(self, painter: QPainter, rect: QRectF, d: Difference, middle: float, reach: float) -> None:
        width = middle - reach / 0.92 - theme.px(12)
        upper = QRectF(theme.px(4), rect.top() + theme.px(4), width, theme.px(20))
        lower = QRectF(theme.px(4), rect.top() + theme.px(25), width, theme.px(18))
        paint.write(painter, upper, d.name)
        paint.write(painter, lower, f"{d.text} · {d.interval}", token="muted", size=0.85)
        furthest = max(abs(d.low), abs(d.high), abs(d.mean), 1e-12)
        y = rect.center().y()
        colour = VERDICTS[d.verdict]
        mean, low, high = (middle + reach * d.good * v / furthest for v in (d.mean, d.low, d.high))
        bar = QRectF(min(middle, mean), y - theme.px(6), abs(mean - middle), theme.px(12))
        painter.fillRect(bar, theme.colour("raised"))
        if d.verdict == "better":
            painter.fillRect(bar, theme.colour(colour))
        else:
            paint.hatch(painter, bar, theme.colour(colour), 5, 2)
        for token, wide in (("raised", 3.5), ("ink", 1.6)):
            painter.setPen(paint.pen(token, wide))
            painter.drawLine(QPointF(low, y), QPointF(high, y))
            for x in (low, high):
                painter.drawLine(QPointF(x, y - theme.px(4)), QPointF(x, y + theme.px(4)))
        painter.setPen(paint.pen("line"))
        painter.drawLine(QPointF(0, rect.bottom()), QPointF(rect.right(), rect.bottom()))


def _verdict_word(verdict: str) -> str:
    match verdict:
        case "better":
            return _("better")
        case "worse":
            return _("worse")
        case _:
            return _("no sure difference")
