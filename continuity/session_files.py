"""The door to files: named versions, saving elsewhere, JSON in and out."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from continuity.exchange.clipboard import copied, pasted
from continuity.exchange.library import load_scenarios, scenario_edits
from continuity.exchange.merge import difference, merged
from continuity.exchange.organisation_json import read_organisation, write_organisation
from continuity.model.edits import Changes, Group
from continuity.model.ids import new_id
from continuity.model.kinds import Record, Scenario, kind_of
from continuity.model.layout import Place
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.session_compare import RecordChange, changes_of, compared, put_back
from continuity.session_edits import Editing
from continuity.session_history import edit_of
from continuity.store.kept import SignOff, Version
from continuity.store.payload import personal_fields, without_personal

#: What is shorter is guessed too soon.
SHORTEST_PASSPHRASE = 12


class Filing(Editing):
    """Versions and files of the document."""

    _signed: tuple[SignOff, ...] | None = None  # as last read
    _signed_version: Version | None = None

    # --- named versions ------------------------------------------------------------------------

    def make_version(self, name: str) -> Version:
        """Name the present state; personal values are not in it."""
        if self.read_only:
            raise Refused([Problem("read-only")])
        with self._lock:
            if problems := self.settle():
                raise Refused(problems)
            organisation, last = self.organisation.copy(), self._next - 1
        at = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
        version = Version(new_id(), name, at, self.author, last)
        impersonal = Organisation(organisation.document, map(_impersonal, organisation))
        self._store.add_version(version, write_organisation(impersonal))
        return version

    def versions(self) -> list[Version]:
        """Return the named versions, newest first."""
        return self._store.versions()

    def organisation_at(self, version: Version | str) -> Organisation:
        """Return the state of a version (or its id); people are as they are today, or erased."""
        id_ = version if isinstance(version, str) else version.id
        content = self._store.version_content(id_)
        if content is None:
            raise Refused([Problem("unknown-version", id=id_)])
        found = read_organisation(json.loads(content))
        return Organisation(found.document, (_personal(one, self.organisation) for one in found))

    def restore(self, version: Version | str) -> Changes:
        """Bring the document back to a version, as one step that can be undone."""
        return self.edit(
            difference(self.organisation, self.organisation_at(version), "restore"), origin="restore"
        )

    def compare(self, old: Version | None, new: Version | None) -> tuple[RecordChange, ...]:
        """Return what was added, removed and changed from one version to another; None: as it is now."""
        states = [
            self.organisation.copy() if one is None else self.organisation_at(one) for one in (old, new)
        ]
        return compared(states[0], states[1])

    def changes_in(self, ids: Iterable[int]) -> tuple[RecordChange, ...]:
        """Return what the journal rows ``ids`` (of one step) changed, record by record."""
        return changes_of(edit_of(self._store.payloads(tuple(ids))), self.organisation)

    def put_back(
        self, changes: Iterable[RecordChange], fields: Collection[str] | None = None
    ) -> tuple[Changes, tuple[str, ...]]:
        """Undo ``changes`` in the document of today as one step, of ``fields`` only where they are given.

        Returns what that changed, and the codes of records whose personal values cannot be had back.
        """
        edit, lost = put_back(tuple(changes), self.organisation, fields)
        return self.edit(edit, origin="restore"), lost

    # --- sign-off ------------------------------------------------------------------------------

    def sign_off(self, version: Version, *, name: str, role: str, note: str = "") -> SignOff:
        """Note that somebody stands by ``version``; it is kept for good."""
        if self.read_only:
            raise Refused([Problem("read-only")])
        if not name.strip() or not role.strip():
            raise Refused([Problem("sign-off-unnamed")])
        at = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
        made = SignOff(new_id(), version.id, at, self.author, name.strip(), role.strip(), note.strip())
        signed = self._store.add_signoff(made)
        self._signed = None
        return signed

    def signoffs(self) -> tuple[SignOff, ...]:
        """Return all sign-offs, newest first."""
        if self._signed is None:
            self._signed = tuple(self._store.signoffs())
            newest = self._signed[0].version if self._signed else ""
            self._signed_version = next((one for one in self.versions() if one.id == newest), None)
        return self._signed

    @property
    def signed(self) -> tuple[Version, SignOff, bool] | None:
        """The version signed off last, its sign-off, and whether the document is still as it was signed."""
        found, version = self.signoffs(), self._signed_version
        return (version, found[0], version.journal == self._next - 1) if version else None

    # --- scenario library ----------------------------------------------------------------------

    def library(self, lang: str) -> tuple[Scenario, ...]:
        """Return the scenarios that come with the program."""
        return tuple(record for record in load_scenarios(lang) if isinstance(record, Scenario))

    def add_scenarios(self, ids: Iterable[str], lang: str) -> Changes:
        """Take scenarios of the library, with their events, into this document as one step.

        What they hit and this document does not have is left out.
        """
        return self.edit(scenario_edits(load_scenarios(lang), set(ids), self.organisation), origin="library")

    # --- copying -------------------------------------------------------------------------------

    def copied(self, ids: Iterable[str], places: Mapping[str, Place]) -> str:
        """Return elements, and the needs among them, as JSON that :meth:`pasted` reads."""
        return copied(self.organisation, ids, places)

    def pasted(self, text: str, name: Callable[[str], str], shift: Place) -> tuple[Group, tuple[str, ...]]:
        """Return the edit that adds copies of what ``text`` holds, and the ids of the new elements."""
        return pasted(self.organisation, text, name, shift)

    # --- files ---------------------------------------------------------------------------------

    def save_as(self, path: Path | str, passphrase: str | None = None) -> None:
        """Write the whole document, its history too, to ``path`` and go on there.

        With a passphrase the file is encrypted; an empty one makes it plain, None keeps what is.
        """
        path = Path(path)
        if passphrase and len(passphrase) < SHORTEST_PASSPHRASE:
            raise Refused([Problem("short-passphrase", facts={"least": SHORTEST_PASSPHRASE})])
        with self._lock:
            self.flush()
            if self.path is not None and _same(path, self.path):
                if self.read_only:
                    raise Refused([Problem("read-only")])
                if passphrase is not None and bool(passphrase) != self.encrypted:
                    raise Refused([Problem("recode-in-place", facts={"file": str(path)})])
                return
            self._store.move_to(path, self.author, passphrase)
            self.read_only = False

    @property
    def encrypted(self) -> bool:
        """Whether the document's file is encrypted."""
        return self._store.encrypted

    def export_json(self, path: Path | str) -> None:
        """Write the organisation as JSON to ``path``."""
        write_organisation(self.organisation.copy(), path, language=self._store.language)

    def import_json(self, path: Path | str) -> Changes:
        """Take the records of a JSON organisation into this document, as one step that can be undone.

        Records are matched by id, then by code: those that match are changed, the others added.
        """
        incoming = read_organisation(path)
        with self._lock:
            edit = difference(self.organisation, merged(self.organisation, incoming), "import")
            return self.edit(edit, origin="import")


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _impersonal(record: Record) -> Record:
    return without_personal(record) if personal_fields(kind_of(record)) else record


def _personal(record: Record, today: Organisation) -> Record:
    """Return ``record`` with the personal values that it has today, where it is still there."""
    names = personal_fields(kind_of(record))
    present = today.of(type(record), record.id)
    if not names or present is None:
        return record
    return replace(record, **{name: getattr(present, name) for name in names})
