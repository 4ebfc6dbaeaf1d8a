"""What an element needs: one card per need, with rule, buffer and suppliers."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from continuity.model.edits import Add, Group, amend
from continuity.model.ids import new_id
from continuity.model.kinds import ELEMENTS, KINDS, Element, Need, Record, Supply
from continuity.model.organisation import Organisation
from continuity.words import _
from ui.desk import Desk
from ui.forms.row import FieldRow
from ui.grid.small import SmallGrid
from ui.inspector.parts import PartsModel
from ui.making import further_supply
from ui.picker import items_of, pick
from ui.theme import theme
from ui.theme.icons import icon

ORIGIN = "inspector"
_SUPPLY = KINDS["supply"]
_COLUMNS = ("element", "standby", "capacity")


def needs_of(organisation: Organisation, element: Record) -> list[Need]:
    """Return the needs of ``element``, in order."""
    return [
        n for n in organisation.referrers(element.id) if isinstance(n, Need) and n.dependent == element.id
    ]


class SupplyModel(PartsModel):
    """Who supplies a need: the three things that matter most; the rest opens with the row."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(_SUPPLY, desk, parent)
        self.columns = {name: self.columns[name] for name in _COLUMNS}
        self.names = _COLUMNS


class NeedCard(QFrame):
    """One need."""

    go_to = Signal(str)

    def __init__(self, desk: Desk, organisation: Organisation) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.desk, self.organisation = desk, organisation
        self.need: Need | None = None
        specs = KINDS["need"].specs
        self.rows: dict[str, FieldRow] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * [theme.grid(1)])
        column.setSpacing(theme.grid(0.75))
        column.addLayout(self._head())
        for name in ("name", "rule", "k", "required", "autonomy"):
            row = FieldRow(name, specs[name], organisation)
            row.edited.connect(self._on_edited)
            self.rows[name] = row
            column.addWidget(row)
        caption = QLabel(_(_SUPPLY.plural))
        caption.setProperty("role", "caption")
        column.addWidget(caption)
        self.model = SupplyModel(desk, self)
        self.grid = SmallGrid(self.model, empty=_("Nothing supplies it yet."))
        self.grid.setAccessibleName(_(_SUPPLY.plural))
        self.grid.view.verticalHeader().show()
        self.grid.view.verticalHeader().sectionClicked.connect(
            lambda row: self.go_to.emit(self.model.rows[row].id)
        )
        self.grid.wants_row.connect(self._choose_supplier)
        self.grid.drops_rows.connect(self._drop)
        column.addWidget(self.grid)

    def show_need(self, need: Need) -> None:
        """Show ``need`` and its supplies."""
        self.need = need
        for name, row in self.rows.items():
            row.show_value(getattr(need, name))
        self.rows["k"].setVisible(need.rule == "k_of_n")
        self.rows["required"].setVisible(need.rule == "share")
        supplies = self.organisation.parts(need.id, Supply)
        if list(supplies) != self.model.rows:
            self.model.show_records(self.organisation, supplies)

    def _head(self) -> QHBoxLayout:
        self.leave, self.drop = QPushButton(_("All fields")), QToolButton()
        self.leave.setProperty("role", "link")
        self.leave.clicked.connect(lambda: self.go_to.emit(self.need.id if self.need else ""))
        self.drop.setProperty("role", "quiet")
        self.drop.setIcon(icon("remove", "muted"))
        self.drop.setToolTip(_("Delete the need"))
        self.drop.setAccessibleName(_("Delete the need"))
        self.drop.clicked.connect(self._drop_need)
        line = QHBoxLayout()
        line.addWidget(self.leave)
        line.addStretch(1)
        line.addWidget(self.drop)
        return line

    def _on_edited(self, name: str, value: Any) -> None:
        if self.need is not None:
            edit = amend(self.need, **{name: value})
            self.desk.edit(edit, origin=ORIGIN, merge=f"{self.need.id}.{name}")

    def _choose_supplier(self) -> None:
        need = self.need
        if need is None:
            return
        taken = {s.element for s in self.organisation.parts(need.id, Supply)} | {need.dependent}
        items = items_of(r for kind in ELEMENTS for r in self.organisation.of_kind(kind) if r.id not in taken)

        def add(id_: str) -> None:
            supplier = self.organisation.get(id_)
            if supplier is not None:
                self.desk.edit(further_supply(self.organisation, need, supplier), origin=ORIGIN)

        pick(items, self.grid.add, add, prompt=_("Who supplies it?"))

    def _drop(self, rows: list[int]) -> None:
        ids = [self.model.rows[row].id for row in rows]
        self.desk.edit(self.organisation.removal(ids), origin=ORIGIN)

    def _drop_need(self) -> None:
        if self.need is not None:
            self.desk.edit(self.organisation.removal([self.need.id]), origin=ORIGIN)


class NeedsPage(QWidget):
    """The cards, and a button for one more."""

    go_to = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.record: Record | None = None
        self.cards: list[NeedCard] = []
        self.empty = QLabel(_("It needs nothing yet. Add a need, or draw a line to it on the map."))
        self.empty.setWordWrap(True)
        self.empty.setProperty("role", "muted")
        self.add = QPushButton(_("Add a need"))
        self.add.setIcon(icon("add"))
        self.add.clicked.connect(self._add)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(*4 * [theme.grid(1)])
        self._column.setSpacing(theme.grid(1))
        self._column.addWidget(self.empty)
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)

    def show_record(self, record: Record) -> None:
        """Show what ``record`` needs."""
        session = self.desk.session
        if session is None:
            return
        self.record = record
        needs = needs_of(session.organisation, record)
        while len(self.cards) < len(needs):
            card = NeedCard(self.desk, session.organisation)
            card.go_to.connect(self.go_to)
            self._column.insertWidget(len(self.cards), card)
            self.cards.append(card)
        for place, card in enumerate(self.cards):
            card.setVisible(place < len(needs))
            if place < len(needs):
                card.show_need(needs[place])
        self.empty.setVisible(not needs)

    def _add(self) -> None:
        session, element = self.desk.session, self.record
        if session is None or not isinstance(element, Element):
            return
        need = Need(
            id=new_id(),
            code=session.organisation.free_code(KINDS["need"]),
            dependent=element.id,
            name=_("New need"),
        )
        self.desk.edit(Group("add", (Add(need),)), origin=ORIGIN)
