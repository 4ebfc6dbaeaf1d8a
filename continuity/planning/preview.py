"""One plan at a time: which there are, and how one looks on page and paper."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.planning.blocks import Document
from continuity.planning.catalogue import GROUPS, pieces
from continuity.planning.changes import Since
from continuity.planning.material import Material
from continuity.planning.own_words import plan_words
from continuity.planning.writers.html import write_html
from continuity.planning.writers.pdf import write_pages
from continuity.simulation.result import Comparison, RunResult

Results = RunResult | Comparison | None


@dataclass(frozen=True, slots=True)
class PlanName:
    """A plan that can be previewed: its code, group and title in words, and what it is for."""

    code: str
    group: str
    title: str
    what: str


def available(organisation: Organisation, lang: str = "sv", results: Results = None) -> list[PlanName]:
    """Return the plans of the full profile in the order of the start page."""
    m = _material(organisation, lang, results)
    order = list(GROUPS)
    found = sorted(pieces(m), key=lambda p: order.index(p.group))
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
    return write_html(_document(organisation, what, lang, results, stale=stale, since=since)).decode()


def preview_pages(
    organisation: Organisation,
    what: str,
    lang: str = "sv",
    results: Results = None,
    *,
    stale: bool = False,
    since: Since | None = None,
    pixels_per_inch: float = 110,
) -> list[bytes]:
    """Return the plan ``what`` as its pages on paper, one PNG each."""
    document = _document(organisation, what, lang, results, stale=stale, since=since)
    return write_pages(document, _now(), pixels_per_inch)


def _document(
    organisation: Organisation,
    what: str,
    lang: str,
    results: Results,
    *,
    stale: bool,
    since: Since | None,
) -> Document:
    held = pieces(_material(organisation, lang, results, stale=stale, since=since))
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
) -> Material:
    return Material(organisation, plan_words(lang), results, generated=_now(), stale=stale, since=since)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(second=0, microsecond=0)
