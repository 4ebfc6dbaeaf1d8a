"""The door's middle: edits, undo and redo, and who is told of them."""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from continuity.model.edits import Changes, Edit, Group, is_empty
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.session_checks import check_texts
from continuity.session_history import (
    Done,
    JournalEntry,
    Pending,
    Stacks,
    Step,
    Unsaved,
    edit_of,
    stacks_of,
    step_of,
    touched,
)
from continuity.store.journal import Entry, Row
from continuity.store.payload import restorable
from continuity.store.store import Store

_log = logging.getLogger(__name__)

Listener = Callable[[Changes], None]
#: The edit that takes a step back (or does it again), the step, and what is lost by it.
_Found = tuple[Edit, Edit, tuple[str, ...]]

#: Edits with the same merge key are one step when they follow within so many seconds.
MERGE_SECONDS = 3.0
#: Origin of the changes that announce what could not be saved and was taken back.
UNSAVED = "unsaved"


class Editing:
    """An organisation that changes only by edits, each of which goes to the store."""

    def __init__(self, store: Store, organisation: Organisation, author: str, *, read_only: bool) -> None:
        self.organisation = organisation
        self.author = author
        self.read_only = read_only
        self._store = store
        self._title = ""
        self._lock = threading.RLock()
        self._listeners: list[Listener] = []
        self._save_listeners: list[Callable[[bool], None]] = []
        links = store.links()
        self._next = links[-1].id + 1 if links else 1
        self._stacks = stacks_of(links)
        self._unsaved = Unsaved()
        self._read: dict[tuple[int, ...], Edit] = {}  # the steps last read from disk
        self._steps: dict[str, tuple[object, Step | None]] = {}  # what was last told of undo and redo
        store.on_saved(self._on_saved)

    # --- state ---------------------------------------------------------------------------------

    @property
    def path(self) -> Path | None:
        """Where the document lies, or None while it is in memory only."""
        return self._store.path

    @property
    def saved(self) -> bool:
        """Whether every edit is on disk; in memory: whether nothing has been edited yet."""
        return self._store.saved and (self.path is not None or not (self._stacks.undo or self._stacks.redo))

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self.undo_step is not None

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return self.redo_step is not None

    @property
    def undo_step(self) -> Step | None:
        """The step that :meth:`undo` would take back."""
        return self._told("undo", self._stacks.undo, self._undoable)

    @property
    def redo_step(self) -> Step | None:
        """The step that :meth:`redo` would do again."""
        return self._told("redo", self._stacks.redo, self._redoable)

    def _told(self, verb: str, stack: tuple[Done, ...], find: Callable[[], _Found | None]) -> Step | None:
        """Return the newest step of a stack in facts; it is asked for more often than it changes."""
        key = (stack[-1].ids if stack else (), self._next)
        if self._steps.get(verb, (None, None))[0] != key:
            found = find()
            said = (found[1] if verb == "undo" else found[0]) if found else None
            step = step_of(said, self.organisation, found[2]) if found and said else None
            self._steps[verb] = (key, step)
        return self._steps[verb][1]

    # --- listening -----------------------------------------------------------------------------

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` once per edit, undo and redo, in the thread that made it; return how to stop."""
        self._listeners.append(listener)
        return lambda: _drop(self._listeners, listener)

    def on_saved(self, listener: Callable[[bool], None]) -> Callable[[], None]:
        """Call ``listener`` from the store's thread: True, an edit is stored; False, one could not be.

        After False, :meth:`settle`, in a thread of your own, takes back what is unsaved and says why.
        """
        self._save_listeners.append(listener)
        return lambda: _drop(self._save_listeners, listener)

    def _on_saved(self, saved: bool) -> None:
        for listener in tuple(self._save_listeners):
            try:
                listener(saved)
            except Exception:
                _log.exception("a listener failed")

    def _announce(self, changes: Changes) -> None:
        for listener in tuple(self._listeners):
            try:
                listener(changes)
            except Exception:
                _log.exception("a listener failed")

    # --- editing -------------------------------------------------------------------------------

    def edit(self, edit: Edit, *, origin: str = "", merge: str | None = None) -> Changes:
        """Carry out ``edit``, or raise :class:`Refused` with every reason and change nothing.

        Edits with the same ``merge`` key that follow one another at once (drags, typing) are one step.
        """
        with self._lock:
            self._may_edit()
            check_texts(edit)
            if is_empty(edit):
                return Changes(origin=origin)
            changes = self.organisation.apply(edit, origin)
            now = time.monotonic()
            joins = self._joins(merge, now)
            step = Done((self._next,), edit, merge, now)
            before = self._stacks
            self._stacks = before.done(step) if joins is None else before.joined(step)
            self._queue(edit, origin, before, joins=joins)
        self._announce(changes)
        return changes

    def undo(self) -> Changes | None:
        """Take back the last step; None where there is none."""
        with self._lock:
            self._may_edit()
            found = self._undoable()
            if found is None:
                return None
            inverse, _, _ = found
            changes = self.organisation.apply(inverse, "undo")
            before, undone = self._stacks, self._stacks.undo[-1]
            self._stacks = before.undone(Done((self._next,), inverse))
            self._queue(inverse, "undo", before, undoes=undone.ids[0])
        self._announce(changes)
        return changes

    def redo(self) -> Changes | None:
        """Do again the step taken back last; None where there is none."""
        with self._lock:
            self._may_edit()
            found = self._redoable()
            if found is None:
                return None
            again, _, _ = found
            changes = self.organisation.apply(again, "redo")
            before, taken_back = self._stacks, self._stacks.redo[-1]
            self._stacks = before.redone(Done((self._next,), again))
            self._queue(again, "redo", before, undoes=taken_back.ids[0])
        self._announce(changes)
        return changes

    def _may_edit(self) -> None:
        if self.read_only:
            raise Refused([Problem("read-only")])
        if problems := self.settle():
            raise Refused(problems)

    def _joins(self, merge: str | None, now: float) -> int | None:
        last = self._stacks.undo[-1] if self._stacks.undo and not self._stacks.redo else None
        if merge is None or last is None or last.key != merge or now - last.at > MERGE_SECONDS:
            return None
        return last.ids[0]

    def _queue(
        self, edit: Edit, origin: str, before: Stacks, *, undoes: int | None = None, joins: int | None = None
    ) -> None:
        if self._store.saved:
            self._unsaved.edits.clear()
        at = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
        entry = Entry(self._next, edit, self.author, at, origin, undoes, joins)
        self._unsaved.edits.append(Pending(self._next, edit, before))
        self._next += 1
        self._store.append(entry)

    # --- stacks --------------------------------------------------------------------------------

    def _undoable(self) -> tuple[Edit, Edit, tuple[str, ...]] | None:
        """Return the edit that takes back the newest step, that step, and what is lost by it."""
        with self._lock:
            while self._stacks.undo:
                found = self._inverse(self._stacks.undo[-1])
                if found:
                    return found
                self._stacks = Stacks(self._stacks.undo[:-1], self._stacks.redo)
            return None

    def _redoable(self) -> tuple[Edit, Edit, tuple[str, ...]] | None:
        with self._lock:
            while self._stacks.redo:
                found = self._inverse(self._stacks.redo[-1])
                if found:
                    return found
                self._stacks = Stacks(self._stacks.undo, self._stacks.redo[:-1])
            return None

    def _inverse(self, step: Done) -> tuple[Edit, Edit, tuple[str, ...]] | None:
        edit = self._edits_of(step)
        found, lost = restorable(edit.inverse, self.organisation)
        return None if found is None or is_empty(found) else (found, edit, lost)

    def _edits_of(self, step: Done) -> Edit:
        if step.edit is not None:
            return step.edit
        found = self._read.get(step.ids)
        if found is None:
            self._read.clear()
            found = self._read[step.ids] = edit_of(self._store.payloads(step.ids))
        return found

    # --- saving --------------------------------------------------------------------------------

    def flush(self) -> None:
        """Wait until the store has everything; raise :class:`Refused` where it could not be saved."""
        self._store.flush()
        if problems := self.settle():
            raise Refused(problems)

    def settle(self) -> list[Problem]:
        """Take back what could not be saved, announce that, and return why; usually nothing."""
        if not self._store.failed:
            return []
        with self._lock:
            failure = self._store.take_failure()
            if failure is None:
                return []
            pending = self._unsaved.since(failure.entry)
            undone = Group("unsaved", tuple(one.edit.inverse for one in reversed(pending)))
            changes = self.organisation.apply(undone, UNSAVED)
            self._stacks, self._next = pending[0].before, failure.entry
        self._announce(changes)
        facts: dict[str, object] = {
            "file": str(self.path or ""),
            "reason": failure.reason,
            "edits": len(pending),
        }
        return [Problem("not-saved", facts=facts)]

    # --- history -------------------------------------------------------------------------------

    def history(self, limit: int | None = 200) -> list[JournalEntry]:
        """Return the rows of the journal, newest first."""
        return [self._entry(row) for row in self._store.rows(limit=limit)]

    def _entry(self, row: Row) -> JournalEntry:
        edit = edit_of([row.payload])
        step, at = step_of(edit, self.organisation), dt.datetime.fromisoformat(row.at)
        return JournalEntry(row.id, at, row.author, row.origin, step, row.undoes, touched(edit))


def _drop(listeners: list[Any], listener: object) -> None:
    if listener in listeners:
        listeners.remove(listener)
