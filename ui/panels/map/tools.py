"""The toolbar of the map."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu

from continuity.model.kinds import KINDS
from continuity.words import N_, _
from ui.bars import Bar
from ui.panels.map.edits import ADDABLE
from ui.theme.icons import icon

if TYPE_CHECKING:
    from ui.panels.map.workspace import MapWorkspace


class ToolBar(Bar):
    """What can be done with the map by pointing."""

    def __init__(self, workspace: MapWorkspace) -> None:
        super().__init__()
        self.workspace = workspace
        verbs, view = workspace.verbs, workspace.view
        self.add_button = self.button("add", N_("Add"), self._ask_and_add, "Insert")
        self.connect_button = self.button("link", N_("Connect"), verbs.ask_and_connect, "C")
        self.gap()
        self.up = self.button("upstream", N_("Depends on"), lambda: verbs.focus("up"), "U", toggles=True)
        self.down = self.button("downstream", N_("Needed by"), lambda: verbs.focus("down"), "D", toggles=True)
        self.gap()
        self.streams = self.button("calendar", N_("Pay days"), self._toggle_streams, toggles=True)
        self.streams.setChecked(True)
        self.arrange = self.button("layout", N_("Arrange"), verbs.arrange)
        self.row.addStretch(1)
        self.zoom = QLabel("100 %")
        self.zoom.setProperty("role", "muted")
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.row.addWidget(self.zoom)
        self.button("zoom-out", N_("Zoom out"), lambda: view.zoom_step(-1), "-", bare=True)
        self.button("zoom-in", N_("Zoom in"), lambda: view.zoom_step(1), "+", bare=True)
        self.button("fit", N_("Show everything"), view.fit, "0", bare=True)

    def say_zoom(self, percent: int) -> None:
        """Show the scale of the map."""
        self.zoom.setText(_("{number} %", number=percent))

    def mark_direction(self, direction: str) -> None:
        """Show which way the focus reaches."""
        self.up.setChecked(direction == "up")
        self.down.setChecked(direction == "down")

    def add_menu(self, add: Callable[[str, str], None]) -> QMenu:
        """Return a menu of everything that can be added."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind, category in ADDABLE:
            spec = KINDS["resource"].specs["category"]
            text = _(spec.choice_label(category)) if category else _(KINDS[kind].label)
            action = menu.addAction(icon(category or kind), text)
            action.triggered.connect(lambda _on=False, kind=kind, category=category: add(kind, category))
            if kind == "staff_group":
                menu.addSeparator()
        return menu

    def _toggle_streams(self) -> None:
        self.workspace.map.toggle_streams(self.streams.isChecked())

    def _ask_and_add(self) -> None:
        under = self.add_button.mapToGlobal(self.add_button.rect().bottomLeft())
        self.workspace.verbs.ask_and_add(None, under)
