"""Keys of the map: every gesture has one. Written as Qt writes them, whatever the language."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

if TYPE_CHECKING:
    from ui.panels.map.workspace import MapWorkspace

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def name_of_key(event: QKeyEvent) -> str:
    """Return the key with its modifiers, such as "Ctrl+Shift+A"; the keypad's are as the others."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = event.key()
    text = event.text()
    if modifiers == Qt.KeyboardModifier.ShiftModifier and text and not text.isalpha() and text.isprintable():
        return text  # "/" and "+" lie on another level on many keyboards
    sequence = QKeySequence(modifiers.value | key)
    return sequence.toString(QKeySequence.SequenceFormat.PortableText)


def keys(work: MapWorkspace) -> dict[str, Callable[[], object]]:
    """Return what each key does."""
    verbs, looker, copying, tools, view = work.verbs, work.looker, work.copying, work.tools, work.view
    found: dict[str, Callable[[], object]] = {
        "Ins": verbs.ask_and_add,
        "F2": verbs.rename,
        "C": verbs.ask_and_connect,
        "Del": verbs.delete,
        "Backspace": verbs.delete,
        "Ctrl+A": verbs.choose_all,
        "Ctrl+C": copying.copy,
        "Ctrl+X": copying.cut,
        "Ctrl+V": copying.paste,
        "Ctrl+D": copying.duplicate,
        "L": tools.open_align,
        "U": lambda: looker.reach("up"),
        "D": lambda: looker.reach("down"),
        "I": looker.alone,
        "G": tools.open_groups,
        "F": looker.fold,
        "Return": verbs.enter,
        "Enter": verbs.enter,
        "Shift+F": looker.fold_all,
        "T": tools.open_filter,
        "H": tools.open_marks,
        "W": lambda: looker.mark("weak"),
        "Y": lambda: looker.mark("cycles"),
        "P": lambda: looker.mark("path"),
        "V": tools.open_views,
        "/": work.search,
        "K": work.toggle_legend,
        "M": work.toggle_overview,
        "+": lambda: view.zoom_step(1),
        "=": lambda: view.zoom_step(1),
        "-": lambda: view.zoom_step(-1),
        "0": view.fit,
        "Esc": work.leave_off,
    }
    for steps in range(1, 6):
        found[str(steps)] = lambda steps=steps: looker.depth(steps)  # type: ignore[misc]
    return found


def on_key(work: MapWorkspace, event: QKeyEvent) -> None:
    """Do what the key says, and accept it, if the map knows it."""
    direction = ARROWS.get(Qt.Key(event.key()))
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    none, alt = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
    shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    if direction is not None:
        verb = {
            none: lambda: work.verbs.step(direction),
            shift: lambda: work.verbs.step(direction, more=True),
            alt: lambda: work.verbs.nudge(direction),
            control: lambda: work.view.push(direction),
        }.get(modifiers)
    else:
        verb = work.keys.get(name_of_key(event))
    if verb is not None:
        verb()
        event.accept()
