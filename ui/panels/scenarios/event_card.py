"""The chosen event close up: what it hits and by what, how long it lasts, how it heals."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from continuity.model.kinds import KINDS, Event, Function, Resource, Site, StaffGroup
from continuity.model.organisation import Organisation
from continuity.words import N_, _, current
from ui.charts.box import ChartBox
from ui.charts.law import LawPicture
from ui.charts.shape import ShapeChart, points_of
from ui.panels.scenarios.happening import how_long
from ui.panels.scenarios.targets import targets
from ui.picker import Item, icon_of, pick
from ui.runs.flow import FlowLayout
from ui.shown import name_of
from ui.texts import Texts
from ui.theme import theme
from ui.theme.icons import icon

#: Fields by which an event selects, in the order of the chips.
SELECTORS = ("elements", "tags", "sites", "categories", "power_areas", "telecom_areas", "styrel_classes")
_FORMS: tuple[tuple[str, str], ...] = (
    ("at_end", N_("All at once, at the end")),
    ("even", N_("Evenly")),
    ("quick_first", N_("Quickly first, then slowly")),
    ("slow_first", N_("Slowly first, then quickly")),
    ("waves", N_("In waves")),
)
_ROOM = 510  # pixels of the drawing that two pictures take
_SPECS = KINDS["event"].specs


class EventCard(QWidget):
    """Emits ``changed(values, several)``: the new values of fields of the event, as one edit."""

    changed = Signal(dict, bool)

    def __init__(self) -> None:
        super().__init__()
        self.texts = Texts()
        self.event_: Event | None = None
        self.organisation: Organisation | None = None
        self.by = QLabel()
        self.by.setProperty("role", "caption")
        self._chips = QWidget()
        self.flow = FlowLayout(self._chips, theme.grid(0.5))
        self.add = QPushButton()
        self.add.setIcon(icon("add"))
        self.add.clicked.connect(self._open)
        self.law, self.shape = LawPicture(), ShapeChart()
        self.law_box = ChartBox(self.law, self._law_title)
        self.shape_box = ChartBox(self.shape, self._shape_title)
        self.shape.shaped.connect(lambda points, several: self.changed.emit({"shape": points}, several))
        self.forms = QWidget()
        self.form_buttons: dict[str, QPushButton] = {}
        self._lay_out()
        self.texts(self._say)

    def _lay_out(self) -> None:
        flow = FlowLayout(self.forms, theme.grid(0.5))
        for form, _text in _FORMS:
            button = QPushButton()
            button.setProperty("role", "link")
            button.clicked.connect(partial(self._take_form, form))
            self.form_buttons[form] = button
            flow.addWidget(button)
        self.point = QPushButton()
        self.point.setProperty("role", "link")
        self.point.setIcon(icon("add", "accent"))
        self.point.clicked.connect(lambda _on=False: self.shape.add_point())
        flow.addWidget(self.point)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.law_box)
        left.addStretch(1)
        right.addWidget(self.shape_box)
        right.addWidget(self.forms)
        right.addStretch(1)
        self.pictures = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.pictures.setSpacing(theme.grid(2))
        self.pictures.addLayout(left, 1)
        self.pictures.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(0.75))
        column.addWidget(self.by)
        column.addWidget(self._chips)
        column.addLayout(self.pictures)

    def _say(self) -> None:
        self.by.setText(_("Chosen by"))
        self.add.setText(_("Add a target"))
        self.point.setText(_("Add a point"))
        tip = _(
            "Drag a point, or choose one with the arrow keys and move it with Alt + arrows; "
            "Delete removes it, a double click adds one."
        )
        self.shape.setToolTip(tip)
        self.point.setToolTip(tip)
        for form, text in _FORMS:
            self.form_buttons[form].setText(_(text))

    def retranslate(self) -> None:
        """Say everything in the language spoken now."""
        self.texts.refresh()
        self.law_box.retranslate()
        self.shape_box.retranslate()

    def fit(self, width: int) -> None:
        """Stand the pictures beside one another where there is room, else one below the other."""
        across = width >= theme.px(_ROOM)
        way = QBoxLayout.Direction
        self.pictures.setDirection(way.LeftToRight if across else way.TopToBottom)

    def retheme(self) -> None:
        """Sizes for the zoom in force."""
        self.law_box.retheme()
        self.shape_box.retheme()

    def show_event(self, organisation: Organisation, event: Event) -> None:
        """Show ``event``."""
        self.organisation, self.event_ = organisation, event
        self._show_chips()
        law = event.duration
        if law is None:  # that of what is hit, where one law says it all
            laws = {e.repair for e in targets(organisation, event) if isinstance(e, Resource)}
            law = laws.pop() if len(laws) == 1 else None
        self.law.show_law(law)
        self.law_box.setVisible(self.law.law is not None)
        self.law_box.texts.refresh()
        self.law_box.refresh()
        self.shape.show_shape(event.depth, event.shape)
        self.shape_box.texts.refresh()
        self.shape_box.refresh()
        self.point.setEnabled(len(event.shape) < 10)

    def _law_title(self) -> str:
        return how_long(self.event_)[:1].upper() + how_long(self.event_)[1:] if self.event_ else ""

    def _shape_title(self) -> str:
        if self.event_ is not None and self.event_.type == "staff":
            return _("At work while it lasts")
        return _("Level while it lasts")

    def _take_form(self, form: str) -> None:
        self.changed.emit({"shape": points_of(form)}, False)

    # --- targets -------------------------------------------------------------------------------

    def _show_chips(self) -> None:
        while (held := self.flow.takeAt(0)) is not None:
            widget = held.widget()
            if widget is not None and widget is not self.add:
                widget.hide()
                widget.deleteLater()
        for field, value, text in self.chosen():
            chip = QPushButton(f"{text}  ✕")
            chip.setAccessibleName(_("Take away {target}", target=text))
            chip.setToolTip(_("Take away {target}", target=text))
            chip.clicked.connect(partial(self._drop, field, value))
            self.flow.addWidget(chip)
        self.flow.addWidget(self.add)
        self._chips.updateGeometry()

    def chosen(self) -> Iterator[tuple[str, str, str]]:
        """Yield (field, value, words) of everything by which the event selects."""
        event = self.event_
        for field in SELECTORS if event is not None else ():
            for value in getattr(event, field):
                yield field, value, self._worded(field, value)

    def _worded(self, field: str, value: str) -> str:
        spec = _SPECS[field]
        if field in ("elements", "sites"):
            record = self.organisation.get(value) if self.organisation else None
            text = name_of(record) or _("something no longer in the model")
        else:
            text = _(spec.choice_label(value)) if spec.choices else value
        if field == "elements":
            return text
        return _("{kind}: {value}", kind=_(spec.label), value=text)

    def _drop(self, field: str, value: str) -> None:
        kept = tuple(one for one in getattr(self.event_, field) if one != value)
        self.changed.emit({field: kept}, False)

    def _open(self) -> None:
        pick(self.candidates(), self.add, self.take, prompt=_("Add a target"), width=440)

    def take(self, key: str) -> None:
        """Add the target ``key``, written as ``field|value``."""
        field, _bar, value = key.partition("|")
        self.changed.emit({field: (*getattr(self.event_, field), value)}, False)

    def candidates(self) -> list[Item]:
        """Return what can be added: elements, tags, sites, categories, areas, Styrel classes."""
        organisation, event = self.organisation, self.event_
        if organisation is None or event is None:
            return []
        staff = event.type == "staff"
        elements = [e for e in organisation.elements if isinstance(e, StaffGroup) == staff]
        found = [Item(f"elements|{e.id}", e.name, e.code, icon_of(e)) for e in elements]
        found += [
            Item(f"sites|{s.id}", self._worded("sites", s.id), s.code, "site") for s in organisation.all(Site)
        ]
        for field, values in _values(organisation, elements).items():
            found += [Item(f"{field}|{v}", self._worded(field, v)) for v in values]
        taken = {f"{field}|{value}" for field, value, _text in self.chosen()}
        found = [item for item in found if item.key not in taken]
        return sorted(
            found, key=lambda item: (item.key.startswith("elements"), current().sort_key(item.text))
        )


def _values(organisation: Organisation, elements: list[Any]) -> dict[str, list[str]]:
    """Return the tags, categories, areas and classes that occur, so that each hits something."""
    resources = [e for e in elements if isinstance(e, Resource)]
    sites = organisation.all(Site)
    places = {e.site for e in elements if not isinstance(e, Function)}
    return {
        "tags": sorted({tag for e in elements for tag in e.tags}),
        "categories": sorted({e.category for e in resources}),
        "power_areas": sorted({s.power_area for s in sites if s.power_area and s.id in places}),
        "telecom_areas": sorted({s.telecom_area for s in sites if s.telecom_area and s.id in places}),
        "styrel_classes": sorted({str(e.styrel_class) for e in resources if e.styrel_class}),
    }
