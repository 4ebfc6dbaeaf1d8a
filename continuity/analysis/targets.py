"""What must not fall: functions below their lowest acceptable level, stages of payment streams."""

from __future__ import annotations

from dataclasses import dataclass

from continuity.model.calendar import stages_in_use
from continuity.model.kinds import Function, Stream
from continuity.model.organisation import Organisation


@dataclass(frozen=True, slots=True)
class Target:
    """What must not fall: a function below its MBCO, or a stream of which a stage cannot work."""

    id: str  # of the function or stream
    kind: str  # function or stream
    needs: tuple[tuple[str, int, str], ...]  # element, least level, stage ("" for a function)


def targets(organisation: Organisation) -> tuple[Target, ...]:
    """Return the functions and streams that must not fall, by code."""
    found = [
        Target(f.id, "function", ((f.id, max(1, f.mbco), ""),))
        for f in organisation.all(Function)
        if f.in_use
    ]
    for stream in organisation.all(Stream):
        stages = stages_in_use(organisation, stream)
        needs = tuple((s.element, max(1, s.least_level), s.id) for s in stages)
        if needs:
            found.append(Target(stream.id, "stream", needs))
    return tuple(found)


def stage_targets(organisation: Organisation) -> tuple[Target, ...]:
    """Return every stage of every stream by itself."""
    return tuple(
        Target(stage, "stage", ((element, least, stage),))
        for target in targets(organisation)
        for element, least, stage in target.needs
        if stage
    )
