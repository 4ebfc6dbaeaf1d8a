"""The time demands of one function beside its matrix: proposal, MTPD and its reason, RTO, RPO, MBCO."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout

from continuity.model.edits import Edit, amend
from continuity.model.impact import proposed_mtpd
from continuity.model.kinds import KINDS, Function, ImpactScale
from continuity.model.organisation import Organisation
from continuity.words import _, current
from ui.described import plain_label
from ui.forms.row import FieldRow
from ui.texts import Texts
from ui.theme import theme

_FIELDS = ("mtpd", "rto", "wrt", "achievable_rto", "rpo", "mbco")
_WIDE = ("mtpd_reason", "mbco_words")


class DemandsCard(QFrame):
    """``edited`` hands on an edit of the function shown."""

    edited = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.texts = Texts()
        self.function: Function | None = None
        self._scale: ImpactScale | None = None
        self._organisation: Organisation | None = None
        self.rows: dict[str, FieldRow] = {}
        self.proposal, self.sum = plain_label(), plain_label("muted")
        self.accept = QPushButton()
        self.accept.clicked.connect(self.take_proposal)
        line = QHBoxLayout()
        line.setSpacing(theme.grid(1))
        line.addWidget(self.proposal, 1)
        line.addWidget(self.accept)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.grid(3))
        self._grid.setVerticalSpacing(theme.grid(1))
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * [theme.grid(1.5)])
        column.setSpacing(theme.grid(1))
        column.addLayout(line)
        column.addLayout(self._grid)
        column.addWidget(self.sum)
        self.texts(lambda: self.accept.setText(_("Take the proposal")))

    def show_function(
        self, function: Function | None, scale: ImpactScale, organisation: Organisation
    ) -> None:
        """Show the demands of ``function``."""
        if organisation is not self._organisation:
            self._build(organisation)
        self.function, self._scale = function, scale
        self.setVisible(function is not None)
        if function is None:
            return
        for name, row in self.rows.items():
            row.show_value(getattr(function, name))
        self._say(function, scale)

    def rebuild(self) -> None:
        """Make the fields anew, in the language spoken now."""
        self._organisation = None
        self.texts.refresh()

    def take_proposal(self) -> None:
        """Let the MTPD be what the impacts propose; the reason for another one goes."""
        if self.function is None or self._scale is None:
            return
        proposal = proposed_mtpd(self.function, self._scale)
        if proposal is not None:
            self.edited.emit(amend(self.function, mtpd=proposal.minutes, mtpd_reason=""))

    def _build(self, organisation: Organisation) -> None:
        self._organisation = organisation
        for row in self.rows.values():
            self._grid.removeWidget(row)
            row.deleteLater()
        self.rows = {}
        for place, name in enumerate((*_FIELDS, *_WIDE)):
            row = FieldRow(name, KINDS["function"].specs[name], organisation)
            row.edited.connect(self._on_edited)
            self.rows[name] = row
            self._grid.addWidget(
                row, place % 3 if name in _FIELDS else 3, place // 3 if name in _FIELDS else place - 6
            )
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1)

    def _on_edited(self, name: str, value: Any) -> None:
        if self.function is not None:
            made: Edit = amend(self.function, **{name: value})
            self.edited.emit(made)

    def _say(self, function: Function, scale: ImpactScale) -> None:
        words, proposal = current(), proposed_mtpd(function, scale)
        self.accept.setVisible(proposal is not None and function.mtpd != proposal.minutes)
        if proposal is None:
            self.proposal.setText(
                _("The impacts propose no MTPD: nothing becomes intolerable in the time judged.")
            )
        else:
            named = {kind.code: kind.name for kind in scale.types}
            self.proposal.setText(
                _(
                    "The impacts propose MTPD {time}: the first step that is intolerable (grade {grade} or "
                    "more), for {types}.",
                    time=words.duration(proposal.minutes),
                    grade=scale.intolerable,
                    types=", ".join(named[code].lower() for code in proposal.types),
                )
            )
        self.sum.setText(_sum(function))
        too_long = _over(function)
        self.sum.setProperty("role", "problem" if too_long else "muted")
        self.sum.style().unpolish(self.sum)
        self.sum.style().polish(self.sum)


def _over(function: Function) -> bool:
    if function.mtpd is None or function.rto is None:
        return False
    return function.rto + (function.wrt or 0) > function.mtpd


def _sum(function: Function) -> str:
    if function.mtpd is None or function.rto is None:
        return _("RTO + WRT must fit into the MTPD. Fill in MTPD and RTO.")
    words, caught = current(), function.rto + (function.wrt or 0)
    facts = {
        "rto": words.duration(function.rto),
        "wrt": words.duration(function.wrt or 0),
        "sum": words.duration(caught),
        "mtpd": words.duration(function.mtpd),
    }
    if _over(function):
        return _("RTO {rto} + WRT {wrt} = {sum}: longer than the MTPD {mtpd}.", **facts)
    return _("RTO {rto} + WRT {wrt} = {sum}: fits into the MTPD {mtpd}.", **facts)
