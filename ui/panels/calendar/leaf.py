"""How one day of the month is painted: number, closed bank day, start of the outage, leaf of a pay day."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from continuity.words import _, current
from ui.charts import paint
from ui.charts.bars import Bar, draw_bar
from ui.panels.calendar.days import Day
from ui.runs import said
from ui.shown import name_of
from ui.theme import theme
from ui.theme.icons import paint_glyph

_Index = QModelIndex | QPersistentModelIndex
DAY_ROLE = Qt.ItemDataRole.UserRole + 2
_SATURDAY = 5


class LeafDelegate(QStyledItemDelegate):
    """Paints the days of a month view."""

    def __init__(self, view: QObject) -> None:
        super().__init__(view)
        self.view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        day = index.data(DAY_ROLE)
        if not isinstance(day, Day):
            return
        rect = QRectF(option.rect)
        model = index.model()
        inside = day.date.replace(day=1) == model.month
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, rect, day, inside=inside)
        start = model.start if model.start is not None and model.start.date() == day.date else None
        self._head(painter, rect, day, inside=inside, start=current().time(start) if start else "")
        if day.pay:
            organisation = model.calendar.organisation
            largest = sorted(day.pay, key=lambda p: -p.payees)
            names = [name_of(organisation.get(p.stream)) for p in largest]
            self._leaf(painter, rect, day, list(dict.fromkeys(names)), faint=not inside)
        if option.state & QStyle.StateFlag.State_Selected:
            self._frame(painter, rect, focused=bool(option.state & QStyle.StateFlag.State_HasFocus))
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRectF, day: Day, *, inside: bool) -> None:
        shut = day.date.weekday() >= _SATURDAY or day.closed
        token = "sunken" if shut else "raised" if inside else "surface"
        painter.fillRect(rect, theme.colour(token))
        if day.closed:
            paint.hatch(painter, rect, theme.colour("line"), 8, 1)
        painter.setPen(paint.pen("line"))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _head(self, painter: QPainter, rect: QRectF, day: Day, *, inside: bool, start: str) -> None:
        line = QRectF(rect.left(), rect.top(), rect.width(), theme.px(22))
        line.adjust(theme.px(6), theme.px(2), -theme.px(4), 0)
        token = "ink" if inside else "muted"
        number = paint.write(painter, line, str(day.date.day), bold=inside, token=token)
        rest = line.adjusted(number + theme.px(6), 0, 0, 0)
        if start:
            glyph = QRectF(rest.left(), rest.top() + theme.px(3), theme.px(14), theme.px(14))
            paint_glyph(painter, glyph, "scenario", theme.colour("warn"))
            rest.adjust(theme.px(17), 0, 0, 0)
            paint.write(painter, rest, start, token="warn", size=0.85, bold=True)
        elif day.closed:
            paint.write(painter, rest, day.closed, token="muted", size=0.8)
        if len(day.pay) > 1:
            count = _("{count} streams", count=len(day.pay))
            if paint.text_width(count, 0.8) < rest.width() - (theme.px(58) if start else 0):
                paint.write(painter, rest, count, token="muted", side=paint.RIGHT, size=0.8)

    def _leaf(self, painter: QPainter, rect: QRectF, day: Day, names: list[str], *, faint: bool) -> None:
        leaf = rect.adjusted(theme.px(4), theme.px(22), -theme.px(5), -theme.px(4))
        if faint:
            painter.setOpacity(0.5)
        painter.setPen(paint.pen("pay"))
        painter.setBrush(theme.colour("surface" if theme.tokens.dark else "raised"))
        painter.drawRoundedRect(leaf, theme.px(3), theme.px(3))
        painter.fillRect(QRectF(leaf.left(), leaf.top(), leaf.width(), theme.px(3)), theme.colour("pay"))
        inner = leaf.adjusted(theme.px(5), theme.px(4), -theme.px(4), -theme.px(2))
        if day.share is not None:
            inner = self._verdict(painter, inner, day)
        self._lines(painter, inner, day, names)
        painter.setOpacity(1.0)

    def _verdict(self, painter: QPainter, inner: QRectF, day: Day) -> QRectF:
        """Paint share on time as bar and words at the foot; return the room above."""
        assert day.share is not None
        height = theme.px(7)
        bar = QRectF(inner.left(), inner.bottom() - height, inner.width(), height)
        draw_bar(painter, bar, Bar(day.share, token="full", rest=True))
        top = max(inner.top(), bar.top() - theme.px(17))
        text = QRectF(inner.left(), top, inner.width(), bar.top() - top)
        tone = {"full": "full", "reduced": "ink", "lost": "breach"}[day.state]
        paint.write(painter, text, verdict(day), size=0.85, bold=True, token=tone)
        return QRectF(inner.left(), inner.top(), inner.width(), text.top() - inner.top())

    def _lines(self, painter: QPainter, inner: QRectF, day: Day, names: list[str]) -> None:
        height = theme.px(16)
        room = int((inner.height() + theme.px(2)) // height)
        total = f"{said.people(day.payees)} · {said.amount(day.sek, day.payees)}"
        if day.computed:
            total += " ≈"
        lines = [(name, "ink") for name in names[: max(0, room - 1)]]
        lines.append((total, "muted"))
        for place, (text, token) in enumerate(lines[:room]):
            line = QRectF(inner.left(), inner.top() + place * height, inner.width(), height)
            paint.write(painter, line, text, token=token, size=0.82)

    def _frame(self, painter: QPainter, rect: QRectF, *, focused: bool) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(paint.pen("accent", 3 if focused else 2))
        painter.drawRoundedRect(rect.adjusted(1.5, 1.5, -2, -2), theme.px(3), theme.px(3))


def verdict(day: Day) -> str:
    """Return how a day goes in the run, in two or three words."""
    match day.state:
        case "full":
            return _("all on time")
        case "lost":
            return _("nobody on time")
        case "reduced":
            return _("{share} on time", share=current().percent(day.share or 0))
    return ""
