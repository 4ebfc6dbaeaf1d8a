"""The strip above: the hour, what is due next, whether all is saved; and the buttons with their keys."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from continuity.exercise import said
from continuity.words import N_, _, current, ngettext
from ui.bars import Bar
from ui.panels.situation.held import Held
from ui.runs.flow import FlowLayout
from ui.texts import Texts
from ui.theme import theme
from ui.theme.icons import icon

#: Verb, icon, words, key: each key works anywhere on the desk but in a field.
VERBS: tuple[tuple[str, str, str, str], ...] = (
    ("report", "situation", N_("Report"), "R"),
    ("task", "check", N_("Task"), "T"),
    ("message", "inject", N_("Message"), "M"),
    ("decision", "signature", N_("Decision"), "D"),
    ("note", "edit", N_("Note"), "N"),
    ("measures", "measures", N_("Measures in use"), "U"),
    ("list", "import", N_("Status list"), "L"),
    ("handover", "people", N_("Handover sheet"), "H"),
    ("paper", "document", N_("Situation report"), "P"),
)

_WIDE = 1100  # from here on the rhythm is told with its hours


class Beat(QPushButton):
    """One of the rhythm: what comes next and how long it is to it; a press sets the rhythm."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.setProperty("role", "link")
        self.setIcon(icon("clock", "accent"))

    def show_moment(self, held: Held, *, short: bool) -> None:
        """Show how long it is; ``short``: without the hour."""
        at = held.situation.picture.rhythm.get(self.name)
        word, words = _(said.RHYTHM_WORDS[self.name]), current()
        if at is None:
            text = full = _("{what}: not set", what=word)
        else:
            hour, left = said.hour(words, at, held.now), said.countdown(words, at, held.now)
            full = _("{what} {hour}, {left}", what=word, hour=hour, left=left)
            text = f"{word} {left}" if short else full
        late = at is not None and at < held.now
        self.setIcon(icon("warning" if late else "clock", "warn" if late else "accent"))
        self.setText(text)
        self.setAccessibleName(full)
        self.setToolTip(_("{text}. Set the rhythm (Y)", text=full))


class Head(QFrame):
    """Always seen."""

    wanted = Signal(str)  # a verb
    rhythm_wanted = Signal()
    posture_wanted = Signal()

    def __init__(self, held: Held) -> None:
        super().__init__()
        self.held, self.texts = held, Texts()
        self.hour, self.saved = QLabel(), QLabel()
        self.hour.setProperty("role", "title")
        self.saved.setProperty("role", "muted")
        self.posture = QPushButton()
        self.posture.setProperty("role", "link")
        self.posture.clicked.connect(self.posture_wanted)
        self.beats = [Beat(name) for name in said.RHYTHM_WORDS]
        self.bar = Bar()
        self.buttons: dict[str, QToolButton] = {}
        self._lay_out()
        held.saved.connect(self._on_saved)
        held.changed.connect(self.refresh)
        held.ticked.connect(self.refresh)
        self.texts(self._say)

    def _lay_out(self) -> None:
        beats = QWidget()
        flow = FlowLayout(beats, theme.grid(0.5))
        for beat in self.beats:
            beat.clicked.connect(self.rhythm_wanted)
            flow.addWidget(beat)
        first = QHBoxLayout()
        first.setContentsMargins(theme.grid(1.5), theme.grid(0.5), theme.grid(1.5), 0)
        first.setSpacing(theme.grid(1))
        first.addWidget(self.hour)
        first.addWidget(beats, 1)
        first.addWidget(self.saved)
        first.addWidget(self.posture)
        for code, sign, word, key in VERBS:
            self.buttons[code] = self.bar.button(sign, word, lambda code=code: self.wanted.emit(code), key)
        self.bar.row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(first)
        column.addWidget(self.bar)

    def fit(self) -> None:
        """Icons for the zoom in force."""
        self.bar.fit()
        for beat in self.beats:
            beat.setIconSize(QSize(theme.px(16), theme.px(16)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Show the hour and how long it is to what comes."""
        held, words = self.held, current()
        if held.situation is None:
            return
        short = self.width() < theme.px(_WIDE)
        self.hour.setText(words.time(held.now))
        picture = held.situation.picture
        self.posture.setText(said.strain(words, picture.strain))
        self.posture.setToolTip(_("Strain level and decrees in force: what is allowed follows them"))
        for beat in self.beats:
            beat.show_moment(held, short=short)
        for code, button in self.buttons.items():
            button.setEnabled(not held.read_only or code in ("handover", "paper"))
        self._tell_log()

    def _tell_log(self) -> None:
        """In the tool tip: how much has been noted since when, and in which file."""
        log, words = self.held.situation.log, current()
        count = ngettext("{n} entry", "{n} entries", len(log.entries))
        if log.entries:
            began = words.datetime(log.entries[0].at, "short")
            count = _("{count} since {began}", count=count, began=began)
        self.saved.setToolTip(f"{count}\n{log.path}")
        if self.held.read_only:
            self.saved.setText(_("Read only"))

    def _on_saved(self, saved: bool) -> None:
        waiting = 0 if self.held.situation is None else self.held.situation.log.unwritten
        self.saved.setText(_("✓ Saved") if saved else _("Saving …"))
        if not saved and waiting > 1:
            self.saved.setText(_("⚠ {n} entries not on disk", n=waiting))

    def _say(self) -> None:
        self.bar.retranslate()
        self.refresh()
