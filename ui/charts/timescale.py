"""Minutes after the start against places on the screen, and the dates along the axis."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from continuity.model.local_time import DAY, DAY_MINUTES, local_minute, local_time
from continuity.words import current
from ui.charts import paint
from ui.theme import theme

_STEPS = (1, 2, 7, 14, 28, 56)


@dataclass(frozen=True, slots=True)
class PayMark:
    """Pay days on one date of the axis."""

    minute: int
    label: str


@dataclass(frozen=True, slots=True)
class TimeScale:
    """``minutes`` from ``start`` (UTC) between ``left`` and ``right`` (real pixels)."""

    start: dt.datetime
    minutes: int
    left: float
    right: float

    def x(self, minute: float) -> float:
        """Return where ``minute`` is."""
        part = min(1.0, max(0.0, minute / max(1, self.minutes)))
        return self.left + (self.right - self.left) * part

    def minute(self, x: float) -> int:
        """Return the minute at ``x``."""
        part = (x - self.left) / max(1.0, self.right - self.left)
        return round(min(1.0, max(0.0, part)) * self.minutes)

    def ticks(self, room: float) -> list[tuple[int, dt.date]]:
        """Return local midnights as (minute, date), at least ``room`` pixels between them."""
        days = max(1, self.minutes / DAY_MINUTES)
        each = (self.right - self.left) / days
        step = next((s for s in _STEPS if s * each >= room), _STEPS[-1])
        first = local_time(self.start, 0).date() + DAY
        found = []
        for number in range(0, int(days) + 1, step):
            day = first + number * DAY
            minute = local_minute(self.start, day, 0)
            if minute <= self.minutes:
                found.append((minute, day))
        return found


def date_label(day: dt.date) -> str:
    """Return a short date for an axis: ``25 feb.``."""
    return " ".join(current().date(day, "medium").split()[:-1])


def draw_axis(painter: QPainter, scale: TimeScale, top: float, bottom: float) -> None:
    """Write the dates between ``top`` and ``bottom``, each with its tick at the bottom."""
    room = paint.text_width("00 mmm.", 0.85) + theme.px(14)
    width = room - theme.px(6)
    for minute, day in scale.ticks(room):
        x = scale.x(minute)
        painter.setPen(paint.pen("border"))
        painter.drawLine(round(x), round(bottom - theme.px(4)), round(x), round(bottom))
        if x + width / 2 <= scale.right + theme.px(4):
            rect = QRectF(x - width / 2, top, width, bottom - top - theme.px(4))
            paint.write(painter, rect, date_label(day), token="muted", side=paint.CENTRE, size=0.85)


def draw_pay_tiles(
    painter: QPainter, scale: TimeScale, marks: tuple[PayMark, ...], top: float, height: float
) -> None:
    """Draw the pay days as calendar tiles, as many as have room."""
    free = scale.left - theme.px(10)
    for mark in marks:
        if mark.minute > scale.minutes:
            break
        width = paint.text_width(mark.label, 0.8) + theme.px(8)
        x = scale.x(mark.minute) - width / 2
        if x < free or x + width > scale.right + theme.px(10):
            continue
        paint.tile(painter, QRectF(x, top, width, height), mark.label)
        free = x + width + theme.px(2)


def draw_pay_lines(
    painter: QPainter, scale: TimeScale, marks: tuple[PayMark, ...], top: float, bottom: float
) -> None:
    """Draw a thin line for each pay day."""
    painter.setPen(paint.pen("pay", 1, dash=(1, 3)))
    for mark in marks:
        if mark.minute > scale.minutes:
            break
        x = round(scale.x(mark.minute)) + 0.5
        painter.drawLine(round(x), round(top), round(x), round(bottom))
