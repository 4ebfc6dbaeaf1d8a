"""How a field of a record is declared: its type, unit, bounds, group and words, said once.

Storage table, form, table column, import column, JSON schema and diff are derived from the
:class:`Spec` in each dataclass field's metadata. Labels and helps are English source words
(see ``continuity/words.py``); they are marked by :func:`N_` and translated where they are shown.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "mark, translate later"
    """Mark ``text`` for translation and return it unchanged."""
    return text


class FieldType(StrEnum):
    """What a field holds; decides widget, column, schema and how it is typed and shown."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    MINUTES = "minutes"  # whole minutes; typed and shown as "4 h", "3 d"
    PERMILLE = "permille"  # 0-1000; shown as per cent
    SEK = "sek"  # whole kronor
    COUNT = "count"  # whole number
    MILLI = "milli"  # thousandths, shown as a decimal number (cases per hour)
    NUMBER = "number"  # float
    CLOCK = "clock"  # minutes after local midnight; shown as "08:00"
    DATE = "date"
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"  # several of a fixed set
    TAGS = "tags"  # free words
    REF = "ref"  # id of one record
    REFS = "refs"  # ids of several records, order kept
    VALUE = "value"  # one nested value (a dataclass of ``values.py``) or None
    VALUES = "values"  # a tuple of nested values
    PLAIN = "plain"  # a plain JSON object (the new values of a measure's change)


@dataclass(frozen=True, slots=True)
class Spec:
    """All that the house knows of one field."""

    type: FieldType
    label: str
    help: str = ""
    group: str = "main"
    required: bool = False
    optional: bool = False
    low: float | None = None
    high: float | None = None
    choices: tuple[tuple[str, str], ...] = ()
    kinds: tuple[str, ...] = ()
    value: Any = None  # the dataclass of a nested value
    personal: bool = False
    hidden: bool = False

    def choice_label(self, code: str) -> str:
        """Return the English word of choice ``code`` (or the code itself where unknown)."""
        return dict(self.choices).get(code, code)


#: Groups of a form, in the order in which they are shown.
GROUPS: Final[dict[str, str]] = {
    "main": N_("General"),
    "time": N_("Time demands"),
    "impact": N_("Impact"),
    "work": N_("Work"),
    "failure": N_("Failures and repair"),
    "supply": N_("What it needs"),
    "supplier": N_("Contract"),
    "staff": N_("Staff"),
    "placement": N_("Wartime placement"),
    "pay": N_("Payment"),
    "law": N_("Law and decision"),
    "targets": N_("What is hit"),
    "copy": N_("Verified copy"),
    "after": N_("Afterwards"),
    "leaving": N_("Leaving the site"),
    "evidence": N_("Evidence"),
    "marking": N_("Marking"),
    "map": N_("Map"),
}

SPEC = "spec"
_ZERO_LOW = {
    FieldType.MINUTES,
    FieldType.PERMILLE,
    FieldType.SEK,
    FieldType.COUNT,
    FieldType.MILLI,
    FieldType.CLOCK,
}
_HIGH = {FieldType.PERMILLE: 1000, FieldType.CLOCK: 1439, FieldType.MINUTES: 5_256_000}


def _field(kind: FieldType, label: str, default: Any, **spec: Any) -> Any:
    spec.setdefault("low", 0 if kind in _ZERO_LOW else None)
    spec.setdefault("high", _HIGH.get(kind))
    made = Spec(type=kind, label=label, optional=default is None, **spec)
    return dataclasses.field(default=default, metadata={SPEC: made})


def text(label: str, *, default: str = "", **spec: Any) -> Any:
    """One line of text."""
    return _field(FieldType.TEXT, label, default, **spec)


def long_text(label: str, **spec: Any) -> Any:
    """Text of several lines."""
    return _field(FieldType.LONG_TEXT, label, "", **spec)


def minutes(label: str, *, default: int | None = 0, **spec: Any) -> Any:
    """A duration in whole minutes."""
    return _field(FieldType.MINUTES, label, default, **spec)


def permille(label: str, *, default: int | None = 1000, **spec: Any) -> Any:
    """A level or share, 0-1000."""
    return _field(FieldType.PERMILLE, label, default, **spec)


def sek(label: str, *, default: int | None = 0, **spec: Any) -> Any:
    """An amount in whole kronor."""
    return _field(FieldType.SEK, label, default, **spec)


def count(label: str, *, default: int | None = 0, **spec: Any) -> Any:
    """A whole number."""
    return _field(FieldType.COUNT, label, default, **spec)


def milli(label: str, *, default: int | None = 0, **spec: Any) -> Any:
    """A decimal number kept in thousandths."""
    return _field(FieldType.MILLI, label, default, **spec)


def number(label: str, *, default: float | None = None, **spec: Any) -> Any:
    """A floating-point number."""
    return _field(FieldType.NUMBER, label, default, **spec)


def clock(label: str, *, default: int | None = 0, **spec: Any) -> Any:
    """A local time of day in minutes after midnight."""
    return _field(FieldType.CLOCK, label, default, **spec)


def date(label: str, **spec: Any) -> Any:
    """A calendar date or None."""
    return _field(FieldType.DATE, label, None, **spec)


def flag(label: str, *, default: bool = False, **spec: Any) -> Any:
    """Yes or no."""
    return _field(FieldType.FLAG, label, default, **spec)


def choice(label: str, choices: dict[str, str], *, default: str | None, **spec: Any) -> Any:
    """One of a fixed set of codes."""
    return _field(FieldType.CHOICE, label, default, choices=tuple(choices.items()), **spec)


def choices(label: str, among: dict[str, str], **spec: Any) -> Any:
    """Several of a fixed set of codes."""
    return _field(FieldType.CHOICES, label, (), choices=tuple(among.items()), **spec)


def tag_list(label: str, **spec: Any) -> Any:
    """Free words."""
    return _field(FieldType.TAGS, label, (), **spec)


def ref(label: str, *kinds: str, required: bool = False, **spec: Any) -> Any:
    """The id of one record of one of ``kinds``; None is allowed unless ``required``."""
    default = "" if required else None
    return _field(FieldType.REF, label, default, kinds=kinds, required=required, **spec)


def refs(label: str, *kinds: str, **spec: Any) -> Any:
    """The ids of several records of ``kinds``."""
    return _field(FieldType.REFS, label, (), kinds=kinds, **spec)


def value(label: str, of: type, **spec: Any) -> Any:
    """One nested value or None."""
    return _field(FieldType.VALUE, label, None, value=of, **spec)


def values(label: str, of: type, **spec: Any) -> Any:
    """A tuple of nested values."""
    return _field(FieldType.VALUES, label, (), value=of, **spec)


def plain(label: str, **spec: Any) -> Any:
    """A plain JSON object."""
    made = Spec(type=FieldType.PLAIN, label=label, **spec)
    return dataclasses.field(default_factory=dict, metadata={SPEC: made})


def specs(of: type) -> dict[str, Spec]:
    """Return the specs of the declared fields of dataclass ``of``, by field name, in order."""
    found = _SPECS.get(of)
    if found is None:
        found = {f.name: f.metadata[SPEC] for f in dataclasses.fields(of) if SPEC in f.metadata}
        _SPECS[of] = found
    return found


_SPECS: dict[type, dict[str, Spec]] = {}
