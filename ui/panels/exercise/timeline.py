"""The event list as a line of time: injects are dragged along it, or moved by keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from continuity.model.kinds import Exercise, Inject
from continuity.model.local_time import ZONE, local_time
from continuity.words import _, current
from ui.panels.exercise.events_model import hour_of, in_order
from ui.theme import theme

_CHIP, _GAP, _EDGE, _HEAD = 24, 4, 12, 22  # pixels of the drawing
_MOST_LANES = 6
_STEP, _LEAP = 5, 60  # minutes by a key
_DRAG = 4  # pixels before a press becomes a drag
_HARD = {"easy": "full", "medium": "accent", "hard": "lost"}


@dataclass(frozen=True, slots=True)
class Chip:
    """One inject on the line."""

    inject: Inject
    number: int
    lane: int


class Timeline(QWidget):
    """``moved(inject, minutes, following)``: by so many minutes, with all that comes after it or alone."""

    moved = Signal(str, int, bool)
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.chips: list[Chip] = []
        self.current = ""
        self._injects: list[Inject] = []
        self._begins, self._ends = 0, 1
        self._start: Any = None
        self._pressed: tuple[str, float] | None = None
        self._by = 0  # minutes dragged so far

    def show_events(self, start: Any, exercise: Exercise | None, injects: Sequence[Inject]) -> None:
        """Show the event list of an exercise; ``start`` is the UTC instant of minute 0."""
        self._injects, self._start = in_order(injects), start
        if exercise is not None:
            times = [i.at for i in self._injects]
            self._begins = min([exercise.begins, *times])
            self._ends = max([exercise.ends, self._begins + 60, *times])
        if self.current not in {i.id for i in self._injects}:
            self.current = self._injects[0].id if self._injects else ""
        self._arrange()
        self._say()

    def choose(self, inject: str) -> None:
        """Show which inject is chosen."""
        if inject != self.current and any(i.id == inject for i in self._injects):
            self.current = inject
            self._say()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(400), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), self._height())

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._arrange()

    # --- keys and mouse ------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        leaps = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        key, held = Qt.Key(event.key()), event.modifiers()
        alt = bool(held & Qt.KeyboardModifier.AltModifier)
        following = bool(held & Qt.KeyboardModifier.ShiftModifier)
        if alt and (key in steps or key in leaps):
            by = steps[key] * _STEP if key in steps else leaps[key] * _LEAP
            self.moved.emit(self.current, by, following)
        elif key in steps and not alt:
            self._walk(steps[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._injects:
            self._pick(self._injects[0 if key == Qt.Key.Key_Home else -1].id)
        elif key == Qt.Key.Key_Escape and self._pressed:
            self._pressed, self._by = None, 0
            self.update()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        chip = self._at(event.position())
        if chip is not None and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = (chip.inject.id, event.position().x())
            self._by = 0
            self._pick(chip.inject.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            chip = self._at(event.position())
            self.setCursor(Qt.CursorShape.OpenHandCursor if chip else Qt.CursorShape.ArrowCursor)
            self.setToolTip(self._words(chip.inject) if chip else self.accessibleDescription())
            return
        moved = event.position().x() - self._pressed[1]
        if abs(moved) >= _DRAG or self._by:
            minutes = moved / max(0.001, self._scale())
            self._by = round(minutes / _STEP) * _STEP
            inject = self._inject(self._pressed[0])
            words = self._hour(inject.at + self._by) if inject else ""
            QToolTip.showText(event.globalPosition().toPoint(), words, self)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, by = self._pressed, self._by
        self._pressed, self._by = None, 0
        if pressed is not None and by:
            following = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.moved.emit(pressed[0], by, following)
        self.update()

    def _walk(self, step: int) -> None:
        ids = [i.id for i in self._injects]
        if ids:
            place = ids.index(self.current) if self.current in ids else 0
            self._pick(ids[min(len(ids) - 1, max(0, place + step))])

    def _pick(self, inject: str) -> None:
        self.current = inject
        self._say()
        self.update()
        self.chosen.emit(inject)

    # --- painting ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour("raised"))
        self._paint_days(painter)
        for chip in self.chips:
            if chip.inject.id != self.current:
                self._paint_chip(painter, chip)
        for chip in self.chips:
            if chip.inject.id == self.current:
                self._paint_chip(painter, chip)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_days(self, painter: QPainter) -> None:
        if self._start is None:
            return
        painter.setFont(theme.font(0.85))
        first = local_time(self._start, self._begins)
        day = dt.datetime.combine(first.date(), dt.time(), tzinfo=ZONE)
        while (minute := self._minute_of(day)) <= self._ends:
            for hours, token in ((0, "border"), (12, "line")):
                x = self._x(minute + hours * 60)
                if minute + hours * 60 >= self._begins:
                    painter.setPen(QPen(theme.colour(token), 1))
                    painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
            painter.setPen(theme.colour("muted"))
            left = max(self._x(minute), 0) + theme.px(4)
            words = current().date(day.date(), "short")
            painter.drawText(QPointF(left, theme.px(_HEAD - 7)), words)
            day = dt.datetime.combine(day.date() + dt.timedelta(days=1), dt.time(), tzinfo=ZONE)

    def _paint_chip(self, painter: QPainter, chip: Chip) -> None:
        is_current = chip.inject.id == self.current
        by = self._by if self._pressed is not None and self._pressed[0] == chip.inject.id else 0
        rect = self._rect(chip, by)
        ground = theme.colour(_HARD[chip.inject.difficulty])
        painter.setBrush(ground if is_current else theme.colour("raised"))
        painter.setPen(QPen(ground, 2))
        painter.drawRoundedRect(rect, theme.px(5), theme.px(5))
        painter.setFont(theme.font(0.85, bold=True))
        painter.setPen(theme.colour("on_accent") if is_current else theme.colour("ink"))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), str(chip.number))

    # --- where things are ----------------------------------------------------------------------

    def _arrange(self) -> None:
        """Stack what would lie on one another."""
        ends: list[float] = []
        self.chips = []
        width = theme.px(_CHIP + _GAP)
        for number, inject in enumerate(self._injects, 1):
            x = self._x(inject.at)
            lane = next((n for n, end in enumerate(ends) if end <= x), len(ends))
            if lane >= _MOST_LANES:
                lane = ends.index(min(ends))
            ends[lane : lane + 1] = [x + width]
            self.chips.append(Chip(inject, number, lane))
        if self.minimumHeight() != self._height():
            self.setFixedHeight(self._height())
        self.update()

    def _height(self) -> int:
        lanes = max((c.lane for c in self.chips), default=0) + 1
        return theme.px(_HEAD) + max(2, lanes) * theme.px(_CHIP + _GAP) + theme.px(_GAP)

    def _scale(self) -> float:
        room = self.width() - 2 * theme.px(_EDGE) - theme.px(_CHIP)
        return max(1, room) / max(1, self._ends - self._begins)

    def _x(self, minute: int) -> float:
        return theme.px(_EDGE) + (minute - self._begins) * self._scale()

    def _rect(self, chip: Chip, by: int = 0) -> QRectF:
        top = theme.px(_HEAD) + chip.lane * theme.px(_CHIP + _GAP)
        return QRectF(self._x(chip.inject.at + by), top, theme.px(_CHIP), theme.px(_CHIP))

    def _at(self, place: QPointF) -> Chip | None:
        return next((c for c in reversed(self.chips) if self._rect(c).contains(place)), None)

    def _inject(self, id_: str) -> Inject | None:
        return next((i for i in self._injects if i.id == id_), None)

    def _minute_of(self, moment: dt.datetime) -> int:
        return int((moment.astimezone(dt.UTC) - self._start).total_seconds() // 60)

    def _hour(self, minute: int) -> str:
        return hour_of(self._start, minute) if self._start is not None else ""

    # --- words ---------------------------------------------------------------------------------

    def _words(self, inject: Inject) -> str:
        number = self._injects.index(inject) + 1
        return _("{number}. {hour}: {title}", number=number, hour=self._hour(inject.at), title=inject.name)

    def _say(self) -> None:
        found = self._inject(self.current)
        self.setAccessibleName(self._words(found) if found else _("Timeline of the injects"))
        self.setAccessibleDescription(
            _(
                "Arrow keys choose. Alt + arrow keys move by 5 minutes, Alt + Page Up or Down by an hour; "
                "with Shift, or Shift while dragging, all that follows moves along."
            )
        )
