"""What a decision changes in the world: rows, each of one effect, that give plain data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QToolButton, QVBoxLayout, QWidget

from continuity.model.calendar import payment_calendar
from continuity.model.kinds import Element, Fallback, Resource, StaffGroup, Stream
from continuity.model.local_time import ZONE
from continuity.words import N_, _, current
from ui.charts.box import quiet_button
from ui.panels.exercise.fields import Amount, count_line, minutes_line, modest
from ui.panels.exercise.stage import Stage
from ui.picker import Item, items_of
from ui.runs.choosers import PickButton, measure_items
from ui.runs.flow import FlowLayout
from ui.theme import theme

EFFECTS: dict[str, str] = {
    "measure": N_("Switch a measure on"), "fallback": N_("Use a fallback for a pay day"),
    "staff": N_("Move staff"), "crew": N_("Repair this first"),
    "strike": N_("Let it fail"), "heal": N_("Make it whole"),
}  # fmt: skip
_DAYS = 10  # ahead, for which a fallback can be decided


class EffectRow(QFrame):
    """One effect: what sort, and on what."""

    dropped = Signal(object)

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self.setProperty("role", "boxed")
        self.sort = modest(QComboBox(), 20)
        for code, label in EFFECTS.items():
            self.sort.addItem(_(label), code)
        self.sort.setAccessibleName(_("What the decision changes"))
        self.take_away: QToolButton = quiet_button("close")
        self.take_away.setToolTip(_("Take away"))
        self.take_away.setAccessibleName(_("Take away"))
        self.parts = QWidget()
        self.fields: dict[str, Any] = {}
        self._captions: list[QLabel] = []
        head = QWidget()
        line = FlowLayout(head, theme.grid(0.5))
        line.addWidget(self.sort)
        line.addWidget(self.take_away)
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * [theme.grid(0.75)])
        column.setSpacing(theme.grid(0.5))
        column.addWidget(head)
        column.addWidget(self.parts)
        self._column = QVBoxLayout(self.parts)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.grid(0.5))
        self.sort.currentIndexChanged.connect(lambda _place: self._rebuild())
        self.take_away.clicked.connect(lambda: self.dropped.emit(self))
        self._rebuild()

    @property
    def effect(self) -> dict[str, Any] | None:
        """The effect as plain data, or None while something is not chosen."""
        found: dict[str, Any] = {"effect": self.sort.currentData()}
        for name, field in self.fields.items():
            value = field.taken() if isinstance(field, Amount) else field.key
            if not value:
                return None
            found[name] = value
        if pay_day := found.pop("pay_day", ""):
            found["stream"], found["nominal"] = pay_day.split("|")
        return found

    # --- parts ---------------------------------------------------------------------------------

    def _rebuild(self) -> None:
        for part in (*self.fields.values(), *self._captions):
            part.hide()
            part.deleteLater()
        self.fields, self._captions = {}, []
        match self.sort.currentData():
            case "measure":
                self._pick("measure", N_("Measure"), lambda: measure_items(self._org))
            case "fallback":
                self._pick("pay_day", N_("Pay day"), self._pay_days)
                self._pick("fallback", N_("Fallback"), self._fallbacks)
            case "staff":
                self._pick("from", N_("From"), lambda: items_of(self._org.all(StaffGroup)))
                self._pick("to", N_("To"), lambda: items_of(self._org.all(StaffGroup)))
                self._number("count", _("Persons"), count_line(5))
            case "crew":
                self._pick("element", N_("Resource"), lambda: items_of(self._org.all(Resource)))
            case "strike":
                self._pick("element", N_("Element"), self._elements)
                self._number("minutes", _("For how long"), minutes_line(240))
            case "heal":
                self._pick("element", N_("Element"), self._elements)

    def _pick(self, name: str, label: str, items: Callable[[], Iterable[Item]]) -> None:
        button = PickButton(items, label)
        button.show_key("", _("{what}: choose …", what=_(label)))

        def picked(key: str) -> None:
            text = next((item.text for item in items() if item.key == key), "")
            button.show_key(key, text)

        button.picked.connect(picked)
        self._add(name, button)

    def _number(self, name: str, label: str, line: Amount) -> None:
        caption = QLabel(label)
        caption.setBuddy(line)
        line.setAccessibleName(label)
        self._column.addWidget(caption)
        self._captions.append(caption)
        self._add(name, line)

    def _add(self, name: str, field: QWidget) -> None:
        self.fields[name] = field
        self._column.addWidget(field)

    # --- what there is to choose ---------------------------------------------------------------

    @property
    def _org(self) -> Any:
        return self.stage.play.organisation

    def _elements(self) -> list[Item]:
        return items_of(r for r in self._org.elements if isinstance(r, Element))

    def _pay_days(self) -> list[Item]:
        today = self.stage.local(self.stage.play.clock.at).astimezone(ZONE).date()
        found = payment_calendar(self._org, today, today + dt.timedelta(days=_DAYS))
        items = []
        for pay in found:
            stream = self._org.of(Stream, pay.stream)
            if stream is not None and stream.fallbacks:
                day = current().date(pay.date, "short")
                key = f"{stream.id}|{pay.nominal.isoformat()}"
                items.append(
                    Item(key, _("{stream}, {day}", stream=stream.name, day=day), stream.code, "stream")
                )
        return items

    def _fallbacks(self) -> list[Item]:
        pay_day = self.fields["pay_day"].key
        stream = self._org.of(Stream, pay_day.split("|")[0]) if pay_day else None
        known = stream.fallbacks if stream else ()
        return items_of(f for f in self._org.all(Fallback) if not known or f.id in known)
