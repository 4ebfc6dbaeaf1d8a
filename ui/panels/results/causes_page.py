"""The fifth page: why - what fell, how, since when, in which share of the runs, and what it stopped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from continuity.model.kinds import Function, Stage
from continuity.model.organisation import Organisation
from continuity.simulation.result import Cause, RunResult
from continuity.words import N_, _, current, ngettext
from ui.charts.bars import Bar, BarDelegate
from ui.charts.box import TableBox
from ui.charts.numbers import Cell, Numbers, Title
from ui.panels.results.page import Page
from ui.runs import because, said
from ui.runs.board import RunBoard
from ui.shown import name_of
from ui.theme import theme

_SHARE = 1
_MOST_CHAINS = 200


@dataclass
class Culprit:
    """One cause over everything that it stops."""

    cause: Cause  # where its share is highest
    functions: set[str] = field(default_factory=set)
    streams: set[str] = field(default_factory=set)

    @property
    def weight(self) -> float:
        """How much it stops: in how many cases, times how many functions and streams."""
        return self.cause.share * (len(self.functions) + len(self.streams))


class CausesPage(Page):
    """Causes of functions that are down and of payments that are late, those that stop most first."""

    title = N_("Why")

    def __init__(self, board: RunBoard) -> None:
        super().__init__(board)
        self.box = TableBox(
            lambda: _("Causes, those that stop most first"),
            lambda: _(
                "The share is that of the cases in which a function fell, or a payment was late, for this "
                "reason, where it is highest. Double-click goes to what fell."
            ),
        )
        self.box.table.paint_column(_SHARE, BarDelegate(58))
        self.box.table.opened.connect(lambda key: self.go_to.emit(key.partition("|")[0]))
        self.box.table.chosen.connect(self._on_chosen)
        self.chains = TableBox(
            lambda: _("Chains of causes, link by link"),
            lambda: _("From what was missed back to what was down by itself. Double-click goes to it."),
        )
        self.chains.table.paint_column(_SHARE, BarDelegate(58))
        self.chains.table.opened.connect(lambda key: self.go_to.emit(key.partition("|")[0]))
        self.hits = QLabel()
        self.hits.setWordWrap(True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.grid(2), theme.grid(1), theme.grid(2), theme.grid(1))
        column.setSpacing(theme.grid(1))
        column.addWidget(self.box, 1)
        column.addWidget(self.hits)
        column.addWidget(self.chains, 1)
        self.lay_in(inside)
        self._culprits: dict[str, Culprit] = {}

    def fill(self, organisation: Organisation, result: RunResult) -> None:
        self._culprits = culprits(organisation, result)
        self.box.show_numbers(cause_numbers(organisation, result, self._culprits))
        numbers = chain_numbers(organisation, result)
        self.chains.setVisible(bool(numbers.rows))
        self.chains.show_numbers(numbers)
        self.hits.setText("" if self._culprits else _("Nothing was stopped in this run."))

    def retranslate(self) -> None:
        self.box.texts.refresh()
        self.chains.texts.refresh()
        super().retranslate()

    def retheme(self) -> None:
        self.box.retheme()
        self.chains.retheme()
        self.refresh()

    def _on_chosen(self, key: str) -> None:
        culprit, organisation = self._culprits.get(key), self.organisation
        if culprit is None or organisation is None:
            return
        self.hits.setText(stopped(organisation, culprit))
        self.board.desk.select(key.partition("|")[0], origin="results")


def culprits(organisation: Organisation, result: RunResult) -> dict[str, Culprit]:
    """Return the causes of ``result`` by element and kind, each with all that it stops."""
    found: dict[str, Culprit] = {}
    for function in result.functions:
        for cause in function.causes:
            _note(organisation, found, cause).functions.add(function.element)
    for day in result.pay_days:
        for cause in day.causes:
            _note(organisation, found, cause).streams.add(day.stream)
    return dict(sorted(found.items(), key=lambda pair: -pair[1].weight))


def _note(organisation: Organisation, found: dict[str, Culprit], cause: Cause) -> Culprit:
    # The same stage of several streams, done by the same element, is one cause.
    stage = organisation.of(Stage, cause.element)
    key = f"{stage.element}|{cause.code}|{stage.name}" if stage else f"{cause.element}|{cause.code}"
    culprit = found.setdefault(key, Culprit(cause))
    if cause.share > culprit.cause.share:
        culprit.cause = cause
    return culprit


def cause_numbers(organisation: Organisation, result: RunResult, found: dict[str, Culprit]) -> Numbers:
    """Return the causes as a table."""
    words = current()
    titles = (
        Title(_("What happened"), wide=True, width=300), Title(_("In so many cases"), width=150),
        Title(_("From"), True, 96), Title(_("Date and hour"), True, 136, drop=1),
        Title(_("Stops"), width=190),
    )  # fmt: skip
    rows = []
    for culprit in found.values():
        cause, stops = culprit.cause, len(culprit.functions) + len(culprit.streams)
        bar = Bar(cause.share, token="lost")
        rows.append(
            (
                said.cause_short(organisation, cause),
                Cell(words.percent(cause.share), cause.share, picture=bar),
                Cell(said.after(cause.minute), cause.minute),
                Cell(said.when(result.meta, cause.minute), cause.minute),
                Cell(_stops(culprit), stops, tip=stopped(organisation, culprit)),
            )
        )  # fmt: skip
    return Numbers(titles, tuple(rows), tuple(found))


def chain_numbers(organisation: Organisation, result: RunResult) -> Numbers:
    """Return the chains of functions and pay days, those of the most runs first."""
    words = current()
    titles = (
        Title(_("What suffers"), wide=True, width=240), Title(_("In so many cases"), width=150),
        Title(_("Why"), width=400), Title(_("Begins with"), width=190, drop=1),
    )  # fmt: skip
    found = [(f.element, name_of(organisation.get(f.element)), c) for f in result.functions for c in f.chains]
    for day in result.pay_days:
        name = f"{name_of(organisation.get(day.stream))}, {words.date(day.date, 'short')}"
        found += [(day.stream, name, chain) for chain in day.chains]
    rows, keys = [], []
    for key, name, chain in sorted(found, key=lambda one: (-one[2].share, one[1]))[:_MOST_CHAINS]:
        root = said.element_name(organisation, chain.links[-1].element)
        share = Cell(words.percent(chain.share), chain.share, picture=Bar(chain.share, token="lost"))
        why = because.links(organisation, chain)
        rows.append((name, share, Cell(why, tip=why), root))
        keys.append(f"{key}|{len(keys)}")
    return Numbers(titles, tuple(rows), tuple(keys))


def _stops(culprit: Culprit) -> str:
    parts = []
    if culprit.functions:
        parts.append(ngettext("{n} function", "{n} functions", len(culprit.functions)))
    if culprit.streams:
        parts.append(ngettext("{n} stream", "{n} streams", len(culprit.streams)))
    return ", ".join(parts)


def stopped(organisation: Organisation, culprit: Culprit) -> str:
    """Return by name what a cause stops."""

    def names(ids: Iterable[str]) -> str:
        return current().listing(sorted(name_of(organisation.get(id_)) for id_ in ids))

    lines = []
    if culprit.functions:
        functions = [f for f in culprit.functions if organisation.of(Function, f) is not None]
        lines.append(_("Functions: {names}", names=names(functions)))
    if culprit.streams:
        lines.append(_("Payments: {names}", names=names(culprit.streams)))
    return "\n".join(lines)
