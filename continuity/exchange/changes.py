"""The changes of a measure in files: codes for ids, durations as people write them."""

from __future__ import annotations

import dataclasses
from typing import Any

from continuity.exchange.index import Index, write_named
from continuity.model.ids import is_id
from continuity.model.kinds import KINDS, Kind, Measure
from continuity.model.payload import Plain, Reader, write_value
from continuity.model.values import Change


def read_changes(measure: Measure, index: Index, reader: Reader, path: str) -> Measure:
    """Return ``measure`` with ids and payload values in its changes; problems are noted in ``reader``."""
    own = Index(index.document, wider=index)
    targets = [
        _added(change, own, reader, f"{path}.changes[{place}]") if change.action == "add" else None
        for place, change in enumerate(measure.changes)
    ]
    changes = tuple(
        _read(change, target, own, reader, f"{path}.changes[{place}]")
        for place, (change, target) in enumerate(zip(measure.changes, targets, strict=True))
    )
    return dataclasses.replace(measure, changes=changes)


def _added(change: Change, own: Index, reader: Reader, path: str) -> str | None:
    """Return the id of the record that ``change`` adds, and note it in ``own``."""
    if change.kind not in KINDS:
        return None
    code = change.values.get("code", None if is_id(change.target) else change.target)
    if not isinstance(code, str) or not code.strip():
        reader.report("missing-field", f"{path}.values.code", field="code")
        return None
    id_ = change.target if is_id(change.target) else own.derived(change.kind, change.target)
    if own.kind(id_):
        reader.report("duplicate-id", f"{path}.target", record=code)
    elif own.coded(change.kind, code):
        reader.report("duplicate-code", f"{path}.target", value=code)
    own.put(change.kind, id_, code)
    return id_


def _read(change: Change, target: str | None, own: Index, reader: Reader, path: str) -> Change:
    kind = KINDS.get(change.kind)
    if kind is None:
        reader.report("unknown-kind", f"{path}.kind", value=change.kind, known=", ".join(KINDS))
        return change
    if change.action != "add":
        target = own.resolve((kind.name,), change.target)
        if target is None:
            reader.report("dangling", f"{path}.target", value=change.target, kinds=kind.name)
    if change.action == "remove" and change.values:
        reader.report("not-empty", f"{path}.values")
    values = _values(change, kind, own, reader, f"{path}.values")
    return dataclasses.replace(change, target=target or change.target, values=values)


def _values(change: Change, kind: Kind, own: Index, reader: Reader, path: str) -> dict[str, object]:
    """Return the new values as payload values: ids, minutes, ISO dates."""
    given = {name: value for name, value in change.values.items() if name != "code"}
    inner = Reader(own.resolve, reader.problems)
    read = inner.fields(kind.of, given, path, partial=change.action != "add")
    values: dict[str, object] = {}
    code = change.values.get("code", change.target if change.action == "add" else None)
    if "code" in change.values and (not isinstance(code, str) or not code.strip()):
        reader.report("bad-code", f"{path}.code", value=repr(code))
    elif code is not None and (change.action == "add" or "code" in change.values):
        values["code"] = code
    values.update({name: write_value(kind.specs[name], value) for name, value in read.items()})
    return values


def write_changes(measure: Measure, index: Index, codes: dict[str, str]) -> list[Plain]:
    """Return the changes of ``measure`` as plain objects with codes for ids where unambiguous."""
    own = Index(index.document, wider=index)
    own_codes = dict(codes)
    for change in measure.changes:
        code = change.values.get("code")
        if change.action == "add" and isinstance(code, str):
            own.put(change.kind, change.target, code)
            own_codes[change.target] = code
    return [_write(change, own, own_codes) for change in measure.changes]


def _write(change: Change, own: Index, codes: dict[str, str]) -> Plain:
    kind = KINDS.get(change.kind)
    plain: Plain = {"action": change.action, "kind": change.kind, "target": change.target}
    values = dict(change.values)
    if kind:
        plain["target"] = own.name((kind.name,), change.target, codes)
        values = {name: _write_one(kind, name, value, own, codes) for name, value in values.items()}
    if change.action == "add" and kind:
        # The code of what is added is its target, where that leads to the same id.
        code = change.values.get("code")
        if isinstance(code, str) and own.derived(kind.name, code) == change.target:
            plain["target"] = values.pop("code")
        else:
            plain["target"] = change.target
    return {**plain, "values": values} if values else plain


def _write_one(kind: Kind, name: str, value: object, own: Index, codes: dict[str, str]) -> Any:
    spec = kind.specs.get(name)
    reader = Reader()
    if spec is None:
        return value
    read = reader.value(spec, value, name)
    # A value that is none is written as it stands, for the reader of the file to mend.
    return value if reader.problems else write_named(spec, read, own, codes)
