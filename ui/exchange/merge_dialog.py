"""Another document merged into this one: what both changed stands side by side until it is decided."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from continuity import messages
from continuity.model.problems import Refused
from continuity.session import OURS, THEIRS, Merge
from continuity.words import _, current, ngettext
from ui.desk import Desk
from ui.exchange.conflict_model import HERE, THERE, ConflictModel
from ui.exchange.watched import Watched
from ui.theme import theme


class _Conflicts(QTableView):
    """The table of conflicts; left and right choose a side, as does a click on it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        model = self.model()
        assert isinstance(model, ConflictModel)
        sides = {Qt.Key.Key_1: OURS, Qt.Key.Key_2: THEIRS}
        row = self.currentIndex().row()
        if event.key() in sides and row >= 0:
            model.choose(row, sides[Qt.Key(event.key())])
            self.selectRow(min(row + 1, model.rowCount() - 1))
            return
        super().keyPressEvent(event)


class MergeDialog(QDialog):
    """Compares, shows the conflicts, merges as one step. Nothing is changed before that."""

    def __init__(self, desk: Desk, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk, self.path = desk, path
        self.merge: Merge | None = None
        self.setWindowTitle(_("Merge with {name}", name=path.name))
        self.title, self.said, self.problem = QLabel(), QLabel(), QLabel()
        self.title.setProperty("role", "title")
        self.said.setProperty("role", "muted")
        self.problem.setProperty("role", "breach")
        for label in (self.title, self.said, self.problem):
            label.setWordWrap(True)
        self.problem.hide()
        self.base = QComboBox()
        self.base.addItem(_("found in the history of both"), "")
        for version in desk.session.versions() if desk.session else ():
            day = current().date(_day(version.at))
            self.base.addItem(_("the version “{name}” of {date}", name=version.name, date=day), version.id)
        self.base.activated.connect(lambda _index: self._compare())
        self.model = ConflictModel(self)
        self.model.chosen_changed.connect(self._allow)
        self.table = _Conflicts()
        self.table.setModel(self.model)
        self.watched = Watched(desk)
        self.watched.busy_changed.connect(lambda _busy: self._allow())
        self._lay_out()
        self._compare()

    def _lay_out(self) -> None:
        view = self.table
        view.setProperty("role", "boxed")
        view.setAccessibleName(_("Conflicts"))
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(theme.px(30))
        header = view.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for place, width in enumerate((230, 170, 230)):
            view.setColumnWidth(place, theme.px(width))
        header.setStretchLastSection(True)
        view.clicked.connect(self._on_click)
        view.selectionModel().currentRowChanged.connect(lambda now, _before: self._show_sides(now.row()))
        self.here, self.there = _text(_("Here")), _text(_("In the other document"))
        self.before = QLabel()
        self.before.setProperty("role", "muted")
        self.before.setWordWrap(True)
        self.all_ours = _button(_("All as here"), lambda: self.model.choose_all(OURS))
        self.all_theirs = _button(_("All as in the other"), lambda: self.model.choose_all(THEIRS))
        self.take = _button(_("Merge"), self.do_merge, primary=True)
        self.leave = _button(_("Cancel"), self.reject)
        page = QVBoxLayout(self)
        page.setContentsMargins(*4 * [theme.grid(2)])
        page.setSpacing(theme.grid(1))
        start = QHBoxLayout()
        label = QLabel(_("Both began from"))
        label.setBuddy(self.base)
        start.addWidget(label)
        start.addWidget(self.base)
        start.addStretch(1)
        for part in (self.title, self.said, self.problem):
            page.addWidget(part)
        page.addLayout(start)
        page.addWidget(self.table, 3)
        sides = QHBoxLayout()
        sides.setSpacing(theme.grid(1))
        for text in (self.here, self.there):
            sides.addWidget(text)
        self.sides = QWidget()
        column = QVBoxLayout(self.sides)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(sides, 1)
        column.addWidget(self.before)
        page.addWidget(self.sides, 1)
        foot = QHBoxLayout()
        foot.setSpacing(theme.grid(1))
        foot.addWidget(self.all_ours)
        foot.addWidget(self.all_theirs)
        foot.addWidget(self.watched, 1)
        foot.addStretch(0)
        foot.addWidget(self.take)
        foot.addWidget(self.leave)
        page.addLayout(foot)
        room = self.screen().availableGeometry()
        self.resize(min(theme.px(980), room.width() - 40), min(theme.px(680), room.height() - 60))

    # --- comparing -----------------------------------------------------------------------------

    def _compare(self) -> None:
        session = self.desk.session
        if session is None:
            return
        self.problem.hide()
        try:
            work = session.merging(self.path, str(self.base.currentData()))
        except Refused as refused:
            self._fail(refused)
            return
        self.watched.start(_("Comparing the documents …"), work, self._on_merge, self._fail)

    def _on_merge(self, merge: Merge) -> None:
        self.merge = merge
        self.model.show_merge(merge)
        if merge.conflicts:
            self.table.selectRow(0)
            self.table.setFocus()
        self._allow()

    def _fail(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self.problem.setText("\n".join(messages.full(one) for one in error.problems[:8]))
        else:
            self.problem.setText(_("This did not work: {error}", error=str(error)))
        self.problem.show()
        self._allow()

    def _on_click(self, index: QModelIndex) -> None:
        if index.column() in (HERE, THERE):
            self.model.choose(index.row(), OURS if index.column() == HERE else THEIRS)

    def _show_sides(self, row: int) -> None:
        if not 0 <= row < len(self.model.conflicts):
            return
        conflict = self.model.conflicts[row]
        self.here.setPlainText(self.model.value(conflict, conflict.ours, here=True))
        self.there.setPlainText(self.model.value(conflict, conflict.theirs, here=False))
        before = self.model.before(conflict)
        self.before.setText(_("Before: {value}", value=before) if before else "")

    def _allow(self) -> None:
        """Say how it stands, and offer what can be done."""
        merge, busy = self.merge, self.watched.busy
        ready = merge is not None and not busy
        self.title.setText(_("Comparing …") if merge is None else self._headline(merge))
        self.said.setText(self._facts(merge) if merge is not None else "")
        some = merge is not None and bool(merge.conflicts)
        for part in (self.table, self.sides, self.all_ours, self.all_theirs):
            part.setVisible(some)
            part.setEnabled(not busy)
        change = (
            merge is not None and (merge.added + merge.changed + merge.removed + len(merge.conflicts)) > 0
        )
        self.take.setEnabled(ready and change and not self.model.undecided)

    def _headline(self, merge: Merge) -> str:
        if not merge.conflicts:
            return _("Nothing stands against anything")
        left = self.model.undecided
        if left:
            return ngettext("{n} conflict to decide", "{n} conflicts to decide", left)
        return _("Every conflict is decided")

    def _facts(self, merge: Merge) -> str:
        parts = [
            _(
                "Without conflict come in: {added} new, {changed} changed, {removed} deleted.",
                added=merge.added,
                changed=merge.changed,
                removed=merge.removed,
            )
        ]
        if merge.base is None:
            parts.append(
                _("No common beginning is known: whatever differs is a conflict, and nothing is deleted.")
            )
        if merge.conflicts:
            parts.append(_("Click the side that is to hold, or press 1 (here) or 2 (the other)."))
        return " ".join(parts)

    # --- merging -------------------------------------------------------------------------------

    def do_merge(self) -> None:
        """Take the other document in, as one step."""
        session, merge = self.desk.session, self.merge
        if session is None or merge is None or not self.take.isEnabled():
            return
        try:
            changes = session.merge(merge, self.model.choices, OURS)
        except Refused as refused:
            self._fail(refused)
            return
        count = len(changes.added) + len(changes.replaced) + len(changes.removed)
        said = ngettext(
            "{n} record taken from {name}. Undo takes all of it back.",
            "{n} records taken from {name}. Undo takes all of it back.",
            count,
            name=self.path.name,
        )
        self.desk.say(said, "done")
        self.accept()

    def reject(self) -> None:
        self.watched.cancel()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.watched.cancel()
        super().closeEvent(event)


def _day(at: str) -> object:
    import datetime as dt

    return dt.datetime.fromisoformat(at).date()


def _text(name: str) -> QPlainTextEdit:
    text = QPlainTextEdit()
    text.setReadOnly(True)
    text.setAccessibleName(name)
    text.setTabChangesFocus(True)
    return text


def _button(text: str, handler: object, *, primary: bool = False) -> QPushButton:
    button = QPushButton(text)
    if primary:
        button.setProperty("role", "primary")
    button.setAutoDefault(False)
    button.clicked.connect(lambda _checked=False: handler())  # type: ignore[operator]
    return button
