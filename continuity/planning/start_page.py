"""The start page of a package: what each plan is for, what the package reveals, what is not in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from continuity.planning.blocks import (
    Block,
    Bullets,
    Callout,
    Document,
    Facts,
    Figure,
    Heading,
    Paragraph,
    Section,
    Steps,
    Table,
)
from continuity.planning.catalogue import GROUPS
from continuity.planning.copies import said
from continuity.planning.making import Made, Making
from continuity.planning.material import Material
from continuity.planning.request import PlanRequest
from continuity.planning.writers.html import Entry, Index, write_index

#: Formats in the order in which they are offered.
_LABELS = {"html": "HTML", "pdf": "PDF", "a6": "A6", "docx": "Word", "txt": "TXT", "ics": "ICS"}


def start_page(m: Material, request: PlanRequest, making: Making) -> bytes:
    """Return ``index.html``."""
    _ = m.words._
    groups = tuple(
        (_(title), tuple(_entry(one) for one in making.made if one.piece.group == group))
        for group, title in GROUPS.items()
    )
    return write_index(
        Index(
            title=_("Plans of {agency}", agency=m.agency.name),
            subtitle=_("Opens without network. Begin with the first hour; print what you need."),
            language=m.words.language,
            meta=replace(m.meta(), copy=said(m, making.copy) if making.copy else ""),
            reveals=_reveals(m, request),
            groups=groups,
            notes=_notes(m, request, making.left_out),
            facts=_facts(m, request),
        )
    )


def _entry(made: Made) -> Entry:
    piece = made.piece
    files = tuple((label, made.paths[name]) for name, label in _LABELS.items() if name in made.paths)
    return Entry(piece.code, piece.title, piece.what, files, searchable(made.document))


def searchable(document: Document) -> str:
    """Return each word of a document once, in small letters."""
    texts = [document.code, document.title, document.subtitle, *document.keywords]
    texts += [text for section in document.sections for text in _texts(section)]
    words = re.findall(r"[^\W_][\w-]*", " ".join(texts).lower())
    return " ".join(sorted({w for w in words if 2 < len(w) < 40}))


def _texts(section: Section) -> list[str]:
    found = [section.title]
    for block in section.blocks:
        match block:
            case Heading(text) | Paragraph(text):
                found.append(text)
            case Bullets(items):
                found += items
            case Steps(items):
                found += [t for step in items for t in (step.title, step.what, step.who)]
            case Table(_, rows):
                found += [cell for row in rows for cell in row]
            case Facts(rows):
                found += [cell for row in rows for cell in row]
            case Callout(_, title, lines):
                found += [title, *lines]
            case Figure():
                found.append(block.alternative)
    return found


def _reveals(m: Material, request: PlanRequest) -> tuple[str, tuple[str, ...]]:
    _ = m.words._
    told = {
        "cards": _(
            "Cards only: steps, roles and forms. No weak points, no buffers, no addresses, no contacts."
        ),
        "team": _(
            "For a team: plans, pay days and decision sheets. No single points of failure, no buffers, "
            "no addresses."
        ),
        "full": _(
            "Everything: single points of failure, buffers with their hours, sites and where copies lie. "
            "Whoever finds this knows where the agency is weak. Keep it locked in."
        ),
    }
    lines = [told[request.profile]]
    if request.profile != "cards":
        lines.append(
            _("The contact pages hold personal data.")
            if request.contacts
            else _("The contact pages are left out.")
        )
    if request.seal:
        lines.append(
            _(
                "An encrypted copy of the model goes along (model.sealed). “uthallig unseal” opens it with "
                "its passphrase."
            )
        )
    lines.append(_("Enter this copy in the register of copies: number, receiver, place."))
    return _("What this package reveals"), tuple(lines)


def _notes(m: Material, request: PlanRequest, left_out: Sequence[str]) -> tuple[Block, ...]:
    _ = m.words._
    notes: list[Block] = []
    if left_out:
        text = m.words.ngettext(
            "{n} pay day at risk has no decision sheet.",
            "{n} pay days at risk have no decision sheet.",
            len(left_out),
        )
        notes.append(
            Callout("left_out", text, (_("They stand in the payment calendar; use the blank decision."),))
        )
    if m.run is None and request.profile != "cards":
        notes.append(Callout("note", _("Made without a run: the plans say what to do, not what to expect.")))
    if m.marking:
        text = _(
            "Many details in one place may deserve a higher marking than each alone. Judge before you "
            "pass it on."
        )
        notes.append(Callout("warn", text))
    return tuple(notes)


def _facts(m: Material, request: PlanRequest) -> Facts:
    _ = m.words._
    rows = [
        (_("Written"), m.words.datetime(m.generated)),
        (_("Model"), m.fingerprint),
        (_("The run behind the figures"), m.source or _("no run")),
        (_("Signed off"), _signed(m, request)),
        (_("Whole and unchanged?"), "uthallig verify"),
    ]
    if request.key is not None:
        rows.append(
            (
                _("Signed with the key"),
                f"{request.key.name or '–'} ({request.key.fingerprint})",
            )
        )
    return Facts(tuple(rows))


def _signed(m: Material, request: PlanRequest) -> str:
    """Return who stands by the model, or that nobody does."""
    _, signed = m.words._, request.signed
    if signed is None:
        return _("by nobody")
    facts = {"version": signed.version, "name": signed.name, "role": signed.role}
    text = _("{version}, by {name}, {role}, {date}", date=m.words.date(signed.on), **facts)
    return _("{text}; the model has been changed since", text=text) if signed.moved_on else text
