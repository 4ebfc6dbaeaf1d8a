"""The map for screen readers: the view lists its elements, each with name, kind, needs and state."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QWindow
from PySide6.QtWidgets import QGraphicsView
from shiboken6 import isValid

from continuity.model.kinds import kind_of
from continuity.words import _, ngettext
from ui.panels.map.frames import GroupItem
from ui.panels.map.nodes import MapItem, NodeItem, TileItem
from ui.shown import name_of

_views: dict[int, MapInterface] = {}
_retired: list[QAccessibleInterface] = []
_installed = False


def describe(view: QGraphicsView) -> None:
    """Let screen readers see the elements of ``view``."""
    global _installed
    if not _installed:
        QAccessible.installFactory(_factory)
        _installed = True
    key = id(view)
    _views[key] = MapInterface(view)
    view.destroyed.connect(lambda: _retire(key))


def _retire(key: int) -> None:
    # Qt keeps what it has been given and deletes it after this: what Python freed would be freed twice.
    gone = _views.pop(key, None)
    if gone is not None:
        gone.retire()
        _retired.append(gone)


def _factory(_name: str, thing: Any) -> QAccessibleInterface | None:
    return _views.get(id(thing))


class _Described(QAccessibleInterface):
    """What list and entries have in common."""

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        return None

    def setText(self, which: QAccessible.Text, text: str) -> None:
        return None

    def backgroundColor(self) -> QColor:
        return QColor()

    def foregroundColor(self) -> QColor:
        return QColor()

    def focusChild(self) -> QAccessibleInterface | None:
        return None

    def relations(self, match: Any = None) -> list[Any]:
        return []


class MapInterface(_Described):
    """The list of everything on the map."""

    def __init__(self, view: QGraphicsView) -> None:
        super().__init__()
        self.view: QGraphicsView | None = view
        self._entries: dict[str, EntryInterface] = {}

    def retire(self) -> None:
        """Let go of everything; the view is no more."""
        self.view = None
        for entry in self._entries.values():
            entry.item = None  # type: ignore[assignment]
        _retired.extend(self._entries.values())
        self._entries.clear()

    def isValid(self) -> bool:
        return self.view is not None

    def object(self) -> Any:
        return self.view

    def window(self) -> QWindow | None:
        return self.view.window().windowHandle()

    def rect(self) -> QRect:
        return QRect(self.view.mapToGlobal(self.view.rect().topLeft()), self.view.size())

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.List

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.focusable = True
        state.focused = self.view.hasFocus()
        return state

    def text(self, which: QAccessible.Text) -> str:
        if which == QAccessible.Text.Name:
            return self.view.accessibleName()
        if which == QAccessible.Text.Description:
            return ngettext("{n} element", "{n} elements", len(self._items()))
        return ""

    def parent(self) -> QAccessibleInterface | None:
        parent = self.view.parentWidget()
        return QAccessible.queryAccessibleInterface(parent) if parent is not None else None

    def childCount(self) -> int:
        return len(self._items())

    def child(self, index: int) -> QAccessibleInterface | None:
        items = self._items()
        return self.entry(items[index]) if 0 <= index < len(items) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        ids = [item.id for item in self._items()]
        return ids.index(child.id) if isinstance(child, EntryInterface) and child.id in ids else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        point = self.view.mapToScene(self.view.mapFromGlobal(self.rect().topLeft().__class__(x, y)))
        for item in self.view.scene().items(point):
            if isinstance(item, MapItem):
                return self.entry(item)
        return None

    def entry(self, item: MapItem) -> EntryInterface:
        """Return the interface of one element; it is kept, as Qt asks for the same one again."""
        held = self._entries.get(item.id)
        if held is None or held.item is not item:
            if held is not None:
                _retired.append(held)
            held = self._entries[item.id] = EntryInterface(self, item)
        return held

    def _items(self) -> list[MapItem]:
        scene: Any = self.view.scene()
        return list(scene.shapes().values()) if scene is not None else []


class EntryInterface(_Described):
    """One element or pay day."""

    def __init__(self, map_: MapInterface, item: MapItem) -> None:
        super().__init__()
        self.map, self.item, self.id = map_, item, item.id

    def isValid(self) -> bool:
        return self.map.isValid() and isValid(self.item) and self.item.scene() is not None

    def object(self) -> Any:
        return None

    def window(self) -> QWindow | None:
        return self.map.window()

    def rect(self) -> QRect:
        view = self.map.view
        inside = view.mapFromScene(self.item.sceneBoundingRect()).boundingRect()
        return QRect(view.viewport().mapToGlobal(inside.topLeft()), inside.size())

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.selectable = state.focusable = True
        state.selected = self.item.isSelected()
        state.focused = self.item.isSelected() and self.map.view.hasFocus()
        return state

    def text(self, which: QAccessible.Text) -> str:
        record: Any = None
        if isinstance(self.item, GroupItem):
            return _of_group(self.item, which)
        if isinstance(self.item, NodeItem):
            record = self.item.element
        elif isinstance(self.item, TileItem):
            record = self.item.stream
        if record is None:
            return ""
        if which == QAccessible.Text.Name:
            return f"{name_of(record)}, {_(kind_of(record).label)}"
        if which == QAccessible.Text.Description:
            scene: Any = self.map.view.scene()
            links = scene.links.values()
            needs = len({link.need for link in links if link.dependent == self.id})
            used = sum(link.supplier == self.id for link in links)
            parts = (
                ngettext("needs {n} thing", "needs {n} things", needs),
                ngettext("needed by {n}", "needed by {n}", used),
                *self.item.remarks(),
            )
            return ", ".join(parts)
        return ""

    def parent(self) -> QAccessibleInterface | None:
        return self.map

    def childCount(self) -> int:
        return 0

    def child(self, index: int) -> QAccessibleInterface | None:
        return None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1


def _of_group(item: GroupItem, which: QAccessible.Text) -> str:
    if which == QAccessible.Text.Name:
        return _("{name}, group", name=item.box.label)
    if which == QAccessible.Text.Description:
        count = ngettext("{n} element", "{n} elements", len(item.box.members))
        return ", ".join((count, _("folded") if item.box.folded else _("unfolded")))
    return ""
