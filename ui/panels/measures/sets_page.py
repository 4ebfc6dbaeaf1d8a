"""Several sets of measures side by side: each against nothing, and each against each, on the same draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from continuity.model.kinds import Measure
from continuity.model.organisation import Organisation
from continuity.session import RunRequest
from continuity.words import N_, _, current
from ui.charts.box import ChartBox, TableBox
from ui.charts.numbers import Cell, Numbers, Title
from ui.charts.swings import End, Swing, SwingChart
from ui.described import plain_label
from ui.desk import Desk
from ui.panels.measures.set_row import SetRow
from ui.panels.measures.words import last_said, points, set_name
from ui.runs import said
from ui.runs.choosers import PickButton, can_be_on
from ui.runs.fit import scrolled
from ui.runs.job import JobBar
from ui.texts import Texts
from ui.theme import theme

if TYPE_CHECKING:
    from continuity.analysis.choices import SetComparison, SetFigures
    from continuity.session import Session
    from continuity.simulation.result import Paired

_REPLICATIONS, _MOST = 1000, 12
_LETTERS = "ABCDEFGHIJKL"


class SetsPage(QWidget):
    """Rows of sets above, what they give below."""

    title = N_("Sets side by side")

    def __init__(self, desk: Desk, scenario: PickButton) -> None:
        super().__init__()
        self.desk, self.scenario, self.texts = desk, scenario, Texts()
        self.in_ = QLabel()
        self.answer: SetComparison | None = None
        self.rows: list[SetRow] = []
        self.add, self.lead = QPushButton(), plain_label("muted")
        self.add.clicked.connect(lambda: self.add_set(()))
        self.job = JobBar(desk, lambda: _("Compare the sets"), self._begin)
        self.job.came.connect(self.take)
        self.chart = SwingChart(lambda: (_("Set"), _("People in need unpaid")))
        self.picture = ChartBox(
            self.chart, lambda: _("Fewer people in need unpaid than with nothing, on the same draws")
        )
        self.table = TableBox(lambda: _("The sets side by side"), lambda: _(
            "Differences are against nothing, with their 95 % intervals. Last: whose payees wait longest on "
            "the average."
        ))  # fmt: skip
        self.pairs = TableBox(lambda: _("Each against each: the other minus the one"))
        self._build()
        self.texts(self._say)
        self._show()

    def _build(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.grid(2), theme.grid(1), theme.grid(2), theme.grid(1.5))
        column.setSpacing(theme.grid(1))
        head = QHBoxLayout()
        head.setSpacing(theme.grid(1))
        head.addWidget(self.in_)
        head.addWidget(self.scenario, 1)
        head.addStretch(1)
        column.addLayout(head)
        self.list = QVBoxLayout()
        self.list.setSpacing(theme.grid(0.5))
        column.addLayout(self.list)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addWidget(self.job, 1)
        column.addLayout(foot)
        for widget in (self.lead, self.picture, self.table, self.pairs):
            column.addWidget(widget)
        column.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(scrolled(inside))

    def _say(self) -> None:
        self.in_.setText(_("In the scenario"))
        self.add.setText(_("Add a set"))

    # --- the sets ------------------------------------------------------------------------------

    def show_document(self) -> None:
        """Begin anew: the decided measures, and all of them."""
        self.job.stop()
        for row in list(self.rows):
            self.remove_set(row)
        self.answer = None
        session = self.desk.session
        measures = [m for m in session.organisation.all(Measure) if can_be_on(m)] if session else []
        decided = tuple(m.id for m in measures if m.status == "decided")
        for chosen in dict.fromkeys((decided, tuple(m.id for m in measures if m.family != "variant"))):
            self.add_set(chosen)
        self._show()

    def on_changes(self) -> None:
        """Keep only measures that still exist."""
        for row in self.rows:
            row.button.show_chosen(row.button.chosen)
        self._show()

    def add_set(self, chosen: tuple[str, ...]) -> None:
        """Add a set."""
        if len(self.rows) < _MOST:
            row = SetRow(self.desk, self.remove_set)
            row.button.show_chosen(chosen)
            self.rows.append(row)
            self.list.addWidget(row)
            self._number()

    def remove_set(self, row: SetRow) -> None:
        """Take a set away."""
        self.rows.remove(row)
        self.list.removeWidget(row)
        row.hide()  # it goes when the window next has time
        row.deleteLater()
        self._number()

    def _number(self) -> None:
        for letter, row in zip(_LETTERS, self.rows, strict=False):
            row.number(letter)
        self.add.setEnabled(len(self.rows) < _MOST)

    # --- comparing -----------------------------------------------------------------------------

    def _begin(self, session: Session) -> Any:
        sets = [row.button.chosen for row in self.rows if row.button.chosen]
        if not self.scenario.key or not sets:
            self.lead.setText(_("Choose a scenario, and measures for at least one set."))
            return None
        return session.start_compare_sets(RunRequest(self.scenario.key, replications=_REPLICATIONS), sets)

    def take(self, answer: SetComparison) -> None:
        """Show a comparison."""
        self.answer = answer
        self._show()

    def retranslate(self) -> None:
        """Say everything in the language spoken now."""
        for texts in (self.texts, self.job.texts, self.picture.texts, self.table.texts, self.pairs.texts):
            texts.refresh()
        for row in self.rows:
            row.texts.refresh()
            row.button.show_chosen(row.button.chosen)
        self._number()
        self._show()

    def retheme(self) -> None:
        """Sizes for the zoom in force."""
        for part in (self.job, self.picture, self.table, self.pairs):
            part.retheme()
        self._show()

    def _show(self) -> None:
        organisation = self.desk.session.organisation if self.desk.session else None
        found = self.answer
        for box in (self.picture, self.table, self.pairs):
            box.setVisible(found is not None and organisation is not None)
        self.lead.setProperty("role", "heading" if found else "muted")
        self.lead.style().polish(self.lead)
        if found is None or organisation is None:
            self.lead.setText(_("Choose the measures of each set; all sets meet the same chance."))
            return
        letters = self._letters(found)
        self.lead.setText(_lead(found, letters))
        self.chart.show_swings(
            tuple(_swing(organisation, s, letters[n]) for n, s in enumerate(found.sets) if n)
        )
        self.picture.refresh()
        self.table.show_numbers(_side_by_side(organisation, found, letters))
        self.pairs.show_numbers(_pairs(found, letters))
        self.pairs.setVisible(len(found.sets) > 2)
        for box in (self.table, self.pairs):
            box.fit_rows()

    def _letters(self, found: SetComparison) -> list[str]:
        """Return what each set is called: its letter where it is still in the list."""
        known = {frozenset(row.button.chosen): row.letter for row in reversed(self.rows)}
        return [
            _("Set {letter}", letter=known.get(frozenset(s.measures), "?")) if s.measures else _("Nothing")
            for s in found.sets
        ]


def _lead(found: SetComparison, letters: list[str]) -> str:
    best = min(range(len(found.sets)), key=lambda n: (found.sets[n].in_need_unpaid.mean, n))
    if best == 0:
        return _("No set leaves fewer people in need unpaid than nothing does.")
    people, interval = said.paired_people(found.sets[best].gain.in_need_unpaid)
    return _(
        "{set} leaves fewest people in need unpaid: {people} than with nothing ({interval}).",
        set=letters[best],
        people=people,
        interval=interval,
    )


def _swing(organisation: Organisation, figures: SetFigures, letter: str) -> Swing:
    unpaid = figures.gain.in_need_unpaid
    text, interval = said.paired_people(unpaid)
    end = End(-unpaid.mean, -unpaid.high, -unpaid.low, f"{text} ({interval})")
    costs = _(
        "{once} once, {yearly} per year",
        once=said.sek(figures.cost_once),
        yearly=said.sek(figures.cost_yearly),
    )
    name = f"{letter}: {set_name(organisation, figures.measures)}"
    return Swing("|".join(figures.measures), name, costs, (end,))


def _side_by_side(organisation: Organisation, found: SetComparison, letters: list[str]) -> Numbers:
    words = current()
    titles = (
        Title(_("Set"), width=90), Title(_("Measures"), wide=True), Title(_("Once"), True, 110),
        Title(_("Per year"), True, 110), Title(_("People in need unpaid"), True, 150),
        Title(_("Difference"), True, 110), Title(_("95 % interval"), True, 200, drop=2),
        Title(_("Payees on time"), True, 110), Title(_("Last"), width=220, drop=1),
    )  # fmt: skip
    rows = []
    for letter, one in zip(letters, found.sets, strict=True):
        unpaid = one.gain.in_need_unpaid
        people, interval = said.paired_people(unpaid) if one.measures else ("–", "–")
        rows.append(
            (
                letter, set_name(organisation, one.measures), Cell(said.sek(one.cost_once), one.cost_once),
                Cell(said.sek(one.cost_yearly), one.cost_yearly),
                Cell(words.number(round(one.in_need_unpaid.mean)), one.in_need_unpaid.mean),
                Cell(people, unpaid.mean), interval,
                Cell(points(one.payees_on_time.mean), one.payees_on_time.mean), last_said(organisation, one),
            )
        )  # fmt: skip
    return Numbers(titles, tuple(rows))


def _pairs(found: SetComparison, letters: list[str]) -> Numbers:
    titles = (
        Title(_("One"), width=90), Title(_("The other"), width=90),
        Title(_("People in need unpaid"), True, 150), Title(_("95 % interval"), True, 210),
        Title(_("Payees on time"), True, 180, drop=1), Title(_("Verdict"), wide=True),
    )  # fmt: skip
    rows = []
    for pair in found.pairs:
        if pair.first:
            people, interval = said.paired_people(pair.gain.in_need_unpaid)
            share = said.paired_share(pair.gain.payees_on_time)[0]
            verdict = _verdict(pair.gain.in_need_unpaid)
            rows.append((letters[pair.first], letters[pair.second], people, interval, share, verdict))
    return Numbers(titles, tuple(rows))


def _verdict(paired: Paired) -> str:
    if paired.low <= 0 <= paired.high:
        return _("no sure difference")
    return _("the other is better") if paired.mean < 0 else _("the one is better")
