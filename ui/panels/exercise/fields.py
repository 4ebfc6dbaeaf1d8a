"""Small fields that the forms of an exercise share."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QComboBox

from continuity.model.fields import FieldType, Spec
from continuity.words import N_
from ui.forms.editors import TypedLine

_MINUTES = Spec(type=FieldType.MINUTES, label=N_("Time"), optional=True)
_COUNT = Spec(type=FieldType.COUNT, label=N_("Persons"), low=1)


class Amount(TypedLine):
    """A time (``4 h``) or a number; ``value`` is what was last well typed."""

    def __init__(self, spec: Spec, value: int | None = None) -> None:
        super().__init__(spec)
        self.value: Any = value
        self.edited.connect(self._on_edited)
        self.put(value)

    def put(self, value: int | None) -> None:
        """Show ``value``."""
        self.value = value
        self.setModified(False)
        self.show_value(value)

    def taken(self) -> Any:
        """Take over what is typed, and return the value."""
        self.take()
        return self.value

    def _on_edited(self, value: Any) -> None:
        self.value = value


def minutes_line(value: int | None = None) -> Amount:
    """Return a field for a time in minutes."""
    return Amount(_MINUTES, value)


def count_line(value: int) -> Amount:
    """Return a field for a number of people."""
    return Amount(_COUNT, value)


def modest(box: QComboBox, letters: int = 16) -> QComboBox:
    """Let a list to choose from ask for no more width than ``letters``, whatever stands in it."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(letters)
    return box
