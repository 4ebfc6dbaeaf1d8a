"""What a figure rests on, where that is little: said beside it, with its date."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from continuity.model.evidence import Figure, evidence_of, figures, rest
from continuity.model.kinds import Evidenced, Fallback, Function, Resource, StaffGroup, Stream, kind_of
from continuity.planning.blocks import Block, Callout, Column, Paragraph, Section, Table
from continuity.planning.material import Material

#: After so long a figure is unverified, whatever it once rested on.
_UNVERIFIED = dt.timedelta(days=730)
_MOST = 30
_ORDER = (Stream, Fallback, Function, Resource, StaffGroup)


def unverified(m: Material, record: Evidenced, field: str = "") -> str:
    """Say that a figure rests on a guess, on nothing or is old, with its date; else nothing."""
    _ = m.words._
    held = evidence_of(record, field)
    if held.confidence == "invented":
        return _("invented example")
    is_old = held.as_of is not None and m.generated.date() - held.as_of > _UNVERIFIED
    if held.confidence not in ("", "guess") and not is_old:
        return ""
    if held.as_of is None:
        return _("unverified, no date")
    return _("unverified, {date}", date=m.words.date(held.as_of, "iso"))


def marked(m: Material, text: str, record: Evidenced, field: str = "") -> str:
    """Return ``text`` with what it rests on in brackets, where that is little."""
    why = unverified(m, record, field)
    return m.words._("{text} ({why})", text=text, why=why) if why and text not in ("", "–") else text


def unverified_section(m: Material, most: int = _MOST) -> Section:
    """Return the figures that are unverified: by record, payments first; and the share of all."""
    _ = m.words._
    title = _("Unverified figures")
    held = figures(m.organisation)
    if not held:
        return Section(title, (Paragraph(_("The model states no figure yet.")),))
    weak = [f for f in held if unverified(m, f.record, f.field)]
    counted = rest(held)
    text = _(
        "{weak} of {all} figures are unverified: guessed, invented, without source, or older than two "
        "years. Where one stands in a plan it says so, with its date. Decide on none of them alone.",
        weak=m.words.number(len(weak)),
        all=m.words.number(counted.total),
    )
    blocks: list[Block] = [Paragraph(text)]
    rows = _rows(m, weak)
    if rows:
        columns = (
            Column(_("Record"), weight=1.4),
            Column(_("Figures"), weight=2),
            Column(_("Rests on")),
            Column(_("Stated by")),
        )
        blocks.append(Table(columns, tuple(rows[:most]), dense=True))
    if len(rows) > most:
        blocks.append(Callout("left_out", _("{n} more records are in the program.", n=len(rows) - most)))
    return Section(title, tuple(blocks))


def _rows(m: Material, weak: list[Figure]) -> list[tuple[str, ...]]:
    _ = m.words._
    by_record: dict[str, list[Figure]] = defaultdict(list)
    for figure in weak:
        by_record[figure.record.id].append(figure)
    held = sorted(by_record.values(), key=lambda fs: (_place(fs[0].record), fs[0].record.code))
    return [
        (
            m.name(fs[0].record.id),
            ", ".join(_(kind_of(fs[0].record).specs[f.field].label) for f in fs),
            unverified(m, fs[0].record, fs[0].field),
            m.role(fs[0].record.stated_by) or "–",
        )
        for fs in held
    ]


def _place(record: Evidenced) -> int:
    return next((n for n, kind in enumerate(_ORDER) if isinstance(record, kind)), len(_ORDER))
