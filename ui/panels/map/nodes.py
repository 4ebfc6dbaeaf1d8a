"""Elements and payment streams as they look on the map."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QGraphicsItem, QGraphicsSceneHoverEvent, QStyleOptionGraphicsItem, QWidget

from continuity import places
from continuity.model.fields import specs
from continuity.model.kinds import Element, Function, StaffGroup, Stream, kind_of
from continuity.words import _, current, ngettext
from ui.panels.map import shapes
from ui.picker import icon_of
from ui.shown import name_of
from ui.theme import level_colour, theme
from ui.theme.colour import mix
from ui.theme.icons import paint_glyph

_OUTLINES = {kind: shapes.outline(kind) for kind in ("function", "resource", "staff_group")}
_HEAVY = shapes.heavy_edge()
_BADGE = 11.0  # radius of a mark at the corner
_ROOM = shapes.PORT * 2 + 2
_BOUNDS = shapes.BODY.adjusted(-_ROOM, -_BADGE, _ROOM, _BADGE)
_TEXT_LEFT, _LINE_HEIGHT = 36.0, 15.5
_FULL = 1000
_PALE = 0.28  # opacity of what is not in focus


_TILE_BOUNDS = shapes.TILE.adjusted(-3, -3, 3, 3)


def font_of(pixels: float, *, bold: bool = False) -> QFont:
    """Return the one typeface in a size of the drawing."""
    font = QFont(places.FONT_FAMILY)
    font.setPixelSize(round(pixels))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


def lines_of(text: str, font: QFont, width: float, most: int = 2) -> list[str]:
    """Return ``text`` broken into at most ``most`` lines of ``width``, the last one elided."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    starts: list[tuple[int, int]] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        starts.append((line.textStart(), line.textLength()))
    layout.endLayout()
    metrics = QFontMetricsF(font)
    found = [text[start : start + length].strip() for start, length in starts[:most]]
    if len(starts) > most:
        found[-1] = text[starts[most - 1][0] :]
    return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in found]


def paint_lines(painter: QPainter, left: float, lines: list[str], *, bold: bool) -> None:
    """Paint ``lines`` of a name around the middle of an item, in the pen in force."""
    painter.setFont(font_of(13, bold=bold))
    top = -_LINE_HEIGHT * len(lines) / 2
    for place, line in enumerate(lines):
        rect = QRectF(left, top + place * _LINE_HEIGHT, shapes.WIDTH, _LINE_HEIGHT)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), line)


class MapItem(QGraphicsItem):
    """What elements and streams have in common: chosen, pale, under the pointer."""

    def __init__(self, id_: str) -> None:
        super().__init__()
        self.id = id_
        self.hovered = self.wanted = self.refused = self.pale = False
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsSelectable)
        self.setAcceptHoverEvents(True)
        self.setZValue(2)

    def step_back(self, painter: QPainter) -> None:
        """Paint faintly while something else is in focus; the scene paints all anew when that changes."""
        painter.setOpacity(_PALE if self.pale else 1.0)

    def mark(self, *, wanted: bool = False, refused: bool = False) -> None:
        """Show whether a line being drawn may end here."""
        if (self.wanted, self.refused) != (wanted, refused):
            self.wanted, self.refused = wanted, refused
            self.update()

    def tip(self) -> str:
        """Return the tool tip."""
        return ""

    def remarks(self) -> list[str]:
        """Return what else there is to say of it."""
        return []

    def body(self) -> QRectF:
        """Return the shape's rectangle around its centre."""
        return shapes.BODY

    def hoverEnterEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self.setToolTip(self.tip())
        self.hovered = True
        self.update()

    def hoverLeaveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self.hovered = False
        self.update()

    def port(self, *, out: bool) -> QPointF:
        """Return the scene place where lines leave (right) or arrive (left)."""
        half = self.body().width() / 2
        return self.pos() + QPointF(half if out else -half, 0)

    def _rim(self) -> QPen:
        if self.refused:
            return QPen(theme.colour("warn"), 2.5, Qt.PenStyle.DotLine)
        if self.isSelected() or self.wanted:
            return QPen(theme.colour("accent"), 2.5)
        return QPen(theme.colour("accent" if self.hovered else "border"), 1.2)


class NodeItem(MapItem):
    """One element; its place is its centre."""

    def __init__(self, element: Element) -> None:
        super().__init__(element.id)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsMovable)
        self.element = element
        self.weak = 0  # functions and streams that fall with it
        self.cyclic = False
        self.level: int | None = None  # while a run is stepped through
        self._lines: list[str] = []
        self._note = ""
        self.show_element(element)

    def show_element(self, element: Element) -> None:
        """Take over what ``element`` says now."""
        self.element = element
        self.kind = kind_of(element).name
        self._bold = isinstance(element, Function)
        self._note = current().number(element.headcount) if isinstance(element, StaffGroup) else ""
        self._lines = []  # broken when first painted: seen from far off, names are not
        self.update()

    def mark_up(self, weak: int, *, cyclic: bool) -> None:
        """Show how much falls with it alone, and whether it is part of a cycle."""
        if (weak, cyclic) != (self.weak, self.cyclic):
            self.weak, self.cyclic = weak, cyclic
            self.update()

    def show_level(self, level: int | None) -> None:
        """Show the level that it has in the run stepped through; None: no run is."""
        if level != self.level:
            self.level = level
            self.update()

    def port_at(self, point: QPointF) -> str:
        """Return "out", "in" or "" for a place in item coordinates."""
        near = shapes.PORT * 2.2
        for name, x in (("out", shapes.WIDTH / 2), ("in", -shapes.WIDTH / 2)):
            if abs(point.x() - x) <= near and abs(point.y()) <= near:
                return name
        return ""

    def boundingRect(self) -> QRectF:
        return _BOUNDS

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        path.addRect(self.boundingRect() if self.hovered or self.isSelected() else shapes.BODY)
        return path

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scale = option.levelOfDetailFromTransform(painter.worldTransform())
        tokens = theme.tokens
        self.step_back(painter)
        pen = self._rim()
        if not self.element.in_use:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(self._ground(scale))
        painter.drawPath(_OUTLINES[self.kind])
        if self.kind == "function":
            painter.fillPath(_HEAVY, theme.colour("function"))
        if scale >= shapes.SIGNS_FROM:
            self._paint_words(painter, scale, tokens.ink if self.element.in_use else tokens.muted)
        if (self.hovered or self.isSelected()) and scale >= shapes.NAMES_FROM:
            self._paint_ports(painter)
        self._paint_marks(painter, scale)

    def _paint_marks(self, painter: QPainter, scale: float) -> None:
        """Paint what is highlighted as badges on the upper edge: shape and figure, not colour alone."""
        right = shapes.BODY.right() - 12
        if self.level is not None and self.level < _FULL:
            self._paint_level(painter, scale)
        if self.weak:
            rect = QRectF(right - 2 * _BADGE, shapes.BODY.top() - _BADGE, 2 * _BADGE + 8, 2 * _BADGE - 4)
            painter.setPen(QPen(theme.colour("raised"), 1.5))
            painter.setBrush(theme.colour("warn"))
            painter.drawRoundedRect(rect, 3, 3)
            if scale >= shapes.NAMES_FROM:
                painter.setPen(theme.colour("raised"))
                painter.setFont(font_of(12, bold=True))
                painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), current().number(self.weak))
            right -= 2 * _BADGE + 14
        if self.cyclic:
            rect = QRectF(right - 2 * _BADGE + 6, shapes.BODY.top() - _BADGE, 2 * _BADGE - 2, 2 * _BADGE - 2)
            painter.setPen(QPen(theme.colour("warn"), 1.5))
            painter.setBrush(theme.colour("raised"))
            painter.drawEllipse(rect)
            if scale >= shapes.SIGNS_FROM:
                paint_glyph(painter, rect.adjusted(3, 3, -3, -3), "cycle", theme.colour("warn"))

    def _paint_level(self, painter: QPainter, scale: float) -> None:
        """Paint the level as a figure on a badge at the left, so that it is not told by colour alone."""
        rect = QRectF(shapes.BODY.left() + 8, shapes.BODY.top() - _BADGE, 4 * _BADGE, 2 * _BADGE - 2)
        painter.setPen(QPen(theme.colour("raised"), 1.5))
        painter.setBrush(theme.colour("lost" if not self.level else "reduced"))
        painter.drawRoundedRect(rect, 3, 3)
        if scale >= shapes.SIGNS_FROM:
            painter.setPen(theme.colour("raised"))
            painter.setFont(font_of(12, bold=True))
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), current().level(self.level or 0))

    def _ground(self, scale: float) -> QColor:
        """Return the ground; seen from far off, kinds differ by tint as well as by shape."""
        if self.level is not None and (self.level < _FULL or not self.isSelected()):
            part = 0.2 if self.level >= _FULL else 0.62
            return QColor(mix(theme.tokens.raised, level_colour(self.level), part))
        if self.isSelected():
            return theme.colour("chosen")
        if not self.element.in_use:
            return theme.colour("surface")
        if scale >= shapes.NAMES_FROM:
            return theme.colour("raised")
        tint = {"function": theme.tokens.function, "staff_group": theme.tokens.staff}.get(self.kind)
        return QColor(mix(theme.tokens.raised, tint or theme.tokens.muted, 0.55 if tint else 0.18))

    def _paint_words(self, painter: QPainter, scale: float, ink: str) -> None:
        token = {"function": "function", "staff_group": "staff"}.get(self.kind, "muted")
        if scale < shapes.NAMES_FROM:
            paint_glyph(painter, QRectF(-18, -18, 36, 36), icon_of(self.element), theme.colour(token))
            return
        left = shapes.BODY.left() + (12 if self.kind == "function" else 10)
        paint_glyph(painter, QRectF(left, -9, 18, 18), icon_of(self.element), theme.colour(token))
        if not self._lines:
            room = shapes.WIDTH - _TEXT_LEFT - (34.0 if self._note else 10.0)
            self._lines = lines_of(name_of(self.element), font_of(13, bold=self._bold), room)
        painter.setPen(ink)
        paint_lines(painter, shapes.BODY.left() + _TEXT_LEFT, self._lines, bold=self._bold)
        if self._note:
            painter.setPen(theme.colour("staff"))
            painter.setFont(font_of(13, bold=True))
            rect = QRectF(shapes.BODY.right() - 46, -10, 34, 20)
            painter.drawText(
                rect, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self._note
            )

    def _paint_ports(self, painter: QPainter) -> None:
        painter.setPen(QPen(theme.colour("accent"), 1.5))
        painter.setBrush(theme.colour("raised"))
        for x in (-shapes.WIDTH / 2, shapes.WIDTH / 2):
            painter.drawEllipse(QPointF(x, 0), shapes.PORT, shapes.PORT)

    def tip(self) -> str:
        """Return name, kind, code, and whether it takes part."""
        element = self.element
        return "\n".join((name_of(element), f"{_(kind_of(element).label)} {element.code}", *self.remarks()))

    def remarks(self) -> list[str]:
        """Return what else there is to say of it: state and highlights in words."""
        parts = []
        if not self.element.in_use:
            parts.append(_("Not in use"))
        if self.level is not None:
            parts.append(_("Level in the run now: {level}", level=current().level(self.level)))
        if self.weak:
            parts.append(
                ngettext("{n} thing falls with it alone", "{n} things fall with it alone", self.weak)
            )
        if self.cyclic:
            parts.append(_("Part of a cycle"))
        return parts


class TileItem(MapItem):
    """One payment stream as a leaf of a calendar: the day, and what is paid."""

    def __init__(self, stream: Stream) -> None:
        super().__init__(stream.id)
        self.show_stream(stream)

    def show_stream(self, stream: Stream) -> None:
        """Take over what ``stream`` says now."""
        self.stream = stream
        days = sorted({day.day for day in stream.pay_days})
        self._day = str(days[0]) if len(days) == 1 else f"{days[0]}–{days[-1]}" if days else "?"
        self._lines = lines_of(name_of(stream), font_of(13, bold=True), shapes.TILE_WIDTH - 62)
        self.update()

    def tip(self) -> str:
        """Return name, kind, code, and for whom the money is."""
        stream = self.stream
        livelihood = specs(Stream)["livelihood"].choice_label(stream.livelihood)
        return f"{name_of(stream)}\n{_(kind_of(stream).label)} {stream.code}\n{_(livelihood)}"

    def body(self) -> QRectF:
        return shapes.TILE

    def boundingRect(self) -> QRectF:
        return _TILE_BOUNDS

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scale = option.levelOfDetailFromTransform(painter.worldTransform())
        self.step_back(painter)
        painter.setPen(self._rim())
        painter.setBrush(theme.colour("chosen" if self.isSelected() else "raised"))
        painter.drawRoundedRect(shapes.TILE, 4, 4)
        leaf = QRectF(shapes.TILE.left(), shapes.TILE.top(), 48, shapes.TILE_HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("pay"))
        painter.drawRoundedRect(QRectF(leaf.left(), leaf.top(), 48, 14), 3, 3)
        if scale < shapes.SIGNS_FROM:
            return
        painter.setPen(mix(theme.tokens.pay, theme.tokens.ink, 0.2))
        painter.setFont(font_of(20 if len(self._day) < 3 else 14, bold=True))
        painter.drawText(leaf.adjusted(0, 12, 0, 0), int(Qt.AlignmentFlag.AlignCenter), self._day)
        if scale >= shapes.NAMES_FROM:
            painter.setPen(theme.tokens.ink)
            paint_lines(painter, leaf.right() + 8, self._lines, bold=True)
