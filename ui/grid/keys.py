"""By what a column is sorted, and when a cell is blank."""

from __future__ import annotations

from typing import Any

from continuity.model.fields import FieldType, Spec
from continuity.model.organisation import Organisation
from continuity.model.references import parts_of_code
from continuity.words import current
from ui.forms.form import CODE
from ui.shown import FIGURES, shown


def is_blank(spec: Spec, value: Any) -> bool:
    """Tell whether a cell holds nothing; a flag always holds something."""
    return spec.type is not FieldType.FLAG and value in (None, "", (), {})


def sort_key(spec: Spec, value: Any, organisation: Organisation | None) -> Any:
    """Return what a column is sorted by: figures as figures, codes as people count, words as spoken."""
    if spec is CODE:
        return parts_of_code(str(value))
    if spec.type in FIGURES:
        return -1.0 if value is None else float(value)
    if spec.type is FieldType.FLAG:
        return not value
    if spec.type is FieldType.CHOICE:
        return [code for code, _label in spec.choices].index(value) if value is not None else -1
    if spec.type is FieldType.DATE:
        return str(value)
    return current().sort_key(shown(spec, value, organisation))
