"""One scenario: summary, facts, its events on a time line, and what the chosen event hits."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from continuity.model.kinds import CONFIDENCE, Event, Scenario
from continuity.model.kinds.scenarios import DECREES, STRAIN
from continuity.model.local_time import local_time, resolve_start
from continuity.model.organisation import Organisation
from continuity.model.problems import Refused
from continuity.words import N_, _, current, ngettext
from ui.charts.box import ChartBox
from ui.charts.dragging import EventBars
from ui.panels.scenarios.event_card import EventCard
from ui.panels.scenarios.happening import happenings, how_long
from ui.panels.scenarios.targets import targets
from ui.panels.scenarios.trouble import Trouble
from ui.picker import icon_of
from ui.runs.fit import yielding
from ui.runs.flow import FlowLayout
from ui.runs.link import Link
from ui.shown import name_of
from ui.texts import Texts
from ui.theme import theme
from ui.theme.icons import icon

_ACTIONS: tuple[tuple[str, str, str], ...] = (
    ("run", "play", N_("Run this")),
    ("calendar", "calendar", N_("Ask on the pay calendar")),
    ("sweep", "calendar", N_("Every day of the month")),
    ("event", "add", N_("Add an event")),
    ("combine", "link", N_("Combine with another")),
    ("duplicate", "duplicate", N_("Duplicate")),
    ("remove", "remove", N_("Delete")),
)
_MOST_TARGETS = 40


class ScenarioSheet(QScrollArea):
    """Shows a scenario; its fields are changed in the inspector."""

    wanted = Signal(str)  # one of the actions
    event_chosen = Signal(str)
    go_to = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.texts = Texts()
        self.scenario: Scenario | None = None
        self.event_id = ""
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.buttons: dict[str, QPushButton] = {}
        self._build()

    # --- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.grid(2), theme.grid(1.5), theme.grid(2), theme.grid(2))
        column.setSpacing(theme.grid(1.25))
        self.level, self.name, self.summary = QLabel(), QLabel(), QLabel()
        self.level.setProperty("role", "caption")
        self.name.setProperty("role", "title")
        for label in (self.name, self.summary):
            yielding(label)
        self.facts = QVBoxLayout()
        self.facts.setSpacing(theme.grid(0.25))
        self.trouble = Trouble()
        self.chart = EventBars()
        self.box = ChartBox(self.chart, lambda: _("Events: when they begin and how long they last"))
        self.box.chosen.connect(self.event_chosen)
        self.hint, self.hit_title = QLabel(), QLabel()
        self.hint.setProperty("role", "small")
        self.hit_title.setProperty("role", "caption")
        for label in (self.hint, self.hit_title):
            yielding(label)
        self.card = EventCard()
        self._hits = QWidget()
        self._hit_flow = FlowLayout(self._hits, theme.grid(0.5))
        for part in (self.level, self.name, self._bar(), self.trouble, self.summary):
            column.addWidget(part)
        column.addLayout(self.facts)
        for part in (self.box, self.hint, self.hit_title, self._hits, self.card):
            column.addWidget(part)
        column.addStretch(1)
        self.setWidget(inside)
        self.texts(self._say)

    def _bar(self) -> QWidget:
        bar = QWidget()
        flow = FlowLayout(bar, theme.grid(0.75))
        for code, sign, _text in _ACTIONS:
            button = QPushButton()
            button.setIcon(icon(sign, "on_accent" if code == "run" else "ink"))
            button.clicked.connect(self._asking(code))
            if code == "run":
                button.setProperty("role", "primary")
            self.buttons[code] = button
            flow.addWidget(button)
        return bar

    def _asking(self, code: str) -> Callable[[], None]:
        return lambda: self.wanted.emit(code)

    def _say(self) -> None:
        for code, _sign, text in _ACTIONS:
            self.buttons[code].setText(_(text))
        self.hint.setText(
            _(
                "Solid: the shortest time; hatched: up to the likely; line: up to the longest. "
                "Drag a bar to begin it at another time, its end to make it longer or shorter (Alt + arrows, "
                "Alt + Shift + arrows). Choose an event to see what it hits; all its fields are in the "
                "inspector (F4)."
            )
        )

    def retranslate(self) -> None:
        """Say everything in the language spoken now."""
        self.texts.refresh()
        self.box.retranslate()
        self.card.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.card.fit(self.viewport().width() - theme.grid(4))

    # --- showing -------------------------------------------------------------------------------

    def show_scenario(self, organisation: Organisation, scenario: Scenario, event: str = "") -> None:
        """Show ``scenario`` with the event ``event`` chosen."""
        self.scenario, self.event_id = scenario, event
        self.level.setText(_(STRAIN[scenario.strain]))
        self.name.setText(f"{scenario.code} {scenario.name}")
        self.summary.setText(scenario.summary)
        self.summary.setVisible(bool(scenario.summary))
        self._show_facts(scenario)
        self.chart.show_happenings(happenings(organisation, scenario), scenario.horizon_days * 1440)
        self.box.refresh()
        self.box.setVisible(bool(self.chart.happenings))
        self.show_event(organisation, event)

    def show_event(self, organisation: Organisation, event_id: str) -> None:
        """Show what the event ``event_id`` hits."""
        self.event_id = event_id
        self.chart.mark_key(event_id)
        event = organisation.of(Event, event_id)
        while (held := self._hit_flow.takeAt(0)) is not None:
            if widget := held.widget():
                widget.hide()
                widget.deleteLater()
        self.hit_title.setVisible(event is not None)
        self._hits.setVisible(event is not None)
        self.card.setVisible(event is not None)
        if event is None:
            return
        hit = targets(organisation, event)
        count = ngettext("hits {n} element", "hits {n} elements", len(hit))
        level = _("down to {level}", level=current().level(event.depth))
        self.hit_title.setText(f"{event.name}: {count}, {level}, {how_long(event)}")
        for element in hit[:_MOST_TARGETS]:
            link = Link(name_of(element))
            link.setIcon(icon(icon_of(element), "muted"))
            link.clicked.connect(lambda _on=False, id_=element.id: self.go_to.emit(id_))
            self._hit_flow.addWidget(link)
        if len(hit) > _MOST_TARGETS:
            self._hit_flow.addWidget(QLabel(_("… and {count} more.", count=len(hit) - _MOST_TARGETS)))
        self._hits.updateGeometry()
        self.card.show_event(organisation, event)

    def _show_facts(self, scenario: Scenario) -> None:
        while (held := self.facts.takeAt(0)) is not None:
            if widget := held.widget():
                widget.hide()
                widget.deleteLater()
        for name, value in facts_of(scenario):
            self.facts.addWidget(_fact(name, value))


def _fact(name: str, value: str) -> QWidget:
    box = QFrame()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.grid(1))
    label, text = QLabel(name), QLabel(value)
    label.setProperty("role", "muted")
    label.setFixedWidth(theme.px(124))
    label.setWordWrap(True)
    yielding(text)
    row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(text, 1)
    return box


def facts_of(scenario: Scenario) -> list[tuple[str, str]]:
    """Return what is to be known of ``scenario`` before its events, as (label, value)."""
    words = current()
    facts = [
        (_("Starts"), _starts(scenario)),
        (_("Horizon"), ngettext("{n} day", "{n} days", scenario.horizon_days)),
    ]
    if scenario.detection or scenario.declaration:
        value = _(
            "detected after {detection}, declared {declaration} later",
            detection=words.duration(scenario.detection),
            declaration=words.duration(scenario.declaration),
        )
        facts.append((_("Detection"), value))
    if scenario.demand != 1000:
        facts.append((_("Work arriving"), words.level(scenario.demand)))
    if scenario.crews:
        crews = ", ".join(f"{c.kind} {c.crews}" for c in scenario.crews)
        facts.append((_("Repair crews"), crews))
    decrees = words.listing([_(DECREES[d]) for d in scenario.decrees]) if scenario.decrees else _("none")
    facts.append((_("Decrees in force"), decrees))
    parts = [scenario.source, _(CONFIDENCE[scenario.confidence]) if scenario.confidence else ""]
    if scenario.as_of:
        parts.append(words.date(scenario.as_of))
    if any(parts):
        facts.append((_("Source"), " · ".join(part for part in parts if part)))
    return facts


def _starts(scenario: Scenario) -> str:
    words = current()
    try:
        start = local_time(resolve_start(scenario.start), 0)
    except Refused:
        return _("no start is stated")
    return words.datetime(start, "full")
