"""What a stylesheet cannot reach: icons as large as the text beside them, labels that give way."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QSizePolicy, QWidget

from ui.theme import theme

_TEXT_ICON = 16


def fit_icons(root: QWidget) -> None:
    """Give the icon of every push button below ``root`` the size of the zoom in force."""
    size = QSize(theme.px(_TEXT_ICON), theme.px(_TEXT_ICON))
    for button in root.findChildren(QPushButton):
        if not button.icon().isNull() and button.iconSize() != size:
            button.setIconSize(size)


def yielding(label: QLabel) -> QLabel:
    """Let ``label`` wrap and never ask for more width than there is; its text can be marked and copied."""
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def scrolled(widget: QWidget) -> QScrollArea:
    """Return ``widget`` in an area that scrolls upright where it has not the height it needs."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(widget)
    return area
