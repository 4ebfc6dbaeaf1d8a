"""How the time in the room is used: briefing, play and hot wash-up; and how fast the scenario passes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from continuity.model.kinds import Exercise
from continuity.words import N_

BRIEFING, PLAY, WASH_UP = "briefing", "play", "wash_up"
PHASES: Final = {
    BRIEFING: N_("Briefing: aims, rules, stop word, where you stand"),
    PLAY: N_("Play"),
    WASH_UP: N_("Hot wash-up: what went well, what shall be better, who and when"),
}
_STEP: Final = 5  # minutes to which a plan of the room is rounded


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the time in the room; minutes after its beginning."""

    code: str
    begins: int
    ends: int


def play_minutes(room: int) -> int:
    """Return how much of so many minutes in the room is played: three quarters, in whole fives."""
    return max(_STEP, room * 3 // 4 // _STEP * _STEP)


def timetable(exercise: Exercise) -> tuple[Phase, ...]:
    """Return the phases around the playing time: 10, 90 and 20 minutes of two hours."""
    play = exercise.length
    briefing = max(_STEP, play // 9 // _STEP * _STEP)
    wash_up = max(_STEP, play * 2 // 9 // _STEP * _STEP)
    return (
        Phase(BRIEFING, 0, briefing),
        Phase(PLAY, briefing, briefing + play),
        Phase(WASH_UP, briefing + play, briefing + play + wash_up),
    )


def pace(exercise: Exercise) -> float:
    """Return how many minutes of the scenario pass in one of the room, so that the play ends in time."""
    return max(1.0, (exercise.ends - exercise.begins) / max(1, exercise.length))
