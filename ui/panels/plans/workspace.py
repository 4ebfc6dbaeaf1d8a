"""The plans workspace: the plans there are, how the chosen one looks on paper, and the package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from continuity import words
from continuity.model.edits import Changes
from continuity.model.kinds import Function, Procedure, Role
from continuity.planning.request import PlanRequest
from continuity.words import N_, _, ngettext
from ui.charts.box import quiet_button
from ui.desk import Desk
from ui.panels.plans.drawing import Drawing
from ui.panels.plans.names import PlanNames
from ui.panels.plans.package_form import PackageForm
from ui.panels.plans.pages import PageView
from ui.panels.plans.printing import print_pages
from ui.panels.plans.status import PlanStatus, lines_of
from ui.panels.plans.writing import Writer, WritingBar
from ui.runs import said
from ui.runs.bar import StaleNote
from ui.runs.board import board_of
from ui.runs.fit import fit_icons
from ui.runs.flow import FlowLayout
from ui.runs.outcome import meta_of
from ui.theme import theme
from ui.theme.icons import icon
from ui.workspace import Verb, Workspace

if TYPE_CHECKING:
    from continuity.session import Session

_QUIET = 250  # milliseconds from a choice until its pages are drawn
_LONG_QUIET = 1200  # from an edit
_SCORES = 4000  # from a list of plans until each is held against the standard
_LANGUAGES = {"sv": "Svenska", "en": "English"}
_PREFIX = {Function: "function", Procedure: "card", Role: "role"}


class PlansWorkspace(Workspace):
    """Names and package at the left, pages at the right. Pages are drawn in the background."""

    code = "plans"
    title = N_("Plans")
    hint = N_("What is handed over: choose, look, write")
    icon = "plans"
    verb = Verb.PLAN

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.board = board_of(desk)
        self.writer, self.drawing = Writer(desk), Drawing(desk, self.board)
        self.names, self.pages = PlanNames(), PageView()
        self.form, self.writing = PackageForm(desk), WritingBar(desk, self.writer)
        self.stale, self.status = StaleNote(self.board), PlanStatus(desk)
        self._wanted = ""  # a plan to choose once the names are there
        self._listed = False
        self._build()
        self._wire()
        self.setFocusProxy(self.names.tree)
        self.texts(self._say)
        fit_icons(self)

    # --- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._left())
        self.splitter.addWidget(self._right())
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([theme.px(290), theme.px(560)])
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.splitter)

    def _left(self) -> QWidget:
        package = QFrame()
        column = QVBoxLayout(package)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.form)
        column.addWidget(self.writing)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(package)
        names = QWidget()
        padded = QVBoxLayout(names)
        padded.setContentsMargins(theme.grid(1), 0, theme.grid(1), 0)
        padded.addWidget(self.names)
        left = QSplitter(Qt.Orientation.Vertical)
        left.setHandleWidth(1)
        left.setChildrenCollapsible(False)
        left.addWidget(names)
        left.addWidget(area)
        left.setStretchFactor(0, 1)
        left.setSizes([theme.px(360), theme.px(330)])
        return left

    def _right(self) -> QWidget:
        self.language = QComboBox()
        for code, name in _LANGUAGES.items():
            self.language.addItem(name, code)
        self.language.setCurrentIndex(self.language.findData(words.current().language))
        self.smaller, self.larger = quiet_button("zoom-out"), quiet_button("zoom-in")
        self.print = QPushButton()
        self.print.setIcon(icon("print"))
        self.count, self.source = QLabel(), QLabel()
        for label in (self.count, self.source):
            label.setProperty("role", "muted")
        self.source.setWordWrap(True)
        bar = QWidget()
        flow = FlowLayout(bar, theme.grid(1))
        for widget in (self.language, self.smaller, self.larger, self.print, self.count):
            flow.addWidget(widget)
        head = QFrame()
        column = QVBoxLayout(head)
        column.setContentsMargins(theme.grid(2), theme.grid(1), theme.grid(2), theme.grid(1))
        column.setSpacing(theme.grid(0.5))
        for part in (bar, self.source, self.status, self.stale):
            column.addWidget(part)
        rule = QFrame()
        rule.setProperty("role", "rule")
        right = QWidget()
        page = QVBoxLayout(right)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        for part in (head, rule):
            page.addWidget(part)
        page.addWidget(self.pages, 1)
        return right

    def _wire(self) -> None:
        self._redraw = QTimer(self, singleShot=True, interval=_QUIET)
        self._redraw.timeout.connect(self._draw)
        self._relist = QTimer(self, singleShot=True, interval=_LONG_QUIET)
        self._relist.timeout.connect(self._list)
        self._rescore = QTimer(self, singleShot=True, interval=_SCORES)
        self._rescore.timeout.connect(lambda: self.drawing.score(self._lang))
        self.drawing.listed.connect(self._on_listed)
        self.drawing.scored.connect(self._on_scored)
        self.drawing.compared.connect(lambda found: self.status.show_changes(lines_of(*found)))
        self.status.changes_asked.connect(lambda: self.drawing.compare(self._lang))
        self.status.plan_asked.connect(self._choose)
        self.form.contacts.toggled.connect(self._on_contacts)
        self.drawing.drawn.connect(self._on_drawn)
        self.drawing.failed.connect(self.pages.say)
        self.names.chosen.connect(lambda _code: self._redraw.start())
        self.language.activated.connect(lambda _place: self._list())
        self.smaller.clicked.connect(lambda: self.pages.zoom(-1))
        self.larger.clicked.connect(lambda: self.pages.zoom(1))
        self.print.clicked.connect(self.print_plan)
        self.form.asked.connect(self.write)
        self.writer.busy_changed.connect(lambda busy: self.form.allow(not busy))
        self.board.changed.connect(self._on_board)
        stop = QShortcut(QKeySequence("Esc"), self)
        stop.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        stop.activated.connect(self.writer.cancel)

    def _say(self) -> None:
        self.language.setAccessibleName(_("Language of the plans"))
        for button, name in ((self.smaller, _("Smaller pages")), (self.larger, _("Larger pages"))):
            button.setToolTip(name)
            button.setAccessibleName(name)
        self.print.setText(_("Print …"))
        self._say_source()
        self._say_count()

    # --- the document --------------------------------------------------------------------------

    def show_session(self, session: Session | None) -> None:
        self.drawing.forget()
        self.names.show_names(())
        self.pages.say("")
        self.writing.forget()
        self.form.show_document()
        self.form.allow(session is not None)
        self._say_source()
        self.status.show_score(None)
        self.status.refresh()
        self._listed = False
        if self.isVisible():
            self._list()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        if not self._listed:
            self._list()

    def on_changes(self, changes: Changes) -> None:
        self.status.refresh()
        self._later()

    def retranslate(self) -> None:
        super().retranslate()
        for texts in (
            self.names.texts,
            self.form.texts,
            self.form.extras.texts,
            self.writing.texts,
            self.stale.texts,
            self.status.texts,
        ):
            texts.refresh()
        self.language.setCurrentIndex(self.language.findData(words.current().language))
        self._later()

    def retheme(self) -> None:
        fit_icons(self)
        self.pages.retheme()

    def reveal(self, record_id: str) -> bool:
        """Show the plan of a record, or the plan with the code ``record_id`` or one that holds it."""
        wanted = record_id
        record = self.session.organisation.get(record_id) if self.session else None
        for kind, prefix in _PREFIX.items():
            if isinstance(record, kind):
                wanted = f"{prefix}/{record.code}"
        if (self.drawing.is_listing or not self._listed) and not self.names.first_with(wanted):
            self._wanted = wanted
            return True
        return self._choose(wanted)

    def _choose(self, wanted: str) -> bool:
        """Choose the plan ``wanted``; of a pay day without a sheet of its own the payment calendar."""
        found = self.names.first_with(wanted)
        if not found and wanted.startswith("sheet/"):
            self.desk.say(
                _("There is no decision sheet for this pay day: it is not among those at risk."), "info"
            )
            found = self.names.first_with("calendar")
        return bool(found) and self.names.choose(found)

    # --- names and pages -----------------------------------------------------------------------

    @property
    def _lang(self) -> str:
        return str(self.language.currentData())

    def _later(self) -> None:
        """Bring names and pages up to date soon, or when next seen."""
        self._listed = False
        if self.isVisible():
            self._relist.start()

    def _list(self) -> None:
        if self.session is None:
            return
        self._listed = True
        if not self.pages.sheets:
            self.pages.say(_("Listing the plans …"))
        self.drawing.list_plans(self._lang)

    def _on_listed(self, names: list[Any]) -> None:
        self.names.show_names(names)
        if self._wanted:
            self._choose(self._wanted)
            self._wanted = ""
        self._redraw.start()
        self._rescore.start()

    def _on_scored(self, scores: dict[str, Any]) -> None:
        self.names.show_scores(scores)
        if self.names.code in scores:
            self.status.show_score(scores[self.names.code])

    def _on_contacts(self, on: bool) -> None:
        """Personal data in or out, of the pages shown too."""
        self.drawing.contacts = on
        self._later()

    def _draw(self) -> None:
        if self.names.code and not self.pages.sheets:
            self.pages.say(_("Setting the pages …"))
        self.drawing.draw(self.names.code, self._lang)
        if self.names.code:
            self.drawing.score(self._lang, self.names.code)

    def _on_drawn(self, pages: list[bytes]) -> None:
        self.pages.show_pages(pages, self.names.title(self.names.code))
        self._say_count()

    def _on_board(self) -> None:
        self._say_source()
        self._later()

    def _say_source(self) -> None:
        outcome, session = self.board.settled, self.session
        if outcome is None or session is None:
            self.source.setText(_("Without figures: nothing has been run yet."))
        else:
            what = said.what_was_run(session.organisation, outcome)
            self.source.setText(_("Figures from: {run} ({id})", run=what, id=meta_of(outcome).id[:8]))

    def _say_count(self) -> None:
        pages = len(self.pages.sheets)
        self.count.setText(ngettext("{n} page", "{n} pages", pages) if pages else "")
        self.print.setEnabled(bool(pages))

    # --- doing ---------------------------------------------------------------------------------

    def write(self) -> None:
        """Write the package that is asked for."""
        extras = self.form.extras.given()
        if extras is None:
            return
        self.writer.write(
            PlanRequest(
                out=self.form.out,
                lang=self._lang,
                formats=self.form.chosen_formats,
                profile=self.form.chosen_profile,
                contacts=self.form.contacts.isChecked(),
                results=self.board.settled if self.form.figures.isChecked() else None,
                role=self.form.chosen_role,
                **extras,
            )
        )

    def print_plan(self) -> None:
        """Print the plan that is shown."""
        print_pages([sheet.image for sheet in self.pages.sheets], self.names.title(self.names.code), self)
