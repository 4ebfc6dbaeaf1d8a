"""The record: what every kind has, and the register of kinds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from continuity.model.fields import N_, FieldType, Spec, choice, date, ref, specs, text, values
from continuity.model.values import CONFIDENCE, Estimate

MARKINGS = {
    "none": N_("No marking"),
    "secrecy": N_("Secrecy"),
    "restricted": N_("Restricted (begränsat hemlig)"),
    "confidential": N_("Confidential (konfidentiell)"),
    "secret": N_("Secret (hemlig)"),
    "top_secret": N_("Top secret (kvalificerat hemlig)"),
}

#: Kinds that can stand at either end of a need: the nodes of the graph.
ELEMENTS: Final = ("function", "resource", "staff_group")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every kind has. ``id`` is a UUID made by us; ``code`` is short and unique per kind."""

    id: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked(Record):
    """A record that may be more sensitive than the rest of the document."""

    marking: str | None = choice(
        N_("Marking"),
        {code: word for code, word in MARKINGS.items() if code != "none"},
        default=None,
        group="marking",
        help=N_("The highest marking of any record stands on every page. Blank: as the agency."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidenced(Marked):
    """A record whose figures say where they come from."""

    source: str = text(N_("Source"), group="evidence")
    as_of: dt.date | None = date(N_("As of"), group="evidence")
    confidence: str | None = choice(N_("Confidence"), CONFIDENCE, default=None, group="evidence")
    stated_by: str | None = ref(N_("Stated by"), "role", group="evidence")
    estimates: tuple[Estimate, ...] = values(
        N_("Figures with a source of their own"), Estimate, group="evidence", hidden=True
    )


@dataclass(frozen=True, slots=True)
class Kind:
    """One record kind: its name in payloads, its words, and what it is a part of."""

    name: str
    of: type[Record]
    label: str
    plural: str
    prefix: str
    parent: str | None = None  # field that refers to the record of which this is a part
    children: str | None = None  # key under which the parts stand in the JSON of their parent

    @property
    def specs(self) -> dict[str, Spec]:
        """Specs of the declared fields (``id`` and ``code`` are common to all kinds)."""
        return specs(self.of)

    @property
    def reference_fields(self) -> tuple[str, ...]:
        """Names of the fields that hold ids of other records."""
        return _reference_fields(self.of)


def _reference_fields(of: type) -> tuple[str, ...]:
    if of not in _REFERENCES:
        wanted = (FieldType.REF, FieldType.REFS)
        _REFERENCES[of] = tuple(name for name, spec in specs(of).items() if spec.type in wanted)
    return _REFERENCES[of]


_REFERENCES: Final[dict[type, tuple[str, ...]]] = {}

#: Every record kind by name, in the order in which it is shown and stored.
KINDS: Final[dict[str, Kind]] = {}
_BY_TYPE: Final[dict[type, Kind]] = {}


T = TypeVar("T", bound=Record)


def record_kind(
    name: str,
    label: str,
    plural: str,
    prefix: str,
    *,
    parent: str | None = None,
    children: str | None = None,
) -> Callable[[type[T]], type[T]]:
    """Register the decorated dataclass as the record kind ``name``."""

    def register(of: type[T]) -> type[T]:
        kind = Kind(name, of, label, plural, prefix, parent, children)
        KINDS[name] = kind
        _BY_TYPE[of] = kind
        return of

    return register


def kind_of(record: Record) -> Kind:
    """Return the kind of ``record``."""
    return _BY_TYPE[type(record)]
