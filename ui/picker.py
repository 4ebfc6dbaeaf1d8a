"""A small list that opens where one stands: type to narrow, Enter to choose, Esc to leave."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from continuity.model.kinds import Record, Resource, kind_of
from continuity.words import _, current
from ui.shown import name_of
from ui.theme import theme
from ui.theme.icons import icon

_Index = QModelIndex | QPersistentModelIndex
_DETAIL = Qt.ItemDataRole.UserRole + 1
_SHOWN = 400  # rows that anyone reads before typing another letter


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to choose: ``key`` is handed back, ``detail`` stands muted at the right."""

    key: str
    text: str
    detail: str = ""
    icon: str = ""


def icon_of(record: Record) -> str:
    """Return the name of the icon of ``record``: its category's, else its kind's."""
    return record.category if isinstance(record, Resource) else kind_of(record).name


def items_of(records: Iterable[Record]) -> list[Item]:
    """Return ``records`` to choose among, sorted by name as the language does."""
    found = [Item(r.id, name_of(r), r.code, icon_of(r)) for r in records]
    return sorted(found, key=lambda item: current().sort_key(item.text))


class ItemList(QAbstractListModel):
    """Items whose text or detail holds every word asked for."""

    def __init__(self, items: Iterable[Item], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = tuple(items)
        self._folded = [f"{item.text} {item.detail}".casefold() for item in self._all]
        self.items: list[Item] = list(self._all[:_SHOWN])

    def narrow(self, text: str) -> None:
        """Keep the items that hold every word of ``text``; those that begin with it come first."""
        words = text.casefold().split()
        found = [
            item
            for item, folded in zip(self._all, self._folded, strict=True)
            if all(word in folded for word in words)
        ]
        start = text.casefold().strip()
        found.sort(key=lambda i: not (i.text.casefold().startswith(start) or i.detail.casefold() == start))
        self.beginResetModel()
        self.items = found[:_SHOWN]
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        item = self.items[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return item.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{item.text}, {item.detail}" if item.detail else item.text
            case Qt.ItemDataRole.DecorationRole if item.icon:
                return icon(item.icon, "muted")
            case _ if role == _DETAIL:
                return item.detail
        return None


class _Row(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        self.initStyleOption(option, index)
        detail = index.data(_DETAIL) or ""
        metrics = QFontMetrics(option.font)
        width = metrics.horizontalAdvance(detail) + theme.grid(1) if detail else 0
        option.text = metrics.elidedText(
            option.text, Qt.TextElideMode.ElideRight, option.rect.width() - width - theme.grid(5)
        )
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        if detail:
            painter.save()
            painter.setPen(theme.colour("muted"))
            place = QRect(option.rect).adjusted(0, 0, -theme.grid(1), 0)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, int(flags), detail)
            painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(size.height(), theme.px(26)))


class Picker(QFrame):
    """The list itself. It gives its answer once, to ``chosen``, and goes."""

    chosen = Signal(str)

    def __init__(self, items: Iterable[Item], parent: QWidget, *, prompt: str = "") -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.model = ItemList(items, self)
        self.field = QLineEdit()
        self.field.setPlaceholderText(prompt or _("Type to search"))
        self.field.setAccessibleName(prompt or _("Search"))
        self.field.setClearButtonEnabled(True)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Row(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(_("Found"))
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * [theme.grid(0.5)])
        column.setSpacing(theme.grid(0.5))
        column.addWidget(self.field)
        column.addWidget(self.view)
        self.field.textChanged.connect(self._narrow)
        self.field.installEventFilter(self)
        self.view.clicked.connect(self._take)
        self._narrow("")

    def open_at(self, place: QPoint, width: int) -> None:
        """Open with the upper left corner at ``place`` (global), kept on the screen."""
        self.resize(max(width, theme.px(280)), theme.px(320))
        area = self.screen().availableGeometry()
        x = min(max(area.left(), place.x()), area.right() - self.width())
        y = min(max(area.top(), place.y()), area.bottom() - self.height())
        self.move(x, y)
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.view.currentIndex())
                return True
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
                self.view.event(event)
                return True
        return False

    def _narrow(self, text: str) -> None:
        self.model.narrow(text)
        self.view.setCurrentIndex(self.model.index(0))

    def _take(self, index: QModelIndex) -> None:
        if index.isValid():
            key = self.model.items[index.row()].key
            self.close()
            self.chosen.emit(key)


def pick(
    items: Iterable[Item],
    over: QWidget,
    chosen: Callable[[str], object],
    *,
    prompt: str = "",
    width: int = 0,
) -> Picker:
    """Open a picker under the widget ``over``; ``chosen(key)`` is called if something is chosen."""
    picker = Picker(items, over, prompt=prompt)
    picker.chosen.connect(chosen)
    picker.open_at(over.mapToGlobal(over.rect().bottomLeft()), max(over.width(), theme.px(width)))
    return picker
