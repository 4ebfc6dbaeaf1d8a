"""The figures of a run side by side: what each is called, and how it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from continuity.simulation.result import Estimate, Headline, Side
from continuity.words import _, ngettext
from ui.charts.numbers import Cell, Numbers, Title
from ui.runs import said
from ui.runs.outcome import Outcome, results, side_names


@dataclass(frozen=True, slots=True)
class Figure:
    """One row: its words, its estimate (None for a heading), and how a value is shown."""

    name: str
    of: Callable[[Headline], Estimate] | None = None
    shown: Callable[[float], str] = said.about
    fewer_is_better: bool = True


def figures(first: Headline) -> list[Figure]:
    """Return the rows in the order of importance: people in need, then payees, then SEK, then the price."""
    unpaid = ngettext(
        "People in need unpaid for more than {n} day",
        "People in need unpaid for more than {n} days",
        first.hardship_days,
    )
    rows = [
        Figure(_("People in need"), None),
        Figure(unpaid, lambda h: h.in_need_unpaid),
        Figure(_("Days of waiting, all people in need together"), lambda h: h.in_need_person_days),
        Figure(_("Longest wait"), lambda h: h.longest_wait_days, said.days),
    ]
    for title, side in ((_("Own benefits"), _own), (_("On behalf of others"), _others)):
        if side(first).payees:
            rows += _side_rows(title, side, known=bool(side(first).sek))
    return [*rows, *_price_rows()]


def _own(head: Headline) -> Side:
    return head.own


def _others(head: Headline) -> Side:
    return head.others


def _side_rows(title: str, side: Callable[[Headline], Side], *, known: bool) -> list[Figure]:
    rows = [
        Figure(title, None),
        Figure(_("Payees paid on time"), lambda h: side(h).payees_on_time, said.share, fewer_is_better=False),
    ]
    if not known:  # no share of what nobody has stated
        return rows
    return [
        *rows,
        Figure(_("SEK paid on time"), lambda h: side(h).sek_on_time, said.share, fewer_is_better=False),
        Figure(_("SEK × days late"), lambda h: side(h).sek_late_days, said.sek),
    ]


def _price_rows() -> list[Figure]:
    return [
        Figure(_("What it costs"), None),
        Figure(_("Paid wrongly by fallbacks"), lambda h: h.wrong_sek, said.sek),
        Figure(_("Exposed to double payment"), lambda h: h.double_exposed_sek, said.sek),
        Figure(_("Staff hours for fallbacks"), lambda h: h.staff_hours),
        Figure(_("Hours of reconciliation afterwards"), lambda h: h.reconciliation_hours),
    ]


def side_by_side(outcome: Outcome) -> Numbers:
    """Return the figures of each result of ``outcome``: mean, and where eight runs of ten lie."""
    heads = [result.headline for result in results(outcome)]
    names = list(side_names(outcome)) if len(heads) > 1 else [_("In the mean")]
    titles = [Title(_("Figure"), wide=True, width=320)]
    for name in names:
        titles += [Title(name, True, 124), Title(_("Eight runs of ten"), True, 184, drop=1)]
    rows = []
    for figure in figures(heads[0]):
        if figure.of is None:
            empty = ("",) * (len(titles) - 1)
            rows.append((Cell(figure.name, tone="muted"), *empty))
            continue
        row: list[Cell | str] = [Cell(f"   {figure.name}")]
        for head in heads:
            estimate = figure.of(head)
            row += [Cell(figure.shown(estimate.mean), estimate.mean), spread(figure, estimate)]
        rows.append(tuple(row))
    return Numbers(tuple(titles), tuple(rows))


def spread(figure: Figure, estimate: Estimate) -> Cell:
    """Return the 10 and 90 % quantiles."""
    low, high = figure.shown(estimate.p10), figure.shown(estimate.p90)
    if low == high:
        return Cell("–", estimate.p90, tone="muted", tip=_("The same in nearly all runs"))
    return Cell(_("{low} to {high}", low=low, high=high), estimate.p90)
