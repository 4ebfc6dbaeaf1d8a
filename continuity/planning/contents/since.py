"""What has changed since the last approved version: record by record, field by field."""

from __future__ import annotations

import datetime as dt
from typing import Any

from continuity.model.fields import FieldType, Spec
from continuity.model.kinds import KINDS
from continuity.planning.blocks import Block, Callout, Column, Document, Paragraph, Section, Table
from continuity.planning.changes import FieldChanged, RecordChanged
from continuity.planning.material import Material
from continuity.words import N_

_MOST = 60
_LONGEST = 60
_ACTIONS = {"added": N_("new"), "removed": N_("gone"), "changed": N_("changed")}


def changes_plan(m: Material) -> Document:
    """Return the list of changes as a plan of its own."""
    _ = m.words._
    return Document(
        code="changes",
        title=_("Changes since the last approved version"),
        subtitle=_("What whoever approves has to look at"),
        language=m.words.language,
        meta=m.meta(),
        sections=(changes_section(m, most=400),),
    )


def changes_section(m: Material, most: int = _MOST) -> Section:
    """Return what has changed in the model since the version that was approved last."""
    _ = m.words._
    title = _("Changes since the last approved version")
    since = m.since
    if since is None:
        what = _("No version of the model has been approved: there is nothing to compare with.")
        return Section(title, (Callout("note", what),))
    told = {"version": since.version, "by": since.by or "–", "date": m.words.date(since.on)}
    if not since.records:
        text = _("Nothing has changed since {version}, approved by {by}, {date}.", **told)
        return Section(title, (Paragraph(text),))
    count = m.words.ngettext(
        "{n} record has changed since {version}, approved by {by}, {date}.",
        "{n} records have changed since {version}, approved by {by}, {date}.",
        len(since.records),
        **told,
    )
    columns = (
        Column(_("Kind")),
        Column(_("Record"), weight=1.3),
        Column(_("What")),
        Column(_("Before and now"), weight=2.4),
    )
    rows = tuple(_row(m, change) for change in since.records[:most])
    blocks: list[Block] = [Paragraph(count), Table(columns, rows, dense=True)]
    if len(since.records) > most:
        left = len(since.records) - most
        blocks.append(Callout("left_out", _("{n} more are in the plan of changes.", n=left)))
    return Section(title, tuple(blocks))


def _row(m: Material, change: RecordChanged) -> tuple[str, ...]:
    _ = m.words._
    kind = KINDS[change.kind]
    told = "\n".join(_told(m, kind.specs[f.name], f) for f in change.fields if f.name in kind.specs)
    name = f"{change.code} {change.name}".strip()
    return _(kind.label), name, _(_ACTIONS[change.action]), told or "–"


def _told(m: Material, spec: Spec, change: FieldChanged) -> str:
    _ = m.words._
    label = _(spec.label)
    old, new = (_value(m, spec, value) for value in (change.old, change.new))
    if old is None or new is None:
        return label
    return _("{label}: {old} → {new}", label=label, old=old, new=new)


def _value(m: Material, spec: Spec, value: Any) -> str | None:
    """A value in words; None where it is too rich for a line."""
    if value is None or value in ("", ()):
        return "–"
    match spec.type:
        case FieldType.MINUTES:
            return m.minutes(value)
        case FieldType.PERMILLE:
            return m.words.level(value)
        case FieldType.SEK:
            return m.words.sek(value)
        case FieldType.CHOICE:
            return m.words._(spec.choice_label(value))
        case FieldType.REF:
            return m.name(value)
        case FieldType.REFS:
            return _short(m.names(value))
        case FieldType.FLAG:
            return m.words._("Yes") if value else m.words._("No")
        case FieldType.DATE if isinstance(value, dt.date):
            return m.words.date(value, "iso")
        case FieldType.TEXT | FieldType.LONG_TEXT | FieldType.COUNT:
            return _short(str(value))
    return None


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"
