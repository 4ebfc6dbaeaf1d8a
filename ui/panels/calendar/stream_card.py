"""One stream on one pay day: what is paid, how it goes, why; opened, its hours and its fallbacks."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from continuity.model.calendar import PlannedPayDay
from continuity.model.kinds import Stream
from continuity.model.kinds.payments import LIVELIHOODS
from continuity.model.organisation import Organisation
from continuity.simulation.result import PayDayResult, RunResult
from continuity.words import _, current, ngettext
from ui.charts.bars import Bar, draw_bar
from ui.panels.calendar.stream_details import StreamDetails, labelled
from ui.runs import said
from ui.runs.link import Link
from ui.runs.outcome import fallback_share, state_of_share, unpaid
from ui.theme import theme
from ui.theme.icons import icon

_CAUSES_SHOWN = 3
_WIDE = 620  # from here on the reasons stand beside the facts


class ShareBar(QWidget):
    """The share of the payees paid on time, fallbacks hatched, as a bar across the card."""

    def __init__(self, bar: Bar) -> None:
        super().__init__()
        self.bar = bar
        self.setFixedHeight(theme.px(12))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_bar(painter, QRectF(self.rect()), self.bar)
        painter.end()


class StreamCard(QFrame):
    """A card that opens. ``opened(stream, open)`` so that its neighbour days open alike."""

    go_to = Signal(str)
    opened = Signal(str, bool)
    sheet_wanted = Signal(str)  # code of a plan

    def __init__(
        self,
        organisation: Organisation,
        planned: PlannedPayDay,
        result: PayDayResult | None,
        run: RunResult | None,
    ) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.organisation, self.planned, self.result, self.run = organisation, planned, result, run
        stream = organisation.of(Stream, planned.stream)
        assert stream is not None
        self.stream = stream
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.grid(1), theme.grid(0.5), theme.grid(1), theme.grid(1))
        self._column.setSpacing(theme.grid(0.5))
        self._head()
        self._sides = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._sides.setSpacing(theme.grid(1))
        self._column.addLayout(self._sides)
        self._facts()
        if result is not None and self._state != "full":
            self._why(result)
        self.more: QWidget | None = None

    @property
    def _state(self) -> str:
        return state_of_share(self.result.on_time.mean) if self.result is not None else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() > theme.px(_WIDE)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._sides.direction() != way:
            self._sides.setDirection(way)

    def open(self, open_: bool) -> None:
        """Show or hide hours and fallbacks."""
        self.arrow.setChecked(open_)

    # --- closed --------------------------------------------------------------------------------

    def _head(self) -> None:
        self.arrow = QToolButton()
        self.arrow.setProperty("role", "quiet")
        self.arrow.setCheckable(True)
        self.arrow.setIcon(icon("right", "muted"))
        self.arrow.setIconSize(QSize(theme.px(12), theme.px(12)))
        self.arrow.setToolTip(_("Hours, cut-offs and fallbacks"))
        self.arrow.setAccessibleName(_("Hours, cut-offs and fallbacks of {name}", name=self.stream.name))
        self.arrow.toggled.connect(self._on_toggled)
        self.name = Link(self.stream.name)
        self.name.clicked.connect(lambda: self.go_to.emit(self.stream.id))
        row = QHBoxLayout()
        row.setSpacing(theme.grid(0.25))
        row.addWidget(self.arrow)
        row.addWidget(self.name, 1)
        self.sheet = self._sheet_button()
        row.addWidget(self.sheet)
        if self.result is not None:
            verdict = labelled(verdict_of(self.result), "breach" if self._state != "full" else "")
            verdict.setWordWrap(False)
            row.addWidget(verdict)
        self._column.addLayout(row)

    def _sheet_button(self) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "quiet")
        button.setIcon(icon("print", "muted"))
        button.setIconSize(QSize(theme.px(16), theme.px(16)))
        name = _("Decision sheet of this pay day")
        button.setToolTip(name)
        button.setAccessibleName(name)
        sheet = f"sheet/{self.stream.code}/{self.planned.nominal.isoformat()}"
        button.clicked.connect(lambda: self.sheet_wanted.emit(sheet))
        return button

    def _facts(self) -> None:
        words, planned = current(), self.planned
        parts = [
            ngettext("{n} payee", "{n} payees", planned.payees),
            said.amount(planned.sek, planned.payees),
        ]
        parts.append(_(LIVELIHOODS[self.stream.livelihood]).lower())
        if planned.share < 1000 and planned.who:
            parts.append(planned.who.lower())
        if not self.stream.own:
            parts.append(_("on behalf of {agency}", agency=self.stream.owner_agency or _("others")))
        if planned.nominal != planned.date:
            parts.append(_("for {date}", date=words.date(planned.nominal, "short")))
        parts.append(_("usable by {time}", time=words.time(planned.due)))
        if planned.computed:
            parts.append("≈")
        column = QVBoxLayout()
        column.setSpacing(theme.grid(0.5))
        column.addWidget(labelled(" · ".join(parts), "muted"))
        if self.result is not None:
            self._verdict(self.result, column)
        column.addStretch(1)
        self._sides.addLayout(column, 1)

    def _verdict(self, result: PayDayResult, column: QVBoxLayout) -> None:
        words, on_time = current(), result.on_time
        bar = Bar(on_time.mean, on_time.p10, on_time.p90, extra=fallback_share(result), rest=True)
        column.addWidget(ShareBar(bar))
        notes = []
        if self._state != "full":
            notes.append(
                _(
                    "{people} wait, {days} in the mean",
                    people=said.about(unpaid(result)),
                    days=said.days(result.late_days.mean),
                )
            )
        if spread := said.share_range(on_time):
            notes.append(_("{spread} on time in eight runs of ten", spread=spread))
        if (covered := fallback_share(result)) > 0:
            notes.append(_("{share} by a fallback (hatched)", share=words.percent(covered)))
        if notes:
            column.addWidget(labelled(" · ".join(notes), ""))

    def _why(self, result: PayDayResult) -> None:
        assert self.run is not None
        causes = said.leading(result.causes, _CAUSES_SHOWN)
        if not causes:
            return
        column = QVBoxLayout()
        column.setSpacing(theme.grid(0.25))
        column.addWidget(labelled(_("Why"), "caption"))
        for found in causes:
            row = QHBoxLayout()
            row.setSpacing(theme.grid(0.25))
            row.addWidget(labelled("• " + said.cause(self.organisation, found, self.run), ""), 1)
            row.addWidget(self._leave(found.element), 0, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
        column.addStretch(1)
        self._sides.addLayout(column, 1)

    def _leave(self, element: str) -> QToolButton:
        from continuity.model.kinds import Stage

        stage = self.organisation.of(Stage, element)
        target = stage.element if stage else element
        button = QToolButton()
        button.setProperty("role", "quiet")
        button.setIcon(icon("link", "muted"))
        button.setIconSize(QSize(theme.px(14), theme.px(14)))
        name = _("Go to {name}", name=said.element_name(self.organisation, target))
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(lambda: self.go_to.emit(target))
        return button

    # --- opened --------------------------------------------------------------------------------

    def _on_toggled(self, open_: bool) -> None:
        self.arrow.setIcon(icon("down" if open_ else "right", "muted"))
        if open_ and self.more is None:
            narrow = self.width() <= theme.px(_WIDE)
            self.more = StreamDetails(self.organisation, self.planned, self.result, narrow=narrow)
            self.more.go_to.connect(self.go_to)
            self._column.addWidget(self.more)
        if self.more is not None:
            self.more.setVisible(open_)
        self.opened.emit(self.planned.stream, open_)


def verdict_of(result: PayDayResult) -> str:
    """Return how one stream's pay day goes in the run, in two or three words."""
    match state_of_share(result.on_time.mean):
        case "full":
            return _("all on time")
        case "lost":
            return _("nobody on time")
        case _:
            return _("{share} on time", share=current().percent(result.on_time.mean))
