"""One plan at a time: which there are, and how one looks on page and paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from continuity.analysis.structure import Structure
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.planning.blocks import Document
from continuity.planning.catalogue import GROUPS, pieces
from continuity.planning.changes import Since
from continuity.planning.completeness import Completeness, completeness
from continuity.planning.material import Material
from continuity.planning.own_words import plan_words
from continuity.planning.piece import Piece
from continuity.planning.writers.html import write_html
from continuity.planning.writers.pdf import write_pages
from continuity.simulation.result import Comparison, RunResult

Results = RunResult | Comparison | None
#: Asks for what is known without a run, which takes seconds: only where a plan needs it.
Ask = Callable[[], Structure] | None


@dataclass(frozen=True, slots=True)
class PlanName:
    """A plan that can be previewed: its code, group and title in words, and what it is for."""

    code: str
    group: str
    title: str
    what: str


def available(
    organisation: Organisation, lang: str = "sv", results: Results = None, *, contacts: bool = True
) -> list[PlanName]:
    """Return the plans of the full profile in the order of the start page; ``contacts``: personal data."""
    m = _material(organisation, lang, results)
    order = list(GROUPS)
    found = sorted(pieces(m, contacts=contacts), key=lambda p: order.index(p.group))
    return [PlanName(p.code, m.words._(GROUPS[p.group]), p.title, p.what) for p in found]


def preview(
    organisation: Organisation,
    what: str,
    lang: str = "sv",
    results: Results = None,
    *,
    stale: bool = False,
    since: Since | None = None,
) -> str:
    """Return the plan ``what`` (a code of :func:`available`) as HTML; :class:`Refused` if there is none."""
    m = _material(organisation, lang, results, stale=stale, since=since)
    return write_html(_document(m, what)).decode()


def preview_pages(  # noqa: PLR0913 - what a page depends on
    organisation: Organisation,
    what: str,
    lang: str = "sv",
    results: Results = None,
    *,
    stale: bool = False,
    since: Since | None = None,
    contacts: bool = True,
    structure: Ask = None,
    pixels_per_inch: float = 110,
) -> list[bytes]:
    """Return the plan ``what`` as its pages on paper, one PNG each."""
    m = _material(organisation, lang, results, stale=stale, since=since, structure=structure)
    document = _document(m, what, contacts=contacts)
    return write_pages(document, _now(), pixels_per_inch)


def complete(
    organisation: Organisation, lang: str, results: Results, what: str = "", structure: Ask = None
) -> dict[str, Completeness]:
    """Return how complete each plan is, or the one with the code ``what``, by its code."""
    m = _material(organisation, lang, results, structure=structure)
    held = (piece for piece in pieces(m) if not what or piece.code == what)
    return {piece.code: completeness(m, piece.code, piece.make()) for piece in held}


@dataclass(frozen=True, slots=True)
class PlanChange:
    """A plan that would be another than it was; ``sections``: titles of those that differ."""

    code: str
    title: str
    action: Literal["new", "gone", "changed"]
    sections: tuple[str, ...] = ()


def plan_changes(
    before: Organisation, after: Organisation, lang: str, results: Results, structure: Ask = None
) -> tuple[PlanChange, ...]:
    """Return which plans would change from the organisation ``before`` to ``after``, in their order."""
    materials = (
        _material(before, lang, results), _material(after, lang, results, structure=structure)
    )  # fmt: skip
    old, new = ({p.code: p for p in pieces(m)} for m in materials)
    gone = [PlanChange(p.code, p.title, "gone") for p in old.values() if p.code not in new]
    found = [_changed(old.get(code), piece) for code, piece in new.items()]
    return (*(change for change in found if change is not None), *gone)


def _changed(old: Piece | None, new: Piece) -> PlanChange | None:
    if old is None:
        return PlanChange(new.code, new.title, "new")
    held = {section.title: section for section in old.make().sections}
    made = {section.title: section for section in new.make().sections}
    titles = [t for t, s in made.items() if held.get(t) != s] + [t for t in held if t not in made]
    return PlanChange(new.code, new.title, "changed", tuple(titles)) if titles else None


def _document(m: Material, what: str, *, contacts: bool = True) -> Document:
    held = pieces(m, contacts=contacts)
    found = next((p for p in held if p.code == what), None)
    if found is None:
        facts: dict[str, object] = {"value": what, "known": ", ".join(p.code for p in held[:20])}
        raise Refused([Problem("no-such-plan", facts=facts)])
    return found.make()


def _material(
    organisation: Organisation,
    lang: str,
    results: Results,
    *,
    stale: bool = False,
    since: Since | None = None,
    structure: Ask = None,
) -> Material:
    words, now = plan_words(lang), _now()
    return Material(
        organisation, words, results, generated=now, stale=stale, since=since, structure=structure
    )


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(second=0, microsecond=0)
