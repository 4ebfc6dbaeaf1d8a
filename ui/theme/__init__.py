"""The look: named tokens, palette, stylesheet, typeface and icons."""

from ui.theme.theme import Theme, theme
from ui.theme.tokens import GRID, THEMES, Tokens, level_colour

__all__ = ["GRID", "THEMES", "Theme", "Tokens", "level_colour", "theme"]
