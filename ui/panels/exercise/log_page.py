"""The log of a play: every entry, notes, corrections and photos; and a slider to look back over all of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QVBoxLayout,
)

from continuity.words import N_, _, current, ngettext
from ui.charts.numbers import Cell, Numbers, NumbersTable, Title
from ui.panels.exercise.frame import Border, mark
from ui.panels.exercise.observe import RATINGS
from ui.panels.exercise.stage import Stage
from ui.runs.fit import yielding
from ui.runs.flow import FlowLayout
from ui.texts import Texts
from ui.theme import theme
from ui.theme.icons import icon

_KINDS: dict[str, str] = {
    "clock": N_("Clock"), "inject": N_("Inject"), "decision": N_("Decision"),
    "observation": N_("Observation"), "note": N_("Note"), "photo": N_("Photo"),
    "correction": N_("Correction"), "real": N_("Real event"),
}  # fmt: skip
_CLOCK: dict[str, str] = {
    "start": N_("Started"), "pause": N_("Paused"), "speed": N_("Another speed"), "jump": N_("Jumped"),
    "end": N_("Ended"), "away": N_("The machine was away; the clock stood still"),
}  # fmt: skip
_INJECT: dict[str, str] = {
    "deliver": N_("Given: {name}"), "skip": N_("Left out: {name}"), "hold": N_("Held back: {name}"),
    "release": N_("Released: {name}"), "done": N_("Done: {name}"), "undone": N_("Not done after all: {name}"),
    "hint": N_("Hint given: {name}"), "retime": N_("Re-timed: {name}"), "add": N_("New: {name}"),
    "withdraw": N_("Withdrawn: {name}"), "restore": N_("Comes after all: {name}"),
    "reword": N_("Says what is so now: {name}"),
}  # fmt: skip
_PICTURES = "*.jpg *.jpeg *.png *.webp *.heic *.bmp *.gif *.tif *.tiff"


class LogPage(QFrame):
    """``looked_back`` with the number of an entry, or 0 for now."""

    looked_back = Signal(int)

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage, self.texts = stage, Texts()
        self.table = NumbersTable()
        self.table.setSortingEnabled(False)
        self.line = QLineEdit()
        self.correct, self.photo, self.show_photo = QPushButton(), QPushButton(), QPushButton()
        self.photo.setIcon(icon("photo"))
        self.correct.setIcon(icon("edit"))
        self.slider, self.back, self.told = (
            QSlider(Qt.Orientation.Horizontal),
            QPushButton(),
            yielding(QLabel()),
        )
        self.told.setProperty("role", "muted")
        self._drawn = -1
        self._lay_out()
        self.line.returnPressed.connect(self.note)
        self.photo.clicked.connect(lambda _on=False: self.ask_photo())
        self.show_photo.clicked.connect(lambda _on=False: self.open_photo())
        self.correct.clicked.connect(lambda _on=False: self.ask_correction())
        self.slider.valueChanged.connect(self._on_slider)
        self.back.clicked.connect(lambda _on=False: self.slider.setValue(self.slider.maximum()))
        self.table.chosen.connect(lambda _key: self._allow())
        self.stage.changed.connect(self.refresh)
        self.texts(self._say)

    def _lay_out(self) -> None:
        buttons = FlowLayout(spacing=theme.grid(0.75))
        for button in (self.correct, self.photo, self.show_photo):
            buttons.addWidget(button)
        slide = QHBoxLayout()
        slide.addWidget(self.slider, 1)
        slide.addWidget(self.back)
        self.replay = QLabel()
        self.replay.setProperty("role", "caption")
        self.replay.setBuddy(self.slider)
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * [theme.grid(1)])
        column.setSpacing(theme.grid(0.75))
        column.addWidget(self.table, 1)
        column.addWidget(self.line)
        column.addLayout(buttons)
        column.addWidget(self.replay)
        column.addLayout(slide)
        column.addWidget(self.told)

    def _say(self) -> None:
        self.table.setAccessibleName(_("Log of the play"))
        self.line.setPlaceholderText(_("A note, and Enter"))
        self.line.setAccessibleName(_("Note"))
        self.correct.setText(_("Correct …"))
        self.correct.setToolTip(_("What stands in the log stays; the correction is an entry of its own"))
        self.photo.setText(_("Photo …"))
        self.photo.setToolTip(_("A photo of the whiteboard, kept in the file of the play"))
        self.show_photo.setText(_("Show the photo"))
        self.replay.setText(_("Look back"))
        self.slider.setAccessibleName(_("Look back: entry of the log"))
        self.back.setText(_("Now"))
        self._drawn = -1
        self.refresh()

    # --- showing -------------------------------------------------------------------------------

    def show_play(self) -> None:
        """Show the log of another play."""
        self._drawn = -1
        self.refresh()

    def refresh(self) -> None:
        """Show what has been added."""
        play = self.stage.play
        if play is None:
            return
        count = len(play.log.entries)
        self._allow()
        if count == self._drawn or not self.isVisible():
            return  # a long log is drawn only where it is seen
        self._drawn = count
        at_end = self.slider.value() == self.slider.maximum()
        self.slider.blockSignals(True)
        self.slider.setRange(0, count)
        if at_end:
            self.slider.setValue(count)
        self.slider.blockSignals(False)
        self.table.show_numbers(self._numbers(play))
        self.table.scrollToTop()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.refresh()

    def _numbers(self, play: Any) -> Numbers:
        names = {line.inject.id: line.inject.name for line in play.lines()}
        titles = (
            Title(_("Scenario"), width=118), Title(_("Room"), width=60, drop=2),
            Title(_("Kind"), width=92, drop=1), Title(_("Text"), wide=True, width=180),
        )  # fmt: skip
        rows, keys = [], []
        for row in reversed(play.log.entries):
            second = float(row.payload.get("second", 0))
            text = entry_words(row, names)
            rows.append(
                (
                    Cell(self.stage.hour(second), second),
                    Cell(current().time(row.at)),
                    Cell(_(_KINDS.get(row.kind, row.kind)), tone="breach" if row.kind == "real" else "muted"),
                    Cell(text, tip=text),
                )
            )
            keys.append(str(row.id))
        return Numbers(titles, tuple(rows), tuple(keys))

    @property
    def entry(self) -> Any:
        """The entry that is chosen, or None."""
        key = self.table.numbers.key(self.table.currentIndex().row())
        entries = self.stage.play.log.entries if self.stage.play else []
        return entries[int(key) - 1] if key else None

    def _allow(self) -> None:
        writable = self.stage.play is not None and not self.stage.read_only
        chosen = self.entry
        self.line.setEnabled(writable)
        self.photo.setEnabled(writable)
        self.correct.setEnabled(writable and chosen is not None)
        self.show_photo.setVisible(chosen is not None and chosen.kind == "photo")

    # --- doing ---------------------------------------------------------------------------------

    def note(self) -> None:
        """Note what is written."""
        text = self.line.text().strip()
        if text:
            self.line.clear()
            self.stage.do(lambda play: play.note(text))

    def ask_correction(self) -> None:
        """Ask what is right in place of the chosen entry."""
        chosen = self.entry
        if chosen is None:
            return
        text, said_yes = QInputDialog.getText(
            self, _("Correct an entry"), _("What is right? What stood there stays in the log.")
        )
        if said_yes and text.strip():
            self.stage.do(lambda play: play.correct(chosen.id, text.strip()))

    def ask_photo(self) -> None:
        """Ask for a picture, and keep it."""
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Photo"), "", _("Pictures ({patterns})", patterns=_PICTURES)
        )
        if name:
            self.attach(Path(name))

    def attach(self, path: Path) -> None:
        """Keep a picture in the file of the play."""
        session = self.stage.desk.session
        if session is not None:
            self.stage.do(lambda play: session.attach_photo(play, path, self.line.text().strip()))

    def open_photo(self) -> None:
        """Show the photo of the chosen entry."""
        found = self.stage.play.log.attachment(str(self.entry.payload.get("attachment", "")))
        if found is None:
            return
        name, _media, content = found
        picture = QPixmap()
        picture.loadFromData(content)
        self.dialog = QDialog(self)
        self.dialog.setWindowTitle(f"{mark()} – {name}")
        label = QLabel(_("This picture cannot be shown here.") if picture.isNull() else "")
        room = self.screen().availableGeometry()
        if not picture.isNull():
            size = picture.size().scaled(
                room.width() * 3 // 4, room.height() * 3 // 4, Qt.AspectRatioMode.KeepAspectRatio
            )
            label.setPixmap(picture.scaled(size, mode=Qt.TransformationMode.SmoothTransformation))
            label.setAccessibleName(name)
        column = QVBoxLayout(self.dialog)
        column.addWidget(label)
        Border(self.dialog)
        self.dialog.open()

    # --- looking back --------------------------------------------------------------------------

    def _on_slider(self, entry: int) -> None:
        play = self.stage.play
        if play is None:
            return
        if entry >= self.slider.maximum():
            self.told.clear()
            self.looked_back.emit(0)
            return
        then = play.as_of(entry)
        given = sum(1 for one in then.injects.values() if one.delivered is not None)
        parts = [
            self.stage.hour(then.second),
            ngettext("{n} inject given", "{n} injects given", given),
            ngettext("{n} decision", "{n} decisions", len(then.decisions)),
            ngettext("{n} observation", "{n} observations", len(then.observations)),
        ]
        if then.decisions:
            parts.append(_("last decided: {what}", what=then.decisions[-1].decision))
        self.told.setText("  ·  ".join(parts))
        if entry:
            row = self.table.numbers.row_of(str(entry))
            self.table.setCurrentIndex(self.table.numbers.index(row, 0))
        self.looked_back.emit(max(1, entry))


def entry_words(row: Any, names: dict[str, str]) -> str:
    """Return an entry of the log in one line."""
    payload = row.payload
    match row.kind:
        case "clock":
            sentence = _CLOCK.get(payload.get("action", ""), "")
            return _(sentence) if sentence else ""
        case "inject":
            name = names.get(str(payload.get("inject")), "–")
            sentence = _INJECT[payload["action"]]
            return _(sentence, name=name)
        case "decision":
            who = payload.get("who") or "–"
            return _("{who}: {decision}", who=who, decision=payload.get("decision", ""))
        case "observation":
            rated = RATINGS.get(str(payload.get("rating")), "–")
            rating = _(rated)
            return _("{rating}: {text}", rating=rating, text=payload.get("text", ""))
        case "correction":
            return _("Of entry {n}: {text}", n=payload.get("corrects"), text=payload.get("text", ""))
        case "real":
            return _("The play is frozen") if payload.get("on", True) else _("The play goes on")
    return str(payload.get("text", ""))
