"""Figures of a play, for those who compare exercises: sheets of injects, decisions, objectives and times."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from continuity.exercise.books import MARK
from continuity.exercise.list_export import Cell, SheetColumn, SheetOut
from continuity.exercise.log import RATINGS
from continuity.exercise.play import Line, Play
from continuity.exercise.player_papers import RATING_WORDS
from continuity.exercise.relative_time import write_time
from continuity.exercise.report import effect_words, observed_times, rating_of
from continuity.model.kinds.exercise import DIFFICULTIES, INJECT_CHANNELS
from continuity.planning.material import Material
from continuity.words import N_, Words, local

STATES = {
    "planned": N_("not given"),
    "delivered": N_("given"),
    "done": N_("done"),
    "skipped": N_("skipped"),
    "held": N_("held back"),
    "withdrawn": N_("withdrawn"),
}


def statistics(play: Play, words: Words) -> tuple[SheetOut, ...]:
    """Return the figures of a play as sheets; times of the room are local."""
    top = f"{words._(MARK)} · {play.exercise.code} {play.exercise.name}"
    made = (_summary, _injects, _decisions, _objectives, _times)
    return tuple(
        SheetOut(name, top, tuple(columns), tuple(rows))
        for name, columns, rows in (one(play, words) for one in made)
    )


Made = tuple[str, list[SheetColumn], list[tuple[Cell, ...]]]


def _summary(play: Play, words: Words) -> Made:
    _ = words._
    lines, played = play.lines(), play.played
    states = Counter(line.state for line in lines)
    rows: list[tuple[Cell, ...]] = [(_("Injects"), len(lines))]
    rows += [(_("Injects: {state}", state=_(STATES[s])), states[s]) for s in STATES if states[s]]
    rows += [
        (_("Injects that came into the play on its way"), sum(line.fresh for line in lines)),
        (_("Hints given"), sum(line.hinted for line in lines)),
        (_("Decisions"), len(played.decisions)),
        (_("Decisions that changed the world"), sum(bool(d.effects) for d in played.decisions)),
        (_("Observations"), len(played.observations)),
    ]
    rated = Counter(rating_of(play, o.id) for o in play.objectives)
    rows += [(_("Objectives: {rating}", rating=_(RATING_WORDS[r])), rated[r]) for r in RATINGS]
    if (minutes := room_minutes(play)) is not None:
        rows.append((_("Minutes in the room"), minutes))
    passed = max(0.0, played.second / 60 - play.exercise.begins)
    rows.append((_("Hours of the scenario"), round(passed / 60, 1)))
    return _("Summary"), [SheetColumn(_("What"), 44), SheetColumn(_("Figure"), 12)], rows


def room_minutes(play: Play) -> int | None:
    """Return for how long was played in the room, breaks included; None where it was not begun."""
    if play.played.started is None:
        return None
    last = play.played.ended or (play.log.entries[-1].at if play.log.entries else play.played.started)
    return max(0, round((last - play.played.started).total_seconds() / 60))


def _injects(play: Play, words: Words) -> Made:
    _ = words._
    given = {
        str(row.payload["inject"]): row.at
        for row in play.log.entries
        if row.kind == "inject" and row.payload.get("action") == "deliver"
    }
    done = {
        str(row.payload["inject"]): float(row.payload["second"])
        for row in play.log.entries
        if row.kind == "inject" and row.payload.get("action") == "done"
    }
    aims = {o.id: n for n, o in enumerate(play.objectives, 1)}
    columns = [
        SheetColumn(_("No."), 6), SheetColumn(_("Title"), 44, wrap=True), SheetColumn(_("Channel"), 16),
        SheetColumn(_("Difficulty"), 12), SheetColumn(_("Objective"), 10), SheetColumn(_("Planned"), 16),
        SheetColumn(_("Due"), 16), SheetColumn(_("State"), 14), SheetColumn(_("Given, in the room"), 20),
        SheetColumn(_("Hint given"), 10), SheetColumn(_("Minutes of the scenario until done"), 18),
    ]  # fmt: skip
    rows = [_inject(line, aims, given, done, words) for line in play.lines()]
    return _("Injects"), columns, rows


def _inject(
    line: Line, aims: dict[str, int], given: dict[str, dt.datetime], done: dict[str, float], words: Words
) -> tuple[Cell, ...]:
    inject, _ = line.inject, words._
    at, seconds = given.get(inject.id), done.get(inject.id)
    waited: Cell = ""
    if seconds is not None and line.delivered is not None:
        waited = max(0, round((seconds - line.delivered) / 60))
    return (
        line.number, inject.name, _(INJECT_CHANNELS[inject.channel]), _(DIFFICULTIES[inject.difficulty]),
        aims.get(inject.objective or "", ""), write_time(inject.at), write_time(line.minute),
        _(STATES[line.state]), local(at).strftime("%Y-%m-%d %H:%M:%S") if at else "",
        _("Yes") if line.hinted else "", waited,
    )  # fmt: skip


def _decisions(play: Play, words: Words) -> Made:
    _ = words._
    m = Material(play.organisation, words, generated=dt.datetime.now(dt.UTC))
    columns = [
        SheetColumn(_("In the scenario"), 16), SheetColumn(_("In the room"), 20), SheetColumn(_("Who"), 24),
        SheetColumn(_("Decision"), 50, wrap=True), SheetColumn(_("Why"), 40, wrap=True),
        SheetColumn(_("Options rejected"), 40, wrap=True), SheetColumn(_("Changes"), 50, wrap=True),
    ]  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            write_time(int(d.second // 60)), local(d.at).strftime("%Y-%m-%d %H:%M:%S"), d.who, d.decision,
            d.why, d.options, "; ".join(effect_words(m, effect) for effect in d.effects),
        )
        for d in play.played.decisions
    ]  # fmt: skip
    return _("Decisions"), columns, rows


def _objectives(play: Play, words: Words) -> Made:
    _ = words._
    columns = [
        SheetColumn(_("No."), 6), SheetColumn(_("Objective"), 44, wrap=True), SheetColumn(_("Rating"), 14),
        SheetColumn(_("Observations"), 14), SheetColumn(_("What was seen"), 70, wrap=True),
    ]  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for number, objective in enumerate(play.objectives, 1):
        seen = [o for o in play.played.observations if o.objective == objective.id]
        rating = _(RATING_WORDS[rating_of(play, objective.id)])
        rows.append((number, objective.name, rating, len(seen), "; ".join(o.text for o in seen if o.text)))
    return _("Objectives"), columns, rows


def _times(play: Play, words: Words) -> Made:
    _ = words._
    columns = [
        SheetColumn(_("What"), 44), SheetColumn(_("Plan says, minutes"), 18),
        SheetColumn(_("Observed, minutes"), 18), SheetColumn(_("Difference, minutes"), 18),
    ]  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for time in observed_times(play):
        element = play.organisation.get(time.element)
        gap: Cell = "" if time.planned is None else time.minutes - time.planned
        planned: Cell = "" if time.planned is None else time.planned
        rows.append((str(getattr(element, "name", "")), planned, time.minutes, gap))
    return _("Recovery times"), columns, rows
