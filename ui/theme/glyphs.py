"""Icons as small files, for the places where a stylesheet asks for an image."""

from __future__ import annotations

import hashlib

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from continuity import places
from ui.theme.icons import paint_glyph

_PIXELS = 64


def drawn(name: str, colour: str) -> str:
    """Return the path of an image of the icon; it is kept in the cache folder."""
    folder = places.cache_dir() / "glyphs"
    folder.mkdir(exist_ok=True)
    path = folder / f"{hashlib.sha256(f'{name}{colour}'.encode()).hexdigest()[:16]}.png"
    if not path.exists():
        pixmap = QPixmap(_PIXELS, _PIXELS)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_glyph(painter, QRectF(0, 0, _PIXELS, _PIXELS), name, QColor(colour))
        painter.end()
        pixmap.save(str(path), "PNG")
    return path.as_posix()
