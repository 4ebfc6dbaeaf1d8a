"""One day close up: each stream paid then, how it goes in the run, why, and every hour that matters."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from continuity.model.organisation import Organisation
from continuity.simulation.result import RunResult
from continuity.words import _, current, ngettext
from ui.panels.calendar.days import Day
from ui.panels.calendar.stream_card import StreamCard
from ui.runs import said
from ui.theme import theme


class DayPanel(QScrollArea):
    """The list beside the month. ``go_to`` names a record."""

    go_to = Signal(str)
    sheet_wanted = Signal(str)  # code of a plan

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cards: list[StreamCard] = []
        self._open: set[str] = set()
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self.setWidget(self._inside)
        self._fit()

    def show_day(self, organisation: Organisation | None, day: Day | None, result: RunResult | None) -> None:
        """Show ``day``; the streams unpaid first, then the largest."""
        self._clear()
        if organisation is None or day is None:
            return
        self._add(self._heading(day))
        ordered = sorted(day.pay, key=lambda p: (_paid(day, p), -p.payees))
        for planned in ordered:
            card = StreamCard(organisation, planned, day.result(planned), result)
            card.go_to.connect(self.go_to)
            card.opened.connect(self._on_opened)
            card.sheet_wanted.connect(self.sheet_wanted)
            if planned.stream in self._open:
                card.open(True)
            self.cards.append(card)
            self._add(card)
        self._column.addStretch(1)

    def fit(self) -> None:
        """Distances for the zoom in force."""
        self._fit()

    def _fit(self) -> None:
        self._column.setContentsMargins(theme.grid(1), theme.grid(1), theme.grid(1.5), theme.grid(1))
        self._column.setSpacing(theme.grid(1))
        self.setMinimumHeight(theme.px(220))

    def _heading(self, day: Day) -> QWidget:
        words = current()
        box = QFrame()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(0.25))
        title = QLabel(_sentence_case(words.date(day.date, "full")))
        title.setProperty("role", "heading")
        title.setWordWrap(True)
        column.addWidget(title)
        for text, role in self._lines(day):
            label = QLabel(text)
            label.setProperty("role", role)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        return box

    def _lines(self, day: Day) -> list[tuple[str, str]]:
        words = current()
        lines: list[tuple[str, str]] = []
        if day.closed:
            lines.append((_("Banks are closed: {name}", name=day.closed), "muted"))
        if not day.pay:
            lines.append((_("Nothing is paid on this day. Choose a day with a leaf."), "muted"))
            return lines
        sums = f"{ngettext('{n} payment', '{n} payments', len(day.pay))} · "
        sums += f"{ngettext('{n} payee', '{n} payees', day.payees)} · {said.amount(day.sek, day.payees)}"
        lines.append((sums, "muted"))
        if day.share is not None:
            if day.state == "full":
                lines.append((_("Everybody is paid on time in this run."), ""))
            else:
                text = _(
                    "{people} are not paid on this day; {share} are.",
                    people=said.about(day.unpaid),
                    share=words.percent(day.share),
                )
                lines.append((text, "breach"))
        if day.computed:
            text = _("≈ worked out by rule; no published table covers this year yet")
            lines.append((text, "small"))
        return lines

    def _add(self, widget: QWidget) -> None:
        self._column.addWidget(widget)

    def _clear(self) -> None:
        self.cards.clear()
        while (held := self._column.takeAt(0)) is not None:
            if widget := held.widget():
                widget.hide()
                widget.deleteLater()
        self.verticalScrollBar().setValue(0)

    def _on_opened(self, stream: str, open_: bool) -> None:
        (self._open.add if open_ else self._open.discard)(stream)


def _paid(day: Day, planned: object) -> float:
    found = day.result(planned)  # type: ignore[arg-type]
    return found.on_time.mean if found else 1.0


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
