"""Thirteen months in a row: where one is, and how each month goes in the run."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from continuity.words import _, current
from ui.charts import paint
from ui.charts.bars import Bar, draw_bar
from ui.charts.chart import Chart, Mark
from ui.charts.numbers import Cell, Numbers, Title
from ui.theme import theme

_HEIGHT = 42


class MonthStrip(Chart):
    """``chosen`` gives the ISO date of the first day of the month pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.months: list[tuple[dt.date, float | None]] = []
        self.month = dt.date(2024, 1, 1)

    def show_months(self, months: list[tuple[dt.date, float | None]], month: dt.date) -> None:
        """Show ``months`` with the share on time of each (None: not in the run), ``month`` in view."""
        self.months, self.month = months, month
        self.current = next((i for i, (one, _share) in enumerate(months) if one == month), -1)
        self.setAccessibleName(_("Thirteen months"))
        self.refresh()

    def numbers(self) -> Numbers:
        titles = (Title(_("Month"), wide=True), Title(_("Paid on time"), True, 120))
        rows = tuple(
            (_month(month, long=True), Cell("" if share is None else current().percent(share), share))
            for month, share in self.months
        )
        return Numbers(titles, rows)

    def wanted_height(self) -> float:
        return theme.px(_HEIGHT)

    def lay_out(self) -> list[Mark]:
        width = self.width() / max(1, len(self.months))
        return [
            Mark(QRectF(place * width, 0, width, self.height()), self._tip(month, share), month.isoformat())
            for place, (month, share) in enumerate(self.months)
        ]

    def _tip(self, month: dt.date, share: float | None) -> str:
        name = _month(month, long=True)
        if share is None:
            return name
        paid = _("{share} of the payees paid on time", share=current().percent(share))
        return f"{name}\n{paid}"

    def draw(self, painter: QPainter) -> None:
        for mark, (month, share) in zip(self.marks, self.months, strict=True):
            here = month == self.month
            rect = mark.rect.adjusted(1, 1, -1, -1)
            painter.fillRect(rect, theme.colour("chosen" if here else "sunken"))
            text = QRectF(rect.left(), rect.top(), rect.width(), theme.px(20))
            paint.write(painter, text, _month(month, long=False), side=paint.CENTRE, size=0.85, bold=here)
            if month.month == 1 or month == self.months[0][0]:
                year = QRectF(rect.left(), rect.top() + theme.px(17), rect.width(), theme.px(13))
                paint.write(painter, year, str(month.year), token="muted", side=paint.CENTRE, size=0.72)
            if share is not None:
                height = theme.px(6)
                bar = QRectF(rect.left(), rect.bottom() - height - theme.px(3), rect.width(), height)
                draw_bar(painter, bar.adjusted(theme.px(6), 0, -theme.px(6), 0), Bar(share, rest=True))
            if here:
                foot = QRectF(rect.left(), rect.bottom() - theme.px(2), rect.width(), theme.px(2))
                painter.fillRect(foot, theme.colour("accent"))


def _month(month: dt.date, *, long: bool) -> str:
    words = current()
    if long:
        return " ".join(words.date(month, "long").split()[1:])
    return words.date(month, "medium").split()[1].rstrip(".")
