"""An organisation out of one plain object, with every problem and its place."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from continuity.exchange.changes import read_changes
from continuity.exchange.index import PARTS, Index
from continuity.exchange.writing import KIND, part_code
from continuity.model.ids import derived_id, is_id
from continuity.model.kinds import KINDS, Kind, Measure, Record
from continuity.model.organisation import Organisation
from continuity.model.payload import FORMAT, Plain, Reader
from continuity.model.problems import Problem, Refused

_HEAD = ("format", "kind", "document", "language", "records")
_LONGEST_CODE = 200


@dataclass(slots=True)
class Entry:
    """One record as it stands in the file; ``given`` holds its fields without id, code and parts."""

    kind: Kind
    id: str
    code: str
    given: Plain
    path: str


def read_plain(plain: Any) -> Organisation:
    """Return the organisation of ``plain``; raise :class:`Refused` with every problem and its path."""
    document = read_head(plain)
    gathering = Gathering(document)
    gathering.records(plain["records"], "records")
    return gathering.organisation()


def read_head(plain: Any) -> str:
    """Return the document id of the file; raise :class:`Refused` where it is no file of ours."""
    if not isinstance(plain, dict) or plain.get("kind") != KIND:
        raise Refused([Problem("not-an-organisation", path="kind", facts={"expected": KIND})])
    version = plain.get("format")
    if isinstance(version, int) and not isinstance(version, bool) and version > FORMAT:
        raise Refused([Problem("newer-format", path="format", facts={"format": version, "known": FORMAT})])
    reader = Reader()
    if isinstance(version, bool) or version != FORMAT:
        reader.report("wrong-format", "format", value=repr(version), known=FORMAT)
    for name in plain:
        if name not in _HEAD:
            reader.report("unknown-field", str(name), known=", ".join(_HEAD))
    document = plain.get("document", "")
    if document != "" and not is_id(document):
        reader.report("bad-id", "document", value=repr(document)[:60])
    if not isinstance(plain.get("language", ""), str):
        reader.report("wrong-type", "language", expected="text", value=repr(plain["language"])[:60])
    if not isinstance(plain.get("records"), dict):
        reader.report("wrong-type" if "records" in plain else "missing-field", "records",
                      field="records", expected="object", value=repr(plain.get("records"))[:60])  # fmt: skip
    if reader.problems:
        raise Refused(reader.problems)
    return document or _document_of(plain["records"])


def _document_of(records: Plain) -> str:
    """Return an id for a file that states none: the same for the same agency."""
    agencies = records.get("agency")
    first = agencies[0] if isinstance(agencies, list) and agencies else None
    code = first.get("code") if isinstance(first, dict) else None
    return derived_id("", "document", str(code))


@dataclass(slots=True)
class Gathering:
    """Collects records from one or several files, then reads them together."""

    document: str
    reader: Reader = field(default_factory=Reader)
    entries: list[Entry] = field(default_factory=list)
    index: Index = field(init=False)

    def __post_init__(self) -> None:
        self.index = Index(self.document)

    def records(self, plain: Any, path: str) -> None:
        """Gather the records of ``plain``, an object with a list for each kind."""
        if not isinstance(plain, dict):
            self.reader.report("wrong-type", path, expected="object", value=repr(plain)[:60])
            return
        for name, found in plain.items():
            kind = KINDS.get(name)
            here = f"{path}.{name}"
            if kind is None:
                whole = ", ".join(k.name for k in KINDS.values() if not k.parent)
                self.reader.report("unknown-kind", here, value=name, known=whole)
            elif kind.parent:
                inside = kind.specs[kind.parent].kinds[0]
                self.reader.report("stands-inside", here, kinds=inside, value=kind.children)
            else:
                for place, one in enumerate(self._list(found, here)):
                    self._gather(kind, one, f"{here}[{place}]", None, place)

    def _list(self, found: Any, path: str) -> list[Any]:
        if isinstance(found, list):
            return found
        self.reader.report("wrong-type", path, expected="list", value=repr(found)[:60])
        return []

    def _gather(self, kind: Kind, plain: Any, path: str, parent: Entry | None, place: int) -> None:
        if not isinstance(plain, dict):
            self.reader.report("wrong-type", path, expected="object", value=repr(plain)[:60])
            return
        given = dict(plain)
        code = self._code(given, path, part_code(parent.code, place) if parent else None)
        id_ = self._id(kind, given, code, path)
        parts = [
            (part, f"{path}.{part.children}", self._list(given.pop(part.children), f"{path}.{part.children}"))
            for part in PARTS[kind.name]
            if part.children in given
        ]
        entry = Entry(kind, id_, code, given, path)
        if parent and kind.parent:
            self._place(entry, kind.parent, parent, place)
        self._note(entry)
        for part, here, found in parts:
            for number, one in enumerate(found):
                self._gather(part, one, f"{here}[{number}]", entry, number)

    def _place(self, entry: Entry, field_name: str, parent: Entry, place: int) -> None:
        if field_name in entry.given:
            self.reader.report("unknown-field", f"{entry.path}.{field_name}",
                               known=", ".join(n for n in entry.kind.specs if n != field_name))  # fmt: skip
        entry.given[field_name] = parent.id
        entry.given.setdefault("position", place)

    def _code(self, given: Plain, path: str, default: str | None) -> str:
        code = given.pop("code", default)
        if isinstance(code, str) and code.strip() == code and 0 < len(code) <= _LONGEST_CODE:
            return code
        if code is None:
            self.reader.report("missing-field", f"{path}.code", field="code")
        else:
            self.reader.report("bad-code", f"{path}.code", value=repr(code)[:60])
        return ""

    def _id(self, kind: Kind, given: Plain, code: str, path: str) -> str:
        id_ = given.pop("id", None)
        if id_ is None:
            # Without a code either, the place keeps the problems of this record apart from others.
            return self.index.derived(kind.name, code or f"\0{path}")
        if is_id(id_):
            return str(id_)
        self.reader.report("bad-id", f"{path}.id", value=repr(id_)[:60])
        return self.index.derived(kind.name, f"\0{path}")

    def _note(self, entry: Entry) -> None:
        taken = self.index.kind(entry.id)
        if entry.code and self.index.coded(entry.kind.name, entry.code):
            self.reader.report("duplicate-code", f"{entry.path}.code", value=entry.code)
        elif taken:
            self.reader.report("duplicate-id", f"{entry.path}.id", record=entry.code)
        else:
            if entry.code:
                self.index.put(entry.kind.name, entry.id, entry.code)
            else:
                self.index.kinds[entry.id] = entry.kind.name
        self.entries.append(entry)

    def organisation(self) -> Organisation:
        """Return the organisation of all that was gathered, or raise with every problem."""
        self.reader.resolve = self.index.resolve
        records = [record for entry in self.entries if (record := self._read(entry))]
        if self.reader.problems:
            raise Refused(self.reader.problems)
        return Organisation(self.document, records)

    def _read(self, entry: Entry) -> Record | None:
        before = len(self.reader.problems)
        values = self.reader.fields(entry.kind.of, entry.given, entry.path)
        if len(self.reader.problems) == before:
            record = entry.kind.of(id=entry.id, code=entry.code, **values)
            if isinstance(record, Measure):
                record = read_changes(record, self.index, self.reader, entry.path)
            return record
        problems = self.reader.problems
        for place in range(before, len(problems)):
            problems[place] = dataclasses.replace(problems[place], kind=entry.kind.name, record=entry.code)
        return None
