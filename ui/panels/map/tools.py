"""The toolbar of the map."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QMenu, QToolButton

from continuity.model.kinds import KINDS
from continuity.words import N_, _, ngettext
from ui.bars import Bar
from ui.panels.map.aligning import WAYS
from ui.panels.map.edits import ADDABLE
from ui.panels.map.filters import FilterBox
from ui.panels.map.looks import is_filtered
from ui.theme.icons import icon

if TYPE_CHECKING:
    from ui.panels.map.workspace import MapWorkspace

_DEEPEST = 5


class ToolBar(Bar):
    """What can be done with the map by pointing."""

    def __init__(self, workspace: MapWorkspace) -> None:
        super().__init__()
        self.workspace = workspace
        verbs, view, looker = workspace.verbs, workspace.view, workspace.looker
        self.add_button = self.button("add", N_("Add"), self._ask_and_add, "Insert")
        self.connect_button = self.button("link", N_("Connect"), verbs.ask_and_connect, "C")
        self.gap()
        self.up = self.button("upstream", N_("Depends on"), lambda: looker.reach("up"), "U", toggles=True)
        self.down = self.button(
            "downstream", N_("Needed by"), lambda: looker.reach("down"), "D", toggles=True
        )
        self.depth = self.button("more", N_("How far"), self.open_depth, "1–5")
        self.alone = self.button("alone", N_("Only these"), looker.alone, "I", toggles=True)
        self.gap()
        self.groups = self.button("group", N_("Groups"), self.open_groups, "G")
        self.filter = self.button("filter", N_("Filter"), self.open_filter, "T", toggles=True)
        self.marks = self.button("weak", N_("Highlight"), self.open_marks, "H", toggles=True)
        self.views = self.button("view", N_("Views"), self.open_views, "V")
        self.arrange = self.button("layout", N_("Arrange"), self.open_align, "L")
        self.row.addStretch(1)
        self.find = self.button("find", N_("Find on the map"), workspace.search, "/", bare=True)
        self.zoom = QLabel("100 %")
        self.zoom.setProperty("role", "muted")
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.row.addWidget(self.zoom)
        self.button("zoom-out", N_("Zoom out"), lambda: view.zoom_step(-1), "-", bare=True)
        self.button("zoom-in", N_("Zoom in"), lambda: view.zoom_step(1), "+", bare=True)
        self.button("fit", N_("Show everything"), view.fit, "0", bare=True)
        self.overview = self.button(
            "minimap", N_("Mini-map"), workspace.toggle_overview, "M", bare=True, toggles=True
        )
        self.legend = self.button(
            "legend", N_("Legend"), workspace.toggle_legend, "K", bare=True, toggles=True
        )
        self.overview.setChecked(True)

    def say_zoom(self, percent: int) -> None:
        """Show the scale of the map."""
        self.zoom.setText(_("{number} %", number=percent))

    def say_look(self) -> None:
        """Show what the look does."""
        look = self.workspace.map.look
        self.up.setChecked(look.direction == "up")
        self.down.setChecked(look.direction == "down")
        self.alone.setChecked(look.alone)
        self.filter.setChecked(is_filtered(look))
        self.marks.setChecked(bool(look.marks))
        steps = look.depth
        self.depth.setText(ngettext("{n} step", "{n} steps", steps) if steps else _("All steps"))

    def retranslate(self) -> None:
        """Say every word anew."""
        super().retranslate()
        self.say_look()

    # --- menus ---------------------------------------------------------------------------------

    def add_menu(self, add: Callable[[str, str], None]) -> QMenu:
        """Return a menu of everything that can be added."""
        menu = self._menu()
        for kind, category in ADDABLE:
            spec = KINDS["resource"].specs["category"]
            text = _(spec.choice_label(category)) if category else _(KINDS[kind].label)
            action = menu.addAction(icon(category or kind), text)
            action.triggered.connect(lambda _on=False, kind=kind, category=category: add(kind, category))
            if kind == "staff_group":
                menu.addSeparator()
        return menu

    def open_depth(self) -> None:
        """Offer how many steps a reach goes."""
        menu, look = self._menu(), self.workspace.map.look
        for steps in range(_DEEPEST + 1):
            text = ngettext("{n} step", "{n} steps", steps) if steps else _("All steps")
            self._choice(menu, text, steps == look.depth, lambda steps=steps: self._go(steps))
        self._open(menu, self.depth)

    def _go(self, steps: int) -> None:
        if steps != self.workspace.map.look.depth:
            self.workspace.looker.depth(steps)

    def open_groups(self) -> None:
        """Offer how the map is grouped."""
        menu, looker, look = self._menu(), self.workspace.looker, self.workspace.map.look
        for code, label in KINDS["view"].specs["grouping"].choices:
            chosen = code == look.grouping
            self._choice(menu, _(label), chosen, lambda code=code: looker.group_by(code))
        menu.addSeparator()
        grouped = look.grouping != "none"
        for text, key, handler in (
            (_("Fold or unfold what is chosen"), "F", looker.fold),
            (_("Fold or unfold all"), "Shift+F", looker.fold_all),
        ):
            action = menu.addAction(f"{text}\t{key}")
            action.setEnabled(grouped)
            action.triggered.connect(lambda _on=False, handler=handler: handler())
        self._open(menu, self.groups)

    def open_filter(self) -> None:
        """Open the filter."""
        self.say_look()
        if self.workspace.map.organisation is not None:
            box = FilterBox(self.workspace)
            box.open_under(_under(self.filter))

    def open_marks(self) -> None:
        """Offer what is highlighted."""
        self.say_look()
        menu, looker, look = self._menu(), self.workspace.looker, self.workspace.map.look
        keys = {"weak": "W", "cycles": "Y", "path": "P"}
        for code, label in KINDS["view"].specs["marks"].choices:
            text = f"{_(label)}\t{keys[code]}"
            self._choice(menu, text, code in look.marks, lambda code=code: looker.mark(code))
        self._open(menu, self.marks)

    def open_views(self) -> None:
        """Offer the saved views."""
        self._open(self.workspace.views.menu(), self.views)

    def open_align(self) -> None:
        """Offer how to arrange everything, and how to align what is selected."""
        menu, verbs = self._menu(), self.workspace.verbs
        menu.addAction(icon("layout"), _("Arrange everything anew"), verbs.arrange)
        menu.addSeparator()
        possible = len(verbs.movable()) > 1
        for way, text in WAYS.items():
            action = menu.addAction(_(text))
            action.setEnabled(possible)
            action.triggered.connect(lambda _on=False, way=way: verbs.align(way))
        self._open(menu, self.arrange)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    @staticmethod
    def _choice(menu: QMenu, text: str, chosen: bool, handler: Callable[[], object]) -> None:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(chosen)
        action.triggered.connect(lambda _on=False: handler())

    @staticmethod
    def _open(menu: QMenu, button: QToolButton) -> None:
        menu.popup(_under(button))

    def _ask_and_add(self) -> None:
        self.workspace.verbs.ask_and_add(None, _under(self.add_button))


def _under(button: QToolButton) -> QPoint:
    return button.mapToGlobal(button.rect().bottomLeft())
