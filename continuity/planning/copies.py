"""Numbered copies: who has which, what stands on every page of it, and the sheet that follows it."""

from __future__ import annotations

from dataclasses import dataclass

from continuity.model.problems import Problem, Refused
from continuity.planning.blocks import Callout, Document, Facts, Paragraph, Section, Signature
from continuity.planning.contents.parts import plan_of
from continuity.planning.material import Material


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of the package."""

    number: int
    of: int
    holder: str = ""
    place: str = ""


def copies_of(m: Material) -> tuple[Copy, ...]:
    """Return the numbered copies by the distribution list of the agency's own plan."""
    plan = plan_of(m, None)
    if plan is None:
        return ()
    held = {one.number: one for one in plan.holders if not (one.taken_back or one.destroyed)}
    last = max((plan.copies, *held))
    numbers = range(1, last + 1) if not held else sorted(held)
    blank = ("", "")
    told = {n: (held[n].holder, held[n].place) if n in held else blank for n in numbers}
    return tuple(Copy(n, last, *told[n]) for n in numbers)


def copy_numbered(m: Material, number: int) -> Copy:
    """Return the copy with a number; raise :class:`Refused` where the distribution list has none such."""
    found = copies_of(m)
    for one in found:
        if one.number == number:
            return one
    known = ", ".join(str(one.number) for one in found) or "–"
    raise Refused([Problem("package-no-copy", facts={"value": number, "known": known})])


def said(m: Material, copy: Copy) -> str:
    """Return what stands on every page of a copy."""
    parts = [m.words._("Copy {number} of {of}", number=copy.number, of=copy.of)]
    parts += [copy.holder] if copy.holder else []
    parts += [copy.place] if copy.place and m.open_about_weakness else []
    return ", ".join(parts)


def receipt(m: Material, copy: Copy) -> Document:
    """Return the sheet of a copy: received, taken back, destroyed, each by two persons."""
    _ = m.words._
    missing = _("not in the distribution list")
    facts = Facts(
        (
            (_("Copy"), _("{number} of {of}", number=copy.number, of=copy.of)),
            (_("Holder"), copy.holder or missing),
            (_("Kept at"), (copy.place or missing) if m.open_about_weakness else _("see the full plan")),
            (_("Content"), m.fingerprint),
            (_("Written"), m.words.datetime(m.generated)),
        )
    )
    lost = Callout(
        "warn",
        _("Lost or seen by others?"),
        (_("Say so at once to the duty officer. What this copy tells is then taken as known."),),
    )
    back = _("Whoever calls copies back strikes this number out of the register of copies.")
    return Document(
        code="receipt",
        title=_("Receipt for copy {number} of {of}", number=copy.number, of=copy.of),
        subtitle=_("Receipt goes to whoever keeps the register; the sheet stays with the copy"),
        language=m.words.language,
        meta=m.meta(),
        sections=(
            Section(_("The copy"), (facts, lost)),
            Section(_("Received"), (Signature((_("Received by"), _("Handed over by"))),)),
            Section(_("Taken back"), (Paragraph(back), Signature((_("Taken back by"),)))),
            Section(_("Destroyed"), (Signature((_("Destroyed by"), _("Witness"))),)),
        ),
        one_page=True,
    )
