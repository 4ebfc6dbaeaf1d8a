"""Markings: which is higher, which is the highest of a document, and what is above the allowed one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from continuity.model.kinds import MARKINGS, Agency, Record, kind_of
from continuity.model.payload import default_of
from continuity.model.problems import Problem

if TYPE_CHECKING:
    from continuity.model.organisation import Organisation

_ORDER = {code: place for place, code in enumerate(MARKINGS)}
#: What holds where no agency says otherwise: secrecy, no security class.
_ALLOWED = str(default_of(Agency, "highest_marking"))


def marking_of(record: Record) -> str:
    """Return the marking of ``record`` itself; ``none`` where it has none."""
    return getattr(record, "marking", None) or "none"


def highest(organisation: Organisation) -> str:
    """Return the highest marking of any record: the marking of what is made of them all."""
    return max(map(marking_of, organisation), key=_ORDER.__getitem__, default="none")


def too_high(organisation: Organisation, touched: Iterable[Record]) -> list[Problem]:
    """Return a problem for each record marked above what its agency allows.

    Of ``touched`` only; of all where the agency is among them, since it may have lowered the bound.
    """
    agency = organisation.agency
    allowed = agency.highest_marking if agency else _ALLOWED
    touched = tuple(touched)
    looked_at = organisation if agency and any(one.id == agency.id for one in touched) else touched
    return [_problem(one, allowed) for one in looked_at if _ORDER[marking_of(one)] > _ORDER[allowed]]


def _problem(record: Record, allowed: str) -> Problem:
    facts: dict[str, object] = {"marking": marking_of(record), "allowed": allowed}
    name = f"{record.code} {getattr(record, 'name', '')}".strip()
    return Problem("marking-too-high", "error", kind_of(record).name, record.id, name, "marking", facts=facts)
