"""How the parts of the window share its room, and how that is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ui.rail import START
from ui.theme import theme

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_COMPACT_BELOW, _NARROW_BELOW = 960, 820  # pixels at 100 %
_INSPECTOR, _PROBLEMS = 340, 280
_PRESSED = 80  # milliseconds between looks at a pressed button


def first_focus(part: QWidget) -> QWidget | None:
    """Return the first widget inside ``part`` that takes the focus."""
    for child in part.findChildren(QWidget):
        if child.isVisible() and child.isEnabled() and child.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return child
    return None


class Room:
    """In a narrow window the rail shows icons, and page and inspector take turns (F4)."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self._narrow = False
        self._wide_choice = True  # whether the inspector is wanted when there is room
        self._insisted = False  # asked for though there is nothing in it yet

    def share(self) -> None:
        """Fit the parts to the width of the window and the zoom in force."""
        window = self.window
        window.rail.set_compact(window.width() < theme.px(_COMPACT_BELOW))
        narrow = window.width() < theme.px(_NARROW_BELOW)
        if narrow != self._narrow:
            self._narrow = narrow
            inspector = window.commands["inspector"]
            if narrow:
                self._wide_choice = inspector.isChecked()
            inspector.setChecked(False if narrow else self._wide_choice)
        self.show_parts()

    def show_parts(self) -> None:
        """Show and hide inspector and problems as chosen; the start page stands alone."""
        window = self.window
        at_work = window.pages.current != START.code
        inspector = at_work and window.commands["inspector"].isChecked() and self._inspector_has_use()
        window.inspector.setVisible(inspector)
        window.upright.setVisible(not (inspector and self._narrow))
        window.problems.setVisible(at_work and window.commands["problems"].isChecked())

    def _inspector_has_use(self) -> bool:
        """Tell whether there is something to inspect; a page that needs all the room gets it until then."""
        return self._insisted or bool(self.window.desk.selection) or not self.window.pages.needs_room

    def on_inspector(self, wanted: bool) -> None:
        """Somebody asked for the inspector, or wants it no more; one that had stepped aside comes back."""
        inspector = self.window.commands["inspector"]
        stood_aside = not wanted and not self._inspector_has_use() and self.window.pages.current != START.code
        self._insisted = wanted or stood_aside
        if stood_aside:
            inspector.setChecked(True)
        self.show_parts()

    def follow_choice(self) -> None:
        """Show or hide the inspector for what is chosen, but never under a pressed mouse button."""
        if QApplication.mouseButtons() is Qt.MouseButton.NoButton:
            self.show_parts()
        else:
            QTimer.singleShot(_PRESSED, self.window, self.follow_choice)

    def next_part(self, step: int) -> None:
        """Move the focus between rail, page, inspector and problems."""
        window = self.window
        parts = [window.rail.widget(), window.pages, window.inspector, window.problems]
        shown = [part for part in parts if part.isVisible() and first_focus(part)]
        now = QApplication.focusWidget()
        here = next((n for n, part in enumerate(shown) if now and part.isAncestorOf(now)), 0)
        target = shown[(here + step) % len(shown)]
        if target is window.pages:
            window.pages.currentWidget().setFocus()
        elif first := first_focus(target):
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def restore(self) -> None:
        """Take the place and the proportions that were left last time."""
        window, settings = self.window, self.window.settings
        room = window.screen().availableGeometry()
        window.resize(min(theme.px(1280), room.width()), min(theme.px(800), room.height() - theme.px(32)))
        if kept := settings.layout("window"):
            window.restoreGeometry(kept)
        window.level.setSizes([window.width() - theme.px(_INSPECTOR), theme.px(_INSPECTOR)])
        window.upright.setSizes([window.height() - theme.px(_PROBLEMS), theme.px(_PROBLEMS)])
        for name, splitter in (("level", window.level), ("upright", window.upright)):
            if kept := settings.layout(name):
                splitter.restoreState(kept)

    def keep(self) -> None:
        """Remember place and proportions."""
        window, settings = self.window, self.window.settings
        settings.keep_layout("window", window.saveGeometry())
        settings.keep_layout("level", window.level.saveState())
        settings.keep_layout("upright", window.upright.saveState())
        settings.keep_flag("problems", window.commands["problems"].isChecked())
        inspector = self._wide_choice if self._narrow else window.commands["inspector"].isChecked()
        settings.keep_flag("inspector", inspector)
