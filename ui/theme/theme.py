"""The one theme of the running window: tokens, zoom, palette and stylesheet."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette, QPixmapCache
from PySide6.QtWidgets import QApplication

from continuity import places
from ui.theme.style import stylesheet
from ui.theme.tokens import GRID, THEMES, Tokens

ZOOMS = (80, 90, 100, 110, 125, 150, 175, 200)
_TEXT_PIXELS = 14


class Theme(QObject):
    """Tokens and sizes in force; :attr:`changed` says that everything is to be painted anew."""

    changing = Signal()  # what can be made anew quickly had better be gone: each widget costs time
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens: Tokens = THEMES["light"]
        self.zoom = 100

    def colour(self, token: str) -> QColor:
        """Return the colour called ``token`` (a field of :class:`Tokens`)."""
        return QColor(getattr(self.tokens, token))

    def px(self, pixels: float) -> int:
        """Return ``pixels`` of the drawing at the zoom in force."""
        return max(1, round(pixels * self.zoom / 100))

    def grid(self, steps: float = 1) -> int:
        """Return ``steps`` of the 8-pixel grid at the zoom in force."""
        return self.px(GRID * steps)

    def font(self, size: float = 1.0, *, bold: bool = False) -> QFont:
        """Return the one typeface, ``size`` times as large as running text."""
        font = QFont(places.FONT_FAMILY)
        font.setPixelSize(self.px(_TEXT_PIXELS * size))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def use(self, name: str | None = None, zoom: int | None = None) -> None:
        """Change theme, zoom or both, and repaint the whole program."""
        self.tokens = THEMES.get(name or "", self.tokens)
        self.zoom = zoom or self.zoom
        self.apply()

    def apply(self) -> None:
        """Give font, palette and stylesheet to the application."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.changing.emit()
        QPixmapCache.clear()
        app.setFont(self.font())
        app.setPalette(_palette(self.tokens))
        app.setStyleSheet(stylesheet(self.tokens, self.px))
        self.changed.emit()


theme = Theme()


def load_fonts() -> None:
    """Register the program's own typeface with Qt."""
    for path in places.fonts().values():
        QFontDatabase.addApplicationFont(str(path))


def _palette(tokens: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    every = {
        role.Window: tokens.surface, role.WindowText: tokens.ink, role.Base: tokens.raised,
        role.AlternateBase: tokens.surface, role.Text: tokens.ink, role.Button: tokens.raised,
        role.ButtonText: tokens.ink, role.BrightText: tokens.breach, role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent, role.Link: tokens.accent, role.LinkVisited: tokens.accent,
        role.ToolTipBase: tokens.ink, role.ToolTipText: tokens.raised, role.PlaceholderText: tokens.muted,
        role.Light: tokens.raised, role.Midlight: tokens.surface, role.Mid: tokens.line,
        role.Dark: tokens.border, role.Shadow: tokens.line, role.Accent: tokens.accent,
    }  # fmt: skip
    for one, colour in every.items():
        palette.setColor(one, QColor(colour))
    for one in (role.Text, role.ButtonText, role.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(tokens.muted))
    return palette
