"""The Situation workspace: the real day, by hand and by keyboard, on whatever screen there is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from continuity.model.problems import Problem, Refused
from continuity.session import Session
from continuity.words import N_, _
from ui.desk import Desk
from ui.panels.situation import forms
from ui.panels.situation.cards import CardWindow
from ui.panels.situation.form import EntryForm
from ui.panels.situation.head import VERBS, Head
from ui.panels.situation.held import Held
from ui.panels.situation.log_page import LogPage
from ui.panels.situation.pages import AheadPage, BoardPage, DeskPage, FirstPage
from ui.panels.situation.papers import PaperWindow
from ui.panels.situation.pay_page import PayPage
from ui.panels.situation.welcome import Welcome
from ui.runs.fit import fit_icons, scrolled
from ui.workspace import Verb, Workspace

_PAGES: tuple[type[DeskPage], ...] = (BoardPage, AheadPage, PayPage, FirstPage, LogPage)
_FORMS: dict[str, type[EntryForm]] = {
    "report": forms.ReportForm, "task": forms.TaskForm, "message": forms.MessageForm,
    "decision": forms.DecisionForm, "note": forms.NoteForm, "measures": forms.MeasuresForm,
}  # fmt: skip


class SituationWorkspace(Workspace):
    """What is noted counts at once; the forecast follows."""

    code, title, icon, verb = "situation", N_("Situation"), "situation", Verb.USE
    hint = N_("What really happens: note it, see what comes, hand it over")
    spacious = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.held = Held(desk)
        self.head, self.welcome = Head(self.held), Welcome(self.held)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.pages = [page(self.held) for page in _PAGES]
        for page in self.pages:
            self.tabs.addTab(page, "")
            page.wanted.connect(self._on_wanted)
        self.form: Any = None  # the form or window that is open
        self._build()
        self._wire()
        self.texts(self._say)
        fit_icons(self)

    def _build(self) -> None:
        at_work = QWidget()
        column = QVBoxLayout(at_work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.tabs, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(scrolled(self.welcome))
        self.stack.addWidget(at_work)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)
        self.setFocusProxy(self.stack)

    def _wire(self) -> None:
        self.held.opened.connect(self._on_opened)
        self.welcome.chosen.connect(self.held.go_on)
        self.head.wanted.connect(self.open)
        self.head.rhythm_wanted.connect(lambda: self._ask(forms.RhythmForm))
        self.head.posture_wanted.connect(lambda: self._ask(forms.PostureForm))
        keys = {key: lambda code=code: self.open(code) for code, _sign, _word, key in VERBS}
        keys |= {
            f"Alt+{place}": lambda place=place: self._turn_to(place) for place in range(1, len(_PAGES) + 1)
        }
        keys |= {"F": self._filter, "Y": lambda: self._ask(forms.RhythmForm), "F5": self.held.foresee}
        for key, handler in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(handler)

    def _say(self) -> None:
        for place, page in enumerate(self.pages):
            self.tabs.setTabText(place, _(page.title))
            self.tabs.setTabToolTip(place, f"{_(page.title)} (Alt+{place + 1})")

    # --- the shell -------------------------------------------------------------------------------

    def show_session(self, session: Session | None) -> None:
        """Another document closes the log: it carries its own copy of the model and stays on disk."""
        if self.held.situation is not None:
            name = self.held.situation.log.path.name
            self.desk.say(_("The log {name} is closed; go on with it from the start page.", name=name))
        self.held.close()
        self.welcome.refresh()

    def begin(self, log: Path | None = None) -> None:
        """Begin a log, or go on with one: what the start page asks for."""
        if log is not None:
            self.held.go_on(log)
        elif self.held.situation is None:
            self.held.begin()

    def retranslate(self) -> None:
        super().retranslate()
        self.head.texts.refresh()
        self.welcome.texts.refresh()
        for page in self.pages:
            page.retranslate()

    def retheme(self) -> None:
        fit_icons(self)
        self.head.fit()
        for page in self.pages:
            page.retheme()

    def _on_opened(self) -> None:
        at_work = self.held.situation is not None
        self.stack.setCurrentIndex(int(at_work))
        if not at_work:
            self.welcome.refresh()
            return
        self.head.refresh()
        self.head._on_saved(True)
        self.tabs.setCurrentIndex(0)
        self.pages[0].setFocus()

    # --- verbs -----------------------------------------------------------------------------------

    def open(self, verb: str) -> None:
        """Open the form or paper of a verb."""
        if self.held.situation is None:
            return
        if verb in ("handover", "paper"):
            self._show(PaperWindow(self.held, self, "handover" if verb == "handover" else "report"))
        elif verb == "list":
            self._ask(forms.StatusListForm, self._list())
        else:
            self._ask(_FORMS[verb])

    def _ask(self, form: Any, *given: Any, **more: Any) -> None:
        if self.held.situation is None:
            return
        if self.held.read_only:
            self.desk.refuse(Refused([Problem("situation-read-only")]))
            return
        self._show(form(self.held, self, *given, **more))

    def _show(self, window: Any) -> None:
        self.form = window
        window.finished.connect(lambda _result: self._on_gone(window))
        window.open()

    def _on_gone(self, window: Any) -> None:
        if self.form is window:
            self.form = None
            self.tabs.currentWidget().setFocus()

    def _list(self) -> str:
        """Return the text of a file with a status list, or nothing: then it can be pasted."""
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Status list; leave it to paste one"), "", _("Status lists (*.csv *.txt)")
        )
        if not name:
            return ""
        try:
            raw = Path(name).read_bytes()
        except OSError as error:
            facts: dict[str, object] = {"file": name, "reason": error.strerror or str(error)}
            self.desk.refuse(Refused([Problem("cannot-read", facts=facts)]))
            return ""
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            return raw.decode("cp1252", "replace")

    def _turn_to(self, place: int) -> None:
        self.tabs.setCurrentIndex(place - 1)
        self.tabs.currentWidget().setFocus()

    def _filter(self) -> None:
        page = next(page for page in self.pages if isinstance(page, LogPage))
        self.tabs.setCurrentWidget(page)
        page.words.setFocus()

    def _on_wanted(self, verb: str, key: str) -> None:
        """What a row of a table asks for."""
        picture = self.held.situation.picture
        if verb == "done" and not self.held.read_only:
            task = next((t for t in picture.tasks if str(t.entry) == key), None)
            if task is not None:
                self.held.note(lambda desk: desk.task_done(task.entry, done=task.done is None))
        elif verb == "follow":
            report = next((r for r in picture.reports if str(r.entry) == key), None)
            if report is not None:
                self._ask(forms.ReportForm, element=report.element, words=report.words)
        elif verb == "correct":
            self._correct(int(key))
        elif verb == "cards":
            self._cards(key)

    def _correct(self, entry: int) -> None:
        """A report is corrected by a better one, or withdrawn; anything else in words."""
        reports = self.held.situation.picture.reports
        report = next((r for r in reports if r.entry == entry and not r.corrected), None)
        if report is None:
            self._ask(forms.CorrectForm, entry)
        else:
            self._ask(forms.ReportForm, corrects=report)

    def _cards(self, element: str) -> None:
        found = dict(self.held.situation.cards_for([element])).get(element, ())
        if not found:
            self.desk.say(_("There is no action card for it."))
            return
        window = CardWindow(self.held, self, found)
        window.task_wanted.connect(lambda what, who: self._task_of(window, what, who))
        self._show(window)

    def _task_of(self, window: CardWindow, what: str, who: str) -> None:
        form = forms.TaskForm(self.held, window, what, who)
        form.open()
