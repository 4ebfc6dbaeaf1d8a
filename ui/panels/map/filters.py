"""The filter of the map: what is ticked is shown; where nothing is ticked, nothing is left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
)

from continuity.model.kinds import KINDS, Site
from continuity.words import _, current
from ui.panels.map.looks import is_filtered, unfiltered, unit_of
from ui.theme import theme

if TYPE_CHECKING:
    from ui.panels.map.workspace import MapWorkspace

_TYPING = 200  # milliseconds
_KEY = Qt.ItemDataRole.UserRole


class FilterBox(QFrame):
    """Opens under its button; every tick is shown at once."""

    def __init__(self, workspace: MapWorkspace) -> None:
        super().__init__(workspace, Qt.WindowType.Popup)
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(_("Filter"))
        self.work = workspace
        self._boxes: dict[str, dict[str, QCheckBox]] = {}
        self._lists: dict[str, QListWidget] = {}
        self._typing = QTimer(self, singleShot=True, interval=_TYPING)
        self._typing.timeout.connect(self._apply)
        self._build()

    def open_under(self, place: QPoint) -> None:
        """Open with the upper left corner at ``place`` (global), kept on the screen."""
        self.adjustSize()
        area = self.screen().availableGeometry()
        x = min(max(area.left(), place.x()), area.right() - self.width())
        y = min(max(area.top(), place.y()), max(area.top(), area.bottom() - self.height()))
        self.move(x, y)
        self.show()
        self.words.setFocus(Qt.FocusReason.PopupFocusReason)

    # --- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        look = self.work.map.look
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * [theme.grid(1.5)])
        column.setSpacing(theme.grid(0.75))
        self.words = QLineEdit(look.words)
        self.words.setPlaceholderText(_("Words in the name or code"))
        self.words.setAccessibleName(_("Words in the name or code"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._typing.start)
        column.addWidget(self.words)
        view = KINDS["view"].specs
        self._ticks(column, "kinds", _("Kinds"), [(c, _(label)) for c, label in view["kinds"].choices])
        self._ticks(
            column, "categories", _("Categories"), [(c, _(label)) for c, label in view["categories"].choices]
        )
        lists = QHBoxLayout()
        for name, heading, items in self._free_choices():
            if items:
                lists.addLayout(self._list(name, heading, items))
        column.addLayout(lists)
        self.in_use = QCheckBox(_("Only what is in use"))
        self.in_use.setChecked(look.in_use_only)
        self.in_use.toggled.connect(self._apply)
        self.streams = QCheckBox(_("Show pay days"))
        self.streams.setChecked(look.streams)
        self.streams.toggled.connect(self._apply)
        column.addWidget(self.in_use)
        column.addWidget(self.streams)
        self.clear = QPushButton(_("Show everything"))
        self.clear.setEnabled(is_filtered(look))
        self.clear.clicked.connect(self._clear)
        column.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignRight)

    def _ticks(self, column: QVBoxLayout, name: str, heading: str, items: Iterable[tuple[str, str]]) -> None:
        column.addWidget(_heading(heading))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.grid(2))
        grid.setVerticalSpacing(0)
        held = getattr(self.work.map.look, name)
        self._boxes[name] = {}
        for place, (code, text) in enumerate(items):
            box = QCheckBox(text)
            box.setChecked(code in held)
            box.toggled.connect(self._apply)
            self._boxes[name][code] = box
            grid.addWidget(box, place // 2, place % 2)
        column.addLayout(grid)

    def _list(self, name: str, heading: str, items: list[tuple[str, str]]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.addWidget(_heading(heading))
        held = getattr(self.work.map.look, name)
        shown = QListWidget()
        shown.setProperty("role", "boxed")
        shown.setAccessibleName(heading)
        shown.setFixedHeight(theme.px(112))
        shown.setFixedWidth(theme.px(184))
        shown.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        shown.setTextElideMode(Qt.TextElideMode.ElideRight)
        for key, text in items:
            item = QListWidgetItem(text)
            item.setData(_KEY, key)
            item.setToolTip(text)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if key in held else Qt.CheckState.Unchecked)
            shown.addItem(item)
        shown.itemChanged.connect(lambda _item: self._apply())
        self._lists[name] = shown
        column.addWidget(shown)
        return column

    def _free_choices(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """Return the sites, units and tags there are."""
        organisation = self.work.map.organisation
        if organisation is None:
            return []
        elements = organisation.elements
        order = current().sort_key
        units = sorted({u for e in elements if (u := unit_of(organisation, e))}, key=order)
        tags = sorted({tag for e in elements for tag in e.tags}, key=order)
        sites = [(site.id, site.name) for site in organisation.all(Site)]
        return [
            ("sites", _("Sites"), sorted(sites, key=lambda pair: order(pair[1]))),
            ("units", _("Units"), [(unit, unit) for unit in units]),
            ("tags", _("Tags"), [(tag, tag) for tag in tags]),
        ]

    # --- following -----------------------------------------------------------------------------

    def _apply(self) -> None:
        self._typing.stop()
        values: dict[str, object] = {
            name: tuple(code for code, box in boxes.items() if box.isChecked())
            for name, boxes in self._boxes.items()
        }
        for name, shown in self._lists.items():
            items = [shown.item(row) for row in range(shown.count())]
            values[name] = tuple(i.data(_KEY) for i in items if i.checkState() is Qt.CheckState.Checked)
        values["words"] = self.words.text().strip()
        values["in_use_only"] = self.in_use.isChecked()
        values["streams"] = self.streams.isChecked()
        self.work.looker.set(**values)
        self.clear.setEnabled(is_filtered(self.work.map.look))

    def _clear(self) -> None:
        self.work.looker.set(**unfiltered())
        self.close()


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "caption")
    return label
