"""The first page: the functions at the left, the impact matrix of one of them and what follows from it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSplitter, QVBoxLayout, QWidget

from continuity.model.edits import Add
from continuity.model.impact import judged, judged_class, proposed_mtpd, spread, unjudged, worded
from continuity.model.kinds import Function, ImpactScale
from continuity.model.organisation import Organisation
from continuity.words import N_, _, current, ngettext
from ui.charts.numbers import Cell, Numbers, NumbersTable, Title
from ui.described import DescribePage, plain_label
from ui.desk import Desk
from ui.panels.impact.copy_dialog import CopyDialog
from ui.panels.impact.demands_card import DemandsCard
from ui.panels.impact.matrix_model import grade_name, meaning
from ui.panels.impact.matrix_view import MatrixView
from ui.runs.fit import scrolled
from ui.theme import theme
from ui.theme.icons import icon

_GRADES = range(5)
_LIST = 360  # pixels of the list of functions at 100 %, a third of the page at most


class MatrixPage(DescribePage):
    """Digits judge, arrows go; every digit is a step that can be undone."""

    title = N_("Impact matrix")

    def __init__(self, desk: Desk, code: str) -> None:
        super().__init__(desk, code)
        self.chosen, self._filling = "", False
        self.functions, self.view, self.card = NumbersTable(), MatrixView(), DemandsCard()
        self.name, self.class_, self.help = plain_label("heading"), plain_label("muted"), plain_label("small")
        self.cell, self.meanings = plain_label("caption"), plain_label()
        self.meanings.setTextFormat(Qt.TextFormat.RichText)
        self.words = QLineEdit()
        self.copy, self.scale = QPushButton(), QPushButton()
        self._build()
        self.functions.chosen.connect(self._on_function)
        self.functions.pressed_row.connect(lambda key: self.desk.select(key, origin=self.code))
        self.functions.opened.connect(lambda _key: self.view.setFocus())
        self.view.judged.connect(self._on_judged)
        self.view.moved.connect(self._say_cell)
        self.view.words_asked.connect(self.words.setFocus)
        self.words.editingFinished.connect(self._on_words)
        self.copy.clicked.connect(self.ask_copy)
        self.scale.clicked.connect(self._open_scale)
        self.card.edited.connect(self.edit)
        self.texts(self._say)

    @property
    def function(self) -> Function | None:
        """The function shown."""
        return self.organisation.of(Function, self.chosen) if self.organisation else None

    def fill(self) -> None:
        organisation = self.organisation
        assert organisation is not None
        assert self.session is not None
        scale, functions = self.session.scale(), organisation.all(Function)
        if self.function is None:
            self.chosen = functions[0].id if functions else ""
        wanted = self.chosen
        self._filling = True  # rows that come and go choose nothing
        self.functions.show_numbers(_overview(functions, scale))
        row = self.functions.numbers.row_of(wanted)
        if row >= 0 and self.functions.currentIndex().row() != row:
            self.functions.setCurrentIndex(self.functions.numbers.index(row, 0))
        self._filling = False
        self._show(scale, organisation)

    def reveal(self, record_id: str) -> bool:
        if self.organisation is None or self.organisation.of(Function, record_id) is None:
            return False
        self.chosen = record_id
        self.refresh()
        return True

    def retranslate(self) -> None:
        self.card.rebuild()
        super().retranslate()

    def retheme(self) -> None:
        self.functions.fit()
        self.view.fit()
        self.card.rebuild()
        self.refresh()

    def ask_copy(self) -> None:
        """Ask to which functions the current row is to be copied, and do it as one step."""
        place, function = self.view.matrix.place(self.view.currentIndex()), self.function
        if place is None or function is None or self.organisation is None:
            return
        others = [f for f in self.organisation.all(Function) if f.id != function.id]
        dialog = CopyDialog(place[0].name, others, self)
        if dialog.exec():
            every = [kind.code for kind in self.session.scale().types] if self.session else []
            self.copy_row(every if dialog.whole.isChecked() else [place[0].code], dialog.chosen())

    def copy_row(self, impacts: list[str], targets: list[str]) -> None:
        """Copy the rows of the types ``impacts`` to the functions ``targets`` (ids)."""
        function, organisation = self.function, self.organisation
        found = [f for id_ in targets if organisation and (f := organisation.of(Function, id_))]
        if function is not None and found and self.edit(spread(function, impacts, found)):
            told = ngettext("Copied to {n} function.", "Copied to {n} functions.", len(found))
            self.desk.say(told, "done")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        left = min(theme.px(_LIST), self.width() // 3)
        self.split.setSizes([left, self.width() - left])

    # --- inside --------------------------------------------------------------------------------

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.copy)
        head.addWidget(self.scale)
        self.copy.setIcon(icon("copy"))
        self.scale.setIcon(icon("settings"))
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(theme.grid(2), theme.grid(1.5), theme.grid(2), theme.grid(1.5))
        column.setSpacing(theme.grid(1))
        column.addLayout(head)
        for part in (self.class_, self.view, self.help, self.cell, self.meanings, self.words, self.card):
            column.addWidget(part)
        column.addStretch(1)
        self.split = split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self.functions)
        area = scrolled(right)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        split.addWidget(area)
        split.setStretchFactor(1, 1)
        self.functions.setMinimumWidth(theme.px(130))
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(split)

    def _say(self) -> None:
        self.functions.setAccessibleName(_("Functions"))
        self.view.setAccessibleName(_("Impact matrix"))
        self.copy.setText(_("Copy row…"))
        self.scale.setText(_("Scale…"))
        self.scale.setToolTip(_("Change time steps, types of impact, the words of the grades, classes"))
        self.help.setText(
            _("How bad is it if the function stands still for so long? 0–4 judges and goes on, arrows move, "
              "Delete takes away, Enter writes words.")
        )  # fmt: skip
        self.words.setPlaceholderText(_("What happens, in your own words"))
        self.words.setAccessibleName(_("What happens, in your own words"))

    def _show(self, scale: ImpactScale, organisation: Organisation) -> None:
        function = self.function
        for part in (self.view, self.copy, self.cell, self.meanings, self.words, self.help):
            part.setVisible(function is not None)
        self.name.setText(
            function.name if function else _("There are no functions yet. Add them on the map.")
        )
        self.class_.setText(_class_said(function, scale) if function else "")
        self.view.matrix.show(function, scale)
        if function and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.view.matrix.index(0, 0))
        self.card.show_function(function, scale, organisation)
        self._say_cell()

    def _say_cell(self) -> None:
        place, scale = self.view.matrix.place(self.view.currentIndex()), self.view.matrix.scale
        if place is None or scale is None:
            return
        kind, after = place
        cell = self.view.matrix.cell(self.view.currentIndex())
        self.cell.setText(_("{impact}, after {time}", impact=kind.name, time=current().duration(after)))
        lines = []
        for grade in _GRADES:
            text = _html(f"{grade}  {grade_name(scale, grade)}: {meaning(kind, grade)}")
            lines.append(f"<b>{text}</b>" if cell and cell.grade == grade else text)
        self.meanings.setText("<br>".join(lines))
        if not self.words.hasFocus() or not self.words.isModified():
            self.words.setText(cell.words if cell else "")

    def _on_function(self, key: str) -> None:
        if key and key != self.chosen and not self._filling:
            self.chosen = key
            if self.session is not None and self.organisation is not None:
                self._show(self.session.scale(), self.organisation)
            if self.functions.hasFocus():
                self.desk.select(key, origin=self.code)

    def _on_judged(self, impact: str, after: int, grade: int | None) -> None:
        if self.function is not None:
            self.edit(judged(self.function, impact, after, grade))

    def _on_words(self) -> None:
        place, function = self.view.matrix.place(self.view.currentIndex()), self.function
        cell = self.view.matrix.cell(self.view.currentIndex())
        text = self.words.text().strip()
        if place and function and text != (cell.words if cell else ""):
            self.edit(worded(function, place[0].code, place[1], text))
        self.words.setModified(False)

    def _open_scale(self) -> None:
        """Show the scale in the inspector, where its steps, words and classes are changed."""
        if self.session is not None and self.organisation is not None:
            scale = self.session.scale()
            if scale.id not in self.organisation:
                self.desk.edit(Add(scale), origin=self.code)
            self.desk.select(scale.id, origin=self.code)


def _html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _overview(functions: tuple[Function, ...], scale: ImpactScale) -> Numbers:
    titles = (
        Title(_("Function"), wide=True, width=170),
        Title(_("MTPD"), True, 76, drop=1),
        Title(_("Judged"), True, 72, drop=2),
    )
    whole = sum(1 for _kind in scale.types for _step in scale.steps)
    rows = []
    for function in functions:
        missing = unjudged(function, scale)
        mtpd = current().duration(function.mtpd) if function.mtpd is not None else "–"
        done = current().percent((whole - missing) / whole) if whole else "–"
        rows.append(
            (
                Cell(function.name, icon=icon("function", "muted"), tip=_class_said(function, scale)),
                Cell(mtpd, function.mtpd if function.mtpd is not None else 10**9),
                Cell(done, -missing, tone="warn" if missing else "muted"),
            )
        )
    return Numbers(titles, tuple(rows), tuple(function.id for function in functions))


def _class_said(function: Function, scale: ImpactScale) -> str:
    place = judged_class(function, scale)
    if place is None:
        return _("Not judged yet: no criticality class.")
    proposal = proposed_mtpd(function, scale)
    name = scale.classes[place].name
    if function.mtpd is None and proposal is None:
        return _("Criticality class: {name} (nothing becomes intolerable)", name=name)
    if function.mtpd is None:
        return _("Criticality class: {name} (by the proposed MTPD)", name=name)
    return _("Criticality class: {name}", name=name)
