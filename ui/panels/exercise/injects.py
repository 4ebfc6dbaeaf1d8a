"""Control's list of injects: what is due when, in which state, and what is done with each."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QInputDialog,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from continuity.model.kinds.exercise import INJECT_CHANNELS
from continuity.model.problems import Refused
from continuity.words import N_, _, current
from ui.charts.numbers import Cell, Numbers, NumbersTable, Title
from ui.panels.exercise.improvise import ImproviseDialog
from ui.panels.exercise.stage import Stage
from ui.runs.fit import scrolled, yielding
from ui.runs.flow import FlowLayout
from ui.shown import name_of
from ui.texts import Texts
from ui.theme import theme
from ui.theme.icons import icon

STATES: dict[str, str] = {
    "planned": N_("Planned"), "delivered": N_("Given"), "skipped": N_("Skipped"),
    "held": N_("Held back"), "withdrawn": N_("Withdrawn"), "done": N_("Done"),
}  # fmt: skip
#: Verb → icon, key in the table, states in which it can be done.
_VERBS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "deliver": ("play", "Return", ("planned", "held", "skipped", "withdrawn")),
    "done": ("check", "E", ("delivered", "done")),
    "hint": ("hint", "I", ("delivered",)),
    "skip": ("skip", "S", ("planned", "held")),
    "hold": ("hold", "H", ("planned", "held", "skipped", "withdrawn")),
    "retime": ("clock", "T", ("planned", "held")),
}


class InjectList(QSplitter):
    """The list above, the chosen inject below with all that control knows of it."""

    chosen = Signal(str)

    def __init__(self, stage: Stage) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.stage, self.texts = stage, Texts()
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.table = NumbersTable()
        self.table.setSortingEnabled(False)
        self.buttons = {name: QPushButton() for name in _VERBS}
        self.improvise, self.by_itself = QPushButton(), QCheckBox()
        self.improvise.setIcon(icon("add"))
        self.detail = yielding(QLabel())
        self.detail.setTextFormat(Qt.TextFormat.RichText)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._drawn: tuple[Any, ...] = ()
        self._lines: list[Any] = []
        self._entry = 0  # of the log, up to which the list is shown; 0: all of it
        self._lay_out()
        self._wire()
        self.texts(self._say)

    def _lay_out(self) -> None:
        bar = QWidget()
        flow = FlowLayout(bar, theme.grid(0.75))
        for name, (sign, _key, _states) in _VERBS.items():
            self.buttons[name].setIcon(icon("play" if name == "deliver" else sign))
            flow.addWidget(self.buttons[name])
        self.buttons["deliver"].setProperty("role", "primary")
        self.buttons["deliver"].setIcon(icon("inject", "on_accent"))
        for part in (self.improvise, self.by_itself):
            flow.addWidget(part)
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(0, 0, 0, theme.grid(0.5))
        column.setSpacing(theme.grid(0.75))
        column.addWidget(self.table, 1)
        column.addWidget(bar)
        inside = QFrame()
        padded = QVBoxLayout(inside)
        padded.setContentsMargins(theme.grid(1), theme.grid(1), theme.grid(1), theme.grid(1))
        padded.addWidget(self.detail)
        padded.addStretch(1)
        self.addWidget(top)
        self.addWidget(scrolled(inside))
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)
        self.setSizes([theme.px(300), theme.px(190)])

    def _wire(self) -> None:
        self.table.chosen.connect(lambda _key: self._on_chosen())
        for name, (_sign, key, _states) in _VERBS.items():
            self.buttons[name].clicked.connect(lambda _on=False, name=name: self.act(name))
            keys = [QKeySequence(key), QKeySequence("Enter")] if name == "deliver" else [QKeySequence(key)]
            short = QShortcut(self.table)
            short.setKeys(keys)
            short.setContext(Qt.ShortcutContext.WidgetShortcut)
            short.activated.connect(lambda name=name: self.act(name))
        self.improvise.clicked.connect(lambda _on=False: self.ask_improvised())
        self.stage.ticked.connect(self._on_tick)
        self.stage.changed.connect(self.refresh)

    def _say(self) -> None:
        self.table.setAccessibleName(_("Injects of the play"))
        tips = {
            "deliver": _("Give it to the players now (Enter)"),
            "done": _("The expected action was seen; no hint is needed (E)"),
            "hint": _("Give the hint to the players (I)"),
            "skip": _("Leave it out (S)"),
            "hold": _("Keep it back until it is released, or release it (H)"),
            "retime": _("Give it another time, with all that follows if you wish (T)"),
        }
        for name, tip in tips.items():
            self.buttons[name].setToolTip(tip)
            self.buttons[name].setAccessibleDescription(tip)
        self.improvise.setText(_("Improvise …"))
        self.by_itself.setText(_("Give by themselves when due"))
        self._drawn = ()
        self.refresh()

    def retheme(self) -> None:
        """Sizes for the zoom in force."""
        self.table.fit()
        self._drawn = ()
        self.refresh()

    # --- showing -------------------------------------------------------------------------------

    def show_play(self) -> None:
        """Show another play, from what is next."""
        self._drawn, self._entry = (), 0
        self.refresh()
        planned = next((line for line in self._lines if line.state == "planned"), None)
        if planned is not None:
            self.choose(planned.inject.id)

    def choose(self, inject: str) -> None:
        """Choose an inject (id)."""
        row = self.table.numbers.row_of(inject)
        if row >= 0:
            self.table.setCurrentIndex(self.table.numbers.index(row, 0))

    def refresh(self) -> None:
        """Show the list as it is now; nothing is drawn anew that looks the same."""
        play = self.stage.play
        if play is None:
            return
        then = play.as_of(self._entry) if self._entry else None
        self._lines = play.lines(then)
        minute = int(then.second // 60) if then else play.clock.minute
        drawn = tuple(
            (line.inject.id, line.state, line.minute, self._countdown(line, minute), line.hinted)
            for line in self._lines
        )
        if drawn != self._drawn:
            self._drawn = drawn
            self.table.show_numbers(self._numbers(minute))
        self._on_chosen()

    def look_back(self, entry: int) -> None:
        """Show the list as it stood after an entry of the log; 0: as it is now."""
        self._entry = entry
        self.refresh()

    def _numbers(self, minute: int) -> Numbers:
        titles = (
            Title("", width=36), Title(_("Time"), width=124), Title(_("Inject"), wide=True, width=180),
            Title(_("Channel"), width=110, drop=2), Title(_("State"), width=96),
            Title(_("When"), width=140),
        )  # fmt: skip
        rows, keys = [], []
        for line in self._lines:
            tone = self._tone(line, minute)
            state = _(STATES[line.state])
            if line.fresh:
                state = _("{state} (new)", state=state)
            rows.append(
                (
                    Cell(str(line.number), line.number, tone="muted"),
                    Cell(self.stage.hour(line.minute * 60), line.minute, tone=tone),
                    Cell(line.inject.name, tone=tone, tip=line.inject.message),
                    Cell(_(INJECT_CHANNELS[line.inject.channel]), tone=tone),
                    Cell(state, tone=tone),
                    Cell(self._countdown(line, minute), line.minute, tone=tone),
                )
            )
            keys.append(line.inject.id)
        return Numbers(titles, tuple(rows), tuple(keys))

    def _tone(self, line: Any, minute: int) -> str:
        if line.state == "planned" and line.minute <= minute:
            return "warn"
        if line.state == "delivered" and line.hint_due is not None and line.hint_due <= minute:
            return "warn"
        return "" if line.state in ("planned", "delivered", "held") else "muted"

    def _countdown(self, line: Any, minute: int) -> str:
        if line.state == "planned":
            if line.minute <= minute:
                return _("▸ Give now")
            return _("in {time}", time=current().duration(line.minute - minute))
        if line.state == "delivered" and line.hint_due is not None:
            if line.hint_due <= minute:
                return _("▸ Hint now")
            return _("hint in {time}", time=current().duration(line.hint_due - minute))
        return ""

    @property
    def line(self) -> Any:
        """The line that is chosen, or None."""
        key = self.table.numbers.key(self.table.currentIndex().row())
        return next((one for one in self._lines if one.inject.id == key), None)

    def _on_chosen(self) -> None:
        line, live = self.line, self.stage.is_live and not self._entry
        for name, (_sign, _key, states) in _VERBS.items():
            may = live and line is not None and line.state in states
            if name == "hint":
                may = may and bool(line.inject.hint) and not line.hinted
            self.buttons[name].setEnabled(may)
        held = line is not None and line.state != "planned"
        self._name_buttons(line, held)
        for part in (self.improvise, self.by_itself):
            part.setEnabled(live)
        self._say_detail(line)

    def _name_buttons(self, line: Any, held: bool) -> None:
        done = line is not None and line.state == "done"
        for name, text in {
            "deliver": _("Give"), "done": _("Not done after all") if done else _("Done"),
            "hint": _("Give the hint"),
            "skip": _("Leave out"), "hold": _("Release") if held else _("Hold back"),
            "retime": _("Re-time …"),
        }.items():  # fmt: skip
            self.buttons[name].setText(text)

    def _say_detail(self, line: Any) -> None:
        if line is None:
            self.detail.setText("")
            return
        inject, org = line.inject, self.stage.play.organisation
        to = ", ".join(name_of(org.get(role)) for role in inject.to)
        rows = [
            (_("From"), inject.sender), (_("To"), to), (_("Message"), inject.message),
            (_("Expected action"), inject.expected), (_("Note to the evaluator"), inject.evaluation),
            (_("Hint if it is not done"), inject.hint),
            (_("Objective"), name_of(org.get(inject.objective))),
        ]  # fmt: skip
        muted = theme.colour("muted").name()
        text = f"<p style='font-size:{theme.px(17)}px;font-weight:600'>{_plain(inject.name)}</p>"
        for label, value in rows:
            if value:
                text += f"<p><span style='color:{muted}'>{label}</span><br>{_plain(value)}</p>"
        if text != self.detail.text():
            self.detail.setText(text)

    # --- doing ---------------------------------------------------------------------------------

    def act(self, verb: str) -> None:
        """Do something with the inject that is chosen."""
        line = self.line
        if line is None or not self.buttons[verb].isEnabled():
            return
        id_ = line.inject.id
        if verb == "retime":
            self.ask_time(line)
        elif verb == "done":
            self.stage.do(lambda play: play.done(id_, done=line.state != "done"))
        elif verb == "hold":
            self.stage.do(lambda p: p.hold(id_) if line.state == "planned" else p.release(id_))
        else:
            self.stage.do(lambda play: getattr(play, verb)(id_))
        if verb in ("deliver", "skip"):
            self._go_on()

    def _go_on(self) -> None:
        """Choose what is to be given next."""
        planned = next((line for line in self._lines if line.state == "planned"), None)
        if planned is not None:
            self.choose(planned.inject.id)

    def ask_time(self, line: Any) -> None:
        """Ask for another time; a + in front moves what follows along."""
        session = self.stage.desk.session
        if session is None:
            return
        text, said_yes = QInputDialog.getText(
            self,
            _("Re-time"),
            _(
                "New time of “{name}”: D+1 H+4 or 14:05.\nBegin with > to move all that follows along.",
                name=line.inject.name,
            ),
            text=session.relative_time(line.minute),
        )
        if said_yes and text.strip():
            self.retime(line, text)

    def retime(self, line: Any, text: str) -> None:
        """Give a line the time ``text``; with > before it all that follows moves along."""
        following, session = text.strip().startswith(">"), self.stage.desk.session
        try:
            start = self.stage.play.local_time(0)
            minute = session.minute_of(text.strip().lstrip("> "), start, line.minute)
        except Refused as refused:
            self.stage.desk.refuse(refused)
            return
        self.stage.do(lambda play: play.retime(line.inject.id, minute, following=following))

    def ask_improvised(self) -> None:
        """Ask for an inject that stands in no list."""
        self.dialog = ImproviseDialog(self.stage, self)
        self.dialog.open()

    def _on_tick(self, tick: Any) -> None:
        if self.by_itself.isChecked() and tick.due and self.stage.is_live:
            for line in tick.due:
                self.stage.do(lambda play, id_=line.inject.id: play.deliver(id_))
            return
        self.refresh()


def _plain(text: str) -> str:
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return safe.replace("\n", "<br>")
