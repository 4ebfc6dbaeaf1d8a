"""Import, export and merge on the command line: what would happen, what is wrong, what was done."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from typing import Any, NoReturn

import typer

from continuity import messages
from continuity.cli.opening import opened
from continuity.cli.speech import FAILED, WrongUse, say_problems
from continuity.model.kinds import KINDS
from continuity.model.problems import Problem
from continuity.session import MODELS, OURS, THEIRS, WRITTEN, Conflict, Merge, Prepared, Session
from continuity.words import _, current, ngettext

_MOST = 200  # faults that are shown


def open_or_new(file: Path, *, dry: bool) -> Session:
    """Return the session of ``file``, which is made where there is none; in memory for a trial."""
    if file.exists():
        return opened(file, read_only=dry)
    print(_("{file} is new.", file=str(file)))
    return Session.create(None)  # it gets its file with its first records


def prepared(session: Session, source: Path, kind: str | None) -> Prepared:
    """Return the import of ``source``, tried and not made."""
    if kind is not None and (kind not in KINDS or KINDS[kind].parent):
        known = ", ".join(name for name, one in KINDS.items() if not one.parent)
        raise WrongUse(_("There is no kind “{kind}”. Kinds: {known}.", kind=kind, known=known))
    if source.suffix.lower() in MODELS and source.is_file():
        return session.reading(source)()
    workbook, mappings = session.read_sheets(source)
    if kind is not None:
        mappings = [session.proposal(workbook, one.sheet, kind, one.header) for one in mappings]
    used = [mapping for mapping in mappings if mapping.exact or len(mapping.columns) > 1]
    return session.drafting(workbook, used or mappings)()


def show_import(
    session: Session, found: Prepared, source: Path, file: Path, *, dry: bool, partly: bool
) -> None:
    """Say what an import does, and do it unless it is a trial or has faults that are not accepted."""
    draft = found.draft
    for mapping in found.mappings:
        if not mapping.exact:
            print(_meaning(session, found, mapping.sheet))
    say_problems([*draft.problems, *draft.remarks][:_MOST], source)
    if (more := len(draft.problems) - _MOST) > 0:
        say_problems([Problem("more-faults", facts={"n": more})])
    if draft.problems and not (partly or dry):
        _fail(
            ngettext(
                "{n} fault: nothing was imported. Mend the file, or use --partly for the other rows.",
                "{n} faults: nothing was imported. Mend the file, or use --partly for the other rows.",
                len(draft.problems),
            )
        )
    changes = found.changes if dry else session.take(found)
    if not dry:
        if session.path is None:
            session.save_as(file)
        session.flush()
    facts: dict[str, Any] = {
        "added": len(changes.added),
        "replaced": len(changes.replaced),
        "removed": len(changes.removed),
    }
    if dry:
        print(_("A trial, nothing was changed:"), end=" ")
    print(_("{added} added, {replaced} changed, {removed} removed.", **facts))
    if draft.problems:
        raise typer.Exit(FAILED)


def _meaning(session: Session, found: Prepared, sheet: str) -> str:
    """Return one line: what the columns of a sheet were taken for."""
    mapping = next(one for one in found.mappings if one.sheet == sheet)
    assert found.workbook is not None
    headings = session.headings(found.workbook, sheet, mapping.header)
    known = {column.path: column.label(_) for column in session.columns_for(mapping.kind)}
    pairs = [
        f"{headings[place] if place < len(headings) else place + 1} → {known.get(target.path, target.path)}"
        for place, target in mapping.columns.items()
    ]
    return f"{sheet} = {_(KINDS[mapping.kind].plural)}: {', '.join(pairs)}"


def export(session: Session, target: Path, lang: str, *, form: bool) -> None:
    """Write the document to ``target`` in the form of its ending."""
    if form and target.suffix.lower() != ".xlsx":
        raise WrongUse(_("An empty form is a workbook: name it something.xlsx."))
    if target.suffix.lower() not in WRITTEN:
        raise WrongUse(messages.full(Problem("cannot-write-such", facts={"file": str(target)})))
    session.exporting(target, lang, form=form)()
    print(_("Wrote {target}.", target=str(target)))


def merge(session: Session, other: Path, take: str | None, *, dry: bool) -> None:
    """Merge ``other`` into the document; conflicts need a side to be taken."""
    if take not in (None, OURS, THEIRS):
        raise WrongUse(_("--take is ours or theirs, not “{take}”.", take=take))
    found = session.merging(other)()
    facts: dict[str, Any] = {"added": found.added, "changed": found.changed, "removed": found.removed}
    print(_("Without conflict: {added} added, {changed} changed, {removed} removed.", **facts))
    if found.base is None:
        print(_("The documents have no common beginning: whatever differs is a conflict."))
    for conflict in found.conflicts:
        print(_line(found, conflict))
    if found.conflicts and take is None:
        _fail(
            ngettext(
                "{n} conflict: nothing was merged. Decide in the window, or use --take ours or theirs.",
                "{n} conflicts: nothing was merged. Decide in the window, or use --take ours or theirs.",
                len(found.conflicts),
            )
        )
    if dry:
        print(_("A trial, nothing was changed."))
        return
    changes = session.merge(found, {}, take or OURS)
    session.flush()
    done: dict[str, Any] = {
        "added": len(changes.added),
        "replaced": len(changes.replaced),
        "removed": len(changes.removed),
    }
    print(_("{added} added, {replaced} changed, {removed} removed.", **done))


def _fail(said: str) -> NoReturn:
    print(f"uthallig: {said}", file=sys.stderr)
    raise typer.Exit(FAILED)


def _line(found: Merge, conflict: Conflict) -> str:
    kind = KINDS[conflict.kind]
    where = f"{_(kind.label)} {conflict.code}"
    if not conflict.field:
        ours, theirs = (
            _("deleted") if side is None else _("changed") for side in (conflict.ours, conflict.theirs)
        )
    else:
        spec = kind.specs.get(conflict.field)
        where += f" · {_(spec.label) if spec else _('Code')}"
        ours, theirs = _value(conflict.ours), _value(conflict.theirs)
    return _("Conflict: {where}: here {ours}, there {theirs}", where=where, ours=ours, theirs=theirs)


def _value(value: Any) -> str:
    if isinstance(value, tuple) and not all(isinstance(one, str) for one in value):
        return ngettext("{n} entry", "{n} entries", len(value))
    if dataclasses.is_dataclass(value):
        return _("a value of its own")
    if isinstance(value, tuple):
        value = ", ".join(value)
    text = current().number(value) if isinstance(value, float) else str(value)
    return f"“{text[:60]}”" if value not in (None, "") else "–"
