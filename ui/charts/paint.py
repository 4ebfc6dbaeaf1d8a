"""Brush strokes that all charts share: states by colour and pattern, text that fits, tiles of pay days."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from ui.theme import level_colour, theme

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


def pen(token: str, width: float = 1.0, *, dash: Iterable[float] = (), strength: float = 1.0) -> QPen:
    """Return a pen in the colour ``token``, ``width`` pixels of the drawing wide; dashes in widths."""
    colour = theme.colour(token)
    colour.setAlphaF(strength)
    made = QPen(colour, theme.zoom / 100 * width)
    made.setCapStyle(Qt.PenCapStyle.FlatCap)
    if pattern := list(dash):
        made.setDashPattern(pattern)
    return made


def write(
    painter: QPainter,
    rect: QRectF,
    text: str,
    *,
    token: str = "ink",
    side: Qt.AlignmentFlag = LEFT,
    size: float = 1.0,
    bold: bool = False,
) -> float:
    """Write ``text`` in one line in ``rect``, shortened where it does not fit; return its width."""
    font = theme.font(size, bold=bold)
    metrics = QFontMetricsF(font)
    short = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() + 0.5)
    painter.setFont(font)
    painter.setPen(theme.colour(token))
    painter.drawText(rect, int(side), short)
    return metrics.horizontalAdvance(short)


def text_width(text: str, size: float = 1.0, *, bold: bool = False) -> float:
    """Return how wide ``text`` is in the one typeface."""
    return QFontMetricsF(theme.font(size, bold=bold)).horizontalAdvance(text)


def line_height(size: float = 1.0) -> float:
    """Return the height of a line of text."""
    return QFontMetricsF(theme.font(size)).height()


def hatch(painter: QPainter, rect: QRectF, colour: QColor, gap: float = 5.0, width: float = 1.4) -> None:
    """Draw slanting lines over ``rect``, so that it can be told without colour."""
    if rect.width() <= 0 or rect.height() <= 0:
        return
    step = theme.zoom / 100 * gap
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(colour, theme.zoom / 100 * width))
    # Lines stand on a common raster, so that neighbouring pieces of one state join.
    x = (rect.left() - rect.height()) // step * step
    while x < rect.right() + rect.height():
        painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()))
        x += step
    painter.restore()


def dots(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """Draw a raster of dots over ``rect``: not known."""
    step = theme.zoom / 100 * 5
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    made = QPen(colour, theme.zoom / 100 * 1.6)
    made.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(made)
    y = rect.top() + step / 2
    while y < rect.bottom():
        x = rect.left() + step / 2
        while x < rect.right():
            painter.drawPoint(QPointF(x, y))
            x += step
        y += step
    painter.restore()


def state_of(level: int, least: int) -> str:
    """Return ``full``, ``reduced`` or ``lost`` (below the lowest acceptable level)."""
    return "lost" if level < least else "full" if level >= 1000 else "reduced"


def fill_state(painter: QPainter, rect: QRectF, state: str) -> None:
    """Fill ``rect`` as a state is shown: full plain, reduced hatched, lost solid, unknown dotted."""
    colour = theme.colour(state)
    if state in ("full", "lost"):
        painter.fillRect(rect, colour)
        return
    painter.fillRect(rect, theme.colour("raised"))
    if state == "reduced":
        hatch(painter, rect, colour, 4.5, 2.2)
    else:
        dots(painter, rect, colour)


def fill_level(painter: QPainter, rect: QRectF, level: int, least: int) -> None:
    """Fill ``rect`` with the colour of a level; below the lowest acceptable one it is hatched too."""
    painter.fillRect(rect, QColor(level_colour(level)))
    if level < least:
        hatch(painter, rect, QColor("#ffffff"), 5, 1.1)


def tile(painter: QPainter, rect: QRectF, text: str, *, size: float = 0.8) -> None:
    """Draw the calendar tile of a pay day: a leaf with a bar at its top."""
    radius = theme.px(2)
    painter.setPen(pen("pay"))
    painter.setBrush(theme.colour("raised"))
    painter.drawRoundedRect(rect, radius, radius)
    painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), theme.px(3)), theme.colour("pay"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    write(painter, rect.adjusted(0, theme.px(2), 0, 0), text, side=CENTRE, size=size)


def focus_frame(painter: QPainter, rect: QRectF) -> None:
    """Draw the frame of what has the keyboard."""
    painter.setPen(pen("accent", 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), theme.px(3), theme.px(3))


def font(size: float = 1.0, *, bold: bool = False) -> QFont:
    """Return the one typeface."""
    return theme.font(size, bold=bold)
