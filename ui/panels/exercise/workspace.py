"""The exercise workspace: prepare, run, report; marked so that nobody takes it for something real."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from continuity.model.edits import Changes
from continuity.model.kinds import Exercise, Inject, Objective
from continuity.words import N_, _
from ui.desk import Desk
from ui.panels.exercise.after import AfterPage
from ui.panels.exercise.fields import modest
from ui.panels.exercise.frame import ExerciseMark
from ui.panels.exercise.make_form import MakeForm
from ui.panels.exercise.prepare import ORIGIN, PreparePage
from ui.panels.exercise.run_page import RunPage
from ui.panels.exercise.stage import Stage
from ui.registry import entry
from ui.runs.fit import fit_icons, scrolled
from ui.theme import theme
from ui.theme.icons import icon
from ui.workspace import Verb, Workspace

if TYPE_CHECKING:
    from continuity.session import Session

_SEEN = ("exercise", "objective", "inject", "scenario", "role")
PREPARE, RUN, AFTER = range(3)


class ExerciseWorkspace(Workspace):
    """Three tabs over one exercise; a play that is open is shown on the second and third."""

    code = "exercise"
    title = N_("Exercise")
    hint = N_("Make an exercise from a run, play it, report it")
    icon = "exercise"
    verb = Verb.USE
    spacious = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.stage = Stage(desk)
        self.mark = ExerciseMark(self.real_event, self)
        self.chooser, self.new = QComboBox(), QPushButton()
        self.new.setIcon(icon("add"))
        self.make = MakeForm(desk)
        self.prepare, self.run, self.after = PreparePage(desk), RunPage(self.stage), AfterPage(self.stage)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self._exercise = ""
        self._build()
        self._wire()
        self.setFocusProxy(self.tabs)
        self.texts(self._say)
        fit_icons(self)

    # --- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        making = QWidget()
        column = QVBoxLayout(making)
        column.setContentsMargins(*4 * [theme.grid(3)])
        row = QHBoxLayout()
        self.make.setMaximumWidth(theme.px(640))
        row.addWidget(self.make, 1)
        row.addStretch(0)
        column.addLayout(row)
        column.addStretch(1)
        self.first = QStackedWidget()
        self.first.addWidget(scrolled(making))
        self.first.addWidget(scrolled(self.prepare))
        for page in (self.first, self.run, self.after):
            self.tabs.addTab(page, "")
        self.corner = corner = QWidget()
        line = QHBoxLayout(corner)
        line.setContentsMargins(0, 0, theme.grid(1), 0)
        modest(self.chooser, 24)
        line.addWidget(self.chooser)
        line.addWidget(self.new)
        self.tabs.setCornerWidget(corner, Qt.Corner.TopRightCorner)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.tabs)

    def _wire(self) -> None:
        self.chooser.activated.connect(lambda _place: self.choose(str(self.chooser.currentData() or "")))
        self.new.clicked.connect(lambda _on=False: self.ask())
        self.make.made.connect(self._on_made)
        self.make.left.connect(lambda: self._show(self._exercise))
        self.stage.opened.connect(self._on_opened)
        self.stage.closed.connect(self._on_closed)
        self.stage.froze.connect(self.mark.hide)
        self.tabs.currentChanged.connect(self._on_tab)

    def _say(self) -> None:
        for place, name in enumerate((_("Prepare"), _("Run"), _("After"))):
            self.tabs.setTabText(place, name)
        self.tabs.setAccessibleName(_("Exercise"))
        self.chooser.setAccessibleName(_("Which exercise"))
        self.new.setText(_("New exercise …"))

    # --- the document --------------------------------------------------------------------------

    def show_session(self, session: Session | None) -> None:
        self.stage.close()
        self._exercise = ""
        self.make.show_document()
        self._fill()

    def on_changes(self, changes: Changes) -> None:
        if changes.touches(*_SEEN):
            self._fill()

    def retranslate(self) -> None:
        super().retranslate()
        for part in (self.make, self.prepare, self.after, self.after.form):
            part.texts.refresh()
        self.run.retranslate()
        self.mark.say()
        self._fill()

    def retheme(self) -> None:
        fit_icons(self)
        self.prepare.retheme()
        self.run.retheme()
        self.mark.fit()
        self.make.setMaximumWidth(theme.px(640))

    def reveal(self, record_id: str) -> bool:
        org = self.session.organisation if self.session else None
        record: Any = org.get(record_id) if org else None
        if isinstance(record, Inject | Objective):
            self.choose(record.exercise)
            self.tabs.setCurrentIndex(PREPARE)
            if isinstance(record, Inject):
                self.prepare.choose(record.id)
            return True
        if isinstance(record, Exercise):
            self.choose(record.id)
            return True
        return False

    def on_selection(self, ids: tuple[str, ...], origin: str) -> None:
        org = self.session.organisation if self.session else None
        if org is not None and origin not in (self.code, ORIGIN) and len(ids) == 1:
            record = org.get(ids[0])
            if isinstance(record, Inject) and record.exercise == self._exercise:
                self.prepare.choose(record.id)

    # --- choosing ------------------------------------------------------------------------------

    def _fill(self) -> None:
        org = self.session.organisation if self.session else None
        found = org.all(Exercise) if org else ()
        self.chooser.clear()
        for one in found:
            self.chooser.addItem(one.name, one.id)
        self.chooser.setVisible(bool(found))
        known = {one.id for one in found}
        self._show(self._exercise if self._exercise in known else found[-1].id if found else "")

    def _show(self, exercise: str) -> None:
        org = self.session.organisation if self.session else None
        record = org.of(Exercise, exercise) if org else None
        self._exercise = record.id if record else ""
        self.chooser.setCurrentIndex(self.chooser.findData(self._exercise))
        self.prepare.show_exercise(org, record)
        self.run.show_exercise(record)
        if not self.make.busy:
            self.first.setCurrentIndex(1 if record else 0)
        self.new.setVisible(record is not None)
        self.make.leave.setVisible(record is not None and not self.make.busy)

    def choose(self, exercise: str) -> None:
        """Show an exercise (id) of the document."""
        self._show(exercise)

    def ask(self) -> None:
        """Ask what a new exercise is to be made of."""
        self.make.show_document()
        self.tabs.setCurrentIndex(PREPARE)
        self.first.setCurrentIndex(0)
        self.make.leave.setVisible(bool(self._exercise))
        self.make.scenario.setFocus()

    def _on_made(self, exercise: Exercise, edit: Any) -> None:
        if self.desk.edit(edit, origin=self.code) is not None:
            self._exercise = exercise.id
            self._fill()
            self.desk.say(_("The exercise is made. Undo takes it away."), "done")

    # --- the play ------------------------------------------------------------------------------

    def _on_tab(self, place: int) -> None:
        self.corner.setVisible(place == PREPARE or self.stage.play is None)
        if place != PREPARE and self.desk.selection:
            self.desk.select(origin=self.code)  # the inspector makes room for the desk
        if place == AFTER:
            self.after.refresh()

    def _on_opened(self) -> None:
        self.mark.show_on(self.window(), self.stage.play.exercise.stop_word)
        self.after.forget()
        self.tabs.setCurrentIndex(AFTER if self.stage.read_only else RUN)
        self._on_tab(self.tabs.currentIndex())

    def _on_closed(self) -> None:
        self.mark.hide()
        self.after.forget()
        self._on_tab(self.tabs.currentIndex())

    def real_event(self) -> None:
        """One press, confirmed by nothing: freeze and save the play, and go to what is real."""
        self.stage.real_event()
        self.desk.go("situation" if entry("situation") else "calendar")
