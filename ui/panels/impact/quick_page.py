"""The pre-analysis: a few questions for each function decide whether it needs the full analysis."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from continuity.model.impact import answered, answers_of, verdict
from continuity.model.kinds import Function, ImpactScale
from continuity.model.values import QUICK_ANSWERS
from continuity.words import N_, _
from ui.described import DescribePage, plain_label
from ui.desk import Desk
from ui.theme import theme

_Index = QModelIndex | QPersistentModelIndex
_ORDER = ("yes", "no", "unknown", "")
_NAME = 0
_NAME_WIDTH, _QUESTION_WIDTH, _VERDICT_WIDTH = 200, 128, 116
#: Headings that wrap: whole questions stand in them.
_WRAPPED = (
    Qt.AlignmentFlag.AlignLeft.value | Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextWordWrap.value
)


def verdict_said(code: str) -> str:
    """Return what the pre-analysis says."""
    return {"full": _("Full analysis"), "spared": _("Not needed"), "open": _("Open")}[code]


class QuickModel(QAbstractTableModel):
    """Functions down, questions across, the verdict last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.functions: tuple[Function, ...] = ()
        self.scale: ImpactScale | None = None

    def show(self, functions: tuple[Function, ...], scale: ImpactScale) -> None:
        """Show the answers of ``functions``."""
        same = scale == self.scale and [f.id for f in functions] == [f.id for f in self.functions]
        if not same:
            self.beginResetModel()
        self.functions, self.scale = functions, scale
        if not same:
            self.endResetModel()
        elif functions:
            self.dataChanged.emit(self.index(0, 0), self.index(len(functions) - 1, self.columnCount() - 1))

    def question(self, column: int) -> str:
        """Return the code of the question in a column, or an empty text."""
        if self.scale is None or not 0 < column <= len(self.scale.questions):
            return ""
        return self.scale.questions[column - 1].code

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.functions)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self.scale is None else len(self.scale.questions) + 2

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if self.scale is None or orientation is Qt.Orientation.Vertical:
            return None
        asked = bool(self.question(section))
        match role:
            case Qt.ItemDataRole.DisplayRole if asked:
                return self.scale.questions[section - 1].question
            case Qt.ItemDataRole.DisplayRole:
                return _("Function") if section == _NAME else _("Verdict")
            case Qt.ItemDataRole.ToolTipRole if asked:
                return self.scale.questions[section - 1].why
            case Qt.ItemDataRole.TextAlignmentRole:
                return _WRAPPED
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self.scale is None:
            return None
        function, column = self.functions[index.row()], index.column()
        answer = answers_of(function).get(self.question(column), "")
        said = verdict(function, self.scale)
        match role:
            case (
                Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole
            ):
                if column == _NAME:
                    return function.name
                if not self.question(column):
                    return verdict_said(said)
                return _(QUICK_ANSWERS[answer]) if answer else "–"
            case Qt.ItemDataRole.ForegroundRole if not self.question(column) and column != _NAME:
                return theme.colour({"full": "accent", "spared": "full", "open": "warn"}[said])
            case Qt.ItemDataRole.ForegroundRole if answer in ("", "unknown") and self.question(column):
                return theme.colour("muted")
            case Qt.ItemDataRole.FontRole if answer == "yes":
                return theme.font(bold=True)
            case Qt.ItemDataRole.TextAlignmentRole if self.question(column):
                return Qt.AlignmentFlag.AlignCenter
        return None


class QuickTable(QTableView):
    """Y or J yes, N no, ? do not know, Delete takes away, a double click goes through them."""

    answered = Signal(str, str, str)  # function, question, answer

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.quick = QuickModel(self)
        self.setModel(self.quick)
        self.setAlternatingRowColors(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        self.doubleClicked.connect(self._turn)
        self.quick.modelReset.connect(self.fit)

    def fit(self) -> None:
        """Rows and columns for the zoom in force; the headings are as high as their questions."""
        self.verticalHeader().setDefaultSectionSize(theme.px(30))
        header, model = self.horizontalHeader(), self.quick
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        asked = [column for column in range(model.columnCount()) if model.question(column)]
        fixed = theme.px(_NAME_WIDTH + _VERDICT_WIDTH)
        each = max(theme.px(_QUESTION_WIDTH), (self.viewport().width() - fixed) // max(1, len(asked)))
        height = theme.px(30)
        for column in range(model.columnCount()):
            width = each if column in asked else theme.px(_NAME_WIDTH if column == _NAME else _VERDICT_WIDTH)
            header.resizeSection(column, width)
            text = str(model.headerData(column, Qt.Orientation.Horizontal))
            room = QRect(0, 0, width - theme.px(20), theme.px(1000))
            found = QFontMetrics(theme.font(bold=True)).boundingRect(room, int(_WRAPPED), text)
            height = max(height, found.height() + theme.px(14))
        if header.height() != height:
            header.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        answer = {"y": "yes", "j": "yes", "n": "no", "?": "unknown", "+": "unknown"}.get(event.text().lower())
        question = self.quick.question(self.currentIndex().column())
        if question and answer:
            self._answer(answer, go_on=True)
        elif question and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._answer("")
        elif question and event.key() == Qt.Key.Key_Space:
            self._turn(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _turn(self, index: QModelIndex) -> None:
        question = self.quick.question(index.column())
        if question:
            held = answers_of(self.quick.functions[index.row()]).get(question, "")
            self._answer(_ORDER[(_ORDER.index(held) + 1) % len(_ORDER)])

    def _answer(self, answer: str, *, go_on: bool = False) -> None:
        now = self.currentIndex()
        question = self.quick.question(now.column())
        self.answered.emit(self.quick.functions[now.row()].id, question, answer)
        if go_on and self.quick.question(now.column() + 1):
            self.setCurrentIndex(self.quick.index(now.row(), now.column() + 1))
        elif go_on and now.row() + 1 < self.quick.rowCount():
            self.setCurrentIndex(self.quick.index(now.row() + 1, 1))


class QuickPage(DescribePage):
    """One yes asks for the full analysis; only noes spare it."""

    title = N_("Pre-analysis")

    def __init__(self, desk: Desk, code: str) -> None:
        super().__init__(desk, code)
        self.help, self.sum, self.table = plain_label("muted"), plain_label(), QuickTable()
        self.table.answered.connect(self._on_answered)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(1))
        top = QVBoxLayout()
        top.setContentsMargins(theme.grid(2), theme.grid(1.5), theme.grid(2), 0)
        top.addWidget(self.help)
        top.addWidget(self.sum)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        self.texts(self._say)

    def fill(self) -> None:
        assert self.session is not None
        scale, functions = self.session.scale(), self.session.organisation.all(Function)
        self.table.quick.show(functions, scale)
        if functions and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.table.quick.index(0, 1))
        counts = {
            code: sum(verdict(f, scale) == code for f in functions) for code in ("full", "spared", "open")
        }
        self.sum.setText(
            _("{full} need the full analysis, {spared} do not, {open} are open.", **counts)
            if functions
            else _("There are no functions yet. Add them on the map.")
        )

    def retheme(self) -> None:
        self.table.fit()

    def _say(self) -> None:
        self.table.setAccessibleName(_(self.title))
        self.help.setText(
            _("Only the questions that decide whether a function needs the full analysis. One yes is enough. "
              "Y yes, N no, ? do not know, Delete takes away; the space bar goes through them.")
        )  # fmt: skip

    def _on_answered(self, function: str, question: str, answer: str) -> None:
        found = self.organisation.of(Function, function) if self.organisation else None
        if found is not None:
            self.edit(answered(found, question, answer))
