"""The clock above the map while one replication is stepped through."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from continuity.simulation.film import Moment
from continuity.words import N_, _, current
from ui.charts.box import quiet_button
from ui.elided import ElidedLabel
from ui.runs import moments, said
from ui.runs.flow import FlowLayout
from ui.runs.reel import STEPS, Reel
from ui.texts import Texts
from ui.theme import theme
from ui.theme.icons import icon

WHICH: tuple[tuple[str, str], ...] = (
    ("typical", N_("Typical run")),
    ("bad", N_("Bad run (one in ten)")),
    ("worst", N_("Worst run")),
)
_LINES = 3
_DAY = 1440


class FilmBar(QFrame):
    """Space plays and pauses; arrows go from one change to the next; Home and End to the ends."""

    def __init__(self, reel: Reel) -> None:
        super().__init__()
        self.reel, self.texts = reel, Texts()
        self.setProperty("role", "bar")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.which, self.speed = QComboBox(), QComboBox()
        self.back, self.play, self.on = quiet_button("left"), quiet_button("play"), quiet_button("right")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.clock, self.what = QLabel(), ElidedLabel()
        self.close_ = quiet_button("close")
        self.lines = [ElidedLabel() for _n in range(_LINES)]
        self._lay_out()
        self._wire()
        self.texts(self._say)
        self._on_film()

    def _lay_out(self) -> None:
        self.clock.setProperty("role", "heading")
        self.clock.setMinimumWidth(theme.px(230))
        self.slider.setMinimumWidth(theme.px(120))
        policy = QSizePolicy.Policy
        self.slider.setSizePolicy(policy.Expanding, policy.Fixed)
        row = QWidget()
        flow = FlowLayout(row, theme.grid(0.75))
        for widget in (
            self.which, self.back, self.play, self.on, self.slider, self.clock, self.speed, self.close_,
        ):  # fmt: skip
            flow.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.grid(1.5), theme.grid(0.5), theme.grid(1), theme.grid(0.5))
        column.setSpacing(theme.grid(0.25))
        column.addWidget(row)
        column.addWidget(self.what)
        for place, line in enumerate(self.lines):
            line.setProperty("role", "" if place == 0 else "muted")
            column.addWidget(line)
        self.what.setProperty("role", "small")

    def _wire(self) -> None:
        reel = self.reel
        self.back.clicked.connect(lambda: reel.turn(-1))
        self.on.clicked.connect(lambda: reel.turn(1))
        self.play.clicked.connect(self.toggle)
        self.close_.clicked.connect(reel.close)
        self.slider.valueChanged.connect(reel.go)
        self.which.activated.connect(self._on_which)
        self.speed.activated.connect(self._on_speed)
        reel.changed.connect(self._on_film)
        reel.moved.connect(self._on_minute)
        reel.playing.connect(self._on_playing)

    def _say(self) -> None:
        named: tuple[tuple[QToolButton, str], ...] = (
            (self.back, _("To the change before (arrow left)")),
            (self.on, _("To the next change (arrow right)")),
            (self.close_, _("Leave the run")),
        )
        for button, text in named:
            button.setToolTip(text)
            button.setAccessibleName(text)
        self._on_playing(self.reel.runs)
        self.slider.setAccessibleName(_("Time in the run"))
        self.which.setAccessibleName(_("Which run"))
        self.speed.setAccessibleName(_("How fast time passes"))
        chosen = max(0, self.which.currentIndex())
        self.which.clear()
        for code, label in WHICH:
            self.which.addItem(_(label), code)
        self.which.setCurrentIndex(chosen)
        self.speed.clear()
        for minutes in STEPS:
            self.speed.addItem(_("{time} a step", time=current().duration(minutes)), minutes)
        self.speed.setCurrentIndex(STEPS.index(self.reel.step))
        if self.reel.film is not None:
            self._on_minute(self.reel.minute)

    def retranslate(self) -> None:
        """Say everything in the language spoken now."""
        self.texts.refresh()

    def toggle(self) -> None:
        """Let time pass, or stand still."""
        (self.reel.pause if self.reel.runs else self.reel.play)()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        film = self.reel.film
        steps = {
            Qt.Key.Key_Space: self.toggle,
            Qt.Key.Key_Left: partial(self.reel.turn, -1),
            Qt.Key.Key_Right: partial(self.reel.turn, 1),
            Qt.Key.Key_Home: partial(self.reel.go, 0),
            Qt.Key.Key_End: partial(self.reel.go, film.horizon if film else 0),
            Qt.Key.Key_Escape: self.reel.close,
        }
        if event.key() in steps:
            steps[event.key()]()
        else:
            super().keyPressEvent(event)

    # --- following -----------------------------------------------------------------------------

    def _on_film(self) -> None:
        film = self.reel.film
        self.setVisible(film is not None)
        if film is None:
            return
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, film.horizon - 1)
            self.slider.setPageStep(_DAY)
            self.slider.setSingleStep(60)
            self.slider.setValue(0)
        self.which.setCurrentIndex([code for code, _label in WHICH].index(self.reel.which))
        self._on_minute(self.reel.minute)

    def _on_minute(self, minute: int) -> None:
        film, session = self.reel.film, self.reel.desk.session
        if film is None or session is None:
            return
        with QSignalBlocker(self.slider):
            self.slider.setValue(minute)
        self.clock.setText(moments.at(film.start, minute))
        down = sum(level < 1000 for level in film.at(minute).values())
        result, organisation = self.reel.result, session.organisation
        name = said.scenario_name(organisation, result.meta) if result is not None else ""
        self.what.setText(_("{scenario}: {count} below full level now", scenario=name, count=down))
        latest: list[Moment | None] = [*self.reel.latest(_LINES)]
        for line, found in zip(self.lines, [*latest, *[None] * _LINES][:_LINES], strict=True):
            line.setText("" if found is None else self._told(found))

    def _told(self, found: Moment) -> str:
        session, film = self.reel.desk.session, self.reel.film
        assert session is not None and film is not None
        when = moments.at(film.start, found.minute).partition(" · ")[0]
        return f"{when}  {moments.moment(session.organisation, found)}"

    def _on_playing(self, playing: bool) -> None:
        self.play.setIcon(icon("pause" if playing else "play"))
        text = _("Pause (space)") if playing else _("Play (space)")
        self.play.setToolTip(text)
        self.play.setAccessibleName(text)

    def _on_which(self, place: int) -> None:
        if self.reel.result is not None:
            self.reel.load(self.reel.result, self.which.itemData(place))

    def _on_speed(self, place: int) -> None:
        self.reel.step = self.speed.itemData(place)
