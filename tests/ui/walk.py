"""Everything that a window shows or says, as (where, text)."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTabBar,
    QTableView,
    QWidget,
)


def texts(root: QWidget) -> Iterator[tuple[str, str]]:
    """Yield every word of ``root``: labels, buttons, menus, headings, cells, names for screen readers."""
    for widget in [root, *root.findChildren(QWidget)]:
        if isinstance(widget, QLabel) and widget.isHidden():
            continue  # a note that is not shown keeps what it said last
        where = f"{type(widget).__name__} {widget.objectName()}".strip()
        for text in _of(widget):
            if text.strip():
                yield where, plain(text)
    for action in root.findChildren(QAction):
        yield "QAction", plain(action.text())


def plain(text: str) -> str:
    """Return ``text`` without the marks of keys and menus."""
    return text.replace("&", "").split("\t")[0].replace("\u00a0", " ").removesuffix(" *").strip()


def _of(widget: QWidget) -> Iterator[str]:
    yield widget.toolTip()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QLineEdit():
            yield widget.placeholderText()
        case QComboBox():
            yield from (widget.itemText(place) for place in range(widget.count()))
        case QTabBar():
            yield from (widget.tabText(place) for place in range(widget.count()))
        case QMenu():
            yield widget.title()
        case QAbstractItemView():
            yield from _of_model(widget)


def _of_model(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    if model is None:
        return
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    if isinstance(view, QTableView):
        for column in range(columns):
            yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
    for row in range(min(model.rowCount(), 30)):
        for column in range(columns):
            yield str(model.index(row, column).data() or "")
