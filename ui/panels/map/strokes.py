"""How lines are painted: single curves from near, a few lists of straight lines from far off."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from ui.panels.map import shapes
from ui.panels.map.links import Link
from ui.theme import theme
from ui.theme.colour import mix

if TYPE_CHECKING:
    from ui.panels.map.lines import Lines

_JOINT = 3.5  # radius of the joint where lines of one need meet
_ROUGH_FROM = 250  # lines beyond which motion shows them roughly
_THICK_FROM = 1.4  # scale from which lines grow; below it the thinnest pen is much quicker
_FAR_MOST = 5_000  # lines that can be told from a grey mass


def paint_lines(painter: QPainter, lines: Lines, seen: QRectF, scale: float) -> None:
    """Paint the part ``seen`` of ``lines``."""
    shown = lines.within(seen)
    plain = [i for i in shown if i not in lines.marked and not lines.is_strong(i)]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    rough = lines.rough and len(plain) > _ROUGH_FROM
    if scale < shapes.SIGNS_FROM or (rough and scale < shapes.NAMES_FROM):
        _paint_straight(painter, lines, plain)
    else:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not rough)
        _paint_plain(painter, lines, plain, 1.0 if scale > _THICK_FROM and not rough else 0.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for id_ in shown:
        if id_ in lines.marked or lines.is_strong(id_):
            _paint_one(painter, lines, lines.links[id_])
    if scale >= shapes.NAMES_FROM and not rough:
        _paint_joints(painter, lines, shown)


def _paint_straight(painter: QPainter, lines: Lines, ids: list[str]) -> None:
    some = ids[:: -(-len(ids) // _FAR_MOST)] if ids else []
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(_pen(_faint(lines), 0.0))
    painter.drawLines([lines.straight(i) for i in some])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _paint_plain(painter: QPainter, lines: Lines, ids: list[str], width: float) -> None:
    plain, standby = QPainterPath(), QPainterPath()
    for id_ in ids:
        link = lines.links[id_]
        if link.weight > 1:
            painter.setPen(_pen(_faint(lines), _width_of(link)))
            painter.drawPath(lines.curve(id_))
        else:
            (standby if link.standby else plain).addPath(lines.curve(id_))
    painter.setPen(_pen(_faint(lines), width))
    painter.drawPath(plain)
    painter.setPen(_pen(_faint(lines), max(1.0, width), standby=True))
    painter.drawPath(standby)


def _paint_one(painter: QPainter, lines: Lines, link: Link) -> None:
    width = 3.0 if link.id == lines.chosen else max(1.8, _width_of(link))
    marked = link.id in lines.marked and link.id != lines.chosen
    colour = theme.colour("warn" if marked else "accent")
    if marked and lines.strong and link.id not in lines.strong:
        colour.setAlphaF(0.3)
    painter.setPen(_pen(colour, width, standby=link.standby))
    painter.drawPath(lines.curve(link.id))


def _paint_joints(painter: QPainter, lines: Lines, shown: list[str]) -> None:
    """Paint where several lines meet in one need: full for all, a ring for some, a half for a share."""
    for id_ in shown:
        at = lines.joints.get(id_)
        if at is None:
            continue
        link, strong = lines.links[id_], lines.is_strong(id_)
        colour = theme.colour("accent" if strong else "edge")
        colour.setAlphaF(0.25 if lines.pale and not strong else 1.0)
        spot = QRectF(at.x() - _JOINT, at.y() - _JOINT, 2 * _JOINT, 2 * _JOINT)
        painter.setPen(QPen(colour, 1.4))
        painter.setBrush(colour if link.joint == "all" else theme.colour("surface"))
        painter.drawEllipse(spot)
        if link.joint == "share":
            painter.setBrush(colour)
            painter.drawPie(spot, 90 * 16, 180 * 16)


def _strength(lines: Lines) -> float:
    plain, pale = (0.8, 0.3) if theme.tokens.name == "contrast" else (0.55, 0.12)
    return pale if lines.pale else plain


def _faint(lines: Lines) -> QColor:
    """Return the colour of what does not stand out: mixed, for see-through lines take ten times as long."""
    return QColor(mix(theme.tokens.surface, theme.tokens.edge, _strength(lines)))


def _pen(colour: QColor, width: float, *, standby: bool = False) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if standby:
        pen.setDashPattern([5.0, 4.0])
    return pen


def _width_of(link: Link) -> float:
    """Return how thick a line is: thicker the more it stands for."""
    return 1.0 + min(5.0, math.log2(link.weight)) if link.weight > 1 else 1.0
