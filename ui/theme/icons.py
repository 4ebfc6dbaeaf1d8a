"""One icon set (Phosphor), painted in the colours of the theme in force at the moment of painting."""

from __future__ import annotations

from functools import cache

import qtawesome
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap

_SET = "ph"

#: The program's words for its icons, and what the set calls them.
ICONS: dict[str, str] = {
    "map": "share-network", "table": "table", "results": "chart-line", "calendar": "calendar-check",
    "scenarios": "lightning", "measures": "shield-check", "plans": "book-open",
    "impact": "grid-four", "start": "house", "situation": "bell-ringing",
    "add": "plus", "remove": "trash", "close": "x", "undo": "arrow-u-up-left", "redo": "arrow-u-up-right",
    "find": "magnifying-glass", "save": "floppy-disk", "open": "folder-open", "new": "file-plus",
    "duplicate": "copy", "cut": "scissors", "copy": "copy", "paste": "clipboard-text",
    "import": "download-simple", "export": "upload-simple", "settings": "gear", "help": "question",
    "zoom-in": "magnifying-glass-plus", "zoom-out": "magnifying-glass-minus", "fit": "corners-out",
    "layout": "tree-structure", "up": "caret-up", "down": "caret-down", "left": "caret-left",
    "right": "caret-right", "filter": "funnel", "edit": "pencil-simple", "more": "dots-three",
    "error": "x-circle", "warning": "warning", "hint": "info", "done": "check-circle", "check": "check",
    "play": "play", "stop": "stop", "pause": "pause", "skip": "skip-forward", "hold": "hand-palm",
    "screen": "projector-screen", "photo": "camera", "note": "note-pencil", "real": "bell-ringing",
    "compare": "scales", "print": "printer", "people": "users-three",
    "person": "user", "money": "coin", "bank": "bank", "clock": "clock", "language": "translate",
    "theme": "circle-half", "link": "arrow-right", "pin": "map-pin", "buffer": "battery-high",
    "standby": "battery-charging", "upstream": "arrow-left", "downstream": "arrow-right",
    "recent": "clock-counter-clockwise", "columns": "columns", "fill-down": "arrow-line-down",
    "replace": "swap", "signature": "pen-nib",
    "document": "file-text", "keyboard": "keyboard", "breach": "warning-octagon", "unknown": "question",
    "external": "arrow-square-out", "panel-right": "layout", "panel-bottom": "rows",
    # kinds
    "function": "target", "resource": "cube", "staff_group": "users-three", "site": "map-pin",
    "role": "identification-badge", "contact": "phone", "need": "arrow-elbow-down-right",
    "supply": "flow-arrow",
    "cycle": "arrows-clockwise", "stream": "calendar-check", "stage": "path", "fallback": "git-branch",
    "closed_day": "calendar-x", "scenario": "lightning", "event": "lightning-slash",
    "measure": "shield-check", "procedure": "clipboard-text", "step": "list-numbers", "gap": "flag",
    "plan": "book-open", "agency": "buildings", "view": "map-trifold",
    "weak": "link-break", "group": "folders", "fold": "arrows-in-simple",
    "unfold": "arrows-out-simple", "alone": "selection-background", "minimap": "picture-in-picture",
    "path-between": "path", "align": "align-left", "legend": "list-dashes", "waiver": "circle-wavy-check",
    "impact_scale": "ruler", "delegation": "arrows-left-right", "duty": "repeat",
    "exercise": "chalkboard-teacher", "objective": "crosshair", "inject": "envelope-simple-open",
    # categories of resources
    "ict": "desktop-tower", "information": "database", "premises": "buildings", "equipment": "wrench",
    "power": "lightning", "telecom": "broadcast", "utility": "drop", "transport": "truck",
    "finance": "bank", "supplier": "handshake",
}  # fmt: skip


@cache
def glyph(name: str) -> str:
    """Return the character of icon ``name`` (a key of ``ICONS`` or the set's own word)."""
    sign: str = qtawesome.charmap(f"{_SET}.{ICONS.get(name, name)}")
    return sign


def paint_glyph(painter: QPainter, rect: QRectF | QRect, name: str, colour: QColor) -> None:
    """Paint icon ``name`` into ``rect``."""
    sign = glyph(name)
    font = qtawesome.font(_SET, max(1, round(QRectF(rect).height())))
    painter.save()
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(QRectF(rect), int(Qt.AlignmentFlag.AlignCenter), sign)
    painter.restore()


class _Engine(QIconEngine):
    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self.name, self.token = name, token

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        from ui.theme.theme import theme

        token = "muted" if mode == QIcon.Mode.Disabled else self.token
        paint_glyph(painter, rect, self.name, theme.colour(token))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _Engine(self.name, self.token)


@cache
def icon(name: str, token: str = "ink") -> QIcon:
    """Return icon ``name`` (a key of ``ICONS``); it follows the theme in the colour ``token``."""
    return QIcon(_Engine(name, token))
