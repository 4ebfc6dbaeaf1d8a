"""The plans there are, in groups, with a field to search them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from continuity.words import _, current, ngettext
from ui.texts import Texts
from ui.theme import theme

_KEY = Qt.ItemDataRole.UserRole
_OPEN = 3  # groups that are open from the start


class Named(Protocol):
    """A plan that can be shown."""

    code: str
    group: str
    title: str
    what: str


class Score(Protocol):
    """How complete a plan is."""

    permille: int
    missing: tuple[object, ...]
    has_list: bool


class _Tree(QTreeWidget):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            item = self.currentItem()
            if item is not None and item.childCount():
                item.setExpanded(not item.isExpanded())
                return
        super().keyPressEvent(event)


class PlanNames(QWidget):
    """``chosen`` gives the code of a plan."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.texts = Texts()
        self._names: tuple[Named, ...] = ()
        self._quiet = False
        self.field, self.tree = QLineEdit(), _Tree()
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._narrow)
        self.tree.setHeaderHidden(True)
        self.tree.setColumnCount(2)
        head = self.tree.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.setIndentation(theme.px(14))
        self.tree.setUniformRowHeights(True)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.currentItemChanged.connect(self._on_current)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.grid(1), 0, 0)
        column.setSpacing(theme.grid(1))
        column.addWidget(self.field)
        column.addWidget(self.tree, 1)
        self.texts(self._say)

    @property
    def code(self) -> str:
        """The code of the plan chosen, or an empty text."""
        item = self.tree.currentItem()
        return item.data(0, _KEY) or "" if item else ""

    def show_names(self, names: Iterable[Named]) -> None:
        """Show ``names`` in their groups; what was chosen and what was open stays so."""
        before, opened = self.code, self._opened()
        self._names = tuple(names)
        self._quiet = True
        self.tree.clear()
        groups: dict[str, QTreeWidgetItem] = {}
        for name in self._names:
            if name.group not in groups:
                groups[name.group] = self._group(name.group)
            item = QTreeWidgetItem([name.title])
            item.setData(0, _KEY, name.code)
            item.setToolTip(0, f"{name.title}\n{name.what}" if name.what else name.title)
            groups[name.group].addChild(item)
        for place, (_name, group) in enumerate(groups.items()):
            count = group.childCount()
            group.setText(0, _("{group} ({count})", group=group.text(0), count=count))
            group.setExpanded(place in opened if opened is not None else place < _OPEN)
        self._quiet = False
        self._narrow(self.field.text())
        if not self.choose(before):
            self.choose(self._names[0].code if self._names else "")

    def show_scores(self, scores: Mapping[str, Score]) -> None:
        """Show beside each plan how complete it is: a share where it has a list, else what is missing."""
        for item in self._items():
            score = scores.get(item.data(0, _KEY))
            if score is None:
                continue
            missing = len(score.missing)
            share = current().percent(round(score.permille / 10) / 100) if score.has_list else ""
            item.setText(1, share or (f"–{missing}" if missing else ""))
            told = ngettext("{n} thing is missing", "{n} things are missing", missing) if missing else ""
            item.setToolTip(1, told)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setForeground(1, theme.colour("warn" if missing else "muted"))

    def choose(self, code: str) -> bool:
        """Choose a plan by its code; False where there is none such."""
        for item in self._items():
            if item.data(0, _KEY) == code and code:
                item.parent().setExpanded(True)
                self.tree.setCurrentItem(item)
                self.tree.scrollToItem(item)
                return True
        return False

    def first_with(self, part: str) -> str:
        """Return the code of the first plan whose code holds ``part``, or an empty text."""
        return next((name.code for name in self._names if part in name.code), "")

    def title(self, code: str) -> str:
        """Return the title of a plan."""
        return next((name.title for name in self._names if name.code == code), "")

    def _say(self) -> None:
        self.field.setPlaceholderText(_("Search plans"))
        self.field.setAccessibleName(_("Search plans"))
        self.tree.setAccessibleName(_("Plans"))

    def _group(self, title: str) -> QTreeWidgetItem:
        group = QTreeWidgetItem([title])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        group.setFont(0, theme.font(0.9, bold=True))
        self.tree.addTopLevelItem(group)
        return group

    def _groups(self) -> list[QTreeWidgetItem]:
        return [self.tree.topLevelItem(i) for i in range(self.tree.topLevelItemCount())]

    def _items(self) -> list[QTreeWidgetItem]:
        return [group.child(i) for group in self._groups() for i in range(group.childCount())]

    def _opened(self) -> set[int] | None:
        groups = self._groups()
        return {place for place, group in enumerate(groups) if group.isExpanded()} if groups else None

    def _narrow(self, text: str) -> None:
        words = text.casefold().split()
        for group in self._groups():
            seen = 0
            for place in range(group.childCount()):
                item = group.child(place)
                held = f"{item.toolTip(0)} {item.data(0, _KEY)}".casefold()
                fits = all(word in held for word in words)
                item.setHidden(not fits)
                seen += fits
            group.setHidden(not seen)
            if words and seen:
                group.setExpanded(True)

    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and item.data(0, _KEY) and not self._quiet:
            self.chosen.emit(item.data(0, _KEY))
