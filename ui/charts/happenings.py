"""The events of a scenario on a time line: when each begins, how long it lasts at least and at most."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from continuity.words import _, current
from ui.charts import paint
from ui.charts.chart import Chart, Mark
from ui.charts.numbers import Cell, Numbers, Title
from ui.theme import theme

_ROW, _AXIS = 46, 26
_UNITS = (60, 180, 360, 720, 1440, 2880, 4320, 10080, 20160, 40320)


@dataclass(frozen=True, slots=True)
class Happening:
    """One event. Minutes after minute 0; ``low`` to ``high`` is how long it lasts, ``likely`` in between."""

    key: str
    name: str
    start: int
    low: int
    likely: int
    high: int
    depth: int  # level that remains
    hits: int
    said: str  # what is hit, in short
    how_long: str  # the duration law in words
    chance: float = 1.0
    repeats: tuple[int, int] = (0, 1)  # every so many minutes, so many times
    after: str = ""  # "after the end of …", where it waits for another
    own_law: bool = False  # each element's own repair time
    offset: int = 0  # minutes after what it waits for, or after the start


class HappeningChart(Chart):
    """A row per event: solid to the shortest, hatched to the likely, thin to the longest duration."""

    def __init__(self) -> None:
        super().__init__()
        self.happenings: tuple[Happening, ...] = ()
        self.end = 1440
        self.chosen_key = ""

    def show_happenings(self, happenings: tuple[Happening, ...], end: int) -> None:
        """Show ``happenings`` on a line of ``end`` minutes (cut where nothing happens any more)."""
        last = max((h.start + h.high + h.repeats[0] * (h.repeats[1] - 1) for h in happenings), default=1440)
        self.happenings, self.end = happenings, max(1440, min(end, round(last * 1.06)))
        self.refresh()

    def mark_key(self, key: str) -> None:
        """Show that the event ``key`` is the chosen one."""
        self.chosen_key = key
        self.update()

    def numbers(self) -> Numbers:
        words = current()
        titles = (
            Title(_("Event"), wide=True), Title(_("Begins"), True, 130), Title(_("Lasts"), width=220),
            Title(_("Level left"), True, 90), Title(_("Probability"), True, 100), Title(_("Hits"), True, 60),
        )  # fmt: skip
        rows = tuple(
            (
                h.name, Cell(_begins(h), h.start), Cell(h.how_long, h.likely),
                Cell(words.level(h.depth), h.depth), Cell(words.percent(h.chance), h.chance),
                Cell(words.number(h.hits), h.hits),
            )
            for h in self.happenings
        )  # fmt: skip
        return Numbers(titles, rows, tuple(h.key for h in self.happenings))

    def wanted_height(self) -> float:
        return theme.px(_AXIS) + theme.px(_ROW) * max(1, len(self.happenings))

    def lay_out(self) -> list[Mark]:
        height = theme.px(_ROW)
        return [
            Mark(QRectF(0, theme.px(_AXIS) + place * height, self.width(), height), _tip(h), h.key)
            for place, h in enumerate(self.happenings)
        ]

    def draw(self, painter: QPainter) -> None:
        if not self.happenings:
            return
        self._axis(painter)
        for mark, happening in zip(self.marks, self.happenings, strict=True):
            self._row(painter, mark.rect, happening)

    # --- parts ---------------------------------------------------------------------------------

    def _left(self) -> float:
        return min(theme.px(300), self.width() * 0.44)

    def _x(self, minute: float) -> float:
        left = self._left() + theme.px(8)
        return left + (self.width() - theme.px(12) - left) * min(1.0, minute / self.end)

    def _axis(self, painter: QPainter) -> None:
        words = current()
        room = theme.px(52)
        each = (self._x(self.end) - self._x(0)) / self.end
        step = next((u for u in _UNITS if u * each >= room), _UNITS[-1])
        for minute in range(0, self.end + 1, step):
            x = self._x(minute)
            painter.setPen(paint.pen("line"))
            painter.drawLine(QPointF(x, theme.px(_AXIS - 4)), QPointF(x, self.height()))
            label = words.duration(minute) if minute else _("Start")
            half = min(room / 2, self.width() - x)
            box = QRectF(x - half, 0, 2 * half, theme.px(_AXIS - 6))
            paint.write(painter, box, label, token="muted", side=paint.CENTRE, size=0.85)

    def _row(self, painter: QPainter, rect: QRectF, h: Happening) -> None:
        if h.key == self.chosen_key:
            painter.fillRect(rect, theme.colour("chosen"))
        width = self._left() - theme.px(8)
        upper = QRectF(theme.px(6), rect.top() + theme.px(3), width, theme.px(20))
        lower = QRectF(theme.px(6), rect.top() + theme.px(23), width, theme.px(18))
        paint.write(painter, upper, h.name)
        left = _("{level} left", level=current().level(h.depth))
        paint.write(painter, lower, f"{left} · {h.said}", token="muted", size=0.85)
        every, times = h.repeats
        for number in range(times):
            start = h.start + every * number
            if start > self.end or number > 200:
                break
            self._bar(painter, rect, h, start)
        painter.setPen(paint.pen("line"))
        painter.drawLine(QPointF(0, rect.bottom()), QPointF(rect.right(), rect.bottom()))

    def _bar(self, painter: QPainter, rect: QRectF, h: Happening, start: int) -> None:
        y, height = rect.center().y(), theme.px(16)
        x0, low, likely, high = (self._x(start + m) for m in (0, h.low, h.likely, h.high))
        likely, high = max(likely, x0 + theme.px(3)), max(high, x0 + theme.px(3))
        deep = 1 - h.depth / 1000
        solid = QRectF(x0, y - height / 2, max(theme.px(3), low - x0), height)
        open_ = QRectF(solid.right(), solid.top(), max(0.0, likely - solid.right()), height)
        token = "lost" if deep >= 0.5 else "reduced"
        painter.setPen(paint.pen(token, 1.4))
        painter.drawLine(QPointF(x0, y), QPointF(high, y))
        painter.drawLine(QPointF(high, y - theme.px(5)), QPointF(high, y + theme.px(5)))
        painter.fillRect(open_, theme.colour("raised"))
        paint.hatch(painter, open_, theme.colour(token), 4.5, 1.8)
        painter.setPen(paint.pen(token))
        painter.drawRect(open_)
        painter.fillRect(solid, theme.colour(token))
        if h.chance < 1:
            painter.setPen(paint.pen("raised", 2, dash=(2, 2)))
            painter.drawLine(QPointF(solid.left(), y), QPointF(solid.right(), y))


def _begins(h: Happening) -> str:
    at = _("after {time}", time=current().duration(h.start)) if h.start else _("at the start")
    return f"{at} ({h.after})" if h.after else at


def _tip(h: Happening) -> str:
    words = current()
    lines = [
        h.name,
        _("Begins {when}", when=_begins(h)),
        h.how_long,
        _("Level that remains: {level}", level=words.level(h.depth)),
        h.said,
    ]
    if h.chance < 1:
        lines.append(_("Happens in {share} of the runs", share=words.percent(h.chance)))
    if h.repeats[1] > 1:
        lines.append(
            _("Repeats every {time}, {times} times", time=words.duration(h.repeats[0]), times=h.repeats[1])
        )
    return "\n".join(lines)
