"""Preparing an exercise: its event list as a line of time and as a table, its words, its papers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from continuity import places
from continuity.model.edits import Add, Changes, Group, amend
from continuity.model.kinds import KINDS, Exercise, Inject
from continuity.model.organisation import Organisation
from continuity.model.problems import Refused
from continuity.words import _, current, ngettext
from ui.desk import Desk
from ui.grid.model import ROW_ROLE
from ui.grid.small import GridView
from ui.making import made, part_code
from ui.panels.exercise.events_model import EventsModel
from ui.panels.exercise.list_dialog import ListDialog
from ui.panels.exercise.message import MessageEditor
from ui.panels.exercise.papers import PapersDialog, file_safe
from ui.panels.exercise.stage import start_of
from ui.panels.exercise.timeline import Timeline
from ui.runs.flow import FlowLayout
from ui.texts import Texts
from ui.theme import theme
from ui.theme.icons import icon

ORIGIN = "exercise"
_LEAST = 300  # pixels of the drawing: the list and the message
_FIRST_WIDTHS = (124, 126, 250, 132)  # pixels of the drawing


class PreparePage(QWidget):
    """Fields of the exercise, its objectives and seats are changed in the inspector, which follows."""

    go_to = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.texts = desk, Texts()
        self.exercise: Exercise | None = None
        self.timeline, self.message = Timeline(), MessageEditor()
        self.model = EventsModel(desk, ORIGIN, self)
        self.table = GridView()
        self.table.setModel(self.model)
        self._size_columns()
        self.problem = QLabel()
        self.problem.setProperty("role", "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        names = ("form", "objectives", "add", "remove", "rewrite", "import", "export", "papers")
        signs = ("edit", "objective", "add", "remove", "recent", "import", "export", "print")
        self.buttons = {name: QPushButton() for name in names}
        for name, sign in zip(names, signs, strict=True):
            self.buttons[name].setIcon(icon(sign))
        self.sum = QLabel()
        self.sum.setProperty("role", "muted")
        self._lay_out()
        self._wire()
        self.texts(self._say)

    # --- building ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        bar = QWidget()
        flow = FlowLayout(bar, theme.grid(1))
        for button in self.buttons.values():
            flow.addWidget(button)
        flow.addWidget(self.sum)
        lower = QSplitter(Qt.Orientation.Horizontal)
        lower.setChildrenCollapsible(False)
        lower.setHandleWidth(1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.problem)
        lower.addWidget(left)
        lower.addWidget(self.message)
        lower.setStretchFactor(0, 3)
        lower.setStretchFactor(1, 2)
        lower.setSizes([theme.px(470), theme.px(310)])
        self.lower = lower
        page = QVBoxLayout(self)
        page.setContentsMargins(theme.grid(1.5), theme.grid(1), theme.grid(1.5), 0)
        page.setSpacing(theme.grid(1))
        page.addWidget(bar)
        page.addWidget(self.timeline)
        page.addWidget(lower, 1)
        lower.setMinimumHeight(theme.px(_LEAST))

    def _wire(self) -> None:
        self.timeline.chosen.connect(self.choose)
        self.timeline.moved.connect(self.move)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.delete_pressed.connect(self.remove)
        self.model.refused.connect(self._say_problem)
        self.message.edited.connect(self._on_message)
        for name, handler in {
            "form": lambda: self._select(self.exercise), "objectives": self.show_objectives,
            "add": self.add, "remove": self.remove, "rewrite": self.rewrite, "papers": self.write_papers,
            "import": self.ask_list, "export": self.ask_export,
        }.items():  # fmt: skip
            self.buttons[name].clicked.connect(lambda _on=False, handler=handler: handler())
        insert = QShortcut(QKeySequence("Insert"), self.table)
        insert.setContext(Qt.ShortcutContext.WidgetShortcut)
        insert.activated.connect(self.add)

    def _say(self) -> None:
        for name, text in {
            "form": _("The exercise"), "objectives": _("Objectives"), "add": _("Inject"),
            "remove": _("Delete"), "rewrite": _("Write the list anew"), "import": _("List in …"),
            "export": _("List out …"),
            "papers": _("Papers …"),
        }.items():  # fmt: skip
            self.buttons[name].setText(text)
        tips = {
            "form": _("Purpose, frame, seats, stop word and own columns, in the inspector"),
            "objectives": _("What shall be shown, and how it is measured, in the inspector"),
            "add": _("Add an inject after the chosen one (Insert)"),
            "remove": _("Delete the chosen injects (Del)"),
            "rewrite": _("Write the event list anew from the run; injects of your own stay"),
            "import": _("Take an event list over from a workbook (.xlsx, .ods, .csv)"),
            "export": _("Write the event list as a workbook (.xlsx) or as text (.csv)"),
            "papers": _("Write book, handouts, evaluators' sheets and situation manual"),
        }
        for name, tip in tips.items():
            self.buttons[name].setToolTip(tip)
            self.buttons[name].setAccessibleDescription(tip)
        self.table.setAccessibleName(_("Event list"))
        self.message.say()
        self._say_sum()

    def retheme(self) -> None:
        """Sizes for the zoom in force."""
        self.table.verticalHeader().setDefaultSectionSize(theme.px(26))
        self._size_columns()
        self.lower.setMinimumHeight(theme.px(_LEAST))
        self.message.card.retheme()
        self.timeline.resizeEvent(None)

    def _size_columns(self) -> None:
        self.table.size_columns()
        for place, pixels in enumerate(_FIRST_WIDTHS):
            self.table.setColumnWidth(place, theme.px(pixels))

    # --- showing -------------------------------------------------------------------------------

    def show_exercise(self, organisation: Organisation | None, exercise: Exercise | None) -> None:
        """Show an exercise of the document."""
        other = exercise is None or self.exercise is None or exercise.id != self.exercise.id
        self.exercise = exercise
        columns = self.model.names
        self.model.show_exercise(organisation, exercise)
        if columns != self.model.names or other:
            self._size_columns()
        start = start_of(organisation, exercise) if organisation and exercise else None
        self.timeline.show_events(start, exercise, self.model.rows)
        self._say_problem("")
        self._say_sum()
        self._show_message()
        if other and self.model.rows:
            self._show_row(self.timeline.current)

    def follow(self, _changes: Changes) -> None:
        """Show the exercise as it is now."""
        session = self.desk.session
        if session is not None and self.exercise is not None:
            found = session.organisation.of(Exercise, self.exercise.id)
            self.show_exercise(session.organisation, found)

    def choose(self, inject: str) -> None:
        """Choose an inject: here, in the table, in the inspector."""
        self.timeline.choose(inject)
        self._show_row(inject)
        self._show_message()
        self.desk.select(inject, origin=ORIGIN)

    def _show_row(self, inject: str) -> None:
        row = self.model.row_of(inject)
        if row >= 0 and row != self.table.currentIndex().row():
            self.table.selectionModel().blockSignals(True)
            self.table.setCurrentIndex(self.model.index(row, max(1, self.table.currentIndex().column())))
            self.table.selectionModel().blockSignals(False)
            self.table.viewport().update()

    def _on_row(self, index: Any) -> None:
        record = index.data(ROW_ROLE)
        if isinstance(record, Inject):
            self.timeline.choose(record.id)
            self._show_message()
            self.desk.select(record.id, origin=ORIGIN)

    def _show_message(self) -> None:
        inject = next((r for r in self.model.rows if r.id == self.timeline.current), None)
        hour = self.model.clock(inject.at) if inject else ""
        self.message.show_inject(hour, inject, self.model.organisation)

    def _say_problem(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def _say_sum(self) -> None:
        count = len(self.model.rows)
        self.sum.setText(ngettext("{n} inject", "{n} injects", count) if self.exercise else "")

    def _select(self, record: Any) -> None:
        if record is not None:
            self.desk.select(record.id, origin=ORIGIN)

    def show_objectives(self) -> None:
        """Show the exercise in the inspector on the tab of its objectives."""
        window: Any = self.window()
        self._select(self.exercise)
        inspector = getattr(window, "inspector", None)
        if inspector is not None:
            for place in range(inspector.tabs.count()):
                if inspector.tabs.tabData(place) == KINDS["objective"].plural:
                    inspector.tabs.setCurrentIndex(place)

    # --- doing ---------------------------------------------------------------------------------

    def move(self, inject: str, by: int, following: bool) -> None:
        """Move an inject by so many minutes, alone or with all that comes after it, as one step."""
        first = next((r for r in self.model.rows if r.id == inject), None)
        if first is None or not by:
            return
        moved = [first]
        if following:
            moved += [r for r in self.model.rows if r.at >= first.at and r.id != inject]
        edits = tuple(amend(one, at=one.at + by) for one in moved)
        self.desk.edit(Group("move", edits), origin=ORIGIN, merge=f"{inject}.at.{len(moved)}")

    def _on_message(self, inject: str, text: str) -> None:
        record = next((r for r in self.model.rows if r.id == inject), None)
        if record is not None:
            self.desk.edit(amend(record, message=text), origin=ORIGIN, merge=f"{inject}.message")

    def add(self) -> None:
        """Add an inject of one's own half an hour after the chosen one."""
        session = self.desk.session
        if session is None or self.exercise is None:
            return
        organisation, kind = session.organisation, KINDS["inject"]
        before = next((r for r in self.model.rows if r.id == self.timeline.current), None)
        code = part_code(organisation, kind, self.exercise)
        at = before.at + 30 if before else self.exercise.begins
        position = max((r.position for r in self.model.rows), default=-1) + 1
        inject = made(organisation, kind, code=code, exercise=self.exercise.id, at=at, position=position)
        if inject is not None and self.desk.edit(Group("add", (Add(inject),)), origin=ORIGIN):
            self.choose(inject.id)

    def remove(self) -> None:
        """Delete the chosen injects."""
        rows = self.table.chosen_rows()
        ids = tuple(self.model.rows[row].id for row in rows) or tuple(filter(None, [self.timeline.current]))
        self.desk.remove(ids, origin=ORIGIN)

    def rewrite(self) -> None:
        """Write the event list anew from the run, in the background; one's own injects stay."""
        session, exercise = self.desk.session, self.exercise
        if session is None or exercise is None:
            return
        self.buttons["rewrite"].setEnabled(False)
        language = current().language

        def done(edit: Group) -> None:
            self.buttons["rewrite"].setEnabled(True)
            if session is self.desk.session and self.desk.edit(edit, origin=ORIGIN):
                self.desk.say(_("The event list is written anew. Undo brings the old one back."), "done")

        def failed(error: Exception) -> None:
            self.buttons["rewrite"].setEnabled(True)
            if isinstance(error, Refused):
                self.desk.refuse(error)
            else:
                self.desk.say(_("This did not work: {error}", error=str(error)), "warn")

        self.desk.work(lambda: session.rewritten_injects(exercise.id, language), done, failed)

    def ask_list(self) -> None:
        """Ask for a file with an event list, read it, and show what it would become."""
        session, exercise = self.desk.session, self.exercise
        if session is None or exercise is None:
            return
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Event list"), "", _("Event lists (*.xlsx *.ods *.csv)")
        )
        if name:
            self.read_list(Path(name))

    def read_list(self, path: Path) -> None:
        """Read an event list in the background, and show what it would become."""
        session, exercise = self.desk.session, self.exercise
        if session is None or exercise is None:
            return

        def done(proposal: Any) -> None:
            if session is self.desk.session:
                self.dialog = ListDialog(self.desk, exercise.id, path, proposal, self)
                self.dialog.open()

        self.desk.work(lambda: session.read_event_list(exercise.id, path), done)

    def ask_export(self) -> None:
        """Ask for a file, and write the event list to it."""
        session, exercise = self.desk.session, self.exercise
        if session is None or exercise is None:
            return
        beside = session.path.parent if session.path else places.documents_dir()
        name, _kind = QFileDialog.getSaveFileName(
            self,
            _("Event list"),
            str(beside / f"{file_safe(exercise.name)}.xlsx"),
            _("Event lists (*.xlsx *.csv)"),
        )
        if name:
            self.write_list(Path(name))

    def write_list(self, path: Path) -> None:
        """Write the event list, in the background."""
        session, exercise, language = self.desk.session, self.exercise, current().language
        if session is None or exercise is None:
            return
        self.desk.work(
            lambda: session.write_event_list(exercise.id, path, language),
            lambda _done: self.desk.say(_("Written: {name}.", name=path.name), "done"),
        )

    def write_papers(self) -> None:
        """Ask where to, and write the papers."""
        if self.exercise is not None:
            self.papers = PapersDialog(self.desk, self.exercise, self)
            self.papers.open()
