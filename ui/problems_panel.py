"""What is wrong with the model, kept up to date in the background; mended and accepted from here."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from continuity.messages.mends import action
from continuity.model.edits import Group
from continuity.model.problems import Problem
from continuity.model.rules import Checked, Mend, Reason, acceptance, can_be_accepted
from continuity.words import _, ngettext
from ui.desk import Desk
from ui.problems.accept import Accept
from ui.problems.filters import Filters
from ui.problems.found import ORDER, Found, told_all
from ui.problems.model import MEND, ProblemList, menders
from ui.theme import theme
from ui.theme.icons import icon

__all__ = ["ProblemList", "ProblemsPanel"]

ORIGIN = "problems"
_PARTS = (0.46, 0.16)  # of the width, for what and where; the rest is for how to mend it
_QUIET = 400  # milliseconds without an edit before the model is checked


class _View(QTableView):
    """Enter leads to the record, Ctrl+Enter mends, Delete accepts."""

    pressed_key = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.pressed_key.emit("mend")
        elif enter:
            self.pressed_key.emit("go")
        elif event.key() == Qt.Key.Key_Delete:
            self.pressed_key.emit("accept")
        else:
            super().keyPressEvent(event)


class ProblemsPanel(QFrame):
    """The table at the foot of the window. A row leads to its record."""

    counted = Signal(int, int, int)  # errors, warnings, hints
    go_to = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problems")
        self.desk = desk
        self.model = ProblemList(self)
        self.model.mender = self._mend_of
        self.filters, self.view = Filters(), _View()
        self.mend_button, self.accept_button = QPushButton(), QPushButton()
        self._nothing = QLabel()
        self._nothing.setProperty("role", "muted")
        self._set_up_view()
        self._lay_out()
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET)
        self._quiet.timeout.connect(self.check)
        self._checking = self._again = False
        self._wire()
        self._say()

    # --- checking ------------------------------------------------------------------------------

    def check(self) -> None:
        """Check the model in the background; what changes meanwhile is checked afterwards."""
        session = self.desk.session
        if session is None:
            return
        if self._checking:
            self._again = True
            return
        self._checking = True

        def work() -> list[Found]:
            checked: Checked = session.checked()
            return told_all(checked, session.organisation)

        def done(found: list[Found]) -> None:
            self._checking = False
            if session is self.desk.session:
                self._show(found)
            if self._again:
                self._again = False
                self._quiet.start()

        def failed(_error: Exception) -> None:
            self._again = True  # it was edited while it was read
            done(self.model.all)

        self.desk.work(work, done, failed)

    @property
    def is_checking(self) -> bool:
        """Whether a check is under way."""
        return self._checking

    def retranslate(self) -> None:
        """Say the problems in the language spoken now."""
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, MEND)
        self._show([])
        self.check()

    def fit(self) -> None:
        """Rows as high as the text at the zoom in force."""
        line = self.view.fontMetrics().lineSpacing()
        self.view.verticalHeader().setDefaultSectionSize(2 * line + theme.px(8))  # the end decides
        self.view.setIconSize(QSize(theme.px(16), theme.px(16)))
        for button in (self.mend_button, self.accept_button):
            button.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.filters.fit()
        self._share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Give each column its part of the width."""
        header, width = self.view.horizontalHeader(), self.view.viewport().width()
        for column, part in enumerate(_PARTS):
            header.resizeSection(column, round(width * part))

    # --- verbs ---------------------------------------------------------------------------------

    def mend(self) -> None:
        """Mend what is chosen and can be mended, as one step."""
        session, problems = self.desk.session, menders(self._chosen())
        if session is None or not problems:
            return
        mend = session.mend_of(problems[0]) if len(problems) == 1 else None
        what = action(mend) if mend else ""
        edit = session.mends_of(problems)
        changes = self.desk.edit(edit, origin=ORIGIN)
        if changes is not None:
            done = len(edit.edits) if isinstance(edit, Group) else 1
            said = ngettext("{n} problem mended. Undo takes it back.",
                            "{n} problems mended. Undo takes them back.", done)  # fmt: skip
            self.desk.say(_("Done: {what}. Undo takes it back.", what=what) if what else said, "done")

    def accept(self) -> None:
        """Ask for a reason and accept what is chosen; of what was accepted, take the acceptance back."""
        session, chosen = self.desk.session, self._chosen()
        if session is None or not chosen:
            return
        waivers = tuple(one.waiver.id for one in chosen if one.waiver is not None)
        if waivers:
            self.desk.edit(session.organisation.removal(waivers), origin=ORIGIN)
            return
        found = [one for one in chosen if can_be_accepted(one.problem)]
        if not found:
            self.desk.say(_("An error cannot be accepted: it contradicts something. Mend it."), "warn")
            return
        self.asking = Accept(self.window(), found, session.author, lambda why: self._accepted(found, why))
        self.asking.open()

    def _accepted(self, found: list[Found], why: Reason) -> None:
        session = self.desk.session
        if session is not None:
            pairs = [(one.problem, one.sentence) for one in found]
            self.desk.edit(acceptance(pairs, why, session.organisation), origin=ORIGIN)

    # --- inside --------------------------------------------------------------------------------

    def _mend_of(self, problem: Problem) -> Mend | None:
        return self.desk.session.mend_of(problem) if self.desk.session else None

    def _wire(self) -> None:
        self.desk.changed.connect(self._quiet.start)
        self.desk.session_changed.connect(self._on_session)
        self.filters.changed.connect(self._narrow)
        self.view.clicked.connect(self._on_clicked)
        self.view.pressed_key.connect(self._on_key)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._say_buttons())
        self.mend_button.clicked.connect(self.mend)
        self.accept_button.clicked.connect(self.accept)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.grid(0.5))
        self.mend_button.setIcon(icon("equipment"))
        self.accept_button.setIcon(icon("waiver"))
        for button in (self.mend_button, self.accept_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        above = QVBoxLayout()
        above.setContentsMargins(theme.grid(1), theme.grid(0.5), theme.grid(1), theme.grid(0.5))
        above.addWidget(self.filters)
        below = QVBoxLayout()
        below.setContentsMargins(theme.grid(1), theme.grid(0.5), theme.grid(1), theme.grid(0.5))
        below.addWidget(self._nothing)
        below.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addWidget(self.view, 1)
        column.addLayout(below)

    def _set_up_view(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setShowGrid(False)
        view.setWordWrap(True)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.verticalHeader().hide()
        view.setTabKeyNavigation(False)
        header = view.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        self.fit()

    def _on_session(self) -> None:
        self._show([])
        self.check()

    def _show(self, found: list[Found]) -> None:
        keys = [one.key for one in self._chosen()]
        self.model.show(found)
        self.filters.show_counts(self.model.all)
        self.model.narrow(self.filters.wanted())
        if keys and not self.view.selectionModel().hasSelection():
            row = self.model.row_of(keys[0])
            if row >= 0:
                self.view.selectRow(row)
        self._say()
        self.counted.emit(*(self.model.count(one) for one in ORDER))

    def _narrow(self, _wanted: object) -> None:
        self.model.narrow(self.filters.wanted())
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, MEND)
        self._say()

    def _chosen(self) -> list[Found]:
        rows = sorted({index.row() for index in self.view.selectionModel().selectedRows()})
        return [self.model.rows[row] for row in rows if row < len(self.model.rows)]

    def _say(self) -> None:
        self.view.setAccessibleName(_("Problems"))
        nothing = not self.model.rows
        self._nothing.setVisible(nothing)
        if self.model.all:
            self._nothing.setText(_("No problem is left by the filters."))
        else:
            self._nothing.setText(_("No problems found"))
        self._say_buttons()

    def _say_buttons(self) -> None:
        """Say what the buttons would do before they do it."""
        chosen = self._chosen()
        for button in (self.mend_button, self.accept_button):
            button.setVisible(bool(chosen))
        can = menders(chosen)
        text = ngettext("Mend {n} problem", "Mend {n} problems", len(can))
        if len(chosen) == 1:
            mend = self.model.mend(self.view.selectionModel().selectedRows()[0].row())
            can = can if mend else []
            text = action(mend) if mend else _("Mend with one click")
        self.mend_button.setText(text if can else _("Mend with one click"))
        self.mend_button.setToolTip(f"{text} (Ctrl+Enter)")
        self.mend_button.setEnabled(bool(can))
        back = any(one.waiver is not None for one in chosen)
        self.accept_button.setText(_("Open it again") if back else _("Accept with a reason …"))
        self.accept_button.setEnabled(back or any(can_be_accepted(one.problem) for one in chosen))

    def _on_key(self, verb: str) -> None:
        if verb == "go":
            self._go(self.view.currentIndex())
        else:
            getattr(self, verb)()

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == MEND and len(self._chosen()) == 1 and self.model.mend(index.row()):
            self.mend()
        else:
            self._go(index)

    def _go(self, index: QModelIndex) -> None:
        if index.isValid() and (id_ := self.model.rows[index.row()].problem.id):
            self.go_to.emit(id_)
