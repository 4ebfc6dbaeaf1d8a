"""Where copies, envelopes and keys lie, and how long a site lasts: filled in by hand at each site."""

from __future__ import annotations

from continuity.model.kinds import Fallback, Resource
from continuity.planning.blocks import WRITING, Block, Column, Paragraph, Section, Table
from continuity.planning.material import Material

_ENVELOPES = 5


def lies(m: Material) -> Section:
    """Return where the verified copies lie, and blank lines for envelopes, keys and cards."""
    _ = m.words._
    blocks: list[Block] = []
    copies = [f for f in m.organisation.all(Fallback) if f.copy]
    if m.open_about_weakness and copies:
        columns = (
            Column(_("Verified copy for")),
            Column(_("Where it lies"), weight=1.4),
            Column(_("Readable without")),
            Column(_("Age at the most")),
            Column(_("Restore test")),
        )
        rows = tuple((", ".join(names), *told) for told, names in _copies(m, copies).items())
        blocks.append(Table(columns, rows, dense=True))
    envelopes = (
        Column(_("Sealed envelope, key, card")),
        Column(_("Where it lies")),
        Column(_("Who may open (two)")),
    )
    use = _("Filled in by hand at each command site; kept with this page.")
    blocks += [Paragraph(use, small=True), Table(envelopes, ((WRITING, "", ""),) * _ENVELOPES)]
    return Section(_("Where copies, envelopes and keys lie"), tuple(blocks), new_page=True)


def _copies(m: Material, held: list[Fallback]) -> dict[tuple[str, ...], list[str]]:
    """Fallbacks that rest on the same copy, by what is said of it."""
    found: dict[tuple[str, ...], list[str]] = {}
    for f in held:
        if f.copy:
            tested = m.words.date(f.copy.tested, "iso") if f.copy.tested else m.words._("never")
            told = (f.copy.where or "–", f.copy.readable_without or "–", m.minutes(f.copy.age), tested)
            found.setdefault(told, []).append(f.name)
    return found


def endures(m: Material) -> Section:
    """Return the lines for fuel, water, food, heat and radio at the site, and what the model says of them."""
    _ = m.words._
    columns = (
        Column(_("At this site")),
        Column(_("How much, and for how many hours")),
        Column(_("Who sees to it")),
    )
    subjects = (
        _("Standby power and fuel"),
        _("Water and food"),
        _("Heat"),
        _("Beds and shifts"),
        _("Way in without power"),
        _("Radio talk groups"),
        _("Torches, paper, pens, blank logs"),
    )
    rows = tuple((subject, WRITING, "") for subject in subjects)
    blocks: list[Block] = [Table(columns, rows)]
    if m.open_about_weakness:
        known = [r for r in m.organisation.all(Resource) if r.category in ("utility", "equipment") and r.note]
        if known:
            says = (Column(_("What the model says")), Column(_("Note"), weight=2.5))
            blocks.append(Table(says, tuple((r.name, r.note) for r in known), dense=True))
    return Section(_("Fuel, water, food, heat, radio"), tuple(blocks))
