"""The third page: each pay day of each stream, on time or not, by the ordinary run or by a fallback."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from continuity.model.kinds import Stream
from continuity.model.organisation import Organisation
from continuity.simulation.result import PayDayResult, RunResult
from continuity.words import N_, _, current, ngettext
from ui.charts.bars import Bar, BarDelegate
from ui.charts.box import TableBox
from ui.charts.numbers import Cell, Numbers, Title
from ui.panels.results.page import Page
from ui.runs import because, said
from ui.runs.board import RunBoard
from ui.runs.outcome import fallback_share, side_names, state_of_share, unpaid
from ui.shown import name_of
from ui.theme import theme

_ON_TIME, _OTHER = 3, 4
_LATE = 0.99  # share on time below which a pay day is listed as late


class PaymentsPage(Page):
    """A row per pay day and stream; the bar shows the share of the payees paid on time."""

    title = N_("Payments")

    def __init__(self, board: RunBoard) -> None:
        super().__init__(board)
        self.only_late = QCheckBox()
        self.only_late.setChecked(True)
        self.only_late.toggled.connect(self.refresh)
        self.box = TableBox(
            lambda: _("Payments on time, pay day by pay day"),
            lambda: _(
                "Solid: paid by the ordinary run. Hatched: paid by a fallback. Dark: late. "
                "The whisker shows where eight runs of ten lie."
            ),
        )
        self.box.row.insertWidget(1, self.only_late)
        self.why = QLabel()
        self.why.setWordWrap(True)
        self.calendar = QPushButton()
        self.calendar.clicked.connect(lambda: board.desk.go("calendar"))
        for column in (_ON_TIME, _OTHER):
            self.box.table.paint_column(column, BarDelegate())
        self.box.table.chosen.connect(self._on_chosen)
        self.box.table.opened.connect(lambda key: self.go_to.emit(key.partition("|")[0]))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.grid(2), theme.grid(1), theme.grid(2), theme.grid(1))
        column.setSpacing(theme.grid(1))
        column.addWidget(self.box, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.why, 1)
        foot.addWidget(self.calendar)
        column.addLayout(foot)
        self.lay_in(inside)
        self.texts(self._say)

    def _say(self) -> None:
        self.only_late.setText(_("Only those that are late"))
        self.calendar.setText(_("Show on the pay calendar"))

    def fill(self, organisation: Organisation, result: RunResult) -> None:
        other = {(d.stream, d.nominal): d for d in self.board.other.pay_days} if self.board.other else {}
        days = [d for d in result.pay_days if not self.only_late.isChecked() or _late(d, other)]
        self.box.show_numbers(payment_numbers(organisation, days, other, self._other_name()))
        self.why.setText("" if days else _("Every payment in the run is on time."))

    def _other_name(self) -> str:
        without, with_ = side_names(self.board.outcome)
        return without if self.board.with_measures else with_

    def retranslate(self) -> None:
        self.box.texts.refresh()
        super().retranslate()

    def retheme(self) -> None:
        self.box.retheme()
        self.refresh()

    def _on_chosen(self, key: str) -> None:
        result, organisation = self.board.result, self.organisation
        if result is None or organisation is None:
            return
        day = next((d for d in result.pay_days if key_of(d) == key), None)
        if day is not None:
            self.why.setText(why(organisation, result, day))
            self.board.desk.select(day.stream, origin="results")


def _late(day: PayDayResult, other: dict[tuple[str, object], PayDayResult]) -> bool:
    twin = other.get((day.stream, day.nominal))
    shares = [day.on_time.mean] + ([twin.on_time.mean] if twin else [])
    return any(share < _LATE for share in shares)


def key_of(day: PayDayResult) -> str:
    """Return what names a pay day: its stream first."""
    return f"{day.stream}|{day.nominal.isoformat()}"


def why(organisation: Organisation, result: RunResult, day: PayDayResult) -> str:
    """Return why a pay day is late, in one paragraph."""
    name = name_of(organisation.get(day.stream))
    date = current().date(day.date, "short")
    if state_of_share(day.on_time.mean) == "full":
        return _("{stream} on {date}: all on time.", stream=name, date=date)
    if day.chains:
        causes = "\n".join(because.chain(organisation, c, result) for c in because.leading(day.chains, 3))
    else:
        causes = "; ".join(said.cause(organisation, c, result) for c in said.leading(day.causes, 3))
    if not causes:
        return _("{stream} on {date}: late, no single cause stands out.", stream=name, date=date)
    lines = [_("{stream} on {date} is late because: {causes}.", stream=name, date=date, causes=causes)]
    stream = next((s for s in result.streams if s.stream == day.stream), None)
    lines += [because.undecided(day), because.missed(stream) if stream else ""]
    return "\n".join(line for line in lines if line)


def payment_numbers(
    organisation: Organisation,
    days: list[PayDayResult],
    other: dict[tuple[str, object], PayDayResult],
    other_name: str,
) -> Numbers:
    """Return the pay days as a table with bars; ``other`` is the side compared with."""
    words = current()
    titles = [
        Title(_("Pay day"), width=124), Title(_("Stream"), wide=True, width=220),
        Title(_("Payees"), True, 84, drop=1), Title(_("Paid on time"), width=200),
    ]  # fmt: skip
    if other:
        titles.append(Title(other_name, width=170))
    titles += [Title(_("Wait"), True, 76), Title(_("SEK"), True, 96, drop=2)]
    rows = []
    for day in days:
        stream = organisation.of(Stream, day.stream)
        name = name_of(stream) + ("" if stream is None or stream.own else " *")
        row: list[Cell | str] = [
            Cell(words.date(day.date, "short"), day.date.toordinal()),
            Cell(name, tip=_tip(organisation, day)),
            Cell(words.number(day.payees), day.payees),
            _share(day),
        ]
        if other:
            twin = other.get((day.stream, day.nominal))
            row.append(_share(twin) if twin else "–")
        late = day.late_days.mean if unpaid(day) >= 1 else 0.0
        row.append(Cell(said.days(late) if late else "–", late))
        row.append(Cell(said.amount(day.sek, day.payees), day.sek))
        rows.append(tuple(row))
    return Numbers(tuple(titles), tuple(rows), tuple(map(key_of, days)))


def _tip(organisation: Organisation, day: PayDayResult) -> str:
    stream = organisation.of(Stream, day.stream)
    if stream is None:
        return ""
    words = current()
    lines = [stream.name, _("Nominal day {date}", date=words.date(day.nominal, "full"))]
    lines.append(f"{ngettext('{n} payee', '{n} payees', day.payees)}, {said.amount(day.sek, day.payees)}")
    if not stream.own:
        lines.append(_("* on behalf of {agency}", agency=stream.owner_agency))
    return "\n".join(lines)


def _share(day: PayDayResult) -> Cell:
    extra = fallback_share(day)
    bar = Bar(day.on_time.mean, day.on_time.p10, day.on_time.p90, extra=extra, rest=True)
    text = current().percent(day.on_time.mean)
    tip = text
    if spread := said.share_range(day.on_time):
        tip += "\n" + _("{spread} on time in eight runs of ten", spread=spread)
    if extra:
        tip += "\n" + _("{share} by a fallback (hatched)", share=current().percent(extra))
    return Cell(text, day.on_time.mean, picture=bar, tip=tip)
