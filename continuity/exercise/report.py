"""After the exercise: what happened, what was decided, which objectives were met, what shall be better."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from continuity.exercise.books import Binder, told
from continuity.exercise.happenings import happenings
from continuity.exercise.log import Observation, Remark
from continuity.exercise.play import Line, Play
from continuity.exercise.player_papers import RATING_WORDS
from continuity.exercise.world import World
from continuity.model.edits import Add, Edit, Group, amend
from continuity.model.ids import new_id
from continuity.model.kinds import Function, Gap, Resource
from continuity.model.organisation import Organisation
from continuity.planning.blocks import (
    WRITING,
    Block,
    Callout,
    Column,
    Document,
    Facts,
    Paragraph,
    Section,
    Signature,
    Table,
)
from continuity.planning.material import Material
from continuity.words import N_, local

#: Worst of several ratings counts.
_WORST: Final = ("not_met", "partly", "met", "not_seen")


@dataclass(frozen=True, slots=True)
class Improvement:
    """Something to do better, that lands in the list of gaps."""

    name: str
    about: str | None = None  # id of an element, stream, fallback or site
    needed: str = ""
    achievable: str = ""
    owner: str | None = None  # id of a role
    due: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ObservedTime:
    """A recovery time seen in the exercise, beside what the plan says."""

    element: str
    minutes: int
    planned: int | None
    observation: int  # entry


def rating_of(play: Play, objective: str) -> str:
    """Return how an objective was met: the worst that was seen of it."""
    seen = [o.rating for o in play.played.observations if o.objective == objective and o.rating != "not_seen"]
    return next((r for r in _WORST if r in seen), "not_seen")


def observed_times(play: Play) -> list[ObservedTime]:
    """Return the recovery times that evaluators noted."""
    found = []
    for one in play.played.observations:
        element = play.organisation.get(one.element)
        if isinstance(element, Function | Resource) and one.minutes is not None:
            found.append(ObservedTime(element.id, one.minutes, element.achievable_rto, one.entry))
    return found


def improvements(play: Play) -> list[Improvement]:
    """Propose what to do better: of every objective that was not met, and every time that was not kept."""
    found = []
    for objective in play.objectives:
        if rating_of(play, objective.id) in ("not_met", "partly"):
            said = [o.text for o in play.played.observations if o.objective == objective.id and o.text]
            found.append(
                Improvement(objective.name, needed=objective.measured, achievable="; ".join(said)[:500])
            )
    words = play.words
    for time in observed_times(play):
        if time.planned is not None and time.minutes > time.planned:
            element = play.organisation.get(time.element)
            found.append(
                Improvement(
                    words._("Recovery took longer than planned: {name}", name=getattr(element, "name", "")),
                    about=time.element,
                    needed=words.duration(time.planned),
                    achievable=words.duration(time.minutes),
                    owner=getattr(element, "owner", None),
                )
            )
    return found


def gaps_edit(organisation: Organisation, wanted: Iterable[Improvement], source: str) -> Group:
    """Return the edit that puts improvements among the gaps and actions."""
    taken = {g.code for g in organisation.all(Gap)}
    edits: list[Edit] = []
    number = 1
    for one in wanted:
        while (code := f"G-ÖVN{number}") in taken:
            number += 1
        taken.add(code)
        edits.append(
            Add(
                Gap(
                    id=new_id(),
                    code=code,
                    name=one.name,
                    about=one.about if organisation.get(one.about) else None,
                    needed=one.needed,
                    achievable=one.achievable,
                    owner=one.owner if organisation.get(one.owner) else None,
                    due=one.due,
                    source=source,
                    as_of=dt.datetime.now(dt.UTC).date(),
                    confidence="tested",
                )
            )
        )
    return Group("improvements", tuple(edits))


def times_edit(organisation: Organisation, times: Iterable[ObservedTime], source: str, day: dt.date) -> Group:
    """Return the edit that takes observed times as the achievable ones, with their evidence."""
    edits: list[Edit] = []
    for time in times:
        element = organisation.get(time.element)
        if isinstance(element, Function | Resource):
            edits.append(
                amend(
                    element,
                    achievable_rto=time.minutes,
                    achievable_known="tested",
                    source=source,
                    as_of=day,
                    confidence="tested",
                )
            )
    return Group("observed-times", tuple(edits))


# --- the report ---------------------------------------------------------------------------------------


def after_action_report(play: Play, m: Material) -> Document:
    """Return the report, ready before people leave."""
    b = Binder(m, play.exercise, play.world)
    _ = m.words._
    sections = [
        _summary(play, b),
        _objectives(play, b),
        _decisions(play, b),
        _timeline(play, b),
        _world(play, b),
        _times(play, b),
        _improve(play, b),
        Section(_("Approved"), (Signature((_("Exercise director"), _("Owner of the improvements"))),)),
    ]
    return b.document("report", _("After-action report"), play.exercise.name, sections, contents=True)


def _summary(play: Play, b: Binder) -> Section:
    _, words, played = b.words._, b.words, play.played
    lines = play.lines()
    given = [line for line in lines if line.delivered is not None]
    met = [rating_of(play, o.id) for o in play.objectives]
    length = _played_minutes(play)
    rows = [
        (_("Exercise"), play.exercise.name),
        (_("Played"), words.datetime(local(played.started)) if played.started else "–"),
        (_("In the room"), words.duration(length) if length is not None else "–"),
        (_("The scenario reached"), b.hour(int(played.second // 60))),
        (_("Injects given"), _("{given} of {all}", given=len(given), all=len(lines))),
        (_("Decisions"), words.number(len(played.decisions))),
        (
            _("Objectives met"),
            _(
                "{met} of {all}, {partly} in part",
                met=met.count("met"),
                all=len(met),
                partly=met.count("partly"),
            ),
        ),
    ]
    return Section(_("In short"), (Facts(tuple(rows)),))


def _played_minutes(play: Play) -> int | None:
    played = play.played
    rows = list(play.log.entries)
    if played.started is None or not rows:
        return None
    return int(((played.ended or rows[-1].at) - played.started).total_seconds() // 60)


def _objectives(play: Play, b: Binder) -> Section:
    _ = b.words._
    title = _("Objectives")
    if not play.objectives:
        return Section(title, (b.m.missing(_("No objective is stated."), "objective"),))
    columns = (
        Column(_("Objective"), weight=1.2), Column(_("How it is measured"), weight=1.4),
        Column(_("Rating"), weight=0.6), Column(_("What was seen"), weight=2),
    )  # fmt: skip
    rows = []
    for objective in play.objectives:
        seen = [_said(b, o) for o in play.played.observations if o.objective == objective.id]
        rating = _(RATING_WORDS[rating_of(play, objective.id)])
        rows.append((objective.name, objective.measured or "–", rating, "\n".join(seen) or WRITING))
    return Section(title, (Table(columns, tuple(rows)),))


def _said(b: Binder, seen: Observation) -> str:
    who = f" ({seen.seat})" if seen.seat else ""
    return f"{b.hour(int(seen.second // 60))}: {seen.text}{who}"


def _decisions(play: Play, b: Binder) -> Section:
    _ = b.words._
    title = _("Decisions")
    if not play.played.decisions:
        return Section(title, (Paragraph(_("No decision was noted.")),))
    columns = (
        Column(_("When"), weight=0.7), Column(_("Who"), weight=0.8), Column(_("Decision"), weight=1.6),
        Column(_("Why"), weight=1.4), Column(_("Options"), weight=1.2), Column(_("Changed"), weight=1.2),
    )  # fmt: skip
    rows = tuple(
        (
            b.hour(int(d.second // 60)),
            d.who or "–",
            d.decision or "–",
            d.why or "–",
            d.options or "–",
            "\n".join(effect_words(b.m, effect) for effect in d.effects) or "–",
        )
        for d in play.played.decisions
    )
    return Section(title, (Table(columns, rows, dense=True),))


_EFFECTS: Final = {
    "measure": N_("measure: {measure}"),
    "fallback": N_("fallback: {fallback}, {stream}, {day}"),
    "staff": N_("{count} moved from {giver} to {taker}"),
    "crew": N_("repaired first: {element}"),
    "strike": N_("made to fail: {element}"),
    "heal": N_("made whole: {element}"),
}


def effect_words(m: Material, effect: object) -> str:
    """Return what a decision changed, in words."""
    plain = dict(effect)  # type: ignore[call-overload]
    name = {key: m.name(value) for key, value in plain.items() if isinstance(value, str)}
    return m.words._(
        _EFFECTS[plain["effect"]],
        measure=name.get("measure", "–"),
        fallback=name.get("fallback", "–"),
        stream=name.get("stream", "–"),
        day=plain.get("nominal", ""),
        element=name.get("element", "–"),
        giver=name.get("from", "–"),
        taker=name.get("to", "–"),
        count=plain.get("count", 0),
    )


def _timeline(play: Play, b: Binder) -> Section:
    """What was given, noted and corrected, in the order in which it was."""
    _ = b.words._
    rows = [
        (line.delivered, _("Inject"), _given(b, line)) for line in play.lines() if line.delivered is not None
    ]
    rows += [(one.second, *_remark(b, one)) for one in play.played.remarks]
    title = _("What happened in the room")
    if not rows:
        return Section(title, (Paragraph(_("Nothing was given or noted.")),))
    columns = (Column(_("When"), weight=0.6), Column(_("What"), weight=0.5), Column(_("Text"), weight=3))
    table = tuple((b.hour(int(s // 60)), kind, text) for s, kind, text in sorted(rows, key=lambda r: r[0]))
    return Section(title, (Table(columns, table, dense=True),))


def _remark(b: Binder, one: Remark) -> tuple[str, str]:
    _ = b.words._
    if one.kind == "correction":
        return _("Correction"), _("of entry {n}: {text}", n=one.about, text=one.text)
    return _("Photo") if one.kind == "photo" else _("Note"), one.text or "–"


def _given(b: Binder, line: Line) -> str:
    text = line.inject.name
    if line.hinted:
        text = b.words._("{text} (hint given)", text=text)
    if line.state == "done":
        text = b.words._("{text}: done", text=text)
    return text


_IN_THE_WORLD: Final = ("function_down", "function_up", "receipt_unknown", "late", "paid_late")


def _world(play: Play, b: Binder) -> Section:
    """How the world went, with what the players decided."""
    _ = b.words._
    begins, last = play.exercise.begins, int(play.played.second // 60)
    course = happenings(play.world.course)
    found = [h for h in course if begins <= h.minute <= last and h.code in _IN_THE_WORLD]
    title = _("What happened in the world of the exercise")
    late = sum(h.payees for h in found if h.code == "late")
    lines: tuple[str, ...] = ()
    if any(d.effects for d in play.played.decisions):
        untouched = happenings(World(play.organisation, play.exercise).course)
        without = sum(h.payees for h in untouched if h.code == "late" and begins <= h.minute <= last)
        lines = (_("Without the decisions it would have been {payees}.", payees=b.m.people(without)),)
    title_line = _(
        "Payees who were not paid on time, up to {hour}: {payees}", hour=b.hour(last), payees=b.m.people(late)
    )
    blocks: list[Block] = [Callout("note", title_line, lines)]
    if found:
        columns = (Column(_("When"), weight=0.5), Column(_("What"), weight=3))
        blocks.append(Table(columns, tuple((b.hour(h.minute), told(b, h)) for h in found[:80]), dense=True))
    return Section(title, tuple(blocks))


def _times(play: Play, b: Binder) -> Section:
    _ = b.words._
    title = _("Observed times against the plan's")
    found = observed_times(play)
    if not found:
        return Section(title, (Paragraph(_("No recovery time was noted.")),))
    columns = (Column(_("What")), Column(_("Plan says")), Column(_("Observed")), Column(_("Difference")))
    rows = []
    for time in found:
        gap = "–" if time.planned is None else b.words.duration(abs(time.minutes - time.planned))
        sign = "" if time.planned is None else ("+" if time.minutes > time.planned else "−")
        rows.append(
            (b.m.name(time.element), b.m.minutes(time.planned), b.m.minutes(time.minutes), sign + gap)
        )
    return Section(title, (Table(columns, tuple(rows)),))


def _improve(play: Play, b: Binder) -> Section:
    _ = b.words._
    columns = (
        Column(_("What shall be better"), weight=2), Column(_("Needed"), weight=1.2),
        Column(_("Owner"), weight=0.8), Column(_("Due"), weight=0.6),
    )  # fmt: skip
    rows = [
        (one.name, one.needed or "–", b.m.role(one.owner) or WRITING, WRITING) for one in improvements(play)
    ]
    rows += [(WRITING, WRITING, WRITING, WRITING)] * 3
    return Section(_("Improvements"), (Table(columns, tuple(rows)),))
