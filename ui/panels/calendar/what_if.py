"""The question above the calendar: what if this happens, from that day? And the answers so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from continuity.model.fields import FieldType, Spec
from continuity.model.kinds import Element, Scenario, kind_of
from continuity.model.local_time import local_time
from continuity.words import N_, _, current, pgettext
from ui.desk import Desk
from ui.forms.editors import TypedLine
from ui.picker import Item, icon_of
from ui.runs import said
from ui.runs.bar import RemarksNote, RunBar, SideSwitch, StaleNote
from ui.runs.board import RunBoard
from ui.runs.choosers import DateButton, MeasuresButton, PickButton, scenario_items
from ui.runs.flow import FlowLayout
from ui.runs.outcome import Outcome, main_result, meta_of
from ui.shown import name_of
from ui.texts import Texts
from ui.theme import theme
from ui.theme.icons import icon

_HOW_LONG = Spec(type=FieldType.MINUTES, label=N_("Duration"), low=1, high=365 * 1440)
_AT = Spec(type=FieldType.CLOCK, label=N_("At"), low=0, high=1439)
_CHIPS = 4


class WhatIf(QFrame):
    """Chooses what happens and when; ``asked`` when the user wants it run."""

    asked = Signal()
    date_changed = Signal(object)  # dt.date
    what_changed = Signal()

    def __init__(self, desk: Desk, board: RunBoard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.board, self.texts = desk, board, Texts()
        self.what = ""  # id of a scenario, or of an element that is lost
        self.minutes, self.at = 72 * 60, 8 * 60
        self._make()
        self._lay_out()
        self.texts(self._say)
        board.changed.connect(self.refresh_answers)
        board.busy_changed.connect(self._on_busy)

    # --- what is asked -------------------------------------------------------------------------

    @property
    def loses_element(self) -> bool:
        """Whether one element is lost, rather than a scenario run."""
        session = self.desk.session
        return session is not None and session.organisation.of(Element, self.what) is not None

    def show_what(self, what: str) -> None:
        """Show the scenario or element ``what``."""
        session = self.desk.session
        record = session.organisation.get(what) if session else None
        self.what = what if record is not None else ""
        if record is None:
            self.choose.show_key("", _("Choose a scenario or something to lose"), "scenario")
        elif isinstance(record, Scenario):
            self.choose.show_key(what, f"{record.code} {record.name}", "scenario")
        else:
            self.choose.show_key(what, _("{name} is lost", name=name_of(record)), icon_of(record))
        for widget in (self.for_, self.duration, self.at_, self.hour):
            widget.setVisible(self.loses_element)
        self.clock.setVisible(isinstance(record, Scenario))
        self.go.setEnabled(bool(self.what) and not self.board.busy)

    def show_start(self, start: dt.datetime | None, date: dt.date | None = None) -> None:
        """Show the local time at which it begins; ``date`` where only the day is known."""
        self.date.show_value(start.date() if start else date)
        self.clock.setText(current().time(start) if start else "")

    def show_loss(self, at: int, minutes: int) -> None:
        """Show from what hour and for how long an element is lost."""
        self.at, self.minutes = at, minutes
        self.hour.show_value(at)
        self.duration.show_value(minutes)

    def take(self) -> None:
        """Take over what is being typed."""
        self.duration.take()
        self.hour.take()

    # --- parts ---------------------------------------------------------------------------------

    def _make(self) -> None:
        self.ask, self.from_, self.clock = QLabel(), QLabel(), QLabel()
        self.ask.setProperty("role", "heading")
        self.for_, self.at_ = QLabel(), QLabel()
        self.choose = PickButton(self._items, N_("Scenario or something to lose"))
        self.choose.picked.connect(self._on_picked)
        self.date = DateButton()
        self.date.edited.connect(self._on_date)
        self.duration, self.hour = TypedLine(_HOW_LONG), TypedLine(_AT)
        for line, value in ((self.duration, self.minutes), (self.hour, self.at)):
            line.setFixedWidth(theme.px(72))
            line.show_value(value)
        self.duration.edited.connect(lambda value: setattr(self, "minutes", value))
        self.hour.edited.connect(lambda value: setattr(self, "at", value))
        self.measures = MeasuresButton(self.desk)
        self.go = QPushButton()
        self.go.setProperty("role", "primary")
        self.go.setIcon(icon("play", "on_accent"))
        self.go.clicked.connect(self.asked)
        self.progress = RunBar(self.board)
        self.side = SideSwitch(self.board)
        self.stale, self.remarks = StaleNote(self.board), RemarksNote(self.board)
        self.answer = QLabel()
        self.answer.setWordWrap(True)
        self.answer.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.chips: list[QPushButton] = []

    def _lay_out(self) -> None:
        question = QWidget()
        flow = FlowLayout(question, theme.grid(1))
        for widget in (
            self.ask, self.choose, self.for_, self.duration, self.from_, self.date, self.clock, self.at_,
            self.hour, self.measures, self.go,
        ):  # fmt: skip
            flow.addWidget(widget)
        self._answers = QWidget()
        self._flow = FlowLayout(self._answers, theme.grid(0.75))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.grid(1.5), theme.grid(1), theme.grid(1.5), theme.grid(1))
        column.setSpacing(theme.grid(0.75))
        for widget in (question, self.progress, self.stale, self.answer, self._answers, self.remarks):
            column.addWidget(widget)

    def _say(self) -> None:
        self.ask.setText(_("What if"))
        self.from_.setText(_("from"))
        self.for_.setText(_("for"))
        self.at_.setText(pgettext("clock", "at"))
        self.go.setText(_("Run"))
        self.go.setToolTip(_("Run it, and see on the calendar who is paid on time (Ctrl+R)"))
        self.duration.setAccessibleName(_("For how long"))
        self.hour.setAccessibleName(_("From what hour"))
        self.date.say()

    def retranslate(self) -> None:
        """Say everything in the language spoken now."""
        for texts in (self.texts, self.progress.texts, self.side.texts, self.stale.texts, self.remarks.texts):
            texts.refresh()
        self.measures.show_chosen(self.measures.chosen)
        self.show_what(self.what)
        self.refresh_answers()

    def fit(self) -> None:
        """Sizes for the zoom in force."""
        self.date.fit()
        for line in (self.duration, self.hour):
            line.setFixedWidth(theme.px(72))

    def _items(self) -> Iterable[Item]:
        session = self.desk.session
        if session is None:
            return []
        organisation = session.organisation
        lost = [
            Item(e.id, _("{name} is lost", name=e.name), e.code, icon_of(e))
            for e in organisation.elements
            if kind_of(e).name != "function" and e.in_use
        ]
        lost.sort(key=lambda item: current().sort_key(item.text))
        losses = {s.id for s in organisation.all(Scenario) if s.code.startswith(said.LOSS)}
        scenarios = [item for item in scenario_items(organisation) if item.key not in losses]
        return [*scenarios, *lost]

    # --- following -----------------------------------------------------------------------------

    def _on_picked(self, key: str) -> None:
        self.show_what(key)
        self.what_changed.emit()

    def _on_date(self, value: dt.date | None) -> None:
        if value is not None:
            self.date_changed.emit(value)

    def _on_busy(self, busy: bool) -> None:
        self.go.setEnabled(bool(self.what) and not busy)

    def refresh_answers(self) -> None:
        """Show what the run says, and the earlier runs of the same scenario to compare with."""
        outcome, session = self.board.outcome, self.desk.session
        self.answer.setVisible(session is not None)
        self._answers.setVisible(outcome is not None)
        self._clear_chips()
        if outcome is None or session is None:
            self.answer.setText(_("Run it: each leaf then shows who is paid on time, and why not."))
            return
        self.answer.setText(self._told(outcome))
        scenario = meta_of(outcome).scenario
        alike = _unlike([o for o in (outcome, *self.board.outcomes) if meta_of(o).scenario == scenario])
        alike = alike[:_CHIPS]
        if outcome not in alike:
            alike.append(outcome)
        if len(alike) > 1:
            for one in sorted(alike, key=lambda o: (meta_of(o).start, meta_of(o).made)):
                self._add_chip(one, chosen=one is outcome)
        self._flow.addWidget(self.side)
        self._answers.setVisible(len(alike) > 1 or self.board.other is not None)

    def _told(self, outcome: Outcome) -> str:
        assert self.desk.session is not None
        organisation, meta = self.desk.session.organisation, meta_of(outcome)
        start = current().datetime(local_time(meta.start, 0), "short")
        name = said.scenario_name(organisation, meta)
        lead = _("{scenario}, from {start}:", scenario=name, start=start)
        assert self.board.result is not None
        return f"{lead} {said.headline(outcome)} {said.on_time(self.board.result)}"

    def _add_chip(self, outcome: Outcome, *, chosen: bool) -> None:
        meta = meta_of(outcome)
        organisation = self.desk.session.organisation if self.desk.session else None
        assert organisation is not None
        head = main_result(outcome).headline
        text = _(
            "{start}, {measures}: {people} in need wait",
            start=current().date(local_time(meta.start, 0), "short"),
            measures=said.measures_said(organisation, meta.measures),
            people=said.people(head.in_need_unpaid.mean),
        )
        chip = QPushButton(text)
        chip.setCheckable(True)
        chip.setChecked(chosen)
        chip.setToolTip(said.what_was_run(organisation, outcome))
        chip.clicked.connect(lambda: self.board.show(outcome))
        self.chips.append(chip)
        self._flow.addWidget(chip)

    def _clear_chips(self) -> None:
        while (held := self._flow.takeAt(0)) is not None:
            widget = held.widget()
            if widget is not None and widget is not self.side:
                widget.hide()
                widget.deleteLater()
        self.chips.clear()


def _unlike(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Return ``outcomes`` without those that ran the very same before: their figures are the same bits."""
    found: dict[tuple[object, ...], Outcome] = {}
    for one in outcomes:
        meta = meta_of(one)
        found.setdefault((meta.start, meta.measures, meta.fingerprint, meta.replications), one)
    return list(found.values())
