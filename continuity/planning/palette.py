"""Colours of plans and pictures: the window's light and dark themes, on white paper."""

from __future__ import annotations

from typing import Final

LIGHT: Final[dict[str, str]] = {
    "paper": "#ffffff", "raised": "#f5f4ef", "ink": "#1a232c", "muted": "#535e69", "line": "#dad7cc",
    "accent": "#14597d", "warn": "#8f4a00", "breach": "#b3201b",
    "full": "#2c7a69", "reduced": "#a87213", "lost": "#4f2440", "unknown": "#7b7f86",
    "function": "#14597d", "staff": "#5c6b2f", "pay": "#7a4a1c", "edge": "#6f7a82",
}  # fmt: skip

DARK: Final[dict[str, str]] = {
    "paper": "#161d24", "raised": "#1e2730", "ink": "#e7e6e0", "muted": "#a3adb6", "line": "#2e3943",
    "accent": "#74b8d8", "warn": "#f0a860", "breach": "#ff7b6e",
    "full": "#58b39c", "reduced": "#d9a441", "lost": "#c490b4", "unknown": "#8f979f",
    "function": "#74b8d8", "staff": "#a9bb6c", "pay": "#d5a06a", "edge": "#7d8b97",
}  # fmt: skip
