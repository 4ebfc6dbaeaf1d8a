"""How the chosen plan stands: how complete it is, who approved it, and what would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from continuity.words import _, ngettext
from ui.desk import Desk
from ui.panels.plans.approving import Approving, approved_on
from ui.runs.flow import FlowLayout
from ui.texts import Texts
from ui.theme import theme
from ui.theme.icons import icon

_KEY = Qt.ItemDataRole.UserRole
_ROWS = 6  # of a list that are seen at once


class Point(Protocol):
    """One point of the standard's list."""

    what: str
    where: str
    record: str


class Score(Protocol):
    """How complete a plan is."""

    points: tuple[Point, ...]
    missing: tuple[Point, ...]
    met: int
    has_list: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: what it says and where it leads, a record or a plan."""

    text: str
    record: str = ""
    plan: str = ""


class PlanStatus(QFrame):
    """``plan_asked`` gives the code of a plan to show; ``changes_asked`` when the list of them is wanted."""

    plan_asked = Signal(str)
    changes_asked = Signal()
    approved = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.texts = desk, Texts()
        self.score: Score | None = None
        self.complete, self.told = QToolButton(), QLabel()
        self.approve, self.changes = QPushButton(), QPushButton()
        self.list = QListWidget()
        self._changes: tuple[Line, ...] | None = None
        self._build()
        self._wire()
        self.texts(self._say)

    # --- what is shown -------------------------------------------------------------------------

    def show_score(self, score: Score | None) -> None:
        """Say how complete the plan that is shown is."""
        self.score = score
        self._say_score()
        if self.complete.isChecked():
            self._show_points()

    def show_changes(self, lines: Sequence[Line]) -> None:
        """List the plans that would change."""
        self._changes = tuple(lines)
        self.changes.setEnabled(True)
        self.complete.setChecked(False)
        self._show(self._changes or (Line(_("No plan would change.")),))

    def refresh(self) -> None:
        """Another document, or a changed one."""
        session = self.desk.session
        self.setVisible(session is not None)
        signed = session.signed if session is not None else None
        self.changes.setVisible(signed is not None)
        self.approve.setEnabled(session is not None and not session.read_only)
        if signed is None:
            self.told.setText(_("No version has been approved."))
        else:
            version, signoff, is_same = signed
            facts = {"version": version.name, "name": signoff.name, "role": signoff.role}
            text = _("Approved: “{version}”, by {name}, {role}, {date}.", date=approved_on(signoff), **facts)
            since = _("Unchanged since.") if is_same else _("The model has been changed since.")
            self.told.setText(f"{text} {since}")
        self.changes.setEnabled(True)
        if self._changes is not None:
            self._changes = None
            self._hide()

    # --- parts ---------------------------------------------------------------------------------

    def _build(self) -> None:
        self.complete.setProperty("role", "quiet")
        self.complete.setCheckable(True)
        self.complete.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.told.setProperty("role", "muted")
        self.told.setWordWrap(True)
        self.approve.setIcon(icon("signature"))
        self.changes.setIcon(icon("compare"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.hide()
        row = QWidget()
        flow = FlowLayout(row, theme.grid(1))
        for widget in (self.complete, self.approve, self.changes):
            flow.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(0.5))
        for part in (row, self.told, self.list):
            column.addWidget(part)

    def _wire(self) -> None:
        self.complete.toggled.connect(self._on_complete)
        self.approve.clicked.connect(self._on_approve)
        self.changes.clicked.connect(self._on_changes)
        self.list.itemActivated.connect(self._on_line)
        self.list.itemClicked.connect(self._on_line)
        self.desk.versions_changed.connect(self.refresh)

    def _say(self) -> None:
        self.approve.setText(_("Approve …"))
        self.approve.setToolTip(_("Name this version and note who stands by it; both are kept for good"))
        self.changes.setText(_("What would change …"))
        self.changes.setToolTip(_("The plans that differ from those of the version approved last"))
        self._say_score()
        self.refresh()

    def _say_score(self) -> None:
        score = self.score
        self.complete.setVisible(score is not None)
        if score is None:
            return
        missing = len(score.missing)
        if score.has_list:
            text = _("{met} of {all} points of ISO/TS 22332", met=score.met, all=len(score.points))
        elif missing:
            text = ngettext("{n} thing is missing", "{n} things are missing", missing)
        else:
            text = _("Nothing is marked as missing")
        self.complete.setText(text)
        self.complete.setEnabled(bool(missing))
        self.complete.setIcon(icon("warning", "warn") if missing else icon("check"))
        self.complete.setToolTip(_("Show what is missing, and go there") if missing else "")
        if not missing:
            self.complete.setChecked(False)

    # --- doing ---------------------------------------------------------------------------------

    def _on_complete(self, on: bool) -> None:
        if on:
            self._show_points()
        else:
            self._hide()

    def _show_points(self) -> None:
        missing = self.score.missing if self.score else ()
        self._show([Line(f"{p.what}\n{p.where}" if p.where else p.what, record=p.record) for p in missing])

    def _show(self, lines: Sequence[Line]) -> None:
        self.list.clear()
        for line in lines:
            item = QListWidgetItem(line.text)
            item.setData(_KEY, line)
            self.list.addItem(item)
        height = sum(self.list.sizeHintForRow(row) for row in range(min(len(lines), _ROWS)))
        self.list.setFixedHeight(height + 2 * self.list.frameWidth() + theme.grid(1))
        self.list.setAccessibleName(
            _("What is missing") if self.complete.isChecked() else _("What would change")
        )
        self.list.show()

    def _hide(self) -> None:
        self.list.clear()
        self.list.hide()

    def _on_line(self, item: QListWidgetItem) -> None:
        line: Line = item.data(_KEY)
        if line.plan:
            self.plan_asked.emit(line.plan)
        elif self.complete.isChecked():
            self.desk.go("tables", line.record)

    def _on_changes(self) -> None:
        self.changes.setEnabled(False)
        self.complete.setChecked(False)
        self._show((Line(_("Comparing every plan with the approved version …")),))
        self.changes_asked.emit()

    def _on_approve(self) -> None:
        if self.desk.session is not None:
            self.asking = Approving(self.window(), self.desk)
            self.asking.finished.connect(lambda _result: self.refresh())
            self.asking.open()


def lines_of(changes: Sequence[object], records: int) -> list[Line]:
    """Return the changed plans as lines; the record by record list first."""
    first = ngettext(
        "{n} record has changed: the list, record by record",
        "{n} records have changed: the list, record by record",
        records,
    )
    words = {"new": _("new"), "gone": _("no longer made"), "changed": _("changed")}
    found = [Line(first, plan="changes")] if records else []
    for change in changes:
        action, sections = change.action, change.sections  # type: ignore[attr-defined]
        said = ", ".join(sections) if sections else words[action]
        title, code = change.title, change.code  # type: ignore[attr-defined]
        found.append(Line(f"{title}\n{said}", plan="" if action == "gone" else code))
    return found


__all__ = ["Line", "PlanStatus", "lines_of"]
