"""The door to other programs' files: sheets, forms, graphs, and the documents of others to merge with.

Long work is handed out as functions that run in any thread on a copy of the organisation; what comes
of it is taken over in one step, at once, in the thread that owns the session.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from continuity.exchange.archimate import read_archimate
from continuity.exchange.columns import Column, mappable
from continuity.exchange.conflicts import Merge, prepare_merge
from continuity.exchange.csv_folder import is_own_folder, read_folder, write_folder
from continuity.exchange.files import refusal
from continuity.exchange.graphml import read_graphml, write_graphml
from continuity.exchange.mapping import ADDED, CHANGED, Draft, Mapping, RowOutcome
from continuity.exchange.merge import difference, merged
from continuity.exchange.organisation_json import read_organisation, write_organisation
from continuity.exchange.own_tables import own_mappings
from continuity.exchange.proposals import headings_of, propose, remember, unit_of
from continuity.exchange.sheets import Watch, Workbook, unwatched
from continuity.exchange.table_import import draft_import
from continuity.exchange.workbook_out import write_workbook
from continuity.exchange.workbooks import read_workbook
from continuity.model.edits import Changes, Group, Replace, flat, is_empty
from continuity.model.kinds import kind_of
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.session_files import Filing
from continuity.session_history import Done, Step, edit_of, step_of
from continuity.store.payload import restorable
from continuity.store.store import Store
from continuity.store.tables import SCHEMA
from continuity.words import LANGUAGES, current, words_in

#: What can be read and written, by the ending of the name.
SHEETS = (".xlsx", ".xlsm", ".ods", ".csv", ".tsv", ".txt")
MODELS = (".json", ".graphml", ".xml")
WRITTEN = ("", ".json", ".xlsx", ".graphml")


T_co = TypeVar("T_co", covariant=True)


class Work(Protocol[T_co]):
    """Work that may be done in any thread, under somebody's eyes."""

    def __call__(self, watch: Watch = unwatched) -> T_co: ...


@dataclass(slots=True)
class Prepared:
    """An import that has been tried on a copy, and waits to be taken over."""

    draft: Draft
    changes: Changes
    twin: Organisation
    at: int
    step: Step | None = None
    workbook: Workbook | None = None
    mappings: list[Mapping] = field(default_factory=list)


class Exchanging(Filing):
    """Imports, exports and merges."""

    # --- sheets --------------------------------------------------------------------------------

    @staticmethod
    def read_sheets(path: Path, watch: Watch = unwatched) -> tuple[Workbook, list[Mapping]]:
        """Return the sheets of a file or folder, and what their columns mean or probably mean."""
        if path.is_dir():
            if not is_own_folder(path):
                raise refusal("is-a-folder", path)
            return read_folder(path, watch)
        workbook = read_workbook(path, watch)
        own = own_mappings(workbook)
        shown = [sheet for sheet in workbook.sheets if sheet.rows and not sheet.hidden]
        if not shown:
            raise refusal("empty-file", path)
        return workbook, own or [propose(sheet, _says()) for sheet in shown]

    @staticmethod
    def proposal(workbook: Workbook, sheet: str, kind: str = "", header: int | None = None) -> Mapping:
        """Return what the columns of one sheet probably mean."""
        found = workbook.sheet(sheet)
        if found is None:
            raise Refused([Problem("no-such-sheet", facts={"value": sheet})], workbook.file)
        return propose(found, _says(), kind, header)

    @staticmethod
    def remember_mapping(workbook: Workbook, mapping: Mapping) -> None:
        """Keep a mapping for the next sheet with the same headings."""
        if not mapping.exact and (sheet := workbook.sheet(mapping.sheet)):
            remember(sheet, mapping)

    @staticmethod
    def columns_for(kind: str) -> list[Column]:
        """Return what the columns of a sheet may mean in records of ``kind``."""
        return list(mappable(kind).values())

    @staticmethod
    def headings(workbook: Workbook, sheet: str, header: int) -> list[str]:
        """Return the headings of a sheet, read in row ``header``."""
        found = workbook.sheet(sheet)
        return headings_of(found, header) if found else []

    @staticmethod
    def unit_for(workbook: Workbook, mapping: Mapping, column: int, path: str) -> str:
        """Return the unit in which a column that is to mean ``path`` probably is."""
        found = workbook.sheet(mapping.sheet)
        headings = Exchanging.headings(workbook, mapping.sheet, mapping.header)
        if found is None or column >= len(headings):
            return ""
        spec = mappable(mapping.kind)[path].spec
        return unit_of(spec, headings[column], found, mapping.header, column)

    def drafting(self, workbook: Workbook, mappings: list[Mapping]) -> Work[Prepared]:
        """Return the work of trying an import; it may be done in any thread."""
        twin, at = self._copied()

        def work(watch: Watch = unwatched) -> Prepared:
            with _no_collecting():
                draft = draft_import(twin, workbook, mappings, _says(), watch)
                return _tried(draft, twin, at, workbook, mappings)

        return work

    def reading(self, path: Path) -> Work[Prepared]:
        """Return the work of trying the import of a model of another program, or of ours as JSON."""
        twin, at = self._copied()

        def work(watch: Watch = unwatched) -> Prepared:
            incoming, remarks = _model(path, twin)
            watch(1, 2)
            edit = difference(twin, merged(twin, incoming), "import")
            return _tried(Draft(edit, _outcomes(edit, twin), remarks=remarks), twin, at)

        return work

    def take(self, prepared: Prepared, origin: str = "import") -> Changes:
        """Carry out a prepared import as one step that can be undone."""
        edit = prepared.draft.edit
        with self._lock:
            self._may_edit()
            if is_empty(edit):
                return Changes(origin=origin)
            if self._next != prepared.at:
                return self.edit(edit, origin=origin)
            self.organisation.adopt(prepared.twin)
            before = self._stacks
            self._stacks = before.done(Done((self._next,), edit, None, time.monotonic()))
            self._queue(edit, origin, before)
            # The step was told in the background: it may be long.
            self._steps["undo"] = ((self._stacks.undo[-1].ids, self._next), prepared.step)
            changes = prepared.changes
        self._announce(changes)
        return changes

    def _copied(self) -> tuple[Organisation, int]:
        with self._lock:
            return self.organisation.copy(), self._next

    # --- out -----------------------------------------------------------------------------------

    def exporting(self, path: Path, lang: str = "", *, form: bool = False) -> Work[None]:
        """Return the work of writing the document as what ``path`` ends with; ``form``: an empty workbook."""
        organisation, language = self.organisation.copy(), self._store.language
        say = words_in(lang or current().language)._

        def work(watch: Watch = unwatched) -> None:
            match path.suffix.lower():
                case ".json":
                    write_organisation(organisation, path, language=language)
                case ".xlsx":
                    write_workbook(organisation, path, say, rows=not form, watch=watch)
                case ".graphml":
                    write_graphml(organisation, path)
                case "":
                    write_folder(organisation, path, say, watch)
                case _:
                    raise refusal("cannot-write-such", path)

        return work

    # --- merging -------------------------------------------------------------------------------

    def merging(self, path: Path, version: str = "") -> Work[Merge]:
        """Return the work of comparing this document with another that is to be merged into it.

        The state from which both come is found in their journals, or is the named ``version``.
        """
        ours = self.organisation.copy()
        base = self.organisation_at(version) if version else None

        def work(watch: Watch = unwatched) -> Merge:
            theirs, hashes = _other(path)
            watch(1, 3)
            found = base or self._ancestor(ours, hashes)
            watch(2, 3)
            return prepare_merge(ours, theirs, found)

        return work

    def merge(self, merge: Merge, choices: dict[tuple[str, str], str], default: str) -> Changes:
        """Take the other document in as one step; each conflict as chosen, else ``default``."""
        return self.edit(merge.edit(choices, default), origin="merge")

    def _ancestor(self, ours: Organisation, hashes: set[str]) -> Organisation | None:
        """Return the state after the last journal row that both documents have; None where there is none."""
        if not hashes:
            return None
        self._store.flush()
        later: list[str] = []
        for row in self._store.rows(limit=None):  # newest first
            if row.hash in hashes:
                return _taken_back(ours, later)
            if row.schema != SCHEMA:
                return None
            later.append(row.payload)
        return None


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Let Python not look for garbage among hundreds of thousands of records that are all in use."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _says() -> tuple[Callable[[str], str], ...]:
    now = current().language
    return tuple(words_in(lang)._ for lang in sorted(LANGUAGES, key=lambda lang: lang != now))


def _tried(
    draft: Draft,
    twin: Organisation,
    at: int,
    workbook: Workbook | None = None,
    mappings: list[Mapping] | None = None,
) -> Prepared:
    """Carry the draft out on the copy; what the organisation refuses is told with its row."""
    if is_empty(draft.edit):
        return Prepared(draft, Changes(origin="import"), twin, at, None, workbook, mappings or [])
    try:
        changes = twin.apply(draft.edit, "import")
    except Refused as refused:
        draft.problems += refused.problems
        draft.edit = Group("import", ())
        changes = Changes(origin="import")
    step = step_of(draft.edit, twin)
    return Prepared(draft, changes, twin, at, step, workbook, mappings or [])


def _outcomes(edit: Group, before: Organisation) -> list[RowOutcome]:
    """Return what becomes of each record of a model, as of rows of a sheet."""
    found = []
    for one in flat(edit):
        held = before.get(one.id) if isinstance(one, Replace) else one.record
        if held is not None:
            status = CHANGED if isinstance(one, Replace) else ADDED
            name = str(getattr(held, "name", ""))
            found.append(RowOutcome("", -1, status, kind_of(held).name, held.id, held.code, name))
    return found


def _model(path: Path, present: Organisation) -> tuple[Organisation, list[Problem]]:
    match path.suffix.lower():
        case ".json":
            return read_organisation(path), []
        case ".graphml":
            return read_graphml(path, present)
        case ".xml":
            return read_archimate(path, present)
    raise refusal("cannot-read-such", path)


def _other(path: Path) -> tuple[Organisation, set[str]]:
    """Return the organisation of another document, and the hashes of its journal."""
    if path.suffix.lower() == ".json":
        return read_organisation(path), set()
    if path.suffix.lower() != ".uthallig":
        raise refusal("cannot-merge-such", path)
    store, organisation = Store.open(path, "", read_only=True)
    try:
        return organisation, {row.hash for row in store.rows(limit=None)}
    finally:
        store.close()


def _taken_back(organisation: Organisation, payloads: list[str]) -> Organisation | None:
    """Return ``organisation`` as it was before the edits of ``payloads``, newest first."""
    base = organisation.copy()
    try:
        for payload in payloads:
            found, _lost = restorable(edit_of([payload]).inverse, base)
            if found is not None and not is_empty(found):
                base.apply(found)
    except (Refused, ValueError):
        return None
    return base
