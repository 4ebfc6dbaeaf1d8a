"""The calendar of harm: a month in which each day says what an event that begins on it would do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from continuity.model.local_time import DAY
from continuity.words import _, current
from ui.charts import paint
from ui.charts.chart import Chart, Mark
from ui.charts.numbers import Cell, Numbers, Title
from ui.theme import theme
from ui.theme.colour import mix

_HEAD, _ROW = 24, 64
_WEEK = 7
_MONDAY = dt.date(2024, 1, 1)
_DARK = 0.7  # share of the scale from which letters are light


@dataclass(frozen=True, slots=True)
class HarmDay:
    """One day to begin on: how bad (0-1 of the worst), in words, and the rest for the table."""

    date: dt.date
    share: float
    unpaid: str  # people in need unpaid, short
    unpaid_mean: float
    interval: str
    wait: str
    wait_days: float
    on_time: str
    on_time_share: float
    pay: bool = False  # money is paid on that day


class HarmCalendar(Chart):
    """Weeks as rows; the darker and fuller a day, the more people in need wait if it begins then."""

    def __init__(self) -> None:
        super().__init__()
        self.days: tuple[HarmDay, ...] = ()
        self.worst = ""

    def show_days(self, days: tuple[HarmDay, ...]) -> None:
        """Show the days of a month."""
        self.days = days
        worst = max(days, key=lambda d: d.share, default=None)
        self.worst = worst.date.isoformat() if worst is not None and worst.share > 0 else ""
        self.refresh()

    def numbers(self) -> Numbers:
        words = current()
        titles = (
            Title(_("Begins"), width=150), Title(_("People in need unpaid"), True, 150),
            Title(_("95 % interval"), True, 190), Title(_("Longest wait"), True, 110),
            Title(_("Payees paid on time"), True, 140),
        )  # fmt: skip
        rows = tuple(
            (
                Cell(words.date(d.date, "short"), d.date.toordinal()), Cell(d.unpaid, d.unpaid_mean),
                Cell(d.interval, d.unpaid_mean), Cell(d.wait, d.wait_days), Cell(d.on_time, d.on_time_share),
            )
            for d in self.days
        )  # fmt: skip
        return Numbers(titles, rows, tuple(d.date.isoformat() for d in self.days))

    def wanted_height(self) -> float:
        return theme.px(_HEAD) + theme.px(_ROW) * max(1, self._weeks())

    def lay_out(self) -> list[Mark]:
        return [Mark(self._place(d.date), _tip(d), d.date.isoformat()) for d in self.days]

    def draw(self, painter: QPainter) -> None:
        words, width = current(), self.width() / _WEEK
        for column in range(_WEEK):
            name = words.date(_MONDAY + column * DAY, "full").split()[0].removesuffix(",")
            box = QRectF(column * width, 0, width, theme.px(_HEAD))
            paint.write(painter, box, name, token="muted", side=paint.CENTRE, size=0.85)
        for mark, day in zip(self.marks, self.days, strict=True):
            self._day(painter, mark.rect, day)

    # --- parts ---------------------------------------------------------------------------------

    def _first(self) -> int:
        return self.days[0].date.weekday() if self.days else 0

    def _weeks(self) -> int:
        return -(-(self._first() + len(self.days)) // _WEEK)

    def _place(self, date: dt.date) -> QRectF:
        row, column = divmod(self._first() + date.day - 1, _WEEK)
        width, height = self.width() / _WEEK, theme.px(_ROW)
        box = QRectF(column * width, theme.px(_HEAD) + row * height, width, height)
        return box.adjusted(theme.px(2), theme.px(2), -theme.px(2), -theme.px(2))

    def _day(self, painter: QPainter, rect: QRectF, day: HarmDay) -> None:
        full, empty = theme.colour("breach"), theme.colour("raised")
        painter.fillRect(rect, QColor(mix(empty.name(), full.name(), 0.85 * day.share)))
        painter.setPen(paint.pen("breach" if day.date.isoformat() == self.worst else "line", 1))
        painter.drawRect(rect)
        # The height of the bar says the same as the colour.
        bar = QRectF(rect.left(), rect.bottom() - rect.height() * day.share, theme.px(5), 0)
        bar.setBottom(rect.bottom())
        painter.fillRect(bar, full)
        token = "on_accent" if day.share >= _DARK else "ink"
        inner = rect.adjusted(theme.px(10), theme.px(4), -theme.px(6), -theme.px(4))
        upper = QRectF(inner.left(), inner.top(), inner.width(), theme.px(20))
        if day.pay:
            side = theme.px(22)
            paint.tile(painter, QRectF(inner.left(), inner.top(), side, theme.px(20)), str(day.date.day))
        else:
            paint.write(painter, upper, str(day.date.day), token=token)
        lower = QRectF(inner.left(), inner.bottom() - theme.px(22), inner.width(), theme.px(22))
        bold = day.date.isoformat() == self.worst
        paint.write(painter, lower, day.unpaid, token=token, side=paint.RIGHT, bold=bold)


def _tip(day: HarmDay) -> str:
    return "\n".join(
        (
            _("If it begins on {date}", date=current().date(day.date, "full")),
            _("{people} people in need unpaid ({interval})", people=day.unpaid, interval=day.interval),
            _("Longest wait: {wait}", wait=day.wait),
            _("{share} of the payees paid on time", share=day.on_time),
        )
    )
