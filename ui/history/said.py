"""Changes of records in words: one line per record that came or went, one per field that changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from continuity.model.kinds import KINDS
from continuity.model.organisation import Organisation
from continuity.session_compare import FieldChange, RecordChange
from continuity.words import N_, _
from ui.forms.form import CODE
from ui.shown import shown

ACTIONS: dict[str, str] = {"added": N_("Added"), "removed": N_("Removed"), "changed": N_("Changed")}
SIGNS: dict[str, str] = {"added": "add", "removed": "remove", "changed": "edit"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a record, and a field of it where it only changed."""

    change: RecordChange
    field: FieldChange | None = None

    @property
    def record(self) -> str:
        """The record as people know it."""
        return f"{self.change.code} {self.change.name}".strip()

    @property
    def what(self) -> str:
        """The field, or what became of the record."""
        if self.field is None:
            return _(ACTIONS[self.change.action])
        spec = CODE if self.field.name == "code" else KINDS[self.change.kind].specs[self.field.name]
        return _(spec.label)

    def old(self, organisation: Organisation | None) -> str:
        """The value before."""
        return self._value(self.field.old, organisation) if self.field else ""

    def new(self, organisation: Organisation | None) -> str:
        """The value afterwards."""
        return self._value(self.field.new, organisation) if self.field else ""

    def _value(self, value: Any, organisation: Organisation | None) -> str:
        assert self.field is not None
        if self.field.is_hidden:
            return _("personal, not kept")
        if self.field.name == "code":
            return str(value)
        spec = KINDS[self.change.kind].specs[self.field.name]
        return shown(spec, value, organisation) or _("blank")


def lines_of(changes: Iterable[RecordChange]) -> list[Line]:
    """Return the lines of ``changes``."""
    found: list[Line] = []
    for change in changes:
        if change.action == "changed":
            found += [Line(change, field) for field in change.fields]
        else:
            found.append(Line(change))
    return found
