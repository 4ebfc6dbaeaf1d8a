"""The strip above: the hour, what is due next, whether all is saved; and the buttons with their keys."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from continuity.exercise import said
from continuity.words import N_, _, current, ngettext
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
    ("list", "import", N_("Status list"), "L"),
    ("handover", "people", N_("Handover sheet"), "H"),
    ("paper", "document", N_("Situation report"), "P"),
)


class Beat(QPushButton):
    """One of the rhythm: what comes next and how long it is to it; a press sets the rhythm."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.setProperty("role", "link")
        self.setIcon(icon("clock", "accent"))

    def show_moment(self, held: Held) -> None:
        """Show how long it is."""
        at = held.situation.picture.rhythm.get(self.name)
        word, words = _(said.RHYTHM_WORDS[self.name]), current()
        if at is None:
            text = _("{what}: not set", what=word)
        else:
            hour, left = said.hour(words, at, held.now), said.countdown(words, at, held.now)
            text = _("{what} {hour}, {left}", what=word, hour=hour, left=left)
        late = at is not None and at < held.now
        self.setIcon(icon("warning" if late else "clock", "warn" if late else "accent"))
        self.setText(text)
        self.setAccessibleName(text)


class Head(QFrame):
    """Always seen."""

    wanted = Signal(str)  # a verb
    rhythm_wanted = Signal()
    posture_wanted = Signal()

    def __init__(self, held: Held) -> None:
        super().__init__()
        self.held, self.texts = held, Texts()
        self.hour, self.since, self.saved = QLabel(), QLabel(), QLabel()
        self.hour.setProperty("role", "title")
        self.since.setProperty("role", "muted")
        self.saved.setProperty("role", "muted")
        self.rumours = QCheckBox()
        self.rumours.toggled.connect(held.count_rumours)
        self.posture = QPushButton()
        self.posture.setProperty("role", "link")
        self.posture.clicked.connect(self.posture_wanted)
        self.beats = [Beat(name) for name in said.RHYTHM_WORDS]
        self.buttons: dict[str, QPushButton] = {}
        self._lay_out()
        held.saved.connect(self._on_saved)
        held.changed.connect(self.refresh)
        held.ticked.connect(self.refresh)
        self.texts(self._say)

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(theme.grid(1.5))
        for part in (self.hour, self.since, self.saved):
            first.addWidget(part)
        first.addStretch(1)
        first.addWidget(self.rumours)
        first.addWidget(self.posture)
        beats, verbs = QWidget(), QWidget()
        flow = FlowLayout(beats, theme.grid(1))
        for beat in self.beats:
            beat.clicked.connect(self.rhythm_wanted)
            flow.addWidget(beat)
        flow = FlowLayout(verbs, theme.grid(0.5))
        for code, sign, _word, _key in VERBS:
            button = self.buttons[code] = QPushButton()
            if code == "report":
                button.setProperty("role", "primary")
            button.setIcon(icon(sign, "on_accent" if code == "report" else "ink"))
            button.clicked.connect(lambda _on=False, code=code: self.wanted.emit(code))
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.grid(1.5), theme.grid(0.5), theme.grid(1.5), theme.grid(0.5))
        column.setSpacing(theme.grid(0.25))
        column.addLayout(first)
        column.addWidget(beats)
        column.addWidget(verbs)

    def fit(self) -> None:
        """Icons for the zoom in force."""
        for button in (*self.buttons.values(), *self.beats):
            button.setIconSize(QSize(theme.px(16), theme.px(16)))

    def refresh(self) -> None:
        """Show the hour and how long it is to what comes."""
        held, words = self.held, current()
        if held.situation is None:
            return
        self.hour.setText(words.time(held.now))
        entries = held.situation.log.entries
        began = words.datetime(entries[0].at, "short") if entries else ""
        count = ngettext("{n} entry", "{n} entries", len(entries))
        self.since.setText(_("{count} since {began}", count=count, began=began) if began else count)
        self.since.setToolTip(str(held.situation.log.path))
        picture = held.situation.picture
        self.posture.setText(said.strain(words, picture.strain))
        self.posture.setToolTip(_("Strain level and decrees in force: what is allowed follows them"))
        for beat in self.beats:
            beat.show_moment(held)
        for code, button in self.buttons.items():
            button.setEnabled(not held.read_only or code in ("handover", "paper"))
        if held.read_only:
            self.saved.setText(_("Read only"))

    def _on_saved(self, saved: bool) -> None:
        waiting = 0 if self.held.situation is None else self.held.situation.log.unwritten
        self.saved.setText(_("✓ Saved") if saved else _("Saving …"))
        if not saved and waiting > 1:
            self.saved.setText(_("⚠ {n} entries not on disk", n=waiting))

    def _say(self) -> None:
        self.rumours.setText(_("Count rumours"))
        for code, _sign, word, key in VERBS:
            text = _(word)
            self.buttons[code].setText(f"{text} ({key})")
            self.buttons[code].setToolTip(_("Key: {key}", key=key))
            self.buttons[code].setAccessibleName(text)
        self.refresh()
