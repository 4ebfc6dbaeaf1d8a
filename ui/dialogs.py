"""About, and the keys."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from continuity.words import N_, _
from ui.theme import theme

#: Key → what it does, by place.
KEYS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        N_("Everywhere"),
        (
            ("Ctrl+1 … 9", N_("Go to a workspace")),
            ("Ctrl+F", N_("Find any record and go to it")),
            ("Ctrl+Z / Ctrl+Shift+Z", N_("Undo and redo")),
            ("Ctrl+S", N_("Name the present state as a version")),
            ("Ctrl+Shift+H", N_("History and versions")),
            ("F4 / F8", N_("Show or hide inspector and problems")),
            ("Ctrl++ / Ctrl+- / Ctrl+0", N_("Larger, smaller, normal size")),
            ("F6", N_("Move between rail, page, inspector and problems")),
        ),
    ),
    (
        N_("In an exercise"),
        (
            ("F9", N_("Start and pause the clock")),
            ("F12", N_("Real event: freeze the exercise and open the situation")),
            (N_("Enter / S / H / T"), N_("In the list: give, leave out, hold back or release, another time")),
            ("E / I", N_("In the list: the expected action was seen, give the hint")),
            ("Ctrl+Enter", N_("Note the decision or the observation")),
            (N_("Alt + arrow keys"), N_("On the timeline: move an inject; with Shift all that follows too")),
            ("Insert / Del", N_("In the event list: add or delete an inject")),
            ("F11 / Esc", N_("Players' screen: fill the screen, and back")),
        ),
    ),
    (
        N_("On the situation desk"),
        (
            ("R / T / M / D / N", N_("Note a report, task, message, decision, anything else")),
            ("U / L / Y", N_("Measures in use, status list, rhythm of work")),
            ("H / P", N_("Handover sheet, situation report")),
            ("Alt+1 … 5", N_("Board, what comes, pay days, what to do first, log")),
            ("F / F5", N_("Filter the log, work out the forecast anew")),
            ("Enter", N_("A new report of the row, a task done, the card, a correction")),
            ("Ctrl+Enter", N_("Note what the form says")),
        ),
    ),
    (
        N_("On the map"),
        (
            (N_("Arrow keys"), N_("Go to the nearest element in that direction")),
            (N_("Shift + arrow keys"), N_("Select the nearest element too")),
            (N_("Alt + arrow keys"), N_("Move what is selected")),
            (N_("Ctrl + arrow keys"), N_("Look a little further in that direction")),
            ("Insert", N_("Add an element")),
            ("Enter / F2", N_("Unfold or fold a group, rename an element")),
            ("C", N_("Connect: choose what needs the selected element")),
            ("Ctrl+A", N_("Select everything that is shown")),
            ("Ctrl+C / Ctrl+X / Ctrl+V / Ctrl+D", N_("Copy, cut, paste, duplicate with the needs between")),
            (N_("Del"), N_("Delete what is selected")),
            ("L", N_("Arrange everything, align what is selected")),
            ("U / D / 1–5", N_("Show what it depends on, what depends on it, so many steps")),
            ("I", N_("Show only what is in reach, up to the pay day")),
            ("G / F / Shift+F", N_("Groups: choose, fold or unfold one, all")),
            ("T", N_("Filter")),
            ("H / W / Y / P", N_("Highlight: choose, single points of failure, cycles, paths between")),
            ("V", N_("Saved views")),
            ("/", N_("Find on the map and go there")),
            ("K / M", N_("Legend, mini-map")),
            ("+ / - / 0", N_("Zoom in, zoom out, show everything")),
            (N_("Space + drag"), N_("Push the map")),
            ("Esc", N_("Leave off")),
        ),
    ),
    (
        N_("In tables"),
        (
            ("Enter / F2", N_("Change the cell")),
            ("Ctrl+Enter", N_("Write what is typed into every selected cell of the column")),
            ("Shift+F2", N_("Give every selected cell of the column one value, chosen in its own form")),
            ("Ctrl+C / Ctrl+V", N_("Copy and paste a block, also from a spreadsheet")),
            ("Ctrl+D", N_("Fill down: the uppermost selected cell, or the one above")),
            ("Ctrl+Shift+E", N_("Fill on: a series that the first one or two cells begin")),
            ("Ctrl+H", N_("Find and replace")),
            (N_("Del"), N_("Empty the cells")),
            ("Insert", N_("Add a row")),
            ("Ctrl+Shift+D", N_("Duplicate the rows")),
            (N_("Ctrl + Del"), N_("Delete the rows")),
            (N_("Shift + space / Ctrl + space"), N_("Select whole rows, whole columns")),
            (N_("Alt + arrow down"), N_("Filter and sort by the column")),
            ("Ctrl+Shift+L", N_("Show all rows again")),
            (N_("Shift + click on a heading"), N_("Sort by this column too")),
        ),
    ),
    (
        N_("In scenarios"),
        (
            (N_("Alt + arrow up / down"), N_("In the list: put the scenario on another rung of the ladder")),
            (N_("Alt + arrow left / right"), N_("Begin the event earlier, later")),
            (N_("Alt + Shift + arrow left / right"), N_("Make the event shorter, longer")),
            (N_("Alt + arrow keys"), N_("Move the point of the recovery that is chosen")),
        ),
    ),
    (
        N_("While a run is stepped through"),
        (
            (N_("Space"), N_("Let time pass, or stand still")),
            (N_("Arrow left / right"), N_("To the change before, to the next change")),
            ("Home / End", N_("To the start, to the end")),
            ("Esc", N_("Leave the run")),
        ),
    ),
    (
        N_("In the list of problems"),
        (
            ("Enter", N_("Go to the record")),
            ("Ctrl+Enter", N_("Mend what is selected with one click")),
            (N_("Del"), N_("Accept what is selected with a reason")),
        ),
    ),
)


def program_version() -> str:
    """Return the version of the program."""
    try:
        return version("uthallig")
    except PackageNotFoundError:
        return "0"


def keyboard(parent: QWidget) -> QDialog:
    """Show every key."""
    page = QWidget()
    grid = QGridLayout(page)
    grid.setContentsMargins(*4 * [theme.grid(2)])
    grid.setHorizontalSpacing(theme.grid(3))
    line = 0
    for heading, keys in KEYS:
        label = QLabel(_(heading))
        label.setProperty("role", "heading")
        grid.addWidget(label, line, 0, 1, 2)
        line += 1
        for key, meaning in keys:
            name = QLabel(_(key))
            name.setProperty("role", "muted")
            grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
            said = QLabel(_(meaning))
            said.setWordWrap(True)
            grid.addWidget(said, line, 1)
            line += 1
    grid.setColumnStretch(1, 1)
    return _shown(parent, _("Keyboard"), page, 560, 620)


def about(parent: QWidget) -> QDialog:
    """Say what the program is, its version and licences."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(*4 * [theme.grid(2)])
    title = QLabel("Uthållig")
    title.setProperty("role", "title")
    column.addWidget(title)
    for text in (
        _("Version {version}", version=program_version()),
        _("Offline continuity planning: describe the agency, test it to breaking, print the plans."),
        _("Licence: Apache 2.0. Built on Qt (LGPL), Phosphor icons (MIT) and Source Sans (OFL)."),
        _("Nothing leaves this computer: the program never uses the network by itself."),
    ):
        label = QLabel(text)
        label.setWordWrap(True)
        column.addWidget(label)
    column.addStretch(1)
    return _shown(parent, _("About Uthållig"), page, 480, 280)


def _shown(parent: QWidget, title: str, page: QWidget, width: int, height: int) -> QDialog:
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setWidget(page)
    buttons = QDialogButtonBox()
    buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.addWidget(scroll)
    column.addWidget(buttons)
    room = dialog.screen().availableGeometry()
    dialog.resize(min(theme.px(width), room.width() - 40), min(theme.px(height), room.height() - 40))
    dialog.open()
    return dialog
