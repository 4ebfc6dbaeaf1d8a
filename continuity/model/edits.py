"""Edits: changes as data, each knowing its inverse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from continuity.model.kinds import KINDS, Record, kind_of
from continuity.model.payload import FORMAT, Plain, Reader, read_record, write_record, write_value


@dataclass(frozen=True, slots=True)
class Add:
    """A record comes into being."""

    record: Record

    @property
    def inverse(self) -> Remove:
        """The edit that takes it back."""
        return Remove(self.record)


@dataclass(frozen=True, slots=True)
class Remove:
    """A record ceases to be; it is kept here so that it can come back."""

    record: Record

    @property
    def inverse(self) -> Add:
        """The edit that takes it back."""
        return Add(self.record)


@dataclass(frozen=True, slots=True)
class Replace:
    """Fields of one record change: per field the old and the new value."""

    kind: str
    id: str
    changes: dict[str, tuple[Any, Any]]

    @property
    def inverse(self) -> Replace:
        """The edit that takes it back."""
        return Replace(self.kind, self.id, {name: (new, old) for name, (old, new) in self.changes.items()})


@dataclass(frozen=True, slots=True)
class Group:
    """Several edits that are one step for the user; ``verb`` is the code of its sentence."""

    verb: str
    edits: tuple[Edit, ...]

    @property
    def inverse(self) -> Group:
        """The edit that takes it back."""
        return Group(self.verb, tuple(edit.inverse for edit in reversed(self.edits)))


Edit = Add | Remove | Replace | Group


@dataclass(frozen=True, slots=True)
class Changes:
    """What an edit changed, announced once, and who asked (``origin``)."""

    added: tuple[Record, ...] = ()
    removed: tuple[Record, ...] = ()
    replaced: tuple[Record, ...] = ()
    fields: frozenset[str] = field(default_factory=frozenset)
    origin: str = ""

    def touches(self, *kinds: str) -> bool:
        """Tell whether a record of one of ``kinds`` is among them."""
        every = (*self.added, *self.removed, *self.replaced)
        return any(kind_of(record).name in kinds for record in every)


def amend(record: Record, **values: Any) -> Replace:
    """Return the edit that gives ``record`` the new ``values`` (unchanged ones are left out)."""
    changes = {n: (getattr(record, n), v) for n, v in values.items() if getattr(record, n) != v}
    return Replace(kind_of(record).name, record.id, changes)


def amended(record: Record, edit: Replace) -> Record:
    """Return ``record`` with the new values of ``edit``."""
    return replace(record, **{name: new for name, (_, new) in edit.changes.items()})


def flat(edit: Edit) -> Iterator[Add | Remove | Replace]:
    """Yield the single edits of ``edit`` in order."""
    if isinstance(edit, Group):
        for one in edit.edits:
            yield from flat(one)
    else:
        yield edit


def is_empty(edit: Edit) -> bool:
    """Tell whether ``edit`` changes nothing."""
    return all(isinstance(one, Replace) and not one.changes for one in flat(edit))


# --- payload (format 1) ------------------------------------------------------------------------


def write_edit(edit: Edit) -> Plain:
    """Return ``edit`` as a plain object."""
    match edit:
        case Add(record):
            return {"format": FORMAT, "edit": "add", "record": write_record(record)}
        case Remove(record):
            return {"format": FORMAT, "edit": "remove", "record": write_record(record)}
        case Replace(kind, id_, changes):
            written = {
                name: [_write(kind, name, old), _write(kind, name, new)]
                for name, (old, new) in changes.items()
            }
            return {"format": FORMAT, "edit": "replace", "kind": kind, "id": id_, "changes": written}
        case Group(verb, edits):
            return {"format": FORMAT, "edit": "group", "verb": verb, "edits": [write_edit(e) for e in edits]}


def read_edit(plain: Plain) -> Edit:
    """Return the edit of a payload written by :func:`write_edit`; raise ValueError otherwise."""
    match plain.get("edit"):
        case "add":
            return Add(read_record(plain["record"]))
        case "remove":
            return Remove(read_record(plain["record"]))
        case "replace":
            kind = plain["kind"]
            changes = {
                name: (_read(kind, name, old), _read(kind, name, new))
                for name, (old, new) in plain["changes"].items()
            }
            return Replace(kind, plain["id"], changes)
        case "group":
            return Group(plain["verb"], tuple(read_edit(one) for one in plain["edits"]))
        case other:
            raise ValueError(f"not an edit payload: {other!r}")


def _write(kind: str, name: str, value: Any) -> Any:
    return value if name == "code" else write_value(KINDS[kind].specs[name], value)


def _read(kind: str, name: str, plain: Any) -> Any:
    if name == "code":
        return plain
    reader = Reader()
    value = reader.value(KINDS[kind].specs[name], plain, name)
    if reader.problems:
        raise ValueError(f"not a value of {kind}.{name}: {plain!r}")
    return value
