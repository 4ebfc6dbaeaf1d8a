"""What has changed since the version that was signed off last, as the plans tell it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from continuity.model.fields import Spec
from continuity.model.kinds import KINDS
from continuity.planning.changes import FieldChanged, RecordChanged, Since
from continuity.session_compare import RecordChange
from continuity.store.kept import SignOff, Version

#: Kinds and fields that say nothing about what a plan rests on: views, places on the map.
_NOT_KINDS = ("view",)
_NOT_FIELDS = ("x", "y")


def since(version: Version, signoff: SignOff, changes: Iterable[RecordChange]) -> Since:
    """Return the changes as plain facts; personal values, and what changed in them only, are left out."""
    on = dt.datetime.fromisoformat(signoff.at).astimezone().date()
    found = (_changed(change) for change in changes if change.kind not in _NOT_KINDS)
    by = ", ".join(text for text in (signoff.name, signoff.role) if text)
    return Since(version.name, by, on, tuple(one for one in found if one is not None))


def _changed(change: RecordChange) -> RecordChanged | None:
    specs = KINDS[change.kind].specs
    shown: dict[str, Any] = {
        f.name: f
        for f in change.fields
        if f.name not in _NOT_FIELDS
        and not f.is_hidden
        and (f.name not in specs or not specs[f.name].personal)
    }
    if change.action == "changed" and not shown:
        return None
    name = "" if any(spec.personal for spec in specs.values()) else change.name
    fields = tuple(FieldChanged(f.name, f.old, f.new) for f in shown.values())
    return RecordChanged(change.action, change.kind, change.code, name, fields)


def _personal(spec: Spec | None) -> bool:
    return spec is not None and spec.personal
