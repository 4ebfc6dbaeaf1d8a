"""Edits as the journal keeps them: plain objects in which a person's values are only hashes.

The kind stands beside the record and not in it, so that a record may have a field called ``kind``.
A personal value is written as ``{"hash": …}`` and comes back as :class:`Hidden`: it can be checked,
never read. What cannot come back is told by :func:`restorable`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from continuity.model.edits import Add, Edit, Group, Remove, Replace
from continuity.model.fields import Spec
from continuity.model.kinds import KINDS, Kind, Record, kind_of
from continuity.model.organisation import Organisation
from continuity.model.payload import FORMAT, Plain, Reader, write_value

#: Stands for a name that was erased and cannot be had back.
ERASED = "–"

#: Gives the salt of a record's personal values.
Salts = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Hidden:
    """A personal value of which the journal knows only the hash."""

    hash: str


@cache
def personal_fields(kind: Kind) -> tuple[str, ...]:
    """Return the names of the fields of ``kind`` that hold personal data."""
    return tuple(name for name, spec in kind.specs.items() if spec.personal)


def hashed(salt: str, field: str, value: str) -> str:
    """Return the hash by which the journal knows a personal value."""
    return hashlib.blake2b(f"{salt}\x1f{field}\x1f{value}".encode(), digest_size=16).hexdigest()


# --- writing -----------------------------------------------------------------------------------


def write_payload(edit: Edit, salts: Salts) -> Plain:
    """Return ``edit`` as a plain object of format 1, personal values hashed."""
    return {"format": FORMAT, **_write(edit, salts)}


def _write(edit: Edit, salts: Salts) -> Plain:
    match edit:
        case Add(record) | Remove(record):
            kind = kind_of(record)
            fields = {n: _value(kind, record.id, n, getattr(record, n), salts) for n in kind.specs}
            written = {"id": record.id, "code": record.code, **fields}
            verb = "add" if isinstance(edit, Add) else "remove"
            return {"edit": verb, "kind": kind.name, "record": written}
        case Replace(name, id_, changes):
            kind = KINDS[name]
            pairs = {
                field: [_value(kind, id_, field, old, salts), _value(kind, id_, field, new, salts)]
                for field, (old, new) in changes.items()
            }
            return {"edit": "replace", "kind": name, "id": id_, "changes": pairs}
        case Group(verb, edits):
            return {"edit": "group", "verb": verb, "edits": [_write(one, salts) for one in edits]}


def _value(kind: Kind, id_: str, field: str, value: Any, salts: Salts) -> Any:
    if field == "code":
        return value
    spec = kind.specs[field]
    if isinstance(value, Hidden):
        return {"hash": value.hash}
    if spec.personal and value:
        return {"hash": hashed(salts(id_), field, value)}
    return write_value(spec, value)


# --- reading -----------------------------------------------------------------------------------


def read_payload(plain: Plain) -> Edit:
    """Return the edit of a payload, :class:`Hidden` for hashed values; raise ValueError if it is none."""
    match plain.get("edit"):
        case "add":
            return Add(_read_record(plain))
        case "remove":
            return Remove(_read_record(plain))
        case "replace":
            kind = KINDS[plain["kind"]]
            changes = {
                name: (_read(kind, name, old), _read(kind, name, new))
                for name, (old, new) in plain["changes"].items()
            }
            return Replace(kind.name, plain["id"], changes)
        case "group":
            return Group(plain["verb"], tuple(read_payload(one) for one in plain["edits"]))
        case other:
            raise ValueError(f"not an edit: {other!r}")


def _read_record(plain: Plain) -> Record:
    kind, given = KINDS[plain["kind"]], plain["record"]
    values = {name: _read(kind, name, value) for name, value in given.items() if name not in ("id", "code")}
    return kind.of(id=given["id"], code=given["code"], **values)


def _read(kind: Kind, name: str, plain: Any) -> Any:
    if name == "code":
        return plain
    spec: Spec = kind.specs[name]
    if spec.personal and isinstance(plain, dict):
        return Hidden(plain["hash"])
    reader = Reader()
    value = reader.value(spec, plain, name)
    if reader.problems:
        raise ValueError(f"not a value of {kind.name}.{name}: {plain!r}")
    return value


# --- what can be had back ----------------------------------------------------------------------


def restorable(edit: Edit, organisation: Organisation) -> tuple[Edit | None, tuple[str, ...]]:
    """Return what of ``edit`` can be carried out without hidden values, and the codes of what loses some.

    A record that comes back does so with empty personal fields; a change of a hidden value is left out.
    """
    lost: list[str] = []
    found = _restorable(edit, organisation, lost)
    return found, tuple(dict.fromkeys(lost))


def _restorable(edit: Edit, organisation: Organisation, lost: list[str]) -> Edit | None:
    match edit:
        case Add(record):
            return Add(_unhidden(record, lost))
        case Remove(record):
            present = organisation.get(record.id)
            return Remove(present if present and _hidden(record) else record)
        case Replace(kind, id_, changes):
            kept = {n: pair for n, pair in changes.items() if not any(isinstance(v, Hidden) for v in pair)}
            if len(kept) < len(changes):
                present = organisation.get(id_)
                lost.append(present.code if present else id_)
            return Replace(kind, id_, kept) if kept or not changes else None
        case Group(verb, edits):
            found = [_restorable(one, organisation, lost) for one in edits]
            return Group(verb, tuple(one for one in found if one)) if any(found) else None


def _hidden(record: Record) -> list[str]:
    return [n for n in personal_fields(kind_of(record)) if isinstance(getattr(record, n), Hidden)]


def _unhidden(record: Record, lost: list[str]) -> Record:
    hidden = _hidden(record)
    if not hidden:
        return record
    lost.append(record.code)
    return without_personal(record, hidden)


def without_personal(record: Record, names: list[str] | None = None) -> Record:
    """Return ``record`` with its personal fields (or those of ``names``) erased."""
    specs = kind_of(record).specs
    wanted = personal_fields(kind_of(record)) if names is None else names
    return replace(record, **{name: ERASED if specs[name].required else "" for name in wanted})
