"""After the play: the report as it will be printed, what shall be better, and times that were observed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from continuity.model.edits import Group
from continuity.model.kinds import Role
from continuity.model.local_time import ZONE
from continuity.words import _, current, ngettext
from ui.desk import Desk
from ui.panels.exercise.fields import modest
from ui.panels.exercise.papers import PapersForm
from ui.panels.exercise.stage import Stage
from ui.runs.choosers import DateButton
from ui.runs.fit import scrolled, yielding
from ui.runs.flow import FlowLayout
from ui.shown import name_of
from ui.texts import Texts
from ui.theme import theme
from ui.theme.icons import icon

_DUE = dt.timedelta(days=90)
_INCH, _DRAWN = 96, 110  # pixels per inch: on the screen, as drawn


class Pages(QScrollArea):
    """Pages on paper, one below the other."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._inside)
        self.pages: list[QLabel] = []
        self.images: list[QPixmap] = []

    def say(self, text: str) -> None:
        """Show a sentence in place of pages."""
        self._clear()
        label = QLabel(text)
        label.setProperty("role", "muted")
        label.setWordWrap(True)
        self._put(label)

    def show_pages(self, pages: list[bytes]) -> None:
        """Show pages (PNG)."""
        self._clear()
        for number, data in enumerate(pages, 1):
            picture, label = QPixmap(), QLabel()
            picture.loadFromData(data)
            name = _("Report, page {page} of {pages}", page=number, pages=len(pages))
            label.setAccessibleName(name)
            label.setFrameShape(QFrame.Shape.Box)
            self.images.append(picture)
            self._put(label)
        self.fit()

    def fit(self) -> None:
        """As wide as there is room."""
        room = self.viewport().width() - theme.grid(4)
        for label, picture in zip(self.pages, self.images, strict=False):
            natural = round(picture.width() * theme.px(_INCH) / _DRAWN)
            width = max(1, min(natural, room))
            label.setPixmap(picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation))

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        if self.images:
            self.fit()

    def _put(self, label: QLabel) -> None:
        self.pages.append(label)
        self._column.addWidget(label)

    def _clear(self) -> None:
        for label in self.pages:
            label.hide()
            label.deleteLater()
        self.pages, self.images = [], []


class ImprovementRow(QFrame):
    """Something to do better: what, who owns it, by when."""

    def __init__(self, desk: Desk, wanted: Any) -> None:
        super().__init__()
        self.wanted = wanted
        self.on, self.name, self.owner, self.due = (
            QCheckBox(),
            QLineEdit(wanted.name),
            QComboBox(),
            DateButton(),
        )
        self.on.setChecked(True)
        self.on.setText("")
        self.owner.addItem(_("No owner yet"), None)
        roles = desk.session.organisation.all(Role) if desk.session else ()
        for role in sorted(roles, key=lambda r: current().sort_key(r.name)):
            self.owner.addItem(role.name, role.id)
        if wanted.owner:
            self.owner.setCurrentIndex(max(0, self.owner.findData(wanted.owner)))
        due = wanted.due or dt.datetime.now(tz=ZONE).date() + _DUE
        self.due.show_value(due)
        for widget, name in (
            (self.on, _("Put it in the gap list")), (self.name, _("What shall be better")),
            (self.owner, _("Owner")),
        ):  # fmt: skip
            widget.setAccessibleName(name)
        self.due.say()
        self.due.setAccessibleName(_("Due"))
        lower = FlowLayout(spacing=theme.grid(0.5))
        lower.setContentsMargins(theme.grid(3.5), 0, 0, 0)
        lower.addWidget(modest(self.owner, 18))
        lower.addWidget(self.due)
        upper = QHBoxLayout()
        upper.addWidget(self.on)
        upper.addWidget(self.name, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.grid(1))
        column.setSpacing(theme.grid(0.5))
        column.addLayout(upper)
        column.addLayout(lower)


class TimeRow(QFrame):
    """An observed time that can be taken over; its words give way where room is short."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.on = QCheckBox()
        self.on.setChecked(True)
        self.on.setAccessibleName(text)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.on, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(yielding(QLabel(text)), 1)


class AfterPage(QWidget):
    """Report at the left; at the right what is written and what goes back into the document."""

    wrote_gaps = Signal(int)

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage, self.desk, self.texts = stage, stage.desk, Texts()
        self.pages = Pages()
        self.form = PapersForm(self.desk, self._write, "")
        self.form.formats["xlsx"].setChecked(True)  # the statistics
        self.headings = [QLabel() for _n in range(3)]
        for heading in self.headings:
            heading.setProperty("role", "heading")
        self.improve_note, self.times_note = yielding(QLabel()), yielding(QLabel())
        for note in (self.improve_note, self.times_note):
            note.setProperty("role", "muted")
        self.more, self.gaps, self.take_times = QPushButton(), QPushButton(), QPushButton()
        self.more.setProperty("role", "link")
        self.more.setIcon(icon("add", "accent"))
        self.gaps.setIcon(icon("gap"))
        self.take_times.setIcon(icon("recent"))
        self.rows: list[ImprovementRow] = []
        self.times: list[tuple[TimeRow, Any]] = []
        self._drawn = -1
        self._lay_out()
        self.more.clicked.connect(lambda _on=False: self.add_row())
        self.gaps.clicked.connect(lambda _on=False: self.put_gaps())
        self.take_times.clicked.connect(lambda _on=False: self.put_times())
        self.texts(self._say)

    def _lay_out(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(*4 * [theme.grid(1.5)])
        column.setSpacing(theme.grid(1))
        self.improve_box, self.times_box = QVBoxLayout(), QVBoxLayout()
        column.addWidget(self.headings[0])
        column.addWidget(self.form)
        column.addSpacing(theme.grid(1))
        column.addWidget(self.headings[1])
        column.addWidget(self.improve_note)
        column.addLayout(self.improve_box)
        column.addWidget(self.more)
        column.addWidget(self.gaps, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(theme.grid(1))
        column.addWidget(self.headings[2])
        column.addWidget(self.times_note)
        column.addLayout(self.times_box)
        column.addWidget(self.take_times, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        splitter.addWidget(self.pages)
        self.side = scrolled(right)
        self.side.setMinimumWidth(theme.px(300))
        splitter.addWidget(self.side)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([theme.px(640), theme.px(400)])
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(splitter)

    def _say(self) -> None:
        names = (_("Report"), _("What shall be better"), _("Observed recovery times"))
        for heading, name in zip(self.headings, names, strict=True):
            heading.setText(name)
        self.form.write.setText(_("Write the report"))
        self.pages.setAccessibleName(_("After-action report"))
        self.more.setText(_("Something more"))
        self.gaps.setText(_("Put in the gap list"))
        self.take_times.setText(_("Take as achievable times"))
        self.refresh(anew=True)

    # --- showing -------------------------------------------------------------------------------

    def refresh(self, *, anew: bool = False) -> None:
        """Show report and proposals of the play as it is now, where something has been added."""
        play, session = self.stage.play, self.desk.session
        if play is None or session is None:
            self.pages.say(_("Open a play, and its report is shown here."))
            self._drawn = -1
            return
        count = len(play.log.entries)
        if (count == self._drawn and not anew) or not self.isVisible():
            return
        self._drawn = count
        self.form.propose(_("{name} report", name=play.exercise.name))
        self._show_improvements(session.improvements(play))
        self._show_times(session.observed_times(play))
        language = current().language
        if not self.pages.images:
            self.pages.say(_("Setting the pages …"))
        self.stage.think(
            lambda p: session.report_pages(p, language, pixels_per_inch=_DRAWN), self.pages.show_pages
        )

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.refresh()

    def forget(self) -> None:
        """Another play, or none."""
        self._drawn = -1
        self.pages.images.clear()
        self.refresh()

    def _show_improvements(self, found: list[Any]) -> None:
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = []
        for one in found:
            self._put_row(one)
        self.improve_note.setText(
            _("Proposed from objectives that were not met and times that were not kept.")
            if found
            else _("No objective was rated as not met. Add what you want to do better all the same.")
        )
        self.gaps.setEnabled(bool(self.rows))

    def _put_row(self, one: Any) -> ImprovementRow:
        row = ImprovementRow(self.desk, one)
        self.rows.append(row)
        self.improve_box.addWidget(row)
        self.gaps.setEnabled(True)
        return row

    def add_row(self) -> None:
        """Add something to do better in one's own words."""
        session = self.desk.session
        if session is not None:
            self._put_row(session.improvement("")).name.setFocus()

    def _show_times(self, found: list[Any]) -> None:
        for row, _time in self.times:
            row.hide()
            row.deleteLater()
        self.times = []
        words = current()
        for time in found:
            planned = words.duration(time.planned) if time.planned is not None else _("not stated")
            name = name_of(self.stage.play.organisation.get(time.element))
            text = _(
                "{name}: observed {observed}, plan {planned}",
                name=name,
                observed=words.duration(time.minutes),
                planned=planned,
            )
            row = TimeRow(text)
            self.times.append((row, time))
            self.times_box.addWidget(row)
        self.times_note.setText(
            _("As achievable times they carry this exercise as their evidence, and count as tested.")
            if found
            else _("None was noted.")
        )
        self.take_times.setVisible(bool(found))

    # --- doing ---------------------------------------------------------------------------------

    def _write(self, folder: Path, formats: tuple[str, ...]) -> Any:
        session = self.desk.session
        assert session is not None
        return session.write_report(self.stage.play, folder, current().language, formats)

    @property
    def source(self) -> str:
        """What stands as the evidence."""
        play = self.stage.play
        began = play.played.started or dt.datetime.now(dt.UTC)
        day = current().date(began.astimezone(ZONE).date(), "iso")
        return f"{play.exercise.name}, {day}"

    def put_gaps(self) -> None:
        """Put what is ticked in the gap list of the document, with owner and due day."""
        session = self.desk.session
        if session is None or self.stage.play is None:
            return
        wanted = []
        for row in self.rows:
            if row.on.isChecked() and row.name.text().strip():
                one = row.wanted
                wanted.append(
                    session.improvement(
                        row.name.text().strip(),
                        about=one.about,
                        needed=one.needed,
                        achievable=one.achievable,
                        owner=row.owner.currentData(),
                        due=row.due.date,
                    )
                )
        if wanted and self.desk.edit(session.improvement_gaps(wanted, self.source), origin="exercise"):
            for row in self.rows:
                row.on.setChecked(False)
            self.wrote_gaps.emit(len(wanted))
            self.desk.say(
                ngettext(
                    "{n} improvement is in the gap list.",
                    "{n} improvements are in the gap list.",
                    len(wanted),
                ),
                "done",
            )

    def put_times(self) -> None:
        """Take the ticked times as achievable ones."""
        session = self.desk.session
        if session is None or self.stage.play is None:
            return
        began = self.stage.play.played.started or dt.datetime.now(dt.UTC)
        chosen = [time for row, time in self.times if row.on.isChecked()]
        edit: Group = session.achievable_times(chosen, self.source, began.astimezone(ZONE).date())
        if chosen and self.desk.edit(edit, origin="exercise"):
            self.desk.say(
                ngettext("{n} achievable time is updated.", "{n} achievable times are updated.", len(chosen)),
                "done",
            )
