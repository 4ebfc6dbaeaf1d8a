"""Level over time: typical and bad course, the lowest acceptable level, and the pay days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from continuity.planning.charts import svg
from continuity.planning.typeface import text_width
from continuity.words import Words, local

_DAY: Final = 1440
_WIDTH: Final = 482.0
_LEFT, _RIGHT, _TOP, _HEIGHT = 30.0, 6.0, 30.0, 92.0
_STRIP, _GAP = 9.0, 3.0


@dataclass(frozen=True, slots=True)
class Course:
    """Levels of one element: grid minutes and, for each, the typical and the bad level (permille).

    Bad: one run in ten is at or below it. ``least`` is the lowest acceptable level.
    """

    start: dt.datetime  # UTC instant of minute 0
    grid: tuple[int, ...]
    typical: tuple[int, ...]
    bad: tuple[int, ...]
    least: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A pay day on the time axis."""

    minute: int
    label: str


@dataclass(frozen=True, slots=True)
class Spell:
    """A time below the lowest acceptable level; ``open``: to the end of the grid."""

    start: int
    end: int
    open: bool


def spells(grid: Sequence[int], levels: Sequence[int], least: int) -> list[Spell]:
    """Return the times at which ``levels`` are below ``least``."""
    found: list[Spell] = []
    begun: int | None = None
    for minute, level in zip(grid, levels, strict=True):
        if level < least and begun is None:
            begun = minute
        elif level >= least and begun is not None:
            found.append(Spell(begun, minute, open=False))
            begun = None
    if begun is not None:
        found.append(Spell(begun, grid[-1], open=True))
    return found


def state(level: int, least: int) -> str:
    """The state of a level: ``full``, ``reduced`` or ``lost`` (below the lowest acceptable)."""
    return "lost" if level < least else "full" if level >= 1000 else "reduced"


def level_picture(course: Course, marks: Iterable[Mark], title: str, words: Words) -> str:
    """Return the picture as SVG."""
    drawing = _Drawing(course, words)
    height = _TOP + _HEIGHT + 2 * (_STRIP + _GAP) + 34
    parts = [
        *drawing.pay_days(list(marks)), *drawing.frame(), *drawing.curves(),
        *drawing.strips(), *drawing.days(), *drawing.legend(height - 5),
    ]  # fmt: skip
    return svg.picture(_WIDTH, height, title, parts)


class _Drawing:
    def __init__(self, course: Course, words: Words) -> None:
        self.course = course
        self.words = words
        self.end = max(course.grid[-1], 1)
        self.width = _WIDTH - _LEFT - _RIGHT

    def x(self, minute: float) -> float:
        return _LEFT + self.width * minute / self.end

    def y(self, level: float) -> float:
        return _TOP + _HEIGHT * (1 - level / 1000)

    def frame(self) -> list[str]:
        parts = []
        for level in (0, 500, 1000):
            y = self.y(level)
            parts.append(svg.line(_LEFT, y, _WIDTH - _RIGHT, y, "line", width=0.6))
            parts.append(
                svg.text(_LEFT - 3, y + 2.6, self.words.level(level), 7.5, anchor="end", colour="muted")
            )
        y = self.y(self.course.least)
        label = self.words._("Lowest acceptable {level}", level=self.words.level(self.course.least))
        parts.append(svg.line(_LEFT, y, _WIDTH - _RIGHT, y, "breach", width=1, dash="6 2"))
        wide = text_width(label, 7.5, bold=True) + 4
        parts.append(svg.rect(_WIDTH - _RIGHT - wide, y - 9.5, wide, 8.5, svg.paint("paper")))
        parts.append(
            svg.text(_WIDTH - _RIGHT - 2, y - 2.5, label, 7.5, anchor="end", bold=True, colour="breach")
        )
        return parts

    def curves(self) -> list[str]:
        typical, bad = self._steps(self.course.typical), self._steps(self.course.bad)
        return [
            svg.path(bad, svg.paint(stroke="lost", width=1.1), dash="2.5 1.8"),
            svg.path(typical, svg.paint(stroke="ink", width=1.7)),
        ]

    def _steps(self, levels: Sequence[int]) -> str:
        pieces = [f"M{svg.number(self.x(self.course.grid[0]))} {svg.number(self.y(levels[0]))}"]
        before = levels[0]
        for minute, level in zip(self.course.grid[1:], levels[1:], strict=True):
            if level != before:
                pieces.append(f"H{svg.number(self.x(minute))}V{svg.number(self.y(level))}")
                before = level
        pieces.append(f"H{svg.number(self.x(self.end))}")
        return "".join(pieces)

    def strips(self) -> list[str]:
        parts = []
        top = _TOP + _HEIGHT + _GAP
        for levels in (self.course.typical, self.course.bad):
            parts += self._strip(levels, top)
            top += _STRIP + _GAP
        return parts

    def _strip(self, levels: Sequence[int], top: float) -> list[str]:
        states = [state(level, self.course.least) for level in levels]
        changes = [i for i in range(len(states)) if i == 0 or states[i] != states[i - 1]]
        edges = [self.course.grid[i] for i in changes] + [self.end]
        parts = [
            svg.rect(self.x(a), top, self.x(b) - self.x(a), _STRIP, svg.state_paint(states[i]))
            for i, (a, b) in zip(changes, pairwise(edges), strict=True)
        ]
        parts.append(svg.rect(_LEFT, top, self.width, _STRIP, svg.paint(stroke="ink", width=0.5)))
        return parts

    def pay_days(self, marks: list[Mark]) -> list[str]:
        parts: list[str] = []
        free = _LEFT
        for mark in sorted((m for m in marks if 0 <= m.minute <= self.end), key=lambda m: m.minute):
            x = self.x(mark.minute)
            bottom = _TOP + _HEIGHT + 2 * (_STRIP + _GAP)
            parts.append(svg.line(x, _TOP - 12, x, bottom, "pay", width=0.7, dash="1 1.5"))
            wide = text_width(mark.label, 7.5) + 6
            if x - wide / 2 < free or x + wide / 2 > _WIDTH:
                continue
            parts.append(
                svg.rect(x - wide / 2, _TOP - 22, wide, 10.5, svg.paint("paper", "pay", 0.8), radius=1)
            )
            parts.append(svg.rect(x - wide / 2, _TOP - 22, wide, 2, svg.paint("pay")))
            parts.append(svg.text(x, _TOP - 13.6, mark.label, 7.5, anchor="middle"))
            free = x + wide / 2 + 1
        return parts

    def days(self) -> list[str]:
        y = _TOP + _HEIGHT + 2 * (_STRIP + _GAP) + 11
        parts = []
        for minute, day in _ticks(self.course.start, self.end):
            label = f"{day.day}/{day.month}" if self.words.language == "sv" else self.words.date(day)[:-5]
            x = self.x(minute)
            parts.append(svg.line(x, y - 10, x, y - 7.5, "ink", width=0.6))
            parts.append(svg.text(x, y, label, 7.5, anchor="middle", colour="muted"))
        return parts

    def legend(self, y: float) -> list[str]:
        _ = self.words._
        parts: list[str] = []
        x = _LEFT
        for dash, colour, width, label in (
            ("", "ink", 1.7, _("typical run")),
            ("2.5 1.8", "lost", 1.1, _("one run in ten is this low or lower")),
        ):
            parts.append(svg.line(x, y - 2.5, x + 14, y - 2.5, colour, width=width, dash=dash))
            parts.append(svg.text(x + 17, y, label, 7.5))
            x += 25 + text_width(label, 7.5)
        for code, label in (
            ("full", _("full")), ("reduced", _("reduced")), ("lost", _("below the lowest acceptable")),
        ):  # fmt: skip
            parts.append(svg.rect(x, y - 6.5, 12, 7.5, svg.state_paint(code)))
            parts.append(svg.text(x + 15, y, label, 7.5))
            x += 22 + text_width(label, 7.5)
        return parts


def _ticks(start: dt.datetime, end: int) -> list[tuple[int, dt.date]]:
    """Local midnights, at most ten of them, as (minute, date)."""
    days = end // _DAY + 1
    step = next(s for s in (1, 2, 7, 14, 28, 56) if days / s <= 10 or s == 56)
    first = local(start).date()
    found = []
    for number in range(0, days + 1, step):
        day = first + dt.timedelta(days=number)
        midnight = dt.datetime.combine(day, dt.time(), local(start).tzinfo)
        minute = round((midnight - start).total_seconds() / 60)
        if 0 <= minute <= end * 0.985:
            found.append((minute, day))
    return found
