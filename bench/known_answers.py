"""Published and closed-form answers (``resources/known_answers``), and what the engines say to them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from continuity import places
from continuity.analysis.exact import exact
from continuity.exchange.organisation_json import read_organisation
from continuity.model.calendar import BankCalendar, pay_days
from continuity.model.impact import judged_class, scale_of
from continuity.model.kinds import ClosedDay, Function, Stream
from continuity.model.organisation import Organisation
from continuity.simulation.compile import compile_model
from continuity.simulation.levels import levels_of_block
from continuity.simulation.request import RunRequest
from continuity.simulation.result import FunctionResult, RunResult
from continuity.simulation.run import run
from continuity.simulation.timelines import Timelines

SAMPLES, BATCH, SEED = 100_000, 5_000, 20270301
#: Standard errors within which sampled answers must lie, and the distance that exact ones may have.
ERRORS, EXACT = 3.0, 1e-9

Case = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known and what an engine says. ``errors``: distance in standard errors where it is sampled."""

    case: str
    what: str
    by: str  # sampled, simulated, exact, calendar, impacts
    expected: object
    got: object
    errors: float | None
    good: bool


def cases() -> list[Path]:
    """Return the files of all cases."""
    return sorted((places.resources() / "known_answers").glob("*.json"))


def answers(path: Path, samples: int = SAMPLES) -> Iterator[Answer]:
    """Yield what the engines say to one case."""
    case: Case = json.loads(path.read_text("utf-8"))
    organisation = read_organisation(case["organisation"])
    told = list(_levels(case, organisation, samples))
    for expected in case["expect"]:
        for key, tell in _OTHERS.items():
            if key in expected:
                told += tell(case, organisation, expected)
    assert told, path
    for what, by, known, got, errors, good in told:
        yield Answer(path.stem, what, by, known, got, errors, good)


_Told = tuple[str, str, object, object, float | None, bool]


def _same(what: str, by: str, known: object, got: object) -> _Told:
    return what, by, known, got, None, known == got


# --- levels ------------------------------------------------------------------------------------------


def _levels(case: Case, organisation: Organisation, samples: int) -> Iterator[_Told]:
    """Yield what the levels say: exactly where nothing is drawn, else the mean of many samples."""
    asked = [
        e
        for e in case["expect"]
        if e.keys() & {"pieces", "back_at", "mean_level", "chance_below", "shortfall_of"}
    ]
    if not asked:
        return
    definite = all(e.keys() & {"pieces", "back_at"} for e in asked)
    drawn: list[list[np.ndarray]] = [[] for _ in asked]
    for index, lines in _lines(case, organisation, 1 if definite else samples):
        for place, expected in enumerate(asked):
            if "pieces" in expected:
                got = _pieces(lines, index[expected["element"]])
                yield _same(expected["element"], "simulated", expected["pieces"], got)
            elif "back_at" in expected:
                last = sorted(_pieces(lines, index[code])[-1][0] for code in expected["elements"])
                yield _same(", ".join(expected["elements"]), "simulated", expected["back_at"], last)
            else:
                drawn[place].append(_sampled(expected, lines, index[expected["element"]]))
    for values, expected in zip(drawn, asked, strict=True):
        if values:
            yield _estimate(expected, np.concatenate(values))


def _lines(
    case: Case, organisation: Organisation, samples: int
) -> Iterator[tuple[dict[str, int], Timelines]]:
    """Yield (place of each element by code, levels) batch by batch."""
    scenario = organisation.find("scenario", case["scenario"])
    assert scenario is not None
    compiled = compile_model(organisation, scenario.id, seed=SEED)
    index = {organisation.get(id_).code: place for id_, place in compiled.index.items()}
    for first in range(0, samples, BATCH):
        yield index, levels_of_block(compiled, first, min(BATCH, samples - first))


def _pieces(lines: Timelines, element: int) -> list[list[int]]:
    minutes, levels = lines.pieces(element, 0)
    return [[int(m), int(level)] for m, level in zip(minutes, levels, strict=True)]


def _at(lines: Timelines, element: int, minute: int) -> np.ndarray:
    """Return the level in one minute, per replication."""
    minutes, levels, offsets = lines.of(element)
    owner = np.repeat(np.arange(lines.count), np.diff(offsets))
    last = np.zeros(lines.count, np.int64)
    np.maximum.at(last, owner[minutes <= minute], np.flatnonzero(minutes <= minute))
    return levels[last].astype(np.int64)


def _mean_levels(lines: Timelines, element: int) -> np.ndarray:
    """Return the mean level over the horizon, per replication."""
    minutes, levels, offsets = lines.of(element)
    ends = np.append(minutes[1:], 0)
    ends[offsets[1:] - 1] = lines.horizon
    return np.add.reduceat((ends - minutes) * levels.astype(np.int64), offsets[:-1]) / lines.horizon


def _sampled(expected: Case, lines: Timelines, element: int) -> np.ndarray:
    """Return the quantity whose mean is known, per replication."""
    if "mean_level" in expected:
        return _mean_levels(lines, element)
    level = _at(lines, element, expected["minute"])
    if "shortfall_of" in expected:
        return expected["shortfall_of"] * (1000 - level) / 1000
    return (level < expected["chance_below"]).astype(float)


def _estimate(expected: Case, values: np.ndarray) -> _Told:
    known = float(expected.get("is", expected.get("mean_level")))
    spread = (known * (1 - known)) ** 0.5 if "chance_below" in expected else float(values.std(ddof=1))
    error = spread / len(values) ** 0.5
    errors = (float(values.mean()) - known) / error
    what = expected["element"] + (f" {expected['minute']} min" if "minute" in expected else "")
    return what, "sampled", known, float(values.mean()), errors, abs(errors) < ERRORS


# --- other engines -----------------------------------------------------------------------------------


def _exact(case: Case, organisation: Organisation, expected: Case) -> list[_Told]:
    """Ask the exact engine for the chance that a function falls below its lowest acceptable level."""
    scenario = organisation.find("scenario", case["scenario"])
    function = organisation.find("function", expected["element"])
    assert scenario is not None
    assert function is not None
    found = exact(organisation, scenario.id)
    (loss,) = [t for t in found.targets if t.target == function.id]
    good = loss.exact and abs(loss.low - expected["exact"]) <= EXACT
    return [(expected["element"], "exact", expected["exact"], loss.low, None, good)]


def _backlog(case: Case, organisation: Organisation, expected: Case) -> list[_Told]:
    """Run the case once and look at the queue of a function."""
    scenario = organisation.find("scenario", case["scenario"])
    assert scenario is not None
    result = run(organisation, RunRequest(scenario.id, replications=1, seed=SEED))
    assert isinstance(result, RunResult)
    function = organisation.find("function", expected["function"])
    (found,) = [f for f in result.functions if function and f.element == function.id]
    got = _facts_of_queue(found)
    return [
        _same(f"{expected['function']} {name}", "simulated", v, got[name])
        for name, v in expected["backlog"].items()
    ]


def _facts_of_queue(found: FunctionResult) -> dict[str, float | None]:
    queue = found.backlog
    assert queue is not None
    return {
        "peak": queue.peak.mean,
        "peak_at": queue.peak_at.mean,
        "gone": queue.gone.mean if queue.gone else None,
    }


def _pay_days(_: Case, organisation: Organisation, expected: Case) -> list[_Told]:
    """Ask the bank calendar when nominal days are paid."""
    banks = BankCalendar(organisation.all(ClosedDay))
    stream = organisation.find("stream", expected["stream"])
    assert isinstance(stream, Stream)
    told = []
    for nominal, known in expected["paid"].items():
        day = dt.date.fromisoformat(nominal)
        near = pay_days(stream, banks, day - dt.timedelta(20), day + dt.timedelta(20))
        got = next(p.paid.isoformat() for p in near if p.nominal == day)
        told.append(_same(f"{expected['stream']} {nominal}", "calendar", known, got))
    return told


def _classes(_: Case, organisation: Organisation, expected: Case) -> list[_Told]:
    """Ask for the criticality class that the impacts of each function give it."""
    scale = scale_of(organisation)
    assert scale is not None
    told = []
    for code, known in expected["classes"].items():
        function = organisation.find("function", code)
        assert isinstance(function, Function)
        place = judged_class(function, scale)
        told.append(_same(code, "impacts", known, None if place is None else scale.classes[place].name))
    return told


_Tell = Callable[[Case, Organisation, Case], list[_Told]]
_OTHERS: dict[str, _Tell] = {"exact": _exact, "backlog": _backlog, "paid": _pay_days, "classes": _classes}
