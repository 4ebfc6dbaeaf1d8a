"""Published and closed-form answers, kept as data in ``resources/known_answers``."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from continuity import places
from continuity.exchange.organisation_json import read_organisation
from continuity.simulation.compile import compile_model
from continuity.simulation.levels import levels_of_block
from continuity.simulation.timelines import Timelines

SAMPLES, BATCH = 100_000, 20_000
CASES = sorted((places.resources() / "known_answers").glob("*.json"))


def lines_of(case: dict[str, Any], samples: int) -> Iterator[tuple[dict[str, int], Timelines]]:
    """Yield (place of each element by code, levels) batch by batch."""
    organisation = read_organisation(case["organisation"])
    scenario = organisation.find("scenario", case["scenario"])
    compiled = compile_model(organisation, scenario.id, seed=20270301)
    index = {organisation.get(id_).code: place for id_, place in compiled.index.items()}
    for first in range(0, samples, BATCH):
        yield index, levels_of_block(compiled, first, min(BATCH, samples - first))


def pieces(lines: Timelines, element: int) -> list[list[int]]:
    minutes, levels = lines.pieces(element, 0)
    return [[int(m), int(level)] for m, level in zip(minutes, levels, strict=True)]


def at(lines: Timelines, element: int, minute: int) -> np.ndarray:
    """The level in one minute, per replication."""
    minutes, levels, offsets = lines.of(element)
    owner = np.repeat(np.arange(lines.count), np.diff(offsets))
    last = np.zeros(lines.count, np.int64)
    np.maximum.at(last, owner[minutes <= minute], np.flatnonzero(minutes <= minute))
    return levels[last].astype(np.int64)


def mean_levels(lines: Timelines, element: int) -> np.ndarray:
    """The mean level over the horizon, per replication."""
    minutes, levels, offsets = lines.of(element)
    ends = np.append(minutes[1:], 0)
    ends[offsets[1:] - 1] = lines.horizon
    return np.add.reduceat((ends - minutes) * levels.astype(np.int64), offsets[:-1]) / lines.horizon


def sampled(expected: dict[str, Any], lines: Timelines, element: int) -> np.ndarray:
    """The quantity whose mean is known, per replication."""
    if "mean_level" in expected:
        return mean_levels(lines, element)
    level = at(lines, element, expected["minute"])
    if "shortfall_of" in expected:
        return expected["shortfall_of"] * (1000 - level) / 1000
    return (level < expected["chance_below"]).astype(float)


def is_definite(expected: dict[str, Any]) -> bool:
    return "pieces" in expected or "back_at" in expected


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_that_the_engine_reproduces(path: Path) -> None:
    case = json.loads(path.read_text("utf-8"))
    definite = all(is_definite(expected) for expected in case["expect"])
    drawn: list[list[np.ndarray]] = [[] for _ in case["expect"]]
    for index, lines in lines_of(case, 1 if definite else SAMPLES):
        for place, expected in enumerate(case["expect"]):
            if "pieces" in expected:
                assert pieces(lines, index[expected["element"]]) == expected["pieces"]
            elif "back_at" in expected:
                last = [pieces(lines, index[code])[-1] for code in expected["elements"]]
                assert sorted(last) == [[minute, 1000] for minute in expected["back_at"]]
            else:
                drawn[place].append(sampled(expected, lines, index[expected["element"]]))
    for values, expected in zip(drawn, case["expect"], strict=True):
        if values:
            answer = expected.get("is", expected.get("mean_level"))
            found = np.concatenate(values)
            assert len(found) == SAMPLES
            assert abs(found.mean() - answer) < 3 * found.std() / SAMPLES**0.5


def test_that_the_standby_case_is_down_as_long_as_published() -> None:
    case = json.loads((places.resources() / "known_answers" / "standby.json").read_text("utf-8"))
    (expected,) = case["expect"]
    spans = [
        b - a
        for (a, level), (b, _) in zip(expected["pieces"], expected["pieces"][1:], strict=False)
        if not level
    ]
    assert sum(spans) == expected["minutes_down"] == 240
