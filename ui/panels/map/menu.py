"""The context menu of the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from continuity.words import _
from ui.panels.map.aligning import WAYS
from ui.theme.icons import icon

if TYPE_CHECKING:
    from ui.panels.map.workspace import MapWorkspace


def open_menu(work: MapWorkspace, at: QPoint) -> None:
    """Open the menu at ``at`` (global) for what is selected."""
    menu = QMenu(work)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    verbs, looker, copying = work.verbs, work.looker, work.copying
    chosen = work.map.chosen()
    one, some = verbs.chosen_element() is not None, bool(chosen)
    group = any(id_ in work.map.groups for id_ in chosen)
    for sign, text, key, handler, possible in (
        ("edit", _("Rename"), "F2", verbs.rename, one),
        ("link", _("Connect to what needs it …"), "C", verbs.ask_and_connect, one),
        ("upstream", _("What it depends on"), "U", lambda: looker.reach("up"), some),
        ("downstream", _("What depends on it"), "D", lambda: looker.reach("down"), some),
        ("alone", _("Only what is in reach"), "I", looker.alone, some or work.map.look.alone),
        ("fold", _("Fold or unfold the group"), "F", looker.fold, group or work.map.look.grouping != "none"),
        ("", "", "", None, False),
        ("cut", _("Cut"), "Ctrl+X", copying.cut, some),
        ("copy", _("Copy"), "Ctrl+C", copying.copy, some),
        ("paste", _("Paste"), "Ctrl+V", copying.paste, True),
        ("duplicate", _("Duplicate"), "Ctrl+D", copying.duplicate, some),
        ("remove", _("Delete"), _("Del"), verbs.delete, bool(work.desk.selection)),
    ):
        if handler is None:
            menu.addSeparator()
            continue
        action = menu.addAction(icon(sign), f"{text}\t{key}")
        action.setEnabled(possible)
        action.triggered.connect(lambda _on=False, handler=handler: handler())
    _add_aligning(work, menu)
    menu.addSeparator()
    place = work.view.mapToScene(work.view.mapFromGlobal(at))
    adding = work.tools.add_menu(lambda kind, category: verbs.add(kind, category, place))
    adding.setTitle(_("Add"))
    menu.addMenu(adding)
    menu.popup(at)


def _add_aligning(work: MapWorkspace, menu: QMenu) -> None:
    aligning = menu.addMenu(icon("align"), _("Align"))
    aligning.setEnabled(len(work.verbs.movable()) > 1)
    for way, text in WAYS.items():
        action = aligning.addAction(_(text))
        action.triggered.connect(lambda _on=False, way=way: work.verbs.align(way))
