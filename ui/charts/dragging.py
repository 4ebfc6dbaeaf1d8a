"""Bars on a time line that are taken by hand or by key: where they begin, how long they last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from continuity.words import _, current
from ui.charts.happenings import Happening, HappeningChart
from ui.theme import theme

_SNAPS = (5, 15, 30, 60, 180, 360, 720, 1440, 10080)
_GRIP, _FEWEST = 7, 4  # pixels of the drawing: of an end that can be pulled, and of a step


@dataclass(frozen=True, slots=True)
class _Held:
    """What is being dragged: which event, by its end or by its middle, from where."""

    key: str
    by_end: bool
    x: float
    before: Happening


class EventBars(HappeningChart):
    """A click chooses; dragging moves a bar or pulls at its end; Alt + arrows do the same by key."""

    moved = Signal(str, int, bool)  # key, minutes later, one of several steps
    stretched = Signal(str, float, bool)  # key, how many times as long, one of several steps

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__()
        self._held: _Held | None = None
        if parent is not None:
            self.setParent(parent)

    @property
    def snap(self) -> int:
        """The step in minutes: the least that is wide enough to be aimed at."""
        each = (self._x(self.end) - self._x(0)) / self.end
        return next((s for s in _SNAPS if s * each >= theme.px(_FEWEST)), _SNAPS[-1])

    # --- by hand -------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        grip = self._grip(event.position())
        if event.button() == Qt.MouseButton.LeftButton and grip is not None:
            happening, by_end = grip
            self._held = _Held(happening.key, by_end, event.position().x(), happening)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            grip = self._grip(event.position())
            shape = Qt.CursorShape.SizeHorCursor if grip and grip[1] else Qt.CursorShape.OpenHandCursor
            self.setCursor(shape if grip else Qt.CursorShape.ArrowCursor)
            super().mouseMoveEvent(event)
            return
        now = self._dragged(event.position().x())
        self._show(now)
        QToolTip.showText(event.globalPosition().toPoint(), _said(now, by_end=self._held.by_end), self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held, self._held = self._held, None
        if held is None:
            super().mouseReleaseEvent(event)
            return
        now = next(h for h in self.happenings if h.key == held.key)
        self._show(held.before)
        if held.by_end and now.likely != held.before.likely:
            self.stretched.emit(held.key, now.likely / held.before.likely, False)
        elif now.start != held.before.start:
            self.moved.emit(held.key, now.start - held.before.start, False)

    def _grip(self, place: QPointF) -> tuple[Happening, bool] | None:
        """Return what can be taken at ``place``, and whether it is its end."""
        index = self.mark_at(place)
        if index < 0:
            return None
        happening, near = self.happenings[index], theme.px(_GRIP)
        first = self._x(happening.start)
        last = max(first + theme.px(3), self._x(happening.start + happening.likely))
        if abs(place.x() - last) <= near:
            return happening, True
        return (happening, False) if first - near <= place.x() <= last else None

    def _dragged(self, x: float) -> Happening:
        held = self._held
        assert held is not None
        each = (self._x(self.end) - self._x(0)) / self.end
        by = round((x - held.x) / each / self.snap) * self.snap
        before = held.before
        if not held.by_end:
            least = -before.offset  # an event that follows another begins no earlier than it may
            return replace(before, start=before.start + max(by, least))
        likely = max(self.snap, before.likely + by)
        ratio = likely / max(1, before.likely)
        low, high = (max(1, round(m * ratio)) for m in (before.low, before.high))
        return replace(before, low=low, likely=likely, high=max(likely, high))

    def _show(self, now: Happening) -> None:
        self.happenings = tuple(now if h.key == now.key else h for h in self.happenings)
        self.update()

    # --- by key --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        place = self.current
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if not alt or event.key() not in steps or not 0 <= place < len(self.happenings):
            super().keyPressEvent(event)
            return
        happening, by = self.happenings[place], steps[event.key()] * self.snap
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            likely = max(self.snap, happening.likely + by)
            self.stretched.emit(happening.key, likely / max(1, happening.likely), True)
        else:
            self.moved.emit(happening.key, max(by, -happening.offset), True)


def order_of(happenings: Sequence[Happening], key: str) -> int:
    """Return the row of an event, or -1."""
    return next((place for place, h in enumerate(happenings) if h.key == key), -1)


def _said(now: Happening, *, by_end: bool) -> str:
    words = current()
    if by_end:
        return _("lasts {time}", time=words.duration(now.likely, coarse=True))
    return _("begins after {time}", time=words.duration(now.start))
