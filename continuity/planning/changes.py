"""What has changed since the last approved version, as the door tells it: plain facts, no history."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class FieldChanged:
    """One field before and after."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class RecordChanged:
    """One record that came, went or changed; personal values are never among the fields."""

    action: Literal["added", "removed", "changed"]
    kind: str
    code: str
    name: str
    fields: tuple[FieldChanged, ...] = ()


@dataclass(frozen=True, slots=True)
class Since:
    """The version that was approved last, by whom and when, and what has changed in the model since."""

    version: str
    by: str
    on: dt.date
    records: tuple[RecordChanged, ...] = ()
