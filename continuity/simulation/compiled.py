"""The compiled form: what every engine reads. Tables of numbers only, no names or positions.

Elements stand in topological order of the condensation, ties by id, the members of a cycle together:
an element's suppliers come before it, or in its own cycle. Needs follow their dependents. Minutes are
counted from minute 0; levels are permille; a stock or buffer is kept in permille × minutes. ``BLANK``
(-1) stands for a blank field or no such thing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

#: Rises whenever any result may change.
ENGINE_VERSION: Final = 2
#: Replications in one unit of work; never a unit of random numbers.
BLOCK: Final = 256
FULL: Final = 1000
BLANK: Final = -1
#: "Not running": the minute at which an activation that does not run began.
IDLE: Final = 2**31 - 1
#: Minutes that stand for "for ever"; drawn durations are cut here (about 1,900 years).
FOREVER: Final = 1_000_000_000
#: More than any claim on a pool.
NO_LIMIT: Final = 2**62

FUNCTION, RESOURCE, STAFF = 0, 1, 2
RULE_ALL, RULE_K_OF_N, RULE_SHARE = 0, 1, 2
OUTAGE, FAILURE, STAFF_LOSS = 0, 1, 2

Ints = NDArray[np.int64]
#: A structured array: one row per thing, one named column per fact (no name that a row has of its own).
Table = NDArray[Any]


def columns(whole: str, numbers: str = "", keys: str = "") -> np.dtype[Any]:
    """Return the row type with these columns: whole numbers (int64), numbers (float64), keys (uint64)."""
    given = ((whole, np.int64), (numbers, np.float64), (keys, np.uint64))
    parts = [(name, of) for names, of in given for name in names.split()]
    if hidden := [name for name, _ in parts if hasattr(np.record, name)]:
        raise ValueError(f"rows have attributes of these names: {hidden}")
    return np.dtype((np.record, np.dtype(parts, align=True)))


def table(of: np.dtype[Any], size: int, **given: Any) -> Table:
    """Return a table of ``size`` rows with the given columns; blank values (None) become ``BLANK``."""
    made = np.zeros(size, of)
    for name, values in given.items():
        made[name] = [BLANK if value is None else value for value in values]
    return made.view(np.recarray)


ELEMENT = columns("kind headcount minimum_crew endurance tired_below fatigue cycle first_need end_need")
NEED = columns(
    "element rule k required autonomy refill floor lag threshold"
    " inner"  # 1: a supplier is a member of the dependent's cycle
    " first_feed end_primary first_standby end_standby"
)
#: A feed gives clamp(capacity × level − before, 0, claim) to a share; ``before`` is what needs served
#: earlier take from the same pool, in thousandths of a person.
FEED = columns("element capacity before claim")
#: ``feed`` is its element's, the next one its refiller's (element BLANK: none). Capacity in permille, or
#: in units of a share.
STANDBY = columns("feed capacity delay endurance refill")
#: ``steady``: every inner standby has threshold 1000, so levels rise and fall with supplies.
CYCLE = columns("start end delay steady first_need end_need")


class Graph(NamedTuple):
    """Elements, needs, feeds, standbys and cycles.

    The feeds of a need run from ``first_feed``: ordinary suppliers up to ``end_primary``, then two for
    each standby. ``cycle_needs`` holds the inner needs of the cycles.
    """

    horizon: int
    elements: Table
    needs: Table
    feeds: Table
    standbys: Table
    cycles: Table
    cycle_needs: Ints


#: ``crew``: kind, BLANK where it needs none or there is no end of them. ``rank``: order of the ids.
EXPOSED = columns("crew priority rank")
#: ``law`` BLANK: each target's own. ``after`` BLANK: from minute 0.
EVENT = columns(
    "type cause depth curve offset after after_end each law every times first_target end_target",
    "probability hit_probability",
    "happens_key duration_key",
)
TARGET = columns("element law", "", "hit_key duration_key")
FAILS = columns("element law", "mttf", "key")
#: Kind and parameters as ``laws.numbers`` gives them; outcomes of an empirical law.
LAW = columns("kind first_outcome end_outcome", "a b c d")
#: ``share`` is cumulative, the last of a law is 1.
OUTCOME = columns("", "minutes share")
CURVE = columns("first end")
POINT = columns("part regained")


class Hazards(NamedTuple):
    """What can hit the elements: events with targets, background failures, laws, curves of recovery, crews.

    Events stand so that the one named by ``after`` comes first.
    """

    horizon: int
    exposed: Table  # per element
    events: Table
    targets: Table
    failures: Table
    laws: Table
    outcomes: Table
    curves: Table  # recovery shapes
    points: Table
    crews: Ints  # per kind, how many
    causes: int  # number of different causes of staff loss


NEED_STATE = columns("content first_step end_step")
STANDBY_STATE = columns("stock begun")
ELEMENT_STATE = columns("tired few run_began first_step end_step")
STEP = columns("until level")
#: A disruption holds its full depth from ``start``; its curve runs over ``duration`` from ``begin``
#: (later than ``start`` while it waits for a crew). ``event`` BLANK: a background failure.
DISRUPTION = columns("element start begin duration depth curve kind cause event ordinal")


class State(NamedTuple):
    """Where everything stands at minute 0: an input of the compiled form; :func:`full_state` by default.

    Steps say that what is felt is at most ``level`` before minute ``until``, rising in both: restart lags
    still running (needs) and black starts (members of a cycle). ``begun`` is the minute (≤ 0) at which a
    running activation began, else IDLE. ``few`` tells whether few were present at minute -1, and
    ``run_began`` since when. Running disruptions began before minute 0; they are sorted by element.
    """

    needs: Table
    standbys: Table
    elements: Table
    steps: Table
    running: Table


@dataclass(frozen=True, slots=True)
class Compiled:
    """An organisation and a scenario made ready to run. Pickles; shared by threads as it is."""

    graph: Graph
    hazards: Hazards
    state: State
    start: dt.datetime  # UTC instant of minute 0
    seed: int
    scenario: str  # id
    measures: tuple[str, ...]  # ids, sorted
    element_ids: tuple[str, ...]
    need_ids: tuple[str, ...]
    standby_ids: tuple[str, ...]  # ids of the standby supplies
    event_ids: tuple[str, ...]
    cycle_ids: tuple[str, ...]
    index: Mapping[str, int]  # element id → place
    need_index: Mapping[str, int]

    @property
    def horizon(self) -> int:
        """Minutes simulated."""
        return self.graph.horizon

    @property
    def elements(self) -> int:
        """How many elements there are."""
        return len(self.element_ids)


def full_state(graph: Graph) -> State:
    """Return the state in which every buffer is full and nothing runs."""
    elements, needs, standbys = len(graph.elements), len(graph.needs), len(graph.standbys)
    return State(
        needs=table(NEED_STATE, needs, content=FULL * graph.needs["autonomy"]),
        standbys=table(
            STANDBY_STATE,
            standbys,
            stock=FULL * np.maximum(graph.standbys["endurance"], 0),
            begun=[IDLE] * standbys,
        ),
        elements=table(ELEMENT_STATE, elements, run_began=[-FOREVER] * elements),
        steps=table(STEP, 0),
        running=table(DISRUPTION, 0),
    )


def fingerprint(compiled: Compiled, *more: object) -> str:
    """Return the SHA-256 of the compiled input: no names, codes, positions or contacts, and no seed.

    ``more`` is what else belongs to the input of a run (plain values or arrays).
    """
    digest = hashlib.sha256(f"uthallig {ENGINE_VERSION} {compiled.start.isoformat()}".encode())
    ids = (compiled.element_ids, compiled.need_ids, compiled.standby_ids, compiled.event_ids)
    digest.update(json.dumps([compiled.scenario, compiled.measures, *ids]).encode())
    for part in (compiled.graph, compiled.hazards, compiled.state):
        for name, value in part._asdict().items():
            _feed(digest, name, value)
    for place, value in enumerate(more):
        _feed(digest, f"more {place}", value)
    return digest.hexdigest()


def _feed(digest: Any, name: str, value: object) -> None:
    if not isinstance(value, np.ndarray):
        digest.update(f"{name} {value!r}".encode())
        return
    for column in value.dtype.names or ("",):
        if not column.endswith("key"):  # keys follow from seed and ids
            held = value[column] if column else value
            digest.update(f"{name} {column} {held.dtype.str} {held.shape}".encode())
            digest.update(np.ascontiguousarray(held).tobytes())
