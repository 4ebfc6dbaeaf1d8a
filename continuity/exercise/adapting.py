"""Bringing the injects still to come in step with a course that a decision has changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from continuity.exercise.drafts import grouped
from continuity.exercise.event_list import Writer
from continuity.exercise.happenings import happenings

if TYPE_CHECKING:
    from continuity.exercise.play import Line, Play

#: So many injects at most come new into the play by one decision.
_MOST: Final = 12
_TO_COME: Final = ("planned", "held")


@dataclass(frozen=True, slots=True)
class Adapted:
    """What a decision did to the injects still to come."""

    moved: tuple[tuple[str, int], ...] = ()
    withdrawn: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()  # say other figures than before


class Adapter:
    """Made before a decision is carried out, it knows how the course was; then it adapts the injects."""

    def __init__(self, play: Play) -> None:
        self.play = play
        self._minutes = self._happening()
        self._texts = self._told()

    def adapt(self) -> Adapted:
        """Let injects move, go, come back, say other figures, or come new; each is an entry of the log."""
        now, fresh = self.play.clock.minute, self._happening()
        moved, withdrawn = [], []
        for line in self.play.lines():
            key = line.inject.happening
            if line.state not in ("planned", "withdrawn") or key not in {*self._minutes, *fresh}:
                continue
            if key not in fresh:
                if line.state == "planned" and line.minute > now:
                    self._enter(line, "withdraw")
                    withdrawn.append(line.inject.id)
                continue
            if line.state == "withdrawn":
                self._enter(line, "restore")
            minute = line.minute + fresh[key] - self._minutes.get(key, fresh[key])
            if minute not in (line.minute, now) and minute > now:
                self._enter(line, "retime", minute=minute)
                moved.append((line.inject.id, minute))
        return Adapted(tuple(moved), tuple(withdrawn), self._added(), self._reworded())

    def _reworded(self) -> tuple[str, ...]:
        """Let injects say what is so now, where nobody has changed their words; return their ids."""
        now, found = self._told(), list[str]()
        for line in self.play.lines():
            key = line.inject.happening
            held = (line.inject.name, line.inject.message)
            if line.state in _TO_COME and key in now and held == self._texts.get(key) != now[key]:
                name, message = now[key]
                self._enter(line, "reword", name=name, message=message)
                found.append(line.inject.id)
        return tuple(found)

    def _added(self) -> tuple[str, ...]:
        """Add what only now happens, and return the ids of the injects."""
        play, added = self.play, list[str]()
        held = {line.inject.happening for line in play.lines()}
        writer = self._writer()
        for draft in grouped(play.world.course, play.exercise):
            new = draft.key not in held and not any(h.key in self._minutes for h in draft.told)
            if new and play.clock.minute <= draft.minute <= play.exercise.ends and len(added) < _MOST:
                inject = writer.inject(draft)
                play.add_inject(inject)
                added.append(inject.id)
        return tuple(added)

    def _happening(self) -> dict[str, int]:
        """The minute of everything that happens in the course as it is now, by its key."""
        return {h.key: h.minute for h in happenings(self.play.world.course)}

    def _told(self) -> dict[str, tuple[str, str]]:
        """Title and message of what is still to come, as the course as it is now gives them; by key."""
        wanted = {line.inject.happening for line in self.play.lines() if line.state in _TO_COME}
        writer = self._writer()
        told = [d for d in grouped(self.play.world.course, self.play.exercise) if d.key in wanted]
        made = [writer.inject(draft) for draft in told]
        return {inject.happening: (inject.name, inject.message) for inject in made}

    def _writer(self) -> Writer:
        play = self.play
        return Writer(play.world.course, play.exercise, play.objectives, play.words)

    def _enter(self, line: Line, action: str, **more: object) -> None:
        self.play.enter("inject", inject=line.inject.id, action=action, **more)
