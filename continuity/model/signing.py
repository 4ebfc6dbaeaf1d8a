"""An owner's sign-off of a function: who, when, and of which state of the record."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Literal

from continuity.model.edits import Replace, amend
from continuity.model.kinds import Function, Need, Record, Supply
from continuity.model.organisation import Organisation
from continuity.model.payload import default_of, write_record

#: Not signed; signed as it stands; signed, but changed since.
Signed = Literal["none", "signed", "stale"]
_NOT_SIGNED = ("signed_by", "signed_on", "signed_state", "last_review", "approver", "x", "y")
_LETTERS = 12


def state_of(organisation: Organisation, function: Function) -> str:
    """Return the state of ``function``, its needs and their supplies: twelve letters of a SHA-256."""
    plain = {k: v for k, v in _said(function).items() if k not in _NOT_SIGNED}
    needs = [n for n in organisation.referrers(function.id) if isinstance(n, Need)]
    parts: list[Record] = [n for n in needs if n.dependent == function.id]
    parts += [s for need in tuple(parts) for s in organisation.parts(need.id, Supply)]
    rows = [[part.id, _said(part)] for part in sorted(parts, key=lambda part: part.id)]
    told = json.dumps([plain, rows], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:_LETTERS]


def _said(record: Record) -> dict[str, Any]:
    """Return what ``record`` says: without defaults, so that a field that is new changes nothing."""
    plain = write_record(record)
    return {k: v for k, v in plain.items() if getattr(record, k) != default_of(type(record), k)}


def signed(organisation: Organisation, function: Function) -> Signed:
    """Tell whether ``function`` is signed off as it stands now."""
    if function.signed_by is None or function.signed_on is None:
        return "none"
    return "signed" if function.signed_state == state_of(organisation, function) else "stale"


def signing(organisation: Organisation, function: Function, role: str, on: dt.date) -> Replace:
    """Return the edit by which ``role`` (id) signs ``function`` off as it stands."""
    return amend(function, signed_by=role, signed_on=on, signed_state=state_of(organisation, function))


def sealed(records: Iterable[Record], document: str) -> Organisation:
    """Return an organisation in which functions signed without a state are signed as they stand."""
    organisation = Organisation(document, records)
    found: list[Record] = []
    for record in organisation:
        if isinstance(record, Function) and record.signed_on and not record.signed_state:
            record = replace(record, signed_state=state_of(organisation, record))
        found.append(record)
    return Organisation(document, found)
