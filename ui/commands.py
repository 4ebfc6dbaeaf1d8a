"""Every command of the window, declared once: words, icon, key, menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from continuity.words import N_, _
from ui.theme.icons import icon
from ui.theme.theme import ZOOMS


@dataclass(frozen=True, slots=True)
class Command:
    """One command. ``menu`` is where it stands; ``rule`` draws a line above it."""

    code: str
    text: str
    menu: str
    icon: str = ""
    key: str = ""
    document: bool = True  # needs an open document
    rule: bool = False


MENUS: dict[str, str] = {
    "file": N_("&File"),
    "edit": N_("&Edit"),
    "view": N_("&View"),
    "help": N_("&Help"),
}

COMMANDS: tuple[Command, ...] = (
    Command("new", N_("&New"), "file", "new", "Ctrl+N", document=False),
    Command("open", N_("&Open …"), "file", "open", "Ctrl+O", document=False),
    Command("reference", N_("Open the &reference agency"), "file", "agency", document=False),
    Command("save", N_("&Save version …"), "file", "save", "Ctrl+S", rule=True),
    Command("save_as", N_("Save &as …"), "file", "", "Ctrl+Shift+S"),
    Command("save_encrypted", N_("Save &encrypted as …"), "file", "", ""),
    Command("import", N_("&Import …"), "file", "import", "Ctrl+I", rule=True),
    Command("export", N_("&Export …"), "file", "export", "Ctrl+E"),
    Command("form", N_("Empty &form to send around …"), "file", ""),
    Command("merge", N_("&Merge with another document …"), "file", "compare"),
    Command("close", N_("&Close document"), "file", "", "Ctrl+W", rule=True),
    Command("quit", N_("&Quit"), "file", "", "Ctrl+Q", document=False),
    Command("undo", N_("&Undo"), "edit", "undo", "Ctrl+Z"),
    Command("redo", N_("&Redo"), "edit", "redo", "Ctrl+Shift+Z"),
    Command("find", N_("&Find and go to …"), "edit", "find", "Ctrl+F", rule=True),
    Command("delete", N_("&Delete what is selected"), "edit", "remove", rule=True),
    Command("history", N_("&History and versions …"), "edit", "recent", "Ctrl+Shift+H", rule=True),
    Command("problems", N_("Problems"), "view", "", "F8"),
    Command("inspector", N_("Inspector"), "view", "", "F4"),
    Command("zoom_in", N_("Larger"), "view", "zoom-in", "Ctrl++", document=False, rule=True),
    Command("zoom_out", N_("Smaller"), "view", "zoom-out", "Ctrl+-", document=False),
    Command("zoom_100", N_("Normal size"), "view", "", "Ctrl+0", document=False),
    Command("keyboard", N_("&Keyboard"), "help", "keyboard", "F1", document=False),
    Command("about", N_("&About Uthållig"), "help", "hint", document=False),
)

THEME_WORDS: dict[str, str] = {
    "light": N_("Light"),
    "dark": N_("Dark"),
    "contrast": N_("High contrast"),
}
#: Languages are called what their readers call them.
LANGUAGE_WORDS: dict[str, str] = {"sv": "Svenska", "en": "English"}


class Commands:
    """The actions of one window and its menu bar."""

    def __init__(self, window: QWidget) -> None:
        self.window = window
        self.actions: dict[str, QAction] = {}
        for command in COMMANDS:
            action = QAction(window)
            if command.icon:
                action.setIcon(icon(command.icon))
            if command.key:
                action.setShortcuts([QKeySequence(command.key), *_OTHER_KEYS.get(command.code, [])])
            self.actions[command.code] = action
            window.addAction(action)
        for code in ("problems", "inspector"):
            self.actions[code].setCheckable(True)
        self.themes = self._choices(THEME_WORDS)
        self.languages = self._choices(LANGUAGE_WORDS)
        self.menus: dict[str, QMenu] = {}
        self.recent = QMenu(window)
        self._theme_menu, self._language_menu = QMenu(window), QMenu(window)

    def __getitem__(self, code: str) -> QAction:
        return self.actions[code]

    def on(self, code: str, handler: Callable[[], object]) -> None:
        """Let ``handler`` do the command ``code``."""
        self.actions[code].triggered.connect(lambda _checked=False: handler())

    def fill(self, bar: QMenuBar) -> None:
        """Build the menus."""
        for code in MENUS:
            menu = bar.addMenu("")
            self.menus[code] = menu
            for command in COMMANDS:
                if command.menu != code:
                    continue
                if command.rule:
                    menu.addSeparator()
                menu.addAction(self.actions[command.code])
                if command.code == "reference":
                    menu.addMenu(self.recent)
        for menu, group in ((self._theme_menu, self.themes), (self._language_menu, self.languages)):
            menu.addActions(list(group.values()))
        view = self.menus["view"]
        view.addSeparator()
        view.addMenu(self._theme_menu)
        view.addMenu(self._language_menu)

    def allow(self, open_document: bool) -> None:
        """Enable what can be done with or without a document."""
        for command in COMMANDS:
            self.actions[command.code].setEnabled(open_document or not command.document)

    def retranslate(self) -> None:
        """Say every command in the language spoken now."""
        for command in COMMANDS:
            self.actions[command.code].setText(_(command.text))
        for code, menu in self.menus.items():
            menu.setTitle(_(MENUS[code]))
        self.recent.setTitle(_("Open &recent"))
        self._theme_menu.setTitle(_("Theme"))
        self._language_menu.setTitle(_("Language"))
        for code, action in self.themes.items():
            action.setText(_(THEME_WORDS[code]))
        for code, action in self.languages.items():
            action.setText(LANGUAGE_WORDS[code])

    def _choices(self, words: dict[str, str]) -> dict[str, QAction]:
        group = QActionGroup(self.window)
        made = {}
        for code in words:
            action = QAction(self.window)
            action.setCheckable(True)
            group.addAction(action)
            made[code] = action
        return made


_OTHER_KEYS = {
    "redo": [QKeySequence("Ctrl+Y")],
    "zoom_in": [QKeySequence("Ctrl+=")],
}


def next_zoom(zoom: int, step: int) -> int:
    """Return the neighbour of ``zoom`` among the sizes offered."""
    nearest = min(range(len(ZOOMS)), key=lambda i: abs(ZOOMS[i] - zoom))
    return ZOOMS[min(len(ZOOMS) - 1, max(0, nearest + step))]
